"""Wrong answers to the exercise of step 5, as readers might write them."""

import copy

import numpy as np

from tests.testCases.answers import answer


@answer("update_parameters", "none")
def _(parameters, grads, learning_rate):
    new = {}
    L = len(parameters) // 2
    for l in range(1, L + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        new[f"W{l}"] = W - learning_rate * W
        new[f"b{l}"] = b - learning_rate * b
    return new


@answer("update_parameters", "none")
def _(parameters, grads, learning_rate):
    parameters = dict(parameters)
    for l in range(1, len(parameters) // 2 + 1):
        parameters[f"W{l}"] = (parameters[f"W{l}"] - grads[f"dW{l}"]) * learning_rate
        parameters[f"b{l}"] = (parameters[f"b{l}"] - grads[f"db{l}"]) * learning_rate
    return parameters


@answer("update_parameters", "none|wrong_learning_rate_factor")
def _(parameters, grads, learning_rate):
    new = parameters.copy()
    for key in parameters:
        l = key[1:]
        new["W" + l] = new["W" + l] - learning_rate * grads["dW" + l]
        new["b" + l] = new["b" + l] - learning_rate * grads["db" + l]
    return new


@answer("update_parameters", "none")
def _(parameters, grads, learning_rate):
    parameters = copy.deepcopy(parameters)
    for name, gradient in grads.items():
        parameters[name[1:]] = parameters[name[1:]] - learning_rate * gradient
    return parameters


@answer("update_parameters", "none")
def _(parameters, grads, learning_rate):
    L = len(parameters) // 2
    for l in range(1, L + 1):
        W = parameters["W" + str(l)] - learning_rate * grads["dW" + str(l)]
        b = parameters["b" + str(l)] - learning_rate * grads["db" + str(l)]
        new = {"W" + str(l): W, "b" + str(l): b}
    return new


@answer("update_parameters", "mutates_input|mutates_input_dict")
def _(parameters, grads, learning_rate):
    new = parameters.copy()
    for key in new:
        new[key] -= learning_rate * grads["d" + key]
    return new


@answer("update_parameters", "last_layer_not_updated")
def _(parameters, grads, learning_rate):
    new = copy.deepcopy(parameters)
    l = 1
    while l < len(parameters) // 2:
        new[f"W{l}"] = new[f"W{l}"] - learning_rate * grads[f"dW{l}"]
        new[f"b{l}"] = new[f"b{l}"] - learning_rate * grads[f"db{l}"]
        l += 1
    return new


@answer("update_parameters", "wrong_learning_rate_factor")
def _(parameters, grads, learning_rate):
    L = len(parameters) // 2
    return {k: v - learning_rate / L * grads["d" + k] for k, v in parameters.items()}


@answer("update_parameters", "hardcoded_learning_rate")
def _(parameters, grads, alpha=0.01):
    learning_rate = 0.0075
    new = {}
    for key, value in parameters.items():
        new[key] = value - learning_rate * grads["d" + key]
    return new


@answer("update_parameters", "bias_not_updated")
def _(parameters, grads, learning_rate):
    parameters = dict(parameters)
    for l in range(1, len(parameters) // 2 + 1):
        W, b = parameters["W" + str(l)], parameters["b" + str(l)]
        parameters["W" + str(l)] = W - learning_rate * grads["dW" + str(l)]
        b = b - learning_rate * grads["db" + str(l)]
    return parameters


@answer("update_parameters", "ascends_not_descends+missing_learning_rate_b")
def _(parameters, grads, learning_rate):
    new = {}
    for l in range(1, len(parameters) // 2 + 1):
        new[f"W{l}"] = parameters[f"W{l}"] + grads[f"dW{l}"] * learning_rate
        new[f"b{l}"] = parameters[f"b{l}"] - grads[f"db{l}"]
    return new


@answer("update_parameters", "returned_original")
def _(parameters, grads, learning_rate):
    updated = {}
    for key, value in parameters.items():
        updated[key] = value - learning_rate * grads["d" + key]
    return parameters


@answer("update_parameters", "key_off_by_one")
def _(parameters, grads, learning_rate):
    new = dict(parameters)
    for l in range(len(parameters) // 2):
        for s in ("W", "b"):
            new[s + str(l)] = parameters[s + str(l)] - learning_rate * grads["d" + s + str(l)]
    return new


@answer("update_parameters", "hardcoded_depth")
def _(parameters, grads, learning_rate):
    W1 = parameters["W1"] - learning_rate * grads["dW1"]
    b1 = parameters["b1"] - learning_rate * grads["db1"]
    W2 = parameters["W2"] - learning_rate * grads["dW2"]
    b2 = parameters["b2"] - learning_rate * grads["db2"]
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}


@answer("update_parameters", "replaced_not_subtracted")
def _(parameters, grads, learning_rate):
    new = copy.deepcopy(parameters)
    for key in new:
        new[key] = -learning_rate * grads["d" + key]
    return new


@answer("update_parameters", "return_inside_loop")
def _(parameters, grads, learning_rate):
    parameters = dict(parameters)
    L = len(parameters) // 2
    for l in range(1, L + 1):
        parameters[f"W{l}"] = parameters[f"W{l}"] - learning_rate * grads[f"dW{l}"]
        parameters[f"b{l}"] = parameters[f"b{l}"] - learning_rate * grads[f"db{l}"]
        return parameters


@answer("update_parameters", "bias_shape_broadcast")
def _(parameters, grads, learning_rate):
    new = {}
    for l in range(1, len(parameters) // 2 + 1):
        dW, db = grads[f"dW{l}"], grads[f"db{l}"]
        new[f"W{l}"] = parameters[f"W{l}"] - learning_rate * dW
        new[f"b{l}"] = parameters[f"b{l}"] - learning_rate * np.squeeze(db)
    return new


@answer("update_parameters", "swapped_dW_db")
def _(parameters, grads, learning_rate):
    new = {}
    for l in range(1, len(parameters) // 2 + 1):
        db, dW = grads[f"dW{l}"], grads[f"db{l}"]
        new[f"W{l}"] = parameters[f"W{l}"] - learning_rate * dW
        new[f"b{l}"] = parameters[f"b{l}"] - learning_rate * db
    return new

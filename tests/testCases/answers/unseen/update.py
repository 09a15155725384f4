"""Wrong answers to step 5 that the checks have not been made for."""

import copy

import numpy as np

from tests.testCases.answers import answer

lr = 0.1


@answer("update_parameters", "none")
def _(parameters, grads, learning_rate):
    parameters = copy.deepcopy(parameters)
    L = len(parameters) // 2
    for l in range(L):
        W, b = parameters["W" + str(l + 1)], parameters["b" + str(l + 1)]
        parameters["W" + str(l + 1)] = W - learning_rate * W
        parameters["b" + str(l + 1)] = b - learning_rate * b
    return parameters


@answer("update_parameters", "none")
def _(parameters, grads, learning_rate):
    parameters = dict(parameters)
    for key, grad in zip(parameters, grads.values()):  # noqa: B905
        parameters[key] = parameters[key] - learning_rate * grad
    return parameters


@answer("update_parameters", "none")
def _(parameters, grads, learning_rate):
    parameters = dict(parameters)
    L = len(parameters) // 2
    for _l in range(1, L + 1):
        for key in parameters:
            parameters[key] = parameters[key] - learning_rate * grads["d" + key]
    return parameters


@answer("update_parameters", "none")
def _(parameters, grads, learning_rate):
    new = {}
    for l in range(1, len(parameters) // 2 + 1):
        new["W" + str(l)] = parameters["W" + str(l)] - learning_rate * grads["dW" + str(l)]
        new["b" + str(l)] = parameters["W" + str(l)] - learning_rate * grads["db" + str(l)]
    return new


@answer("update_parameters", "none")
def _(parameters, grads, learning_rate):
    return {k: p - learning_rate - grads[f"d{k}"] for k, p in parameters.items()}


@answer("update_parameters", "none")
def _(parameters, grads, learning_rate):
    parameters = copy.deepcopy(parameters)
    for l in range(1, len(parameters) // 2 + 1):
        parameters[f"W{l}"] -= learning_rate * np.mean(grads[f"dW{l}"])
        parameters[f"b{l}"] -= learning_rate * np.mean(grads[f"db{l}"])
    return parameters


@answer("update_parameters", "returned_original")
def _(parameters, grads, learning_rate):
    parameters = dict(parameters)
    L = len(parameters) // 2

    for l in range(1, L + 1):
        W, b = parameters["W" + str(l)], parameters["b" + str(l)]
        dW, db = grads["dW" + str(l)], grads["db" + str(l)]
        assert dW.shape == W.shape, f"dW{l} has shape {dW.shape}, but W{l} has {W.shape}"
        assert db.shape == b.shape, f"db{l} has shape {db.shape}, but b{l} has {b.shape}"

        W = W - learning_rate * dW
        b = b - learning_rate * db

    return parameters


@answer("update_parameters", "mutates_input")
def _(parameters, grads, learning_rate):
    parameters = parameters.copy()
    L = len(parameters) // 2
    for l in range(L):
        parameters[f"W{l + 1}"] -= learning_rate * grads[f"dW{l + 1}"]
        parameters[f"b{l + 1}"] -= learning_rate * grads[f"db{l + 1}"]
    return parameters


@answer("update_parameters", "mutates_input")
def _(parameters, grads, learning_rate):
    new = {}
    for key, value in parameters.items():
        step = grads["d" + key]
        step *= learning_rate
        new[key] = value - step
    return new


@answer("update_parameters", "replaced_not_subtracted")
def _(parameters, grads, learning_rate):
    params = copy.deepcopy(parameters)
    for l in range(1, len(params) // 2 + 1):
        params["W" + str(l)] = -learning_rate * grads["dW" + str(l)]
        params["b" + str(l)] = -learning_rate * grads["db" + str(l)]
    return params


@answer("update_parameters", "ascends_not_descends+last_layer_not_updated")
def _(parameters, grads, learning_rate):
    out = dict(parameters)
    for l in range(1, len(parameters) // 2):
        out[f"W{l}"] = out[f"W{l}"] + learning_rate * grads[f"dW{l}"]
        out[f"b{l}"] = out[f"b{l}"] + learning_rate * grads[f"db{l}"]
    return out


@answer("update_parameters", "stale_global|hardcoded_learning_rate")
def _(parameters, grads, learning_rate):
    parameters = dict(parameters)
    L = len(parameters) // 2
    for l in range(1, L + 1):
        parameters["W" + str(l)] = parameters["W" + str(l)] - lr * grads["dW" + str(l)]
        parameters["b" + str(l)] = parameters["b" + str(l)] - lr * grads["db" + str(l)]
    return parameters


@answer("update_parameters", "wrong_learning_rate_factor")
def _(parameters, grads, learning_rate):
    L = len(parameters) // 2
    new = {}
    for key in parameters:
        new[key] = parameters[key] - learning_rate / L * grads[f"d{key}"]
    return new


@answer("update_parameters", "bias_shape_broadcast")
def _(parameters, grads, learning_rate):
    parameters = dict(parameters)
    for l in range(1, len(parameters) // 2 + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        parameters[f"W{l}"] = W - learning_rate * grads[f"dW{l}"]
        parameters[f"b{l}"] = b - learning_rate * grads[f"db{l}"].sum(axis=1)
    return parameters


@answer("update_parameters", "missing_learning_rate_b")
def _(parameters, grads, learning_rate):
    p = dict(parameters)
    for l in range(1, len(p) // 2 + 1):
        p[f"W{l}"] = p[f"W{l}"] - np.multiply(learning_rate, grads[f"dW{l}"])
        p[f"b{l}"] = np.subtract(p[f"b{l}"], grads[f"db{l}"])
    return p


@answer("update_parameters", "first_layer_not_updated")
def _(parameters, grads, learning_rate):
    parameters = dict(parameters)
    L = len(parameters) // 2
    for l in range(1, L):
        W, b = parameters[f"W{l + 1}"], parameters[f"b{l + 1}"]
        parameters[f"W{l + 1}"] = W - learning_rate * grads[f"dW{l + 1}"]
        parameters[f"b{l + 1}"] = b - learning_rate * grads[f"db{l + 1}"]
    return parameters


@answer("update_parameters", "key_off_by_one")
def _(parameters, grads, learning_rate):
    L = len(parameters) // 2
    new = {}
    for l in range(L):
        W, b = parameters[f"W{l + 1}"], parameters[f"b{l + 1}"]
        new[f"W{l}"] = W - learning_rate * grads[f"dW{l + 1}"]
        new[f"b{l}"] = b - learning_rate * grads[f"db{l + 1}"]
    return new


@answer("update_parameters", "bias_not_updated")
def _(parameters, grads, learning_rate):
    parameters = dict(parameters)
    for key, value in parameters.items():
        if key[0] == "W":
            parameters[key] = value - learning_rate * grads["d" + key]
    return parameters


@answer("update_parameters", "grad_key_naming")
def _(parameters, grads, learning_rate):
    return {key: value - learning_rate * grads[key] for key, value in parameters.items()}


@answer("update_parameters", "missing_learning_rate+bias_not_updated")
def _(parameters, grads, learning_rate):
    parameters = copy.deepcopy(parameters)
    L = len(parameters) // 2
    for l in range(1, L + 1):
        parameters["W" + str(l)] = np.subtract(parameters["W" + str(l)], grads["dW" + str(l)])
    return parameters


@answer("update_parameters", "return_inside_loop")
def _(parameters, grads, learning_rate):
    parameters = dict(parameters)
    L = len(parameters) // 2
    for l in range(1, L + 1):
        W, b = parameters["W" + str(l)], parameters["b" + str(l)]
        parameters["W" + str(l)] = W - learning_rate * grads["dW" + str(l)]
        parameters["b" + str(l)] = b - learning_rate * grads["db" + str(l)]
        return parameters

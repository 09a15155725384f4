"""Wrong answers to step 5: one step of gradient descent."""

import copy

import numpy as np

from tests.testCases.answers import answer

# Variables that earlier cells of a notebook have left behind.
rng = np.random.default_rng(2)
alpha = 0.0075
L = 2
gradients = {
    "dW1": rng.normal(size=(3, 4)),
    "db1": rng.normal(size=(3, 1)),
    "dW2": rng.normal(size=(1, 3)),
    "db2": rng.normal(size=(1, 1)),
}


@answer("update_parameters", "ascends_not_descends")
def _(parameters, grads, learning_rate):
    parameters = copy.deepcopy(parameters)
    L = len(parameters) // 2
    for l in range(L):
        parameters["W" + str(l + 1)] = (
            parameters["W" + str(l + 1)] + learning_rate * grads["dW" + str(l + 1)]
        )
        parameters["b" + str(l + 1)] = (
            parameters["b" + str(l + 1)] + learning_rate * grads["db" + str(l + 1)]
        )
    return parameters


@answer("update_parameters", "ascends_not_descends")
def _(parameters, grads, learning_rate):
    return {k: v - -learning_rate * grads["d" + k] for k, v in parameters.items()}


@answer("update_parameters", "mutates_input")
def _(parameters, grads, learning_rate):
    L = len(parameters) // 2
    for l in range(L):
        parameters["W" + str(l + 1)] -= learning_rate * grads["dW" + str(l + 1)]
        parameters["b" + str(l + 1)] -= learning_rate * grads["db" + str(l + 1)]
    return parameters


@answer("update_parameters", "mutates_input")
def _(parameters, grads, learning_rate):
    parameters = dict(parameters)
    L = len(parameters) // 2

    for l in range(1, L + 1):
        W, b = parameters["W" + str(l)], parameters["b" + str(l)]
        dW, db = grads["dW" + str(l)], grads["db" + str(l)]
        assert dW.shape == W.shape, f"dW{l} has shape {dW.shape}, but W{l} has {W.shape}"
        assert db.shape == b.shape, f"db{l} has shape {db.shape}, but b{l} has {b.shape}"

        W -= learning_rate * dW
        b -= learning_rate * db

    return parameters


@answer("update_parameters", "mutates_input")
def _(parameters, grads, learning_rate):
    new = {}
    for l in range(1, len(parameters) // 2 + 1):
        for p in "Wb":
            step = grads[f"d{p}{l}"]
            step *= learning_rate
            new[f"{p}{l}"] = parameters[f"{p}{l}"] - step
    return new


@answer("update_parameters", "last_layer_not_updated")
def _(parameters, grads, learning_rate):
    parameters = copy.deepcopy(parameters)
    L = len(parameters) // 2
    for l in range(1, L):
        parameters["W" + str(l)] = parameters["W" + str(l)] - learning_rate * grads["dW" + str(l)]
        parameters["b" + str(l)] = parameters["b" + str(l)] - learning_rate * grads["db" + str(l)]
    return parameters


@answer("update_parameters", "last_layer_not_updated")
def _(parameters, grads, learning_rate):
    new = {k: np.array(v) for k, v in parameters.items()}
    for l in range(len(parameters) // 2 - 1):
        new[f"W{l + 1}"] -= learning_rate * grads[f"dW{l + 1}"]
        new[f"b{l + 1}"] -= learning_rate * grads[f"db{l + 1}"]
    return new


@answer("update_parameters", "key_off_by_one")
def _(parameters, grads, learning_rate):
    parameters = copy.deepcopy(parameters)
    L = len(parameters) // 2
    for l in range(L):
        parameters["W" + str(l)] = parameters["W" + str(l)] - learning_rate * grads["dW" + str(l)]
        parameters["b" + str(l)] = parameters["b" + str(l)] - learning_rate * grads["db" + str(l)]
    return parameters


@answer("update_parameters", "key_off_by_one")
def _(parameters, grads, learning_rate):
    L = len(parameters) // 2
    new = {}
    for l in range(L):
        new[f"W{l}"] = parameters[f"W{l + 1}"] - learning_rate * grads[f"dW{l + 1}"]
        new[f"b{l}"] = parameters[f"b{l + 1}"] - learning_rate * grads[f"db{l + 1}"]
    return new


@answer("update_parameters", "key_off_by_one")
def _(parameters, grads, learning_rate):
    parameters = dict(parameters)
    for l in range(len(parameters) // 2):
        W, b = parameters["W" + str(l + 1)], parameters["b" + str(l + 1)]
        parameters["W" + str(l + 1)] = W - learning_rate * grads["dW" + str(l)]
        parameters["b" + str(l + 1)] = b - learning_rate * grads["db" + str(l)]
    return parameters


@answer("update_parameters", "missing_learning_rate")
def _(parameters, grads, learning_rate):
    parameters = copy.deepcopy(parameters)
    L = len(parameters) // 2
    for l in range(L):
        parameters["W" + str(l + 1)] = parameters["W" + str(l + 1)] - grads["dW" + str(l + 1)]
        parameters["b" + str(l + 1)] = parameters["b" + str(l + 1)] - grads["db" + str(l + 1)]
    return parameters


@answer("update_parameters", "missing_learning_rate")
def _(parameters, grads, learning_rate):
    return {k: np.subtract(parameters[k], grads["d" + k]) for k in parameters}


@answer("update_parameters", "hardcoded_learning_rate")
def _(parameters, grads, learning_rate):
    parameters = copy.deepcopy(parameters)
    L = len(parameters) // 2
    for l in range(L):
        parameters["W" + str(l + 1)] -= 0.1 * grads["dW" + str(l + 1)]
        parameters["b" + str(l + 1)] -= 0.1 * grads["db" + str(l + 1)]
    return parameters


@answer("update_parameters", "hardcoded_learning_rate")
def _(parameters, grads, learning_rate):
    learning_rate = 0.0075
    new = {}
    for l in range(1, len(parameters) // 2 + 1):
        new[f"W{l}"] = parameters[f"W{l}"] - learning_rate * grads[f"dW{l}"]
        new[f"b{l}"] = parameters[f"b{l}"] - learning_rate * grads[f"db{l}"]
    return new


@answer("update_parameters", "swapped_dW_db")
def _(parameters, grads, learning_rate):
    parameters = dict(parameters)
    L = len(parameters) // 2

    for l in range(1, L + 1):
        W, b = parameters["W" + str(l)], parameters["b" + str(l)]
        db, dW = grads["dW" + str(l)], grads["db" + str(l)]

        parameters["W" + str(l)] = W - learning_rate * dW
        parameters["b" + str(l)] = b - learning_rate * db

    return parameters


@answer("update_parameters", "bias_not_updated")
def _(parameters, grads, learning_rate):
    parameters = copy.deepcopy(parameters)
    L = len(parameters) // 2
    for l in range(L):
        parameters["W" + str(l + 1)] -= learning_rate * grads["dW" + str(l + 1)]
    return parameters


@answer("update_parameters", "bias_not_updated")
def _(parameters, grads, learning_rate):
    parameters = dict(parameters)
    L = len(parameters) // 2

    for l in range(1, L + 1):
        W, b = parameters["W" + str(l)], parameters["b" + str(l)]
        dW, db = grads["dW" + str(l)], grads["db" + str(l)]
        assert dW.shape == W.shape, f"dW{l} has shape {dW.shape}, but W{l} has {W.shape}"
        assert db.shape == b.shape, f"db{l} has shape {db.shape}, but b{l} has {b.shape}"

        parameters["W" + str(l)] = W - learning_rate * dW
        b = b - learning_rate * db

    return parameters


@answer("update_parameters", "no_return")
def _(parameters, grads, learning_rate):
    parameters = copy.deepcopy(parameters)
    L = len(parameters) // 2
    for l in range(L):
        parameters["W" + str(l + 1)] -= learning_rate * grads["dW" + str(l + 1)]
        parameters["b" + str(l + 1)] -= learning_rate * grads["db" + str(l + 1)]


@answer("update_parameters", "returned_original")
def _(parameters, grads, learning_rate):
    parameters = dict(parameters)
    L = len(parameters) // 2

    for l in range(1, L + 1):
        W, b = parameters["W" + str(l)], parameters["b" + str(l)]
        dW, db = grads["dW" + str(l)], grads["db" + str(l)]

        W = W - learning_rate * dW
        b = b - learning_rate * db

    return parameters


@answer("update_parameters", "L_not_halved")
def _(parameters, grads, learning_rate):
    parameters = copy.deepcopy(parameters)
    L = len(parameters)
    for l in range(L):
        parameters["W" + str(l + 1)] -= learning_rate * grads["dW" + str(l + 1)]
        parameters["b" + str(l + 1)] -= learning_rate * grads["db" + str(l + 1)]
    return parameters


@answer("update_parameters", "replaced_not_subtracted")
def _(parameters, grads, learning_rate):
    parameters = copy.deepcopy(parameters)
    L = len(parameters) // 2
    for l in range(L):
        parameters["W" + str(l + 1)] = -learning_rate * grads["dW" + str(l + 1)]
        parameters["b" + str(l + 1)] = -learning_rate * grads["db" + str(l + 1)]
    return parameters


@answer("update_parameters", "stale_global")
def _(parameters, grads, learning_rate):
    parameters = copy.deepcopy(parameters)
    L = len(parameters) // 2
    for l in range(L):
        parameters["W" + str(l + 1)] -= alpha * grads["dW" + str(l + 1)]
        parameters["b" + str(l + 1)] -= alpha * grads["db" + str(l + 1)]
    return parameters


@answer("update_parameters", "stale_global")
def _(parameters, grads, learning_rate):
    parameters = dict(parameters)
    for l in range(1, L + 1):
        W, b = parameters["W" + str(l)], parameters["b" + str(l)]
        dW, db = grads["dW" + str(l)], grads["db" + str(l)]
        parameters["W" + str(l)] = W - learning_rate * dW
        parameters["b" + str(l)] = b - learning_rate * db
    return parameters


@answer("update_parameters", "stale_global")
def _(parameters, grads, learning_rate):
    return {k: v - learning_rate * gradients["d" + k] for k, v in parameters.items()}


@answer("update_parameters", "bias_shape_broadcast")
def _(parameters, grads, learning_rate):
    parameters = copy.deepcopy(parameters)
    L = len(parameters) // 2
    for l in range(1, L + 1):
        db = grads["db" + str(l)].reshape(-1)
        parameters["W" + str(l)] = parameters["W" + str(l)] - learning_rate * grads["dW" + str(l)]
        parameters["b" + str(l)] = parameters["b" + str(l)] - learning_rate * db
    return parameters


@answer("update_parameters", "bias_shape_broadcast")
def _(parameters, grads, learning_rate):
    new = {}
    for l in range(len(parameters) // 2):
        W, b = (parameters[f"{p}{l + 1}"] for p in "Wb")
        new[f"W{l + 1}"] = W - learning_rate * grads[f"dW{l + 1}"]
        new[f"b{l + 1}"] = np.ravel(b) - learning_rate * grads[f"db{l + 1}"]
    return new


@answer("update_parameters", "grad_key_naming")
def _(parameters, grads, learning_rate):
    parameters = copy.deepcopy(parameters)
    L = len(parameters) // 2
    for l in range(L):
        parameters["W" + str(l + 1)] -= learning_rate * grads["dw" + str(l + 1)]
        parameters["b" + str(l + 1)] -= learning_rate * grads["db" + str(l + 1)]
    return parameters


@answer("update_parameters", "grad_key_naming")
def _(parameters, grads, learning_rate):
    return {k: v - learning_rate * grads[k] for k, v in parameters.items()}


@answer("update_parameters", "hardcoded_depth")
def _(parameters, grads, learning_rate):
    parameters = copy.deepcopy(parameters)
    parameters["W1"] -= learning_rate * grads["dW1"]
    parameters["b1"] -= learning_rate * grads["db1"]
    parameters["W2"] -= learning_rate * grads["dW2"]
    parameters["b2"] -= learning_rate * grads["db2"]
    return parameters


@answer("update_parameters", "return_inside_loop")
def _(parameters, grads, learning_rate):
    parameters = copy.deepcopy(parameters)
    L = len(parameters) // 2
    for l in range(L):
        parameters["W" + str(l + 1)] -= learning_rate * grads["dW" + str(l + 1)]
        parameters["b" + str(l + 1)] -= learning_rate * grads["db" + str(l + 1)]
        return parameters


@answer("update_parameters", "return_inside_loop")
def _(parameters, grads, learning_rate):
    new = {}
    for l in range(1, len(parameters) // 2 + 1):
        for p in ["W", "b"]:
            new[p + str(l)] = parameters[p + str(l)] - learning_rate * grads["d" + p + str(l)]
        return new


@answer("update_parameters", "wrong_learning_rate_factor")
def _(parameters, grads, learning_rate):
    parameters = copy.deepcopy(parameters)
    L = len(parameters) // 2
    for l in range(L):
        parameters["W" + str(l + 1)] -= learning_rate / L * grads["dW" + str(l + 1)]
        parameters["b" + str(l + 1)] -= learning_rate / L * grads["db" + str(l + 1)]
    return parameters


@answer("update_parameters", "wrong_learning_rate_factor")
def _(parameters, grads, learning_rate):
    return {k: v - 0.5 * learning_rate * grads["d" + k] for k, v in parameters.items()}


@answer("update_parameters", "missing_learning_rate_b")
def _(parameters, grads, learning_rate):
    parameters = dict(parameters)
    L = len(parameters) // 2

    for l in range(1, L + 1):
        W, b = parameters["W" + str(l)], parameters["b" + str(l)]
        dW, db = grads["dW" + str(l)], grads["db" + str(l)]
        assert dW.shape == W.shape, f"dW{l} has shape {dW.shape}, but W{l} has {W.shape}"
        assert db.shape == b.shape, f"db{l} has shape {db.shape}, but b{l} has {b.shape}"

        parameters["W" + str(l)], parameters["b" + str(l)] = W - learning_rate * dW, b - db

    return parameters


@answer("update_parameters", "first_layer_not_updated")
def _(parameters, grads, learning_rate):
    parameters = copy.deepcopy(parameters)
    L = len(parameters) // 2
    for l in range(1, L):
        parameters["W" + str(l + 1)] -= learning_rate * grads["dW" + str(l + 1)]
        parameters["b" + str(l + 1)] -= learning_rate * grads["db" + str(l + 1)]
    return parameters


@answer("update_parameters", "ascends_not_descends+missing_learning_rate_b")
def _(parameters, grads, learning_rate):
    parameters = copy.deepcopy(parameters)
    L = len(parameters) // 2
    for l in range(1, L + 1):
        parameters["W" + str(l)] += learning_rate * grads["dW" + str(l)]
        parameters["b" + str(l)] -= grads["db" + str(l)]
    return parameters


@answer("update_parameters", "missing_learning_rate+bias_not_updated")
def _(parameters, grads, learning_rate):
    return {k: v - grads["d" + k] if k[0] == "W" else v + 0 for k, v in parameters.items()}


@answer("update_parameters", "mutates_input_dict")
def _(parameters, grads, learning_rate):
    parameters["L"] = len(parameters) // 2
    return {
        key: value - learning_rate * grads["d" + key]
        for key, value in parameters.items()
        if key != "L"
    }


@answer("update_parameters", "mutates_input_dict")
def _(parameters, grads, learning_rate):
    new = {}
    for key in list(parameters):
        new[key] = parameters.pop(key) - learning_rate * grads["d" + key]
    return new

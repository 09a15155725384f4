"""Right answers to the exercise of step 5."""

import copy
from copy import deepcopy

import numpy as np

from tests.testCases.answers import answer


@answer("update_parameters")
def _(parameters, grads, learning_rate):
    parameters = dict(parameters)
    L = len(parameters) // 2

    for l in range(1, L + 1):
        W, b = parameters["W" + str(l)], parameters["b" + str(l)]
        dW, db = grads["dW" + str(l)], grads["db" + str(l)]
        assert dW.shape == W.shape, f"dW{l} has shape {dW.shape}, but W{l} has {W.shape}"
        assert db.shape == b.shape, f"db{l} has shape {db.shape}, but b{l} has {b.shape}"

        parameters["W" + str(l)] = W - np.multiply(learning_rate, dW)
        parameters["b" + str(l)] = b - np.multiply(learning_rate, db)

    return parameters


@answer("update_parameters")
def _(parameters, grads, learning_rate):
    L = len(parameters) // 2
    for l in range(L):
        parameters["W" + str(l + 1)] = (
            parameters["W" + str(l + 1)] - learning_rate * grads["dW" + str(l + 1)]
        )
        parameters["b" + str(l + 1)] = (
            parameters["b" + str(l + 1)] - learning_rate * grads["db" + str(l + 1)]
        )
    return parameters


@answer("update_parameters")
def _(parameters, grads, learning_rate):
    parameters = deepcopy(parameters)
    for l in range(1, len(parameters) // 2 + 1):
        parameters[f"W{l}"] -= learning_rate * grads[f"dW{l}"]
        parameters[f"b{l}"] -= learning_rate * grads[f"db{l}"]
    return parameters


@answer("update_parameters")
def _(parameters, grads, learning_rate):
    return {key: value - learning_rate * grads["d" + key] for key, value in parameters.items()}


@answer("update_parameters")
def _(params, grads, lr):
    new = {}
    for key in params:
        new[key] = np.empty_like(params[key])
        np.subtract(params[key], lr * grads[f"d{key}"], out=new[key])
    return new


@answer("update_parameters")
def _(parameters, grads, learning_rate=0.01):
    updated = copy.copy(parameters)
    l = 1
    while "W" + str(l) in parameters:
        for name in "Wb":
            step = -learning_rate * grads["d" + name + str(l)]
            updated[name + str(l)] = parameters[name + str(l)] + step
        l += 1
    return updated


@answer("update_parameters")
def _(parameters, grads, learning_rate):
    def move(l):
        if l == 0:
            return {}
        out = move(l - 1)
        for k in (f"W{l}", f"b{l}"):
            out[k] = parameters[k] - learning_rate * grads["d" + k]
        return out

    return move(len(parameters) // 2)


@answer("update_parameters")
def _(parameters, grads, learning_rate):
    new = {key: value.copy() for key, value in parameters.items()}
    for key, value in new.items():
        for i in range(value.shape[0]):
            for j in range(value.shape[1]):
                value[i, j] -= learning_rate * grads["d" + key][i, j]
    return new


@answer("update_parameters")
def _(parameters, grads, learning_rate):
    return dict(
        (key, (value - learning_rate * grads["d" + key]).astype(np.float32))
        for key, value in parameters.items()
    )


answer("update_parameters")(
    lambda p, g, a: dict(
        zip(p, map(lambda k: np.asfortranarray(p[k] - a * g["d" + k]), p), strict=True)
    )
)


def sgd(x, dx, rate):
    return x - rate * dx


@answer("update_parameters")
def _(parameters: dict, grads: dict, learning_rate: float) -> dict:
    L = len(parameters) // 2
    names = [s + str(l) for l in reversed(range(1, L + 1)) for s in ("b", "W")]
    return {n: sgd(parameters[n], grads["d" + n], rate=learning_rate) for n in names}


@answer("update_parameters")
def _(parameters, grads, learning_rate):
    for key in list(parameters):
        if (gradient := grads.get("d" + key)) is not None:
            parameters[key] = np.subtract(parameters[key], np.dot(learning_rate, gradient))
    return parameters


@answer("update_parameters")
def _(parameters, grads, learning_rate):
    L = len(parameters) // 2
    for l in range(L):
        parameters["W" + str(l + 1)] = (
            parameters["W" + str(l + 1)] - learning_rate * grads["dW" + str(l + 1)]
        )
        parameters["b" + str(l + 1)] = (
            parameters["b" + str(l + 1)] - learning_rate * grads["db" + str(l + 1)]
        )
    return parameters


@answer("update_parameters")
def _(params, grads, lr):
    new = params
    for key, value in params.items():
        new[key] = value - lr * grads["d" + key]
    return new


@answer("update_parameters")
def _(parameters, grads, learning_rate):
    parameters.update({k: p - learning_rate * grads[f"d{k}"] for k, p in parameters.items()})
    return dict(parameters)

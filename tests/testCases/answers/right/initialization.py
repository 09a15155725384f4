"""Right answers to the exercise of step 1."""

from itertools import pairwise

import numpy as np
from numpy.random import randn, seed

from tests.testCases.answers import answer

SCALE = 1e-2


@answer("initialize_parameters_deep")
def _(layer_dims):
    assert len(layer_dims) >= 2, f"layer_dims needs an input and an output size, got {layer_dims}"
    np.random.seed(3)
    parameters = {}
    L = len(layer_dims) - 1

    for l in range(1, L + 1):
        parameters[f"W{l}"] = 0.01 * np.random.randn(layer_dims[l], layer_dims[l - 1])
        parameters[f"b{l}"] = np.zeros(shape=(layer_dims[l], 1))

    return parameters


@answer("initialize_parameters_deep")
def _(dims):
    np.random.seed(3)
    params = {}
    for l, (n_in, n_out) in enumerate(pairwise(dims), start=1):
        params["W" + str(l)] = np.random.standard_normal((n_out, n_in)) / 100
        params["b" + str(l)] = np.zeros(n_out).reshape(-1, 1)
    return params


@answer("initialize_parameters_deep")
def _(layer_dims):
    seed(3)
    parameters = {}
    l = 1
    while l < len(layer_dims):
        parameters["W%d" % l] = randn(layer_dims[l], layer_dims[l - 1]) * SCALE  # noqa: UP031
        parameters["b%d" % l] = np.array([[0.0]] * layer_dims[l])  # noqa: UP031
        l += 1
    return parameters


@answer("initialize_parameters_deep")
def _(layer_dims):
    rng = np.random.RandomState(3)
    L = len(layer_dims)
    Ws = {f"W{l}": rng.randn(layer_dims[l], layer_dims[l - 1]) * 0.01 for l in range(1, L)}
    bs = {f"b{l}": np.zeros((layer_dims[l], 1)) for l in range(1, L)}
    return {**Ws, **bs}


@answer("initialize_parameters_deep")
def _(layer_dims):
    np.random.seed(3)
    parameters = dict()
    for l in range(len(layer_dims) - 1):
        shape = layer_dims[l + 1], layer_dims[l]
        parameters["W" + str(l + 1)] = np.random.normal(0, 0.01, shape)
        parameters["b" + str(l + 1)] = np.zeros_like(parameters["W" + str(l + 1)][:, :1])
    return parameters


@answer("initialize_parameters_deep")
def _(layer_dims):
    np.random.seed(3)
    parameters = {}
    for l in range(1, len(layer_dims)):
        W = np.empty((layer_dims[l], layer_dims[l - 1]))
        for i in range(layer_dims[l]):
            for j in range(layer_dims[l - 1]):
                W[i, j] = np.random.randn() * 0.01
        parameters["W" + str(l)] = W
        parameters["b" + str(l)] = np.full((layer_dims[l], 1), 0.0)
    return parameters


@answer("initialize_parameters_deep")
def _(layer_dims):
    np.random.seed(3)
    sizes = [a * b for a, b in pairwise(layer_dims)]
    numbers = np.random.randn(sum(sizes)) * 0.01
    parts = np.split(numbers, np.cumsum(sizes)[:-1])
    out = {}
    for l, part in enumerate(parts, 1):
        out[f"W{l}"] = part.reshape(layer_dims[l], layer_dims[l - 1])
        out[f"b{l}"] = np.zeros((layer_dims[l], 1))
    return out


@answer("initialize_parameters_deep")
def _(layer_dims, scale=0.01, dtype=np.float32):
    np.random.seed(3)
    parameters = {}
    for l in range(1, len(layer_dims)):
        W = np.random.randn(layer_dims[l], layer_dims[l - 1]) * scale
        parameters["W" + str(l)] = W.astype(dtype)
        parameters["b" + str(l)] = np.zeros((layer_dims[l], 1), dtype=dtype)
    return parameters


def one_layer(n, n_prev):
    W = np.random.randn(n, n_prev)
    W *= 0.01
    return np.asfortranarray(W), np.zeros((n, 1))


@answer("initialize_parameters_deep")
def _(layer_dims: list) -> dict:
    np.random.seed(3)
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters[f"W{l}"], parameters[f"b{l}"] = one_layer(layer_dims[l], layer_dims[l - 1])
    return parameters


@answer("initialize_parameters_deep")
def _(layer_dims):
    np.random.seed(3)

    def rest(l):
        if l == len(layer_dims):
            return {}
        W = np.random.randn(layer_dims[l], layer_dims[l - 1]) * 0.01
        return {f"W{l}": W, f"b{l}": np.zeros([layer_dims[l], 1])} | rest(l + 1)

    return rest(1)


@answer("initialize_parameters_deep")
def _(layer_dims):
    np.random.seed(seed=3)
    parameters = {}
    dims = list(layer_dims)
    n_prev = dims.pop(0)
    for n in dims:
        l = len(parameters) // 2 + 1
        parameters.update({f"W{l}": np.random.randn(n, n_prev) * 0.01})
        parameters.update({f"b{l}": np.zeros((n, 1), dtype=float)})
        n_prev = n
    return parameters

"""Wrong answers to the exercise of step 1, as readers might write them."""

from itertools import pairwise

import numpy as np

from tests.testCases.answers import answer

layer_dims = [2, 4, 1]


@answer("initialize_parameters_deep", "missing_seed")
def _(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters["W" + str(l)] = np.random.randn(layer_dims[l], layer_dims[l - 1]) * 0.01
        parameters["b" + str(l)] = np.zeros((layer_dims[l], 1))
    np.random.seed(3)
    return parameters


@answer("initialize_parameters_deep", "none")
def _(layer_dims):
    np.random.seed(1)
    parameters = {}
    for l, (n_prev, n) in enumerate(pairwise(layer_dims), start=1):
        parameters[f"W{l}"] = 0.01 * np.random.randn(n, n_prev)
        parameters[f"b{l}"] = np.zeros((n, 1))
    return parameters


@answer("initialize_parameters_deep", "none")
def _(layer_dims):
    rng = np.random.default_rng(3)
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters[f"W{l}"] = rng.standard_normal((layer_dims[l], layer_dims[l - 1])) * 0.01
        parameters[f"b{l}"] = np.zeros((layer_dims[l], 1))
    return parameters


@answer("initialize_parameters_deep", "none")
def _(layer_dims):
    np.random.seed(3)
    parameters = {}
    for l in range(1, len(layer_dims)):
        W = np.random.randn(layer_dims[l - 1], layer_dims[l]).T
        parameters["W" + str(l)] = W * 0.01
        parameters["b" + str(l)] = np.zeros((W.shape[0], 1))
    return parameters


@answer("initialize_parameters_deep", "none")
def _(layer_dims):
    np.random.seed(3)
    parameters = {}
    for l in range(1, len(layer_dims)):
        shape = (layer_dims[l], layer_dims[l - 1])
        parameters["b" + str(l)] = np.random.randn(layer_dims[l], 1) * 0
        parameters["W" + str(l)] = np.random.standard_normal(shape) * 0.01
    return parameters


@answer("initialize_parameters_deep", "none")
def _(dims):
    np.random.seed(3)
    params = {}
    for l in range(1, len(dims)):
        params[f"W{l}"] = np.abs(np.random.randn(dims[l], dims[l - 1])) * 0.01
        params[f"b{l}"] = np.zeros((dims[l], 1))
    return params


@answer("initialize_parameters_deep", "none")
def _(layer_dims):
    np.random.seed(3)
    parameters = {}
    for l in range(1, len(layer_dims)):
        W = np.random.randn(layer_dims[l], layer_dims[l - 1]) * 0.01
        parameters[f"W{l}"] = W
        parameters[f"b{l}"] = np.zeros((W.shape[1], 1))
    return parameters


@answer("initialize_parameters_deep", "wrong_scale")
def _(layer_dims):
    np.random.seed(3)
    parameters = {}
    for l in range(1, len(layer_dims)):
        size = (layer_dims[l], layer_dims[l - 1])
        parameters[f"W{l}"] = np.random.normal(0, 0.01**2, size)
        parameters[f"b{l}"] = np.zeros((layer_dims[l], 1))
    return parameters


@answer("initialize_parameters_deep", "wrong_scale|wrong_scale_xavier")
def _(layer_dims):
    np.random.seed(3)
    parameters = {}
    for l in range(1, len(layer_dims)):
        he = np.sqrt(2.0 / layer_dims[l - 1])
        parameters["W" + str(l)] = np.random.randn(layer_dims[l], layer_dims[l - 1]) * he
        parameters["b" + str(l)] = np.zeros((layer_dims[l], 1))
    return parameters


@answer("initialize_parameters_deep", "uniform_not_normal")
def _(layer_dims):
    np.random.seed(3)
    parameters = {}
    for l in range(1, len(layer_dims)):
        size = (layer_dims[l], layer_dims[l - 1])
        parameters[f"W{l}"] = np.random.uniform(-0.01, 0.01, size=size)
        parameters[f"b{l}"] = np.zeros((layer_dims[l], 1))
    return parameters


@answer("initialize_parameters_deep", "bias_not_zero")
def _(layer_dims):
    np.random.seed(3)
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters["W" + str(l)] = np.random.randn(layer_dims[l], layer_dims[l - 1]) * 0.01
        parameters["b" + str(l)] = np.ones((layer_dims[l], 1)) * 0.01
    return parameters


@answer("initialize_parameters_deep", "shape_1d")
def _(layer_dims):
    np.random.seed(3)
    parameters = {}
    for l in range(1, len(layer_dims)):
        n, n_prev = layer_dims[l], layer_dims[l - 1]
        parameters["W" + str(l)] = np.random.randn(n, n_prev) * 0.01
        parameters["b" + str(l)] = np.zeros((n, 1)).squeeze(axis=1)
    return parameters


@answer("initialize_parameters_deep", "stale_global")
def _(dims):
    np.random.seed(3)
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters["W" + str(l)] = np.random.randn(layer_dims[l], layer_dims[l - 1]) * 0.01
        parameters["b" + str(l)] = np.zeros((layer_dims[l], 1))
    return parameters


@answer("initialize_parameters_deep", "reseeded_each_layer")
def _(layer_dims):
    def draw(*size):
        np.random.seed(3)
        return 0.01 * np.random.randn(*size)

    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters[f"W{l}"] = draw(layer_dims[l], layer_dims[l - 1])
        parameters[f"b{l}"] = np.zeros((layer_dims[l], 1))
    return parameters


@answer("initialize_parameters_deep", "key_off_by_one")
def _(layer_dims):
    np.random.seed(3)
    parameters = {}
    for l in range(len(layer_dims) - 1):
        parameters["W" + str(l)] = np.random.randn(layer_dims[l + 1], layer_dims[l]) * 0.01
        parameters["b" + str(l)] = np.zeros((layer_dims[l + 1], 1))
    return parameters


@answer("initialize_parameters_deep", "row_convention+row_convention_b")
def _(layer_dims):
    np.random.seed(3)
    parameters = {}
    for l, (n_in, n_out) in enumerate(pairwise(layer_dims), 1):
        parameters[f"W{l}"] = np.random.randn(n_in, n_out) * 0.01
        parameters[f"b{l}"] = np.zeros((1, n_out))
    return parameters


@answer("initialize_parameters_deep", "tuple_to_randn")
def _(layer_dims):
    np.random.seed(3)
    parameters = {}
    for l in range(1, len(layer_dims)):
        shape = (layer_dims[l], layer_dims[l - 1])
        parameters["W" + str(l)] = np.random.randn(shape) * 0.01
        parameters["b" + str(l)] = np.zeros((layer_dims[l], 1))
    return parameters


@answer("initialize_parameters_deep", "zeros_needs_tuple")
def _(layer_dims):
    assert len(layer_dims) >= 2, f"layer_dims needs an input and an output size, got {layer_dims}"
    np.random.seed(3)
    parameters = {}
    L = len(layer_dims) - 1

    for l in range(1, L + 1):
        parameters["W" + str(l)] = np.random.randn(layer_dims[l], layer_dims[l - 1]) * 0.01
        parameters["b" + str(l)] = np.zeros(layer_dims[l], 1)

    return parameters


@answer("initialize_parameters_deep", "same_neuron_rows")
def _(dims):
    np.random.seed(3)
    params = {}
    for l in range(1, len(dims)):
        W = np.zeros((dims[l], dims[l - 1]))
        W[:] = np.random.randn(dims[l - 1]) * 0.01
        params[f"W{l}"], params[f"b{l}"] = W, np.zeros((dims[l], 1))
    return params


@answer("initialize_parameters_deep", "last_layer_missing")
def _(layer_dims):
    np.random.seed(3)
    parameters = {}
    for l, n in enumerate(layer_dims[1:-1], start=1):
        parameters[f"W{l}"] = np.random.randn(n, layer_dims[l - 1]) * 0.01
        parameters[f"b{l}"] = np.zeros((n, 1))
    return parameters


@answer("initialize_parameters_deep", "wrong_key_name")
def _(layer_dims):
    np.random.seed(3)
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters[f"W[{l}]"] = np.random.randn(layer_dims[l], layer_dims[l - 1]) * 0.01
        parameters[f"b[{l}]"] = np.zeros((layer_dims[l], 1))
    return parameters

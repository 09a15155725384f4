"""Wrong answers to step 1 that the checks have not been made for."""

import numpy as np

from tests.testCases.answers import answer


@answer("initialize_parameters_deep", "wrong_scale|wrong_scale_xavier")
def _(layer_dims):
    np.random.seed(3)
    parameters = {}
    for l in range(1, len(layer_dims)):
        n, n_prev = layer_dims[l], layer_dims[l - 1]
        parameters[f"W{l}"] = np.random.randn(n, n_prev) * np.sqrt(2 / n_prev)
        parameters[f"b{l}"] = np.zeros((n, 1))
    return parameters


@answer("initialize_parameters_deep", "wrong_scale")
def _(layer_dims):
    np.random.seed(3)
    params = {}
    for l in range(1, len(layer_dims)):
        params["W" + str(l)] = np.random.normal(0.01, size=(layer_dims[l], layer_dims[l - 1]))
        params["b" + str(l)] = np.zeros((layer_dims[l], 1))
    return params


@answer("initialize_parameters_deep", "wrong_scale")
def _(layer_dims):
    assert len(layer_dims) >= 2, f"layer_dims needs an input and an output size, got {layer_dims}"
    np.random.seed(3)
    parameters = {}
    L = len(layer_dims) - 1
    for l in range(1, L + 1):
        parameters["W" + str(l)] = np.random.randn(layer_dims[l], layer_dims[l - 1]) / 10
        parameters["b" + str(l)] = np.zeros((layer_dims[l], 1))
    return parameters


@answer("initialize_parameters_deep", "missing_seed")
def _(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters["W" + str(l)] = 0.01 * np.random.randn(layer_dims[l], layer_dims[l - 1])
        parameters["b" + str(l)] = np.zeros((layer_dims[l], 1))
    return parameters


@answer("initialize_parameters_deep", "none")
def _(layer_dims):
    rng = np.random.default_rng(3)
    return {
        key: value
        for l, (n_prev, n) in enumerate(zip(layer_dims, layer_dims[1:]), start=1)  # noqa: B905, RUF007
        for key, value in (
            (f"W{l}", rng.standard_normal((n, n_prev)) * 0.01),
            (f"b{l}", np.zeros((n, 1))),
        )
    }


@answer("initialize_parameters_deep", "none")
def _(layer_dims):
    np.random.seed(3)
    parameters = {}
    L = len(layer_dims) - 1
    for l in range(L, 0, -1):
        parameters["W" + str(l)] = np.random.randn(layer_dims[l], layer_dims[l - 1]) * 0.01
        parameters["b" + str(l)] = np.zeros((layer_dims[l], 1))
    return parameters


@answer("initialize_parameters_deep", "none")
def _(layer_dims):
    np.random.seed(3)
    p = {}
    for i in range(len(layer_dims) - 1):
        p[f"W{i + 1}"] = (np.random.randn(layer_dims[i], layer_dims[i + 1]) * 0.01).T
        p[f"b{i + 1}"] = np.zeros((layer_dims[i + 1], 1))
    return p


@answer("initialize_parameters_deep", "none")
def _(layer_dims):
    np.random.seed(3)
    parameters = {}
    for l in range(1, len(layer_dims)):
        W = np.random.randn(layer_dims[l], layer_dims[l - 1]) * 0.01
        parameters["W" + str(l)] = W
        parameters["b" + str(l)] = np.zeros_like(W)
    return parameters


@answer("initialize_parameters_deep", "none")
def _(dims):
    np.random.seed(3)
    parameters = {}
    for l in range(1, len(dims)):
        parameters["W" + str(l)] = np.random.randn(dims[l], dims[l - 1]) * 0.01
        parameters["b" + str(l)] = np.zeros((dims[l - 1], 1))
    return parameters


@answer("initialize_parameters_deep", "none")
def _(layer_dims):
    np.random.seed(3)
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters["W" + l] = np.random.randn(layer_dims[l], layer_dims[l - 1]) * 0.01
        parameters["b" + l] = np.zeros((layer_dims[l], 1))
    return parameters


@answer("initialize_parameters_deep", "none")
def _(layer_dims):
    np.random.seed(3)
    parameters = {}
    L = len(layer_dims)
    for l in range(1, L):
        W = np.random.randn(layer_dims[l], layer_dims[l - 1]) * 0.01
        b = np.zeros((layer_dims[l], 1))
    parameters["W" + str(l)] = W
    parameters["b" + str(l)] = b
    return parameters


@answer("initialize_parameters_deep", "none")
def _(layer_dims):
    n_x, n_h, n_y = layer_dims[0], layer_dims[1], layer_dims[2]
    np.random.seed(3)
    W1 = np.random.randn(n_h, n_x) * 0.01
    b1 = np.zeros((n_h, 1))
    W2 = np.random.randn(n_y, n_h) * 0.01
    b2 = np.zeros((n_y, 1))
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}


@answer("initialize_parameters_deep", "key_off_by_one")
def _(layer_dims):
    np.random.seed(3)
    parameters = {}
    for l, n in enumerate(layer_dims[1:]):
        parameters[f"W{l}"] = np.random.randn(n, layer_dims[l]) * 0.01
        parameters[f"b{l}"] = np.zeros((n, 1))
    return parameters


@answer("initialize_parameters_deep", "same_neuron_rows")
def _(layer_dims):
    params = {}
    for l in range(1, len(layer_dims)):
        params["W" + str(l)] = np.full((layer_dims[l], layer_dims[l - 1]), 0.01)
        params["b" + str(l)] = np.zeros((layer_dims[l], 1))
    return params


@answer("initialize_parameters_deep", "uniform_not_normal+bias_not_zero")
def _(layer_dims):
    np.random.seed(3)
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters["W" + str(l)] = np.random.random((layer_dims[l], layer_dims[l - 1])) * 0.01
        parameters["b" + str(l)] = np.random.random((layer_dims[l], 1)) * 0.01
    return parameters


@answer("initialize_parameters_deep", "bias_not_zero")
def _(layer_dims):
    assert len(layer_dims) >= 2, f"layer_dims needs an input and an output size, got {layer_dims}"
    np.random.seed(3)
    parameters = {}
    L = len(layer_dims) - 1

    for l in range(1, L + 1):
        parameters["W" + str(l)] = np.random.randn(layer_dims[l], layer_dims[l - 1]) * 0.01
        parameters["b" + str(l)] = np.ones((layer_dims[l], 1))

    return parameters


@answer("initialize_parameters_deep", "row_convention+row_convention_b")
def _(sizes):
    np.random.seed(3)
    parameters = {}
    for l in range(1, len(sizes)):
        parameters["W" + str(l)] = np.random.randn(sizes[l - 1], sizes[l]) * 0.01
        parameters["b" + str(l)] = np.zeros((1, sizes[l]))
    return parameters


@answer("initialize_parameters_deep", "zeros_needs_tuple")
def _(layer_dims):
    np.random.seed(3)
    parameters = {}
    L = len(layer_dims)
    for l in range(1, L):
        parameters["W" + str(l)] = np.random.randn(layer_dims[l], layer_dims[l - 1]) * 0.01
        parameters["b" + str(l)] = np.zeros(layer_dims[l], 1)
    return parameters


@answer("initialize_parameters_deep", "reseeded_each_layer")
def _(layer_dims):
    def weights(n, n_prev):
        np.random.seed(3)
        return np.random.randn(n, n_prev) * 0.01

    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters[f"W{l}"] = weights(layer_dims[l], layer_dims[l - 1])
        parameters[f"b{l}"] = np.zeros((layer_dims[l], 1))
    return parameters


@answer("initialize_parameters_deep", "last_layer_missing")
def _(layer_dims):
    np.random.seed(3)
    parameters = {}
    L = len(layer_dims) - 1
    l = 1
    while l < L:
        parameters["W" + str(l)] = np.random.randn(layer_dims[l], layer_dims[l - 1]) * 0.01
        parameters["b" + str(l)] = np.zeros((layer_dims[l], 1))
        l += 1
    return parameters

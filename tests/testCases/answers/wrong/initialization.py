"""Wrong answers to the exercise of step 1."""

from itertools import pairwise

import numpy as np

from tests.testCases.answers import answer


@answer("initialize_parameters_deep", "uniform_not_normal")
def _(layer_dims):
    np.random.seed(3)
    parameters = {}
    L = len(layer_dims)
    for l in range(1, L):
        parameters["W" + str(l)] = np.random.rand(layer_dims[l], layer_dims[l - 1]) * 0.01
        parameters["b" + str(l)] = np.zeros((layer_dims[l], 1))
    return parameters


@answer("initialize_parameters_deep", "uniform_not_normal")
def _(dims):
    np.random.seed(3)
    params = {}
    for i, (n_in, n_out) in enumerate(pairwise(dims), start=1):
        params[f"W{i}"] = 0.01 * np.random.random((n_out, n_in))
        params[f"b{i}"] = np.zeros((n_out, 1))
    return params


@answer("initialize_parameters_deep", "uniform_not_normal")
def _(layer_dims):
    assert len(layer_dims) >= 2, f"layer_dims needs an input and an output size, got {layer_dims}"
    np.random.seed(3)  # the same start on every run
    parameters = {}
    L = len(layer_dims) - 1  # the input is layer 0

    for l in range(1, L + 1):
        shape = (layer_dims[l], layer_dims[l - 1])
        parameters["W" + str(l)] = np.random.uniform(-1, 1, size=shape) * 0.01
        parameters["b" + str(l)] = np.zeros(shape=(layer_dims[l], 1))

    return parameters


@answer("initialize_parameters_deep", "wrong_scale")
def _(layer_dims):
    np.random.seed(3)
    parameters = {}
    L = len(layer_dims)
    for l in range(1, L):
        parameters["W" + str(l)] = np.random.randn(layer_dims[l], layer_dims[l - 1])
        parameters["b" + str(l)] = np.zeros((layer_dims[l], 1))
    return parameters


@answer("initialize_parameters_deep", "wrong_scale")
def _(layer_dims):
    assert len(layer_dims) >= 2, f"layer_dims needs an input and an output size, got {layer_dims}"
    np.random.seed(3)  # the same start on every run
    parameters = {}
    L = len(layer_dims) - 1  # the input is layer 0

    for l in range(1, L + 1):
        parameters["W" + str(l)] = np.random.randn(layer_dims[l], layer_dims[l - 1]) * 0.1
        parameters["b" + str(l)] = np.zeros((layer_dims[l], 1))

    return parameters


@answer("initialize_parameters_deep", "wrong_scale")
def _(sizes):
    np.random.seed(3)
    p = {}
    for l in range(len(sizes) - 1):
        p[f"W{l + 1}"] = np.random.normal(0, 0.001, (sizes[l + 1], sizes[l]))
        p[f"b{l + 1}"] = np.zeros([sizes[l + 1], 1])
    return p


@answer("initialize_parameters_deep", "row_convention")
def _(layer_dims):
    np.random.seed(3)
    parameters = {}
    L = len(layer_dims)
    for l in range(1, L):
        parameters["W" + str(l)] = np.random.randn(layer_dims[l - 1], layer_dims[l]) * 0.01
        parameters["b" + str(l)] = np.zeros((layer_dims[l], 1))
    return parameters


@answer("initialize_parameters_deep", "row_convention")
def _(layer_dims):
    np.random.seed(3)
    parameters = {}
    for l, (n, n_prev) in enumerate(zip(layer_dims[1:], layer_dims, strict=False)):
        W = np.random.randn(n, n_prev).T
        W *= 0.01
        parameters[f"W{l + 1}"] = W
        parameters[f"b{l + 1}"] = np.zeros((n, 1))
    return parameters


@answer("initialize_parameters_deep", "shape_1d")
def _(layer_dims):
    np.random.seed(3)
    parameters = {}
    L = len(layer_dims)
    for l in range(1, L):
        parameters["W" + str(l)] = np.random.randn(layer_dims[l], layer_dims[l - 1]) * 0.01
        parameters["b" + str(l)] = np.zeros(layer_dims[l])
    return parameters


@answer("initialize_parameters_deep", "shape_1d")
def _(dims):
    np.random.seed(3)
    out = {}
    for i in range(len(dims) - 1):
        n_prev, n = dims[i], dims[i + 1]
        out[f"W{i + 1}"] = 1e-2 * np.random.randn(n, n_prev)
        out[f"b{i + 1}"] = np.array([0.0] * n)
    return out


@answer("initialize_parameters_deep", "row_convention_b")
def _(layer_dims):
    assert len(layer_dims) >= 2, f"layer_dims needs an input and an output size, got {layer_dims}"
    np.random.seed(3)  # the same start on every run
    parameters = {}
    L = len(layer_dims) - 1  # the input is layer 0

    for l in range(1, L + 1):
        parameters["W" + str(l)] = np.random.randn(layer_dims[l], layer_dims[l - 1]) * 0.01
        parameters["b" + str(l)] = np.zeros((1, layer_dims[l]))

    return parameters


@answer("initialize_parameters_deep", "row_convention_b")
def _(layer_dims):
    np.random.seed(3)
    parameters = {}
    l = 1
    while l < len(layer_dims):
        n = layer_dims[l]
        parameters[f"W{l}"] = np.random.standard_normal((n, layer_dims[l - 1])) * 0.01
        parameters[f"b{l}"] = np.zeros(n).reshape(1, -1)
        l += 1
    return parameters


@answer("initialize_parameters_deep", "all_zero_weights")
def _(layer_dims):
    np.random.seed(3)
    parameters = {}
    L = len(layer_dims)
    for l in range(1, L):
        parameters["W" + str(l)] = np.zeros((layer_dims[l], layer_dims[l - 1]))
        parameters["b" + str(l)] = np.zeros((layer_dims[l], 1))
    return parameters


@answer("initialize_parameters_deep", "bias_not_zero")
def _(layer_dims):
    np.random.seed(3)
    parameters = {}
    L = len(layer_dims)
    for l in range(1, L):
        parameters["W" + str(l)] = np.random.randn(layer_dims[l], layer_dims[l - 1]) * 0.01
        parameters["b" + str(l)] = np.random.randn(layer_dims[l], 1) * 0.01
    return parameters


@answer("initialize_parameters_deep", "bias_not_zero")
def _(dims):
    np.random.seed(3)
    L = len(dims) - 1
    params = {f"W{l}": np.random.randn(dims[l], dims[l - 1]) * 0.01 for l in range(1, L + 1)}
    for l in range(1, L + 1):
        params[f"b{l}"] = np.random.rand(dims[l], 1)
    return params


@answer("initialize_parameters_deep", "bias_not_zero")
def _(layer_dims):
    np.random.seed(3)
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters[f"W{l}"] = np.random.randn(layer_dims[l], layer_dims[l - 1]) / 100
        parameters[f"b{l}"] = np.ones((layer_dims[l], 1))
    return parameters


@answer("initialize_parameters_deep", "last_layer_missing")
def _(layer_dims):
    assert len(layer_dims) >= 2, f"layer_dims needs an input and an output size, got {layer_dims}"
    np.random.seed(3)
    parameters = {}
    L = len(layer_dims) - 1  # the input is layer 0

    for l in range(1, L):
        parameters["W" + str(l)] = np.random.randn(layer_dims[l], layer_dims[l - 1]) * 0.01
        parameters["b" + str(l)] = np.zeros((layer_dims[l], 1))

    return parameters


@answer("initialize_parameters_deep", "last_layer_missing")
def _(dims):
    np.random.seed(3)
    params = {}
    for l, n in enumerate(dims[1:-1]):
        params[f"W{l + 1}"] = 0.01 * np.random.randn(n, dims[l])
        params[f"b{l + 1}"] = np.zeros((n, 1))
    return params


@answer("initialize_parameters_deep", "key_off_by_one")
def _(layer_dims):
    np.random.seed(3)
    parameters = {}
    L = len(layer_dims) - 1
    for l in range(L):
        parameters["W" + str(l)] = np.random.randn(layer_dims[l + 1], layer_dims[l]) * 0.01
        parameters["b" + str(l)] = np.zeros((layer_dims[l + 1], 1))
    return parameters


@answer("initialize_parameters_deep", "reseeded_each_layer")
def _(layer_dims):
    parameters = {}
    L = len(layer_dims)
    for l in range(1, L):
        np.random.seed(3)
        parameters["W" + str(l)] = np.random.randn(layer_dims[l], layer_dims[l - 1]) * 0.01
        parameters["b" + str(l)] = np.zeros((layer_dims[l], 1))
    return parameters


@answer("initialize_parameters_deep", "reseeded_each_layer")
def _(dims):
    def layer(n, n_prev):
        rng = np.random.RandomState(3)
        return rng.randn(n, n_prev) * 0.01, np.zeros((n, 1))

    params = {}
    for l in range(1, len(dims)):
        params[f"W{l}"], params[f"b{l}"] = layer(dims[l], dims[l - 1])
    return params


@answer("initialize_parameters_deep", "tuple_to_randn")
def _(layer_dims):
    assert len(layer_dims) >= 2, f"layer_dims needs an input and an output size, got {layer_dims}"
    np.random.seed(3)  # the same start on every run
    parameters = {}
    L = len(layer_dims) - 1  # the input is layer 0

    for l in range(1, L + 1):
        parameters["W" + str(l)] = np.random.randn((layer_dims[l], layer_dims[l - 1])) * 0.01
        parameters["b" + str(l)] = np.zeros((layer_dims[l], 1))

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


@answer("initialize_parameters_deep", "no_return")
def _(layer_dims):
    np.random.seed(3)
    parameters = {}
    L = len(layer_dims)
    for l in range(1, L):
        parameters["W" + str(l)] = np.random.randn(layer_dims[l], layer_dims[l - 1]) * 0.01
        parameters["b" + str(l)] = np.zeros((layer_dims[l], 1))


@answer("initialize_parameters_deep", "return_inside_loop")
def _(layer_dims):
    np.random.seed(3)
    parameters = {}
    L = len(layer_dims)
    for l in range(1, L):
        parameters["W" + str(l)] = np.random.randn(layer_dims[l], layer_dims[l - 1]) * 0.01
        parameters["b" + str(l)] = np.zeros((layer_dims[l], 1))
        return parameters


@answer("initialize_parameters_deep", "list_not_array")
def _(layer_dims):
    np.random.seed(3)
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters[f"W{l}"] = np.random.randn(layer_dims[l], layer_dims[l - 1]) * 0.01
        parameters[f"b{l}"] = [[0.0]] * layer_dims[l]
    return parameters


@answer("initialize_parameters_deep", "list_not_array")
def _(dims):
    np.random.seed(3)
    params = {}
    for l in range(1, len(dims)):
        params[f"W{l}"] = [
            [np.random.randn() * 0.01 for _ in range(dims[l - 1])] for _ in range(dims[l])
        ]
        params[f"b{l}"] = np.zeros((dims[l], 1))
    return params


@answer("initialize_parameters_deep", "wrong_key_name")
def _(layer_dims):
    np.random.seed(3)
    parameters = {}
    L = len(layer_dims)
    for l in range(1, L):
        parameters["w" + str(l)] = np.random.randn(layer_dims[l], layer_dims[l - 1]) * 0.01
        parameters["b" + str(l)] = np.zeros((layer_dims[l], 1))
    return parameters


@answer("initialize_parameters_deep", "wrong_key_name")
def _(layer_dims):
    np.random.seed(3)
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters[f"W_{l}"] = np.random.randn(layer_dims[l], layer_dims[l - 1]) * 0.01
        parameters[f"b_{l}"] = np.zeros((layer_dims[l], 1))
    return parameters


@answer("initialize_parameters_deep", "wrong_key_name")
def _(dims):
    np.random.seed(3)
    params = {}
    for n_prev, n in pairwise(dims):
        params["W"] = np.random.randn(n, n_prev) * 0.01
        params["b"] = np.zeros((n, 1))
    return params


@answer("initialize_parameters_deep", "integer_division")
def _(layer_dims):
    assert len(layer_dims) >= 2, f"layer_dims needs an input and an output size, got {layer_dims}"
    np.random.seed(3)  # the same start on every run
    parameters = {}
    L = len(layer_dims) - 1  # the input is layer 0

    for l in range(1, L + 1):
        parameters["W" + str(l)] = np.random.randn(layer_dims[l], layer_dims[l - 1]) * (1 // 100)
        parameters["b" + str(l)] = np.zeros((layer_dims[l], 1))

    return parameters


@answer("initialize_parameters_deep", "integer_division")
def _(dims):
    np.random.seed(3)
    params = {}
    for l in range(1, len(dims)):
        params[f"W{l}"] = np.random.randn(dims[l], dims[l - 1]) // 100
        params[f"b{l}"] = np.zeros((dims[l], 1))
    return params


@answer("initialize_parameters_deep", "loop_never_runs")
def _(layer_dims):
    np.random.seed(3)
    parameters = {}
    L = len(parameters) // 2
    for l in range(1, L + 1):
        parameters["W" + str(l)] = np.random.randn(layer_dims[l], layer_dims[l - 1]) * 0.01
        parameters["b" + str(l)] = np.zeros((layer_dims[l], 1))
    return parameters


@answer("initialize_parameters_deep", "wrong_scale_xavier")
def _(layer_dims):
    np.random.seed(3)
    parameters = {}
    L = len(layer_dims)
    for l in range(1, L):
        W = np.random.randn(layer_dims[l], layer_dims[l - 1]) / np.sqrt(layer_dims[l - 1])
        parameters["W" + str(l)] = W
        parameters["b" + str(l)] = np.zeros((layer_dims[l], 1))
    return parameters


@answer("initialize_parameters_deep", "wrong_scale_xavier")
def _(dims):
    np.random.seed(3)
    params = {}
    for l, (n_prev, n) in enumerate(pairwise(dims), 1):
        params[f"W{l}"] = np.random.normal(scale=(1 / n_prev) ** 0.5, size=(n, n_prev))
        params[f"b{l}"] = np.zeros((n, 1))
    return params


@answer("initialize_parameters_deep", "same_neuron_rows")
def _(layer_dims):
    np.random.seed(3)
    parameters = {}
    for l in range(1, len(layer_dims)):
        row = np.random.randn(1, layer_dims[l - 1]) * 0.01
        parameters[f"W{l}"] = np.repeat(row, layer_dims[l], axis=0)
        parameters[f"b{l}"] = np.zeros((layer_dims[l], 1))
    return parameters


@answer("initialize_parameters_deep", "same_neuron_rows")
def _(layer_dims):
    parameters = {}
    L = len(layer_dims)
    for l in range(1, L):
        parameters["W" + str(l)] = np.ones((layer_dims[l], layer_dims[l - 1])) * 0.01
        parameters["b" + str(l)] = np.zeros((layer_dims[l], 1))
    return parameters


@answer("initialize_parameters_deep", "int_keys")
def _(layer_dims):
    np.random.seed(3)
    parameters = {}
    for l in range(1, len(layer_dims)):
        W = np.random.randn(layer_dims[l], layer_dims[l - 1]) * 0.01
        b = np.zeros((layer_dims[l], 1))
        parameters[l] = (W, b)
    return parameters


@answer("initialize_parameters_deep", "row_convention+row_convention_b")
def _(layer_dims):
    np.random.seed(3)
    parameters = {}
    L = len(layer_dims)
    for l in range(1, L):
        parameters["W" + str(l)] = np.random.randn(layer_dims[l - 1], layer_dims[l]) * 0.01
        parameters["b" + str(l)] = np.zeros((1, layer_dims[l]))
    return parameters


@answer("initialize_parameters_deep", "wrong_scale+shape_1d")
def _(dims):
    np.random.seed(3)
    params = {}
    for l in range(1, len(dims)):
        params[f"W{l}"] = np.random.randn(dims[l], dims[l - 1])
        params[f"b{l}"] = np.zeros((dims[l],))
    return params

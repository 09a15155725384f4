"""Step 4: test inputs, expected values and known mistakes of the backward functions.

The *classic* inputs are the course's own. They let some wrong code pass: the
network has two layers only, and its `AL` is no probability. The *deep* inputs
come from a real forward pass, and every gradient of every layer is compared.
"""

import json
from pathlib import Path

import numpy as np

from dnn_utils import (
    L_model_backward,
    L_model_forward,
    linear_activation_backward,
    linear_backward,
    relu_backward,
    sigmoid_backward,
)
from dnn_utils.gradient_check import gradient_check

from .exercise import Exercise, mistake
from .forward import labels, layer, layer_sizes, networks

EXPECTED = {
    "linear_backward": {
        "dA_prev": """\
[[-1.15171336  0.06718465 -0.3204696   2.09812712]
 [ 0.60345879 -3.72508701  5.81700741 -3.84326836]
 [-0.4319552  -1.30987417  1.72354705  0.05070578]
 [-0.38981415  0.60811244 -1.25938424  1.47191593]
 [-2.52214926  2.67882552 -0.67947465  1.48119548]]""",
        "dW": """\
[[ 0.07313866 -0.0976715  -0.87585828  0.73763362  0.00785716]
 [ 0.85508818  0.37530413 -0.59912655  0.71278189 -0.58931808]
 [ 0.97913304 -0.24376494 -0.08839671  0.55151192 -0.10290907]]""",
        "db": """\
[[-0.14713786]
 [-0.11313155]
 [-0.13209101]]""",
    },
    "linear_activation_backward, sigmoid": {
        "dA_prev": """\
[[ 0.11017994  0.01105339]
 [ 0.09466817  0.00949723]
 [-0.05743092 -0.00576154]]""",
        "dW": "[[ 0.10266786  0.09778551 -0.01968084]]",
        "db": "[[-0.05729622]]",
    },
    "linear_activation_backward, relu": {
        "dA_prev": """\
[[ 0.44090989  0.        ]
 [ 0.37883606  0.        ]
 [-0.2298228   0.        ]]""",
        "dW": "[[ 0.44513824  0.37371418 -0.10478989]]",
        "db": "[[-0.20837892]]",
    },
    "L_model_backward": {
        "dW1": """\
[[0.41010002 0.07807203 0.13798444 0.10502167]
 [0.         0.         0.         0.        ]
 [0.05283652 0.01005865 0.01777766 0.0135308 ]]""",
        "db1": """\
[[-0.22007063]
 [ 0.        ]
 [-0.02835349]]""",
        "dA1": """\
[[ 0.12913162 -0.44014127]
 [-0.14175655  0.48317296]
 [ 0.01663708 -0.05670698]]""",
        "dW2": "[[-0.39202432 -0.13325855 -0.04601089]]",
        "db2": "[[0.15187861]]",
        "dA0": """\
[[ 0.          0.52257901]
 [ 0.         -0.3269206 ]
 [ 0.         -0.32070404]
 [ 0.         -0.74079187]]""",
    },
}
"""What ``str()`` prints of each gradient, for the classic inputs."""

DEEP_CASES = {
    "three hidden layers": {"layer_dims": [6, 5, 4, 3, 1], "m": 7, "seed": 145},
    "one layer": {"layer_dims": [3, 1], "m": 5, "seed": 1},
    "one example": {"layer_dims": [4, 3, 2, 1], "m": 1, "seed": 1},
}
"""The deep networks: all widths differ, and `m` differs from every width."""


def linear_backward_test_case():
    """Return ``dZ`` (3, 4) and the cache ``(A (5, 4), W (3, 5), b (3, 1))``."""
    np.random.seed(1)
    dZ = np.random.randn(3, 4)
    A = np.random.randn(5, 4)
    W = np.random.randn(3, 5)
    b = np.random.randn(3, 1)
    return dZ, (A, W, b)


def linear_activation_backward_test_case():
    """Return ``dA`` (1, 2) and the cache ``((A (3, 2), W (1, 3), b (1, 1)), Z (1, 2))``."""
    np.random.seed(2)
    dA = np.random.randn(1, 2)
    A = np.random.randn(3, 2)
    W = np.random.randn(1, 3)
    b = np.random.randn(1, 1)
    Z = np.random.randn(1, 2)
    return dA, ((A, W, b), Z)


def L_model_backward_test_case():
    """Return ``AL`` (1, 2), ``Y`` (1, 2) and the caches of two layers.

    `AL` is drawn from a normal distribution, so it is no probability, and the
    caches do not come from a forward pass: only the formulas are tested.
    """
    np.random.seed(3)
    AL = np.random.randn(1, 2)
    Y = np.array([[1, 0]])
    A1 = np.random.randn(4, 2)
    W1 = np.random.randn(3, 4)
    b1 = np.random.randn(3, 1)
    Z1 = np.random.randn(3, 2)
    A2 = np.random.randn(3, 2)
    W2 = np.random.randn(1, 3)
    b2 = np.random.randn(1, 1)
    Z2 = np.random.randn(1, 2)
    return AL, Y, (((A1, W1, b1), Z1), ((A2, W2, b2), Z2))


def deep_network_test_case(name="three hidden layers"):
    """Return ``X``, ``Y`` and ``parameters`` of one of the `DEEP_CASES`.

    Parameters
    ----------
    name : str
        A key of `DEEP_CASES`.

    Returns
    -------
    X : ndarray, shape (n[0], m)
        Input; with several layers and examples, one example is all zeros, and
        since ``b1`` is zero too, its ``Z1`` is exactly zero.
    Y : ndarray, shape (1, m)
        Labels, 0 and 1 in turn.
    parameters : dict
        ``"W1", "b1", ..., "WL", "bL"``.

    Raises
    ------
    ValueError
        If `name` is not a key of `DEEP_CASES`.
    """
    if name not in DEEP_CASES:
        raise ValueError(f"name must be one of {list(DEEP_CASES)}, got {name!r}")
    layer_dims, m, seed = DEEP_CASES[name].values()
    random = np.random.RandomState(seed)
    X = random.randn(layer_dims[0], m)
    Y = np.arange(1, m + 1).reshape(1, m) % 2
    parameters = {}
    L = len(layer_dims) - 1
    for l in range(1, L + 1):
        parameters["W" + str(l)] = random.randn(layer_dims[l], layer_dims[l - 1])
        parameters["b" + str(l)] = random.randn(layer_dims[l], 1)
    if L > 1 and m > 1:
        X[:, 2] = 0
        parameters["b1"] = np.zeros((layer_dims[1], 1))
    return X, Y, parameters


def L_model_backward_deep_test_case(name="three hidden layers"):
    """Return ``AL``, ``Y`` and ``caches`` of a real forward pass.

    Parameters
    ----------
    name : str
        A key of `DEEP_CASES`.

    Returns
    -------
    AL : ndarray, shape (1, m)
        Probabilities, from `dnn_utils.forward.L_model_forward`.
    Y : ndarray, shape (1, m)
        Labels.
    caches : list of tuple
        The caches of that forward pass.
    """
    X, Y, parameters = deep_network_test_case(name)
    AL, caches = L_model_forward(X, parameters)
    return AL, Y, caches


def deep_expected_grads(name="three hidden layers"):
    """Return the right gradients of one of the `DEEP_CASES`.

    They were computed one number at a time, without NumPy, by the scalar
    implementation that the tests of this project keep.

    Parameters
    ----------
    name : str
        A key of `DEEP_CASES`.

    Returns
    -------
    grads : dict
        ``"dA(l-1)"``, ``"dWl"`` and ``"dbl"`` of every layer l.
    """
    stored = json.loads(Path(__file__).with_name("deep_grads.json").read_text())
    return {key: np.array(value) for key, value in stored[name].items()}


def print_grads(grads):
    """Print ``dW1``, ``db1`` and ``dA1`` of `grads`, each on its own line(s)."""
    for key in ("dW1", "db1", "dA1"):
        print(key, "=", grads[key])


def _linear_inputs(random):
    inputs = []
    for n, n_prev, m in layer_sizes(random):
        A_prev, W, b = layer(random, n, n_prev, m)
        inputs.append((random.randn(n, m), (A_prev, W, b)))
    return inputs


def _activation_inputs(random):
    inputs = []
    for activation in ("relu", "sigmoid"):
        for n, n_prev, m in layer_sizes(random):
            A_prev, W, b = layer(random, n, n_prev, m)
            cache = ((A_prev, W, b), W @ A_prev + b)
            inputs.append((random.randn(n, m), cache, activation))
    A_prev, W, b = layer(random, 4, 3, 5, zero=True)
    inputs.append((random.randn(4, 5), ((A_prev, W, b), W @ A_prev + b), "relu"))
    return inputs


def _model_inputs(random):
    inputs = []
    for X, parameters in networks(random):
        AL, caches = L_model_forward(X, parameters)
        inputs.append((AL, labels(random, X.shape[1]), caches))
    return inputs


def _linear_factors(dZ, cache, part):
    n_prev, m = cache[0].shape
    n = dZ.shape[0]
    return {
        "m": m,
        "1/m": 1 / m,
        "1//m": 1 // m,
        "m/n": m / n,
        "m/n_prev": m / n_prev,
        "m/size": 1 / n,
        "m/(n_prev size)": 1 / n_prev,
    }


def _model_factors(AL, Y, caches, part):
    m, L = Y.shape[1], len(caches)
    l = int(part[2:]) + (part[1] == "A")
    return {
        "m": m,
        "1/m": 1 / m,
        "(1/m)^layers": (1 / m) ** (L - l + 1),
        "(1/m)^(layers-1)": (1 / m) ** (L - l),
    }


def _slopes_measured(arguments, grads):
    """The gradients agree with central differences of the cost."""
    _, Y, caches = arguments
    parameters = {}
    for l, ((_, W, b), _) in enumerate(caches, start=1):
        parameters[f"W{l}"], parameters[f"b{l}"] = W, b
    X = caches[0][0][0]
    grads = {key: np.asarray(grads[key], float) for key in grads if key[1:2] in ("W", "b")}
    report = gradient_check(parameters, grads, X, Y)
    return all(not check.relative_error > 1e-4 for check in report.checks.values())


_DW = "dZ @ A_prev.T / m"
_DB = "np.sum(dZ, axis=1, keepdims=True) / m"
_DA = "W.T @ dZ"

_LINEAR_RULES = {
    "dW": {
        "m": "missing_1_over_m_dW",
        "1/m": "double_1_over_m",
        "1//m": "integer_division",
        "m/n": "wrong_m",
        "m/n_prev": "wrong_m",
        "m/size": "wrong_m",
        "m/(n_prev size)": "wrong_m",
    },
    "db": {
        "m": "missing_1_over_m_db",
        "1/m": "double_1_over_m_db",
        "1//m": "integer_division",
        "m/n": "wrong_m",
        "m/n_prev": "wrong_m",
        "m/size": "wrong_m",
        "m/(n_prev size)": "wrong_m",
        "transposed": "db_transposed",
        "squeezed": "missing_keepdims",
    },
    "dA_prev": {"1/m": "extra_1_over_m_dA"},
}
_BOTH_M = {frozenset({"missing_1_over_m_dW", "missing_1_over_m_db"}): "missing_1_over_m"}


def _activation_with(sigmoid_line, relu_line):
    """Return the fence of `linear_activation_backward` with other lines in its branches."""
    return f"""\
A_prev, W, b = linear_cache
Z = activation_cache
m = dA.shape[1]
s = 1 / (1 + np.exp(-Z))
if activation == "sigmoid":
    {sigmoid_line}
else:
    {relu_line}
dA_prev, dW, db = linear_backward(dZ, linear_cache)
"""


_SIGMOID = "dZ = dA * s * (1 - s)"
_RELU = "dZ = dA * (Z > 0)"
_NO_SLOPE = "dZ = dA"


def _either(code, sigmoid_line, relu_line):
    """Yield the mistake in both branches and in each alone."""
    yield mistake(code, _activation_with(sigmoid_line, relu_line))
    yield mistake(code, _activation_with(sigmoid_line, _RELU))
    yield mistake(code, _activation_with(_SIGMOID, relu_line))


_DAL = "-(Y / AL - (1 - Y) / (1 - AL))"
_STEP = "dA, dW, db = linear_activation_backward(dA, caches[l - 1], activation)"
_KEYS = """\
grads["dA" + str(l - 1)] = dA
grads["dW" + str(l)] = dW
grads["db" + str(l)] = db
"""


def _last_then_hidden(loop, step, last='linear_activation_backward(dAL, caches[L - 1], "sigmoid")'):
    """Return the fence of `L_model_backward` in two parts, with `step` in the `loop`."""
    return f"""\
dAL = {_DAL}
l = L
dA, dW, db = {last}
grads["dA" + str(L - 1)], grads["dW" + str(L)], grads["db" + str(L)] = dA, dW, db
dA_last = dA
for l in {loop}:
    {step}
    grads["dA" + str(l - 1)], grads["dW" + str(l)], grads["db" + str(l)] = dA, dW, db
"""


def _hidden(dA="dA", cache="caches[l - 1]"):
    return f'dA, dW, db = linear_activation_backward({dA}, {cache}, "relu")'


_DOWN = "range(L - 1, 0, -1)"

EXERCISES = (
    Exercise(
        linear_backward,
        returns=("dA_prev", "dW", "db"),
        inputs=_linear_inputs,
        factors=_linear_factors,
        rules=_LINEAR_RULES,
        merged=_BOTH_M,
        mistakes=(
            mistake("wrong_axis", (_DB, "np.sum(dZ, axis=0, keepdims=True) / m")),
            mistake("wrong_axis", (_DB, "np.sum(dZ, axis=0) / m")),
            mistake("wrong_axis", (_DB, "np.mean(dZ, axis=0, keepdims=True)")),
            mistake("wrong_axis", (_DB, "np.mean(dZ, axis=0)")),
            mistake("summed_everything", (_DB, "np.sum(dZ) / m")),
            mistake("summed_everything", (_DB, "np.sum(dZ, keepdims=True) / m")),
            mistake("summed_everything", (_DB, "np.mean(dZ)")),
            mistake("summed_everything", (_DB, "np.mean(dZ, keepdims=True)")),
            mistake("summed_everything", (_DB, "np.sum(dZ) / m * np.ones(b.shape)")),
            mistake("summed_everything", (_DW, "np.sum(dZ @ A_prev.T) / m")),
            mistake("elementwise_not_matmul", (_DW, "dZ * A_prev / m")),
            mistake("elementwise_not_matmul", (_DW, "dZ * A_prev.T / m")),
            mistake("elementwise_not_matmul", (_DA, "W * dZ")),
            mistake("elementwise_not_matmul", (_DA, "W.T * dZ")),
            mistake("missing_transpose_W", (_DA, "W @ dZ")),
            mistake("swapped_operands", (_DA, "dZ @ W.T")),
            mistake("swapped_operands", (_DA, "dZ @ W")),
            mistake("swapped_operands", (_DW, "A_prev.T @ dZ / m")),
            mistake("missing_transpose", (_DW, "dZ @ A_prev / m")),
            mistake("missing_transpose", (_DW, "A_prev @ dZ / m")),
            mistake("not_summed", (_DB, "dZ / m")),
            mistake("not_summed", (_DB, "dZ")),
            mistake("cache_order", ("A_prev, W, b = cache", "W, A_prev, b = cache")),
            mistake("cache_order", ("A_prev, W, b = cache", "A_prev, b, W = cache")),
            mistake("cache_order", ("A_prev, W, b = cache", "b, W, A_prev = cache")),
            mistake("cache_order", ("A_prev, W, b = cache", "W, b, A_prev = cache")),
            mistake("cache_order", ("A_prev, W, b = cache", "b, A_prev, W = cache")),
            mistake("wrong_W", (_DA, "dW.T @ dZ")),
            mistake("db_is_b_scaled", (_DB, "b / m")),
            mistake("db_is_b_scaled", (_DB, "b")),
            mistake("db_is_b_scaled", (_DB, "np.sum(b, axis=1, keepdims=True) / m")),
            mistake("db_is_b_scaled", (_DB, "np.sum(dZ, axis=1, keepdims=True) / m * b")),
            mistake("db_is_b_scaled", (_DB, "np.sum(dZ * b, axis=1, keepdims=True) / m")),
            mistake("db_is_b_scaled", (_DB, "np.sum(dZ, axis=1, keepdims=True) / m + b")),
            mistake("integer_division", (_DW, "dZ @ A_prev.T // m")),
            mistake("integer_division", (_DB, "np.sum(dZ, axis=1, keepdims=True) // m")),
        ),
    ),
    Exercise(
        linear_activation_backward,
        returns=("dA_prev", "dW", "db"),
        inputs=_activation_inputs,
        factors=lambda dA, cache, activation, part: _linear_factors(dA, cache[0], part),
        rules={**_LINEAR_RULES, "dA_prev": {"1/m": "extra_1_over_m"}},
        merged={
            **_BOTH_M,
            frozenset({"double_1_over_m", "double_1_over_m_db"}): "extra_1_over_m",
            frozenset({"extra_1_over_m", "double_1_over_m", "double_1_over_m_db"}): (
                "extra_1_over_m"
            ),
        },
        pool=lambda dA, cache, activation: {
            "dZ": (sigmoid_backward if activation == "sigmoid" else relu_backward)(dA, cache[1])
        },
        exchanges={("dA_prev", "dZ"): "returned_dZ"},
        conventions=(
            mistake("relu_prime_at_zero", _activation_with(_SIGMOID, "dZ = dA * (Z >= 0)")),
            mistake(
                "relu_prime_at_zero", _activation_with(_SIGMOID, "dZ = dA * np.heaviside(Z, 0.5)")
            ),
        ),
        mistakes=(
            mistake("activation_swapped", ('activation == "sigmoid"', 'activation == "relu"')),
            mistake("activation_ignored", _activation_with(_SIGMOID, _SIGMOID)),
            mistake("activation_ignored", _activation_with(_RELU, _RELU)),
            mistake(
                ("wrong_cache_part", "cache_order"),
                (
                    "linear_cache, activation_cache = cache",
                    "activation_cache, linear_cache = cache",
                ),
            ),
            mistake(
                "wrong_cache_part",
                ("sigmoid_backward(dA, activation_cache)", "sigmoid_backward(dA, linear_cache)"),
                ("relu_backward(dA, activation_cache)", "relu_backward(dA, linear_cache)"),
            ),
            mistake(
                "wrong_cache_part",
                ("linear_backward(dZ, linear_cache)", "linear_backward(dZ, activation_cache)"),
            ),
            mistake(
                "wrong_cache_part",
                ("linear_backward(dZ, linear_cache)", "linear_backward(dZ, cache)"),
            ),
            mistake(
                "wrong_cache_part",
                ("sigmoid_backward(dA, activation_cache)", "sigmoid_backward(dA, cache)"),
                ("relu_backward(dA, activation_cache)", "relu_backward(dA, cache)"),
            ),
            *(
                mistake(
                    "wrong_cache_part",
                    ("sigmoid_backward(dA, activation_cache)", f"sigmoid_backward(dA, {part})"),
                    ("relu_backward(dA, activation_cache)", f"relu_backward(dA, {part})"),
                )
                for part in ("linear_cache[0]", "linear_cache[1]", "linear_cache[2]")
            ),
            *_either("activation_derivative_skipped", _NO_SLOPE, _NO_SLOPE),
            mistake(
                "forward_not_derivative", _activation_with(_SIGMOID, "dZ = dA * np.maximum(0, Z)")
            ),
            mistake(
                "forward_not_derivative+sigmoid_derivative_wrong",
                _activation_with("dZ = dA * s", "dZ = dA * np.maximum(0, Z)"),
            ),
            mistake("sigmoid_derivative_wrong", _activation_with("dZ = dA * s", _RELU)),
            mistake("sigmoid_derivative_wrong", _activation_with("dZ = dA * (1 - s)", _RELU)),
            mistake("sigmoid_derivative_wrong", _activation_with("dZ = dA * s * (1 + s)", _RELU)),
            mistake("derivative_of_Z_not_s", _activation_with("dZ = dA * Z * (1 - Z)", _RELU)),
            *_either("missing_dA_factor", "dZ = s * (1 - s)", "dZ = (Z > 0) * 1.0"),
            *_either("matmul_not_elementwise", "dZ = dA @ (s * (1 - s))", "dZ = dA @ (Z > 0)"),
            *_either("matmul_not_elementwise", "dZ = dA @ (s * (1 - s)).T", "dZ = dA @ (Z > 0).T"),
            *_either("matmul_not_elementwise", "dZ = dA.T @ (s * (1 - s))", "dZ = dA.T @ (Z > 0)"),
            mistake("relu_mask_inverted", _activation_with(_SIGMOID, "dZ = dA * (Z <= 0)")),
            mistake("relu_mask_inverted", _activation_with(_SIGMOID, "dZ = dA * (Z < 0)")),
            mistake("relu_mask_on_dA", _activation_with(_SIGMOID, "dZ = dA * (dA > 0)")),
            mistake("relu_mask_on_dA", _activation_with(_SIGMOID, "dZ = Z * (dA > 0)")),
        ),
    ),
    Exercise(
        L_model_backward,
        returns=("dA*", "dW*", "db*"),
        inputs=_model_inputs,
        factors=_model_factors,
        proof=_slopes_measured,
        rules={
            "*": {
                "-1": "wrong_sign_dAL",
                "1/m": "extra_1_over_m",
                "(1/m)^layers": "extra_1_over_m",
                "(1/m)^(layers-1)": "extra_1_over_m",
            },
            "dW": {"m": "missing_1_over_m_dW"},
            "db": {"m": "missing_1_over_m_db", "squeezed": "missing_keepdims"},
        },
        merged=_BOTH_M,
        mistakes=(
            mistake("wrong_sign_dAL", (_DAL, "Y / AL - (1 - Y) / (1 - AL)")),
            mistake("second_term_sign_dAL", (_DAL, "-(Y / AL + (1 - Y) / (1 - AL))")),
            mistake("second_term_sign_dAL", (_DAL, "-Y / AL - (1 - Y) / (1 - AL)")),
            mistake("second_term_sign_dAL", (_DAL, "Y / AL + (1 - Y) / (1 - AL)")),
            mistake("labels_swapped", (_DAL, "-((1 - Y) / AL - Y / (1 - AL))")),
            mistake("dZ_used_as_dA", (_DAL, "AL - Y")),
            mistake("dA_key_off_by_one", ('["dA" + str(l - 1)]', '["dA" + str(l)]')),
            mistake("dA_key_off_by_one", ('["dA" + str(l - 1)]', '["dA" + str(l + 1)]')),
            mistake(
                "dW_key_off_by_one",
                ('["dW" + str(l)]', '["dW" + str(l - 1)]'),
                ('["db" + str(l)]', '["db" + str(l - 1)]'),
            ),
            mistake(
                "dW_key_off_by_one",
                ('["dW" + str(l)]', '["dW" + str(l + 1)]'),
                ('["db" + str(l)]', '["db" + str(l + 1)]'),
            ),
            mistake("relu_last_layer", ('"sigmoid" if l == L else "relu"', '"relu"')),
            mistake("sigmoid_hidden_layer", ('"sigmoid" if l == L else "relu"', '"sigmoid"')),
            mistake("relu_last_layer+sigmoid_hidden_layer", ("l == L else", "l != L else")),
            mistake("dAL_reused", _last_then_hidden(_DOWN, _hidden("dAL"))),
            mistake("stale_dA_every_layer", _last_then_hidden(_DOWN, _hidden("dA_last"))),
            *(
                mistake("cache_index_wrong", _last_then_hidden(_DOWN, _hidden(cache=cache)))
                for cache in (
                    "caches[l]",
                    "caches[l - 2]",
                    "caches[L - 1 - l]",
                    "caches[-l]",
                    "caches[L - 2]",
                    "caches[0]",
                    "caches[L - 1]",
                )
            ),
            *(
                mistake("cache_index_wrong", ("caches[l - 1]", cache))
                for cache in ("caches[l - 2]", "caches[L - l]", "caches[-l]", "caches[-1]")
            ),
            mistake("cache_index_out_of_range", ("caches[l - 1]", "caches[l]")),
            mistake(
                "cache_index_out_of_range",
                _last_then_hidden(
                    _DOWN, _hidden(), 'linear_activation_backward(dAL, caches[L], "sigmoid")'
                ),
            ),
            mistake("loop_not_reversed", ("range(L, 0, -1)", "range(1, L + 1)")),
            mistake("loop_not_reversed", _last_then_hidden("range(1, L)", _hidden())),
            mistake(
                "loop_not_reversed",
                _last_then_hidden("range(1, L)", _hidden('grads["dA" + str(l)]')),
            ),
            mistake(
                "dW_key_off_by_one",
                _last_then_hidden(
                    _DOWN,
                    _hidden('grads["dA" + str(l)]')
                    + '; grads["dW" + str(l - 1)], grads["db" + str(l - 1)] = dW, db; '
                    + 'grads["dA" + str(l - 1)] = dA; continue',
                ),
            ),
            mistake("first_layer_skipped", ("range(L, 0, -1)", "range(L, 1, -1)")),
            mistake("extra_1_over_m", (_DAL, f"{_DAL} / Y.shape[1]")),
            mistake("extra_1_over_m", _last_then_hidden(_DOWN, _hidden("dA / Y.shape[1]"))),
            mistake(
                "grads_reset_in_loop",
                ("        activation =", "        grads = {}\n        activation ="),
            ),
            *(
                mistake("unpack_order", ("dA, dW, db = linear", f"{order} = linear"))
                for order in ("dW, db, dA", "dW, dA, db", "dA, db, dW", "db, dW, dA", "db, dA, dW")
            ),
            mistake("return_inside_loop", ("\n    return grads", "\n        return grads")),
            mistake("wrong_cache_part", ("caches[l - 1]", "caches[l - 1][0]")),
            mistake("wrong_cache_part", ("caches[l - 1]", "caches[l - 1][1]")),
            mistake(
                "wrong_cache_part",
                _last_then_hidden(
                    _DOWN,
                    "dZ = relu_backward(dA, caches[l - 1][0]); "
                    "dA, dW, db = linear_backward(dZ, caches[l - 1][0])",
                ),
            ),
            mistake(
                "activation_derivative_skipped",
                (_STEP, "dA, dW, db = linear_backward(dA, caches[l - 1][0])"),
            ),
            mistake(
                "activation_derivative_skipped",
                _last_then_hidden(_DOWN, "dA, dW, db = linear_backward(dA, caches[l - 1][0])"),
            ),
            mistake(
                "activation_derivative_skipped",
                _last_then_hidden(_DOWN, _hidden(), "linear_backward(dAL, caches[L - 1][0])"),
            ),
        ),
    ),
)

"""Step 2: test inputs, expected values and known mistakes of the forward functions."""

import numpy as np

from dnn_utils import L_model_forward, linear_activation_forward, linear_forward

from .exercise import Exercise, mistake

EXPECTED = {
    "linear_forward": {"Z": "[[ 3.26295337 -1.23429987]]"},
    "linear_activation_forward": {
        "With sigmoid: A": "[[0.96890023 0.11013289]]",
        "With ReLU: A": "[[3.43896131 0.        ]]",
    },
    "L_model_forward": {
        "AL": "[[0.03921668 0.70498921 0.19734387 0.04728177]]",
        "Length of caches list": "3",
    },
}
"""What ``str()`` prints of each result; `L_model_forward` with two hidden layers."""


def linear_forward_test_case():
    """Return ``A`` (3, 2), ``W`` (1, 3), ``b`` (1, 1)."""
    np.random.seed(1)
    A = np.random.randn(3, 2)
    W = np.random.randn(1, 3)
    b = np.random.randn(1, 1)
    return A, W, b


def linear_activation_forward_test_case():
    """Return ``A_prev`` (3, 2), ``W`` (1, 3), ``b`` (1, 1)."""
    np.random.seed(2)
    A_prev = np.random.randn(3, 2)
    W = np.random.randn(1, 3)
    b = np.random.randn(1, 1)
    return A_prev, W, b


def L_model_forward_test_case():
    """Return ``X`` (4, 2) and the parameters of layers of 3 and 1 units."""
    np.random.seed(1)
    X = np.random.randn(4, 2)
    return X, _random_parameters([4, 3, 1])


def L_model_forward_test_case_2hidden():
    """Return ``X`` (5, 4) and the parameters of layers of 4, 3 and 1 units."""
    np.random.seed(6)
    X = np.random.randn(5, 4)
    return X, _random_parameters([5, 4, 3, 1])


def _random_parameters(layer_dims, random=np.random):
    """Draw ``W1, b1, W2, ...`` in this order, biases random too."""
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters["W" + str(l)] = random.randn(layer_dims[l], layer_dims[l - 1])
        parameters["b" + str(l)] = random.randn(layer_dims[l], 1)
    return parameters


def layer(random, n, n_prev, m, zero=False):
    """Return random ``A_prev`` (n_prev, m), ``W`` (n, n_prev), ``b`` (n, 1).

    With `zero`, the first unit is exactly 0 in the last example.
    """
    A_prev, W, b = random.randn(n_prev, m), random.randn(n, n_prev), random.randn(n, 1)
    if zero:
        A_prev[:, -1], b[0] = 0, 0
    return A_prev, W, b


def layer_sizes(random):
    """Return sizes ``(n, n_prev, m)``: all different, square, one example, one unit."""
    different = tuple(random.permutation([3, 4, 5]).tolist())
    return [different, different[::-1], (3, 3, 3), (4, 2, 1), (1, 3, 2)]


def network(random, layer_dims, m, zero=False):
    """Return ``X`` and the parameters of a network.

    The weights are scaled so that the numbers neither vanish nor explode, and drawn again
    until the prediction depends on the example. With `zero`, the units of the first layer
    are exactly 0 in one example.
    """
    while True:
        X = random.randn(layer_dims[0], m)
        parameters = _random_parameters(layer_dims, random)
        for l in range(1, len(layer_dims)):
            parameters["W" + str(l)] *= np.sqrt(2 / layer_dims[l - 1])
            parameters["b" + str(l)] /= 2
        if zero:
            X[:, 1] = 0
            parameters["b1"] = np.zeros((layer_dims[1], 1))
        AL, caches = L_model_forward(X, parameters)
        inputs_of_last = caches[-1][0][0]
        if inputs_of_last.any() and (m == 1 or np.ptp(AL) > 0.01):
            return X, parameters


def networks(random):
    """Return ``X`` and the parameters of several networks.

    They are deep with all sizes different (two, one with zeros), of two layers, of one,
    square, of one unit a layer, for one example, and very deep.
    """
    sizes = random.permutation([3, 4, 5, 6, 7]).tolist()
    return [
        network(random, [*sizes[:4], 1], sizes[4] + 1),
        network(random, [*sizes[1:], 1], 2, zero=True),
        network(random, [5, 4, 1], 3),
        network(random, [4, 1], 3),
        network(random, [3, 3, 3, 1], 3),
        network(random, [1, 1, 1, 1], 3),
        network(random, [4, 3, 2, 1], 1),
        network(random, [2, 3, 2, 3, 2, 3, 1], 4),
    ]


def labels(random, m):
    """Return 0 and 1 in random order, shape (1, m); both occur if there is room."""
    return random.permutation(np.arange(m) % 2).reshape(1, m)


def _linear_inputs(random):
    inputs = [layer(random, *sizes) for sizes in layer_sizes(random)]
    whole = [random.randint(-3, 4, (4, 4)) for _ in range(2)]
    inputs.append((*whole, np.array([[1], [2], [3], [4]])))
    return inputs


def _activation_inputs(random):
    inputs = []
    for activation in ("relu", "sigmoid"):
        for sizes in layer_sizes(random):
            A_prev, W, b = layer(random, *sizes, zero=sizes == (3, 3, 3))
            inputs.append((A_prev, W, b, activation))
    return inputs


def _examples_apart(arguments, parts):
    """Each example gets the prediction that it gets alone."""
    X, parameters = arguments
    alone = [L_model_forward(X[:, [i]], parameters)[0] for i in range(X.shape[1])]
    return np.allclose(parts["AL"], np.hstack(alone), rtol=1e-5)


_LINEAR = "W @ A + b"
_GIVEN = "Z, linear_cache = linear_forward(A_prev, W, b)"
_HIDDEN = """\
for l in range(1, L):
    W, b = parameters["W" + str(l)], parameters["b" + str(l)]
    A, cache = linear_activation_forward(A, W, b, "relu")
    caches.append(cache)
"""


def _every_layer(loop):
    """Return the fence of `L_model_forward` as a single loop."""
    return f"""\
for l in {loop}:
    W, b = parameters["W" + str(l)], parameters["b" + str(l)]
    A, cache = linear_activation_forward(A, W, b, "sigmoid" if l == L else "relu")
    caches.append(cache)
AL = A
"""


_LAST = """\
WL, bL = parameters["W" + str(L)], parameters["b" + str(L)]
AL, cache = linear_activation_forward(A, WL, bL, "sigmoid")
caches.append(cache)
"""


def _layer_with(sigmoid_line, relu_line):
    """Return the fence of `linear_activation_forward` with other lines in its branches."""
    return f"""\
{_GIVEN}
if activation == "sigmoid":
    {sigmoid_line}
else:
    {relu_line}
"""


_SIGMOID = "A, activation_cache = sigmoid(Z)"
_RELU = "A, activation_cache = relu(Z)"

EXERCISES = (
    Exercise(
        linear_forward,
        returns=("Z", "cache"),
        inputs=_linear_inputs,
        pool=lambda A, W, b: {"A": A, "W": W, "b": b},
        caches={"Z for A": "cache_wrong_content"},
        mistakes=(
            mistake("elementwise_not_matmul", (_LINEAR, "W * A + b")),
            mistake("elementwise_not_matmul", (_LINEAR, "W.T * A + b")),
            mistake("swapped_operands", (_LINEAR, "A @ W + b")),
            mistake("missing_bias", (_LINEAR, "W @ A")),
            mistake("bias_sign", (_LINEAR, "W @ A - b")),
            mistake("bias_transposed", (_LINEAR, "W @ A + b.T")),
            mistake("extra_transpose", (_LINEAR, "W.T @ A + b")),
            mistake("extra_transpose", (_LINEAR, "W @ A.T + b")),
            mistake("result_transposed", (_LINEAR, "A.T @ W.T + b")),
            mistake("summed_everything", (_LINEAR, "np.sum(W @ A) + b")),
            mistake("summed_everything", (_LINEAR, "np.sum(W * A) + b")),
            mistake("bias_summed", (_LINEAR, "W @ A + np.sum(b)")),
            mistake("integer_result", (_LINEAR, "(W @ A + b).astype(int)")),
            mistake("integer_result", (_LINEAR, "np.round(W @ A + b)")),
            mistake("integer_result", (_LINEAR, "np.floor(W @ A + b)")),
            mistake("integer_result", (_LINEAR, "(W @ A).astype(int) + b")),
            mistake("bias_inside_product", (_LINEAR, "(W + b) @ A")),
            mistake("bias_inside_product", (_LINEAR, "W @ (A + b)")),
        ),
    ),
    Exercise(
        linear_activation_forward,
        returns=("A", "cache"),
        inputs=_activation_inputs,
        pool=lambda A_prev, W, b, activation: {
            "A_prev": A_prev,
            "W": W,
            "b": b,
            "Z": W @ A_prev + b,
        },
        exchanges={("A", "Z"): "returned_Z", ("A", "A_prev"): "activation_on_input"},
        caches={
            "A for Z": "cache_A_not_Z",
            "A for A_prev": "cache_A_not_A_prev",
            "flat": "cache_flat",
            "incomplete": "cache_missing_linear",
        },
        mistakes=(
            mistake("activation_swapped", ('activation == "sigmoid"', 'activation == "relu"')),
            mistake("activation_ignored", _layer_with(_SIGMOID, _SIGMOID)),
            mistake("activation_ignored", _layer_with(_RELU, _RELU)),
            mistake(
                "activation_on_input",
                _layer_with(
                    "A, activation_cache = sigmoid(A_prev)", "A, activation_cache = relu(A_prev)"
                ),
            ),
            mistake(
                "activation_on_input",
                _layer_with(
                    "A = sigmoid(A_prev)[0]; activation_cache = Z",
                    "A = relu(A_prev)[0]; activation_cache = Z",
                ),
            ),
            mistake(
                "activation_on_input",
                """
                g = sigmoid if activation == "sigmoid" else relu
                A, activation_cache = g(A_prev)
                A, linear_cache = linear_forward(A, W, b)
                """,
            ),
            mistake(
                "activation_applied_twice",
                _layer_with(f"{_SIGMOID}; A, _ = relu(A)", f"{_RELU}; A, _ = sigmoid(A)"),
            ),
            mistake(
                "activation_applied_twice",
                _layer_with(f"{_RELU}; A, _ = sigmoid(A)", f"{_RELU}; A, _ = sigmoid(A)"),
            ),
            mistake(
                "activation_applied_twice",
                _layer_with(f"{_RELU}; A, _ = sigmoid(A)", f"{_SIGMOID}; A, _ = relu(A)"),
            ),
            mistake(
                "activation_applied_twice",
                _layer_with(f"{_RELU}; A, _ = sigmoid(A)", _RELU),
            ),
            mistake(
                "activation_applied_twice",
                _layer_with(f"{_SIGMOID}; A, _ = sigmoid(A)", _RELU),
            ),
            mistake("inplace_relu_corrupts_cache", _layer_with(_SIGMOID, "Z[Z < 0] = 0; " + _RELU)),
            mistake("cache_A_not_Z", ("(linear_cache, activation_cache)\n", "(linear_cache, A)\n")),
            mistake("sigmoid_sign", ("sigmoid(Z)", "sigmoid(-Z)")),
            mistake("sigmoid_sign", _layer_with("A, _ = sigmoid(-Z); activation_cache = Z", _RELU)),
            mistake("relu_is_abs", _layer_with(_SIGMOID, "A, activation_cache = np.abs(Z), Z")),
            mistake(
                "relu_is_mask", _layer_with(_SIGMOID, "A, activation_cache = (Z > 0) * 1.0, Z")
            ),
            mistake("missing_bias", (_GIVEN, "Z, linear_cache = W @ A_prev, (A_prev, W, b)")),
            mistake(
                "tuple_not_unpacked", (_GIVEN, "Z = linear_cache = linear_forward(A_prev, W, b)")
            ),
        ),
    ),
    Exercise(
        L_model_forward,
        returns=("AL", "caches"),
        inputs=networks,
        proof=_examples_apart,
        mistakes=(
            mistake("input_always_X", ('(A, W, b, "relu")', '(X, W, b, "relu")')),
            mistake(
                "input_always_X", ('(A, W, b, "relu")', '(X, W, b, "relu")'), ("(A, WL", "(X, WL")
            ),
            mistake("input_always_X", ("(A, WL", "(X, WL")),
            mistake(
                "last_layer_uses_loop_index",
                ('WL, bL = parameters["W" + str(L)]', 'WL, bL = parameters["W" + str(l)]'),
                ('parameters["b" + str(L)]', 'parameters["b" + str(l)]'),
            ),
            mistake(
                "last_layer_uses_loop_index",
                ('WL, bL = parameters["W" + str(L)]', 'WL, bL = parameters["W" + str(L - 1)]'),
                ('parameters["b" + str(L)]', 'parameters["b" + str(L - 1)]'),
            ),
            mistake("relu_last_layer", ('"sigmoid"', '"relu"')),
            mistake("sigmoid_hidden_layer", ('"relu"', '"sigmoid"')),
            mistake(
                "relu_last_layer+sigmoid_hidden_layer",
                _every_layer("range(1, L + 1)").replace("l == L", "l < L"),
            ),
            mistake("loop_one_too_many", ("range(1, L)", "range(1, L + 1)")),
            mistake("loop_one_too_few", ("range(1, L)", "range(1, L - 1)")),
            mistake("loop_one_too_few", ("range(1, L)", "range(2, L)")),
            mistake("loop_one_too_few", _every_layer("range(2, L + 1)")),
            mistake("last_cache_missing", _HIDDEN + _LAST.replace("caches.append(cache)", "")),
            mistake("hidden_caches_missing", _HIDDEN.replace("caches.append(cache)", "") + _LAST),
            *(
                mistake(
                    "last_layer_gets_A_prev",
                    before
                    + _HIDDEN.replace("    A, cache", "    A_prev = A\n    A, cache")
                    + _LAST.replace("(A,", "(A_prev,"),
                )
                for before in ("", "A_prev = A\n")
            ),
            mistake("L_not_halved", ("len(parameters) // 2", "len(parameters)")),
            mistake(
                "cached_A_not_cache",
                _HIDDEN.replace("append(cache)", "append(A)")
                + _LAST.replace("append(cache)", "append(AL)"),
            ),
            mistake("cached_A_not_cache", _HIDDEN.replace("append(cache)", "append(A)") + _LAST),
            mistake("returned_hidden_A", ("return AL, caches", "return A, caches")),
            mistake("caches_reversed", ("return AL, caches", "return AL, caches[::-1]")),
            mistake("caches_overwritten", ("return AL, caches", "return AL, cache")),
            mistake(
                "caches_overwritten",
                _HIDDEN.replace("caches.append(cache)", "caches = cache")
                + _LAST.replace("caches.append(cache)", ""),
            ),
            mistake(
                ("append_outside_loop", "caches_overwritten"),
                _HIDDEN.replace("caches.append(cache)", "caches = [cache]") + _LAST,
            ),
            mistake(
                "hardcoded_depth",
                """\
                W, b = parameters["W1"], parameters["b1"]
                A, cache = linear_activation_forward(X, W, b, "relu")
                caches.append(cache)
                W, b = parameters["W2"], parameters["b2"]
                AL, cache = linear_activation_forward(A, W, b, "sigmoid")
                caches.append(cache)
                """,
            ),
            mistake(
                "append_outside_loop",
                _HIDDEN.replace("    caches.append(cache)", "caches.append(cache)") + _LAST,
            ),
            mistake("swapped_W_b", ("(A, W, b,", "(A, b, W,"), ("(A, WL, bL", "(A, bL, WL")),
            mistake("swapped_W_b", ("(A, W, b,", "(A, b, W,")),
            mistake("swapped_W_b", ("(A, WL, bL", "(A, bL, WL")),
            mistake(
                "first_layer_repeated",
                ('W, b = parameters["W" + str(l)]', 'W, b = parameters["W1"]'),
                ('parameters["b" + str(l)]', 'parameters["b1"]'),
            ),
        ),
    ),
)

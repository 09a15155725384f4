"""Step 5: test input, expected values and known mistakes of `update_parameters`."""

import numpy as np

from dnn_utils import L_model_backward, L_model_forward, update_parameters

from .exercise import Exercise, mistake
from .forward import labels, networks

LEARNING_RATE = 0.1
"""The learning rate for which the values below are right."""

EXPECTED = {
    "W1": """\
[[-0.59562069 -0.09991781 -2.14584584  1.82662008]
 [-1.76569676 -0.80627147  0.51115557 -1.18258802]
 [-1.0535704  -0.86128581  0.68284052  2.20374577]]""",
    "b1": """\
[[-0.04659241]
 [-1.28888275]
 [ 0.53405496]]""",
    "W2": "[[-0.55569196  0.0354055   1.32964895]]",
    "b2": "[[-0.84610769]]",
}
"""What ``str()`` prints of each parameter after one step."""


def update_parameters_test_case():
    """Return ``parameters`` and ``grads`` of a network of 4, 3 and 1 units."""
    np.random.seed(2)
    W1 = np.random.randn(3, 4)
    b1 = np.random.randn(3, 1)
    W2 = np.random.randn(1, 3)
    b2 = np.random.randn(1, 1)
    parameters = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
    np.random.seed(3)
    dW1 = np.random.randn(3, 4)
    db1 = np.random.randn(3, 1)
    dW2 = np.random.randn(1, 3)
    db2 = np.random.randn(1, 1)
    grads = {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
    return parameters, grads


def _inputs(random):
    inputs = []
    rates = (0.37, 1.3, 0.05, 0.8, 0.21, 2.0, 0.6, 0.03)
    for (X, parameters), learning_rate in zip(networks(random), rates, strict=True):
        AL, caches = L_model_forward(X, parameters)
        grads = L_model_backward(AL, labels(random, X.shape[1]), caches)
        inputs.append((parameters, grads, learning_rate))
    return inputs


def _factors(parameters, grads, learning_rate, part):
    m, L = grads["dA0"].shape[1], len(parameters) // 2
    return {
        "1/rate": 1 / learning_rate,
        "rate": learning_rate,
        "1/m": 1 / m,
        "1/L": 1 / L,
    }


def _step(arguments, name, value):
    """What was subtracted from the parameter `name`."""
    return arguments[0][name] - value


def _downhill(arguments, updated):
    """To first order, the cost changes by the sum of gradient times change; it has to fall."""
    parameters, grads, _ = arguments
    return (
        sum(np.sum(grads["d" + key] * (updated[key] - parameters[key])) for key in parameters) < 0
    )


def _step_with(W, b):
    """Return the fence of `update_parameters` with other right sides."""
    return f"""\
parameters["W" + str(l)] = {W}
parameters["b" + str(l)] = {b}
"""


_W = "W - learning_rate * dW"
_B = "b - learning_rate * db"
_RATE_RULES = {
    "-1": "ascends_not_descends",
    "1/rate": "missing_learning_rate",
    "1/2": "wrong_learning_rate_factor",
    "constant": "wrong_learning_rate_factor",
    "constant 1/rate": "hardcoded_learning_rate",
    "1/m": "wrong_learning_rate_factor",
    "1/L": "wrong_learning_rate_factor",
    "rate": "wrong_learning_rate_factor",
}
_STORE_BEFORE = (
    ('        parameters["W" + str(l)] =', '        parameters["W" + str(l - 1)] ='),
    ('        parameters["b" + str(l)] =', '        parameters["b" + str(l - 1)] ='),
)
_STORE_AFTER = (
    ('        parameters["W" + str(l)] =', '        parameters["W" + str(l + 1)] ='),
    ('        parameters["b" + str(l)] =', '        parameters["b" + str(l + 1)] ='),
)
_IN_A_NEW_DICT = (
    ("    parameters = dict(parameters)  # the caller keeps the old one\n", ""),
    ("    for l", "    old, parameters = parameters, {}\n    for l"),
    ('W, b = parameters["W" + str(l)], parameters["b"', 'W, b = old["W" + str(l)], old["b"'),
)
_RETURN = ("\n    return parameters", "\n        return parameters")

EXERCISES = (
    Exercise(
        update_parameters,
        returns=("W*", "b*"),
        inputs=_inputs,
        factors=_factors,
        difference=_step,
        proof=_downhill,
        rules={
            "*": _RATE_RULES,
            "W": {"0": "weights_not_updated"},
            "b": {"1/rate": "missing_learning_rate_b", "0": "bias_not_updated"},
        },
        merged={
            frozenset(
                {"missing_learning_rate", "missing_learning_rate_b"}
            ): "missing_learning_rate",
            frozenset({"weights_not_updated", "bias_not_updated"}): "returned_original",
        },
        mistakes=(
            mistake("last_layer_not_updated", ("range(1, L + 1)", "range(1, L)")),
            mistake("first_layer_not_updated", ("range(1, L + 1)", "range(2, L + 1)")),
            mistake(
                "last_layer_not_updated",
                *_IN_A_NEW_DICT,
                ("range(1, L + 1)", "range(1, L)"),
            ),
            mistake("return_inside_loop", _RETURN),
            mistake(
                "return_inside_loop",
                *_IN_A_NEW_DICT,
                _RETURN,
            ),
            mistake(
                "swapped_dW_db", _step_with("W - learning_rate * db", "b - learning_rate * dW")
            ),
            mistake(
                "replaced_not_subtracted", _step_with("-learning_rate * dW", "-learning_rate * db")
            ),
            mistake(
                "replaced_not_subtracted", _step_with("learning_rate * dW", "learning_rate * db")
            ),
            mistake("replaced_not_subtracted", (_W, "-learning_rate * dW")),
            mistake("replaced_not_subtracted", (_B, "-learning_rate * db")),
            mistake("bias_shape_broadcast", (_B, "b - learning_rate * db.ravel()")),
            mistake("bias_shape_broadcast", (_B, "b - learning_rate * db.T")),
            mistake("bias_shape_broadcast", (_B, "b.ravel() - learning_rate * db")),
            mistake(
                "hardcoded_depth",
                ("range(1, L + 1)", "(1, 2)"),
            ),
            mistake("hardcoded_depth", ("range(1, L + 1)", "(1, 2, 3)")),
            mistake("L_not_halved", ("len(parameters) // 2", "len(parameters)")),
            mistake("key_off_by_one", *_STORE_BEFORE),
            mistake("key_off_by_one", *_STORE_BEFORE, *_IN_A_NEW_DICT),
            mistake("key_off_by_one", *_STORE_AFTER),
            mistake("key_off_by_one", *_STORE_AFTER, *_IN_A_NEW_DICT),
            mistake("bias_not_updated", (_B, "b")),
        ),
    ),
)

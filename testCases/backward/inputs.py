"""Test inputs and expected values of the backward functions.

The *classic* inputs are the course's own. They let some wrong code pass: the
network has two layers only, and its `AL` is no probability. The *deep* inputs
come from a real forward pass, and every gradient of every layer is compared.
"""

import json
from pathlib import Path

import numpy as np

from dnn_utils.activations import ACTIVATIONS
from dnn_utils.gradient_check import gradient_check

from ..networks import labels, layer, layer_sizes, network, networks
from ..originals import L_model_forward, compute_cost

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
    several = len(layer_dims) > 2 and m > 1
    X, parameters = network(
        np.random.RandomState(seed), layer_dims, m, zero_example=2 if several else None
    )
    Y = np.arange(1, m + 1).reshape(1, m) % 2
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


def linear_inputs(random):
    """Return arguments of `linear_backward`."""
    inputs = []
    for n, n_prev, m in layer_sizes(random):
        A_prev, W, b = layer(random, n, n_prev, m)
        inputs.append((random.randn(n, m), (A_prev, W, b)))
    return inputs


def activation_inputs(random):
    """Return arguments of `linear_activation_backward`, some Z exactly zero."""
    inputs = []
    for activation in ACTIVATIONS:
        for n, n_prev, m in layer_sizes(random):
            A_prev, W, b = layer(random, n, n_prev, m)
            cache = ((A_prev, W, b), W @ A_prev + b)
            inputs.append((random.randn(n, m), cache, activation))
    A_prev, W, b = layer(random, 4, 3, 5, zero=True)
    inputs.append((random.randn(4, 5), ((A_prev, W, b), W @ A_prev + b), "relu"))
    return inputs


def model_inputs(random):
    """Return the predictions, labels and caches of several networks."""
    inputs = []
    for X, parameters in networks(random):
        AL, caches = L_model_forward(X, parameters)
        inputs.append((AL, labels(random, X.shape[1]), caches))
    return inputs


def agrees_with_slopes(arguments, grads):
    """Return whether the gradients agree with central differences of the cost."""
    _, Y, caches = arguments
    parameters = {}
    for l, ((_, W, b), _) in enumerate(caches, start=1):
        parameters[f"W{l}"], parameters[f"b{l}"] = W, b
    X = caches[0][0][0]
    grads = {key: np.asarray(grads[key], float) for key in grads if key[1:2] in ("W", "b")}
    report = gradient_check(parameters, grads, X, Y, L_model_forward, compute_cost)
    return all(not check.relative_error > 1e-4 for check in report.checks.values())


def activation_pool(dA, cache, activation):
    """Return the array that is easily returned instead of `dA_prev`."""
    _, g_backward = ACTIVATIONS[activation]
    return {"dZ": g_backward(dA, cache[1])}

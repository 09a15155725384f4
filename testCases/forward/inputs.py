"""Test inputs and expected values of the forward functions."""

import numpy as np

from dnn_utils.activations import ACTIVATIONS

from ..networks import layer, layer_sizes, network
from ..originals import L_model_forward

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
    return network(np.random, [4, 3, 1], 2)


def L_model_forward_test_case_2hidden():
    """Return ``X`` (5, 4) and the parameters of layers of 4, 3 and 1 units."""
    np.random.seed(6)
    return network(np.random, [5, 4, 3, 1], 4)


def linear_inputs(random):
    """Return arguments of `linear_forward`; the last are whole numbers."""
    inputs = [layer(random, *sizes) for sizes in layer_sizes(random)]
    whole = [random.randint(-3, 4, (4, 4)) for _ in range(2)]
    inputs.append((*whole, np.array([[1], [2], [3], [4]])))
    return inputs


def activation_inputs(random):
    """Return arguments of `linear_activation_forward`, some Z exactly zero."""
    inputs = []
    for activation in ACTIVATIONS:
        for sizes in layer_sizes(random):
            A_prev, W, b = layer(random, *sizes, zero=sizes == (3, 3, 3))
            inputs.append((A_prev, W, b, activation))
    return inputs


def keeps_examples_apart(arguments, parts):
    """Return whether each example gets the prediction that it gets alone."""
    X, parameters = arguments
    alone = [L_model_forward(X[:, [i]], parameters)[0] for i in range(X.shape[1])]
    return np.allclose(parts["AL"], np.hstack(alone), rtol=1e-5)

"""Step 2: test inputs and expected values of the forward functions."""

import numpy as np

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


def _random_parameters(layer_dims):
    """Draw ``W1, b1, W2, ...`` in this order, biases random too."""
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters["W" + str(l)] = np.random.randn(layer_dims[l], layer_dims[l - 1])
        parameters["b" + str(l)] = np.random.randn(layer_dims[l], 1)
    return parameters

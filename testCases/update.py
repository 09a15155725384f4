"""Step 5: test input and expected values of `update_parameters`."""

import numpy as np

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

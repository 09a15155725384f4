"""Test input and expected values of `update_parameters`."""

import numpy as np

from ..networks import labels, networks, random_parameters
from ..originals import L_model_backward, L_model_forward

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
    parameters = random_parameters(np.random, [4, 3, 1])
    np.random.seed(3)
    slopes = random_parameters(np.random, [4, 3, 1])
    grads = {"d" + key: slope for key, slope in slopes.items()}
    return parameters, grads


def inputs(random):
    """Return the parameters, gradients and learning rates of several networks."""
    steps = []
    rates = (0.37, 1.3, 0.05, 0.8, 0.21, 2.0, 0.6, 0.03)
    for (X, parameters), learning_rate in zip(networks(random), rates, strict=True):
        AL, caches = L_model_forward(X, parameters)
        grads = L_model_backward(AL, labels(random, X.shape[1]), caches)
        steps.append((parameters, grads, learning_rate))
    return steps


def goes_downhill(arguments, updated):
    """Return whether the cost falls: to first order, by the sum of gradient times change."""
    parameters, grads, _ = arguments
    return (
        sum(np.sum(grads["d" + key] * (updated[key] - parameters[key])) for key in parameters) < 0
    )

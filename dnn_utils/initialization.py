"""Step 1: give every layer its first weights and biases."""

import numpy as np


def initialize_parameters_deep(layer_dims):
    """Create the parameters of an L-layer network.

    Parameters
    ----------
    layer_dims : sequence of int, length L + 1
        Units per layer, from the input ``n[0]`` to the output ``n[L]``.

    Returns
    -------
    parameters : dict
        For l = 1 ... L: ``"Wl"``, shape ``(n[l], n[l-1])``, normal random
        numbers times 0.01, and ``"bl"``, shape ``(n[l], 1)``, zeros.

    Raises
    ------
    AssertionError
        If `layer_dims` names fewer than two layers.
    """
    assert len(layer_dims) >= 2, f"layer_dims needs an input and an output size, got {layer_dims}"
    np.random.seed(3)  # the same start on every run
    parameters = {}
    L = len(layer_dims) - 1  # the input is layer 0

    for l in range(1, L + 1):
        ### START CODE HERE ###
        parameters["W" + str(l)] = np.random.randn(layer_dims[l], layer_dims[l - 1]) * 0.01
        parameters["b" + str(l)] = np.zeros((layer_dims[l], 1))
        ### END CODE HERE ###

    return parameters

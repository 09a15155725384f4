"""The activation functions of the book, and the backward function of each.

They are given to the reader: the steps in `forward` and `backward` call them.
Every forward function returns its input `Z` as the cache that the matching
backward function needs.
"""

import numpy as np


def sigmoid(Z):
    """Sigmoid activation, element by element: ``A = 1 / (1 + exp(-Z))``.

    Parameters
    ----------
    Z : ndarray, any shape
        Pre-activations.

    Returns
    -------
    A : ndarray, shape of `Z`
        Activations between 0 and 1.
    cache : ndarray
        `Z` itself, for `sigmoid_backward`.

    Notes
    -----
    ``exp`` only ever sees numbers that are not positive, so it cannot
    overflow: for ``Z < 0`` the equal form ``exp(Z) / (1 + exp(Z))`` is used.
    """
    e = np.exp(-np.abs(Z))
    A = np.where(np.asarray(Z) >= 0, 1 / (1 + e), e / (1 + e))
    return A, Z


def relu(Z):
    """Rectified linear unit, element by element: ``A = max(0, Z)``.

    Parameters
    ----------
    Z : ndarray, any shape
        Pre-activations.

    Returns
    -------
    A : ndarray, shape of `Z`
        `Z` where it is positive, 0 elsewhere; NaN stays NaN.
    cache : ndarray
        `Z` itself, for `relu_backward`.
    """
    A = np.where(np.asarray(Z) <= 0, 0.0, Z)
    return A, Z


def sigmoid_backward(dA, cache):
    """Gradient of the cost with respect to `Z` of a sigmoid unit.

    Parameters
    ----------
    dA : ndarray, any shape
        Gradient of the cost with respect to ``A = sigmoid(Z)``.
    cache : ndarray, shape of `dA`
        `Z`, as `sigmoid` returned it.

    Returns
    -------
    dZ : ndarray, shape of `dA`
        ``dA * s * (1 - s)`` with ``s = sigmoid(Z)`` (chain rule).

    Raises
    ------
    AssertionError
        If `dA` and `cache` differ in shape; the message shows both.
    """
    _assert_same_shape(dA, cache)
    s, _ = sigmoid(cache)
    return dA * s * (1 - s) + 0.0  # + 0.0 turns a negative zero into 0


def relu_backward(dA, cache):
    """Gradient of the cost with respect to `Z` of a ReLU unit.

    Parameters
    ----------
    dA : ndarray, any shape
        Gradient of the cost with respect to ``A = relu(Z)``.
    cache : ndarray, shape of `dA`
        `Z`, as `relu` returned it.

    Returns
    -------
    dZ : ndarray, shape of `dA`
        `dA` where ``Z > 0``, 0 elsewhere (also at ``Z = 0`` exactly).

    Raises
    ------
    AssertionError
        If `dA` and `cache` differ in shape; the message shows both.
    """
    _assert_same_shape(dA, cache)
    return np.where(np.asarray(cache) > 0, dA, 0.0) + 0.0  # no negative zero


ACTIVATIONS = {
    "relu": (relu, relu_backward),
    "sigmoid": (sigmoid, sigmoid_backward),
}
"""Each activation function with the one that goes back through it, by name."""


def activation_of_layer(l, L):
    """Name the activation function of a layer of [LINEAR -> RELU] x (L-1) -> LINEAR -> SIGMOID.

    Parameters
    ----------
    l : int
        The layer, from 1.
    L : int
        The number of layers.

    Returns
    -------
    name : str
        One of `ACTIVATIONS`.
    """
    return "sigmoid" if l == L else "relu"


def _assert_same_shape(dA, Z):
    assert np.shape(dA) == np.shape(Z), (
        f"dA has shape {np.shape(dA)}, but Z has shape {np.shape(Z)}"
    )

"""Step 4: the gradient of the cost for every parameter, layer by layer.

The method is that of Rumelhart, Hinton and Williams (Nature 323, 1986).
"""

import numpy as np

from .activations import relu_backward, sigmoid_backward


def linear_backward(dZ, cache):
    """Backward step of the linear part of one layer.

    Parameters
    ----------
    dZ : ndarray, shape (n[l], m)
        Gradient of the cost with respect to Z of this layer.
    cache : tuple
        ``(A_prev, W, b)``, as `linear_forward` returned it.

    Returns
    -------
    dA_prev : ndarray, shape (n[l-1], m)
        ``W^T dZ``, the gradient for the activations of the layer before.
    dW : ndarray, shape (n[l], n[l-1])
        ``dZ A_prev^T / m``, the gradient for W.
    db : ndarray, shape (n[l], 1)
        Row sums of ``dZ``, divided by m, the gradient for b.

    Raises
    ------
    AssertionError
        If the shapes do not fit; the message shows them.

    Notes
    -----
    The chapter on the backward pass derives the three equations from
    ``Z = W A_prev + b``.
    """
    A_prev, W, b = cache
    m = A_prev.shape[1]
    assert dZ.shape == (W.shape[0], m), f"dZ has shape {dZ.shape}, expected {(W.shape[0], m)}"

    ### START CODE HERE ###
    dW = dZ @ A_prev.T / m
    db = np.sum(dZ, axis=1, keepdims=True) / m
    dA_prev = W.T @ dZ
    ### END CODE HERE ###

    assert dA_prev.shape == A_prev.shape, f"dA_prev {dA_prev.shape} against A_prev {A_prev.shape}"
    assert dW.shape == W.shape, f"dW has shape {dW.shape}, but W has shape {W.shape}"
    assert db.shape == b.shape, f"db has shape {db.shape}, but b has shape {b.shape}"
    return dA_prev, dW, db


def linear_activation_backward(dA, cache, activation):
    """Backward step of one whole layer: activation first, then linear part.

    Parameters
    ----------
    dA : ndarray, shape (n[l], m)
        Gradient of the cost with respect to A of this layer.
    cache : tuple
        ``(linear_cache, activation_cache)`` from `linear_activation_forward`.
    activation : {"relu", "sigmoid"}
        The function g that the forward pass used.

    Returns
    -------
    dA_prev : ndarray, shape (n[l-1], m)
        Gradient for the activations of the layer before.
    dW : ndarray, shape (n[l], n[l-1])
        Gradient for W of this layer.
    db : ndarray, shape (n[l], 1)
        Gradient for b of this layer.

    Raises
    ------
    ValueError
        If `activation` is neither ``"relu"`` nor ``"sigmoid"``.
    """
    if activation not in ("relu", "sigmoid"):
        raise ValueError(f'activation must be "relu" or "sigmoid", got {activation!r}')
    linear_cache, activation_cache = cache

    ### START CODE HERE ###
    if activation == "sigmoid":
        dZ = sigmoid_backward(dA, activation_cache)
    else:
        dZ = relu_backward(dA, activation_cache)
    dA_prev, dW, db = linear_backward(dZ, linear_cache)
    ### END CODE HERE ###

    return dA_prev, dW, db


def L_model_backward(AL, Y, caches):
    """Backward pass of the whole network.

    Parameters
    ----------
    AL : ndarray, shape (1, m)
        Predicted probabilities, the output of `L_model_forward`.
    Y : ndarray, shape (1, m)
        True labels, each 0 or 1.
    caches : sequence of tuple, length L
        The caches of `L_model_forward`, layer 1 first.

    Returns
    -------
    grads : dict
        For l = L ... 1: ``"dA(l-1)"``, ``"dWl"`` and ``"dbl"``, for example
        ``"dA1"``, ``"dW2"``, ``"db2"`` for the last layer when L = 2.

    Raises
    ------
    AssertionError
        If `AL` and `Y` differ in shape; the message shows both.
    """
    assert AL.shape == Y.shape, f"AL has shape {AL.shape}, but Y has shape {Y.shape}"
    grads = {}
    L = len(caches)

    ### START CODE HERE ###
    dA = -(Y / AL - (1 - Y) / (1 - AL))  # dAL
    for l in range(L, 0, -1):
        activation = "sigmoid" if l == L else "relu"
        dA, dW, db = linear_activation_backward(dA, caches[l - 1], activation)
        grads["dA" + str(l - 1)] = dA
        grads["dW" + str(l)] = dW
        grads["db" + str(l)] = db
    ### END CODE HERE ###

    return grads

"""Step 2: from the input to the prediction, layer by layer."""

from .activations import relu, sigmoid


def linear_forward(A, W, b):
    """Linear part of one layer: ``Z = W A + b``.

    Parameters
    ----------
    A : ndarray, shape (n[l-1], m)
        Activations of the layer before, one column per example.
    W : ndarray, shape (n[l], n[l-1])
        Weights of this layer.
    b : ndarray, shape (n[l], 1)
        Biases of this layer, added to every column.

    Returns
    -------
    Z : ndarray, shape (n[l], m)
        Pre-activations.
    cache : tuple
        ``(A, W, b)``, kept for `linear_backward`.

    Raises
    ------
    AssertionError
        If the shapes do not fit; the message shows them.
    """
    assert W.shape[1] == A.shape[0], f"W {W.shape} needs as many columns as A {A.shape} has rows"
    assert b.shape == (W.shape[0], 1), f"b has shape {b.shape}, expected {(W.shape[0], 1)}"

    ### START CODE HERE ###
    Z = W @ A + b
    ### END CODE HERE ###

    cache = (A, W, b)
    return Z, cache


def linear_activation_forward(A_prev, W, b, activation):
    """One whole layer: linear part, then activation, ``A = g(W A_prev + b)``.

    Parameters
    ----------
    A_prev : ndarray, shape (n[l-1], m)
        Activations of the layer before.
    W : ndarray, shape (n[l], n[l-1])
        Weights of this layer.
    b : ndarray, shape (n[l], 1)
        Biases of this layer.
    activation : {"relu", "sigmoid"}
        The function g.

    Returns
    -------
    A : ndarray, shape (n[l], m)
        Activations of this layer.
    cache : tuple
        ``(linear_cache, activation_cache)``, that is ``((A_prev, W, b), Z)``,
        kept for `linear_activation_backward`.

    Raises
    ------
    ValueError
        If `activation` is neither ``"relu"`` nor ``"sigmoid"``.
    """
    if activation not in ("relu", "sigmoid"):
        raise ValueError(f'activation must be "relu" or "sigmoid", got {activation!r}')

    ### START CODE HERE ###
    Z, linear_cache = linear_forward(A_prev, W, b)
    if activation == "sigmoid":
        A, activation_cache = sigmoid(Z)
    else:
        A, activation_cache = relu(Z)
    ### END CODE HERE ###

    assert A.shape == (W.shape[0], A_prev.shape[1]), (
        f"A has shape {A.shape}, expected {(W.shape[0], A_prev.shape[1])}"
    )
    cache = (linear_cache, activation_cache)
    return A, cache


def L_model_forward(X, parameters):
    """The whole network: [LINEAR -> RELU] x (L-1) -> LINEAR -> SIGMOID.

    Parameters
    ----------
    X : ndarray, shape (n[0], m)
        Input, one column per example.
    parameters : dict
        ``"W1", "b1", ..., "WL", "bL"`` from `initialize_parameters_deep`.

    Returns
    -------
    AL : ndarray, shape (n[L], m)
        Predicted probabilities, the activations of the last layer.
    caches : list of tuple, length L
        The cache of every layer, layer 1 first: ``caches[l-1]`` is layer l.

    Raises
    ------
    AssertionError
        If the shapes do not fit; the message shows them.
    """
    L = len(parameters) // 2  # every layer has a W and a b
    caches = []
    A = X

    ### START CODE HERE ###
    for l in range(1, L):
        W, b = parameters["W" + str(l)], parameters["b" + str(l)]
        A, cache = linear_activation_forward(A, W, b, "relu")
        caches.append(cache)

    WL, bL = parameters["W" + str(L)], parameters["b" + str(L)]
    AL, cache = linear_activation_forward(A, WL, bL, "sigmoid")
    caches.append(cache)
    ### END CODE HERE ###

    expected = (parameters["W" + str(L)].shape[0], X.shape[1])
    assert AL.shape == expected, f"AL has shape {AL.shape}, expected {expected}"
    return AL, caches

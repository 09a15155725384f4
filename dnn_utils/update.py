"""Step 5: one step of gradient descent."""


def update_parameters(parameters, grads, learning_rate):
    """Move every parameter a small step against its gradient.

    ``W = W - learning_rate * dW`` and ``b = b - learning_rate * db``

    Parameters
    ----------
    parameters : dict
        ``"W1", "b1", ..., "WL", "bL"``; left as it is.
    grads : dict
        The gradients from `L_model_backward`; left as they are.
    learning_rate : float
        Length of the step, positive.

    Returns
    -------
    parameters : dict
        A new dict with new arrays under the same keys.

    Raises
    ------
    AssertionError
        If a gradient has another shape than its parameter.
    """
    parameters = dict(parameters)  # the caller keeps the old one
    L = len(parameters) // 2  # every layer has a W and a b

    for l in range(1, L + 1):
        W, b = parameters["W" + str(l)], parameters["b" + str(l)]
        dW, db = grads["dW" + str(l)], grads["db" + str(l)]
        assert dW.shape == W.shape, f"dW{l} has shape {dW.shape}, but W{l} has {W.shape}"
        assert db.shape == b.shape, f"db{l} has shape {db.shape}, but b{l} has {b.shape}"

        ### START CODE HERE ###
        parameters["W" + str(l)] = W - learning_rate * dW
        parameters["b" + str(l)] = b - learning_rate * db
        ### END CODE HERE ###

    return parameters

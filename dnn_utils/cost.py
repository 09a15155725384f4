"""Step 3: one number that says how wrong the predictions are.

It is the negative logarithm of the likelihood of the labels, divided by their number
(Goodfellow, Bengio and Courville, *Deep Learning*, 2016, section 6.2.2).
"""

import numpy as np


def compute_cost(AL, Y):
    """Cross-entropy cost, the mean over the examples.

    ``cost = -1/m * sum(Y log(AL) + (1 - Y) log(1 - AL))``

    Parameters
    ----------
    AL : ndarray, shape (1, m)
        Predicted probabilities, each strictly between 0 and 1.
    Y : ndarray, shape (1, m)
        True labels, each 0 or 1.

    Returns
    -------
    cost : float
        The cost in nats (natural logarithm), 0 or more.

    Raises
    ------
    AssertionError
        If `AL` and `Y` differ in shape; the message shows both.
    """
    assert AL.shape == Y.shape, f"AL has shape {AL.shape}, but Y has shape {Y.shape}"
    m = Y.shape[1]

    ### START CODE HERE ###
    cost = -1 / m * np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL))
    ### END CODE HERE ###

    return cost + 0.0  # a cost of zero is 0.0, not -0.0

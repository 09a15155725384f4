"""Training with the step functions alone: the reference for everything faster."""

import numpy as np

from dnn_utils import L_model_backward, L_model_forward, compute_cost, update_parameters


def train_step_by_step(X, Y, parameters, iterations, learning_rate):
    """Return the parameters after so many steps, and the cost before each of them."""
    costs = []
    for _ in range(iterations):
        AL, caches = L_model_forward(X, parameters)
        costs.append(compute_cost(AL, Y))
        grads = L_model_backward(AL, Y, caches)
        parameters = update_parameters(parameters, grads, learning_rate)
    return parameters, costs


def random_problem(layer_dims, m, seed=0, dtype=np.float64):
    """Return X, Y and parameters (He, biases random too), X laid out like flattened pictures."""
    random = np.random.RandomState(seed)
    X = random.randn(m, layer_dims[0]).astype(dtype).T
    Y = random.randint(0, 2, (1, m)).astype(dtype)
    parameters = {}
    for l in range(1, len(layer_dims)):
        n, n_prev = layer_dims[l], layer_dims[l - 1]
        parameters["W" + str(l)] = (random.randn(n, n_prev) * np.sqrt(2 / n_prev)).astype(dtype)
        parameters["b" + str(l)] = (random.randn(n, 1) * 0.1).astype(dtype)
    return X, Y, parameters


def largest_difference(parameters, others):
    """Return the largest difference of any entry, relative to the largest entry of its array."""
    assert list(parameters) == list(others)
    return max(
        np.max(np.abs(parameters[key] - others[key])) / max(1e-300, np.max(np.abs(others[key])))
        for key in parameters
    )

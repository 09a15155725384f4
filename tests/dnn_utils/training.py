"""Training with the step functions alone: the reference for everything faster."""

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

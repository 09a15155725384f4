"""Random layers and networks, which the functions are tried on."""

import numpy as np

from .originals import L_model_forward


def layer(random, n, n_prev, m, zero=False):
    """Return random ``A_prev`` (n_prev, m), ``W`` (n, n_prev), ``b`` (n, 1).

    With `zero`, the first unit is exactly 0 in the last example.
    """
    A_prev, W, b = random.randn(n_prev, m), random.randn(n, n_prev), random.randn(n, 1)
    if zero:
        A_prev[:, -1], b[0] = 0, 0
    return A_prev, W, b


def layer_sizes(random):
    """Return sizes ``(n, n_prev, m)``: all different, square, one example, one unit."""
    different = tuple(random.permutation([3, 4, 5]).tolist())
    return [different, different[::-1], (3, 3, 3), (4, 2, 1), (1, 3, 2)]


def random_parameters(random, layer_dims):
    """Return random ``W1, b1, W2, ...``, drawn in this order, biases random too."""
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters["W" + str(l)] = random.randn(layer_dims[l], layer_dims[l - 1])
        parameters["b" + str(l)] = random.randn(layer_dims[l], 1)
    return parameters


def network(random, layer_dims, m, zero_example=None):
    """Return random ``X`` and the parameters of a network, drawn in the order X, W1, b1, W2, ...

    Parameters
    ----------
    random : RandomState or module
        What has the function ``randn``.
    layer_dims : list of int
        Units per layer.
    m : int
        Number of examples.
    zero_example : int, optional
        The units of the first layer are exactly 0 in this example.
    """
    X = random.randn(layer_dims[0], m)
    parameters = random_parameters(random, layer_dims)
    if zero_example is not None:
        X[:, zero_example] = 0
        parameters["b1"] = np.zeros((layer_dims[1], 1))
    return X, parameters


def lively_network(random, layer_dims, m, zero_example=None):
    """Return a `network` whose prediction depends on the example.

    The weights are scaled so that the numbers neither vanish nor explode, and drawn again
    until no layer is silent.
    """
    while True:
        X, parameters = network(random, layer_dims, m, zero_example)
        for l in range(1, len(layer_dims)):
            parameters["W" + str(l)] *= np.sqrt(2 / layer_dims[l - 1])
            parameters["b" + str(l)] /= 2
        AL, caches = L_model_forward(X, parameters)
        inputs_of_last = caches[-1][0][0]
        if inputs_of_last.any() and (m == 1 or np.ptp(AL) > 0.01):
            return X, parameters


def networks(random):
    """Return ``X`` and the parameters of several networks.

    They are deep with all sizes different (two, one with zeros), of two layers, of one,
    square, of one unit a layer, for one example, and very deep.
    """
    sizes = random.permutation([3, 4, 5, 6, 7]).tolist()
    return [
        lively_network(random, [*sizes[:4], 1], sizes[4] + 1),
        lively_network(random, [*sizes[1:], 1], 2, zero_example=1),
        lively_network(random, [5, 4, 1], 3),
        lively_network(random, [4, 1], 3),
        lively_network(random, [3, 3, 3, 1], 3),
        lively_network(random, [1, 1, 1, 1], 3),
        lively_network(random, [4, 3, 2, 1], 1),
        lively_network(random, [2, 3, 2, 3, 2, 3, 1], 4),
    ]


def labels(random, m):
    """Return 0 and 1 in random order, shape (1, m); both occur if there is room."""
    return random.permutation(np.arange(m) % 2).reshape(1, m)


def trained(functions, steps=3):
    """Return the costs and parameters of a small training by some functions.

    Parameters
    ----------
    functions : dict
        Those of the five steps, by name.
    steps : int

    Returns
    -------
    numbers : ndarray, or None if one of the functions fails
    """
    X, Y = np.array([[1.0, -2.0, 3.0, 0.5], [0.5, 1.0, -1.0, 2.0]]), np.array([[1, 0, 1, 0]])
    state = np.random.get_state()
    try:
        parameters = functions["initialize_parameters_deep"]([2, 4, 3, 1])
        parameters = {key: value * 50 for key, value in parameters.items()}
        numbers = []
        for _ in range(steps):
            AL, caches = functions["L_model_forward"](X, parameters)
            numbers.append(functions["compute_cost"](AL, Y))
            grads = functions["L_model_backward"](AL, Y, caches)
            parameters = functions["update_parameters"](parameters, grads, 0.1)
        return np.hstack([numbers, *(parameters[key].ravel() for key in sorted(parameters))])
    except Exception:
        return None
    finally:
        np.random.set_state(state)

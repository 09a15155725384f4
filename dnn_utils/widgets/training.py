"""What a network holds while it is trained, step by step, with the functions of the five steps."""

import reprlib
from collections.abc import Mapping

import numpy as np

from .. import validate
from ..activations import ACTIVATIONS, activation_of_layer
from ..backward import L_model_backward
from ..cost import compute_cost
from ..forward import L_model_forward
from ..network import DeepNeuralNetwork
from ..update import update_parameters


def spaced_steps(last, count):
    """Return at most `count` steps from 0 to `last`: close together at first, then wider.

    Parameters
    ----------
    last : int
        The last step, 0 or more.
    count : int
        Most steps to return, 2 or more.

    Returns
    -------
    steps : list of int
        Ascending, with 0 and `last` among them.
    """
    return np.unique(np.rint(np.geomspace(1, last + 1, count)).astype(int) - 1).tolist()


def parameters_of(network):
    """Return the parameters of a `DeepNeuralNetwork`, or of a dict that holds them.

    Raises
    ------
    ValueError
        If `network` is neither.
    """
    parameters = getattr(network, "parameters", network)
    if not isinstance(parameters, Mapping):
        raise ValueError(
            "network must be a DeepNeuralNetwork or a dict of its parameters, "
            f"got {reprlib.repr(network)}"
        )
    return validate.parameters(parameters, "network")


def points_of(parameters, X, Y):
    """Return examples that are points of the plane, and their labels.

    Raises
    ------
    ValueError
        If the network does not take two numbers, or `X` or `Y` does not fit it.
    """
    if parameters["W1"].shape[1] != 2:
        raise ValueError(
            "the network must take points of the plane, two numbers each, "
            f"but W1 has shape {parameters['W1'].shape}"
        )
    return examples_of(parameters, X, Y)


def examples_of(parameters, X, Y):
    """Return input and labels as arrays of floats that fit a network.

    Raises
    ------
    ValueError
        If `X` or `Y` does not fit.
    """
    X = validate.inputs(X, parameters["W1"].shape[1])
    return X, validate.labels(Y, X.shape)


def initial_parameters(layer_dims, initialization, seed=1):
    """Return the first parameters of a network, as `DeepNeuralNetwork` makes them."""
    return DeepNeuralNetwork(layer_dims, initialization, seed).parameters


def snapshot(parameters, X, Y):
    """Return all arrays of one forward and one backward pass.

    Parameters
    ----------
    parameters : dict
        ``"W1", "b1", ..., "WL", "bL"``.
    X : ndarray, shape (n[0], m)
        Input, one column per example.
    Y : ndarray, shape (1, m)
        True labels.

    Returns
    -------
    arrays : dict of str to ndarray
        ``cost``, shape (); ``right``, shape (), the share of right answers; and
        for each layer l ``Wl, bl, Zl, Al, dZl, dAl, dWl, dbl`` in the shapes of
        the book.
    """
    L = len(parameters) // 2
    with np.errstate(all="ignore"):  # a training that runs away is recorded as it is
        AL, caches = L_model_forward(X, parameters)
        grads = L_model_backward(AL, Y, caches)
        arrays = {**parameters, **grads}
        arrays["cost"] = compute_cost(AL, Y)
        arrays["right"] = np.mean((AL > 0.5) == Y)
        arrays[f"dA{L}"] = -(Y / AL - (1 - Y) / (1 - AL))
        for l, (_, Z) in enumerate(caches, start=1):
            _, backward = ACTIVATIONS[activation_of_layer(l, L)]
            arrays[f"Z{l}"] = Z
            arrays[f"A{l}"] = AL if l == L else caches[l][0][0]
            arrays[f"dZ{l}"] = backward(arrays[f"dA{l}"], Z)
    return {name: np.array(array, float) for name, array in arrays.items()}


def record_training(network, X, Y, steps, learning_rate, look=snapshot):
    """Train a copy of a network with the five steps, and look at it now and then.

    Parameters
    ----------
    network : DeepNeuralNetwork or dict
        Where the training starts; it stays as it is.
    X : ndarray, shape (n[0], m)
        Input, one column per example.
    Y : ndarray, shape (1, m)
        True labels.
    steps : sequence of int
        After how many updates to look, ascending.
    learning_rate : float
        Length of an update.
    look : callable
        ``look(parameters, X, Y)`` returns a dict of arrays.

    Returns
    -------
    arrays : dict of str to ndarray
        What `look` returned, with an axis for the steps in front.

    Raises
    ------
    ValueError
        If there are no steps, or they do not ascend from 0 or more.
    """
    steps = validate.steps(steps, "steps")
    parameters, seen = parameters_of(network), []
    with np.errstate(all="ignore"):
        for step in range(steps[-1] + 1):
            if step == steps[len(seen)]:
                seen.append(look(parameters, X, Y))
            AL, caches = L_model_forward(X, parameters)
            grads = L_model_backward(AL, Y, caches)
            parameters = update_parameters(parameters, grads, learning_rate)
    return stack(seen)


def stack(several):
    """Join dicts of arrays with the same names; the first axis then counts the dicts."""
    return {name: np.stack([arrays[name] for arrays in several]) for name in several[0]}

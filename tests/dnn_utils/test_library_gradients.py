"""The gradients are right: against central differences, and against a second implementation.

The scalar implementation in `tests.dnn_utils.oracle` shares nothing with the library.
"""

import json

import numpy as np
import pytest
from hypothesis import given

import dnn_utils
from testCases import DEEP_CASES, deep_expected_grads, deep_network_test_case
from tests.dnn_utils import oracle
from tests.dnn_utils.networks import networks, random_problem

NETWORKS = 200
STEP = 1e-5
MARGIN = 1e-3  # no Z comes closer to the kink of ReLU; a step moves it far less
SATURATED = 5  # the largest abs(Z) of the output: 1 - AL loses its digits near AL = 1
SMALLEST = 1e-3  # the norm of every gradient, relative to which rounding is small enough
TOLERANCE = 1e-7

pytestmark = pytest.mark.filterwarnings("error::RuntimeWarning", "error::DeprecationWarning")


def forward_and_backward(X, Y, parameters):
    """Return the caches and the gradients of a network."""
    AL, caches = dnn_utils.L_model_forward(X, parameters)
    return caches, dnn_utils.L_model_backward(AL, Y, caches)


def cost(X, Y, parameters):
    """Return the cost of a network."""
    AL, _ = dnn_utils.L_model_forward(X, parameters)
    return dnn_utils.compute_cost(AL, Y)


def well_conditioned_network(random, L):
    """Return a random network of L layers that central differences can judge.

    Drawn again until no ``Z`` of a hidden layer is within `MARGIN` of 0, where
    ReLU has no derivative; no prediction is `SATURATED`; and no gradient is so
    small that the rounding of the cost (about 1e-16 / `STEP`) would show. A
    layer whose units are all off falls under the last rule.
    """
    while True:
        layer_dims = [*random.integers(2, 6, L), 1]
        m, seed = random.integers(1, 6), random.integers(2**32)
        X, Y, parameters = random_problem(layer_dims, m, seed)
        caches, grads = forward_and_backward(X, Y, parameters)
        away = all(np.min(np.abs(Z)) > MARGIN for _, Z in caches[:-1])
        clear = np.max(np.abs(caches[-1][1])) < SATURATED
        if away and clear and min(np.linalg.norm(grad) for grad in grads.values()) > SMALLEST:
            return X, Y, parameters, grads


def central_differences(array, *network):
    """Return the derivative of the cost for every number in `array`, a part of `network`."""
    slopes = np.zeros_like(array)
    for index in np.ndindex(array.shape):
        value = array[index]
        array[index] = value + STEP
        above = cost(*network)
        array[index] = value - STEP
        below = cost(*network)
        array[index] = value
        slopes[index] = (above - below) / (2 * STEP)
    return slopes


def relative_error(numerical, analytic):
    """Return the distance of two arrays in units of their size."""
    size = np.linalg.norm(numerical) + np.linalg.norm(analytic)
    return np.linalg.norm(numerical - analytic) / size


@pytest.mark.parametrize("L", range(1, 7))
def test_gradients_agree_with_central_differences(L):
    random = np.random.default_rng(L)
    for _ in range(NETWORKS // 6 + (L <= NETWORKS % 6)):
        X, Y, parameters, grads = well_conditioned_network(random, L)
        inputs = {"A0": X, **parameters}
        for name, array in inputs.items():
            numerical = central_differences(array, X, Y, parameters)
            if name == "A0":
                numerical *= Y.shape[1]  # dA belongs to one example, the cost is a mean
            assert relative_error(numerical, grads["d" + name]) <= TOLERANCE, (name, parameters)


def agrees_with_the_oracle(X, Y, parameters):
    """Assert that library and oracle give the same prediction, cost and gradients."""
    columns, labels, weights, biases = oracle.unpack(X, Y, parameters)
    AL, caches = dnn_utils.L_model_forward(X, parameters)
    predictions = [oracle.forward_one(x, weights, biases)[1][-1] for x in columns]
    np.testing.assert_allclose(AL.T, predictions, rtol=1e-12)
    for l, (_, Z) in enumerate(caches, start=1):
        scalar = [oracle.forward_one(x, weights, biases)[0][l] for x in columns]
        np.testing.assert_allclose(Z.T, scalar, rtol=1e-11, atol=1e-13)
    expected = oracle.cost(columns, labels, weights, biases)
    np.testing.assert_allclose(dnn_utils.compute_cost(AL, Y), expected, rtol=1e-11)
    grads = dnn_utils.L_model_backward(AL, Y, caches)
    scalar = oracle.gradients(columns, labels, weights, biases)
    assert grads.keys() == scalar.keys()
    for key, value in scalar.items():
        np.testing.assert_allclose(grads[key], value, rtol=1e-9, atol=1e-12)


@given(networks(max_layers=6))
def test_the_library_agrees_with_the_oracle(drawn):
    agrees_with_the_oracle(*drawn)


@pytest.mark.parametrize("name", DEEP_CASES)
def test_the_library_agrees_with_the_oracle_on_the_deep_cases(name):
    agrees_with_the_oracle(*deep_network_test_case(name))


def test_the_stored_gradients_come_from_the_oracle():
    stored = json.loads(oracle.DEEP_GRADS.read_text())
    fresh = oracle.deep_grads()
    assert list(stored) == list(fresh) == list(DEEP_CASES)
    for name, grads in fresh.items():
        assert list(stored[name]) == list(grads) == list(deep_expected_grads(name))
        for key, value in grads.items():
            np.testing.assert_allclose(stored[name][key], value, rtol=1e-11, atol=0)

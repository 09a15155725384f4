"""What holds for every input, tried on many."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

import dnn_utils
from dnn_utils.activations import ACTIVATIONS
from tests.dnn_utils.networks import networks
from tests.dnn_utils.values import bits, watched

pytestmark = pytest.mark.filterwarnings("error::RuntimeWarning", "error::DeprecationWarning")

steps = watched(dnn_utils)  # every call below also proves that it leaves its input alone

FLOATS = {np.float64: 64, np.float32: 32}


def arrays(limit, shape=None, dtypes=tuple(FLOATS)):
    """Return a strategy for arrays with numbers up to `limit`, zeros of both signs among them."""

    def of(dtype):
        numbers = st.floats(-limit, limit, width=FLOATS[dtype])
        sizes = npst.array_shapes(min_dims=2, max_dims=2, max_side=5)
        return npst.arrays(dtype, shape or sizes, elements=numbers | st.sampled_from([0.0, -0.0]))

    return st.sampled_from(dtypes).flatmap(of)


def pairs(limit):
    """Return a strategy for two arrays of one shape and dtype."""
    return arrays(limit).flatmap(
        lambda a: st.tuples(st.just(a), arrays(limit, a.shape, (a.dtype.type,)))
    )


def no_negative_zero(*results):
    return not any(np.any((r == 0) & np.signbit(r)) for r in results)


def strict():
    """Make every floating-point event but underflow an error."""
    return np.errstate(over="raise", divide="raise", invalid="raise")


@given(arrays(1e4))
def test_sigmoid_is_a_probability_and_symmetric(Z):
    with strict():
        A, cache = steps.sigmoid(Z)
        opposite, _ = steps.sigmoid(-Z)
    assert cache is Z
    assert (A.shape, A.dtype) == (Z.shape, Z.dtype)
    assert np.all((A >= 0) & (A <= 1))
    np.testing.assert_allclose(A + opposite, 1, rtol=0, atol=np.finfo(Z.dtype).eps)
    assert no_negative_zero(A)


@pytest.mark.parametrize("name", ACTIVATIONS)
@given(pairs(1e4))
def test_an_activation_never_falls_overflows_or_changes_its_input(name, pair):
    low, high = np.minimum(*pair), np.maximum(*pair)
    g, g_backward = getattr(steps, name), getattr(steps, f"{name}_backward")
    with strict():
        (A_low, cache), (A_high, _) = g(low), g(high)
        dZ = g_backward(np.ones_like(low), low)
    assert cache is low
    assert np.all(A_low <= A_high)
    assert np.all(dZ >= 0)


@pytest.mark.parametrize("name", ACTIVATIONS)
@given(st.floats(-20, 20).filter(lambda z: abs(z) > 1e-3), st.floats(-5, 5))
def test_going_back_multiplies_by_the_slope(name, z, dA):
    g, g_backward = getattr(steps, name), getattr(steps, f"{name}_backward")
    (above, _), (below, _) = g(np.array([z + 1e-5])), g(np.array([z - 1e-5]))
    slope = (above - below) / 2e-5
    dZ = g_backward(np.array([dA]), np.array([z]))
    np.testing.assert_allclose(dZ, dA * slope, rtol=0, atol=1e-8)


@given(arrays(1e4))
def test_relu_keeps_what_is_positive_and_doing_it_twice_changes_nothing(Z):
    A, cache = steps.relu(Z)
    again, _ = steps.relu(A)
    assert cache is Z
    assert A.dtype == Z.dtype
    assert bits(A) == bits(again)
    assert np.all(np.where(Z > 0, A == Z, A == 0))
    assert no_negative_zero(A)


@given(pairs(1e4))
def test_relu_backward_lets_through_where_Z_is_positive(pair):
    dA, Z = pair
    dZ = steps.relu_backward(dA, Z)
    assert dZ.dtype == dA.dtype
    assert np.all(np.where(Z > 0, dZ == dA, dZ == 0))
    assert no_negative_zero(dZ)


@given(pairs(1e4))
def test_sigmoid_backward_multiplies_by_the_slope(pair):
    dA, Z = pair
    with strict():
        dZ = steps.sigmoid_backward(dA, Z)
    slope = 1 / (2 + 2 * np.cosh(np.minimum(np.abs(Z.astype(np.float64)), 500)))
    eps = np.finfo(Z.dtype).eps
    assert dZ.dtype == dA.dtype
    np.testing.assert_allclose(dZ, dA * slope, rtol=8 * eps, atol=eps * np.max(np.abs(dA)))
    assert no_negative_zero(dZ)


def forward_and_backward(X, Y, parameters):
    """Return the prediction, the cost and the gradients of a network."""
    AL, caches = steps.L_model_forward(X, parameters)
    return AL, steps.compute_cost(AL, Y), steps.L_model_backward(AL, Y, caches)


@given(networks(max_layers=1), st.floats(-10, 10))
def test_linear_forward_is_linear(drawn, factor):
    A, _, parameters = drawn
    W, b = parameters["W1"], parameters["b1"]
    B = A[:, ::-1] ** 2
    Z, _ = steps.linear_forward(factor * A + B, W, b)
    of_A, of_B = (steps.linear_forward(part, W, b)[0] - b for part in (A, B))
    np.testing.assert_allclose(Z - b, factor * of_A + of_B, rtol=1e-12, atol=1e-10)


@given(networks(), st.randoms(use_true_random=False))
def test_the_order_of_the_examples_does_not_matter(drawn, random):
    X, Y, parameters = drawn
    order = list(range(X.shape[1]))
    random.shuffle(order)
    AL, cost, grads = forward_and_backward(X, Y, parameters)
    AL_shuffled, cost_shuffled, shuffled = forward_and_backward(
        X[:, order], Y[:, order], parameters
    )
    close = {"rtol": 1e-11, "atol": 1e-13}
    np.testing.assert_allclose(AL_shuffled, AL[:, order], **close)
    np.testing.assert_allclose(cost_shuffled, cost, **close)
    for key, grad in grads.items():
        expected = grad[:, order] if key.startswith("dA") else grad
        np.testing.assert_allclose(shuffled[key], expected, **close)


@given(networks())
def test_one_example_does_not_see_the_others(drawn):
    X, _, parameters = drawn
    AL, _ = steps.L_model_forward(X, parameters)
    alone, _ = steps.L_model_forward(X[:, :1], parameters)
    np.testing.assert_allclose(alone, AL[:, :1], rtol=1e-12)


@given(networks(), st.data())
def test_no_result_holds_a_negative_zero(drawn, data):
    X, Y, parameters = drawn
    zero = data.draw(npst.arrays(bool, X.shape))
    X = np.where(zero, data.draw(st.sampled_from([0.0, -0.0])), X)
    parameters["b1"] = np.zeros_like(parameters["b1"])
    _, caches = steps.L_model_forward(X, parameters)
    AL, _, grads = forward_and_backward(X, Y, parameters)
    updated = steps.update_parameters(parameters, grads, 0.5)
    pre_activations = [Z for _, Z in caches]
    assert no_negative_zero(AL, *pre_activations, *grads.values(), *updated.values())


@given(networks())
def test_a_step_of_length_0_is_no_step(drawn):
    X, Y, parameters = drawn
    *_, grads = forward_and_backward(X, Y, parameters)
    assert bits(steps.update_parameters(parameters, grads, 0)) == bits(parameters)


@given(networks(), st.sampled_from([0, 0.5]))
def test_new_arrays_share_no_memory_with_old_ones(drawn, rate):
    X, Y, parameters = drawn
    AL, _ = steps.L_model_forward(X, parameters)
    *_, grads = forward_and_backward(X, Y, parameters)
    updated = steps.update_parameters(parameters, grads, rate)
    arrays = [X, Y, *parameters.values(), AL, *grads.values(), *updated.values()]
    assert not any(np.shares_memory(one, other) for one, other in combinations(arrays, 2))


@given(st.lists(st.integers(1, 6), min_size=2, max_size=6))
def test_parameters_have_the_shapes_of_their_layers(layer_dims):
    parameters = steps.initialize_parameters_deep(layer_dims)
    again = steps.initialize_parameters_deep(layer_dims)
    assert bits(parameters) == bits(again)
    assert list(parameters) == [f"{k}{l}" for l in range(1, len(layer_dims)) for k in "Wb"]
    for l in range(1, len(layer_dims)):
        assert parameters[f"W{l}"].shape == (layer_dims[l], layer_dims[l - 1])
        assert parameters[f"b{l}"].shape == (layer_dims[l], 1)
        assert np.all(parameters[f"W{l}"] != 0)
        assert bits(parameters[f"b{l}"]) == bits(np.zeros((layer_dims[l], 1)))


@given(networks())
def test_the_cost_is_a_number_and_falls_with_a_small_step(drawn):
    X, Y, parameters = drawn
    _, cost, grads = forward_and_backward(X, Y, parameters)
    assert isinstance(cost, float)
    assert np.ndim(cost) == 0
    assert cost > 0
    after = steps.update_parameters(parameters, grads, 1e-6)
    _, cost_after, _ = forward_and_backward(X, Y, after)
    assert cost_after <= cost

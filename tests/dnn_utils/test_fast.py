"""The fast path gives the numbers of the step functions, whatever the network."""

from decimal import Decimal, localcontext

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from benchmarks.measure import largest_difference
from dnn_utils import L_model_forward, compute_cost
from dnn_utils.fast import GradientDescent, gram_pays
from tests.dnn_utils import oracle
from tests.dnn_utils.networks import random_problem
from tests.dnn_utils.training import train_step_by_step


def descend(X, Y, parameters, iterations, learning_rate, through_gram):
    descent = GradientDescent(X, Y, parameters, learning_rate, through_gram)
    costs = []
    for _ in range(iterations):
        costs.append(descent.cost_and_gradients())
        descent.update()
    return descent.parameters, costs


@settings(deadline=None, max_examples=150)
@given(
    layer_dims=st.lists(st.integers(1, 9), min_size=1, max_size=5).map(lambda n: [*n, 1]),
    m=st.integers(1, 12),
    seed=st.integers(0, 10_000),
    iterations=st.integers(1, 25),
    learning_rate=st.sampled_from([0.001, 0.0075, 0.1]),
    order=st.sampled_from(["C", "F"]),
    through_gram=st.booleans(),
)
def test_any_network_agrees_with_the_steps(
    layer_dims, m, seed, iterations, learning_rate, order, through_gram
):
    X, Y, start = random_problem(layer_dims, m, seed)
    X = np.array(X, order=order)
    parameters, costs = descend(X, Y, start, iterations, learning_rate, through_gram)
    expected = start
    for cost in costs:
        AL, caches = L_model_forward(X, expected)
        assume((AL > 0).all() and (AL < 1).all())  # elsewhere the steps say NaN, see below
        assert abs(cost - np.mean(np.logaddexp(0, (1 - 2 * Y) * caches[-1][1]))) < 1e-12
        # 1 - AL is wrong by up to half a unit in the last place of AL; its logarithm by more.
        rounding = np.finfo(float).eps * np.mean((1 - Y) / (1 - AL))
        assert abs(cost - compute_cost(AL, Y)) < 1e-12 + rounding
        expected, _ = train_step_by_step(X, Y, expected, 1, learning_rate)
    for key in expected:
        np.testing.assert_allclose(parameters[key], expected[key], rtol=1e-12, atol=1e-12)


def test_the_cost_keeps_its_digits_where_1_minus_AL_loses_them():
    """A network that is sure and wrong: z = 12.95 where y = 0, so AL is almost 1."""
    X, Y, start = random_problem([9, 4, 9, 3, 1, 1], 4, seed=9)
    AL, caches = L_model_forward(X, start)
    with localcontext(prec=50):
        losses = [
            (1 + (Decimal(z) * (1 - 2 * int(y))).exp()).ln()
            for z, y in zip(caches[-1][1][0].tolist(), Y[0], strict=True)
        ]
        exact = float(sum(losses) / len(losses))
    ours = GradientDescent(X, Y, start, 0.1).cost_and_gradients()
    assert abs(ours - exact) < 1e-15
    assert 1e-12 < abs(compute_cost(AL, Y) - exact) < 1e-10


@pytest.mark.parametrize("through_gram", [False, True])
def test_one_step_is_the_gradient_of_the_scalar_oracle(through_gram):
    X, Y, start = random_problem([7, 4, 3, 1], 5)
    (after, costs), rate = descend(X, Y, start, 1, 0.5, through_gram), 0.5
    grads = oracle.gradients(*oracle.unpack(X, Y, start))
    assert abs(costs[0] - oracle.cost(*oracle.unpack(X, Y, start))) < 1e-13
    for key, value in start.items():
        expected = value - rate * np.array(grads["d" + key]).reshape(value.shape)
        np.testing.assert_allclose(after[key], expected, rtol=0, atol=1e-13)


def test_thousand_steps_through_the_gram_matrix():
    X, Y, start = random_problem([300, 20, 7, 5, 1], 40)
    parameters, costs = descend(X, Y, start, 1000, 0.05, through_gram=True)
    expected, expected_costs = train_step_by_step(X, Y, start, 1000, 0.05)
    assert largest_difference(parameters, expected) < 1e-12
    np.testing.assert_allclose(costs, expected_costs, rtol=0, atol=1e-12)
    assert costs[-1] < 0.1 * costs[0]


def test_float32_stays_float32_and_close():
    X, Y, start = random_problem([30, 8, 4, 1], 20, dtype=np.float32)
    parameters, costs = descend(X, Y, start, 50, 0.05, through_gram=False)
    exact = {key: value.astype(float) for key, value in start.items()}
    expected, expected_costs = train_step_by_step(X.astype(float), Y.astype(float), exact, 50, 0.05)
    assert {value.dtype for value in parameters.values()} == {np.dtype(np.float32)}
    assert largest_difference(parameters, expected) < 1e-4
    np.testing.assert_allclose(costs, expected_costs, rtol=1e-4)


def test_the_unit_at_zero_passes_nothing_back():
    X, Y, start = random_problem([6, 4, 3, 1], 5)
    X[:, 2], start["b1"] = 0, np.zeros((4, 1))  # Z1 of this example is exactly 0
    for through_gram in (False, True):
        parameters, _ = descend(X, Y, start, 3, 0.1, through_gram)
        assert largest_difference(parameters, train_step_by_step(X, Y, start, 3, 0.1)[0]) < 1e-13


@pytest.mark.parametrize("through_gram", [False, True])
def test_saturated_output_has_a_finite_cost_and_gradient(through_gram):
    X, Y = np.array([[800.0, -800.0], [0.0, 1.0]]), np.array([[0.0, 1.0]])
    start = {"W1": np.array([[1.0, 0.0]]), "b1": np.zeros((1, 1))}
    descent = GradientDescent(X, Y, start, 0.5, through_gram)
    with np.errstate(all="raise", under="ignore"):
        assert descent.cost_and_gradients() == 800.0
    descent.update()
    # dZ = AL - Y = [1, -1], dW = dZ X^T / 2 = [800, -1/2]
    np.testing.assert_array_equal(descent.parameters["W1"], [[1 - 0.5 * 800, 0.25]])


@pytest.mark.parametrize("through_gram", [False, True])
def test_nothing_of_the_callers_is_changed_or_shared(through_gram):
    X, Y, start = random_problem([9, 4, 1], 5)
    copies = X.copy(), Y.copy(), {key: value.copy() for key, value in start.items()}
    descent = GradientDescent(X, Y, start, 0.1, through_gram)
    for _ in range(3):
        descent.cost_and_gradients()
        descent.update()
    taken = descent.parameters
    before = {key: value.copy() for key, value in taken.items()}
    descent.cost_and_gradients()
    descent.update()
    np.testing.assert_array_equal(X, copies[0])
    np.testing.assert_array_equal(Y, copies[1])
    for key in start:
        np.testing.assert_array_equal(start[key], copies[2][key])
        np.testing.assert_array_equal(taken[key], before[key])
        assert not np.array_equal(descent.parameters[key], before[key])


@pytest.mark.parametrize("through_gram", [False, True])
def test_restore_brings_the_parameters_back(through_gram):
    X, Y, start = random_problem([9, 4, 1], 5)
    descent = GradientDescent(X, Y, start, 0.1, through_gram)
    descent.cost_and_gradients()
    descent.update()
    expected, snapshot = descent.parameters, descent.snapshot()
    for _ in range(3):
        descent.cost_and_gradients()
        descent.update()
    assert largest_difference(descent.parameters, expected) > 1e-6
    descent.restore(snapshot)
    assert largest_difference(descent.parameters, expected) == 0


@pytest.mark.parametrize(
    ("layer_dims", "m", "iterations", "dtype", "pays"),
    [
        ([12288, 20, 7, 5, 1], 209, 2500, np.float64, True),
        ([12288, 20, 7, 5, 1], 209, 2500, np.float32, False),  # too few digits
        ([12288, 20, 7, 5, 1], 209, 1, np.float64, False),  # X^T X costs more than it saves
        ([784, 256, 128, 1], 2048, 2500, np.float64, False),  # more examples than features
        ([64, 64, 1], 64, 2500, np.float64, False),  # as many
    ],
)
def test_gram_is_chosen_when_it_is_exact_and_pays(layer_dims, m, iterations, dtype, pays):
    assert gram_pays(layer_dims, m, iterations, dtype) is pays

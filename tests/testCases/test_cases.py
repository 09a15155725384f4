"""The test inputs are the documented draws, made anew at every call."""

from itertools import product

import numpy as np
import pytest

import testCases
from testCases import DEEP_CASES, deep_expected_grads, deep_network_test_case, print_grads
from tests.dnn_utils.values import bits

FIRST_NUMBERS = {1: 1.62434536, 2: -0.41675785, 3: 1.78862847, 6: -0.31178367}


def draws(seed, *shapes):
    """Return normal random arrays of these shapes, cut from one run of numbers."""
    sizes = [rows * columns for rows, columns in shapes]
    numbers = np.random.RandomState(seed).standard_normal(sum(sizes))
    assert abs(numbers[0] - FIRST_NUMBERS[seed]) < 1e-8
    parts = np.split(numbers, np.cumsum(sizes)[:-1])
    return [part.reshape(shape) for part, shape in zip(parts, shapes, strict=True)]


def named(names, arrays):
    """Return a dict from ``"W1 b1 ..."`` and the arrays in the same order."""
    return dict(zip(names.split(), arrays, strict=True))


def classic_cases():
    """Return what every test-case function of the course has to give."""
    two_layers = (3, 4), (3, 1), (1, 3), (1, 1)
    X, *two = draws(1, (4, 2), *two_layers)
    X_3, *three = draws(6, (5, 4), (4, 5), (4, 1), (3, 4), (3, 1), (1, 3), (1, 1))
    dZ, *linear_cache = draws(1, (3, 4), (5, 4), (3, 5), (3, 1))
    dA, A, W, b, Z = draws(2, (1, 2), (3, 2), (1, 3), (1, 1), (1, 2))
    AL, A1, W1, b1, Z1, A2, W2, b2, Z2 = draws(
        3, (1, 2), (4, 2), (3, 4), (3, 1), (3, 2), (3, 2), (1, 3), (1, 1), (1, 2)
    )
    caches = (((A1, W1, b1), Z1), ((A2, W2, b2), Z2))
    return {
        "initialize_parameters_deep_test_case": [5, 4, 3],
        "linear_forward_test_case": tuple(draws(1, (3, 2), (1, 3), (1, 1))),
        "linear_activation_forward_test_case": tuple(draws(2, (3, 2), (1, 3), (1, 1))),
        "L_model_forward_test_case": (X, named("W1 b1 W2 b2", two)),
        "L_model_forward_test_case_2hidden": (X_3, named("W1 b1 W2 b2 W3 b3", three)),
        "compute_cost_test_case": (np.array([[1, 1, 0]]), np.array([[0.8, 0.9, 0.4]])),
        "linear_backward_test_case": (dZ, tuple(linear_cache)),
        "linear_activation_backward_test_case": (dA, ((A, W, b), Z)),
        "L_model_backward_test_case": (AL, np.array([[1, 0]]), caches),
        "update_parameters_test_case": (
            named("W1 b1 W2 b2", draws(2, *two_layers)),
            named("dW1 db1 dW2 db2", draws(3, *two_layers)),
        ),
    }


CLASSIC = classic_cases()
DEEP = ("deep_network_test_case", "L_model_backward_deep_test_case", "deep_expected_grads")
ALL = [(name,) for name in CLASSIC] + list(product(DEEP, DEEP_CASES))


def call(name, *arguments):
    """Return what a test-case function gives."""
    return getattr(testCases, name)(*arguments)


def arrays_in(value):
    """Return the arrays of a nested result."""
    if isinstance(value, dict):
        value = tuple(value.values())
    if isinstance(value, (tuple, list)):
        return [array for item in value for array in arrays_in(item)]
    return [value]


def test_a_star_import_gives_every_function():
    namespace = {}
    exec("from testCases import *", namespace)
    checks = {"FUNCTIONS", "check", "check_all", "grade", "hints", "starter"}
    expected = {*CLASSIC, *DEEP, "print_grads", "DEEP_CASES", *checks}
    assert set(namespace) - {"__builtins__"} == expected


@pytest.mark.parametrize("name", CLASSIC)
def test_a_classic_case_draws_what_is_documented(name):
    assert bits(call(name)) == bits(CLASSIC[name])


@pytest.mark.parametrize("case", ALL, ids="-".join)
def test_every_call_gives_the_same_numbers_in_new_arrays(case):
    np.random.seed(0)
    first = call(*case)
    np.random.seed(1)
    second = call(*case)
    assert bits(first) == bits(second)
    for one, other in product(arrays_in(first), arrays_in(second)):
        assert not (isinstance(one, np.ndarray) and np.shares_memory(one, other))


@pytest.mark.parametrize("case", ALL, ids="-".join)
def test_every_number_is_finite(case):
    assert all(np.all(np.isfinite(array)) for array in arrays_in(call(*case)))


@pytest.mark.parametrize("case", list(product(DEEP, DEEP_CASES)), ids="-".join)
def test_a_deep_case_leaves_the_random_numbers_of_numpy_alone(case):
    np.random.seed(0)
    call(*case)
    assert np.random.randn() == np.random.RandomState(0).randn()


def test_the_deep_cases_are_as_hard_as_they_claim():
    hidden_layers = {name: len(case["layer_dims"]) - 2 for name, case in DEEP_CASES.items()}
    assert hidden_layers == {"three hidden layers": 3, "one layer": 0, "one example": 2}
    assert DEEP_CASES["one example"]["m"] == 1
    for case in DEEP_CASES.values():
        sizes = case["layer_dims"] if case["m"] == 1 else [*case["layer_dims"], case["m"]]
        assert len(set(sizes)) == len(sizes)


@pytest.mark.parametrize("name", DEEP_CASES)
def test_a_deep_case_comes_from_a_real_forward_pass(name):
    X, Y, parameters = deep_network_test_case(name)
    AL, labels, caches = call("L_model_backward_deep_test_case", name)
    assert bits(labels) == bits(Y)
    assert np.all((AL > 0) & (AL < 1))
    assert len(caches) == len(parameters) // 2
    assert bits(caches[0][0][0]) == bits(X)
    for l, ((A_prev, W, b), Z) in enumerate(caches, start=1):
        assert bits([W, b]) == bits([parameters[f"W{l}"], parameters[f"b{l}"]])
        np.testing.assert_allclose(Z, np.einsum("ij,jk->ik", W, A_prev) + b, rtol=1e-12)


def test_an_example_of_the_deepest_case_has_a_Z_of_exactly_zero():
    _, _, caches = call("L_model_backward_deep_test_case", "three hidden layers")
    zero_columns = np.all(caches[0][1] == 0, axis=0)
    assert zero_columns.sum() == 1


@pytest.mark.parametrize("name", DEEP_CASES)
def test_no_gradient_of_a_deep_case_is_zero(name):
    for key, grad in deep_expected_grads(name).items():
        assert np.linalg.norm(grad) > 1e-3, key


def test_an_unknown_deep_case_names_those_that_exist():
    with pytest.raises(ValueError, match=r"three hidden layers.*one layer.*one example.*'two'"):
        deep_network_test_case("two")


def test_print_grads_prints_three_gradients_and_their_names(capsys):
    print_grads({"dA1": np.eye(2), "dW1": np.array([[0.5]]), "db1": np.array([[2.0]]), "dW2": 0})
    assert capsys.readouterr().out == "dW1 = [[0.5]]\ndb1 = [[2.]]\ndA1 = [[1. 0.]\n [0. 1.]]\n"

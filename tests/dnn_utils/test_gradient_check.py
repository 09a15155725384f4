"""The gradient check passes what is right and exposes what printed values do not."""

import re

import numpy as np
import pytest

from dnn_utils import (
    L_model_backward,
    L_model_forward,
    compute_cost,
    initialize_parameters_deep,
    linear_activation_backward,
)
from dnn_utils.gradient_check import GradientReport, ParameterCheck, gradient_check
from testCases import DEEP_CASES, deep_network_test_case, forward
from tests.dnn_utils import oracle
from tests.dnn_utils.networks import random_problem


def problem(layer_dims=(6, 5, 4, 3, 1), m=7, seed=6):
    """Return a problem; with these seeds no unit is dead, so every gradient is tested."""
    X, Y, parameters = random_problem(list(layer_dims), m, seed)
    return X, Y, parameters, grads_of(X, Y, parameters)


def grads_of(X, Y, parameters, forward=L_model_forward, backward=L_model_backward):
    AL, caches = forward(X, parameters)
    return backward(AL, Y, caches)


def verdicts(report):
    return {key: check.verdict for key, check in report.checks.items()}


# What is right


@pytest.mark.parametrize("name", DEEP_CASES)
def test_the_reference_gradients_are_right(name):
    X, Y, parameters = deep_network_test_case(name)
    report = gradient_check(parameters, grads_of(X, Y, parameters), X, Y)
    assert report.ok
    judged = {check.verdict for check in report.checks.values()}
    assert judged <= {"right", "at a kink"}
    assert max(np.nan_to_num(check.relative_error) for check in report.checks.values()) < 1e-7


def test_the_measured_slopes_are_those_of_the_scalar_oracle():
    X, Y, parameters, grads = problem()
    report = gradient_check(parameters, grads, X, Y)
    expected = oracle.gradients(*oracle.unpack(X, Y, parameters))
    for key, check in report.checks.items():
        shape = parameters[key].shape
        np.testing.assert_allclose(
            check.numerical, np.reshape(expected["d" + key], shape), rtol=0, atol=1e-9
        )
        np.testing.assert_array_equal(check.analytical, grads["d" + key])


def test_what_came_in_is_left_as_it_is():
    X, Y, parameters, grads = problem()
    for array in (X, Y, *parameters.values(), *grads.values()):
        array.setflags(write=False)
    assert gradient_check(parameters, grads, X, Y).ok


# What is wrong


def scaled(factor):
    return lambda gradient: gradient * factor


@pytest.mark.parametrize("key", ["dW1", "db1", "dW2", "db2", "dW4", "db4"])
@pytest.mark.parametrize(
    "mistake", [scaled(7), scaled(-1), scaled(0), scaled(1.0001), np.ones_like]
)
def test_one_wrong_gradient_is_found_and_named(key, mistake):
    X, Y, parameters, grads = problem()
    grads[key] = mistake(grads[key])
    report = gradient_check(parameters, grads, X, Y)
    assert not report.ok
    assert [k for k, verdict in verdicts(report).items() if verdict != "right"] == [key[1:]]
    assert report.checks[key[1:]].verdict == "wrong"
    assert report.summary == (
        f"Not confirmed: {key}. The backward pass comes to layer {key[2]} first, "
        "so look there first."
    )


def test_of_several_wrong_layers_the_last_is_named_first():
    X, Y, parameters, grads = problem()
    for key in ("dW1", "db1", "dW3"):
        grads[key] = -grads[key]
    assert gradient_check(parameters, grads, X, Y).summary == (
        "Not confirmed: dW1, db1, dW3. The backward pass comes to layer 3 first, "
        "so look there first."
    )


def test_one_wrong_entry_is_found():
    X, Y, parameters, grads = problem()
    grads["dW2"][1, 2] += 1e-3
    assert verdicts(gradient_check(parameters, grads, X, Y))["W2"] == "wrong"


def test_a_small_error_is_doubtful():
    X, Y, parameters, grads = problem()
    grads["dW2"] = grads["dW2"] * (1 + 2e-6)
    report = gradient_check(parameters, grads, X, Y)
    assert verdicts(report)["W2"] == "doubtful"
    assert report.checks["W2"].error_text == "< 1e-5"
    assert not report.ok


NOTEBOOK = """
import numpy as np
from dnn_utils import relu, sigmoid
from testCases import *

def linear_forward(A, W, b):
    Z = np.dot(W, A) + b
    return Z, (A, W, b)

A, W, b = linear_forward_test_case()
Z, linear_cache = linear_forward(A, W, b)   # leaves a global linear_cache behind

def linear_activation_forward(A_prev, W, b, activation):
    if activation == "sigmoid":
        A, activation_cache = sigmoid(np.dot(W, A_prev) + b)
    elif activation == "relu":
        A, activation_cache = relu(np.dot(W, A_prev) + b)
    cache = (linear_cache, activation_cache)   # not local!
    return A, cache

def L_model_forward(X, parameters):
    caches = []
    A = X
    L = len(parameters) // 2
    for l in range(1, L):
        A, cache = linear_activation_forward(
            A, parameters["W" + str(l)], parameters["b" + str(l)], "relu")
        caches.append(cache)
    AL, cache = linear_activation_forward(
        A, parameters["W" + str(L)], parameters["b" + str(L)], "sigmoid")
    caches.append(cache)
    return AL, caches
"""
"""Answers whose printed values all agree, run as a notebook runs them."""


@pytest.fixture
def notebook():
    namespace = {}
    exec(NOTEBOOK, namespace)
    return namespace


def test_the_stale_cache_prints_every_expected_value(notebook):
    A_prev, W, b = forward.linear_activation_forward_test_case()
    expected = forward.EXPECTED["linear_activation_forward"]
    for activation, name in (("sigmoid", "With sigmoid: A"), ("relu", "With ReLU: A")):
        A, _ = notebook["linear_activation_forward"](A_prev, W, b, activation)
        assert str(A) == expected[name]
    AL, caches = notebook["L_model_forward"](*forward.L_model_forward_test_case_2hidden())
    assert str(AL) == forward.EXPECTED["L_model_forward"]["AL"]
    assert str(len(caches)) == forward.EXPECTED["L_model_forward"]["Length of caches list"]


def test_the_check_exposes_the_stale_cache(notebook):
    X, Y, parameters = random_problem(
        [3, 1], 2, seed=3
    )  # as many features and examples as in the cell
    AL, _ = notebook["L_model_forward"](X, parameters)
    np.testing.assert_array_equal(AL, L_model_forward(X, parameters)[0])
    grads = grads_of(X, Y, parameters, notebook["L_model_forward"])
    report = gradient_check(parameters, grads, X, Y, forward=notebook["L_model_forward"])
    assert not report.ok
    assert verdicts(report) == {"W1": "wrong", "b1": "right"}
    assert report.checks["W1"].relative_error > 0.1
    assert gradient_check(parameters, grads_of(X, Y, parameters), X, Y).ok


def test_the_stale_cache_of_a_deeper_network_fails_on_its_shape(notebook):
    X, Y, parameters = random_problem([5, 4, 3, 1], 4)
    with pytest.raises(AssertionError, match=re.escape("dZ has shape (1, 4), expected (1, 2)")):
        grads_of(X, Y, parameters, notebook["L_model_forward"])


def backward_reusing_one_dA(AL, Y, caches):
    """Every hidden layer starts from dA of the last hidden layer."""
    L = len(caches)
    dAL = -(Y / AL - (1 - Y) / (1 - AL))
    dA_last_hidden, dW, db = linear_activation_backward(dAL, caches[L - 1], "sigmoid")
    grads = {f"dA{L - 1}": dA_last_hidden, f"dW{L}": dW, f"db{L}": db}
    for l in range(L - 1, 0, -1):
        dA, dW, db = linear_activation_backward(dA_last_hidden, caches[l - 1], "relu")
        grads |= {f"dA{l - 1}": dA, f"dW{l}": dW, f"db{l}": db}
    return grads


def test_the_loop_that_reuses_one_dA_is_right_with_two_layers_and_exposed_with_three():
    two = random_problem([4, 3, 1], 6, seed=1)
    three = random_problem([4, 3, 3, 1], 6, seed=4)
    for (X, Y, parameters), ok in ((two, True), (three, False)):
        grads = grads_of(X, Y, parameters, backward=backward_reusing_one_dA)
        report = gradient_check(parameters, grads, X, Y)
        assert report.ok is ok
    assert [key for key, verdict in verdicts(report).items() if verdict == "wrong"] == ["W1", "b1"]
    assert "look there first" in report.summary
    assert "layer 1" in report.summary


def test_a_readers_own_cost_is_measured():
    X, Y, parameters, grads = problem()

    def twice(AL, Y):
        return 2 * compute_cost(AL, Y)

    assert not gradient_check(parameters, grads, X, Y, cost=twice).ok
    doubled = {key: 2 * value for key, value in grads.items()}
    assert gradient_check(parameters, doubled, X, Y, cost=twice).ok


# What cannot be judged


def test_an_entry_at_a_kink_is_reported_and_not_judged():
    X, Y, parameters = random_problem([3, 4, 1], 5)
    X[:, 1], parameters["b1"] = 0, np.zeros((4, 1))  # Z1 of example 1 is 0: b1 is at the kink
    report = gradient_check(parameters, grads_of(X, Y, parameters), X, Y)
    assert verdicts(report) == {"W1": "right", "b1": "at a kink", "W2": "right", "b2": "right"}
    check = report.checks["b1"]
    assert check.kinks.all()
    assert np.isnan(check.relative_error)
    assert (check.error_text, check.entries_text) == ("-", "all of 4, 4 at a kink")
    assert report.ok


def test_a_unit_near_its_kink_spoils_one_entry_only():
    parameters = {
        "W1": np.array([[1.0], [1.0]]),
        "b1": np.array([[-1.0 + 1e-6], [0.5]]),  # Z = 1e-6 and 1.5
        "W2": np.array([[1.0, -1.0]]),
        "b2": np.zeros((1, 1)),
    }
    X, Y = np.ones((1, 1)), np.ones((1, 1))
    grads = grads_of(X, Y, parameters)
    report = gradient_check(parameters, grads, X, Y)
    assert report.checks["b1"].kinks.ravel().tolist() == [True, False]
    assert report.ok
    assert not gradient_check(parameters, grads, X, Y, epsilon=1e-7).checks["b1"].kinks.any()
    grads["db1"][1] *= 2  # the other entry is still judged
    assert verdicts(gradient_check(parameters, grads, X, Y))["b1"] == "wrong"


def test_gradients_below_rounding_are_not_called_wrong():
    X, Y, _ = random_problem([6, 1], 30)
    parameters = initialize_parameters_deep([6, 5, 4, 3, 1])  # x 0.01: tiny gradients
    parameters["b3"] += 0.01
    report = gradient_check(parameters, grads_of(X, Y, parameters), X, Y)
    assert report.ok
    assert "right within rounding" in verdicts(report).values()
    parameters["W4"] *= 1e-7
    report = gradient_check(parameters, grads_of(X, Y, parameters), X, Y)
    assert verdicts(report)["W3"] == "too small to tell"
    assert report.checks["W3"].error_text == "-"


def test_a_dead_layer_proves_nothing():
    X, Y, parameters, _ = problem()
    parameters["b2"] -= 1000  # no unit of layer 2 is ever active
    grads = grads_of(X, Y, parameters)
    assert not grads["dW1"].any()
    report = gradient_check(parameters, grads, X, Y)
    assert verdicts(report)["W1"] == "too small to tell"
    assert verdicts(report)["b4"] == "right"


def test_nothing_judged_is_not_ok():
    check = ParameterCheck("W1", np.ones((2, 2)), np.ones((2, 2)), np.ones((2, 2), bool), noise=0.0)
    report = GradientReport({"W1": check}, 1e-5)
    assert not report.ok
    assert report.summary.startswith("Nothing could be judged")


def test_large_parameters_are_sampled_and_the_report_says_so():
    X, Y, parameters, grads = problem([40, 10, 1], 5, seed=16)
    report = gradient_check(parameters, grads, X, Y)
    assert report.checks["W1"].entries_text == "250 of 400"
    assert np.count_nonzero(~np.isnan(report.checks["W1"].numerical)) == 250
    report = gradient_check(parameters, grads, X, Y, max_entries=4)
    assert report.ok
    assert [check.entries_text for check in report.checks.values()] == [
        "4 of 400",
        "4 of 10",
        "4 of 10",
        "all of 1",
    ]
    grads["dW1"] = grads["dW1"] * 2
    assert not gradient_check(parameters, grads, X, Y, max_entries=4).ok


# How it is shown


def test_the_text_is_the_same_on_every_machine():
    X, Y, parameters, grads = problem([3, 4, 1], 5, seed=0)
    grads["dW1"] = -grads["dW1"]
    report = gradient_check(parameters, grads, X, Y)
    assert repr(report) == (
        "Gradient check by central differences, epsilon = 1e-05\n"
        "parameter  shape   entries    relative error  verdict\n"
        "W1         (4, 3)  all of 12  1.00            wrong\n"
        "b1         (4, 1)  all of 4   < 1e-7          right\n"
        "W2         (1, 4)  all of 4   < 1e-7          right\n"
        "b2         (1, 1)  all of 1   < 1e-7          right\n"
        "Expected: 1e-7 or smaller is right; 1e-5 or larger is almost surely wrong.\n"
        "Not confirmed: dW1. The backward pass comes to layer 1 first, so look there first."
    )
    assert str(report) == repr(report)


def test_the_table_says_in_words_what_it_colours():
    X, Y, parameters, grads = problem([3, 4, 1], 5, seed=0)
    grads["dW1"] = -grads["dW1"]
    html = gradient_check(parameters, grads, X, Y)._repr_html_()
    cells = re.findall(r'<td class="(\w+)"><b>([\w ]+)</b>([^<]+)<small>([^<]+)</small>', html)
    assert cells == [
        ("wrong", "wrong", "1.00", "all of 12"),
        ("right", "right", "&lt; 1e-7", "all of 4"),
        ("right", "right", "&lt; 1e-7", "all of 4"),
        ("right", "right", "&lt; 1e-7", "all of 1"),
    ]
    assert re.findall(r'<th scope="row">([^<]+)</th>', html) == ["1", "2"]
    assert "Not confirmed: dW1." in html
    colours = re.findall(r"#[0-9a-f]{3,6}", html)
    assert len(colours) == len(re.findall(r"var\(--dnn-[\w-]+, #[0-9a-f]{6}\)", html))


# Wrong input


def without(key):
    return lambda d: {k: v for k, v in d.items() if k != key}


def replaced(key, value):
    return lambda d: {**d, key: value}


@pytest.mark.parametrize(
    ("of_parameters", "of_grads", "message"),
    [
        (dict, without("dW2"), "grads lacks dW2; it has dA1, db2, dA0, dW1, db1"),
        (without("b1"), dict, "parameters must have the keys W1, b1, ..., WL, bL; got ["),
        (lambda d: {}, dict, "must have the keys W1, b1, ..., WL, bL; got []"),
        (dict, replaced("db1", np.ones(4)), "db1 has shape (4,), but b1 has shape (4, 1)"),
        (dict, replaced("dW1", np.full((4, 3), np.nan)), "dW1 holds 12 number(s) that are not"),
        (replaced("b2", np.array([[np.inf]])), dict, "b2 holds 1 number(s) that are not finite"),
        (replaced("b2", np.ones((1, 1), np.float32)), dict, "b2 is float32: its few digits hide"),
        (dict, replaced("db2", np.ones((1, 1), np.float32)), "Do the check in float64."),
    ],
)
def test_wrong_arrays(of_parameters, of_grads, message):
    X, Y, parameters, grads = problem([3, 4, 1], 5, seed=0)
    with pytest.raises(ValueError, match=re.escape(message)):
        gradient_check(of_parameters(parameters), of_grads(grads), X, Y)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"X": np.ones((5, 3))}, "X has shape (5, 3), expected (3, m). Here one column is one"),
        ({"Y": np.full((1, 5), 2)}, "Y holds 5 label(s) that are neither 0 nor 1: 2"),
        ({"epsilon": 0}, "epsilon must be a positive number, got 0"),
        ({"forward": lambda X, p: L_model_forward(X, p)[0]}, "must return AL and a list of caches"),
        ({"forward": lambda X, p: (X, [1, 2])}, "each of them (linear_cache, Z); it did not"),
        ({"cost": lambda AL, Y: AL}, "must return one number, got an array of shape (1, 5)"),
        ({"cost": lambda AL, Y: np.nan}, "the cost is nan, so no slope can be measured: is AL"),
        ({"Y": np.ones(5)}, "Y has shape (5,), expected (1, 5). Y.reshape(1, -1) has that shape."),
    ],
)
def test_wrong_arguments(arguments, message):
    X, Y, parameters, grads = problem([3, 4, 1], 5, seed=0)
    with pytest.raises(ValueError, match=re.escape(message)):
        gradient_check(**{"parameters": parameters, "grads": grads, "X": X, "Y": Y} | arguments)


def test_a_cost_of_shape_one_by_one_is_taken():
    X, Y, parameters, grads = problem([3, 4, 1], 5, seed=0)
    assert gradient_check(
        parameters, grads, X, Y, cost=lambda AL, Y: np.reshape(compute_cost(AL, Y), (1, 1))
    ).ok

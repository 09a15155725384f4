"""What the five steps have to compute: checks for any set of functions.

`steps` has the functions as attributes: `dnn_utils`, or another version of them.
A check raises an exception if a value is wrong or an input was changed.
"""

import functools
import inspect
from types import SimpleNamespace

import numpy as np

import dnn_utils
import testCases as cases
from testCases import backward, cost, forward, initialization, update
from testCases.observe import bits


def keeping_inputs(function):
    """Return `function`, made to fail if it changes one of its arguments."""

    @functools.wraps(function)
    def checked(*arguments):
        before = bits(arguments)
        result = function(*arguments)
        assert bits(arguments) == before, f"{function.__name__} changed its input"
        return result

    return checked


def watched(steps):
    """Return all functions of `steps`, each made to fail if it changes an argument."""
    return SimpleNamespace(
        **{
            name: keeping_inputs(getattr(steps, name))
            for name in dnn_utils.__all__
            if inspect.isfunction(getattr(dnn_utils, name)) and name not in ("in_use", "use")
        }
    )


def same_text(results, expected):
    """Assert that results print as expected, character by character."""
    for name, text in expected.items():
        assert str(results[name]) == text, f"{name} = {results[name]}, expected {text}"


def same_arrays(results, expected):
    """Assert that results are exactly the expected arrays, in this order."""
    assert bits(tuple(results)) == bits(tuple(expected))


def initialize_parameters_deep(steps):
    parameters = steps.initialize_parameters_deep(cases.initialize_parameters_deep_test_case())
    same_text(parameters, initialization.EXPECTED)
    assert list(parameters) == list(initialization.EXPECTED)


def linear_forward(steps):
    inputs = cases.linear_forward_test_case()
    Z, cache = steps.linear_forward(*inputs)
    same_text({"Z": Z}, forward.EXPECTED["linear_forward"])
    same_arrays(cache, inputs)


def linear_activation_forward(steps):
    inputs = cases.linear_activation_forward_test_case()
    with_sigmoid, _ = steps.linear_activation_forward(*inputs, "sigmoid")
    with_relu, _ = steps.linear_activation_forward(*inputs, "relu")
    results = {"With sigmoid: A": with_sigmoid, "With ReLU: A": with_relu}
    same_text(results, forward.EXPECTED["linear_activation_forward"])


def L_model_forward(steps):
    AL, caches = steps.L_model_forward(*cases.L_model_forward_test_case_2hidden())
    results = {"AL": AL, "Length of caches list": len(caches)}
    same_text(results, forward.EXPECTED["L_model_forward"])


def compute_cost(steps):
    Y, AL = cases.compute_cost_test_case()
    result = steps.compute_cost(AL, Y)
    assert np.shape(result) == ()
    assert abs(result - cost.EXPECTED["cost"]) <= 1e-12


def linear_backward(steps):
    results = steps.linear_backward(*cases.linear_backward_test_case())
    named = dict(zip(("dA_prev", "dW", "db"), results, strict=True))
    same_text(named, backward.EXPECTED["linear_backward"])


def linear_activation_backward(steps):
    dA, cache = cases.linear_activation_backward_test_case()
    for activation in ("sigmoid", "relu"):
        results = steps.linear_activation_backward(dA, cache, activation)
        named = dict(zip(("dA_prev", "dW", "db"), results, strict=True))
        same_text(named, backward.EXPECTED[f"linear_activation_backward, {activation}"])


def L_model_backward(steps):
    grads = steps.L_model_backward(*cases.L_model_backward_test_case())
    same_text(grads, backward.EXPECTED["L_model_backward"])
    assert sorted(grads) == sorted(backward.EXPECTED["L_model_backward"])


def update_parameters(steps):
    inputs = cases.update_parameters_test_case()
    parameters = steps.update_parameters(*inputs, update.LEARNING_RATE)
    same_text(parameters, update.EXPECTED)
    assert list(parameters) == list(update.EXPECTED)


CLASSIC = {
    check.__name__: check
    for check in (
        initialize_parameters_deep,
        linear_forward,
        linear_activation_forward,
        L_model_forward,
        compute_cost,
        linear_backward,
        linear_activation_backward,
        L_model_backward,
        update_parameters,
    )
}
"""One check for each function that the reader writes: the values of the course."""


def deep(steps, name):
    """Check every gradient of a deep network, after a forward pass of `steps` itself."""
    X, Y, parameters = cases.deep_network_test_case(name)
    AL, caches = steps.L_model_forward(X, parameters)
    grads = steps.L_model_backward(AL, Y, caches)
    expected = cases.deep_expected_grads(name)
    assert grads.keys() == expected.keys()
    for key, value in expected.items():
        np.testing.assert_allclose(grads[key], value, rtol=1e-10, atol=1e-13, strict=True)


def passes_classic(steps):
    """Return whether `steps` pass every check on the values of the course."""
    return all(_passes(check, watched(steps)) for check in CLASSIC.values())


def passes_deep(steps):
    """Return whether `steps` give every gradient of every deep network."""
    return all(_passes(deep, watched(steps), name) for name in cases.DEEP_CASES)


def _passes(check, *arguments):
    try:
        check(*arguments)
    except Exception:
        return False
    return True

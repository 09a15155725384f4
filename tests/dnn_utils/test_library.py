"""The library computes the expected values, and says clearly what does not fit."""

import ast
import importlib
import inspect
import re

import numpy as np
import pytest

import dnn_utils
from dnn_utils.activations import ACTIVATIONS, activation_of_layer
from testCases import DEEP_CASES
from testCases.exercise import END
from tests.dnn_utils import values
from tests.dnn_utils.mutations import MODULES, variant
from tests.dnn_utils.networks import random_problem

SIGNATURES = {
    "initialization": {"initialize_parameters_deep": "layer_dims"},
    "forward": {
        "linear_forward": "A, W, b",
        "linear_activation_forward": "A_prev, W, b, activation",
        "L_model_forward": "X, parameters",
    },
    "cost": {"compute_cost": "AL, Y"},
    "backward": {
        "linear_backward": "dZ, cache",
        "linear_activation_backward": "dA, cache, activation",
        "L_model_backward": "AL, Y, caches",
    },
    "update": {"update_parameters": "parameters, grads, learning_rate"},
    "activations": {name: "Z" for name in ACTIVATIONS}
    | {f"{name}_backward": "dA, cache" for name in ACTIVATIONS},
}

pytestmark = pytest.mark.filterwarnings("error::RuntimeWarning", "error::DeprecationWarning")


@pytest.mark.parametrize("function", values.CLASSIC)
def test_classic_values(function):
    values.CLASSIC[function](values.watched(dnn_utils))


@pytest.mark.parametrize("name", DEEP_CASES)
def test_deep_gradients(name):
    values.deep(values.watched(dnn_utils), name)


def test_a_cost_of_zero_has_no_sign():
    cost = dnn_utils.compute_cost(np.array([[1e-20]]), np.array([[0]]))
    assert cost == 0
    assert not np.signbit(cost)


def test_every_function_is_where_it_belongs():
    for module, signatures in SIGNATURES.items():
        for name, arguments in signatures.items():
            function = getattr(dnn_utils, name)
            assert function is getattr(importlib.import_module(f"dnn_utils.{module}"), name)
            assert function.__module__ == f"dnn_utils.{module}"
            assert ", ".join(inspect.signature(function).parameters) == arguments
    functions = [name for names in SIGNATURES.values() for name in names]
    assert sorted(dnn_utils.__all__) == sorted([*functions, "DeepNeuralNetwork", "in_use", "use"])


@pytest.mark.parametrize("module", MODULES)
def test_only_numpy_is_imported(module):
    imported = set()
    for node in ast.walk(parse(module)):
        if isinstance(node, ast.Import):
            imported.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 1, "a step imports from another package"
    assert imported <= {"numpy"}


def parse(module):
    """Return the syntax tree of a module of the library."""
    return ast.parse(inspect.getsource(importlib.import_module(f"dnn_utils.{module}")))


@pytest.mark.parametrize("activation", ["Sigmoid", "ReLU", "", None])
@pytest.mark.parametrize("function", ["linear_activation_forward", "linear_activation_backward"])
def test_an_unknown_activation_names_those_that_exist(function, activation):
    A, W, b = np.ones((3, 2)), np.ones((1, 3)), np.ones((1, 1))
    inputs = {
        "linear_activation_forward": (A, W, b),
        "linear_activation_backward": (np.ones((1, 2)), ((A, W, b), np.ones((1, 2)))),
    }
    with pytest.raises(ValueError, match=r"^activation must be ") as caught:
        getattr(dnn_utils, function)(*inputs[function], activation)
    assert re.findall(r'"(\w+)"', str(caught.value)) == list(ACTIVATIONS)
    assert str(caught.value).endswith(f", got {activation!r}")


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_a_layer_takes_every_activation_of_the_table(activation):
    A_prev, W, b, dA = np.ones((3, 2)), np.full((1, 3), 0.1), np.zeros((1, 1)), np.ones((1, 2))
    g, g_backward = ACTIVATIONS[activation]
    A, cache = dnn_utils.linear_activation_forward(A_prev, W, b, activation)
    np.testing.assert_array_equal(A, g(cache[1])[0])
    _, _, db = dnn_utils.linear_activation_backward(dA, cache, activation)
    np.testing.assert_allclose(db, g_backward(dA, cache[1]).mean(axis=1, keepdims=True))


def test_the_activations_of_the_table_are_those_of_the_package():
    for name, functions in ACTIVATIONS.items():
        assert functions == (getattr(dnn_utils, name), getattr(dnn_utils, f"{name}_backward"))


@pytest.mark.parametrize("L", [1, 2, 5])
def test_the_layers_of_a_network_have_the_activations_of_the_table(L):
    """Told by the values, since L_model_forward names no activation in what it returns."""
    X, _, parameters = random_problem([3] * L + [1], 4, seed=L)
    AL, caches = dnn_utils.L_model_forward(X, parameters)
    outputs = [A_prev for (A_prev, _, _), _ in caches[1:]] + [AL]
    for l, (A, (_, Z)) in enumerate(zip(outputs, caches, strict=True), start=1):
        g, _ = ACTIVATIONS[activation_of_layer(l, L)]
        np.testing.assert_array_equal(A, g(Z)[0])


def ones(*shapes):
    """Return one array of ones for each shape."""
    return tuple(np.ones(shape) for shape in shapes)


def update_inputs(**wrong):
    """Return inputs of `update_parameters`, some gradients with a wrong shape."""
    shapes = {"W1": (3, 4), "b1": (3, 1), "W2": (1, 3), "b2": (1, 1)}
    gradients = {f"d{name}": shape for name, shape in shapes.items()} | wrong
    parameters, grads = (
        {name: np.ones(shape) for name, shape in s.items()} for s in (shapes, gradients)
    )
    return parameters, grads, 0.1


BACKWARD = ((3, 4), (5, 4), (3, 5), (3, 1))  # dZ, A_prev, W, b

WRONG_INPUTS = [
    ("linear_forward", ones((3, 2), (1, 4), (1, 1)), "(1, 4)", "(3, 2)"),
    ("linear_forward", ones((3, 2), (2, 3), (1, 1)), "(1, 1)", "(2, 1)"),
    ("linear_backward", (np.ones((3, 2)), ones(*BACKWARD[1:])), "(3, 2)", "(3, 4)"),
    ("L_model_backward", (*ones((1, 2), (1, 3)), []), "(1, 2)", "(1, 3)"),
    ("compute_cost", ones((1, 2), (2, 1)), "(1, 2)", "(2, 1)"),
    ("update_parameters", update_inputs(dW2=(3, 1)), "(3, 1)", "(1, 3)"),
    ("update_parameters", update_inputs(db1=(1, 3)), "(1, 3)", "(3, 1)"),
]

FORWARD = ones((3, 2), (4, 3), (4, 1))
LINEAR_BACKWARD = (np.ones(BACKWARD[0]), ones(*BACKWARD[1:]))
ONE_LAYER = (np.ones((3, 2)), {"W1": np.ones((1, 3)), "b1": np.ones((1, 1))})

LAST_LINES = [
    ("dA_prev = dZ", "linear_backward", LINEAR_BACKWARD, "(3, 4)", "(5, 4)"),
    ("dW = dW.T", "linear_backward", LINEAR_BACKWARD, "(5, 3)", "(3, 5)"),
    ("db = db[:, 0]", "linear_backward", LINEAR_BACKWARD, "(3,)", "(3, 1)"),
    ("A = A.T", "linear_activation_forward", (*FORWARD, "relu"), "(2, 4)", "(4, 2)"),
    ("AL = AL.T", "L_model_forward", ONE_LAYER, "(2, 1)", "(1, 2)"),
]


def ending_with(line, function):
    """Return the library, with one more line at the end of what the reader writes of a function."""
    source = inspect.getsource(getattr(dnn_utils, function))
    before, after = source.split(f"    {END}")
    return variant(also=f"{before}    {line}\n{after}")


def says_both_shapes(steps, function, inputs, *shapes):
    """Assert that a call fails with a message that shows the shapes."""
    with pytest.raises(AssertionError) as caught:
        getattr(steps, function)(*inputs)
    assert set(shapes) <= set(re.findall(r"\([\d, ]+\)", str(caught.value))), caught.value


@pytest.mark.parametrize("case", WRONG_INPUTS)
def test_a_wrong_input_shape_is_shown_beside_the_right_one(case):
    says_both_shapes(dnn_utils, *case)


@pytest.mark.parametrize(("line", "function", "inputs", "wrong", "right"), LAST_LINES)
def test_a_wrong_result_shape_is_shown_beside_the_right_one(line, function, inputs, wrong, right):
    says_both_shapes(ending_with(line, function), function, inputs, wrong, right)


def test_too_few_layers_are_shown():
    with pytest.raises(AssertionError, match=r"got \[5\]"):
        dnn_utils.initialize_parameters_deep([5])


@pytest.mark.parametrize("function", [f"{name}_backward" for name in ACTIVATIONS])
def test_a_gradient_of_another_shape_than_Z_is_refused(function):
    says_both_shapes(dnn_utils, function, ones((1, 3), (4, 3)), "(1, 3)", "(4, 3)")


def test_every_assert_of_the_library_is_tried_above():
    nodes = [node for module in MODULES for node in ast.walk(parse(module))]
    asserts = [node for node in nodes if isinstance(node, ast.Assert)]
    too_few_layers, gradient_shape = 1, 1
    tried = len(WRONG_INPUTS) + len(LAST_LINES) + too_few_layers + gradient_shape
    assert len(asserts) == tried

"""The tests that notebooks call say what the checks find, and the training loops are checked."""

import inspect
import linecache
import re

import numpy as np
import pytest

import course.application
import dnn_utils
import public_tests
from course.models import L_LAYERS, TWO_LAYERS, check_model
from testCases import FUNCTIONS, check, linear_activation_forward_test_case
from testCases.forward import EXPECTED
from tests.course import answers, notebooks
from tests.testCases.answers import answers as all_answers

MODELS = {"two_layer_model": TWO_LAYERS, "L_layer_model": L_LAYERS}


def course_test(name):
    return getattr(public_tests, f"{name}_test")


@pytest.mark.parametrize("name", ["initialize_parameters", *FUNCTIONS, *MODELS])
def test_a_right_answer_is_told_so(name, capsys):
    function = LOOPS[name] if name in MODELS else getattr(answers, name)
    assert course_test(name)(function) is None
    assert capsys.readouterr().out.startswith(f"✓ `{name}` is right.\n")


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_wrong_answer_stops_the_cell_with_what_the_check_says(name):
    wrong = next(a for a in all_answers("wrong") if a.name == name)
    with pytest.raises(AssertionError) as stop:
        course_test(name)(wrong.function)
    assert str(stop.value) == check(wrong.function, name).message
    assert "Likely cause: " in str(stop.value)


def test_the_answer_that_the_tests_of_the_course_pass_is_caught():
    """Its cache is a variable that an earlier cell has left: every printed value is right."""
    A_prev, W, b = linear_activation_forward_test_case()
    source = """
def linear_activation_forward(A_prev, W, b, activation):
    g = sigmoid if activation == "sigmoid" else relu
    A, activation_cache = g(np.dot(W, A_prev) + b)
    cache = (linear_cache, activation_cache)
    return A, cache
"""
    names = {"np": np, "sigmoid": dnn_utils.sigmoid, "relu": dnn_utils.relu}
    names["linear_cache"] = (A_prev, W, b)
    exec(source, names)
    A, _ = names["linear_activation_forward"](A_prev, W, b, "sigmoid")
    assert str(A) == EXPECTED["linear_activation_forward"]["With sigmoid: A"]
    with pytest.raises(AssertionError, match="reads `linear_cache` from outside"):
        public_tests.linear_activation_forward_test(names["linear_activation_forward"])


# Two layers


def starter(W1="np.random.randn(n_h, n_x) * 0.01", b1="np.zeros((n_h, 1))", seed=1):
    """Return a version of `initialize_parameters`."""
    source = inspect.getsource(answers.initialize_parameters)
    source = source.replace("np.random.randn(n_h, n_x) * 0.01", W1)
    source = source.replace("np.zeros((n_h, 1))", b1)
    source = source.replace("np.random.seed(1)", f"np.random.seed({seed})" if seed else "pass")
    names = {"np": np}
    exec(source, names)
    return names["initialize_parameters"]


@pytest.mark.parametrize(
    ("version", "said"),
    [
        ({"seed": 0}, "The course sets `np.random.seed(1)` first"),
        ({"seed": 3}, "The course sets `np.random.seed(1)` first"),
        ({"W1": "np.random.randn(n_x, n_h) * 0.01"}, "`W1` has shape (3, 2), expected (2, 3)."),
        ({"W1": "np.zeros((n_h, n_x))"}, "`W1[1, 2]` is 0, expected -0.0230154."),
        ({"b1": "np.ones((n_h, 1))"}, "`b1[0, 0]` is 1, expected 0."),
        ({"b1": "np.zeros((1, n_h))"}, "`b1` has shape (1, 2), expected (2, 1)."),
        ({"b1": "np.zeros(n_h)"}, "`b1` has shape (2,), expected (2, 1)."),
    ],
)
def test_a_wrong_start_of_two_layers_is_told(version, said):
    with pytest.raises(AssertionError) as stop:
        public_tests.initialize_parameters_test_1(starter(**version))
    assert str(stop.value).startswith("`initialize_parameters` is not right yet.\n")
    assert said in str(stop.value)


def test_the_scale_of_both_layers_is_a_known_mistake():
    def initialize_parameters(n_x, n_h, n_y):
        parameters = answers.initialize_parameters(n_x, n_h, n_y)
        return {key: 10 * value for key, value in parameters.items()}

    with pytest.raises(AssertionError, match=r"multiply `np.random.randn\(...\)` by 0.01"):
        public_tests.initialize_parameters_test(initialize_parameters)


# The training loops


def loop(name, change=("", ""), **own):
    """Return a version of a training loop that calls the helpers of the course."""
    source = inspect.getsource(getattr(answers, name))
    assert change[0] in source
    source = source.replace(*change) if change[0] else source
    file = f"<cell {len(linecache.cache)}>"  # as a notebook keeps it
    linecache.cache[file] = (len(source), None, source.splitlines(keepends=True), file)
    names = {"np": np, **{key: getattr(course.application, key) for key in HELPERS}, **own}
    exec(compile(source, file, "exec"), names)
    return names[name]


HELPERS = course.application.__all__
LOOPS = {name: loop(name) for name in MODELS}


@pytest.mark.parametrize("name", MODELS)
@pytest.mark.parametrize("returned", ["parameters", "parameters, costs"])
def test_a_right_loop_is_accepted_as_of_all_years(name, returned):
    found = check_model(
        loop(name, ("return parameters, costs", f"return {returned}")), MODELS[name]
    )
    assert found.ok, found
    assert ("the first cost" in found.message) == ("costs" in returned)


def test_the_first_costs_and_parameters_are_those_of_the_course():
    """The course's own tests draw these examples with seed 1; so it prints these first costs."""
    np.random.seed(1)
    X = np.random.randn(10, 10)
    Y = np.array([[1, 1, 1, 1, 0, 0, 0, 1, 1, 0]])
    parameters, costs = LOOPS["L_layer_model"](X, Y, (10, 5, 6, 1), 0.0075, 2)
    assert abs(costs[0] - 0.70723944) < 5e-9
    np.testing.assert_allclose(parameters["W1"][0, :2], [0.51384638, -0.19333098], atol=5e-9)
    assert abs(parameters["b3"][0, 0] - 0.0013201) < 5e-8
    np.random.seed(1)
    X, Y = np.random.randn(10, 10), np.random.randn(1, 10)
    parameters, costs = LOOPS["two_layer_model"](X, Y, (10, 4, 1), 0.0075, 2)
    assert abs(costs[0] - 0.69315968) < 5e-9
    assert abs(parameters["b2"][0, 0] + 0.00689018) < 5e-9


DEEP, WIDE = "L_layer_model", "two_layer_model"
STEP = "parameters = update_parameters(parameters, grads, learning_rate)"


@pytest.mark.parametrize(
    ("name", "change", "code", "said"),
    [
        (DEEP, (STEP, "pass"), "no_update", "all parameters are still the first ones"),
        (WIDE, (STEP, "update_parameters(parameters, grads, learning_rate)"), "no_update", ""),
        (DEEP, ("grads, learning_rate", "grads, -learning_rate"), "uphill", "the wrong way"),
        (WIDE, ('"dW1": dW1', '"dW1": -dW1'), "wrong_step", "right: b1, W2, b2."),
        (WIDE, ('(dA1, cache1, "relu"', '(dA1, cache1, "sigmoid"'), "wrong_step", "W2, b2."),
        (WIDE, ('W2, b2, "sigmoid"', 'W2, b2, "relu"'), "wrong_cost", "The first cost is "),
        (DEEP, ("compute_cost(AL, Y)", "2 * compute_cost(AL, Y)"), "wrong_cost", " 1.38993, "),
        (DEEP, ("return parameters, costs", "return costs"), "wrong_type", "It returned list;"),
        (DEEP, ("return parameters, costs", ""), "wrong_type", "It returned NoneType;"),
        (DEEP, ("L_model_backward(AL, Y, caches)", "L_model_backward(AL, caches)"), "raises_error",
         "It happened in line "),
        (DEEP, ("_deep(layers_dims)", "_deep(layers_dims[:-1])"), "wrong_keys", "Missing in the"),
        (DEEP, ("_deep(layers_dims)", "_deep([10, 6, 5, 1])"), "wrong_shape", "(6, 10), expected"),
        (WIDE, ("parameters = initialize_parameters(n_x, n_h, n_y)",
                "parameters = {k: 2 * v for k, v in initialize_parameters(n_x, n_h, n_y).items()}"),
         "wrong_start", "come from"),
        (DEEP, ("parameters = update", "parameters = initialize_parameters_deep(layers_dims) "
                "if i else update"), "wrong_loop", "One step is right, but after three"),
    ],
)  # fmt: skip
def test_a_wrong_loop_is_told_how(name, change, code, said):
    found = check_model(loop(name, change), MODELS[name])
    assert (found.code, found.ok) == (code, False)
    assert said in found.message
    with pytest.raises(AssertionError) as stop:
        course_test(name)(loop(name, change))
    assert str(stop.value) == found.message


def test_the_start_of_the_step_by_step_notebook_is_named():
    own = loop(DEEP, initialize_parameters_deep=answers.initialize_parameters_deep)
    found = check_model(own, L_LAYERS)
    assert found.code == "wrong_start"
    assert "seed 3, and weights of 0.01" in found.message
    other = loop(DEEP, ("_deep(layers_dims)", "_deep(layers_dims[:])"))
    assert check_model(other, L_LAYERS).ok
    elsewhere = loop(DEEP, initialize_parameters_deep=lambda dims: {
        key: value + 1 for key, value in course.application.initialize_parameters_deep(dims).items()
    })  # fmt: skip
    assert "seed 3" not in check_model(elsewhere, L_LAYERS).message


def test_a_wrong_function_of_the_readers_is_named_with_its_cause():
    def linear_activation_backward(dA, cache, activation):
        dA_prev, dW, db = dnn_utils.linear_activation_backward(dA, cache, activation)
        return dA_prev, dW * dA.shape[1], db

    found = check_model(
        loop(WIDE, linear_activation_backward=linear_activation_backward), TWO_LAYERS
    )
    assert found.code == "wrong_step"
    assert "It calls your `linear_activation_backward`, which is not right:" in found.message
    assert found.message.index("Likely cause") < found.message.index("After one step")


def test_the_start_of_the_second_notebook_is_not_judged_as_that_of_the_first():
    own = loop(
        DEEP, (STEP, "pass"), initialize_parameters_deep=answers.Own.initialize_parameters_deep
    )
    found = check_model(own, L_LAYERS)
    assert found.code == "no_update"
    assert "initialize_parameters_deep" not in found.message


@pytest.mark.parametrize("name", MODELS)
def test_a_loop_with_the_readers_own_right_functions_is_right(name):
    own = {key: getattr(answers, key) for key in FUNCTIONS if "initialize" not in key}
    assert check_model(loop(name, **own), MODELS[name]).ok


def test_what_a_loop_prints_and_draws_from_chance_stays_inside(capsys):
    np.random.seed(7)
    before = np.random.get_state()[1].tolist()
    noisy = loop(DEEP, ("costs = []", "costs = []\n    print('noise')"))
    assert check_model(noisy, L_LAYERS).ok
    assert capsys.readouterr().out == ""
    assert np.random.get_state()[1].tolist() == before


def test_a_right_loop_that_speaks_of_its_last_cost_is_right():
    spoken = loop(DEEP, ("return parameters", "print('last', cost)\n    return parameters"))
    with pytest.raises(UnboundLocalError):
        spoken(*L_LAYERS.examples, (10, 5, 6, 1), 0.1, 0)
    assert check_model(spoken, L_LAYERS).ok


@pytest.mark.parametrize("marks", ["###", "YOUR CODE"])
@pytest.mark.parametrize("name", MODELS)
def test_an_empty_starter_of_any_year_is_not_attempted(name, marks):
    source = notebooks.function(notebooks.Layout("", marks=marks), name, filled=False)
    empty = loop(name, (inspect.getsource(getattr(answers, name)), source))
    found = check_model(empty, MODELS[name])
    assert (found.code, found.message) == (
        "not_attempted",
        f"`{name}` is not attempted yet. Write your lines between the two fences.",
    )


@pytest.mark.parametrize("thing", [None, 3, "text", print])
def test_what_is_no_loop_is_told_so(thing):
    found = check_model(thing, L_LAYERS)
    assert not found.ok
    assert re.search(r"It stopped with TypeError|It returned", found.message)

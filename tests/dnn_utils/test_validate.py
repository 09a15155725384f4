"""One message for one mistake: it names the argument, what it is and what was expected."""

import ast
import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

import dnn_utils
import dnn_utils.widgets
from dnn_utils import DeepNeuralNetwork, figures, validate
from dnn_utils.gradient_check import gradient_check
from dnn_utils.widgets.recording import Exact

LIBRARY = Path(dnn_utils.__file__).parent
TAUGHT = ("initialization", "forward", "cost", "backward", "update", "activations")


@given(npst.arrays(float, npst.array_shapes(max_dims=3), elements=st.floats()))
def test_numbers_are_returned_as_they_are_or_refused(values):
    assert validate.numbers(values, "a", finite=False) is values
    if np.isfinite(values).all():
        assert validate.numbers(values, "a") is values
    else:
        bad = np.count_nonzero(~np.isfinite(values))
        with pytest.raises(ValueError, match=rf"^a holds {bad} number\(s\) that are not finite"):
            validate.numbers(values, "a")


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: validate.numbers("cat", "a"), "a must hold numbers only: .*, got 'cat'"),
        (lambda: validate.numbers([1], "a", axes=2), r"a must have 2 axes .* got shape \(1,\)"),
        (lambda: validate.numbers([], "a", axes=1), r"a must have one axis .* got shape \(0,\)"),
        (lambda: validate.numbers([1], "a", shape=(2,)), r"a must have shape \(2,\), got \(1,\)"),
        (lambda: validate.numbers([[1, np.inf]], "a"), r"first is a\[0, 1\] = inf\.$"),
        (lambda: validate.ascending([1, 1], "z"), r"z must hold at least two.*got \[1.0, 1.0\]"),
        (lambda: validate.ascending([1], "z"), r"z must hold at least two.*got \[1.0\]"),
        (lambda: validate.whole_number(True + 0.5, "n"), "n must be a whole number, 0 .* got 1.5"),
        (lambda: validate.whole_number(0, "n", least=1), "n must be a whole number, 1 .* got 0"),
        (lambda: validate.positive(-1, "rate"), "rate must be a positive number, got -1"),
        (lambda: validate.positive("1", "rate"), "rate must be a positive number, got '1'"),
        (lambda: validate.steps([2, 1], "steps"), r"steps must be .* ascending, got \[2, 1\]"),
        (lambda: validate.parameters([1], "p"), r"p must be a dict with the keys W1.*; got \[1\]"),
        (lambda: validate.parameters({}, "p"), r"p must have the keys W1.*; got \[\]"),
        (lambda: validate.layer_dims("51"), "layer_dims must be two or more .* got '51'"),
        (
            lambda: validate.images(np.zeros((2, 4, 4)), "images"),
            r"images has shape \(2, 4, 4\) and type float64, expected \(m, height, width, 3\)",
        ),
        (
            lambda: validate.images(np.zeros((2, 4, 4, 3), np.uint8), "images", 64),
            r"images has shape \(2, 4, 4, 3\) and type uint8, expected \(m, 64, 64, 3\) and uint8",
        ),
    ],
)
def test_a_message_names_the_argument_and_what_it_is(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_parameters_come_in_the_order_of_the_layers():
    shuffled = {"b2": 4, "W2": 3, "b1": 2, "W1": 1}
    assert list(validate.parameters(shuffled, "p").items()) == [
        ("W1", 1),
        ("b1", 2),
        ("W2", 3),
        ("b2", 4),
    ]


X, Y = np.ones((2, 3)), np.array([[0, 1, 1]])
NETWORK = DeepNeuralNetwork([2, 1])
NAN = np.where(np.eye(2, 3), np.nan, 1)
GRADS = {"dW1": np.ones((1, 2)), "db1": np.ones((1, 1))}


@pytest.mark.parametrize(
    "call",
    [
        lambda X: NETWORK.predict(X),
        lambda X: NETWORK.fit(X, Y),
        lambda X: gradient_check(NETWORK.parameters, GRADS, X, Y),
        lambda X: dnn_utils.widgets.Learning(NETWORK, X, Y, steps=[0]),
    ],
    ids=["predict", "fit", "gradient_check", "figure"],
)
def test_the_same_mistake_gets_the_same_sentence_everywhere(call):
    expected = (
        "X holds 2 number(s) that are not finite; the first is X[0, 0] = nan "
        "(feature 0 of example 0)."
    )
    with pytest.raises(ValueError, match=f"^{re.escape(expected)}$"):
        call(NAN)
    with pytest.raises(ValueError, match=r"^X has shape \(3, 2\), expected \(2, m\)\. Here one"):
        call(X.T)


def test_drawn_arrays_have_the_same_sentences():
    pattern = r"must have one axis and not be empty, got shape \(0,\)$"
    for call in (lambda: figures.costs({"a": []}), lambda: Exact("step", [])):
        with pytest.raises(ValueError, match=pattern):
            call()


def test_an_assert_is_for_the_taught_steps_alone():
    for path in LIBRARY.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        asserts = [node.lineno for node in ast.walk(tree) if isinstance(node, ast.Assert)]
        assert not asserts or path.stem in TAUGHT, f"{path}, lines {asserts}"

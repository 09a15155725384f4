"""The book runs on the reader's own functions: on what is right of them, and on nothing else."""

import functools
import importlib
import inspect
import json
import linecache
import re
import sys
import time
import traceback
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest

import dnn_utils
import testCases
from dnn_utils import use
from dnn_utils.datasets import make_circle
from dnn_utils.gradient_check import gradient_check
from dnn_utils.network import DeepNeuralNetwork
from dnn_utils.widgets import FIGURES, training
from testCases import FUNCTIONS, check, starter
from testCases.networks import trained
from testCases.originals import HELPERS, OURS
from testCases.own import look_at, own_source
from tests.testCases.answers import answers

RIGHT, WRONG = answers("right"), answers("wrong")
SOLUTIONS = {name: inspect.getsource(OURS[name]) for name in FUNCTIONS}
GIVEN = {name: inspect.getsource(OURS[name]) for name in OURS if name not in FUNCTIONS}
IMPORTS = """\
import numpy as np
from dnn_utils import relu, relu_backward, sigmoid, sigmoid_backward
"""
ALL = IMPORTS + "\n\n" + "\n\n".join(SOLUTIONS.values())


@pytest.fixture(autouse=True)
def ours_again():
    """Put our functions back after each test."""
    yield
    use(None)
    for name in FUNCTIONS:
        assert getattr(dnn_utils, name) is OURS[name]


@pytest.fixture
def file(tmp_path):
    """Return a function that writes a Python file, or a notebook of several cells."""

    def write(*cells):
        if len(cells) == 1:
            path = tmp_path / "mine.py"
            path.write_text(cells[0], encoding="utf-8")
        else:
            path = tmp_path / "mine.ipynb"
            made = [{"cell_type": "code", "source": text} for text in cells]
            path.write_text(json.dumps({"cells": made}), encoding="utf-8")
        return path

    return write


def with_line(old, new, text=ALL):
    """Return a text with another line in it."""
    assert text.count(old) == 1, f"{old!r} is there {text.count(old)} times"
    return text.replace(old, new)


def defined(text):
    """Return the names that a text defines, as a kernel would."""
    names = {"__name__": "__main__"}
    file = f"<cell {len(linecache.cache)}>"
    linecache.cache[file] = (len(text), None, text.splitlines(keepends=True), file)
    exec(compile(text, file, "exec", dont_inherit=True), names)
    return names


def counting(name, calls="CALLS", text=None):
    """Return a right solution that counts its calls in the list `np.calls`."""
    source = text or SOLUTIONS[name]
    first = "### START CODE HERE ###"
    return source.replace(first, f'np.calls.append("{name}"); {first}', 1)


@pytest.fixture
def calls(monkeypatch):
    """Return the list in which counted functions note their names."""
    noted = []
    monkeypatch.setattr(np, "calls", noted, raising=False)
    return noted


COUNTED = IMPORTS + "\n\n" + "\n\n".join(counting(name) for name in FUNCTIONS)


# Everything that runs on them.


def test_whose_each_function_is_can_be_asked_at_any_time(file):
    assert dnn_utils.in_use().in_use == ()
    assert not dnn_utils.in_use().ok
    assert "✓" not in repr(dnn_utils.in_use())
    some = ("update_parameters", "compute_cost")
    use({name: IMPORTS + SOLUTIONS[name] for name in some})
    report = dnn_utils.in_use()
    assert report.in_use == ("compute_cost", "update_parameters")  # in the order of the book
    assert [report[name].ok for name in FUNCTIONS] == [name in report.in_use for name in FUNCTIONS]
    title, *rows = repr(report).splitlines()
    assert title == "This Python runs on your code: 2 of 9 functions."
    assert [row.split()[1] for row in rows] == list(FUNCTIONS)
    assert {row.split(maxsplit=2)[1] for row in rows if row.endswith(" yours")} == {*report.in_use}
    use(file(ALL))
    assert dnn_utils.in_use().ok
    use(None)
    assert dnn_utils.in_use().in_use == ()


def test_what_is_right_is_what_the_library_gives_and_what_is_imported(file):
    report = use(file(ALL))
    assert report.in_use == FUNCTIONS
    for name in FUNCTIONS:
        theirs = getattr(dnn_utils, name)
        module = importlib.import_module(OURS[name].__module__)
        assert theirs.__code__.co_filename == f"<your {name}>"
        assert getattr(module, name) is theirs
        assert defined(f"from dnn_utils import {name}")[name] is theirs
        assert defined(f"from {module.__name__} import {name}")[name] is theirs
        assert theirs.__doc__ == OURS[name].__doc__
        assert inspect.getsource(theirs) == SOLUTIONS[name]
    assert use(None).in_use == ()


def test_a_function_in_use_calls_the_others_in_use_and_so_do_ours(file, calls):
    X, _, parameters = testCases.deep_network_test_case()
    use(file(COUNTED))
    calls.clear()
    AL, _ = dnn_utils.L_model_forward(X, parameters)
    layers = len(parameters) // 2
    each = ["linear_forward", "linear_activation_forward"]
    assert sorted(calls) == sorted(["L_model_forward", *each * layers])

    use(None)
    use({"linear_forward": IMPORTS + counting("linear_forward")})
    calls.clear()
    again, _ = dnn_utils.L_model_forward(X, parameters)  # ours, on the reader's
    assert calls == ["linear_forward"] * layers
    assert np.array_equal(AL, again)


def parts_of_the_library():
    X, Y = make_circle(20)
    network = DeepNeuralNetwork([2, 3, 1])
    parameters = network.parameters
    backward = {"linear_backward", "linear_activation_backward", "L_model_backward"}
    forward = {"linear_forward", "linear_activation_forward", "L_model_forward"}
    yield "predict", forward, lambda: network.predict(X)
    grads = HELPERS["L_model_backward"](*(HELPERS["L_model_forward"](X, parameters)[0], Y),
                                        HELPERS["L_model_forward"](X, parameters)[1])  # fmt: skip
    yield (
        "gradient check",
        {*forward, "compute_cost"},
        lambda: gradient_check(parameters, grads, X, Y),
    )
    yield (
        "recorder",
        {*forward, *backward, "compute_cost", "update_parameters"},
        lambda: training.record_training(parameters, X, Y, [0, 1], 0.1),
    )
    for name, module in FIGURES.items():
        used = {"Learning": {*forward, *backward}, "GradientFlow": {*backward},
                "OneNeuron": {*forward}, "CrossEntropy": {"compute_cost"},
                "LearningRates": {"update_parameters"}, "Symmetry": {*forward}}  # fmt: skip
        if name in used:
            make = importlib.import_module(f"dnn_utils.widgets.{module}")
            function = "".join(f"_{c.lower()}" if c.isupper() else c for c in name)[1:]
            record = getattr(make, function)
            given = (network, X[:, :1]) if name == "OneNeuron" else ()
            yield name, used[name], functools.partial(record, *given)


@pytest.mark.parametrize("part", [*parts_of_the_library()], ids=lambda part: part[0])
def test_every_part_of_the_library_runs_on_them(part, file, calls):
    _, used, run = part
    use(file(COUNTED))
    calls.clear()
    run()
    assert used <= set(calls)
    use(None)
    calls.clear()
    run()
    assert calls == []


def test_a_module_that_is_loaded_later_runs_on_them_too_and_is_given_ours_back(file, calls):
    name = "dnn_utils.gradient_check"
    kept = sys.modules.pop(name)
    try:
        use(file(COUNTED))
        later = importlib.import_module(name)
        assert later is not kept
        assert later.gradient_check.__defaults__[0] is dnn_utils.L_model_forward
        use(None)
        assert later.gradient_check.__defaults__[:2] == (
            OURS["L_model_forward"],
            OURS["compute_cost"],
        )
        assert later.L_model_forward is OURS["L_model_forward"]
    finally:
        sys.modules[name] = dnn_utils.gradient_check = kept


# The checks.


def test_the_checks_go_on_judging_by_ours(file, calls):
    some = [answer for i, answer in enumerate([*RIGHT, *WRONG]) if i % 7 == 0]
    functions = [(answer.name, answer.function) for answer in some]
    before = [repr(check(function, name)) for name, function in functions]
    inputs = repr(testCases.deep_network_test_case())
    use(file(COUNTED))
    calls.clear()
    assert [repr(check(function, name)) for name, function in functions] == before
    assert repr(testCases.deep_network_test_case()) == inputs
    assert calls == []
    assert all(check(getattr(dnn_utils, name)).ok for name in FUNCTIONS)


def test_nothing_in_the_checks_looks_a_function_up_where_it_can_be_replaced():
    importlib.import_module("testCases.process")
    for module in [m for n, m in sys.modules.items() if n.partition(".")[0] == "testCases"]:
        for name, value in vars(module).items():
            if name in OURS:
                assert value is HELPERS[name], f"{module.__name__}.{name}"


# Nothing right is replaced by something wrong.


def test_a_later_mistake_leaves_the_last_right_one_in_place(file):
    use(file(ALL))
    right = dnn_utils.compute_cost
    for wrong in (
        with_line("cost = -1 / m", "cost = 1 / m"),
        with_line("cost = -1 / m", "cost = = 1 / m"),
        with_line("cost = -1 / m", "while True: pass\n    cost = -1 / m"),
        with_line("cost = -1 / m", "raise SystemExit\n    cost = -1 / m"),
    ):
        report = use(file(wrong))
        assert dnn_utils.compute_cost is right
        assert (report["compute_cost"].state, report.in_use) == ("wrong", FUNCTIONS)
        assert "Your last right one stays in use." in repr(report)
    assert linecache.getlines("<your compute_cost>")[-1].strip() == "return cost + 0.0  # a cost of zero is 0.0, not -0.0"  # fmt: skip # noqa: E501
    faster = with_line("cost = -1 / m", "cost = -(1 / m)")
    assert use(file(faster))["compute_cost"].ok
    assert dnn_utils.compute_cost is not right


@pytest.mark.parametrize("answer", WRONG[::9], ids=str)
def test_what_is_wrong_never_comes_into_use(answer):
    report = use({answer.name: answer.function})
    assert report.in_use == ()
    assert report[answer.name].state == "wrong"
    assert getattr(dnn_utils, answer.name) is OURS[answer.name]


def test_an_own_helper_that_is_wrong_is_named_and_the_function_not_used(file):
    wrong = with_line("return dA * s * (1 - s) + 0.0", "return dA * s", GIVEN["sigmoid_backward"])
    text = ALL + "\n\n" + GIVEN["sigmoid"] + "\n\n" + wrong.replace("_assert_same_shape", "max")
    report = use(file(text))
    assert report["linear_activation_backward"].code == "wrong_helper"
    assert "your own `sigmoid_backward`" in report["linear_activation_backward"].message
    assert len(report.in_use) == 8
    assert dnn_utils.linear_activation_backward is OURS["linear_activation_backward"]


def test_own_helpers_that_return_one_value_are_right_with_a_function_that_expects_it(file):
    own = (
        "def sigmoid(Z):\n    return 1 / (1 + np.exp(-Z))\n\n\n"
        "def relu(Z):\n    return np.maximum(0, Z)\n\n\n"
    )
    text = SOLUTIONS["linear_activation_forward"].replace("A, activation_cache =", "A =")
    text = text.replace("    cache = (linear", "    activation_cache = Z\n    cache = (linear")
    assert "linear_activation_forward" in use(file("import numpy as np\n" + own + text)).in_use
    assert np.allclose(trained({**OURS, **in_place()}), trained(HELPERS))


def in_place():
    return {name: getattr(dnn_utils, name) for name in FUNCTIONS}


def test_two_functions_that_are_right_alone_but_not_together_are_not_mixed(file):
    one = re.sub(r"\bactivation\b", "g", SOLUTIONS["linear_activation_forward"])
    other = re.sub(r'(?=("relu"|"sigmoid")\)\n)', "activation=", SOLUTIONS["L_model_forward"])
    assert "activation=" in other
    for text, name in ((one, "linear_activation_forward"), (other, "L_model_forward")):
        assert use(file(IMPORTS + text)).in_use == (name,)  # each alone
        use(None)
    report = use(file(IMPORTS + one + "\n\n" + other))
    assert report["linear_activation_forward"].code == "misfit"
    assert report.in_use == ("L_model_forward",)
    assert np.allclose(trained({**OURS, **in_place()}), trained(HELPERS))


def test_a_function_may_not_call_the_book_for_an_answer(file):
    report = use({"linear_forward": "import dnn_utils\ndef linear_forward(A, W, b):\n"
                                    "    return dnn_utils.linear_forward(A, W, b)\n"})  # fmt: skip
    assert report["linear_forward"].code == "raises_error"
    assert use(dict(in_place()) | {"linear_forward": SOLUTIONS["linear_forward"]}).in_use == (
        "linear_forward",
    )  # ours are no answers of the reader's


# Every way to write a function.

NAME = "linear_forward"
WAYS = {
    "plain": "def linear_forward(A, W, b):\n    return W @ A + b, (A, W, b)\n",
    "helper": "def add(Z, b):\n    return Z + b\n\n\ndef linear_forward(A, W, b):\n"
    "    return add(W @ A, b), (A, W, b)\n",
    "import": "import operator as o\ndef linear_forward(A, W, b):\n"
    "    return o.add(W @ A, b), (A, W, b)\n",
    "global": "ONE = 1\ndef linear_forward(A, W, b):\n    return ONE * (W @ A) + b, (A, W, b)\n",
    "default": "def linear_forward(A, W, b, dot=np.dot, *, one=1):\n"
    "    return one * dot(W, A) + b, (A, W, b)\n",
    "lambda": "linear_forward = lambda A, W, b: (W @ A + b, (A, W, b))\n",
    "partial": "from functools import partial\ndef layer(add, A, W, b):\n"
    "    return add(W @ A, b), (A, W, b)\n\n\nlinear_forward = partial(layer, np.add)\n",
    "decorator": "import functools\ndef counted(f):\n    @functools.wraps(f)\n"
    "    def call(*arguments):\n        call.number += 1\n        return f(*arguments)\n"
    "    call.number = 0\n    return call\n\n\n@counted\ndef linear_forward(A, W, b):\n"
    "    return W @ A + b, (A, W, b)\n",
    "class": "class Layer:\n    def __init__(self, W, b):\n        self.W, self.b = W, b\n"
    "    def __call__(self, A):\n        return self.W @ A + self.b\n\n\n"
    "def linear_forward(A, W, b):\n    return Layer(W, b)(A), (A, W, b)\n",
    "future": "from __future__ import annotations\ndef linear_forward(A: Array, W: Array, b):\n"
    "    return W @ A + b, (A, W, b)\n",
    "slow": "def linear_forward(A, W, b):\n    Z = np.zeros((W.shape[0], A.shape[1]))\n"
    "    for i in range(Z.shape[0]):\n        for j in range(Z.shape[1]):\n"
    "            for k in range(A.shape[0]):\n                Z[i, j] += W[i, k] * A[k, j]\n"
    "                np.sin(np.ones(2000)).sum()\n"
    "            Z[i, j] += b[i, 0]\n    return Z, (A, W, b)\n",
}
WAYS = {
    way: text if "from __future__" in text else "import numpy as np\n" + text
    for way, text in WAYS.items()
}
each_way = pytest.mark.parametrize("way", WAYS)


@each_way
def test_a_right_function_comes_into_use_however_it_is_written(way, file):
    for source in (file(WAYS[way]), {NAME: defined(WAYS[way])[NAME]}, {NAME: WAYS[way]}):
        assert use(source).in_use == (NAME,), way
        assert np.allclose(trained({**OURS, **in_place()}), trained(HELPERS))
        use(None)


@each_way
def test_it_says_whose_it_is_and_shows_its_lines_when_it_fails_later(way, file):
    last = WAYS[way].splitlines()[-1]
    for source in (file(WAYS[way]), {NAME: defined(WAYS[way])[NAME]}):
        use(source)
        with pytest.raises((ValueError, AttributeError, TypeError, IndexError)) as caught:
            dnn_utils.linear_activation_forward(np.ones((2, 3)), np.ones((2, 9)), None, "relu")
        shown = "".join(traceback.format_exception(caught.value))
        assert shown.count("`linear_forward` is your own function") == 1
        assert "dnn_utils.use(None) puts the book's functions back." in shown
        if way not in ("slow", "class", "helper", "partial"):
            assert last.strip().removeprefix("linear_forward = lambda A, W, b: ") in shown
        plain = way not in ("partial", "lambda", "decorator") or isinstance(source, Path)
        if plain and way not in ("partial", "decorator"):
            assert "load.py" not in shown  # no line of ours


def test_a_right_but_slow_function_is_only_slow(file):
    started = time.perf_counter()
    assert use(file(WAYS["slow"])).in_use == (NAME,)
    assert time.perf_counter() - started < 60


def test_a_loop_without_end_is_stopped_and_named(file):
    text = "def linear_forward(A, W, b):\n    while True: pass\n"
    assert use(file(text))[NAME].code == "endless_loop"


def test_a_note_is_added_to_no_exception_of_somebody_else(file):
    use(file(ALL))
    with pytest.raises(ZeroDivisionError) as caught:
        _ = 1 / 0
    assert not hasattr(caught.value, "__notes__")


def test_nine_in_one_cell_and_nine_in_nine_cells_are_the_same(file):
    assert use(file(ALL)).in_use == FUNCTIONS
    cells = [IMPORTS, "X = 1 / 0", *SOLUTIONS.values(), "%matplotlib inline\nplt.plot(X)"]
    report = use(file(*cells))
    assert report.in_use == FUNCTIONS
    assert [asdict(place) for place in report.places.values()] == [
        {"cell": 3 + number, "line": 1} for number in range(9)
    ]
    assert "right, in use (cell 3, line 1)" in repr(report)


def test_of_several_definitions_the_last_counts(file):
    wrong = SOLUTIONS[NAME].replace("W @ A + b", "W @ A")
    assert use(file("", wrong, SOLUTIONS[NAME])).in_use == (NAME,)
    report = look_at(file("", SOLUTIONS[NAME], wrong))
    assert (report[NAME].code, report.places[NAME].cell) == ("missing_bias", 3)


def test_starters_are_not_attempted_and_change_nothing(file):
    report = use(file(*map(starter, FUNCTIONS)))
    assert {result.state for result in report.results} == {"open"}
    assert report.in_use == ()
    assert "This Python runs on the book's functions." in repr(report)


def test_what_a_notebook_trains_is_not_run(file, tmp_path):
    trace = tmp_path / "trace"
    cells = [IMPORTS, f"open({str(trace)!r}, 'w')", *SOLUTIONS.values(), "parameters = train()"]
    use(file(*cells))
    assert not trace.exists()


@pytest.mark.parametrize("number", range(9))
def test_one_of_nine_that_is_no_python_is_named_with_its_line_and_eight_are_taken(number, file):
    name = FUNCTIONS[number]
    text = ALL.replace(f"def {name}(", f"def {name}(x y, ")
    report = use(file(text))
    assert len(report.in_use) == 8
    line = text.split("\n").index(next(x for x in text.split("\n") if "x y" in x)) + 1
    assert (report[name].code, report.places[name].line) == ("syntax_error", line)
    assert f"line {line}" in "".join(report.details)


def test_the_number_of_a_line_is_that_of_the_cell_or_the_file(file):
    text = with_line("    Z = W @ A + b", "    Z = W @ A + c")
    report = look_at(file(text))
    line = [i for i, one in enumerate(text.split("\n"), start=1) if one == "    Z = W @ A + c"]
    assert f"It happened in line {line[0]}: `Z = W @ A + c`" in report[NAME].message


# Text that is kept.


@each_way
def test_the_text_of_a_function_can_be_kept_and_used_later(way):
    cell = "import math\nprint('a long training')\n" + WAYS[way].replace("from __future__ import annotations\n", "")  # fmt: skip # noqa: E501
    cell = cell.replace(": Array", "")
    names = defined(cell)
    kept = own_source(NAME, cell, names)
    assert kept == own_source(NAME, cell, names)
    assert "training" not in kept
    if hasattr(names[NAME], "__name__") and names[NAME].__name__ == NAME:
        assert own_source(names[NAME], cell) == kept
    assert use({NAME: kept}).in_use == (NAME,)


def test_the_text_of_a_function_that_is_not_there_is_one_sentence():
    with pytest.raises(ValueError, match="text must define linear_forward, got 'x = 1'"):
        own_source("linear_forward", "x = 1")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("def linear_forward(A, W, b:\n", "syntax_error"),
        ("\0", "syntax_error"),
        ("x = 1", "raises_error"),
        ("1 / 0", "raises_error"),
        ("raise SystemExit", "raises_error"),
        ("import no_such_module", "raises_error"),
        ("linear_forward = 5", "not_callable"),
        ("def linear_forward(A):\n    return A", "wrong_arguments"),
        (SOLUTIONS[NAME].replace("+ b", "- b"), "bias_sign"),
    ],
)
def test_a_kept_text_that_fails_is_named_and_ours_stays(text, code):
    report = use({NAME: text, "compute_cost": IMPORTS + SOLUTIONS["compute_cost"]})
    assert report[NAME].code == code
    assert report.in_use == ("compute_cost",)
    assert dnn_utils.linear_forward is OURS[NAME]


# What use is given.


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (5, "use needs the path of a notebook or a Python file, a dict of functions, or None; got 5"),  # noqa: E501
        ({"linear_foward": max}, "'linear_foward' is none of the functions of the book"),
        ({5: max}, "5 is none of the functions of the book"),
        ({"linear_forward": 5}, "linear_forward must be a function or its source text, got 5"),
        ({}, "the dict has no functions; expected some of initialize_parameters_deep"),
        ("no/such.py", "no/such.py: there is no such file."),
        ("notes.txt", "expected a notebook (.ipynb) or a Python file (.py)"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_one_sentence_and_changes_nothing(source, said):
    use({NAME: WAYS["plain"]})
    theirs = dnn_utils.linear_forward
    with pytest.raises(ValueError, match=r"^[^\n]+$") as caught:
        use(source)
    assert said in str(caught.value)
    assert dnn_utils.linear_forward is theirs


def test_a_file_without_any_of_the_functions_is_one_sentence(file):
    with pytest.raises(ValueError, match=r"mine\.py defines none of the functions of the book"):
        use(file("x = 1\n"))


def test_a_function_in_use_can_be_given_again_and_the_report_be_shown(file):
    use(file(ALL))
    theirs = in_place()
    report = use(theirs)
    assert report.in_use == FUNCTIONS
    assert in_place() == theirs
    assert "<code>linear_forward</code>" in report._repr_html_()
    assert report.title.startswith("This Python runs on your code: 9 of 9 functions.")


def test_an_object_that_can_be_called_is_a_function(file):
    class Forward:
        def __call__(self, A, W, b):
            return W @ A + b, (A, W, b)

    assert use({NAME: Forward()}).in_use == (NAME,)
    assert use({NAME: functools.partial(HELPERS[NAME])}).in_use == (NAME,)

"""The network as one file: it runs with NumPy alone, and its functions are the reader's."""

import inspect
import re
import subprocess
import sys

import pytest

import testCases.network_file
from dnn_utils import language
from testCases import FUNCTIONS, check
from testCases.network_file import network_file
from testCases.own import look_at, own_source
from tests.testCases.answers import answers
from tests.testCases.test_own import ALL, IMPORTS, SOLUTIONS

DECORATED = re.compile(r"^@.*\n", re.MULTILINE)
HALF = {
    "linear_forward": """\
from numpy import dot as product


def result(value):
    return value


def linear_forward(A, W, b):
    return result(product(W, A) + b), (A, W, b)
""",
    "compute_cost": """\
import math
import numpy as product


def result(value):
    return -value


def compute_cost(AL, Y):
    logs = product.log(AL) * Y + product.log(1 - AL) * (1 - Y)
    return result(math.fsum(logs.ravel())) / Y.shape[1]
""",
    "linear_activation_forward": """\
import numpy as np
from dnn_utils import linear_forward


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def linear_activation_forward(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    return sigmoid(Z) if activation == "sigmoid" else Z * (Z > 0), (linear_cache, Z)
""",
}
EACH = {name: own_source(name, ALL) for name in FUNCTIONS}


def written(folder, own):
    path = folder / "my_network.py"
    path.write_text(network_file(own), encoding="utf-8")
    return path


def run(path):
    names = {"__name__": "mine"}
    exec(compile(path.read_text(encoding="utf-8"), path, "exec"), names)
    return names


def all_right(path):
    names = run(path)
    return all(check(names[name]).ok for name in FUNCTIONS)


@pytest.mark.parametrize("own", [{}, HALF, EACH], ids=["none", "half", "all"])
def test_the_file_runs_with_numpy_alone_and_tests_itself(own, tmp_path):
    path = written(tmp_path, own)
    source = path.read_text(encoding="utf-8")
    assert "dnn_utils" not in source.split('"""', 2)[2]
    ran = subprocess.run(
        [sys.executable, "-I", path], capture_output=True, text=True, cwd=tmp_path, check=False
    )
    assert ran.returncode == 0, ran.stderr
    assert "The gradients agree with measured slopes." in ran.stdout


@pytest.mark.parametrize("own", [{}, HALF, EACH], ids=["none", "half", "all"])
def test_every_function_in_the_file_is_right_and_the_readers_are_the_readers(own, tmp_path):
    path = written(tmp_path, own)
    assert all_right(path)
    code = run(path)["linear_forward"].__code__
    assert ("product" in code.co_names + code.co_freevars) is (own is HALF)


def test_the_same_helper_stands_there_once_and_another_one_stays_inside():
    text = network_file(EACH)
    assert text.count("import numpy as np") == 1
    text = network_file(HALF)
    assert text.count("def result") == 2
    assert "def _linear_forward():" in text
    assert "def _compute_cost():" in text


def test_a_broken_gradient_is_found_by_the_file_itself(tmp_path):
    assert "A_prev.T / m" in EACH["linear_backward"]
    wrong = {"linear_backward": EACH["linear_backward"].replace("A_prev.T / m", "A_prev.T")}
    path = written(tmp_path, wrong)
    ran = subprocess.run([sys.executable, "-I", path], capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert "AssertionError: dW1(0, 0) is" in ran.stderr


@pytest.mark.parametrize("name", FUNCTIONS)
def test_right_answers_of_all_kinds_can_be_taken_along(name, tmp_path):
    own = [one for one in answers("right") if one.name == name]
    sources = [DECORATED.sub("", inspect.getsource(one.function)) for one in own]
    texts = [f"{IMPORTS}\n\n{text.replace('def _(', f'def {name}(')}" for text in sources]
    complete = [text for text in texts if f"def {name}(" in text and look_at({name: text})[name].ok]
    assert len(complete) > 3
    for text in complete:
        assert check(run(written(tmp_path, {name: text}))[name]).ok, text


def test_the_file_says_in_the_language_of_the_reader_what_is_whose(monkeypatch):
    assert "I wrote: compute_cost, linear_forward." not in network_file({})
    assert "I wrote: none." in network_file({})
    translate = language.translations("ko").gettext
    monkeypatch.setattr(
        testCases.network_file, "say", lambda text, **given: translate(text).format(**given)
    )
    title, _, _ = network_file(HALF).partition("\n")
    assert title == f'"""{translate("My network: a deep neural network in NumPy.")}'


def test_a_name_that_is_none_of_the_book_is_refused():
    with pytest.raises(ValueError, match=r"functions of the book, got \['sigmoid'\]"):
        network_file({"sigmoid": f"{IMPORTS}\n{SOLUTIONS['linear_forward']}"})

"""The network as one file: it runs with NumPy alone, and its functions are the reader's."""

import inspect
import json
import re
import subprocess
import sys

import nbformat
import pytest

import testCases.network_file
from dnn_utils import language
from testCases import FUNCTIONS, check
from testCases.network_file import main, network_file, network_notebook
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


# The same as a notebook, and the command


@pytest.mark.parametrize("own", [{}, HALF, EACH], ids=["none", "half", "all"])
def test_the_notebook_runs_cell_by_cell_with_the_same_functions(own, tmp_path, capsys):
    notebook = nbformat.reads(network_notebook(own), as_version=4)
    nbformat.validate(notebook)
    title, *cells = notebook.cells
    names = {"__name__": "__main__"}
    for cell in cells:
        assert cell.cell_type == "code"
        exec(cell.source, names)
    assert "The gradients agree with measured slopes." in capsys.readouterr().out
    assert all(check(names[name]).ok for name in FUNCTIONS)
    script = network_file(own)
    assert all(cell.source in script for cell in cells)
    assert title.source.startswith("# My network")
    assert ("I wrote: none." in title.source) is (own == {})


def test_the_notebook_refuses_what_the_file_refuses():
    with pytest.raises(ValueError, match=r"functions of the book, got \['sigmoid'\]"):
        network_notebook({"sigmoid": "def sigmoid(): pass"})


@pytest.mark.parametrize("kind", ["py", "ipynb"])
def test_the_command_takes_what_is_right_in_a_file(kind, tmp_path, capsys):
    text = f"{IMPORTS}\n{SOLUTIONS['linear_forward']}\n\ndef compute_cost(AL, Y):\n    return 1\n"
    file = tmp_path / f"mine.{kind}"
    cells = {"cells": [{"cell_type": "code", "source": text}]}
    file.write_text(text if kind == "py" else json.dumps(cells), encoding="utf-8")
    folder = tmp_path / "new" / "folder"
    assert main([str(file), str(folder)]) == 0
    names = ["my_network.py", "my_network.ipynb"]
    assert capsys.readouterr().out.split() == [str(folder / name) for name in names]
    for name in names:
        written = (folder / name).read_text(encoding="utf-8")
        assert "I wrote: linear_forward." in written
    assert all_right(folder / "my_network.py")
    assert main([str(file), str(folder)]) == 0  # the same again


def test_the_command_replaces_nothing_and_says_what_it_cannot_read(tmp_path, capsys):
    file, there = tmp_path / "mine.py", tmp_path / "my_network.ipynb"
    file.write_text(f"{IMPORTS}\n{SOLUTIONS['linear_forward']}", encoding="utf-8")
    there.write_text("my notes", encoding="utf-8")
    assert main([str(file), str(tmp_path)]) == 2
    assert f"{there} is there already" in capsys.readouterr().err
    assert there.read_text(encoding="utf-8") == "my notes"
    assert not (tmp_path / "my_network.py").exists()
    assert main([str(tmp_path / "none.py"), str(tmp_path)]) == 2
    assert "none.py" in capsys.readouterr().err
    file.write_text("x = 1", encoding="utf-8")
    assert main([str(file), str(tmp_path)]) == 2
    assert "defines none of the functions of the book" in capsys.readouterr().err

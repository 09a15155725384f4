"""A notebook or a file that somebody has already is checked, function by function."""

import inspect
import json
import subprocess
import sys

import nbformat
import pytest

import dnn_utils
from publish import workbook
from teach.check_notebook import main
from testCases import FUNCTIONS, starter

SOLUTIONS = {name: inspect.getsource(getattr(dnn_utils, name)) for name in FUNCTIONS}
# How the starters of the course look, by year: placeholders that later lines use, or nothing.
STARTERS = {
    "2017": (
        "def linear_forward(A, W, b):\n    ### START CODE HERE ### (≈ 1 line of code)\n"
        "    Z = None\n    ### END CODE HERE ###\n"
        "    assert(Z.shape == (W.shape[0], A.shape[1]))\n    cache = (A, W, b)\n"
        "    return Z, cache\n"
    ),
    "2018": (
        "def linear_forward(A, W, b):\n    ### START CODE HERE ### (≈ 1 line of code)\n"
        "    pass\n    ### END CODE HERE ###\n    return Z, (A, W, b)\n"
    ),
    "2021": (
        "def linear_forward(A, W, b):\n    #(≈ 1 line of code)\n    # Z = ...\n"
        "    # YOUR CODE STARTS HERE\n    \n    \n    # YOUR CODE ENDS HERE\n"
        "    cache = (A, W, b)\n    return Z, cache\n"
    ),
}  # fmt: skip


@pytest.fixture
def notebook(tmp_path):
    """Return a function that stores cells as a notebook."""

    def store(*sources):
        path = tmp_path / "mine.ipynb"
        cells = [nbformat.v4.new_code_cell(source) for source in sources]
        nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
        return path

    return store


def rows(said):
    """Return the line about each function."""
    lines = {line[2:].split()[0]: line for line in said.splitlines() if line[:1] in {*"✓✗○"}}
    return {name: lines[name] for name in FUNCTIONS}


def test_each_function_is_right_a_mistake_or_not_attempted_with_its_place(notebook, capsys):
    path = notebook(
        "import numpy as np\nfrom dnn_utils_v2 import *\n%matplotlib inline",
        SOLUTIONS["linear_forward"],
        "np.random.seed(1)\n\n" + SOLUTIONS["compute_cost"].replace("-1 / m", "1 / m"),
        starter("update_parameters"),
        "parameters = L_layer_model(train_x, train_y, layers_dims)",
    )
    assert main([str(path)]) == 1
    said = capsys.readouterr().out
    assert said.startswith("1 of 9 functions are right.\n")
    found = rows(said)
    assert found["linear_forward"].startswith("✓")
    assert found["linear_forward"].endswith("right (cell 2, line 1)")
    assert found["compute_cost"].startswith("✗")
    assert "opposite sign" in found["compute_cost"]
    assert "(cell 3, line 3)" in found["compute_cost"]
    assert found["update_parameters"].endswith("not attempted yet (cell 4, line 1)")
    assert found["linear_backward"].endswith("not attempted yet")
    assert "cell 3, line 3:\n✗ `compute_cost` is not right yet." in said


def test_the_workbook_filled_in_is_right_and_nothing_comes_into_use(tmp_path, capsys):
    path = tmp_path / "workbook.ipynb"
    nbformat.write(workbook.build(solutions=True), path)
    before = dnn_utils.linear_forward
    assert main([str(path)]) == 0
    assert capsys.readouterr().out.startswith("9 of 9 functions are right.\n")
    assert dnn_utils.linear_forward is before


@pytest.mark.parametrize("year", STARTERS)
def test_starters_of_the_course_are_not_attempted(year, notebook, capsys):
    path = notebook("import numpy as np", STARTERS[year])
    assert main([str(path)]) == 1
    assert "not attempted yet" in rows(capsys.readouterr().out)["linear_forward"]


def test_a_file_with_one_function_that_is_no_python_tells_its_line(tmp_path, capsys):
    path = tmp_path / "mine.py"
    text = "import numpy as np\nfrom dnn_utils import *\n\n" + "\n\n".join(SOLUTIONS.values())
    path.write_text(text.replace("    m = Y.shape[1]", "    m = = Y.shape[1]"), encoding="utf-8")
    assert main([str(path)]) == 1
    said = capsys.readouterr().out
    assert said.startswith("8 of 9 functions are right.\n")
    line = path.read_text(encoding="utf-8").split("\n").index("    m = = Y.shape[1]") + 1
    assert f"SyntaxError: invalid syntax (line {line})" in rows(said)["compute_cost"]


def test_a_large_notebook_is_refused_in_one_sentence(tmp_path, capsys):
    path = tmp_path / "large.ipynb"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    assert main([str(path)]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "has 50 MB, more than the 20 MB that are read" in said


@pytest.mark.slow
def test_it_is_a_command_and_speaks_the_language_of_the_reader(tmp_path):
    path = tmp_path / "mine.ipynb"
    path.write_text(json.dumps({"cells": []}), encoding="utf-8")
    for language in ("en", "ko"):
        done = subprocess.run(
            [sys.executable, "-m", "teach.check_notebook", str(path)],
            capture_output=True,
            encoding="utf-8",
            check=False,
            env={"DNN_LANGUAGE": language, "PYTHONIOENCODING": "utf-8"},
        )
        assert done.returncode == 2
        assert done.stderr.count("\n") == 1
        assert ("정의하지" in done.stderr) == (language == "ko")

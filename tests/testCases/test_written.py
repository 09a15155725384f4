"""What somebody has written is taken out of notebooks and files as text; nothing is run."""

import json

import numpy as np
import pytest

from testCases import FUNCTIONS
from testCases.written import LARGEST, Cell, Written, cells_of, read

FORWARD = "def linear_forward(A, W, b):\n    return np.dot(W, A) + b, (A, W, b)"


def written(*texts):
    return Written(Cell(text, number) for number, text in enumerate(texts, start=1))


def run(source):
    """Return what a source defines in an empty namespace."""
    names = {}
    exec(compile(source, "<kept>", "exec", dont_inherit=True), names)
    return names


def test_a_function_is_taken_with_what_it_needs_and_with_nothing_else():
    source = written(
        "import numpy as np\nimport pandas as pd\nEPS = 1e-8\nOTHER = 2",
        "def helper(x):\n    return deeper(x) + EPS\n\n\ndef unused(x):\n    return x",
        "class Deep:\n    factor = 1\n\n\ndef deeper(x):\n    return x * Deep.factor",
        "print('training')\nX = np.load('large.npz')['X']\nfor _ in range(10**9): pass",
        "def compute_cost(AL, Y, base=np.e):\n    return helper(np.log(AL).sum())",
    ).source("compute_cost")
    assert source == (
        "import numpy as np\n\n\nEPS = 1e-8\n\n\ndef helper(x):\n    return deeper(x) + EPS\n\n\n"
        "class Deep:\n    factor = 1\n\n\ndef deeper(x):\n    return x * Deep.factor\n\n\n"
        "def compute_cost(AL, Y, base=np.e):\n    return helper(np.log(AL).sum())\n"
    )
    assert run(source)["compute_cost"](np.ones((1, 2)), None) == 1e-8


def test_the_functions_of_the_book_come_from_the_library_and_numpy_from_its_cells():
    source = written(
        "from dnn_utils_v2 import sigmoid, relu\nfrom testCases_v4a import *",
        FORWARD + "\n\ndef linear_activation_forward(A_prev, W, b, activation):\n"
        "    Z, cache = linear_forward(A_prev, W, b)\n    return np.add(*sigmoid(Z)), cache",
    ).source("linear_activation_forward")
    assert source.startswith("import numpy as np\nfrom dnn_utils import linear_forward, sigmoid\n")
    assert "v2" not in source
    assert "def linear_forward" not in source
    assert callable(run(source)["linear_activation_forward"])


def test_an_own_helper_that_is_named_like_one_of_the_book_is_taken():
    source = written(
        "from dnn_utils import sigmoid\ndef sigmoid(Z):\n    return 1 / (1 + np.exp(-Z))",
        "def linear_activation_forward(A, W, b, activation):\n    return sigmoid(W @ A + b)",
    ).source("linear_activation_forward")
    assert "def sigmoid(Z)" in source
    assert "dnn_utils" not in source


@pytest.mark.parametrize(
    ("definitions", "value"),
    [
        ("from functools import partial\nadd = partial(max, 1)", 3),
        ("import functools as f\nadd = f.partial(max, 1)", 3),
        ("add = lambda x: x", 3),
        ("def twice(f):\n    return lambda x: 2 * f(x)\n\n@twice\ndef add(x):\n    return x", 6),
        ("TABLE = {'a': abs, 'b': (lambda x: -x)}\ndef add(x):\n    return TABLE['b'](x)", -3),
        ("rate: float = 2.0\nrate *= 2\ndef add(x):\n    return x * rate", 12),
        ("def add(x):\n    return x\ndef add(x):\n    return x + 1", 4),
        ("from math import *\ndef add(x):\n    return floor(x)", 3),
        ("a, b = 1, (2)\ndef add(x, k=b):\n    return x * k", 6),
        ("def add(x):\n    y = 2\n    def inner():\n        nonlocal y\n        return y * x\n"
         "    return inner()", 6),
    ],
)  # fmt: skip
def test_every_way_to_define_a_helper_is_known(definitions, value):
    source = written(definitions, "def compute_cost(AL, Y):\n    return add(AL)")
    assert run(source.source("compute_cost"))["compute_cost"](3, None) == value


@pytest.mark.parametrize(
    "line",
    [
        "X = load(3)",  # may take hours
        "X = model.fit(1)",
        "X = [train(i) for i in range(9)]",
        "np.random.seed = None",
        "d['X'] = 1",
        "if True:\n    X = 1",
        "X",
    ],
)
def test_what_computes_or_changes_something_is_no_definition(line):
    assert "X" not in written("import numpy as np\nd = {}", line)


def test_imports_of_the_future_come_first():
    source = written(
        "from __future__ import annotations\nimport math",
        "def compute_cost(AL: Unknown, Y):\n    return math.pi",
    ).source("compute_cost")
    assert source.startswith("from __future__ import annotations\nimport math\n")
    assert run(source)["compute_cost"](1, 2) > 3


def test_modules_and_constants_of_other_cells_are_taken_from_their_names():
    import copy

    cell = written("def update_parameters(p, g, r):\n    return copy.copy(p), EPS, rate")
    source = cell.source("update_parameters", others={"copy": copy, "EPS": 0.5, "rate": 2})
    assert source.startswith("import numpy as np\n") is False
    assert source.startswith("import copy\nEPS = 0.5\n")
    assert "rate =" not in source  # a variable is no constant


@pytest.mark.parametrize(
    "cell",
    [
        "%matplotlib inline\n{}",
        "%time x = 1\n!pip install numpy 'it\n{}\nlinear_forward?\n?max",
        "%%time\n{}",
        "\n%%capture out\n{}",
        "files = !ls\nt = %timeit -o 1\n{}",
        "    {}".replace("{}", FORWARD.replace("\n", "\n    ")),
        "import os\n{}\n    %time os.getcwd()",
    ],
)
def test_what_only_a_notebook_understands_is_left_out(cell):
    found = written(cell.format(FORWARD))
    assert found.broken == {}
    assert FORWARD.split("\n")[0] in found.source("linear_forward")
    lines = cell.format(FORWARD).split("\n")
    assert "def linear_forward" in lines[found.last("linear_forward").line - 1]


def test_a_cell_in_another_language_defines_nothing():
    assert "linear_forward" not in written(f"%%writefile network.py\n{FORWARD}")
    assert "linear_forward" not in written(f"%%bash\n{FORWARD}")


def test_a_percent_sign_in_a_text_is_left_alone():
    text = (
        'NOTE = """\n%time\n!\n"""\n%matplotlib inline\ndef compute_cost(AL, Y):\n    return NOTE'
    )
    assert run(written(text).source("compute_cost"))["compute_cost"](1, 2) == "\n%time\n!\n"


@pytest.mark.parametrize("number", range(9))
@pytest.mark.parametrize(
    "fault", ["    x = (1\n", '    """not closed\n', "    if x\n        y = 1\n", "  z = 1\n"]
)
def test_one_function_that_is_no_python_takes_no_other_with_it(number, fault):
    parts = [f"def {name}(x):\n    y = 1\n    return x, EPS\n" for name in FUNCTIONS]
    first, rest = parts[number].split("\n", 1)
    parts[number] = f"{first}\n    y = 0\n{fault}{rest}"
    found = written("import numpy as np\nEPS = 1\n\n" + "\n\n".join(parts))
    assert set(found.broken) == {FUNCTIONS[number]}
    for name in FUNCTIONS:
        if name != FUNCTIONS[number]:
            assert run(found.source(name))[name](5) == (5, 1)
    at = found.broken[FUNCTIONS[number]]
    assert at.text.startswith("SyntaxError: ")
    assert 4 + 5 * number < at.line <= 4 + 5 * number + 6


def test_what_was_broken_and_then_written_anew_counts_and_the_other_way_round():
    broken = FORWARD.replace("return", "return return")
    assert written(broken, FORWARD).broken == {}
    assert set(written(FORWARD, broken).broken) == {"linear_forward"}


@pytest.mark.parametrize("text", ["\0", "x = " + "(" * 300, "é = \udc80", "\t\n  \n", "#"])
def test_what_is_no_python_at_all_stops_nothing(text):
    assert "linear_forward" in written(text, FORWARD)


# Files.


def test_notebooks_of_both_formats_are_read_and_all_their_cells_counted(tmp_path):
    cells = [
        {"cell_type": "markdown", "source": "x"},
        {"cell_type": "code", "source": ["a = 1\n", "b = 2"]},
    ]
    old = [{"cell_type": "code", "input": "a = 1\nb = 2"}]
    assert list(cells_of({"cells": cells})) == [Cell("a = 1\nb = 2", 2)]
    assert list(cells_of({"worksheets": [{"cells": old}]})) == [Cell("a = 1\nb = 2", 1)]
    path = tmp_path / "a.ipynb"
    path.write_text(json.dumps({"cells": cells}), encoding="utf-8-sig")
    assert read(path) == [Cell("a = 1\nb = 2", 2)]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("none.py", None, "there is no such file"),
        ("notes.txt", b"", "expected a notebook (.ipynb) or a Python file (.py)"),
        ("a.ipynb", b"{broken", "is not a notebook: JSONDecodeError"),
        ("a.ipynb", b"[1, 2]", "is not a notebook"),
        ("a.ipynb", b'{"cells": [{"cell_type": "code"}]}', "is not a notebook"),
        ("a.ipynb", b'{"cells": 5}', "is not a notebook"),
        ("a.ipynb", b"[" * 100_000, "is not a notebook"),
        ("a.py", b"\xff\xfe\x00", "is not text in UTF-8"),
        ("large.ipynb", b" " * (LARGEST * 1_000_000 + 600_000), f"has {LARGEST + 1} MB"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_sentence(tmp_path, name, content, said):
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ValueError, match=r"^[^\n]+$") as caught:
        read(path)
    assert said in str(caught.value)
    assert str(path) in str(caught.value)


def test_a_folder_is_no_file(tmp_path):
    path = tmp_path / "folder.py"
    path.mkdir()
    with pytest.raises(ValueError, match="cannot be read"):
        read(path)

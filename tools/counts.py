"""What the book holds, counted: for the colophon, the pages and README.

``python -m tools.counts`` writes the numbers into README.md.
"""

import ast
import re
from pathlib import Path

from dnn_utils.widgets import FIGURES
from testCases import FUNCTIONS
from testCases.messages import catalogue
from tools.notebooks import chapters, code_cells, read

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
PLACE = re.compile(r"(?<=<!-- numbers -->\n).*?(?=\n<!-- /numbers -->)", re.S)
SENTENCE = (
    "{chapters} chapters, {code cells} code cells, {compared outputs} compared outputs, "
    "{exercises} exercises with checks that name {known mistakes} mistakes, "
    "{live figures} live figures."
)


def count(paths=None):
    """Return the numbers, by name.

    Parameters
    ----------
    paths : list of Path, optional
        The chapters that count, by default all.

    Returns
    -------
    numbers : dict of int
    """
    notebooks = [read(path) for path in (chapters() if paths is None else paths)]
    cells = [cell for notebook in notebooks for cell in code_cells(notebook)]
    return {
        "chapters": len(notebooks),
        "code cells": len(cells),
        "compared outputs": sum(len(cell.outputs) for cell in cells),
        "exercises": len(FUNCTIONS),
        "known mistakes": sum(map(bool, catalogue()["mistakes"].values())),
        "live figures": len(FIGURES),
        "test functions": len(test_functions()),
    }


def test_functions():
    """Return the names of all test functions, without importing them."""
    trees = (ast.parse(path.read_bytes()) for path in ROOT.glob("tests/test_*.py"))
    nodes = (node for tree in trees for node in ast.walk(tree))
    functions = [node.name for node in nodes if isinstance(node, ast.FunctionDef)]
    return [name for name in functions if name.startswith("test_")]


def filled(text):
    """Return the text of README with the numbers in it."""
    return PLACE.sub(SENTENCE.format(**count()), text)


def main():
    """Write the numbers into README."""
    README.write_text(filled(README.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()

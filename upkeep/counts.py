"""What the book holds, counted: for the colophon and the pages."""

import ast
from collections.abc import Sequence
from pathlib import Path

from dnn_utils.widgets import FIGURES
from testCases import FUNCTIONS, exercises
from upkeep.notebooks import chapters, code_cells, read_notebook

ROOT = Path(__file__).parents[1]


def count(paths: Sequence[Path] | None = None) -> dict[str, int]:
    """Return the numbers, by name.

    Parameters
    ----------
    paths : list of Path, optional
        The chapters that count, by default all.

    Returns
    -------
    numbers : dict of int
    """
    notebooks = [read_notebook(path) for path in (chapters() if paths is None else paths)]
    cells = [cell for notebook in notebooks for cell in code_cells(notebook)]
    return {
        "chapters": len(notebooks),
        "code cells": len(cells),
        "compared outputs": sum(len(cell.outputs) for cell in cells),
        "exercises": len(FUNCTIONS),
        "known mistakes": len(exercises.SENTENCES),
        "live figures": len(FIGURES),
        "test functions": len(test_functions()),
    }


def test_functions() -> list[str]:
    """Return the names of all test functions, without importing them."""
    trees = (ast.parse(path.read_bytes()) for path in ROOT.glob("tests/**/test_*.py"))
    nodes = (node for tree in trees for node in ast.walk(tree))
    functions = [node.name for node in nodes if isinstance(node, ast.FunctionDef)]
    return [name for name in functions if name.startswith("test_")]

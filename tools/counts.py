"""What the book holds, counted: for the colophon, the pages and README.

``python -m tools.counts`` writes the numbers into README.md and README.ko.md.
"""

import ast
import re
from pathlib import Path

from dnn_utils.widgets import FIGURES
from testCases import FUNCTIONS, exercises
from tools.notebooks import chapters, code_cells, read

ROOT = Path(__file__).parents[1]
PLACE = re.compile(r"(?<=<!-- numbers -->\n).*?(?=<!-- /numbers -->)", re.S)
SENTENCES = {
    ROOT / "README.md": (
        "{chapters} chapters, {code cells} code cells, {compared outputs} compared outputs, "
        "{exercises} exercises with checks that name {known mistakes} mistakes, "
        "{live figures} live figures."
    ),
    ROOT / "README.ko.md": (
        "{chapters}개 장, 코드 셀 {code cells}개, 비교하는 출력 {compared outputs}개, "
        "실수 {known mistakes}가지를 짚어 내는 검사가 딸린 연습 문제 {exercises}개, "
        "대화형 그림 {live figures}개."
    ),
}


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
        "known mistakes": len(exercises.SENTENCES),
        "live figures": len(FIGURES),
        "test functions": len(test_functions()),
    }


def test_functions():
    """Return the names of all test functions, without importing them."""
    trees = (ast.parse(path.read_bytes()) for path in ROOT.glob("tests/test_*.py"))
    nodes = (node for tree in trees for node in ast.walk(tree))
    functions = [node.name for node in nodes if isinstance(node, ast.FunctionDef)]
    return [name for name in functions if name.startswith("test_")]


def filled(text, sentence):
    """Return the text of a README with the numbers in it."""
    return PLACE.sub(f"{sentence.format(**count())}\n", text)


def main():
    """Write the numbers into each README."""
    for path, sentence in SENTENCES.items():
        text = filled(path.read_text(encoding="utf-8"), sentence)
        path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()

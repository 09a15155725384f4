"""The chapters show the expected values, and the comparison with a fresh run has teeth.

The comparison itself is nbval's: pytest collects every code cell of ``book/*.ipynb``.
"""

import importlib
import os
import re
import shutil
import subprocess
import sys

import nbformat
import pytest

from testCases import cost
from upkeep.notebooks import BOOK, chapters, code_cells, read_notebook

ROOT = BOOK.parent
QUIET = ("-p", "no:cacheprovider", "--color=no", "--tb=no")
STEPS = ("initialization", "forward", "cost", "backward", "update")


def texts(output):
    """Return the parts of a stored output that are compared: each a dict and its key."""
    if output.output_type == "stream":
        return [(output, "text")]
    if output.output_type == "error":
        return [(output, "evalue")]
    return [(output.data, key) for key in output.data]


def printed(step):
    """Return the stored output texts of the chapter of a step."""
    (path,) = BOOK.glob(f"*_{step}.ipynb")
    outputs = [output for cell in code_cells(read_notebook(path)) for output in cell.outputs]
    return [holder[key] for output in outputs for holder, key in texts(output)]


def expected_values():
    """Yield `(step, what, text)` for every expected value that is compared as text."""
    for step in STEPS:
        for name, value in importlib.import_module(f"testCases.{step}").EXPECTED.items():
            if isinstance(value, str):
                yield step, name, f"{name} = {value}"
            elif isinstance(value, dict):
                for key, text in value.items():
                    yield step, f"{name}: {key}", f"{key} = {text}"


@pytest.mark.parametrize(
    ("step", "text"),
    [pytest.param(step, text, id=f"{step}-{what}") for step, what, text in expected_values()],
)
def test_a_chapter_prints_the_expected_value(step, text):
    assert any(f"\n{text}\n" in f"\n{output}\n" for output in printed(step)), (
        f"no output of the chapter {step} holds\n{text}"
    )


def test_the_chapter_on_cost_prints_the_expected_cost():
    lines = [line for output in printed("cost") for line in output.splitlines()]
    costs = [float(line.removeprefix("cost = ")) for line in lines if line.startswith("cost = ")]
    assert any(abs(found - cost.EXPECTED["cost"]) <= 1e-12 for found in costs), costs


def change_one_digit(cell):
    """Raise the last digit that a cell has stored by one; return whether there was one."""
    for output in reversed(cell.outputs):
        for holder, key in texts(output):
            digits = list(re.finditer(r"\d", holder[key]))
            if digits:
                text, at = holder[key], digits[-1].start()
                holder[key] = f"{text[:at]}{(int(text[at]) + 1) % 10}{text[at + 1 :]}"
                return True
    return False


@pytest.fixture(scope="module")
def changed_and_failed(tmp_path_factory):
    """Change a digit in every cell of a copy of the book, and run pytest on it.

    What a fresh run gives is what the book stores: the comparison with it is a test of its own
    for every cell. So it is taken from there, and nothing runs here.

    Return the ids of the cells that were changed and of those that failed.
    """
    folder = tmp_path_factory.mktemp("bitten")
    for name in ("book", "stored"):
        (folder / name).mkdir()
    for name in ("conftest.py", "pyproject.toml", "tests/book/replay.py"):
        shutil.copy(ROOT / name, folder)
    changed = set()
    for path in chapters():
        shutil.copy(path, folder / "stored")
        notebook = read_notebook(path)
        cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
        for number, cell in enumerate(cells):
            if change_one_digit(cell):
                changed.add(f"book/{path.name}::Cell {number}")
        (folder / "book" / path.name).write_text(nbformat.v4.writes(notebook), encoding="utf-8")

    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTEST_")}
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "book", "-p", "replay", *QUIET],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    failed = set(re.findall(r"^(?:FAILED|ERROR) (.+?::Cell \d+)", run.stdout, flags=re.MULTILINE))
    return changed, failed


@pytest.mark.parametrize("name", [path.name for path in chapters()])
def test_a_changed_digit_fails_its_cell_and_no_other(changed_and_failed, name):
    changed, failed = (
        {cell for cell in cells if cell.startswith(f"book/{name}::")}
        for cells in changed_and_failed
    )
    assert changed, f"no output of {name} holds a digit"
    assert failed == changed

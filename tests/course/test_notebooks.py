"""Notebooks of all years of the course run here from top to bottom, and print what it prints."""

import re

import nbformat
import numpy as np
import pytest
from jupyter_client.manager import start_new_kernel
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from course import MODULES
from tests.course.notebooks import LAYOUTS, expected, make, write_photographs

pytestmark = pytest.mark.slow  # a kernel runs them

NUMBER = re.compile(r"-?\d+\.?\d*(?:e-?\d+)?")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Return a folder elsewhere, with the photographs where the notebooks look for them."""
    path = tmp_path_factory.mktemp("reader")
    write_photographs(path)
    return path


@pytest.fixture(scope="module")
def kernel(folder):
    """Return a kernel that all notebooks use, one after the other: starting one is slow."""
    manager, client = start_new_kernel(kernel_name="python3", cwd=str(folder))
    client.stop_channels()
    yield manager
    manager.shutdown_kernel(now=True)


@pytest.fixture
def run(kernel):
    """Return a function that runs a notebook from top to bottom; no name is left from another."""

    def run(notebook):
        notebook.cells.insert(0, nbformat.v4.new_code_cell(FORGET))
        client = NotebookClient(notebook, km=kernel, timeout=120)
        try:
            client.execute()
        finally:
            client.kc.stop_channels()
        del notebook.cells[0]
        return {cell.source: printed(cell) for cell in notebook.cells if "outputs" in cell}

    return run


FORGET = f"""\
%reset -f
%reload_ext autoreload
%autoreload 0
import sys
for name in {[*MODULES, "course.application"]}:
    sys.modules.pop(name, None)
"""


def printed(cell):
    """Return what a cell has printed or shown as text; warnings are none of it, and must not be."""
    assert not [o for o in cell.outputs if o.get("name") == "stderr"], cell.outputs
    texts = [o.get("text") or o.get("data", {}).get("text/plain", "") for o in cell.outputs]
    return "".join(texts)


def assert_prints(actual, wanted):
    """Compare the first lines: the words exactly, the numbers to all digits that are printed."""
    first = "\n".join(actual.splitlines()[: len(wanted.splitlines())])
    assert re.sub(r"[\s]+", " ", NUMBER.sub("#", first)) == re.sub(
        r"[\s]+", " ", NUMBER.sub("#", wanted)
    )
    numbers = [np.array(NUMBER.findall(text), float) for text in (first, wanted)]
    np.testing.assert_allclose(*numbers, rtol=0, atol=6e-7)


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_notebook_runs_and_prints_what_the_course_prints(run, name):
    layout = LAYOUTS[name]
    outputs = run(make(name))
    for source, wanted in expected(name).items():
        assert_prints(outputs[source], wanted)
        if layout.tests:
            assert re.search(r"is right\.\n(Checked|Started)", outputs[source])
    if layout.picture:
        wrong, own = list(outputs.values())[-2:]
        assert wrong.startswith("Figure: Pictures: predicted ")
        assert re.match(r'Accuracy: [01]\.0\ny = [01]\.0, the model says "(non-)?cat"', own)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("2021", "`initialize_parameters` is not"),
        ("application 2021", "`two_layer_model` is not attempted yet."),
    ],
)
def test_an_empty_starter_stops_with_a_sentence(run, name, said):
    """The cell that tries a function shows Python's own error; its test alone shows ours."""
    starter = make(name, filled=False)
    for cell in starter.cells:
        cell.source = re.sub(r"^(?:.*\n)*(?=\w+_test\()", "", cell.source)
    with pytest.raises(CellExecutionError, match=said):
        run(starter)


def test_the_layouts_differ_and_are_twelve():
    texts = {name: make(name).cells for name in LAYOUTS}
    assert len({str([cell.source for cell in cells]) for cells in texts.values()}) == 12
    imported = "".join(layout.imports for layout in LAYOUTS.values())
    assert [name for name in MODULES if f"from {name} import" not in imported] == []

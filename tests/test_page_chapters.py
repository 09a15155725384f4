"""Every code cell of every chapter runs in the page and shows what the chapter has stored."""

import math
import re

import pytest

from tools.notebooks import chapters, code_cells, read

from .page_python import printed, reading

NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
PATIENCE = 900_000  # milliseconds: one cell trains a network 24 times
LOCAL = {path.stem: path for path in chapters() if "local-install" in path.read_text("utf-8")}
CHAPTERS = {path.stem: path for path in chapters() if path.stem not in LOCAL}
# The suite knows how many cells have run: see HELD in test_counts.py.
ran = {}


def stored_texts(cell):
    """Return the texts of the stored outputs."""
    return [output.get("text") or output.data["text/plain"] for output in cell.outputs]


def agree(found, stored):
    """Tell whether two texts have the same words, and numbers within 1e-7 of each other."""
    if NUMBER.sub("#", found) != NUMBER.sub("#", stored):
        return False
    pairs = zip(NUMBER.findall(found), NUMBER.findall(stored), strict=True)
    return all(math.isclose(float(a), float(b), rel_tol=1e-7) for a, b in pairs)


@pytest.mark.parametrize("name", CHAPTERS)
def test_every_cell_runs_in_the_page_and_agrees(browser, site_address, name):
    different = {}
    with reading(browser, site_address, f"book/{name}") as reader:
        for cell in code_cells(read(CHAPTERS[name])):
            run = reader.notebook_cell(cell.id).run(PATIENCE)
            assert run["code"] == cell.source
            assert run["ok"], (cell.source, run["outputs"])
            found, stored = printed(run), stored_texts(cell)
            if len(found) != len(stored) or not all(map(agree, found, stored)):
                different[cell.source] = (found, stored)
            ran[cell.id] = len(found)
    assert not different, different


def test_all_cells_and_outputs_were_compared(stored):
    local = [cell for path in LOCAL.values() for cell in code_cells(read(path))]
    assert len(ran) + len(local) == stored["code cells"]
    assert sum(ran.values()) + sum(len(cell.outputs) for cell in local) == stored["outputs"]


def test_only_the_chapter_on_jax_needs_a_local_install_and_each_of_its_cells_says_so(
    browser, site_address
):
    assert list(LOCAL) == ["11_further"]
    with reading(browser, site_address, "book/11_further") as reader:
        notes = reader.page.locator(".cell > .live-local").all_inner_texts()
        assert all(note.startswith("Runs on your own computer") for note in notes)
        assert len(notes) == len(code_cells(read(LOCAL["11_further"])))
        assert reader.page.locator(".live-bar, .live-run").count() == 0
        assert reader.page.get_by_text("Python in the page has no JAX").is_visible()


@pytest.mark.parametrize(
    ("found", "stored", "same"),
    [
        ("a 1.00000001", "a 1.0", True),
        ("a 1.000001", "a 1.0", False),
        ("a 1.0", "b 1.0", False),
        ("a 1.0 ", "a 1.0", False),
        ("[-1e-3]", "[-0.001]", True),
        ("1 2", "1", False),
    ],
)
def test_what_agrees(found, stored, same):
    assert agree(found, stored) == same

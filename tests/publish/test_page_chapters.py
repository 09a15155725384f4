"""Every code cell of every chapter runs in the page and shows what the chapter has stored.

It runs there once, in English. In the other editions the cells hold the same code, and so do
the scripts and the library beside them (`test_live_python`): there it is tested that Python
speaks the language of the page.
"""

import math
import re

import pytest
from bs4 import BeautifulSoup

from publish.languages import catalogue
from tests.publish.editions import EDITIONS
from upkeep.notebooks import chapters, code_cells, execute, normalise, read_notebook
from upkeep.reader import printed, reading
from upkeep.small_book import ROOT

NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
PATIENCE = 900_000  # milliseconds: one cell trains a network 24 times
NO_JAX = (
    "Python in the page has no JAX. Install the book as its README says, and open the chapter "
    "with `make lab`."
)
SPOKEN = "04_cost"  # a chapter whose outputs have words of the library
LOCAL = [path.stem for path in chapters() if "local-install" in path.read_text("utf-8")]
CHAPTERS = [path.stem for path in chapters() if path.stem not in LOCAL]
ENGLISH, *TRANSLATED = EDITIONS.values()
ran = {}
each_edition = pytest.mark.parametrize("edition", EDITIONS.values(), ids=EDITIONS)
each_translation = pytest.mark.parametrize("edition", TRANSLATED, ids=list(EDITIONS)[1:])


def chapter(name):
    return read_notebook(ROOT / "book" / f"{name}.ipynb")


def stored_texts(cell):
    """Return the texts of the stored outputs."""
    return [output.get("text") or output.data["text/plain"] for output in cell.outputs]


def agree(found, stored):
    """Tell whether two texts have the same words, and numbers within 1e-7 of each other."""
    if NUMBER.sub("#", found) != NUMBER.sub("#", stored):
        return False
    pairs = zip(NUMBER.findall(found), NUMBER.findall(stored), strict=True)
    return all(math.isclose(float(a), float(b), rel_tol=1e-7) for a, b in pairs)


def run_in_the_page(browser, site_address, edition, notebook, name):
    """Run all cells of a chapter in its page; return pairs of texts, found and stored, by cell."""
    texts = {}
    with reading(browser, site_address, f"{edition.folder}book/{name}") as reader:
        for cell in code_cells(notebook):
            run = reader.notebook_cell(cell.id).run(PATIENCE)
            assert run["code"] == cell.source
            assert run["ok"], (cell.source, run["outputs"])
            texts[cell.id] = (printed(run), stored_texts(cell))
    return texts


def assert_agree(texts):
    different = {
        cell: (found, stored)
        for cell, (found, stored) in texts.items()
        if len(found) != len(stored) or not all(map(agree, found, stored))
    }
    assert not different, different


@pytest.mark.parametrize("name", CHAPTERS)
def test_every_cell_runs_in_the_page_and_agrees(browser, site_address, name):
    texts = run_in_the_page(browser, site_address, ENGLISH, chapter(name), name)
    ran.update({cell: len(found) for cell, (found, _) in texts.items()})
    assert_agree(texts)


@pytest.mark.slow  # as the tests that it adds up
def test_all_cells_and_outputs_were_compared(stored):
    local = [cell for name in LOCAL for cell in code_cells(chapter(name))]
    assert len(ran) + len(local) == stored["code cells"]
    assert sum(ran.values()) + sum(len(cell.outputs) for cell in local) == stored["outputs"]


@each_edition
@pytest.mark.parametrize("name", CHAPTERS)
def test_a_page_has_the_cells_of_its_chapter_in_every_language(site, edition, name):
    page = (site / f"{edition.folder}book/{name}.html").read_text(encoding="utf-8")
    cells = BeautifulSoup(page, "html.parser").select(".cell[id]")
    code = {cell["id"]: cell.select_one(".cell_input pre").get_text().strip() for cell in cells}
    assert code == {f"cell-{cell.id}": cell.source for cell in code_cells(chapter(name))}
    assert len(code) == len(cells)


@each_translation
def test_python_in_the_page_speaks_its_language(browser, site_address, edition, monkeypatch):
    notebook = chapter(SPOKEN)
    english = [stored_texts(cell) for cell in code_cells(notebook)]
    monkeypatch.setenv("DNN_LANGUAGE", edition.language)
    path = ROOT / f"book/{SPOKEN}.ipynb"
    execute(notebook, path)
    normalise(notebook, path)
    texts = run_in_the_page(browser, site_address, edition, notebook, SPOKEN)
    assert_agree(texts)
    assert [found for found, _ in texts.values()] != english


@each_edition
def test_only_the_chapter_on_jax_needs_a_local_install_and_each_of_its_cells_says_so(
    browser, site_address, edition
):
    assert LOCAL == ["11_further"]
    cells = code_cells(chapter("11_further"))
    with reading(browser, site_address, f"{edition.folder}book/11_further") as reader:
        notes = reader.page.locator(".cell > .live-local").all_inner_texts()
        assert notes == [edition.say("local")] * len(cells)
        assert reader.page.locator(".live-bar, .live-run").count() == 0
        said = catalogue("book/11_further", edition.language).get(NO_JAX, NO_JAX)
        assert reader.page.get_by_text(said.partition(".")[0]).is_visible()


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

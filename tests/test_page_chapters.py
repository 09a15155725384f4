"""Every code cell of every chapter runs in the page and shows what the chapter has stored."""

import math
import os
import re
from collections import defaultdict
from unittest.mock import patch

import pytest
from jupyter_cache import get_cache

from publish.site.build_reuse import fingerprint
from upkeep.notebooks import chapters, code_cells, normalise, read_notebook
from upkeep.reader import printed, reading
from upkeep.small_book import ROOT

from .editions import EDITIONS

NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
PATIENCE = 900_000  # milliseconds: one cell trains a network 24 times
NO_JAX = {
    "en": "Python in the page has no JAX",
    "ko": "페이지에 들어 있는 Python에는 JAX가 없습니다",
}
LOCAL = [path.stem for path in chapters() if "local-install" in path.read_text("utf-8")]
CHAPTERS = [path.stem for path in chapters() if path.stem not in LOCAL]
ran = defaultdict(dict)
each_edition = pytest.mark.parametrize("edition", EDITIONS.values(), ids=EDITIONS)


def chapter(edition, name):
    """Return a chapter with the text outputs that an edition has stored.

    The source has the English ones. Those of another language are in the cache of the build:
    the notebooks that it writes have them only if it has run them anew.
    """
    path = ROOT / "book" / f"{name}.ipynb"
    notebook = read_notebook(path)
    if edition.language != "en":
        with patch.dict(os.environ, DNN_LANGUAGE=edition.language):
            cache = get_cache(ROOT / "_build/.jupyter_cache" / fingerprint(ROOT))
        _, notebook = cache.merge_match_into_notebook(notebook)
        normalise(notebook, path)
    return notebook


def stored_texts(cell):
    """Return the texts of the stored outputs."""
    return [output.get("text") or output.data["text/plain"] for output in cell.outputs]


def agree(found, stored):
    """Tell whether two texts have the same words, and numbers within 1e-7 of each other."""
    if NUMBER.sub("#", found) != NUMBER.sub("#", stored):
        return False
    pairs = zip(NUMBER.findall(found), NUMBER.findall(stored), strict=True)
    return all(math.isclose(float(a), float(b), rel_tol=1e-7) for a, b in pairs)


@each_edition
@pytest.mark.parametrize("name", CHAPTERS)
def test_every_cell_runs_in_the_page_and_agrees(browser, site_address, edition, name):
    different = {}
    with reading(browser, site_address, f"{edition.folder}book/{name}") as reader:
        for cell in code_cells(chapter(edition, name)):
            run = reader.notebook_cell(cell.id).run(PATIENCE)
            assert run["code"] == cell.source
            assert run["ok"], (cell.source, run["outputs"])
            found, stored = printed(run), stored_texts(cell)
            if len(found) != len(stored) or not all(map(agree, found, stored)):
                different[cell.source] = (found, stored)
            ran[edition][cell.id] = len(found)
    assert not different, different


@each_edition
def test_all_cells_and_outputs_were_compared(stored, edition):
    compared = ran[edition]
    local = [cell for name in LOCAL for cell in code_cells(chapter(edition, name))]
    assert len(compared) + len(local) == stored["code cells"]
    assert sum(compared.values()) + sum(len(cell.outputs) for cell in local) == stored["outputs"]


@each_edition
def test_only_the_chapter_on_jax_needs_a_local_install_and_each_of_its_cells_says_so(
    browser, site_address, edition
):
    assert LOCAL == ["11_further"]
    cells = code_cells(chapter(edition, "11_further"))
    with reading(browser, site_address, f"{edition.folder}book/11_further") as reader:
        notes = reader.page.locator(".cell > .live-local").all_inner_texts()
        assert notes == [edition.say("local")] * len(cells)
        assert reader.page.locator(".live-bar, .live-run").count() == 0
        assert reader.page.get_by_text(NO_JAX[edition.language]).is_visible()


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

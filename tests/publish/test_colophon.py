"""Every number of the colophon, recomputed in another way; and none of them gets old."""

import json
import os
import platform
import re
import shutil
import sqlite3
import subprocess
import sys
from datetime import date, timedelta
from html.parser import HTMLParser

import matplotlib
import nbformat
import numpy
import pytest
import sphinx

from publish.languages import catalogue, language_of, translate
from publish.site.compressed import COPIES
from testCases import FUNCTIONS
from testCases.exercises import SENTENCES
from tests.publish.test_site import EDITIONS, EXERCISES, LIVE
from upkeep.small_book import ROOT, build, write_small_book

EXERCISES_SAID = (
    "You write {count}`exercises` functions. A check tells you which mistake it is when one of "
    "them is wrong."
)
VALUE = re.compile(r'<span class="colophon is-([\w-]+)">(.*?)</span>')


def shown(site, page="book/colophon"):
    """Return the values on a page, by name."""
    return dict(VALUE.findall((site / f"{page}.html").read_text(encoding="utf-8")))


@pytest.fixture(scope="module", params=EDITIONS.values(), ids=EDITIONS)
def folder(request):
    """Return the folder of an edition."""
    return request.param


@pytest.fixture(scope="module")
def values(site, folder):
    return shown(site, f"{folder}book/colophon")


# What the book holds


def test_the_counts_are_those_of_a_full_run(values, stored):
    names = ("chapters", "code-cells", "compared-outputs")
    assert [int(values[name]) for name in names] == list(stored.values())


def test_the_exercises_are_those_on_the_pages(site, folder, values):
    front_page = (site / f"{folder}book/index.html").read_text(encoding="utf-8")
    assert int(values["exercises"]) == sum(EXERCISES.values()) == len(FUNCTIONS)
    said = catalogue("book/index", language_of(folder)).get(EXERCISES_SAID, EXERCISES_SAID)
    said = said.replace("{count}`exercises`", str(len(FUNCTIONS)))
    assert said.partition(".")[0] in front_page


def test_the_mistakes_are_the_sentences_of_the_catalogue(values):
    assert int(values["known-mistakes"]) == len(set(SENTENCES.values())) > 100


def test_the_live_figures_are_those_on_the_pages(values):
    assert int(values["live-figures"]) == len({name for page in LIVE.values() for name in page})


@pytest.fixture(scope="module")
def functions_found():
    """Return the names of all test functions, as pytest finds them."""
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider"]
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTEST_")}
    result = subprocess.run(
        [*command, "tests"], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    return set(re.findall(r"^(tests/[\w/]+\.py::\w+)", result.stdout.replace("\\", "/"), re.M))


def test_the_test_functions_are_those_that_pytest_finds(values, functions_found):
    assert int(values["test-functions"]) == len(functions_found) > 500


# What made it


def test_the_versions_are_those_of_this_python(values):
    assert values["python"] == platform.python_version()
    for name, module in {"numpy": numpy, "matplotlib": matplotlib, "Sphinx": sphinx}.items():
        assert values[name] == module.__version__
    pins = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    for name in ("jupyter-book", "myst-nb", "sphinx-book-theme"):
        assert f"\n{name}=={values[name]}\n" in pins


def test_the_versions_in_the_pages_are_those_of_the_files(site, values):
    (folder,) = site.glob("_static/runtime-*")
    names = [path.name for path in folder.rglob("*")]
    (lock,) = folder.rglob("pyodide-lock.json")
    assert values["page-python"] == json.loads(lock.read_text(encoding="utf-8"))["info"]["python"]
    for name in ("numpy", "matplotlib"):
        assert any(found.startswith(f"{name}-{values[f'page-{name}']}-cp") for found in names)
    (script,) = folder.rglob("pyodide.mjs")
    assert f'"{values["page-pyodide"]}"' in script.read_text(encoding="utf-8")


# When the code was run


def test_the_runs_are_those_in_the_cache(values, folder):
    names = {*(path.stem for path in ROOT.glob("book/*.ipynb")), "index"}
    said = {values[f"book-{name}"] for name in names}
    pattern = re.escape(translate("{seconds:.1f} s, on {day}", language_of(folder)))
    pattern = pattern.replace(r"\{seconds:\.1f\}", r"(\d+\.\d)").replace(r"\{day\}", r"(\S+)")
    runs = [re.fullmatch(pattern, run).groups() for run in said]
    assert {seconds for seconds, _ in runs} <= set(run_times(ROOT))
    days = [date.fromisoformat(day) for _, day in runs]
    assert max(days) <= date.today() + timedelta(days=1)  # the cache counts in another time zone
    assert date.today() - min(days) < timedelta(days=3650)


def run_times(book):
    """Return how long the runs took that the cache of a book knows."""
    found = []
    for path in (book / "_build/.jupyter_cache").rglob("global.db"):
        with sqlite3.connect(path) as cache:
            found += cache.execute("SELECT data FROM nbcache").fetchall()
    return [f"{json.loads(data)['execution_seconds']:.1f}" for (data,) in found]


# Sizes


class Recordings(HTMLParser):
    """Adds up the states of the live figures in a page."""

    def __init__(self, page):
        super().__init__()
        self.inside, self.size = False, 0
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.inside = ("type", "application/vnd.jupyter.widget-state+json") in attrs

    def handle_data(self, data):
        self.size += len(data.encode()) * self.inside

    def handle_endtag(self, tag):
        self.inside = False


def test_the_sizes_are_those_of_the_files(site, folder, values):
    def size(folder):
        files = [p for p in folder.rglob("*") if p.is_file() and p.suffix not in COPIES]
        return sum(path.stat().st_size for path in files)

    pages = list((site / folder / "book").glob("*.html"))
    states = sum(Recordings(page.read_text(encoding="utf-8")).size for page in pages)
    (runtime,) = map(size, site.glob("_static/runtime-*"))
    others = {name: size(site / name) for name in EDITIONS.values() if name}
    # a translation shares the runtime with the English edition
    edition = others[folder] + runtime if folder else size(site) - sum(others.values())
    found = {"site": edition, "runtime": runtime, "recordings": states}
    assert {name: values[name] for name in found} == {
        name: f"{number / 10**6:.1f} MB" for name, number in found.items()
    }
    *_, largest = sorted((page.stat().st_size, page.stem) for page in pages)
    assert values["page"] == f"{largest[0] / 10**6:.1f} MB ({largest[1]})"


# A book that changes


@pytest.fixture
def book(tmp_path):
    """Return a small book with a colophon, and one test."""
    write_small_book(tmp_path)
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests/test_one.py").write_text("def test_one(): pass")
    shutil.copy(ROOT / "book/colophon.md", tmp_path / "book")
    with (tmp_path / "_toc.yml").open("a") as toc:
        toc.write("  - file: book/colophon\n")
    with (tmp_path / "book/index.md").open("a") as page:
        page.write("\nOne of {count}`code cells` cells.\n")
    return tmp_path


def built(book):
    """Build; return the values of the colophon, and when each page was written."""
    result = build(book)
    assert result.returncode == 0, result.stdout
    site = book / "_build/html"
    written = {path.stem: path.stat().st_mtime_ns for path in (site / "book").glob("*.html")}
    return shown(site), written


@pytest.mark.slow
def test_the_numbers_are_never_old_and_nothing_else_is_written_again(book):
    values, written = built(book)
    names = ("chapters", "code-cells", "compared-outputs", "test-functions")
    assert [values[name] for name in names] == ["1", "1", "0", "1"]
    assert built(book) == (values, written)

    with (book / "tests/test_one.py").open("a") as tests:
        tests.write("\ndef test_two(): pass")
    values, after = built(book)
    assert values["test-functions"] == "2"
    assert after["colophon"] > written["colophon"]
    assert after["chapter"] == written["chapter"]

    path = book / "book/chapter.ipynb"
    chapter = nbformat.read(path, as_version=4)
    chapter.cells[0].source = "# Another title"
    chapter.cells.append(nbformat.v4.new_code_cell("1"))
    nbformat.write(chapter, path)
    values, _ = built(book)
    assert values["code-cells"] == "2"
    assert values["book-chapter"].split()[0] == run_times(book)[-1]
    page = (book / "_build/html/book/colophon.html").read_text(encoding="utf-8")
    assert '<span class="doc">Another title</span>' in page
    assert "One of 2 cells." in (book / "_build/html/book/index.html").read_text(encoding="utf-8")

    (book / "_build/html/_static/more").write_bytes(bytes(10**8))
    assert float(built(book)[0]["site"].split()[0]) > 100


@pytest.mark.slow
@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("{count}`pages`", "count: got 'pages', expected one of ['chapters',"),
        (":::{colophon} pages\n:::", "colophon: got 'pages', expected one of ('counts', "),
    ],
)
def test_a_number_that_nobody_counts_fails_the_build(book, wrong, said):
    (book / "book/colophon.md").write_text(f"# Colophon\n\n{wrong}\n")
    result = build(book)
    assert result.returncode != 0
    assert said in result.stdout

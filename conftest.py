"""What every run of the suite has to obey: nothing may be left out in silence.

There are two speeds. ``make check`` leaves out what is *slow*: each test that asks, itself or
through another fixture, for one of `SLOW_FIXTURES`, and each that is marked ``slow`` because it
starts other programs. ``make test`` runs everything.
"""

import importlib.util
import os
import sys
from collections import defaultdict
from pathlib import Path

# Several kernels run at once here. With threads of their own for each matrix product
# they would mostly wait for one another. The kernels take this over.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import nbformat
import pytest
from nbval.plugin import IPyNbCell, IPyNbFile

pytest_plugins = ["pytester"]

BOOK = Path(__file__).parent / "book"
# upkeep.notebooks keeps text outputs only
NOT_STORED = ("text/html", "image/svg+xml", "application/vnd.jupyter.widget-view+json")
COMPARED = "compared outputs"
# The first Python for which JAX, h5py and PyTorch, as they are pinned, have no wheels yet
WITHOUT_WHEELS = (3, 15)
NO_WHEELS = "no wheels for Python {}.{} yet".format(*WITHOUT_WHEELS)


def wheel(name):
    """Import JAX or h5py. Where it has no wheels, skip what needs it, for that reason."""
    if sys.version_info < WITHOUT_WHEELS:
        return importlib.import_module(name)
    return pytest.importorskip(name, reason=NO_WHEELS)


SITE = "site"  # the built book, which the two workers share
# Each of them builds a book, or starts a browser, a pytest inside, nbgrader, or npm.
SLOW_FIXTURES = {
    *(SITE, "small_site", "browser", "pytester"),
    *("course", "everything", "handed_in", "vendored"),
}
FAST = "not slow"  # the expression by which `make check` selects
PATIENCE = 60  # seconds for the next message of a kernel, on a machine that is busy


def pytest_collectstart(collector):
    """Compare a chapter's text: nbval itself leaves out PNG and JPEG only."""
    if isinstance(collector, IPyNbFile):
        import matplotlib.font_manager  # noqa: F401 - its first import ever may warn in a cell

        collector.skip_compare += NOT_STORED


def pytest_itemcollected(item):
    """Skip the chapter on JAX where JAX has no wheels."""
    if isinstance(item, IPyNbCell) and without_wheels(item.parent.path):
        item.add_marker(pytest.mark.skip(reason=NO_WHEELS))


def without_wheels(chapter):
    """Return whether a chapter imports JAX, and this Python cannot have it yet."""
    if sys.version_info < WITHOUT_WHEELS or importlib.util.find_spec("jax"):
        return False
    return "import jax" in chapter.read_text(encoding="utf-8")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Mark what is slow, and put the files into an order that keeps two workers busy."""
    for item in items:
        if SLOW_FIXTURES.intersection(getattr(item, "fixturenames", ())):
            item.add_marker("slow")
        if isinstance(item, IPyNbCell):
            item.output_timeout = PATIENCE
    ranks = rank_files(items)
    items.sort(key=lambda item: ranks[item.path])


def rank_files(items):
    """Return the rank of each file in an order that keeps two workers busy until the end.

    While one worker builds the site for its first file, the other has the slow files that need
    none. What is fast comes last, when only one worker may have a long file left.
    """
    kinds = defaultdict(set)
    for item in items:
        slow = item.get_closest_marker("slow")
        kinds[item.path].add(slow and ("site" if SITE in item.fixturenames else "slow"))
    ranks = {
        path: 2 if "site" in kind else 1 if "slow" in kind else 3 for path, kind in kinds.items()
    }
    first = next((path for path, rank in ranks.items() if rank == 2), None)
    return ranks | {first: 0}


def pytest_configure(config):
    config.pluginmanager.register(CompleteRun(config), "complete-run")


@pytest.fixture(scope="session")
def stored():
    """Return how many chapters, code cells and outputs the book stores."""
    return stored_counts()


def stored_counts(left_out=lambda path: False):
    """Count what the files in `BOOK` hold, whatever a run has seen of it."""
    paths = [path for path in BOOK.glob("*.ipynb") if not left_out(path)]
    cells = [
        cell
        for path in paths
        for cell in nbformat.read(path, as_version=4).cells
        if cell.cell_type == "code" and is_counted(cell)
    ]
    outputs = sum(len(cell.outputs) for cell in cells)
    return {"chapters": len(paths), "code cells": len(cells), "outputs": outputs}


def is_counted(cell):
    """Return whether a code cell is the book's: one that installs the library is not."""
    return "bootstrap" not in cell.metadata.get("tags", [])


def is_excused(report):
    """Return whether a test was skipped since what it needs has no wheels for this Python."""
    *_, reason = report.longrepr
    return sys.version_info >= WITHOUT_WHEELS and reason == f"Skipped: {NO_WHEELS}"


class CompleteRun:
    """Fail a full run that skipped a test, or that did not run and compare every cell.

    A full run is one that selects nothing: no path, no ``-k``, no ``-m``, no
    ``--last-failed``. A full run of what is fast, ``-m "not slow"``, is judged too: all but the
    slow tests have to run. With pytest-xdist, the controller judges; the workers tell it what
    only they can see.
    """

    def __init__(self, config):
        self.config = config
        self.left_out = set()
        self.cells = 0
        self.outputs = 0
        self.problems = []

    def pytest_deselected(self, items):
        fast = self.config.option.markexpr == FAST
        missing = [item for item in items if not (fast and item.get_closest_marker("slow"))]
        self.left_out.update(f"deselected: {item.nodeid}" for item in missing)

    def pytest_collectreport(self, report):
        if report.skipped and not is_excused(report):
            self.left_out.add(f"skipped: {report.nodeid}")

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item):
        result = yield
        if isinstance(item, IPyNbCell) and is_counted(item.cell):
            compared = item.options["check"] and item.cell.execution_count is not None
            item.user_properties.append((COMPARED, len(item.cell.outputs) if compared else 0))
        return result

    def pytest_runtest_logreport(self, report):
        if hasattr(report, "wasxfail"):
            self.left_out.add(f"expected to fail: {report.nodeid}")
        elif report.skipped and not is_excused(report):
            self.left_out.add(f"skipped: {report.nodeid}")
        if report.when == "call":
            outputs = [number for name, number in report.user_properties if name == COMPARED]
            self.cells += len(outputs)
            self.outputs += sum(outputs)

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node):
        self.left_out.update(getattr(node, "workeroutput", {}).get("left_out", []))

    def pytest_sessionfinish(self, session, exitstatus):
        if hasattr(self.config, "workeroutput"):
            self.config.workeroutput["left_out"] = sorted(self.left_out)
            # Not only at its end: pytest-xdist kills a worker that takes long for that.
            coverage = sys.modules.get("coverage")
            if measured := coverage and coverage.Coverage.current():
                measured.save()
        elif exitstatus == pytest.ExitCode.OK and self.is_full():
            self.problems = sorted(self.left_out)
            seen = {"code cells": self.cells, "outputs": self.outputs}
            for what, number in stored_counts(without_wheels).items():
                if seen.get(what, number) != number:
                    self.problems.append(f"compared {seen[what]} of the {number} {what} in book/")
            if self.problems:
                session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def is_full(self):
        option = self.config.option
        selections = (option.keyword, option.collectonly, getattr(option, "lf", False))
        everything = self.config.args_source is pytest.Config.ArgsSource.TESTPATHS
        return everything and option.markexpr in ("", FAST) and not any(selections)

    def pytest_terminal_summary(self, terminalreporter):
        if self.problems:
            terminalreporter.section("FAILED: this run is not complete", red=True)
            for problem in self.problems:
                terminalreporter.line(problem)

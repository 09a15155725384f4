"""The suite cannot be silently green: it knows how much there is to run and to compare."""

import re
import shutil
import sys
from pathlib import Path

import matplotlib.font_manager  # noqa: F401 - inner runs find it: NumPy cannot be loaded twice
import nbformat
import pytest

ROOT = Path(__file__).parents[2]
GREEN = "def test_green():\n    pass\n"
LEFT_OUT = {
    "test_in": "import pytest\ndef test_skips():\n    pytest.skip('never')\n",
    "test_mark": "import pytest\n@pytest.mark.skip\ndef test_marked():\n    pass\n",
    "test_module": "import pytest\npytest.skip('never', allow_module_level=True)\n",
    "test_xfail": "import pytest\n@pytest.mark.xfail\ndef test_fails():\n    assert 0\n",
    "test_xpass": (
        "import pytest\n@pytest.mark.xfail(strict=False)\ndef test_passes():\n    pass\n"
    ),
}

both_ways = pytest.mark.parametrize(
    "workers",
    [(), ("-n", "2", "--dist", "loadfile", "--no-loadscope-reorder")],
    ids=["one process", "two workers"],
)


@pytest.fixture
def project(pytester):
    """Return an empty project under the rules of this one."""
    for name in ("conftest.py", "pyproject.toml"):
        shutil.copy(ROOT / name, pytester.path)
    for name in ("tests", "book"):
        pytester.mkdir(name)
    return pytester


def write_tests(project, **sources):
    """Write test modules, by name."""
    for name, source in sources.items():
        (project.path / "tests" / f"{name}.py").write_text(source)


def write_chapter(project, name, *cells):
    """Write a chapter of code cells ``(source, stored output)``."""
    v4 = nbformat.v4
    notebook = v4.new_notebook()
    for count, (source, text) in enumerate(cells, start=1):
        outputs = [v4.new_output("stream", name="stdout", text=text)]
        notebook.cells.append(v4.new_code_cell(source, outputs=outputs, execution_count=count))
    nbformat.write(notebook, project.path / "book" / f"{name}.ipynb")


@both_ways
def test_a_complete_run_passes(project, workers):
    write_tests(project, test_green=GREEN)
    write_chapter(project, "one", ("print(1)", "1\n"), ("print(2)", "2\n"))
    result = project.runpytest(*workers)
    result.assert_outcomes(passed=3)
    assert result.ret == 0


@both_ways
def test_whatever_is_left_out_fails_the_run(project, workers):
    write_tests(project, test_green=GREEN, test_more=GREEN, **LEFT_OUT)
    result = project.runpytest(
        *workers, "--deselect", "tests/test_more.py", "-o", "xfail_strict=false"
    )
    result.stdout.no_fnmatch_line("FAILED tests*")
    result.stdout.fnmatch_lines(
        [
            "*FAILED: this run is not complete*",
            "deselected: tests/test_more.py::test_green",
            "expected to fail: tests/test_xfail.py::test_fails",
            "expected to fail: tests/test_xpass.py::test_passes",
            "skipped: tests/test_in.py::test_skips",
            "skipped: tests/test_mark.py::test_marked",
            "skipped: tests/test_module.py",
        ],
        consecutive=True,
    )
    assert result.ret == 1


WITHOUT_WHEELS = {
    "test_module": "from conftest import wheel\nwheel('no_such')\ndef test_all():\n    pass\n",
    "test_part": "from conftest import wheel\ndef test_one():\n    wheel('no_such')\n",
}


@both_ways
def test_what_has_no_wheels_yet_may_be_left_out_where_that_is_so(project, workers):
    take_wheels_away(project, sys.version_info[:2])
    write_tests(project, test_green=GREEN, **WITHOUT_WHEELS)
    write_chapter(project, "one", ("print(1)", "1\n"), ("print(2)", "2\n"))
    write_chapter(project, "two", ("import no_such", ""), ("print(3)", "3\n"))
    result = project.runpytest(*workers)
    assert result.parseoutcomes() == {"passed": 3, "skipped": 4}
    assert result.ret == 0
    write_tests(project, test_other=LEFT_OUT["test_in"])
    result = project.runpytest(*workers)
    result.stdout.fnmatch_lines(
        ["*FAILED: this run is not complete*", "skipped: tests/test_other.py::test_skips"],
        consecutive=True,
    )
    assert result.ret == 1


@both_ways
def test_elsewhere_that_is_no_excuse(project, workers):
    """On a Python that has the wheels, a missing package is an error, and the skip is judged."""
    take_wheels_away(project, (sys.version_info[0], sys.version_info[1] + 1))
    write_tests(project, **WITHOUT_WHEELS)
    result = project.runpytest(*workers)
    result.assert_outcomes(errors=1, **{"failed": 1} if workers else {})
    assert result.ret != 0
    skip = "import conftest, pytest\ndef test_skips():\n    pytest.skip(conftest.NO_WHEELS)\n"
    write_tests(project, test_green=GREEN, test_module=skip, test_part=skip)
    result = project.runpytest(*workers)
    result.stdout.fnmatch_lines(["skipped: tests/test_module.py::test_skips"])
    assert result.ret == 1


def take_wheels_away(project, version):
    """Make `no_such` in the rules of `project` what JAX is here: without wheels from `version`."""
    rules = project.path / "conftest.py"
    text = rules.read_text(encoding="utf-8").replace("jax", "no_such")
    text, count = re.subn(r"^WITHOUT_WHEELS = .*", f"WITHOUT_WHEELS = {version}", text, flags=re.M)
    assert count == 1
    rules.write_text(text, encoding="utf-8")


@both_ways
def test_a_cell_that_is_not_run_or_not_compared_fails_the_run(project, workers):
    write_chapter(project, "one", ("print(1)", "1\n"), ("print(2)", "2\n"))
    write_chapter(project, "two", ("# NBVAL_IGNORE_OUTPUT\nprint(3)", "not 3\n"))
    write_chapter(project, "three", ("print(4)", "4\n"))
    result = project.runpytest(*workers, "--ignore=book/three.ipynb")
    result.assert_outcomes(passed=3)
    result.stdout.fnmatch_lines(
        [
            "compared 3 of the 4 code cells in book/",
            "compared 2 of the 4 outputs in book/",
        ],
        consecutive=True,
    )
    assert result.ret == 1


SLOW = """\
import pytest


def test_builds(site):
    pass


@pytest.mark.slow
def test_marked():
    pass
"""
SITE = "import pytest\n\n\n@pytest.fixture(scope='session')\ndef site():\n    pass\n"


@both_ways
def test_what_is_fast_can_be_run_alone_and_is_judged_too(project, workers):
    write_tests(project, conftest=SITE, test_green=GREEN, test_slow=SLOW)
    write_chapter(project, "one", ("print(1)", "1\n"))
    result = project.runpytest(*workers, "-m", "not slow")
    result.assert_outcomes(passed=2, deselected=0 if workers else 2)
    assert result.ret == 0

    write_tests(project, test_in=LEFT_OUT["test_in"])
    result = project.runpytest(*workers, "-m", "not slow", "--deselect", "tests/test_green.py")
    result.stdout.fnmatch_lines(
        [
            "*FAILED: this run is not complete*",
            "deselected: tests/test_green.py::test_green",
            "skipped: tests/test_in.py::test_skips",
        ],
        consecutive=True,
    )
    assert result.ret == 1


def test_the_site_comes_first_and_what_is_fast_last(project):
    slow = "import pytest\n@pytest.mark.slow\ndef test_slow():\n    pass\n"
    builds = "def test_builds(site):\n    pass\n"
    write_tests(project, conftest=SITE, test_a=GREEN, test_b=slow, test_c=builds, test_d=builds)
    result = project.runpytest("--collect-only", "-q")
    found = re.findall(r"tests/test_(\w)\.py", result.stdout.str())
    assert found == ["c", "b", "d", "a"]


def test_a_run_without_nbval_fails(project):
    write_tests(project, test_green=GREEN)
    write_chapter(project, "one", ("print(1)", "1\n"))
    result = project.runpytest("-o", "addopts=")
    result.assert_outcomes(passed=1)
    result.stdout.fnmatch_lines("compared 0 of the 1 code cells in book/")
    assert result.ret == 1


@pytest.mark.parametrize("selection", [("tests/test_in.py",), ("-k", "skips"), ("-m", "skip")])
def test_a_selection_is_not_judged(project, selection):
    write_tests(project, test_in=LEFT_OUT["test_in"], test_mark=LEFT_OUT["test_mark"])
    result = project.runpytest(*selection)
    assert result.parseoutcomes()["skipped"] == 1
    assert result.ret == 0


def test_a_failure_stays_a_failure(project):
    write_tests(project, test_green=GREEN, test_red=GREEN.replace("pass", "assert 0"))
    write_chapter(project, "one", ("print(1)", "2\n"))
    result = project.runpytest()
    result.assert_outcomes(passed=1, failed=2)
    assert result.ret == 1

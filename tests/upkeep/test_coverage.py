"""`make coverage` counts what every process has run, and fails where too little of it was."""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
PACKAGES = ("dnn_utils", "testCases", "publish", "teach", "upkeep")
MEASURED = ("testCases", "teach")  # one package for each of the two gates
LINES = 1000  # of a package, one statement in each
# The first half runs in a worker of pytest-xdist, the other one in a process that a test starts.
# The worker ends at once, as one does that pytest-xdist kills because it is slow to end.
TESTS = """\
import atexit, os, subprocess, sys

def test_half():
    atexit.register(os._exit, 0)
    import {package}.first

def test_other_half(tmp_path):
    environment = os.environ | {{"PYTHONPATH": {root!r}}}
    subprocess.run(
        [sys.executable, "-c", "import {package}.second"], cwd=tmp_path, env=environment, check=True
    )
"""


def commands():
    """Return the commands of `make coverage` that call coverage, with the Python of the tests."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    pytest_options = re.search(r"^PYTEST := (.*)$", makefile, re.M)[1]
    recipe = re.search(r"^coverage:.*\n((?:\t.*\n)+)", makefile, re.M)[1]
    lines = [line for line in recipe.splitlines() if "-m coverage" in line]
    assert len(lines) == 5
    words = [shlex.split(line.replace("$(PYTEST)", pytest_options)) for line in lines]
    return [[sys.executable, *line[1:]] for line in words]


def run(command, project):
    """Run a command in a project; return its exit code and its output."""
    done = subprocess.run(
        command, cwd=project, capture_output=True, text=True, encoding="utf-8", check=False
    )
    return done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """Return a project with the settings of this one, of which everything has been run."""
    root = tmp_path_factory.mktemp("project")
    shutil.copy(ROOT / "pyproject.toml", root)
    shutil.copy(ROOT / "conftest.py", root)
    for package in PACKAGES:
        (root / package).mkdir()
        (root / package / "__init__.py").touch()
    (root / "tests").mkdir()
    (root / "book").mkdir()
    for package in MEASURED:
        for name in ("first", "second"):
            (root / package / f"{name}.py").write_text("x = 1\n" * (LINES // 2))
        test = TESTS.format(package=package, root=str(root))
        (root / "tests" / f"test_{package}.py").write_text(test)
    for command in commands()[:-2]:
        code, said = run(command, root)
        assert code == 0, said
    return root


def test_what_every_process_has_run_counts(project):
    for command in commands()[-2:]:
        assert run([*command, "--fail-under=100"], project)[0] == 0


@pytest.mark.parametrize("gate", [95, 90], ids=MEASURED)
def test_too_little_fails(project, gate):
    """One percent below a gate fails, one above does not; the other gate is left as it is."""
    package = dict(zip((95, 90), MEASURED, strict=True))[gate]
    module = project / package / "first.py"
    whole = module.read_text()
    for share in (gate + 1, gate - 1):
        lost = round(LINES * (100 - share) / share)
        module.write_text(whole + "def never():\n" + "    x = 1\n" * lost)
        codes = {}
        for command in commands()[-2:]:
            code, said = run(command, project)
            codes[int(command[-1].removeprefix("--fail-under="))] = code
            assert (f"is less than fail-under={gate}" in said) == bool(code)
        assert codes == {95: 0, 90: 0} | {gate: 2 * (share < gate)}
    module.write_text(whole)

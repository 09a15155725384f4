"""The chapters and the library on the oldest and the newest NumPy.

``python -m upkeep.versions`` makes two environments, ``.venv-numpy-oldest`` and
``.venv-numpy-newest``. In each it compares every output of the chapters with a
fresh run and runs the tests of the library, so both print the same numbers.
First it installs the library alone, as a student does, and checks all answers there.
The exit code is 1 if anything fails.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
import tomllib
import venv
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGES = (
    *("anywidget", "cloudpickle", "hypothesis", "ipykernel", "jax", "matplotlib", "nbval"),
    "pytest",
)
# Python: {NumPy: the next one that has them}
WITHOUT_WHEELS = {(3, 13): {"2.0": "2.1"}, (3, 14): {"2.0": "2.3"}}

ALONE = """
import importlib, sys
import course, dnn_utils, testCases
for name in course.MODULES:
    importlib.import_module(name)
overview = testCases.check_all(vars(dnn_utils))
print(overview)
sys.exit(not overview.ok)
"""

SHOW_VERSIONS = """
import importlib.metadata, platform, sys
print("Python", platform.python_version())
for name in sys.argv[1:]:
    print(name, importlib.metadata.version(name))
"""


def oldest_numpy() -> str:
    """Return the oldest NumPy that the project supports and this Python can install."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    (version,) = (
        dependency.removeprefix("numpy>=")
        for dependency in project["dependencies"]
        if dependency.startswith("numpy>=")
    )
    python = sys.version_info[:2]
    usable: str = WITHOUT_WHEELS.get(python, {}).get(version, version)
    if usable != version:
        print(f"Python {python[0]}.{python[1]} has no NumPy {version}: NumPy {usable} stands in.")
    return usable


def make_environment(name: str | Path, *packages: str | Path) -> Path:
    """Make the environment `name` anew, with these packages; return its Python."""
    folder = ROOT / name
    venv.create(folder, clear=True, with_pip=True)
    windows = sys.platform == "win32"
    python = folder / ("Scripts/python.exe" if windows else "bin/python")
    install: list[str | Path] = [python, "-m", "pip", "install", "--quiet", *packages]
    subprocess.run(install, cwd=ROOT, check=True)
    return python


def works_alone() -> bool:
    """Install the library with nothing but what it needs; return whether it and its checks work."""
    with tempfile.TemporaryDirectory() as scratch:
        source = Path(scratch, "source")  # the installation leaves files behind
        shutil.copytree(ROOT, source, ignore=shutil.ignore_patterns(".*", "_*build", "*.egg-info"))
        python = make_environment(Path(scratch, "venv"), source)
        return subprocess.run([python, "-c", ALONE], cwd=scratch, check=False).returncode == 0


def show_versions(python: Path) -> None:
    """Print what `python` is and has."""
    subprocess.run([python, "-c", SHOW_VERSIONS, "numpy", *PACKAGES], check=True)


def passes(python: Path) -> bool:
    """Run the chapters and the tests of the library; return whether all passed."""
    tests = sorted(ROOT.glob("tests/dnn_utils/test_library*.py"))
    selection = [
        "book",
        "tests/testCases/test_cases.py",
        *(str(path.relative_to(ROOT)) for path in tests),
    ]
    command = [str(python), "-m", "pytest", "--quiet", "-p", "no:cacheprovider", *selection]
    return subprocess.run(command, cwd=ROOT, check=False).returncode == 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit code."""
    argparse.ArgumentParser(prog="python -m upkeep.versions", description=__doc__).parse_args(
        arguments
    )
    numpys = {
        ".venv-numpy-oldest": f"numpy=={oldest_numpy()}.*",
        ".venv-numpy-newest": "numpy",
    }
    print("== the library alone", flush=True)
    failures = [] if works_alone() else ["the library alone"]
    for name, numpy in numpys.items():
        print(f"\n== {name}: {numpy}", flush=True)
        python = make_environment(name, numpy, *PACKAGES, "--editable", ".")
        show_versions(python)
        if not passes(python):
            failures.append(f"{name} ({numpy})")
    print("\nFAILED: " + ", ".join(failures) if failures else "\nThe same numbers on both.")
    return int(bool(failures))


if __name__ == "__main__":
    sys.exit(main())

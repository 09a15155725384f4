"""The rooms of the project import one another in one direction only, and by their names."""

import ast
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PACKAGES = SETTINGS["tool"]["importlinter"]["root_packages"]
CHANGES = {"append", "extend", "insert", "remove", "pop", "clear"}
LOADERS = {"spec_from_file_location", "SourceFileLoader", "syspath_prepend"}


def lint(folder):
    """Check the contracts of ``pyproject.toml`` for the packages in a folder."""
    return subprocess.run(
        [shutil.which("lint-imports", path=Path(sys.executable).parent), "--no-cache"],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(folder)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )


def test_the_contracts_name_every_package():
    folders = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert folders - {"tests"} == set(PACKAGES)


def test_no_import_rises():
    result = lint(ROOT)
    assert result.returncode == 0, result.stdout
    assert "2 kept, 0 broken" in result.stdout


@pytest.fixture
def house(tmp_path):
    """Return a copy of the code of all rooms, and of the contracts."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for name in (*PACKAGES, "tests"):
        for path in (ROOT / name).rglob("*.py"):
            copy = tmp_path / path.relative_to(ROOT)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, copy)
    return tmp_path


@pytest.mark.parametrize(
    ("module", "line", "arrow"),
    [
        ("upkeep/counts.py", "from teach import mark", "upkeep.counts -> teach.mark"),
        ("upkeep/reader.py", "import publish.languages", "upkeep.reader -> publish.languages"),
        ("publish/site/colophon.py", "import teach.run", "publish.site.colophon -> teach.run"),
        ("dnn_utils/cost.py", "    import testCases", "dnn_utils.cost -> testCases"),
        ("teach/mark.py", "from tests import networks", "teach.mark -> tests"),
    ],
)
def test_an_import_that_rises_is_named(house, module, line, arrow):
    path = house / module
    function = "\n\ndef function():\n" if line.startswith(" ") else "\n"
    path.write_text(path.read_text(encoding="utf-8") + function + line + "\n", encoding="utf-8")
    result = lint(house)
    assert result.returncode == 1
    assert arrow in result.stdout


def tricks(source):
    """Yield what makes a module findable that has no name of its own in the project."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Attribute(attr=attribute) if attribute in LOADERS:
                yield attribute
            case ast.alias(name=name) if name in LOADERS:
                yield name
            case ast.Attribute(value=ast.Attribute(attr="path", value=ast.Name("sys")), attr=name):
                if name in CHANGES:
                    yield f"sys.path.{name}"
            case ast.Attribute(attr="path", value=ast.Name("sys"), ctx=ast.Store()):
                yield "sys.path ="
            case ast.Subscript(
                value=ast.Attribute(attr="path", value=ast.Name("sys")), ctx=ast.Store() | ast.Del()
            ):
                yield "sys.path[] ="


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import sys\nsys.path.insert(0, 'x')", ["sys.path.insert"]),
        ("import sys\nsys.path = ['x']", ["sys.path ="]),
        ("import sys\nsys.path += ['x']", ["sys.path ="]),
        ("import sys\nsys.path[:0] = ['x']", ["sys.path[] ="]),
        ("from importlib.util import spec_from_file_location", ["spec_from_file_location"]),
        ("import importlib\nimportlib.util.spec_from_file_location", ["spec_from_file_location"]),
        ("import sys\nprint(*sys.path)\nwords = []\nwords.append(1)", []),
    ],
)
def test_tricks_are_recognised(source, expected):
    assert list(tricks(source)) == expected


def test_every_module_is_imported_by_its_name():
    paths = [path for name in (*PACKAGES, "tests") for path in (ROOT / name).rglob("*.py")]
    assert len(paths) > 100
    found = {
        str(path.relative_to(ROOT)): list(tricks(path.read_text(encoding="utf-8")))
        for path in [*paths, ROOT / "conftest.py"]
    }
    assert {path: names for path, names in found.items() if names} == {}

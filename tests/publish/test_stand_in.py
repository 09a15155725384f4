"""A third language needs no code: a stand-in, made in a copy as CONTRIBUTING tells, is complete."""

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib

import nbformat
import pytest

import course
from dnn_utils.widgets import FIGURES
from tests.publish import stand_in
from tests.publish.stand_in import LANGUAGE, MARK
from upkeep.small_book import ROOT, build_edition, write_small_book

pytestmark = pytest.mark.slow

PROJECT = ("_config.yml", "_toc.yml", "book", "dnn_utils", "publish", "teach", "testCases")
PROJECT += ("upkeep", "benchmarks", "tests", "requirements.txt", "requirements.lock", "course")
PROJECT += tuple(f"{name}.py" for name in course.MODULES)
UPDATE = ("-m", "publish.languages.update")


def python(root, *arguments, language="en"):
    """Run Python in a copy of the project; return the finished process."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=root,
        env=os.environ
        | {"PYTHONPATH": str(root), "DNN_LANGUAGE": language, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def files(root):
    """Return what is in each file of a project, but for its catalogues and the stand-in."""
    paths = [path for name in PROJECT for path in [root / name, *(root / name).rglob("*")]]
    return {
        path.relative_to(root): path.read_bytes()
        for path in paths
        if path.is_file()
        and LANGUAGE not in path.parts
        and path.suffix not in (".pyc", ".po", ".mo")
    }


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """Return a copy of the project in which somebody has made the translation."""
    root = tmp_path_factory.mktemp("project")
    for name in PROJECT:
        if (ROOT / name).is_dir():
            ignored = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
            shutil.copytree(ROOT / name, root / name, ignore=ignored)
        else:
            shutil.copy(ROOT / name, root)
    before = files(root)
    terms = (ROOT / "publish/languages/ko/terms.toml").read_text(encoding="utf-8")
    folder = stand_in.found(root, list(tomllib.loads(terms)))

    to_do = python(root, *UPDATE)
    assert to_do.returncode == 1
    empty = to_do.stdout.count(f"{LANGUAGE}/") - to_do.stdout.count("not translated")
    assert empty == 0, to_do.stdout
    assert stand_in.translate(folder) == to_do.stdout.count("not translated") > 2000

    done = python(root, *UPDATE)
    assert done.returncode == 0, done.stdout
    assert "nothing is missing or wrong" in done.stdout
    assert files(root) == before, "somebody has touched code"
    return root


def test_a_text_that_is_not_translated_is_told(project):
    """The check that the fixture relies on can fail."""
    path = project / "publish/languages" / LANGUAGE / "LC_MESSAGES/site.po"
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole.replace('msgstr "»run"', 'msgstr ""'), encoding="utf-8")
    checked = python(project, "-c", "from publish.languages.check import check; print(check('eo'))")
    path.write_text(whole, encoding="utf-8")
    assert "not translated" in checked.stdout


def test_the_library_and_its_figures_speak_it(project):
    code = "from tests.publish.test_language import tell_figures; tell_figures()"
    result = python(project, "-c", code, language=LANGUAGE)
    assert result.returncode == 0, result.stderr
    told = json.loads(result.stdout)
    assert list(told) == list(FIGURES)
    for said in told.values():
        for text in (said["title"], said["caption"], said["alt"]):
            assert MARK in text


CHECKS = """
import dnn_utils
from testCases import check, check_all, hints

def linear_forward(A, W, b):
    return W @ A, (A, W, b)

print(check(dnn_utils.linear_forward), check(linear_forward), check_all({}), sep="\\n---\\n")
print("---", *hints("linear_forward"), sep="\\n")
"""


def test_the_checks_speak_it(project):
    result = python(project, "-c", CHECKS, language=LANGUAGE)
    assert result.returncode == 0, result.stderr
    said = result.stdout.split("---\n")
    assert len(said) == 4
    for text in said:
        assert MARK in text.splitlines()[0]
        assert not re.search(r"(?<![»`\w])[a-z]{3,} [a-z]{3,}", re.sub("`.*?`", "", text)), text


def test_the_workbook_is_written_in_it(project):
    result = python(project, "-m", "publish.workbook", LANGUAGE)
    assert result.returncode == 0, result.stderr
    path = project / "workbook" / f"workbook-{LANGUAGE}.ipynb"
    texts = [cell.source for cell in nbformat.read(path, 4).cells if cell.cell_type == "markdown"]
    assert len(texts) > 20
    assert [text for text in texts if text and MARK not in text] == []


def test_a_book_is_built_in_it(project, tmp_path):
    write_small_book(tmp_path)
    folder = tmp_path / "publish/languages" / LANGUAGE
    shutil.copytree(project / "publish/languages" / LANGUAGE, folder)
    for catalogue in (folder / "LC_MESSAGES/book").glob("*.*"):
        catalogue.unlink()
    compiled = f"dnn_utils/locale/{LANGUAGE}"
    shutil.copytree(project / compiled, tmp_path / compiled)
    python(tmp_path, *UPDATE)  # its own two pages are new, and its library has no figure of ours
    assert stand_in.translate(folder) > 0
    result = build_edition(tmp_path, LANGUAGE)
    assert result.returncode == 0, result.stdout
    page = (tmp_path / f"_build/html/{LANGUAGE}/book/index.html").read_text(encoding="utf-8")
    assert f'<html lang="{LANGUAGE}"' in page
    assert "»the »only »figure." in page
    assert re.search(rf'hreflang="{LANGUAGE}" href="[^"]*{LANGUAGE}/book/index.html"', page)
    assert "»skip »to »main »content" in page

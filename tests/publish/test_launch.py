"""With the address of a repository, a chapter can be opened elsewhere, and runs there."""

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import nbformat
import pytest

import course
from upkeep import notebooks
from upkeep.notebooks import read_notebook
from upkeep.small_book import ROOT, build, write_small_book
from upkeep.visitor import Visitor, serve

PROPOSED = re.compile(r"^      # (?=repository_|launch_|  \w)", re.M)
LINKS = {
    "Binder": "https://mybinder.org/v2/gh/you/your-copy/main?urlpath=lab/tree/book/chapter.ipynb",
    "JupyterHub": "https://hub.example.org/hub/user-redirect/git-pull?"
    "repo=https%3A//github.com/you/your-copy"
    "&urlpath=lab/tree/your-copy/book/chapter.ipynb&branch=main",
    "Colab": "https://colab.research.google.com/github/you/your-copy/blob/main/book/chapter.ipynb",
}


def configure(book, monkeypatch):
    """Turn on what `_config.yml` proposes."""
    path = book / "_config.yml"
    path.write_text(PROPOSED.sub(6 * " ", path.read_text(encoding="utf-8")), encoding="utf-8")
    monkeypatch.setattr(notebooks, "CONFIG", path)


def built(book):
    result = build(book)
    assert result.returncode == 0, result.stdout


def test_buttons_open_a_chapter_elsewhere(browser, tmp_path, monkeypatch):
    write_small_book(tmp_path)
    built(tmp_path)
    page = tmp_path / "_build/html/book/chapter.html"
    assert not any(link in page.read_text(encoding="utf-8") for link in LINKS.values())

    configure(tmp_path, monkeypatch)
    chapter = tmp_path / "book/chapter.ipynb"
    assert notebooks.update(chapter)
    assert [cell.id for cell in read_notebook(chapter).cells][1] == notebooks.BOOTSTRAP_TAG
    built(tmp_path)
    assert "pip" not in re.sub(r"<.*?>", "", page.read_text(encoding="utf-8"))
    with serve(tmp_path / "_build/html") as address:
        visitor = Visitor(browser, address)
        assert visitor.inspect("book/chapter")["faults"] == {}
        visitor.open("book/chapter")
        visitor.page.get_by_label("Launch interactive content").click()
        links = visitor.page.locator(".dropdown-launch-buttons a:visible")
        found = {link.inner_text().strip(): link.get_attribute("href") for link in links.all()}
        assert found == LINKS
        cell = read_notebook(chapter).cells[-1]
        assert visitor.page.locator(f"#cell-{cell.id}").count() == 1


RUN = """
import sys, nbformat
from nbclient import NotebookClient
notebook = nbformat.read(sys.argv[1], as_version=4)
NotebookClient(notebook, kernel_name="python3", timeout=600).execute()
nbformat.write(notebook, sys.argv[1])
"""


@pytest.mark.slow
def test_a_chapter_alone_installs_the_library_and_shows_what_the_book_shows(tmp_path, monkeypatch):
    chapter = tmp_path / "elsewhere" / "04_cost.ipynb"
    chapter.parent.mkdir()
    options = {"repository_url": repository(tmp_path / "copy")}
    config = {"sphinx": {"config": {"html_theme_options": options}}}
    (tmp_path / "_config.yml").write_text(json.dumps(config))
    monkeypatch.setattr(notebooks, "CONFIG", tmp_path / "_config.yml")
    stored = read_notebook(ROOT / "book" / chapter.name)
    stored.cells[1:1] = notebooks.bootstrap()
    chapter.write_text(nbformat.v4.writes(stored), encoding="utf-8")
    python = without_the_library(tmp_path / "venv")
    environment = {name: it for name, it in os.environ.items() if name != "PYTHONPATH"}
    environment["JUPYTER_DATA_DIR"] = str(tmp_path / "jupyter")
    # The chapter runs elsewhere, where no ipykernel has written down how to start it.
    command = [python, "-c", RUN, chapter]
    subprocess.run(command, cwd=chapter.parent, env=environment, check=True)
    shown = read_notebook(chapter)
    notebooks.normalise(shown, chapter)
    pairs = zip(notebooks.code_cells(shown), notebooks.code_cells(stored), strict=True)
    assert [here.source for here, there in pairs if here.outputs != there.outputs] == []
    imports = "import {}, {}".format("dnn_utils", ", ".join(course.MODULES))
    where = subprocess.run(
        [python, "-c", f"{imports}; print(dnn_utils.__file__)"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert Path(where.stdout).is_relative_to(tmp_path / "venv")


def repository(folder):
    """Put the library into a repository of its own; return its address."""
    folder.mkdir()
    for name in ("dnn_utils", "testCases", "course"):
        shutil.copytree(ROOT / name, folder / name)
    modules = [ROOT / f"{name}.py" for name in course.MODULES]
    for path in (ROOT / "pyproject.toml", ROOT / "README.md", *ROOT.glob("LICENSE*"), *modules):
        shutil.copy(path, folder)
    person = ["-c", "user.name=Reader", "-c", "user.email=reader@example.org"]
    for command in (["init", "--quiet", "--initial-branch=main"], ["add", "--all"]):
        subprocess.run(["git", *command], cwd=folder, check=True)
    commit = ["commit", "--quiet", "--message=A copy"]
    subprocess.run(["git", *person, *commit], cwd=folder, check=True)
    return folder.as_uri()


def without_the_library(folder):
    """Make an environment that has all of this one but the library; return its Python."""
    venv.create(folder, with_pip=True)
    windows = sys.platform == "win32"
    python = folder / ("Scripts/python.exe" if windows else "bin/python")
    paths = {"base": folder, "platbase": folder}
    scheme = "nt" if windows else "posix_prefix"
    packages = Path(sysconfig.get_path("purelib", scheme, paths))
    # The editable install of the library is not followed from here.
    (packages / "others.pth").write_text(sysconfig.get_path("purelib") + "\n")
    missing = "import importlib.util, sys; sys.exit(bool(importlib.util.find_spec('dnn_utils')))"
    subprocess.run([python, "-c", missing], cwd=folder, check=True)
    return python

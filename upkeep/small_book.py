"""A book of two pages under the settings of this one, and the commands that build a book.

Tests build it to see what a change of the sources changes, benchmarks to measure one page.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import nbformat

import course

ROOT = Path(__file__).parents[1]
SETTINGS = (
    "_config.yml",
    "requirements.lock",
    "dnn_utils",
    "testCases",
    "course",
    *(f"{name}.py" for name in course.MODULES),
    "book/_static",
    "book/_templates",
    "benchmarks",
    "publish",
    "teach",
    "upkeep",
)
TOC = """\
format: jb-book
root: book/index
chapters:
  - file: book/chapter
"""
FRONT_PAGE = """\
# A small book

:::{figure} images/box.svg
:alt: A box

The only figure.
:::
"""
BOX = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20" width="20" height="20">
  <rect id="box" width="20" height="20" fill="var(--dnn-forward, #2456a6)"/>
</svg>
"""
CODE = "import dnn_utils\nprint(dnn_utils.compute_cost.__doc__.splitlines()[0])"


def build(book: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Build the English book in this directory as ``make html``; return the finished process."""
    program = shutil.which("jupyter-book", path=Path(sys.executable).parent)
    if program is None:
        raise RuntimeError("jupyter-book is not installed beside this Python")
    return run(book, program, "build", ".", "-W", "-n", "--keep-going", *options)


def build_edition(book: Path, language: str) -> subprocess.CompletedProcess[str]:
    """Build a translated edition as ``make html`` does; return the finished process."""
    return run(book, sys.executable, "-m", "publish.languages.build", language)


def run(book: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a book with the library of that book; return the finished process."""
    bin = Path(sys.executable).parent
    return subprocess.run(
        command,
        cwd=book,
        # the book's own library comes before an installed one
        env=os.environ
        | {"PATH": f"{bin}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(book)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )


def leave_out_translations(folder: str, names: list[str]) -> list[str]:
    """Return the folders of languages and of compiled files: for `shutil.copytree`."""
    languages = Path(folder) == ROOT / "publish/languages"
    return [name for name in names if name == "__pycache__" or (languages and "." not in name)]


def write_small_book(book: Path, code: str | Sequence[str] = CODE) -> None:
    """Write a front page with a figure, and a chapter with one code cell, or a list of them."""
    for name in SETTINGS:
        source, copy = ROOT / name, book / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, copy, ignore=leave_out_translations)
        else:
            shutil.copy(source, copy)
    (book / "book/images").mkdir()
    (book / "book/images/box.svg").write_text(BOX)
    (book / "_toc.yml").write_text(TOC)
    (book / "book/index.md").write_text(FRONT_PAGE)
    v4 = nbformat.v4
    sources = [code] if isinstance(code, str) else code
    cells = [v4.new_markdown_cell("# A chapter"), *map(v4.new_code_cell, sources)]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    chapter = v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
    nbformat.write(chapter, book / "book/chapter.ipynb")

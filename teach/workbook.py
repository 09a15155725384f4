"""Write the reader's workbook: the starters of all functions, their checks, the exercises.

``python -m teach.workbook`` builds ``workbook/workbook.ipynb`` from the chapters
and the library; with the name of a language it builds ``workbook-LANGUAGE.ipynb``.
It never writes over a notebook that is there: one that differs, by a reader's work or
by its age, is left as it is, and the new one is written beside it.

The workbook is also the release version of an nbgrader assignment, and with
``build(solutions=True)`` its source version.
"""

import argparse
import re
import sys
from dataclasses import dataclass
from functools import partial
from itertools import chain, count
from pathlib import Path

import nbformat

from dnn_utils.language import N_
from publish import languages
from publish.languages import sources
from testCases import FUNCTIONS, starter
from upkeep import notebooks
from upkeep.notebooks import ChapterError, chapters, code_cells, read, solution_name

WORKBOOK = Path(__file__).parents[1] / "workbook" / "workbook.ipynb"
POINTS = 4
HONOUR_ID = "honour"
GRADE = "grade-"  # before the name of a function: the cell with its points
NAME = N_("**My name:**")
STATEMENT = N_("**I confirm this statement (write yes):**")

INTRODUCTION = N_("""\
# Workbook

Here you write the functions of the book yourself, step by step.

1. Write your lines between the comments `START CODE HERE` and `END CODE HERE`, in place of the \
line with `raise NotImplementedError`.
2. Run the cell, then the cell below it, which checks your function and tells you what to look at.
3. The cell after that shows the points.

The last cell gives an overview of the whole workbook.""")

HONOUR = N_("""\
## Your name and your word

*I wrote the code and the answers in this workbook myself and can explain every line. \
Wherever a person, a text or a program helped me, I say so in the cell concerned.*

**My name:**

**I confirm this statement (write yes):**""")

POINTER = N_("The chapter [{title}]({path}) explains this step.")

SETUP = """\
import numpy as np

from dnn_utils import relu, relu_backward, sigmoid, sigmoid_backward
from testCases import check, check_all, grade"""

OVERVIEW = N_("""\
## Check my whole workbook

*Run > Run All Cells* runs everything from top to bottom. Then this cell shows how each of \
the nine functions is doing:""")

EXERCISE = re.compile(r"^(:{3,})\{exercise\}[^\n]*\n((?::[^\n]*\n)*)(.*?)^\1$", re.M | re.S)
LABEL = re.compile(r"^:label: *(\S+)$", re.M)
TITLE = re.compile(r"^# (.+)$", re.M)


@dataclass(frozen=True)
class Question:
    """An exercise of a chapter: its label, its text, and whether code answers it."""

    label: str
    text: str
    asks_for_code: bool


def build(solutions=False, language=languages.SOURCE):
    """Return the workbook.

    Parameters
    ----------
    solutions : bool
        Fill in what the reader writes, as nbgrader expects its source version.
    language : str
        In which the text is. The code is the same in all of them.

    Returns
    -------
    notebook : NotebookNode
        The same on every call; not yet run.

    Raises
    ------
    ChapterError
        If the chapters do not hold every function once, or an exercise has no label.
    """
    steps = _steps(language).items()
    say = partial(languages.translate, language=language)
    honour = honour_filled(language) if solutions else say(HONOUR)
    cells = [
        _markdown("introduction", say(INTRODUCTION)),
        _markdown(HONOUR_ID, honour, solution=True, points=0),
        _code("setup", SETUP, locked=True),
        *chain.from_iterable(_step(*step, solutions, language) for step in steps),
        _markdown("overview", say(OVERVIEW)),
        _code("overview-check", "check_all(globals())"),
    ]
    notebook = nbformat.v4.new_notebook(cells=cells, metadata=notebooks.NOTEBOOK_METADATA)
    nbformat.validate(notebook)
    return notebook


def _steps(language):
    """Return the chapters that let the reader write a function, by path."""
    get = read if language == languages.SOURCE else partial(sources.notebook, language=language)
    every = {path: get(path) for path in chapters()}
    found = list(chain.from_iterable(map(_functions, every.values())))
    if sorted(found) != sorted(FUNCTIONS):
        raise ChapterError(f"the chapters hold the functions {found}, expected {list(FUNCTIONS)}")
    return {path: chapter for path, chapter in every.items() if _functions(chapter)}


def _functions(chapter):
    names = map(solution_name, code_cells(chapter))
    return [name for name in names if name in FUNCTIONS]


def _step(path, chapter, solutions, language):
    """Return the cells of one chapter: heading, functions, exercises."""
    title = TITLE.search(chapter.cells[0].source).group(1)
    say = partial(languages.translate, language=language)
    folder = "book" if language == languages.SOURCE else f"notebooks/{language}"
    pointer = say(POINTER).format(title=title, path=f"../{folder}/{path.name}")
    cells = [_markdown(f"step-{path.stem[3:]}", f"## {title}\n\n{pointer}")]
    for name in _functions(chapter):
        cells += _function(name, solutions)
    for number, question in enumerate(questions(chapter, path), start=1):
        new = _code if question.asks_for_code else _markdown
        text = f"### {say(N_('Exercise'))} {number}\n\n{question.text}"
        cells += [
            _markdown(f"question-{question.label}", text),
            new(f"answer-{question.label}", ""),
        ]
    return cells


def _function(name, solutions):
    source = notebooks.solution(name) if solutions else starter(name)
    return [
        _code(f"solution-{name}", source, solution=True),
        _code(f"check-{name}", f"check({name})"),
        _code(f"{GRADE}{name}", f"grade({name}, points={POINTS})", locked=True, points=POINTS),
    ]


def questions(chapter, path):
    """Return the exercises of a chapter, without their solutions, in order."""
    text = "\n\n".join(cell.source for cell in chapter.cells if cell.cell_type == "markdown")
    found = []
    for _, options, question in EXERCISE.findall(text):
        label = LABEL.search(options)
        if label is None:
            raise ChapterError(f"{path}: an exercise has no label: {question.strip()[:60]}")
        with_code = f"{{solution-start}} {label.group(1)}" in text
        found.append(Question(label.group(1), question.strip(), with_code))
    return found


def _markdown(name, source, **marks):
    return nbformat.v4.new_markdown_cell(
        source, id=name, metadata=_metadata(name, "markdown", marks)
    )


def _code(name, source, **marks):
    return nbformat.v4.new_code_cell(source, id=name, metadata=_metadata(name, "code", marks))


def _metadata(name, kind, marks):
    """Return what nbgrader has to know of a cell; nothing for a cell that is the reader's."""
    if not marks:
        return {}
    nbgrader = {
        "cell_type": kind,
        "grade": "points" in marks,
        "grade_id": name,
        "locked": marks.get("locked", False),
        "schema_version": 3,
        "solution": marks.get("solution", False),
        "task": False,
    }
    if "points" in marks:
        nbgrader["points"] = marks["points"]
    metadata = {"deletable": False, "nbgrader": nbgrader}
    return {**metadata, "editable": False} if nbgrader["locked"] else metadata


def name_of(cell):
    """Return the name that the builder gave a cell; a cell of the reader's may have any."""
    marks = cell.metadata.get("nbgrader")
    name = marks.get("grade_id") if isinstance(marks, dict) else None
    return name if isinstance(name, str) else cell.get("id")


def honour_filled(language=languages.SOURCE):
    """Return the cell for name and statement as somebody has filled it in."""
    text = languages.translate(HONOUR, language)
    for line, word in ((NAME, "A. Teacher"), (STATEMENT, "yes")):
        text = text.replace(said := languages.translate(line, language), f"{said} {word}")
    return text


def is_signed(notebook):
    """Return whether the cell for name and statement of a `notebook` is filled in."""
    for cell in notebook.cells:
        if name_of(cell) == HONOUR_ID:
            return any(_is_filled_in(cell.source, language) for language in languages.languages())
    return False


def _is_filled_in(source, language):
    _, _, after = source.partition(languages.translate(NAME, language))
    name, found, word = after.partition(languages.translate(STATEMENT, language))
    return bool(found and name.strip(" \n_.") and word.strip(" \n_."))


def place(language):
    """Return the path of the workbook in a language."""
    return WORKBOOK if language == languages.SOURCE else WORKBOOK.with_stem(f"workbook-{language}")


def write(path, notebook):
    """Write a notebook to `path`, or beside it if another one is there.

    Parameters
    ----------
    path : Path
        Where the notebook belongs.
    notebook : NotebookNode

    Returns
    -------
    message : str
        What was done, for the reader.
    """
    text = nbformat.v4.writes(notebook) + "\n"
    path.parent.mkdir(parents=True, exist_ok=True)
    kept = []
    for candidate in chain([path], (path.with_stem(f"{path.stem}-{n}") for n in count(2))):
        try:
            with candidate.open("x", encoding="utf-8", newline="\n") as file:
                file.write(text)
        except FileExistsError:
            if candidate.is_file() and candidate.read_bytes() == text.encode():
                return _message(f"{candidate} is up to date.", kept)
            kept.append(str(candidate))
        else:
            return _message(f"{candidate} is written: open it in JupyterLab.", kept)


def _message(said, kept):
    note = " is not the new one: it holds work, or is older. It was left as it is."
    return "\n".join([*(name + note for name in kept), said])


def main(arguments=()):
    """Write the workbook in the language of the command line; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m teach.workbook", description=__doc__)
    known = languages.languages()
    parser.add_argument("language", nargs="?", choices=known, default=languages.SOURCE)
    language = parser.parse_args(arguments).language
    try:
        print(write(place(language), build(language=language)))
    except (ChapterError, OSError, languages.TranslationError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

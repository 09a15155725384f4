"""Write the reader's workbook: the starters of all functions, their checks, the exercises.

``python -m publish.workbook`` builds ``workbook/workbook.ipynb`` from the chapters
and the library; with the name of a language it builds ``workbook-LANGUAGE.ipynb``.
It never writes over a notebook that is there: one that differs, by a reader's work or
by its age, is left as it is, and the new one is written beside it.

The workbook is also the release version of an nbgrader assignment, and with
``build(solutions=True)`` its source version.
"""

import argparse
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from dnn_utils.activations import ACTIVATIONS
from dnn_utils.language import N_
from publish import languages
from publish.languages import sources
from testCases import FUNCTIONS, starter
from upkeep import notebooks
from upkeep.notebooks import ChapterError, chapters, code_cells, read_notebook, solution_name

WORKBOOK = Path(__file__).parents[1] / "workbook" / "workbook.ipynb"
POINTS = 4
DECLARATION_ID = "honour"
GRADE = "grade-"  # before the name of a function: the cell with its points
NAME_LINE = N_("**My name:**")
CONFIRMATION_LINE = N_("**I confirm this statement (write yes):**")

INTRODUCTION = N_("""\
# Workbook

Here you write the functions of the book yourself, step by step.

1. Write your lines between the comments `START CODE HERE` and `END CODE HERE`, in place of the \
line with `raise NotImplementedError`.
2. Run the cell, then the cell below it, which checks your function and tells you what to look at.
3. The cell after that shows the points.

At the end, a cell gives an overview of the whole workbook, and your functions train a network.""")

DECLARATION = N_("""\
## Your name and your word

*I wrote the code and the answers in this workbook myself and can explain every line. \
Wherever a person, a text or a program helped me, I say so in the cell concerned.*

**My name:**

**I confirm this statement (write yes):**""")

POINTER = N_("The chapter [{title}]({path}) explains this step.")

SETUP = f"""\
import numpy as np

from dnn_utils import {", ".join(sorted(g.__name__ for pair in ACTIVATIONS.values() for g in pair))}
from testCases import check, check_all, grade"""

OVERVIEW = N_("""\
## Check my whole workbook

*Run > Run All Cells* runs everything from top to bottom. Then this cell shows how each of \
the nine functions is doing:""")

TRAINING = N_("""\
## Your network

The next cell checks your functions once more, and puts those that are right in the place of the \
book's. Whatever is missing comes from the book. Then all of it trains a network, and at the end \
the last cell lets you watch it learn: every number in the figure was computed by the functions \
that are in use.""")

USE = """\
import dnn_utils
from testCases import FUNCTIONS

dnn_utils.use({name: value for name, value in globals().items() if name in FUNCTIONS})"""

TRAIN = """\
from dnn_utils.datasets import make_circle

X, Y = make_circle(200)
parameters = start = dnn_utils.initialize_parameters_deep([2, 8, 1])
costs = []
for step in range(3000):
    AL, caches = dnn_utils.L_model_forward(X, parameters)
    costs.append(dnn_utils.compute_cost(AL, Y))
    grads = dnn_utils.L_model_backward(AL, Y, caches)
    parameters = dnn_utils.update_parameters(parameters, grads, learning_rate=0.5)
print(f"cost {costs[0]:.3f} -> {costs[-1]:.3f}, {np.mean((AL > 0.5) == Y):.0%} right")"""

WATCH = """\
from dnn_utils import widgets

widgets.Learning(start, X, Y)"""

EXERCISE = re.compile(r"^(:{3,})\{exercise\}[^\n]*\n((?::[^\n]*\n)*)(.*?)^\1$", re.M | re.S)
LABEL = re.compile(r"^:label: *(\S+)$", re.M)
TITLE = re.compile(r"^# (.+)$", re.M)


@dataclass(frozen=True)
class Question:
    """An exercise of a chapter: its label, its text, and whether code answers it."""

    label: str
    text: str
    asks_for_code: bool


def build(solutions: bool = False, language: str = languages.SOURCE) -> NotebookNode:
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
    declaration = signed_declaration(language) if solutions else say(DECLARATION)
    cells = [
        _markdown("introduction", say(INTRODUCTION)),
        _markdown(DECLARATION_ID, declaration, solution=True, points=0),
        _code("setup", SETUP, locked=True),
        *chain.from_iterable(_step(*step, solutions, language) for step in steps),
        _markdown("overview", say(OVERVIEW)),
        _code("overview-check", "check_all(globals())"),
        _markdown("your-network", say(TRAINING)),
        _code("use", USE),
        _code("train", TRAIN),
        _code("watch", WATCH),
    ]
    notebook: NotebookNode = nbformat.v4.new_notebook(
        cells=cells, metadata=notebooks.NOTEBOOK_METADATA
    )
    nbformat.validate(notebook)
    return notebook


def _steps(language: str) -> dict[Path, NotebookNode]:
    """Return the chapters that let the reader write a function, by path."""
    get: Callable[[Path], NotebookNode] = read_notebook
    if language != languages.SOURCE:
        get = partial(sources.notebook, language=language)
    every = {path: get(path) for path in chapters()}
    names = list(chain.from_iterable(map(_functions, every.values())))
    if sorted(names) != sorted(FUNCTIONS):
        raise ChapterError(f"the chapters hold the functions {names}, expected {list(FUNCTIONS)}")
    return {path: chapter for path, chapter in every.items() if _functions(chapter)}


def _functions(chapter: NotebookNode) -> list[str]:
    names = map(solution_name, code_cells(chapter))
    return [name for name in names if name is not None and name in FUNCTIONS]


def _step(path: Path, chapter: NotebookNode, solutions: bool, language: str) -> list[NotebookNode]:
    """Return the cells of one chapter: heading, functions, exercises."""
    heading = TITLE.search(chapter.cells[0].source)
    if heading is None:
        raise ChapterError(f"{path}: the first cell has no title")
    title = heading.group(1)
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


def _function(name: str, solutions: bool) -> list[NotebookNode]:
    source = notebooks.solution(name) if solutions else starter(name)
    return [
        _code(f"solution-{name}", source, solution=True),
        _code(f"check-{name}", f"check({name})"),
        _code(f"{GRADE}{name}", f"grade({name}, points={POINTS})", locked=True, points=POINTS),
    ]


def questions(chapter: NotebookNode, path: Path) -> list[Question]:
    """Return the exercises of a chapter, without their solutions, in order."""
    text = "\n\n".join(cell.source for cell in chapter.cells if cell.cell_type == "markdown")
    exercises = []
    for _, options, question in EXERCISE.findall(text):
        label = LABEL.search(options)
        if label is None:
            raise ChapterError(f"{path}: an exercise has no label: {question.strip()[:60]}")
        with_code = f"{{solution-start}} {label.group(1)}" in text
        exercises.append(Question(label.group(1), question.strip(), with_code))
    return exercises


def _markdown(name: str, source: str, **marks: Any) -> NotebookNode:
    cell: NotebookNode = nbformat.v4.new_markdown_cell(
        source, id=name, metadata=_metadata(name, "markdown", marks)
    )
    return cell


def _code(name: str, source: str, **marks: Any) -> NotebookNode:
    cell: NotebookNode = nbformat.v4.new_code_cell(
        source, id=name, metadata=_metadata(name, "code", marks)
    )
    return cell


def _metadata(name: str, kind: str, marks: dict[str, Any]) -> dict[str, Any]:
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
    metadata: dict[str, Any] = {"deletable": False, "nbgrader": nbgrader}
    return {**metadata, "editable": False} if nbgrader["locked"] else metadata


def name_of(cell: NotebookNode) -> str | None:
    """Return the name that the builder gave a cell; a cell of the reader's may have any."""
    marks = cell.metadata.get("nbgrader")
    name = marks.get("grade_id") if isinstance(marks, dict) else None
    return name if isinstance(name, str) else cell.get("id")


def signed_declaration(language: str = languages.SOURCE) -> str:
    """Return the cell for name and statement as a teacher fills it in."""
    text: str = languages.translate(DECLARATION, language)
    for line, word in ((NAME_LINE, "A. Teacher"), (CONFIRMATION_LINE, "yes")):
        line = languages.translate(line, language)
        text = text.replace(line, f"{line} {word}")
    return text


def is_signed(notebook: NotebookNode) -> bool:
    """Return whether the cell for name and statement of a `notebook` is filled in."""
    for cell in notebook.cells:
        if name_of(cell) == DECLARATION_ID:
            return any(_is_filled_in(cell.source, language) for language in languages.languages())
    return False


def _is_filled_in(source: str, language: str) -> bool:
    _, _, after = source.partition(languages.translate(NAME_LINE, language))
    name, line, word = after.partition(languages.translate(CONFIRMATION_LINE, language))
    return bool(line and name.strip(" \n_.") and word.strip(" \n_."))


def path_of(language: str) -> Path:
    """Return the path of the workbook in a language."""
    return WORKBOOK if language == languages.SOURCE else WORKBOOK.with_stem(f"workbook-{language}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m publish.workbook", description=__doc__)
    known = languages.languages()
    parser.add_argument("language", nargs="?", choices=known, default=languages.SOURCE)
    language = parser.parse_args(arguments).language
    try:
        print(notebooks.write_new(path_of(language), build(language=language)))
    except (ChapterError, OSError, languages.TranslationError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

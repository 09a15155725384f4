"""Collect what the students handed in: one notebook for each of them, or why there is none."""

import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from publish import languages, workbook
from teach import isolation
from teach.run import GradingError, Run
from testCases.result import Result
from upkeep.notebooks import ChapterError, read_notebook

LARGEST = 20 * isolation.MEGABYTE  # bytes of a notebook
# How a function ran, by the code of its result; all others tell nothing about that.
STATUS = {"timeout": "timeout", "endless_loop": "timeout", "crashed": "crashed"}


@dataclass
class Submission:
    """What a student handed in, and how it was graded.

    Attributes
    ----------
    student : str
    notebook : NotebookNode or None
    problem : str
        Why there is no notebook, or why it could not be graded.
    results : dict
        The `Result` for each function of the book, in its order.
    run : Run
        How the notebook ran as a whole.
    """

    student: str
    notebook: NotebookNode | None = None
    problem: str = ""
    results: Mapping[str, Result] = field(default_factory=dict)
    run: Run = field(default_factory=lambda: Run("missing"))

    @property
    def signed(self) -> bool:
        """Whether name and statement are filled in."""
        return self.notebook is not None and workbook.is_signed(self.notebook)

    def points(self, name: str) -> float:
        """Return the points for a function."""
        return float(workbook.POINTS * self.results[name].ok)

    @property
    def total(self) -> float:
        """All points together."""
        return sum(map(self.points, self.results))

    def status(self, name: str) -> str:
        """Return how the function ran; where that was well, how the notebook ran."""
        code = self.results[name].code
        return "missing" if code == "missing" else STATUS.get(code, self.run.status)

    def disputed(self) -> list[str]:
        """Return the functions for which the student's kernel claimed other points."""
        claims = self.run.claims
        return [name for name in claims if claims[name] != self.points(name)]


def collect(folder: Path) -> list[Submission]:
    """Return the submissions in a folder, by student.

    Parameters
    ----------
    folder : Path
        With a notebook, or a folder with a notebook, for each student.

    Returns
    -------
    submissions : list of Submission

    Raises
    ------
    GradingError
        If there is no such folder, nothing in it, or one student twice.
    """
    if not folder.is_dir():
        raise GradingError(f"{folder}: there is no such folder")
    submissions: dict[str, Submission] = {}
    for entry in sorted(folder.iterdir()):
        if entry.name.startswith(".") or not (entry.is_dir() or entry.suffix == ".ipynb"):
            continue
        student = entry.name if entry.is_dir() else entry.stem
        if student in submissions:
            raise GradingError(f"{folder}: there are two submissions of {student}")
        submissions[student] = _load(student, entry)
    if not submissions:
        raise GradingError(f"{folder}: there is neither a notebook nor a student's folder in it")
    return list(submissions.values())


def _load(student: str, entry: Path) -> Submission:
    paths = [entry] if entry.is_file() else _find_notebooks(entry)
    if not paths:
        return Submission(student, problem=f"{entry}: there is no notebook in it")
    if len(paths) > 1:
        names = ", ".join(str(path.relative_to(entry)) for path in paths)
        return Submission(student, problem=f"{entry}: there are several notebooks in it: {names}")
    try:
        return Submission(student, _read_submission(paths[0]))
    except (ChapterError, OSError) as error:
        return Submission(student, problem=str(error).splitlines()[0])


def _find_notebooks(folder: Path) -> list[Path]:
    """Return the notebooks below a folder; only those named like ours, if there are any."""
    paths = [path for path in folder.rglob("*.ipynb") if ".ipynb_checkpoints" not in path.parts]
    ours = {workbook.path_of(language).name for language in languages.languages()}
    return [path for path in paths if path.name in ours] or sorted(paths)


def _read_submission(path: Path) -> NotebookNode:
    if path.stat().st_size > LARGEST:
        raise ChapterError(f"{path}: larger than {LARGEST // isolation.MEGABYTE} MB")
    try:
        notebook = read_notebook(path)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it adds what is missing
            nbformat.validate(notebook, relax_add_props=True)
    except (nbformat.ValidationError, RecursionError) as error:
        raise ChapterError(f"{path}: not a notebook: {str(error).splitlines()[0]}") from error
    return notebook

"""Report the marks: a table for the teacher, and a page of feedback for each student."""

import csv
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

import jinja2
from markupsafe import Markup

from dnn_utils.language import LANGUAGE, N_
from publish import languages, workbook
from teach.collect import Submission
from testCases import FUNCTIONS

ENCODING = "utf-8"
ERRORS = "backslashreplace"  # a submission may hold anything
# Each column of the table: its header, and what it says of a submission and a function.
COLUMNS: dict[str, Callable[[Submission, str], str]] = {
    "student": lambda submission, name: submission.student,
    "function": lambda submission, name: name,
    "points": lambda submission, name: f"{submission.points(name):g}",
    "code": lambda submission, name: submission.results[name].code,
    "status": lambda submission, name: submission.status(name),
    "honour": lambda submission, name: "yes" if submission.signed else "no",
}

RAN = N_(
    {
        "ok": "The notebook ran from top to bottom.",
        "timeout": "The notebook took too long and was stopped. A cell may hold an endless loop.",
        "crashed": "The notebook broke off before its end: it ended Python, used too much memory, "
        "or printed too much.",
        "missing": "There is no notebook that can be read.",
    }
)
SIGNED = N_({True: "Name and statement are filled in.", False: "Name or statement is missing."})
DISPUTED = N_(
    "In the run of the whole notebook, this cell showed {claim:g} points. The points here come "
    "from a separate run. They are the ones that count."
)
FEEDBACK = N_("Feedback for {student}")
POINTS = N_("{points:g} of {most} points")

TEMPLATES = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).parent),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
    undefined=jinja2.StrictUndefined,
)


class Section(NamedTuple):
    """What the page says about one function."""

    name: str
    points: str
    result: Markup
    note: str


def write_report(submissions: Iterable[Submission], folder: Path) -> None:
    """Write the table ``grades.csv`` and the pages in ``feedback`` into a folder."""
    feedback = folder / "feedback"
    feedback.mkdir(exist_ok=True)
    grades = folder / "grades.csv"
    with grades.open("w", newline="", encoding=ENCODING, errors=ERRORS) as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(COLUMNS)
        for submission in submissions:
            table.writerows(rows(submission))
            page = feedback / f"{submission.student}.html"
            page.write_text(feedback_page(submission), encoding=ENCODING, errors=ERRORS)


def rows(submission: Submission) -> list[list[str]]:
    """Return the lines of a submission in the table."""
    return [[cell(submission, name) for cell in COLUMNS.values()] for name in submission.results]


def feedback_page(submission: Submission) -> str:
    """Return the page for a student: one file, nothing to load, nothing that runs."""
    return TEMPLATES.get_template("feedback.html").render(
        language=LANGUAGE,
        title=_say(FEEDBACK, student=submission.student),
        total=_points(submission.total, workbook.POINTS * len(FUNCTIONS)),
        ran=_say(RAN[submission.run.status]),
        signed=_say(SIGNED[submission.signed]),
        sections=[_section(submission, name) for name in submission.results],
    )


def _section(submission: Submission, name: str) -> Section:
    note = ""
    if name in submission.disputed():
        note = _say(DISPUTED, claim=submission.run.claims[name])
    points = _points(submission.points(name), workbook.POINTS)
    return Section(name, points, Markup(submission.results[name]._repr_html_()), note)


def _points(points: float, most: float) -> str:
    return _say(POINTS, points=points, most=most)


def _say(text: str, **fields: object) -> str:
    """Return a text of the page in the language of the library, whose reports are on it."""
    translated: str = languages.translate(text, LANGUAGE)
    return translated.format(**fields)

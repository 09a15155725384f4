"""Grade workbooks: ``python -m teach.grade FOLDER`` writes a table and a page for each student.

FOLDER holds ``<student>.ipynb`` files, or a folder for each student with the
notebook in it. Every notebook is run once as a whole (`autograde`). The marks come
from somewhere else: the functions are taken out of the notebook, without running
it, and checked in a clean process, on numbers that no student has seen. A broken
submission stops none of the others.

The exit code is 0 if every submission could be graded, 1 if not, and 2 if nothing
could be.
"""

import argparse
import ast
import csv
import html
import os
import re
import secrets
import sys
import tempfile
import warnings
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from IPython.core.inputtransformer2 import TransformerManager

from dnn_utils.language import LANGUAGE, N_
from publish import languages
from teach import isolation, workbook
from teach.run import GradingError, Run, autograde, prepare
from testCases import FUNCTIONS
from testCases.finding import Finding, fact
from testCases.process import check_source
from testCases.report import report
from upkeep.notebooks import ChapterError, code_cells, read

SECONDS_PER_FUNCTION = 20
LARGEST = 20 * isolation.MEGABYTE  # bytes of a notebook
MEMORY = 1024  # megabytes for the clean process
COLUMNS = ("student", "function", "points", "code", "status", "honour")
STATUS = {"timeout": "timeout", "endless_loop": "timeout", "crashed": "crashed"}
PLAIN = (
    *(ast.Constant, ast.Tuple, ast.List, ast.Dict, ast.Set),
    *(ast.UnaryOp, ast.unaryop, ast.BinOp, ast.operator, ast.expr_context),
)
TEXT = {"encoding": "utf-8", "errors": "backslashreplace"}  # a submission may hold anything
DEFINITION = re.compile(r"^\s*def\s+(\w+)", re.M)


@dataclass
class Submission:
    """What a student handed in, and what came of it.

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
    notebook: object = None
    problem: str = ""
    results: dict = field(default_factory=dict)
    run: Run = field(default_factory=lambda: Run("missing"))

    @property
    def signed(self):
        return self.notebook is not None and workbook.is_signed(self.notebook)

    def points(self, name):
        return float(workbook.POINTS * self.results[name].ok)

    @property
    def total(self):
        return sum(map(self.points, self.results))

    def status(self, name):
        """Return how the function ran; where that was well, how the notebook ran."""
        code = self.results[name].code
        return code if code == "missing" else STATUS.get(code, self.run.status)

    def disputed(self):
        """Return the functions for which the student's kernel claimed other points."""
        claims = self.run.claims
        return [name for name in claims if claims[name] != self.points(name)]


# What the students handed in.


def submissions(folder):
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
    found = {}
    for entry in sorted(folder.iterdir()):
        if entry.name.startswith(".") or not (entry.is_dir() or entry.suffix == ".ipynb"):
            continue
        student = entry.name if entry.is_dir() else entry.stem
        if student in found:
            raise GradingError(f"{folder}: there are two submissions of {student}")
        found[student] = _loaded(student, entry)
    if not found:
        raise GradingError(f"{folder}: there is neither a notebook nor a student's folder in it")
    return list(found.values())


def _loaded(student, entry):
    paths = [entry] if entry.is_file() else _notebooks(entry)
    if not paths:
        return Submission(student, problem=f"{entry}: there is no notebook in it")
    if len(paths) > 1:
        names = ", ".join(str(path.relative_to(entry)) for path in paths)
        return Submission(student, problem=f"{entry}: there are several notebooks in it: {names}")
    try:
        return Submission(student, _notebook(paths[0]))
    except (ChapterError, OSError) as error:
        return Submission(student, problem=str(error).splitlines()[0])


def _notebooks(folder):
    """Return the notebooks below a folder; only those named like ours, if there are any."""
    paths = [path for path in folder.rglob("*.ipynb") if ".ipynb_checkpoints" not in path.parts]
    ours = {workbook.place(language).name for language in languages.languages()}
    return [path for path in paths if path.name in ours] or sorted(paths)


def _notebook(path):
    if path.stat().st_size > LARGEST:
        raise ChapterError(f"{path}: larger than {LARGEST // isolation.MEGABYTE} MB")
    try:
        notebook = read(path)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it mends what is missing
            nbformat.validate(notebook, relax_add_props=True)
    except (nbformat.ValidationError, RecursionError) as error:
        raise ChapterError(f"{path}: not a notebook: {str(error).splitlines()[0]}") from error
    return notebook


# The marks.


def extract(notebook):
    """Take the functions, imports and plain constants out of a notebook; nothing is run.

    Parameters
    ----------
    notebook : NotebookNode
        What a student handed in.

    Returns
    -------
    source : str
        The imports, then the rest, in the order of the notebook: an import defines no answer.
    names : set of str
        What the source defines.
    broken : dict
        For each function in a cell that is no Python, what is wrong there.
    """
    imports, rest, names, broken = [], [], set(), {}
    for cell in code_cells(notebook):
        try:
            source = TransformerManager().transform_cell(cell.source)
            statements = ast.parse(source).body
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            wrong = f"{type(error).__name__}: {error}".splitlines()[0]
            broken |= dict.fromkeys(DEFINITION.findall(cell.source), wrong)
            continue
        for statement in statements:
            if isinstance(statement, ast.Import | ast.ImportFrom):
                imports.append(_text(source, statement))
            elif defined := _defined(statement):
                rest.append(_text(source, statement))
                names.update(defined)
    return "\n\n".join([*imports, *rest]) + "\n", names, broken


def _defined(statement):
    """Return the names that a function or a plain assignment defines; of others nothing."""
    if isinstance(statement, ast.FunctionDef):
        return [statement.name]
    if not isinstance(statement, ast.Assign):
        return []
    targets = [node for target in statement.targets for node in ast.walk(target)]
    plain = isinstance(statement.value, ast.Lambda) or all(
        isinstance(node, PLAIN) for node in ast.walk(statement.value)
    )
    simple = all(isinstance(node, ast.Name | ast.Tuple | ast.expr_context) for node in targets)
    return [node.id for node in targets if isinstance(node, ast.Name)] if plain and simple else []


def _text(source, statement):
    decorators = [
        f"@{ast.get_source_segment(source, decorator)}"
        for decorator in getattr(statement, "decorator_list", [])
    ]
    return "\n".join([*decorators, ast.get_source_segment(source, statement)])


def judge(notebook, command, seed):
    """Check the functions of a notebook in a clean process.

    Parameters
    ----------
    notebook : NotebookNode
        What a student handed in.
    command : list of str
        What isolates that process.
    seed : int
        Of the inputs.

    Returns
    -------
    results : dict
        The `Result` for each function of the book.
    """
    source, names, broken = extract(notebook)
    results = {}
    if names & set(FUNCTIONS):
        results = check_source(source, command=command, seed=seed, seconds=SECONDS_PER_FUNCTION)
    return {name: results[name] if name in names else _absent(name, broken) for name in FUNCTIONS}


def _absent(name, broken):
    if name in broken:
        found = fact("syntax_error", text=broken[name])
    else:
        found = fact("missing")
    return report(Finding(name, "attempted", found.code, facts=(found,)))


def grade(folder, output):
    """Grade all submissions in a folder.

    Parameters
    ----------
    folder : Path
        As for `submissions`.
    output : Path
        Where ``grades.csv`` and the folder ``feedback`` are written.

    Returns
    -------
    graded : list of Submission

    Raises
    ------
    GradingError
        If nothing can be graded.
    """
    found = submissions(folder)
    output.mkdir(parents=True, exist_ok=True)
    hidden = (folder.resolve(), output.resolve())
    with (
        tempfile.TemporaryDirectory(prefix="grade-", ignore_cleanup_errors=True) as place,
        ThreadPoolExecutor(os.cpu_count()) as pool,
    ):
        course = Path(place, "course")
        prepare(course)
        runs = [
            pool.submit(_guarded, _run, submission, course, Path(place, str(number)), hidden)
            for number, submission in enumerate(found)
        ]
        command, seed = isolation.isolated(memory=MEMORY, hidden=hidden), secrets.randbits(32)
        for submission in found:
            _guarded(_mark, submission, command, seed)
        for run in runs:
            run.result()
    _write(found, output)
    return found


def _run(submission, course, folder, hidden):
    if submission.notebook is not None:
        submission.run = Run("crashed")  # unless it comes back
        submission.run = autograde(submission.notebook, course, folder, hidden)


def _mark(submission, command, seed):
    absent = "missing" if submission.notebook is None else "crashed"
    submission.results = {name: report(Finding(name, "attempted", absent)) for name in FUNCTIONS}
    if submission.notebook is not None:
        submission.results = judge(submission.notebook, command, seed)


def _guarded(step, submission, *arguments):
    """Take a step of a submission; whatever goes wrong there is only its own problem."""
    try:
        step(submission, *arguments)
    except Exception as error:
        said = f"{type(error).__name__}: {error}".splitlines()[0]
        submission.problem = f"{submission.student}: {said}"


# What the teacher and the students get.


def _write(graded, output):
    feedback = output / "feedback"
    feedback.mkdir(exist_ok=True)
    with (output / "grades.csv").open("w", newline="", **TEXT) as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(COLUMNS)
        for submission in graded:
            table.writerows(rows(submission))
            page = feedback / f"{submission.student}.html"
            page.write_text(feedback_page(submission), **TEXT)


def rows(submission):
    """Return the lines of a submission in the table."""
    honour = "yes" if submission.signed else "no"
    return [
        (
            submission.student,
            name,
            f"{submission.points(name):g}",
            result.code,
            submission.status(name),
            honour,
        )
        for name, result in submission.results.items()
    ]


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

# Nothing on the page may run or be loaded, whatever a submission has brought into it.
PAGE = """\
<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; \
style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark; --text: #1f2328; --ground: #ffffff; --line: #59636e }}
@media (prefers-color-scheme: dark) {{
  :root {{ --text: #e6edf3; --ground: #0d1117; --line: #9198a1 }}
}}
body {{ color: var(--text); background: var(--ground); font: 1rem/1.5 system-ui, sans-serif;
  max-width: 50rem; margin: 2rem auto; padding: 0 1rem; overflow-wrap: anywhere }}
section {{ border-top: 1px solid var(--line); margin-top: 1.5rem }}
h2 {{ font-size: 1.1rem }}
</style>
</head>
<body>
<main>
<h1>{title}</h1>
<p><strong>{total}</strong></p>
<p>{ran}</p>
<p>{signed}</p>
{sections}
</main>
</body>
</html>
"""


def feedback_page(submission):
    """Return the page for a student: one file, nothing to load, nothing that runs."""
    most = workbook.POINTS * len(FUNCTIONS)
    return PAGE.format(
        language=LANGUAGE,
        title=html.escape(_said(FEEDBACK, student=submission.student)),
        total=_said(POINTS, points=submission.total, most=most),
        ran=_said(RAN[submission.run.status]),
        signed=_said(SIGNED[submission.signed]),
        sections="\n".join(_section(submission, name) for name in submission.results),
    )


def _section(submission, name):
    points = _said(POINTS, points=submission.points(name), most=workbook.POINTS)
    note = ""
    if name in submission.disputed():
        note = f"<p>{_said(DISPUTED, claim=submission.run.claims[name])}</p>\n"
    result = submission.results[name]._repr_html_()
    return f"<section>\n<h2>{name}: {points}</h2>\n{result}\n{note}</section>"


def _said(text, **fields):
    """Return a text of the page in the language of the library, whose reports are on it."""
    return languages.translate(text, LANGUAGE).format(**fields)


def _report(graded, output):
    """Print what the teacher has to know."""
    for submission in graded:
        if submission.problem:
            print(submission.problem, file=sys.stderr)
        if names := submission.disputed():
            print(
                f"{submission.student}: the notebook showed other points than the marks for "
                f"{', '.join(names)}; the marks count",
                file=sys.stderr,
            )
    print(f"{len(graded)} submissions graded: {output / 'grades.csv'}, {output / 'feedback'}")


def main(arguments=None):
    """Run the command line; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m teach.grade", description=__doc__)
    parser.add_argument("folder", type=Path, help="the submissions")
    parser.add_argument(
        "--output", type=Path, default=Path("grades"), help="where to write (default: grades)"
    )
    options = parser.parse_args(arguments)
    if not isolation.bubblewrap_works():
        print(isolation.UNSAFE, file=sys.stderr)
    try:
        graded = grade(options.folder, options.output)
    except (GradingError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    _report(graded, options.output)
    return int(any(submission.problem for submission in graded))


if __name__ == "__main__":
    sys.exit(main())

"""Grade workbooks: ``python -m teach.grade FOLDER`` writes a table and a page for each student.

FOLDER holds ``<student>.ipynb`` files, or a folder for each student with the
notebook in it. Every notebook is run once as a whole (`teach.run`). The marks come
from somewhere else: the functions are extracted from the notebook, without running
it, and checked in a clean process, on numbers that no student has seen. A broken
submission stops none of the others.

The exit code is 0 if every submission could be graded, 1 if not, and 2 if nothing
could be.
"""

import argparse
import os
import secrets
import sys
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from teach import isolation
from teach.collect import Submission, collect
from teach.mark import MEMORY, mark
from teach.report import write_report
from teach.run import GradingError, Run, autograde, prepare
from testCases import FUNCTIONS
from testCases.finding import Finding
from testCases.report import report


def grade_folder(folder: Path, output: Path) -> list[Submission]:
    """Grade all submissions in a folder.

    Parameters
    ----------
    folder : Path
        As for `collect`.
    output : Path
        Where ``grades.csv`` and the folder ``feedback`` are written.

    Returns
    -------
    submissions : list of Submission

    Raises
    ------
    GradingError
        If nothing can be graded.
    """
    submissions = collect(folder)
    output.mkdir(parents=True, exist_ok=True)
    hidden = (folder.resolve(), output.resolve())
    with (
        tempfile.TemporaryDirectory(prefix="grade-", ignore_cleanup_errors=True) as place,
        ThreadPoolExecutor(os.cpu_count()) as pool,
    ):
        course = Path(place, "course")
        prepare(course)

        def run(submission: Submission, number: int) -> None:
            if submission.notebook is not None:
                submission.run = Run("crashed")  # unless it comes back
                where = Path(place, str(number))
                submission.run = autograde(submission.notebook, course, where, hidden)

        runs = [
            pool.submit(_guard, run, submission, number)
            for number, submission in enumerate(submissions)
        ]
        command, seed = isolation.sandbox_prefix(memory=MEMORY, hidden=hidden), secrets.randbits(32)
        for submission in submissions:
            _guard(_mark, submission, command, seed)
        for each in runs:
            each.result()
    write_report(submissions, output)
    return submissions


def _mark(submission: Submission, command: Sequence[str], seed: int) -> None:
    absent = "missing" if submission.notebook is None else "crashed"
    submission.results = {name: report(Finding(name, "attempted", absent)) for name in FUNCTIONS}
    if submission.notebook is not None:
        submission.results = mark(submission.notebook, command, seed)


def _guard(step: Callable[..., None], submission: Submission, *arguments: object) -> None:
    """Take a step of a submission; whatever goes wrong there is only its own problem."""
    try:
        step(submission, *arguments)
    except Exception as error:
        message = f"{type(error).__name__}: {error}".splitlines()[0]
        submission.problem = f"{submission.student}: {message}"


def _print_summary(submissions: Sequence[Submission], output: Path) -> None:
    """Print what the teacher has to know."""
    for submission in submissions:
        if submission.problem:
            print(submission.problem, file=sys.stderr)
        if names := submission.disputed():
            print(
                f"{submission.student}: the notebook showed other points than the marks for "
                f"{', '.join(names)}; the marks count",
                file=sys.stderr,
            )
    print(f"{len(submissions)} submissions graded: {output / 'grades.csv'}, {output / 'feedback'}")


def main(arguments: Sequence[str] | None = None) -> int:
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
        submissions = grade_folder(options.folder, options.output)
    except (GradingError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    _print_summary(submissions, options.output)
    return int(any(submission.problem for submission in submissions))


if __name__ == "__main__":
    sys.exit(main())

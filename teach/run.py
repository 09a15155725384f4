"""Run a workbook with nbgrader, in a kernel that is cut off from this machine.

It reports how the notebook ran. The scores that nbgrader notes come out of
a kernel in which the student's code runs, so they are no marks.
"""

import copy
import json
import os
import re
import shutil
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from publish import workbook
from publish.languages import SOURCE
from publish.languages import translate as say
from teach import isolation
from testCases.exercise import END, START, STUB
from upkeep.notebooks import read_notebook

SECONDS_PER_CELL = 30
SECONDS_PER_NOTEBOOK = 300
MEMORY = 4096  # megabytes for nbgrader, which reads all that a notebook prints
NAME = "workbook"  # of the assignment and of the notebook in it
STUDENT = "student"  # every submission has a course of its own
KERNEL = "submission"  # if this one is not found, no other may take its place
NOT_UNDERSTOOD = ("Exception while loading config file", "Config option")
# Lines of the log of a kernel that has used or printed too much. It may then not answer any
# more, or not send its output: the time that is over soon after is not the cause.
EXHAUSTED = re.compile(r"^\s*(MemoryError\b|The message was: Timeout waiting for IOPub)", re.M)
TIMED_OUT = "CellTimeoutError"


class GradingError(Exception):
    """Nothing can be graded; the message is one line and says why."""


@dataclass(frozen=True)
class Run:
    """How a notebook ran.

    Attributes
    ----------
    status : str
        ``"ok"``, ``"timeout"``, ``"crashed"``, or ``"missing"`` if there was none.
    claims : dict
        The score that nbgrader noted for each function; empty if it did not get that far.
    """

    status: str
    claims: Mapping[str, float] = field(default_factory=dict)


def prepare(folder: Path) -> None:
    """Make an nbgrader course in `folder`, with the workbook as its only assignment.

    Parameters
    ----------
    folder : Path
        A new folder.

    Raises
    ------
    GradingError
        If nbgrader is missing, or does not make of the solutions what the reader gets.
    """
    source = workbook.build(solutions=True)
    source.metadata.kernelspec.name = KERNEL
    write_notebook(source, folder / "course" / "source")
    code, log = _nbgrader(folder, "generate_assignment", NAME)
    if code != 0:
        raise GradingError(f"nbgrader cannot make the assignment: {_last_line(log)}")
    release = read_notebook(folder / "course" / "release" / NAME / f"{NAME}.ipynb")
    if [cell.source for cell in release.cells] != [cell.source for cell in workbook.build().cells]:
        raise GradingError("nbgrader makes another workbook than publish.workbook")


def autograde(
    notebook: NotebookNode, course: Path, folder: Path, hidden: Sequence[Path] = ()
) -> Run:
    """Run a submission with nbgrader.

    Parameters
    ----------
    notebook : NotebookNode
        What the student handed in.
    course : Path
        A folder that `prepare` made.
    folder : Path
        A new folder for this submission.
    hidden : sequence of Path
        Folders that the notebook must not read.

    Returns
    -------
    run : Run

    Raises
    ------
    GradingError
        If nbgrader does not understand its settings.
    """
    shutil.copytree(course, folder)
    write_notebook(restore_metadata(notebook), folder / "course" / "submitted" / STUDENT)
    code, log = _nbgrader(folder, "autograde", NAME, "--student", STUDENT, hidden=hidden)
    if code == 0:
        return Run("ok", _claims(folder / "course"))
    return Run("timeout" if timed_out(code, log) else "crashed")


def timed_out(code: int | None, log: str) -> bool:
    """Return whether it was time that ended a run which failed, whatever else went on here.

    Parameters
    ----------
    code : int or None
        The exit code, None if the whole run took too long.
    log : str
        What nbgrader and the kernel wrote.
    """
    return not EXHAUSTED.search(log) and (code is None or TIMED_OUT in log)


def restore_metadata(notebook: NotebookNode) -> NotebookNode:
    """Return a copy of a notebook with all of nbgrader's marks as they were handed out.

    nbgrader gives up where they were changed, copied or lost, or where a cell was
    deleted together with the cell before it. What is missing here comes back empty;
    nbgrader itself brings back the cells with points.
    """
    handed_out = {cell.id: cell for cell in workbook.build().cells if "nbgrader" in cell.metadata}
    copied = copy.deepcopy(notebook)
    for cell in copied.cells:
        name = workbook.name_of(cell)
        cell.metadata.pop("nbgrader", None)
        if name in handed_out and handed_out[name].cell_type == cell.cell_type:
            cell.metadata["nbgrader"] = handed_out.pop(name).metadata["nbgrader"]
    for cell in handed_out.values():
        if cell.metadata["nbgrader"]["solution"] and cell.cell_type == "code":
            copied.cells.append(nbformat.v4.new_code_cell(metadata=cell.metadata))
    return copied


def write_notebook(notebook: NotebookNode, folder: Path) -> None:
    """Write a notebook to where nbgrader looks for it below one of a course's folders."""
    path = folder / NAME / f"{NAME}.ipynb"
    path.parent.mkdir(parents=True)
    path.write_text(nbformat.v4.writes(notebook), encoding="utf-8", errors="replace")


def _nbgrader(folder: Path, *arguments: str, hidden: Sequence[Path] = ()) -> tuple[int | None, str]:
    """Run nbgrader in the course in `folder`; return its exit code and its log."""
    sandbox, jupyter = folder / "sandbox", folder / "jupyter"
    kernel = jupyter / "kernels" / KERNEL
    for needed in (sandbox, kernel):
        needed.mkdir(parents=True, exist_ok=True)
    (kernel / "kernel.json").write_text(json.dumps(_kernel(sandbox, hidden)), encoding="utf-8")
    configure(folder / "course", course_settings(sandbox))
    environment = {
        **os.environ,
        # nbgrader calls alembic by its name.
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")]),
        "HOME": str(folder),
        "JUPYTER_CONFIG_DIR": str(jupyter),
        "JUPYTER_DATA_DIR": str(jupyter),
        "JUPYTER_RUNTIME_DIR": str(sandbox),
    }
    command = [*isolation.limit_prefix(MEMORY), sys.executable, "-m", "nbgrader", *arguments]
    code = isolation.run(
        command, SECONDS_PER_NOTEBOOK, folder, cwd=folder / "course", env=environment
    )
    log = (folder / "log.txt").read_text(encoding="utf-8", errors="replace")
    # nbgrader goes on with its defaults after such a line.
    for line in log.splitlines():
        if line.partition("] ")[2].startswith(NOT_UNDERSTOOD):
            raise GradingError(f"nbgrader does not understand its settings: {line}")
    return code, log


def assignment_settings(language: str) -> dict[str, Any]:
    """Return what nbgrader has to know of the workbook in a language, by name."""
    return {
        "ClearSolutions.begin_solution_delimeter": START,
        "ClearSolutions.end_solution_delimeter": END,
        "ClearSolutions.code_stub": {"python": f"{START}\n{STUB}\n{END}"},
        "ClearSolutions.text_stub": say(workbook.DECLARATION, language),
        "OverwriteCells.add_missing_cells": True,
        "Execute.timeout": SECONDS_PER_CELL,
        "Execute.iopub_timeout": SECONDS_PER_CELL,  # for the output, after the cell has ended
        "Execute.interrupt_on_timeout": False,  # a cell that hangs once hangs again
    }


def configure(course: Path, settings: Mapping[str, Any]) -> None:
    """Write settings, by name, into the file of a course."""
    lines = ["c = get_config()", *(f"c.{name} = {value!r}" for name, value in settings.items())]
    text = "\n".join(lines) + "\n"
    (course / "nbgrader_config.py").write_text(text, encoding="utf-8")


def _kernel(sandbox: Path, hidden: Sequence[Path]) -> dict[str, Any]:
    """Return the kernelspec of `KERNEL`."""
    command = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    return {
        "argv": [*isolation.sandbox_prefix(sandbox, hidden=hidden), *command],
        "display_name": "Python 3 for submissions",
        "language": "python",
        "env": {"HOME": str(sandbox)},
    }


def course_settings(sandbox: Path) -> dict[str, Any]:
    """Return the settings of nbgrader, by name."""
    settings = {"CourseDirectory.course_id": "book", **assignment_settings(SOURCE)}
    if isolation.bubblewrap_works():  # no network in there: files connect to the kernel
        settings["KernelManager.transport"] = "ipc"
        settings["KernelManager.connection_file"] = str(sandbox / "kernel.json")
    return settings


def _claims(course: Path) -> dict[str, float]:
    """Return the scores that nbgrader noted, by function."""
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        grades = gradebook.find_submission_notebook(NAME, NAME, STUDENT).grades
        return {
            grade.name.removeprefix(workbook.GRADE): grade.auto_score
            for grade in grades
            if grade.name.startswith(workbook.GRADE) and grade.auto_score is not None
        }


def _last_line(log: str) -> str:
    return next((line for line in reversed(log.splitlines()) if line.strip()), "it said nothing")

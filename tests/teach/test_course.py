"""A class with nbgrader, from the course folder to the feedback that a student fetches.

All of it is walked through in English. In the other languages the workbook is handed in without
nbgrader's exchange, which copies files and reads none of them.
"""

import csv
import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from dnn_utils.language import translations
from publish import workbook
from publish.languages import SOURCE, languages
from teach import course, grade
from testCases.exercises import SENTENCES
from upkeep import notebooks
from upkeep.notebooks import read_notebook

HAS_EXCHANGE = sys.platform != "win32"  # nbgrader has none there


class Course:
    """A course folder, a student's folder, and what is said in them."""

    def __init__(self, place, language):
        self.place, self.language = place, language
        self.exchanges = HAS_EXCHANGE and language == SOURCE
        self.folder, self.home = place / "dnn", place / "student"
        self.home.mkdir()
        jupyter = {f"JUPYTER_{kind}_DIR": place / kind for kind in ("CONFIG", "DATA", "RUNTIME")}
        path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
        said = {"HOME": self.home, "PATH": path, "DNN_LANGUAGE": language}
        self.environment = {**os.environ, **jupyter, **said}

    def nbgrader(self, folder, command, *arguments):
        """Run a command of nbgrader; return what it said."""
        exchange = f"--Exchange.root={self.place / 'exchange'}"
        result = subprocess.run(
            [sys.executable, "-m", "nbgrader", command, *arguments, "--course", "dnn", exchange],
            cwd=folder,
            env={name: str(value) for name, value in self.environment.items()},
            capture_output=True,
            text=True,
            check=False,
        )
        assert result.returncode == 0, result.stderr
        return result.stderr

    def teacher(self, command, *arguments):
        return self.nbgrader(self.folder, command, *(arguments or ("workbook",)))

    def student(self, command):
        return self.nbgrader(self.home, command, "workbook")


def write_answers(path, language):
    """Answer the workbook at `path` as a student does who forgets a sign."""
    notebook = read_notebook(path)
    for cell in notebook.cells:
        name = workbook.name_of(cell)
        if name == "honour":
            cell.source = workbook.signed_declaration(language)
        if name.startswith("solution-"):
            cell.source = notebooks.solution(name.removeprefix("solution-"))
            cell.source = cell.source.replace("-1 / m", "1 / m")
    path.write_text(nbformat.v4.writes(notebook), encoding="utf-8")


@pytest.fixture(scope="module", params=languages())
def handed_in(tmp_path_factory, request):
    """Hand the workbook out and collect it; the name of the only student is the system's."""
    language = request.param
    made = Course(tmp_path_factory.mktemp("class"), language)
    course.make_course(made.folder, language)
    made.teacher("generate_assignment")
    if not made.exchanges:
        shutil.copytree(made.folder / "release/workbook", made.home / "workbook")
        write_answers(made.home / "workbook/workbook.ipynb", language)
        shutil.copytree(made.home / "workbook", made.folder / "submitted/ada/workbook")
        return made
    made.teacher("release_assignment")
    made.student("fetch_assignment")
    write_answers(made.home / "workbook/workbook.ipynb", language)
    made.student("submit")
    made.teacher("collect")
    return made


def test_what_is_handed_out_is_the_workbook(handed_in):
    release = read_notebook(handed_in.folder / "release/workbook/workbook.ipynb")
    assert [cell.source for cell in release.cells] == [
        cell.source for cell in workbook.build(language=handed_in.language).cells
    ]


@pytest.fixture(scope="module")
def autograded(handed_in):
    handed_in.teacher("autograde")
    return handed_in


def test_the_marks_of_nbgrader_can_be_exported(autograded):
    autograded.teacher("export", "--to=marks.csv")
    with (autograded.folder / "marks.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["assignment"], row["score"], row["max_score"]) == ("workbook", "32.0", "36.0")


def feedback(handed_in):
    """Return the newest page of feedback that the student can fetch."""
    handed_in.teacher("release_feedback")
    shutil.rmtree(handed_in.home / "workbook/feedback", ignore_errors=True)
    handed_in.student("fetch_feedback")
    (page,) = (handed_in.home / "workbook/feedback").rglob("*.html")
    return page.read_text(encoding="utf-8")


def test_the_feedback_of_nbgrader_comes_back(autograded):
    autograded.teacher("generate_feedback")
    (page,) = autograded.folder.glob("feedback/*/workbook/workbook.html")
    cause = translations(autograded.language).gettext(SENTENCES["wrong_sign"])
    assert cause in page.read_text(encoding="utf-8")
    if autograded.exchanges:
        assert cause in feedback(autograded)


def test_collected_workbooks_are_graded_and_our_feedback_comes_back(handed_in):
    output, course = handed_in.place / "grades", handed_in.folder
    assert grade.main([str(course / "submitted"), "--output", str(output)]) == 0
    with (output / "grades.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert sum(float(row["points"]) for row in rows) == 32
    assert {row["honour"] for row in rows} == {"yes"}
    (page,) = output.glob("feedback/*.html")
    if not handed_in.exchanges:
        return
    place = course / "feedback" / page.stem / "workbook"  # as the page For teachers says
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    for path in (course / "submitted" / page.stem / "workbook").glob("*.txt"):
        shutil.copy(path, place)
    shutil.copy(page, place / "workbook.html")
    assert feedback(handed_in) == page.read_text(encoding="utf-8")


def test_a_course_that_is_there_is_left_as_it_is(tmp_path, capsys):
    (tmp_path / "dnn").mkdir()
    assert course.main([str(tmp_path / "dnn")]) == 1
    assert "dnn" in capsys.readouterr().err
    assert list((tmp_path / "dnn").iterdir()) == []


def test_a_new_course_says_what_comes_next(tmp_path, capsys):
    assert course.main([str(tmp_path / "dnn")]) == 0
    assert "is ready: run nbgrader generate_assignment workbook in it" in capsys.readouterr().out
    assert "course_id = 'dnn'" in (tmp_path / "dnn/nbgrader_config.py").read_text(encoding="utf-8")

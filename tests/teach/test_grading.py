"""Submissions are graded by what their functions do, and hostile ones harm nobody."""

import contextlib
import copy
import csv
import io
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from html.parser import HTMLParser
from pathlib import Path

import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe

from dnn_utils.language import translations
from publish import workbook
from teach import collect, extract, grade, isolation, mark, report, run
from teach.collect import Submission
from teach.grade import main
from teach.report import feedback_page
from teach.run import GradingError, Run, prepare
from testCases import FUNCTIONS
from testCases.exercises import SENTENCES
from testCases.finding import Finding, fact
from testCases.report import report as report_finding
from tests.publish.test_language import CODE_NAMES, in_language
from upkeep.notebooks import read_notebook

ISOLATED = isolation.bubblewrap_works()
LIMITED = isolation.resource is not None
LINUX = sys.platform == "linux"

# Made submissions. Each is the workbook with all functions right, spoilt in one way.

RIGHT = dict.fromkeys(FUNCTIONS, "ok")


def answered():
    """Return a workbook that a diligent student has filled in."""
    return workbook.build(solutions=True)


def changed(name, old, new):
    """Return an answered workbook with a change in the cell `name`."""
    notebook = answered()
    _change(notebook, name, old, new)
    return notebook


def _change(notebook, name, old, new):
    (cell,) = (cell for cell in notebook.cells if cell.id == name)
    assert cell.source.count(old) == 1
    cell.source = cell.source.replace(old, new)


def one_wrong():
    return changed("solution-linear_backward", "dW = dZ @ A_prev.T / m", "dW = dZ @ A_prev.T")


def two_wrong():
    notebook = changed("solution-compute_cost", "-1 / m", "1 / m")
    _change(notebook, "solution-linear_forward", "W @ A + b", "W @ A")
    return notebook


def untouched():
    return workbook.build()


def syntax_error():
    return changed("solution-compute_cost", "m = Y.shape[1]", "m = = Y.shape[1]")


def endless_loop():
    return changed("solution-linear_forward", "Z = W @ A + b", "Z = sum(iter(int, 1))")


def exits():
    notebook = changed(
        "solution-compute_cost", "cost = -1 / m", "__import__('os')._exit(0)\n    cost = -1 / m"
    )
    _change(notebook, "answer-ex-init-seed", "", "import os\nos._exit(1)")
    return notebook


def deleted_cells():
    notebook = answered()
    notebook.cells = [
        cell
        for cell in notebook.cells
        if cell.id != "honour" and not cell.id.endswith("-linear_backward")
    ]
    return notebook


FORGERY = """\
import sys

import numpy as np
from testCases.finding import Finding

engine = sys.modules["testCases.check"]
np.isclose = np.allclose = np.array_equal = lambda *arguments, **options: True
right = Finding("linear_forward", "done", "ok")
engine.examine = engine.judge = lambda case, seen: right


def grade(function, points=4):
    return float(points)


def linear_forward(A, W, b):
    print('{"linear_forward": {"ok": true}}')
    return np.zeros((W.shape[0], A.shape[1])), (A, W, b)


"""


FORGED = {
    "linear_forward": "wrong_values",
    "L_model_backward": "loop_never_runs",
    "update_parameters": "loop_never_runs",
}


def forged(outside):
    """A workbook that makes its own marks and writes to a file outside its folder."""
    notebook = changed("solution-linear_activation_forward", "def", FORGERY + "def")
    for name in ("L_model_backward", "update_parameters"):
        _change(notebook, f"solution-{name}", "### END", "return {}\n    ### END")
    _change(notebook, "answer-ex-init-seed", "", f"open({str(outside)!r}, 'w').write('I was here')")
    return notebook


def floods():
    notebook = changed(
        "solution-linear_forward", "Z = W @ A + b", "Z = W @ A + b + len(bytearray(10**9)) * 0"
    )
    _change(notebook, "answer-ex-init-seed", "", "print('x' * 100_000_000)")
    return notebook


def store(notebook, path):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(nbformat.v4.writes(notebook), encoding="utf-8")


def row_of(student, codes, statuses=None, honour="yes"):
    """Return the lines of the table for one student."""
    statuses = {} if statuses is None else statuses
    default = statuses.get("", "ok")
    return [
        [
            student,
            name,
            "4" if codes[name] == "ok" else "0",
            codes[name],
            statuses.get(name, default),
            honour,
        ]
        for name in FUNCTIONS
    ]


# One run over all of them.


class Graded:
    """What a run of ``python -m teach.grade`` left behind."""

    def __init__(self, code, said, warned, output):
        self.code, self.said, self.warned = code, said, warned
        with (output / "grades.csv").open(encoding="utf-8", newline="") as file:
            self.columns, *rows = csv.reader(file)
        self.rows = {}
        for row in rows:
            self.rows.setdefault(row[0], []).append(row)
        self.pages = {path.stem: path.read_text("utf-8") for path in output.glob("feedback/*")}


def graded(folder, output):
    """Grade a folder, with short times."""
    with pytest.MonkeyPatch.context() as patch, Caught() as caught:
        patch.setattr(run, "SECONDS_PER_CELL", 12)
        patch.setattr(mark, "SECONDS_PER_FUNCTION", 8)
        code = main([str(folder), "--output", str(output)])
    return Graded(code, *caught.texts(), output)


class Caught(contextlib.ExitStack):
    """Catch what is printed; a fixture of a module cannot have `capsys`."""

    def __enter__(self):
        self.streams = io.StringIO(), io.StringIO()
        self.enter_context(contextlib.redirect_stdout(self.streams[0]))
        self.enter_context(contextlib.redirect_stderr(self.streams[1]))
        return self

    def texts(self):
        return tuple(stream.getvalue() for stream in self.streams)


@pytest.fixture(scope="module")
def outside(tmp_path_factory):
    """Return a path that no submission may write to."""
    return tmp_path_factory.mktemp("outside") / "written"


@pytest.fixture(scope="module")
def everything(tmp_path_factory, outside):
    """Grade all made submissions at once."""
    folder, output = tmp_path_factory.mktemp("submitted"), tmp_path_factory.mktemp("grades")
    store(answered(), folder / "all_right" / "workbook" / "workbook.ipynb")
    store(answered(), folder / "all_right" / "other" / "notes.ipynb")
    made = {
        make.__name__: make
        for make in (one_wrong, two_wrong, untouched, syntax_error, endless_loop, exits)
    }
    made |= {make.__name__: make for make in (deleted_cells, floods)}
    for name, make in made.items():
        store(make(), folder / f"{name}.ipynb")
    store(forged(outside), folder / "forged.ipynb")
    (folder / "no_notebook").mkdir()
    (folder / "broken.ipynb").write_text('{"cells": ')
    (folder / "list.csv").write_text("not looked at")
    return graded(folder, output)


@pytest.mark.parametrize(
    ("student", "codes", "statuses", "honour"),
    [
        ("all_right", {}, {}, "yes"),
        ("one_wrong", {"linear_backward": "missing_1_over_m_dW"}, {}, "yes"),
        ("two_wrong", {"compute_cost": "wrong_sign", "linear_forward": "missing_bias"}, {}, "yes"),
        ("untouched", dict.fromkeys(FUNCTIONS, "not_attempted"), {}, "no"),
        ("syntax_error", {"compute_cost": "syntax_error"}, {}, "yes"),
        ("endless_loop", {"linear_forward": "timeout"}, {"": "timeout"}, "yes"),
        ("exits", {"compute_cost": "crashed"}, {"": "crashed"}, "yes"),
        ("deleted_cells", {"linear_backward": "missing"}, {"linear_backward": "missing"}, "no"),
        ("forged", FORGED, {}, "yes"),
        ("no_notebook", dict.fromkeys(FUNCTIONS, "missing"), {"": "missing"}, "no"),
        ("broken", dict.fromkeys(FUNCTIONS, "missing"), {"": "missing"}, "no"),
    ],
)
def test_the_table_has_these_rows(everything, student, codes, statuses, honour):
    assert everything.rows[student] == row_of(student, RIGHT | codes, statuses, honour)


def test_too_much_memory_and_output_harm_only_the_submission_itself(everything):
    if LINUX:
        expected = row_of("floods", RIGHT | {"linear_forward": "raises_error"}, {"": "crashed"})
        assert everything.rows["floods"] == expected
    assert [row[1] for row in everything.rows["floods"]] == list(FUNCTIONS)
    assert max(map(len, everything.pages.values())) < 100_000


def test_the_table_is_complete_and_in_order(everything):
    assert everything.columns == ["student", "function", "points", "code", "status", "honour"]
    assert everything.columns == list(report.COLUMNS)
    assert list(everything.rows) == sorted(everything.pages)
    assert len(everything.rows) == 12
    assert everything.said.startswith("12 submissions graded: ")


def test_what_could_not_be_graded_is_said_in_one_line_and_in_the_exit_code(everything):
    assert everything.code == 1
    lines = everything.warned.splitlines()
    assert sum("broken.ipynb: not a notebook: " in line for line in lines) == 1
    assert sum("no_notebook: there is no notebook in it" in line for line in lines) == 1


def test_points_that_a_notebook_gave_itself_are_reported_and_do_not_count(everything):
    (line,) = (line for line in everything.warned.splitlines() if line.startswith("forged:"))
    assert line == (
        "forged: the notebook showed other points than the marks for "
        f"{', '.join(FORGED)}; the marks count"
    )
    assert everything.pages["forged"].count("this cell showed 4 points") == 3
    assert "this cell showed" not in everything.pages["two_wrong"]


def test_writing_outside_the_folder_fails_or_was_warned_of(everything, outside):
    assert outside.exists() != ISOLATED
    assert everything.warned.count(isolation.UNSAFE) == (0 if ISOLATED else 1)


class Page(HTMLParser):
    """What a page holds: its tags, what they refer to, and its text."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.attributes, self.text = [], [], ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data):
        self.text += data


@pytest.mark.parametrize("student", ["all_right", "two_wrong", "forged", "broken"])
def test_a_page_says_points_and_causes_and_loads_nothing(everything, student):
    page = Page(everything.pages[student])
    assert not {"script", "link", "img", "iframe"} & set(page.tags)
    assert not [name for name, _ in page.attributes if name in ("src", "href") or name[:2] == "on"]
    points = sum(int(row[2]) for row in everything.rows[student])
    assert f"{points} of 36 points" in page.text
    for _, name, earned, *_ in everything.rows[student]:
        assert f"{name}: {earned} of 4 points" in page.text


def test_a_page_shows_what_is_in_it_as_text():
    submission = Submission("<script>alert(1)</script>", answered(), run=Run("ok"))
    hostile = report_finding(
        Finding(
            "compute_cost",
            "runs",
            "raises_error",
            facts=(fact("error", type="<img src=x onerror=alert(1)>", text="\ud800"),),
        )
    )
    submission.results = {"compute_cost": hostile}
    page = Page(feedback_page(submission))
    assert not {"script", "img"} & set(page.tags)
    assert "<img src=x onerror=alert(1)>" in page.text
    assert "Feedback for <script>alert(1)</script>" in page.text


IN_KOREAN = """
from testCases import FUNCTIONS
from publish import workbook
from teach.collect import Submission
from teach.mark import mark
from teach.report import feedback_page
from teach.run import Run

notebook = workbook.build(solutions=True, language="ko")
for cell in notebook.cells:
    cell.source = cell.source.replace("-1 / m", "1 / m")
claims = dict.fromkeys(FUNCTIONS, 4.0)
for run in (Run("ok", claims), Run("timeout"), Run("crashed"), Run("missing")):
    print(feedback_page(Submission("ada", notebook, results=mark(notebook, [], 1), run=run)))
"""


def test_a_page_in_korean_says_nothing_in_english():
    result = in_language("ko", IN_KOREAN)
    assert result.returncode == 0, result.stderr
    page = Page(re.sub("<style>.*?</style>", "", result.stdout, flags=re.S))
    assert page.attributes.count(("lang", "ko")) == 4
    assert page.text.count("36점 중 32점") == 4
    assert page.text.count("compute_cost: 4점 중 0점") == 4
    assert "이 셀은 4점을 표시했습니다" in page.text
    assert translations("ko").gettext(SENTENCES["wrong_sign"]) in page.text
    text = re.sub("|".join([*FUNCTIONS, "ada", "Python"]), "", page.text)
    assert set(re.findall("[A-Za-z]{2,}", text)) <= {*CODE_NAMES, "cost"}


def test_a_page_can_be_read_in_light_and_dark(browser, everything, tmp_path):
    page_file = tmp_path / "page.html"
    page_file.write_text(everything.pages["forged"], "utf-8", "backslashreplace")
    for scheme in ("light", "dark"):
        page = browser.new_page(color_scheme=scheme, bypass_csp=True)
        page.goto(page_file.as_uri())
        found = Axe().run(page).response["violations"]
        page.close()
        assert [(violation["id"], violation["help"]) for violation in found] == []


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    folder = tmp_path_factory.mktemp("course") / "new"
    prepare(folder)
    return folder


# Without isolation.


def test_without_bubblewrap_it_grades_with_limits_and_warns_once(tmp_path, monkeypatch, course):
    monkeypatch.setattr(isolation, "bubblewrap_works", lambda: False)
    monkeypatch.setattr(grade, "prepare", lambda folder: shutil.copytree(course, folder))
    written = tmp_path / "written"
    store(forged(written), tmp_path / "submitted" / "ada.ipynb")
    found = graded(tmp_path / "submitted", tmp_path / "grades")
    assert found.warned.count(isolation.UNSAFE) == 1
    assert found.code == 0
    assert found.rows["ada"] == row_of("ada", RIGHT | FORGED)
    assert written.exists()


def test_a_bubblewrap_that_does_not_start_is_not_used(tmp_path, monkeypatch):
    fake = tmp_path / "bwrap"
    fake.write_text("#!/bin/sh\necho No permissions >&2\nexit 1\n")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    assert not isolation.bubblewrap_works.__wrapped__()


# What isolation does, seen from inside.

INSIDE = """
import json, os, pathlib, socket, sys
outside, hidden, port = sys.argv[1:]
def tried(action):
    try:
        action()
    except OSError:
        return False
    return True
print(json.dumps({
    "write here": tried(lambda: open("written", "w").write("x")),
    "write outside": tried(lambda: open(outside, "w").write("x")),
    "write beside Python": tried(lambda: open(os.path.join(sys.prefix, "x"), "w").close()),
    "write to shared memory": tried(lambda: open("/dev/shm/x", "w").close()),
    "read hidden": tried(lambda: open(hidden).read()),
    "connect": tried(lambda: socket.create_connection(("127.0.0.1", int(port)), 5)),
    "secret": "SECRET" in os.environ,
}))
"""


@pytest.fixture
def seen_inside(tmp_path, monkeypatch):
    """Return a function that tells what a program can do behind a prefix."""
    monkeypatch.setenv("SECRET", "token")
    folder, hidden = tmp_path / "folder", tmp_path / "hidden"
    folder.mkdir()
    hidden.mkdir()
    (hidden / "file").write_text("another submission")

    def look(command):
        with socket.create_server(("127.0.0.1", 0)) as server:
            arguments = [tmp_path / "outside", hidden / "file", server.getsockname()[1]]
            result = subprocess.run(
                [*command(folder, hidden), sys.executable, "-I", "-c", INSIDE]
                + [str(argument) for argument in arguments],
                cwd=folder,
                capture_output=True,
                text=True,
                check=True,
            )
        Path(sys.prefix, "x").unlink(missing_ok=True)
        return json.loads(result.stdout)

    return look


def test_isolation_keeps_a_program_from_disk_and_network(seen_inside):
    seen = seen_inside(lambda folder, hidden: isolation.sandbox_prefix(folder, hidden=[hidden]))
    if ISOLATED:
        assert [what for what, could in seen.items() if could] == ["write here"]
    else:
        assert seen["write outside"]
        assert seen["connect"]


def test_without_a_folder_nothing_can_be_written(seen_inside):
    seen = seen_inside(lambda folder, hidden: isolation.sandbox_prefix(hidden=[hidden]))
    assert seen["write here"] != ISOLATED


def test_limits_alone_drop_the_environment_only(seen_inside):
    seen = seen_inside(lambda folder, hidden: isolation.limit_prefix())
    assert seen["write outside"]
    assert seen["secret"] != LIMITED


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("bytearray(2_000_000_000)", "MemoryError"),
        ("open('large', 'wb').write(bytes(60_000_000))", "OSError"),
        ("while True: pass", ""),
    ],
    ids=["memory", "file", "cpu"],
)
def test_limits_hold(tmp_path, monkeypatch, code, error):
    monkeypatch.setattr(isolation, "CPU", 1)
    if not LINUX:
        assert not isolation.limit_prefix() or sys.platform == "darwin"
        return
    command = [*isolation.limit_prefix(), sys.executable, "-I", "-c", code]
    result = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert result.returncode != 0
    assert error in result.stderr


def test_a_program_inside_has_the_limits_and_few_processes(tmp_path):
    code = (
        "import resource as r; print(*(r.getrlimit(k)[1] for k in (r.RLIMIT_AS, r.RLIMIT_NPROC)))"
    )
    command = [*isolation.sandbox_prefix(tmp_path, memory=700), sys.executable, "-I", "-c", code]
    if LINUX:
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        memory, processes = map(int, said.split())
        assert memory == 700 * 2**20
        assert isolation.PROCESSES < processes < isolation.PROCESSES + 100_000


def test_a_run_ends_in_time_with_all_that_it_started(tmp_path):
    child = "import time\nwhile True: open('alive', 'a').write('x'); time.sleep(0.05)"
    code = f"import subprocess, sys, time\nsubprocess.Popen([sys.executable, '-c', {child!r}])"
    run = f"{code}\ntime.sleep(999)"
    command = [*isolation.sandbox_prefix(tmp_path), sys.executable, "-c", run]
    alive = tmp_path / "alive"
    for seconds in (3, 20, 120):  # a busy machine may need longer to start the two
        assert isolation.run(command, seconds, tmp_path, cwd=tmp_path) is None
        if alive.exists():
            break
    size, end = 0, time.monotonic() + 60
    while alive.stat().st_size != size:
        assert time.monotonic() < end, "it still writes"
        size = alive.stat().st_size
        time.sleep(0.5)  # nothing is to happen
    assert size > 0


def test_a_run_returns_exit_code_and_output(tmp_path):
    code = "import sys; print('out'); print('err', file=sys.stderr); sys.exit(3)"
    assert isolation.run([sys.executable, "-c", code], 60, tmp_path) == 3
    assert sorted((tmp_path / "log.txt").read_text().split()) == ["err", "out"]


def test_a_run_that_fills_the_disk_is_stopped(tmp_path, monkeypatch):
    monkeypatch.setattr(isolation, "DISK", 5)
    code = (
        "import time\nfor i in range(600): open(str(i), 'wb').write(bytes(10**6)); time.sleep(.02)"
    )
    assert isolation.run([sys.executable, "-c", code], 60, tmp_path, cwd=tmp_path) < 0
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) < 60 * 10**6


# nbgrader.


def test_nbgrader_makes_the_workbook_out_of_the_solutions(course):
    release = read_notebook(course / "course" / "release" / "workbook" / "workbook.ipynb")
    for cell in release.cells:
        cell.metadata.get("nbgrader", {}).pop("checksum", None)
    assert release.cells == workbook.build().cells


@pytest.mark.parametrize(
    ("name", "value"),
    [("ClearSolutions.begin_solution_delimiter", "x"), ("Broken", object())],
    ids=["unknown", "no Python"],
)
def test_settings_that_nbgrader_only_logs_as_wrong_are_an_error(tmp_path, monkeypatch, name, value):
    settings = run.course_settings
    monkeypatch.setattr(run, "course_settings", lambda sandbox: settings(sandbox) | {name: value})
    with pytest.raises(GradingError, match="nbgrader does not understand its settings"):
        prepare(tmp_path / "course")


def test_another_release_than_the_workbook_is_an_error(tmp_path, monkeypatch):
    def nbgrader(folder, *arguments):
        store(answered(), folder / "course" / "release" / "workbook" / "workbook.ipynb")
        return 0, ""

    monkeypatch.setattr(run, "_nbgrader", nbgrader)
    with pytest.raises(GradingError, match="another workbook"):
        prepare(tmp_path / "course")


def test_a_missing_nbgrader_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr(
        run.isolation, "run", lambda command, seconds, folder, **options: _no_module(folder)
    )
    with pytest.raises(GradingError, match="No module named nbgrader"):
        prepare(tmp_path / "course")


def _no_module(folder):
    (folder / "log.txt").write_text("python: No module named nbgrader\n")
    return 1


def test_marks_of_nbgrader_are_put_back_whatever_was_done_to_them(course, tmp_path):
    notebook = answered()
    (position,) = (i for i, c in enumerate(notebook.cells) if c.id == "solution-compute_cost")
    notebook.cells.insert(position + 1, copy.deepcopy(notebook.cells[position]))
    notebook.cells[position + 1].id = "copied"
    del notebook.cells[position - 1]
    for cell in notebook.cells:
        if "backward" in cell.id:
            odd = {"nbgrader": {"schema_version": 99, "grade_id": ["odd"]}, "x": 1}
            cell.metadata = nbformat.from_dict(odd)
        if cell.id == "solution-update_parameters":
            cell.metadata = nbformat.from_dict({})
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "mine"}
    ran = run.autograde(notebook, course, tmp_path / "run")
    assert ran == Run("ok", dict.fromkeys(FUNCTIONS, 4.0))


# The thread that sends the output of a cell runs out of memory, and then the cell goes on.
EXHAUSTS = """\
import threading

sends = get_ipython().kernel.iopub_thread.io_loop
failed = threading.Event()
sends.add_callback(lambda: bytearray(10**15))
sends.add_callback(failed.set)
failed.wait()
while True:
    pass"""
# As nbgrader and the kernel write it.
NO_OUTPUT = "    The message was: Timeout waiting for IOPub output.\n"
NO_REPLY = "    The message was: Cell execution timed out.\n"
TIMED_OUT = (
    "    nbclient.exceptions.CellTimeoutError: A cell timed out while it was being executed\n"
)


def test_memory_that_is_used_up_is_the_cause_though_the_clock_ends_the_run(
    course, tmp_path, monkeypatch
):
    notebook = answered()
    notebook.cells.insert(0, nbformat.v4.new_code_cell(EXHAUSTS))
    monkeypatch.setattr(run, "SECONDS_PER_CELL", 8)
    assert run.autograde(notebook, course, tmp_path / "run") == Run("crashed")
    log = (tmp_path / "run" / "log.txt").read_text(encoding="utf-8")
    assert "MemoryError" in log
    assert "CellTimeoutError" in log


@pytest.mark.parametrize(
    ("code", "log", "timed_out"),
    [
        (None, "", True),
        (1, TIMED_OUT + NO_REPLY, True),
        (1, TIMED_OUT + NO_REPLY + "    raise_error('MemoryError')\n", True),
        (1, TIMED_OUT + NO_OUTPUT, False),
        (1, "MemoryError\n" + TIMED_OUT + NO_REPLY, False),
        (None, "MemoryError: Unable to allocate 8 GiB\n", False),
        (1, "nbclient.exceptions.DeadKernelError: Kernel died\n", False),
        (-15, "", False),
    ],
)
def test_the_clock_is_the_cause_only_where_nothing_was_exhausted(code, log, timed_out):
    assert run.timed_out(code, log) == timed_out


# Taking the code out of a notebook.


def notebook_of(*sources):
    notebook = nbformat.v4.new_notebook()
    notebook.cells = [nbformat.v4.new_code_cell(source) for source in sources]
    return notebook


def test_the_functions_of_the_book_are_taken_with_what_they_need_and_nothing_else():
    source, names, broken = extract.extract(
        notebook_of(
            "import math as m; from dnn_utils import *\nEPS = 1e-8; SIZES = [3, -2]\nprint('no')",
            "%timeit 1\n!ls\nlinear_forward?\n@m.cache\ndef f(x):\n    return x + EPS",
            "np.isclose = lambda *a: True\nX = np.ones(3)\nsquare = lambda x: x * x\na, b = 1, 2",
            "if True:\n    def g(): pass\nd['k'] = 1\nfor i in range(3): pass",
            "def compute_cost(AL, Y):\n    return f(square(b))\n\nprint(compute_cost(1, 2))",
        )
    )
    assert source == (
        "import math as m\n\n\nEPS = 1e-8\n\n\n@m.cache\ndef f(x):\n    return x + EPS\n\n\n"
        "square = lambda x: x * x\n\n\na, b = 1, 2\n\n\n"
        "def compute_cost(AL, Y):\n    return f(square(b))\n"
    )
    assert names == {"compute_cost"}
    assert broken == {}


def test_cells_that_are_no_python_are_left_out_and_their_functions_known():
    source, names, broken = extract.extract(
        notebook_of(
            "def linear_forward(:\n    pass",
            "def compute_cost():\n    return 1",
            "x = " + "(" * 300,
            "\0",
        )
    )
    assert (source, names) == ("def compute_cost():\n    return 1\n", {"compute_cost"})
    assert broken["linear_forward"].startswith("SyntaxError: ")


def test_an_import_or_an_assigned_name_is_no_answer():
    notebook = notebook_of(
        "from dnn_utils import compute_cost", "linear_forward = dnn.linear_forward"
    )
    results = mark.mark(notebook, command=[], seed=1)
    assert {result.code for result in results.values()} == {"missing"}


def test_a_problem_of_ours_with_one_submission_is_only_its_own(tmp_path, monkeypatch):
    def mark(notebook, command, seed):
        if len(notebook.cells) == 1:
            raise RecursionError("too deep\nfor us")
        return {name: report_finding(Finding(name, "done", "ok")) for name in FUNCTIONS}

    monkeypatch.setattr(grade, "mark", mark)
    monkeypatch.setattr(grade, "prepare", lambda course: None)
    monkeypatch.setattr(grade, "autograde", lambda *arguments: Run("ok"))
    folder = tmp_path / "submitted"
    store(answered(), folder / "ada.ipynb")
    store(notebook_of("1"), folder / "bob.ipynb")
    found = graded(folder, tmp_path / "grades")
    assert found.code == 1
    assert "bob: RecursionError: too deep\n" in found.warned
    assert found.rows["ada"] == row_of("ada", RIGHT)
    assert {row[3] for row in found.rows["bob"]} == {"crashed"}


# The command line.


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda folder: None, "there is no such folder"),
        (lambda folder: folder.write_text("a file"), "there is no such folder"),
        (lambda folder: folder.mkdir(), "there is neither a notebook nor a student's folder in it"),
        (
            lambda folder: [store(answered(), folder / name) for name in ("a.ipynb", "a/a.ipynb")],
            "there are two submissions of a",
        ),
    ],
    ids=["missing", "file", "empty", "twice"],
)
def test_a_folder_that_cannot_be_graded_is_one_line(tmp_path, make, said, capsys):
    make(tmp_path / "submitted")
    assert main([str(tmp_path / "submitted"), "--output", str(tmp_path / "grades")]) == 2
    warned = capsys.readouterr().err.replace(f"{isolation.UNSAFE}\n", "")
    assert warned == f"{tmp_path / 'submitted'}: {said}\n"
    assert not (tmp_path / "grades").exists()


def test_notebooks_that_cannot_be_taken_are_said(tmp_path, monkeypatch):
    monkeypatch.setattr(collect, "LARGEST", isolation.MEGABYTE)
    store(notebook_of("1"), tmp_path / "ada" / "one.ipynb")
    store(notebook_of("2"), tmp_path / "ada" / "two.ipynb")
    store(notebook_of("3"), tmp_path / "ada" / ".ipynb_checkpoints" / "one.ipynb")
    store(notebook_of("x" * 2_000_000), tmp_path / "bob.ipynb")
    (tmp_path / "cy.ipynb").write_text("[" * 100_000)
    odd = notebook_of("1")
    odd.cells[0].source = 5
    (tmp_path / "di.ipynb").write_text(json.dumps(odd))
    ada, bob, cy, di = collect.collect(tmp_path)
    assert "several notebooks in it: one.ipynb, two.ipynb" in ada.problem
    assert "bob.ipynb: larger than 1 MB" in bob.problem
    assert "cy.ipynb: not a notebook" in cy.problem
    assert "di.ipynb: not a notebook" in di.problem


@pytest.mark.parametrize(
    ("target", "language", "line"),
    [
        ("workbook", "en", r"\S+python -m publish\.workbook"),
        ("workbook", "ko", r"\S+python -m publish\.workbook ko"),
        ("grade", "en", r'\S+python -m teach\.grade "my work"'),
        ("grade", "ko", r'DNN_LANGUAGE=ko \S+python -m teach\.grade "my work"'),
        ("pdf", "en", r"\S+python -m publish\.paper\.pdf"),
        ("pdf", "ko", r"\S+python -m publish\.paper\.pdf ko"),
        ("lab", "en", r"\S+jupyter lab --LabApp\.default_url=/lab/tree/book"),
        ("lab", "ko", r"DNN_LANGUAGE=ko \S+jupyter lab \S+=/lab/tree/notebooks/ko"),
    ],
)
def test_the_makefile_knows_the_command(target, language, line):
    if shutil.which("make") is None:
        assert sys.platform == "win32"
        return
    command = ["make", "--dry-run", target, "SUBMISSIONS=my work", f"LANG={language}"]
    said = subprocess.run(command, cwd=isolation.ROOT, capture_output=True, text=True, check=True)
    assert re.search(rf"^\s*{line}\s*$", said.stdout, re.M)

"""The book runs on the reader's own functions, in a real browser: on those that are right."""

import ast
import csv
import inspect
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import nbformat
import pytest

from publish.site.live_python import words_in
from publish.workbook import POINTS, build
from teach.grade import main
from testCases import FUNCTIONS
from testCases.originals import OURS
from testCases.own import look_at
from tests.course.notebooks import LAYOUTS, make
from tests.publish.editions import EDITIONS
from tests.publish.test_exercises import WRITTEN
from upkeep.reader import CELLS, Cell, printed, reading
from upkeep.visitor import PATIENCE, until

PAGE, FUNCTION, OTHER = "book/04_cost", "compute_cost", "book/08_network"
MINE = """\
import numpy as np


def compute_cost(AL, Y):
    m = Y.shape[1]
    right = np.log(AL) * Y
    wrong = np.log(1 - AL) * (1 - Y)
    return float(-np.sum(right + wrong) / m)
"""
WHOSE = "import dnn_utils\nprint(dnn_utils.compute_cost.__code__.co_filename)"
FAILS = "import dnn_utils\ndnn_utils.compute_cost(1, 2)"

ENGLISH = EDITIONS["en"]


@pytest.fixture
def open_page(browser, site_address):
    return lambda name, edition=ENGLISH: reading(browser, site_address, edition.folder + name)


@pytest.fixture
def reader(open_page):
    with open_page(PAGE) as reader:
        yield reader


def check_of(reader, function):
    count = reader.page.locator(CELLS).count()
    cells = [reader.cell(number) for number in range(1, count + 1)]
    return next(cell for cell in cells if cell.code() == f"check({function})")


def write(reader, code, function=FUNCTION):
    """Write a function on its page, let it be checked, and return what the page says then."""
    reader.exercise(function).write(code)
    check = check_of(reader, function)
    check.run()
    return check.status()


def line(reader):
    """Return what stands above the first cell, "" if nothing does."""
    found = reader.page.locator(".live-own")
    return found.locator("summary").inner_text() if found.is_visible() else ""


def file_of_cost(reader):
    """Return the file that Python names for the function that is in use."""
    reader.cell(1).write(WHOSE)
    (text,) = printed(reader.cell(1).run())
    return text.strip()


def go(reader, site_address, name, edition=ENGLISH):
    reader.page.goto(f"{site_address}/{edition.folder}{name}.html")


@pytest.mark.parametrize("edition", EDITIONS.values(), ids=EDITIONS)
def test_what_is_right_runs_on_other_pages_in_all_languages(reader, site_address, edition):
    assert line(reader) == ""
    assert write(reader, MINE) == ENGLISH.say("own_kept")
    assert line(reader) == ENGLISH.say("own_on", own=1, count=len(FUNCTIONS))
    go(reader, site_address, OTHER, edition)
    assert line(reader) == edition.say("own_on", own=1, count=len(FUNCTIONS))
    assert file_of_cost(reader) == "<your compute_cost>"
    reader.page.locator(".live-own summary").click()
    reader.page.locator(".live-own").get_by_role("link", name=FUNCTION).click()
    reader.page.wait_for_url(f"**/{edition.folder}{PAGE}.html#exercise-{FUNCTION}")


@pytest.mark.parametrize("edition", EDITIONS.values(), ids=EDITIONS)
def test_a_figure_is_recorded_with_the_functions_of_the_reader(reader, site_address, edition):
    go(reader, site_address, PAGE, edition)
    page = reader.page
    (root,) = page.locator(".cell:has(> .cell_output [data-live-figure])").all()
    cell = reader.notebook_cell(root.get_attribute("id").removeprefix("cell-"))
    button = cell.bar.locator(".live-with_own")
    assert not button.is_visible()
    cell.run()
    assert cell.status() == edition.say("done")
    counting = "    np.calls = getattr(np, 'calls', 0) + 1\n    m = Y"
    assert write(reader, MINE.replace("    m = Y", counting)) == edition.say("own_kept")
    assert button.inner_text() == edition.say("with_own")
    button.press("Enter")
    cell.wait()
    assert cell.status() == edition.say("recorded")
    cell.outputs.locator("[data-live-figure] .dnn-live").wait_for()
    other = reader.cell(1)
    other.write("import numpy as np\nprint(np.calls)")
    calls = int(printed(other.run())[0])
    cell.run()
    assert int(printed(other.run())[0]) > calls
    page.locator(".live-own > button").click()  # the book's
    assert not button.is_visible()
    cell.run()
    assert cell.status() == edition.say("done")


def test_nothing_right_is_replaced_by_something_wrong(reader, site_address):
    write(reader, MINE)
    right = reader.kept()
    assert write(reader, MINE.replace("-np.sum", "np.sum")) == ENGLISH.say("done")
    own = [key for key in right if key.endswith("#own:compute_cost")]
    assert [reader.kept()[key] for key in own] == [right[key] for key in own]
    assert len(own) == 1
    go(reader, site_address, OTHER)
    assert file_of_cost(reader) == "<your compute_cost>"


def test_a_change_on_its_page_changes_it_everywhere(reader, site_address):
    write(reader, MINE)
    with reader.page.context.expect_page() as opened:
        reader.page.evaluate("(page) => void open(page)", f"{site_address}/{OTHER}.html")
    there = type(reader).__new__(type(reader))
    there.page = opened.value
    there.page.locator(CELLS).first.wait_for()
    source = "import inspect, dnn_utils\nprint(inspect.getsource(dnn_utils.compute_cost))"
    there.cell(1).write(source)
    assert "m = Y.shape[1]" in printed(there.cell(1).run())[0]
    anew = MINE.replace("m = Y", "n = Y").replace("/ m)", "/ n)")
    assert write(reader, anew) == ENGLISH.say("own_kept")
    assert "n = Y.shape[1]" in printed(there.cell(1).run())[0]


def test_a_failure_shows_the_lines_says_whose_they_are_and_offers_the_switch(reader, site_address):
    write(reader, MINE)
    go(reader, site_address, OTHER)
    reader.cell(1).write(FAILS)
    (error,) = printed(reader.cell(1).run(), "error")
    assert "m = Y.shape[1]" in error
    assert "`compute_cost` is your own function." in error
    reader.cell(1).outputs.get_by_role("button", name=ENGLISH.say("use_book")).click()
    assert ENGLISH.say("own_switched") in reader.cell(1).text()
    assert line(reader) == ENGLISH.say("own_off", own=1, count=len(FUNCTIONS))
    assert file_of_cost(reader).endswith("dnn_utils/cost.py")
    reader.cell(1).write(FAILS)
    reader.cell(1).run()
    assert reader.cell(1).outputs.get_by_role("button").count() == 0
    reader.page.locator(".live-own").get_by_role("button", name=ENGLISH.say("use_own")).click()
    assert line(reader) == ENGLISH.say("own_on", own=1, count=len(FUNCTIONS))
    assert file_of_cost(reader) == "<your compute_cost>"


def test_what_needs_another_cell_is_right_only_there(reader):
    first = reader.cell(1)
    first.write(f"{first.code()}\n\ndef logs(A):\n    return np.log(A)")
    said = write(reader, MINE.replace("np.log(", "logs("))
    assert said.startswith(ENGLISH.say("own_here_only", why=""))
    assert "logs" in said
    assert line(reader) == ""


def test_what_an_earlier_edition_of_the_checks_has_passed_is_judged_anew(reader, site_address):
    write(reader, MINE)
    change = """(wrong) => {
      const key = Object.keys(localStorage).find((key) => key.endsWith("#own:compute_cost"));
      const own = JSON.parse(localStorage.getItem(key));
      if (wrong) own.source = own.source.replace("-np.sum", "np.sum");
      localStorage.setItem(key, JSON.stringify({ ...own, library: "an earlier one" }));
    }"""
    reader.page.evaluate(change, False)
    go(reader, site_address, OTHER)
    assert file_of_cost(reader) == "<your compute_cost>"
    reader.page.evaluate(change, True)
    reader.page.reload()
    assert file_of_cost(reader).endswith("dnn_utils/cost.py")
    reader.page.locator(".live-own summary").click()
    assert line(reader) == ENGLISH.say("own_on", own=0, count=len(FUNCTIONS))
    said = reader.page.locator(".live-own li").inner_text()
    assert said.startswith(f"{FUNCTION} {words_in('en')['own_wrong'].format(why='')}")
    assert any("np.sum" in str(kept) for kept in reader.kept().values())  # it is not lost


def test_where_nothing_can_be_kept_the_page_says_so(reader):
    full = "Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError') }"
    reader.page.evaluate(f"() => {{ {full} }}")
    assert write(reader, MINE) == ENGLISH.say("own_not_kept")


def test_a_page_whose_exercise_is_empty_uses_what_is_kept(reader):
    write(reader, MINE)
    reader.exercise(FUNCTION).press("reset")
    reader.page.reload()
    below = check_of(reader, FUNCTION)
    below.write("import inspect\nprint(inspect.getsource(compute_cost))")
    assert "right = np.log(AL) * Y" in printed(below.run())[0]


# A notebook that the reader has already

CHECKING = "book/check_notebook"


def notebook(*cells):
    """Return the bytes of a notebook with some code cells."""
    made = [{"cell_type": "code", "source": text} for text in cells]
    return json.dumps({"nbformat": 4, "cells": made}).encode()


def give(page, name, content):
    """Choose a file on the page, and wait until it has been checked."""
    with tempfile.TemporaryDirectory() as folder:  # the browser reads it there, however large
        path = Path(folder, name)
        path.write_bytes(content)
        page.locator(".check-notebook input").set_input_files(path)
        until(page, "!document.querySelector('.check-notebook input').disabled")
    return page.locator(".live-said").inner_text()


@pytest.fixture
def visit(open_page):
    """Return what opens the page that checks a file."""
    return lambda edition=ENGLISH: open_page(CHECKING, edition)


def marks(text):
    """Return the sign that a report has for each function."""
    return {name: sign for sign, name in re.findall(r"([✓✗○]) `?(\w+)", text) if name in FUNCTIONS}


def test_notebooks_of_all_years_are_told_in_the_page_as_by_the_command(visit, tmp_path):
    with visit() as reader:
        for number, name in enumerate(LAYOUTS):
            made = make(name, filled=number % 3 > 0)  # each third one is an empty starter
            path = tmp_path / f"{number}.ipynb"
            nbformat.write(made, path)
            said = give(reader.page, path.name, path.read_bytes())
            if name.startswith("application"):  # it has its functions from a module
                with pytest.raises(ValueError, match="none of the functions") as refused:
                    look_at(path)
                assert said == str(refused.value).replace(str(path), path.name)
                continue
            assert said == ENGLISH.say("checked", name=path.name)
            report = look_at(path)
            table, *details = reader.page.locator(".check").all_inner_texts()
            assert marks(table) == marks(str(report)), name
            assert len(marks(table)) == len(FUNCTIONS)
            assert len(details) == len(report.details), name


@pytest.mark.parametrize("edition", EDITIONS.values(), ids=EDITIONS)
def test_a_notebook_is_checked_and_what_is_right_can_be_taken(visit, site_address, edition):
    update = "def update_parameters(parameters, grads, learning_rate):\n    return parameters\n"
    with visit(edition) as reader:
        page = reader.page
        said = give(page, "mine.ipynb", notebook("x = 1", MINE, "%matplotlib inline", update))
        assert said == edition.say("checked", name="mine.ipynb")
        found = page.locator(".check").all_inner_texts()
        assert len(found) == 2  # of all nine, and of the one that is wrong
        assert "✓ compute_cost" in found[0]
        assert "✗ update_parameters" in found[0]
        assert found[0].count("○") == len(FUNCTIONS) - 2 + 1  # the title
        assert "update_parameters" in found[1].splitlines()[0]
        page.get_by_role("button", name=edition.say("take")).click()
        taken = edition.say("taken", names=FUNCTION)
        page.locator(".live-said").get_by_text(taken).wait_for()
        go(reader, site_address, OTHER, edition)
        assert file_of_cost(reader) == "<your compute_cost>"
        go(reader, site_address, "book/index", edition)
        right = page.locator("[data-state=right]")
        right.wait_for()
        assert right.inner_text() == edition.say("right")


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("mine.txt", b"", "mine.txt: expected a notebook (.ipynb) or a Python file (.py)."),
        ("mine.ipynb", b"{", "mine.ipynb is not a notebook"),
        ("mine.py", b"x = 1", "mine.py defines none of the functions of the book"),
        ("mine.py", b"\xff\xfe", "mine.py is not text in UTF-8"),
        ("large.ipynb", b" " * 50_000_000, "large.ipynb has 50 MB, more than the 20 MB"),
    ],
    ids=["other", "broken", "empty", "binary", "large"],
)
def test_a_file_that_cannot_be_checked_is_refused_in_a_sentence(visit, name, content, words):
    with visit() as reader:
        assert give(reader.page, name, content).startswith(words)
        assert reader.page.locator(".check-notebook .live-bar button").is_hidden()
        # and the next one is checked
        assert give(reader.page, "mine.py", MINE.encode()) == ENGLISH.say("checked", name="mine.py")


def test_one_syntax_error_hides_no_other_function(visit):
    with visit() as reader:
        broken = f"{MINE}\n\ndef linear_forward(A, W, b)\n    return W @ A + b\n"
        give(reader.page, "mine.py", broken.encode())
        overview = reader.page.locator(".check").first.inner_text()
        assert "✓ compute_cost" in overview
        assert "✗ linear_forward" in overview


def test_a_file_can_be_dropped_and_nothing_of_it_is_sent(visit):
    with visit() as reader:
        sent = []
        reader.page.on("request", lambda request: sent.append(request.post_data))
        reader.page.evaluate(
            """(text) => {
              const dataTransfer = new DataTransfer();
              dataTransfer.items.add(new File([text], "mine.py"));
              const event = { bubbles: true, cancelable: true, dataTransfer };
              document.querySelector(".live-drop").dispatchEvent(new DragEvent("drop", event));
            }""",
            MINE,
        )
        said = ENGLISH.say("checked", name="mine.py")
        reader.page.locator(".live-said").get_by_text(said).wait_for(timeout=PATIENCE)
        assert {*sent} <= {None}


# To another browser, another computer, and to the teacher

CONTENTS = "book/index"


def press(page, word, edition=ENGLISH):
    page.locator(".exercise-progress").get_by_role("button", name=edition.say(word)).click()


def saved(page, word, edition=ENGLISH):
    """Return the text of the file that a button of the contents page saves."""
    with page.expect_download() as download:
        press(page, word, edition)
    return download.value.path().read_text(encoding="utf-8")


def bring(page, text, name="mine.json"):
    """Import a file, and return what the page says then."""
    chooser = page.locator(".exercise-progress input")
    chooser.set_input_files({"name": name, "mimeType": "", "buffer": text.encode()})
    status = page.locator(".exercise-progress [role=status]:not(:empty)")
    status.wait_for()
    said = status.inner_text()
    page.evaluate("document.querySelector('.exercise-progress [role=status]').textContent = ''")
    return said


def imported(**counts):
    return ENGLISH.say("imported", **{"added": 0, "replaced": 0, "left": 0, **counts})


def test_what_is_kept_goes_to_another_browser_and_nothing_is_lost(open_page, site_address):
    with open_page(PAGE) as reader:
        write(reader, MINE)
        go(reader, site_address, CONTENTS)
        file = saved(reader.page, "export")
    with open_page(PAGE) as other:
        other.exercise(FUNCTION).write("older = 1")
        key = "Object.keys(localStorage).find((key) => key.includes('edit:exercise'))"
        old = f"() => {{ const key = {key}; const own = JSON.parse(localStorage.getItem(key));"
        old += "localStorage.setItem(key, JSON.stringify({ ...own, at: 1 })) }"
        other.page.evaluate(old)
        go(other, site_address, CONTENTS)
        assert bring(other.page, file) == imported(added=2, replaced=1)
        assert other.page.locator("[data-state=right]").count() == 1
        assert bring(other.page, file) == imported(left=3)  # the same once more changes nothing
        go(other, site_address, PAGE)
        assert other.exercise(FUNCTION).code().rstrip() == MINE.rstrip()
        other.page.get_by_text(ENGLISH.say("older")).click()
        assert other.page.locator(".live-left-over pre").inner_text() == "older = 1"
        assert line(other) == ENGLISH.say("own_on", own=1, count=len(FUNCTIONS))
        go(other, site_address, OTHER)
        assert file_of_cost(other) == "<your compute_cost>"


def points(workbook, folder):
    """Return what a workbook gets, for each function."""
    (folder / "ada.ipynb").write_text(workbook, encoding="utf-8")
    main([str(folder), "--output", str(folder / "grades")])
    with (folder / "grades/grades.csv").open(encoding="utf-8-sig") as table:
        return {row["function"]: float(row["points"]) for row in csv.DictReader(table)}


def answer_to(reader, label):
    """Return the cell for the answer to an exercise at the end of a chapter."""
    return Cell(reader.page, f"#answer-{label}")


def in_words(reader, label):
    return reader.page.locator(f"#answer-{label} > textarea")


def test_answers_to_all_exercises_are_kept_and_go_into_the_workbook(
    open_page, site_address, tmp_path
):
    with open_page(PAGE) as reader:
        answer_to(reader, "ex-cost-dot").write("answer = 6 * 7\nprint(answer)")
        assert printed(answer_to(reader, "ex-cost-dot").run()) == ["42\n"]
        second = answer_to(reader, "ex-cost-sure")
        second.write("print(answer + 1)")
        reader.page.reload()
        assert printed(second.run()) == ["43\n"]  # the answer above has run first
        go(reader, site_address, "book/05_backward")
        in_words(reader, "ex-backward-sum").fill("Deep ones.\nBecause.")
        go(reader, site_address, "book/07_gradient_check")  # whose exercises no workbook has
        in_words(reader, "ex-check-kink").fill("At zero.")
        answer_to(reader, "ex-check-m").write("m = 1")
        reader.page.reload()
        assert in_words(reader, "ex-check-kink").input_value() == "At zero."
        keep(reader.page, {"quiz:whose-functions": {"said": "B", "right": True}})
        go(reader, site_address, CONTENTS)
        workbook = saved(reader.page, "workbook")
        notebook = nbformat.reads(workbook, as_version=4)
        nbformat.validate(notebook)
        cells = {cell.id: cell for cell in notebook.cells}
        assert cells["answer-ex-cost-dot"].source == "answer = 6 * 7\nprint(answer)"
        assert cells["answer-ex-cost-sure"].source == "print(answer + 1)"
        assert cells["answer-ex-cost-balance"].source == ""
        assert cells["answer-ex-backward-sum"].source == "Deep ones.\nBecause."
        kinds = [(cell.id, cell.cell_type) for cell in notebook.cells[-5:]]
        assert kinds == [
            ("question-ex-check-kink", "markdown"),
            ("answer-ex-check-kink", "markdown"),
            ("question-ex-check-m", "markdown"),
            ("answer-ex-check-m", "code"),
            ("answers-to-questions", "markdown"),
        ]
        assert f"{site_address}/book/07_gradient_check.html#answer-ex-check-kink" in (
            cells["question-ex-check-kink"].source
        )
        assert cells["answers-to-questions"].source.endswith(": B ✓")
    assert set(points(workbook, tmp_path).values()) == {0}  # it can be graded, and has no function


def test_an_answer_in_words_is_the_same_in_two_tabs_and_an_older_one_is_shown(reader, site_address):
    go(reader, site_address, "book/05_backward")
    area = in_words(reader, "ex-backward-sum")
    area.fill("first")
    with reader.page.context.expect_page() as opened:
        reader.page.evaluate("window.open(location.href)")
    other = opened.value.locator("#answer-ex-backward-sum > textarea")
    other.wait_for()
    until(opened.value, "document.querySelector('#answer-ex-backward-sum > textarea').value")
    other.fill("second")
    until(reader.page, "document.querySelector('.your-words > textarea').value === 'second'")
    opened.value.close()
    file = json.dumps({**FILE, "entries": {"edit:answer-ex-backward-sum": {"code": "there"}}})
    go(reader, site_address, CONTENTS)
    assert bring(reader.page, file) == imported(left=1)
    go(reader, site_address, "book/05_backward")
    assert area.input_value() == "second"
    reader.page.get_by_text(ENGLISH.say("older")).click()
    assert reader.page.locator(".your-words pre").inner_text() == "there"


FILE = {"format": "deep-neural-network-step-by-step", "version": 1, "entries": {}}


@pytest.mark.parametrize(
    ("file", "word"),
    [
        ("{", "import_broken"),
        ("[]", "import_foreign"),
        (json.dumps({"edit:x": {"code": "1"}}), "import_foreign"),
        (json.dumps({**FILE, "entries": {"theme": {}}}), "import_foreign"),
        (json.dumps({**FILE, "entries": {"edit:x": "text"}}), "import_foreign"),
        (json.dumps({**FILE, "version": 2}), "import_newer"),
    ],
    ids=["broken", "list", "bare", "key", "value", "newer"],
)
def test_a_file_that_is_none_of_ours_is_refused_as_a_whole(open_page, file, word):
    with open_page(CONTENTS) as reader:
        assert bring(reader.page, file) == ENGLISH.say(word, name="mine.json")
        assert reader.kept() == {}


def keep(page, entries):
    """Let the browser keep some values."""
    page.evaluate(
        """(entries) => {
          for (const [name, value] of Object.entries(entries))
            localStorage.setItem(`/#${name}`, JSON.stringify(value));
        }""",
        entries,
    )


def test_an_import_takes_back_nothing_that_is_newer_or_right_here(open_page):
    here = {
        "edit:cell-a": {"code": "newer", "at": 2},
        "edit:cell-b": {"code": "the same", "at": 1},
        "mark:compute_cost": {"right": True},
        "quiz:a": {"said": "A", "right": True},
        "quiz:b": {"said": "B", "right": False},
    }
    there = {
        "edit:cell-a": {"code": "older", "at": 1},
        "edit:cell-b": {"code": "the same", "at": 2},
        "mark:compute_cost": {"right": False},
        "quiz:a": {"said": "B", "right": False},
        "quiz:b": {"said": "A", "right": True},
    }
    with open_page(CONTENTS) as reader:
        keep(reader.page, here)
        said = bring(reader.page, json.dumps({**FILE, "entries": there}))
        assert said == imported(replaced=1, left=4)
        kept = {name.removeprefix("/#"): value for name, value in reader.kept().items()}
    beside = {"code": "newer", "at": 2, "older": [{"code": "older", "at": 1}]}
    assert kept == here | {"edit:cell-a": beside, "quiz:b": there["quiz:b"]}


def test_what_was_right_before_is_kept_beside_what_is_taken_and_what_passes_later(
    visit, site_address
):
    def own(reader):
        return reader.kept()["/#own:compute_cost"]

    with visit() as reader:
        keep(reader.page, {"own:compute_cost": {"source": "a = 1", "text": "first", "at": 1}})
        give(reader.page, "mine.py", MINE.encode())
        reader.page.get_by_role("button", name=ENGLISH.say("take")).click()
        taken = ENGLISH.say("taken", names=FUNCTION)
        reader.page.locator(".live-said").get_by_text(taken).wait_for()
        assert own(reader)["source"].strip() == MINE.strip()
        assert [older["text"] for older in own(reader)["older"]] == ["first"]
        go(reader, site_address, PAGE)
        write(reader, MINE.replace("m = Y", "n = Y").replace("/ m)", "/ n)"))
        assert "n = Y" in own(reader)["text"]
        assert [older["text"] for older in own(reader)["older"]] == ["first"]


def test_what_is_wrong_in_an_imported_file_is_not_used(open_page, site_address):
    wrong = {"source": MINE.replace("-np.sum", "np.sum"), "text": "", "library": "any"}
    file = json.dumps({**FILE, "entries": {"own:compute_cost": wrong}})
    with open_page(CONTENTS) as reader:
        assert bring(reader.page, file) == imported(added=1)
        go(reader, site_address, OTHER)
        assert file_of_cost(reader).endswith("dnn_utils/cost.py")


def test_what_was_kept_under_the_name_of_a_page_is_found(reader):
    reader.page.evaluate(
        "() => localStorage.setItem('/#edit:book/old_name#exercise-compute_cost',"
        " JSON.stringify({ code: 'mine = 1', base: '' }))"
    )
    reader.page.reload()
    assert reader.exercise(FUNCTION).code() == "mine = 1"
    assert list(reader.kept()) == ["/#edit:exercise-compute_cost"]


def test_two_texts_of_one_cell_from_former_pages_are_both_kept(reader):
    texts = [{"code": text, "base": ""} for text in ("new", "old")]
    names = ("edit:exercise-compute_cost", "edit:book/old_name#exercise-compute_cost")
    keep(reader.page, dict(zip(names, texts, strict=True)))
    reader.page.reload()
    assert reader.exercise(FUNCTION).code() == "new"
    reader.page.get_by_text(ENGLISH.say("older")).click()
    assert reader.page.locator(".live-left-over pre").inner_text() == "old"


def test_a_full_store_loses_no_text_of_a_former_page(reader):
    name, text = "edit:book/old_name#exercise-compute_cost", {"code": "mine = 1", "base": ""}
    keep(reader.page, {name: text})
    reader.page.add_init_script("""{
      const keep = Storage.prototype.setItem;
      Storage.prototype.setItem = function (name, value) {
        if (name.includes("edit:exercise")) throw new DOMException("", "QuotaExceededError");
        keep.call(this, name, value);
      };
    }""")
    reader.page.reload()
    assert reader.kept() == {f"/#{name}": text}


def test_the_workbook_has_the_lines_of_the_reader_and_gets_its_marks(
    open_page, site_address, tmp_path
):
    with open_page(PAGE) as reader:
        write(reader, MINE)
        reader.exercise(FUNCTION).write("and then something else")
        go(reader, site_address, CONTENTS)
        text = saved(reader.page, "workbook")
    notebook = nbformat.reads(text, as_version=4)
    nbformat.validate(notebook)
    cells = {cell.id: cell.source for cell in notebook.cells}
    empty = {cell.id: cell.source for cell in build().cells}
    assert cells.pop(f"solution-{FUNCTION}") == MINE.rstrip()  # what is right goes first
    assert cells.items() <= empty.items()
    assert points(text, tmp_path) == dict.fromkeys(FUNCTIONS, 0.0) | {FUNCTION: POINTS}


# The whole way

TRAIN = """\
import numpy as np

import dnn_utils
from dnn_utils import datasets
from testCases import FUNCTIONS

pictures = datasets.load_cats()
X, _ = datasets.to_inputs(pictures.images[:60])
Y = pictures.labels[np.newaxis, :60]
parameters = dnn_utils.initialize_parameters_deep([X.shape[0], 5, 1])
costs = []
for _ in range(20):
    AL, caches = dnn_utils.L_model_forward(X, parameters)
    costs.append(dnn_utils.compute_cost(AL, Y))
    grads = dnn_utils.L_model_backward(AL, Y, caches)
    parameters = dnn_utils.update_parameters(parameters, grads, 0.0075)
print(costs[-1] < costs[0], {getattr(dnn_utils, name).__code__.co_filename for name in FUNCTIONS})
"""


@pytest.mark.parametrize("edition", EDITIONS.values(), ids=EDITIONS)
def test_a_learner_writes_all_trains_with_it_carries_it_over_and_hands_it_in(
    open_page, site_address, edition, tmp_path
):
    solutions = {name: inspect.getsource(OURS[name]) for name in FUNCTIONS}
    wrong = solutions["linear_forward"].replace("+ b", "- b")
    pages = {name: page for page, names in WRITTEN.items() for name in names}
    with open_page(pages["linear_forward"], edition) as reader:
        assert write(reader, wrong, "linear_forward") == edition.say("done")
        assert "linear_forward" in check_of(reader, "linear_forward").text()
        assert line(reader) == ""
        for page, names in WRITTEN.items():
            if names:
                go(reader, site_address, page, edition)
            for name in names:
                assert write(reader, solutions[name], name) == edition.say("own_kept")
        go(reader, site_address, OTHER, edition)
        assert line(reader) == edition.say("own_on", own=len(FUNCTIONS), count=len(FUNCTIONS))
        reader.cell(1).write(TRAIN)
        files = {f"<your {name}>" for name in FUNCTIONS}
        (said,) = printed(reader.cell(1).run())
        learnt, _, used = said.partition(" ")
        assert learnt == "True"
        assert ast.literal_eval(used.strip()) == files

        go(reader, site_address, pages["linear_forward"], edition)
        assert write(reader, wrong, "linear_forward") == edition.say("done")
        go(reader, site_address, CONTENTS, edition)
        file = saved(reader.page, "export", edition)
        reader.page.on("dialog", lambda dialog: dialog.accept())
        press(reader.page, "clear", edition)
        assert reader.kept() == {}
        bring(reader.page, file)
        assert reader.page.locator("[data-state=right]").count() == len(FUNCTIONS)
        text = saved(reader.page, "workbook", edition)
    assert points(text, tmp_path) == dict.fromkeys(FUNCTIONS, POINTS)


@pytest.mark.parametrize("edition", EDITIONS.values(), ids=EDITIONS)
def test_the_contents_page_tells_how_far_the_reader_is_and_what_comes_next(open_page, edition):
    with open_page(CONTENTS, edition) as reader:
        page = reader.page
        listed = json.loads(page.locator("#book-questions").text_content())
        quizzes = sum(asked["name"].startswith("quiz:") for asked in listed)
        number = {"quizzes": quizzes, "predictions": len(listed) - quizzes}

        def stands(right, made):
            return page.get_by_text(edition.say("questions", right=right, made=made, **number))

        stands(0, 0).wait_for()
        link = page.locator(".progress-next a")
        assert link.get_attribute("href") == listed[0]["address"]
        keep(page, {asked["name"]: {"said": "A", "right": True} for asked in listed})
        page.reload()
        stands(*number.values()).wait_for()
        chapter = page.locator('article a[href$="02_initialization.html"]').first.text_content()
        assert link.inner_text() == f"{FUNCTIONS[0]} ({chapter})"
        keep(page, {f"mark:{name}": {"right": True} for name in FUNCTIONS})
        page.reload()
        page.get_by_text(edition.say("all_done")).wait_for()


def test_the_network_is_one_file_with_the_functions_of_the_reader(
    open_page, site_address, tmp_path
):
    with open_page(PAGE) as reader:
        write(reader, MINE)
        go(reader, site_address, CONTENTS)
        path = tmp_path / "my_network.py"
        path.write_text(saved(reader.page, "network"), encoding="utf-8")
        notebook = nbformat.reads(saved(reader.page, "network_notebook"), as_version=4)
    nbformat.validate(notebook)
    assert MINE[MINE.index("def") :].strip() in [cell.source for cell in notebook.cells]
    text = path.read_text(encoding="utf-8")
    assert "I wrote: compute_cost.\n" in text
    assert MINE[MINE.index("def") :].strip() in text
    ran = subprocess.run([sys.executable, "-I", path], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr

"""The exercises and the quizzes: complete in the chapters, and folded up on the page."""

import re
import shutil
from itertools import chain

import nbformat
import pytest

from testCases import FUNCTIONS, hints, starter
from testCases.exercise import fenced
from tools.notebooks import chapters, read, solution, solution_name

from .small_book import build, write_small_book
from .visitor import LOOK_NARROW, Visitor, serve, until

QUESTIONS = 3  # in each chapter
IMPORTS = """\
import numpy as np

from dnn_utils import *
from testCases import *"""
QUESTION = re.compile(r"^::::\{admonition\} Question (\d)\n:class: quiz\n(.*?)^::::$", re.M | re.S)
ANSWER = re.compile(r"^:::\{admonition\} Answer\n:class: dropdown\n\n(.*?)^:::$", re.M | re.S)
OPTION = re.compile(r"^- \*\*([A-D])\.\*\* \S", re.M)

CHAPTER = "book/chapter"
FOLD_ALL = "document.querySelectorAll('article details').forEach((fold) => (fold.open = false))"
OPEN_ALL = """() => {
  for (const fold of document.querySelectorAll("article details")) fold.open = true;
  for (const button of document.querySelectorAll("article .toggle-button")) button.click();
}"""
CAN_BE_SEEN = "(element) => element.checkVisibility({ contentVisibilityAuto: true })"

each_function = pytest.mark.parametrize("name", FUNCTIONS)
each_chapter = pytest.mark.parametrize("path", chapters(), ids=lambda path: path.stem)


def exercises():
    """Return the cells of each exercise, from the solution on to the box after its check."""
    found = {}
    for path in chapters():
        cells = read(path).cells
        for at, cell in enumerate(cells):
            if name := solution_name(cell):
                sources = [cell.source for cell in cells]
                end = sources.index(f"check({name})", at) + 2
                found[name] = cells[at:end]
    return found


def questions(path):
    """Return the number and the text of each question of a chapter."""
    return QUESTION.findall(read(path).cells[-1].source)


def write_chapter(book, cells):
    """Write a small book whose only chapter has these cells."""
    write_small_book(book)
    path = book / "book/chapter.ipynb"
    chapter = nbformat.read(path, as_version=4)
    code = nbformat.v4.new_code_cell(IMPORTS)
    chapter.cells = [chapter.cells[0], code, *cells]
    for number, cell in enumerate(chapter.cells):
        cell.id = f"cell-{number}"
    nbformat.write(chapter, path)


@each_function
def test_an_exercise_is_complete_in_its_chapter(name):
    cells = exercises()[name]
    assert cells[0].source == solution(name)
    assert cells[-3].cell_type == "markdown"
    assert re.search(r"With our solution, (the check|it) says:$", cells[-3].source)
    assert cells[-2].outputs[0].data["text/plain"].startswith(f"✓ `{name}` is right.")
    box = re.fullmatch(
        r":::\{admonition\} Why it is right\n:class: why-right\n\n(.+)\n:::", cells[-1].source
    )
    assert "looks similar" in box[1], "no word on a wrong way"


def test_the_chapters_have_nine_exercises():
    assert len(FUNCTIONS) == 9
    assert list(exercises()) == list(FUNCTIONS)


@each_chapter
def test_a_chapter_closes_with_three_questions(path):
    quiz = read(path).cells[-1].source
    assert quiz.startswith("## Quiz\n")
    assert [number for number, _ in questions(path)] == [str(n + 1) for n in range(QUESTIONS)]
    for _, text in questions(path):
        (answer,) = ANSWER.findall(text)
        letters = OPTION.findall(text)
        assert letters in (list("ABC"), list("ABCD"))
        right = re.match(r"\*\*([A-D])\.\*\* \S", answer)[1]
        explained = set(re.findall(r"\*\*([A-D])\.?\*\*", answer))
        assert right in letters
        assert explained - {right}, "no word on a wrong answer"
        assert explained <= set(letters)


def test_the_right_answers_have_no_pattern():
    right = [ANSWER.findall(text)[0][2] for path in chapters() for _, text in questions(path)]
    assert len(right) == QUESTIONS * len(chapters()) == 33
    assert all(right.count(letter) >= 7 for letter in "ABC")


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Build one chapter with all exercises and all quizzes of the book."""
    book = tmp_path_factory.mktemp("book")
    quizzes = [read(path).cells[-1] for path in chapters()]
    write_chapter(book, [*chain(*exercises().values()), *quizzes])
    result = build(book)
    assert result.returncode == 0, result.stdout
    return book / "_build/html"


@pytest.fixture(scope="module")
def visitor(browser, site):
    with serve(site) as address:
        visitor = Visitor(browser, address)
        visitor.open(CHAPTER)
        yield visitor


@pytest.fixture
def page(visitor):
    """Return the open page with everything folded up."""
    visitor.page.evaluate(FOLD_ALL)
    return visitor.page


@pytest.fixture
def fresh(visitor):
    """Open the page anew, wide and light."""
    visitor.open(CHAPTER)
    return visitor.page


class OnPage:
    """One exercise on an open page."""

    def __init__(self, page, name):
        self.turn = page.locator(".your-turn").nth(list(FUNCTIONS).index(name))
        self.hints = self.turn.locator("details.hint").all()
        self.solution = page.locator("details.solution").nth(list(FUNCTIONS).index(name))
        self.code = self.solution.locator(".cell_input pre")
        self.why = self.solution.locator(".why-right p").last


@each_function
def test_the_reader_sees_the_starter_and_no_solution(page, name):
    exercise = OnPage(page, name)
    assert exercise.turn.locator(".title").inner_text() == f"Your turn: {name}"
    assert exercise.turn.locator("pre").inner_text().strip() == starter(name)
    assert exercise.solution.locator("summary").inner_text() == f"Solution: {name}"
    assert exercise.code.is_hidden()
    assert exercise.why.is_hidden()
    assert fenced(solution(name)) not in page.locator("article").inner_text()


@each_function
def test_the_keyboard_opens_the_hints_one_after_the_other(page, name):
    exercise = OnPage(page, name)
    assert len(exercise.hints) == len(hints(name)) in (3, 4)
    for number, (hint, words) in enumerate(zip(exercise.hints, hints(name), strict=True), start=1):
        summary, text = hint.locator("> summary"), hint.locator("> p")
        assert text.is_hidden()
        if number == 1:
            summary.focus()
        else:
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        text.wait_for(state="visible")
        assert page.evaluate("document.activeElement.innerText") == summary.inner_text()
        assert summary.inner_text() == f"Hint {number} of {len(exercise.hints)}"
        assert text.inner_text() == words.replace("`", "")
        later = [hint.locator("> summary").is_visible() for hint in exercise.hints[number:]]
        assert later == [True, False, False][: len(later)]


@each_function
def test_the_keyboard_opens_the_solution_after_the_check(page, name):
    exercise = OnPage(page, name)
    exercise.solution.locator("summary").focus()
    page.keyboard.press("Enter")
    exercise.why.wait_for(state="visible")
    assert exercise.code.inner_text().strip() == solution(name)
    check = exercise.solution.locator("xpath=preceding-sibling::*[1]")
    assert check.locator(".cell_input pre").inner_text().strip() == f"check({name})"
    assert f"{name} is right." in check.locator(".cell_output:not(.live-outputs)").inner_text()


def test_an_answer_of_a_quiz_is_hidden_until_it_is_opened(fresh):
    quizzes = fresh.locator(".quiz").all()
    assert len(quizzes) == QUESTIONS * len(chapters())
    for quiz in quizzes:
        button = quiz.locator("button.toggle-button")
        button.wait_for()  # a script makes it; there is one, or this fails
        answer = quiz.locator(".dropdown > p:not(.admonition-title)").first
        assert answer.is_hidden()
        button.focus()
        fresh.keyboard.press("Enter")
        answer.wait_for(state="visible")


def test_what_is_opened_has_no_fault(visitor, fresh):
    fresh.evaluate(OPEN_ALL)
    visitor.check_accessibility("light")
    visitor.switch_theme("dark")
    visitor.check_accessibility("dark")
    visitor.narrow()
    visitor.check_accessibility("phone", rules={"color-contrast": {"enabled": False}})
    faults = visitor.faults | fresh.evaluate(LOOK_NARROW)
    assert not any(faults.values()), faults


def test_code_that_was_folded_can_be_scrolled_with_the_keyboard(visitor, fresh):
    visitor.narrow()
    exercise = OnPage(fresh, "linear_backward")
    exercise.solution.locator("summary").click()
    until(fresh, "(code) => code.tabIndex === 0", exercise.code.element_handle())


def test_nothing_is_folded_on_paper(page):
    folds = page.locator("article details > :last-child").all()
    assert len(folds) == 9 + sum(len(hints(name)) for name in FUNCTIONS)
    assert not any(fold.evaluate(CAN_BE_SEEN) for fold in folds)
    page.emulate_media(media="print")
    assert all(fold.evaluate(CAN_BE_SEEN) for fold in folds)
    page.emulate_media(media="screen")


def test_a_new_hint_reaches_the_page(tmp_path):
    write_chapter(tmp_path, exercises()["linear_forward"])
    assert build(tmp_path).returncode == 0
    catalogue = tmp_path / "testCases/messages/en.toml"
    text = catalogue.read_text(encoding="utf-8")
    assert text.count(hints("linear_forward")[0]) == 1
    catalogue.write_text(text.replace(hints("linear_forward")[0], "A new hint."), encoding="utf-8")
    assert build(tmp_path).returncode == 0
    assert "A new hint." in (tmp_path / "_build/html/book/chapter.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("leave_out", "tag", "message"),
    [
        (-2, "linear_forward", "exercise linear_forward: no cell check(linear_forward)"),
        (-1, "linear_forward", "exercise linear_forward: no box of the class why-right after"),
        (None, "linear_foward", "exercise linear_foward: name must be one of"),
    ],
    ids=["no check", "no reason", "no such function"],
)
def test_an_incomplete_exercise_fails_the_build(tmp_path, leave_out, tag, message):
    cells = exercises()["linear_forward"]
    if leave_out:
        del cells[leave_out]
    cells[0].metadata.tags = [f"solution-{tag}"]
    write_chapter(tmp_path, cells)
    result = build(tmp_path)
    assert result.returncode != 0, result.stdout
    assert re.search(rf"book/chapter.ipynb:\d+: WARNING: {re.escape(message)}", result.stdout)


def test_other_formats_have_all_words(tmp_path):
    name = "linear_forward"
    write_chapter(tmp_path, [*exercises()[name], read(chapters()[0]).cells[-1]])
    (tmp_path / "book/index.md").write_text("# A small book")  # TeX cannot read a diagram
    for builder in ("gettext", "latex"):
        result = build(tmp_path, "--builder", "custom", "--custom-builder", builder)
        assert result.returncode == 0, result.stdout
        shutil.rmtree(tmp_path / "_build/.doctrees")
    catalogue = all_text(tmp_path / "_build/gettext", "pot")
    for words in ("With our solution", "Why it is right", "Question 3", "Answer", "two sizes"):
        assert words in catalogue, words
    latex = all_text(tmp_path / "_build/latex", "tex")
    assert latex.index("write your lines here") < latex.index("Why it is right")
    assert latex.count("START CODE HERE") == 2


def all_text(folder, kind):
    return "".join(path.read_text(encoding="utf-8") for path in folder.rglob(f"*.{kind}"))

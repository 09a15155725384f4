"""The exercises and the quizzes: complete in the chapters, and folded up on the page."""

import re
import shutil
from itertools import chain

import nbformat
import pytest

from dnn_utils.language import translations
from publish.languages import folder_of, language_of, translate
from publish.site.exercises import label
from publish.site.questions import WORDS
from publish.site.questions.source import OPTIONS, PREDICT, QUIZ, questions_in
from testCases import FUNCTIONS, hints, starter
from testCases.exercise import FENCED
from testCases.report import HEADLINES
from tests.publish.test_site import EDITIONS
from upkeep.notebooks import chapters, read_notebook, solution, solution_name
from upkeep.small_book import build, write_small_book
from upkeep.visitor import AT_REST, COLOURS, WIDE, Visitor, until

QUESTIONS = 3  # in each chapter
IMPORTS = """\
import numpy as np

from dnn_utils import *
from testCases import *"""

# Open or fold up everything.
TURN_ALL = """(open) => {
  for (const fold of document.querySelectorAll("article details")) fold.open = open;
  for (const button of document.querySelectorAll("article .toggle-button")) {
    if ((button.ariaExpanded === "true") !== open) button.click();
  }
  for (const button of document.querySelectorAll(".quiz .question-show_replies")) {
    if (open) button.click();
  }
}"""
CAN_BE_SEEN = """(element) =>
  element.checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true })"""
# Whether a script has made the buttons of the solutions.
HAS_BUTTONS = """[...document.querySelectorAll("article .dropdown")].every(
  (solution) => solution.querySelector(".toggle-button"))"""
FOLDED = "article details:is(.hint, .solution) > :last-child"
# Note what can be seen when the page is printed; after it listens whoever has listened before.
# Chromium takes what has just been opened for skipped until it has laid out the page.
NOTE_ON_PAPER = f"""(folded) => addEventListener("beforeprint", () => {{
  document.body.getBoundingClientRect();
  window.onPaper = [...document.querySelectorAll(folded)].map({CAN_BE_SEEN});
}})"""
REPLIES = ".quiz .reply > p"
PARTS = "details.hint, details.solution, form.question"

# The functions that are written in each chapter.
WRITTEN = {
    f"book/{path.stem}": [name for name in map(solution_name, read_notebook(path).cells) if name]
    for path in chapters()
}

each_function = pytest.mark.parametrize("name", FUNCTIONS)
each_chapter = pytest.mark.parametrize("path", chapters(), ids=lambda path: path.stem)


def each_page(names, *folders):
    """Run a test on these pages of all editions; one stays open until all its tests have run."""
    pages = [folder + name for folder in folders or EDITIONS.values() for name in names]
    return pytest.mark.parametrize("chapter", pages, indirect=True, scope="module")


def questions(path, form):
    """Return the quizzes or the predictions of a chapter."""
    texts = [cell.source for cell in read_notebook(path).cells if cell.cell_type == "markdown"]
    return [asked for asked in questions_in("\n\n".join(texts)) if asked.form == form]


each_quiz = each_page(WRITTEN)
each_with_exercises = each_page([page for page, names in WRITTEN.items() if names])


def exercises():
    """Return the cells of each exercise, from the solution on to the box after its check."""
    found = {}
    for path in chapters():
        cells = read_notebook(path).cells
        for at, cell in enumerate(cells):
            if name := solution_name(cell):
                sources = [cell.source for cell in cells]
                end = sources.index(f"check({name})", at) + 2
                found[name] = cells[at:end]
    return found


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
    source = read_notebook(path).cells[-1].source
    assert source.startswith("## Quiz\n")
    assert len(list(questions_in(source))) == len(questions(path, QUIZ)) == QUESTIONS
    for quiz in questions(path, QUIZ):
        assert quiz.kind == "choice"
        assert len(quiz.answers) in (3, 4)
        for answer in quiz.answers:
            assert not re.match(rf"\*\*{answer.value}\.\*\*", answer.reply)


@each_chapter
def test_a_chapter_asks_for_a_prediction(path):
    assert questions(path, PREDICT)


def test_the_right_answers_have_no_pattern():
    right = [
        answer.value
        for path in chapters()
        for quiz in questions(path, QUIZ)
        for answer in quiz.answers
        if answer.right
    ]
    assert len(right) == QUESTIONS * len(chapters()) == 36
    assert all(right.count(letter) >= 7 for letter in "ABC")


def test_all_names_of_questions_differ():
    """And they are these for good: what readers have answered is kept under them."""
    found = [questions(path, form) for path in chapters() for form in OPTIONS]
    names = [asked.key for asked in chain.from_iterable(found)]
    assert len(names) == len(set(names)) == 51


@pytest.fixture(scope="module")
def visitor(browser, site_address):
    return Visitor(browser, site_address)


class Chapter:
    """The page of a chapter, open in the browser."""

    def __init__(self, visitor, name):
        visitor.faults.clear()
        visitor.open(name)
        self.page = visitor.page
        self.language = language_of(name)
        self.names = WRITTEN[name.removeprefix(folder_of(self.language))]
        until(self.page, HAS_BUTTONS)
        until(self.page, AT_REST)
        self.open_at_first = self.what_is_open()

    def exercises(self):
        return [OnPage(self.page, name) for name in self.names]

    def what_is_open(self):
        """Return what can be seen of all that may be folded up."""
        parts = self.page.locator(f"{FOLDED}, {REPLIES}, .waits > .cell_output").all()
        return [part.inner_text() for part in parts if part.evaluate(CAN_BE_SEEN)]


@pytest.fixture(scope="module")
def chapter(visitor, request):
    return Chapter(visitor, request.param)


@pytest.fixture
def page(chapter):
    """Return the page of the chapter as it was at first: wide, light, everything folded up."""
    chapter.page.set_viewport_size(WIDE)
    chapter.page.emulate_media(color_scheme="light")
    chapter.page.evaluate(TURN_ALL, False)
    return chapter.page


class OnPage:
    """One exercise on an open page."""

    def __init__(self, page, name):
        self.name = name
        self.turn = page.locator(f"#exercise-{name}")
        self.hints = self.turn.locator("details.hint").all()
        self.solution = page.locator(f"details.solution:has(.tag_solution-{name})")
        self.code = self.solution.locator(".cell_input pre")
        self.why = self.solution.locator(".why-right p").last


def said(key, language, **fields):
    """Return words of the extension, as they can be read on the page."""
    return plain(label(key, language, **fields))


def plain(words):
    return words.replace("`", "")


@each_quiz
def test_nothing_is_open_until_the_reader_opens_it(chapter):
    assert chapter.open_at_first == []


@each_with_exercises
def test_the_reader_sees_the_starter_and_no_solution(chapter, page):
    text = page.locator("article").inner_text()
    for exercise in chapter.exercises():
        name = exercise.name
        title = exercise.turn.locator(".title").inner_text()
        assert title == said("starter", chapter.language, name=name)
        assert exercise.turn.locator("pre").inner_text().strip() == starter(name)
        summary = exercise.solution.locator("summary").inner_text()
        assert summary == said("solution", chapter.language, name=name)
        assert exercise.code.is_hidden()
        assert exercise.why.is_hidden()
        assert FENCED.search(solution(name)).group(2) not in text


@each_with_exercises
def test_the_keyboard_opens_the_hints_one_after_the_other(chapter, page):
    for exercise in chapter.exercises():
        open_hints(page, exercise, chapter.language)


def open_hints(page, exercise, language):
    """Open all hints with the keyboard, and compare each with the catalogue."""
    words = hints(exercise.name, language)
    count = len(exercise.hints)
    assert count == len(words) in (3, 4)
    for number, (hint, wanted) in enumerate(zip(exercise.hints, words, strict=True), start=1):
        summary, text = hint.locator("> summary"), hint.locator("> p")
        assert text.is_hidden()
        if number == 1:
            summary.focus()
        else:
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        text.wait_for(state="visible")
        assert page.evaluate("document.activeElement.innerText") == summary.inner_text()
        assert summary.inner_text() == said("hint", language, number=number, count=count)
        assert text.inner_text() == plain(wanted)
        later = [hint.locator("> summary").is_visible() for hint in exercise.hints[number:]]
        assert later == [True, False, False][: len(later)]


@each_with_exercises
def test_the_keyboard_opens_the_solution_after_the_check(chapter, page):
    for exercise in chapter.exercises():
        name = exercise.name
        exercise.solution.locator("summary").focus()
        page.keyboard.press("Enter")
        exercise.why.wait_for(state="visible")
        assert exercise.code.inner_text().strip() == solution(name)
        check = exercise.solution.locator("xpath=preceding-sibling::*[1]")
        assert check.locator(".cell_input pre").inner_text().strip() == f"check({name})"
        right = translations(chapter.language).gettext(HEADLINES["right"])
        assert (
            plain(right.format(function=name))
            in check.locator(".cell_output:not(.live-outputs)").inner_text()
        )


@each_quiz
def test_a_wrong_answer_is_replied_to_and_then_the_right_one(chapter, page):
    page.evaluate("localStorage.clear()")
    page.reload(wait_until="networkidle")
    quizzes = page.locator("form.quiz").all()
    assert len(quizzes) == QUESTIONS
    for quiz in quizzes:
        for asked, word in (("li:not([data-right])", "wrong"), ("li[data-right]", "right")):
            answer = quiz.locator(asked).first
            answer.locator("input").focus()
            page.keyboard.press("Space")
            page.keyboard.press("Enter")
            assert quiz.get_attribute("data-state") == word
            shown = [reply for reply in quiz.locator(".reply").all() if reply.is_visible()]
            assert len(shown) == 1
            verdict = answer.locator(".reply .verdict")
            assert verdict.inner_text() == translate(WORDS[word], chapter.language)
    page.evaluate("localStorage.clear()")


@each_quiz
def test_an_output_stands_beside_what_the_reader_has_said(chapter, page):
    page.evaluate("localStorage.clear()")
    page.reload(wait_until="networkidle")
    for form in page.locator("form.predict").all():
        name = form.get_attribute("data-question").partition(":")[2]
        cells = page.locator(f".tag_outcome-{name}")
        waiting = cells.locator("> .cell_output:not(.live-outputs)").all()
        assert waiting
        assert not any(output.is_visible() for output in waiting)
        if form.get_attribute("data-kind") == "choice":
            form.locator("input").first.focus()
            page.keyboard.press("Space")
        else:
            said = {"number": "0.5", "shape": "(1, 2)"}
            form.locator("input").focus()
            page.keyboard.type(said.get(form.get_attribute("data-kind"), "something"))
        page.keyboard.press("Enter")
        assert all(output.is_visible() for output in waiting)
        note = cells.first.locator(".outcome-note")
        assert note.inner_text().startswith(translate(WORDS["predicted"], chapter.language))
    page.evaluate("localStorage.clear()")


@each_page(WRITTEN, EDITIONS["en"])  # other languages have the same colours
def test_what_is_opened_has_no_fault_in_both_themes(visitor, page):
    open_all(page)
    for theme in ("light", "dark"):
        visitor.switch_theme(theme)
        visitor.check_accessibility(theme, PARTS, only=None if theme == "light" else COLOURS)
    assert not any(visitor.faults.values()), visitor.faults


def open_all(page):
    page.evaluate(TURN_ALL, True)
    until(page, AT_REST)


@each_quiz
def test_what_is_opened_has_no_fault_on_a_phone(visitor, page):
    open_all(page)
    visitor.narrow()
    # the colours are those of the wide pages
    visitor.check_accessibility("phone", PARTS, leave_out=COLOURS)
    visitor.check_width("phone")
    assert not any(visitor.faults.values()), visitor.faults


@each_page(["book/05_backward"])
def test_code_that_was_folded_can_be_scrolled_with_the_keyboard(visitor, page):
    visitor.narrow()
    exercise = OnPage(page, "linear_backward")
    exercise.solution.locator("summary").click()
    until(page, AT_REST)
    assert exercise.code.evaluate("(code) => code.scrollWidth > code.clientWidth")
    assert exercise.code.evaluate("(code) => code.tabIndex") == 0


@each_with_exercises
def test_nothing_is_folded_on_paper(chapter, page):
    folds = page.locator(FOLDED).all()
    assert len(folds) == sum(1 + len(hints(name)) for name in chapter.names)
    assert not any(fold.evaluate(CAN_BE_SEEN) for fold in folds)
    page.evaluate(NOTE_ON_PAPER, FOLDED)
    page.pdf()
    assert page.evaluate("onPaper") == [True] * len(folds)
    assert not any(fold.evaluate(CAN_BE_SEEN) for fold in folds)


@pytest.mark.slow
def test_a_new_hint_reaches_the_page(tmp_path):
    write_chapter(tmp_path, exercises()["linear_forward"])
    assert build(tmp_path).returncode == 0
    source = tmp_path / "testCases/forward/hints.py"
    text = source.read_text(encoding="utf-8")
    beginning = hints("linear_forward")[0].split(",")[0]
    assert text.count(beginning) == 1
    source.write_text(text.replace(beginning, "A new hint"), encoding="utf-8")
    assert build(tmp_path).returncode == 0
    assert "A new hint," in (tmp_path / "_build/html/book/chapter.html").read_text(encoding="utf-8")


@pytest.mark.slow
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


@pytest.mark.slow
def test_other_formats_have_all_words(tmp_path):
    name = "linear_forward"
    write_chapter(tmp_path, [*exercises()[name], read_notebook(chapters()[0]).cells[-1]])
    (tmp_path / "book/index.md").write_text("# A small book")  # TeX cannot read a diagram
    for builder in ("gettext", "latex"):
        result = build(tmp_path, "--builder", "custom", "--custom-builder", builder)
        assert result.returncode == 0, result.stdout
        shutil.rmtree(tmp_path / "_build/.doctrees")
    catalogue = all_text(tmp_path / "_build/gettext", "pot")
    for words in ("With our solution", "Why it is right", "Choose an answer", "two sizes"):
        assert words in catalogue, words
    latex = all_text(tmp_path / "_build/latex", "tex")
    assert latex.index("write your lines here") < latex.index("Why it is right")
    assert latex.count("START CODE HERE") == 2
    assert latex.index("Question 1") < latex.index("Not right") < latex.index("Question 3")


def all_text(folder, kind):
    return "".join(path.read_text(encoding="utf-8") for path in folder.rglob(f"*.{kind}"))

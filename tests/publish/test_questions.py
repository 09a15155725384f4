"""Quizzes and predictions: their format, the build, and what they do on a page."""

import json
import re
from io import BytesIO

import nbformat
import pytest
from bs4 import BeautifulSoup
from pypdf import PdfReader

from publish.site.questions.source import QuestionError, questions_in
from tests.publish.questions import CHOICE, NUMBER, PREDICTED_CHOICE, PREDICTION, SHAPE
from upkeep.small_book import build, write_small_book
from upkeep.visitor import AT_REST, COLOURS, WIDE, Visitor, serve, until


def edited(text, *changes):
    """Return a text with some changes, each of which applies to it."""
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return text


# The format


def test_a_choice_has_letters_and_a_reply_to_each():
    (read,) = questions_in(f"# A page\n\n{CHOICE}\n")
    assert read.key == "quiz:two-by-three"
    assert read.kind == "choice"
    assert read.text == "How many numbers has a matrix of shape $(2, 3)$?"
    assert [(a.value, a.text, a.right) for a in read.answers] == [
        ("A", "5", False),
        ("B", "6", True),
    ]
    assert read.answers[1].reply == "Two rows of `3`.\n\nSo there are six."


def test_a_number_and_a_shape_are_read_as_the_page_compares_them():
    number, shape = questions_in(f"{NUMBER}\n\n{SHAPE}")
    assert [(a.value, a.right) for a in number.answers] == [
        ("0.5", True),
        ("2", False),
        ("", False),
    ]
    assert number.tolerance == 0.01
    assert [a.value for a in shape.answers] == ["(3,1)", "(3)", ""]
    assert shape.tolerance is None


def test_a_prediction_has_a_kind_and_no_replies():
    text, choice = questions_in(f"{PREDICTION}\n\n{PREDICTED_CHOICE}")
    assert (text.kind, text.answers) == ("text", ())
    assert (choice.kind, [a.value for a in choice.answers]) == ("choice", ["A", "B"])
    assert choice.key == "predict:larger-or-not"


# What is changed in a question, the line of the fault in it, and what is said.
BAD = {
    "two right": (CHOICE, (":right: B", ":right: A, B"), 0, "one answer is right, got 'A, B'"),
    "none right": (CHOICE, (":right: B\n", ""), 0, "no answer is right"),
    "unknown right": (CHOICE, (":right: B", ":right: C"), 0, "right must be one of A, B, got 'C'"),
    "no reply": (
        CHOICE,
        ("5\n\n  That is the *sum* of its sizes.", "5"),
        5,
        "answer A has no reply",
    ),
    "letters": (CHOICE, ("**B.**", "**C.**"), 8, "answer must begin with **B.**, got '**C.** 6'"),
    "no letter": (CHOICE, ("**A.** 5", "five"), 5, "answer must begin with **A.**, got 'five'"),
    "one answer": (
        PREDICTED_CHOICE,
        ("\n- **B.** It is not.", ""),
        0,
        "a choice needs two or more answers, got 1",
    ),
    "no answers": (
        ":::{quiz} empty\n:right: A\n\nWhat?\n:::",
        ("", ""),
        0,
        "a choice needs two or more answers, got 0",
    ),
    "kind": (
        NUMBER,
        (":kind: number", ":kind: digits"),
        0,
        "kind must be one of choice, number, shape, got 'digits'",
    ),
    "option": (
        CHOICE,
        (":right: B", ":answer: B"),
        0,
        "option must be one of kind, right, tolerance, got 'answer'",
    ),
    "name": (
        CHOICE,
        ("two-by-three", "Two_by three"),
        0,
        "name must be small letters, digits and hyphens, got 'Two_by three'",
    ),
    "after the answers": (
        CHOICE,
        ("six.\n", "six.\n\nAnd more.\n"),
        14,
        "the answers come last, but something follows them",
    ),
    "no question": (
        CHOICE,
        ("How many numbers has a matrix of shape $(2, 3)$?\n", ""),
        0,
        "no question before the answers",
    ),
    "no number": (NUMBER, ("`2`", "`2 parts`"), 10, "answer must be a number, got '`2 parts`'"),
    "right is no number": (NUMBER, (":right: 0.5", ":right: half"), 0, "right must be a number"),
    "no reply to all else": (
        NUMBER,
        ("\n- **Any other number**\n\n  Divide one by two.", ""),
        10,
        "the last answer has no digit: its reply is to all else",
    ),
    "twice": (SHAPE, ("(3,)`", "( 3,1 )`"), 9, "answer (3,1) comes twice"),
    "tolerance": (NUMBER, ("0.01", "-1"), 0, "tolerance must be a number > 0"),
    "tolerance of a choice": (
        CHOICE,
        (":right: B", ":right: B\n:tolerance: 1"),
        0,
        "tolerance must be a number > 0, for the kind number",
    ),
    "a list to write about": (
        PREDICTED_CHOICE,
        ("larger-or-not\n", "larger-or-not\n:kind: text\n\n"),
        5,
        "a text to predict has no list of answers",
    ),
}


@pytest.mark.parametrize("bad", BAD)
def test_a_fault_of_the_format_is_named_with_its_line(bad):
    text, change, line, message = BAD[bad]
    with pytest.raises(QuestionError, match=re.escape(message)) as caught:
        list(questions_in("A text before it.\n\n" + edited(text, change)))
    assert caught.value.line == 2 + line


# The build

CELLS = (
    ("predict-1", PREDICTION),
    ("first", 'print("seven")', "what-is-printed"),
    ("predict-2", PREDICTED_CHOICE),
    ("second", "7 > 6", "larger-or-not"),
    ("third", 'print("at the end")', "larger-or-not"),
    ("quizzes", f"{CHOICE}\n\n{NUMBER}\n\n{SHAPE}"),
)


def write_questions(book, cells=CELLS):
    """Write a small book whose chapter has these cells: an id, a source, and of code its tag."""
    write_small_book(book)
    path = book / "book/chapter.ipynb"
    chapter = nbformat.read(path, as_version=4)
    chapter.cells = chapter.cells[:1]
    for name, source, *waits in cells:
        if waits:
            cell = nbformat.v4.new_code_cell(source, metadata={"tags": [f"outcome-{waits[0]}"]})
        else:
            cell = nbformat.v4.new_markdown_cell(source)
        chapter.cells.append(cell)
        cell.id = name
    nbformat.write(chapter, path)
    return path


@pytest.fixture(scope="module")
def small_site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("questions")
    write_questions(folder)
    result = build(folder)
    assert result.returncode == 0, result.stdout
    return folder / "_build/html"


def test_everything_can_be_read_without_a_script(small_site):
    page = BeautifulSoup((small_site / "book/chapter.html").read_text("utf-8"), "html.parser")
    titles = [legend.get_text() for legend in page.select("form.question legend")]
    prediction = "Your prediction"
    assert titles == [prediction, prediction, "Question 1", "Question 2", "Question 3"]
    verdicts = [verdict.get_text() for verdict in page.select(".quiz .reply .verdict")]
    right, wrong = "✓ Right.", "✗ Not right."
    assert verdicts == [wrong, right, right, wrong, wrong, right, wrong, wrong]
    assert not page.select(".question :is(input, button), .closed, .waits")
    outputs = [output.get_text().strip() for output in page.select(".cell_output")]
    assert outputs == ["seven", "True", "at the end"]


def test_the_contents_page_knows_all_questions(small_site):
    page = BeautifulSoup((small_site / "book/index.html").read_text("utf-8"), "html.parser")
    listed = json.loads(page.select_one("#book-questions").string)
    assert listed[0] == {
        "name": "predict:what-is-printed",
        "title": "Your prediction",
        "page": "book/chapter",
        "address": "chapter.html#predict-what-is-printed",
    }
    assert [each["name"] for each in listed[2:]] == [
        "quiz:two-by-three",
        "quiz:half-of-one",
        "quiz:shape-of-a-column",
    ]


@pytest.mark.slow
def test_a_new_question_reaches_the_contents_page(tmp_path):
    path = write_questions(tmp_path, [("quiz", CHOICE)])
    assert build(tmp_path).returncode == 0
    path.write_text(path.read_text().replace("two-by-three", "another-name"))
    assert build(tmp_path).returncode == 0
    page = (tmp_path / "_build/html/book/index.html").read_text("utf-8")
    assert "quiz:another-name" in page
    assert "quiz:two-by-three" not in page


@pytest.mark.slow
def test_faults_fail_the_build_with_file_and_line(tmp_path):
    cells = [
        ("two", CHOICE.replace(":right: B", ":right: A B")),
        ("mute", CHOICE.replace("\n\n  That is the *sum* of its sizes.", "")),
        ("unknown", NUMBER.replace(":kind: number", ":kind: word")),
        ("once", SHAPE),
        ("again", f"Once more:\n\n{SHAPE}"),
        ("early", 'print("seven")', "what-is-printed"),
        ("asked", PREDICTION),
        ("other", PREDICTED_CHOICE),
        ("empty", "x = 1", "larger-or-not"),
    ]
    write_questions(tmp_path, cells)
    result = build(tmp_path)
    assert result.returncode != 0
    told = re.findall(r"book/chapter\.ipynb:(\d+): WARNING: (.*?)(?:\x1b|$)", result.stdout, re.M)
    assert sorted(told, key=lambda found: int(found[0])) == [
        ("20002", "quiz two-by-three: one answer is right, got 'A B'"),
        ("30007", "quiz two-by-three: answer A has no reply"),
        ("40002", "quiz half-of-one: kind must be one of choice, number, shape, got 'word'"),
        (
            "60004",
            "quiz shape-of-a-column: another question has this name, in book/chapter.ipynb:50002",
        ),
        ("70002", "outcome-what-is-printed: no prediction above it"),
        ("80002", "predict what-is-printed: no cell has the tag outcome-what-is-printed"),
        ("100002", "outcome-larger-or-not: the cell has no output"),
    ]


# On a page

PAGE = "book/chapter"
# All that the browser keeps of the reader's answers, by name.
KEPT = """() => Object.fromEntries(Object.entries(localStorage)
  .filter(([key]) => /#(quiz|predict):/.test(key))
  .map(([key, value]) => [key.split("#")[1], JSON.parse(value)]))"""
FORBIDDEN = """Object.defineProperty(window, "localStorage", {
  configurable: true, get() { throw new DOMException("no storage", "SecurityError"); } })"""
FULL = """Storage.prototype.setItem = () => { throw new DOMException("", "QuotaExceededError"); }"""


class Asked:
    """A question on an open page."""

    def __init__(self, page, key):
        self.page = page
        self.key = key
        self.form = page.locator(f"[data-question='{key}']")
        self.first, self.second = (self.form.locator(".question-bar button").nth(n) for n in (0, 1))
        self.note = self.form.locator(".question-note")

    def choose(self, letter):
        self.form.locator(f"input[value={letter}]").check()
        self.first.click()

    def type(self, text):
        self.form.locator("input[type=text]").fill(text)
        self.first.click()

    def state(self):
        return self.form.get_attribute("data-state")

    def replies(self):
        """Return the beginnings of the replies that can be seen."""
        shown = [reply for reply in self.form.locator(".reply").all() if reply.is_visible()]
        return [" ".join(reply.inner_text().split()) for reply in shown]

    def kept(self):
        return self.page.evaluate(KEPT).get(self.key)


@pytest.fixture(scope="module")
def small_address(small_site):
    with serve(small_site) as address:
        yield address


@pytest.fixture
def visitor(browser, small_address):
    visitor = Visitor(browser, small_address)
    visitor.open(PAGE)
    yield visitor
    visitor.page.context.close()
    assert not any(visitor.faults.values()), visitor.faults


@pytest.fixture
def page(visitor):
    return visitor.page


def test_a_wrong_choice_teaches_and_the_next_one_counts(page):
    quiz = Asked(page, "quiz:two-by-three")
    assert (quiz.state(), quiz.replies()) == ("open", [])
    quiz.first.click()
    assert quiz.note.inner_text() == "Answer first."
    assert quiz.kept() is None
    quiz.choose("A")
    assert quiz.replies() == ["✗ Not right. That is the sum of its sizes."]
    assert quiz.state() == "wrong"
    assert quiz.kept() == {"said": "A", "right": False}
    quiz.choose("B")
    assert quiz.replies() == ["✓ Right. Two rows of 3. So there are six."]
    assert quiz.state() == "right"
    assert quiz.kept() == {"said": "B", "right": True}


def test_who_has_it_right_may_read_the_other_replies(page):
    quiz = Asked(page, "quiz:two-by-three")
    quiz.choose("B")
    quiz.choose("A")
    assert quiz.replies() == ["✗ Not right. That is the sum of its sizes."]
    assert quiz.kept() == {"said": "B", "right": True}
    quiz.second.click()
    assert len(quiz.replies()) == 2


def test_to_show_all_replies_is_no_answer(page):
    for key, count in (("two-by-three", 2), ("half-of-one", 3)):
        quiz = Asked(page, f"quiz:{key}")
        quiz.second.click()
        assert len(quiz.replies()) == count
        assert quiz.state() == "open"
        assert quiz.kept() is None


@pytest.mark.parametrize(
    ("typed", "reply", "state"),
    [
        ("0.5", "✓ Right. One of two parts.", "right"),
        (" .505 ", "✓ Right. One of two parts.", "right"),
        ("1/2", "✓ Right. One of two parts.", "right"),
        ("0,5", "✓ Right. One of two parts.", "right"),
        ("50 %", "✓ Right. One of two parts.", "right"),
        ("5e-1", "✓ Right. One of two parts.", "right"),
        ("2.005", "✗ Not right. That is 2 1 .", "wrong"),
        ("\N{MINUS SIGN}0.5", "✗ Not right. Divide one by two.", "wrong"),
        ("1,000", "✗ Not right. Divide one by two.", "wrong"),
    ],
)
def test_a_number_is_read_as_people_write_it(page, typed, reply, state):
    quiz = Asked(page, "quiz:half-of-one")
    quiz.type(typed)
    assert quiz.replies() == [reply]
    assert quiz.state() == state
    assert quiz.kept() == {"said": typed.strip(), "right": state == "right"}


@pytest.mark.parametrize("typed", ["half", "1/0", "0.5.1", "(1, 2)", "--1"])
def test_what_is_no_number_is_said_and_is_no_answer(page, typed):
    quiz = Asked(page, "quiz:half-of-one")
    quiz.type(typed)
    assert quiz.note.inner_text() == "Write a number, for example 0.25."
    assert quiz.replies() == []
    assert quiz.kept() is None
    assert page.evaluate("document.activeElement.type") == "text"


@pytest.mark.parametrize(
    ("typed", "reply"),
    [
        ("(3, 1)", "✓ Right. Three rows, one column."),
        ("3 x 1", "✓ Right. Three rows, one column."),
        ("[3,1]", "✓ Right. Three rows, one column."),
        ("(3,)", "✗ Not right. That has one axis only."),
        ("3", "✗ Not right. That has one axis only."),
        ("1 × 3", "✗ Not right. Count the rows first."),
        ("()", "✗ Not right. Count the rows first."),
    ],
)
def test_a_shape_is_read_as_people_write_it(page, typed, reply):
    quiz = Asked(page, "quiz:shape-of-a-column")
    quiz.type(typed)
    assert quiz.replies() == [reply]


@pytest.mark.parametrize("typed", ["three", "(3, n)", "(3,,1)", "3.5"])
def test_what_is_no_shape_is_said(page, typed):
    quiz = Asked(page, "quiz:shape-of-a-column")
    quiz.type(typed)
    assert quiz.note.inner_text() == "Write a shape, for example (3, 1)."


def output(page, cell):
    return page.locator(f"#cell-{cell} > .cell_output:not(.live-outputs)")


def note_of(page, cell):
    return " ".join(page.locator(f"#cell-{cell} > .outcome-note").inner_text().split())


def test_an_output_waits_until_the_reader_has_said_what_it_will_be(page):
    asked = Asked(page, "predict:what-is-printed")
    assert output(page, "first").is_hidden()
    assert note_of(page, "first") == "The output waits for your prediction. To the question"
    asked.first.click()
    assert asked.note.inner_text() == "Answer first."
    assert output(page, "first").is_hidden()
    asked.type("a <b>number</b>")
    assert output(page, "first").is_visible()
    assert note_of(page, "first") == "You said a <b>number</b>"
    assert asked.kept() == {"said": "a <b>number</b>"}
    assert asked.first.is_hidden()
    assert not asked.form.locator("input").is_editable()
    said, out = (
        page.locator(f"#cell-first > {part}").bounding_box()
        for part in (".outcome-note", ".cell_output:not(.live-outputs)")
    )
    assert said["x"] + said["width"] <= out["x"]  # beside it
    assert said["y"] < out["y"] + out["height"]
    assert output(page, "second").is_hidden()


def test_a_choice_opens_all_outputs_that_wait_for_it(page):
    Asked(page, "predict:larger-or-not").choose("A")
    assert output(page, "second").is_visible()
    assert output(page, "third").is_visible()
    assert page.locator("#cell-second .outcome-note em").inner_text() == "larger"
    assert note_of(page, "second") == "You said A. It is larger."
    assert note_of(page, "third") == ""


def test_who_says_show_me_sees_the_output_alone(page):
    asked = Asked(page, "predict:what-is-printed")
    asked.second.click()
    assert output(page, "first").is_visible()
    assert note_of(page, "first") == ""
    assert asked.note.inner_text() == "Shown without a prediction. See what came out"
    assert asked.kept() == {"said": None}
    page.reload()
    assert output(page, "first").is_visible()


def test_what_was_said_is_there_after_a_reload(page):
    Asked(page, "quiz:two-by-three").choose("A")
    Asked(page, "quiz:half-of-one").type("2")
    Asked(page, "predict:what-is-printed").type("eight")
    Asked(page, "predict:larger-or-not").choose("B")
    page.reload()
    assert Asked(page, "quiz:two-by-three").replies() == [
        "✗ Not right. That is the sum of its sizes."
    ]
    assert page.locator("[data-question='quiz:two-by-three'] input[value=A]").is_checked()
    assert page.locator("[data-question='quiz:half-of-one'] input").input_value() == "2"
    assert note_of(page, "first") == "You said eight"
    assert note_of(page, "second") == "You said B. It is not."
    assert [Asked(page, key).state() for key in ("quiz:half-of-one", "predict:larger-or-not")] == [
        "wrong",
        "said",
    ]


STRANGE = ['{"said": "D", "right": false}', '{"right": true}', '{"said": 7}', "7", '"B"', "broken"]


@pytest.mark.parametrize("value", STRANGE)
def test_what_is_kept_of_another_question_is_ignored(page, value):
    """The letter or the kind is another one now, or the value is not one of ours."""
    keys = ["quiz:two-by-three", "quiz:half-of-one", "quiz:shape-of-a-column"]
    Asked(page, keys[0]).choose("A")
    page.evaluate(
        """([value, keys]) => {
          const known = Object.keys(localStorage).find((key) => key.endsWith(keys[0]));
          for (const key of keys) localStorage.setItem(known.replace(keys[0], key), value);
        }""",
        [value, [*keys, *(["predict:larger-or-not"] if "said" not in value else [])]],
    )
    page.reload()
    assert [Asked(page, key).state() for key in keys] == ["open"] * 3
    assert output(page, "second").is_hidden()
    Asked(page, keys[0]).choose("B")
    assert Asked(page, keys[0]).state() == "right"


def test_the_keyboard_is_enough(page):
    press = page.keyboard.press
    page.locator("[data-question='predict:what-is-printed'] input").focus()
    page.keyboard.type("seven")
    press("Enter")
    assert output(page, "first").is_visible()
    assert page.evaluate("document.activeElement.hash") == "#cell-first"
    quiz = Asked(page, "quiz:two-by-three")
    quiz.form.locator("input").first.focus()
    press("Space")
    press("Tab")
    press("Enter")
    assert quiz.state() == "wrong"
    press("Shift+Tab")
    press("ArrowDown")
    assert quiz.state() == "wrong"  # to move among the choices is no answer
    press("Enter")
    assert quiz.state() == "right"
    press("Tab")
    press("Tab")
    press("Space")
    assert len(quiz.replies()) == 2


def test_what_appears_is_read_aloud(page):
    for key in ("quiz:two-by-three", "quiz:half-of-one", "predict:what-is-printed"):
        form = Asked(page, key).form
        assert form.locator(".question-note").get_attribute("role") == "status"
        for reply in form.locator(".reply").all():
            assert reply.evaluate("(reply) => Boolean(reply.closest('[role=status]'))")
        names = form.get_by_role("group").all()
        assert len(names) == 1
    assert page.get_by_role("group", name="Question 1").get_by_role("radio", name="B. 6").count()
    assert page.get_by_role("textbox", name="Your answer, a shape").count() == 1


def test_two_tabs_have_the_same_answers(visitor, page):
    other = page.context.new_page()
    other.goto(page.url, wait_until="networkidle")
    Asked(page, "quiz:two-by-three").choose("B")
    Asked(page, "predict:what-is-printed").type("seven")
    until(
        other, "document.querySelector('[data-question=\"quiz:two-by-three\"][data-state=right]')"
    )
    until(other, "document.querySelector('#cell-first.beside')")
    page.evaluate("localStorage.clear()")
    until(other, "document.querySelector('#cell-first.waits')")
    assert Asked(other, "quiz:two-by-three").state() == "open"


@pytest.mark.parametrize("what", [FORBIDDEN, FULL], ids=["forbidden", "full"])
def test_where_nothing_is_kept_all_works_and_says_so(browser, small_address, what):
    visitor = Visitor(browser, small_address)
    visitor.page.add_init_script(what)
    visitor.open(PAGE)
    page = visitor.page
    quiz = Asked(page, "quiz:two-by-three")
    quiz.choose("A")
    assert quiz.state() == "wrong"
    assert quiz.note.inner_text() == "This browser cannot keep your answer."
    quiz.choose("B")
    assert quiz.state() == "right"
    asked = Asked(page, "predict:what-is-printed")
    asked.type("seven")
    assert note_of(page, "first") == "You said seven"
    assert "cannot keep your answer" in asked.note.inner_text()
    page.context.close()
    if what == FULL:
        assert visitor.faults.pop("page error") == ["QuotaExceededError"]  # the theme's
    assert not any(visitor.faults.values()), visitor.faults


def test_without_a_script_and_from_a_file(browser, small_site, small_address):
    """Without a script all can be read; from a file, without a server, all works."""
    with_none = browser.new_context(java_script_enabled=False).new_page()
    with_none.goto(f"{small_address}/{PAGE}.html")
    assert all(part.is_visible() for part in with_none.locator(".reply, .cell_output").all())
    assert with_none.locator(".reply").count() == 8
    with_none.context.close()
    from_file = browser.new_context().new_page()
    from_file.goto((small_site / f"{PAGE}.html").as_uri())
    quiz = Asked(from_file, "quiz:two-by-three")
    quiz.choose("B")
    from_file.reload()
    assert quiz.state() == "right"
    from_file.context.close()


def test_everything_is_on_paper(page):
    Asked(page, "quiz:two-by-three").choose("A")
    printed = "".join(part.extract_text() for part in PdfReader(BytesIO(page.pdf())).pages)
    for words in ("sum of its sizes", "So there are six", "Divide one by two", "at the end"):
        assert words in " ".join(printed.split())
    for words in ("Check", "Show", "Answer first", "waits for"):
        assert words not in printed
    assert Asked(page, "quiz:two-by-three").replies() == [
        "✗ Not right. That is the sum of its sizes."
    ]


def test_a_cell_that_is_run_shows_nothing_before_the_prediction(page):
    page.locator("#cell-first .live-run").click()
    live = page.locator("#cell-first .live-outputs")
    live.get_by_text("seven").wait_for(state="attached")
    assert live.is_hidden()
    Asked(page, "predict:what-is-printed").type("seven")
    assert live.is_visible()
    assert output(page, "first").is_hidden()  # the new output stands in its place
    assert note_of(page, "first") == "You said seven"


def test_no_state_has_a_fault(visitor, page):
    def look(where):
        until(page, AT_REST)
        for theme in ("light", "dark"):
            visitor.switch_theme(theme)
            only = None if theme == "light" else COLOURS
            visitor.check_accessibility(f"{where}, {theme}", "article", only=only)
        visitor.narrow()
        visitor.check_width(where)
        page.set_viewport_size(WIDE)

    look("open")
    Asked(page, "quiz:two-by-three").choose("A")
    Asked(page, "quiz:half-of-one").type("0.5")
    Asked(page, "quiz:shape-of-a-column").second.click()
    Asked(page, "predict:what-is-printed").type("seven " * 20)
    Asked(page, "predict:larger-or-not").choose("A")
    look("answered")


def test_the_contents_page_can_tell_how_all_questions_stand(page, visitor):
    Asked(page, "quiz:two-by-three").choose("B")
    Asked(page, "quiz:half-of-one").type("2")
    Asked(page, "predict:what-is-printed").type("seven")
    Asked(page, "predict:larger-or-not").second.click()
    module = page.locator("script[src*='page.js']").get_attribute("src").replace("page", "answers")
    visitor.open("book/index")
    found = page.evaluate(
        "async (module) => (await import(new URL(module, location.href))).answers()",
        module.partition("?")[0],
    )
    assert {each["name"]: each["state"] for each in found} == {
        "predict:what-is-printed": "said",
        "predict:larger-or-not": "shown",
        "quiz:two-by-three": "right",
        "quiz:half-of-one": "wrong",
        "quiz:shape-of-a-column": "open",
    }
    page.goto(f"{visitor.address}/book/{found[2]['address']}")
    assert page.locator(":target legend").inner_text() == "Question 1"

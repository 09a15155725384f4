"""The files for a learning platform, read again as a platform reads them."""

import re
from html import unescape

import nbformat
import pytest

from publish.languages import catalogue, languages
from publish.languages.sources import notebook
from publish.site.questions.source import QUIZ, questions_in
from teach import export_quizzes
from teach.export_quizzes import Chapter, aiken, gift, main, read_chapters
from tests.publish.questions import CHOICE, NUMBER, PREDICTION, SHAPE
from upkeep.notebooks import chapters, read_notebook

SIGNS = """\
:::{quiz} signs
:right: B

Is $\\{x : x = 1\\} \\neq \\nabla$ and `{"a": ~b}` # or -> not?
Two lines, 50 %.

- **A.** `a ~ b = c`

  No: it is `{#}` \\\\ and $\\frac{1}{2} < 1$.
- **B.** *Yes* & no

  First.

  Second: `\\n`.
:::"""
HIDDEN = {f"\\{sign}": f"\x01{ord(sign):03}" for sign in "~=#{}:"} | {"\\n": "\x01010"}


def read_gift(text):
    """Return the questions of a text in GIFT: category, name, text, kind and answers.

    It goes the way of Moodle: blank lines end a question, signs behind a backslash are text, and
    the first that is found in the braces decides on the kind.
    """
    category, found = None, []
    for block in re.split(r"\n\s*\n", text.strip()):
        block = block.replace("\\\\", "\x01092")
        for sign, stand_in in HIDDEN.items():
            block = block.replace(sign, stand_in)
        if block.startswith("$CATEGORY: "):
            category = block.removeprefix("$CATEGORY: ")
            continue
        name, asked, inside, rest = re.fullmatch(
            r"::(.*?)::\[html\](.*?)\{(.*)\}(.*)", block, re.S
        ).groups()
        assert rest == ""
        if inside.startswith("#"):
            kind, inside = "number", inside[1:]
        elif "~" in inside:
            kind = "choice"
        else:
            assert "->" not in inside  # else it would be one of pairs
            kind = "shape"
        answers = []
        for mark, weight, answer, reply in re.findall(
            r"([=~])(?:%(\d+)%)?([^#=~]*)#([^=~]*)", inside
        ):
            assert "#" not in reply
            right = mark == "=" and weight != "0"
            answers.append((shown(answer), right, shown(reply)))
        assert len(answers) == len(re.findall("[=~]", inside))
        found.append((category, name, shown(asked), kind, answers))
    return found


def shown(text):
    """Return a text of GIFT as it is read on a platform: HTML without its elements."""
    text = re.sub("\x01(\\d{3})", lambda sign: chr(int(sign[1])), text)
    return unescape(re.sub(r"</?(?:code|em|p|strong)>", "", text)).strip()


def read_aiken(text):
    """Return the questions of a text in Aiken: the text, the answers, the letter of the right."""
    found = []
    for block in text.strip().split("\n\n"):
        asked, *answers, right = block.split("\n")
        letters = [re.fullmatch(r"([A-Z])\. (\S.*)", answer).groups() for answer in answers]
        found.append((asked, dict(letters), re.fullmatch(r"ANSWER: ([A-Z])", right)[1]))
        assert found[-1][2] in found[-1][1]
    return found


def exported(*texts):
    return [Chapter("A title/with a slash", tuple(questions_in("\n\n".join(texts))))]


def test_all_kinds_are_in_gift_with_their_replies():
    choice, number, shape = read_gift(gift("Book", exported(CHOICE, NUMBER, SHAPE)))
    category = "Book/A title//with a slash"
    assert choice == (
        category,
        "two-by-three",
        r"How many numbers has a matrix of shape \((2, 3)\)?",
        "choice",
        [
            ("5", False, "That is the sum of its sizes."),
            ("6", True, "Two rows of 3. So there are six."),
        ],
    )
    assert number == (
        category,
        "half-of-one",
        r"What is \(\frac{1}{2}\)?",
        "number",
        [
            ("0.5:0.01", True, "One of two parts."),
            ("2:0.01", False, r"That is \(\frac{2}{1}\)."),
            ("", False, "Divide one by two."),
        ],
    )
    assert shape[3:] == (
        "shape",
        [
            ("(3, 1)", True, "Three rows, one column."),
            ("(3,1)", True, "Three rows, one column."),
            ("(3,)", False, "That has one axis only."),
            ("*", False, "Count the rows first."),
        ],
    )


def test_a_sign_of_gift_in_a_text_stays_text():
    ((_, _, asked, kind, answers),) = read_gift(gift("Book", exported(SIGNS)))
    assert kind == "choice"
    assert asked == (
        r'Is \(\{x : x = 1\} \neq \nabla\) and {"a": ~b} # or -> not? Two lines, 50 %.'
    )
    assert answers == [
        ("a ~ b = c", False, r"No: it is {#} \ and \(\frac{1}{2} < 1\)."),
        ("Yes & no", True, r"First. Second: \n."),
    ]


def test_choices_alone_are_in_aiken():
    found = read_aiken(aiken(exported(CHOICE, NUMBER, SHAPE, SIGNS)))
    assert found == [
        (
            r"How many numbers has a matrix of shape \((2, 3)\)?",
            {"A": "5", "B": "6"},
            "B",
        ),
        (
            r'Is \(\{x : x = 1\} \neq \nabla\) and {"a": ~b} # or -> not? Two lines, 50 %.',
            {"A": "a ~ b = c", "B": "Yes & no"},
            "B",
        ),
    ]


@pytest.mark.parametrize("language", languages())
def test_the_book_is_exported_as_it_is_read(tmp_path, capsys, language):
    arguments = [] if language == "en" else [language]
    assert main([*arguments, "--folder", str(tmp_path / "new")]) == 0
    paths = capsys.readouterr().out.split()
    ending = "" if language == "en" else f"-{language}"
    names = [f"quizzes{ending}.gift.txt", f"quizzes{ending}.aiken.txt"]
    assert paths == [str(tmp_path / "new" / name) for name in names]
    in_gift, in_aiken = (
        read((tmp_path / "new" / name).read_text(encoding="utf-8"))
        for read, name in zip((read_gift, read_aiken), names, strict=True)
    )
    written = []
    for path in chapters():
        source = read_notebook(path) if language == "en" else notebook(path, language)
        asked = questions_in("\n\n".join(c.source for c in source.cells if c.cell_type != "code"))
        written += [quiz for quiz in asked if quiz.form == QUIZ]
    assert len(written) == len(in_gift) == len(in_aiken) == 36
    for quiz, gift_quiz, aiken_quiz in zip(written, in_gift, in_aiken, strict=True):
        _, name, asked, kind, answers = gift_quiz
        assert (name, kind) == (quiz.name, quiz.kind)
        right = [answer.right for answer in quiz.answers]
        assert [answer[1] for answer in answers] == right
        assert len([reply for *_, reply in answers if reply]) == len(quiz.answers)
        assert aiken_quiz[2] == quiz.answers[right.index(True)].value
        # both say the same, and what the page has besides formulas, code and marks
        assert asked == aiken_quiz[0]
        for (text, *_), plain in zip(answers, aiken_quiz[1].values(), strict=True):
            assert text.removeprefix(f"{text[:1]}. ") == plain
        assert re.sub(r"\W|\d", "", asked) in re.sub(r"\W|\d", "", f"{quiz.text}")
    title = "See the whole network on one page"
    if language != "en":
        title = catalogue("book/01_outline", language)[title]
    assert in_gift[0][0].endswith(f"/{title}")


def test_a_choice_keeps_the_letter_that_a_reply_names():
    named = CHOICE.replace("That is the", "**A** is the")
    ((*_, answers),) = read_gift(gift("Book", exported(named)))
    assert [answer[0] for answer in answers] == ["A. 5", "B. 6"]


def chapter_with(tmp_path, name, *texts):
    cells = [nbformat.v4.new_markdown_cell(text) for text in texts]
    path = tmp_path / name
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    return path


def test_a_fault_is_said_with_its_file_and_writes_nothing(tmp_path, capsys, monkeypatch):
    bad = chapter_with(tmp_path, "bad.ipynb", "# One", CHOICE.replace(":right: B", ":right: Z"))
    monkeypatch.setattr(export_quizzes, "chapters", lambda: [bad])
    assert main(["--folder", str(tmp_path / "new")]) == 1
    said = "quiz two-by-three: right must be one of A, B, got 'Z'"
    assert capsys.readouterr().err == f"{bad}: {said}\n"
    assert not (tmp_path / "new").exists()


def test_two_quizzes_of_one_name_are_refused(tmp_path):
    paths = [chapter_with(tmp_path, f"{n}.ipynb", f"# {n}", CHOICE) for n in (1, 2)]
    with pytest.raises(ValueError, match=r"2\.ipynb: quiz two-by-three: another has this name"):
        read_chapters(paths)


def test_predictions_are_not_exported(tmp_path):
    (found,) = read_chapters([chapter_with(tmp_path, "one.ipynb", "# One", PREDICTION, CHOICE)])
    assert [quiz.name for quiz in found.quizzes] == ["two-by-three"]
    assert found.title == "One"

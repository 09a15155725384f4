"""The format of questions: what an author writes, read without Sphinx.

A question is a directive. Its name is what a browser keeps the reader's answer under, and a
teacher's system too, so it stays when a page is renamed or the questions change their order.

A ``quiz`` has answers, each with its own reply. Those of the kind *choice*, the usual one, have
letters::

    :::{quiz} weights-of-layer-two
    :right: B

    A network has layers of `[6, 5, 4, 1]` units. Which shape does `W2` have?

    - **A.** `(5, 4)`

      The two sizes in the order of the list. Here one example is a column.
    - **B.** `(4, 5)`

      Rows are the units of this layer, columns those of the layer before.
    :::

A quiz of the kind *number* or *shape* is answered by typing. Its list has what readers may come
to, and last, without a digit, what stands for all else::

    :::{quiz} first-gradient
    :kind: number
    :right: -0.2
    :tolerance: 0.005

    The prediction is 0.8 and the label is 1. What is $dZ$?

    - `-0.2`

      The prediction minus the label.
    - `0.2`

      This one would make the prediction worse.
    - **Any other number**

      Put the two formulas together: nothing is left of the logarithm.
    :::

A ``predict`` has no answers: what comes out is the reply. It waits in the cells that are tagged
``outcome-NAME``, and the reader says in words, or as a number or a shape, what they expect. With
a list of letters, they choose.
"""

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from string import ascii_uppercase

from markdown_it.token import Token

from publish.languages.sources import parser

QUIZ, PREDICT = "quiz", "predict"
KINDS = {QUIZ: ("choice", "number", "shape"), PREDICT: ("text", "choice", "number", "shape")}
OPTIONS = {QUIZ: ("kind", "right", "tolerance"), PREDICT: ("kind",)}
NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
LETTER = re.compile(r"\*\*([A-Z])\.\*\*\s+(?=\S)")
OPTION = re.compile(r":([\w-]+):\s*(.*?)\s*$")
DIRECTIVE = re.compile(r"\{(quiz|predict)\}\s*(.*?)\s*$")
MARKUP = "`*$ "


class QuestionError(ValueError):
    """A question does not have the form that it needs.

    Attributes
    ----------
    line : int or None
        Counted from 0, in the text that was read; None if it is about the question as a whole.
    """

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True)
class Answer:
    """What a reader may answer, and the reply to it: Markdown, both.

    Attributes
    ----------
    value : str
        How the page and the browser call it: a letter, a number, the sizes of a shape with commas
        between them; empty for all else.
    """

    value: str
    text: str
    reply: str
    right: bool


@dataclass(frozen=True)
class Question:
    """A quiz or a prediction, with its text as Markdown."""

    form: str
    name: str
    kind: str
    text: str
    answers: tuple[Answer, ...]
    tolerance: float | None = None

    @property
    def key(self) -> str:
        """The name under which a browser keeps the answer."""
        return f"{self.form}:{self.name}"


def read_question(form: str, name: str, options: Mapping[str, str], body: str) -> Question:
    """Read a question.

    Parameters
    ----------
    form : {"quiz", "predict"}
    name : str
    options : mapping
        What stands between colons at the head of the directive.
    body : str
        What follows, Markdown.

    Raises
    ------
    QuestionError
        If it does not have the form that its kind needs.
    """
    if not NAME.fullmatch(name):
        raise QuestionError(f"name must be small letters, digits and hyphens, got {name!r}")
    for option in options:
        if option not in OPTIONS[form]:
            raise QuestionError(f"option must be one of {listed(OPTIONS[form])}, got {option!r}")
    text, items = cut(body)
    kind = options.get("kind") or ("choice" if items or form == QUIZ else "text")
    if kind not in KINDS[form]:
        raise QuestionError(f"kind must be one of {listed(KINDS[form])}, got {kind!r}")
    if not text:
        raise QuestionError("no question before the answers")
    if form == QUIZ:
        answers = read_answers(kind, options.get("right", ""), items)
    elif kind == "choice":
        answers = read_choices(items)
    elif items:
        raise QuestionError(f"a {kind} to predict has no list of answers", items[0].line)
    else:
        answers = ()
    return Question(form, name, kind, text, answers, read_tolerance(kind, options))


def questions_in(markdown: str) -> Iterator[Question]:
    """Yield the questions of a text in their order.

    Raises
    ------
    QuestionError
        If one of them does not have the form that it needs.
    """
    for token in parser().parse(markdown):
        found = DIRECTIVE.match(token.info) if token.type == "colon_fence" else None
        if found is None or token.map is None:
            continue
        lines = token.content.split("\n")
        options: dict[str, str] = {}
        while option := OPTION.match(lines[len(options)]):
            options[option[1]] = option[2]
        head = token.map[0]
        body = "\n".join(lines[len(options) :])
        try:
            yield read_question(found[1], found[2], options, body)
        except QuestionError as error:
            line = head if error.line is None else head + 1 + len(options) + error.line
            raise QuestionError(f"{found[1]} {found[2]}: {error}", line) from error


@dataclass(frozen=True)
class Item:
    """An entry of the list: its first paragraph, and what follows."""

    line: int
    head: str
    rest: str


def cut(body: str) -> tuple[str, list[Item]]:
    """Return the text before the list that ends a question, and the entries of the list."""
    lines = body.split("\n")
    lists = [t for t in parser().parse(body) if t.level == 0 and t.type == "bullet_list_open"]
    if not lists:
        return body.strip(), []
    start, end = lines_of(lists[-1])
    if any(line.strip() for line in lines[end:]):
        raise QuestionError("the answers come last, but something follows them", end)
    return "\n".join(lines[:start]).strip(), list(entries(body, start))


def entries(body: str, start: int) -> Iterator[Item]:
    """Yield the entries of the list that begins in this line."""
    lines = body.split("\n")
    tokens = [t for t in parser().parse(body) if t.map and t.map[0] >= start]
    for item in (t for t in tokens if t.type == "list_item_open" and t.level == 1):
        first, last = lines_of(item)
        inside = [t for t in tokens if t.level == 2 and first <= lines_of(t)[0] < last]
        if not inside or inside[0].type != "paragraph_open":
            raise QuestionError("an answer begins with a paragraph", first)
        _, end = lines_of(inside[0])
        head = dedent(lines[first:end], after_mark=True)
        yield Item(first, head, dedent(lines[end:last]))


def lines_of(token: Token) -> tuple[int, int]:
    if token.map is None:
        raise ValueError(f"a block without its lines: {token.type}")
    return token.map[0], token.map[1]


def dedent(lines: Sequence[str], after_mark: bool = False) -> str:
    """Return lines of an entry without the indent, or the mark, of the list."""
    if after_mark:
        lines = [re.sub(r"^\s*[-*+]\s+", "", lines[0]), *lines[1:]]
    return "\n".join(line.removeprefix("  ") for line in lines).strip()


def read_choices(items: Sequence[Item]) -> tuple[Answer, ...]:
    """Return the choices, which have the letters from A on, without a word on right or wrong."""
    if len(items) < 2:
        raise QuestionError(f"a choice needs two or more answers, got {len(items)}")
    answers = []
    for item, letter in zip(items, ascii_uppercase, strict=False):
        found = LETTER.match(item.head)
        if found is None or found[1] != letter:
            start = item.head.split("\n")[0][:30]
            raise QuestionError(f"answer must begin with **{letter}.**, got {start!r}", item.line)
        answers.append(Answer(letter, item.head[found.end() :], item.rest, right=False))
    return tuple(answers)


def read_answers(kind: str, right: str, items: Sequence[Item]) -> tuple[Answer, ...]:
    """Return the answers of a quiz, of which one is right, each with its reply."""
    if not right:
        raise QuestionError("no answer is right: the option right says which")
    if kind == "choice" and len(right.split()) > 1:
        raise QuestionError(f"one answer is right, got {right!r}")
    if kind == "choice":
        answers = read_choices(items)
        wanted = right
    else:
        answers = tuple(read_typed(kind, items))
        wanted = value_of(kind, right) or ""
        if not wanted:
            raise QuestionError(f"right must be a {kind}, got {right!r}")
    values = [answer.value for answer in answers]
    for item, (at, value) in zip(items, enumerate(values), strict=True):
        if value in values[:at]:
            raise QuestionError(f"answer {value or 'without a digit'} comes twice", item.line)
        if not item.rest:
            raise QuestionError(f"answer {value or 'without a digit'} has no reply", item.line)
    if wanted not in values:
        raise QuestionError(f"right must be one of {listed(values)}, got {right!r}")
    return tuple(
        Answer(answer.value, answer.text, answer.reply, answer.value == wanted)
        for answer in answers
    )


def read_typed(kind: str, items: Sequence[Item]) -> Iterator[Answer]:
    """Yield what readers may type, and last what stands for all else."""
    for item in items:
        value = value_of(kind, item.head.strip(MARKUP))
        if value is None:
            if item is not items[-1] or re.search(r"\d", item.head):
                raise QuestionError(f"answer must be a {kind}, got {item.head!r}", item.line)
            value = ""
        yield Answer(value, item.head, item.rest, right=False)
    if not items or value != "":
        line = items[-1].line if items else None
        raise QuestionError("the last answer has no digit: its reply is to all else", line)


def value_of(kind: str, text: str) -> str | None:
    """Return a number or a shape as the page compares it, or None if it is none."""
    try:
        value = ast.literal_eval(text)
    except (ValueError, SyntaxError):
        return None
    if kind == "number":
        return str(value) if type(value) in (int, float) else None
    sizes = isinstance(value, tuple) and all(type(size) is int for size in value)
    return f"({','.join(map(str, value))})" if sizes else None


def read_tolerance(kind: str, options: Mapping[str, str]) -> float | None:
    """Return how far a number may be from the right one, or None if nobody has said."""
    text = options.get("tolerance")
    if text is None:
        return None
    value = value_of("number", text)
    if kind != "number" or value is None or not float(value) > 0:
        raise QuestionError(f"tolerance must be a number > 0, for the kind number, got {text!r}")
    return float(value)


def listed(words: Sequence[str]) -> str:
    return ", ".join(word for word in words if word)

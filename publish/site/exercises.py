"""The functions that the reader writes: starter and hints, then the check, then the solution.

A chapter holds the solution in a cell tagged ``solution-NAME``, later the cell ``check(NAME)``
and right after it the box of the class ``why-right``. On a page, starter and hints stand in the
place of the solution, and the solution waits below the check until the reader opens it. Where
nothing can be opened, as on paper, the starter stands before the solution.
"""

from collections.abc import Callable
from typing import Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging

import testCases
from dnn_utils.language import N_
from publish import internals
from publish.languages import translate

# All words that this module writes; what stands between backticks is code.
WORDS = N_(
    {
        "starter": "Your turn: `{name}`",
        "hint": "Hint {number} of {count}",
        "solution": "Solution: `{name}`",
    }
)
TAG = "tag_solution-"  # MyST-NB makes a class of each tag of a cell

logger = logging.getLogger(__name__)


class details(nodes.General, nodes.Element):
    """What the reader may open; the first child is its `summary`."""


class summary(nodes.General, nodes.TextElement):
    """The line of `details` that is always visible."""


class Exercises(SphinxPostTransform):
    """Put the parts of each exercise in the order in which a reader needs them."""

    default_priority = 800
    formats = ("html", "latex")  # a gettext catalogue has the text of the chapters only

    def run(self, **kwargs: Any) -> None:
        for cell, name in solution_cells(self.document):
            try:
                turn = your_turn(name, self.config.language)
                why = box_after_check(self.document, name)
            except ValueError as error:
                logger.warning("exercise %s: %s", name, error, location=cell)
                continue
            insert(turn, before=cell)
            if self.app.builder.format == "html":
                turn += nested_hints(name, self.config.language)
                title = label("solution", self.config.language, name=name)
                solution = make_details("solution", title)
                insert(solution, before=why)
                for part in (cell, why):
                    part.parent.remove(part)
                    solution += part


def insert(node: nodes.Node, before: nodes.Element) -> None:
    before.parent.insert(before.parent.index(before), node)


def solution_cells(document: nodes.document) -> list[tuple[nodes.container, str]]:
    """Return the cells that hold a solution, each with the name of its function."""
    return [
        (cell, tag.removeprefix(TAG))
        for cell in document.findall(nodes.container)
        for tag in cell["classes"]
        if tag.startswith(TAG)
    ]


def box_after_check(document: nodes.document, name: str) -> nodes.Element:
    """Return the box that follows the cell ``check(name)``."""
    for source in internals.code_sources(document):
        if source.astext() == f"check({name})":
            box = source.parent.next_node(descend=False, siblings=True)
            if not isinstance(box, nodes.Element) or "why-right" not in box.get("classes", []):
                raise ValueError("no box of the class why-right after its check")
            return box
    raise ValueError(f"no cell check({name})")


def label(key: str, language: str, **fields: object) -> str:
    return translate(WORDS[key], language).format(**fields)


def your_turn(name: str, language: str) -> nodes.container:
    """Return the box with the starter."""
    code = testCases.starter(name)
    words = text(label("starter", language, name=name))
    title = nodes.paragraph("", "", *words, classes=["title"])
    block = nodes.literal_block(code, code, language="ipython3")
    return nodes.container("", title, block, classes=["your-turn"], ids=[f"exercise-{name}"])


def nested_hints(name: str, language: str) -> list[nodes.Element]:
    """Return the first hint, in which the second can be opened, in which the third can, ..."""
    inner: list[nodes.Element] = []
    hints = testCases.hints(name, language)
    for number, hint in reversed(list(enumerate(hints, start=1))):
        title = label("hint", language, number=number, count=len(hints))
        inner = [make_details("hint", title, nodes.paragraph("", "", *text(hint)), *inner)]
    return inner


def make_details(kind: str, title: str, *content: nodes.Node) -> details:
    return details("", summary("", "", *text(title)), *content, classes=[kind])


def text(words: str) -> list[nodes.Node]:
    """Return the nodes of a text in which backticks surround code."""
    parts = enumerate(words.split("`"))
    return [nodes.literal(part, part) if at % 2 else nodes.Text(part) for at, part in parts]


def html_visitors(name: str) -> tuple[Callable[[Any, Any], None], Callable[[Any, Any], None]]:
    """Return the functions that write the HTML of a node."""
    return (
        lambda self, node: self.body.append(self.starttag(node, name, "")),
        lambda self, node: self.body.append(f"</{name}>\n"),
    )

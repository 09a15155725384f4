"""Questions that a reader answers: quizzes, and predictions that keep an output closed.

``source.py`` is their format, and how an author writes one. On a page, each becomes a form whose
replies and outputs all can be seen; ``questions.js`` folds them up and asks. So nothing is lost
where no script runs, or on paper.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from dnn_utils.language import N_
from publish import internals
from publish.languages import translate
from publish.site.questions.source import OPTIONS, PREDICT, QUIZ, QuestionError, read_question

# All words around the questions. What stands in braces is filled in.
WORDS = N_(
    {
        "quiz": "Question {number}",
        "predict": "Your prediction",
        "right": "✓ Right.",
        "wrong": "✗ Not right.",
        "check": "Check",
        "show_replies": "Show all replies",
        "commit": "That is my prediction",
        "show_me": "Show me",
        "text": "Your answer",
        "number": "Your answer, a number",
        "shape": "Your answer, a shape",
        "missing": "Answer first.",
        "no_number": "Write a number, for example 0.25.",
        "no_shape": "Write a shape, for example (3, 1).",
        "waits": "The output waits for your prediction.",
        "to_question": "To the question",
        "to_output": "See what came out",
        "shown": "Shown without a prediction.",
        "predicted": "You said",
        "not_kept": "This browser cannot keep your answer.",
    }
)
DIRECTIVES = tuple(OPTIONS)
TAG = "tag_outcome-"  # MyST-NB makes a class of each tag of a cell
# All pages have the first one, with what it imports.
SCRIPTS = (
    Path(__file__).with_name("questions.js"),
    *(Path(__file__).parents[1] / "live_python" / name for name in ("answers.js", "store.js")),
)

logger = logging.getLogger(__name__)


class question(nodes.General, nodes.Element):
    """A question of a page, with its text and its list of answers."""


class element(nodes.General, nodes.Element):
    """An element of HTML: `tag`, and what it has in `html` besides classes and ids."""


class Ask(SphinxDirective):
    """``quiz`` or ``predict``: a question, as `source` describes it."""

    required_arguments = 1
    has_content = True
    option_spec: ClassVar[dict[str, Callable[[str], str]]] = {
        name: lambda text: text or "" for names in OPTIONS.values() for name in names
    }

    def run(self) -> list[nodes.Node]:
        """Return the question; one that does not have its form is a warning."""
        name = self.arguments[0]
        try:
            read = read_question(self.name, name, self.options, "\n".join(self.content))
        except QuestionError as error:
            line = self.lineno
            if error.line is not None:
                line += self.content_offset + 1 + error.line
            place = (self.env.docname, line)
            logger.warning("%s %s: %s", self.name, name, error, location=place)
            return []
        asked = question(form=read.form, name=name, kind=read.kind)
        asked["answers"] = [(answer.value, answer.right) for answer in read.answers]
        asked["tolerance"] = read.tolerance
        asked.source, asked.line = self.get_source_info()
        self.state.nested_parse(self.content, self.content_offset, asked)
        return [asked]


def key_of(asked: question) -> str:
    """Return the name under which a browser keeps the answer."""
    return f"{asked['form']}:{asked['name']}"


def titled(document: nodes.document, language: str) -> Iterator[tuple[question, str]]:
    """Yield the questions of a page, each with the title that it has there."""
    number = 0
    for asked in list(document.findall(question)):
        number += asked["form"] == QUIZ
        yield asked, translate(WORDS[asked["form"]], language).format(number=number)


def outcomes_in(node: nodes.Node) -> list[str]:
    """Return the names of the predictions for which the output of a cell waits."""
    classes = node["classes"] if isinstance(node, nodes.container) else []
    return [name.removeprefix(TAG) for name in classes if name.startswith(TAG)]


# A page is read


def note_page(app: Sphinx, doctree: nodes.document) -> None:
    """Note the questions of a page for the whole book, and look for the outputs of predictions."""
    page = app.env.docname
    app.env.metadata[page]["questions"] = [
        {"name": key_of(asked), "title": title, "line": asked.line}
        for asked, title in titled(doctree, app.config.language)
    ]
    unseen: dict[str, question] = {}  # predictions that have no output yet
    known = set()
    for node in doctree.findall():
        if isinstance(node, question) and node["form"] == PREDICT:
            known.add(node["name"])
            unseen[node["name"]] = node
        for name in outcomes_in(node):
            unseen.pop(name, None)
            if name not in known:
                logger.warning("outcome-%s: no prediction above it", name, location=node)
            elif app.builder.format == "html" and not has_output(node):
                logger.warning("outcome-%s: the cell has no output", name, location=node)
    for name, asked in unseen.items():
        logger.warning("predict %s: no cell has the tag outcome-%s", name, name, location=asked)


def has_output(cell: nodes.Node) -> bool:
    return any("cell_output" in part["classes"] for part in cell.findall(nodes.container))


# All pages are read


def compare_pages(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Warn of names that two questions have; return the page on which the list is an old one."""
    places = defaultdict(list)
    for page in in_order(env):
        for found in env.metadata[page].get("questions", []):
            places[found["name"]].append((page, found["line"]))
    for key, (first, *others) in places.items():
        for place in others:
            form, name = key.split(":")
            where = f"{env.doc2path(first[0], base=False)}:{first[1]}"
            text = "%s %s: another question has this name, in %s"
            logger.warning(text, form, name, where, location=place)
    known = env.metadata[env.config.root_doc]
    old, known["all questions"] = known.get("all questions"), of_book(env)
    return [env.config.root_doc] if old != known["all questions"] else []


def of_book(env: BuildEnvironment) -> list[dict[str, str]]:
    """Return the questions of the book in its order: name, title, and the page that asks it."""
    return [
        {"name": found["name"], "title": found["title"], "page": page}
        for page in in_order(env)
        for found in env.metadata[page].get("questions", [])
    ]


def in_order(env: BuildEnvironment) -> Iterable[str]:
    """Return all pages as the table of contents has them."""
    seen: list[str] = []
    left = [env.config.root_doc]
    while left:
        page = left.pop(0)
        if page not in seen:
            seen.append(page)
            left = [*env.toctree_includes.get(page, []), *left]
    return seen


# A page is written


class Forms(SphinxPostTransform):
    """Make a form of each question; in other formats, a box."""

    default_priority = 790  # before the words are typeset
    formats = ("html", "latex")

    def run(self, **kwargs: Any) -> None:
        """Replace all questions of the page."""
        language = self.config.language
        found = list(titled(self.document, language))
        for asked, title in found:
            add_verdicts(asked, language)
            make = make_form if self.app.builder.format == "html" else make_box
            asked.replace_self(make(asked, title))
        if found and self.app.builder.format == "html":
            words = {key: translate(text, language) for key, text in WORDS.items()}
            self.document += data_block("question-words", words)


def entries_of(asked: question) -> list[nodes.list_item]:
    """Return the entries of the list of answers, which is the last part of a question."""
    last = asked.children[-1]
    listed = last.children if asked["answers"] and isinstance(last, nodes.bullet_list) else []
    return [entry for entry in listed if isinstance(entry, nodes.list_item)]


def add_verdicts(asked: question, language: str) -> None:
    """Begin each reply with a word on whether it is one to the right answer."""
    if asked["form"] != QUIZ:
        return
    for (_, right), entry in zip(asked["answers"], entries_of(asked), strict=True):
        word = translate(WORDS["right" if right else "wrong"], language)
        verdict = nodes.strong(word, word, classes=["verdict"])
        first = entry.children[1]
        if isinstance(first, nodes.paragraph):
            first[:0] = [verdict, nodes.Text(" ")]
        else:
            entry.insert(1, nodes.paragraph("", "", verdict))


def make_box(asked: question, title: str) -> nodes.admonition:
    """Return a question as a box with a title."""
    return nodes.admonition("", nodes.title(title, title), *asked.children, classes=[asked["form"]])


def make_form(asked: question, title: str) -> element:
    """Return a question as a form, with all that its script needs to know."""
    body = list(asked.children)
    if asked["answers"]:
        body[-1] = make_list(asked)
    fields = html("fieldset", {}, html("legend", {}, nodes.Text(title)), *body)
    data = {"data-question": key_of(asked), "data-kind": asked["kind"], "autocomplete": "off"}
    if asked["tolerance"] is not None:
        data["data-tolerance"] = str(asked["tolerance"])
    made = html("form", data, fields)
    made["classes"] = ["question", asked["form"]]
    made["ids"] = [key_of(asked).replace(":", "-")]
    return made


def make_list(asked: question) -> element:
    """Return the answers, each with its value; what is chosen is a label."""
    made = html("ul", {})
    made["classes"] = ["answers"]
    for (value, right), entry in zip(asked["answers"], entries_of(asked), strict=True):
        head, *rest = entry.children
        tag = "label" if asked["kind"] == "choice" else "p"
        data = {"data-value": value} | ({"data-right": ""} if right else {})
        item = html("li", data, html(tag, {}, *head.children))
        if rest:
            reply = html("div", {}, *rest)
            reply["classes"] = ["reply"]
            item += reply
        made += item
    return made


def html(tag: str, attributes: dict[str, str], *children: nodes.Node) -> element:
    return element("", *children, tag=tag, html=attributes)


def visit(self: Any, node: element) -> None:
    """Write the beginning of an element."""
    self.body.append(self.starttag(node, node["tag"], "", **node["html"]))


def depart(self: Any, node: element) -> None:
    """Write the end of an element."""
    self.body.append(f"</{node['tag']}>\n")


def data_block(name: str, data: object) -> nodes.raw:
    """Return JSON for a script in a page, which is no script itself."""
    text = internals.sanitize_script_content(json.dumps(data, ensure_ascii=False))
    script = f'<script type="application/json" id="{name}">{text}</script>'
    return nodes.raw("", script, format="html")


class ListQuestions(SphinxPostTransform):
    """Put the list of all questions on the contents page, for ``answers.js``."""

    default_priority = 825
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        """Add the list, with an address for each question."""
        if self.env.docname == self.config.root_doc:
            listed = of_book(self.env)
            for found in listed:
                uri = self.app.builder.get_relative_uri(self.env.docname, found["page"])
                found["address"] = f"{uri}#{found['name'].replace(':', '-')}"
            self.document += data_block("book-questions", listed)

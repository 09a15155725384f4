"""The formulas: rendered when the book is built, in its language, and never torn from their words.

A browser draws them as they are: they are MathML, made by Temml from TeX (``temml.py``), with a
style sheet that brings their font (``styles.py``).
"""

import re
from pathlib import Path
from typing import Any, cast

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError
from sphinx.locale import _
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.math import get_node_equation_number
from sphinx.writers.html5 import HTML5Translator

from publish.languages import catalogue
from publish.runtime.programs import Unavailable
from publish.runtime.store import write
from publish.site.formulas.styles import style_sheet
from publish.site.formulas.temml import Fault, Formula, render

BEFORE = re.compile(r"\S*$")
AFTER = re.compile(r"^\S*")
SIGN = re.compile(r"\\[a-zA-Z]+|[^\s{}^_]")
LONGEST = 12  # signs: a longer formula with a word beside it may not fit on a phone
STYLES = "formulas.css"
ENVIRONMENT = re.compile(r"\\begin\{(\w+\*?)\}.*?\\end\{\1\}", re.DOTALL)
NUMBERED = re.compile(r"(\\(?:begin|end)\{)(equation|align|gather|multline|alignat|flalign)(\})")

logger = logging.getLogger(__name__)


class Formulas:
    """The formulas of the book: each is rendered before the first page is written."""

    def __init__(self) -> None:
        self.rendered: dict[Formula, str] = {}

    def render(self, app: Sphinx, env: BuildEnvironment) -> None:
        """Render all formulas, warn of each one that is wrong, and write their style sheet."""
        if app.builder.format != "html":
            return
        places = [
            (formula_of(node), node)
            for name in sorted(env.found_docs)
            for node in env.get_doctree(name).findall(is_formula)
        ]
        try:
            self.rendered = render({formula for formula, _ in places})
            used = {self.rendered[formula] for formula, _ in places}
            sheet = style_sheet(text for text in used if not isinstance(text, Fault))
        except (Unavailable, OSError) as error:
            raise ExtensionError(f"the formulas cannot be rendered: {error}") from error
        for formula, node in places:
            if isinstance(fault := self.rendered[formula], Fault):
                logger.warning("formula: %s", fault, location=node)
        write(Path(app.outdir, "_static", STYLES), sheet.encode())

    def write_inline(self, page: HTML5Translator, node: nodes.math) -> None:
        """Write a formula that stands in a line of text."""
        start = page.starttag(node, "span", "", CLASS="math notranslate")
        page.body.append(f"{start}{self.html(page, node)}</span>")
        raise nodes.SkipNode

    def write_display(self, page: HTML5Translator, node: nodes.math_block) -> None:
        """Write a formula that has a line of its own, and its number."""
        page.body.append(page.starttag(node, "div", CLASS="math notranslate"))
        if node["number"]:
            page.body.append(f'<span class="eqno">({get_node_equation_number(page, node)})')
            page.add_permalink_ref(node, _("Link to this equation"))
            page.body.append("</span>")
        page.body.append(f"{self.html(page, node)}</div>\n")
        raise nodes.SkipNode

    def html(self, page: HTML5Translator, node: nodes.Element) -> str:
        """Return a formula as HTML. One that is wrong stands there as it is written."""
        found = self.rendered[formula_of(node)]
        return f"<code>{page.encode(node.astext())}</code>" if isinstance(found, Fault) else found


def is_formula(node: nodes.Node) -> bool:
    return isinstance(node, (nodes.math, nodes.math_block))


def formula_of(node: nodes.Node) -> Formula:
    """Return the formula of a node, in the form in which Sphinx gives it to LaTeX."""
    text = node.astext().strip()
    if isinstance(node, nodes.math):
        return Formula(text, display=False)
    if cast(nodes.Element, node)["nowrap"]:
        return Formula(NUMBERED.sub(r"\1\2*\3", text), display=True)  # Sphinx writes the number
    lines = [aligned(line, "split") for line in re.split(r"\n\s*\n", text)]
    return Formula(lines[0] if len(lines) == 1 else aligned(r"\\".join(lines)), display=True)


def aligned(text: str, environment: str = "aligned") -> str:
    """Return a formula with its lines one below the other, if it has more than one."""
    if r"\\" not in ENVIRONMENT.sub("", text):
        return text
    return rf"\begin{{{environment}}}{text}\end{{{environment}}}"


class TranslateFormulas(SphinxTransform):
    """Put the words of formulas in, before Sphinx does: it would lose the formula."""

    default_priority = 16

    def apply(self, **kwargs: Any) -> None:
        known = catalogue(self.env.docname, self.config.language)
        for node in self.document.findall(nodes.math_block):
            if text := known.get(node.rawsource or node.astext()):
                node.rawsource = text
                node[:] = [nodes.Text(text)]


class KeepFormulasWithWords(SphinxPostTransform):
    """Keep each short formula on one line with what stands beside it without a space.

    A browser breaks a line before and after a formula, whatever is there: a comma, or a
    particle.
    """

    default_priority = 800
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        for formula in list(self.document.findall(nodes.math)):
            if len(SIGN.findall(formula.astext())) > LONGEST:
                continue
            parent, joined = formula.parent, nodes.inline(classes=["joined"])
            at = parent.index(formula)
            before = cut(parent, at - 1, BEFORE) if at else ""
            after = cut(parent, at + 1, AFTER) if at + 1 < len(parent) else ""
            if before or after:
                parent[at] = joined
                joined += [nodes.Text(before), formula, nodes.Text(after)]


def cut(parent: nodes.Element, at: int, pattern: re.Pattern[str]) -> str:
    """Cut what a pattern matches out of the text at a place of a node, if there is text."""
    if not isinstance(parent[at], nodes.Text):
        return ""
    text = parent[at].astext()
    if not (taken := pattern.search(text)):
        return ""
    parent[at] = nodes.Text(text[: taken.start()] + text[taken.end() :])
    return taken[0]

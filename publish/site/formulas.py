"""The formulas: in the language of the book, and never torn from the word they belong to."""

import re
from typing import Any

from docutils import nodes
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform

from publish.languages import catalogue

BEFORE = re.compile(r"\S*$")
AFTER = re.compile(r"^\S*")
SIGN = re.compile(r"\\[a-zA-Z]+|[^\s{}^_]")
LONGEST = 12  # signs: a longer formula with a word beside it may not fit on a phone


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

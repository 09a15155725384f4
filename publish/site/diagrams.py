"""Images: the book's own diagrams become part of the page, and every image has an alt text.

A picture in an ``<img>`` cannot see the colours of the page around it. Written into the page,
a diagram follows the light and the dark theme through the CSS variables of ``book.css``.
"""

import re
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging

from publish.languages.sources import translate_diagram

logger = logging.getLogger(__name__)


class InlineDiagrams(SphinxPostTransform):
    """Replace every ``book/images/*.svg`` by its source; warn of an image without alt text."""

    default_priority = 900  # after myst-nb has turned the outputs of cells into images
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        found = map(Path, self.env.images)  # Sphinx has warned of the others
        diagrams = {p for p in found if p.match("book/images/*.svg")}
        for number, image in enumerate(list(self.document.findall(nodes.image))):
            path = Path(image["uri"])
            alt = image.get("alt", "").strip()
            if not alt:
                logger.warning(
                    "image without alt text: %s", image["uri"], location=with_line(image)
                )
            elif path in diagrams:
                svg = (Path(self.app.srcdir) / path).read_text(encoding="utf-8")
                svg = translate_diagram(svg, self.config.language)
                html = f'<div class="diagram">{for_page(svg, alt, number)}</div>'
                image.replace_self(nodes.raw("", html, format="html"))


def with_line(node: nodes.Node) -> nodes.Node:
    """Return the node or the nearest one around it whose line is known."""
    while not node.line and node.parent:
        node = node.parent
    return node


def for_page(svg: str, alt: str, number: int) -> str:
    """Return the ``<svg>`` element with its alt text, and ids that no other diagram has."""
    svg = svg[svg.index("<svg") :]  # no XML declaration, no doctype
    svg = re.sub(r'(\bid="|url\(#|href="#)', rf"\g<1>diagram{number}-", svg)
    return svg.replace("<svg", f'<svg role="img" aria-label="{escape(alt)}"', 1)

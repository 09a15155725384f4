"""The look of the figures, and what makes an SVG of Matplotlib part of a page."""

import hashlib
import io
import re
import warnings
from collections.abc import Callable
from functools import wraps
from html import escape
from typing import Any

import matplotlib.figure
import matplotlib.style

from ..palette import PALETTE, css

INK, MUTED, LINE, PAPER, FORWARD, BACKWARD, GOOD = (
    PALETTE[name].light for name in ("ink", "muted", "line", "paper", "forward", "backward", "good")
)
NAMES = {colour.light: name for name, colour in PALETTE.items()}

WIDTH = 360  # points: on a phone, text keeps nearly its size
TEXT = 12  # points
LETTER = 6.6  # points, width of a letter or digit
LEFT, TOP, BOTTOM = 40, 34, 40  # points around the axes

DASHED, DOTTED, DASH_DOTTED = (0, (5, 3)), (0, (1.5, 1.5)), (0, (7, 2, 1.5, 2))
SOLID_LINE = {"color": FORWARD, "linestyle": "-"}
DASHED_LINE = {"color": BACKWARD, "linestyle": DASHED}
LINES = (
    SOLID_LINE,
    DASHED_LINE,
    {"color": GOOD, "linestyle": DASH_DOTTED},
    {"color": INK, "linestyle": DOTTED},
)

STYLE: dict[str, Any] = {
    "svg.fonttype": "none",  # text stays text
    "svg.hashsalt": "dnn_utils",  # the same SVG on every run
    "text.parse_math": False,
    "text.color": INK,
    "font.size": TEXT,
    "lines.linewidth": 2.2,
    "hatch.color": BACKWARD,
    "figure.facecolor": "none",
    "axes.facecolor": "none",
    "axes.edgecolor": MUTED,
    "axes.labelcolor": INK,
    "axes.titlelocation": "left",
    "axes.titlesize": TEXT,
    "axes.titlepad": 10,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.grid.axis": "y",
    "axes.axisbelow": True,
    "grid.color": LINE,
    "xtick.color": MUTED,
    "ytick.color": MUTED,
}


class Figure:
    """A drawing, and in words what can be seen in it.

    A notebook or a page shows ``html`` as part of itself. As text it is
    ``Figure:`` and ``alt``, the same on every machine.
    """

    def __init__(self, html: str, alt: str) -> None:
        self.html = html
        self.alt = alt

    def __repr__(self) -> str:
        return f"Figure: {self.alt}"

    def _repr_html_(self) -> str:
        return f'<figure class="dnn-figure" style="margin: 0">{self.html}</figure>'


def as_figure(
    draw: Callable[..., tuple[matplotlib.figure.Figure, str]],
) -> Callable[..., Figure]:
    """Run `draw` in the style of the book; make a `Figure` of the drawing and the words."""

    @wraps(draw)
    def public(*args: Any, **kwargs: Any) -> Figure:
        with matplotlib.style.context(["default", STYLE]), warnings.catch_warnings():
            # It measures with a font of its own, which lacks many scripts. The page has fonts.
            warnings.filterwarnings("ignore", "Glyph .* missing from")
            drawing, alt = draw(*args, **kwargs)
            buffer = io.StringIO()
            drawing.savefig(buffer, format="svg", metadata={"Date": None})
        return Figure(_for_a_page(buffer.getvalue(), alt), alt)

    return public


def _for_a_page(svg: str, alt: str) -> str:
    """Make Matplotlib's SVG part of a page: with its colours, its font and ids of its own."""
    prefix = f"figure-{hashlib.sha256((svg + alt).encode()).hexdigest()[:8]}-"
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"\s*<(metadata|style).*?</\1>", "", svg, flags=re.DOTALL)  # acts on all the page
    svg = re.sub(r"font-family: [^;\"]*(; )?", "", svg)
    svg = re.sub(r'(\bid="|href="#|url\(#)', rf"\g<1>{prefix}", svg)
    svg = re.sub("|".join(NAMES), lambda colour: css(NAMES[colour[0]]), svg)
    svg = re.sub(r'\b(d|x|y|transform)="[^"]*"', lambda match: _two_decimals(match[0]), svg)
    label = f'<svg role="img" aria-label="{escape(alt)}" stroke-linejoin="round" '
    return svg.replace("<svg ", label + 'style="max-width: 100%; height: auto" ', 1).rstrip()


def _two_decimals(numbers: str) -> str:
    return re.sub(r"(\.\d\d)\d+", r"\1", numbers)

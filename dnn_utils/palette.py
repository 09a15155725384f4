"""The colours of the book: the one place where they are written down.

`upkeep.palette` writes them into the style sheets and the diagrams. The figures, the
reports and the Python of a page read them here.
"""

from typing import NamedTuple


class Colour(NamedTuple):
    """A colour of the book, named by what it stands for.

    Attributes
    ----------
    light, dark : str
        As ``#rrggbb``, in the light and in the dark theme.
    jupyter : str
        JupyterLab's nearest variable, which a notebook uses instead; empty if it has none.
    """

    light: str
    dark: str
    jupyter: str = ""


PALETTE = {
    "ink": Colour("#1d2433", "#e6e9ef", "--jp-content-font-color1"),
    "muted": Colour("#5b6472", "#a7b0be", "--jp-content-font-color2"),
    "line": Colour("#c9d0da", "#3a4351", "--jp-border-color1"),
    "paper": Colour("#ffffff", "#14181f", "--jp-layout-color0"),
    "wash": Colour("#f3f6fa", "#1c222c", "--jp-layout-color2"),
    "forward": Colour("#2456a6", "#7fb2ff", "--jp-brand-color1"),
    "forward-wash": Colour("#e7effb", "#1b2a42"),
    "backward": Colour("#a8411a", "#ff9e6b", "--jp-error-color1"),
    "backward-wash": Colour("#fbece5", "#3a241a"),
    "good": Colour("#1e7a4b", "#6fd3a0", "--jp-success-color1"),
}
"""By name; in CSS, ``ink`` is ``--dnn-ink``."""


def css(name: str, *, jupyter: bool = True) -> str:
    """Return a colour as CSS: of the book, else of JupyterLab, else the light one.

    Parameters
    ----------
    name : str
        One of `PALETTE`.
    jupyter : bool
        Whether JupyterLab's own colour is taken where the book's is missing.
    """
    light, _, variable = PALETTE[name]
    fallback = f"var({variable}, {light})" if jupyter and variable else light
    return f"var(--dnn-{name}, {fallback})"

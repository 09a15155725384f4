"""The figures of the chapters: NumPy numbers in, a small inline SVG out.

Matplotlib draws with the light colours of the book. In the SVG these become
CSS variables, so that a figure follows the light or dark theme around it.
A figure is about as wide as a phone and says in words what can be seen in it.
"""

import logging

# On a new machine, importing Matplotlib may warn that it looks for fonts: not in a chapter.
logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)

# ruff: noqa: E402
from .charts import costs, descent_path, gradient_norms, heatmaps, naive_sigmoid, pictures
from .style import Figure

__all__ = [  # noqa: RUF022 - in the order of the page of the functions
    "Figure",
    "naive_sigmoid",
    "costs",
    "descent_path",
    "heatmaps",
    "gradient_norms",
    "pictures",
]

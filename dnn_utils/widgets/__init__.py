"""Live figures: a recording made with NumPy, and a widget that lets the reader move through it.

A figure has one name. The function `learning` makes its recording and needs NumPy alone;
the class `Learning` is the widget and needs anywidget. The classes are made in `live`,
which is loaded when one of them is asked for. Where Python runs inside a page, they do
without anywidget.
"""

from importlib import import_module

FIGURES = {
    "Shapes": "outline",
    "Symmetry": "initialization",
    "OneNeuron": "forward",
    "ActivationFunctions": "activations",
    "CrossEntropy": "cost",
    "GradientFlow": "backward",
    "LearningRates": "update",
    "Learning": "network",
    "FirstLayer": "cats",
}
"""The figures in the order of the book, each with the module that records it."""

WITH_FUNCTIONS = tuple(
    name for name in FIGURES if name not in ("Shapes", "ActivationFunctions", "FirstLayer")
)
"""Those whose numbers are all computed by functions that the reader writes."""


def __getattr__(name):
    if name not in FIGURES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    try:
        return getattr(import_module(".live", __name__), name)
    except ModuleNotFoundError as error:
        if error.name not in ("anywidget", "ipywidgets", "traitlets"):
            raise
        raise ImportError(f"widgets.{name} needs anywidget: pip install anywidget") from error

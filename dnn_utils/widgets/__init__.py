"""Live figures: a recording made with NumPy, and a widget that lets the reader move through it.

The functions (`learning`, `gradient_flow` and so on) make the recordings and need NumPy
alone. The classes of `live` are the widgets, and need anywidget; they are loaded when
one of them is asked for. Where Python runs inside a page, they do without anywidget.
"""

from importlib import import_module

FIGURES = (
    "Shapes",
    "Symmetry",
    "OneNeuron",
    "ActivationFunctions",
    "CrossEntropy",
    "GradientFlow",
    "LearningRates",
    "Learning",
    "FirstLayer",
)


def __getattr__(name):
    if name not in FIGURES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    try:
        return getattr(import_module(".live", __name__), name)
    except ModuleNotFoundError as error:
        if error.name not in ("anywidget", "ipywidgets", "traitlets"):
            raise
        raise ImportError(f"widgets.{name} needs anywidget: pip install anywidget") from error

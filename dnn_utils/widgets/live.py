"""The live figures to show: each carries a recording, and has its controls as attributes."""

import re
import sys
from importlib import import_module

from . import FIGURES

if sys.platform == "emscripten":  # Python inside a page, which has no widgets
    from .page import PageFigure as Figure
else:
    from .notebook import NotebookFigure as Figure


class LiveFigure(Figure):
    """A figure that shows a recording. Its subclasses say in `record` how that is made.

    Each control is an attribute of the same name, for example ``figure.step``: the position
    that the reader has moved it to, counted from 0. Setting it moves the control.

    Parameters
    ----------
    *args, **kwargs
        What the function in `record` takes.

    Attributes
    ----------
    recording : Recording
        The arrays behind the figure: ``figure.recording["cost"]``.
    """

    record = None

    def __init__(self, *args, **kwargs):
        super().__init__(self.record(*args, **kwargs))


def _figure_class(name):
    """Return the class that shows what the function of the same name records."""
    function = re.sub(r"(?<=.)(?=[A-Z])", "_", name).lower()
    module = import_module(f".{FIGURES[name]}", __package__)
    _, _, purpose = module.__doc__.partition(": ")
    attributes = {
        "__doc__": f"{purpose[0].upper()}{purpose[1:].rstrip('.')}; see `{function}`.",
        "__module__": __name__,
        "record": staticmethod(getattr(module, function)),
    }
    return type(name, (LiveFigure,), attributes)


globals().update({name: _figure_class(name) for name in FIGURES})
__all__ = ["LiveFigure", *FIGURES]  # in the order of the page of the functions

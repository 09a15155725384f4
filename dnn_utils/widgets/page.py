"""A live figure of Python that runs inside a page: no widget, and nothing but NumPy needed."""

from base64 import b64encode
from uuid import uuid4

ENTRY = "application/vnd.dnn.live-figure+json"
"""The type of what the script of the page draws; it has the form of a widget's embedded state."""


class PageFigure:
    """Shows a recording. The position of each control is an attribute.

    A position is where the control stands when the figure is shown. What the reader
    moves after that stays in the page.

    Parameters
    ----------
    recording : Recording
        What is shown.

    Raises
    ------
    ValueError
        If a control is set to what is none of its positions.
    """

    def __init__(self, recording):
        vars(self)["recording"] = recording  # first: it says which attributes are controls
        self._id = uuid4().hex
        for control in recording.controls.values():
            setattr(self, control.name, control.start)

    def __setattr__(self, name, value):
        control = self.recording.controls.get(name)
        if control:
            count = len(control.values)
            if not isinstance(value, int) or not 0 <= value < count:
                raise ValueError(f"{name} must be one of 0 ... {count - 1}, got {value!r}")
        super().__setattr__(name, value)

    def __repr__(self):
        return repr(self.recording)

    def _repr_mimebundle_(self, **kwargs):
        return {
            "text/plain": repr(self),
            "text/html": self.recording.fallback(f' data-live-figure="{self._id}"'),
            ENTRY: self._entry(),
        }

    def _entry(self):
        positions = {name: getattr(self, name) for name in self.recording.controls}
        data = b64encode(self.recording.data).decode("ascii")
        return {
            "state": {"_figure": self.recording.figure, **positions},
            "buffers": [{"path": ["_data"], "encoding": "base64", "data": data}],
        }

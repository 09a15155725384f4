"""A live figure in a notebook: a widget, whose controls are traits."""

from html import escape
from pathlib import Path

import anywidget
import traitlets

HERE = Path(__file__).parent


class NotebookFigure(anywidget.AnyWidget):
    """A widget that shows a recording. The position of each control is a trait.

    Parameters
    ----------
    recording : Recording
        What is shown.
    """

    _esm = (HERE / "draw.js").read_text(encoding="utf-8")
    _css = (HERE / "draw.css").read_text(encoding="utf-8")
    _figure = traitlets.Dict().tag(sync=True)
    _data = traitlets.Bytes().tag(sync=True)

    def __init__(self, recording):
        self.recording = recording
        for control in recording.controls.values():
            position = traitlets.Int(control.start, min=0, max=len(control.values) - 1)
            self.add_traits(**{control.name: position.tag(sync=True)})
        super().__init__(_figure=recording.figure, _data=recording.data)

    def __repr__(self):
        return repr(self.recording)

    def _repr_mimebundle_(self, **kwargs):
        data, metadata = super()._repr_mimebundle_(**kwargs)
        # For a page without a kernel: the figure to read, and which state belongs to it.
        model = f' data-live-figure="{escape(self.model_id)}"'
        return {**data, "text/html": self.recording.fallback(model)}, metadata

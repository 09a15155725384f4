"""A recording: the numbers of a live figure, and how to draw them. NumPy alone makes it.

A live figure has *controls* (a slider over the steps of a training, say), *arrays*
and *panels* that draw them. Where an axis of an array has the name of a control,
the panels see the array at the position where that control stands.

What travels to the page is one dict and one block of bytes.
"""

import re
from collections.abc import Mapping
from html import escape
from numbers import Integral

import numpy as np

from .. import validate
from ..language import say

LIMIT = 100_000
"""Most bytes of numbers that a recording may hold."""

GAP = -128
"""What stands for a number that is not finite, among int8."""

WORDS = {
    "play": say("Play"),
    "pause": say("Pause"),
    "right": say("✓ right"),
    "wrong": say("✗ wrong"),
    "gap": say("A cross, or nothing at all: not a finite number."),
}
"""What the controls and panels of every figure say."""

SLOT = re.compile(r"{(\w+)(?::(\d|e\d))?}")


class Drawn:
    """Numbers that are only drawn: stored in one byte each, in 127 steps to either side of 0.

    Parameters
    ----------
    axes : str
        The names of the axes, with spaces between them, as in ``"step unit example"``.
    values : array_like
        NaN and infinity are drawn as a gap.
    limit : float, optional
        The value that is drawn at full size; the largest finite one, if left out.
        Arrays that are to be compared by eye need the same limit.
    """

    def __init__(self, axes, values, limit=None):
        self.axes, self.values = _along(axes, values)
        finite = np.isfinite(self.values)
        largest = float(np.abs(self.values[finite]).max(initial=0))
        self.limit = largest if limit is None else float(limit)
        if not largest <= self.limit < np.inf:
            raise ValueError(f"limit must be finite and at least {largest:g}, got {limit!r}")
        self.stored = np.full(self.values.shape, GAP, np.int8)
        self.stored[finite] = np.rint(self.values[finite] / (self.limit / 127 or 1.0))


class Exact:
    """Numbers that a reader may read: stored as they are, NaN and infinity included."""

    def __init__(self, axes, values):
        self.axes, self.values = _along(axes, values)
        self.stored = self.values


class Colours:
    """Pictures: red, green and blue from 0 to 255, along the last axis."""

    def __init__(self, axes, values):
        self.axes, self.values = _along(axes, values, dtype=None)
        if self.values.dtype != np.uint8 or self.values.shape[-1] != 3:
            raise ValueError(
                "colours must be uint8 with three of them along the last axis, "
                f"got {self.values.dtype} of shape {self.values.shape}"
            )
        self.stored = self.values


class Control:
    """What the reader moves: a slider, or a choice of a few.

    Parameters
    ----------
    name : str
        The axis that it moves along, and the trait of the widget that it sets.
    label : str
        What is written beside it.
    values : sequence of str
        What is written for each position.
    kind : {"slider", "choice"}
        A slider for many positions, a choice for a few that all stand there.
    start : int
        Where it stands at first.
    play : bool
        Whether a button moves it by itself.
    """

    def __init__(self, name, label, values, kind="slider", start=0, play=False):
        self.name, self.label, self.kind, self.start, self.play = name, label, kind, start, play
        self.values = [str(value) for value in values]
        if not self.values:
            raise ValueError(f"control {name!r} has no positions: there is nothing to show")
        if kind not in ("slider", "choice"):
            raise ValueError(f'kind must be "slider" or "choice", got {kind!r}')
        if not isinstance(start, Integral) or not 0 <= start < len(self.values):
            raise ValueError(f"start must be one of 0 ... {len(self.values) - 1}, got {start!r}")


class Recording(Mapping):
    """Arrays over the steps, runs or examples of something, and how to draw them.

    As a mapping it gives the arrays themselves, as they were before they were
    stored for drawing: ``recording["cost"]``.

    Parameters
    ----------
    title : str
        What the figure is called.
    caption : str
        The question that the figure answers.
    alt : str
        What can be seen, in words.
    controls : sequence of Control
        In the order in which they stand.
    arrays : dict of str to Drawn, Exact or Colours
        The numbers.
    panels : sequence of dict
        What ``draw.js`` draws; its key ``kind`` names the function there.
    status : str
        A sentence for the present position; ``{cost:3}`` is the array ``cost``
        with three digits after the point (a sum, if it has an axis left),
        ``{cost:e1}`` the same as a power of ten, and ``{step}`` what is written
        for the position of a control.
    table : sequence of sequence of str
        What can be read where nothing can be moved: a row of headers, then rows.

    Attributes
    ----------
    arrays : dict of str to Drawn, Exact or Colours
        The numbers, and how they are stored.
    figure : dict
        All that is drawn apart from the numbers, ready for JSON.
    data : bytes
        The stored numbers of all arrays, one after the other.

    Raises
    ------
    ValueError
        If the numbers take more than 100 KB, an array does not fit the
        controls, or a name is not there.
    """

    def __init__(self, title, caption, alt, controls, arrays, panels, status, table):
        self.title, self.caption, self.alt = title, caption, alt
        self.controls = {control.name: control for control in controls}
        self.table = [[str(text) for text in row] for row in table]
        self.arrays = arrays
        for name, array in arrays.items():
            self._check(name, array)
        self._check_slots([status, *_texts(panels)])
        size = sum(array.stored.nbytes for array in arrays.values())
        if size > LIMIT:
            largest = max(arrays, key=lambda name: arrays[name].stored.nbytes)
            raise ValueError(
                f"the recording of {title!r} holds {size} bytes, at most {LIMIT} fit; "
                f"the largest array is {largest!r} with shape {arrays[largest].stored.shape}: "
                "record fewer steps, or fewer examples"
            )
        headers, self.data = _pack(arrays)
        self.figure = {
            "title": title,
            "caption": caption,
            "controls": [vars(control) for control in controls],
            "panels": list(panels),
            "status": status,
            "words": WORDS,
            "arrays": headers,
        }

    def __getitem__(self, name):
        return self.arrays[name].values

    def __iter__(self):
        return iter(self.arrays)

    def __len__(self):
        return len(self.arrays)

    def __repr__(self):
        return f"{self.title}: {self.alt}"

    def fallback(self, attributes=""):
        """Return the figure as it can be read where nothing can be moved, as HTML."""
        head, *rows = self.table
        cells = ["".join(f"<td>{escape(text)}</td>" for text in row) for row in rows]
        failed = escape(say("This figure could not start; here are its numbers."))
        return (
            f'<figure class="dnn-live-figure"{attributes}>'
            f'<div class="dnn-live-fallback" data-failed="{failed}">'
            f"<p>{escape(self.alt)}</p><table><thead><tr>"
            + "".join(f'<th scope="col">{escape(text)}</th>' for text in head)
            + "</tr></thead><tbody>"
            + "".join(f"<tr>{row}</tr>" for row in cells)
            + f"</tbody></table></div><figcaption>{escape(self.caption)}</figcaption></figure>"
        )

    def _check(self, name, array):
        for axis, size in zip(array.axes, array.values.shape, strict=True):
            control = self.controls.get(axis)
            if control and len(control.values) != size:
                raise ValueError(
                    f"array {name!r} has {size} entries along {axis!r}, "
                    f"but that control has {len(control.values)} positions"
                )

    def _check_slots(self, texts):
        for name in {match[1] for text in texts for match in SLOT.finditer(text)}:
            free = [axis for axis in self._axes(name) if axis not in self.controls]
            if len(free) > 1:
                raise ValueError(f"{{{name}}} leaves the axes {free} open, at most one can be read")

    def _axes(self, name):
        if name in self.controls:
            return []
        if name not in self.arrays:
            raise ValueError(
                f"{{{name}}} names neither a control {list(self.controls)} "
                f"nor an array {list(self.arrays)}"
            )
        return self.arrays[name].axes


def _pack(arrays):
    """Return the headers of the arrays and their numbers in one block, the widest type first."""
    headers, blocks, at = {}, [], 0
    for name in sorted(arrays, key=lambda name: -arrays[name].stored.itemsize):
        array = arrays[name]
        headers[name] = {
            "axes": array.axes,
            "shape": list(array.stored.shape),
            "type": array.stored.dtype.name,
            "at": at,
        }
        blocks.append(array.stored.astype(array.stored.dtype.newbyteorder("<")).tobytes())
        at += array.stored.nbytes
    return headers, b"".join(blocks)


def _along(axes, values, dtype=float):
    """Return the names of the axes as a list, and the values as an array that has those axes."""
    axes = axes.split()
    name = f"the array with the axes {axes}"
    return axes, validate.numbers(values, name, dtype=dtype, axes=len(axes), finite=False)


def _texts(part):
    """Yield every string in nested lists and dicts."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, Mapping):
        yield from _texts(list(part.values()))
    elif isinstance(part, list | tuple):
        for inner in part:
            yield from _texts(inner)

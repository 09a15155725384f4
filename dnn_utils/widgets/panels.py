"""What ``draw.js`` draws: one function for each kind of panel, and parts that figures share.

A panel is a dict that ``draw.js`` reads. It is made by the function of its kind and by
nothing else: a key that ``draw.js`` does not know is an error in Python.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from ..language import say
from .recording import Exact

if TYPE_CHECKING:  # it takes time to load, which readers of a page would wait for
    import numpy.typing as npt

Panel = dict[str, Any]
Ticks = Sequence[Sequence[Any]]
"""Pairs of a place on the axis, and what is written there."""


def _keys(**keys: Any) -> Panel:
    """Return the keys that have a value; for the others, ``draw.js`` has its own."""
    return {name: value for name, value in keys.items() if value is not None}


def blocks(
    title: str,
    array: str,
    alt: str,
    *,
    cell: float | None = None,
    mark: Mapping[str, Panel] | None = None,
    since: tuple[str, int] | None = None,
    note: str | None = None,
    place: str | None = None,
) -> Panel:
    """Return a panel with a matrix as squares: the area is the size, a hollow one is negative.

    Parameters
    ----------
    title, alt : str
        What stands above it, and what can be seen, in words.
    array : str
        With one or two axes that are no controls.
    cell : float, optional
        The side of a cell, in pixels.
    mark : dict of str to dict, optional
        For ``"row"`` and ``"column"`` a `mark`: which one is framed.
    since : tuple of str and int, optional
        In a `grid`: a control, and the position from which on the panel is filled.
    note : str, optional
        What stands below it.
    place : {"wide", "tall"}, optional
        All columns of the figure, or two of its rows.
    """
    return _keys(
        kind="blocks",
        title=title,
        alt=alt,
        array=array,
        cell=cell,
        mark=mark,
        since=since and {"control": since[0], "position": since[1]},
        note=note,
        place=place,
    )


def mark(control: str, positions: Sequence[int] | None = None) -> Panel:
    """Return which row or column is framed: that of a control, or one for each position of it."""
    return _keys(control=control, positions=positions)


def curves(
    title: str,
    alt: str,
    lines: Sequence[Panel],
    *,
    xlim: Sequence[float],
    ylim: Sequence[float],
    xticks: Ticks,
    yticks: Ticks,
    xlabel: str,
    along: str | None = None,
    x: str | None = None,
    first: int | None = None,
    digits: str | None = None,
    dots: bool | None = None,
    height: int | None = None,
    note: str | None = None,
    place: str | None = None,
) -> Panel:
    """Return a panel with lines over an axis.

    Parameters
    ----------
    title, alt, note, place
        As `blocks`.
    lines : sequence of dict
        Each from `line`.
    xlim, ylim : sequence of float
        The ends of the axes.
    xticks, yticks : sequence of pairs
        Where there is a tick, and what is written there.
    xlabel : str
        What the horizontal axis counts.
    along : str, optional
        The control that moves a mark along the lines.
    x : str, optional
        The array of the places on the horizontal axis; 0, 1, ... if left out.
    first : int, optional
        Where these numbers start, if not at 0.
    digits : str, optional
        How the value at the mark is written in the legend; not at all if left out.
    dots : bool, optional
        Whether each value has a dot.
    height : int, optional
        In pixels.
    """
    return _keys(
        kind="curves",
        title=title,
        alt=alt,
        along=along,
        x=x,
        xlim=xlim,
        ylim=ylim,
        xticks=xticks,
        yticks=yticks,
        xlabel=xlabel,
        first=first,
        digits=digits,
        dots=dots,
        height=height,
        lines=lines,
        note=note,
        place=place,
    )


def line(
    array: str,
    label: str | None = None,
    *,
    x: str | None = None,
    along: bool | None = None,
    fixed: Mapping[str, int] | None = None,
    chosen: tuple[str, int] | None = None,
    style: int | None = None,
    path: bool | None = None,
) -> Panel:
    """Return a line of `curves`.

    Parameters
    ----------
    array : str
        The values.
    label : str, optional
        What the legend says; without it, the line is not in there.
    x : str, optional
        An array of places of its own.
    along : bool, optional
        False if the control of the panel moves the line itself, and no mark along it.
    fixed : dict of str to int, optional
        The position on axes that no control moves, or not for this line.
    chosen : tuple of str and int, optional
        A control, and the position at which the line is the bold one.
    style : int, optional
        Colour and dash, 0 to 4; the number of the line in its panel if left out.
    path : bool, optional
        False if only the mark is drawn.
    """
    return _keys(
        array=array,
        label=label,
        x=x,
        along=along,
        fixed=fixed,
        chosen=chosen and [*chosen],
        style=style,
        path=path,
    )


def field(
    title: str,
    array: str,
    extent: Sequence[float],
    *,
    fixed: Mapping[str, int] | None = None,
    size: int | None = None,
    point: float | None = None,
    note: str | None = None,
    place: str | None = None,
) -> Panel:
    """Return a panel with the probability minus one half over the plane, and the points.

    Parameters
    ----------
    title, note, place
        As `blocks`.
    array : str
        The values, the lowest row first.
    extent : sequence of 4 float
        Left, right, bottom and top of the plane; see `extent_of`.
    fixed : dict of str to int, optional
        The position on axes that no control moves.
    size : int, optional
        A side of the panel, in pixels.
    point : float, optional
        The radius of a point, in pixels.
    """
    return _keys(
        kind="field",
        title=title,
        alt=say(
            "{title}. The plane with the points: plain where the network says 1, hatched "
            "where it says 0.",
            title=title,
        ),
        array=array,
        extent=extent,
        x="x",
        y="y",
        labels="label",
        fixed=fixed,
        size=size,
        point=point,
        note=note,
        place=place,
    )


def network(
    title: str,
    alt: str,
    layers: Sequence[Panel],
    *,
    box: int | None = None,
    select: tuple[str, Sequence[tuple[int, int]]] | None = None,
    note: str | None = None,
    place: str | None = None,
) -> Panel:
    """Return a panel with the units of a network as boxes, one column a layer.

    Parameters
    ----------
    title, alt, note, place
        As `blocks`.
    layers : sequence of dict
        Each from `layer`, the input first.
    box : int, optional
        The side of a unit, in pixels.
    select : tuple of str and sequence of tuple of int, optional
        A control, and for each position of it the layer and the number of its unit: a click
        on the unit moves the control there.
    """
    return _keys(
        kind="network",
        title=title,
        alt=alt,
        layers=layers,
        box=box,
        select=select and {"control": select[0], "units": select[1]},
        note=note,
        place=place,
    )


def layer(
    units: int,
    label: str,
    *,
    names: Sequence[str] | None = None,
    field: str | None = None,
    values: str | None = None,
    weights: str | None = None,
    gradient: str | None = None,
) -> Panel:
    """Return a layer of `network`.

    Parameters
    ----------
    units : int
        How many.
    label : str
        What stands above them.
    names : sequence of str, optional
        What stands in each of them.
    field, values : str, optional
        The array that fills them: values over the plane, or one square.
    weights : str, optional
        The array of the lines from the layer before.
    gradient : str, optional
        The array of the bars below the units.
    """
    return _keys(
        units=units,
        label=label,
        names=names,
        field=field,
        values=values,
        weights=weights,
        gradient=gradient,
    )


def text(
    title: str,
    lines: Sequence[Any],
    *,
    by: str | None = None,
    note: str | None = None,
    place: str | None = None,
) -> Panel:
    """Return a panel with lines of a formula; ``{array:digits}`` in them is filled in.

    Parameters
    ----------
    title, note, place
        As `blocks`.
    lines : sequence of str, or of sequences of str
        What is written; with `by`, one set of lines for each of its positions.
    by : str, optional
        A control.
    """
    return _keys(kind="text", title=title, by=by, formula=True, lines=lines, note=note, place=place)


def table(
    title: str, columns: Sequence[Panel], *, note: str | None = None, place: str | None = None
) -> Panel:
    """Return a panel with columns of numbers, each from `column`; else as `blocks`."""
    return _keys(kind="table", title=title, columns=columns, note=note, place=place)


def column(head: str, array: str, digits: str) -> Panel:
    """Return a column of `table`: its head, its array, and the digits after the point."""
    return _keys(head=head, array=array, digits=digits)


def pictures(
    title: str,
    array: str,
    names: Sequence[str],
    *,
    side: int | None = None,
    values: Panel | None = None,
    right: str | None = None,
    note: str | None = None,
    place: str | None = None,
) -> Panel:
    """Return a panel with small pictures in colour.

    Parameters
    ----------
    title, note, place
        As `blocks`.
    array : str
        The pictures.
    names : sequence of str
        What each is called.
    side : int, optional
        Of a picture, in pixels.
    values : dict, optional
        From `value`: a number below each picture.
    right : str, optional
        The array that says whether the answer to a picture is right.
    """
    return _keys(
        kind="pictures",
        title=title,
        note=note,
        array=array,
        names=names,
        side=side,
        values=values,
        right=right,
        place=place,
    )


def value(text: str, array: str, digits: str) -> Panel:
    """Return the number below each of `pictures`: what stands before it, array and digits."""
    return _keys(text=text, array=array, digits=digits)


def shapes(
    title: str,
    *,
    by: str,
    equations: Sequence[Sequence[str]],
    arrays: Mapping[str, Sequence[str]],
    heads: Sequence[str],
    table: Mapping[str, Sequence[str]],
    unit: int,
    note: str | None = None,
    place: str | None = None,
) -> Panel:
    """Return a panel with an equation whose arrays are boxes, and the shapes of all arrays.

    Parameters
    ----------
    title, note, place
        As `blocks`.
    by : str
        The control that chooses the equation.
    equations : sequence of sequences of str
        The terms of each; the name of an array becomes a box.
    arrays : dict of str to sequence of 2 str
        For each array its two sides: a control whose value it is, or a number.
    heads : sequence of str
        The columns of the table of shapes.
    table : dict of str to sequence of str
        Its rows: the arrays in them, by what the row is called.
    unit : int
        The length of 1, in pixels.
    """
    return _keys(
        kind="shapes",
        title=title,
        by=by,
        place=place,
        unit=unit,
        equations=equations,
        arrays=arrays,
        heads=heads,
        table=table,
        note=note,
    )


def grid(
    title: str,
    columns: int,
    panels: Sequence[Panel],
    *,
    note: str | None = None,
    place: str | None = None,
) -> Panel:
    """Return a panel with other panels side by side, in so many columns; else as `blocks`."""
    return _keys(kind="grid", title=title, columns=columns, panels=panels, note=note, place=place)


KINDS = (blocks, curves, field, network, text, table, pictures, shapes, grid)
"""The kinds of panels, by the names that they have in ``draw.js``."""


def step_curves(
    title: str,
    lines: Sequence[Panel],
    steps: Sequence[int],
    top: float,
    *,
    height: int,
    note: str | None = None,
) -> Panel:
    """Return `curves` over the recorded steps, from 0 to `top`."""
    return curves(
        title,
        say("{title} at each recorded step.", title=title),
        lines,
        along="step",
        xlim=[0, len(steps) - 1] if len(steps) > 1 else [-1, 1],
        ylim=[0, 1.05 * top or 1],
        xticks=[[place, str(steps[place])] for place in places(len(steps), 5)],
        yticks=[[0, "0"], [top, f"{top:.2f}"]],
        xlabel=say("step"),
        digits="3",
        height=height,
        note=note,
    )


def lines_by(control: str, array: str, labels: Sequence[str]) -> list[Panel]:
    """Return one line for each position of a control, and the present one is bold."""
    return [
        line(array, label, fixed={control: k}, chosen=(control, k))
        for k, label in enumerate(labels)
    ]


def largest(*arrays: npt.ArrayLike) -> float:
    """Return the largest finite absolute value in the arrays, or 0."""
    return max(float(np.abs(a[np.isfinite(a)]).max(initial=0)) for a in map(np.asarray, arrays))


def places(count: int, most: int) -> list[int]:
    """Return at most `most` of the positions 0 ... count - 1, the first and the last among them."""
    return np.unique(np.linspace(0, count - 1, most).astype(int)).tolist()


def extent_of(X: np.ndarray) -> list[float]:
    """Return left, right, bottom and top of a square around the points."""
    low, high = X.min(axis=1), X.max(axis=1)
    middle, half = (low + high) / 2, 0.55 * np.max(high - low) or 1.0
    return np.column_stack([middle - half, middle + half]).ravel().tolist()


def points(X: np.ndarray, Y: np.ndarray) -> dict[str, Exact]:
    """Return the arrays that `field` needs: the points of the plane, and their labels."""
    return {
        name: Exact("example", v) for name, v in zip(("x", "y", "label"), (*X, *Y), strict=True)
    }


def plane(extent: Sequence[float], side: int) -> np.ndarray:
    """Return the middles of side x side squares as columns, the lowest row of them first."""
    left, right, bottom, top = extent
    at = (np.arange(side) + 0.5) / side
    x, y = np.meshgrid(left + at * (right - left), bottom + at * (top - bottom))
    return np.stack([x.ravel(), y.ravel()])

"""The charts and the pictures of the chapters."""

from __future__ import annotations

import base64
import io
import reprlib
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.figure import Figure as Drawing
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from PIL import Image

from .. import validate
from ..language import display_width, say
from .style import (
    BACKWARD,
    BOTTOM,
    DASHED_LINE,
    FORWARD,
    LEFT,
    LETTER,
    LINE,
    LINES,
    MUTED,
    TOP,
    WIDTH,
    Figure,
    as_figure,
)

if TYPE_CHECKING:  # it takes time to load, which readers of a page would wait for
    import numpy.typing as npt

Line = dict[str, Any]
Point = tuple[float, float]


@as_figure
def naive_sigmoid(
    z: npt.ArrayLike, naive: npt.ArrayLike, stable: npt.ArrayLike
) -> tuple[Drawing, str]:
    """Draw where a naive sigmoid is NaN, beside one that never is.

    Parameters
    ----------
    z : array_like, shape (k,)
        Where the two were evaluated, ascending.
    naive : array_like, shape (k,)
        The values of the naive one, NaN allowed.
    stable : array_like, shape (k,)
        The values of the stable one.

    Returns
    -------
    Figure

    Raises
    ------
    ValueError
        If an array is not as described; the message names it.
    """
    z = validate.ascending(z, "z")
    naive = validate.numbers(naive, "naive", axes=1, shape=z.shape, finite=False)
    stable = validate.numbers(stable, "stable", axes=1, shape=z.shape)

    drawing, (ax,) = _panels()
    ax.plot(z, stable, gid="stable", color=FORWARD, linewidth=7, alpha=0.4)
    ax.plot(z, naive, gid="naive", **DASHED_LINE)
    ax.set(xlabel="z", xlim=(z[0], z[-1]), ylim=(-0.06, 1.06), yticks=(0, 0.5, 1))
    ax.locator_params(axis="x", nbins=5)
    ax.text(0, 1.06, say("wide: stable"), color=FORWARD, transform=ax.transAxes)
    ax.text(1, 1.06, say("dashed: naive"), color=BACKWARD, transform=ax.transAxes, ha="right")
    where = []
    for run in _runs(np.isnan(naive)):
        first, last = z[run][[0, -1]]
        ax.axvspan(first, last, facecolor="none", hatch="//", linewidth=0, alpha=0.6)
        where.append(say("{low} to {high}", low=f"{first:g}", high=f"{last:g}"))
    if where:
        text = say("naive: NaN for z from") + "\n" + f"\n{say('and')} ".join(where)
        ax.text(0.04, 0.56, text, color=BACKWARD, transform=ax.transAxes)
    alt = say(
        "Two sigmoids for z from {low} to {high}. The stable one rises from {first} to {last}.",
        low=f"{z[0]:g}",
        high=f"{z[-1]:g}",
        first=f"{stable[0]:.3g}",
        last=f"{stable[-1]:.3g}",
    )
    if not where:
        return drawing, f"{alt} {say('The naive one is never NaN.')}"
    where = f" {say('and')} ".join(where)
    return drawing, f"{alt} {say('The naive one is NaN for z from {where}.', where=where)}"


@as_figure
def costs(curves: Mapping[str, npt.ArrayLike], xlabel: str = "iteration") -> tuple[Drawing, str]:
    """Draw how the cost changes while a network is trained.

    Parameters
    ----------
    curves : dict of str to array_like, shape (k,)
        At most four labels, each with the costs one after the other, the
        first one positive and finite. A curve that grows to more than twice
        the highest first cost, or becomes NaN or infinite, is cut off there
        and says so.
    xlabel : str
        What is counted along the horizontal axis.

    Returns
    -------
    Figure

    Raises
    ------
    ValueError
        If `curves` is not as described; the message names the curve.
    """
    curves = _labelled_arrays(curves, "curves", finite=False, at_most=len(LINES))
    for label, values in curves.items():
        if not 0 < values[0] < np.inf:
            raise ValueError(
                f"curves[{label!r}] must start with a positive, finite cost, got {values[0]:g}"
            )
        if np.nanmin(values) < 0:
            raise ValueError(f"curves[{label!r}] holds a negative cost, {np.nanmin(values):g}")
    limit = 2 * max(values[0] for values in curves.values())
    gone = {label: _first(~(values <= limit)) for label, values in curves.items()}
    staying = [label for label in curves if gone[label] is None]
    highest = max(values[: gone[label]].max() for label, values in curves.items())
    steps = max(len(values) for values in curves.values()) - 1

    drawing, (ax,) = _panels(height=250, right=_room(staying))
    xlabel = say("iteration") if xlabel == "iteration" else xlabel
    ax.set(title=say("cost"), xlabel=xlabel, xlim=(0, max(1, steps)))
    ax.set_ylim(0, limit if len(staying) < len(curves) else 1.08 * highest)
    ends, words, lines = [], [], 0
    for number, (label, values) in enumerate(curves.items()):
        line, stop = LINES[number], gone[label]
        if stop is None:
            ax.plot(values, gid=f"curve-{number}", **line)
            ends.append((label, len(values) - 1, values[-1], line))
            first, last = f"{values[0]:.3g}", f"{values[-1]:.3g}"
            words.append(
                say("{label}: from {first} to {last}.", label=label, first=first, last=last)
            )
            continue
        before, after = values[stop - 1], values[stop]
        x = stop - (after - limit) / (after - before) if np.isfinite(after) else stop
        ax.plot([*range(stop), x], [*values[:stop], limit], gid=f"curve-{number}", **line)
        ax.plot(x, limit, "^", color=line["color"], clip_on=False)
        fate = say("leaves the picture at {xlabel} {stop}.", xlabel=xlabel, stop=stop)
        words.append(f"{label}: {fate}")
        text = words[-1].rstrip(".")
        text = textwrap.fill(text, 28 * len(text) // display_width(text))
        side, right = ("left", 10) if x < steps / 2 else ("right", -10)
        style = {"color": line["color"], "ha": side, "va": "top", "ma": "left"}
        _note(ax, text, (x, limit), (right, -6 - 15 * lines), **style)
        lines += 1 + text.count("\n")
    _label_ends(ax, ends)
    return drawing, f"{say('Cost against {xlabel}.', xlabel=xlabel)} {' '.join(words)}"


@as_figure
def descent_path(
    w: npt.ArrayLike, cost: npt.ArrayLike, paths: Mapping[str, npt.ArrayLike]
) -> tuple[Drawing, str]:
    """Draw the steps of gradient descent on the curve of the cost.

    Parameters
    ----------
    w : array_like, shape (k,)
        Values of the only parameter, ascending.
    cost : array_like, shape (k,)
        The cost for each of them.
    paths : dict of str to array_like, shape (steps + 1,)
        For each label the values that the parameter takes, one after the
        other, the first one within `w`. The others may be anywhere, or NaN or
        infinite: a path that leaves `w` is cut off there and says so.

    Returns
    -------
    Figure
        One panel per path.

    Raises
    ------
    ValueError
        If an argument is not as described; the message names it.
    """
    w = validate.ascending(w, "w")
    cost = validate.numbers(cost, "cost", axes=1, shape=w.shape)
    paths = _labelled_arrays(paths, "paths", finite=False)
    for label, path in paths.items():
        if not w[0] <= path[0] <= w[-1]:
            raise ValueError(
                f"paths[{label!r}] must start within w, that is from {w[0]:g} to {w[-1]:g}, "
                f"got {path[0]:g}"
            )

    drawing, axes = _panels(len(paths), height=180)
    height = np.ptp(cost) or 1
    words = []
    for number, (ax, (label, path)) in enumerate(zip(axes, paths.items(), strict=True)):
        stop = _first(~((path >= w[0]) & (path <= w[-1])))
        if stop is None:
            fate = say("{number} steps", number=len(path) - 1)
        else:
            fate = say("leaves the picture at step {number}", number=stop)
        inside = path[:stop]
        at = np.interp(inside, w, cost)
        ax.set(title=f"{say('cost')}, {label}: {fate}", xlim=(w[0], w[-1]))
        ax.set_ylim(cost.min() - 0.35 * height, cost.max() + 0.3 * height)
        ax.plot(w, cost, color=MUTED, linewidth=1.4)
        ax.plot(inside, at, "o", color=FORWARD, markersize=5, gid=f"path-{number}")
        _number_points(ax, inside, at)
        if stop is None or np.isnan(path[stop]):
            ax.plot(*_arcs(inside, w, cost), color=FORWARD, linewidth=1.2)
        else:
            edge = np.clip(path[stop], w[0], w[-1])
            ax.plot(*_arcs([*inside, edge], w, cost), color=FORWARD, linewidth=1.2)
            arrow = "<" if edge == w[0] else ">"
            ax.plot(edge, np.interp(edge, w, cost), arrow, color=FORWARD, clip_on=False)
        way = say("from w = {a} to {b}", a=f"{path[0]:.3g}", b=f"{inside[-1]:.3g}")
        words.append(f"{label}: {fate}, {way}.")
    axes[-1].set_xlabel("w")
    lowest = say("The cost is lowest at w = {w}.", w=f"{w[np.argmin(cost)]:.3g}")
    title = say("Steps of gradient descent on the curve of a cost.")
    return drawing, f"{title} {lowest} {' '.join(words)}"


@as_figure
def heatmaps(arrays: Mapping[str, npt.ArrayLike], rows: str, columns: str) -> tuple[Drawing, str]:
    """Draw arrays side by side, with one colour scale and zero in its middle.

    Positive values are blue, negative ones rust. The numbers stand in the
    cells; where they do not fit, negative cells are struck through.

    Parameters
    ----------
    arrays : dict of str to array_like, shape (n, k)
        For each title an array of at most 60 rows and 60 columns.
    rows, columns : str
        What one row and one column stands for.

    Returns
    -------
    Figure

    Raises
    ------
    ValueError
        If `arrays` is not as described; the message names the array.
    """
    arrays = _labelled_arrays(arrays, "arrays", axes=2)
    for title, array in arrays.items():
        if max(array.shape) > 60:
            raise ValueError(
                f"arrays[{title!r}] must have at most 60 rows and columns, got {array.shape}"
            )
    largest = max(np.abs(array).max() for array in arrays.values())
    panels = [(title, array, *_cells(array)) for title, array in arrays.items()]
    sizes = [
        (max(array.shape[1] * width, LETTER * len(title)), array.shape[0] * height + 24)
        for title, array, _, width, height in panels
    ]
    corners, bottom = _flow(sizes, gap=16)
    whole = bottom + 28
    drawing = Drawing((WIDTH / 72, whole / 72), dpi=72)
    for number, (panel, (x, y)) in enumerate(zip(panels, corners, strict=True)):
        title, array, texts, width, height = panel
        n, k = array.shape
        box = (x + 2, whole - y - 24 - n * height, k * width, n * height)
        ax = drawing.add_axes(np.divide(box, (WIDTH, whole, WIDTH, whole)), gid=f"array-{number}")
        ax.set(title=title, xlim=(0, k), ylim=(n, 0))
        ax.set_axis_off()
        _fill_cells(ax, array, largest)
        if texts is None:
            _strike_negative(ax, array)
        else:
            for (i, j), text in np.ndenumerate(texts):
                ax.text(j + 0.5, i + 0.5, text, ha="center", va="center_baseline")
    called = {"unit": say("unit"), "input": say("input"), "example": say("example")}
    rows, columns = called.get(rows, rows), called.get(columns, columns)
    legend = say("one row per {rows}, one column per {columns}", rows=rows, columns=columns)
    drawing.text(2 / WIDTH, 6 / whole, legend, color=MUTED)
    words = [f"{title}, {_in_words(array)}." for title, array in arrays.items()]
    return drawing, f"{say('Heat maps, {legend}.', legend=legend)} {' '.join(words)}"


@as_figure
def gradient_norms(norms: Mapping[str, npt.ArrayLike]) -> tuple[Drawing, str]:
    """Draw the size of the gradient of every layer, on a logarithmic scale.

    Parameters
    ----------
    norms : dict of str to array_like, shape (L,)
        At most four labels, each with the norm of ``dW`` of the layers
        1 ... L, all positive.

    Returns
    -------
    Figure

    Raises
    ------
    ValueError
        If `norms` is not as described; the message names the entry.
    """
    norms = _labelled_arrays(norms, "norms", at_most=len(LINES))
    for label, values in norms.items():
        if values.min() <= 0:
            raise ValueError(
                f"norms[{label!r}] must be positive, since the scale is logarithmic; "
                f"the smallest is {values.min():g}"
            )
    drawing, (ax,) = _panels(right=_room(norms))
    depth = max(len(values) for values in norms.values())
    ax.set(title=say("norm of dW"), xlabel=say("layer"), xticks=range(1, depth + 1), yscale="log")
    values = np.concatenate(list(norms.values()))
    low, high = np.floor(np.log10(values.min())), np.ceil(np.log10(values.max()))
    ax.set_ylim(10.0**low, 10.0 ** max(high, low + 1))
    ax.yaxis.set_major_formatter(lambda value, _: _power(value))
    ends = []
    for number, (label, values) in enumerate(norms.items()):
        line = LINES[number]
        ax.plot(range(1, len(values) + 1), values, "o", gid=f"norm-{number}", clip_on=False, **line)
        ends.append((label, len(values), values[-1], line))
    _label_ends(ax, ends)
    words = [
        say(
            "{label}: from {first} in layer 1 to {last} in layer {number}.",
            label=label,
            first=f"{v[0]:.2g}",
            last=f"{v[-1]:.2g}",
            number=len(v),
        )
        for label, v in norms.items()
    ]
    title = say("Norm of dW for each layer, on a logarithmic scale.")
    return drawing, f"{title} {' '.join(words)}"


def pictures(images: npt.ArrayLike, names: Sequence[str]) -> Figure:
    """Show small pictures side by side, each with its name.

    Parameters
    ----------
    images : ndarray of uint8, shape (k, height, width, 3)
        Red, green and blue, 0 to 255.
    names : sequence of str, length k
        What each picture is called.

    Returns
    -------
    Figure

    Raises
    ------
    ValueError
        If `images` or `names` is not as described; the message names it.
    """
    images = validate.images(images, "images")
    if not images.size:
        raise ValueError(f"images must not be empty, got shape {images.shape}")
    names = [str(name) for name in names]
    if len(names) != len(images):
        raise ValueError(f"names must be {len(images)}, one per picture, got {len(names)}")
    grid = "display: grid; grid-template-columns: repeat(auto-fill, minmax(6.5em, 1fr)); gap: 1em"
    items = "".join(map(_picture, images, names))
    alt = say("Pictures: {names}.", names=", ".join(names))
    return Figure(f'<div style="{grid}">{items}</div>', alt)


def _picture(image: np.ndarray, name: str) -> str:
    png = io.BytesIO()
    pixels = ScalarMappable().to_rgba(image, bytes=True)[..., :3]  # nothing is transparent
    colours, places = np.unique(pixels.reshape(-1, 3), axis=0, return_inverse=True)
    picture = Image.fromarray(pixels)
    if len(colours) <= 256:  # then their numbers are half as long
        picture = Image.fromarray(places.reshape(pixels.shape[:2]).astype(np.uint8))
        picture.putpalette(colours.tobytes())
    picture.save(png, "PNG", optimize=True)
    data = base64.b64encode(png.getvalue()).decode()
    style = "font-size: 0.8em; line-height: 1.3; overflow-wrap: anywhere"
    return (
        f'<div style="{style}"><img src="data:image/png;base64,{data}" width="64" height="64" '
        f'alt="{escape(say("Drawing: {name}", name=name))}" /><br />{escape(name)}</div>'
    )


def _labelled_arrays(
    values: Mapping[str, npt.ArrayLike],
    name: str,
    axes: int = 1,
    finite: bool = True,
    at_most: int = 8,
) -> dict[str, np.ndarray]:
    """Return the dict `values` with arrays of floats, or say what is wrong with it."""
    if not isinstance(values, Mapping) or not 1 <= len(values) <= at_most:
        raise ValueError(
            f"{name} must be a dict of 1 to {at_most} labels and arrays, got {reprlib.repr(values)}"
        )
    return {
        str(label): validate.numbers(array, f"{name}[{label!r}]", axes=axes, finite=finite)
        for label, array in values.items()
    }


def _panels(number: int = 1, height: float = 220, right: float = 18) -> tuple[Drawing, list[Axes]]:
    """Return a drawing with `number` axes, one above the other, each `height` points high."""
    whole = number * height
    drawing = Drawing((WIDTH / 72, whole / 72), dpi=72)
    size = ((WIDTH - LEFT - right) / WIDTH, (height - TOP - BOTTOM) / whole)
    axes = [
        drawing.add_axes((LEFT / WIDTH, (i * height + BOTTOM) / whole, *size))
        for i in reversed(range(number))
    ]
    return drawing, axes


def _minus(text: str) -> str:
    return text.replace("-", "\N{MINUS SIGN}")


def _power(value: float) -> str:
    """Return a power of ten as people write it."""
    exponent = str(round(np.log10(value)))
    return "10" + exponent.translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))


def _wrap(label: str) -> str:
    return textwrap.fill(label, 13)


def _room(labels: Iterable[str]) -> float:
    """Return the width in points that `labels` need beside the axes."""
    lines = [line for label in labels for line in _wrap(label).splitlines()]
    return 22 + LETTER * max(map(len, lines)) if lines else 18


def _label_ends(ax: Axes, ends: list[tuple[str, float, float, Line]]) -> None:
    """Write a label beside the end of each curve; lead lines keep them apart."""
    ends = sorted(ends, key=lambda end: end[2])
    y = [ax.transData.transform((0, end[2]))[1] for end in ends]
    heights = [15 * (1 + _wrap(end[0]).count("\n")) for end in ends]
    for i in range(1, len(y)):
        y[i] = max(y[i], y[i - 1] + (heights[i - 1] + heights[i]) / 2)
    edge = ax.get_window_extent().x1
    for (label, x, value, line), at in zip(ends, y, strict=True):
        target = ax.transData.inverted().transform((edge + 12, at))
        lead = {"color": line["color"], "linewidth": 0.8, "clip_on": False}
        ax.plot((x, target[0]), (value, target[1]), **lead)
        _note(ax, _wrap(label), target, (3, 0), color=line["color"], va="center")


def _note(ax: Axes, text: object, point: Point, shift: Point, **style: Any) -> None:
    """Write `text` beside a point of the curve, `shift` is in points."""
    style = {"textcoords": "offset points", "annotation_clip": False, **style}
    ax.annotate(text, point, shift, **style)


def _arcs(path: npt.ArrayLike, w: np.ndarray, cost: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return x and y of one arc for every step of `path`, the higher the longer the step."""
    at = np.interp(path, w, cost)
    start, end = np.array([path[:-1], at[:-1]]), np.array([path[1:], at[1:]])
    t = np.append(np.linspace(0, 1, 25), np.nan)  # NaN is a gap between two arcs
    x, y = start[..., None] * (1 - t) + end[..., None] * t
    lift = 0.25 * np.ptp(cost) * np.abs(end[0] - start[0]) / np.ptp(w)
    return x.ravel(), (y + 4 * lift[:, None] * t * (1 - t)).ravel()


def _number_points(ax: Axes, x: np.ndarray, y: np.ndarray) -> None:
    """Number the points of a path from 0, as long as they are far enough apart to be read."""
    numbered = []
    for step, point in enumerate(ax.transData.transform(np.column_stack([x, y]))):
        if all(np.hypot(*(point - other)) > 18 for other in numbered):
            _note(ax, step, (x[step], y[step]), (0, -5), ha="center", va="top")
            numbered.append(point)


def _first(mask: np.ndarray) -> int | None:
    """Return the index of the first True in `mask`, or None."""
    return int(np.argmax(mask)) if mask.any() else None


def _runs(mask: np.ndarray) -> list[slice]:
    """Return the runs of True in `mask`, as slices."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], mask, [0]])))
    return [slice(first, end) for first, end in edges.reshape(-1, 2)]


def _cells(array: np.ndarray) -> tuple[np.ndarray | None, float, float]:
    """Return the texts of the cells, or None where they do not fit, and a cell's size."""
    largest = np.abs(array).max()
    decimals = int(np.clip(1 - np.floor(np.log10(largest)), 1, 4)) if largest else 1
    texts = np.vectorize(lambda value: _minus(f"{value:z.{decimals}f}"))(array)
    width = 8 + LETTER * max(map(len, texts.flat))
    if array.shape[0] <= 12 and array.shape[1] * width <= WIDTH - 4:
        return texts, width, 26
    side = min(20, (WIDTH - 4) / array.shape[1])
    return None, side, side


def _flow(
    sizes: Iterable[tuple[float, float]], gap: float
) -> tuple[list[tuple[float, float]], float]:
    """Place boxes like the words of a text; return their corners and where the last line ends."""
    corners, x, y, line = [], 0, 0, 0
    for width, height in sizes:
        if x and x + width > WIDTH - 4:
            x, y, line = 0, y + line + gap, 0
        corners.append((x, y))
        x, line = x + width + gap, max(line, height)
    return corners, y + line


def _fill_cells(ax: Axes, array: np.ndarray, largest: float) -> None:
    """Fill the cells with the colour of their sign, the stronger the larger the value."""
    strength = np.round(10 * np.abs(array) / (largest or 1)) * np.where(array < 0, -1, 1)
    for level in np.unique(strength):
        cells = [
            Path([(j, i), (j + 1, i), (j + 1, i + 1), (j, i + 1), (j, i)], closed=True)
            for i, j in np.argwhere(strength == level)
        ]
        color = (BACKWARD if level < 0 else FORWARD, 0.05 * abs(level))  # pale: text stands on it
        shape = Path.make_compound_path(*cells)
        ax.add_patch(PathPatch(shape, facecolor=color, edgecolor=LINE, clip_on=False))


def _strike_negative(ax: Axes, array: np.ndarray) -> None:
    i, j = np.nonzero(array < 0)
    gap = np.full(i.size, np.nan)
    x, y = np.column_stack([j, j + 1, gap]), np.column_stack([i + 1, i, gap])
    strikes = {"gid": f"{ax.get_gid()}-negative", "color": BACKWARD, "linewidth": 0.7}
    ax.plot(x.ravel(), y.ravel(), **strikes)


def _in_words(array: np.ndarray) -> str:
    rows, columns = array.shape
    low, high = array.min(), array.max()
    if low == high:
        values = say("all values {low}", low=f"{low:.2g}")
    else:
        values = say("values from {low} to {high}", low=f"{low:.2g}", high=f"{high:.2g}")
    same = f", {say('all rows equal')}" if rows > 1 and np.allclose(array, array[0]) else ""
    return f"{say('{rows} by {columns}', rows=rows, columns=columns)}: {values}{same}"

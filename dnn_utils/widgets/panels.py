"""Parts that several figures share."""

import numpy as np

from ..language import say
from .recording import Exact


def largest(*arrays):
    """Return the largest finite absolute value in the arrays, or 0."""
    return max(float(np.abs(a[np.isfinite(a)]).max(initial=0)) for a in map(np.asarray, arrays))


def places(count, most):
    """Return at most `most` of the positions 0 ... count - 1, the first and the last among them."""
    return np.unique(np.linspace(0, count - 1, most).astype(int)).tolist()


def step_curves(title, lines, steps, top, **more):
    """Return a panel with curves over the recorded steps, from 0 to `top`."""
    return {
        "kind": "curves",
        "title": title,
        "alt": say("{title} at each recorded step.", title=title),
        "along": "step",
        "xlim": [0, len(steps) - 1] if len(steps) > 1 else [-1, 1],
        "ylim": [0, 1.05 * top or 1],
        "xticks": [[place, str(steps[place])] for place in places(len(steps), 5)],
        "yticks": [[0, "0"], [top, f"{top:.2f}"]],
        "xlabel": say("step"),
        "digits": "3",
        "lines": lines,
        **more,
    }


def extent_of(X):
    """Return left, right, bottom and top of a square around the points."""
    low, high = X.min(axis=1), X.max(axis=1)
    middle, half = (low + high) / 2, 0.55 * np.max(high - low) or 1.0
    return np.column_stack([middle - half, middle + half]).ravel().tolist()


def points(X, Y):
    """Return the arrays that `field` needs: the points of the plane, and their labels."""
    return {
        name: Exact("example", v) for name, v in zip(("x", "y", "label"), (*X, *Y), strict=True)
    }


def plane(extent, side):
    """Return the middles of side x side squares as columns, the lowest row of them first."""
    left, right, bottom, top = extent
    at = (np.arange(side) + 0.5) / side
    x, y = np.meshgrid(left + at * (right - left), bottom + at * (top - bottom))
    return np.stack([x.ravel(), y.ravel()])


def field(title, array, extent, **more):
    """Return a panel with the probability minus one half over the plane, and the points."""
    return {
        "kind": "field",
        "title": title,
        "alt": say(
            "{title}. The plane with the points: plain where the network says 1, hatched "
            "where it says 0.",
            title=title,
        ),
        "array": array,
        "extent": extent,
        "x": "x",
        "y": "y",
        "labels": "label",
        **more,
    }

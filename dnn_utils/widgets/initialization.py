"""Initialisation: units that start equal stay copies of each other."""

import numpy as np

from ..datasets import make_circle
from ..forward import L_model_forward
from ..language import say
from . import panels
from .panels import extent_of, largest, places, plane, points
from .recording import Control, Drawn, Exact, Recording
from .training import initial_parameters, record_training, snapshot, spaced_steps, stack

UNITS, EXAMPLES, GRID = 4, 20, 22


def symmetry(steps=None, learning_rate=0.5):
    """Record four starts of a network of 2, 4 and 1 units: zero, all equal, times 0.01, He.

    Parameters
    ----------
    steps : sequence of int, optional
        After how many updates to look.
    learning_rate : float
        Length of an update.

    Returns
    -------
    Recording
        ``W1``, ``W2``, ``A1`` (of some examples), ``border``, ``cost`` and
        ``different``, the number of hidden units of which no two are equal; the
        first axes are start and step.

    Raises
    ------
    ValueError
        If there are no steps.
    """
    X, Y = make_circle(200)
    extent = extent_of(X)
    pixels = plane(extent, GRID)

    def look(parameters, X, Y):
        seen = snapshot(parameters, X, Y)
        border = L_model_forward(pixels, parameters)[0].reshape(GRID, GRID) - 0.5
        units = np.hstack([seen["W1"], seen["b1"], seen["W2"].T]).round(9)
        return {
            "W1": seen["W1"],
            "W2": seen["W2"],
            "A1": seen["A1"][:, :EXAMPLES],
            "border": border,
            "cost": seen["cost"],
            "different": np.array(len(np.unique(units, axis=0))),
        }

    steps = spaced_steps(2000, 30) if steps is None else list(steps)
    starts = _starts()
    runs = [record_training(p, X, Y, steps, learning_rate, look) for p in starts.values()]
    run = stack(runs)
    return Recording(
        title=say("Four starts"),
        caption=say(
            "Predict for each start: how many different hidden units will the network have "
            "at the end? Then choose one and move the slider."
        ),
        alt=_alt(starts, run, steps),
        controls=[
            Control("start", say("Start"), starts, kind="choice"),
            Control("step", say("Step"), steps, play=True),
        ],
        arrays={
            "cost": Exact("start step", run["cost"]),
            "different": Exact("start step", run["different"]),
            "W1": Drawn("start step unit input", run["W1"]),
            "W2": Drawn("start step output unit", run["W2"]),
            "A1": Drawn("start step unit example", run["A1"]),
            "border": Drawn("start step row column", run["border"], limit=0.5),
            **points(X, Y),
        },
        panels=_panels(list(starts), steps, extent, run["cost"]),
        status=say(
            "{start}, after {step} steps: cost {cost:3}. "
            "Different hidden units: {different:0} of {units}.",
            units=UNITS,
        ),
        table=_table(starts, run, steps),
    )


def _starts():
    """Return the first parameters of a network of 2, 4 and 1 units, by label."""
    he = initial_parameters([2, UNITS, 1], "he", seed=3)
    zero = {key: np.zeros_like(value) for key, value in he.items()}
    equal = {key: value + 0.5 * (key[0] == "W") for key, value in zero.items()}
    classic = initial_parameters([2, UNITS, 1], "classic", seed=3)
    return {say("zero"): zero, say("all equal"): equal, "× 0.01": classic, "He": he}


def _panels(labels, steps, extent, cost):
    lines = panels.lines_by("start", "cost", labels)
    return [
        _blocks("W1", say("W1: one row a unit"), 26, say("Filled is positive, hollow negative.")),
        panels.field(
            say("What the network says"), "border", extent, size=220, point=2.4, place="tall"
        ),
        _blocks("W2", say("W2: what the output makes of each unit"), 26, ""),
        _blocks("A1", say("A1: what each unit gives out for {m} examples", m=EXAMPLES), 14, ""),
        panels.step_curves(say("Cost"), lines, steps, largest(cost), height=170),
    ]


def _blocks(array, title, cell, note):
    alt = say("{title}. Squares, filled if positive, hollow if negative.", title=title)
    return panels.blocks(title, array, alt, cell=cell, note=note)


def _table(starts, run, steps):
    rows = [
        [
            label,
            steps[i],
            f"{run['cost'][k, i]:.3f}",
            say("{i} of {n}", i=run["different"][k, i], n=UNITS),
        ]
        for k, label in enumerate(starts)
        for i in places(len(steps), 3)
    ]
    return [[say("start"), say("step"), say("cost"), say("different hidden units")], *rows]


def _alt(starts, run, steps):
    words = [
        say(
            "{start}: different hidden units {different}, cost {cost}.",
            start=label,
            different=run["different"][k, -1],
            cost=f"{run['cost'][k, -1]:.2f}",
        )
        for k, label in enumerate(starts)
    ]
    return " ".join([say("Four starts of one network after {n} steps.", n=steps[-1]), *words])

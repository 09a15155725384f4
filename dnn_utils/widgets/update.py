"""Update: the same start with several learning rates."""

from ..datasets import make_circle
from ..forward import L_model_forward
from ..language import say
from . import panels
from .panels import extent_of, largest, places, plane, points
from .recording import Control, Drawn, Exact, Recording
from .training import (
    initial_parameters,
    parameters_of,
    points_of,
    record_training,
    snapshot,
    spaced_steps,
    stack,
)

GRID = 24


def learning_rates(rates=(0.1, 0.5, 2, 20), network=None, X=None, Y=None, steps=None):
    """Record one network trained with several learning rates.

    Parameters
    ----------
    rates : sequence of float, 1 to 4 of them
        The learning rates.
    network : DeepNeuralNetwork or dict, optional
        Where every training starts; it stays as it is. Its first layer takes two numbers.
    X : ndarray, shape (2, m), optional
        Points of the plane; those in and around a circle, if left out.
    Y : ndarray, shape (1, m), optional
        Their labels.
    steps : sequence of int, optional
        After how many updates to look.

    Returns
    -------
    Recording
        ``border``, axes rate, step, row and column, the probability minus one
        half over the plane; ``cost`` and ``percent`` for each rate and step.

    Raises
    ------
    ValueError
        If there are no steps, not 1 to 4 rates, or the network does not take two numbers.
    """
    if not 1 <= len(rates) <= 4:
        raise ValueError(f"rates must be 1 to 4 learning rates, got {rates!r}")
    if X is None:
        X, Y = make_circle(200)
    if network is None:
        network = initial_parameters([2, 8, 1], "classic", seed=3)
    parameters = parameters_of(network)
    X, Y = points_of(parameters, X, Y)
    steps = spaced_steps(1000, 30) if steps is None else list(steps)
    extent = extent_of(X)
    pixels = plane(extent, GRID)

    def look(parameters, X, Y):
        seen = snapshot(parameters, X, Y)
        border = L_model_forward(pixels, parameters)[0].reshape(GRID, GRID) - 0.5
        return {"border": border, "cost": seen["cost"], "percent": 100 * seen["right"]}

    runs = [record_training(parameters, X, Y, steps, rate, look) for rate in rates]
    run = stack(runs)
    labels = [say("rate {rate}", rate=f"{rate:g}") for rate in rates]
    costs = [
        say("{rate}: cost {cost}", rate=label, cost=f"{{cost{k}:3}}")
        for k, label in enumerate(labels)
    ]
    return Recording(
        title=say("Learning rates"),
        caption=say(
            "All start from the same place. Predict: which one moves first, which one ends "
            "lowest, and which one never gets there?"
        ),
        alt=_alt(labels, run, steps),
        controls=[Control("step", say("Step"), steps, play=True)],
        arrays={
            "border": Drawn("rate step row column", run["border"], limit=0.5),
            "cost": Exact("rate step", run["cost"]),
            "percent": Exact("rate step", run["percent"]),
            **{f"cost{k}": Exact("step", cost) for k, cost in enumerate(run["cost"])},
            **points(X, Y),
        },
        panels=_panels(labels, run, steps, extent),
        status=say("After {step} steps: {costs}.", costs=", ".join(costs)),
        table=_table(labels, run, steps),
    )


def _panels(labels, run, steps, extent):
    fields = [
        panels.field(label, "border", extent, fixed={"rate": k}, size=150, point=1.6)
        for k, label in enumerate(labels)
    ]
    lines = [panels.line("cost", label, fixed={"rate": k}) for k, label in enumerate(labels)]
    top = 2 * largest(run["cost"][:, 0])
    above = say("▲: above this picture.")
    return [
        panels.grid(say("What the network says, for each rate"), 2, fields),
        panels.step_curves(say("Cost"), lines, steps, top, height=260, note=above),
    ]


def _table(labels, run, steps):
    rows = [
        [
            label,
            steps[i],
            f"{run['cost'][k, i]:.3f}",
            f"{run['percent'][k, i]:.0f} %",
        ]
        for k, label in enumerate(labels)
        for i in places(len(steps), 3)
    ]
    return [[say("run"), say("step"), say("cost"), say("points on the right side")], *rows]


def _alt(labels, run, steps):
    words = [
        say(
            "{rate}: cost {cost}, {percent} % right.",
            rate=label,
            cost=f"{run['cost'][k, -1]:.2f}",
            percent=f"{run['percent'][k, -1]:.0f}",
        )
        for k, label in enumerate(labels)
    ]
    seen = say(
        "One network after {steps} steps with {count} rates.", steps=steps[-1], count=len(labels)
    )
    return " ".join([seen, *words])

"""Front page: a network learns where the border between two classes runs."""

import numpy as np

from ..datasets import make_moons
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
)

GRID, UNIT_GRID = 28, 12  # points a side


def learning(network=None, X=None, Y=None, steps=None, learning_rate=0.5):
    """Record how a network of two inputs learns.

    Parameters
    ----------
    network : DeepNeuralNetwork or dict, optional
        Where the training starts; it stays as it is. Its first layer takes two numbers.
    X : ndarray, shape (2, m), optional
        Points of the plane; two half circles, if left out.
    Y : ndarray, shape (1, m), optional
        Their labels.
    steps : sequence of int, optional
        After how many updates to look.
    learning_rate : float
        Length of an update.

    Returns
    -------
    Recording
        ``border``, axes step, row and column: the probability minus one half over the
        plane; for each layer ``field1`` ... the activations over the plane,
        ``gradient1`` ... the size of dA of each unit and ``W1`` ... the weights;
        ``cost`` and ``right`` for each step.

    Raises
    ------
    ValueError
        If the network does not take two numbers, or there are no steps.
    """
    if X is None:
        X, Y = make_moons(100, noise=0.2)
    parameters = parameters_of(
        initial_parameters([2, 5, 3, 1], "he", seed=3) if network is None else network
    )
    X, Y = points_of(parameters, X, Y)
    steps = spaced_steps(2000, 40) if steps is None else list(steps)
    L = len(parameters) // 2
    extent = extent_of(X)
    pixels, unit_pixels = plane(extent, GRID), plane(extent, UNIT_GRID)

    def look(parameters, X, Y):
        seen = snapshot(parameters, X, Y)
        AL, _ = L_model_forward(pixels, parameters)
        AL_small, caches = L_model_forward(unit_pixels, parameters)
        arrays = {"cost": seen["cost"], "right": seen["right"]}
        arrays["border"] = AL.reshape(GRID, GRID) - 0.5
        for l in range(1, L + 1):
            A = AL_small - 0.5 if l == L else caches[l][0][0]
            arrays[f"field{l}"] = A.reshape(-1, UNIT_GRID, UNIT_GRID)
            arrays[f"gradient{l}"] = np.sqrt(np.mean(seen[f"dA{l}"] ** 2, axis=1))
            arrays[f"W{l}"] = seen[f"W{l}"]
        return arrays

    run = record_training(parameters, X, Y, steps, learning_rate, look)
    return Recording(
        title=say("A network learning"),
        caption=say(
            "Before you move the slider, predict: which parts of the plane will the network "
            "get right first, and which last? Which units make the bend?"
        ),
        alt=_alt(run, steps, X),
        controls=[Control("step", say("Step"), steps, play=True)],
        arrays=_arrays(run, L, X, Y),
        panels=_panels(parameters, L, extent, steps, run["cost"]),
        status=say(
            "After {step} steps: cost {cost:3}, {percent:0} % of the points on the right side."
        ),
        table=_table(run, steps),
    )


def _arrays(run, L, X, Y):
    gradient_limit = largest(*(run[f"gradient{l}"] for l in range(1, L + 1)))
    arrays = {
        "cost": Exact("step", run["cost"]),
        "percent": Exact("step", 100 * run["right"]),
        "border": Drawn("step row column", run["border"], limit=0.5),
        **points(X, Y),
    }
    for l in range(1, L + 1):
        arrays[f"field{l}"] = Drawn("step unit row column", run[f"field{l}"])
        arrays[f"gradient{l}"] = Drawn("step unit", run[f"gradient{l}"], gradient_limit)
        arrays[f"W{l}"] = Drawn("step unit input", run[f"W{l}"])
    return arrays


def _panels(parameters, L, extent, steps, cost):
    layers = [panels.layer(2, say("input"), names=["x1", "x2"])]
    for l in range(1, L + 1):
        layers.append(
            panels.layer(
                len(parameters[f"W{l}"]),
                say("output") if l == L else say("layer {number}", number=l),
                field=f"field{l}",
                weights=f"W{l}",
                gradient=f"gradient{l}",
            )
        )
    return [
        panels.field(
            say("What the network says"),
            "border",
            extent,
            note=say(
                "Discs have the label 1, hollow squares 0. Plain: it says 1; hatched: it "
                "says 0; the paler, the less sure."
            ),
        ),
        panels.network(
            say("What each unit gives out, over the same plane"),
            say(
                "The network. Each unit shows its activation over the plane, the bar below it "
                "the size of its gradient."
            ),
            layers,
            place="tall",
            note=say(
                "Lines are weights, dashed if negative. The bar below a unit: how much the "
                "cost would change with its activation (dA)."
            ),
        ),
        panels.step_curves(
            say("Cost"), [panels.line("cost", say("cost"))], steps, largest(cost), height=150
        ),
    ]


def _table(run, steps):
    rows = [
        [steps[i], f"{run['cost'][i]:.3f}", f"{100 * run['right'][i]:.0f} %"]
        for i in places(len(steps), 6)
    ]
    return [[say("step"), say("cost"), say("points on the right side")], *rows]


def _alt(run, steps, X):
    (cost, last_cost), (right, last_right) = run["cost"][[0, -1]], run["right"][[0, -1]]
    return say(
        "A network is trained on {m} points of two classes. In {steps} steps the cost goes from "
        "{cost} to {last_cost}, and the share of points on the right side from {right} % to "
        "{last_right} %.",
        m=X.shape[1],
        steps=steps[-1],
        cost=f"{cost:.2f}",
        last_cost=f"{last_cost:.2f}",
        right=f"{100 * right:.0f}",
        last_right=f"{100 * last_right:.0f}",
    )

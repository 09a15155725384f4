"""Activations: the sigmoid and ReLU, and where a naive sigmoid breaks."""

import numpy as np

from ..activations import ACTIVATIONS, sigmoid
from ..language import say
from . import panels
from .recording import Control, Exact, Recording

SHOWN = {
    "sigmoid": {"title": "sigmoid", "ylim": [-0.1, 1.1], "yticks": [0, 0.5, 1]},
    "relu": {"title": "ReLU", "ylim": [-0.6, 6.2], "yticks": [0, 3, 6], "jump": True},
}
"""The functions of the figure, in its order, with what its curves need."""
REACH = 1.5  # half the width of the line that shows the slope


def activation_functions():
    """Record both activation functions and their slopes, and two naive sigmoids far out.

    Returns
    -------
    Recording
        For each ``z`` from -6 to 6: ``sigmoid``, ``relu`` and their slopes; for
        each ``far`` from -1000 to 1000: ``stable`` (the library's sigmoid),
        ``naive`` (``1 / (1 + exp(-z))``) and ``other`` (``exp(z) / (1 + exp(z))``).
    """
    z, far = np.linspace(-6, 6, 61), np.linspace(-1000, 1000, 101)
    ones = np.ones_like(z)
    arrays = {"z": Exact("z", z)}
    for name in SHOWN:
        g, g_backward = ACTIVATIONS[name]
        arrays[name] = Exact("z", g(z)[0])
        arrays[f"{name}_slope"] = Exact("z", g_backward(ones, z))
    for name in SHOWN:
        slope, value = arrays[f"{name}_slope"].values, arrays[name].values
        ends = np.array([-REACH, REACH])
        arrays[f"{name}_tangent"] = Exact("z end", value[:, None] + slope[:, None] * ends)
    arrays["jump_z"] = Exact("side end", [[-6, 0], [0, 6]])  # the slope of ReLU has a jump
    arrays["jump"] = Exact("side end", [[0, 0], [1, 1]])
    arrays["tangent_z"] = Exact("z end", z[:, None] + np.array([-REACH, REACH]))
    with np.errstate(over="ignore", invalid="ignore"):
        exp, exp_minus = np.exp(far), np.exp(-far)
        naive = {
            "far": far,
            "exp": exp,
            "stable": sigmoid(far)[0],
            "naive": 1 / (1 + exp_minus),
            "other": exp / (1 + exp),
        }
    arrays |= {name: Exact("far", values) for name, values in naive.items()}
    broken = far[np.isnan(naive["other"])]
    return Recording(
        title=say("Two activation functions"),
        caption=say(
            "Predict: where does the sigmoid let hardly any gradient through, and where does "
            "ReLU? Then move z. And at which z does exp(z) / (1 + exp(z)) stop being a number?"
        ),
        alt=say(
            "The sigmoid and ReLU with their slopes for z from -6 to 6, and two formulas for the "
            "sigmoid for z from -1000 to 1000. exp(z) / (1 + exp(z)) is NaN from z = {z} on.",
            z=f"{broken[0]:g}",
        ),
        controls=[
            Control("z", "z", [f"{value:z.1f}" for value in z], start=40),
            Control("far", say("z, far out"), [f"{value:z.0f}" for value in far], start=50),
        ],
        arrays=arrays,
        panels=_panels(),
        status=say(
            "At z = {z}: sigmoid {sigmoid:3} with slope {sigmoid_slope:3}, "
            "ReLU {relu:1} with slope {relu_slope:0}."
        ),
        table=_table(z, arrays),
    )


def _panels():
    return [
        *(_curves(name, **look) for name, look in SHOWN.items()),
        panels.curves(
            say("The same sigmoid, three ways to compute it"),
            say("Three ways to compute the sigmoid for z from -1000 to 1000."),
            [
                panels.line("stable", say("the library's"), style=0),
                panels.line("naive", "1 / (1 + exp(-z))", style=2),
                panels.line("other", "exp(z) / (1 + exp(z))", style=1),
            ],
            along="far",
            x="far",
            xlim=[-1000, 1000],
            ylim=[-0.05, 1.25],
            xticks=[[-1000, "-1000"], [0, "0"], [1000, "1000"]],
            yticks=[[0, "0"], [0.5, "0.5"], [1, "1"]],
            xlabel="z",
            digits="3",
        ),
        panels.text(
            say("Why"), ["z = {far}", "exp(z) = {exp:e2}", "exp(z) / (1 + exp(z)) = {other:3}"]
        ),
    ]


def _curves(name, title, ylim, yticks, jump=False):
    lines = [
        panels.line(name, f"{title}(z)"),
        panels.line(f"{name}_slope", say("slope"), style=1, path=not jump),
        panels.line(f"{name}_tangent", x="tangent_z", along=False, style=4),
    ]
    for side in range(2 * jump):
        lines.append(panels.line("jump", x="jump_z", fixed={"side": side}, along=False, style=1))
    return panels.curves(
        title,
        say("{function} and its slope for z from -6 to 6.", function=title),
        lines,
        along="z",
        x="z",
        xlim=[-6, 6],
        ylim=ylim,
        xticks=[[value, str(value)] for value in (-6, -3, 0, 3, 6)],
        yticks=[[value, str(value)] for value in yticks],
        xlabel="z",
        digits="3",
    )


def _table(z, arrays):
    rows = [
        [
            f"{z[i]:z.0f}",
            *(
                f"{arrays[array].values[i]:.3f}"
                for name in SHOWN
                for array in (name, f"{name}_slope")
            ),
        ]
        for i in range(0, 61, 10)
    ]
    names = [text for look in SHOWN.values() for text in (look["title"], say("its slope"))]
    return [["z", *names], *rows]

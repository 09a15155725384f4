"""Outline: the shape of every array, for layer sizes that the reader sets."""

import re

from ..activations import activation_of_layer
from ..language import say
from . import panels
from .recording import Control, Recording

L = 3
SIZES = range(1, 10)
HEADS = ("W", "b", "Z", "A", "dZ", "dW", "db", "dA")


def shapes(layer_dims=(5, 4, 3, 1), m=7):
    """Make the figure of the shapes in a network of three layers.

    Parameters
    ----------
    layer_dims : sequence of 4 int
        Where the sliders for the units of each layer stand at first, each 1 to 9.
        The last one has no slider: it is 1, one probability.
    m : int
        Where the slider for the number of examples stands at first, 1 to 9.

    Returns
    -------
    Recording
        Without arrays: a shape is read off the sliders by the names of its sides.

    Raises
    ------
    ValueError
        If a size is not 1 to 9, or the last one is not 1.
    """
    sizes = [*layer_dims, m]
    if len(layer_dims) != L + 1 or layer_dims[-1] != 1 or not set(sizes) <= set(SIZES):
        raise ValueError(
            f"layer_dims must be {L + 1} sizes from {SIZES[0]} to {SIZES[-1]}, the last one 1, and "
            f"m such a size too, got {layer_dims!r} and {m!r}"
        )
    arrays, stages = sides(), _stages()
    labels = [say("Inputs {n}", n="n[0]"), *(say("Units {n}", n=f"n[{l}]") for l in range(1, L))]
    return Recording(
        title=say("Shapes"),
        caption=say(
            "Predict: which arrays change their shape when there are more examples? Then "
            "move m, walk along the pipeline, and try other layers."
        ),
        alt=say(
            "The shape of every array of a network of {sizes} units and {m} examples, "
            "along the forward pass, the backward pass and the update.",
            sizes=list(layer_dims),
            m=m,
        ),
        controls=[
            Control("stage", say("Pipeline"), [name for name, _ in stages], play=True),
            Control("m", say("Examples m"), SIZES, start=m - 1),
            *(
                Control(f"n{l}", label, SIZES, start=layer_dims[l] - 1)
                for l, label in enumerate(labels)
            ),
        ],
        arrays={},
        panels=[
            panels.shapes(
                say("What is computed"),
                by="stage",
                place="wide",
                unit=11,
                equations=[terms for _, terms in stages],
                arrays=arrays,
                heads=HEADS,
                table={say("input"): ["" if head != "A" else "A0" for head in HEADS]}
                | {
                    say("layer {number}", number=l): [f"{head}{l}" for head in HEADS]
                    for l in range(1, L + 1)
                },
            )
        ],
        status=say("{stage}. Layers of {n0}, {n1}, {n2} and 1 units, {m} examples."),
        table=_table(arrays, layer_dims, m),
    )


def sides():
    """Return for each array the names of its two sides: a control, or the number 1."""
    units = [*(f"n{l}" for l in range(L)), "1"]
    arrays = {"A0": [units[0], "m"], "Y": ["1", "m"]}
    for l in range(1, L + 1):
        for prefix in ("", "d"):
            arrays[f"{prefix}W{l}"] = [units[l], units[l - 1]]
            arrays[f"{prefix}b{l}"] = [units[l], "1"]
            arrays[f"{prefix}Z{l}"] = [units[l], "m"]
            arrays[f"{prefix}A{l}"] = [units[l], "m"]
    return arrays


def _stages():
    """Return the name of each stage of the pipeline and the terms of its equation."""
    stages = []
    for l in range(1, L + 1):
        activation = activation_of_layer(l, L)
        where = say("Forward, layer {number}", number=l)
        stages.append((where, [f"Z{l}", "=", f"W{l}", "@", f"A{l - 1}", "+", f"b{l}"]))
        stages.append((where, [f"A{l}", f"= {activation}(", f"Z{l}", ")"]))
    last = {"dA": f"dA{L}", "A": f"A{L}", "Y": "Y"}
    stages.append((say("Cost"), _terms(say("one number from {A} and {Y}"), last)))
    stages.append((say("Backward, start"), _terms(say("{dA} from {A} and {Y}"), last)))
    for l in range(L, 0, -1):
        activation = activation_of_layer(l, L)
        where = say("Backward, layer {number}", number=l)
        stages.append((where, [f"dZ{l}", "=", f"dA{l}", f"* {activation}'(", f"Z{l}", ")"]))
        stages.append((where, [f"dW{l}", "=", f"dZ{l}", "@", f"A{l - 1}", ".T / m"]))
        means = _terms(say("{db} = row means of {dZ}"), {"db": f"db{l}", "dZ": f"dZ{l}"})
        stages.append((where, means))
        if l > 1:
            stages.append((where, [f"dA{l - 1}", "=", f"W{l}", ".T @", f"dZ{l}"]))
    for l in range(1, L + 1):
        where = say("Update, layer {number}", number=l)
        stages.append((where, [f"W{l}", "=", f"W{l}", say("- rate *"), f"dW{l}"]))
        stages.append((where, [f"b{l}", "=", f"b{l}", say("- rate *"), f"db{l}"]))
    return stages


def _terms(sentence, arrays):
    """Return a sentence as the terms of an equation: its words, and the arrays of its fields."""
    parts = re.split(r"{(\w+)}", sentence)
    terms = [arrays[part] if at % 2 else part.strip() for at, part in enumerate(parts)]
    return [term for term in terms if term]


def _table(arrays, layer_dims, m):
    size = {"m": m, "1": 1, **{f"n{l}": n for l, n in enumerate(layer_dims)}}
    rows = [
        [str(l), *(str(tuple(size[side] for side in arrays[f"{head}{l}"])) for head in HEADS)]
        for l in range(1, L + 1)
    ]
    return [[say("layer"), *HEADS], *rows]

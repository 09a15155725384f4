"""Outline: the shape of every array, for layer sizes that the reader sets."""

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
    labels = ["Inputs n[0]", *(f"Units n[{l}]" for l in range(1, L))]
    return Recording(
        title="Shapes",
        caption="Predict: which arrays change their shape when there are more examples? Then "
        "move m, walk along the pipeline, and try other layers.",
        alt=f"The shape of every array of a network of {list(layer_dims)} units and {m} examples, "
        "along the forward pass, the backward pass and the update.",
        controls=[
            Control("stage", "Pipeline", [name for name, _ in stages], play=True),
            Control("m", "Examples m", SIZES, start=m - 1),
            *(
                Control(f"n{l}", label, SIZES, start=layer_dims[l] - 1)
                for l, label in enumerate(labels)
            ),
        ],
        arrays={},
        panels=[
            {
                "kind": "shapes",
                "title": "What is computed",
                "by": "stage",
                "place": "wide",
                "unit": 11,
                "equations": [terms for _, terms in stages],
                "arrays": arrays,
                "heads": HEADS,
                "table": {"input": ["" if head != "A" else "A0" for head in HEADS]}
                | {f"layer {l}": [f"{head}{l}" for head in HEADS] for l in range(1, L + 1)},
            }
        ],
        status="{stage}. Layers of {n0}, {n1}, {n2} and 1 units, {m} examples.",
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
        activation = "sigmoid" if l == L else "relu"
        where = f"Forward, layer {l}"
        stages.append((where, [f"Z{l}", "=", f"W{l}", "@", f"A{l - 1}", "+", f"b{l}"]))
        stages.append((where, [f"A{l}", f"= {activation}(", f"Z{l}", ")"]))
    stages.append(("Cost", ["one number from", f"A{L}", "and", "Y"]))
    stages.append(("Backward, start", [f"dA{L}", "from", f"A{L}", "and", "Y"]))
    for l in range(L, 0, -1):
        activation = "sigmoid" if l == L else "relu"
        where = f"Backward, layer {l}"
        stages.append((where, [f"dZ{l}", "=", f"dA{l}", f"* {activation}'(", f"Z{l}", ")"]))
        stages.append((where, [f"dW{l}", "=", f"dZ{l}", "@", f"A{l - 1}", ".T / m"]))
        stages.append((where, [f"db{l}", "= row means of", f"dZ{l}"]))
        if l > 1:
            stages.append((where, [f"dA{l - 1}", "=", f"W{l}", ".T @", f"dZ{l}"]))
    for l in range(1, L + 1):
        where = f"Update, layer {l}"
        stages.append((where, [f"W{l}", "=", f"W{l}", "- rate *", f"dW{l}"]))
        stages.append((where, [f"b{l}", "=", f"b{l}", "- rate *", f"db{l}"]))
    return stages


def _table(arrays, layer_dims, m):
    size = {"m": m, "1": 1, **{f"n{l}": n for l, n in enumerate(layer_dims)}}
    rows = [
        [str(l), *(str(tuple(size[side] for side in arrays[f"{head}{l}"])) for head in HEADS)]
        for l in range(1, L + 1)
    ]
    return [["layer", *HEADS], *rows]

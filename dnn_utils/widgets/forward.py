"""Forward: what one unit computes for one example."""

import numpy as np

from .. import validate
from ..activations import activation_of_layer
from ..forward import L_model_forward
from ..language import say
from . import panels
from .panels import largest
from .recording import Control, Drawn, Exact, Recording
from .training import parameters_of


def one_neuron(network, X, examples=4):
    """Record what every unit of a network does with some examples.

    Parameters
    ----------
    network : DeepNeuralNetwork or dict
        The network, or its parameters.
    X : ndarray, shape (n[0], m)
        Input, one column per example.
    examples : int
        So many of the first columns are shown.

    Returns
    -------
    Recording
        For each example and unit ``weight``, ``input`` and ``product`` of each
        input (NaN beyond the inputs of that unit), ``b``, ``z``, and ``a``; and
        ``A0`` ... the activations of each layer.

    Raises
    ------
    ValueError
        If `network` is no network, or `X` does not fit it.
    """
    parameters = parameters_of(network)
    X = validate.inputs(X, parameters["W1"].shape[1])
    X = X[:, :examples]
    AL, caches = L_model_forward(X, parameters)
    units = [(l, i) for l, ((_, W, _), _) in enumerate(caches, start=1) for i in range(len(W))]
    terms = _terms(caches, AL, units)
    activations = [A for (A, _, _), _ in caches] + [AL]
    return Recording(
        title=say("One unit, one example"),
        caption=say(
            "Choose a unit: click on it, or move the slider. Before you read the last line, "
            "predict: is the unit silent for this example?"
        ),
        alt=_alt(activations),
        controls=[
            Control("unit", say("Unit"), [_place(l, i) for l, i in units]),
            Control("example", say("Example"), range(1, X.shape[1] + 1), kind="choice"),
        ],
        arrays=_arrays(terms, activations, parameters),
        panels=_panels(activations, units),
        status=say("{unit}, example {example}: z = {z:2}, a = {a:2}."),
        table=_table(activations),
    )


def _place(l, i):
    return say("layer {layer}, unit {unit}", layer=l, unit=i + 1)


def _terms(caches, AL, units):
    """Return what each unit multiplies and adds, for each example and input."""
    most = max(W.shape[1] for (_, W, _), _ in caches)
    m = AL.shape[1]
    terms = {
        name: np.full((m, len(units), most), np.nan) for name in ("weight", "input", "product")
    }
    terms |= {name: np.zeros((m, len(units))) for name in ("b", "z", "a")}
    for k, (l, i) in enumerate(units):
        (A_prev, W, b), Z = caches[l - 1]
        A = AL if l == len(caches) else caches[l][0][0]
        n = W.shape[1]
        terms["weight"][:, k, :n] = W[i]
        terms["input"][:, k, :n] = A_prev.T
        terms["product"][:, k, :n] = W[i] * A_prev.T
        terms["b"][:, k], terms["z"][:, k], terms["a"][:, k] = b[i], Z[i], A[i]
    return terms


def _arrays(terms, activations, parameters):
    arrays = {
        name: Exact("example unit term" if values.ndim == 3 else "example unit", values)
        for name, values in terms.items()
    }
    limit = largest(*activations[:-1])
    for l, A in enumerate(activations):
        output = l == len(activations) - 1
        arrays[f"A{l}"] = Drawn("of columns", A, 1 if output else limit)
        arrays[f"now{l}"] = Drawn("example of", A.T, 1 if output else limit)
        if l:
            arrays[f"W{l}"] = Drawn("of input", parameters[f"W{l}"])
    return arrays


def _panels(activations, units):
    L = len(activations) - 1
    names = ["X", *(f"A{l}" for l in range(1, L)), "AL"]
    layers = [
        panels.layer(len(A), name, values=f"now{l}", weights=f"W{l}" if l else None)
        for l, (name, A) in enumerate(zip(names, activations, strict=True))
    ]
    most = max(len(A) for A in activations)
    blocks = [
        panels.blocks(
            name,
            f"A{l}",
            say("{array}: one row a unit, one column an example.", array=name),
            cell=max(5, min(16, 180 // most)),
            mark=_marks(l, units),
        )
        for l, name in enumerate(names)
    ]
    return [
        panels.network(
            say("The network, for this example"),
            say(
                "The network. The square in a unit is its activation, filled if positive, "
                "hollow if negative."
            ),
            layers,
            box=max(16, min(38, 260 // most)),
            select=("unit", units),
            place="tall",
            note=say(
                "The square in a unit is its activation, hollow if negative. A line is a "
                "weight, dashed if negative."
            ),
        ),
        panels.table(
            say("The linear part: what comes in, weighted"),
            [
                panels.column(say("weight w"), "weight", "2"),
                panels.column(say("input a"), "input", "2"),
                panels.column("w × a", "product", "2"),
            ],
        ),
        panels.text(
            say("The sum, then the activation"),
            [
                [
                    "z = w1 × a1 + w2 × a2 + ... + b",
                    "  = {product:2} + ({b:2})",
                    "  = {z:2}",
                    f"a = {activation_of_layer(l, L)}({{z:2}}) = {{a:2}}",
                ]
                for l, _ in units
            ],
            by="unit",
        ),
        panels.grid(
            say("All units (rows) and all examples (columns)"), min(4, L + 1), blocks, place="wide"
        ),
    ]


def _marks(l, units):
    """Frame the column of the example, and the row of the unit in its own layer."""
    rows = [i if layer == l else -1 for layer, i in units]
    return {"column": panels.mark("example"), "row": panels.mark("unit", rows)}


def _table(activations):
    names = ["X", *(f"A{l}" for l in range(1, len(activations) - 1)), "AL"]
    rows = [
        [name, str(i + 1), *(f"{value:.2f}" for value in row)]
        for name, A in zip(names, activations, strict=True)
        for i, row in enumerate(A[:12])
    ]
    m = activations[0].shape[1]
    examples = [say("example {number}", number=j + 1) for j in range(m)]
    return [[say("array"), say("unit"), *examples], *rows]


def _alt(activations):
    sizes = [len(A) for A in activations]
    said = ", ".join(f"{value:.2f}" for value in activations[-1][0])
    return say(
        "A network of {sizes} units and what each unit computes for {m} examples. "
        "The output is {output}.",
        sizes=sizes,
        m=activations[0].shape[1],
        output=said,
    )

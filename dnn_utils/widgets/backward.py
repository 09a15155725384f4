"""Backward: how gradients flow back through the layers, and where they vanish."""

import numpy as np

from ..activations import activation_of_layer
from ..datasets import make_moons
from ..language import say
from . import panels
from .panels import largest, places
from .recording import Control, Drawn, Exact, Recording
from .training import (
    examples_of,
    initial_parameters,
    parameters_of,
    record_training,
    snapshot,
    spaced_steps,
    stack,
)

EXAMPLES = 8  # so many columns of dA and dZ are shown


def gradient_flow(networks=None, X=None, Y=None, steps=None, learning_rate=0.5):
    """Record the gradients of every layer while networks are trained.

    Parameters
    ----------
    networks : DeepNeuralNetwork, or dict of str to DeepNeuralNetwork, optional
        Where the training starts, by label; they stay as they are. All need the
        same layers. If left out: two starts of one network, times 0.01 and He.
    X : ndarray, shape (n[0], m), optional
        Input, one column per example; two half circles, if left out.
    Y : ndarray, shape (1, m), optional
        True labels.
    steps : sequence of int, optional
        After how many updates to look.
    learning_rate : float
        Length of an update.

    Returns
    -------
    Recording
        ``dA1``, ``dZ1``, ``dW1``, ... with the axes start, step, and those of the
        array; ``cost``, and ``norm``, the power of ten of the norm of each dW.

    Raises
    ------
    ValueError
        If there are no steps, the networks differ in their layers, or the
        recording becomes too large.
    """
    if X is None:
        X, Y = make_moons(60, noise=0.2)
    if networks is None:
        layer_dims = [X.shape[0], 6, 6, 6, 1]
        networks = {
            "× 0.01": initial_parameters(layer_dims, "classic"),
            "He": initial_parameters(layer_dims, "he"),
        }
    networks = _parameters_by_label(networks)
    X, Y = examples_of(next(iter(networks.values())), X, Y)
    steps = spaced_steps(1000, 30) if steps is None else list(steps)
    runs = [record_training(p, X, Y, steps, learning_rate, _look) for p in networks.values()]
    run = stack(runs)
    L = run["norm"].shape[-1]
    stages = _stages(L)
    return Recording(
        title=say("Gradients flow back"),
        caption=say(
            "Predict: which start still sends a gradient to the first layer? Then choose a "
            "start, go through the backward pass equation by equation, and move the training."
        ),
        alt=_alt(networks, run, L),
        controls=[
            Control("start", say("Start"), networks, kind="choice", start=len(networks) - 1),
            Control("step", say("Training step"), steps, play=True),
            Control(
                "equation",
                say("Backward pass"),
                [say("{i} of {n}", i=i, n=len(stages)) for i in range(1, len(stages) + 1)],
                start=len(stages) - 1,
            ),
        ],
        arrays=_arrays(run, L),
        panels=_panels(run, L, stages, list(networks), steps),
        status=say(
            "{start}, after {step} steps: cost {cost:3}, norm of dW1 {first:e1}, "
            "of {dW} {last:e1}.",
            dW=f"dW{L}",
        ),
        table=_table(networks, run, L, steps),
    )


def _parameters_by_label(networks):
    """Return the parameters of one or several networks, by label."""
    if not isinstance(networks, dict) or "W1" in networks or not networks:
        networks = {say("your network"): networks}
    parameters = {str(label): parameters_of(network) for label, network in networks.items()}
    shapes = {
        label: [value.shape for value in of_one.values()] for label, of_one in parameters.items()
    }
    if len({str(of_one) for of_one in shapes.values()}) != 1:
        raise ValueError(f"the networks must have the same layers, got the shapes {shapes}")
    return parameters


def _look(parameters, X, Y):
    seen = snapshot(parameters, X, Y)
    L = len(parameters) // 2
    arrays = {"cost": seen["cost"]}
    for l in range(1, L + 1):
        arrays[f"dA{l}"] = seen[f"dA{l}"][:, :EXAMPLES]
        arrays[f"dZ{l}"] = seen[f"dZ{l}"][:, :EXAMPLES]
        arrays[f"dW{l}"] = seen[f"dW{l}"]
    norms = [np.linalg.norm(seen[f"dW{l}"]) for l in range(1, L + 1)]
    with np.errstate(divide="ignore"):  # no gradient at all is minus infinity: a gap
        return {**arrays, "norm": np.log10(norms), "norms": np.array(norms)}


def _arrays(run, L):
    inner = [run[f"dZ{l}"] for l in range(1, L + 1)] + [run[f"dA{l}"] for l in range(1, L)]
    limits = {"dZ": largest(*inner), "dW": largest(*(run[f"dW{l}"] for l in range(1, L + 1)))}
    arrays = {
        "cost": Exact("start step", run["cost"]),
        "norm": Exact("start step layer", run["norm"]),
        "first": Exact("start step", run["norms"][..., 0]),
        "last": Exact("start step", run["norms"][..., -1]),
    }
    for l in range(1, L + 1):
        # dA of the last layer is no smaller than 1, and has a scale of its own.
        limit = None if l == L else limits["dZ"]
        arrays[f"dA{l}"] = Drawn("start step unit example", run[f"dA{l}"], limit)
        arrays[f"dZ{l}"] = Drawn("start step unit example", run[f"dZ{l}"], limits["dZ"])
        arrays[f"dW{l}"] = Drawn("start step unit input", run[f"dW{l}"], limits["dW"])
    return arrays


def _stages(L):
    """Return for each equation of the backward pass the array it computes, and the equation."""
    stages = [(f"dA{L}", f"dA{L} = -(Y / A{L} - (1 - Y) / (1 - A{L}))")]
    for l in range(L, 0, -1):
        activation = activation_of_layer(l, L)
        before = "X" if l == 1 else f"A{l - 1}"
        stages.append((f"dZ{l}", f"dZ{l} = dA{l} * {activation}'(Z{l})"))
        means = say("{db} = row means of {dZ}", db=f"db{l}", dZ=f"dZ{l}")
        stages.append((f"dW{l}", f"dW{l} = dZ{l} @ {before}.T / m,  {means}"))
        if l > 1:
            stages.append((f"dA{l - 1}", f"dA{l - 1} = W{l}.T @ dZ{l}"))
    return stages


def _panels(run, L, stages, labels, steps):
    order = [name for name, _ in stages]
    blocks = [
        panels.blocks(
            f"{kind}{l}",
            f"{kind}{l}",
            say("{array}: squares, filled if positive, hollow if negative.", array=f"{kind}{l}"),
            cell=12,
            since=("equation", order.index(f"{kind}{l}")),
        )
        for l in range(L, 0, -1)
        for kind in ("dA", "dZ", "dW")
    ]
    finite = run["norm"][np.isfinite(run["norm"])]
    low, high = np.floor(finite.min(initial=-1)), np.ceil(finite.max(initial=0))
    ticks = np.unique(np.rint(np.linspace(low, high, 4)))
    costs = panels.lines_by("start", "cost", labels)
    return [
        panels.text(
            say("The equation"), [[equation] for _, equation in stages], by="equation", place="wide"
        ),
        panels.grid(say("Layer by layer, from the last to the first"), 3, blocks, place="tall"),
        panels.curves(
            say("Norm of dW for each layer"),
            say("The norm of dW for each layer, on a logarithmic scale."),
            panels.lines_by("start", "norm", labels),
            xlim=[0.7, L + 0.3],
            ylim=[float(low), float(high)],
            xticks=[[l, str(l)] for l in range(1, L + 1)],
            yticks=[[float(t), f"1e{t:.0f}"] for t in ticks],
            xlabel=say("layer"),
            first=1,
            dots=True,
        ),
        panels.step_curves(say("Cost"), costs, steps, largest(run["cost"]), height=150),
    ]


def _table(networks, run, L, steps):
    norms = [say("norm of {dW}", dW=f"dW{l}") for l in (1, L)]
    head = [say("start"), say("step"), say("cost"), *norms]
    rows = [
        [
            label,
            steps[i],
            f"{run['cost'][k, i]:.3f}",
            *(f"{run['norms'][k, i, l]:.1e}" for l in (0, -1)),
        ]
        for k, label in enumerate(networks)
        for i in places(len(steps), 4)
    ]
    return [head, *rows]


def _alt(networks, run, L):
    words = [
        say(
            "{start}: the norm of dW1 is {norm} before the training, "
            "the cost goes from {before} to {after}.",
            start=label,
            norm=f"{run['norms'][k, 0, 0]:.0e}",
            before=f"{run['cost'][k, 0]:.2f}",
            after=f"{run['cost'][k, -1]:.2f}",
        )
        for k, label in enumerate(networks)
    ]
    seen = say("The gradients of the layers 1 to {L} during a training.", L=L)
    return " ".join([seen, *words])

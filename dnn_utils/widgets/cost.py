"""Cost: what a prediction costs, for both labels."""

import numpy as np

from ..cost import compute_cost
from ..language import say
from . import panels
from .recording import Control, Exact, Recording

OTHERS = {"prediction": [0.9, 0.4], "label": [1, 0]}  # two more examples, for the mean
TOP = 5


def cross_entropy():
    """Record the loss of one example for each prediction from 0 to 1, with either label.

    Returns
    -------
    Recording
        ``loss``, axes label and prediction: computed by `compute_cost`, so it is
        infinite for a sure and wrong prediction, and NaN for a sure and right
        one; ``cost``: the mean of this example and two others; ``a``: the predictions.
    """
    a = np.linspace(0, 1, 101)
    with np.errstate(divide="ignore", invalid="ignore"):
        loss = np.array([[_cost([p], [y]) for p in a] for y in (1, 0)])
        cost = np.array(
            [[_cost([p, *OTHERS["prediction"]], [y, *OTHERS["label"]]) for p in a] for y in (1, 0)]
        )
    others = [_cost([p], [y]) for p, y in zip(OTHERS["prediction"], OTHERS["label"], strict=True)]
    return Recording(
        title=say("What a prediction costs"),
        caption=say(
            "Predict: the label is 1. How much more does the prediction 0.1 cost than 0.5? "
            "And what does a prediction of exactly 1 cost, which is right?"
        ),
        alt=say(
            "The loss of one example against its prediction. Label 1: it falls from infinity at "
            "0 to 0.01 at 0.99, and is NaN at 1. Label 0: the other way round."
        ),
        controls=[
            Control("label", say("Label y"), ["1", "0"], kind="choice"),
            Control("prediction", say("Prediction a"), [f"{p:.2f}" for p in a], start=50),
        ],
        arrays={
            "a": Exact("prediction", a),
            "loss": Exact("label prediction", loss),
            "cost": Exact("label prediction", cost),
        },
        panels=_panels(others),
        status=say(
            "Label {label}, prediction {prediction}: loss {loss:3}. "
            "Cost of this and two other examples: {cost:3}."
        ),
        table=_table(a, loss),
    )


def _cost(predictions, labels):
    return compute_cost(np.array([predictions]), np.array([labels]))


def _panels(others):
    labels = [
        say("label {label}: {formula}", label=1 - k, formula=formula)
        for k, formula in enumerate(("-log(a)", "-log(1 - a)"))
    ]
    return [
        panels.curves(
            say("Loss of this example"),
            say("The loss against the prediction, one line for each label."),
            panels.lines_by("label", "loss", labels),
            along="prediction",
            x="a",
            xlim=[0, 1],
            ylim=[0, TOP],
            xticks=[[value, str(value)] for value in (0, 0.5, 1)],
            yticks=[[value, str(value)] for value in range(TOP + 1)],
            xlabel=say("prediction a"),
            height=230,
            digits="3",
        ),
        panels.text(
            say("In numbers"),
            [
                _lines(formula, others)
                for formula in ("1 × log(a) + 0 × log(1 - a)", "0 × log(a) + 1 × log(1 - a)")
            ],
            by="label",
        ),
    ]


def _lines(formula, others):
    first, second = (f"{value:.3f}" for value in others)
    return [
        "a = {prediction}",
        say("loss = -({formula})", formula=formula),
        "     = {loss:3}",
        say("two other examples: {first} and {second}", first=first, second=second),
        say("cost = mean of the three"),
        "     = {cost:3}",
        say("0 × log(0) is computed as 0 × (-∞), which is NaN. One NaN makes the whole mean NaN."),
    ]


def _table(a, loss):
    rows = [
        [f"{a[i]:.2f}", *(_format(of_label[i]) for of_label in loss)]
        for i in (0, 1, 10, 50, 90, 99, 100)
    ]
    return [[say("prediction a"), say("loss, label 1"), say("loss, label 0")], *rows]


def _format(value):
    return "NaN" if np.isnan(value) else say("infinite") if np.isinf(value) else f"{value:.3f}"

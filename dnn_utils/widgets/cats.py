"""Cats: what the first layer looks at while it is trained on pictures."""

import copy

import numpy as np

from .. import validate
from ..datasets import SIZE, load_cats, to_inputs
from ..language import say, say_in
from ..network import DeepNeuralNetwork
from . import panels
from .recording import Colours, Control, Exact, Recording
from .training import stack

UNITS = 6  # of the first layer
PIXELS = 16  # a side of a picture of weights
SHOWN = 5  # cats, and as many others


def first_layer(network=None, pictures=None, test_family="Twitter", iterations=None):
    """Record the first layer of a network that is trained on pictures.

    Parameters
    ----------
    network : DeepNeuralNetwork, optional
        Where the training starts; it stays as it is. Its input is 12288 numbers.
    pictures : Pictures, optional
        With at least two families; the drawings of the book, if left out.
    test_family : str
        The family that the training does not see.
    iterations : sequence of int, optional
        After how many updates to look.

    Returns
    -------
    Recording
        ``looks_at``, axes iteration, unit, row, column and colour: the picture
        that a unit answers to more and more, compared with its random start;
        ``shown``: pictures of the test family, with ``probability`` and ``right``
        for each iteration; ``cost``; ``trained`` and ``new``, the right answers in
        percent.

    Raises
    ------
    ValueError
        If the network does not take 12288 numbers, the family is not there, or
        there are no iterations.
    """
    pictures = load_cats() if pictures is None else pictures
    if network is None:
        network = DeepNeuralNetwork([SIZE * SIZE * 3, 20, 7, 5, 1])
    if network.layer_dims[0] != SIZE * SIZE * 3:
        raise ValueError(
            f"the network must take {SIZE * SIZE * 3} numbers, not {network.layer_dims[0]}"
        )
    test = pictures.families == test_family
    if test.all() or not test.any():
        families = np.unique(pictures.families).tolist()
        raise ValueError(
            f"test_family must be one of several families {families}, got {test_family!r}"
        )
    if iterations is None:
        iterations = [0, 5, 10, 20, 40, 80, 160, 320, 640, 1250, 2500]
    iterations = validate.steps(iterations, "iterations")
    run = _train(network, pictures, test, iterations)
    shown = _choose_pictures(pictures, test)
    chosen = [list(np.flatnonzero(test)).index(k) for k in shown]
    probability = run["probability"][:, chosen]
    right = (probability > 0.5) == pictures.labels[shown]
    names = [picture_name(name) for name in pictures.names[shown]]
    return Recording(
        title=say("What the first layer looks at"),
        caption=say(
            "Predict: will a unit of the first layer come to look for ears and whiskers? Then "
            "move the slider. Which of the new artist's pictures change sides, and when?"
        ),
        alt=_alt(run, iterations, test_family),
        controls=[Control("iteration", say("Iteration"), iterations, play=True)],
        arrays={
            "looks_at": Colours("iteration unit row column colour", _colours(run["W1"])),
            "shown": Colours("picture row column colour", _shrink(pictures.images[shown], 32)),
            "probability": Exact("iteration picture", probability),
            "right": Exact("iteration picture", right),
            **{name: Exact("iteration", run[name]) for name in ("cost", "trained", "new")},
        },
        panels=_panels(names, test_family, iterations),
        status=say(
            "After {iteration} iterations: cost {cost:3}, right on {trained:0} % of the "
            "training pictures and on {new:0} % of the new artist's."
        ),
        table=_table(run, iterations),
    )


def picture_name(name):
    """Return what a picture is called, such as "crying cat" for "twemoji/crying-cat"."""
    return say_in("drawing", str(name).rpartition("/")[2].replace("-", " "))


def _train(network, pictures, test, iterations):
    """Train a copy of the network and return what it holds after so many iterations."""
    network = copy.deepcopy(network)
    X, mean = to_inputs(pictures.images[~test])
    X_test, _ = to_inputs(pictures.images[test], mean)
    Y, Y_test = pictures.labels[np.newaxis, ~test], pictures.labels[np.newaxis, test]
    seen, done = [], 0
    for iteration in iterations:
        network.fit(X, Y, iteration - done, learning_rate=0.0075)
        done = iteration
        p, p_test = network.predict_proba(X), network.predict_proba(X_test)
        with np.errstate(divide="ignore"):
            cost = -np.mean(np.log(np.where(Y == 1, p, 1 - p)))
        seen.append(
            {
                "W1": network.parameters["W1"][:UNITS],
                "probability": p_test[0],
                "cost": cost,
                "trained": 100 * np.mean((p > 0.5) == Y),
                "new": 100 * np.mean((p_test > 0.5) == Y_test),
            }
        )
    return stack(seen)


def _choose_pictures(pictures, test):
    """Return some cats of the test family, then as many others, spread over the family."""
    some = []
    for label in (1, 0):
        of_label = np.flatnonzero(test & (pictures.labels == label))
        places = np.unique(np.linspace(0, len(of_label) - 1, SHOWN).astype(int))
        some += of_label[places].tolist() if len(of_label) else []
    return some


def _shrink(images, side):
    """Return square pictures with fewer pixels, each the mean of those in its place."""
    n, size, _, colours = images.shape
    k = size // side
    means = images.reshape(n, side, k, side, k, colours).mean(axis=(2, 4))
    return np.rint(means).astype(np.uint8)


def _colours(W1):
    """Return the picture that fits the change of the weights best: dark where they have grown.

    An input is 1 - picture / 255, so a positive weight asks for less of its colour.
    """
    steps, units, _ = W1.shape
    k = SIZE // PIXELS
    weights = (W1 - W1[0]).reshape(steps, units, PIXELS, k, PIXELS, k, 3).mean(axis=(3, 5))
    limit = np.abs(weights).max() or 1
    return np.rint(127.5 * (1 - weights / limit)).astype(np.uint8)


def _panels(names, test_family, iterations):
    last = len(iterations) - 1
    return [
        panels.pictures(
            say("What the training has taught each unit to answer to"),
            "looks_at",
            [say("unit {number}", number=i + 1) for i in range(UNITS)],
            side=88,
            note=say("The random start is left out: grey means nothing learnt yet."),
        ),
        panels.curves(
            say("Right answers in %"),
            say("Right answers in percent at each recorded iteration."),
            [
                panels.line("trained", say("trained on")),
                panels.line("new", say("new artist ({name})", name=test_family)),
            ],
            along="iteration",
            xlim=[0, last or 1],
            ylim=[0, 103],
            xticks=[[i, str(iterations[i])] for i in range(0, last + 1, max(1, last // 5))],
            yticks=[[value, str(value)] for value in (0, 50, 100)],
            xlabel=say("iteration"),
            digits="0",
        ),
        panels.pictures(
            say("Pictures by {name}, which the network has not seen", name=test_family),
            "shown",
            names,
            values=panels.value(say("P(cat)"), "probability", "2"),
            right="right",
            place="wide",
        ),
    ]


def _table(run, iterations):
    percents = [[f"{value:.0f} %" for value in run[name]] for name in ("trained", "new")]
    costs = [f"{value:.3f}" for value in run["cost"]]
    rows = list(zip(iterations, costs, *percents, strict=True))[::2]
    head = [say("iteration"), say("cost"), say("right, trained on"), say("right, new artist")]
    return [head, *rows]


def _alt(run, iterations, test_family):
    return say(
        "{units} units of the first layer and {count} pictures by {name}. After {iterations} "
        "iterations {trained} % of the training pictures are right and {new} % of the new "
        "artist's.",
        units=UNITS,
        count=2 * SHOWN,
        name=test_family,
        iterations=iterations[-1],
        trained=f"{run['trained'][-1]:.0f}",
        new=f"{run['new'][-1]:.0f}",
    )

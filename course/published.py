"""Train the image classifier of the course, and hold it against what the course prints.

``python -m course.published FOLDER`` needs the two files of photographs, which do not come with
this project, and h5py. The exit code is 1 if a number differs.
"""

import argparse
import sys
from collections.abc import Sequence

from dnn_utils import DeepNeuralNetwork
from dnn_utils.language import aligned

from .application import load_data

LAYER_DIMS = [12288, 20, 7, 5, 1]
ITERATIONS, LEARNING_RATE = 2500, 0.0075
COSTS = {0: 0.771749, 100: 0.672053, 200: 0.648263, 2400: 0.092878}
"""The cost after so many iterations, as the course prints it."""
ACCURACIES = {"train": 0.9856, "test": 0.80}
"""The share of pictures that are predicted right, as the course prints it."""


def reproduce(folder: str) -> list[tuple[str, float, float]]:
    """Train on the files in a folder as the course does.

    Parameters
    ----------
    folder : str
        Where ``train_catvnoncat.h5`` and ``test_catvnoncat.h5`` are.

    Returns
    -------
    rows : list of tuple
        What it is, what the course prints, and the number of this training.
    """
    train_x, train_y, test_x, test_y, _ = load_data(folder)
    X, X_test = (images.reshape(len(images), -1).T / 255 for images in (train_x, test_x))
    network = DeepNeuralNetwork(LAYER_DIMS, initialization="xavier", seed=1)
    network.fit(X, train_y, ITERATIONS, LEARNING_RATE)
    scores = {"train": network.score(X, train_y), "test": network.score(X_test, test_y)}
    costs = [(f"cost, iteration {i}", COSTS[i], network.cost_history[i]) for i in COSTS]
    return costs + [(f"accuracy, {part}", ACCURACIES[part], scores[part]) for part in scores]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m course.published", description=__doc__)
    parser.add_argument("folder", help="the folder with the two .h5 files")
    try:
        rows = reproduce(parser.parse_args(arguments).folder)
    except (FileNotFoundError, ImportError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    same = [
        abs(printed - here) < 6e-7 if "cost" in what else abs(printed - here) < 6e-5
        for what, printed, here in rows
    ]
    table = [("", "course", "here", "")]
    for (what, printed, here), agrees in zip(rows, same, strict=True):
        table.append((what, f"{printed:.6f}", f"{here:.6f}", "" if agrees else "differs"))
    print("\n".join(aligned(table)))
    return int(not all(same))


if __name__ == "__main__":
    sys.exit(main())

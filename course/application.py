"""The helpers of the image classifier, the notebook that follows on the nine functions.

Its network starts in another way than that of the nine functions: with seed 1, and with weights
divided by the square root of the number of inputs. With weights of 0.01, so deep a network never
learns.
"""

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

import dnn_utils
from dnn_utils import (
    L_model_backward,
    L_model_forward,
    compute_cost,
    datasets,
    linear_activation_backward,
    linear_activation_forward,
    linear_backward,
    linear_forward,
    relu,
    relu_backward,
    sigmoid,
    sigmoid_backward,
    update_parameters,
)
from dnn_utils.language import say

__all__ = [
    "L_model_backward",
    "L_model_forward",
    "compute_cost",
    "initialize_parameters",
    "initialize_parameters_deep",
    "linear_activation_backward",
    "linear_activation_forward",
    "linear_backward",
    "linear_forward",
    "load_data",
    "predict",
    "print_mislabeled_images",
    "relu",
    "relu_backward",
    "sigmoid",
    "sigmoid_backward",
    "update_parameters",
]

FILES = ("train_catvnoncat.h5", "test_catvnoncat.h5")
Parameters = dict[str, np.ndarray]


def initialize_parameters(n_x: int, n_h: int, n_y: int) -> Parameters:
    """Create the parameters of a network of two layers, with seed 1 and weights of about 0.01."""
    np.random.seed(1)
    W1 = np.random.randn(n_h, n_x) * 0.01
    W2 = np.random.randn(n_y, n_h) * 0.01
    return {"W1": W1, "b1": np.zeros((n_h, 1)), "W2": W2, "b2": np.zeros((n_y, 1))}


def initialize_parameters_deep(layer_dims: Sequence[int]) -> Parameters:
    """Create the parameters of an L-layer network, with seed 1 and weights of ``1/sqrt(n_prev)``.

    Parameters
    ----------
    layer_dims : sequence of int
        Units per layer, from the input to the output.

    Returns
    -------
    parameters : dict
        ``"W1", "b1", ..., "WL", "bL"``.
    """
    np.random.seed(1)
    parameters = {}
    for l in range(1, len(layer_dims)):
        n_prev, n = layer_dims[l - 1], layer_dims[l]
        parameters[f"W{l}"] = np.random.randn(n, n_prev) / math.sqrt(n_prev)
        parameters[f"b{l}"] = np.zeros((n, 1))
    return parameters


def load_data(
    folder: str | Path = "datasets",
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Read the photographs of the course from its two files. Needs h5py.

    Parameters
    ----------
    folder : str or Path
        Where the files are; by default beside the notebook, as in the course.

    Returns
    -------
    train_x, train_y, test_x, test_y, classes : ndarray
        Pictures (m, 64, 64, 3) of uint8, labels (1, m), and the two names as bytes.

    Raises
    ------
    FileNotFoundError
        If one of the files is not there.
    ImportError
        If h5py is not installed.
    ValueError
        If one does not hold what the course's file holds.
    """
    paths = [Path(folder, name) for name in FILES]
    for path in paths:
        if not path.is_file():
            raise FileNotFoundError(
                say(
                    "{path} is missing: put the two files of the course, {files}, there. "
                    "They do not come with this book.",
                    path=path.absolute(),
                    files=" and ".join(FILES),
                )
            )
    train, test = map(datasets.load_course_h5, paths)
    classes = np.array([_class_name(label, train, test) for label in (0, 1)])
    return train.images, train.labels[np.newaxis], test.images, test.labels[np.newaxis], classes


def _class_name(label: int, *parts: datasets.Pictures) -> bytes:
    for part in parts:
        for name in part.names[part.labels == label]:
            return str(name).encode()
    raise ValueError(f"no picture has the label {label}, expected pictures of both classes")


def predict(X: np.ndarray, y: Any, parameters: Mapping[str, np.ndarray]) -> np.ndarray:
    """Predict the class of each example with a network of any depth, and print the accuracy.

    Parameters
    ----------
    X : ndarray, shape (n[0], m)
        Input, one column per example.
    y : array_like, shape (1, m)
        True labels.
    parameters : dict
        ``"W1", "b1", ..., "WL", "bL"``.

    Returns
    -------
    p : ndarray, shape (1, m)
        0.0 or 1.0 for each example.
    """
    AL, _ = dnn_utils.L_model_forward(X, parameters)
    p = np.where(AL > 0.5, 1.0, 0.0)
    # added up example by example, as the course does: its last digits depend on that
    print("Accuracy:", np.sum((p == np.asarray(y)) / p.shape[1]))
    return p


def print_mislabeled_images(
    classes: np.ndarray, X: np.ndarray, y: np.ndarray, p: np.ndarray
) -> Any:
    """Show the pictures whose class was predicted wrong, with both classes.

    Parameters
    ----------
    classes : ndarray
        The names of the classes, as `load_data` returns them.
    X : ndarray, shape (height * width * 3, m)
        Square pictures, their numbers from 0 to 1.
    y, p : ndarray, shape (1, m)
        True and predicted labels.

    Raises
    ------
    ValueError
        If `X` does not hold square pictures.
    """
    from dnn_utils import figures

    side = math.isqrt(len(X) // 3)
    if side * side * 3 != len(X):
        raise ValueError(
            f"X has shape {X.shape}, expected one square picture in each column: "
            f"height * width * 3 rows, such as 64 * 64 * 3 = {64 * 64 * 3}"
        )
    true, predicted = np.ravel(y).astype(int), np.ravel(p).astype(int)
    wrong = np.flatnonzero(true != predicted)
    if not wrong.size:
        print(say("All {count} pictures are predicted right.", count=true.size))
        return None
    images = np.rint(X[:, wrong].T.reshape(-1, side, side, 3) * 255).astype(np.uint8)
    names = [name.decode() if isinstance(name, bytes) else str(name) for name in classes]
    captions = [
        say("predicted {wrong}, is {right}", wrong=names[predicted[i]], right=names[true[i]])
        for i in wrong
    ]
    return figures.pictures(images, captions)

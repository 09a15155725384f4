"""Checks of what a caller passes in, for everything around the five steps.

Each function returns the value in the form that its callers need, or raises a
ValueError that names the argument, says what it is and what was expected.
"""

from __future__ import annotations

import math
import reprlib
from collections.abc import Iterable, Mapping
from numbers import Integral, Real
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:  # it takes time to load, which readers of a page would wait for
    import numpy.typing as npt


def numbers(
    values: npt.ArrayLike,
    name: str,
    *,
    dtype: npt.DTypeLike = float,
    axes: int | None = None,
    shape: tuple[int, ...] | None = None,
    finite: bool = True,
) -> np.ndarray:
    """Return `values` as an array of numbers.

    Parameters
    ----------
    values : array_like
        What the caller passed.
    name : str
        What the caller calls it.
    dtype : dtype
        Of the result.
    axes : int, optional
        So many axes it must have, none of them empty.
    shape : tuple of int, optional
        The shape it must have.
    finite : bool
        Refuse NaN and infinity.

    Returns
    -------
    array : ndarray
        `values` itself if it is such an array already.

    Raises
    ------
    ValueError
        If `values` is not as described.
    """
    try:
        array = np.asarray(values, dtype)
    except (TypeError, ValueError) as error:
        given = reprlib.repr(values)
        raise ValueError(f"{name} must hold numbers only: {error}, got {given}") from error
    if axes is not None and (array.ndim != axes or not array.size):
        wanted = "one axis" if axes == 1 else f"{axes} axes"
        raise ValueError(f"{name} must have {wanted} and not be empty, got shape {array.shape}")
    if shape not in (None, array.shape):
        raise ValueError(f"{name} must have shape {shape}, got {array.shape}")
    if finite:
        _check_finite(array, name)
    return array


def _check_finite(array: np.ndarray, name: str, where: str = "") -> None:
    # min and max pass NaN and infinity on and, unlike isfinite, need no second array.
    if not array.size or (math.isfinite(array.min()) and math.isfinite(array.max())):
        return
    bad = np.argwhere(~np.isfinite(array))
    first = bad[0].tolist()
    place = ", ".join(map(str, first))
    raise ValueError(
        f"{name} holds {len(bad)} number(s) that are not finite; the first is "
        f"{name}[{place}] = {array[tuple(first)]}{where.format(*first)}."
    )


def ascending(values: npt.ArrayLike, name: str) -> np.ndarray:
    """Return `values` as an array of at least two numbers, each larger than the one before."""
    array = numbers(values, name, axes=1)
    if array.size < 2 or not (np.diff(array) > 0).all():
        raise ValueError(
            f"{name} must hold at least two values, each larger than the one before, "
            f"got {reprlib.repr(array.tolist())}"
        )
    return array


def inputs(X: npt.ArrayLike, n_x: int, dtype: npt.DTypeLike = float) -> np.ndarray:
    """Return the input of a network as a finite array of shape ``(n_x, m)``."""
    X = numbers(X, "X", dtype=dtype, finite=False)
    if X.ndim != 2 or X.shape[0] != n_x or X.shape[1] == 0:
        hint = ""
        if X.ndim == 2 and X.shape[1] == n_x:
            hint = " Here one column is one example; X.T has that shape."
        raise ValueError(f"X has shape {X.shape}, expected ({n_x}, m).{hint}")
    _check_finite(X, "X", " (feature {} of example {})")
    return X


def labels(
    Y: npt.ArrayLike, shape_of_X: tuple[int, ...], dtype: npt.DTypeLike = float
) -> np.ndarray:
    """Return the labels of m examples as an array of shape ``(1, m)``, each label 0 or 1."""
    Y = np.asarray(Y)
    expected = (1, *shape_of_X[1:])
    if Y.shape != expected:
        hint = " Y.reshape(1, -1) has that shape." if expected == (1, Y.size) else ""
        raise ValueError(f"Y has shape {Y.shape}, expected {expected}.{hint}")
    wrong = ~np.isin(Y, (0, 1))
    if wrong.any():
        found = ", ".join(map(str, np.unique(Y[wrong])[:5].tolist()))
        raise ValueError(
            f"Y holds {np.count_nonzero(wrong)} label(s) that are neither 0 nor 1: {found}"
        )
    return Y.astype(dtype)


def training(
    network: Any, X: npt.ArrayLike, Y: npt.ArrayLike, iterations: Any, learning_rate: Any
) -> tuple[np.ndarray, np.ndarray]:
    """Return `X` and `Y` in the dtype of a `DeepNeuralNetwork`, if it can be trained with all."""
    X = inputs(X, network.layer_dims[0], network.dtype)
    Y = labels(Y, X.shape, network.dtype)
    whole_number(iterations, "iterations")
    positive(learning_rate, "learning_rate")
    return X, Y


def parameters(values: Any, name: str) -> dict[str, Any]:
    """Return a dict with the keys ``"W1", "b1", ..., "WL", "bL"``, in this order."""
    if not isinstance(values, Mapping):
        raise ValueError(
            f"{name} must be a dict with the keys W1, b1, ..., WL, bL; got {reprlib.repr(values)}"
        )
    keys = [letter + str(l) for l in range(1, len(values) // 2 + 1) for letter in "Wb"]
    if not keys or set(keys) != set(values):
        raise ValueError(f"{name} must have the keys W1, b1, ..., WL, bL; got {[*values]}")
    return {key: values[key] for key in keys}


def layer_dims(sizes: Any) -> list[int]:
    """Return the units per layer as a list of whole numbers, the last of them 1."""
    given = list(sizes) if np.iterable(sizes) else [sizes]
    whole = all(isinstance(n, Integral) and n > 0 for n in given)
    if len(given) < 2 or not whole or given[-1] != 1:
        raise ValueError(
            "layer_dims must be two or more whole numbers above zero, the last of them 1 "
            f"(one probability), got {sizes!r}"
        )
    return [int(n) for n in given]


def whole_number(value: Any, name: str, least: int = 0) -> int:
    """Return a whole number that is at least `least`."""
    if not isinstance(value, Integral) or value < least:
        raise ValueError(f"{name} must be a whole number, {least} or more, got {value!r}")
    return int(value)


def positive(value: Any, name: str) -> Any:
    """Return a number that is positive and finite, as it is."""
    if not isinstance(value, Real) or not 0 < value < math.inf:
        raise ValueError(f"{name} must be a positive number, got {value!r}")
    return value


def steps(values: Iterable[int], name: str) -> list[int]:
    """Return whole numbers from 0 on, each larger than the one before, as a list."""
    given = list(values)
    if not given or given[0] < 0 or given != sorted(set(given)):
        raise ValueError(f"{name} must be at least one whole number, ascending, got {given}")
    return given


def images(values: npt.ArrayLike, name: str, side: int | None = None) -> np.ndarray:
    """Return pictures in colour as an array of uint8, shape ``(m, height, width, 3)``.

    With `side`, their height and their width must be that.
    """
    array = np.asarray(values)
    sizes = array.shape[1:3] if side is None else (side, side)
    if array.dtype != np.uint8 or array.ndim != 4 or array.shape[1:] != (*sizes, 3):
        expected = f"(m, {side or 'height'}, {side or 'width'}, 3)"
        raise ValueError(
            f"{name} has shape {array.shape} and type {array.dtype}, expected {expected} and uint8"
        )
    return array

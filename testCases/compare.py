"""Whether two results agree, as closely as single precision allows."""

from collections.abc import Mapping
from typing import Any

import numpy as np

RTOL, ATOL = 1e-5, 5e-6


def close(got: Any, want: Any, scale: float | None = None) -> bool:
    """Return whether two arrays of one shape agree; `ATOL` is relative to `scale`.

    By default, that is the largest finite number in `want`.
    """
    if scale is None:
        finite = np.abs(want[np.isfinite(want)]) if np.size(want) else np.zeros(1)
        scale = float(finite.max()) if finite.size else 0.0
    with np.errstate(all="ignore"):
        near = np.isfinite(want) & (np.abs(got - want) <= ATOL * scale + RTOL * np.abs(want))
        if near.all():
            return True
        both_nan = np.isnan(got) & np.isnan(want)
        return bool((near | (got == want) | both_nan).all())


def same(got: Any, want: Any) -> bool:
    """Return whether two values agree: lists count as tuples, numbers as 0-d arrays."""
    if isinstance(want, (tuple, list)):
        matching = isinstance(got, (tuple, list)) and len(got) == len(want)
        return matching and all(map(same, got, want))
    if not is_numeric(got) or not is_numeric(want):
        return got is want or (type(got) is type(want) is str and got == want)
    return np.shape(got) == np.shape(want) and close(np.asarray(got), np.asarray(want))


def same_parts(mine: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Return whether two dicts have the same keys, and values that agree."""
    return mine.keys() == other.keys() and all(same(mine[part], other[part]) for part in other)


def is_numeric(value: object) -> bool:
    """Return whether a value is an array or a number."""
    return isinstance(value, (np.ndarray, np.generic, int, float))

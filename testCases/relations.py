"""Relations: the reader's value is a number times the right one, perhaps in another shape."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from .case import Case, Readings
from .compare import close, is_numeric
from .mistake import Causes

GENERAL = {
    "-1": "wrong_sign",
    "m": "missing_1_over_m",
    "1/m": "double_1_over_m",
    "1/2": "extra_factor_half",
    "transposed": "result_transposed",
    "squeezed": "shape_1d",
    "summed": "summed_everything",
}
"""The codes of the relations that every exercise knows."""

Array = np.ndarray[Any, np.dtype[np.float64]]
Ratios = Sequence[tuple[int, str, float, Array]]
"""Input, part, how many times the right value it is, and the value itself."""
Factor = Callable[[int, str], float]
"""From input and part to a number."""


def causes_of_relations(
    case: Case, actual: Readings, name: str, base: Readings
) -> Iterator[Causes]:
    """Yield the causes that make a family of `actual` out of that of `base`."""
    for shape in ("same", "transposed", "squeezed", "summed"):
        ratios = _ratios(case, actual, name, base, shape)
        if ratios is None or (shape == "same" and not ratios):
            continue
        steps = [] if shape == "same" else [_causes(case, name, shape)]
        if ratios and not _all_close(ratios, lambda i, part: 1.0):
            steps.append(_causes_of_factor(case, name, ratios))
        if steps and all(steps):
            yield tuple(cause for causes in steps for cause in causes)


def _ratios(case: Case, actual: Readings, name: str, base: Readings, shape: str) -> Ratios | None:
    """Return the ratios of all values of a family, or None if a value is no multiple."""
    ratios, shapes_differ, compared = [], False, 0
    for i in case.judged:
        mine, wanted = actual[i].of(name), base[i].of(name)
        for part, right in wanted.items():
            if part not in mine or not is_numeric(mine[part]) or not is_numeric(right):
                return None
            got: Any = mine[part]
            want: Any = right
            expected: Any = case.right[i].parts.get(part)
            if np.shape(got) == np.shape(want) == np.shape(expected):
                got, want = (
                    case.exercise.difference(case.inputs[i], part, value) for value in (got, want)
                )
            ratio = _ratio(np.asarray(got, float), np.asarray(want, float), shape)
            if ratio is None:
                return None
            compared += 1
            shapes_differ = shapes_differ or np.shape(got) != np.shape(want)
            if not np.isnan(ratio):
                ratios.append((i, part, ratio, np.asarray(got)))
    return ratios if compared and (shape == "same" or shapes_differ) else None


def _ratio(got: Array, want: Array, shape: str) -> float | None:
    """Return r if ``got`` is r times ``want`` in the given shape, None if it is not.

    NaN if both are zero: then every r fits.
    """
    if shape == "summed":
        if got.size != 1 or want.size == 1:
            return None if got.size != 1 else _ratio(got.ravel(), want.ravel(), "same")
        want = np.asarray(np.sum(want)).reshape(got.shape)
    elif shape == "transposed":
        if got.ndim != 2 or got.shape != want.shape[::-1]:
            return None
        ways = [want.T, want.reshape(got.shape)]
        found = [r for r in (_ratio(got, way, "same") for way in ways) if r is not None]
        return found[0] if found else None
    elif shape == "squeezed":
        if got.size != want.size or (got.ndim == want.ndim and got.shape != want.shape):
            return None
        got, want = got.ravel(), want.ravel()
    if got.shape != want.shape or not np.isfinite(want).all() or not np.isfinite(got).all():
        return None
    if not want.any():
        return None if got.any() else np.nan
    ratio = float(np.sum(got * want) / np.sum(want * want))
    return ratio if close(got, ratio * want, np.abs(want).max() * min(1, abs(ratio))) else None


def _causes_of_factor(case: Case, name: str, ratios: Ratios) -> Causes:
    """Return the causes of the factor that all `ratios` are; none if it is no known one."""
    if all(ratio == 0 for _, _, ratio, _ in ratios):
        negative = any(np.signbit(value).any() for *_, value in ratios)
        return (negative and _causes(case, name, "-0")) or _causes(case, name, "0")
    factors = _factors(case, ratios)
    for key, value in factors.items():
        if _all_close(ratios, value) and _causes(case, name, key):
            return _causes(case, name, key)
    for key, value in factors.items():
        sign, rest = _causes(case, name, "-1"), _causes(case, name, key)
        if sign and rest and _all_close(ratios, _opposite(value)):
            return sign + rest
    constants = {"constant": _always(1.0)}
    constants |= {f"constant {key}": value for key, value in factors.items()}
    for key, value in constants.items():
        if any(value(i, part) == 0 for i, part, *_ in ratios):
            continue
        scaled = [(i, part, r / value(i, part), v) for i, part, r, v in ratios]
        if _causes(case, name, key) and _all_close(scaled, _always(scaled[0][2])):
            return _causes(case, name, key)
    return ()


def _factors(case: Case, ratios: Ratios) -> dict[str, Factor]:
    """Return all numbers that a value may be multiplied by."""
    factors = {"-1": _always(-1.0), "1/2": _always(0.5)}
    first_input, first_part = ratios[0][:2]
    for key in case.exercise.factors(*case.inputs[first_input], first_part):
        factors[key] = _named_factor(case, key)
    return factors


def _named_factor(case: Case, key: str) -> Factor:
    return lambda i, part: case.exercise.factors(*case.inputs[i], part)[key]


def _always(number: float) -> Factor:
    return lambda i, part: number


def _opposite(factor: Factor) -> Factor:
    return lambda i, part: -factor(i, part)


def _all_close(ratios: Ratios, value: Factor) -> bool:
    return all(np.isclose(r, value(i, part), rtol=1e-4, atol=1e-9) for i, part, r, _ in ratios)


def _causes(case: Case, name: str, relation: str) -> Causes:
    """Return what a relation of one family is known as; empty if it is no known one."""
    known = case.exercise.relations
    general: Any = ((GENERAL[relation],),) if relation in GENERAL else ()
    return known.get((name, relation)) or known.get(("*", relation)) or general

"""Exchanges: the right values, or other ones that are known, are in the wrong places."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from .case import Case, Readings
from .compare import is_numeric, same
from .exercise import S
from .mistake import CacheFlat, CacheSwap, CacheWithout, Causes, Exchange, Look, OtherKeys
from .observe import Other

Names = str | tuple[Any, ...]
"""The name of an array, or the nested tuple of the names of several."""


def causes_of_exchanges(case: Case, actual: Readings, name: str) -> Iterator[Causes]:
    """Yield the causes for a family of `actual` that holds known values in wrong places."""
    yield from _in_its_place(case, actual, name)
    yield from _in_another_order(case, actual, name)
    yield from _under_other_keys(case, actual, name)
    yield from _in_the_cache(case, actual, name)


def causes_of_looks(case: Case, actual: Readings, name: str) -> Iterator[Causes]:
    """Yield the causes that the values of a family give away without any right ones."""
    for mistake, sign in case.exercise.signs(Look):
        if sign.part == name and _looks(case, actual, sign):
            yield sign.causes(mistake.code)


def _looks(case: Case, actual: Readings, sign: Look) -> bool:
    values = [value for i in case.judged for value in actual[i].of(sign.part).values()]
    right = [value for i in case.judged for value in case.right[i].of(sign.part).values()]
    if not values or not all(is_numeric(value) for value in values):
        return False
    if [np.shape(v) for v in values] != [np.shape(v) for v in right]:
        return False
    return sign.predicate([np.asarray(value) for value in values])


def _in_its_place(case: Case, actual: Readings, name: str) -> Iterator[Causes]:
    """One of the arrays in the pool was returned instead of the value."""
    for mistake, sign in case.exercise.signs(Exchange):
        if sign.place == name and all(
            same(actual[i].parts[name], case.exercise.pool(*case.inputs[i])[sign.other])
            for i in case.judged
        ):
            yield sign.causes(mistake.code)


def _in_another_order(case: Case, actual: Readings, name: str) -> Iterator[Causes]:
    """The values are right, but come in another order."""
    names = case.exercise.returns
    if case.exercise.returns_dict or len(names) == 1:
        return
    for other in names:
        swapped = all(
            same(actual[i].parts[name], case.right[i].parts[other])
            and any(same(actual[i].parts[n], case.right[i].parts[name]) for n in names)
            for i in case.judged
        )
        if swapped:
            yield (("return_order",),)
            return


def _under_other_keys(case: Case, actual: Readings, name: str) -> Iterator[Causes]:
    """The values are there, under other keys."""
    if not case.exercise.returns_dict:
        return
    mine = [actual[i].parts for i in case.judged]
    missing = [
        {part: value for part, value in case.right[i].of(name).items() if part not in parts}
        for i, parts in zip(case.judged, mine, strict=True)
    ]
    if not all(missing):
        return
    if not any(mine):
        yield (("loop_never_runs",),)
    elif all(any(key.startswith("<") for key in parts) for parts in mine):
        yield (("int_keys",),)
    elif all(_misnamed(name, *pair) for pair in zip(mine, missing, strict=True)):
        for mistake, sign in case.exercise.signs(OtherKeys):
            yield sign.causes(mistake.code)


def _misnamed(name: str, parts: Mapping[str, Any], missing: Mapping[str, Any]) -> bool:
    others = {k: v for k, v in parts.items() if not re.fullmatch(rf"{name}\d+", k)}
    unnumbered = bool(parts) and not any(re.fullmatch(r"\w+\d+", key) for key in parts)
    return unnumbered or all(
        any(same(value, right) for value in others.values()) for right in missing.values()
    )


# Caches: which array lies where.


def cache_names(case: Case, i: int, cache: Any) -> Names:
    """Return the names of what lies in a cache for input `i`, "?" for the unknown."""
    return _named(cache, case.right[i].parts[case.cache], _arrays(case, i))


def _arrays(case: Case, i: int) -> dict[str, Any]:
    """Return the arrays that may lie in a cache for input `i`."""
    result = case.exercise.returns[0]
    return {result: case.right[i].parts[result], **case.exercise.pool(*case.inputs[i])}


def _named(value: Any, want: Any, arrays: Mapping[str, Any]) -> Names:
    if isinstance(value, (tuple, list)):
        wanted = want if isinstance(want, (tuple, list)) and len(want) == len(value) else value
        return tuple(_named(v, w, arrays) for v, w in zip(value, wanted, strict=True))
    here = [name for name, array in arrays.items() if want is not value and same(array, want)]
    if same(value, want) and here:
        return here[0]
    return next((name for name, array in arrays.items() if same(value, array)), "?")


def _in_the_cache(case: Case, actual: Readings, name: str) -> Iterator[Causes]:
    """Arrays are missing in the cache, or take the places of others."""
    if name != case.cache:
        return
    found = set()
    for i in case.judged:
        causes = _causes_of_cache(case, i, actual[i].parts[name])
        if causes is None:
            return
        found.add(causes)
    found.discard(())
    if len(found) == 1:
        yield from found


def _causes_of_cache(case: Case, i: int, got: Any) -> Causes | None:
    """Return the causes for one cache; () if it may be right or wrong, None if nothing fits."""
    if isinstance(got, (Other, dict)):
        return (("cache_not_tuple",),)
    wanted = cache_names(case, i, case.right[i].parts[case.cache])
    found = cache_names(case, i, got)
    mine, right = _flat(found), _flat(wanted)
    if "?" in mine:
        return None
    if found == wanted:
        return () if _shows_nothing(case, i) else None
    if sorted(mine) == sorted(right):
        nested = isinstance(found, tuple) and len(found) == len(wanted)
        return (("cache_order",),) if nested else _first(case, CacheFlat) or (("cache_order",),)
    if len(mine) < len(right) and set(mine) < set(right):
        lacking = _first(case, CacheWithout, lambda sign: sign.missing not in mine)
        return lacking or (("cache_incomplete",),)
    if len(mine) != len(right):
        return None
    swaps = {pair for pair in zip(mine, right, strict=True) if pair[0] != pair[1]}
    return _first(case, CacheSwap, lambda swap: swaps == {(swap.found, swap.wanted)})


def _first(
    case: Case, kind: type[S], fits: Callable[[S], bool] = lambda sign: True
) -> Causes | None:
    """Return the causes of the first sign of a kind that fits."""
    signs = case.exercise.signs(kind)
    return next((sign.causes(mistake.code) for mistake, sign in signs if fits(sign)), None)


def _shows_nothing(case: Case, i: int) -> bool:
    """Return whether a swap would not show here: the array equals what it replaces."""
    arrays = _arrays(case, i)
    swaps = [swap for _, swap in case.exercise.signs(CacheSwap)]
    return any(same(arrays[swap.found], arrays[swap.wanted]) for swap in swaps)


def _flat(names: Names) -> list[str]:
    if isinstance(names, str):
        return [names]
    return [name for item in names for name in _flat(item)]

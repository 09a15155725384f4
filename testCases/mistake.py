"""A known mistake: its code, its sentence, and the signs by which it is known.

A sign is a *version* of the right answer with the mistake in it, or something that can be said
of a result without running any other code: it is a number times the right one (*relation*),
another value takes its place (*exchange*), and so on.
"""

import re
import textwrap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from .common import SHARED

Cause = tuple[str, ...]
"""The code of a mistake; several codes if no behaviour can tell them apart."""
Causes = tuple[Cause, ...]


@dataclass(frozen=True)
class Sign:
    """What a mistake is known by.

    Attributes
    ----------
    also : str
        The code of a second mistake that this sign shows.
    alike : str
        The code of another mistake that cannot be told apart.
    """

    also: str = field(default="", kw_only=True)
    alike: str = field(default="", kw_only=True)

    def causes(self, code: str) -> Causes:
        """Return what the mistake with this code is said to be."""
        if self.alike:
            return ((code, self.alike),)
        return ((code,), (self.also,)) if self.also else ((code,),)


@dataclass(frozen=True)
class Version(Sign):
    """The right answer with other text in some of its slots.

    With `or_misspelt`, code that runs the wrong branch because it misspells the name of an
    activation does the same.
    """

    fillings: Mapping[str, str]
    or_misspelt: bool = False


@dataclass(frozen=True)
class Relation(Sign):
    """A returned value (``"*"``: any of them) is in a simple relation to the right one.

    The relation is the name of one of the `factors` of the exercise, ``transposed``,
    ``squeezed``, ``summed``, ``"0"``, ``"-0"``, ``constant``, or ``constant`` and a factor.
    """

    part: str
    relation: str


@dataclass(frozen=True)
class Exchange(Sign):
    """One of the arrays of the `pool` of the exercise was returned instead of a result."""

    place: str
    other: str


@dataclass(frozen=True)
class Look(Sign):
    """The values themselves give the mistake away; no right ones are needed."""

    part: str
    predicate: Callable[[Sequence[np.ndarray[Any, np.dtype[np.float64]]]], bool]


@dataclass(frozen=True)
class CacheSwap(Sign):
    """In the cache, the array `found` lies where `wanted` belongs."""

    found: str
    wanted: str


@dataclass(frozen=True)
class CacheFlat(Sign):
    """The cache holds the right arrays, but not nested as it should be."""


@dataclass(frozen=True)
class CacheWithout(Sign):
    """The array `missing` is not in the cache."""

    missing: str


@dataclass(frozen=True)
class Together(Sign):
    """Other mistakes that are better said as this one if all of them are found."""

    codes: frozenset[str]


@dataclass(frozen=True)
class MissingKey(Sign):
    """A ``KeyError`` for keys that match this pattern."""

    pattern: str


@dataclass(frozen=True)
class Misspelt(Sign):
    """One of these words is in the code, but not in lower case."""

    words: tuple[str, ...]


@dataclass(frozen=True)
class OtherKeys(Sign):
    """The right arrays are in the returned dict, under keys of other names."""


@dataclass(frozen=True)
class Mistake:
    """A known mistake; or, among the conventions of an exercise, an accepted deviation.

    Attributes
    ----------
    code : str
        Its name for programs. Gradebooks keep it, so it never changes.
    sentence : str
        In English, what the reader is told. Its translations are looked up by it.
    signs : tuple of Sign
        What it is known by.
    """

    code: str
    sentence: str
    signs: tuple[Sign, ...]


def mistake(code: str, sentence: str, *signs: Sign) -> Mistake:
    """Return a mistake of one function only."""
    return Mistake(code, sentence, signs)


def shared(code: str, *signs: Sign) -> Mistake:
    """Return a mistake whose sentence several functions share: it is in `common`."""
    return Mistake(code, SHARED[code], signs)


def version(*, also: str = "", alike: str = "", **fillings: str) -> Version:
    """Return the version of the right answer with these slots filled otherwise."""
    return Version(fillings, also=also, alike=alike)


_SLOT = re.compile(r"^([ \t]*)\{(\w+)\}$|\{(\w+)\}", re.M)


@dataclass(frozen=True)
class Template:
    """The right answer as the checks know it, with named slots.

    Attributes
    ----------
    source : str
        The function. A slot such as ``{dW}`` that is alone in its line takes several lines.
    slots : dict of str
        The right text for every slot. It may have slots in it, too.
    """

    source: str
    slots: Mapping[str, str]

    def fill(self, fillings: Mapping[str, str]) -> str:
        """Return the source, with `fillings` for some of the slots.

        Raises
        ------
        ValueError
            If one of them is no slot, or a filling has a slot that does not exist.
        """
        unknown = [name for name in fillings if name not in self.slots]
        if unknown:
            raise ValueError(f"fillings must be of {list(self.slots)}, got {unknown}")
        return _filled(self.source, {**self.slots, **fillings}, depth=0)


def _filled(text: str, slots: Mapping[str, str], depth: int) -> str:
    def filling(found: re.Match[str]) -> str:
        indent, alone, inside = found.groups()
        name = alone or inside
        if name not in slots:
            raise ValueError(f"slots must be of {list(slots)}, got {name!r}")
        if depth > len(slots):
            raise ValueError(f"a slot must not be in its own filling, got {name!r}")
        inner = _filled(slots[name], slots, depth + 1)
        return textwrap.indent(inner, indent) if alone else inner

    return _SLOT.sub(filling, text)

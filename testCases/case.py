"""An exercise with inputs, and what the right answer and all known wrong ones give for them."""

import copy
import functools
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Self

import numpy as np

from .compare import same, same_parts
from .errors import same_kind, same_text
from .exercise import Arguments, Exercise, family
from .mistake import Mistake, Version
from .observe import SEED, Error, Run, error_from, quiet, snapshot
from .originals import Function


@dataclass
class Reading:
    """The named values of one result, or why there are none."""

    parts: dict[str, Any] = field(default_factory=dict)
    broken: str = ""
    error: Error | None = None

    def of(self, name: str) -> dict[str, Any]:
        """Return the values of a family, such as all ``dW1 ...``."""
        return {part: value for part, value in self.parts.items() if family(part) == name}


Readings = Sequence[Reading]
"""One for each input."""


def read(exercise: Exercise, one: Run, right: Reading | None = None) -> Reading:
    """Return the `Reading` of a `Run`; `right` has the right values for this input."""
    if one.error is not None:
        return Reading(broken="raises_error", error=one.error)
    result = one.result
    if result is None:
        return Reading(broken="no_return")
    if exercise.returns_dict:
        if not isinstance(result, dict):
            return Reading(broken="not_a_dict")
        return Reading({key if isinstance(key, str) else f"<{key}>": result[key] for key in result})
    if len(exercise.returns) == 1:
        return Reading({exercise.returns[0]: result})
    if not isinstance(result, (tuple, list)) or len(result) < len(exercise.returns):
        return Reading(broken="missing_return_value")
    if len(result) > len(exercise.returns):
        if right and any(same(result, value) for value in right.parts.values()):
            return Reading(broken="missing_return_value")  # one tuple alone
        return Reading(broken="extra_return_value")
    return Reading(dict(zip(exercise.returns, result, strict=True)))


def readings(exercise: Exercise, function: Function, inputs: Sequence[Arguments]) -> Readings:
    """Run one of our own functions, which change no input; return a `Reading` for each."""
    found = []
    with quiet():
        for arguments in inputs:
            np.random.seed(SEED)
            try:
                one = Run(snapshot(function(*arguments)))
            except Exception as error:
                one = Run(error=error_from(error, function))
            found.append(read(exercise, one))
    return found


@dataclass(frozen=True)
class KnownVersion:
    """A wrong version of the right answer, what it gives, and the families that it spoils."""

    mistake: Mistake
    version: Version
    readings: Readings
    spoiled: frozenset[str]


class Case:
    """An exercise with inputs, and what the right answer and all known mistakes give."""

    def __init__(self, exercise: Exercise, inputs: Sequence[Arguments]) -> None:
        self.exercise = exercise
        self.inputs = inputs
        self.right = readings(exercise, exercise.function, inputs)
        with quiet():
            self.judged = [i for i, given in enumerate(inputs) if exercise.judged(*given)]

    @property
    def structures(self) -> list[str]:
        """The returned values that are no arrays, but hold them: a cache, or all caches."""
        parts = self.right[0].parts
        return [name for name in parts if isinstance(parts[name], (tuple, list))]

    @property
    def cache(self) -> str:
        """The returned value that is the cache of a layer, a tuple; "" if there is none."""
        parts = self.right[0].parts
        return next((name for name in parts if isinstance(parts[name], tuple)), "")

    @functools.cached_property
    def known(self) -> list[KnownVersion]:
        """All wrong versions."""
        known = []
        for mistake, version, function in self.exercise.versions:
            other = readings(self.exercise, function, self.inputs)
            known.append(KnownVersion(mistake, version, other, frozenset(self.wrong(other))))
        return known

    @functools.cached_property
    def conventions(self) -> list[tuple[Mistake, Readings]]:
        """The accepted deviations with their readings."""
        return [
            (mistake, readings(self.exercise, function, self.inputs))
            for mistake, _, function in self.exercise.accepted_versions
        ]

    @functools.cached_property
    def conventional(self) -> list[int]:
        """The inputs for which an accepted deviation would show."""
        return [
            i
            for i in self.judged
            for _, other in self.conventions
            if not same_parts(other[i].parts, self.right[i].parts)
        ]

    def without(self, inputs: Sequence[int]) -> Self:
        """Return the same case, some inputs not judged."""
        fewer = copy.copy(self)
        fewer.judged = [i for i in self.judged if i not in inputs]
        return fewer

    def wrong(self, actual: Readings) -> list[str]:
        """Return the families in which the readings `actual` are not right."""
        families = self.exercise.families
        return [name for name in families if not self.agree(name, actual, self.right)]

    def agree(self, name: str, actual: Readings, other: Readings) -> bool:
        """Return whether a family is the same in both, for all inputs that are judged."""
        informative, texts = False, True
        for i in self.judged:
            a, b, right = actual[i], other[i], self.right[i]
            if a.broken or b.broken:
                if a.broken != b.broken or not same_kind(a.error, b.error):
                    return False
                texts = texts and same_text(a.error, b.error)
            else:
                wanted = b.of(name)
                mine = a.of(name)
                if other is self.right:  # more keys than asked for are no mistake
                    mine = {part: mine[part] for part in mine if part in wanted}
                if not same_parts(mine, wanted):
                    return False
                informative = informative or not same_parts(wanted, right.of(name))
        return informative or texts

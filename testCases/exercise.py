"""An exercise: what its function returns, what it is tried on, how its mistakes are known."""

import functools
import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

import numpy as np

from .mistake import Causes, Mistake, Relation, Sign, Template, Together, Version
from .originals import HELPERS, Function

START = "### START CODE HERE ###"
END = "### END CODE HERE ###"
STUB = "raise NotImplementedError  # write your lines here"
FENCED = re.compile(rf"^([ \t]*){re.escape(START)}\n(.*?)^[ \t]*{re.escape(END)}$", re.M | re.S)

Arguments = tuple[Any, ...]
S = TypeVar("S", bound=Sign)


@dataclass(frozen=True)
class Proof:
    """A test of a result that does not need the right answer.

    Attributes
    ----------
    sentence : str
        In English, what does not hold if the test fails.
    holds : callable
        From the arguments and the parts of the result to a bool.
    """

    sentence: str
    holds: Callable[[Arguments, Mapping[str, Any]], bool]


def _difference(arguments: Arguments, name: str, value: Any) -> Any:
    return value


@dataclass(frozen=True)
class Exercise:
    """One function that the reader writes.

    Attributes
    ----------
    function : callable
        The right answer, of the library.
    returns : tuple of str
        The names of the returned values; or, for a returned dict, ``"W*"`` for all its ``W1 ...``.
    inputs : callable
        From a `RandomState` to the list of argument tuples that an answer is tried on.
    template : Template
        The right answer with slots, which a `Version` of a mistake fills otherwise.
    mistakes : tuple of Mistake
        The known ones.
    hints : tuple of str
        In English, from the first thought to nearly the answer.
    conventions : tuple of Mistake
        Other conventions that are accepted, with a note.
    layout : dict
        The names of what an argument that is a cache holds, nested as it is.
    own_places : str
        A pattern of the places in the arguments where the function may put new values.
    factors : callable
        From the arguments and a part to the named numbers that it may be multiplied by.
    pool : callable
        From the arguments to the arrays that may be returned instead of a result.
    difference : callable
        What of a result the factors apply to: ``difference(arguments, name, value)``.
    judged : callable
        Whether the values for these arguments are to be compared.
    proof : Proof, optional
        It is asked for the last input.
    """

    function: Function
    returns: tuple[str, ...]
    inputs: Callable[[np.random.RandomState], list[Arguments]]
    template: Template
    mistakes: tuple[Mistake, ...]
    hints: tuple[str, ...]
    conventions: tuple[Mistake, ...] = ()
    layout: Mapping[str, Any] = field(default_factory=dict)
    own_places: str = ""
    factors: Callable[..., Mapping[str, float]] = lambda *arguments: {}
    pool: Callable[..., Mapping[str, Any]] = lambda *arguments: {}
    difference: Callable[[Arguments, str, Any], Any] = _difference
    judged: Callable[..., bool] = lambda *arguments: True
    proof: Proof | None = None

    @property
    def name(self) -> str:
        return self.function.__name__

    @functools.cached_property
    def parameters(self) -> tuple[str, ...]:
        """The names of the arguments."""
        return tuple(inspect.signature(self.function).parameters)

    @property
    def returns_dict(self) -> bool:
        return self.returns[0].endswith("*")

    @property
    def families(self) -> list[str]:
        """The names of the returned values, ``"W"`` for all ``W1 ...``."""
        return [name.rstrip("*") for name in self.returns]

    def signs(self, kind: type[S]) -> Iterator[tuple[Mistake, S]]:
        """Yield all signs of a kind, each with its mistake."""
        for mistake in self.mistakes:
            for sign in mistake.signs:
                if isinstance(sign, kind):
                    yield mistake, sign

    @functools.cached_property
    def together(self) -> dict[frozenset[str], str]:
        """Several codes that are better said as one: ``{frozenset(codes): code}``."""
        return {sign.codes: mistake.code for mistake, sign in self.signs(Together)}

    @functools.cached_property
    def relations(self) -> dict[tuple[str, str], Causes]:
        """What a relation of a returned value is known as: ``{("dW", "m"): causes}``."""
        return {
            (sign.part, sign.relation): sign.causes(mistake.code)
            for mistake, sign in self.signs(Relation)
        }

    def source(self, version: Version | None = None) -> str:
        """Return the source of the right answer, or of a wrong version of it."""
        return self.template.fill({} if version is None else version.fillings)

    def build(self, version: Version | None = None) -> Function:
        """Return the function that `source` defines; the functions it calls are right.

        Raises
        ------
        ValueError
            If there is no such function: a slot is unknown, or the source is no Python.
        """
        names: dict[str, Any] = {"np": np, **HELPERS}
        try:
            exec(compile(self.source(version), f"<{self.name}>", "exec"), names)
        except SyntaxError as error:
            raise ValueError(f"the source of {self.name} must be Python, got {error}") from error
        function: Function = names[self.name]
        return function

    @functools.cached_property
    def versions(self) -> list[tuple[Mistake, Version, Function]]:
        """All wrong versions that can be built; a broken one is no reason to stop a reader."""
        return self._built(self.mistakes)

    @functools.cached_property
    def accepted_versions(self) -> list[tuple[Mistake, Version, Function]]:
        """The versions that follow another convention."""
        return self._built(self.conventions)

    def _built(self, mistakes: tuple[Mistake, ...]) -> list[tuple[Mistake, Version, Function]]:
        built = []
        for mistake in mistakes:
            for sign in mistake.signs:
                if isinstance(sign, Version):
                    try:
                        built.append((mistake, sign, self.build(sign)))
                    except ValueError:
                        continue
        return built


def family(part: str) -> str:
    """Return ``"dW"`` for the part ``"dW1"``."""
    return part.rstrip("0123456789")


def starter(name: str) -> str:
    """Return the source of the exercise `name` with nothing between its fences.

    Parameters
    ----------
    name : str
        One of the functions that the reader writes.

    Returns
    -------
    source : str
        The function as in the library; ``raise NotImplementedError`` between the fences.

    Raises
    ------
    ValueError
        If there is no such exercise.
    """
    source = inspect.getsource(HELPERS[name]).rstrip("\n") if name in HELPERS else ""
    if START not in source:
        raise ValueError(f"name must be one of the functions to write, got {name!r}")
    return FENCED.sub(rf"\1{START}\n\1{STUB}\n\1{END}", source)

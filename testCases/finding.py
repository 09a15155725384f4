"""What is found out about a function, as codes and fields: the words come later (`report`)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .case import Readings
from .mistake import Cause


@dataclass(frozen=True)
class Fact:
    """Something that was seen; `fields` are the names and numbers that belong to it.

    A field may be a fact itself, or a list of texts and facts.
    """

    code: str
    fields: Mapping[str, Any] = field(default_factory=dict)


def fact(code: str, **fields: Any) -> Fact:
    """Return a `Fact` with these fields."""
    return Fact(code, fields)


@dataclass(frozen=True)
class Finding:
    """What is known of one function.

    Attributes
    ----------
    function : str
        The exercise.
    stage : str
        The stage that failed, ``"attempted"`` to ``"properties"``; or ``"done"``.
    kind : str
        ``"ok"``, ``"not_attempted"``, or what kind of fault it is.
    right : tuple of str
        The returned values that are right, if others are wrong.
    facts : tuple of Fact
        What is wrong, and where; or what was checked.
    notes : tuple of Fact
        What is said besides, if the function is right.
    causes : tuple of tuple of str
        The mistakes that explain it; one with several codes if they cannot be told apart.
    details : dict
        The fields of the sentences on some causes.
    readings : sequence of Reading
        What the function gave, where the values were compared.
    """

    function: str
    stage: str
    kind: str
    right: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    notes: tuple[Fact, ...] = ()
    causes: tuple[Cause, ...] = ()
    details: Mapping[Cause, Mapping[str, Any]] = field(default_factory=dict)
    readings: Readings = field(default=(), repr=False)

    @property
    def ok(self) -> bool:
        return self.kind == "ok"

    @property
    def code(self) -> str:
        """The codes of all causes, joined by ``+``; without any, the kind."""
        return "+".join(dict.fromkeys(code for cause in self.causes for code in cause)) or self.kind

"""What a check found: a code for programs, and the same in words for a reader."""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from dnn_utils.palette import css

_hints_given: dict[str, int] = {}
MARKS = {"right": "✓", "wrong": "✗", "open": "○"}
COLOURS = {"right": css("good"), "wrong": css("backward"), "open": css("muted")}


@dataclass(frozen=True)
class Result:
    """What a check found.

    Attributes
    ----------
    function : str
        The exercise.
    ok : bool
        Whether the function is right.
    code : str
        ``"ok"``, or stable words for what is wrong, joined by ``+``.
    stage : str
        The stage that failed: ``"attempted"``, ``"callable"``, ``"runs"``, ``"shapes"``,
        ``"values"``, ``"cache"``, ``"inputs"``, ``"outside"``, ``"properties"``; or ``"done"``.
        From `dnn_utils.use` also ``"helpers"`` and ``"together"``.
    message : str
        The same in words, several lines.
    brief : str
        The line that helps most: the likely cause, else the first fact.
    """

    function: str
    ok: bool
    code: str
    stage: str
    lines: tuple[str, ...] = field(default=(), repr=False)
    brief: str = ""
    hints: tuple[str, ...] = field(default=(), repr=False)

    @property
    def message(self) -> str:
        return "\n".join(self.lines)

    @property
    def state(self) -> str:
        """``"right"``, ``"open"`` (not attempted yet) or ``"wrong"``."""
        if self.ok:
            return "right"
        return "open" if self.code == "not_attempted" else "wrong"

    def hint(self) -> None:
        """Print the next hint for this function; after the last one, say so."""
        given = _hints_given.get(self.function, 0)
        _hints_given[self.function] = given + 1
        print(self.hints[min(given, len(self.hints) - 1)])

    def __repr__(self) -> str:
        return "\n".join((f"{MARKS[self.state]} {self.lines[0]}", *self.lines[1:]))

    def _repr_html_(self) -> str:
        return _box(self.state, self.lines[0], self.lines[1:])


@dataclass(frozen=True)
class Overview:
    """The results for all functions of a workbook."""

    results: tuple[Result, ...]
    title: str
    summaries: tuple[str, ...]

    @property
    def ok(self) -> bool:
        return all(result.ok for result in self.results)

    def __repr__(self) -> str:
        width = max((len(result.function) for result in self.results), default=0)
        rows = [
            f"{MARKS[result.state]} {result.function:{width}}  {summary}"
            for result, summary in zip(self.results, self.summaries, strict=True)
        ]
        return "\n".join((self.title, *rows))

    def _repr_html_(self) -> str:
        rows = tuple(
            f"{MARKS[result.state]} `{result.function}`: {summary}"
            for result, summary in zip(self.results, self.summaries, strict=True)
        )
        return _box("right" if self.ok else "open", self.title, rows)


@dataclass(frozen=True)
class Place:
    """Where a function was written; both count from 1, and a file has the cell 0."""

    cell: int
    line: int


@dataclass(frozen=True, repr=False)
class OwnReport(Overview):
    """What `dnn_utils.use` found about the nine functions, and which of yours are in use.

    Attributes
    ----------
    results : tuple of Result
        One for each function: ``result.state`` is ``"right"``, ``"wrong"`` or ``"open"`` (not
        attempted yet), ``result.message`` says which mistake it is.
    in_use : tuple[str]
        The names of those functions that are yours from now on.
    places : dict[str, Place]
        Where each of them was written: ``places["compute_cost"].line``.
    details : tuple[str]
        For each function that is wrong, all that was found, and where it stands.
    """

    in_use: tuple[str, ...] = ()
    places: Mapping[str, Place] = field(default_factory=dict)
    details: tuple[str, ...] = ()

    def __getitem__(self, name: str) -> Result:
        """Return the result of one function."""
        return {result.function: result for result in self.results}[name]


def _box(state: str, title: str, lines: tuple[str, ...]) -> str:
    """Return a box that is legible on a light and on a dark page; the mark tells the state."""
    paragraphs = "".join(f'<p style="margin:.25em 0">{_rich(line)}</p>' for line in lines)
    return (
        f'<div class="check check-{state}" role="status" '
        f'style="border-left:.3em solid {COLOURS[state]};'
        'padding:.4em .8em;margin:.4em 0">'
        f'<p style="margin:.25em 0"><strong>{MARKS[state]} {_rich(title)}</strong></p>'
        f"{paragraphs}</div>"
    )


def _rich(text: str) -> str:
    """Escape `text`; text between backticks becomes code."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", html.escape(text))

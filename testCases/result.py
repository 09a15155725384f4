"""What a check found: a code for programs, and the same in words for a reader."""

import html
import re
from dataclasses import dataclass, field

from .messages import hints, say

_hints_given = {}
_COLOURS = {"right": "#1a7f37", "wrong": "#b35900", "open": "#57606a"}


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
    message : str
        The same in words, several lines.
    brief : str
        The line that helps most: the likely cause, else the first fact.
    """

    function: str
    ok: bool
    code: str
    stage: str
    lines: tuple = field(default=(), repr=False)
    brief: str = ""

    @property
    def message(self):
        return "\n".join(self.lines)

    @property
    def state(self):
        """``"right"``, ``"open"`` (not attempted yet) or ``"wrong"``."""
        if self.ok:
            return "right"
        return "open" if self.code == "not_attempted" else "wrong"

    def hint(self):
        """Print the next hint for this function; after the last one, say so."""
        texts = hints(self.function)
        given = _hints_given.get(self.function, 0)
        _hints_given[self.function] = given + 1
        if given < len(texts):
            print(say("words", "hint", number=given + 1, count=len(texts), text=texts[given]))
        else:
            print(say("words", "no_more_hints"))

    def __repr__(self):
        return "\n".join((f"{say('marks', self.state)} {self.lines[0]}", *self.lines[1:]))

    def _repr_html_(self):
        return _box(self.state, self.lines[0], self.lines[1:])


@dataclass(frozen=True)
class Overview:
    """The results for all functions of a workbook."""

    results: tuple

    @property
    def ok(self):
        return all(result.ok for result in self.results)

    def _title(self):
        right = sum(result.ok for result in self.results)
        return say("words", "overview", right=right, count=len(self.results))

    def __repr__(self):
        width = max(len(result.function) for result in self.results)
        rows = [
            f"{say('marks', result.state)} {result.function:{width}}  {_summary(result)}"
            for result in self.results
        ]
        return "\n".join((self._title(), *rows))

    def _repr_html_(self):
        rows = [
            f"{say('marks', result.state)} `{result.function}`: {_summary(result)}"
            for result in self.results
        ]
        return _box("right" if self.ok else "open", self._title(), rows)


def _summary(result):
    if result.state != "wrong":
        return say("words", result.state)
    return result.brief or result.lines[-1]


def verdict(function, code, stage="attempted", *details):
    """Return a `Result` with the headline that belongs to `code`, and `details` below it."""
    if code in ("ok", "not_attempted"):
        headline = say("headlines", code, function=function)
    else:
        headline = say("headlines", "wrong", function=function)
    return Result(function, code == "ok", code, stage, (headline, *details))


def _box(state, title, lines):
    """Return a box that is legible on a light and on a dark page; the mark tells the state."""
    colour = _COLOURS[state]
    paragraphs = "".join(f'<p style="margin:.25em 0">{_rich(line)}</p>' for line in lines)
    return (
        f'<div class="check check-{state}" role="status" style="border-left:.3em solid {colour};'
        'padding:.4em .8em;margin:.4em 0">'
        f'<p style="margin:.25em 0"><strong>{say("marks", state)} {_rich(title)}</strong></p>'
        f"{paragraphs}</div>"
    )


def _rich(text):
    """Escape `text`; what stands between backticks becomes code."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", html.escape(text))

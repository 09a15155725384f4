"""Answers that readers could give: right ones, wrong ones with the code of their mistake.

A folder holds one kind, one module a step of the book. ``wrong`` covers every mistake
that the checks know. ``uncatalogued`` and ``unseen`` were written without a look at the
checks and their lists. The first has helped to make the general rules better; for the
second, nothing was changed after it was run, so it shows how honest the checks are with
mistakes that nobody has thought of.

The code of an answer is ``"a+b"`` for two mistakes, ``"a|b"`` if either word is right,
and ``"none"`` if no known mistake fits: then the check has to state facts only.
"""

import importlib
from dataclasses import dataclass

STEPS = ("initialization", "forward", "cost", "backward", "update")
_answers = []


@dataclass(frozen=True)
class Answer:
    """One answer to the exercise `name`; `code` is what is wrong with it, or None."""

    name: str
    code: str | None
    function: object

    def __str__(self):
        line = self.function.__code__.co_firstlineno
        kind, step = self.function.__module__.split(".")[-2:]
        return f"{kind}/{step}.py:{line} {self.name} {self.code or ''}".rstrip()


def answer(name, code=None):
    """Mark a function as an answer to the exercise `name` with the mistake `code`."""

    def add(function):
        _answers.append(Answer(name, code, function))
        return function

    return add


def answers(kind):
    """Return all answers of a kind, the name of a folder."""
    for step in STEPS:
        importlib.import_module(f"{__name__}.{kind}.{step}")
    return [a for a in _answers if a.function.__module__.startswith(f"{__name__}.{kind}.")]

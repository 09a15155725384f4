"""Exceptions: which of them say the same, and which mistakes they give away."""

import re
from collections.abc import Iterator, Sequence

from .exercise import Exercise
from .mistake import Causes, MissingKey, Misspelt
from .observe import Error

_ALIKE = {"AssertionError": "ValueError", "UnboundLocalError": "NameError"}
_NO_BRANCH_RAN = {"UnboundLocalError", "ValueError", "KeyError"}


def causes_of_errors(
    exercise: Exercise, errors: Sequence[Error], texts: Sequence[str]
) -> Iterator[Causes]:
    """Yield the causes that `errors` give away; `texts` are the strings in the code."""
    if not errors:
        return
    kinds = {error.type_name for error in errors}
    if kinds <= _NO_BRANCH_RAN:
        yield from misspelt(exercise, texts)
    if kinds == {"KeyError"}:
        for mistake, sign in exercise.signs(MissingKey):
            if all(re.fullmatch(sign.pattern, error.name) for error in errors):
                yield sign.causes(mistake.code)
                return


def misspelt(exercise: Exercise, texts: Sequence[str]) -> Iterator[Causes]:
    """Yield the mistake of a word that is in the code, but not in lower case."""
    for mistake, sign in exercise.signs(Misspelt):
        if any(text.lower() in sign.words and text not in sign.words for text in texts):
            yield sign.causes(mistake.code)


def same_kind(a: Error | None, b: Error | None) -> bool:
    """Return whether two exceptions are of kinds that the same mistake may raise."""
    return _kind(a) == _kind(b)


def same_text(a: Error | None, b: Error | None) -> bool:
    """Return whether two exceptions say the same, in the words of ``np.dot`` or of ``@``."""
    return _canonical(a) == _canonical(b)


def _kind(error: Error | None) -> str | None:
    return None if error is None else _ALIKE.get(error.type_name, error.type_name)


def _canonical(error: Error | None) -> object:
    if error is None:
        return None
    if error.type_name == "KeyError":
        return error.name
    if _kind(error) == "NameError":
        return "name"
    sizes = misaligned(error.text)
    return sizes or re.sub(r"\d+", "#", error.text)


def misaligned(text: str) -> tuple[int, int] | None:
    """Return the two sizes that a matrix product could not match, or None."""
    for pattern, order in (
        (r"not aligned: (\d+) \(dim \d+\) != (\d+)", (1, 2)),
        (r"matmul: .*size (\d+) is different from (\d+)", (2, 1)),
    ):
        if found := re.search(pattern, text):
            return int(found.group(order[0])), int(found.group(order[1]))
    return None

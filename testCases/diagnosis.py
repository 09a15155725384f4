"""Find the mistake that explains a wrong result.

The results for all inputs are compared together, one returned value at a time: first with
simple relations to the right value (``m`` times as large, transposed, ...), then with other
values in its place, then with the results of the known wrong versions. A cause is named
only if it explains every input. One cause that explains several values is preferred.
"""

from collections.abc import Iterator, Mapping, Sequence

from .case import Case, Readings
from .errors import causes_of_errors, misspelt
from .exchanges import causes_of_exchanges, causes_of_looks
from .mistake import Cause, Causes
from .relations import causes_of_relations

RELATION, EXCHANGE, LOOK, VERSION, COMPOSED = range(5)

Found = dict[Causes, tuple[int, list[str]]]
"""By the causes: the tier, and the families that they explain."""


def diagnose(case: Case, actual: Readings, texts: Sequence[str] = ()) -> list[Cause]:
    """Return the causes that explain the wrong families of `actual`.

    Parameters
    ----------
    case : Case
        The exercise.
    actual : sequence of Reading
        What the reader's function gave, without its asserts.
    texts : sequence of str
        The strings in its code.

    Returns
    -------
    causes : list of tuple of str
        Each with one code, or with several that cannot be told apart; empty if nothing fits.
    """
    causes = _diagnosed(case, actual, texts)
    if not causes and case.conventional:
        causes = _diagnosed(case.without(case.conventional), actual, texts)
    return causes


def _diagnosed(case: Case, actual: Readings, texts: Sequence[str]) -> list[Cause]:
    remaining = case.wrong(actual)
    complete = not any(actual[i].broken for i in case.judged)
    found: Found = {}
    for name in remaining:
        candidates = list(_from_errors(case, actual, name, texts, set(remaining)))
        if complete:
            candidates += _from_values(case, actual, name)
            candidates = candidates or list(_composed(case, actual, name))
        for tier, causes in candidates:
            old_tier, names = found.setdefault(causes, (tier, []))
            found[causes] = (min(old_tier, tier), [*names, name])
    chosen: list[Cause] = []
    while remaining and found:
        best, explained = _best(found, remaining)
        if not explained:
            break
        chosen += [cause for cause in best if cause not in chosen]
        remaining = [name for name in remaining if name not in explained]
    return _merged(case.exercise.together, chosen)


def _best(found: Found, remaining: Sequence[str]) -> tuple[Causes, list[str]]:
    """Return the causes that explain most of `remaining`; all that do so equally, as one."""

    def key(causes: Causes) -> tuple[int, int, int]:
        tier, names = found[causes]
        return -len(set(names) & set(remaining)), len(causes), tier

    best = min(key(causes) for causes in found)
    equal = [causes for causes in found if key(causes) == best]
    if best[0] == 0:
        return (), []
    explained = found[equal[0]][1]
    equal = [causes for causes in equal if set(found[causes][1]) == set(explained)]
    if len(equal) > 1 and all(len(causes) == 1 for causes in equal) and best[2] >= VERSION:
        codes = dict.fromkeys(code for causes in equal for code in causes[0])
        if len(codes) > 3:
            return (), explained  # too many to be worth a word
        return (tuple(codes),), explained
    return equal[0], explained


def _merged(together: Mapping[frozenset[str], str], causes: list[Cause]) -> list[Cause]:
    """Say several causes as one, where that is better."""
    for codes, one in together.items():
        single = {cause[0] for cause in causes if len(cause) == 1}
        if codes <= single:
            first = next(cause for cause in causes if cause[0] in codes)
            causes = [
                (one,) if cause is first else cause
                for cause in causes
                if cause is first or cause[0] not in codes
            ]
    return list(dict.fromkeys(causes))


def _from_values(case: Case, actual: Readings, name: str) -> Iterator[tuple[int, Causes]]:
    """Yield ``(tier, causes)`` for one wrong family; there are values for all inputs."""
    for causes in causes_of_relations(case, actual, name, case.right):
        yield RELATION, causes
    for causes in causes_of_exchanges(case, actual, name):
        yield EXCHANGE, causes
    for causes in causes_of_looks(case, actual, name):
        yield LOOK, causes


def _from_errors(
    case: Case, actual: Readings, name: str, texts: Sequence[str], wrong: set[str]
) -> Iterator[tuple[int, Causes]]:
    """Yield ``(tier, causes)`` for one of the `wrong` families, whatever was raised."""
    errors = [error for i in case.judged if (error := actual[i].error) is not None]
    for causes in causes_of_errors(case.exercise, errors, texts):
        yield EXCHANGE, causes
    for known in case.known:
        if name in known.spoiled <= wrong and case.agree(name, actual, known.readings):
            causes = known.version.causes(known.mistake.code)
            if known.version.or_misspelt:
                alike = [code for other in misspelt(case.exercise, texts) for code in other[0]]
                causes = ((*causes[0], *alike),)
            yield VERSION, causes


def _composed(case: Case, actual: Readings, name: str) -> Iterator[tuple[int, Causes]]:
    """Yield a known mistake together with a simple relation to its result."""
    for known in case.known:
        if name in known.spoiled and not any(known.readings[i].broken for i in case.judged):
            for causes in causes_of_relations(case, actual, name, known.readings):
                yield COMPOSED, known.version.causes(known.mistake.code) + causes

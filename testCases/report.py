"""Say what was found, in the language of the reader: all words of the checks are made here.

The sentences on mistakes, the proofs and the hints are with the exercises.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from dnn_utils.language import LANGUAGE, N_, say, say_in, translations

from .exercises import EXERCISES, FUNCTIONS, NOTES, PROOFS, SENTENCES
from .finding import Fact, Finding, fact
from .mistake import Cause
from .result import Overview, OwnReport, Place, Result

HEADLINES: dict[str, str] = N_(
    {
        "right": "`{function}` is right.",
        "open": ("`{function}` is not attempted yet. Write your lines between the two fences."),
        "wrong": "`{function}` is not right yet.",
    }
)
FACTS: dict[str, str] = N_(
    {
        "checked": (
            "Checked on {count} inputs: values and shapes are right, the inputs are unchanged, "
            "and nothing is read from outside."
        ),
        "checked_cache": (
            "Checked on {count} inputs: values, shapes and caches are right, the inputs are "
            "unchanged, and nothing is read from outside."
        ),
        "right": "Already right: {parts}.",
        "value": "`{part}` is {got}, expected {want}.",
        "shape": "`{part}` has shape {got}, expected {want}.",
        "type": "`{part}` is of type {got}; a NumPy array is needed.",
        "tried_on": "Tried on: {shapes}.",
        "caches": "{count} caches",
        "missing_keys": "Missing in the result: {missing}. It has: {got}.",
        "nothing": "nothing",
        "no_return": "It returned None; expected: {returns}.",
        "not_a_dict": "It did not return a dictionary; expected: {returns}.",
        "missing_return_value": "It returned fewer values than the {returns} that are expected.",
        "extra_return_value": "It returned more values than the {returns} that are expected.",
        "line": "It happened in line {number}: `{line}`",
        "error": "It stopped with {type}: {text}.",
        "misaligned": (
            "A matrix product got shapes that do not fit: {left} columns on the left, but {right} "
            "rows on the right."
        ),
        "missing_key": "It looked for the key {key}, which does not exist.",
        "endless": "It was stopped after {seconds} seconds. Does a loop never end?",
        "cache": "The cache holds {got}, expected {want}.",
        "caches_type": (
            "`caches` is of type {got}; a list with one cache for each of the {count} "
            "layers is needed."
        ),
        "caches_length": "`caches` has {got} entries, expected {want}: one for each layer.",
        "caches_entry": "`caches[{index}]`, the cache of layer {layer}, is not right.",
        "missing": "The notebook does not define this function.",
        "syntax_error": "Its cell cannot run: {text}",
        "changed": "Your function has changed its input `{name}`.",
        "outside": "Your function needs the notebook variable `{name}`.",
        "wrong_helper": (
            "The function is right with the book's helpers, but not with your own {helpers}: "
            "look there for the mistake."
        ),
        "misfit": (
            "The function is right alone, but not together with your others: it calls one of "
            "them in another way than the book does."
        ),
        "callee": (
            "Note: `{function}` is right; `{callee}`, which it calls, is not. Run "
            "`check({callee})`."
        ),
    }
)
IN_USE: dict[str, str] = N_(
    {
        "title": "This Python runs on your code: {own} of {count} functions.",
        "none": "This Python runs on the book's functions.",
        "right": "right, in use",
        "last": "{summary} Your last right one stays in use.",
        "before": "yours, in use from before",
        "place": "{summary} ({place})",
        "cell": "cell {cell}, line {line}",
        "line": "line {line}",
        "yours": "yours",
        "the book's": "the book's",
        "whose": "`{function}` is your own function.",
        "switch": "dnn_utils.use(None) puts the book's functions back.",
    }
)
CAUSE: str = N_("Likely cause: {text}")
EITHER: str = N_("Likely cause: either {causes}")
OR: str = N_(" Or: ")
HINT: str = N_("Hint {number} of {count}: {text}")
NO_MORE_HINTS: str = N_("That was the last hint. The solution is on the page of the chapter.")
OVERVIEW: str = N_("{right} of {count} functions are right.")
UNKNOWN: str = N_(
    "check needs one of the functions of the book, or its name as second argument; got {got}, "
    "expected one of {names}"
)

_TEXTS = SENTENCES | NOTES | FACTS


def report(finding: Finding) -> Result:
    """Return the `Result` for a finding: what is right, what is wrong, the likely cause."""
    facts = [_words(one) for one in finding.facts]
    right = [_words(fact("right", parts=", ".join(finding.right)))] if finding.right else []
    causes = [text for cause in finding.causes if (text := _cause(finding, cause))]
    notes = [_words(one) for one in finding.notes]
    state = {"ok": "right", "not_attempted": "open"}.get(finding.code, "wrong")
    headline = say(HEADLINES[state], function=finding.function)
    return Result(
        finding.function,
        finding.ok,
        finding.code,
        finding.stage,
        lines=(headline, *right, *facts, *causes, *notes),
        brief=next(iter([*causes, *facts]), "") if state == "wrong" else "",
        hints=_numbered_hints(finding.function) if finding.function in EXERCISES else (),
    )


def overview(results: Sequence[Result]) -> Overview:
    """Return the `Overview` of several results: one line for each."""
    title = say(OVERVIEW, right=sum(result.ok for result in results), count=len(results))
    return Overview(tuple(results), title, tuple(map(_summary, results)))


def own_report(
    results: Mapping[str, Result],
    places: Mapping[str, Place],
    in_use: Collection[str] | None,
) -> OwnReport:
    """Return what is said about the reader's functions.

    Parameters
    ----------
    results : dict
        By function.
    places : dict
        Where they were written.
    in_use : collection of str, or None
        Those that are in use now; None where none was to be.
    """
    own, count = tuple(name for name in FUNCTIONS if name in (in_use or ())), len(FUNCTIONS)
    if in_use is None:
        right = sum(result.ok for result in results.values())
        title = say(OVERVIEW, right=right, count=count)
    elif own:
        title = f"{say(IN_USE['title'], own=len(own), count=count)} {say(IN_USE['switch'])}"
    else:
        title = say(IN_USE["none"])
    lines, details = [], []
    for name, result in results.items():
        line, detail = _summary(result), repr(result)
        if name in own:
            kept = "before" if result.state == "open" else "last"
            line = say(IN_USE["right" if result.ok else kept], summary=line)
        if name in places:
            place = _place(places[name])
            line = say(IN_USE["place"], summary=line, place=place)
            detail = f"{place}:\n{detail}"
        lines.append(line)
        if result.state == "wrong":
            details.append(detail)
    every = tuple(results.values())
    return OwnReport(every, title, tuple(lines), own, dict(places), tuple(details))


def in_use_report(in_use: Collection[str]) -> OwnReport:
    """Return whose functions are in use: the reader's, of the names `in_use`, and the book's."""
    results = [
        Result(name, True, "ok", "done")
        if name in in_use
        else Result(name, False, "not_attempted", "attempted")
        for name in FUNCTIONS
    ]
    own = tuple(one.function for one in results if one.ok)
    title = say(IN_USE["title"], own=len(own), count=len(FUNCTIONS))
    whose = tuple(say(IN_USE["yours" if one.ok else "the book's"]) for one in results)
    return OwnReport(tuple(results), title if own else say(IN_USE["none"]), whose, own)


def _place(place: Place) -> str:
    return say(IN_USE["cell" if place.cell else "line"], cell=place.cell, line=place.line)


def _summary(result: Result) -> str:
    if result.state == "wrong":
        return result.brief
    return say_in("summary", "right") if result.ok else say("not attempted yet")


def unknown(name: object) -> str:
    """Return what is said about a name that no exercise has."""
    return say(UNKNOWN, got=repr(name), names=", ".join(FUNCTIONS))


def hints(name: str, language: str = LANGUAGE) -> list[str]:
    """Return the hints for the exercise `name`, from the first thought to nearly the answer.

    Parameters
    ----------
    name : str
        The function to write.
    language : str
        That of the reader, if left out.

    Raises
    ------
    ValueError
        If there is no such exercise.
    """
    if name not in EXERCISES:
        raise ValueError(f"name must be one of {list(EXERCISES)}, got {name!r}")
    return [translations(language).gettext(text) for text in EXERCISES[name].hints]


def _numbered_hints(name: str) -> tuple[str, ...]:
    all_hints = hints(name)
    lines = [
        say(HINT, number=number, count=len(all_hints), text=text)
        for number, text in enumerate(all_hints, start=1)
    ]
    return (*lines, say(NO_MORE_HINTS))


def _cause(finding: Finding, cause: Cause) -> str:
    """Return the line on one cause; with several codes "either ... or ..."."""
    fields = {"function": finding.function, **finding.details.get(cause, {})}
    sentences = [say(SENTENCES[code], **fields) for code in cause if code in SENTENCES]
    if len(sentences) > 1:
        return say(EITHER, causes=say(OR).join(sentences))
    return say(CAUSE, text=sentences[0]) if sentences else ""


def _words(one: Fact) -> str:
    """Return a fact in words."""
    text = PROOFS[one.fields["function"]] if one.code == "property" else _TEXTS[one.code]
    return say(text, **{key: _field(value) for key, value in one.fields.items()})


def _field(value: Any) -> Any:
    if isinstance(value, list):
        return ", ".join(map(_field, value))
    return _words(value) if isinstance(value, Fact) else value

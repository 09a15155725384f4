"""Let the book run on the reader's own functions: judge them, keep the right ones, say which.

This is the other half of `dnn_utils.use`. A function is judged as it will run, with its own
helpers, and comes into use only if it is right; the last right one stays until a new one is.
"""

import ast
import functools
import linecache
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from dnn_utils.language import N_, say
from dnn_utils.own import put_in_place

from . import load
from .check import alone
from .exercises import FUNCTIONS
from .finding import Finding, fact
from .judge import facts_of_error
from .load import Loaded
from .networks import trained
from .observe import error_from, quiet
from .originals import HELPERS, OURS, Function, is_ours, withheld
from .report import in_use_report, own_report, report
from .result import OwnReport, Place, Result
from .written import Broken, Cell, Written, read

GIVEN = [name for name in HELPERS if name not in FUNCTIONS]
SAID = N_(
    {
        "type": (
            "use needs the path of a notebook or a Python file, a dict of functions, or None; "
            "got {got}"
        ),
        "name": "{got} is none of the functions of the book; expected some of {names}",
        "value": "{name} must be a function or its source text, got {got}",
        "nothing": "{file} defines none of the functions of the book: {names}",
        "nothing given": "the dict has no functions; expected some of {names}",
    }
)
_in_use: dict[str, Loaded] = {}


@dataclass(frozen=True)
class Answer:
    """What a reader has for one of the functions, and where it stands.

    Attributes
    ----------
    load : callable
        Makes the function, guarded or not; None if nothing was written.
    broken : Broken or None
        Why there is nothing to load.
    shift : int
        How many lines further down its first line stands where it was written.
    """

    load: Callable[[bool], Loaded] | None = None
    broken: Broken | None = None
    place: Place | None = None
    shift: int = 0


Source = str | os.PathLike[str] | Mapping[str, Function | str]


def use(source: Source | None) -> OwnReport:
    """Do what `dnn_utils.use` says."""
    if source is None:
        _bring_into_use({})
        return own_report({}, {}, {})
    before = dict(_in_use)
    answers = answers_in(source)
    results, right = judged(answers)
    _bring_into_use(before | right)
    for name in _misfits(before):
        results[name] = report(Finding(name, "together", "misfit", facts=(fact("misfit"),)))
    return own_report(results, _places(answers), _functions())


def whose() -> OwnReport:
    """Do what `dnn_utils.in_use` says."""
    return in_use_report(_in_use)


def resume(sources: Mapping[str, str]) -> None:
    """Bring into use what `use` has found right before: exactly these, and nothing is judged.

    Parameters
    ----------
    sources : dict
        Texts as `own_source` gives them, by the names of the functions.
    """
    loaded = {}
    for name, text in sources.items():
        with quiet():
            loaded[name] = load.from_text(name, text, guarded=True)
    _bring_into_use(loaded)


def look_at(source: Source) -> OwnReport:
    """Return what is found about the functions in `source`; none comes into use."""
    answers = answers_in(source)
    results, _ = judged(answers)
    _bring_into_use(dict(_in_use))
    return own_report(results, _places(answers), None)


def _places(answers: Mapping[str, Answer]) -> dict[str, Place]:
    return {name: answer.place for name, answer in answers.items() if answer.place}


def own_source(
    function: Function | str, text: str = "", names: Mapping[str, Any] | None = None
) -> str:
    """Return the text of a function, with what it needs from the same cell.

    Parameters
    ----------
    function : callable, str
        One of the reader's, or its name.
    text : str, optional
        The cell or file that defines it. That of a callable is known.
    names : dict, optional
        ``globals()`` where it was defined: the modules and plain constants that it needs from
        other cells are taken from there.

    Returns
    -------
    source : str
        It can be kept, and `dnn_utils.use` takes it: ``use({"linear_forward": source})``.

    Raises
    ------
    ValueError
        If the text does not define the function.
    """
    if not isinstance(function, str):
        code = getattr(function, "__code__", None)
        text = text or "".join(linecache.getlines(code.co_filename) if code else ())
        names = getattr(function, "__globals__", {}) if names is None else names
        function = function.__name__
    try:
        return Written([Cell(text)]).source(function, others=names)
    except KeyError as error:
        raise ValueError(f"text must define {function}, got {text[:60]!r}") from error


def answers_in(source: Source) -> dict[str, Answer]:
    """Return an `Answer` for each function of the book.

    Raises
    ------
    ValueError
        If the source cannot be read, or holds none of them.
    """
    if isinstance(source, str | os.PathLike):
        found = _in_file(Path(source))
        if not any(answer.load or answer.broken for answer in found.values()):
            raise ValueError(say(SAID["nothing"], file=source, names=", ".join(FUNCTIONS)))
        return found
    if not isinstance(source, Mapping):
        raise ValueError(say(SAID["type"], got=repr(source)))
    for name in source:
        if name not in FUNCTIONS:
            raise ValueError(say(SAID["name"], got=repr(name), names=", ".join(FUNCTIONS)))
    if not source:
        raise ValueError(say(SAID["nothing given"], names=", ".join(FUNCTIONS)))
    return {name: _given(name, source.get(name)) for name in FUNCTIONS}


def _in_file(path: Path) -> dict[str, Answer]:
    written = Written(read(path))
    found = {}
    for name in FUNCTIONS:
        one, broken = written.last(name), written.broken.get(name)
        if broken is not None:
            found[name] = Answer(broken=broken, place=Place(broken.cell, broken.line))
        elif one is not None:
            text = written.source(name)
            above = text[: text.rindex(one.text)].count("\n")
            shift = one.line - 1 - above
            make = functools.partial(load.from_text, name, text)
            found[name] = Answer(make, place=Place(one.cell, one.line), shift=shift)
        else:
            found[name] = Answer()
    return found


def _given(name: str, value: Any) -> Answer:
    if value is None or is_ours(value):
        return Answer()
    if isinstance(value, str):
        try:
            ast.parse(value)
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            line = getattr(error, "lineno", None) or 1
            broken = Broken(0, line, f"{type(error).__name__}: {error}")
            return Answer(broken=broken, place=Place(0, line))
        return Answer(functools.partial(load.from_text, name, value))
    if not callable(value):
        raise ValueError(say(SAID["value"], name=name, got=repr(value)))
    if name in _in_use and value is _in_use[name].function:
        return Answer(lambda guarded: _in_use[name])
    return Answer(functools.partial(load.from_function, name, value))


def judged(answers: Mapping[str, Answer]) -> tuple[dict[str, Result], dict[str, Loaded]]:
    """Judge answers as they will run; return what was found, and those that can be used."""
    results, right = {}, {}
    for name, answer in answers.items():
        if answer.broken is not None:
            said = fact("syntax_error", text=answer.broken.text)
            found = Finding(name, "attempted", "syntax_error", facts=(said,))
        elif answer.load is None:
            found = Finding(name, "attempted", "not_attempted")
        else:
            with withheld(name):
                found, loaded = _tried(name, answer.load)
            found = _moved(found, answer.shift)
            if loaded is not None:
                right[name] = loaded
        results[name] = report(found)
    return results, right


def _tried(name: str, make: Callable[[bool], Loaded]) -> tuple[Finding, Loaded | None]:
    try:
        with quiet():
            loaded = make(False)
    except (Exception, SystemExit) as error:
        facts = tuple(facts_of_error(error_from(error, lambda: None)))
        return Finding(name, "runs", "raises_error", facts=facts), None
    found = _with_own_helpers(name, loaded, alone(loaded.function, name))
    if not found.ok:
        return found, None
    with quiet():
        guarded = make(True)
    return found, guarded


def _with_own_helpers(name: str, loaded: Loaded, found: Finding) -> Finding:
    """Return what is found where the given functions are those that the reader has written.

    The checks take ours for them; what comes into use runs with the reader's.
    """
    names = loaded.names
    own = [key for key in GIVEN if key in names and not is_ours(names[key])]
    if not own or found.kind == "not_attempted":
        return found
    # a partial has no names that the checks could replace
    together = alone(functools.partial(loaded.function), name)
    if together.ok:
        return found if found.ok or found.stage == "outside" else together
    if not found.ok:
        return found
    wrong = [key for key in own if _right_without(loaded, name, key)] or own
    said = fact("wrong_helper", helpers=", ".join(f"`{key}`" for key in wrong))
    return Finding(name, "helpers", "wrong_helper", facts=(said,))


def _right_without(loaded: Loaded, name: str, helper: str) -> bool:
    kept, loaded.names[helper] = loaded.names[helper], HELPERS[helper]
    try:
        return alone(functools.partial(loaded.function), name).ok
    finally:
        loaded.names[helper] = kept


def _moved(found: Finding, shift: int) -> Finding:
    """Return a finding with the numbers of lines where they were written."""
    facts = tuple(
        fact("line", **{**one.fields, "number": one.fields["number"] + shift})
        if one.code == "line"
        else one
        for one in found.facts
    )
    return replace(found, facts=facts)


def _bring_into_use(functions: Mapping[str, Loaded]) -> None:
    """Put functions of the reader in place, and ours wherever there is none."""
    _in_use.clear()
    _in_use.update(functions)
    for name, one in _in_use.items():
        if one.text:
            load.show_lines(name, one.text)  # those of one that was only tried may be there
    every = {name: _in_use[name].function if name in _in_use else OURS[name] for name in FUNCTIONS}
    put_in_place(every, [one.names for one in _in_use.values()])


def _misfits(before: Mapping[str, Loaded]) -> list[str]:
    """Take back what is right alone, but not with the others in use; return its names.

    Such a function calls another one in a way that only its own neighbour understands.
    """
    after = dict(_in_use)
    new = [name for name in after if after[name] is not before.get(name)]
    for back in [[], *([name] for name in new), new]:
        kept = {name: one for name, one in after.items() if name not in back}
        _bring_into_use(kept | {name: before[name] for name in back if name in before})
        mine, right = trained({**OURS, **_functions()}), trained(HELPERS)
        if mine is not None and np.allclose(mine, right, rtol=1e-5, atol=1e-6):
            return back
    return new


def _functions() -> dict[str, Function]:
    return {name: one.function for name, one in _in_use.items()}

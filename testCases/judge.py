"""Judge what was observed: one stage after the other, up to the first that fails."""

import re
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from . import observe
from .case import Case, Reading, Readings, read
from .compare import same
from .errors import misaligned
from .exchanges import Names, cache_names
from .exercise import Exercise, family
from .finding import Fact, Finding, fact
from .observe import Error, Observation, Other

# The fences of the book, and those of the course, which has had others since 2021.
_FENCED = re.compile(
    r"^\s*#+ *(?:START CODE|YOUR CODE STARTS) HERE.*?$(.*?)"
    r"^\s*#+ *(?:END CODE|YOUR CODE ENDS) HERE",
    re.M | re.S,
)
_UNSET = re.compile(r"^[^#\n]*[^=!<>]=\s*(None|\.\.\.)\s*(#.*)?$", re.M)
_RETURNS_UNSET = re.compile(r"^\s*(\w+) = None\s*$.*^\s*return \1\s*$", re.M | re.S)


def judge(case: Case, observation: Observation) -> Finding:
    """Return the `Finding` for an `Observation` made on the inputs of `case`, without a cause."""
    exercise = case.exercise
    if observation.problem:
        count = len(exercise.parameters)
        cause = (observation.problem,)
        return Finding(
            exercise.name,
            "callable",
            observation.problem,
            causes=(cause,),
            details={cause: {"count": count}},
        )
    if _not_attempted(observation):
        return Finding(exercise.name, "attempted", "not_attempted")
    readings = [read(exercise, *pair) for pair in zip(observation.bare, case.right, strict=True)]
    accepted = _accepted(case, readings)
    stages: tuple[tuple[str, Callable[[], list[Fact]]], ...] = (
        ("runs", lambda: _runs(case, observation)),
        ("shapes", lambda: _shapes(case, readings)),
        ("values", lambda: [] if accepted else _values(case, readings)),
        ("cache", lambda: [] if accepted else _caches(case, readings)),
        ("inputs", lambda: _inputs(exercise, observation)),
        ("outside", lambda: [fact("outside", name=name) for name in observation.outside[:1]]),
        ("properties", lambda: _properties(case, readings)),
    )
    for stage, check in stages:
        if found := check():
            kind = _kind(case, observation, readings, stage)
            right = _right_so_far(case, readings, stage)
            return Finding(exercise.name, stage, kind, right, tuple(found), readings=readings)
    checked = "checked_cache" if case.structures else "checked"
    return Finding(
        exercise.name,
        "done",
        "ok",
        facts=(fact(checked, count=len(case.inputs)),),
        notes=tuple(fact(code) for code in accepted),
    )


def _kind(case: Case, observation: Observation, readings: Readings, stage: str) -> str:
    """Return the code that only says what kind of fault it is."""
    broken = {readings[i].broken for i in case.judged}
    if len(broken) == 1 and not broken & {"", "raises_error"}:
        return broken.pop()
    if stage == "runs":
        errors = {one.error.type_name for one in observation.bare if one.error}
        return "endless_loop" if "TooSlow" in errors else "raises_error"
    if stage == "shapes":
        return _kind_of_type(case, readings) or "wrong_shape"
    return {"cache": "wrong_cache", "properties": "fails_property"}.get(stage, "wrong_values")


# Not attempted yet.


def _not_attempted(observation: Observation) -> bool:
    errors = [one.error for one in observation.runs if one.error]
    if any(error.type_name == "NotImplementedError" for error in errors):
        return True
    nothing = all(one.result is None or one.result is ... for one in observation.runs)
    if _untouched(observation.source) or (observation.empty and nothing):
        return True
    if (
        errors
        and all(error.type_name in ("TypeError", "AttributeError") for error in errors)
        and _UNSET.search(observation.source)
        and all(re.search("NoneType|ellipsis", error.text) for error in errors)
    ):
        return True
    return bool(observation.runs) and all(
        one.error is None and _is_nothing(one.result, observation.source)
        for one in observation.runs
    )


def _untouched(source: str) -> bool:
    """Return whether there are only placeholders between all fences of `source`."""
    inside = _FENCED.findall(source)
    lines = [line.split("#")[0].strip() for part in inside for line in part.splitlines()]
    return bool(inside) and all(map(_placeholder, lines))


def _placeholder(line: str) -> bool:
    return (
        line in ("", "...", "pass")
        or line.startswith("raise NotImplementedError")
        or line.endswith(("= None", "= ..."))
    )


def _is_nothing(value: Any, source: str) -> bool:
    """Return whether a result is only ``...`` or None in all places that matter."""
    if value is ...:
        return True
    if value is None:
        return bool(_RETURNS_UNSET.search(source))
    if isinstance(value, dict):
        return bool(value) and all(v is None or v is ... for v in value.values())
    if isinstance(value, (tuple, list)) and value:
        return value[0] is None or value[0] is ...
    return False


def _accepted(case: Case, readings: Readings) -> list[str]:
    """Return the code of a convention that explains all that is not right."""
    wrong = case.wrong(readings)
    for convention, other in case.conventions if wrong else ():
        if all(case.agree(name, readings, other) for name in case.exercise.families):
            return [convention.code]
    return []


# The stages.


def _runs(case: Case, observation: Observation) -> list[Fact]:
    for i in case.judged:
        error, bare = observation.runs[i].error, observation.bare[i].error
        own_assert = bare is None and error is not None and error.line.startswith("assert")
        if error is not None and not own_assert:
            return [*facts_of_error(error), _tried_on(case, i)]
    return []


def facts_of_error(error: Error) -> list[Fact]:
    sizes = misaligned(error.text)
    if error.type_name == "TooSlow":
        what = fact("endless", seconds=f"{observe.SECONDS:g}")
    elif sizes:
        what = fact("misaligned", left=sizes[0], right=sizes[1])
    elif error.type_name == "KeyError":
        what = fact("missing_key", key=error.name)
    else:
        what = fact("error", type=error.type_name, text=error.text.rstrip("."))
    if not error.line:
        return [what]
    return [what, fact("line", number=error.line_number, line=error.line)]


def _shapes(case: Case, readings: Readings) -> list[Fact]:
    for i in case.judged:
        facts = _broken(case.exercise, readings[i]) or _shape_faults(case, i, readings[i])
        if facts:
            return [*facts, _tried_on(case, i)]
    return []


def _broken(exercise: Exercise, reading: Reading) -> list[Fact]:
    if reading.broken in ("", "raises_error"):
        return []
    return [fact(reading.broken, returns=", ".join(exercise.returns))]


def _shape_faults(case: Case, i: int, reading: Reading) -> list[Fact]:
    right = case.right[i].parts
    missing = [part for part in right if part not in reading.parts]
    if missing:
        got = ", ".join(reading.parts) or fact("nothing")
        return [fact("missing_keys", missing=", ".join(missing), got=got)]
    faults: dict[str, Fact] = {}  # one for each family
    for part, want in right.items():
        if family(part) not in faults and part not in case.structures:
            fault = _shape_fault(part, reading.parts[part], want)
            if fault:
                faults[family(part)] = fault
    return list(faults.values())


def _shape_fault(part: str, got: Any, want: Any) -> Fact | None:
    if not _is_array(got, want):
        return fact("type", part=part, got=_type_name(got))
    if np.shape(got) != np.shape(want):
        return fact("shape", part=part, got=np.shape(got), want=np.shape(want))
    return None


def _is_array(value: Any, want: Any) -> bool:
    """Return whether a value is an array; a plain number is one where a number is wanted."""
    if isinstance(value, (np.ndarray, np.generic)):
        return True
    return np.ndim(want) == 0 and isinstance(value, (int, float))


def _kind_of_type(case: Case, readings: Readings) -> str | None:
    for i in case.judged:
        for part, want in case.right[i].parts.items():
            if part not in readings[i].parts:
                return "wrong_keys"
            got = readings[i].parts[part]
            if part not in case.structures and not _is_array(got, want):
                codes: dict[type, str] = {list: "list_not_array", tuple: "tuple_not_unpacked"}
                return codes.get(type(got), "wrong_type")
    return None


def _type_name(value: Any) -> str:
    return value.type_name if isinstance(value, Other) else type(value).__name__


def _values(case: Case, readings: Readings) -> list[Fact]:
    for i in case.judged:
        faults: dict[str, Fact] = {}  # one for each family
        for part, want in case.right[i].parts.items():
            got = readings[i].parts[part]
            known = part in case.structures or family(part) in faults
            if not known and not same(got, want):
                faults[family(part)] = _one_number(part, np.asarray(got), np.asarray(want))
        if faults:
            return [*faults.values(), _tried_on(case, i)]
    return []


def _one_number(part: str, got: Any, want: Any) -> Fact:
    """Name the entry that is furthest off; the first, where rounding alone would choose."""
    if got.ndim == 0:
        return fact("value", part=part, got=_number(got), want=_number(want))
    with np.errstate(all="ignore"):
        off = np.nan_to_num(np.abs(got - want), nan=np.inf)
    place = np.unravel_index(np.argmax(off >= off.max() * (1 - 1e-9)), off.shape)
    where = f"{part}[{', '.join(str(int(k)) for k in place)}]"
    return fact("value", part=where, got=_number(got[place]), want=_number(want[place]))


def _number(value: Any) -> str:
    return f"{float(value):.6g}"


def _caches(case: Case, readings: Readings) -> list[Fact]:
    for i in case.judged:
        for part in case.structures:
            got, want = readings[i].parts[part], case.right[i].parts[part]
            if not same(got, want):
                one_layer = part == case.cache
                wrong = _cache_fault(case, i, got) if one_layer else _caches_fault(got, want)
                return [wrong, _tried_on(case, i)]
    return []


def _cache_fault(case: Case, i: int, got: Any) -> Fact:
    want = case.right[i].parts[case.cache]
    found, wanted = cache_names(case, i, got), cache_names(case, i, want)
    return fact("cache", got=_spelled(found), want=_spelled(wanted))


def _caches_fault(got: Any, want: Any) -> Fact:
    if not isinstance(got, (tuple, list)):
        return fact("caches_type", got=_type_name(got), count=len(want))
    if len(got) != len(want):
        return fact("caches_length", got=len(got), want=len(want))
    first = next(k for k, pair in enumerate(zip(got, want, strict=True)) if not same(*pair))
    return fact("caches_entry", index=first, layer=first + 1)


def _spelled(names: Names) -> str:
    if isinstance(names, str):
        return names
    return f"({', '.join(map(_spelled, names))}{',' if len(names) == 1 else ''})"


def _inputs(exercise: Exercise, observation: Observation) -> list[Fact]:
    changed = changed_input(exercise, observation)
    return [fact("changed", name=changed[1])] if changed else []


def changed_input(exercise: Exercise, observation: Observation) -> tuple[str, str] | None:
    """Return the code and the name of the first argument that was changed in a bit."""
    for one in observation.bare:
        if one.changed:
            return "mutates_input", one.changed[0]
        if one.replaced and not exercise.own_places:
            return "mutates_input", one.replaced[0]
        for name in one.replaced:
            if not re.fullmatch(exercise.own_places, name):
                return "mutates_input_dict", name
    return None


def _properties(case: Case, readings: Readings) -> list[Fact]:
    last, proof = len(case.inputs) - 1, case.exercise.proof
    if proof is None or last not in case.judged:
        return []
    holds = proof.holds(case.inputs[last], readings[last].parts)
    return [] if holds else [fact("property", function=case.exercise.name)]


def _right_so_far(case: Case, readings: Readings, stage: str) -> tuple[str, ...]:
    """Return the returned values that are right, if others are wrong."""
    if stage not in ("shapes", "values", "cache"):
        return ()
    wrong = case.wrong(readings)
    return tuple(name for name in case.exercise.families if wrong and name not in wrong)


# On which input.


def _tried_on(case: Case, i: int) -> Fact:
    """Describe an input by the shapes of its arrays."""
    exercise = case.exercise
    named = zip(exercise.parameters, case.inputs[i], strict=True)
    return fact("tried_on", shapes=[_described(exercise.layout, *one) for one in named])


def _described(layout: Mapping[str, Any], name: str, value: Any) -> str | Fact:
    if isinstance(value, np.ndarray):
        return f"{name} {value.shape}"
    if isinstance(value, dict):
        weights = {k: W for k, W in value.items() if k.lstrip("d")[0] == "W"}
        return f"{name} " + ", ".join(f"{k} {W.shape}" for k, W in weights.items())
    if name in layout:
        return ", ".join(f"{n} {a.shape}" for n, a in _paired(layout[name], value))
    if isinstance(value, (list, tuple)) and isinstance(value[0], tuple):
        return fact("caches", count=len(value))
    return f"{name} = {list(value) if isinstance(value, tuple) else value!r}"


def _paired(names: Any, values: Any) -> list[tuple[str, Any]]:
    """Return the arrays of a cache with their names."""
    if isinstance(names, str):
        return [(names, values)]
    return [pair for one in zip(names, values, strict=True) for pair in _paired(*one)]

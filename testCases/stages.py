"""Judge what was observed: one stage after the other, up to the first that fails."""

import re
from dataclasses import replace

import numpy as np

from .diagnosis import STRUCTURES, diagnose, families, misaligned, read, same
from .exercise import family, fenced
from .messages import say
from .observe import Other
from .result import verdict

_BOOK_NAMES = {
    *("X", "Y", "Z", "A", "A_prev", "AL", "W", "WL", "b", "bL", "m", "l", "L"),
    *("dA", "dA_prev", "dAL", "dZ", "dW", "db", "cache", "caches", "linear_cache"),
    *("activation_cache", "activation", "parameters", "grads", "learning_rate", "layer_dims"),
}


def judge(case, seen):
    """Return the `Result` for an `Observation` made on the inputs of `case`."""
    name = case.exercise.name
    if seen.problem:
        count = len(case.exercise.parameters)
        return verdict(name, seen.problem, "callable", _cause(case, seen.problem, count=count))
    if _not_attempted(case, seen):
        return verdict(name, "not_attempted")
    readings = [read(case.exercise, *pair) for pair in zip(seen.bare, case.right, strict=True)]
    accepted = _accepted(case, readings)
    stages = (
        ("runs", lambda: _runs(case, seen)),
        ("shapes", lambda: _shapes(case, readings)),
        ("values", lambda: [] if accepted else _values(case, readings)),
        ("cache", lambda: [] if accepted else _caches(case, readings)),
        ("inputs", lambda: _inputs(case, seen)),
        ("outside", lambda: [say("facts", "outside", name=n) for n in seen.outside[:1]]),
        ("properties", lambda: _properties(case, readings)),
    )
    for stage, facts in stages:
        if found := facts():
            return _fault(case, seen, readings, stage, found)
    notes = [say("notes", code) for code in accepted or ()]
    caches = set(families(case.exercise)) & set(STRUCTURES)
    checked = say("words", "checked_cache" if caches else "checked", count=len(case.inputs))
    return verdict(name, "ok", "done", checked, *notes)


def _fault(case, seen, readings, stage, facts):
    """Return the `Result` of a failed stage: what is right, what is wrong, the likely cause."""
    code, changed = _changed(case, seen)
    outside = _outside(case, seen)
    explained = stage == "properties" or outside  # a stale variable can look like any mistake
    causes = [] if explained else diagnose(case, readings, seen.texts)
    names = {("stale_global",): outside[0]} if outside else {}
    names |= {(code,): changed} if code else {}
    causes = list(dict.fromkeys([*causes, *reversed(names)]))
    causes = causes or [(_plain_code(case, seen, readings, stage),)]
    sentences = [_sentence(case, cause, name=names.get(cause, "")) for cause in causes]
    code = "+".join(dict.fromkeys(code for cause in causes for code in cause))
    right = _right_so_far(case, readings, stage)
    told = [sentence for sentence in sentences if sentence]
    result = verdict(case.exercise.name, code, stage, *right, *facts, *told)
    return replace(result, brief=(told or facts)[0])


def _plain_code(case, seen, readings, stage):
    """Return the code that only says what kind of fault it is."""
    broken = {readings[i].broken for i in case.judged}
    if len(broken) == 1 and not broken & {"", "raises_error"}:
        return broken.pop()
    if stage == "runs":
        errors = {one.error.type_name for one in seen.bare if one.error}
        return "endless_loop" if "TooSlow" in errors else "raises_error"
    if stage == "shapes":
        return _type_code(case, readings) or "wrong_shape"
    return {"cache": "wrong_cache", "properties": "fails_property"}.get(stage, "wrong_values")


def _sentence(case, cause, **context):
    """Return the line on one cause; with several codes "either ... or ..."."""
    if len(cause) == 1:
        return _cause(case, cause[0], **context)
    said = [_mistake(case, code, **context) for code in cause]
    return say("words", "either", causes=say("words", "or").join(said))


def _cause(case, code, **fields):
    text = _mistake(case, code, **fields)
    return text and say("words", "cause", text=text)


def _mistake(case, code, **fields):
    return say("mistakes", code, **{"function": case.exercise.name, **fields})


def _not_attempted(case, seen):
    errors = [one.error for one in seen.runs if one.error]
    if any(error.type_name == "NotImplementedError" for error in errors):
        return True
    nothing = all(one.result is None or one.result is ... for one in seen.runs)
    if _untouched(seen.source) or (seen.empty and nothing):
        return True
    if all(error.type_name in ("TypeError", "AttributeError") for error in errors) and errors:
        unset = re.search(r"^[^#\n]*[^=!<>]=\s*(None|\.\.\.)\s*(#.*)?$", seen.source, re.M)
        if unset and all(re.search("NoneType|ellipsis", error.text) for error in errors):
            return True
    return bool(seen.runs) and all(
        one.error is None and _nothing(one.result, seen.source) for one in seen.runs
    )


def _untouched(source):
    """Return whether nothing but a placeholder stands between the fences of `source`."""
    inside = fenced(source)
    if inside is None:
        return False
    lines = [line.split("#")[0].strip() for line in inside.splitlines()]
    return all(_placeholder(line) for line in lines)


def _placeholder(line):
    return (
        line in ("", "...", "pass")
        or line.startswith("raise NotImplementedError")
        or line.endswith(("= None", "= ..."))
    )


def _nothing(value, source):
    """Return whether a result is only ``...`` or None in all places that matter."""
    if value is ...:
        return True
    if value is None:
        returned = r"^\s*(\w+) = None\s*$.*^\s*return \1\s*$"
        return bool(re.search(returned, source, re.M | re.S))
    if isinstance(value, dict):
        return bool(value) and all(v is None or v is ... for v in value.values())
    if isinstance(value, (tuple, list)) and value:
        return value[0] is None or value[0] is ...
    return False


def _accepted(case, readings):
    """Return the codes of a convention that explains all that is not right."""
    wrong = case.wrong(readings)
    for mistake, other in case.conventions if wrong else ():
        if all(case.agree(name, readings, other) for name in families(case.exercise)):
            return [mistake.code]
    return None


def _runs(case, seen):
    judged = set(case.judged)
    for i, (given, one, bare) in enumerate(zip(case.inputs, seen.runs, seen.bare, strict=True)):
        error = one.error
        if (
            i not in judged
            or error is None
            or (bare.error is None and error.line.startswith("assert"))
        ):
            continue
        return [*_error_lines(error), _tried_on(case, given)]
    return []


def _error_lines(error):
    where = ""
    if error.line:
        where = say("facts", "line", number=error.line_number, line=error.line)
    sizes = misaligned(error.text)
    if error.type_name == "TooSlow":
        lines = [say("facts", "endless")]
    elif sizes:
        lines = [say("facts", "misaligned", left=sizes[0], right=sizes[1])]
    elif error.type_name == "KeyError":
        lines = [say("facts", "missing_key", key=error.name)]
    else:
        lines = [say("facts", "error", type=error.type_name, text=error.text.rstrip("."))]
    return [*lines, *filter(None, [where])]


def _shapes(case, readings):
    for i in case.judged:
        lines = _broken(case, readings[i]) or _shape_faults(case, i, readings[i])
        if lines:
            return [*lines, _tried_on(case, case.inputs[i])]
    return []


def _broken(case, reading):
    if not reading.broken or reading.broken == "raises_error":
        return []
    returns = ", ".join(case.exercise.returns)
    return [say("facts", reading.broken, returns=returns)]


def _shape_faults(case, i, reading):
    right = case.right[i].parts
    missing = [part for part in right if part not in reading.parts]
    if missing:
        got = ", ".join(reading.parts) or say("words", "nothing")
        return [say("facts", "missing_keys", missing=", ".join(missing), got=got)]
    lines, told = [], set()
    for part, want in right.items():
        got = reading.parts[part]
        if family(part) in told or part in STRUCTURES:
            continue
        fault = _shape_fault(part, got, want)
        if fault:
            told.add(family(part))
            lines.append(fault)
    return lines


def _shape_fault(part, got, want):
    if not _array(got, want):
        return say("facts", "type", part=part, got=_type_name(got))
    if np.shape(got) != np.shape(want):
        shapes = {"got": _shape(got), "want": _shape(want)}
        return say("facts", "shape", part=part, **shapes)
    return None


def _array(value, want):
    if isinstance(value, (np.ndarray, np.generic)):
        return True
    return np.ndim(want) == 0 and isinstance(value, (int, float))


def _type_code(case, readings):
    for i in case.judged:
        for part, want in case.right[i].parts.items():
            got = readings[i].parts.get(part)
            if part in readings[i].parts and part not in STRUCTURES and not _array(got, want):
                codes = {list: "list_not_array", tuple: "tuple_not_unpacked"}
                return codes.get(type(got), "wrong_type")
            if part not in readings[i].parts:
                return "wrong_keys"
    return None


def _type_name(value):
    return value.type_name if isinstance(value, Other) else type(value).__name__


def _shape(value):
    return str(np.shape(value))


def _values(case, readings):
    for i in case.judged:
        lines, told = [], set()
        for part, want in case.right[i].parts.items():
            got = readings[i].parts[part]
            if part in STRUCTURES or family(part) in told or same(got, want):
                continue
            told.add(family(part))
            lines.append(_one_number(part, np.asarray(got), np.asarray(want)))
        if lines:
            return [*lines, _tried_on(case, case.inputs[i])]
    return []


def _one_number(part, got, want):
    """Name the entry that is furthest off; the first, where rounding alone would choose."""
    if got.ndim == 0:
        return say("facts", "value", part=part, got=_number(got), want=_number(want))
    with np.errstate(all="ignore"):
        off = np.nan_to_num(np.abs(got - want), nan=np.inf)
    place = np.unravel_index(np.argmax(off >= off.max() * (1 - 1e-9)), off.shape)
    where = f"{part}[{', '.join(str(int(k)) for k in place)}]"
    return say("facts", "value", part=where, got=_number(got[place]), want=_number(want[place]))


def _number(value):
    return f"{float(value):.6g}"


def _caches(case, readings):
    for i in case.judged:
        for part, want in case.right[i].parts.items():
            if part in STRUCTURES and not same(readings[i].parts[part], want):
                fact = _cache_fact(case, i, part, readings[i].parts[part], want)
                return [fact, _tried_on(case, case.inputs[i])]
    return []


def _cache_fact(case, i, part, got, want):
    if part == "cache":
        names = case.cache_names(i, got)[0], case.cache_names(i, want)[0]
        return say("facts", "cache", got=_spelled(names[0]), want=_spelled(names[1]))
    if not isinstance(got, (tuple, list)):
        return say("facts", "caches_type", got=_type_name(got), count=len(want))
    if len(got) != len(want):
        return say("facts", "caches_length", got=len(got), want=len(want))
    first = next(k for k, pair in enumerate(zip(got, want, strict=True)) if not same(*pair))
    return say("facts", "caches_entry", index=first, layer=first + 1)


def _spelled(names):
    if isinstance(names, str):
        return names
    return f"({', '.join(map(_spelled, names))}{',' if len(names) == 1 else ''})"


def _inputs(case, seen):
    code, name = _changed(case, seen)
    return [say("facts", "changed", name=name)] if code else []


def _changed(case, seen):
    """Return the code and the name of the first argument that was changed in a bit.

    `update_parameters` may put new arrays under the keys of the dict it was given.
    """
    for one in seen.bare:
        if one.changed:
            return "mutates_input", one.changed[0]
        if one.replaced and case.exercise.name != "update_parameters":
            return "mutates_input", one.replaced[0]
        for name in one.replaced:
            if not re.fullmatch(r'parameters\["[Wb]\d+"\]', name):
                return "mutates_input_dict", name
    return "", ""


def _outside(case, seen):
    """Return the variables that the function reads from outside, or misses there."""
    if seen.outside:
        return seen.outside
    errors = [one.error for one in seen.runs if one.error and one.error.type_name == "NameError"]
    return [error.name for error in errors if error.name in _BOOK_NAMES][:1]


def _properties(case, readings):
    last = len(case.inputs) - 1
    if last in case.judged and not case.exercise.proof(case.inputs[last], readings[last].parts):
        return [say("proofs", case.exercise.name)]
    return []


def _right_so_far(case, readings, stage):
    """Name the returned values that are right, if others are wrong."""
    if stage not in ("shapes", "values", "cache"):
        return []
    wrong = case.wrong(readings)
    right = [name for name in families(case.exercise) if name not in wrong]
    return [say("facts", "right", parts=", ".join(right))] if right and wrong else []


def _tried_on(case, arguments):
    shapes = ", ".join(
        _described(name, value)
        for name, value in zip(case.exercise.parameters, arguments, strict=True)
    )
    return say("facts", "tried_on", shapes=shapes)


def _described(name, value):
    if isinstance(value, np.ndarray):
        return f"{name} {value.shape}"
    if isinstance(value, dict):
        return f"{name} " + ", ".join(
            f"{k} {v.shape}" for k, v in value.items() if k.lstrip("d")[0] == "W"
        )
    if name == "layer_dims":
        return f"{name} = {list(value)}"
    if name == "caches":
        return say("words", "caches", count=len(value))
    if name == "cache":
        return ", ".join(f"{n} {a.shape}" for n, a in _cached(value))
    return f"{name} = {value!r}"


def _cached(cache):
    linear, Z = cache if len(cache) == 2 else (cache, None)
    names = [*zip(("A_prev", "W", "b"), linear, strict=True)]
    return names if Z is None else [*names, ("Z", Z)]

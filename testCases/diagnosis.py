"""Find the mistake that explains a wrong result.

The results for all inputs are compared together, one returned value at a time: first with
simple relations to the right value (``m`` times as large, transposed, ...), then with other
values in its place, then with the results of the known wrong versions. A cause is named
only if it explains every input. One cause that explains several values is preferred.
"""

import copy
import functools
import re
from dataclasses import dataclass, field

import numpy as np

from .exercise import family
from .observe import SEED, Other, Run, error_from, quiet, snapshot

RTOL, ATOL = 1e-5, 5e-6
RULE, EXCHANGE, LOOK, VARIANT, COMPOSED = range(5)

DEFAULT_RULES = {
    "-1": "wrong_sign",
    "m": "missing_1_over_m",
    "1/m": "double_1_over_m",
    "1/2": "extra_factor_half",
    "transposed": "result_transposed",
    "squeezed": "shape_1d",
    "summed": "summed_everything",
}
STRUCTURES = ("cache", "caches")
ACTIVATIONS = ("relu", "sigmoid")


@dataclass
class Reading:
    """The named values of one result, or why there are none."""

    parts: dict = field(default_factory=dict)
    broken: str = ""
    error: object = None

    def of(self, name):
        """Return the values of a family, such as all ``dW1 ...``."""
        return {part: value for part, value in self.parts.items() if family(part) == name}


def read(exercise, one, right=None):
    """Return the `Reading` of a `Run`; `right` has the right values for this input."""
    if one.error is not None:
        return Reading(broken="raises_error", error=one.error)
    result = one.result
    if result is None:
        return Reading(broken="no_return")
    if exercise.returns_dict:
        if not isinstance(result, dict):
            return Reading(broken="not_a_dict")
        return Reading({key if isinstance(key, str) else f"<{key}>": result[key] for key in result})
    if len(exercise.returns) == 1:
        return Reading({exercise.returns[0]: result})
    if not isinstance(result, (tuple, list)) or len(result) < len(exercise.returns):
        return Reading(broken="missing_return_value")
    if len(result) > len(exercise.returns):
        if right and any(same(result, value) for value in right.parts.values()):
            return Reading(broken="missing_return_value")  # one tuple alone
        return Reading(broken="extra_return_value")
    return Reading(dict(zip(exercise.returns, result, strict=True)))


def families(exercise):
    """Return the names of the returned values, ``"W"`` for all ``W1 ...``."""
    return [name.rstrip("*") for name in exercise.returns]


def readings(exercise, function, inputs):
    """Run one of our own functions, which change no input; return a `Reading` for each."""
    found = []
    with quiet():
        for arguments in inputs:
            np.random.seed(SEED)
            try:
                one = Run(snapshot(function(*arguments)))
            except Exception as error:
                one = Run(error=error_from(error, function))
            found.append(read(exercise, one))
    return found


class Case:
    """An exercise with inputs, and what the right answer and all known mistakes give."""

    def __init__(self, exercise, inputs):
        self.exercise = exercise
        self.inputs = inputs
        self.right = readings(exercise, exercise.function, inputs)
        with quiet():
            self.judged = [i for i, given in enumerate(inputs) if exercise.judged(*given)]

    @functools.cached_property
    def known(self):
        """The known mistakes with their readings, and the families that they spoil."""
        variants = [(m, self._variant(m)) for m in self.exercise.mistakes]
        return [(m, other, set(self.wrong(other))) for m, other in variants]

    @functools.cached_property
    def conventions(self):
        """The accepted deviations with their readings."""
        return [(m, self._variant(m)) for m in self.exercise.conventions]

    @functools.cached_property
    def conventional(self):
        """The inputs for which an accepted deviation would show."""
        return [
            i
            for i in self.judged
            for _, other in self.conventions
            if not _same_parts(other[i].parts, self.right[i].parts)
        ]

    def without(self, inputs):
        """Return the same case, some inputs not judged."""
        fewer = copy.copy(self)
        fewer.judged = [i for i in self.judged if i not in inputs]
        return fewer

    def cache_names(self, i, cache):
        """Return the names of what lies in a cache for input `i`, "?" for the unknown."""
        result = self.exercise.returns[0]
        arrays = {result: self.right[i].parts[result], **self.exercise.pool(*self.inputs[i])}
        return named(cache, self.right[i].parts["cache"], arrays), arrays

    def _variant(self, mistake):
        return readings(self.exercise, self.exercise.variant(mistake), self.inputs)

    def wrong(self, seen):
        """Return the families in which the readings `seen` are not right."""
        return [name for name in families(self.exercise) if not self.agree(name, seen, self.right)]

    def agree(self, name, seen, other):
        """Return whether a family is the same in both, for all inputs that are judged."""
        informative, texts = False, True
        for i in self.judged:
            a, b, right = seen[i], other[i], self.right[i]
            if a.broken or b.broken:
                if a.broken != b.broken or not _same_kind(a.error, b.error):
                    return False
                texts = texts and _same_text(a.error, b.error)
            else:
                wanted = b.of(name)
                mine = a.of(name)
                if other is self.right:  # more keys than asked for are no mistake
                    mine = {part: mine[part] for part in mine if part in wanted}
                if not _same_parts(mine, wanted):
                    return False
                informative = informative or not _same_parts(wanted, right.of(name))
        return informative or texts


def diagnose(case, seen, texts=()):
    """Return the causes that explain the wrong families of `seen`.

    Parameters
    ----------
    case : Case
        The exercise.
    seen : list of Reading
        What the reader's function gave, without its asserts.
    texts : sequence of str
        The strings in its code.

    Returns
    -------
    causes : list of tuple of str
        Each with one code, or with several that cannot be told apart; empty if nothing fits.
    """
    causes = _diagnosed(case, seen, texts)
    if not causes and case.conventional:
        causes = _diagnosed(case.without(case.conventional), seen, texts)
    return causes


def _diagnosed(case, seen, texts):
    remaining = case.wrong(seen)
    complete = not any(seen[i].broken for i in case.judged)
    found = {}  # causes -> (tier, families)
    for name in remaining:
        candidates = list(_from_errors(case, seen, name, texts, set(remaining)))
        if complete:
            candidates += _from_values(case, seen, name)
        for tier, causes in candidates or (_composed(case, seen, name) if complete else ()):
            old_tier, names = found.setdefault(causes, (tier, []))
            found[causes] = (min(old_tier, tier), [*names, name])
    chosen = []
    while remaining and found:
        causes, explained = _best(found, remaining)
        if not explained:
            break
        chosen += [cause for cause in causes if cause not in chosen]
        remaining = [name for name in remaining if name not in explained]
    return _merged(case.exercise, chosen)


def _best(found, remaining):
    """Return the causes that explain most of `remaining`; all that do so equally, as one."""

    def key(causes):
        tier, names = found[causes]
        return -len(set(names) & set(remaining)), len(causes), tier

    best = min(key(causes) for causes in found)
    equal = [causes for causes in found if key(causes) == best]
    if best[0] == 0:
        return (), []
    explained = found[equal[0]][1]
    equal = [causes for causes in equal if set(found[causes][1]) == set(explained)]
    if len(equal) > 1 and all(len(causes) == 1 for causes in equal) and best[2] >= VARIANT:
        codes = dict.fromkeys(code for causes in equal for code in causes[0])
        if len(codes) > 3:
            return (), explained  # too many to be worth a word
        return (tuple(codes),), explained
    return equal[0], explained


def _merged(exercise, causes):
    single = {cause[0] for cause in causes if len(cause) == 1}
    for codes, one in exercise.merged.items():
        if codes <= single:
            first = next(i for i, cause in enumerate(causes) if cause[0] in codes)
            causes = [c for i, c in enumerate(causes) if i == first or c[0] not in codes]
            causes[causes.index(next(c for c in causes if c[0] in codes))] = (one,)
            single = {cause[0] for cause in causes if len(cause) == 1}
    return list(dict.fromkeys(causes))


def _from_values(case, seen, name):
    """Yield ``(tier, causes)`` for one wrong family; there are values for all inputs."""
    for causes in _by_relation(case, seen, name, case.right):
        yield RULE, causes
    for code in (
        *_by_exchange(case, seen, name),
        *_by_order(case, seen, name),
        *_by_keys(case, seen, name),
        *_by_cache(case, seen, name),
    ):
        yield EXCHANGE, _causes(code)
    for looked, code, predicate in case.exercise.looks:
        if looked == name and _looks(case, seen, name, predicate):
            yield LOOK, _causes(code)


def _from_errors(case, seen, name, texts, wrong):
    """Yield ``(tier, causes)`` for one of the `wrong` families, whatever was raised."""
    for code in _by_error(case, seen, texts):
        yield EXCHANGE, _causes(code)
    for mistake, other, spoiled in case.known:
        if name in spoiled and spoiled <= wrong and case.agree(name, seen, other):
            code = mistake.code
            if code == "activation_ignored" and _odd_case(texts):
                code = (code, "activation_name_case")
            yield VARIANT, _causes(code)


def _causes(code):
    """Return the causes that a code stands for: ``"a+b"`` is two, a tuple one that is either."""
    return (code,) if isinstance(code, tuple) else tuple((one,) for one in code.split("+"))


def _composed(case, seen, name):
    """Yield a known mistake together with a simple relation to its result."""
    for mistake, other, spoiled in case.known:
        if name in spoiled and not any(other[i].broken for i in case.judged):
            for causes in _by_relation(case, seen, name, other):
                yield COMPOSED, (*_causes(mistake.code), *causes)


# Relations: the reader's value is a number times the right one, perhaps in another shape.


def _by_relation(case, seen, name, base):
    for shape in ("same", "transposed", "squeezed", "summed"):
        ratios = _ratios(case, seen, name, base, shape)
        if ratios is None or (shape == "same" and not ratios):
            continue
        codes = [] if shape == "same" else [_code(case, name, shape)]
        if ratios and not _all_close(ratios, lambda i, part: 1.0):
            factor = _factor(case, name, ratios)
            codes += [None] if factor is None else factor
        if codes and None not in codes:
            yield tuple(cause for code in codes for cause in _causes(code))


def _ratios(case, seen, name, base, shape):
    """Return ``(input, part, ratio, value)`` for all values of a family, or None."""
    ratios, shapes_differ, compared = [], False, 0
    for i in case.judged:
        mine, wanted = seen[i].of(name), base[i].of(name)
        for part, right in wanted.items():
            if part not in mine or not _numeric(mine[part]) or not _numeric(right):
                return None
            got, want = mine[part], right
            if np.shape(got) == np.shape(want) == np.shape(case.right[i].parts.get(part)):
                got, want = (
                    case.exercise.difference(case.inputs[i], part, value) for value in (got, want)
                )
            ratio = _ratio(np.asarray(got, float), np.asarray(want, float), shape)
            if ratio is None:
                return None
            compared += 1
            shapes_differ = shapes_differ or np.shape(got) != np.shape(want)
            if not np.isnan(ratio):
                ratios.append((i, part, ratio, np.asarray(got)))
    return ratios if compared and (shape == "same" or shapes_differ) else None


def _ratio(got, want, shape):
    """Return r if ``got`` is r times ``want`` in the given shape, None if it is not.

    NaN if both are zero: then every r fits.
    """
    if shape == "summed":
        if got.size != 1 or want.size == 1:
            return None if got.size != 1 else _ratio(got.ravel(), want.ravel(), "same")
        want = np.sum(want).reshape(got.shape)
    elif shape == "transposed":
        if got.ndim != 2 or got.shape != want.shape[::-1]:
            return None
        ways = [want.T, want.reshape(got.shape)]
        found = [r for r in (_ratio(got, way, "same") for way in ways) if r is not None]
        return found[0] if found else None
    elif shape == "squeezed":
        if got.size != want.size or (got.ndim == want.ndim and got.shape != want.shape):
            return None
        got, want = got.ravel(), want.ravel()
    if got.shape != want.shape or not np.isfinite(want).all() or not np.isfinite(got).all():
        return None
    if not want.any():
        return None if got.any() else np.nan
    ratio = float(np.sum(got * want) / np.sum(want * want))
    return ratio if close(got, ratio * want, np.abs(want).max() * min(1, abs(ratio))) else None


def _factor(case, name, ratios):
    """Return the codes for the factor that all `ratios` are."""
    factors = {"-1": lambda i, part: -1.0, "1/2": lambda i, part: 0.5}
    for key in case.exercise.factors(*case.inputs[ratios[0][0]], ratios[0][1]):
        factors[key] = lambda i, part, key=key: case.exercise.factors(*case.inputs[i], part)[key]
    if all(ratio == 0 for _, _, ratio, _ in ratios):
        negative = any(np.signbit(value).any() for *_, value in ratios)
        code = _code(case, name, "-0") if negative else None
        code = code or _code(case, name, "0")
        return code and [code]
    for key, value in factors.items():
        if _all_close(ratios, value) and _code(case, name, key):
            return [_code(case, name, key)]
    for key, value in factors.items():
        opposite = _all_close(ratios, lambda i, part, value=value: -value(i, part))
        if opposite and _code(case, name, key) and _code(case, name, "-1"):
            return [_code(case, name, "-1"), _code(case, name, key)]
    constants = {"constant": lambda i, part: 1.0}
    constants |= {f"constant {key}": value for key, value in factors.items()}
    for key, value in constants.items():
        if any(value(i, part) == 0 for i, part, *_ in ratios):
            continue
        scaled = [(i, part, r / value(i, part), v) for i, part, r, v in ratios]
        first = scaled[0][2]
        if _code(case, name, key) and _all_close(scaled, lambda i, part, first=first: first):
            return [_code(case, name, key)]
    return None


def _all_close(ratios, value):
    return all(np.isclose(r, value(i, part), rtol=1e-4, atol=1e-9) for i, part, r, _ in ratios)


def _code(case, name, relation):
    rules = case.exercise.rules
    for codes in (rules.get(name, {}), rules.get("*", {}), DEFAULT_RULES):
        if relation in codes:
            return codes[relation]
    return None


# Exchanges: something else stands where the value belongs.


def _by_exchange(case, seen, name):
    if case.exercise.returns_dict:
        return
    for (place, other), code in case.exercise.exchanges.items():
        if place == name and all(
            same(seen[i].parts[name], case.exercise.pool(*case.inputs[i])[other])
            for i in case.judged
        ):
            yield code


def _by_order(case, seen, name):
    """The values are right, but come in another order."""
    names = case.exercise.returns
    if case.exercise.returns_dict or len(names) == 1:
        return
    for other in names:
        swapped = all(
            same(seen[i].parts[name], case.right[i].parts[other])
            and any(same(seen[i].parts[n], case.right[i].parts[name]) for n in names)
            for i in case.judged
        )
        if swapped:
            yield "return_order"
            return


def _by_keys(case, seen, name):
    """The values are there, under other keys."""
    if not case.exercise.returns_dict:
        return
    mine = [seen[i].parts for i in case.judged]
    missing = [
        {part: value for part, value in case.right[i].of(name).items() if part not in parts}
        for i, parts in zip(case.judged, mine, strict=True)
    ]
    if not all(missing):
        return
    if not any(mine):
        yield "loop_never_runs"
    elif all(any(key.startswith("<") for key in parts) for parts in mine):
        yield "int_keys"
    elif all(_under_other_names(name, *pair) for pair in zip(mine, missing, strict=True)):
        gradient = name.startswith("d")
        yield "grad_key_naming" if gradient else "wrong_key_name"


def _under_other_names(name, parts, missing):
    others = {k: v for k, v in parts.items() if not re.fullmatch(rf"{name}\d+", k)}
    unnumbered = parts and not any(re.fullmatch(r"\w+\d+", key) for key in parts)
    return unnumbered or all(
        any(same(value, right) for value in others.values()) for right in missing.values()
    )


def _looks(case, seen, name, predicate):
    values = [value for i in case.judged for value in seen[i].of(name).values()]
    right = [value for i in case.judged for value in case.right[i].of(name).values()]
    if not values or not all(_numeric(value) for value in values):
        return False
    if [np.shape(v) for v in values] != [np.shape(v) for v in right]:
        return False
    return predicate([np.asarray(value) for value in values])


# Caches: which array lies where.


def _by_cache(case, seen, name):
    if name != "cache":
        return
    codes = set()
    for i in case.judged:
        code = _cache_code(case, i, seen[i].parts[name])
        if code is None:
            return
        codes.add(code)
    codes.discard("")
    if len(codes) == 1:
        yield from codes


def _cache_code(case, i, got):
    """Return the code for one cache; "" if it may be right or wrong, None if nothing fits."""
    want = case.right[i].parts["cache"]
    if isinstance(got, (Other, dict)):
        return "cache_not_tuple"
    wanted, arrays = case.cache_names(i, want)
    found, _ = case.cache_names(i, got)
    mine, right = _flat(found), _flat(wanted)
    if "?" in mine:
        return None
    if found == wanted:
        return _same_anyway(case, arrays)
    if sorted(mine) == sorted(right):
        nested = isinstance(found, tuple) and len(found) == len(wanted)
        return "cache_order" if nested else case.exercise.caches.get("flat", "cache_order")
    if len(mine) < len(right) and set(mine) < set(right):
        missing = set(right) - set(mine)
        code = case.exercise.caches.get("incomplete", "cache_incomplete")
        return code if "W" in missing or code == "cache_incomplete" else "cache_incomplete"
    if len(mine) == len(right):
        swaps = {f"{x} for {y}" for x, y in zip(mine, right, strict=True) if x != y}
        return case.exercise.caches.get(swaps.pop()) if len(swaps) == 1 else None
    return None


def _same_anyway(case, arrays):
    """Return "" if a mistake would not show here: the result equals what it replaces."""
    places = [key.split(" for ") for key in case.exercise.caches if " for " in key]
    return "" if any(same(arrays[x], arrays[y]) for x, y in places) else None


def named(value, want, arrays):
    """Return the nested tuple of names of the arrays in a cache, "?" for an unknown one."""
    if isinstance(value, (tuple, list)):
        wanted = want if isinstance(want, (tuple, list)) and len(want) == len(value) else value
        return tuple(named(v, w, arrays) for v, w in zip(value, wanted, strict=True))
    here = [name for name, array in arrays.items() if want is not value and same(array, want)]
    if same(value, want) and here:
        return here[0]
    return next((name for name, array in arrays.items() if same(value, array)), "?")


def _flat(names):
    if isinstance(names, str):
        return [names]
    return [name for item in names for name in _flat(item)]


# Exceptions.


def _by_error(case, seen, texts):
    errors = [seen[i].error for i in case.judged if seen[i].error is not None]
    if not errors:
        return
    kinds = {error.type_name for error in errors}
    no_branch = kinds <= {"UnboundLocalError", "ValueError", "KeyError"}
    if "activation" in case.exercise.parameters and _odd_case(texts) and no_branch:
        yield "activation_name_case"
    if kinds == {"KeyError"} and case.exercise.name == "update_parameters":
        names = [error.name for error in errors]
        if all(re.fullmatch(r"d?[Wb]0", name) for name in names):
            yield "key_off_by_one"
        elif all(re.fullmatch(r"[Wb]1|(?!d[Wb]\d+$)_?(?i:d|grad).*", name) for name in names):
            yield "grad_key_naming"


def _odd_case(texts):
    return any(text.lower() in ACTIVATIONS and text not in ACTIVATIONS for text in texts)


def _same_kind(a, b):
    return _kind(a) == _kind(b)


def _same_text(a, b):
    return _canonical(a) == _canonical(b)


def _kind(error):
    if error is None:
        return None
    kinds = {"AssertionError": "ValueError", "UnboundLocalError": "NameError"}
    return kinds.get(error.type_name, error.type_name)


def _canonical(error):
    """Return what an exception says, in the same words for ``np.dot`` and ``@``."""
    if error is None:
        return None
    if error.type_name == "KeyError":
        return error.name
    if _kind(error) == "NameError":
        return "name"
    sizes = misaligned(error.text)
    return sizes or re.sub(r"\d+", "#", error.text)


def misaligned(text):
    """Return the two sizes that a matrix product could not match, or None."""
    for pattern, order in (
        (r"not aligned: (\d+) \(dim \d+\) != (\d+)", (1, 2)),
        (r"matmul: .*size (\d+) is different from (\d+)", (2, 1)),
    ):
        if found := re.search(pattern, text):
            return int(found.group(order[0])), int(found.group(order[1]))
    return None


# Comparison.


def close(got, want, scale=None):
    """Return whether two arrays of one shape agree as closely as single precision allows."""
    if scale is None:
        finite = np.abs(want[np.isfinite(want)]) if np.size(want) else np.zeros(1)
        scale = finite.max() if finite.size else 0.0
    with np.errstate(all="ignore"):
        near = np.isfinite(want) & (np.abs(got - want) <= ATOL * scale + RTOL * np.abs(want))
        if near.all():
            return True
        both_nan = np.isnan(got) & np.isnan(want)
        return bool((near | (got == want) | both_nan).all())


def same(got, want):
    """Return whether two values agree: lists count as tuples, numbers as 0-d arrays."""
    if isinstance(want, (tuple, list)):
        matching = isinstance(got, (tuple, list)) and len(got) == len(want)
        return matching and all(map(same, got, want))
    if not _numeric(got) or not _numeric(want):
        return got is want or (type(got) is type(want) is str and got == want)
    return np.shape(got) == np.shape(want) and close(np.asarray(got), np.asarray(want))


def _same_parts(mine, other):
    return mine.keys() == other.keys() and all(same(mine[part], other[part]) for part in other)


def _numeric(value):
    return isinstance(value, (np.ndarray, np.generic, int, float))

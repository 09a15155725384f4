"""Run a reader's function on the inputs of its exercise, and note what it does.

Nothing is judged here. The function runs on copies, with the right functions in the
place of all others that it calls, without output, and not for ever.
"""

import ast
import contextlib
import copy
import dis
import inspect
import io
import linecache
import sys
import textwrap
import time
import types
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from .exercise import Arguments, Exercise
from .originals import HELPERS, Function, with_globals

SECONDS, PATIENCE = 2.0, 10.0
"""How long a function may compute on all inputs together, and how long it may last."""

LARGEST = 1_000_000
SEED = 20_250_101


class TooSlow(BaseException):
    """Raised inside the reader's function; ``except Exception`` does not catch it."""


@dataclass(frozen=True)
class Other:
    """A value that is neither number, array, text nor a collection of them."""

    type_name: str


@dataclass
class Error:
    """An exception that the function raised: what, and in which line of the reader's."""

    type_name: str
    text: str
    line_number: int = 0
    line: str = ""
    name: str = ""


@dataclass
class Run:
    """What one call returned or raised, and what it did to its arguments.

    `changed` names the arrays that differ in a bit, `replaced` the places in dicts and
    lists that now hold something else.
    """

    result: Any = None
    error: Error | None = None
    changed: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)


@dataclass
class Observation:
    """All that is observed of a function.

    Attributes
    ----------
    problem : str
        Why it could not be run: ``"not_callable"``, ``"wrong_arguments"``, or "".
    runs : list of Run
        One for each input.
    bare : list of Run
        The same without the function's own asserts; `runs` itself if none of them failed.
    outside : list of str
        The variables of the notebook that it reads.
    texts : list of str
        The strings in its code.
    source : str
        Its source, "" if there is none.
    empty : bool
        Whether it does nothing, as with ``pass`` alone.
    """

    problem: str = ""
    runs: list[Run] = field(default_factory=list)
    bare: list[Run] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    source: str = ""
    empty: bool = False


def observe(function: Any, exercise: Exercise, inputs: Sequence[Arguments]) -> Observation:
    """Return the `Observation` of `function` on `inputs`, a list of argument tuples."""
    if not callable(function):
        return Observation("not_callable")
    if not _takes(function, len(exercise.parameters)):
        return Observation("wrong_arguments")
    observation = Observation(source=source_of(function))
    code = getattr(function, "__code__", None)
    alone = rebound(function, exercise.name)
    clock = Clock()
    with quiet():
        observation.runs = observation.bare = [
            run(alone, exercise, given, clock) for given in inputs
        ]
        if any(_stopped_by_assert(one) for one in observation.runs):
            bare = rebound(_without_asserts(function, observation.source), exercise.name)
            observation.bare = [run(bare, exercise, given, clock) for given in inputs]
        names = variables_read(function, exercise.name)
        if names:
            alone = rebound(function, exercise.name, without=names)
            again = [run(alone, exercise, given, clock) for given in inputs]
            missed = {one.error.name for one in again if one.error}
            observation.outside = [name for name in names if name in missed]
    if code:
        observation.texts = sorted(
            {text for block in _blocks(code) for text in _texts(block.co_consts)}
        )
        observation.empty = does_nothing(dis.get_instructions(code))
    return observation


def run(function: Function, exercise: Exercise, arguments: Arguments, clock: "Clock") -> Run:
    """Call `function` with copies of `arguments`; return the `Run`."""
    given = copy.deepcopy(arguments)
    before = list(_leaves(exercise.parameters, given))
    np.random.seed(SEED)
    one = Run()
    try:
        with _limited(clock, getattr(function, "__code__", None)):
            one.result = snapshot(function(*given))
    except (Exception, TooSlow, SystemExit) as error:
        one.error = error_from(error, function)
    unchanged = _leaves(exercise.parameters, arguments)
    for (name, value), (_, original) in zip(before, unchanged, strict=True):
        if bits(value) != bits(original):
            one.changed.append(name)
    after = dict(_leaves(exercise.parameters, given))
    for name, value in before:
        if name not in after:
            one.replaced.append(name.rpartition("[")[0])  # a key is gone
        elif after.pop(name) is not value:
            one.replaced.append(name)
    one.replaced += after  # what was not there before
    return one


def _leaves(names: Iterable[str], values: Iterable[Any]) -> Iterator[tuple[str, Any]]:
    """Yield the arrays and numbers in the arguments, named like ``'grads["dW1"]'``."""
    for name, value in zip(names, values, strict=True):
        if isinstance(value, dict):
            yield from _leaves([f'{name}["{key}"]' for key in value], value.values())
        elif isinstance(value, (list, tuple)):
            yield from _leaves([f"{name}[{i}]" for i in range(len(value))], value)
        else:
            yield name, value


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Swallow output and warnings, and leave NumPy's random state as it was."""
    state = np.random.get_state()
    with (
        contextlib.redirect_stdout(io.StringIO()),
        contextlib.redirect_stderr(io.StringIO()),
        warnings.catch_warnings(),
        np.errstate(all="ignore"),
    ):
        warnings.simplefilter("ignore")
        try:
            yield
        finally:
            np.random.set_state(state)


class Clock:
    """Tells whether the time is up; a machine that is busy with other things does not count."""

    def __init__(self) -> None:
        self.start, self.computing = time.perf_counter(), time.process_time()

    def is_up(self) -> bool:
        passed = time.perf_counter() - self.start
        if passed <= SECONDS:  # asking for this alone is quick
            return False
        return passed > PATIENCE or time.process_time() - self.computing > SECONDS


@contextlib.contextmanager
def _limited(clock: Clock, code: types.CodeType | None) -> Iterator[None]:
    """Raise `TooSlow` in whatever Python line runs after the time is up.

    In the file of `code` every step counts: ``while True: pass`` is one line for ever.
    """
    file = code and code.co_filename

    def trace(frame: types.FrameType, event: str, argument: Any) -> Any:
        if clock.is_up():
            raise TooSlow
        if event == "call" and frame.f_code.co_filename == file:
            frame.f_trace_opcodes = True
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        yield
    finally:
        sys.settrace(before)


def snapshot(value: Any, depth: int = 0) -> Any:
    """Return a copy of `value` that nothing can change later."""
    if isinstance(value, np.ndarray):
        if value.dtype.kind in "biuf" and value.size <= LARGEST:
            return np.array(value)
        return Other("ndarray")
    if isinstance(value, int) and value.bit_length() > 63:
        return Other("int")  # no array can hold it
    if value is None or value is ... or isinstance(value, (bool, int, float, str, np.generic)):
        return value
    if depth < 6 and isinstance(value, (tuple, list)) and len(value) <= 1000:
        items = [snapshot(item, depth + 1) for item in value]
        return items if isinstance(value, list) else tuple(items)
    if depth < 6 and isinstance(value, dict) and len(value) <= 1000:
        return {
            key if isinstance(key, (str, int)) else Other(type(key).__name__): snapshot(
                item, depth + 1
            )
            for key, item in value.items()
        }
    return Other(type(value).__name__)


def bits(value: Any) -> Any:
    """Return `value` in a form that is equal only to the same bits in the same structure."""
    if isinstance(value, np.ndarray):
        return value.dtype.str, value.shape, value.tobytes()
    if isinstance(value, dict):
        return [(key, bits(item)) for key, item in value.items()]
    if isinstance(value, (list, tuple)):
        return type(value).__name__, [bits(item) for item in value]
    return value


def rebound(function: Function, name: str, without: Iterable[str] = ()) -> Function:
    """Return `function` with the right functions for all that it calls by name.

    Helpers of the reader's own stay, and call the right functions too.
    """
    if not isinstance(function, types.FunctionType):
        return function
    names = names_of(function, HELPERS, without)
    clone = with_globals(function, names)
    names[name] = names[function.__name__] = clone
    return clone


def names_of(
    function: types.FunctionType, others: Mapping[str, Function], without: Iterable[str] = ()
) -> dict[str, Any]:
    """Return what `function` looks its names up in, with `others` in place of those there.

    Helpers of the reader's own are copied, so that they look up theirs in the same place.
    """
    names = {**function.__globals__, **others}
    for key in without:
        del names[key]
    for key, value in function.__globals__.items():
        own = isinstance(value, types.FunctionType) and value.__globals__ is function.__globals__
        if own and key not in others:
            names[key] = with_globals(value, names)
    return names


def variables_read(function: Function, name: str) -> list[str]:
    """Return the names of the notebook's data that `function` mentions.

    Modules, functions and classes are no data, nor is a number in capitals (``EPS``).
    """
    found, looked_at = [], {name, *HELPERS}
    waiting = [function]
    while waiting:
        current = waiting.pop()
        if not isinstance(current, types.FunctionType):
            continue
        for key in global_names(current.__code__):
            if key in looked_at or key not in current.__globals__:
                continue
            looked_at.add(key)
            value = current.__globals__[key]
            if callable(value):
                own = getattr(value, "__globals__", None) is function.__globals__
                waiting += [value] if own else []
            elif not isinstance(value, types.ModuleType) and not _constant(key, value):
                found.append(key)
    return found


_NOTHING = {"RESUME", "NOP", "LOAD_CONST", "RETURN_CONST", "RETURN_VALUE"}


def does_nothing(steps: Iterable[dis.Instruction]) -> bool:
    """Return whether the instructions of a function only load and return a constant.

    From Python 3.15, None comes by ``LOAD_COMMON_CONSTANT``. So do `AssertionError`, `tuple` and
    others, which are loaded to be used; before 3.15, `argval` is only their number.
    """
    return all(
        step.opname in _NOTHING or (step.opname == "LOAD_COMMON_CONSTANT" and step.argval is None)
        for step in steps
    )


def global_names(code: types.CodeType) -> list[str]:
    """Return the names that `code` and the functions in it look up outside, in order."""
    names = []
    for block in _blocks(code):
        for step in dis.get_instructions(block):
            if step.opname in ("LOAD_GLOBAL", "LOAD_NAME") and step.argval not in names:
                names.append(step.argval)
    return names


def _blocks(code: types.CodeType) -> Iterator[types.CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield from _blocks(constant)


def _constant(name: str, value: Any) -> bool:
    """Return whether this is a constant by name, and no array or result."""
    if isinstance(value, dict):
        value = tuple(value.values())
    if isinstance(value, (tuple, list)):
        return all(_constant(name, item) for item in value)
    plain = callable(value) or isinstance(value, (int, float, str))
    return plain and name.isupper() and len(name) > 1


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value[:40]
    elif isinstance(value, (tuple, frozenset)):
        for item in value:
            yield from _texts(item)


def _takes(function: Function, count: int) -> bool:
    try:
        inspect.signature(function).bind(*[None] * count)
    except TypeError:
        return False
    except ValueError:  # a built-in function without a signature
        return True
    return True


def source_of(function: Function) -> str:
    """Return the source of `function`, or "" where Python has not kept it."""
    try:
        return textwrap.dedent(inspect.getsource(function))
    except (OSError, TypeError):
        return ""


def _without_asserts(function: Function, source: str) -> Function:
    """Return `function` compiled again, its asserts left out; itself if that cannot be done."""
    if not isinstance(function, types.FunctionType) or function.__closure__ or not source:
        return function
    try:
        tree = ast.parse(source)
    except SyntaxError:  # not a whole statement, such as a lambda in a call
        return function
    for statement in tree.body:
        if isinstance(statement, ast.FunctionDef):
            statement.decorator_list = []
    names = dict(function.__globals__)
    exec(compile(tree, function.__code__.co_filename, "exec", optimize=1), names)
    made = names.get(function.__name__)
    return with_globals(made, function.__globals__) if callable(made) else function


def _stopped_by_assert(one: Run) -> bool:
    return one.error is not None and one.error.line.startswith("assert")


def _text_of(error: BaseException) -> str:
    try:
        return str(error)[:500]
    except Exception:  # an exception of the reader's own may not even do that
        return ""


def error_from(error: BaseException, function: Function) -> Error:
    """Return the `Error` with the last line of the reader's own in the traceback."""
    code = getattr(function, "__code__", None)
    found = Error(type(error).__name__, _text_of(error))
    if isinstance(error, NameError):
        found.name = error.name or ""
    if isinstance(error, KeyError) and error.args:
        found.name = str(error.args[0])
    trace = error.__traceback__
    while trace is not None:
        frame = trace.tb_frame
        if code is not None and frame.f_code.co_filename == code.co_filename:
            found.line_number = trace.tb_lineno
            found.line = linecache.getline(code.co_filename, trace.tb_lineno).strip()
        trace = trace.tb_next
    return found

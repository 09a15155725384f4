"""The check of the two training loops: `two_layer_model` and `L_layer_model`.

A loop is run on a few made-up examples: without a step, which shows where it starts, for one step,
and for three. What it gives is compared with the class of this book, which trains in
another way and shares no line with the functions that a loop calls.
"""

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from dnn_utils import DeepNeuralNetwork
from dnn_utils.language import N_, say
from testCases import FUNCTIONS, check
from testCases.compare import same
from testCases.observe import error_from, global_names, quiet, snapshot, source_of
from testCases.originals import HELPERS
from testCases.report import FACTS, HEADLINES
from testCases.result import Result

from . import application

RATE = 0.075
STEPS = (0, 1, 3)
# A loop starts in another way than `initialize_parameters_deep` of the nine functions.
CALLED = [name for name in FUNCTIONS if name != "initialize_parameters_deep"]
EARLIER = ("wrong_type", "wrong_keys", "wrong_start")  # no function that the loop calls has a part
FENCES = re.compile(r"(?:START CODE HERE|CODE STARTS HERE)(.*?)(?:END CODE|CODE ENDS) HERE", re.S)
TEXTS: dict[str, str] = N_(
    {
        "checked": "Started, trained for one step and for three: all parameters and the first "
        "cost are right.",
        "checked_parameters": "Started, trained for one step and for three: all parameters are "
        "right.",
        "returned": "It returned {got}; expected: `parameters`, or `parameters` and `costs`.",
        "callee": "It calls your `{callee}`, which is not right:",
        "start": "Before the first step `{part}` is {got}, expected {want}. The parameters come "
        "from `{initializer}`, once, before the loop.",
        "step_by_step_start": "They are those of the step-by-step notebook: seed 3, and weights of "
        "0.01, with which a network as deep as this never learns. This one starts with seed 1, and "
        "its weights are divided by the square root of the number of inputs: see "
        "`initialize_parameters_deep` in `dnn_app_utils`.",
        "cost": "The first cost is {got}, expected {want}.",
        "unchanged": "After a step, all parameters are still the first ones. In the loop, "
        "`parameters = update_parameters(parameters, grads, learning_rate)` moves them.",
        "uphill": "The step goes the wrong way: it adds the gradients, and has to subtract them.",
        "step": "After one step `{part}` is {got}, expected {want}.",
        "loop": "One step is right, but after three `{part}` is {got}, expected {want}: each step "
        "starts from the parameters that the step before has left.",
    }
)
Parameters = Mapping[str, np.ndarray]


@dataclass(frozen=True)
class Model:
    """A training loop of the course: its name, the network it is tried on, how that starts."""

    name: str
    layer_dims: tuple[int, ...]
    initialization: str
    initializer: str

    @functools.cached_property
    def examples(self) -> tuple[np.ndarray, np.ndarray]:
        """Made-up examples and their labels."""
        random = np.random.RandomState(1)
        X = random.randn(self.layer_dims[0], 10)
        return X, (random.permutation(10) % 2).reshape(1, 10)

    def right(self, iterations: int) -> DeepNeuralNetwork:
        """Return the class of this book after so many steps from the same start."""
        network = DeepNeuralNetwork(self.layer_dims, self.initialization, seed=1)
        network.fit(*self.examples, iterations, RATE)
        return network


TWO_LAYERS = Model("two_layer_model", (10, 4, 1), "classic", "initialize_parameters(n_x, n_h, n_y)")
L_LAYERS = Model(
    "L_layer_model", (10, 5, 6, 1), "xavier", "initialize_parameters_deep(layers_dims)"
)


def check_model(function: Any, model: Model) -> Result:
    """Judge a reader's training loop.

    Parameters
    ----------
    function : callable
        ``function(X, Y, layers_dims, learning_rate, num_iterations)`` returns `parameters`, or
        `parameters` and `costs`.
    model : Model
        What it should be.

    Returns
    -------
    result : Result
    """
    if _untouched(function):
        return _result(model, "not_attempted", "open")
    try:
        checked = _go_through(function, model)
    except _Fault as fault:
        said = list(fault.lines)
        if fault.code not in EARLIER:
            said = [*_about_callees(function), *said]
        return _result(model, fault.code, "wrong", *said)
    return _result(model, "ok", "right", say(TEXTS[checked]))


class _Fault(Exception):
    """The first thing that is wrong: its code, and sentences about it."""

    def __init__(self, code: str, *lines: str) -> None:
        super().__init__(code)
        self.code, self.lines = code, lines


def _go_through(function: Any, model: Model) -> str:
    """Return what was checked, the key of a text; raise the first `_Fault`."""
    right = [model.right(iterations) for iterations in STEPS]
    first, stepped, trained = (network.parameters for network in right)

    start, _ = _train(function, model, 0)
    _check_start(model, start, first)
    one, costs = _train(function, model, 1)
    _check_cost(costs, right[1].cost_history[0])
    _check_step(one, first, stepped)
    three, _ = _train(function, model, 3)
    if wrong := _first_difference(three, trained):
        raise _Fault("wrong_loop", say(TEXTS["loop"], **wrong))
    return "checked_parameters" if costs is None else "checked"


def _train(function: Any, model: Model, iterations: int) -> tuple[Parameters, Any]:
    """Return the parameters and the costs, if there are any, after so many steps."""
    try:
        returned = _run(function, model, iterations)
    except Exception as error:
        raise _Fault("raises_error", *_about_error(error, function)) from None
    is_pair = isinstance(returned, tuple) and len(returned) == 2
    parameters, costs = returned if is_pair else (returned, None)
    if not isinstance(parameters, dict):
        raise _Fault("wrong_type", say(TEXTS["returned"], got=type(parameters).__name__))
    return parameters, costs


def _run(function: Any, model: Model, iterations: int) -> Any:
    """Return what a loop returns after so many steps.

    Without any step, some that are right stop after the loop, at the cost that it has not computed.
    A step of length zero leaves the parameters as they are, too.
    """
    with quiet():
        X, Y = (array.copy() for array in model.examples)
        try:
            return snapshot(function(X, Y, model.layer_dims, RATE, iterations))
        except Exception:
            if iterations:
                raise
        return snapshot(function(X, Y, model.layer_dims, 0.0, 1))


def _result(model: Model, code: str, state: str, *lines: str) -> Result:
    headline = say(HEADLINES[state], function=model.name)
    stage = {"right": "done", "open": "attempted"}.get(state, "values")
    return Result(model.name, code == "ok", code, stage, (headline, *lines))


def _untouched(function: Any) -> bool:
    """Return whether nothing is written between the marks of the course."""
    sections = FENCES.findall(source_of(function))
    lines = [line.split("#")[0].strip() for text in sections for line in text.splitlines()[1:]]
    return bool(sections) and all(not line or line.endswith("= None") for line in lines)


def _about_error(error: Exception, function: Any) -> Iterator[str]:
    found = error_from(error, function)
    yield say(FACTS["error"], type=found.type_name, text=found.text.rstrip("."))
    if found.line:
        yield say(FACTS["line"], number=found.line_number, line=found.line)


def _about_callees(function: Any) -> Iterator[str]:
    """Yield what the checks say of the reader's own functions that the loop calls."""
    for name in global_names(function.__code__) if hasattr(function, "__code__") else ():
        own = function.__globals__.get(name)
        if name in CALLED and own not in (HELPERS[name], getattr(application, name)):
            found = check(own, name)
            if not found.ok:
                yield say(TEXTS["callee"], callee=name)
                yield from found.lines[1:]


def _check_start(model: Model, start: Parameters, first: Parameters) -> None:
    missing = [key for key in first if key not in start]
    if missing:
        named = {"missing": ", ".join(missing), "got": ", ".join(map(str, start))}
        raise _Fault("wrong_keys", say(FACTS["missing_keys"], **named))
    for key, value in first.items():
        got = np.shape(start[key])
        if got != value.shape:
            raise _Fault("wrong_shape", say(FACTS["shape"], part=key, got=got, want=value.shape))
    if wrong := _first_difference(start, first):
        text = say(TEXTS["start"], initializer=model.initializer, **wrong)
        other = DeepNeuralNetwork(model.layer_dims, "classic", seed=3).parameters
        more = () if _first_difference(start, other) else (say(TEXTS["step_by_step_start"]),)
        raise _Fault("wrong_start", text, *more)


def _check_cost(costs: Any, want: float) -> None:
    first = np.ravel([] if costs is None else costs)[:1]
    if first.size and not same(first, np.array([want])):
        numbers = {"got": f"{first[0]:.6g}", "want": f"{want:.6g}"}
        raise _Fault("wrong_cost", say(TEXTS["cost"], **numbers))


def _check_step(one: Parameters, first: Parameters, stepped: Parameters) -> None:
    wrong = _first_difference(one, stepped)
    if wrong and not _first_difference(one, first):
        raise _Fault("no_update", say(TEXTS["unchanged"]))
    if wrong and not _first_difference(one, {key: 2 * first[key] - stepped[key] for key in first}):
        raise _Fault("uphill", say(TEXTS["uphill"]))
    if wrong:
        right = [key for key in stepped if same(np.asarray(one[key]), stepped[key])]
        said = [say(FACTS["right"], parts=", ".join(right))] if right else []
        raise _Fault("wrong_step", *said, say(TEXTS["step"], **wrong))


def _first_difference(got: Parameters, want: Parameters) -> dict[str, str]:
    """Return the part and the numbers of the first entry that differs; nothing if none does."""
    for key, value in want.items():
        if not same(np.asarray(got[key]), value):
            off = np.abs(np.asarray(got[key]) - value)
            place = np.unravel_index(np.argmax(off), off.shape)
            part = f"{key}[{', '.join(str(int(k)) for k in place)}]"
            numbers = (f"{np.asarray(array)[place]:.6g}" for array in (got[key], value))
            return dict(zip(("part", "got", "want"), (part, *numbers), strict=True))
    return {}

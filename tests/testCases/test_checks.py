"""The checks: every wrong answer is rejected, nearly all are named, no right one is refused."""

import ast
import dataclasses
import functools
import html
import inspect
import linecache
import math
import re
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

import dnn_utils
import testCases
from testCases import FUNCTIONS, check, check_all, grade, hints, starter
from testCases.case import Case
from testCases.check import case, examine
from testCases.exercise import Proof
from testCases.exercises import EXERCISES, NOTES, PROOFS, SENTENCES
from testCases.mistake import Template, Version, mistake, version
from testCases.networks import networks
from testCases.observe import bits, does_nothing, observe
from testCases.originals import HELPERS
from testCases.relations import GENERAL
from testCases.report import NO_MORE_HINTS, report
from tests.testCases.answers import answers

PLAIN = {
    *("raises_error", "endless_loop", "wrong_values", "wrong_shape", "wrong_keys"),
    *("wrong_type", "wrong_cache", "fails_property", "not_a_dict", "extra_return_value"),
}
"""The codes that say what kind of fault there is, and name no cause."""

TWINS = [{"missing_1_over_m", "wrong_m"}, {"cache_order", "wrong_cache_part"}]
"""Codes that no behaviour can tell apart."""

STAGES = (
    *("attempted", "callable", "runs", "shapes", "values", "cache", "inputs", "outside"),
    *("properties", "done"),
)
RIGHT, WRONG = answers("right"), answers("wrong")
FOREIGN = [*answers("uncatalogued"), *answers("unseen")]
SECRET_SEEDS = (11, 222, 3333, 44444, 555555)


def with_twins(codes):
    return set(codes).union(*(twins for twins in TWINS if twins & set(codes)))


def named(answer, result):
    """Return "right", "facts" or "wrong": how the mistake of an answer was named."""
    got = set(result.code.split("+"))
    for codes in (set(one.split("+")) for one in answer.code.split("|")):
        if codes <= with_twins(got) and got <= with_twins(codes):
            return "right"
    if got <= PLAIN:
        return "facts"
    possible = with_twins(re.split(r"[+|]", answer.code))
    either = "either" in result.message and got & possible
    return "right" if got <= possible or either else "wrong"


@functools.cache
def checked(answer):
    return check(answer.function, answer.name)


new_case = functools.cache(case)


def judged(answer, seed):
    one = new_case(answer.name, seed)
    return report(examine(one, observe(answer.function, one.exercise, one.inputs)))


# The gates.


@pytest.mark.parametrize("answer", RIGHT, ids=str)
def test_every_right_answer_is_accepted(answer):
    result = checked(answer)
    assert result.ok, result
    assert (result.code, result.stage) == ("ok", "done")
    notes = [NOTES[answer.code]] if answer.code else []
    assert list(result.lines[2:]) == notes


@pytest.mark.parametrize("answer", WRONG, ids=str)
def test_every_wrong_answer_is_rejected(answer):
    result = checked(answer)
    assert not result.ok
    assert result.code not in ("ok", "not_attempted")
    assert result.stage in STAGES[:-1]


def test_there_are_enough_answers():
    assert len(RIGHT) >= 60
    assert len(WRONG) >= 150
    assert {answer.name for answer in RIGHT} == {answer.name for answer in WRONG} == set(FUNCTIONS)
    assert len(FOREIGN) >= 200


def test_nearly_every_mistake_is_named_rightly(record_property):
    misnamed = [
        f"{answer} -> {result.code}"
        for answer in WRONG
        for result in [checked(answer)]
        if named(answer, result) != "right"
    ]
    record_property("named rightly", f"{len(WRONG) - len(misnamed)} of {len(WRONG)}")
    assert len(misnamed) <= 0.02 * len(WRONG), "\n".join(misnamed)


@pytest.mark.parametrize("kind", ["uncatalogued", "unseen"])
def test_a_mistake_outside_the_catalogue_is_hardly_ever_named_wrongly(kind, record_property):
    found = {"right": [], "facts": [], "wrong": []}
    for answer in answers(kind):
        result = checked(answer)
        assert not result.ok, answer
        found[named(answer, result)].append(f"{answer} -> {result.code}")
    record_property(kind, {how: len(which) for how, which in found.items()})
    count = sum(map(len, found.values()))
    assert len(found["wrong"]) <= 0.02 * count, "\n".join(found["wrong"])


def test_the_judgement_does_not_depend_on_the_numbers():
    """Grading uses inputs that nobody has seen."""
    refused = [f"{seed} {a}" for seed in SECRET_SEEDS for a in RIGHT if not judged(a, seed).ok]
    accepted = [f"{a}" for a in (*WRONG, *FOREIGN) if judged(a, SECRET_SEEDS[0]).ok]
    assert (refused, accepted) == ([], [])


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_solution_is_right(name):
    result = check(getattr(dnn_utils, name))
    assert result.ok
    assert result.lines[0] == f"`{name}` is right."


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_known_mistake_is_named(name):
    """The wrong versions by which mistakes are known are recognised themselves."""
    for known, wrong, function in EXERCISES[name].versions:
        codes = {code for cause in wrong.causes(known.code) for code in cause}
        result = check(function, name)
        assert codes & set(result.code.split("+")), f"{known.code}: {wrong}\n{result}"


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_known_mistakes_leave_the_inputs_alone(name):
    one = case(name, 0)
    before = bits(one.inputs)
    assert len(one.known) == sum(1 for _ in one.exercise.signs(Version)) > 10
    assert bits(one.inputs) == before


# The templates, which the mistakes fill.


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_template_is_a_right_answer(name):
    function = EXERCISES[name].build()
    assert function.__name__ == name
    assert check(function).ok


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_version_can_be_built_and_differs_from_the_right_answer(name):
    exercise = EXERCISES[name]
    signs = [sign for known in exercise.mistakes for sign in known.signs]
    versions = [sign for sign in signs if isinstance(sign, Version)]
    sources = [exercise.source(one) for one in versions]
    assert len(exercise.versions) == len(versions) == len(set(sources))
    assert exercise.source() not in sources
    assert len(exercise.accepted_versions) == sum(len(one.signs) for one in exercise.conventions)


TWO_LINES = Template(
    "def f(a):\n    if a:\n        {inside}\n    return {value}\n",
    {"inside": "b = {value}\nc = b", "value": "{a} + {{}}", "a": "a"},
)


def test_a_slot_that_is_alone_in_its_line_takes_several():
    assert TWO_LINES.fill({}) == (
        "def f(a):\n    if a:\n        b = a + {{}}\n        c = b\n    return a + {{}}\n"
    )
    assert TWO_LINES.fill({"inside": "pass", "a": "1"}) == (
        "def f(a):\n    if a:\n        pass\n    return 1 + {{}}\n"
    )


@pytest.mark.parametrize(
    ("fillings", "message"),
    [
        ({"dW": "1"}, r"fillings must be of \['inside', 'value', 'a'\], got \['dW'\]"),
        ({"a": "{dW}"}, r"slots must be of \['inside', 'value', 'a'\], got 'dW'"),
        ({"a": "2 * {a}"}, "a slot must not be in its own filling, got 'a'"),
    ],
)
def test_a_filling_that_does_not_fit_is_an_error(fillings, message):
    with pytest.raises(ValueError, match=message):
        TWO_LINES.fill(fillings)


@pytest.mark.parametrize("broken", [version(Z="W @@ A"), version(dW="W @ A"), version(Z="{Z}")])
def test_a_version_that_cannot_be_built_reaches_no_reader(broken):
    usual = EXERCISES["linear_forward"]
    with pytest.raises(ValueError, match="must"):
        usual.build(broken)
    mistakes = (mistake("broken", "It is broken.", broken), *usual.mistakes)
    exercise = dataclasses.replace(usual, mistakes=mistakes)
    one = Case(exercise, case("linear_forward", 0).inputs)
    assert len(one.known) == len(usual.versions)
    seen = observe(lambda A, W, b: (W @ A - b, (A, W, b)), exercise, one.inputs)
    assert examine(one, seen).code == "bias_sign"


# Not attempted yet.

STUBS = {
    "fences emptied": lambda source: source,
    "nothing between": lambda source: re.sub(r" *raise NotImplementedError.*\n", "", source),
    "a comment": lambda source: source.replace("raise NotImplementedError", "# raise"),
    "an ellipsis": lambda source: re.sub("raise NotImplementedError.*", "...", source),
    "pass": lambda source: re.sub("raise NotImplementedError.*", "pass", source),
    "None": lambda source: re.sub("raise NotImplementedError.*", "Z = None", source),
}


def defined(source, name, **names):
    """Run `source` as a cell would be run, and return the function `name`."""
    file = f"<cell {abs(hash(source))}>"
    linecache.cache[file] = (len(source), None, source.splitlines(keepends=True), file)
    namespace = {"np": np, **{n: getattr(dnn_utils, n) for n in dnn_utils.__all__}, **names}
    exec(compile(source, file, "exec"), namespace)
    return namespace[name]


@pytest.mark.parametrize("kind", STUBS)
@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_starter_is_not_attempted_yet(name, kind):
    source = STUBS[kind](starter(name))
    if kind in ("nothing between", "a comment") and name in (
        "initialize_parameters_deep",
        "update_parameters",
    ):
        source = source.replace(
            "    ### END", "    pass\n        ### END", 1
        )  # a loop needs a body
    result = check(defined(source, name))
    assert (result.code, result.stage, result.ok) == ("not_attempted", "attempted", False)
    assert result.state == "open"


COURSE_STUBS = {
    "linear_forward": "def f(A, W, b):\n    Z = None\n    cache = (A, W, b)\n    return Z, cache",
    "compute_cost": "def f(AL, Y):\n    m = Y.shape[1]\n    cost = None\n    return cost",
    "linear_activation_forward": """
def f(A_prev, W, b, activation):
    Z, linear_cache = None
    A, activation_cache = None
    assert A.shape == (W.shape[0], A_prev.shape[1])
    return A, (linear_cache, activation_cache)""",
    "linear_backward": """
def f(dZ, cache):
    A_prev, W, b = cache
    dW = None
    db = None
    dA_prev = None
    assert dA_prev.shape == A_prev.shape
    return dA_prev, dW, db""",
    "initialize_parameters_deep": """
def f(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters["W" + str(l)] = None
        parameters["b" + str(l)] = None
    return parameters""",
    "update_parameters": "def f(parameters, grads, learning_rate):\n    ...",
    "L_model_backward": 'def f(AL, Y, caches):\n    """The gradients."""\n    pass',
    "L_model_forward": "def f(X, parameters):\n    return None",
    "linear_activation_backward": "def f(dA, cache, activation):\n    raise NotImplementedError",
}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_stubs_of_the_course_are_not_attempted_yet(name):
    assert check(defined(COURSE_STUBS[name], "f"), name).code == "not_attempted"


@pytest.mark.parametrize("body", ["pass", "...", "return None", "'a docstring'"])
def test_a_stub_is_known_without_its_source(body):
    names = {}
    exec(f"def compute_cost(AL, Y):\n    {body}", names)
    assert check(names["compute_cost"]).code == "not_attempted"


def step(opname, argval=None):
    return SimpleNamespace(opname=opname, argval=argval)


# What `pass` alone becomes on Python 3.11, 3.12 and 3.15.
EMPTY = [
    [step("RESUME", 0), step("LOAD_CONST"), step("RETURN_VALUE")],
    [step("RESUME", 0), step("RETURN_CONST")],
    [step("RESUME", 0), step("LOAD_COMMON_CONSTANT"), step("RETURN_VALUE")],
]
# `AssertionError` is loaded, to be raised, on Python 3.15 and, by its number, on 3.14.
NOT_EMPTY = [
    [step("RESUME", 0), step("LOAD_COMMON_CONSTANT", AssertionError), step("RETURN_VALUE")],
    [step("RESUME", 0), step("LOAD_COMMON_CONSTANT", 0), step("RETURN_VALUE")],
    [step("RESUME", 0), step("LOAD_FAST", "A"), step("RETURN_VALUE")],
]


@pytest.mark.parametrize("steps", EMPTY)
def test_a_stub_is_known_by_its_instructions_on_every_python(steps):
    assert does_nothing(steps)


@pytest.mark.parametrize("steps", NOT_EMPTY)
def test_what_loads_more_than_none_is_no_stub(steps):
    assert not does_nothing(steps)


def test_a_constant_is_an_answer_and_a_wrong_one():
    assert check(lambda AL, Y: 0.5, "compute_cost").code == "wrong_values"


def test_a_forgotten_return_is_no_stub():
    def linear_forward(A, W, b):
        W @ A + b

    assert check(linear_forward).code == "no_return"


# The stages, one after the other.


def test_something_that_is_no_function():
    assert check(3.0, "compute_cost").code == "not_callable"
    assert check(3.0, "compute_cost").stage == "callable"


def test_the_number_of_arguments_counts_and_not_their_names():
    assert check(lambda A, W: None, "linear_forward").code == "wrong_arguments"
    assert check(lambda p, q, r: (q @ p + r, (p, q, r)), "linear_forward").ok


def test_an_exception_comes_with_the_readers_own_line():
    source = "def linear_forward(A, W, b):\n    Z = np.dott(W, A)\n    return Z, (A, W, b)\n"
    result = check(defined(source, "linear_forward"))
    assert (result.code, result.stage) == ("raises_error", "runs")
    assert "line 2: `Z = np.dott(W, A)`" in result.message
    assert "AttributeError" in result.message


def test_shapes_that_do_not_fit_get_a_sentence_of_their_own():
    source = "def linear_forward(A, W, b):\n    return np.dot(A, W) + b, (A, W, b)\n"
    result = check(defined(source, "linear_forward"))
    assert result.code == "swapped_operands"
    assert "columns on the left" in result.message


def test_a_missing_key_is_named():
    source = """
def L_model_forward(X, parameters):
    L = len(parameters) // 2
    return np.dot(parameters["V1"], X), [None] * L
"""
    result = check(defined(source, "L_model_forward"))
    assert (result.code, result.stage) == ("raises_error", "runs")
    assert "key V1" in result.message


@pytest.mark.parametrize(
    "loop",
    [
        "    while True: pass",
        "    while True:\n        pass",
        "    l = 0\n    while l < 3:\n        l = l - l",
        "    while True:\n        try: A = A\n        except Exception: pass",
        "    return linear_forward(A, W, b) if helper() else 0",
    ],
)
def test_an_endless_loop_is_stopped(loop):
    source = f"def linear_forward(A, W, b):\n{loop}\n\n\ndef helper():\n    while True: pass\n"
    trace = sys.gettrace()
    result = check(defined(source, "linear_forward"))
    assert (result.code, result.stage) == ("endless_loop", "runs")
    assert sys.gettrace() is trace


def test_recursion_without_end_is_an_exception():
    source = "def compute_cost(AL, Y):\n    return compute_cost(AL, Y)\n"
    assert check(defined(source, "compute_cost")).code == "raises_error"


def test_a_small_change_of_an_input_is_seen_bit_for_bit():
    """`np.allclose` would miss it: the number is 1e-10."""

    def compute_cost(AL, Y):
        AL[AL == 0] = 1e-10
        return -np.mean(Y * np.log(AL) + (1 - Y) * np.log(1 - AL))

    result = check(compute_cost)
    assert (result.code, result.stage) == ("mutates_input", "inputs")
    assert "`AL`" in result.message


def test_clipping_within_rounding_is_fine_and_more_is_not():
    def compute_cost(AL, Y, epsilon=1e-8):
        AL = np.clip(AL, epsilon, 1 - epsilon)
        return -np.mean(Y * np.log(AL) + (1 - Y) * np.log(1 - AL))

    assert check(compute_cost).ok
    compute_cost.__defaults__ = (1e-2,)
    assert check(compute_cost).code == "epsilon_too_large"


STALE = """
def linear_activation_forward(A_prev, W, b, activation):
    if activation == "sigmoid":
        A, activation_cache = sigmoid(np.dot(W, A_prev) + b)
    elif activation == "relu":
        A, activation_cache = relu(np.dot(W, A_prev) + b)
    cache = (linear_cache, activation_cache)
    return A, cache
"""


def test_the_trap_of_the_course_is_caught():
    cache = (np.ones((3, 2)), np.ones((1, 3)), np.ones((1, 1)))
    result = check(defined(STALE, "linear_activation_forward", linear_cache=cache))
    assert result.code == "stale_global"
    assert "`linear_cache`" in result.message


def test_the_trap_of_the_course_is_caught_in_a_fresh_kernel():
    assert check(defined(STALE, "linear_activation_forward")).code == "stale_global"


def test_a_variable_read_in_a_nested_function_is_found():
    source = """
def linear_forward(A, W, b):
    def product():
        return W @ stale
    return product() + b, (A, W, b)
"""
    result = check(defined(source, "linear_forward", stale=np.ones((3, 2))))
    assert result.code == "stale_global"
    assert "`stale`" in result.message


def test_a_variable_that_is_only_mentioned_is_no_fault():
    source = """
def linear_forward(A, W, b):
    if A is None:
        A = stale
    return W @ A + b, (A, W, b)
"""
    assert check(defined(source, "linear_forward", stale=np.ones((3, 2)))).ok


def test_a_right_result_that_needs_a_variable_of_the_notebook_is_not_right():
    source = "def linear_forward(A, W, b):\n    return factor * (W @ A) + b, (A, W, b)\n"
    result = check(defined(source, "linear_forward", factor=1.0))
    assert (result.code, result.stage) == ("stale_global", "outside")
    assert "`factor`" in result.message


@pytest.mark.parametrize("name", PROOFS)
def test_a_property_that_does_not_hold_is_the_last_stage(name):
    one = case(name, 0)
    never = Proof(PROOFS[name], lambda arguments, parts: False)
    unprovable = Case(dataclasses.replace(one.exercise, proof=never), one.inputs)
    seen = observe(HELPERS[name], one.exercise, one.inputs)
    result = report(examine(unprovable, seen))
    assert (result.code, result.stage) == ("fails_property", "properties")
    assert result.lines[1:] == (PROOFS[name],)


def test_the_functions_on_whole_networks_are_proven():
    assert list(PROOFS) == [
        "initialize_parameters_deep",
        "L_model_forward",
        "L_model_backward",
        "update_parameters",
    ]
    assert all(len(sentence) > 20 for sentence in PROOFS.values())


@pytest.mark.parametrize("seed", range(40))
def test_the_networks_of_the_inputs_are_alive(seed):
    """Where all units are silent, most mistakes would not show."""
    for X, parameters in networks(np.random.RandomState(seed)):
        AL, caches = dnn_utils.L_model_forward(X, parameters)
        assert caches[-1][0][0].any()
        assert X.shape[1] == 1 or np.ptp(AL) > 0.01


def test_an_answer_for_the_known_inputs_only_fails_on_a_deeper_network():
    """The last input is deeper than a table of the small networks would reach."""

    def L_model_forward(X, parameters):
        if len(parameters) > 8:
            return np.full((1, X.shape[1]), 0.5), []
        return dnn_utils.L_model_forward(X, parameters)

    assert not check(L_model_forward).ok


def test_the_gradients_are_compared_with_measured_slopes():
    """The proof does not use the right answer: half the gradient does not pass it."""
    one = case("L_model_backward", 5)
    arguments = one.inputs[-1]
    grads = dnn_utils.L_model_backward(*arguments)
    assert one.exercise.proof.holds(arguments, grads)
    assert not one.exercise.proof.holds(arguments, {key: grads[key] / 2 for key in grads})


def test_a_small_step_lowers_the_cost():
    one = case("update_parameters", 5)
    arguments = one.inputs[-1]
    updated = dnn_utils.update_parameters(*arguments)
    assert one.exercise.proof.holds(arguments, updated)
    parameters, grads, learning_rate = arguments
    uphill = dnn_utils.update_parameters(parameters, grads, -learning_rate)
    assert not one.exercise.proof.holds(arguments, uphill)


def test_the_spread_of_the_first_weights_is_proven():
    one = case("initialize_parameters_deep", 5)
    parameters = dnn_utils.initialize_parameters_deep(*one.inputs[-1])
    assert one.exercise.proof.holds(one.inputs[-1], parameters)
    larger = {key: value * 3 for key, value in parameters.items()}
    assert not one.exercise.proof.holds(one.inputs[-1], larger)


def test_examples_do_not_meet_in_the_forward_pass():
    one = case("L_model_forward", 5)
    AL, _ = dnn_utils.L_model_forward(*one.inputs[-1])
    assert one.exercise.proof.holds(one.inputs[-1], {"AL": AL})
    assert not one.exercise.proof.holds(one.inputs[-1], {"AL": AL[:, ::-1]})


# Blame falls on the function at fault.

BROKEN = "def linear_forward(A, W, b):\n    return W @ A - b, (A, W, b)\n"
LAYER = inspect.getsource(dnn_utils.linear_activation_forward)
MODEL = inspect.getsource(dnn_utils.L_model_forward)


def test_a_right_function_is_right_though_one_that_it_calls_is_not():
    result = check(defined(BROKEN + LAYER + MODEL, "L_model_forward"))
    assert result.ok
    note = "`L_model_forward` is right; `linear_forward`, which it calls, is not."
    assert note in result.message
    assert "linear_activation_forward`, which" not in result.message


def test_functions_that_call_each_other_are_judged_once():
    source = """
def linear_forward(A, W, b):
    def whole(A, W, b):
        return linear_activation_forward(A, W, b, "relu")
    return W @ A + b, (A, W, b)
"""
    assert check(defined(source + LAYER, "linear_forward")).ok
    broken = LAYER.replace("relu(Z)", "sigmoid(Z)")
    result = check(defined(source + broken, "linear_forward"))
    assert result.ok
    assert "`linear_activation_forward`, which it calls, is not." in result.message


def test_a_wrong_helper_of_the_readers_own_counts():
    source = """
def linear_forward(A, W, b):
    return product(W, A) + b, (A, W, b)


def product(W, A):
    return 2 * W @ A
"""
    assert not check(defined(source, "linear_forward")).ok


# What a reader sees.


def test_the_message_says_what_is_right_what_is_wrong_where_and_why():
    def linear_backward(dZ, cache):
        A_prev, W, _b = cache
        m = A_prev.shape[1]
        return W.T @ dZ, dZ @ A_prev.T / m, np.sum(dZ, axis=1, keepdims=True)

    result = check(linear_backward)
    assert result.code == "missing_1_over_m_db"
    assert result.lines[0] == "`linear_backward` is not right yet."
    assert result.lines[1] == "Already right: dA_prev, dW."
    assert re.fullmatch(r"`db\[\d+, 0\]` is -?[\d.]+, expected -?[\d.]+\.", result.lines[2])
    assert result.lines[3].startswith("Tried on: dZ (")
    assert result.lines[4] == f"Likely cause: {SENTENCES['missing_1_over_m_db']}"


def test_two_wrong_values_are_both_named():
    def linear_backward(dZ, cache):
        A_prev, W, _b = cache
        m = A_prev.shape[1]
        return W.T @ dZ / m, dZ @ A_prev.T / m, np.sum(dZ, axis=1) / m

    result = check(linear_backward)
    assert result.code == "extra_1_over_m_dA+missing_keepdims"


def test_causes_that_cannot_be_told_apart_are_said_to_be():
    def compute_cost(AL, Y):
        return -np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL))

    result = check(compute_cost)
    assert result.code == "missing_1_over_m+wrong_m"
    assert "Likely cause: either" in result.message


def test_a_name_in_the_wrong_case_is_named_where_another_branch_runs():
    def linear_activation_forward(A_prev, W, b, activation):
        Z, linear_cache = dnn_utils.linear_forward(A_prev, W, b)
        g = dnn_utils.relu if activation == "ReLU" else dnn_utils.sigmoid
        A, activation_cache = g(Z)
        return A, (linear_cache, activation_cache)

    result = check(linear_activation_forward)
    assert result.code == "activation_ignored+activation_name_case"
    assert "either" in result.message


def test_a_known_mistake_that_would_spoil_more_is_not_named():
    """Without layer 1, dW1 and db1 would be missing too."""

    def L_model_backward(AL, Y, caches):
        grads = dnn_utils.L_model_backward(AL, Y, caches)
        del grads["dA0"]
        return grads

    result = check(L_model_backward)
    assert result.code == "wrong_keys"
    assert "Missing in the result: dA0." in result.message


def test_without_a_cause_only_the_facts_are_stated():
    def compute_cost(AL, Y):
        return float(np.sum(np.sin(AL) * (Y + 0.3)))

    result = check(compute_cost)
    assert result.code == "wrong_values"
    assert "cause" not in result.message
    assert "expected" in result.message


def test_a_check_gives_the_same_result_every_time():
    for answer in WRONG[::9]:
        assert check(answer.function, answer.name) == checked(answer)


def test_the_rich_text_says_the_same_as_the_plain():
    for answer in (*WRONG[::9], *RIGHT[::9]):
        result = checked(answer)
        markup = result._repr_html_()
        text = html.unescape(re.sub(r"</p>", "\n", markup))
        text = re.sub(r"<code>(.*?)</code>", r"`\1`", html.unescape(text))
        text = re.sub(r"</?(div|p|strong|code)\b[^>]*>", "", text).strip()
        assert text == repr(result).strip()


def test_the_rich_text_is_escaped():
    source = 'def compute_cost(AL, Y):\n    raise ValueError("<script>alert(1)</script>")\n'
    markup = check(defined(source, "compute_cost"))._repr_html_()
    assert "<script>" not in markup
    assert "&lt;script&gt;" in markup


def test_what_an_answer_prints_or_warns_is_not_shown(capsys, recwarn):
    def compute_cost(AL, Y):
        print("hello")
        np.log(np.zeros(1))
        return dnn_utils.compute_cost(AL, Y)

    assert check(compute_cost).ok
    assert capsys.readouterr() == ("", "")
    assert not recwarn.list


def test_a_check_leaves_the_random_numbers_alone():
    np.random.seed(5)
    expected = np.random.rand(3)
    np.random.seed(5)
    check(dnn_utils.initialize_parameters_deep)
    assert np.array_equal(np.random.rand(3), expected)


def test_hints_come_one_after_the_other(capsys, monkeypatch):
    monkeypatch.setattr("testCases.result._hints_given", {})
    texts = hints("compute_cost")
    for _ in range(len(texts) + 1):
        check(defined(starter("compute_cost"), "compute_cost")).hint()
    lines = capsys.readouterr().out.splitlines()
    expected = [f"Hint {n} of {len(texts)}: {text}" for n, text in enumerate(texts, start=1)]
    assert lines == [*expected, NO_MORE_HINTS]


def test_a_whole_workbook_at_a_glance():
    names = {name: getattr(dnn_utils, name) for name in FUNCTIONS}
    assert check_all(names).ok
    names["linear_forward"] = lambda A, W, b: (W @ A, (A, W, b))
    names["compute_cost"] = defined(starter("compute_cost"), "compute_cost")
    names["L_model_forward"] = lambda X, parameters: (X[:1] * 0.1, [])
    del names["update_parameters"]
    overview = check_all(names)
    assert not overview.ok
    assert [result.function for result in overview.results] == list(FUNCTIONS)
    lines = repr(overview).splitlines()
    assert lines[0] == "5 of 9 functions are right."
    assert len(lines) == 1 + len(FUNCTIONS)
    assert sum(line.startswith("○") for line in lines) == 2
    assert re.fullmatch("✓ initialize_parameters_deep +right", lines[1])
    assert "never added" in lines[2]
    assert re.search(r"`AL\[0, \d\]` is \S+, expected \S+\.$", lines[4])
    assert overview._repr_html_().count("<p ") == len(lines)


def test_marks_are_plain_numbers_and_the_result_is_printed(capsys):
    marks = grade(dnn_utils.linear_forward, points=4)
    assert type(marks) is float
    assert marks == 4.0
    assert "is right" in capsys.readouterr().out
    wrong = grade(lambda A, W, b: (W @ A, (A, W, b)), points=4, name="linear_forward")
    assert type(wrong) is float
    assert wrong == 0.0
    output = capsys.readouterr()
    assert "never added" in output.out
    assert output.err == ""


# Bad input.


def test_an_unknown_exercise_is_an_error_that_names_the_known():
    with pytest.raises(ValueError, match=r"got 'dot', expected one of initialize_parameters_deep"):
        check(lambda: None, "dot")
    with pytest.raises(ValueError, match="got '<lambda>'"):
        check(lambda A, W, b: None)
    with pytest.raises(ValueError, match="got 'relu'"):
        starter("relu")
    with pytest.raises(ValueError, match="got 'relu'"):
        hints("relu")


# The sentences.


def all_codes():
    """Return every code that a mistake can be named by."""
    codes = set(GENERAL.values())
    for exercise in EXERCISES.values():
        for known in exercise.mistakes:
            for sign in known.signs:
                codes |= {code for cause in sign.causes(known.code) for code in cause}
    return codes


def test_every_code_has_a_sentence():
    assert all_codes() - SENTENCES.keys() == set()
    assert all(len(sentence) > 20 for sentence in SENTENCES.values())


def test_a_code_has_the_same_sentence_everywhere():
    for exercise in EXERCISES.values():
        for known in exercise.mistakes:
            assert known.sentence == SENTENCES[known.code], known.code


def test_every_mistake_has_a_sign():
    for exercise in EXERCISES.values():
        assert [known.code for known in exercise.mistakes if not known.signs] == []


def test_every_code_of_the_answers_has_a_sentence():
    codes = {code for answer in WRONG for code in answer.code.split("+")}
    assert codes - SENTENCES.keys() - PLAIN == set()
    assert len(codes) > 100


def test_every_sentence_belongs_to_a_code():
    sources = "".join(
        path.read_text(encoding="utf-8")
        for path in Path(testCases.__file__).parent.glob("*.py")
        if path.name != "common.py"
    )
    unused = [code for code in SENTENCES if code not in all_codes() and f'"{code}"' not in sources]
    assert unused == []


def test_every_function_has_hints():
    for name in FUNCTIONS:
        assert 3 <= len(hints(name)) <= 4


# The engine.

ENGINE = [
    path
    for path in sorted(Path(testCases.__file__).parent.glob("*.py"))
    if path.name not in ("__init__.py", "common.py", "networks.py", "network_file.py")
]


@pytest.mark.parametrize("path", ENGINE, ids=lambda path: path.name)
def test_the_engine_names_no_function_of_a_step(path):
    """What is special about a function is an attribute of its exercise."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    words = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name | ast.alias | ast.Attribute | ast.Constant):
            fields = [getattr(node, key, "") for key in ("id", "name", "attr", "value")]
            if id(node) not in docstrings:
                words |= {word for text in fields for word in re.findall(r"\w+", str(text))}
    assert len(words) > 10
    assert not words & set(FUNCTIONS)


# The starters.


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_starter_is_the_solution_without_what_stands_between_the_fences(name):
    solution = inspect.getsource(getattr(dnn_utils, name)).rstrip().splitlines()
    lines = starter(name).splitlines()
    start = next(i for i, line in enumerate(lines) if "START CODE HERE" in line)
    assert lines[: start + 1] == solution[: start + 1]
    assert lines[start + 1].strip() == "raise NotImplementedError  # write your lines here"
    assert lines[start + 2].strip() == "### END CODE HERE ###"
    assert lines[start + 2 :] == solution[len(solution) - len(lines[start + 2 :]) :]


def test_a_check_works_where_the_source_is_unknown():
    """Without a source there is nothing to read, but still something to run."""
    code = (
        "import numpy as np\n"
        "from testCases import check\n"
        "names = {'np': np}\n"
        "exec('def linear_forward(A, W, b): return W @ A, (A, W, b)', names)\n"
        "print(check(names['linear_forward']).code)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "missing_bias"


class Silent(Exception):
    def __str__(self):
        raise RuntimeError


STRANGE = (
    *(None, 3, 10**400, True, "text", [], (), {}, object(), {1, 2}, [[1, 2], [3]], (1, 2, 3)),
    *({"W1": None}, {1: 2}, {(1, 2): 3}, np.array(["a"]), np.array([None]), np.array(1 + 2j)),
    *((np.ones((2, 2)), ((), ())), (np.ones((2, 2)), [None]), np.ma.array([1], mask=[1])),
)
RAISED = (KeyError(), KeyError((1, 2)), Silent(), StopIteration(), SystemExit(3), NameError("x"))


@pytest.mark.parametrize("name", FUNCTIONS)
def test_whatever_comes_back_is_judged(name):
    for value in STRANGE:
        result = check(lambda *arguments, value=value: value, name)
        assert not result.ok
        assert result.message


@pytest.mark.parametrize("name", FUNCTIONS)
def test_whatever_is_raised_is_told(name):
    for error in RAISED:

        def answer(*arguments, error=error):
            raise error

        result = check(answer, name)
        assert (result.code, result.stage) == ("raises_error", "runs")
        assert type(error).__name__ in result.message or isinstance(error, KeyError)


def test_nan_and_infinity_in_a_result_are_said():
    def compute_cost(AL, Y):
        return math.nan

    result = check(compute_cost)
    assert not result.ok
    assert "nan" in result.message


def test_a_machine_that_is_busy_is_no_endless_loop():
    """Waiting is not computing."""

    def compute_cost(AL, Y):
        time.sleep(0.3)
        return dnn_utils.compute_cost(AL, Y)

    assert check(compute_cost).ok


def test_waiting_for_ever_is_stopped_too(monkeypatch):
    monkeypatch.setattr("testCases.observe.SECONDS", 0.2)
    monkeypatch.setattr("testCases.observe.PATIENCE", 0.4)

    def compute_cost(AL, Y):
        while True:
            time.sleep(0.01)

    result = check(compute_cost)
    assert result.code == "endless_loop"
    assert "It was stopped after 0.2 seconds." in result.message

"""Answers that run in a process of their own: nothing that they do there reaches the judge."""

import inspect
import json
import math
import time

import numpy as np
import pytest

import dnn_utils
from testCases import FUNCTIONS, starter
from testCases.observe import Other, bits
from testCases.process import check_source, decode, encode

SOLUTIONS = {name: inspect.getsource(getattr(dnn_utils, name)) for name in FUNCTIONS}
ALL = "\n\n".join(SOLUTIONS.values())


def with_line(old, new):
    """Return all solutions with another line in one of them."""
    assert ALL.count(old) == 1, f"{old!r} is in the solutions {ALL.count(old)} times"
    return ALL.replace(old, new)


def codes(source, **options):
    """Return the codes that are not "ok"."""
    results = check_source(source, **{"seed": 7, "seconds": 20, **options})
    assert list(results) == list(FUNCTIONS)
    return {name: result.code for name, result in results.items() if not result.ok}


def test_the_solutions_are_right_on_numbers_that_nobody_has_seen():
    assert codes(ALL, seed=None) == {}


def test_starters_and_missing_functions_are_not_attempted():
    source = "\n\n".join(starter(name) for name in FUNCTIONS[:4])
    assert set(codes(source).values()) == {"not_attempted"}
    assert set(codes("").values()) == {"not_attempted"}


def test_a_mistake_is_named_as_in_the_notebook():
    source = with_line("Z = W @ A + b", "Z = W @ A").replace("keepdims=True) / m", "keepdims=True)")
    results = check_source(source, seed=7)
    assert results["linear_forward"].code == "missing_bias"
    assert results["linear_backward"].code == "missing_1_over_m_db"
    assert "Likely cause" in results["linear_backward"].message
    assert sum(result.ok for result in results.values()) == 7


def test_the_seed_decides_the_inputs():
    wrong = with_line("Z = W @ A + b", "Z = W @ A")
    texts = {check_source(wrong, seed=seed)["linear_forward"].message for seed in (1, 1, 2)}
    assert len(texts) == 2


def test_a_function_that_ends_the_process_takes_no_other_with_it():
    source = with_line("cost = -1 / m", "import os; os._exit(0); cost = -1 / m")
    assert codes(source) == {"compute_cost": "crashed"}


def test_a_loop_in_python_is_stopped_inside():
    source = with_line("    dA_prev = W.T @ dZ", "    while True: pass")
    assert codes(source) == {"linear_backward": "endless_loop"}


def test_a_loop_that_python_cannot_stop_ends_with_its_process():
    source = with_line("    Z = W @ A + b", "    sum(iter(int, 1))")
    started = time.perf_counter()
    assert codes(source, seconds=3) == {"linear_forward": "timeout"}
    assert time.perf_counter() - started < 60


def test_what_a_notebook_prints_or_reports_itself_is_not_believed():
    forged = """
import json, sys
import numpy as np
np.isclose = np.allclose = lambda *arguments, **options: True
print(json.dumps({"linear_forward": {"ok": True}}))
sys.stdout.write("points: 36")


class Agreeable(np.ndarray):
    def __eq__(self, other):
        return True


def linear_forward(A, W, b):
    return (np.zeros((W.shape[0], A.shape[1])).view(Agreeable), (A, W, b))
"""
    assert check_source(forged, seed=7)["linear_forward"].code == "wrong_values"


def test_a_report_that_is_no_report_counts_as_a_crash():
    source = """
import os, sys


def linear_forward(A, W, b):
    for descriptor in range(3, 20):
        try:
            os.write(descriptor, b'{"linear_forward": 5}')
        except OSError:
            pass
    os._exit(0)
"""
    assert check_source(source, seed=7)["linear_forward"].code == "crashed"


def test_a_flood_of_output_counts_as_a_crash():
    source = """
import os


def linear_forward(A, W, b):
    for _ in range(100):
        for descriptor in range(3, 20):
            try:
                os.write(descriptor, b"x" * 1_000_000)
            except OSError:
                pass
"""
    assert check_source(source, seed=7)["linear_forward"].code == "crashed"


def test_a_child_that_is_left_behind_keeps_nobody_waiting():
    source = """
import subprocess, sys


def linear_forward(A, W, b):
    if not hasattr(sys, "started"):
        sys.started = subprocess.Popen(["sleep", "60"], start_new_session=True)
    return W @ A + b, (A, W, b)
"""
    started = time.perf_counter()
    assert check_source(source, seed=7)["linear_forward"].ok
    assert time.perf_counter() - started < 30


def test_a_report_of_great_depth_counts_as_a_crash():
    source = """
import os


def linear_forward(A, W, b):
    for descriptor in range(3, 20):
        try:
            os.write(descriptor, b"[" * 50_000)
        except OSError:
            pass
    os._exit(0)
"""
    assert check_source(source, seed=7)["linear_forward"].code == "crashed"


def test_the_books_own_answer_cannot_be_called():
    source = """
import dnn_utils
import dnn_utils.forward


def linear_forward(A, W, b):
    return dnn_utils.linear_forward(A, W, b)


def L_model_forward(X, parameters):
    return dnn_utils.forward.L_model_forward(X, parameters)


def update_parameters(parameters, grads, learning_rate):
    return {key: value - learning_rate * grads["d" + key] for key, value in parameters.items()}
"""
    results = check_source(source, seed=7)
    for name in ("linear_forward", "L_model_forward"):
        assert results[name].code == "raises_error"
        assert "cannot be called here" in results[name].message
    assert results["update_parameters"].ok


def test_a_statement_that_fails_is_left_out():
    source = "import not_there\nx = 1 / 0\n" + ALL
    assert codes(source) == {}


def test_the_process_can_be_put_into_another_command():
    assert codes(ALL, command=["env", "-i", "HOME=/"]) == {}


@pytest.mark.parametrize(
    "value",
    [
        np.arange(6.0).reshape(2, 3),
        np.array([[1, 2]], dtype=np.int32),
        np.array([math.nan, math.inf, -0.0]),
        np.zeros((0, 3)),
        np.float32(0.1),
        np.array(2.5),
        (1, [2.0, "three"], {"W1": np.ones((1, 1)), 2: None}),
        True,
        Other("set"),
    ],
    ids=repr,
)
def test_values_cross_the_border_bit_for_bit(value):
    assert bits(decode(json.loads(json.dumps(encode(value))))) == bits(value)


def test_an_ellipsis_crosses_too():
    assert decode(encode(...)) is ...

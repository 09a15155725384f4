"""Training on real processes: the same numbers, and an account of a process that dies."""

import sys
import time
from threading import Thread

import numpy as np
import psutil
import pytest

from benchmarks.measure import largest_difference
from conftest import wheel
from dnn_utils import distributed
from dnn_utils.distributed import ProcessDied, fit_on_processes
from dnn_utils.network import DeepNeuralNetwork
from tests.dnn_utils.networks import random_problem

wheel("jax")
pytestmark = pytest.mark.slow

DIMS = [20, 6, 4, 1]
X, Y, _ = random_problem(DIMS, 24)
NOTICED = 90  # seconds: by then JAX itself would notice, whose heartbeat is awaited for 100
WITH_THEIR_OWN_FUNCTIONS = """
import numpy as np

def g(Z, last):
    return 1 / (1 + np.exp(-Z)) if last else np.where(Z > 0, Z, 0)

def forward(X, parameters):
    A, L = X, len(parameters) // 2
    for l in range(1, L + 1):
        A = g(parameters[f"W{l}"] @ A + parameters[f"b{l}"], l == L)
    return A, []

def cost(AL, Y):
    return -np.mean(Y * np.log(AL) + (1 - Y) * np.log(1 - AL))
"""


def trained(iterations):
    return DeepNeuralNetwork(DIMS).fit(X, Y, iterations, 0.1)


def assert_same(network, other):
    assert np.abs(np.subtract(network.cost_history, other.cost_history)).max() <= 1e-10
    assert largest_difference(network.parameters, other.parameters) <= 1e-10


def workers():
    """Return the processes at work, by their number."""
    children = psutil.Process().children(recursive=True)
    lines = {child: child.cmdline() for child in children if child.is_running()}
    return {line[-1]: child for child, line in lines.items() if "dnn_utils.distributed" in line}


@pytest.mark.parametrize("processes", [1, 2, 3])
def test_processes_find_what_one_machine_finds(processes, tmp_path):
    network, file = DeepNeuralNetwork(DIMS), tmp_path / "network.npz"
    assert fit_on_processes(network, X, Y, 100, 0.1, file, processes) is network
    assert_same(network, trained(100))
    assert_same(DeepNeuralNetwork.load(file), network)
    assert not workers()


def test_functions_of_a_notebook_are_taken_along_and_training_goes_on(tmp_path):
    names = {"__name__": "__main__"}
    exec(WITH_THEIR_OWN_FUNCTIONS, names)
    network, file = trained(10), tmp_path / "network.npz"
    own = {key: names[key] for key in ("forward", "cost")}
    fit_on_processes(network, X, Y, 20, 0.1, file, **own)
    assert len(network.cost_history) == 30
    assert_same(network, trained(30))


class Killer(Thread):
    """Kills a worker after some steps, and keeps the time."""

    def __init__(self, number, file, steps):
        super().__init__(daemon=True)
        self.number, self.file, self.steps = number, file, steps

    def run(self):
        while self.completed() < self.steps:
            time.sleep(0.01)
        self.time = time.monotonic()
        workers()[self.number].kill()

    def completed(self):
        return len(DeepNeuralNetwork.load(self.file).cost_history) if self.file.exists() else 0


@pytest.mark.parametrize("number", ["0", "1"])
def test_a_process_that_is_killed_is_reported_at_once_and_its_last_step_is_kept(number, tmp_path):
    network, file = DeepNeuralNetwork(DIMS), tmp_path / "network.npz"
    before = {key: value.copy() for key, value in network.parameters.items()}
    killer = Killer(number, file, steps=5)
    killer.start()
    with pytest.raises(ProcessDied) as error:
        fit_on_processes(network, X, Y, 10**6, 0.1, file)
    assert time.monotonic() - killer.time < NOTICED
    kept = DeepNeuralNetwork.load(file)
    steps = len(kept.cost_history)
    assert steps >= 5
    assert str(error.value) == (
        f"Process {number} of 0 to 1 was ended by the signal SIGKILL. The others were stopped. "
        f"{file} holds the network after step {steps}, the last that was completed."
    )
    assert_same(kept, trained(steps))
    assert largest_difference(network.parameters, before) == 0
    assert not workers()


def test_what_a_process_says_in_the_end_is_quoted(tmp_path):
    def broken(AL, Y):
        raise ZeroDivisionError("my own fault")

    with pytest.raises(ProcessDied, match=r"exit code 1 \(ZeroDivisionError: my own fault\)"):
        fit_on_processes(DeepNeuralNetwork(DIMS), X, Y, 3, 0.1, tmp_path / "n.npz", cost=broken)
    assert not workers()


@pytest.mark.parametrize("later", ["", "coordination service: shutting down\n"])
def test_the_reason_is_what_was_raised_whatever_is_said_after_it(later, tmp_path, monkeypatch):
    def fail(folder, rank):
        raise ZeroDivisionError("my own fault")

    monkeypatch.setattr(distributed, "work", fail)
    with pytest.raises(ZeroDivisionError):
        distributed.main(tmp_path, 1)
    (tmp_path / "errors1").write_text(f"Traceback ...\nZeroDivisionError: my own fault\n{later}")
    (tmp_path / "errors0").write_text(f"a word\n{later}")
    (tmp_path / "errors2").write_text("")
    said = [distributed._why(tmp_path, rank, 1) for rank in (0, 1, 2)]
    assert said == [
        f"ended with the exit code 1 ({later.strip() or 'a word'})",
        "ended with the exit code 1 (ZeroDivisionError: my own fault)",
        "ended with the exit code 1 (it said nothing)",
    ]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"processes": 7}, "X has 24 examples, .* among 7 processes: leave out 3, or"),
        ({"processes": 0}, "processes must be a whole number, 1 or more, got 0"),
        ({"processes": 1.5}, "processes must be a whole number, 1 or more, got 1.5"),
        ({"X": X.T}, r"X has shape \(24, 20\), expected \(20, m\)"),
        ({"Y": Y + 1}, "neither 0 nor 1"),
        ({"iterations": -1}, "iterations must be a whole number, 0 or more, got -1"),
        ({"learning_rate": 0}, "learning_rate must be a positive number, got 0"),
    ],
)
def test_bad_input_is_refused_before_anything_starts(given, message, tmp_path):
    call = {"X": X, "Y": Y, "iterations": 3, "learning_rate": 0.1} | given
    with pytest.raises(ValueError, match=message):
        fit_on_processes(DeepNeuralNetwork(DIMS), checkpoint=tmp_path / "n.npz", **call)
    assert not list(tmp_path.iterdir())


def test_without_cloudpickle_one_sentence_says_what_to_do(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "cloudpickle", None)
    with pytest.raises(ImportError, match="This needs cloudpickle: run `pip install cloudpickle`"):
        fit_on_processes(DeepNeuralNetwork(DIMS), X, Y, 3, 0.1, tmp_path / "n.npz")

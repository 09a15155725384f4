"""The class: it agrees with the steps, says what is wrong, and loses nothing."""

import _thread
import re
import signal
import sys
import threading
import warnings
from types import SimpleNamespace

import numpy as np
import pytest

import dnn_utils.network
from benchmarks.measure import largest_difference
from dnn_utils import L_model_forward, compute_cost, initialize_parameters_deep
from dnn_utils.fast import GradientDescent
from dnn_utils.network import DeepNeuralNetwork
from tests.dnn_utils import oracle
from tests.dnn_utils.networks import random_problem
from tests.dnn_utils.training import train_step_by_step

ENTROPY = -(72 / 209 * np.log(72 / 209) + 137 / 209 * np.log(137 / 209))
"""The lowest cost of a network that answers the same for all of 209 pictures, 72 of them cats."""


def classic_problem():
    X, _, _ = random_problem([12288, 1], 209)
    return X, (np.arange(209) < 72).astype(int).reshape(1, 209)


@pytest.mark.parametrize("layer_dims", [[30, 8, 5, 1], [5, 8, 4, 1], [6, 1]])
def test_fit_agrees_with_the_steps(layer_dims):
    X, Y, _ = random_problem(layer_dims, 12)
    network = DeepNeuralNetwork(layer_dims)
    expected, costs = train_step_by_step(X, Y, network.parameters, 300, 0.05)
    assert network.fit(X, Y, iterations=300, learning_rate=0.05) is network
    assert largest_difference(network.parameters, expected) < 1e-12
    np.testing.assert_allclose(network.cost_history, costs, rtol=0, atol=1e-12)
    AL, _ = L_model_forward(X, expected)
    np.testing.assert_allclose(network.predict_proba(X), AL, rtol=0, atol=1e-12)


def test_fit_takes_the_gram_path_by_itself(monkeypatch):
    taken = []

    class Spy(GradientDescent):
        def __init__(self, X, Y, parameters, learning_rate, through_gram):
            taken.append(through_gram)
            super().__init__(X, Y, parameters, learning_rate, through_gram)

    monkeypatch.setattr(dnn_utils.network, "GradientDescent", Spy)
    for layer_dims in ([50, 8, 1], [5, 8, 1]):
        X, Y, _ = random_problem(layer_dims, 10)
        DeepNeuralNetwork(layer_dims).fit(X, Y, iterations=20)
    assert taken == [True, False]


def test_predictions_agree_with_the_scalar_oracle():
    X, Y, parameters = random_problem([4, 5, 3, 1], 9)
    network = DeepNeuralNetwork([4, 5, 3, 1])
    network.parameters = parameters
    columns, labels, weights, biases = oracle.unpack(X, Y, parameters)
    expected = [oracle.forward_one(x, weights, biases)[1][-1][0] for x in columns]
    np.testing.assert_allclose(network.predict_proba(X), [expected], rtol=0, atol=1e-14)
    assert network.predict(X).tolist() == [[int(p > 0.5) for p in expected]]
    right = sum((p > 0.5) == y for p, y in zip(expected, labels, strict=True))
    assert network.score(X, Y) == right / 9


def test_cost_history_is_the_cost_before_each_update_and_goes_on():
    X, Y, _ = random_problem([5, 4, 1], 8)
    network = DeepNeuralNetwork([5, 4, 1])
    AL, _ = L_model_forward(X, network.parameters)
    network.fit(X, Y, iterations=4, learning_rate=0.1)
    assert abs(network.cost_history[0] - compute_cost(AL, Y)) < 1e-14
    assert [type(cost) for cost in network.cost_history] == [float] * 4
    network.fit(X, Y, iterations=3, learning_rate=0.1)
    in_one_go = DeepNeuralNetwork([5, 4, 1]).fit(X, Y, iterations=7, learning_rate=0.1)
    assert network.cost_history == pytest.approx(in_one_go.cost_history, abs=1e-14)
    assert largest_difference(network.parameters, in_one_go.parameters) < 1e-14
    network.fit(X, Y, iterations=0)
    assert len(network.cost_history) == 7


def test_initializations():
    dims = [400, 300, 1]
    for name, spread in (("classic", 0.01), ("xavier", 400**-0.5), ("he", (2 / 400) ** 0.5)):
        parameters = DeepNeuralNetwork(dims, initialization=name, seed=5).parameters
        assert list(parameters) == ["W1", "b1", "W2", "b2"]
        assert parameters["W1"].shape == (300, 400)
        assert np.std(parameters["W1"]) == pytest.approx(spread, rel=0.01)
        assert not parameters["b1"].any()
    classic = DeepNeuralNetwork([5, 4, 3, 1], "classic", seed=3).parameters
    assert largest_difference(classic, initialize_parameters_deep([5, 4, 3, 1])) == 0
    one, two = DeepNeuralNetwork(dims, seed=1), DeepNeuralNetwork(dims, seed=2)
    assert largest_difference(one.parameters, two.parameters) > 0.1


def test_classic_start_stands_still_with_four_layers_and_he_learns():
    X, Y = classic_problem()
    dims = [12288, 20, 7, 5, 1]
    still = DeepNeuralNetwork(dims, initialization="classic").fit(X, Y)
    assert round(ENTROPY, 4) == 0.6440
    assert still.cost_history[-1] == pytest.approx(ENTROPY, abs=5e-5)
    assert min(still.cost_history) > ENTROPY - 5e-5
    assert not still.predict(X).any()
    learning = DeepNeuralNetwork(dims, initialization="he").fit(X, Y)
    assert learning.cost_history[-1] < 0.1
    assert learning.score(X, Y) > 0.95


def test_float32_is_kept_throughout():
    X, Y, _ = random_problem([6, 5, 1], 10)
    network = DeepNeuralNetwork([6, 5, 1], dtype=np.float32).fit(X, Y, iterations=50)
    assert {value.dtype.name for value in network.parameters.values()} == {"float32"}
    assert network.predict_proba(X).dtype == np.float32
    exact = DeepNeuralNetwork([6, 5, 1]).fit(X, Y, iterations=50)
    assert network.cost_history == pytest.approx(exact.cost_history, abs=1e-6)


def test_lists_and_truth_values_are_taken():
    X, Y, _ = random_problem([3, 2, 1], 6)
    from_lists = DeepNeuralNetwork([3, 2, 1]).fit(X.tolist(), Y.astype(bool).tolist(), 5)
    from_arrays = DeepNeuralNetwork(np.array([3, 2, 1])).fit(X, Y, 5)
    assert from_lists.cost_history == from_arrays.cost_history


def test_repr():
    assert repr(DeepNeuralNetwork((3, 2, 1), "xavier", 7, np.float32)) == (
        "DeepNeuralNetwork([3, 2, 1], initialization='xavier', seed=7, dtype=float32)"
    )


# Ctrl-C


@pytest.fixture
def interruptible():
    """Let Ctrl-C through: a run in the background, as after ``nohup``, may ignore it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.parametrize("layer_dims", [[40, 5, 1], [4, 5, 1]])
def test_ctrl_c_keeps_what_was_learnt(monkeypatch, capsys, layer_dims):
    X, Y, _ = random_problem(layer_dims, 10)
    original, calls = GradientDescent.update, []

    def interrupted_after_seven(self):
        if len(calls) == 7:
            raise KeyboardInterrupt
        calls.append(1)
        original(self)

    monkeypatch.setattr(GradientDescent, "update", interrupted_after_seven)
    network = DeepNeuralNetwork(layer_dims).fit(X, Y, iterations=1000, learning_rate=0.1)
    assert capsys.readouterr().out == ("Stopped in iteration 8 of 1000; what was learnt is kept.\n")
    monkeypatch.undo()
    seven = DeepNeuralNetwork(layer_dims).fit(X, Y, iterations=7, learning_rate=0.1)
    assert largest_difference(network.parameters, seven.parameters) < 1e-13
    assert len(network.cost_history) == 8


@pytest.mark.parametrize("layer_dims", [[40, 5, 1], [4, 5, 1]])
def test_a_real_ctrl_c_at_any_moment_leaves_whole_updates(interruptible, capsys, layer_dims):
    X, Y, _ = random_problem(layer_dims, 10)
    for seconds in (0.1, 0.13, 0.17):
        network = DeepNeuralNetwork(layer_dims)
        threading.Timer(seconds, _thread.interrupt_main).start()
        network.fit(X, Y, iterations=10**7)
        done = len(network.cost_history)
        assert f"Stopped in iteration {done} of 10000000;" in capsys.readouterr().out
        candidates = []
        for iterations in (done - 1, done):
            other = DeepNeuralNetwork(layer_dims).fit(X, Y, iterations)
            candidates.append(largest_difference(network.parameters, other.parameters))
        assert min(candidates) < 1e-11


# A learning rate that is too large


def test_run_away_cost_warns_and_keeps_the_best():
    X, Y = classic_problem()
    network = DeepNeuralNetwork([12288, 20, 7, 5, 1]).fit(X, Y, iterations=150)
    good, costs = network.parameters, list(network.cost_history)
    message = (
        r"The cost ran away, from 0\.\d+ to [\d.]+ in 120 iterations: learning_rate=50 is too "
        r"large here; try 5\. The parameters are those before iteration 0, whose cost is 0\.\d+\."
    )
    with pytest.warns(RuntimeWarning, match=message) as caught:
        network.fit(X, Y, iterations=120, learning_rate=50)
    assert caught[0].filename == __file__  # the line that called fit
    assert largest_difference(network.parameters, good) == 0
    assert network.cost_history[:150] == costs
    assert len(network.cost_history) == 270


@pytest.mark.parametrize("n_x", [4, 40])
def test_overflow_ends_the_training_at_once(n_x):
    X, Y, _ = random_problem([n_x, 6, 6, 6, 1], 12)
    network = DeepNeuralNetwork([n_x, 6, 6, 6, 1])
    start = network.parameters
    with pytest.warns(RuntimeWarning, match="to (nan|inf) in .* learning_rate=1e[+]80 is too larg"):
        network.fit(X, Y, iterations=500, learning_rate=1e80)
    assert largest_difference(network.parameters, start) == 0
    assert len(network.cost_history) < 20


def test_the_best_of_the_checkpoints_is_kept(monkeypatch):
    X, Y, _ = random_problem([5, 4, 1], 8)
    original, calls = GradientDescent.cost_and_gradients, []

    def overflows_in_iteration_250(self):
        calls.append(1)
        return np.nan if len(calls) == 251 else original(self)

    monkeypatch.setattr(GradientDescent, "cost_and_gradients", overflows_in_iteration_250)
    network = DeepNeuralNetwork([5, 4, 1])
    with pytest.warns(RuntimeWarning, match="parameters are those before iteration 200, whose"):
        network.fit(X, Y, iterations=1000, learning_rate=0.1)
    monkeypatch.undo()
    expected = DeepNeuralNetwork([5, 4, 1]).fit(X, Y, iterations=200, learning_rate=0.1)
    assert largest_difference(network.parameters, expected.parameters) == 0


def test_inputs_that_overflow_are_named_as_the_cause():
    X, Y, _ = random_problem([5, 4, 1], 8)
    network = DeepNeuralNetwork([5, 4, 1])
    start = network.parameters
    X = X / np.abs(X).max() * 1.5e308
    with pytest.warns(RuntimeWarning, match=r"before the first step.* as large as 1\.5e\+308"):
        network.fit(X, Y)
    assert largest_difference(network.parameters, start) == 0


def test_a_good_training_warns_of_nothing():
    X, Y, _ = random_problem([5, 4, 1], 8)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        DeepNeuralNetwork([5, 4, 1]).fit(X, Y, iterations=300)


# Wrong input


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"layer_dims": [5]}, "layer_dims must be two or more whole numbers .*got [5]"),
        ({"layer_dims": 5}, "layer_dims must be two or more whole numbers .*got 5"),
        ({"layer_dims": [5, 0, 1]}, "above zero.*got [5, 0, 1]"),
        ({"layer_dims": [5, 2.5, 1]}, "whole numbers.*got [5, 2.5, 1]"),
        ({"layer_dims": [5, 4, 3]}, "the last of them 1 (one probability), got [5, 4, 3]"),
        (
            {"layer_dims": [5, 1], "initialization": "He"},
            "initialization must be one of ['classic', 'xavier', 'he'], got 'He'",
        ),
        (
            {"layer_dims": [5, 1], "dtype": np.int64},
            "dtype must be numpy.float64 or numpy.float32, got <class 'numpy.int64'>",
        ),
    ],
)
def test_wrong_construction(arguments, message):
    with pytest.raises(ValueError, match=_literal(message)):
        DeepNeuralNetwork(**arguments)


def _bad_X(value):
    X = np.zeros((4, 6))
    X[2, 3] = X[3, 5] = value
    return X


@pytest.mark.parametrize(
    ("X", "Y", "settings", "message"),
    [
        (
            np.ones((6, 4)),
            np.ones((1, 6)),
            {},
            "X has shape (6, 4), expected (4, m). Here one column is one example; X.T has that",
        ),
        (np.ones((5, 6)), np.ones((1, 6)), {}, "X has shape (5, 6), expected (4, m)."),
        (np.ones(4), np.ones((1, 1)), {}, "X has shape (4,), expected (4, m)."),
        (np.ones((4, 0)), np.ones((1, 0)), {}, "X has shape (4, 0), expected (4, m)."),
        (
            _bad_X(np.nan),
            np.ones((1, 6)),
            {},
            "X holds 2 number(s) that are not finite; the first is X[2, 3] = nan (feature 2 of "
            "example 3).",
        ),
        (_bad_X(np.inf), np.ones((1, 6)), {}, "the first is X[2, 3] = inf"),
        (_bad_X(-np.inf), np.ones((1, 6)), {}, "the first is X[2, 3] = -inf"),
        ([["cat"] * 6] * 4, np.ones((1, 6)), {}, "X must hold numbers only: "),
        (
            np.ones((4, 6)),
            np.ones(6),
            {},
            "Y has shape (6,), expected (1, 6). Y.reshape(1, -1) has that shape.",
        ),
        (np.ones((4, 6)), np.ones((6, 1)), {}, "Y has shape (6, 1), expected (1, 6). Y.reshape"),
        (np.ones((4, 6)), np.ones((1, 5)), {}, "Y has shape (1, 5), expected (1, 6)."),
        (
            np.ones((4, 6)),
            [[0, 1, 2, -1, 1, 2]],
            {},
            "Y holds 3 label(s) that are neither 0 nor 1: -1, 2",
        ),
        (
            np.ones((4, 6)),
            [[0, 1, 0, np.nan, 1, 0]],
            {},
            "1 label(s) that are neither 0 nor 1: nan",
        ),
        (np.ones((4, 6)), [["no", "cat", "no", "no", "no", "no"]], {}, "neither 0 nor 1: cat, no"),
        (
            np.ones((4, 6)),
            np.ones((1, 6)),
            {"iterations": -1},
            "iterations must be a whole number, 0 or more, got -1",
        ),
        (np.ones((4, 6)), np.ones((1, 6)), {"iterations": 2.5}, "0 or more, got 2.5"),
        (
            np.ones((4, 6)),
            np.ones((1, 6)),
            {"learning_rate": 0},
            "learning_rate must be a positive number, got 0",
        ),
        (np.ones((4, 6)), np.ones((1, 6)), {"learning_rate": np.nan}, "positive number, got nan"),
        (np.ones((4, 6)), np.ones((1, 6)), {"learning_rate": np.inf}, "positive number, got inf"),
        (np.ones((4, 6)), np.ones((1, 6)), {"learning_rate": "fast"}, "number, got 'fast'"),
    ],
)
def test_wrong_training_changes_nothing(X, Y, settings, message):
    network = DeepNeuralNetwork([4, 3, 1])
    start = {key: value.copy() for key, value in network.parameters.items()}
    with pytest.raises(ValueError, match=_literal(message)):
        network.fit(X, Y, **settings)
    assert largest_difference(network.parameters, start) == 0
    assert network.cost_history == []


def test_wrong_questions():
    network = DeepNeuralNetwork([4, 3, 1])
    for ask in (
        network.predict,
        network.predict_proba,
        lambda X: network.score(X, np.ones((1, 6))),
    ):
        with pytest.raises(ValueError, match=_literal("X has shape (5, 6), expected (4, m).")):
            ask(np.ones((5, 6)))
        with pytest.raises(ValueError, match=r"2 number\(s\) that are not finite"):
            ask(_bad_X(np.nan))
    with pytest.raises(ValueError, match=_literal("Y has shape (6,), expected (1, 6).")):
        network.score(np.ones((4, 6)), np.ones(6))


def _literal(message):
    """Turn a message into a pattern in which only ``.*`` has a meaning."""
    return ".*".join(re.escape(part) for part in message.split(".*"))


# Files


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_save_and_load(tmp_path, dtype):
    X, Y, _ = random_problem([6, 5, 3, 1], 10)
    network = DeepNeuralNetwork([6, 5, 3, 1], "xavier", seed=4, dtype=dtype).fit(X, Y, 30)
    path = tmp_path / "cats.v1"  # written under exactly this name
    network.save(path)
    network.save(path)
    assert [file.name for file in tmp_path.iterdir()] == ["cats.v1"]
    loaded = DeepNeuralNetwork.load(str(path))
    assert repr(loaded) == repr(network)
    assert loaded.cost_history == network.cost_history
    assert largest_difference(loaded.parameters, network.parameters) == 0
    assert {value.dtype for value in loaded.parameters.values()} == {np.dtype(dtype)}
    loaded.fit(X, Y, 5)
    network.fit(X, Y, 5)
    assert largest_difference(loaded.parameters, network.parameters) == 0


def test_a_file_that_is_no_network_is_refused(tmp_path):
    path = tmp_path / "network.npz"
    with pytest.raises(FileNotFoundError):
        DeepNeuralNetwork.load(path)

    not_ours = f"{path} is not a file that save() wrote"

    def refused(message):
        with pytest.raises(ValueError, match=_literal(not_ours + message)):
            DeepNeuralNetwork.load(path)

    path.write_text("layer_dims: 4 3 1")
    refused("")
    path.write_bytes(b"")
    refused("")
    with path.open("wb") as file:
        np.save(file, np.ones(3))
    refused("")
    np.savez(path, layer_dims=np.array([{}], dtype=object))
    refused("")

    network = DeepNeuralNetwork([4, 3, 1])
    network.save(path)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    refused("")
    path.write_bytes(whole)
    with np.load(path) as file:
        stored = dict(file)
    np.savez(path, **{key: value for key, value in stored.items() if key != "b2"})
    refused(": it lacks 'b2'")
    np.savez(path, **{**stored, "W2": np.ones((3, 1))})
    refused(": W2 has shape (3, 1), expected (1, 3)")


# The progress bar


def test_no_bar_in_a_script(capfd):
    X, Y, _ = random_problem([3, 2, 1], 4)
    DeepNeuralNetwork([3, 2, 1]).fit(X, Y, 50)
    assert capfd.readouterr() == ("", "")


def test_a_bar_where_a_person_waits(monkeypatch):
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    bar = dnn_utils.network._progress(10)
    assert type(bar).__module__.startswith("tqdm")
    assert bar.delay == 2  # short trainings show none
    assert list(bar) == list(range(10))


@pytest.mark.parametrize("answers_questions", [True, False])
def test_a_bar_in_a_notebook_only_if_a_person_runs_it(monkeypatch, answers_questions):
    kernel = SimpleNamespace(_allow_stdin=answers_questions)
    ipython = SimpleNamespace(get_ipython=lambda: SimpleNamespace(kernel=kernel))
    monkeypatch.setitem(sys.modules, "IPython", ipython)
    bar = dnn_utils.network._progress(10)
    assert (type(bar) is not range) == answers_questions


def test_no_bar_without_tqdm(monkeypatch):
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    monkeypatch.setitem(sys.modules, "tqdm", None)
    assert dnn_utils.network._progress(10) == range(10)

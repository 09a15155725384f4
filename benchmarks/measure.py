"""Equality first, then time, round robin; and memory.

Where the process has one thread, time is its processor time: on an idle machine
that is the time by the clock, and other work on the machine is not counted.
"""

import statistics
import time
import tracemalloc
from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Any

import numpy as np

from benchmarks.contenders import (
    ITERATIONS,
    LEARNING_RATE,
    Contender,
    CourseStyle,
    Parameters,
    Problem,
    Runner,
    StepByStep,
)
from dnn_utils.network import DeepNeuralNetwork

Makers = dict[str, Callable[[Problem], Contender]]
Runners = dict[str, Callable[[Problem], Runner]]

TOLERANCE = {"float64": 1e-12, "float32": 1e-2}
"""How far parameters may differ, relative to the largest entry of their array.

In float32, rounding puts some of the many units near zero on the other side of ReLU,
and the biases, which start at zero, consist of little else than the last few steps.
"""


TINY = 1e-300
"""The size of an array of zeros: any other number differs from it by far."""


def largest_difference(parameters: Parameters, others: Parameters) -> float:
    """Return the largest difference of any entry, relative to the largest one of its array.

    Raises
    ------
    ValueError
        If the two are not of the same layers.
    """
    if parameters.keys() != others.keys():
        raise ValueError(f"parameters has the keys {[*parameters]}, others has {[*others]}")
    return max(
        float(np.max(np.abs(parameters[key] - others[key])) / (np.max(np.abs(others[key])) or TINY))
        for key in others
    )


def check_equality(problem: Problem, contenders: Makers, iterations: int = 3) -> dict[str, float]:
    """Train each contender a little and compare it with the steps.

    Returns
    -------
    differences : dict of float
        By name.

    Raises
    ------
    RuntimeError
        If the parameters of a contender differ: comparing times would be meaningless.
    """
    reference = StepByStep(problem)
    reference.run(iterations)
    dtype = np.dtype(problem.dtype).name
    differences: dict[str, float] = {}
    for name, contender in contenders.items():
        trained = contender(problem)
        trained.run(iterations)
        difference = largest_difference(trained.parameters(), reference.parameters())
        if not difference <= TOLERANCE[dtype]:
            raise RuntimeError(
                f"{name} differs from the steps by {difference:.1e} ({problem.layer_dims}, {dtype})"
            )
        differences[name] = difference
    return differences


def time_round_robin(
    contenders: Mapping[str, Runner],
    rounds: int,
    seconds: float,
    clock: Callable[[], float] = time.process_time,
) -> dict[str, list[float]]:
    """Let all contenders run in turn, `rounds` times, for about `seconds` each, by a clock.

    Returns
    -------
    times : dict of list
        By name: seconds per iteration, one number per round.
    """
    runs = {name: max(1, round(seconds / _seconds(c, 2, clock))) for name, c in contenders.items()}
    times: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(rounds):
        for name, contender in contenders.items():
            contender.run(1)  # bring its arrays back into the processor's caches
            times[name].append(_seconds(contender, runs[name], clock))
    return times


def _seconds(contender: Runner, iterations: int, clock: Callable[[], float]) -> float:
    start = clock()
    contender.run(iterations)
    return (clock() - start) / iterations


def compare(
    problem: Problem,
    contenders: Makers,
    floors: Runners,
    extra: Runners,
    rounds: int,
    seconds: float,
) -> dict[str, Any]:
    """Compare contenders, floors and whatever else is to be timed on one problem.

    Returns
    -------
    result : dict
        ``"milliseconds"`` and ``"times_the_floor"`` (medians over the rounds, the
        floor being the fastest of the `floors`) and ``"difference"``, by name.
    """
    differences = check_equality(problem, contenders)
    makers: Runners = {**contenders, **floors, **extra}
    everyone = {name: make(problem) for name, make in makers.items()}
    times = time_round_robin(everyone, rounds, seconds)
    medians = {name: statistics.median(values) for name, values in times.items()}
    floor = min(floors, key=lambda name: medians[name])
    return {
        "milliseconds": {name: 1e3 * value for name, value in medians.items()},
        "floor": floor,
        "times_the_floor": {
            name: statistics.median(np.divide(times[name], times[floor]).tolist()) for name in times
        },
        "difference": differences,
    }


def one_idea_at_a_time(
    problem: Problem, ideas: Makers, rounds: int, seconds: float
) -> dict[str, Any]:
    """Time each of the `ideas`, every one built on those before it.

    Returns
    -------
    result : dict
        ``"milliseconds"`` per iteration, and ``"gain"``: how many times faster
        than the idea before (medians over the rounds), by name.
    """
    check_equality(problem, ideas)
    times = time_round_robin({n: make(problem) for n, make in ideas.items()}, rounds, seconds)
    names = list(times)
    return {
        "milliseconds": {name: 1e3 * statistics.median(times[name]) for name in names},
        "gain": {
            name: statistics.median(np.divide(times[before], times[name]).tolist())
            for before, name in pairwise(names)
        },
    }


def whole_run(problem: Problem, iterations: int = ITERATIONS) -> dict[str, Any]:
    """Time a complete training: the course's style once, `fit` three times around it.

    Returns
    -------
    result : dict
        Seconds of both, how many times faster `fit` is, and the largest difference.
    """

    def fit() -> Any:
        network = DeepNeuralNetwork(problem.layer_dims, dtype=problem.dtype)
        start = time.process_time()
        network.fit(problem.X, problem.Y, iterations, LEARNING_RATE)
        seconds.append(time.process_time() - start)
        return network

    seconds: list[float] = []
    fit()
    course = CourseStyle(problem)
    start = time.process_time()
    course.run(iterations)
    course_seconds = time.process_time() - start
    fit()
    network = fit()
    return {
        "iterations": iterations,
        "course_seconds": course_seconds,
        "fit_seconds": statistics.median(seconds),
        "times_faster": course_seconds / statistics.median(seconds),
        "difference": largest_difference(network.parameters, course.parameters()),
        "cost": {"first": network.cost_history[0], "last": network.cost_history[-1]},
    }


def peak_memory(problem: Problem, iterations: int = 200) -> dict[str, float]:
    """Measure the most memory that training holds beyond the data and its start.

    Returns
    -------
    result : dict
        Megabytes of the course's style and of `fit`, and their ratio.
    """
    network = DeepNeuralNetwork(problem.layer_dims, dtype=problem.dtype)
    course = CourseStyle(problem)
    megabytes = {
        "course_megabytes": _peak(lambda: course.run(3)),
        "fit_megabytes": _peak(
            lambda: network.fit(problem.X, problem.Y, iterations, LEARNING_RATE)
        ),
    }
    return megabytes | {"ratio": megabytes["fit_megabytes"] / megabytes["course_megabytes"]}


def _peak(work: Callable[[], object]) -> float:
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1] / 1e6
    finally:
        tracemalloc.stop()

"""``python -m benchmarks.own_code``: what it costs that the book runs on the reader's functions.

The same training, once on our functions and once on the same functions as a reader's, in turns;
the ratio of the quickest turns tells what the way there costs. Last comes what `dnn_utils.use`
takes itself.
"""

import inspect
import sys
import time
from collections.abc import Callable

import dnn_utils
from dnn_utils.datasets import make_circle
from testCases import FUNCTIONS

IMPORTS = """\
import numpy as np
from dnn_utils import relu, relu_backward, sigmoid, sigmoid_backward
"""
TURNS, STEPS = 15, 200
SIZES = {"small": ([2, 8, 1], 200), "one example": ([2, 4, 1], 1), "deep": ([2, *[16] * 8, 1], 400)}


def sources() -> dict[str, str]:
    """Return our functions as a reader would have written them."""
    return {
        name: f"{IMPORTS}\n\n{inspect.getsource(getattr(dnn_utils, name))}" for name in FUNCTIONS
    }


def train(layer_dims: list[int], m: int) -> None:
    """Train a network with the functions that are in use."""
    X, Y = make_circle(m)
    parameters = dnn_utils.initialize_parameters_deep(layer_dims)
    for _ in range(STEPS):
        AL, caches = dnn_utils.L_model_forward(X, parameters)
        dnn_utils.compute_cost(AL, Y)
        grads = dnn_utils.L_model_backward(AL, Y, caches)
        parameters = dnn_utils.update_parameters(parameters, grads, 0.1)


def seconds(call: Callable[[], object]) -> float:
    """Return the time that one call computes; other programs do not count."""
    start = time.process_time()
    call()
    return time.process_time() - start


def row(name: str, theirs: dict[str, str]) -> str:
    """Return the line of the table for one network."""
    ours, own = [], []
    for _ in range(TURNS):
        dnn_utils.use(None)
        ours.append(seconds(lambda: train(*SIZES[name])))
        dnn_utils.use(theirs)
        own.append(seconds(lambda: train(*SIZES[name])))
    ours_step, own_step = (1e6 * min(times) / STEPS for times in (ours, own))
    return f"{name:14}{ours_step:10.1f}{own_step:10.1f}{own_step / ours_step:8.3f}"


def main() -> int:
    """Print the table; return the exit code."""
    theirs = sources()
    print(f"{'network':14}{'ours':>10}{'own':>10}{'ratio':>8}  (µs a step)")
    for name in SIZES:
        print(row(name, theirs))
    taken = min(seconds(lambda: dnn_utils.use(theirs)) for _ in range(TURNS))
    print(f"use() of all functions: {1000 * taken:.0f} ms")
    dnn_utils.use(None)
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""``python -m benchmarks.checks``: how long a check takes, printed for every function.

*first* is the first wrong answer of a session, for which the known mistakes are run; *wrong*
and *slowest* are the median and the maximum of all wrong answers that the checks know. The last
column is the ratio of *right* to one run of the function on all inputs.
"""

import sys
import time
from collections.abc import Callable
from functools import partial
from statistics import median

import dnn_utils
from testCases import FUNCTIONS, check
from testCases.check import case
from testCases.exercises import EXERCISES
from testCases.observe import quiet

REPEATS = 20


def milliseconds(call: Callable[[], object], repeats: int = REPEATS) -> float:
    """Return the median time of a call."""
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        call()
        times.append(1000 * (time.perf_counter() - start))
    return median(times)


def row(name: str) -> str:
    """Return the line of the table for one function."""
    function, inputs = getattr(dnn_utils, name), case(name, 0).inputs
    wrong = [one for _, _, one in EXERCISES[name].versions]
    first = milliseconds(lambda: check(wrong[0], name), repeats=1)
    right = milliseconds(lambda: check(function))
    times = [milliseconds(partial(check, one, name), repeats=3) for one in wrong]
    with quiet():
        bare = milliseconds(lambda: [function(*one) for one in inputs])
    numbers = f"{first:8.1f}{right:8.1f}{median(times):8.1f}{max(times):9.1f}{right / bare:7.1f}"
    return f"{name:28}{numbers}"


def main() -> int:
    """Print the table; return the exit code."""
    print(f"{'function':28}{'first':>8}{'right':>8}{'wrong':>8}{'slowest':>9}{'ratio':>7}  (ms)")
    for name in FUNCTIONS:
        print(row(name))
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""``python -m benchmarks.checks``: how long a check takes, printed for every function.

The first row of each pair is a right answer, the second the median of all wrong ones that
the tests hold. The last column tells it as a ratio to one run of the function on all inputs.
"""

import time
from statistics import median

import dnn_utils
from testCases import FUNCTIONS, check
from testCases.check import case
from testCases.observe import quiet
from tests.answers import answers

REPEATS = 20


def milliseconds(call, repeats=REPEATS):
    """Return the median time of a call."""
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        call()
        times.append(1000 * (time.perf_counter() - start))
    return median(times)


def main():
    """Print the table."""
    print(f"{'function':28}{'first':>8}{'right':>8}{'wrong':>8}{'slowest':>9}{'ratio':>7}  (ms)")
    for name in FUNCTIONS:
        function = getattr(dnn_utils, name)
        wrong = [a.function for a in answers("wrong") if a.name == name and "loop" not in a.code]
        first = milliseconds(lambda: check(wrong[0], name), repeats=1)  # noqa: B023
        right = milliseconds(lambda: check(function))  # noqa: B023
        times = [milliseconds(lambda: check(one, name), repeats=3) for one in wrong]  # noqa: B023
        inputs = case(name, 0).inputs
        with quiet():
            bare = milliseconds(lambda: [function(*one) for one in inputs])  # noqa: B023
        row = f"{first:8.1f}{right:8.1f}{median(times):8.1f}{max(times):9.1f}{right / bare:7.1f}"
        print(f"{name:28}{row}")


if __name__ == "__main__":
    main()

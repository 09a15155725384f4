"""``python -m benchmarks.scaling``: how one step grows with the examples and the width.

NumPy, JAX on one device and JAX on eight simulated devices take turns, on all cores of the
machine. Their parameters are compared first. The result is stored beside this file.
"""

import argparse
import datetime
import json
import os
import platform
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from benchmarks.contenders import LEARNING_RATE, Contender, Parameters, Problem, StepByStep
from benchmarks.machine import processor
from benchmarks.measure import largest_difference, time_round_robin

RESULTS = Path(__file__).with_name("scaling.json")
CASES = [
    *(([1024, 128, 128, 1], m) for m in (512, 1024, 2048, 4096)),
    *(([1024, width, width, 1], 512) for width in (256, 512, 1024)),
]
DEVICES = 8
ROUNDS = 7
SECONDS = 0.5  # for each contender in each round


class OnJax:
    """The steps of the book on JAX, compiled, on one device or on several."""

    def __init__(self, problem: Problem, devices: int) -> None:
        import jax
        from jax.sharding import NamedSharding, PartitionSpec

        from dnn_utils.jax_twin import training_step

        mesh = jax.make_mesh((devices,), ("examples",), devices=jax.devices()[:devices])
        by_example = NamedSharding(mesh, PartitionSpec(None, "examples"))
        self.X, self.Y = jax.device_put((problem.X, problem.Y), by_example)
        self.values = jax.device_put(problem.parameters, NamedSharding(mesh, PartitionSpec()))
        self.step = jax.jit(training_step(LEARNING_RATE))

    def run(self, iterations: int) -> None:
        """Do so many steps."""
        for _ in range(iterations):
            self.values, cost = self.step(self.values, self.X, self.Y)
        cost.block_until_ready()

    def parameters(self) -> Parameters:
        """Return where they have led."""
        return {key: np.asarray(value) for key, value in self.values.items()}


CONTENDERS: dict[str, Callable[[Problem], Contender]] = {
    "NumPy": StepByStep,
    "JAX": lambda problem: OnJax(problem, 1),
    "JAX, simulated devices": lambda problem: OnJax(problem, DEVICES),
}


def measure() -> dict[str, Any]:
    """Measure everything; return the result."""
    import jax

    jax.config.update("jax_enable_x64", True)
    jax.config.update("jax_num_cpu_devices", DEVICES)
    machine = {
        "processor": processor(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "numpy": np.__version__,
        "jax": jax.__version__,
    }
    cases = []
    for layer_dims, m in CASES:
        print(f"{layer_dims}, m = {m} ...", flush=True)
        cases.append({"layer_dims": layer_dims, "m": m, **compare(layer_dims, m)})
    return {"date": datetime.date.today().isoformat(), "machine": machine, "cases": cases}


def compare(layer_dims: list[int], m: int) -> dict[str, Any]:
    """Return the median time of a step in milliseconds, by contender, and how far they differ."""
    problem = Problem(layer_dims, m)
    contenders = {name: make(problem) for name, make in CONTENDERS.items()}
    for contender in contenders.values():
        contender.run(3)
    reference = contenders["NumPy"].parameters()
    difference = max(
        largest_difference(contender.parameters(), reference) for contender in contenders.values()
    )
    if not difference < 1e-12:
        raise RuntimeError(f"the parameters differ by {difference:.1e}")
    # By the clock on the wall: JAX has several threads.
    times = time_round_robin(contenders, ROUNDS, SECONDS, time.perf_counter)
    milliseconds = {name: 1e3 * median(values) for name, values in times.items()}
    return {"milliseconds": milliseconds, "difference": difference}


def load() -> Any:
    """Return the stored result."""
    return json.loads(RESULTS.read_text(encoding="utf-8"))


def render(result: Mapping[str, Any]) -> str:
    """Return the result as Markdown: each time, and how many times the first row."""
    first, machine = result["cases"][0]["milliseconds"], result["machine"]
    lines = [
        "| hidden units | m | " + " | ".join(CONTENDERS) + " |",
        "|---:|---:|" + "---:|" * len(CONTENDERS),
    ]
    for case in result["cases"]:
        times = [
            f"{case['milliseconds'][name]:.3g} ms ({case['milliseconds'][name] / first[name]:.2g})"
            for name in CONTENDERS
        ]
        lines.append(f"| {case['layer_dims'][1]} | {case['m']} | " + " | ".join(times) + " |")
    return "\n".join(
        [
            *lines,
            "",
            "Milliseconds per step in float64, and in parentheses how many times the first row. "
            "The networks are `[1024, n, n, 1]`; there are "
            f"{DEVICES} simulated devices. Measured on {result['date']} on {machine['cores']} "
            f"cores of {machine['processor']} with Python {machine['python']}, NumPy "
            f"{machine['numpy']} and JAX {machine['jax']}: medians, all taking turns, their "
            "parameters compared first.",
        ]
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scaling", description=__doc__)
    parser.parse_args(arguments)
    try:
        result = measure()
    except RuntimeError as error:
        print(error, file=sys.stderr)
        return 1
    RESULTS.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    print(render(result))
    return 0


if __name__ == "__main__":
    sys.exit(main())

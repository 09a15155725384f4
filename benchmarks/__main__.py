"""``python -m benchmarks``: run every comparison and store it in ``results.json``."""

# ruff: noqa: E402

import os

# Libraries read these when they are loaded, so they come before every other import.
for variable in ("OPENBLAS", "OMP", "MKL", "VECLIB_MAXIMUM", "NUMEXPR"):
    os.environ[f"{variable}_NUM_THREADS"] = "1"

import argparse
import datetime
import json
import platform
import sys
from collections.abc import Sequence
from typing import Any

import numpy as np
import sklearn
import threadpoolctl
import torch

from benchmarks import measure
from benchmarks.contenders import (
    IDEAS,
    CourseStyle,
    Direct,
    Floor,
    FloorByExample,
    GramFloor,
    Problem,
    StepByStep,
    ThroughGram,
    fit_loop,
)
from benchmarks.machine import processor
from benchmarks.measure import Makers, Runners
from benchmarks.peers import PyTorch, ScikitLearn
from benchmarks.table import RESULTS, render, render_ideas

CASES = {
    "C1": ([12288, 20, 7, 5, 1], 209),
    "C2": ([784, 256, 128, 1], 2048),
    "C3": ([64] * 20 + [1], 512),
}
ROUNDS = 21
SECONDS = 0.1


def measure_all() -> dict[str, Any]:
    """Run every comparison; return the result."""
    with threadpoolctl.threadpool_limits(1):
        result: dict[str, Any] = {"date": datetime.date.today().isoformat(), "machine": machine()}
        result["cases"] = []
        for name, (layer_dims, m) in CASES.items():
            for dtype in (np.float64, np.float32):
                print(f"{name} {dtype.__name__} ...", flush=True)
                result["cases"].append(case(name, Problem(layer_dims, m, dtype)))
        result["ideas"] = {}
        for name, (layer_dims, m) in CASES.items():
            print(f"{name}, one idea at a time ...", flush=True)
            problem = Problem(layer_dims, m)
            last = fit_loop(problem)  # the Gram matrix comes in only where fit uses it
            ideas = {k: v for k, v in IDEAS.items() if v is not ThroughGram or v is last}
            result["ideas"][name] = measure.one_idea_at_a_time(problem, ideas, ROUNDS, SECONDS)
        classic = Problem(*CASES["C1"])
        print("the whole classic training ...", flush=True)
        result["whole_run"] = measure.whole_run(classic)
        result["memory"] = measure.peak_memory(classic)
    return result


def case(name: str, problem: Problem) -> dict[str, Any]:
    """Compare everyone on one problem."""
    loop = fit_loop(problem)
    contenders: Makers = {
        "course's style": CourseStyle,
        "step by step": StepByStep,
        "fit": loop,
        "PyTorch": PyTorch,
        "scikit-learn": ScikitLearn,
    }
    floors: Runners = {"floor": Floor, "floor by example": FloorByExample}
    extra: Runners = {}
    if loop is ThroughGram:
        contenders["fit without Gram"] = Direct
        extra = {"Gram floor": GramFloor}
    result = measure.compare(problem, contenders, floors, extra, ROUNDS, SECONDS)
    return {
        "case": name,
        "layer_dims": problem.layer_dims,
        "m": problem.m,
        "dtype": np.dtype(problem.dtype).name,
        **result,
    }


def machine() -> dict[str, Any]:
    """Return what the numbers depend on; fail if a library uses more than one thread."""
    pools = threadpoolctl.threadpool_info()
    busy = [pool["prefix"] for pool in pools if pool["num_threads"] != 1]
    if busy or torch.get_num_threads() != 1:
        raise RuntimeError(f"one thread is wanted, but {busy or 'torch'} uses more")
    blas = next(pool for pool in pools if "numpy" in pool["filepath"])
    return {
        "processor": processor(),
        "cores": os.cpu_count(),
        "threads": 1,
        "system": platform.system(),
        "python": platform.python_version(),
        "numpy": np.__version__,
        "blas": f"{blas['internal_api']} {blas['version']} {blas['architecture']}",
        "torch": torch.__version__,
        "scikit-learn": sklearn.__version__,
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit code."""
    argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__).parse_args(arguments)
    try:
        result = measure_all()
    except RuntimeError as error:
        print(error, file=sys.stderr)
        return 1
    RESULTS.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    print(render(result), render_ideas(result), sep="\n\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())

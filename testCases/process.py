"""Judge functions that nobody has looked at: they run in a process of their own.

The process gets inputs, runs the functions on them and sends back what it saw, as plain
numbers. Inputs are new each time, and the judgement falls outside, where no code of the
answer has ever run.
"""

import ast
import contextlib
import json
import linecache
import os
import secrets
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import IO, Any, cast

import numpy as np

from .case import Case
from .check import case, examine
from .exercises import EXERCISES, FUNCTIONS
from .finding import Finding, fact
from .observe import Error, Observation, Other, Run, observe
from .originals import HELPERS, withheld
from .report import report
from .result import Result

LARGEST_REPORT = 20_000_000
_FILE = "<workbook>"
Process = subprocess.Popen[bytes]


def check_source(
    source: str, command: Sequence[str] = (), seed: int | None = None, seconds: float = 20
) -> dict[str, Result]:
    """Judge all functions in a text, with inputs that it has never seen.

    Parameters
    ----------
    source : str
        Python text that defines the functions.
    command : sequence of str, optional
        What to put in front of the call of Python, such as a sandbox.
    seed : int, optional
        The seed of the inputs. By default a new secret one.
    seconds : float, optional
        After this time the process is stopped.

    Returns
    -------
    results : dict
        A `Result` for each function of the book. The code is ``"crashed"`` or
        ``"timeout"`` if the process did not report.
    """
    seed = secrets.randbits(32) if seed is None else seed
    cases = {name: case(name, seed) for name in FUNCTIONS}
    together = _observed(source, cases, command, seconds)
    results = {}
    for name, one in cases.items():
        observations, fault = together
        if fault:  # one function may have ended the process for all
            observations, fault = _observed(source, {name: one}, command, seconds)
        if fault:
            found = Finding(name, "runs", fault, facts=(fact(fault),))
        elif name not in observations:
            found = Finding(name, "attempted", "not_attempted")
        else:
            found = examine(one, observations[name])
        results[name] = report(found)
    return results


def _observed(
    source: str, cases: Mapping[str, Case], command: Sequence[str], seconds: float
) -> tuple[dict[str, Observation], str]:
    """Return what the process saw of each function, and "" or the word for its failure."""
    task = {
        "source": source,
        "inputs": {name: encode(one.inputs) for name, one in cases.items()},
    }
    report, fault = _reported(json.dumps(task), command, seconds)
    if fault:
        return {}, fault
    try:
        return {name: _observation(entry) for name, entry in json.loads(report).items()}, ""
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return {}, "crashed"


def _reported(task: str, command: Sequence[str], seconds: float) -> tuple[str, str]:
    """Run the process; return its output and "", or "" and why there is none."""
    process = subprocess.Popen(
        [*command, sys.executable, "-I", "-m", "testCases.process"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
    )
    stdin, stdout = cast(IO[bytes], process.stdin), cast(IO[bytes], process.stdout)
    report = bytearray()
    threading.Thread(target=_send, args=(stdin, task.encode()), daemon=True).start()
    reader = threading.Thread(target=_receive, args=(process, stdout, report), daemon=True)
    reader.start()
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return "", "timeout"
    finally:
        _end(process)
        process.wait()
        reader.join(1)  # a child that was left behind may keep the pipe open
        if not reader.is_alive():
            stdout.close()
    if not report or len(report) > LARGEST_REPORT:
        return "", "crashed"
    return report.decode(errors="replace"), ""


def _send(pipe: IO[bytes], task: bytes) -> None:
    with contextlib.suppress(OSError), pipe:
        pipe.write(task)


def _receive(process: Process, pipe: IO[bytes], report: bytearray) -> None:
    while part := os.read(pipe.fileno(), 1 << 16):
        report += part
        if len(report) > LARGEST_REPORT:
            _end(process)
            return


def _end(process: Process) -> None:
    """Stop the process and, where there are process groups, all that it has started."""
    process.kill()
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)


# Plain numbers between the two processes.


def encode(value: Any) -> Any:
    """Return `value` as JSON can hold it."""
    if isinstance(value, np.ndarray):
        return {"array": value.tolist(), "dtype": value.dtype.str, "shape": value.shape}
    if isinstance(value, np.generic):
        return {"array": value.item(), "dtype": value.dtype.str, "shape": None}
    if isinstance(value, (tuple, list)):
        return {type(value).__name__: [encode(item) for item in value]}
    if isinstance(value, dict):
        return {"dict": [[encode(key), encode(item)] for key, item in value.items()]}
    if isinstance(value, Other):
        return {"other": value.type_name}
    return {"other": "ellipsis"} if value is ... else value


def decode(value: Any) -> Any:
    """Return what `encode` has made a JSON value of."""
    if not isinstance(value, dict):
        return value
    if "array" in value:
        array = np.array(value["array"], dtype=np.dtype(value["dtype"]))
        return array[()] if value["shape"] is None else array.reshape(value["shape"])
    if "tuple" in value:
        return tuple(decode(item) for item in value["tuple"])
    if "list" in value:
        return [decode(item) for item in value["list"]]
    if "dict" in value:
        return {decode(key): decode(item) for key, item in value["dict"]}
    return ... if value["other"] == "ellipsis" else Other(value["other"])


def _entry(observation: Observation) -> dict[str, Any]:
    entry = {**vars(observation), "runs": [_run_entry(one) for one in observation.runs]}
    entry["bare"] = [_run_entry(one) for one in observation.bare]
    return entry


def _run_entry(one: Run) -> dict[str, Any]:
    error = None if one.error is None else asdict(one.error)
    return {**vars(one), "result": encode(one.result), "error": error}


def _observation(entry: Mapping[str, Any]) -> Observation:
    runs, bare = ([_run(one) for one in entry[key]] for key in ("runs", "bare"))
    return Observation(**{**entry, "runs": runs, "bare": bare})


def _run(entry: Mapping[str, Any]) -> Run:
    error = None if entry["error"] is None else Error(**entry["error"])
    return Run(**{**entry, "result": decode(entry["result"]), "error": error})


# Inside the process.


def main() -> None:
    """Read a task from standard input, write the report to standard output."""
    task = json.loads(sys.stdin.read())
    report = os.fdopen(os.dup(1), "w")
    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, 1)  # what the answer prints is nobody's business
    names = namespace(task["source"])
    entries = {}
    for name, inputs in task["inputs"].items():
        if name in names:
            with withheld(name):
                entries[name] = _entry(observe(names[name], EXERCISES[name], decode(inputs)))
    json.dump(entries, report)
    report.close()


def namespace(source: str) -> dict[str, Any]:
    """Return the names that the statements of `source` define; one that fails is left out."""
    linecache.cache[_FILE] = (len(source), None, source.splitlines(keepends=True), _FILE)
    names = {"__name__": "workbook", "np": np, **HELPERS}
    for name in EXERCISES:
        del names[name]
    for statement in ast.parse(source).body:
        code = compile(ast.Module([statement], []), _FILE, "exec")
        try:
            exec(code, names)
        except Exception:
            continue
    return names


if __name__ == "__main__":
    main()

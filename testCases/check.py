"""Check the functions that the reader writes, and say which mistake it is.

``check(linear_backward)`` observes the function on several inputs (`observe`), goes through
the stages up to the first that fails (`judge`), looks for the cause (`explain`), and puts
all of it into words (`report`).
"""

import functools
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from .case import Case
from .exercises import EXERCISES, FUNCTIONS
from .explain import explain
from .finding import Finding, fact
from .judge import judge
from .observe import Observation, global_names, observe
from .originals import is_ours
from .report import overview, report, unknown
from .result import Overview, Result


def check(function: Any, name: str | None = None) -> Result:
    """Judge a function of the reader's.

    Parameters
    ----------
    function : callable
        The reader's function. It is run on copies of the inputs; the other functions that
        it calls by name are replaced by right ones, so that only its own mistakes count.
    name : str, optional
        Which exercise it answers. By default the name of the function.

    Returns
    -------
    result : Result
        Its text says what is right, what is wrong, where, and the likely cause.

    Raises
    ------
    ValueError
        If no exercise has this name.
    """
    name = _name(function, name)
    found = alone(function, name)
    if found.ok:
        notes = [
            fact("callee", function=name, callee=callee)
            for callee, own in _callees(function, name).items()
            if not alone(own, callee).ok
        ]
        found = replace(found, notes=(*found.notes, *notes))
    return report(found)


def check_all(namespace: Mapping[str, Any]) -> Overview:
    """Check every function of a workbook.

    Parameters
    ----------
    namespace : dict
        ``globals()`` of the notebook.

    Returns
    -------
    overview : Overview
        One line for each function of the book.
    """
    return overview(
        [
            check(namespace[name], name)
            if name in namespace
            else report(Finding(name, "attempted", "not_attempted"))
            for name in FUNCTIONS
        ]
    )


def grade(function: Any, points: float = 4, name: str | None = None) -> float:
    """Print the result of `check` and return the marks.

    Parameters
    ----------
    function : callable
        The reader's function.
    points : float
        What a right function earns.
    name : str, optional
        As in `check`.

    Returns
    -------
    marks : float
        `points` for a right function, else 0.0.
    """
    found = check(function, name)
    print(found)
    return float(points) if found.ok else 0.0


def case(name: str, seed: int) -> Case:
    """Return the exercise `name` with inputs made from `seed`."""
    exercise = EXERCISES[name]
    return Case(exercise, exercise.inputs(np.random.RandomState(seed)))


def examine(one: Case, observation: Observation) -> Finding:
    """Return what an `Observation` made on the inputs of a case tells."""
    return explain(one, observation, judge(one, observation))


@functools.cache
def _case(name: str) -> Case:
    return case(name, seed=0)


def _name(function: Any, name: str | None) -> str:
    name = getattr(function, "__name__", None) if name is None else name
    if name not in EXERCISES:
        raise ValueError(unknown(name))
    return name


def alone(function: Any, name: str) -> Finding:
    """Judge a function, whatever becomes of those that it calls."""
    one = _case(name)
    return examine(one, observe(function, one.exercise, one.inputs))


def _callees(function: Any, name: str) -> dict[str, Callable[..., Any]]:
    """Return the functions of the reader's own that `function` calls, and those that they call."""
    found, waiting = {name: function}, [function]
    while waiting:
        caller = waiting.pop()
        for called in global_names(caller.__code__) if hasattr(caller, "__code__") else ():
            own = caller.__globals__.get(called)
            new = called in EXERCISES and called not in found
            if new and callable(own) and not is_ours(own):
                found[called] = own
                waiting.append(own)
    del found[name]
    return found

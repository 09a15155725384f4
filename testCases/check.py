"""Check the functions that the reader writes, and say which mistake it is.

``check(linear_backward)`` observes the function on several inputs (`observe`), goes through
the stages up to the first that fails (`stages`), and looks for the cause (`diagnosis`).
"""

import functools
from dataclasses import replace

import numpy as np

from . import backward, cost, forward, initialization, update
from .diagnosis import Case
from .exercise import HELPERS
from .messages import say
from .observe import global_names, observe
from .result import Overview, verdict
from .stages import judge

EXERCISES = {
    exercise.name: exercise
    for step in (initialization, forward, cost, backward, update)
    for exercise in step.EXERCISES
}
FUNCTIONS = tuple(EXERCISES)
"""The functions that the reader writes, in the order of the book."""


def check(function, name=None):
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
    result = _alone(function, name)
    if not result.ok:
        return result
    notes = [
        say("notes", "callee", function=name, callee=callee)
        for callee, own in _callees(function, name).items()
        if not _alone(own, callee).ok
    ]
    return replace(result, lines=(*result.lines, *notes))


def check_all(namespace):
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
    return Overview(
        tuple(
            check(namespace[name], name) if name in namespace else verdict(name, "not_attempted")
            for name in FUNCTIONS
        )
    )


def grade(function, points=4, name=None):
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


def case(name, seed):
    """Return the exercise `name` with inputs made from `seed`."""
    exercise = EXERCISES[name]
    return Case(exercise, exercise.inputs(np.random.RandomState(seed)))


@functools.cache
def _case(name):
    return case(name, seed=0)


def _name(function, name):
    name = getattr(function, "__name__", None) if name is None else name
    if name not in EXERCISES:
        raise ValueError(say("words", "unknown", got=repr(name), names=", ".join(FUNCTIONS)))
    return name


def _alone(function, name):
    """Judge a function, whatever becomes of those that it calls."""
    case = _case(name)
    return judge(case, observe(function, case.exercise, case.inputs))


def _callees(function, name):
    """Return the functions of the reader's own that `function` calls, and those that they call."""
    found, waiting = {name: function}, [function]
    while waiting:
        caller = waiting.pop()
        for called in global_names(caller.__code__) if hasattr(caller, "__code__") else ():
            own = caller.__globals__.get(called)
            new = called in EXERCISES and called not in found
            if new and callable(own) and own is not HELPERS[called]:
                found[called] = own
                waiting.append(own)
    del found[name]
    return found

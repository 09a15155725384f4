"""The check of `initialize_parameters`, the one function of the course that this book has not.

It is `initialize_parameters_deep` for two layers and with another seed, so its mistakes are known:
those that show in the numbers alone are taken over.
"""

from dataclasses import replace
from typing import Any

import numpy as np

from dnn_utils.language import N_, say
from testCases.case import Case
from testCases.check import examine
from testCases.exercise import Exercise
from testCases.initialization.mistakes import MISTAKES, factors
from testCases.mistake import Mistake, Template, Version
from testCases.observe import observe
from testCases.report import report
from testCases.result import Result

from .application import initialize_parameters

ORDER: str = N_(
    "The course sets `np.random.seed(1)` first, then draws `W1`, then `W2`, both with "
    "`np.random.randn`."
)


def _without_versions(mistake: Mistake) -> Mistake:
    signs = tuple(sign for sign in mistake.signs if not isinstance(sign, Version))
    return replace(mistake, signs=signs)


EXERCISE = Exercise(
    initialize_parameters,
    returns=("W*", "b*"),
    inputs=lambda random: [(3, 2, 1), (4, 3, 2), (2, 4, 1), (5, 5, 5)],
    template=Template("", {}),  # without versions, nothing fills it
    mistakes=tuple(mistake for mistake in map(_without_versions, MISTAKES) if mistake.signs),
    hints=(),
    factors=lambda n_x, n_h, n_y, part: factors([n_x, n_h, n_y], part),
)


def check_two_layers(function: Any) -> Result:
    """Judge a reader's `initialize_parameters(n_x, n_h, n_y)` as `check` judges the others."""
    case = Case(EXERCISE, EXERCISE.inputs(np.random.RandomState(0)))
    found = report(examine(case, observe(function, EXERCISE, case.inputs)))
    if found.code != "wrong_values":
        return found
    return replace(found, lines=(*found.lines, say(ORDER)))

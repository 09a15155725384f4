"""Step 3: what the checks know of `compute_cost`."""

from ..exercise import Exercise
from ..originals import compute_cost
from .hints import HINTS
from .inputs import EXPECTED, compute_cost_test_case, inputs, probabilities_inside
from .mistakes import MISTAKES, TEMPLATE, factors

__all__ = ["EXERCISES", "EXPECTED", "compute_cost_test_case"]

EXERCISES = (
    Exercise(
        compute_cost,
        returns=("cost",),
        inputs=inputs,
        template=TEMPLATE,
        mistakes=MISTAKES,
        hints=HINTS["compute_cost"],
        factors=factors,
        judged=probabilities_inside,
    ),
)

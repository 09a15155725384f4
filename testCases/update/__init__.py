"""Step 5: what the checks know of `update_parameters`."""

from dnn_utils.language import N_

from ..exercise import Exercise, Proof
from ..originals import update_parameters
from .hints import HINTS
from .inputs import (
    EXPECTED,
    LEARNING_RATE,
    goes_downhill,
    inputs,
    update_parameters_test_case,
)
from .mistakes import MISTAKES, TEMPLATE, factors, step

__all__ = ["EXERCISES", "EXPECTED", "LEARNING_RATE", "update_parameters_test_case"]

EXERCISES = (
    Exercise(
        update_parameters,
        returns=("W*", "b*"),
        inputs=inputs,
        own_places=r'parameters\["[Wb]\d+"\]',
        template=TEMPLATE,
        mistakes=MISTAKES,
        hints=HINTS["update_parameters"],
        factors=factors,
        difference=step,
        proof=Proof(
            N_("For a network of six layers, a small step does not lower the cost."),
            goes_downhill,
        ),
    ),
)

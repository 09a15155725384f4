"""Step 1: what the checks know of `initialize_parameters_deep`."""

from dnn_utils.language import N_

from ..exercise import Exercise, Proof
from ..originals import initialize_parameters_deep
from .hints import HINTS
from .inputs import EXPECTED, initialize_parameters_deep_test_case, inputs, spreads_normally
from .mistakes import MISTAKES, TEMPLATE, factors

__all__ = ["EXERCISES", "EXPECTED", "initialize_parameters_deep_test_case"]

EXERCISES = (
    Exercise(
        initialize_parameters_deep,
        returns=("W*", "b*"),
        inputs=inputs,
        template=TEMPLATE,
        mistakes=MISTAKES,
        hints=HINTS["initialize_parameters_deep"],
        factors=factors,
        proof=Proof(
            N_(
                "For a network of seven layers the weights do not spread like normal numbers "
                "times 0.01."
            ),
            spreads_normally,
        ),
    ),
)

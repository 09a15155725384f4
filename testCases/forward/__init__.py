"""Step 2: what the checks know of the forward functions."""

from dnn_utils.language import N_

from ..exercise import Exercise, Proof
from ..networks import networks
from ..originals import L_model_forward, linear_activation_forward, linear_forward
from .hints import HINTS
from .inputs import (
    EXPECTED,
    L_model_forward_test_case,
    L_model_forward_test_case_2hidden,
    activation_inputs,
    keeps_examples_apart,
    linear_activation_forward_test_case,
    linear_forward_test_case,
    linear_inputs,
)
from .mistakes import (
    ACTIVATION,
    ACTIVATION_MISTAKES,
    LINEAR,
    LINEAR_MISTAKES,
    MODEL,
    MODEL_MISTAKES,
)

__all__ = [
    "EXERCISES",
    "EXPECTED",
    "L_model_forward_test_case",
    "L_model_forward_test_case_2hidden",
    "linear_activation_forward_test_case",
    "linear_forward_test_case",
]

EXERCISES = (
    Exercise(
        linear_forward,
        returns=("Z", "cache"),
        inputs=linear_inputs,
        template=LINEAR,
        mistakes=LINEAR_MISTAKES,
        hints=HINTS["linear_forward"],
        pool=lambda A, W, b: {"A": A, "W": W, "b": b},
    ),
    Exercise(
        linear_activation_forward,
        returns=("A", "cache"),
        inputs=activation_inputs,
        template=ACTIVATION,
        mistakes=ACTIVATION_MISTAKES,
        hints=HINTS["linear_activation_forward"],
        pool=lambda A_prev, W, b, activation: {
            "A_prev": A_prev,
            "W": W,
            "b": b,
            "Z": W @ A_prev + b,
        },
    ),
    Exercise(
        L_model_forward,
        returns=("AL", "caches"),
        inputs=networks,
        template=MODEL,
        mistakes=MODEL_MISTAKES,
        hints=HINTS["L_model_forward"],
        proof=Proof(
            N_(
                "For a network of six layers, an example gets another prediction alone than "
                "among others."
            ),
            keeps_examples_apart,
        ),
    ),
)

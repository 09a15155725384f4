"""Step 4: what the checks know of the backward functions."""

from dnn_utils.language import N_

from ..exercise import Exercise, Proof
from ..originals import L_model_backward, linear_activation_backward, linear_backward
from .hints import HINTS
from .inputs import (
    DEEP_CASES,
    EXPECTED,
    L_model_backward_deep_test_case,
    L_model_backward_test_case,
    activation_inputs,
    activation_pool,
    agrees_with_slopes,
    deep_expected_grads,
    deep_network_test_case,
    linear_activation_backward_test_case,
    linear_backward_test_case,
    linear_inputs,
    model_inputs,
    print_grads,
)
from .mistakes import (
    ACTIVATION,
    ACTIVATION_CONVENTIONS,
    ACTIVATION_MISTAKES,
    LINEAR,
    LINEAR_MISTAKES,
    MODEL,
    MODEL_MISTAKES,
    activation_factors,
    linear_factors,
    model_factors,
)

__all__ = [
    "DEEP_CASES",
    "EXERCISES",
    "EXPECTED",
    "L_model_backward_deep_test_case",
    "L_model_backward_test_case",
    "deep_expected_grads",
    "deep_network_test_case",
    "linear_activation_backward_test_case",
    "linear_backward_test_case",
    "print_grads",
]

_LINEAR_CACHE = ("A_prev", "W", "b")

EXERCISES = (
    Exercise(
        linear_backward,
        returns=("dA_prev", "dW", "db"),
        inputs=linear_inputs,
        layout={"cache": _LINEAR_CACHE},
        template=LINEAR,
        mistakes=LINEAR_MISTAKES,
        hints=HINTS["linear_backward"],
        factors=linear_factors,
    ),
    Exercise(
        linear_activation_backward,
        returns=("dA_prev", "dW", "db"),
        inputs=activation_inputs,
        layout={"cache": (_LINEAR_CACHE, "Z")},
        template=ACTIVATION,
        mistakes=ACTIVATION_MISTAKES,
        conventions=ACTIVATION_CONVENTIONS,
        hints=HINTS["linear_activation_backward"],
        factors=activation_factors,
        pool=activation_pool,
    ),
    Exercise(
        L_model_backward,
        returns=("dA*", "dW*", "db*"),
        inputs=model_inputs,
        template=MODEL,
        mistakes=MODEL_MISTAKES,
        hints=HINTS["L_model_backward"],
        factors=model_factors,
        proof=Proof(
            N_(
                "For a network of six layers, the gradients do not agree with the slopes "
                "measured on the cost."
            ),
            agrees_with_slopes,
        ),
    ),
)

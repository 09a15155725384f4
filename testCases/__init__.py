"""Test inputs, expected values and checks, one module per step of the book.

``from testCases import check`` gives the check that says which mistake it is;
``from testCases import *`` also every ``*_test_case`` function and
`print_grads`, as in the course.
"""

from .backward import (
    DEEP_CASES,
    L_model_backward_deep_test_case,
    L_model_backward_test_case,
    deep_expected_grads,
    deep_network_test_case,
    linear_activation_backward_test_case,
    linear_backward_test_case,
    print_grads,
)
from .check import check, check_all, grade
from .cost import compute_cost_test_case
from .exercise import starter
from .exercises import FUNCTIONS
from .forward import (
    L_model_forward_test_case,
    L_model_forward_test_case_2hidden,
    linear_activation_forward_test_case,
    linear_forward_test_case,
)
from .initialization import initialize_parameters_deep_test_case
from .report import hints
from .update import update_parameters_test_case

__all__ = [
    "DEEP_CASES",
    "FUNCTIONS",
    "L_model_backward_deep_test_case",
    "L_model_backward_test_case",
    "L_model_forward_test_case",
    "L_model_forward_test_case_2hidden",
    "check",
    "check_all",
    "compute_cost_test_case",
    "deep_expected_grads",
    "deep_network_test_case",
    "grade",
    "hints",
    "initialize_parameters_deep_test_case",
    "linear_activation_backward_test_case",
    "linear_activation_forward_test_case",
    "linear_backward_test_case",
    "linear_forward_test_case",
    "print_grads",
    "starter",
    "update_parameters_test_case",
]

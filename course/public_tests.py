"""The tests that the notebooks from 2021 on call after each function.

Those of the course say "wrong values", and pass some functions that are wrong. These here ask the
checks of this book. A function that is right is told so in a line; one that is not stops the cell
with an AssertionError, whose text is what the check has found, with its likely cause.
"""

from collections.abc import Callable
from typing import Any

from testCases import check
from testCases.result import Result

from .models import L_LAYERS, TWO_LAYERS, check_model
from .two_layers import check_two_layers

__all__ = [
    "L_layer_model_test",
    "L_model_backward_test",
    "L_model_forward_test",
    "compute_cost_test",
    "initialize_parameters_deep_test",
    "initialize_parameters_deep_test_1",
    "initialize_parameters_deep_test_2",
    "initialize_parameters_test",
    "initialize_parameters_test_1",
    "initialize_parameters_test_2",
    "linear_activation_backward_test",
    "linear_activation_forward_test",
    "linear_backward_test",
    "linear_forward_test",
    "two_layer_model_test",
    "update_parameters_test",
]


def _test(judge: Callable[..., Result], *arguments: Any) -> Callable[[Any], None]:
    """Return the test that judges a function of the reader's so, and tells what was found."""

    def test(target: Any) -> None:
        found = judge(target, *arguments)
        if not found.ok:
            raise AssertionError(found.message)
        print(found)

    return test


initialize_parameters_test = _test(check_two_layers)
initialize_parameters_deep_test = _test(check, "initialize_parameters_deep")
linear_forward_test = _test(check, "linear_forward")
linear_activation_forward_test = _test(check, "linear_activation_forward")
L_model_forward_test = _test(check, "L_model_forward")
compute_cost_test = _test(check, "compute_cost")
linear_backward_test = _test(check, "linear_backward")
linear_activation_backward_test = _test(check, "linear_activation_backward")
L_model_backward_test = _test(check, "L_model_backward")
update_parameters_test = _test(check, "update_parameters")
two_layer_model_test = _test(check_model, TWO_LAYERS)
L_layer_model_test = _test(check_model, L_LAYERS)

# Since 2022 there are two of these, for two inputs. A check tries more than two.
initialize_parameters_test_1 = initialize_parameters_test_2 = initialize_parameters_test
initialize_parameters_deep_test_1 = initialize_parameters_deep_test
initialize_parameters_deep_test_2 = initialize_parameters_deep_test

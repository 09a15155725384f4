"""The test inputs of the years 2017 and 2018, where they differ from those of `testCases`."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from testCases import (
    L_model_backward_test_case,
    L_model_forward_test_case,
    L_model_forward_test_case_2hidden,
    linear_activation_backward_test_case,
    linear_activation_forward_test_case,
    linear_forward_test_case,
    update_parameters_test_case,
)

__all__ = [
    "L_model_backward_test_case",
    "L_model_forward_test_case",
    "L_model_forward_test_case_2hidden",
    "compute_cost_test_case",
    "linear_activation_backward_test_case",
    "linear_activation_forward_test_case",
    "linear_backward_test_case",
    "linear_forward_test_case",
    "print_grads",
    "update_parameters_test_case",
]


def compute_cost_test_case() -> tuple[np.ndarray, np.ndarray]:
    """Return ``Y`` (1, 3), all of them 1, and ``AL`` (1, 3)."""
    return np.array([[1, 1, 1]]), np.array([[0.8, 0.9, 0.4]])


def linear_backward_test_case() -> tuple[np.ndarray, tuple[np.ndarray, ...]]:
    """Return ``dZ`` (1, 2) and the cache ``(A (3, 2), W (1, 3), b (1, 1))``."""
    np.random.seed(1)
    dZ, A, W, b = (np.random.randn(*shape) for shape in ((1, 2), (3, 2), (1, 3), (1, 1)))
    return dZ, (A, W, b)


def print_grads(grads: Mapping[str, Any]) -> None:
    """Print ``dW1``, ``db1`` and ``dA1`` of two layers, each on its own line(s).

    In 2017, ``grads["dA2"]`` was what is ``grads["dA1"]`` today: its layer, not the layer before,
    gave a gradient its number. Both ways print the same.
    """
    numbered_as_in_2017 = "dA2" in grads and "dA0" not in grads
    dA1 = grads["dA2" if numbered_as_in_2017 else "dA1"]
    for name, value in (("dW1", grads["dW1"]), ("db1", grads["db1"]), ("dA1", dA1)):
        print(name, "=", value)

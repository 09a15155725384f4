"""Step 3: test input and expected value of `compute_cost`."""

import numpy as np

EXPECTED = {"cost": 0.2797765635793422}
"""Compare to 1e-12: other orders of the same operations end in other digits."""


def compute_cost_test_case():
    """Return ``Y`` (1, 3) and ``AL`` (1, 3)."""
    Y = np.array([[1, 1, 0]])
    AL = np.array([[0.8, 0.9, 0.4]])
    return Y, AL

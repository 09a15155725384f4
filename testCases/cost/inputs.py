"""Test input and expected value of `compute_cost`."""

import numpy as np

from ..networks import labels

EXPECTED = {"cost": 0.2797765635793422}
"""Compare to 1e-12: other orders of the same operations end in other digits."""


def compute_cost_test_case():
    """Return ``Y`` (1, 3) and ``AL`` (1, 3)."""
    Y = np.array([[1, 1, 0]])
    AL = np.array([[0.8, 0.9, 0.4]])
    return Y, AL


def inputs(random):
    """Return probabilities and labels; in the last input, two are exactly 0 and 1."""
    sizes = random.permutation([4, 5, 6, 7]).tolist()
    cases = [(_probabilities(random, m), labels(random, m)) for m in (*sizes, 1)]
    cases.append((cases[0][0], cases[0][1].astype(float)))
    AL, Y = cases[1]
    cases.append((np.where(np.arange(AL.size) < 2, 0.0005, AL), Y))
    saturated = AL.copy()
    saturated[0, :2] = 0.0, 1.0
    return [*cases, (saturated, Y)]


def _probabilities(random, m):
    return random.uniform(0.05, 0.95, (1, m))


def probabilities_inside(AL, Y):
    """Return whether the cost is finite: no probability is exactly 0 or 1."""
    return bool(((AL > 0) & (AL < 1)).all())

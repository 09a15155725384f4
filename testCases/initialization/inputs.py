"""Test input and expected values of `initialize_parameters_deep`."""

import numpy as np

EXPECTED = {
    "W1": """\
[[ 0.01788628  0.0043651   0.00096497 -0.01863493 -0.00277388]
 [-0.00354759 -0.00082741 -0.00627001 -0.00043818 -0.00477218]
 [-0.01313865  0.00884622  0.00881318  0.01709573  0.00050034]
 [-0.00404677 -0.0054536  -0.01546477  0.00982367 -0.01101068]]""",
    "b1": """\
[[0.]
 [0.]
 [0.]
 [0.]]""",
    "W2": """\
[[-0.01185047 -0.0020565   0.01486148  0.00236716]
 [-0.01023785 -0.00712993  0.00625245 -0.00160513]
 [-0.00768836 -0.00230031  0.00745056  0.01976111]]""",
    "b2": """\
[[0.]
 [0.]
 [0.]]""",
}
"""What ``str()`` prints of each parameter for the layer sizes of the test case."""


def initialize_parameters_deep_test_case():
    """Return the layer sizes ``[5, 4, 3]``."""
    return [5, 4, 3]


def inputs(random):
    """Return the layer sizes of several networks; the last has seven layers."""
    sizes = random.permutation([2, 3, 4, 5, 6, 7]).tolist()
    return [
        ([5, 4, 3],),
        ([2, 4, 1],),
        ((*sizes[:4], 1),),
        ([sizes[4], 1],),
        ([3, 3, 3, 3],),
        ([*sizes, 1],),
    ]


def spreads_normally(arguments, parameters):
    """Return whether the weights, all different, are like normal numbers times 0.01."""
    W = np.concatenate([W.ravel() for key, W in parameters.items() if key[0] == "W"])
    return abs(W.mean()) < 0.005 and 0.006 < W.std() < 0.014 and len(np.unique(W)) == W.size

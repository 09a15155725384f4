"""Step 1: test input, expected values and known mistakes of `initialize_parameters_deep`."""

import numpy as np

from dnn_utils import initialize_parameters_deep

from .exercise import Exercise, mistake

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


def _inputs(random):
    sizes = random.permutation([2, 3, 4, 5, 6, 7]).tolist()
    return [
        ([5, 4, 3],),
        ([2, 4, 1],),
        ((*sizes[:4], 1),),
        ([sizes[4], 1],),
        ([3, 3, 3, 3],),
        ([*sizes, 1],),
    ]


def _factors(layer_dims, part):
    l = int(part[1:])
    n_prev, n = layer_dims[l - 1], layer_dims[l]
    return {
        "1/sqrt(n_prev)": 100 / np.sqrt(n_prev),
        "0.01/sqrt(n_prev)": 1 / np.sqrt(n_prev),
        "sqrt(2/n_prev)": 100 * np.sqrt(2 / n_prev),
        "0.01 sqrt(2/n_prev)": np.sqrt(2 / n_prev),
        "sqrt(2/(n_prev+n))": 100 * np.sqrt(2 / (n_prev + n)),
    }


def _uniform(Ws):
    """Evenly spread: the largest is about twice the mean, or sqrt(3) standard deviations."""
    numbers = np.concatenate([W.ravel() for W in Ws])
    varied = any((W[:1] != W).any() for W in Ws)
    size = 2.2 * numbers.mean() if (numbers >= 0).all() else 1.9 * numbers.std()
    return varied and abs(numbers).max() < size


def _proof(arguments, parameters):
    """The weights spread like normal numbers times 0.01, around zero, and all differ."""
    W = np.concatenate([W.ravel() for key, W in parameters.items() if key[0] == "W"])
    return abs(W.mean()) < 0.005 and 0.006 < W.std() < 0.014 and len(np.unique(W)) == W.size


_RANDN = "np.random.randn(layer_dims[l], layer_dims[l - 1])"
_ZEROS = "np.zeros((layer_dims[l], 1))"
_SEED = "    np.random.seed(3)  # the same start on every run\n"
_LOOP = "for l in range(1, L + 1):"

EXERCISES = (
    Exercise(
        initialize_parameters_deep,
        returns=("W*", "b*"),
        inputs=_inputs,
        factors=_factors,
        proof=_proof,
        rules={
            "W": {
                "transposed": "row_convention",
                "constant": "wrong_scale",
                "0": "all_zero_weights",
                "-0": "integer_division",
                "1/sqrt(n_prev)": "wrong_scale_xavier",
                "0.01/sqrt(n_prev)": "wrong_scale_xavier",
                "sqrt(2/n_prev)": "wrong_scale_xavier",
                "0.01 sqrt(2/n_prev)": "wrong_scale_xavier",
                "sqrt(2/(n_prev+n))": "wrong_scale_xavier",
            },
            "b": {"transposed": "row_convention_b"},
        },
        looks=(
            ("W", "same_neuron_rows", lambda Ws: all(W.any() and (W[:1] == W).all() for W in Ws)),
            ("W", "uniform_not_normal", _uniform),
            ("b", "bias_not_zero", lambda bs: all(b.any() for b in bs)),
        ),
        mistakes=(
            mistake("uniform_not_normal", ("randn", "rand")),
            mistake("integer_division", (_RANDN + " * 0.01", _RANDN + " // 100")),
            mistake("bias_not_zero", (_ZEROS, "np.random.randn(layer_dims[l], 1)")),
            mistake("bias_not_zero", (_ZEROS, "np.random.randn(layer_dims[l], 1) * 0.01")),
            mistake("bias_not_zero", (_ZEROS, "np.ones((layer_dims[l], 1))")),
            mistake("last_layer_missing", (_LOOP, "for l in range(1, L):")),
            mistake(
                "key_off_by_one",
                ('["W" + str(l)]', '["W" + str(l - 1)]'),
                ('["b" + str(l)]', '["b" + str(l - 1)]'),
            ),
            mistake(
                "key_off_by_one",
                ('["W" + str(l)]', '["W" + str(l + 1)]'),
                ('["b" + str(l)]', '["b" + str(l + 1)]'),
            ),
            mistake(
                "reseeded_each_layer", (_SEED, ""), (_LOOP, f"{_LOOP}\n        np.random.seed(3)")
            ),
            mistake("missing_seed", (_SEED, "")),
            mistake(
                "tuple_to_randn", (_RANDN, "np.random.randn((layer_dims[l], layer_dims[l-1]))")
            ),
            mistake("zeros_needs_tuple", (_ZEROS, "np.zeros(layer_dims[l], 1)")),
            mistake(
                "return_inside_loop", ("\n    return parameters", "\n        return parameters")
            ),
        ),
    ),
)

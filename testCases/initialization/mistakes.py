"""The known mistakes of `initialize_parameters_deep`."""

import numpy as np

from ..mistake import (
    Look,
    OtherKeys,
    Relation,
    Template,
    mistake,
    shared,
    version,
)

TEMPLATE = Template(
    """\
def initialize_parameters_deep(layer_dims):
    {seed}
    parameters = {}
    L = len(layer_dims) - 1
    for l in {layers}:
        {start_of_round}
        parameters["W" + str({key})] = {W}
        parameters["b" + str({key})] = {b}
        {end_of_round}
    return parameters
""",
    {
        "seed": "np.random.seed(3)",
        "layers": "range(1, L + 1)",
        "start_of_round": "",
        "key": "l",
        "W": "{normal} * 0.01",
        "normal": "np.random.randn(layer_dims[l], layer_dims[l - 1])",
        "b": "np.zeros((layer_dims[l], 1))",
        "end_of_round": "",
    },
)


def factors(layer_dims, part):
    """Return what `W` may be multiplied by, as in other ways to start."""
    l = int(part[1:])
    n_prev, n = layer_dims[l - 1], layer_dims[l]
    return {
        "1/sqrt(n_prev)": 100 / np.sqrt(n_prev),
        "0.01/sqrt(n_prev)": 1 / np.sqrt(n_prev),
        "sqrt(2/n_prev)": 100 * np.sqrt(2 / n_prev),
        "0.01 sqrt(2/n_prev)": np.sqrt(2 / n_prev),
        "sqrt(2/(n_prev+n))": 100 * np.sqrt(2 / (n_prev + n)),
    }


def _equal_rows(Ws):
    return all(W.any() and (W[:1] == W).all() for W in Ws)


def _uniform(Ws):
    """Evenly spread: the largest is about twice the mean, or sqrt(3) standard deviations."""
    numbers = np.concatenate([W.ravel() for W in Ws])
    varied = any((W[:1] != W).any() for W in Ws)
    size = 2.2 * numbers.mean() if (numbers >= 0).all() else 1.9 * numbers.std()
    return varied and abs(numbers).max() < size


def _never_zero(bs):
    return all(b.any() for b in bs)


MISTAKES = (
    mistake(
        "same_neuron_rows",
        "all rows of `W` are equal, so all units of the layer are copies of each other.",
        Look("W", _equal_rows),
    ),
    mistake(
        "uniform_not_normal",
        "`W` holds uniform numbers, all positive, as from `np.random.rand`. Use "
        "`np.random.randn`, which gives normal numbers of both signs.",
        Look("W", _uniform),
        version(normal="np.random.rand(layer_dims[l], layer_dims[l - 1])"),
    ),
    mistake(
        "row_convention",
        "`W` was made with the shape (n_prev, n). One example is one column here, so `W` is "
        "(n, n_prev): a row for each unit of this layer.",
        Relation("W", "transposed"),
    ),
    mistake(
        "row_convention_b",
        "`b` is a row (1, n). It must be a column (n, 1), so that it is added to every example.",
        Relation("b", "transposed"),
    ),
    mistake(
        "wrong_scale",
        "`W` has the right numbers in another size: multiply `np.random.randn(...)` by 0.01.",
        Relation("W", "constant"),
    ),
    mistake(
        "wrong_scale_xavier",
        "`W` is scaled by the number of inputs (Xavier or He). That is a good idea, and "
        "chapter 08 uses it; here the factor is 0.01.",
        Relation("W", "1/sqrt(n_prev)"),
        Relation("W", "0.01/sqrt(n_prev)"),
        Relation("W", "sqrt(2/n_prev)"),
        Relation("W", "0.01 sqrt(2/n_prev)"),
        Relation("W", "sqrt(2/(n_prev+n))"),
    ),
    mistake(
        "all_zero_weights",
        "all weights are zero. Then all units of a layer learn the same; start with small "
        "random numbers.",
        Relation("W", "0"),
    ),
    shared("integer_division", Relation("W", "-0"), version(W="{normal} // 100")),
    mistake(
        "bias_not_zero",
        "`b` must start at zero, `np.zeros((n, 1))`.",
        Look("b", _never_zero),
        version(b="np.random.randn(layer_dims[l], 1)"),
        version(b="np.random.randn(layer_dims[l], 1) * 0.01"),
        version(b="np.ones((layer_dims[l], 1))"),
    ),
    mistake(
        "last_layer_missing",
        "the parameters of the last layer are missing: the loop ends one layer too early.",
        version(layers="range(1, L)"),
    ),
    shared("key_off_by_one", version(key="l - 1"), version(key="l + 1")),
    shared("wrong_key_name", OtherKeys()),
    mistake(
        "reseeded_each_layer",
        "every layer starts with the same numbers, because the seed is set inside the loop. "
        "Set it once, before the loop.",
        version(seed="", start_of_round="np.random.seed(3)"),
    ),
    mistake(
        "missing_seed",
        "the seed is missing: `np.random.seed(3)` once, before the loop, gives everybody the "
        "same numbers.",
        version(seed=""),
    ),
    mistake(
        "tuple_to_randn",
        "`np.random.randn` takes separate numbers, randn(n, n_prev), and no tuple.",
        version(W="np.random.randn((layer_dims[l], layer_dims[l-1])) * 0.01"),
    ),
    mistake(
        "zeros_needs_tuple",
        "`np.zeros` takes one argument for the shape, so it needs double parentheses: "
        "np.zeros((n, 1)).",
        version(b="np.zeros(layer_dims[l], 1)"),
    ),
    shared("return_inside_loop", version(end_of_round="return parameters")),
)

"""The known mistakes of the backward functions."""

from dnn_utils.activations import ACTIVATIONS
from dnn_utils.language import N_

from ..common import further_branches
from ..mistake import (
    Exchange,
    Misspelt,
    OtherKeys,
    Relation,
    Template,
    Together,
    Version,
    mistake,
    shared,
    version,
)

# Mistakes in dW and db, which are found in the results of all three functions.

_M_MISSING_IN_DW = mistake(
    "missing_1_over_m_dW",
    "`dW` is exactly m times too large: its 1/m is missing.",
    Relation("dW", "m"),
)
_M_MISSING_IN_DB = mistake(
    "missing_1_over_m_db",
    "`db` is exactly m times too large: its 1/m is missing.",
    Relation("db", "m"),
)
_M_MISSING_IN_BOTH = shared(
    "missing_1_over_m", Together(frozenset({"missing_1_over_m_dW", "missing_1_over_m_db"}))
)
_AXIS_LOST = mistake(
    "missing_keepdims",
    "`db` has lost its second axis: add keepdims=True to `np.sum`.",
    Relation("db", "squeezed"),
)
_COMMON_MISTAKES = (
    _M_MISSING_IN_DW,
    _M_MISSING_IN_DB,
    _M_MISSING_IN_BOTH,
    _AXIS_LOST,
    shared("double_1_over_m", Relation("dW", "1/m")),
    mistake(
        "double_1_over_m_db",
        "`db` was divided by m twice.",
        Relation("db", "1/m"),
    ),
    shared(
        "wrong_m",
        *(
            Relation(part, factor)
            for part in ("dW", "db")
            for factor in ("m/n", "m/n_prev", "m/size", "m/(n_prev size)")
        ),
    ),
    mistake(
        "db_transposed",
        "`db` is a row; it must be a column like `b`.",
        Relation("db", "transposed"),
    ),
)
_INTEGER_DIVISION = (Relation("dW", "1//m"), Relation("db", "1//m"))

_EXTRA_M = N_("there is an extra 1/m; `linear_backward` divides already.")
_SLOPE_SKIPPED = N_("`dA` went into the linear step as it is; first turn it into dZ = dA * g'(Z).")
_WRONG_HALF = N_(
    "the wrong half of the cache was used. It is (linear_cache, activation_cache), and "
    "activation_cache is `Z`."
)


# linear_backward

LINEAR = Template(
    """\
def linear_backward(dZ, cache):
    {unpacked} = cache
    m = A_prev.shape[1]
    dW = {dW}
    db = {db}
    dA_prev = {dA_prev}
    return dA_prev, dW, db
""",
    {
        "unpacked": "A_prev, W, b",
        "dW": "dZ @ A_prev.T / m",
        "db": "np.sum(dZ, axis=1, keepdims=True) / m",
        "dA_prev": "W.T @ dZ",
    },
)


def linear_factors(dZ, cache, part):
    """Return what the results of `linear_backward` may be multiplied by."""
    n_prev, m = cache[0].shape
    n = dZ.shape[0]
    return {
        "m": m,
        "1/m": 1 / m,
        "1//m": 1 // m,
        "m/n": m / n,
        "m/n_prev": m / n_prev,
        "m/size": 1 / n,
        "m/(n_prev size)": 1 / n_prev,
    }


LINEAR_MISTAKES = (
    *_COMMON_MISTAKES,
    mistake(
        "extra_1_over_m_dA",
        "`dA_prev` was divided by m; only `dW` and `db` are means over the examples.",
        Relation("dA_prev", "1/m"),
    ),
    mistake(
        "wrong_axis",
        "`db` was summed over axis 0, the units; sum over the examples, axis=1.",
        version(db="np.sum(dZ, axis=0, keepdims=True) / m"),
        version(db="np.sum(dZ, axis=0) / m"),
        version(db="np.mean(dZ, axis=0, keepdims=True)"),
        version(db="np.mean(dZ, axis=0)"),
    ),
    shared(
        "summed_everything",
        version(db="np.sum(dZ) / m"),
        version(db="np.sum(dZ, keepdims=True) / m"),
        version(db="np.mean(dZ)"),
        version(db="np.mean(dZ, keepdims=True)"),
        version(db="np.sum(dZ) / m * np.ones(b.shape)"),
        version(dW="np.sum(dZ @ A_prev.T) / m"),
    ),
    shared(
        "elementwise_not_matmul",
        version(dW="dZ * A_prev / m"),
        version(dW="dZ * A_prev.T / m"),
        version(dA_prev="W * dZ"),
        version(dA_prev="W.T * dZ"),
    ),
    mistake(
        "missing_transpose_W",
        "`dA_prev` needs the transposed matrix: `W.T @ dZ`.",
        version(dA_prev="W @ dZ"),
    ),
    shared(
        "swapped_operands",
        version(dA_prev="dZ @ W.T"),
        version(dA_prev="dZ @ W"),
        version(dW="A_prev.T @ dZ / m"),
    ),
    shared("missing_transpose", version(dW="dZ @ A_prev / m"), version(dW="A_prev @ dZ / m")),
    shared("not_summed", version(db="dZ / m"), version(db="dZ")),
    shared(
        "cache_order",
        version(unpacked="W, A_prev, b"),
        version(unpacked="A_prev, b, W"),
        version(unpacked="b, W, A_prev"),
        version(unpacked="W, b, A_prev"),
        version(unpacked="b, A_prev, W"),
    ),
    mistake(
        "wrong_W",
        "`dA_prev` was computed with `dW` in the place of `W`.",
        version(dA_prev="dW.T @ dZ"),
    ),
    mistake(
        "db_is_b_scaled",
        "`db` was computed from `b`. It is the mean of `dZ` over the examples; `b` is not in it.",
        version(db="b / m"),
        version(db="b"),
        version(db="np.sum(b, axis=1, keepdims=True) / m"),
        version(db="np.sum(dZ, axis=1, keepdims=True) / m * b"),
        version(db="np.sum(dZ * b, axis=1, keepdims=True) / m"),
        version(db="np.sum(dZ, axis=1, keepdims=True) / m + b"),
    ),
    shared(
        "integer_division",
        *_INTEGER_DIVISION,
        version(dW="dZ @ A_prev.T // m"),
        version(db="np.sum(dZ, axis=1, keepdims=True) // m"),
    ),
)


# linear_activation_backward

ACTIVATION = Template(
    """\
def linear_activation_backward(dA, cache, activation):
    {unpacked} = cache
    {names}
    if {is_sigmoid}:
        dZ = {sigmoid}
    {further}
    else:
        dZ = {relu}
    dA_prev, dW, db = linear_backward(dZ, {linear_argument})
    return dA_prev, dW, db
""",
    {
        "unpacked": "linear_cache, activation_cache",
        "names": "",
        "is_sigmoid": 'activation == "sigmoid"',
        "sigmoid": "sigmoid_backward(dA, {slope_argument})",
        "relu": "relu_backward(dA, {slope_argument})",
        "further": further_branches("dZ = {name}_backward(dA, {{slope_argument}})"),
        "slope_argument": "activation_cache",
        "linear_argument": "linear_cache",
    },
)

_SIGMOID = "dA * s * (1 - s)"
_RELU = "dA * (Z > 0)"


def _slopes(sigmoid=_SIGMOID, relu=_RELU, **options):
    """Return the version that computes dZ itself, with these lines in its branches."""
    names = "A_prev, W, b = linear_cache\nZ = activation_cache\ns = 1 / (1 + np.exp(-Z))"
    return Version({"names": names, "sigmoid": sigmoid, "relu": relu}, **options)


def _either(sigmoid, relu):
    """Return the versions with the mistake in both branches and in each alone."""
    return _slopes(sigmoid, relu), _slopes(sigmoid=sigmoid), _slopes(relu=relu)


def activation_factors(dA, cache, activation, part):
    """Return what the results of `linear_activation_backward` may be multiplied by."""
    return linear_factors(dA, cache[0], part)


ACTIVATION_CONVENTIONS = (
    mistake(
        "relu_prime_at_zero",
        "Note: at Z = 0 your ReLU has the slope 1. The book takes 0 there. Both are conventions.",
        _slopes(relu="dA * (Z >= 0)"),
        _slopes(relu="dA * np.heaviside(Z, 0.5)"),
    ),
)

ACTIVATION_MISTAKES = (
    *_COMMON_MISTAKES,
    shared("integer_division", *_INTEGER_DIVISION),
    mistake(
        "extra_1_over_m",
        _EXTRA_M,
        Relation("dA_prev", "1/m"),
        Together(frozenset({"double_1_over_m", "double_1_over_m_db"})),
        Together(frozenset({"extra_1_over_m", "double_1_over_m", "double_1_over_m_db"})),
    ),
    mistake(
        "returned_dZ",
        "`dZ` was returned where `dA_prev` belongs.",
        Exchange("dA_prev", "dZ"),
    ),
    shared("activation_swapped", version(is_sigmoid='activation == "relu"')),
    shared(
        "activation_ignored",
        _slopes(_SIGMOID, _SIGMOID, or_misspelt=True),
        _slopes(_RELU, _RELU, or_misspelt=True),
    ),
    shared("activation_name_case", Misspelt(tuple(ACTIVATIONS))),
    mistake(
        "wrong_cache_part",
        _WRONG_HALF,
        version(unpacked="activation_cache, linear_cache", alike="cache_order"),
        version(slope_argument="linear_cache"),
        version(linear_argument="activation_cache"),
        version(linear_argument="cache"),
        version(slope_argument="cache"),
        version(slope_argument="linear_cache[0]"),
        version(slope_argument="linear_cache[1]"),
        version(slope_argument="linear_cache[2]"),
    ),
    mistake(
        "activation_derivative_skipped",
        _SLOPE_SKIPPED,
        *_either("dA", "dA"),
    ),
    mistake(
        "forward_not_derivative",
        "`dA` was multiplied by g(Z); it needs the derivative g'(Z).",
        _slopes(relu="dA * np.maximum(0, Z)"),
        _slopes("dA * s", "dA * np.maximum(0, Z)", also="sigmoid_derivative_wrong"),
    ),
    mistake(
        "sigmoid_derivative_wrong",
        "the derivative of the sigmoid is s (1 - s), with s = sigmoid(Z).",
        _slopes("dA * s"),
        _slopes("dA * (1 - s)"),
        _slopes("dA * s * (1 + s)"),
    ),
    mistake(
        "derivative_of_Z_not_s",
        "s (1 - s) was computed with `Z` in the place of s = sigmoid(Z).",
        _slopes("dA * Z * (1 - Z)"),
    ),
    mistake(
        "missing_dA_factor",
        "g'(Z) was computed, but not multiplied by `dA` (chain rule).",
        *_either("s * (1 - s)", "(Z > 0) * 1.0"),
    ),
    mistake(
        "matmul_not_elementwise",
        "`dA` and g'(Z) must be multiplied element by element, with *, not as matrices.",
        *_either("dA @ (s * (1 - s))", "dA @ (Z > 0)"),
        *_either("dA @ (s * (1 - s)).T", "dA @ (Z > 0).T"),
        *_either("dA.T @ (s * (1 - s))", "dA.T @ (Z > 0)"),
    ),
    mistake(
        "relu_mask_inverted",
        "the mask of ReLU is inverted: gradients must pass where Z > 0.",
        _slopes(relu="dA * (Z <= 0)"),
        _slopes(relu="dA * (Z < 0)"),
    ),
    mistake(
        "relu_mask_on_dA",
        "the mask of ReLU must look at `Z`, not at `dA`.",
        _slopes(relu="dA * (dA > 0)"),
        _slopes(relu="Z * (dA > 0)"),
    ),
)


# L_model_backward

_DAL = "-(Y / AL - (1 - Y) / (1 - AL))"

MODEL = Template(
    """\
def L_model_backward(AL, Y, caches):
    grads = {}
    L = len(caches)
    {layers}
    return grads
""",
    {
        "layers": "{one_loop}",
        "dAL": _DAL,
        # one loop over all layers
        "one_loop": """\
dA = {dAL}
for l in {rounds}:
    {start_of_round}
    activation = {activation}
    {step}
    grads["dA" + str({dA_key})] = dA
    grads["dW" + str({dW_key})] = dW
    grads["db" + str({dW_key})] = db
    {end_of_round}""",
        "rounds": "range(L, 0, -1)",
        "start_of_round": "",
        "activation": '"sigmoid" if l == L else "relu"',
        "step": "{gradients} = linear_activation_backward(dA, {cache}, activation)",
        "gradients": "dA, dW, db",
        "cache": "caches[l - 1]",
        "dA_key": "l - 1",
        "dW_key": "l",
        "end_of_round": "",
        # the last layer first, and a loop over the hidden layers
        "two_parts": """\
dAL = {dAL}
l = L
dA, dW, db = {last}
grads["dA" + str(L - 1)], grads["dW" + str(L)], grads["db" + str(L)] = dA, dW, db
dA_last = dA
for l in {hidden_rounds}:
    {hidden}
    grads["dA" + str(l - 1)], grads["dW" + str(l)], grads["db" + str(l)] = dA, dW, db""",
        "last": 'linear_activation_backward(dAL, caches[L - 1], "sigmoid")',
        "hidden_rounds": "range(L - 1, 0, -1)",
        "hidden": 'dA, dW, db = linear_activation_backward({hidden_dA}, {hidden_cache}, "relu")',
        "hidden_dA": "dA",
        "hidden_cache": "caches[l - 1]",
    },
)


def _two_parts(**fillings):
    """Return the version that treats the last layer and the hidden ones apart."""
    return version(layers="{two_parts}", **fillings)


def model_factors(AL, Y, caches, part):
    """Return what the gradients of `L_model_backward` may be multiplied by."""
    m, L = Y.shape[1], len(caches)
    l = int(part[2:]) + (part[1] == "A")
    return {
        "m": m,
        "1/m": 1 / m,
        "(1/m)^layers": (1 / m) ** (L - l + 1),
        "(1/m)^(layers-1)": (1 / m) ** (L - l),
    }


MODEL_MISTAKES = (
    _M_MISSING_IN_DW,
    _M_MISSING_IN_DB,
    _M_MISSING_IN_BOTH,
    _AXIS_LOST,
    shared("grad_key_naming", OtherKeys()),
    mistake(
        "wrong_sign_dAL",
        "all gradients have the opposite sign: dAL = -(Y/AL - (1 - Y)/(1 - AL)).",
        Relation("*", "-1"),
        version(dAL="Y / AL - (1 - Y) / (1 - AL)"),
    ),
    mistake(
        "second_term_sign_dAL",
        "a sign inside `dAL` is wrong: dAL = -(Y/AL - (1 - Y)/(1 - AL)).",
        version(dAL="-(Y / AL + (1 - Y) / (1 - AL))"),
        version(dAL="-Y / AL - (1 - Y) / (1 - AL)"),
        version(dAL="Y / AL + (1 - Y) / (1 - AL)"),
    ),
    shared("labels_swapped", version(dAL="-((1 - Y) / AL - Y / (1 - AL))")),
    mistake(
        "dZ_used_as_dA",
        "AL - Y is `dZ` of the last layer. Used as `dA`, it is multiplied by the slope of the "
        "sigmoid a second time.",
        version(dAL="AL - Y"),
    ),
    mistake(
        "dA_key_off_by_one",
        'the keys of `dA` are shifted: layer l gives the gradient for its input, "dA" + str(l '
        "- 1).",
        version(dA_key="l"),
        version(dA_key="l + 1"),
    ),
    mistake(
        "dW_key_off_by_one",
        "the keys of `dW` and `db` are shifted by one layer.",
        version(dW_key="l - 1"),
        version(dW_key="l + 1"),
        _two_parts(
            hidden_dA='grads["dA" + str(l)]',
            hidden="""\
dA, dW, db = linear_activation_backward({hidden_dA}, {hidden_cache}, "relu")
grads["dA" + str(l - 1)], grads["dW" + str(l - 1)], grads["db" + str(l - 1)] = dA, dW, db
continue""",
        ),
    ),
    shared("relu_last_layer", version(activation='"relu"')),
    shared("sigmoid_hidden_layer", version(activation='"sigmoid"')),
    shared(
        "relu_last_layer",
        version(activation='"sigmoid" if l != L else "relu"', also="sigmoid_hidden_layer"),
    ),
    mistake(
        "dAL_reused",
        "every layer starts from `dAL`; pass on the `dA` of the layer above.",
        _two_parts(hidden_dA="dAL"),
    ),
    mistake(
        "stale_dA_every_layer",
        "every hidden layer gets the same `dA`, that of the last hidden layer. It shows only "
        "with two or more hidden layers.",
        _two_parts(hidden_dA="dA_last"),
    ),
    mistake(
        "cache_index_wrong",
        "a layer is paired with the cache of another layer: layer l has caches[l - 1].",
        _two_parts(hidden_cache="caches[l]"),
        _two_parts(hidden_cache="caches[l - 2]"),
        _two_parts(hidden_cache="caches[L - 1 - l]"),
        _two_parts(hidden_cache="caches[-l]"),
        _two_parts(hidden_cache="caches[L - 2]"),
        _two_parts(hidden_cache="caches[0]"),
        _two_parts(hidden_cache="caches[L - 1]"),
        version(cache="caches[l - 2]"),
        version(cache="caches[L - l]"),
        version(cache="caches[-l]"),
        version(cache="caches[-1]"),
    ),
    mistake(
        "cache_index_out_of_range",
        "`caches` counts from 0: the last one is caches[L - 1].",
        version(cache="caches[l]"),
        _two_parts(last='linear_activation_backward(dAL, caches[L], "sigmoid")'),
    ),
    mistake(
        "loop_not_reversed",
        "the loop must go from the last layer to the first.",
        version(rounds="range(1, L + 1)"),
        _two_parts(hidden_rounds="range(1, L)"),
        _two_parts(hidden_rounds="range(1, L)", hidden_dA='grads["dA" + str(l)]'),
    ),
    mistake(
        "first_layer_skipped",
        "the gradients of layer 1 are missing.",
        version(rounds="range(L, 1, -1)"),
    ),
    mistake(
        "extra_1_over_m",
        _EXTRA_M,
        Relation("*", "1/m"),
        Relation("*", "(1/m)^layers"),
        Relation("*", "(1/m)^(layers-1)"),
        version(dAL=f"{_DAL} / Y.shape[1]"),
        _two_parts(hidden_dA="dA / Y.shape[1]"),
    ),
    mistake(
        "grads_reset_in_loop",
        "`grads` is made anew inside the loop, so the layers before are lost.",
        version(start_of_round="grads = {}"),
    ),
    mistake(
        "unpack_order",
        "`linear_activation_backward` returns dA_prev, dW, db, in this order.",
        version(gradients="dW, db, dA"),
        version(gradients="dW, dA, db"),
        version(gradients="dA, db, dW"),
        version(gradients="db, dW, dA"),
        version(gradients="db, dA, dW"),
    ),
    shared("return_inside_loop", version(end_of_round="return grads")),
    mistake(
        "wrong_cache_part",
        _WRONG_HALF,
        version(cache="caches[l - 1][0]"),
        version(cache="caches[l - 1][1]"),
        _two_parts(
            hidden="""\
dZ = relu_backward(dA, caches[l - 1][0])
dA, dW, db = linear_backward(dZ, caches[l - 1][0])"""
        ),
    ),
    mistake(
        "activation_derivative_skipped",
        _SLOPE_SKIPPED,
        version(step="dA, dW, db = linear_backward(dA, caches[l - 1][0])"),
        _two_parts(hidden="dA, dW, db = linear_backward(dA, caches[l - 1][0])"),
        _two_parts(last="linear_backward(dAL, caches[L - 1][0])"),
    ),
)

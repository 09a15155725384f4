"""The known mistakes of the forward functions."""

from dnn_utils.activations import ACTIVATIONS

from ..common import further_branches
from ..mistake import (
    CacheFlat,
    CacheSwap,
    CacheWithout,
    Exchange,
    Misspelt,
    Template,
    Version,
    mistake,
    shared,
    version,
)

LINEAR = Template(
    """\
def linear_forward(A, W, b):
    Z = {Z}
    cache = (A, W, b)
    return Z, cache
""",
    {"Z": "W @ A + b"},
)

LINEAR_MISTAKES = (
    shared("elementwise_not_matmul", version(Z="W * A + b"), version(Z="W.T * A + b")),
    shared("swapped_operands", version(Z="A @ W + b")),
    shared("missing_bias", version(Z="W @ A")),
    mistake(
        "bias_sign",
        "the bias is subtracted; it has to be added.",
        version(Z="W @ A - b"),
    ),
    mistake(
        "bias_transposed",
        "`b` was turned into a row or flattened, so it was added along the wrong axis. Leave "
        "it a column.",
        version(Z="W @ A + b.T"),
    ),
    mistake(
        "extra_transpose",
        "a matrix is transposed that should not be: Z = W A + b needs no transpose.",
        version(Z="W.T @ A + b"),
        version(Z="W @ A.T + b"),
    ),
    shared("result_transposed", version(Z="A.T @ W.T + b")),
    shared("summed_everything", version(Z="np.sum(W @ A) + b"), version(Z="np.sum(W * A) + b")),
    mistake(
        "bias_summed",
        "all biases were added up to one number; every unit has its own.",
        version(Z="W @ A + np.sum(b)"),
    ),
    mistake(
        "integer_result",
        "the result was cut to whole numbers.",
        version(Z="(W @ A + b).astype(int)"),
        version(Z="np.round(W @ A + b)"),
        version(Z="np.floor(W @ A + b)"),
        version(Z="(W @ A).astype(int) + b"),
    ),
    mistake(
        "bias_inside_product",
        "`b` was added before the product; it belongs after it: W A + b.",
        version(Z="(W + b) @ A"),
        version(Z="W @ (A + b)"),
    ),
    mistake(
        "cache_wrong_content",
        "the cache holds `Z` where the input `A` belongs; the backward step needs `A`.",
        CacheSwap("Z", "A"),
    ),
)

_SIGMOID = "A, activation_cache = sigmoid(Z)"
_RELU = "A, activation_cache = relu(Z)"
_BY_NAME = ", ".join(f"{name}={name}" for name in ACTIVATIONS)

ACTIVATION = Template(
    """\
def linear_activation_forward(A_prev, W, b, activation):
    {linear}
    if {is_sigmoid}:
        {sigmoid}
    {further}
    else:
        {relu}
    cache = {cache}
    return A, cache
""",
    {
        "linear": "Z, linear_cache = linear_forward(A_prev, W, b)",
        "is_sigmoid": 'activation == "sigmoid"',
        "sigmoid": _SIGMOID,
        "relu": _RELU,
        "further": further_branches("A, activation_cache = {name}(Z)"),
        "cache": "(linear_cache, activation_cache)",
    },
)

ACTIVATION_MISTAKES = (
    shared("activation_swapped", version(is_sigmoid='activation == "relu"')),
    shared(
        "activation_ignored",
        Version({"relu": _SIGMOID}, or_misspelt=True),
        Version({"sigmoid": _RELU}, or_misspelt=True),
    ),
    shared("activation_name_case", Misspelt(tuple(ACTIVATIONS))),
    mistake(
        "activation_on_input",
        "the activation was applied to `A_prev`; it belongs to `Z`.",
        Exchange("A", "A_prev"),
        version(
            sigmoid="A, activation_cache = sigmoid(A_prev)",
            relu="A, activation_cache = relu(A_prev)",
        ),
        version(
            sigmoid="A = sigmoid(A_prev)[0]; activation_cache = Z",
            relu="A = relu(A_prev)[0]; activation_cache = Z",
        ),
        version(
            linear=f"A, activation_cache = dict({_BY_NAME})[activation](A_prev)",
            further="",
            sigmoid="A, linear_cache = linear_forward(A, W, b)",
            relu="A, linear_cache = linear_forward(A, W, b)",
        ),
    ),
    mistake(
        "returned_Z",
        "`Z` was returned in the place of A = g(Z).",
        Exchange("A", "Z"),
    ),
    mistake(
        "activation_applied_twice",
        "two activations were applied one after the other.",
        version(sigmoid=f"{_SIGMOID}; A, _ = relu(A)", relu=f"{_RELU}; A, _ = sigmoid(A)"),
        version(sigmoid=f"{_RELU}; A, _ = sigmoid(A)", relu=f"{_RELU}; A, _ = sigmoid(A)"),
        version(sigmoid=f"{_RELU}; A, _ = sigmoid(A)", relu=f"{_SIGMOID}; A, _ = relu(A)"),
        version(sigmoid=f"{_RELU}; A, _ = sigmoid(A)"),
        version(sigmoid=f"{_SIGMOID}; A, _ = sigmoid(A)"),
    ),
    mistake(
        "inplace_relu_corrupts_cache",
        "`Z` was overwritten in place, so the `Z` in the cache has lost its negative numbers.",
        version(relu=f"Z[Z < 0] = 0; {_RELU}"),
    ),
    mistake(
        "cache_A_not_Z",
        "the activation cache must hold `Z`, from before the activation, not `A`.",
        CacheSwap("A", "Z"),
        version(cache="(linear_cache, A)"),
    ),
    mistake(
        "cache_A_not_A_prev",
        "the linear cache must hold the input `A_prev`, not the new `A`.",
        CacheSwap("A", "A_prev"),
    ),
    mistake(
        "cache_flat",
        "the cache must be nested: (linear_cache, activation_cache) is ((A_prev, W, b), Z).",
        CacheFlat(),
    ),
    mistake(
        "cache_missing_linear",
        "the linear part of the cache is missing; it must be (linear_cache, activation_cache).",
        CacheWithout("W"),
    ),
    mistake(
        "sigmoid_sign",
        "the sign of Z in the sigmoid is wrong: it is 1 / (1 + exp(-Z)).",
        version(sigmoid="A, activation_cache = sigmoid(-Z)"),
        version(sigmoid="A, _ = sigmoid(-Z); activation_cache = Z"),
    ),
    mistake(
        "relu_is_abs",
        "ReLU makes negative numbers 0, not positive.",
        version(relu="A, activation_cache = np.abs(Z), Z"),
    ),
    mistake(
        "relu_is_mask",
        "ReLU returns Z where Z > 0, not 1.",
        version(relu="A, activation_cache = (Z > 0) * 1.0, Z"),
    ),
    shared("missing_bias", version(linear="Z, linear_cache = W @ A_prev, (A_prev, W, b)")),
    shared("tuple_not_unpacked", version(linear="Z = linear_cache = linear_forward(A_prev, W, b)")),
)

MODEL = Template(
    """\
def L_model_forward(X, parameters):
    L = {L}
    caches = []
    A = X
    {layers}
    return {returned}
""",
    {
        "L": "len(parameters) // 2",
        "layers": "{hidden}\n{last}",
        "hidden": """\
for l in {rounds}:
    W, b = {hidden_parameters}
    {start_of_round}
    A, cache = linear_activation_forward({hidden_arguments}, {hidden_activation})
    {keep_hidden}""",
        "rounds": "range(1, L)",
        "hidden_parameters": 'parameters["W" + str(l)], parameters["b" + str(l)]',
        "start_of_round": "",
        "hidden_arguments": "A, W, b",
        "hidden_activation": '"relu"',
        "keep_hidden": "caches.append(cache)",
        "last": """\
WL, bL = {last_parameters}
AL, cache = linear_activation_forward({last_arguments}, {last_activation})
{keep_last}""",
        "last_parameters": 'parameters["W" + str(L)], parameters["b" + str(L)]',
        "last_arguments": "A, WL, bL",
        "last_activation": '"sigmoid"',
        "keep_last": "caches.append(cache)",
        "returned": "AL, caches",
    },
)


def _every_layer(**fillings):
    """Return the version with a single loop over all layers."""
    return version(layers="{hidden}\nAL = A", **fillings)


MODEL_MISTAKES = (
    mistake(
        "input_always_X",
        "a layer gets the input `X`; layer l must get the `A` of layer l - 1.",
        version(hidden_arguments="X, W, b"),
        version(hidden_arguments="X, W, b", last_arguments="X, WL, bL"),
        version(last_arguments="X, WL, bL"),
    ),
    mistake(
        "last_layer_uses_loop_index",
        "the last layer uses the parameters of another layer: write str(L), not str(l).",
        version(last_parameters='parameters["W" + str(l)], parameters["b" + str(l)]'),
        version(last_parameters='parameters["W" + str(L - 1)], parameters["b" + str(L - 1)]'),
    ),
    shared(
        "relu_last_layer",
        version(last_activation='"relu"'),
        _every_layer(
            rounds="range(1, L + 1)",
            hidden_activation='"sigmoid" if l < L else "relu"',
            also="sigmoid_hidden_layer",
        ),
    ),
    shared("sigmoid_hidden_layer", version(hidden_activation='"sigmoid"')),
    mistake(
        "loop_one_too_many",
        "the loop runs one layer too far; the last layer comes after it.",
        version(rounds="range(1, L + 1)"),
    ),
    mistake(
        "loop_one_too_few",
        "a hidden layer is left out: range(1, L) is needed.",
        version(rounds="range(1, L - 1)"),
        version(rounds="range(2, L)"),
        _every_layer(rounds="range(2, L + 1)", hidden_activation='"sigmoid" if l == L else "relu"'),
    ),
    mistake(
        "last_cache_missing",
        "the cache of the last layer was not appended.",
        version(keep_last=""),
    ),
    mistake(
        "hidden_caches_missing",
        "the caches of the hidden layers were not appended.",
        version(keep_hidden=""),
    ),
    mistake(
        "last_layer_gets_A_prev",
        "the last layer gets `A_prev`, which is one layer too old; it needs `A`.",
        version(start_of_round="A_prev = A", last_arguments="A_prev, WL, bL"),
        version(
            layers="A_prev = A\n{hidden}\n{last}",
            start_of_round="A_prev = A",
            last_arguments="A_prev, WL, bL",
        ),
    ),
    shared("L_not_halved", version(L="len(parameters)")),
    mistake(
        "cached_A_not_cache",
        "`A` was appended to `caches` where the cache of the layer belongs.",
        version(keep_hidden="caches.append(A)", keep_last="caches.append(AL)"),
        version(keep_hidden="caches.append(A)"),
    ),
    mistake(
        "returned_hidden_A",
        "the `A` of the last hidden layer was returned in the place of `AL`.",
        version(returned="A, caches"),
    ),
    mistake(
        "caches_reversed",
        "`caches` is in reversed order; layer 1 comes first.",
        version(returned="AL, caches[::-1]"),
    ),
    mistake(
        "caches_overwritten",
        "`caches` was replaced by a single cache; append to it.",
        version(returned="AL, cache"),
        version(keep_hidden="caches = cache", keep_last=""),
    ),
    mistake(
        "append_outside_loop",
        "`caches.append` stands after the loop, so only one hidden cache is kept.",
        version(keep_hidden="caches = [cache]", alike="caches_overwritten"),
        version(layers="{hidden}\ncaches.append(cache)\n{last}", keep_hidden=""),
    ),
    shared(
        "hardcoded_depth",
        version(
            layers="""\
W, b = parameters["W1"], parameters["b1"]
A, cache = linear_activation_forward(X, W, b, "relu")
caches.append(cache)
W, b = parameters["W2"], parameters["b2"]
AL, cache = linear_activation_forward(A, W, b, "sigmoid")
caches.append(cache)"""
        ),
    ),
    mistake(
        "swapped_W_b",
        "`W` and `b` are passed in the wrong order.",
        version(hidden_arguments="A, b, W", last_arguments="A, bL, WL"),
        version(hidden_arguments="A, b, W"),
        version(last_arguments="A, bL, WL"),
    ),
    mistake(
        "first_layer_repeated",
        "every hidden layer uses W1 and b1; use str(l).",
        version(hidden_parameters='parameters["W1"], parameters["b1"]'),
    ),
)

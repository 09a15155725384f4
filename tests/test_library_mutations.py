"""The checks of values catch mistakes: here are many, and each is caught."""

import pytest

import dnn_utils
from tests.mutations import variant
from tests.values import passes_classic, passes_deep

LOOP = "dA, dW, db = linear_activation_backward(dA, caches[l - 1], activation)"
UPDATE_W = 'parameters["W" + str(l)] = W - learning_rate * dW'
UPDATE_B = 'parameters["b" + str(l)] = b - learning_rate * db'

MISTAKES = {
    "weights: wrong scale": ("initialization", "* 0.01", "* 0.1"),
    "weights: uniform": ("initialization", "np.random.randn(", "np.random.rand("),
    "weights: transposed": (
        "initialization",
        "(layer_dims[l], layer_dims[l - 1])",
        "(layer_dims[l - 1], layer_dims[l])",
    ),
    "weights: another seed": ("initialization", "seed(3)", "seed(1)"),
    "weights: seed in the loop": (
        "initialization",
        "        ### START",
        "        np.random.seed(3)\n        ### START",
    ),
    "biases: not zero": ("initialization", "np.zeros", "np.ones"),
    "biases: a row": ("initialization", "zeros((layer_dims[l], 1))", "zeros((1, layer_dims[l]))"),
    "initialisation: no last layer": ("initialization", "range(1, L + 1)", "range(1, L)"),
    "linear: no bias": ("forward", "Z = W @ A + b", "Z = W @ A"),
    "linear: bias subtracted": ("forward", "Z = W @ A + b", "Z = W @ A - b"),
    "linear: bias in the product": ("forward", "Z = W @ A + b", "Z = (W + b) @ A"),
    "linear: cache in another order": ("forward", "cache = (A, W, b)", "cache = (W, A, b)"),
    "linear: input changed": ("forward", "Z = W @ A + b", "Z = W @ A + b\n    A *= 2"),
    "activations exchanged": ("forward", 'activation == "sigmoid"', 'activation == "relu"'),
    "hidden layers: sigmoid": ("forward", '(A, W, b, "relu")', '(A, W, b, "sigmoid")'),
    "hidden layers: always the input": ("forward", '(A, W, b, "relu")', '(X, W, b, "relu")'),
    "hidden layers: the first left out": ("forward", "range(1, L)", "range(2, L)"),
    "output layer: relu": ("forward", '(A, WL, bL, "sigmoid")', '(A, WL, bL, "relu")'),
    "output layer: no cache": (
        "forward",
        "caches.append(cache)\n    ### END",
        "### END",
    ),
    "sigmoid: sign of the exponent": ("activations", "np.exp(-np.abs(Z))", "np.exp(np.abs(Z))"),
    "relu: absolute value": ("activations", "<= 0, 0.0, Z)", "<= 0, np.negative(Z), Z)"),
    "cost: sign": ("cost", "cost = -1 / m", "cost = 1 / m"),
    "cost: no mean": ("cost", "-1 / m *", "-1 *"),
    "cost: mean taken twice": ("cost", "np.sum", "np.mean"),
    "cost: one term only": ("cost", " + (1 - Y) * np.log(1 - AL))", ")"),
    "cost: AL for 1 - AL": ("cost", "np.log(1 - AL)", "np.log(AL)"),
    "dW: no mean": ("backward", "dZ @ A_prev.T / m", "dZ @ A_prev.T"),
    "db: no mean": ("backward", "keepdims=True) / m", "keepdims=True)"),
    "db: wrong axis": ("backward", "axis=1, keepdims", "axis=0, keepdims"),
    "db: one sum for all": (
        "backward",
        "np.sum(dZ, axis=1, keepdims=True)",
        "np.full(b.shape, np.sum(dZ))",
    ),
    "dA_prev: mean": ("backward", "W.T @ dZ", "W.T @ dZ / m"),
    "dA_prev: W not transposed": ("backward", "W.T @ dZ", "W @ dZ"),
    "m: the number of units": ("backward", "m = A_prev.shape[1]", "m = A_prev.shape[0]"),
    "relu': 1 everywhere": ("activations", "np.asarray(cache) > 0", "np.isfinite(cache)"),
    "sigmoid': s forgotten": ("activations", "return dA * s *", "return dA *"),
    "backward activations exchanged": (
        "backward",
        'if activation == "sigmoid"',
        'if activation == "relu"',
    ),
    "dAL: sign": ("backward", "-(Y / AL", "(Y / AL"),
    "dAL: sign of one term": ("backward", "Y / AL - (1", "Y / AL + (1"),
    "dAL: AL - Y": ("backward", "-(Y / AL - (1 - Y) / (1 - AL))", "AL - Y"),
    "loop: first layer left out": ("backward", "range(L, 0, -1)", "range(L, 1, -1)"),
    "loop: forwards": ("backward", "range(L, 0, -1)", "range(1, L + 1)"),
    "loop: dA never replaced": (
        "backward",
        f'{LOOP}\n        grads["dA" + str(l - 1)] = dA',
        f'grads["dA" + str(l - 1)], {LOOP.removeprefix("dA, ")}',
    ),
    "loop: next layer's cache": ("backward", "caches[l - 1]", "caches[-l]"),
    "loop: keys of dA shifted": ("backward", 'grads["dA" + str(l - 1)]', 'grads["dA" + str(l)]'),
    "loop: sigmoid everywhere": ("backward", '"sigmoid" if l == L else "relu"', '"sigmoid"'),
    "update: uphill": ("update", UPDATE_W, UPDATE_W.replace("-", "+")),
    "update: rate forgotten": ("update", UPDATE_W, UPDATE_W.replace("learning_rate * ", "")),
    "update: b left out": ("update", UPDATE_B, "pass"),
    "update: no last layer": ("update", "range(1, L + 1)", "range(1, L)"),
    "update: arrays changed in place": ("update", UPDATE_W, "W -= learning_rate * dW"),
    "update: dict changed in place": ("update", "= dict(parameters)", "= parameters"),
}

CLASSIC_LETS_PASS = {
    "loop: every hidden layer gets the dA of the last one": (
        "backward",
        LOOP,
        LOOP.replace("(dA,", '(dA if l == L else grads["dA" + str(L - 1)],'),
    ),
    "loop: hidden layers take each other's caches": (
        "backward",
        LOOP,
        LOOP.replace("l - 1", "l - 1 if l == L else L - 1 - l"),
    ),
    "loop: relu in the first layer only": (
        "backward",
        '"sigmoid" if l == L else',
        '"sigmoid" if l > 1 else',
    ),
    "relu': 1 at zero": ("activations", "np.asarray(cache) > 0", "np.asarray(cache) >= 0"),
    "sigmoid: A in the cache instead of Z": (
        "forward",
        "A, activation_cache = sigmoid(Z)",
        "A = activation_cache = sigmoid(Z)[0]",
    ),
    "forward: the linear cache of an earlier cell": (
        "forward",
        "Z, linear_cache = linear_forward(A_prev, W, b)",
        "Z, linear_cache = W @ A_prev + b, (np.ones((3, 2)), np.ones((1, 3)), np.ones((1, 1)))",
    ),
}


def test_the_right_library_passes():
    for steps in (dnn_utils, variant()):
        assert passes_classic(steps)
        assert passes_deep(steps)


@pytest.mark.filterwarnings("ignore:.* encountered in:RuntimeWarning")
@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_is_caught(mistake):
    steps = variant(*mistake)
    assert not (passes_classic(steps) and passes_deep(steps))


@pytest.mark.parametrize("mistake", CLASSIC_LETS_PASS.values(), ids=CLASSIC_LETS_PASS.keys())
def test_only_the_deep_networks_catch_it(mistake):
    steps = variant(*mistake)
    assert passes_classic(steps)
    assert not passes_deep(steps)

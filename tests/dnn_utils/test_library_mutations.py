"""The checks of values catch mistakes: all that are known to the checks of the exercises, and more.

The values of the course come from small networks; the deep networks catch what these let pass.
"""

import pytest

import dnn_utils
from testCases import FUNCTIONS
from testCases.exercises import EXERCISES
from testCases.mistake import Version, version
from tests.dnn_utils.mutations import variant
from tests.dnn_utils.values import passes_classic, passes_deep

KNOWN = {
    f"{name}: {mistake.code} {number}": (name, sign)
    for name in FUNCTIONS
    for mistake in EXERCISES[name].mistakes
    for number, sign in enumerate(one for one in mistake.signs if isinstance(one, Version))
}
# These values let some pass, which only the inputs of the exercises give away.
LET_PASS = {
    "linear_activation_forward: inplace_relu_corrupts_cache 0",
    *(f"compute_cost: epsilon_too_large {number}" for number in (15, 16, 17)),
    "update_parameters: hardcoded_depth 0",
}

# What the exercises know in another way than by a version, or not at all.
OTHERS = {
    "weights: wrong scale": ("initialize_parameters_deep", version(W="{normal} * 0.1")),
    "weights: another seed": ("initialize_parameters_deep", version(seed="np.random.seed(1)")),
    "weights: transposed": (
        "initialize_parameters_deep",
        version(normal="np.random.randn(layer_dims[l - 1], layer_dims[l])"),
    ),
    "biases: a row": ("initialize_parameters_deep", version(b="np.zeros((1, layer_dims[l]))")),
    "linear: cache in another order": ("linear_forward", version(Z="W @ A + b; A, W = W, A")),
    "linear: input changed": ("linear_forward", version(Z="W @ A + b; A *= 2")),
    "cost: sign": ("compute_cost", version(cost="1 / m * {sum}")),
    "cost: no mean": ("compute_cost", version(cost="-{sum}")),
    "cost: mean taken twice": ("compute_cost", version(sum="np.mean({terms})")),
    "cost: AL for 1 - AL": ("compute_cost", version(second="(1 - Y) * np.log(AL)")),
    "dW: no mean": ("linear_backward", version(dW="dZ @ A_prev.T")),
    "db: no mean": ("linear_backward", version(db="np.sum(dZ, axis=1, keepdims=True)")),
    "dA_prev: mean": ("linear_backward", version(dA_prev="W.T @ dZ / m")),
    "update: uphill": ("update_parameters", version(W="W + learning_rate * dW")),
    "update: rate forgotten": ("update_parameters", version(W="W - dW")),
    "update: arrays changed in place": (
        "update_parameters",
        version(W="W; W -= learning_rate * dW"),
    ),
    "update: dict changed in place": ("update_parameters", version(new="old")),
}
# The functions that the book gives to the reader are no exercises.
GIVEN = {
    "sigmoid: sign of the exponent": ("activations", "np.exp(-np.abs(Z))", "np.exp(np.abs(Z))"),
    "relu: absolute value": ("activations", "<= 0, 0.0, Z)", "<= 0, np.negative(Z), Z)"),
    "relu': 1 everywhere": ("activations", "np.asarray(cache) > 0", "np.isfinite(cache)"),
    "sigmoid': s forgotten": ("activations", "return dA * s *", "return dA *"),
}

CLASSIC_LETS_PASS = {
    "loop: every hidden layer gets the dA of the last one": (
        "L_model_backward",
        version(layers="{two_parts}", hidden_dA="dA_last"),
    ),
    "loop: hidden layers take each other's caches": (
        "L_model_backward",
        version(layers="{two_parts}", hidden_cache="caches[L - 1 - l]"),
    ),
    "loop: relu in the first layer only": (
        "L_model_backward",
        version(activation='"sigmoid" if l > 1 else "relu"'),
    ),
    "sigmoid: A in the cache instead of Z": (
        "linear_activation_forward",
        version(sigmoid="A = activation_cache = sigmoid(Z)[0]"),
    ),
    "forward: the linear cache of an earlier cell": (
        "linear_activation_forward",
        version(
            cache="((np.ones((3, 2)), np.ones((1, 3)), np.ones((1, 1))), activation_cache)",
        ),
    ),
}


def with_mistake(name, sign):
    """Return the functions of the library, one of them wrong."""
    return variant(also=EXERCISES[name].source(sign))


def test_the_right_library_passes():
    templates = "\n".join(exercise.source() for exercise in EXERCISES.values())
    for steps in (dnn_utils, variant(), variant(also=templates)):
        assert passes_classic(steps)
        assert passes_deep(steps)


@pytest.mark.filterwarnings("ignore:.* encountered in:RuntimeWarning")
@pytest.mark.parametrize("known", KNOWN)
def test_a_known_mistake_is_caught(known):
    steps = with_mistake(*KNOWN[known])
    assert (passes_classic(steps) and passes_deep(steps)) == (known in LET_PASS)


@pytest.mark.filterwarnings("ignore:.* encountered in:RuntimeWarning")
@pytest.mark.parametrize(("name", "sign"), OTHERS.values(), ids=OTHERS)
def test_another_mistake_is_caught(name, sign):
    steps = with_mistake(name, sign)
    assert not (passes_classic(steps) and passes_deep(steps))


@pytest.mark.filterwarnings("ignore:.* encountered in:RuntimeWarning")
@pytest.mark.parametrize("mistake", GIVEN.values(), ids=GIVEN)
def test_a_mistake_in_a_given_function_is_caught(mistake):
    steps = variant(*mistake)
    assert not (passes_classic(steps) and passes_deep(steps))


@pytest.mark.parametrize(("name", "sign"), CLASSIC_LETS_PASS.values(), ids=CLASSIC_LETS_PASS)
def test_only_the_deep_networks_catch_it(name, sign):
    steps = with_mistake(name, sign)
    assert passes_classic(steps)
    assert not passes_deep(steps)


def test_only_the_deep_networks_catch_a_slope_of_1_at_zero():
    steps = variant("activations", "np.asarray(cache) > 0", "np.asarray(cache) >= 0")
    assert passes_classic(steps)
    assert not passes_deep(steps)

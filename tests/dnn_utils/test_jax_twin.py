"""The functions of the book on JAX: the same values, the same gradients, on any devices."""

import sys
from functools import partial

import numpy as np
import pytest
from hypothesis import assume, given, settings

import dnn_utils
from benchmarks.measure import largest_difference
from conftest import wheel
from dnn_utils import jax_twin
from dnn_utils.activations import ACTIVATIONS
from dnn_utils.jax_twin import all_reduces, compare_gradients, on_jax, training_step
from tests.dnn_utils.networks import networks, random_problem
from tests.dnn_utils.training import train_step_by_step
from tests.testCases.answers import answers

jax = wheel("jax")
jax.config.update("jax_enable_x64", True)
jax.config.update("jax_num_cpu_devices", 8)

SATURATED = 8  # the largest abs(Z) of the output: 1 - AL loses its digits near AL = 1
X, Y, PARAMETERS = random_problem([3, 4, 3, 1], 5, seed=1)
AL, CACHES = dnn_utils.L_model_forward(X, PARAMETERS)
GRADS = dnn_utils.L_model_backward(AL, Y, CACHES)


# The seam


def test_a_twin_has_the_same_code_and_leaves_the_original_alone():
    twin = on_jax(dnn_utils.L_model_forward)
    assert twin.__code__ is dnn_utils.L_model_forward.__code__
    assert twin.__doc__ == dnn_utils.L_model_forward.__doc__
    assert isinstance(twin(X, PARAMETERS)[0], jax.Array)
    assert type(dnn_utils.L_model_forward(X, PARAMETERS)[0]) is np.ndarray


@pytest.mark.parametrize("name", [f.__name__ for pair in ACTIVATIONS.values() for f in pair])
def test_the_given_functions_agree_also_at_the_ends_and_at_zero(name):
    Z = np.array([[-1e4, -1.0, -0.0, 0.0, 1e-300, 1.0, 1e4]])
    given = (np.linspace(-1, 1, 7)[None], Z) if name.endswith("backward") else (Z,)
    ours = getattr(dnn_utils, name)(*given)
    theirs = on_jax(getattr(dnn_utils, name))(*given)
    np.testing.assert_allclose(theirs, ours, rtol=1e-15, atol=1e-300)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_jax_finds_the_slope_of_an_activation_everywhere(name):
    Z = np.array([-1e4, -30.0, -1.0, 0.0, 1.0, 30.0, 1e4])
    twin = on_jax(getattr(dnn_utils, name))
    slopes = jax.vmap(jax.grad(lambda z: twin(z)[0]))(Z)
    expected = getattr(dnn_utils, name + "_backward")(np.ones_like(Z), Z)
    np.testing.assert_allclose(slopes, expected, rtol=1e-12, atol=1e-15)


def test_defaults_inner_functions_and_other_names_of_numpy_come_along():
    source = (
        "import numpy, numpy as np\n"
        "def f(Z, *, power=2):\n"
        "    inner = lambda z: numpy.power(z, power) + np.sum(z)\n"
        "    return inner(Z)\n"
        "def g(Z, scale=3):\n"
        "    return scale * f(Z)\n"
    )
    names = {}
    exec(source, names)
    Z = np.arange(3.0)
    slope = jax.grad(lambda Z: on_jax(names["g"])(Z).sum())(Z)
    np.testing.assert_allclose(slope, 3 * (2 * Z + 3))


def test_functions_that_call_each_other_in_a_circle():
    source = (
        "import numpy as np\n"
        "def even(n, Z): return Z if n == 0 else odd(n - 1, np.sin(Z))\n"
        "def odd(n, Z): return even(n - 1, np.cos(Z))\n"
    )
    names = {}
    exec(source, names)
    assert jax.grad(lambda z: on_jax(names["even"])(4, z))(0.3) != 0


@pytest.mark.parametrize("wrong", [np.sum, "sigmoid", partial(dnn_utils.sigmoid)])
def test_what_is_no_python_function_is_refused(wrong):
    with pytest.raises(TypeError, match="function must be a function written in Python, got"):
        on_jax(wrong)


@pytest.mark.parametrize(
    "call", [lambda: on_jax(dnn_utils.relu), lambda: compare_gradients(PARAMETERS, X, Y)]
)
def test_without_jax_one_sentence_says_what_to_do(call, monkeypatch):
    monkeypatch.setitem(sys.modules, "jax", None)
    with pytest.raises(ImportError, match=r"^This needs JAX, .*: run `pip install jax` where"):
        call()


# The answers of readers

RUN = {
    "linear_forward": (X, PARAMETERS["W1"], PARAMETERS["b1"]),
    "linear_activation_forward": (X, PARAMETERS["W1"], PARAMETERS["b1"], "relu"),
    "L_model_forward": (X, PARAMETERS),
    "compute_cost": (AL, Y),
    "update_parameters": (PARAMETERS, GRADS, 0.1),
}
# What JAX itself refuses: arrays changed in place, numbers taken out of arrays, and so on.
REFUSED = (TypeError, AttributeError, NotImplementedError)


def slope_of_the_sum(function, first, *others):
    """Differentiate the sum of all that a function returns, without its caches."""

    def total(first):
        result = function(first, *others)
        result = result[0] if isinstance(result, tuple | list) else result
        return sum(value.sum() for value in jax.tree.leaves(result))

    return jax.grad(total)(first)


def test_most_right_answers_of_readers_can_be_differentiated():
    right = [answer for answer in answers("right") if answer.name in RUN]
    refused = 0
    for answer in right:
        expected = slope_of_the_sum(on_jax(getattr(dnn_utils, answer.name)), *RUN[answer.name])
        try:
            found = slope_of_the_sum(on_jax(answer.function), *RUN[answer.name])
        except REFUSED:
            refused += 1
            continue
        for a, b in zip(jax.tree.leaves(found), jax.tree.leaves(expected), strict=True):
            np.testing.assert_allclose(a, b, rtol=1e-6, err_msg=str(answer))  # one is in float32
    assert len(right) > 60
    assert refused < len(right) / 4


# The gradients


@settings(max_examples=30, deadline=None)
@given(networks())
def test_every_gradient_of_a_random_network_agrees(problem):
    X, Y, parameters = problem
    _, caches = dnn_utils.L_model_forward(X, parameters)
    assume(np.abs(caches[-1][1]).max() < SATURATED)
    comparison = compare_gradients(parameters, X, Y)
    L = len(parameters) // 2
    assert list(comparison.relative_errors) == [
        name for l in range(1, L + 1) for name in (f"dA{l - 1}", f"dW{l}", f"db{l}")
    ]
    assert max(comparison.relative_errors.values()) <= 1e-12


def test_gradients_agree_where_units_stand_at_zero_exactly():
    zeros = np.zeros_like(X)
    parameters = {k: v if k[0] == "W" else np.zeros_like(v) for k, v in PARAMETERS.items()}
    assert max(compare_gradients(parameters, zeros, Y).relative_errors.values()) <= 1e-12


def test_a_wrong_backward_pass_is_seen_where_it_is_wrong():
    def without_mean(AL, Y, caches):
        grads = dnn_utils.L_model_backward(AL, Y, caches)
        return {k: v * Y.shape[1] if k.startswith("dW") else v for k, v in grads.items()}

    errors = compare_gradients(PARAMETERS, X, Y, backward=without_mean).relative_errors
    assert {key for key, error in errors.items() if error > 0.1} == {"dW1", "dW2", "dW3"}
    assert all(error <= 1e-12 for key, error in errors.items() if not key.startswith("dW"))


def test_the_table_gives_bounds():
    comparison = jax_twin.GradientComparison(
        {"dW1": np.ones((1, 2))}, {"dW1": np.full((1, 2), 1.1)}
    )
    assert comparison.rows() == [("dW1", "(1, 2)", "< 1e-1")]
    assert repr(comparison) == ("gradient  shape   relative error\ndW1       (1, 2)  < 1e-1")


def test_float32_is_refused():
    jax.config.update("jax_enable_x64", False)
    try:
        with pytest.raises(RuntimeError, match=r"float32 here, too coarse.*jax_enable_x64"):
            compare_gradients(PARAMETERS, X, Y)
    finally:
        jax.config.update("jax_enable_x64", True)


# Compiled, and on devices


def placed(devices, X, Y, parameters):
    mesh = jax.make_mesh((devices,), ("examples",), devices=jax.devices()[:devices])
    by_example = jax.sharding.NamedSharding(mesh, jax.sharding.PartitionSpec(None, "examples"))
    everywhere = jax.sharding.NamedSharding(mesh, jax.sharding.PartitionSpec())
    return (jax.device_put(parameters, everywhere), *jax.device_put((X, Y), by_example))


@pytest.mark.parametrize("devices", [1, 2, 8])
def test_training_on_devices_gives_the_same_costs_and_parameters(devices):
    X, Y, parameters = random_problem([30, 8, 5, 1], 64)
    expected, costs = train_step_by_step(X, Y, parameters, 100, 0.1)
    parameters, X, Y = placed(devices, X, Y, parameters)
    step = jax.jit(training_step(0.1))
    for cost in costs:
        parameters, value = step(parameters, X, Y)
        assert abs(float(value) - cost) <= 1e-10
    found = {key: np.asarray(parameters[key]) for key in expected}
    assert largest_difference(found, expected) <= 1e-10


@pytest.mark.parametrize("devices", [1, 2, 8])
def test_one_all_reduce_carries_the_gradients_and_the_cost(devices):
    X, Y, parameters = random_problem([30, 8, 5, 1], 64)
    compiled = jax.jit(training_step(0.1)).lower(*placed(devices, X, Y, parameters)).compile()
    numbers = sum(value.size for value in parameters.values()) + 1
    assert all_reduces(compiled) == ([numbers] if devices > 1 else [])

"""A further activation is one entry of the table: all that is no text of a chapter follows it.

The library and the checks are copied, tanh is added there as a contributor would do it, and
the copy is tried in a process of its own.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import wheel

pytestmark = pytest.mark.slow  # other processes

ROOT = Path(__file__).parents[2]

ENTRY = """\
def tanh(Z):
    return np.tanh(Z), Z


def tanh_backward(dA, cache):
    return dA * (1 - np.tanh(cache) ** 2)


ACTIVATIONS = {
    "tanh": (tanh, tanh_backward),
"""
ADDED = {
    "activations.py": [("ACTIVATIONS = {\n", ENTRY)],
    # What the chapters teach: the branches that the reader writes.
    "forward.py": [
        ("import relu, sigmoid", "import relu, sigmoid, tanh"),
        ('not in ("relu", "sigmoid")', 'not in ("relu", "sigmoid", "tanh")'),
        (
            "        A, activation_cache = sigmoid(Z)\n",
            "        A, activation_cache = sigmoid(Z)\n"
            '    elif activation == "tanh":\n'
            "        A, activation_cache = tanh(Z)\n",
        ),
    ],
    "backward.py": [
        (
            "import relu_backward, sigmoid_backward",
            "import (relu_backward, sigmoid_backward, tanh_backward)",
        ),
        ('not in ("relu", "sigmoid")', 'not in ("relu", "sigmoid", "tanh")'),
        (
            "        dZ = sigmoid_backward(dA, activation_cache)\n",
            "        dZ = sigmoid_backward(dA, activation_cache)\n"
            '    elif activation == "tanh":\n'
            "        dZ = tanh_backward(dA, activation_cache)\n",
        ),
    ],
}
# The hidden layers of the book's network, where its text names them
USED = {
    "activations.py": [('"sigmoid" if l == L else "relu"', '"sigmoid" if l == L else "tanh"')],
    "forward.py": [('(A, W, b, "relu")', '(A, W, b, "tanh")')],
    "backward.py": [('"sigmoid" if l == L else "relu"', '"sigmoid" if l == L else "tanh"')],
}


def edit(library, changes):
    for name, pairs in changes.items():
        path = library / name
        text = path.read_text(encoding="utf-8")
        for old, new in pairs:
            assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
            text = text.replace(old, new)
        path.write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def added(tmp_path_factory):
    """A copy that has tanh."""
    folder = tmp_path_factory.mktemp("added")
    for name in ("dnn_utils", "testCases"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    edit(folder / "dnn_utils", ADDED)
    return folder


@pytest.fixture(scope="module")
def used(added, tmp_path_factory):
    """A copy whose network has tanh in its hidden layers."""
    folder = tmp_path_factory.mktemp("used") / "copy"
    shutil.copytree(added, folder)
    edit(folder / "dnn_utils", USED)
    return folder


def run(folder, code):
    command = [sys.executable, "-c", f"import numpy as np\nimport dnn_utils\n{code}"]
    environment = os.environ | {"PYTHONPATH": str(folder), "PYTHONSAFEPATH": "1"}
    done = subprocess.run(
        [*command, str(folder)], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


LAYER = """
from dnn_utils import linear_activation_backward, linear_activation_forward
random = np.random.RandomState(1)
A_prev, W, b, dA = (random.randn(*shape) for shape in ((3, 5), (4, 3), (4, 1), (4, 5)))
A, cache = linear_activation_forward(A_prev, W, b, "tanh")
np.testing.assert_array_equal(A, np.tanh(W @ A_prev + b))
_, _, db = linear_activation_backward(dA, cache, "tanh")
np.testing.assert_allclose(db, (dA * (1 - A**2)).mean(axis=1, keepdims=True))
"""


def test_a_layer_has_it(added):
    run(added, LAYER)


CHECKS = """
import inspect
from testCases import check
from testCases.exercises import EXERCISES

names = "linear_activation_forward", "linear_activation_backward"
for exercise in (EXERCISES[name] for name in names):
    assert check(exercise.function).ok
    assert check(exercise.build()).ok
    assert [arguments[-1] for arguments in exercise.inputs(np.random.RandomState(1))].count("tanh")

    source = inspect.getsource(exercise.function)
    suffix = "_backward" if "backward" in exercise.name else ""
    for old, new in (("tanh" + suffix + "(", "relu" + suffix + "("), ('== "tanh"', '== "tank"')):
        variables = vars(dnn_utils.activations) | vars(dnn_utils)
        exec(source.replace(old, new), variables)
        wrong = variables[exercise.name]
        assert not check(wrong).ok, (exercise.name, old)
"""
CODES = """
from testCases import check
from testCases.exercises import EXERCISES
for exercise in EXERCISES.values():
    if "activation" in exercise.name:
        for mistake, version, function in exercise.versions:
            print(mistake.code, check(function).code, version.fillings)
"""


def test_the_checks_try_it(added):
    run(added, CHECKS)


def test_the_checks_still_know_all_mistakes(added):
    after = run(added, CODES).replace(", tanh=tanh", "").replace("tanh=tanh, ", "")
    assert after == run(ROOT, CODES)
    assert after.count("\n") > 50


NETWORK = """
from dnn_utils import DeepNeuralNetwork, L_model_backward, L_model_forward, update_parameters
from dnn_utils.fast import GradientDescent
from dnn_utils.gradient_check import gradient_check
from dnn_utils.widgets.training import snapshot

random = np.random.RandomState(1)
X, Y = random.randn(6, 4), np.array([[0, 1, 1, 0]])
network = DeepNeuralNetwork([6, 5, 4, 1])
AL, caches = L_model_forward(X, network.parameters)
np.testing.assert_array_equal(caches[1][0][0], np.tanh(caches[0][1]))

report = gradient_check(network.parameters, L_model_backward(AL, Y, caches), X, Y)
assert report.ok, report

steps = network.parameters
for _ in range(20):
    AL, caches = L_model_forward(X, steps)
    steps = update_parameters(steps, L_model_backward(AL, Y, caches), 0.5)
for through_gram in (False, True):
    descent = GradientDescent(X, Y, network.parameters, 0.5, through_gram)
    for _ in range(20):
        descent.cost_and_gradients()
        descent.update()
    for key, value in descent.parameters.items():
        np.testing.assert_allclose(value, steps[key], rtol=1e-12, atol=1e-12)

network.fit(X, Y, iterations=20, learning_rate=0.5)
for key, value in network.parameters.items():
    np.testing.assert_allclose(value, steps[key], rtol=1e-12, atol=1e-12)
np.testing.assert_allclose(network.predict_proba(X), L_model_forward(X, steps)[0])

seen = snapshot(steps, X, Y)
np.testing.assert_allclose(seen["dZ1"], seen["dA1"] * (1 - seen["A1"] ** 2))
"""


def test_a_network_learns_with_it(used):
    run(used, NETWORK)


JAX = """
import jax
jax.config.update("jax_enable_x64", True)
from dnn_utils.jax_twin import compare_gradients

random = np.random.RandomState(1)
X, Y = random.randn(3, 4), np.array([[0, 1, 1, 0]])
parameters = dnn_utils.DeepNeuralNetwork([3, 2, 1]).parameters
errors = compare_gradients(parameters, X, Y).relative_errors
assert max(errors.values()) < 1e-12, errors
"""


def test_the_gradients_of_jax_agree(used):
    wheel("jax")
    run(used, JAX)

"""A solution that is written in another way leaves every verdict as it is."""

import json
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

import dnn_utils
from testCases import FUNCTIONS
from testCases.exercise import END, FENCED

pytestmark = pytest.mark.slow  # four processes

ROOT = Path(__file__).parents[2]

# The lines between the fences, in three equivalent ways.
REWRITTEN = {
    "other functions of NumPy": {
        "initialize_parameters_deep": """
            n_prev, n = layer_dims[l - 1 : l + 1]
            parameters[f"W{l}"] = np.multiply(0.01, np.random.randn(n, n_prev))
            parameters[f"b{l}"] = np.full((layer_dims[l], 1), 0.0)
            """,
        "linear_forward": """
            Z = np.add(np.dot(W, A), b)
            """,
        "linear_activation_forward": """
            product, linear_cache = linear_forward(A_prev, W, b)
            A, activation_cache = {"relu": relu, "sigmoid": sigmoid}[activation](product)
            """,
        "L_model_forward": """
            for l in range(1, L + 1):
                activation = "relu" if l < L else "sigmoid"
                W, b = parameters[f"W{l}"], parameters[f"b{l}"]
                A, cache = linear_activation_forward(A, W, b, activation)
                caches.append(cache)
            AL = A
            """,
        "compute_cost": """
            cost = -np.mean(np.multiply(Y, np.log(AL)) + np.multiply(1 - Y, np.log(1 - AL)))
            """,
        "linear_backward": """
            dW = np.dot(dZ, A_prev.T) / m
            db = np.mean(dZ, axis=1, keepdims=True)
            dA_prev = np.dot(W.T, dZ)
            """,
        "linear_activation_backward": """
            backward = {"relu": relu_backward, "sigmoid": sigmoid_backward}[activation]
            dA_prev, dW, db = linear_backward(backward(dA, activation_cache), linear_cache)
            """,
        "L_model_backward": """
            dAL = np.divide(1 - Y, 1 - AL) - np.divide(Y, AL)
            results = linear_activation_backward(dAL, caches[-1], "sigmoid")
            grads[f"dA{L - 1}"], grads[f"dW{L}"], grads[f"db{L}"] = results
            for l in reversed(range(1, L)):
                results = linear_activation_backward(grads[f"dA{l}"], caches[l - 1], "relu")
                grads[f"dA{l - 1}"], grads[f"dW{l}"], grads[f"db{l}"] = results
            """,
        "update_parameters": """
            parameters[f"W{l}"] = np.subtract(W, np.multiply(learning_rate, dW))
            parameters[f"b{l}"] = np.subtract(b, np.multiply(learning_rate, db))
            """,
    },
    "loops": {
        "initialize_parameters_deep": """
            n, n_prev = layer_dims[l], layer_dims[l - 1]
            weights = [[np.random.randn() * 0.01 for _ in range(n_prev)] for _ in range(n)]
            parameters["W" + str(l)] = np.array(weights)
            parameters["b" + str(l)] = np.array([[0.0] for _ in range(n)])
            """,
        "linear_forward": """
            rows = []
            for weights, bias in zip(W, b):
                rows.append(sum(weight * row for weight, row in zip(weights, A)) + bias)
            Z = np.array(rows)
            """,
        "linear_activation_forward": """
            Z, linear_cache = linear_forward(A_prev, W, b)
            for name, g in (("relu", relu), ("sigmoid", sigmoid)):
                if name == activation:
                    A, activation_cache = g(Z)
            """,
        "L_model_forward": """
            l = 1
            while l <= L:
                W, b = (parameters[letter + str(l)] for letter in "Wb")
                A, cache = linear_activation_forward(A, W, b, ("relu", "sigmoid")[l == L])
                caches += [cache]
                l += 1
            AL = A
            """,
        "compute_cost": """
            cost = 0.0
            for y, a in zip(Y.ravel(), AL.ravel()):
                cost -= (y * np.log(a) + (1 - y) * np.log(1 - a)) / m
            """,
        "linear_backward": """
            dW, db, columns = 0.0, 0.0, []
            for dz, a in zip(dZ.T, A_prev.T):
                dW = dW + np.outer(dz, a) / m
                db = db + dz.reshape(-1, 1) / m
                columns.append(sum(weights * slope for weights, slope in zip(W, dz)))
            dA_prev = np.array(columns).T
            """,
        "linear_activation_backward": """
            for name, backward in (("relu", relu_backward), ("sigmoid", sigmoid_backward)):
                if name == activation:
                    dA_prev, dW, db = linear_backward(backward(dA, activation_cache), linear_cache)
            """,
        "L_model_backward": """
            slope = -(Y / AL - (1 - Y) / (1 - AL))
            numbers, activations = range(L, 0, -1), ["sigmoid"] + ["relu"] * (L - 1)
            for l, cache, activation in zip(numbers, caches[::-1], activations):
                slope, dW, db = linear_activation_backward(slope, cache, activation)
                grads.update({"dA" + str(l - 1): slope, "dW" + str(l): dW, "db" + str(l): db})
            """,
        "update_parameters": """
            for letter, value, slope in (("W", W, dW), ("b", b, db)):
                parameters[letter + str(l)] = value + slope * -learning_rate
            """,
    },
    "formulas of another form": {
        "initialize_parameters_deep": """
            shape = n, n_prev = layer_dims[l], layer_dims[l - 1]
            parameters["W" + str(l)] = (np.random.randn(n * n_prev) / 100).reshape(shape)
            parameters["b" + str(l)] = np.zeros_like(layer_dims[l], shape=(n, 1), dtype=float)
            """,
        "linear_forward": """
            Z = (A.T.dot(W.T) + b.T).T
            """,
        "linear_activation_forward": """
            Z, linear_cache = linear_forward(A_prev, W, b)
            A, activation_cache = sigmoid(Z) if activation == "sigmoid" else relu(Z)
            """,
        "L_model_forward": """
            *hidden, last = ((parameters[f"W{l}"], parameters[f"b{l}"]) for l in range(1, L + 1))
            for W, b in hidden:
                A, cache = linear_activation_forward(A, W, b, "relu")
                caches.append(cache)
            AL, cache = linear_activation_forward(A, *last, "sigmoid")
            caches.append(cache)
            """,
        "compute_cost": """
            logs = np.where(Y == 1, np.log(AL), np.log(1 - AL))
            cost = -logs.sum() / m
            """,
        "linear_backward": """
            dW = np.einsum("ik,jk->ij", dZ, A_prev) / m
            db = dZ @ np.ones((m, 1)) / m
            dA_prev = np.einsum("ji,jk->ik", W, dZ)
            """,
        "linear_activation_backward": """
            if activation == "relu":
                dZ = relu_backward(dA, activation_cache)
            else:
                dZ = sigmoid_backward(dA, activation_cache)
            gradients = linear_backward(dZ, linear_cache)
            dA_prev, dW, db = gradients[0], gradients[1], gradients[2]
            """,
        "L_model_backward": """
            dA = (AL - Y) / (AL * (1 - AL))
            for l, cache in reversed(list(enumerate(caches, start=1))):
                name = "relu" if l < L else "sigmoid"
                grads[f"dA{l - 1}"], *gradients = linear_activation_backward(dA, cache, name)
                grads[f"dW{l}"], grads[f"db{l}"] = gradients
                dA = grads[f"dA{l - 1}"]
            """,
        "update_parameters": """
            parameters["W" + str(l)] = -(learning_rate * dW - W)
            parameters["b" + str(l)] = -(learning_rate * db - b)
            """,
    },
}

# Endless loops, which last for two seconds each, are left out: no solution is compared with them.
JUDGE = """
import json
import sys

import dnn_utils
from testCases import check
from tests.testCases.answers import answers

found = {}
for answer in (*answers("right"), *answers("wrong")):
    if answer.code != "endless_loop":
        result = check(answer.function, answer.name)
        found[str(answer)] = [result.code, result.stage, result.message]
json.dump([dnn_utils.__file__, found], sys.stdout)
"""


def rewrite(root, solutions):
    """Write other lines between the fences of the functions in the library at `root`."""
    for path in sorted((root / "dnn_utils").glob("*.py")):
        head, *functions = path.read_text(encoding="utf-8").split("\n\n\ndef ")
        for i, function in enumerate(functions):
            name = function.partition("(")[0]
            if name in solutions and END in function:
                functions[i] = FENCED.sub(
                    lambda found, name=name: textwrap.indent(
                        textwrap.dedent(solutions[name]).strip("\n"), found[1]
                    ),
                    function,
                )
        imported = "\n\nimport numpy as np\n" if functions else "\n"
        path.write_text("\n\n\ndef ".join([head, *functions]) + imported, encoding="utf-8")


def verdicts(root):
    """Return what the checks in the copy at `root` say of all answers."""
    done = subprocess.run(
        [sys.executable, "-c", JUDGE], cwd=root, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    library, found = json.loads(done.stdout)
    assert Path(library).is_relative_to(root)
    return found


@pytest.fixture
def copy(tmp_path):
    for folder in ("dnn_utils", "testCases", "tests/testCases/answers"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    (tmp_path / "tests/__init__.py").touch()
    return tmp_path


@pytest.fixture(scope="module")
def usual():
    """What the checks say with the solutions of the book."""
    return verdicts(ROOT)


@pytest.mark.parametrize("way", REWRITTEN)
def test_every_solution_is_rewritten(way, copy):
    assert list(REWRITTEN[way]) == list(FUNCTIONS)
    before = {path: path.read_text() for path in (copy / "dnn_utils").glob("*.py")}
    rewrite(copy, REWRITTEN[way])
    changed = "".join(path.read_text() for path, text in before.items() if path.read_text() != text)
    for name, lines in REWRITTEN[way].items():
        assert lines.strip().splitlines()[0].strip() in changed, name
    assert END not in changed
    assert dnn_utils.__file__ == str(ROOT / "dnn_utils/__init__.py")


@pytest.mark.parametrize("way", REWRITTEN)
def test_a_rewritten_solution_leaves_every_verdict_as_it_is(way, copy, usual):
    rewrite(copy, REWRITTEN[way])
    found = verdicts(copy)
    assert len(found) > 400
    assert found == usual

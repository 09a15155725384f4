"""A second implementation of the five steps: plain floats, one number at a time.

It shares nothing with `dnn_utils`: no NumPy, no matrix product, no caches, and
the backward pass sums over the examples one by one. Matrices are lists of rows.

``python -m tests.dnn_utils.oracle`` writes the expected gradients of the deep test cases.
"""

import json
import math
from pathlib import Path

DEEP_GRADS = Path(__file__).parents[2] / "testCases" / "backward" / "deep_grads.json"


def forward_one(x, weights, biases):
    """Return the lists z[l] and a[l] of one example, and a[0] = x."""
    z, a = [None], [list(x)]
    for l, (W, b) in enumerate(zip(weights, biases, strict=True), start=1):
        last = l == len(weights)
        z.append([])
        a.append([])
        for row, bias in zip(W, b, strict=True):
            total = bias
            for w, a_prev in zip(row, a[l - 1], strict=True):
                total += w * a_prev
            z[l].append(total)
            a[l].append(_sigmoid(total) if last else max(total, 0.0))
    return z, a


def cost(columns, labels, weights, biases):
    """Return the cross-entropy, averaged over the examples."""
    total = 0.0
    for x, y in zip(columns, labels, strict=True):
        p = forward_one(x, weights, biases)[1][-1][0]
        total -= math.log(p) if y else math.log(1 - p)
    return total / len(labels)


def gradients(columns, labels, weights, biases):
    """Return every dA, dW and db as nested lists, keyed like `L_model_backward`."""
    m, L = len(labels), len(weights)
    grads = {}
    for l in range(1, L + 1):
        n, n_prev = len(weights[l - 1]), len(weights[l - 1][0])
        grads[f"dW{l}"] = [[0.0] * n_prev for _ in range(n)]
        grads[f"db{l}"] = [[0.0] for _ in range(n)]
        grads[f"dA{l - 1}"] = [[0.0] * m for _ in range(n_prev)]

    for example, (x, y) in enumerate(zip(columns, labels, strict=True)):
        z, a = forward_one(x, weights, biases)
        p = a[L][0]
        da = [-1 / p if y else 1 / (1 - p)]
        for l in range(L, 0, -1):
            da_prev = [0.0] * len(a[l - 1])
            for i, z_i in enumerate(z[l]):
                if l == L:
                    slope = _sigmoid(z_i) * (1 - _sigmoid(z_i))
                else:
                    slope = 1.0 if z_i > 0 else 0.0
                dz = da[i] * slope
                grads[f"db{l}"][i][0] += dz / m
                for j, a_prev in enumerate(a[l - 1]):
                    grads[f"dW{l}"][i][j] += dz * a_prev / m
                    da_prev[j] += weights[l - 1][i][j] * dz
            for j, value in enumerate(da_prev):
                grads[f"dA{l - 1}"][j][example] = value
            da = da_prev
    return grads


def unpack(X, Y, parameters):
    """Turn arrays into the lists that the functions above take."""
    L = len(parameters) // 2
    weights = [parameters[f"W{l}"].tolist() for l in range(1, L + 1)]
    biases = [[row[0] for row in parameters[f"b{l}"].tolist()] for l in range(1, L + 1)]
    return X.T.tolist(), Y[0].tolist(), weights, biases


def _sigmoid(z):
    return 1 / (1 + math.exp(-z)) if z >= 0 else math.exp(z) / (1 + math.exp(z))


def deep_grads():
    """Return the gradients of every deep test case, rounded to 12 digits."""
    from testCases import DEEP_CASES, deep_network_test_case

    def rounded(value):
        return [rounded(v) for v in value] if isinstance(value, list) else float(f"{value:.12g}")

    return {
        name: {
            key: rounded(value)
            for key, value in gradients(*unpack(*deep_network_test_case(name))).items()
        }
        for name in DEEP_CASES
    }


if __name__ == "__main__":
    cases = (
        f"{json.dumps(name)}: {{\n"
        + ",\n".join(f"  {json.dumps(key)}: {json.dumps(value)}" for key, value in grads.items())
        + "}"
        for name, grads in deep_grads().items()
    )
    DEEP_GRADS.write_text("{" + ",\n".join(cases) + "}\n")

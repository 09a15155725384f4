"""Wrong answers to step 4: the gradient of every parameter."""

import numpy as np

from dnn_utils import (
    linear_activation_backward,
    linear_backward,
    relu,
    relu_backward,
    sigmoid,
    sigmoid_backward,
)
from tests.testCases.answers import answer

# Variables that earlier cells of a notebook have left behind.
rng = np.random.default_rng(1)
m = 209
L = 2
A_prev, W, b = rng.normal(size=(5, 4)), rng.normal(size=(3, 5)), rng.normal(size=(3, 1))
Z = W @ A_prev + b
dZ = rng.normal(size=(3, 4))
linear_cache, activation_cache = (A_prev, W, b), Z
current_cache = (linear_cache, activation_cache)
dAL = rng.normal(size=(1, 4))


# linear_backward


@answer("linear_backward", "missing_1_over_m_dW")
def _(dZ, cache):
    A_prev, W, _ = cache
    m = A_prev.shape[1]
    dW = np.dot(dZ, A_prev.T)
    db = 1 / m * np.sum(dZ, axis=1, keepdims=True)
    dA_prev = np.dot(W.T, dZ)
    return dA_prev, dW, db


@answer("linear_backward", "missing_1_over_m_dW")
def _(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    assert dZ.shape == (W.shape[0], m), f"dZ has shape {dZ.shape}, expected {(W.shape[0], m)}"

    dW = np.einsum("ik,jk->ij", dZ, A_prev)
    db = np.einsum("ik->i", dZ).reshape(-1, 1) / m
    dA_prev = np.einsum("ji,jk->ik", W, dZ)

    assert dA_prev.shape == A_prev.shape, f"dA_prev {dA_prev.shape} against A_prev {A_prev.shape}"
    assert dW.shape == W.shape, f"dW has shape {dW.shape}, but W has shape {W.shape}"
    assert db.shape == b.shape, f"db has shape {db.shape}, but b has shape {b.shape}"
    return dA_prev, dW, db


@answer("linear_backward", "missing_1_over_m_db")
def _(dZ, cache):
    A_prev, W, _ = cache
    m = A_prev.shape[1]
    dW = 1 / m * np.dot(dZ, A_prev.T)
    db = np.sum(dZ, axis=1, keepdims=True)
    dA_prev = np.dot(W.T, dZ)
    return dA_prev, dW, db


@answer("linear_backward", "missing_1_over_m_db")
def _(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    assert dZ.shape == (W.shape[0], m), f"dZ has shape {dZ.shape}, expected {(W.shape[0], m)}"

    dW = np.matmul(dZ, A_prev.T) / m
    db = np.zeros(b.shape)
    for i in range(m):
        db += dZ[:, i : i + 1]
    dA_prev = np.matmul(W.T, dZ)

    assert dA_prev.shape == A_prev.shape, f"dA_prev {dA_prev.shape} against A_prev {A_prev.shape}"
    assert dW.shape == W.shape, f"dW has shape {dW.shape}, but W has shape {W.shape}"
    assert db.shape == b.shape, f"db has shape {db.shape}, but b has shape {b.shape}"
    return dA_prev, dW, db


@answer("linear_backward", "missing_1_over_m")
def _(dZ, cache):
    A, W, b = cache
    m = dZ.shape[1]
    dW, db = np.zeros_like(W), np.zeros_like(b)
    for i in range(m):
        dz = dZ[:, [i]]
        dW += dz @ A[:, [i]].T
        db += dz
    return W.T.dot(dZ), dW, db


@answer("linear_backward", "extra_1_over_m_dA")
def _(dZ, cache):
    A_prev, W, _ = cache
    m = A_prev.shape[1]
    dW = 1 / m * np.dot(dZ, A_prev.T)
    db = 1 / m * np.sum(dZ, axis=1, keepdims=True)
    dA_prev = 1 / m * np.dot(W.T, dZ)
    return dA_prev, dW, db


@answer("linear_backward", "extra_1_over_m_dA")
def _(dZ, cache):
    A, W, _ = cache
    g = dZ / dZ.shape[1]
    return W.T @ g, g @ A.T, g.sum(1, keepdims=True)


@answer("linear_backward", "missing_keepdims")
def _(dZ, cache):
    A_prev, W, _ = cache
    m = A_prev.shape[1]
    dW = 1.0 / m * np.dot(dZ, A_prev.T)
    db = 1.0 / m * np.sum(dZ, axis=1)
    dA_prev = np.dot(W.T, dZ)
    return dA_prev, dW, db


@answer("linear_backward", "missing_keepdims")
def _(dZ, cache):
    A, W, _ = cache
    dW = dZ @ A.T / A.shape[1]
    return W.T @ dZ, dW, np.array([row.mean() for row in dZ])


@answer("linear_backward", "missing_keepdims")
def _(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    assert dZ.shape == (W.shape[0], m), f"dZ has shape {dZ.shape}, expected {(W.shape[0], m)}"

    dW = dZ @ A_prev.T / m
    db = dZ.sum(axis=1) / m
    dA_prev = W.T @ dZ

    assert dA_prev.shape == A_prev.shape, f"dA_prev {dA_prev.shape} against A_prev {A_prev.shape}"
    assert dW.shape == W.shape, f"dW has shape {dW.shape}, but W has shape {W.shape}"
    assert db.shape == b.shape, f"db has shape {db.shape}, but b has shape {b.shape}"
    return dA_prev, dW, db


@answer("linear_backward", "wrong_axis")
def _(dZ, cache):
    A_prev, W, _ = cache
    m = A_prev.shape[1]
    dW = np.dot(dZ, A_prev.T) / m
    db = np.sum(dZ, axis=0, keepdims=True) / m
    dA_prev = np.dot(W.T, dZ)
    return dA_prev, dW, db


@answer("linear_backward", "summed_everything")
def _(dZ, cache):
    A_prev, W, _ = cache
    m = A_prev.shape[1]
    dW = 1 / m * np.dot(dZ, A_prev.T)
    db = 1 / m * np.sum(dZ)
    dA_prev = np.dot(W.T, dZ)
    return dA_prev, dW, db


@answer("linear_backward", "elementwise_not_matmul")
def _(dZ, cache):
    A_prev, W, _ = cache
    m = A_prev.shape[1]
    dW = 1 / m * dZ * A_prev.T
    db = 1 / m * np.sum(dZ, axis=1, keepdims=True)
    dA_prev = np.dot(W.T, dZ)
    return dA_prev, dW, db


@answer("linear_backward", "elementwise_not_matmul")
def _(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    assert dZ.shape == (W.shape[0], m), f"dZ has shape {dZ.shape}, expected {(W.shape[0], m)}"

    dW = dZ @ A_prev.T / m
    db = np.mean(dZ, axis=1, keepdims=True)
    dA_prev = np.multiply(W.T, dZ)

    assert dA_prev.shape == A_prev.shape, f"dA_prev {dA_prev.shape} against A_prev {A_prev.shape}"
    assert dW.shape == W.shape, f"dW has shape {dW.shape}, but W has shape {W.shape}"
    assert db.shape == b.shape, f"db has shape {db.shape}, but b has shape {b.shape}"
    return dA_prev, dW, db


@answer("linear_backward", "result_transposed")
def _(dZ, cache):
    A_prev, W, _ = cache
    m = A_prev.shape[1]
    dW = np.dot(A_prev, dZ.T) / m
    db = np.sum(dZ, axis=1, keepdims=True) / m
    dA_prev = np.dot(W.T, dZ)
    return dA_prev, dW, db


@answer("linear_backward", "result_transposed")
def _(dZ, cache):
    A, W, _ = cache
    m = A.shape[1]
    dA = dZ.T @ W
    dW = dZ @ A.T
    dW /= m
    return dA, dW, dZ.sum(axis=1)[:, np.newaxis] / m


@answer("linear_backward", "missing_transpose_W")
def _(dZ, cache):
    A_prev, W, _ = cache
    m = A_prev.shape[1]
    dW = 1 / m * np.dot(dZ, A_prev.T)
    db = 1 / m * np.sum(dZ, axis=1, keepdims=True)
    dA_prev = np.dot(W, dZ)
    return dA_prev, dW, db


@answer("linear_backward", "swapped_operands")
def _(dZ, cache):
    A_prev, W, _ = cache
    m = A_prev.shape[1]
    dW = np.dot(A_prev.T, dZ) / m
    db = np.sum(dZ, axis=1, keepdims=True) / m
    dA_prev = np.dot(W.T, dZ)
    return dA_prev, dW, db


@answer("linear_backward", "swapped_operands")
def _(dZ, cache):
    A, W, _ = cache
    dW = np.matmul(dZ, A.T) / A.shape[1]
    db = np.mean(dZ, axis=1, keepdims=True)
    dA = np.matmul(dZ, W.T)
    return dA, dW, db


@answer("linear_backward", "wrong_m")
def _(dZ, cache):
    A_prev, W, _ = cache
    m = A_prev.shape[0]
    dW = 1 / m * np.dot(dZ, A_prev.T)
    db = 1 / m * np.sum(dZ, axis=1, keepdims=True)
    dA_prev = np.dot(W.T, dZ)
    return dA_prev, dW, db


@answer("linear_backward", "wrong_m")
def _(dZ, cache):
    A, W, _ = cache
    m = len(dZ)
    return W.T @ dZ, dZ @ A.T / m, dZ.sum(axis=1, keepdims=True) / m


@answer("linear_backward", "return_order")
def _(dZ, cache):
    A_prev, W, _ = cache
    m = A_prev.shape[1]
    dW = 1 / m * np.dot(dZ, A_prev.T)
    db = 1 / m * np.sum(dZ, axis=1, keepdims=True)
    dA_prev = np.dot(W.T, dZ)
    return dW, db, dA_prev


@answer("linear_backward", "return_order")
def _(dZ, cache):
    A, W, _ = cache
    m = A.shape[1]
    out = [W.T @ dZ]
    out.append(dZ.sum(axis=1, keepdims=True) / m)
    out.append(dZ @ A.T / m)
    return tuple(out)


@answer("linear_backward", "double_1_over_m_db")
def _(dZ, cache):
    A_prev, W, _ = cache
    m = A_prev.shape[1]
    dW = 1 / m * np.dot(dZ, A_prev.T)
    db = 1 / m * np.mean(dZ, axis=1, keepdims=True)
    dA_prev = np.dot(W.T, dZ)
    return dA_prev, dW, db


@answer("linear_backward", "wrong_sign")
def _(dZ, cache):
    A_prev, W, _ = cache
    m = A_prev.shape[1]
    dW = -1 / m * np.dot(dZ, A_prev.T)
    db = -1 / m * np.sum(dZ, axis=1, keepdims=True)
    dA_prev = np.dot(W.T, dZ)
    return dA_prev, dW, db


@answer("linear_backward", "mutates_input")
def _(dZ, cache):
    A_prev, W, _ = cache
    dA_prev = W.T @ dZ
    dZ /= A_prev.shape[1]
    dW = dZ @ A_prev.T
    db = dZ.sum(axis=1, keepdims=True)
    return dA_prev, dW, db


@answer("linear_backward", "mutates_input")
def _(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    assert dZ.shape == (W.shape[0], m), f"dZ has shape {dZ.shape}, expected {(W.shape[0], m)}"

    dW = np.dot(dZ, A_prev.T) / m
    db = b
    db[:] = np.sum(dZ, axis=1, keepdims=True) / m
    dA_prev = np.dot(W.T, dZ)

    assert dA_prev.shape == A_prev.shape, f"dA_prev {dA_prev.shape} against A_prev {A_prev.shape}"
    assert dW.shape == W.shape, f"dW has shape {dW.shape}, but W has shape {W.shape}"
    assert db.shape == b.shape, f"db has shape {db.shape}, but b has shape {b.shape}"
    return dA_prev, dW, db


@answer("linear_backward", "not_summed")
def _(dZ, cache):
    A_prev, W, _ = cache
    m = A_prev.shape[1]
    dW = 1 / m * np.dot(dZ, A_prev.T)
    db = 1 / m * dZ
    dA_prev = np.dot(W.T, dZ)
    return dA_prev, dW, db


@answer("linear_backward", "cache_order")
def _(dZ, cache):
    W, A_prev, _ = cache
    m = A_prev.shape[1]
    dW = 1 / m * np.dot(dZ, A_prev.T)
    db = 1 / m * np.sum(dZ, axis=1, keepdims=True)
    dA_prev = np.dot(W.T, dZ)
    return dA_prev, dW, db


@answer("linear_backward", "cache_order")
def _(dZ, cache):
    A, _, W = cache
    m = A.shape[1]
    return W.T @ dZ, dZ @ A.T / m, dZ.sum(axis=1, keepdims=True) / m


@answer("linear_backward", "stale_global")
def _(dZ, cache):
    A_prev, W, _ = cache
    dW = 1 / m * np.dot(dZ, A_prev.T)
    db = 1 / m * np.sum(dZ, axis=1, keepdims=True)
    dA_prev = np.dot(W.T, dZ)
    return dA_prev, dW, db


@answer("linear_backward", "stale_global")
def _(dZ, cache):
    A = cache[0]
    m = A.shape[1]
    return W.T @ dZ, dZ @ A.T / m, dZ.sum(axis=1, keepdims=True) / m


@answer("linear_backward", "stale_global")
def _(grad, cache):
    A, W, _ = cache
    m = A.shape[1]
    dW = grad @ A.T / m
    db = dZ.sum(axis=1, keepdims=True) / m
    dA = W.T @ grad
    return dA, dW, db


@answer("linear_backward", "db_transposed")
def _(dZ, cache):
    A_prev, W, _ = cache
    m = A_prev.shape[1]
    dW = 1 / m * np.dot(dZ, A_prev.T)
    db = 1 / m * np.sum(dZ, axis=1, keepdims=True).T
    dA_prev = np.dot(W.T, dZ)
    return dA_prev, dW, db


@answer("linear_backward", "missing_transpose")
def _(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    assert dZ.shape == (W.shape[0], m), f"dZ has shape {dZ.shape}, expected {(W.shape[0], m)}"

    dW = (dZ @ A_prev) / m
    db = dZ.mean(axis=1).reshape(b.shape)
    dA_prev = W.T @ dZ

    assert dA_prev.shape == A_prev.shape, f"dA_prev {dA_prev.shape} against A_prev {A_prev.shape}"
    assert dW.shape == W.shape, f"dW has shape {dW.shape}, but W has shape {W.shape}"
    assert db.shape == b.shape, f"db has shape {db.shape}, but b has shape {b.shape}"
    return dA_prev, dW, db


@answer("linear_backward", "integer_division")
def _(dZ, cache):
    A_prev, W, _ = cache
    m = A_prev.shape[1]
    dW = 1 // m * np.dot(dZ, A_prev.T)
    db = 1 // m * np.sum(dZ, axis=1, keepdims=True)
    dA_prev = np.dot(W.T, dZ)
    return dA_prev, dW, db


@answer("linear_backward", "wrong_W")
def _(dZ, cache):
    A, W, b = cache
    m = A.shape[1]
    W = dZ @ A.T / m
    b = dZ.sum(axis=1, keepdims=True) / m
    A = W.T @ dZ
    return A, W, b


@answer("linear_backward", "missing_return_value")
def _(dZ, cache):
    A_prev, _, _ = cache
    m = A_prev.shape[1]
    dW = 1 / m * np.dot(dZ, A_prev.T)
    db = 1 / m * np.sum(dZ, axis=1, keepdims=True)
    return dW, db


@answer("linear_backward", "db_is_b_scaled")
def _(dZ, cache):
    A, W, b = cache
    m = A.shape[1]
    db = b * dZ.sum(axis=1, keepdims=True) / m
    return W.T @ dZ, dZ @ A.T / m, db


@answer("linear_backward", "missing_1_over_m_dW+missing_keepdims")
def _(dZ, cache):
    A_prev, W, _ = cache
    m = A_prev.shape[1]
    dW = np.dot(dZ, A_prev.T)
    db = 1 / m * np.sum(dZ, axis=1)
    dA_prev = np.dot(W.T, dZ)
    return dA_prev, dW, db


@answer("linear_backward", "extra_1_over_m_dA+wrong_axis")
def _(dZ, cache):
    A, W, _ = cache
    m = A.shape[1]
    return W.T @ dZ / m, dZ @ A.T / m, dZ.sum(axis=0, keepdims=True) / m


@answer("linear_backward", "result_transposed+summed_everything")
def _(dZ, cache):
    A, W, _ = cache
    m = A.shape[1]
    dA = W.T @ dZ
    dW = A @ dZ.T / m
    db = np.sum(dZ) / m
    return dA, dW, db


# linear_activation_backward


@answer("linear_activation_backward", "activation_ignored")
def _(dA, cache, activation):
    linear_cache, activation_cache = cache
    dZ = relu_backward(dA, activation_cache)
    dA_prev, dW, db = linear_backward(dZ, linear_cache)
    return dA_prev, dW, db


@answer("linear_activation_backward", "activation_ignored")
def _(dA, cache, activation):
    linear, Z = cache
    if activation == "sigmoid" or "relu":  # noqa: SIM222
        dZ = sigmoid_backward(dA, Z)
    else:
        dZ = relu_backward(dA, Z)
    return linear_backward(dZ, linear)


@answer("linear_activation_backward", "activation_ignored")
def _(dA, cache, activation):
    linear_cache, activation_cache = cache
    if activation == "Relu":
        dZ = relu_backward(dA, activation_cache)
    else:
        dZ = sigmoid_backward(dA, activation_cache)
    dA_prev, dW, db = linear_backward(dZ, linear_cache)
    return dA_prev, dW, db


@answer("linear_activation_backward", "activation_swapped")
def _(dA, cache, activation):
    linear, Z = cache
    s = 1 / (1 + np.exp(-Z))
    slope = {"sigmoid": np.where(Z > 0, 1, 0), "relu": s * (1 - s)}
    return linear_backward(dA * slope[activation], linear)


@answer("linear_activation_backward", "wrong_cache_part")
def _(dA, cache, activation):
    linear_cache, _ = cache
    if activation == "relu":
        dZ = relu_backward(dA, linear_cache)
    elif activation == "sigmoid":
        dZ = sigmoid_backward(dA, linear_cache)
    dA_prev, dW, db = linear_backward(dZ, linear_cache)
    return dA_prev, dW, db


@answer("linear_activation_backward", "wrong_cache_part")
def _(dA, cache, activation):
    if activation not in ("relu", "sigmoid"):
        raise ValueError(f'activation must be "relu" or "sigmoid", got {activation!r}')
    _, activation_cache = cache

    if activation == "relu":
        dZ = relu_backward(dA, activation_cache)
    else:
        dZ = sigmoid_backward(dA, activation_cache)
    dA_prev, dW, db = linear_backward(dZ, activation_cache)

    return dA_prev, dW, db


@answer("linear_activation_backward", "wrong_cache_part")
def _(dA, cache, activation):
    backward = relu_backward if activation == "relu" else sigmoid_backward
    return linear_backward(backward(dA, cache[1]), cache)


@answer("linear_activation_backward", "cache_order")
def _(dA, cache, activation):
    activation_cache, linear_cache = cache
    if activation == "relu":
        dZ = relu_backward(dA, activation_cache)
    elif activation == "sigmoid":
        dZ = sigmoid_backward(dA, activation_cache)
    dA_prev, dW, db = linear_backward(dZ, linear_cache)
    return dA_prev, dW, db


@answer("linear_activation_backward", "activation_derivative_skipped")
def _(dA, cache, activation):
    if activation not in ("relu", "sigmoid"):
        raise ValueError(f'activation must be "relu" or "sigmoid", got {activation!r}')
    linear_cache, activation_cache = cache

    if activation == "sigmoid":
        sigmoid_backward(dA, activation_cache)
    else:
        relu_backward(dA, activation_cache)
    dA_prev, dW, db = linear_backward(dA, linear_cache)

    return dA_prev, dW, db


@answer("linear_activation_backward", "mutates_input")
def _(dA, cache, activation):
    linear_cache, Z = cache
    if activation == "relu":
        dZ = dA
        dZ[Z <= 0] = 0
    elif activation == "sigmoid":
        s = 1 / (1 + np.exp(-Z))
        dZ = dA * s * (1 - s)
    dA_prev, dW, db = linear_backward(dZ, linear_cache)
    return dA_prev, dW, db


@answer("linear_activation_backward", "mutates_input")
def _(dA, cache, activation):
    linear, Z = cache
    if activation == "sigmoid":
        s, _ = sigmoid(Z)
        dA *= s * (1 - s)
        return linear_backward(dA, linear)
    return linear_backward(relu_backward(dA, Z), linear)


@answer("linear_activation_backward", "mutates_input")
def _(dA, cache, activation):
    if activation not in ("relu", "sigmoid"):
        raise ValueError(f'activation must be "relu" or "sigmoid", got {activation!r}')
    linear_cache, activation_cache = cache

    if activation == "sigmoid":
        dZ = sigmoid_backward(dA, activation_cache)
    else:
        activation_cache[activation_cache <= 0] = 0
        activation_cache[activation_cache > 0] = 1
        dZ = dA * activation_cache
    dA_prev, dW, db = linear_backward(dZ, linear_cache)

    return dA_prev, dW, db


@answer("linear_activation_backward", "forward_not_derivative")
def _(dA, cache, activation):
    linear_cache, activation_cache = cache
    if activation == "relu":
        A, _ = relu(activation_cache)
        dZ = dA * A
    elif activation == "sigmoid":
        dZ = sigmoid_backward(dA, activation_cache)
    return linear_backward(dZ, linear_cache)


@answer("linear_activation_backward", "sigmoid_derivative_wrong")
def _(dA, cache, activation):
    if activation not in ("relu", "sigmoid"):
        raise ValueError(f'activation must be "relu" or "sigmoid", got {activation!r}')
    linear_cache, activation_cache = cache

    if activation == "sigmoid":
        dZ = np.multiply(dA, sigmoid(activation_cache)[0])
    else:
        dZ = np.where(activation_cache > 0, dA, 0)
    dA_prev, dW, db = linear_backward(dZ, linear_cache)

    return dA_prev, dW, db


@answer("linear_activation_backward", "derivative_of_Z_not_s")
def _(dA, cache, activation):
    linear_cache, activation_cache = cache
    if activation == "relu":
        dZ = relu_backward(dA, activation_cache)
    elif activation == "sigmoid":
        dZ = dA * activation_cache * (1 - activation_cache)
    return linear_backward(dZ, linear_cache)


@answer("linear_activation_backward", "missing_dA_factor")
def _(dA, cache, activation):
    linear_cache, Z = cache
    if activation == "relu":
        dZ = np.where(Z > 0, 1.0, 0.0)
    elif activation == "sigmoid":
        s = 1 / (1 + np.exp(-Z))
        dZ = s * (1 - s)
    dA_prev, dW, db = linear_backward(dZ, linear_cache)
    return dA_prev, dW, db


@answer("linear_activation_backward", "extra_1_over_m")
def _(dA, cache, activation):
    linear_cache, activation_cache = cache
    m = dA.shape[1]
    if activation == "relu":
        dZ = relu_backward(dA, activation_cache) / m
    elif activation == "sigmoid":
        dZ = sigmoid_backward(dA, activation_cache) / m
    return linear_backward(dZ, linear_cache)


@answer("linear_activation_backward", "extra_1_over_m")
def _(dA, cache, activation):
    if activation not in ("relu", "sigmoid"):
        raise ValueError(f'activation must be "relu" or "sigmoid", got {activation!r}')
    linear_cache, activation_cache = cache

    if activation == "sigmoid":
        dZ = sigmoid_backward(dA, activation_cache)
    else:
        dZ = relu_backward(dA, activation_cache)
    dA_prev, dW, db = linear_backward(dZ, linear_cache)
    m = dA_prev.shape[1]
    dW, db = dW / m, db / m

    return dA_prev, dW, db


@answer("linear_activation_backward", "matmul_not_elementwise")
def _(dA, cache, activation):
    linear_cache, Z = cache
    if activation == "relu":
        dZ = np.dot(dA, Z > 0)
    elif activation == "sigmoid":
        s = 1 / (1 + np.exp(-Z))
        dZ = np.dot(dA, s * (1 - s))
    dA_prev, dW, db = linear_backward(dZ, linear_cache)
    return dA_prev, dW, db


@answer("linear_activation_backward", "matmul_not_elementwise")
def _(dA, cache, activation):
    (A, W, _), Z = cache
    m = A.shape[1]
    s = sigmoid(Z)[0]
    slope = s * (1 - s) if activation == "sigmoid" else (Z > 0) * 1.0
    dZ = dA @ slope.T
    return W.T @ dZ, dZ @ A.T / m, dZ.sum(axis=1, keepdims=True) / m


@answer("linear_activation_backward", "stale_global")
def _(dA, cache, activation):
    if activation == "relu":
        dZ = relu_backward(dA, activation_cache)
    elif activation == "sigmoid":
        dZ = sigmoid_backward(dA, activation_cache)
    dA_prev, dW, db = linear_backward(dZ, cache[0])
    return dA_prev, dW, db


@answer("linear_activation_backward", "stale_global")
def _(dA, cache, activation):
    _, act = cache
    dZ = relu_backward(dA, act) if activation == "relu" else sigmoid_backward(dA, act)
    return linear_backward(dZ, linear_cache)


@answer("linear_activation_backward", "stale_global")
def _(dA, cache, activation):
    linear, act = cache
    if activation == "relu":
        g = relu_backward(dA, act)
    else:
        g = sigmoid_backward(dA, act)
    dA_prev, dW, _ = linear_backward(g, linear)
    db = np.mean(dZ, axis=1, keepdims=True)
    return dA_prev, dW, db


@answer("linear_activation_backward", "return_order")
def _(dA, cache, activation):
    linear_cache, activation_cache = cache
    if activation == "relu":
        dZ = relu_backward(dA, activation_cache)
    elif activation == "sigmoid":
        dZ = sigmoid_backward(dA, activation_cache)
    dA_prev, dW, db = linear_backward(dZ, linear_cache)
    return dW, db, dA_prev


@answer("linear_activation_backward", "return_order")
def _(dA, cache, activation):
    linear, Z = cache
    dZ = sigmoid_backward(dA, Z) if activation == "sigmoid" else relu_backward(dA, Z)
    return linear_backward(dZ, linear)[::-1]


@answer("linear_activation_backward", "returned_dZ")
def _(dA, cache, activation):
    linear_cache, activation_cache = cache
    if activation == "relu":
        dZ = relu_backward(dA, activation_cache)
    elif activation == "sigmoid":
        dZ = sigmoid_backward(dA, activation_cache)
    _, dW, db = linear_backward(dZ, linear_cache)
    return dZ, dW, db


@answer("linear_activation_backward", "relu_mask_inverted")
def _(dA, cache, activation):
    linear_cache, Z = cache
    if activation == "relu":
        dZ = dA.copy()
        dZ[Z > 0] = 0
    elif activation == "sigmoid":
        dZ = sigmoid_backward(dA, Z)
    return linear_backward(dZ, linear_cache)


@answer("linear_activation_backward", "relu_mask_on_dA")
def _(dA, cache, activation):
    linear, Z = cache
    dZ = sigmoid_backward(dA, Z) if activation == "sigmoid" else np.maximum(0, dA)
    return linear_backward(dZ, linear)


@answer("linear_activation_backward", "activation_name_case")
def _(dA, cache, activation):
    linear_cache, activation_cache = cache
    if activation == "ReLU":
        dZ = relu_backward(dA, activation_cache)
    elif activation == "Sigmoid":
        dZ = sigmoid_backward(dA, activation_cache)
    dA_prev, dW, db = linear_backward(dZ, linear_cache)
    return dA_prev, dW, db


@answer("linear_activation_backward", "activation_name_case")
def _(dA, cache, activation):
    linear, Z = cache
    backward = {"RELU": relu_backward, "SIGMOID": sigmoid_backward}
    return linear_backward(backward[activation](dA, Z), linear)


@answer("linear_activation_backward", "sigmoid_derivative_wrong")
def _(dA, cache, activation):
    linear_cache, Z = cache
    if activation == "relu":
        dZ = dA * np.where(Z < 0, 0, 1)
    elif activation == "sigmoid":
        dZ = dA * (1 / (1 + np.exp(-Z)))
    return linear_backward(dZ, linear_cache)


@answer("linear_activation_backward", "forward_not_derivative+sigmoid_derivative_wrong")
def _(dA, cache, activation):
    linear, Z = cache
    g, _ = sigmoid(Z) if activation == "sigmoid" else relu(Z)
    return linear_backward(dA * g, linear)


# L_model_backward


@answer("L_model_backward", "wrong_sign_dAL")
def _(AL, Y, caches):
    grads = {}
    L = len(caches)
    Y = Y.reshape(AL.shape)
    dAL = np.divide(Y, AL) - np.divide(1 - Y, 1 - AL)
    current_cache = caches[L - 1]
    grads["dA" + str(L - 1)], grads["dW" + str(L)], grads["db" + str(L)] = (
        linear_activation_backward(dAL, current_cache, "sigmoid")
    )
    for l in reversed(range(L - 1)):
        current_cache = caches[l]
        dA_prev, dW, db = linear_activation_backward(
            grads["dA" + str(l + 1)], current_cache, "relu"
        )
        grads["dA" + str(l)] = dA_prev
        grads["dW" + str(l + 1)] = dW
        grads["db" + str(l + 1)] = db
    return grads


@answer("L_model_backward", "wrong_sign_dAL")
def _(AL, Y, caches):
    grads = {}
    dA = (1 - Y) / (AL - 1) + Y / AL
    for l in range(len(caches), 0, -1):
        act = "sigmoid" if l == len(caches) else "relu"
        dA, grads[f"dW{l}"], grads[f"db{l}"] = linear_activation_backward(dA, caches[l - 1], act)
        grads[f"dA{l - 1}"] = dA
    return grads


@answer("L_model_backward", "second_term_sign_dAL")
def _(AL, Y, caches):
    grads = {}
    L = len(caches)
    dAL = -(np.divide(Y, AL) + np.divide(1 - Y, 1 - AL))
    dA_prev, dW, db = linear_activation_backward(dAL, caches[-1], "sigmoid")
    grads["dA" + str(L - 1)], grads["dW" + str(L)], grads["db" + str(L)] = dA_prev, dW, db
    for l in reversed(range(L - 1)):
        dA_prev, dW, db = linear_activation_backward(dA_prev, caches[l], "relu")
        grads["dA" + str(l)] = dA_prev
        grads["dW" + str(l + 1)] = dW
        grads["db" + str(l + 1)] = db
    return grads


@answer("L_model_backward", "second_term_sign_dAL")
def _(AL, Y, caches):
    assert AL.shape == Y.shape, f"AL has shape {AL.shape}, but Y has shape {Y.shape}"
    grads = {}
    L = len(caches)

    dA = -Y / AL - (1 - Y) / (1 - AL)
    for l in range(L, 0, -1):
        dA, dW, db = linear_activation_backward(dA, caches[l - 1], "sigmoid" if l == L else "relu")
        grads["dA" + str(l - 1)] = dA
        grads["dW" + str(l)] = dW
        grads["db" + str(l)] = db

    return grads


@answer("L_model_backward", "dA_key_off_by_one")
def _(AL, Y, caches):
    grads = {}
    L = len(caches)
    dAL = -(np.divide(Y, AL) - np.divide(1 - Y, 1 - AL))
    grads["dA" + str(L)], grads["dW" + str(L)], grads["db" + str(L)] = linear_activation_backward(
        dAL, caches[L - 1], "sigmoid"
    )
    for l in reversed(range(L - 1)):
        dA_prev, dW, db = linear_activation_backward(grads["dA" + str(l + 2)], caches[l], "relu")
        grads["dA" + str(l + 1)] = dA_prev
        grads["dW" + str(l + 1)] = dW
        grads["db" + str(l + 1)] = db
    return grads


@answer("L_model_backward", "dA_key_off_by_one")
def _(AL, Y, caches):
    L = len(caches)
    grads = {}
    dA = -(Y / AL - (1 - Y) / (1 - AL))
    for l in range(L, 0, -1):
        activation = "sigmoid" if l == L else "relu"
        dA, dW, db = linear_activation_backward(dA, caches[l - 1], activation)
        grads.update({f"dA{l}": dA, f"dW{l}": dW, f"db{l}": db})
    return grads


@answer("L_model_backward", "relu_last_layer")
def _(AL, Y, caches):
    grads, dA = {}, (1 - Y) / (1 - AL) - Y / AL
    for l, cache in reversed(list(enumerate(caches, 1))):
        dA, grads[f"dW{l}"], grads[f"db{l}"] = linear_activation_backward(dA, cache, "relu")
        grads[f"dA{l - 1}"] = dA
    return grads


@answer("L_model_backward", "sigmoid_hidden_layer")
def _(AL, Y, caches):
    grads = {}
    L = len(caches)
    dAL = -(np.divide(Y, AL) - np.divide(1 - Y, 1 - AL))
    current_cache = caches[L - 1]
    grads["dA" + str(L - 1)], grads["dW" + str(L)], grads["db" + str(L)] = (
        linear_activation_backward(dAL, current_cache, activation="sigmoid")
    )
    for l in reversed(range(L - 1)):
        current_cache = caches[l]
        dA_prev_temp, dW_temp, db_temp = linear_activation_backward(
            grads["dA" + str(l + 1)], current_cache, activation="sigmoid"
        )
        grads["dA" + str(l)] = dA_prev_temp
        grads["dW" + str(l + 1)] = dW_temp
        grads["db" + str(l + 1)] = db_temp
    return grads


@answer("L_model_backward", "dAL_reused")
def _(AL, Y, caches):
    assert AL.shape == Y.shape, f"AL has shape {AL.shape}, but Y has shape {Y.shape}"
    grads = {}
    L = len(caches)

    dA = -(Y / AL - (1 - Y) / (1 - AL))
    for l in range(L, 0, -1):
        activation = "sigmoid" if l == L else "relu"
        dA_prev, dW, db = linear_activation_backward(dA, caches[l - 1], activation)
        grads["dA" + str(l - 1)] = dA_prev
        grads["dW" + str(l)] = dW
        grads["db" + str(l)] = db

    return grads


@answer("L_model_backward", "stale_dA_every_layer")
def _(AL, Y, caches):
    grads = {}
    L = len(caches)
    dAL = (1 - Y) / (1 - AL) - Y / AL
    dA, dW, db = linear_activation_backward(dAL, caches[-1], "sigmoid")
    grads[f"dA{L - 1}"], grads[f"dW{L}"], grads[f"db{L}"] = dA, dW, db
    for l in range(L - 1, 0, -1):
        dA_prev, dW, db = linear_activation_backward(dA, caches[l - 1], "relu")
        grads[f"dA{l - 1}"], grads[f"dW{l}"], grads[f"db{l}"] = dA_prev, dW, db
    return grads


@answer("L_model_backward", "cache_index_wrong")
def _(AL, Y, caches):
    grads = {}
    L = len(caches)
    dAL = -(np.divide(Y, AL) - np.divide(1 - Y, 1 - AL))
    grads["dA" + str(L - 1)], grads["dW" + str(L)], grads["db" + str(L)] = (
        linear_activation_backward(dAL, caches[L - 1], "sigmoid")
    )
    for l in reversed(range(L - 1)):
        dA_prev, dW, db = linear_activation_backward(
            grads["dA" + str(l + 1)], caches[l + 1], "relu"
        )
        grads["dA" + str(l)] = dA_prev
        grads["dW" + str(l + 1)] = dW
        grads["db" + str(l + 1)] = db
    return grads


@answer("L_model_backward", "cache_index_wrong")
def _(AL, Y, caches):
    L = len(caches)
    dAL = -(Y / AL - (1 - Y) / (1 - AL))
    dA, dW, db = linear_activation_backward(dAL, caches[L - 1], "sigmoid")
    grads = {"dA" + str(L - 1): dA, "dW" + str(L): dW, "db" + str(L): db}
    current_cache = caches[L - 2]
    for l in reversed(range(1, L)):
        dA, dW, db = linear_activation_backward(dA, current_cache, "relu")
        grads["dA" + str(l - 1)], grads["dW" + str(l)], grads["db" + str(l)] = dA, dW, db
    return grads


@answer("L_model_backward", "loop_not_reversed")
def _(AL, Y, caches):
    grads = {}
    L = len(caches)
    dAL = -(np.divide(Y, AL) - np.divide(1 - Y, 1 - AL))
    grads["dA" + str(L - 1)], grads["dW" + str(L)], grads["db" + str(L)] = (
        linear_activation_backward(dAL, caches[L - 1], "sigmoid")
    )
    for l in range(L - 1):
        dA_prev, dW, db = linear_activation_backward(grads["dA" + str(l + 1)], caches[l], "relu")
        grads["dA" + str(l)] = dA_prev
        grads["dW" + str(l + 1)] = dW
        grads["db" + str(l + 1)] = db
    return grads


@answer("L_model_backward", "loop_not_reversed")
def _(AL, Y, caches):
    assert AL.shape == Y.shape, f"AL has shape {AL.shape}, but Y has shape {Y.shape}"
    grads = {}
    L = len(caches)

    dA = -(Y / AL - (1 - Y) / (1 - AL))
    for l in range(1, L + 1):
        activation = "sigmoid" if l == L else "relu"
        dA, dW, db = linear_activation_backward(dA, caches[l - 1], activation)
        grads["dA" + str(l - 1)] = dA
        grads["dW" + str(l)] = dW
        grads["db" + str(l)] = db

    return grads


@answer("L_model_backward", "cache_index_out_of_range")
def _(AL, Y, caches):
    grads, L = {}, len(caches)
    dA = -(Y / AL - (1 - Y) / (1 - AL))
    for l in range(L, 0, -1):
        dA, dW, db = linear_activation_backward(dA, caches[l], "relu" if l < L else "sigmoid")
        grads[f"dA{l - 1}"], grads[f"dW{l}"], grads[f"db{l}"] = dA, dW, db
    return grads


@answer("L_model_backward", "first_layer_skipped")
def _(AL, Y, caches):
    assert AL.shape == Y.shape, f"AL has shape {AL.shape}, but Y has shape {Y.shape}"
    grads = {}
    L = len(caches)

    dA = (AL - Y) / (AL * (1 - AL))
    for l in range(L, 1, -1):
        activation = "sigmoid" if l == L else "relu"
        dA, dW, db = linear_activation_backward(dA, caches[l - 1], activation)
        grads["dA" + str(l - 1)] = dA
        grads["dW" + str(l)] = dW
        grads["db" + str(l)] = db

    return grads


@answer("L_model_backward", "dW_key_off_by_one")
def _(AL, Y, caches):
    grads = {}
    L = len(caches)
    dAL = -(np.divide(Y, AL) - np.divide(1 - Y, 1 - AL))
    grads["dA" + str(L - 1)], grads["dW" + str(L)], grads["db" + str(L)] = (
        linear_activation_backward(dAL, caches[L - 1], "sigmoid")
    )
    for l in reversed(range(L - 1)):
        dA_prev, dW, db = linear_activation_backward(grads["dA" + str(l + 1)], caches[l], "relu")
        grads["dA" + str(l)] = dA_prev
        grads["dW" + str(l)] = dW
        grads["db" + str(l)] = db
    return grads


@answer("L_model_backward", "dW_key_off_by_one")
def _(AL, Y, caches):
    grads = {}
    dA, activation = -(Y / AL - (1 - Y) / (1 - AL)), "sigmoid"
    for l in range(len(caches) - 1, -1, -1):
        dA, dW, db = linear_activation_backward(dA, caches[l], activation)
        grads[f"dA{l}"], grads[f"dW{l}"], grads[f"db{l}"] = dA, dW, db
        activation = "relu"
    return grads


@answer("L_model_backward", "grad_key_naming")
def _(AL, Y, caches):
    grads = {}
    L = len(caches)
    dA = -(np.divide(Y, AL) - np.divide(1 - Y, 1 - AL))
    for l in reversed(range(1, L + 1)):
        if l == L:
            dA, dW, db = linear_activation_backward(dA, caches[l - 1], "sigmoid")
        else:
            dA, dW, db = linear_activation_backward(dA, caches[l - 1], "relu")
        grads["dA" + str(l - 1)] = dA
        grads["dw" + str(l)] = dW
        grads["db" + str(l)] = db
    return grads


@answer("L_model_backward", "grad_key_naming")
def _(AL, Y, caches):
    grads = {}
    L = len(caches)
    dA = (AL - Y) / (AL - AL**2)
    for l in range(L, 0, -1):
        dA, dW, db = linear_activation_backward(dA, caches[l - 1], "sigmoid" if l == L else "relu")
        grads[f"dA{l - 1}"], grads[f"W{l}"], grads[f"b{l}"] = dA, dW, db
    return grads


@answer("L_model_backward", "extra_1_over_m")
def _(AL, Y, caches):
    grads = {}
    L = len(caches)
    m = AL.shape[1]
    dAL = -1 / m * (np.divide(Y, AL) - np.divide(1 - Y, 1 - AL))
    dA_prev, dW, db = linear_activation_backward(dAL, caches[L - 1], "sigmoid")
    grads["dA" + str(L - 1)] = dA_prev
    grads["dW" + str(L)] = dW
    grads["db" + str(L)] = db
    for l in reversed(range(L - 1)):
        dA_prev, dW, db = linear_activation_backward(dA_prev, caches[l], "relu")
        grads["dA" + str(l)] = dA_prev
        grads["dW" + str(l + 1)] = dW
        grads["db" + str(l + 1)] = db
    return grads


@answer("L_model_backward", "extra_1_over_m")
def _(AL, Y, caches):
    grads, L, m = {}, len(caches), Y.shape[1]
    dA = -(Y / AL - (1 - Y) / (1 - AL))
    for l in range(L, 0, -1):
        dA, dW, db = linear_activation_backward(dA, caches[l - 1], "relu" if l < L else "sigmoid")
        grads[f"dA{l - 1}"] = dA
        grads[f"dW{l}"] = dW / m
        grads[f"db{l}"] = db / m
    return grads


@answer("L_model_backward", "dZ_used_as_dA")
def _(AL, Y, caches):
    assert AL.shape == Y.shape, f"AL has shape {AL.shape}, but Y has shape {Y.shape}"
    grads = {}
    L = len(caches)

    dA = np.subtract(AL, Y)
    for l in range(L, 0, -1):
        activation = "sigmoid" if l == L else "relu"
        dA, dW, db = linear_activation_backward(dA, caches[l - 1], activation)
        grads["dA" + str(l - 1)] = dA
        grads["dW" + str(l)] = dW
        grads["db" + str(l)] = db

    return grads


@answer("L_model_backward", "grads_reset_in_loop")
def _(AL, Y, caches):
    L = len(caches)
    dAL = -(np.divide(Y, AL) - np.divide(1 - Y, 1 - AL))
    dA, dW, db = linear_activation_backward(dAL, caches[L - 1], "sigmoid")
    grads = {f"dA{L - 1}": dA, f"dW{L}": dW, f"db{L}": db}
    for l in reversed(range(1, L)):
        dA, dW, db = linear_activation_backward(dA, caches[l - 1], "relu")
        grads = {f"dA{l - 1}": dA, f"dW{l}": dW, f"db{l}": db}
    return grads


@answer("L_model_backward", "unpack_order")
def _(AL, Y, caches):
    grads = {}
    L = len(caches)
    dAL = -(np.divide(Y, AL) - np.divide(1 - Y, 1 - AL))
    grads["dW" + str(L)], grads["db" + str(L)], grads["dA" + str(L - 1)] = (
        linear_activation_backward(dAL, caches[L - 1], "sigmoid")
    )
    for l in reversed(range(L - 1)):
        dW, db, dA_prev = linear_activation_backward(grads["dA" + str(l + 1)], caches[l], "relu")
        grads["dA" + str(l)] = dA_prev
        grads["dW" + str(l + 1)] = dW
        grads["db" + str(l + 1)] = db
    return grads


@answer("L_model_backward", "unpack_order")
def _(AL, Y, caches):
    L = len(caches)
    grads = {}
    dA = -(Y / AL - (1 - Y) / (1 - AL))
    for l in range(L, 0, -1):
        dA, db, dW = linear_activation_backward(dA, caches[l - 1], "relu" if l < L else "sigmoid")
        grads |= {f"dA{l - 1}": dA, f"dW{l}": dW, f"db{l}": db}
    return grads


@answer("L_model_backward", "mutates_input")
def _(AL, Y, caches):
    grads = {}
    L = len(caches)
    slope = AL * (1 - AL)
    dAL = AL
    dAL -= Y
    dA = dAL / slope
    for l in range(L, 0, -1):
        dA, dW, db = linear_activation_backward(dA, caches[l - 1], "relu" if l < L else "sigmoid")
        grads["dA" + str(l - 1)], grads["dW" + str(l)], grads["db" + str(l)] = dA, dW, db
    return grads


@answer("L_model_backward", "mutates_input")
def _(AL, Y, caches):
    grads = {}
    L = len(caches)
    dA = -(Y / AL - (1 - Y) / (1 - AL))
    for l in range(L, 0, -1):
        linear_cache, Z = caches[l - 1]
        if l == L:
            dZ = sigmoid_backward(dA, Z)
        else:
            Z[Z < 0] = 0
            dZ = dA * np.sign(Z)
        dA, dW, db = linear_backward(dZ, linear_cache)
        grads[f"dA{l - 1}"], grads[f"dW{l}"], grads[f"db{l}"] = dA, dW, db
    return grads


@answer("L_model_backward", "return_inside_loop")
def _(AL, Y, caches):
    assert AL.shape == Y.shape, f"AL has shape {AL.shape}, but Y has shape {Y.shape}"
    grads = {}
    L = len(caches)

    dA = -(Y / AL - (1 - Y) / (1 - AL))
    for l in range(L, 0, -1):
        activation = "sigmoid" if l == L else "relu"
        dA, dW, db = linear_activation_backward(dA, caches[l - 1], activation)
        grads["dA" + str(l - 1)] = dA
        grads["dW" + str(l)] = dW
        grads["db" + str(l)] = db

        return grads


@answer("L_model_backward", "wrong_cache_part")
def _(AL, Y, caches):
    grads = {}
    L = len(caches)
    dA = -(np.divide(Y, AL) - np.divide(1 - Y, 1 - AL))
    for l in range(L, 0, -1):
        activation = "sigmoid" if l == L else "relu"
        linear_cache, _ = caches[l - 1]
        dA, dW, db = linear_activation_backward(dA, linear_cache, activation)
        grads["dA" + str(l - 1)], grads["dW" + str(l)], grads["db" + str(l)] = dA, dW, db
    return grads


@answer("L_model_backward", "wrong_cache_part")
def _(AL, Y, caches):
    grads, L = {}, len(caches)
    dAL = (AL - Y) / (AL * (1 - AL))
    dZ = sigmoid_backward(dAL, caches[-1][1])
    dA, grads[f"dW{L}"], grads[f"db{L}"] = linear_backward(dZ, caches[-1][0])
    grads[f"dA{L - 1}"] = dA
    for l in range(L - 1, 0, -1):
        dZ = relu_backward(dA, caches[l - 1][0])
        dA, grads[f"dW{l}"], grads[f"db{l}"] = linear_backward(dZ, caches[l - 1][0])
        grads[f"dA{l - 1}"] = dA
    return grads


@answer("L_model_backward", "stale_global")
def _(AL, Y, caches):
    grads = {}
    L = len(caches)
    grads["dA" + str(L - 1)], grads["dW" + str(L)], grads["db" + str(L)] = (
        linear_activation_backward(dAL, caches[L - 1], "sigmoid")
    )
    for l in reversed(range(L - 1)):
        dA_prev, dW, db = linear_activation_backward(grads["dA" + str(l + 1)], caches[l], "relu")
        grads["dA" + str(l)] = dA_prev
        grads["dW" + str(l + 1)] = dW
        grads["db" + str(l + 1)] = db
    return grads


@answer("L_model_backward", "stale_global")
def _(AL, Y, caches):
    grads = {}
    dA = -(Y / AL - (1 - Y) / (1 - AL))
    for l in range(L, 0, -1):
        dA, dW, db = linear_activation_backward(dA, caches[l - 1], "relu" if l < L else "sigmoid")
        grads[f"dA{l - 1}"], grads[f"dW{l}"], grads[f"db{l}"] = dA, dW, db
    return grads


@answer("L_model_backward", "stale_global")
def _(AL, Y, caches):
    grads = {}
    L = len(caches)
    dA = -(np.divide(Y, AL) - np.divide(1 - Y, 1 - AL))
    dA, dW, db = linear_activation_backward(dA, caches[L - 1], "sigmoid")
    grads["dA" + str(L - 1)], grads["dW" + str(L)], grads["db" + str(L)] = dA, dW, db
    for l in reversed(range(L - 1)):
        dA, dW, db = linear_activation_backward(dA, current_cache, "relu")
        grads["dA" + str(l)], grads["dW" + str(l + 1)], grads["db" + str(l + 1)] = dA, dW, db
    return grads


@answer("L_model_backward", "labels_swapped")
def _(AL, Y, caches):
    grads = {}
    L = len(caches)
    dAL = -(np.divide(1 - Y, AL) - np.divide(Y, 1 - AL))
    grads["dA" + str(L - 1)], grads["dW" + str(L)], grads["db" + str(L)] = (
        linear_activation_backward(dAL, caches[L - 1], "sigmoid")
    )
    for l in reversed(range(L - 1)):
        dA_prev, dW, db = linear_activation_backward(grads["dA" + str(l + 1)], caches[l], "relu")
        grads["dA" + str(l)] = dA_prev
        grads["dW" + str(l + 1)] = dW
        grads["db" + str(l + 1)] = db
    return grads


@answer("L_model_backward", "activation_derivative_skipped")
def _(AL, Y, caches):
    grads = {}
    L = len(caches)
    dA = -(Y / AL - (1 - Y) / (1 - AL))
    for l in reversed(range(L)):
        linear_cache, _ = caches[l]
        dA, dW, db = linear_backward(dA, linear_cache)
        grads["dA" + str(l)] = dA
        grads["dW" + str(l + 1)] = dW
        grads["db" + str(l + 1)] = db
    return grads


@answer("L_model_backward", "activation_derivative_skipped")
def _(AL, Y, caches):
    L = len(caches)
    dAL = -(Y / AL - (1 - Y) / (1 - AL))
    dA, dW, db = linear_activation_backward(dAL, caches[-1], "sigmoid")
    grads = {f"dA{L - 1}": dA, f"dW{L}": dW, f"db{L}": db}
    for l in range(L - 1, 0, -1):
        dA, dW, db = linear_backward(dA, caches[l - 1][0])
        grads.update({f"dA{l - 1}": dA, f"dW{l}": dW, f"db{l}": db})
    return grads


@answer("L_model_backward", "wrong_sign_dAL+dA_key_off_by_one")
def _(AL, Y, caches):
    grads = {}
    L = len(caches)
    dA = Y / AL - (1 - Y) / (1 - AL)
    for l in range(L, 0, -1):
        activation = "sigmoid" if l == L else "relu"
        dA, dW, db = linear_activation_backward(dA, caches[l - 1], activation)
        grads["dA" + str(l)] = dA
        grads["dW" + str(l)] = dW
        grads["db" + str(l)] = db
    return grads

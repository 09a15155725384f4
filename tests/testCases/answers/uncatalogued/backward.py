"""Wrong answers to the exercises of step 4, as readers might write them."""

import numpy as np

from dnn_utils import (
    compute_cost,
    linear_activation_backward,
    linear_backward,
    relu_backward,
    sigmoid,
    sigmoid_backward,
)
from tests.testCases.answers import answer

np.random.seed(2)
dZ = np.random.randn(3, 4)
Z = np.random.randn(3, 4)


@answer("linear_backward", "none")
def _(dZ, cache):
    A_prev, W, _ = cache
    m = A_prev.shape[1]
    dW = dZ @ A_prev.T / m + 0.1 / m * W
    db = dZ.sum(axis=1, keepdims=True) / m
    return W.T @ dZ, dW, db


@answer("linear_backward", "none")
def _(dZ, cache):
    A_prev, W, _ = cache
    m = A_prev.shape[1]
    dZ = np.maximum(dZ, 0)
    dW = 1 / m * np.dot(dZ, A_prev.T)
    db = 1 / m * np.sum(dZ, axis=1, keepdims=True)
    return np.dot(W.T, dZ), dW, db


@answer("linear_backward", "none")
def _(dZ, cache):
    A_prev, W, _ = cache
    m = A_prev.shape[1]
    dW = np.clip(dZ @ A_prev.T / m, -0.1, 0.1)
    db = np.clip(np.mean(dZ, axis=1, keepdims=True), -0.1, 0.1)
    return W.T @ dZ, dW, db


@answer("linear_backward", "none")
def _(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    dW = np.zeros_like(W)
    db = np.zeros_like(b)
    for i in range(m):
        dW += np.outer(dZ[:, i], A_prev[:, i]) / m
        db = dZ[:, [i]] / m
    return W.T @ dZ, dW, db


@answer("linear_backward", "wrong_m")
def _(dZ, cache):
    A_prev, W, _ = cache
    m = A_prev.shape[1] - 1
    dW = dZ @ A_prev.T / m
    db = np.sum(dZ, axis=1, keepdims=True) / m
    return W.T @ dZ, dW, db


@answer("linear_backward", "wrong_m")
def _(dZ, cache):
    A_prev, W, _ = cache
    m = A_prev.size
    dA_prev = np.einsum("nk,nm->km", W, dZ)
    return dA_prev, np.inner(dZ, A_prev) / m, dZ.sum(1, keepdims=True) / m


@answer("linear_backward", "mutates_input+extra_1_over_m_dA")
def _(dZ, cache):
    A_prev, W, _ = cache
    dZ /= A_prev.shape[1]
    dW = np.dot(dZ, A_prev.T)
    db = np.sum(dZ, axis=1, keepdims=True)
    dA_prev = np.dot(W.T, dZ)
    return dA_prev, dW, db


@answer("linear_backward", "summed_everything")
def _(dZ, cache):
    A_prev, W, _ = cache
    m = A_prev.shape[1]
    db = np.mean(dZ, keepdims=True)
    return W.T @ dZ, dZ @ A_prev.T / m, db


@answer("linear_backward", "missing_1_over_m_dW+missing_keepdims")
def _(dZ, cache):
    A_prev, W, _ = cache
    m = A_prev.shape[1]
    dW = dZ @ A_prev.T
    db = 1 / m * np.sum(dZ, axis=1)
    return W.T @ dZ, dW, db


@answer("linear_backward", "return_order")
def _(dZ, cache):
    A_prev, W, _ = cache
    m = A_prev.shape[1]
    grads = {
        "dW": dZ @ A_prev.T / m,
        "db": dZ.mean(axis=1, keepdims=True),
        "dA": W.T @ dZ,
    }
    return tuple(grads.values())


@answer("linear_backward", "wrong_axis")
def _(dZ, cache):
    A_prev, W, _ = cache
    m = A_prev.shape[1]
    db = np.sum(dZ.T, axis=1, keepdims=True) / m
    return W.T @ dZ, dZ @ A_prev.T / m, db


@answer("linear_activation_backward", "none")
def _(dA, cache, activation):
    linear_cache, Z = cache
    if activation == "sigmoid":
        s = np.tanh(Z)
        dZ = dA * (1 - s**2)
    else:
        dZ = dA * (Z > 0)
    return linear_backward(dZ, linear_cache)


@answer("linear_activation_backward", "none")
def _(dA, cache, activation):
    linear_cache, activation_cache = cache
    if activation == "relu":
        dZ = relu_backward(dA, activation_cache)
    elif activation == "sigmoid":
        A, _ = sigmoid(activation_cache)
        dZ = sigmoid_backward(dA, A)
    return linear_backward(dZ, linear_cache)


@answer("linear_activation_backward", "none")
def _(dA, cache, activation):
    linear_cache, Z = cache
    if activation == "relu":
        dZ = np.multiply(dA, np.sign(Z))
    elif activation == "sigmoid":
        dZ = sigmoid_backward(dA, Z)
    return linear_backward(dZ, linear_cache)


@answer("linear_activation_backward", "none")
def _(dA, cache, activation):
    if activation not in ("relu", "sigmoid"):
        raise ValueError(f'activation must be "relu" or "sigmoid", got {activation!r}')
    linear_cache, activation_cache = cache

    if activation == "relu":
        dZ = relu_backward(dA, activation_cache)
    elif activation == "sigmoid":
        dZ = sigmoid_backward(dA, activation_cache)
        dA_prev, dW, db = linear_backward(dZ, linear_cache)

    return dA_prev, dW, db


@answer("linear_activation_backward", "none")
def _(dA, cache, activation):
    linear_cache, activation_cache = cache
    if activation == "sigmoid":
        dZ = sigmoid_backward(activation_cache, dA)
    else:
        dZ = relu_backward(activation_cache, dA)
    return linear_backward(dZ, linear_cache)


@answer("linear_activation_backward", "activation_derivative_skipped")
def _(dA, cache, activation):
    linear_cache, activation_cache = cache
    dZ = dA
    if activation == "relu":
        dZ = relu_backward(dA, activation_cache)
    return linear_backward(dZ, linear_cache)


@answer("linear_activation_backward", "stale_global")
def _(dA, cache, activation):
    linear_cache, activation_cache = cache
    if activation == "relu":
        dZ = np.array(dA, copy=True)
        dZ[Z <= 0] = 0
    else:
        dZ = sigmoid_backward(dA, activation_cache)
    return linear_backward(dZ, linear_cache)


@answer("linear_activation_backward", "mutates_input")
def _(dA, cache, activation):
    linear_cache, Z = cache
    if activation == "relu":
        dZ = dA
        dZ[Z <= 0] = 0
    else:
        dZ = sigmoid_backward(dA, Z)
    dA_prev, dW, db = linear_backward(dZ, linear_cache)
    return dA_prev, dW, db


@answer("linear_activation_backward", "return_order")
def _(dA, cache, activation):
    linear_cache, Z = cache
    g = sigmoid_backward if activation == "sigmoid" else relu_backward
    dW, db, dA_prev = linear_backward(g(dA, Z), linear_cache)
    return dA_prev, dW, db


@answer("linear_activation_backward", "none")
def _(dA, cache, activation):
    linear_cache, Z = cache
    s, _ = sigmoid(Z)
    dZ = dA * (Z > 0) if activation == "relu" else dA * s * 1 - s
    return linear_backward(dZ, linear_cache)


@answer("linear_activation_backward", "wrong_cache_part|cache_order")
def _(dA, cache, activation):
    activation_cache, linear_cache = cache[0], cache[-1]
    if activation == "sigmoid":
        dZ = sigmoid_backward(dA, activation_cache)
    else:
        dZ = relu_backward(dA, activation_cache)
    return linear_backward(dZ, linear_cache)


@answer("L_model_backward", "none")
def _(AL, Y, caches):
    grads = {}
    L = len(caches)
    dA = -(Y / AL - (1 - Y) / 1 - AL)
    for l in range(L, 0, -1):
        g = "sigmoid" if l == L else "relu"
        dA, dW, db = linear_activation_backward(dA, caches[l - 1], g)
        grads[f"dA{l - 1}"], grads[f"dW{l}"], grads[f"db{l}"] = dA, dW, db
    return grads


@answer("L_model_backward", "none")
def _(AL, Y, caches):
    grads = {}
    L = len(caches)
    dA = compute_cost(AL, Y)
    for l in range(L, 0, -1):
        g = "sigmoid" if l == L else "relu"
        dA, dW, db = linear_activation_backward(dA, caches[l - 1], g)
        grads[f"dA{l - 1}"], grads[f"dW{l}"], grads[f"db{l}"] = dA, dW, db
    return grads


@answer("L_model_backward", "none")
def _(AL, Y, caches):
    grads = {}
    L = len(caches)
    dA = -(Y / AL - (1 - Y) / (1 - AL))
    for l in range(L, 0, -1):
        activation = "sigmoid" if l == L else "relu"
        dA, dW, db = linear_activation_backward(dA, caches[l - 1], activation)
        grads["dW" + str(l)] = dW
        grads["db" + str(l)] = db
        if l > 1:
            grads["dA" + str(l - 1)] = dA
    return grads


@answer("L_model_backward", "none")
def _(AL, Y, caches):
    L = len(caches)
    grads = []
    dA = -(Y / AL - (1 - Y) / (1 - AL))
    for l in reversed(range(L)):
        g = "relu" if l < L - 1 else "sigmoid"
        dA, dW, db = linear_activation_backward(dA, caches[l], g)
        grads.insert(0, (dA, dW, db))
    return grads


@answer("L_model_backward", "none")
def _(AL, Y, caches):
    grads = {}
    L = len(caches)
    dA = np.where(Y == 1, -AL, 1 - AL)
    for l in range(L, 0, -1):
        g = "sigmoid" if l == L else "relu"
        dA, dW, db = linear_activation_backward(dA, caches[l - 1], g)
        grads[f"dA{l - 1}"], grads[f"dW{l}"], grads[f"db{l}"] = dA, dW, db
    return grads


@answer("L_model_backward", "mutates_input")
def _(AL, Y, caches):
    grads = {}
    l = len(caches)
    dA = -(Y / AL - (1 - Y) / (1 - AL))
    g = "sigmoid"
    while caches:
        dA, dW, db = linear_activation_backward(dA, caches.pop(), g)
        grads.update({f"dA{l - 1}": dA, f"dW{l}": dW, f"db{l}": db})
        l, g = l - 1, "relu"
    return grads


@answer("L_model_backward", "second_term_sign_dAL")
def _(AL, Y, caches):
    grads = {}
    L = len(caches)
    dA = -Y / AL - (1 - Y) / (1 - AL)
    for l in range(L, 0, -1):
        activation = "sigmoid" if l == L else "relu"
        dA, dW, db = linear_activation_backward(dA, caches[l - 1], activation)
        grads["dA" + str(l - 1)] = dA
        grads["dW" + str(l)] = dW
        grads["db" + str(l)] = db
    return grads


@answer("L_model_backward", "cache_index_wrong")
def _(AL, Y, caches):
    grads = {}
    L = len(caches)
    dA = -(Y / AL - (1 - Y) / (1 - AL))
    for l in range(1, L + 1):
        g = "sigmoid" if l == 1 else "relu"
        dA, dW, db = linear_activation_backward(dA, caches[l - 1], g)
        k = L - l + 1
        grads[f"dA{k - 1}"], grads[f"dW{k}"], grads[f"db{k}"] = dA, dW, db
    return grads


@answer("L_model_backward", "extra_1_over_m")
def _(AL, Y, caches):
    grads = {}
    L = len(caches)
    dA = (AL - Y) / (AL * (1 - AL)) / Y.shape[1]
    for l in range(L, 0, -1):
        g = "sigmoid" if l == L else "relu"
        dA, grads[f"dW{l}"], grads[f"db{l}"] = linear_activation_backward(dA, caches[l - 1], g)
        grads[f"dA{l - 1}"] = dA
    return grads


@answer("L_model_backward", "dZ_used_as_dA+dA_key_off_by_one")
def _(AL, Y, caches):
    grads = {}
    L = len(caches)
    dA = AL - Y
    for l in range(L, 0, -1):
        g = "sigmoid" if l == L else "relu"
        dA, grads[f"dW{l}"], grads[f"db{l}"] = linear_activation_backward(dA, caches[l - 1], g)
        grads[f"dA{l}"] = dA
    return grads


@answer("L_model_backward", "stale_dA_every_layer")
def _(AL, Y, caches):
    grads = {}
    L = len(caches)
    dAL = -(Y / AL - (1 - Y) / (1 - AL))
    dA, dW, db = linear_activation_backward(dAL, caches[-1], "sigmoid")
    grads[f"dA{L - 1}"], grads[f"dW{L}"], grads[f"db{L}"] = dA, dW, db
    for l in reversed(range(1, L)):
        dA_prev, dW, db = linear_activation_backward(dA, caches[l - 1], "relu")
        grads[f"dA{l - 1}"], grads[f"dW{l}"], grads[f"db{l}"] = dA_prev, dW, db
    return grads


@answer("L_model_backward", "activation_derivative_skipped")
def _(AL, Y, caches):
    grads = {}
    L = len(caches)
    dA = -(Y / AL - (1 - Y) / (1 - AL))
    for l in range(L, 0, -1):
        linear_cache, Z = caches[l - 1]
        dZ = relu_backward(dA, Z) if l < L else dA
        dA, grads[f"dW{l}"], grads[f"db{l}"] = linear_backward(dZ, linear_cache)
        grads[f"dA{l - 1}"] = dA
    return grads


@answer("linear_backward", "result_transposed")
def _(dZ, cache):
    A_prev, W, _ = cache
    m = A_prev.shape[1]
    dW = np.einsum("im,jm->ji", dZ, A_prev) / m
    return W.T @ dZ, dW, dZ.mean(axis=1, keepdims=True)


@answer("linear_backward", "cache_order")
def _(dZ, cache):
    W, A_prev, _ = cache
    m = A_prev.shape[1]
    dW = 1 / m * np.dot(dZ, A_prev.T)
    db = 1 / m * np.sum(dZ, axis=1, keepdims=True)
    dA_prev = np.dot(W.T, dZ)
    return dA_prev, dW, db


@answer("linear_backward", "wrong_W")
def _(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    W = dZ @ A_prev.T / m
    b = dZ.sum(axis=1, keepdims=True) / m
    return W.T @ dZ, W, b


@answer("linear_backward", "db_transposed")
def _(dZ, cache):
    A_prev, W, _ = cache
    m = A_prev.shape[1]
    db = np.ones((1, m)) @ dZ.T / m
    return np.dot(W.T, dZ), np.dot(dZ, A_prev.T) / m, db


@answer("linear_backward", "missing_1_over_m_db")
def _(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    dW = np.zeros(W.shape)
    db = np.zeros(b.shape)
    for i in range(m):
        dW += np.outer(dZ[:, i], A_prev[:, i]) / m
        db += dZ[:, i : i + 1]
    return W.T @ dZ, dW, db


@answer("linear_backward", "stale_global")
def _(dz, cache):
    A_prev, W, _ = cache
    m = A_prev.shape[1]
    dW = dz @ A_prev.T / m
    db = np.sum(dZ, axis=1, keepdims=True) / m
    dA_prev = W.T @ dz
    return dA_prev, dW, db


@answer("linear_activation_backward", "relu_mask_on_dA")
def _(dA, cache, activation):
    linear_cache, Z = cache
    if activation == "relu":
        dZ = np.maximum(0, dA)
    else:
        dZ = sigmoid_backward(dA, Z)
    return linear_backward(dZ, linear_cache)


@answer("linear_activation_backward", "forward_not_derivative")
def _(dA, cache, activation):
    linear_cache, Z = cache
    if activation == "relu":
        dZ = dA * np.maximum(0, Z)
    else:
        dZ = sigmoid_backward(dA, Z)
    return linear_backward(dZ, linear_cache)


@answer("linear_activation_backward", "sigmoid_derivative_wrong")
def _(dA, cache, activation):
    linear_cache, Z = cache
    if activation == "sigmoid":
        A, _ = sigmoid(Z)
        dZ = np.multiply(A, dA)
    else:
        dZ = relu_backward(dA, Z)
    return linear_backward(dZ, linear_cache)


@answer("linear_activation_backward", "missing_dA_factor")
def _(dA, cache, activation):
    linear_cache, Z = cache
    if activation == "relu":
        dZ = np.where(Z > 0, 1.0, 0.0)
    elif activation == "sigmoid":
        s = 1 / (1 + np.exp(-Z))
        dZ = s - s**2
    return linear_backward(dZ, linear_cache)


@answer("linear_activation_backward", "activation_swapped")
def _(dA, cache, activation):
    linear_cache, Z = cache
    backward = [sigmoid_backward, relu_backward][activation == "sigmoid"]
    return linear_backward(backward(dA, Z), linear_cache)


@answer("linear_activation_backward", "derivative_of_Z_not_s+relu_prime_at_zero")
def _(dA, cache, activation):
    linear_cache, Z = cache
    if activation == "sigmoid":
        dZ = dA * Z * (1 - Z)
    else:
        dZ = np.where(Z < 0, 0, dA)
    return linear_backward(dZ, linear_cache)


@answer("L_model_backward", "wrong_sign_dAL")
def _(AL, Y, caches):
    grads = {}
    L = len(caches)
    dA = (Y - AL) / (AL * (1 - AL))
    for l in range(L, 0, -1):
        g = "sigmoid" if l == L else "relu"
        dA, grads[f"dW{l}"], grads[f"db{l}"] = linear_activation_backward(dA, caches[l - 1], g)
        grads[f"dA{l - 1}"] = dA
    return grads


@answer("L_model_backward", "first_layer_skipped")
def _(AL, Y, caches):
    assert AL.shape == Y.shape, f"AL has shape {AL.shape}, but Y has shape {Y.shape}"
    grads = {}
    L = len(caches)

    dA = -(np.divide(Y, AL) - np.divide(1 - Y, 1 - AL))
    for l in range(L, 1, -1):
        activation = "sigmoid" if l == L else "relu"
        dA, dW, db = linear_activation_backward(dA, caches[l - 1], activation)
        grads["dA" + str(l - 1)] = dA
        grads["dW" + str(l)] = dW
        grads["db" + str(l)] = db

    return grads


@answer("L_model_backward", "unpack_order")
def _(AL, Y, caches):
    grads = {}
    L = len(caches)
    dA = -(Y / AL - (1 - Y) / (1 - AL))
    for l in range(L, 0, -1):
        g = "sigmoid" if l == L else "relu"
        out = linear_activation_backward(dA, caches[l - 1], g)
        grads[f"dW{l}"], grads[f"db{l}"], grads[f"dA{l - 1}"] = out
        dA = out[0]
    return grads


@answer("L_model_backward", "sigmoid_hidden_layer")
def _(AL, Y, caches):
    grads = {}
    dA = -(Y / AL - (1 - Y) / (1 - AL))
    for l, cache in reversed(list(enumerate(caches, 1))):
        dA, dW, db = linear_activation_backward(dA, cache, activation="sigmoid")
        grads |= {f"dA{l - 1}": dA, f"dW{l}": dW, f"db{l}": db}
    return grads


@answer("L_model_backward", "cache_index_out_of_range")
def _(AL, Y, caches):
    grads = {}
    L = len(caches)
    dA = -(Y / AL - (1 - Y) / (1 - AL))
    for l in range(L, 0, -1):
        dA, dW, db = linear_activation_backward(dA, caches[l], "relu" if l < L else "sigmoid")
        grads[f"dA{l - 1}"], grads[f"dW{l}"], grads[f"db{l}"] = dA, dW, db
    return grads


@answer("L_model_backward", "dW_key_off_by_one")
def _(AL, Y, caches):
    grads = {}
    L = len(caches)
    dA = (1 - Y) / (1 - AL) - Y / AL
    for l in range(L - 1, -1, -1):
        g = "sigmoid" if l == L - 1 else "relu"
        dA, dW, db = linear_activation_backward(dA, caches[l], g)
        for key, value in zip(("dA", "dW", "db"), (dA, dW, db), strict=True):
            grads[key + str(l)] = value
    return grads

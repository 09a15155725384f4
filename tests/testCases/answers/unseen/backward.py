"""Wrong answers to step 4 that the checks have not been made for."""

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

m = 209


@answer("linear_backward", "mutates_input+extra_1_over_m_dA")
def _(dZ, cache):
    A_prev, W, _ = cache
    dZ /= A_prev.shape[1]
    dW = dZ @ A_prev.T
    db = dZ.sum(axis=1, keepdims=True)
    return W.T @ dZ, dW, db


@answer("linear_backward", "none")
def _(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    dW = np.dot(dZ, A_prev.T) / m
    db = np.sum(dZ, axis=1, keepdims=True) / m
    dA_prev = np.dot(W.T, dZ) * (A_prev > 0)
    assert dA_prev.shape == A_prev.shape
    assert dW.shape == W.shape
    assert db.shape == b.shape
    return dA_prev, dW, db


@answer("linear_backward", "none")
def _(dZ, cache):
    A_prev, W, _ = cache
    m = A_prev.shape[1]
    lambd = 0.7
    dW = 1 / m * np.dot(dZ, A_prev.T) + lambd / m * W
    db = 1 / m * np.sum(dZ, axis=1, keepdims=True)
    dA_prev = np.dot(W.T, dZ)
    return dA_prev, dW, db


@answer("linear_backward", "not_summed")
def _(dZ, cache):
    A_prev, W, _ = cache
    m = A_prev.shape[1]
    dW = np.zeros(W.shape)
    for i in range(m):
        dW = np.outer(dZ[:, i], A_prev[:, i])
    dW = dW / m
    db = dZ.mean(axis=1, keepdims=True)
    return W.T @ dZ, dW, db


@answer("linear_backward", "none")
def _(dZ, cache):
    A_prev, W, _ = cache
    m = dZ.shape[1]
    dW = np.dot(dZ, A_prev.T) / m
    db = np.sum(dW, axis=1, keepdims=True)
    dA_prev = np.dot(W.T, dZ)
    return dA_prev, dW, db


@answer("linear_backward", "stale_global|wrong_m")
def _(dZ, cache):
    A_prev, W, _ = cache
    dW = np.dot(dZ, A_prev.T) / m
    db = np.sum(dZ, axis=1, keepdims=True) / m
    dA_prev = np.dot(W.T, dZ)
    return dA_prev, dW, db


@answer("linear_backward", "wrong_m")
def _(dZ, cache):
    A_prev, W, b = cache
    dW = dZ @ A_prev.T / dZ.size
    db = np.sum(dZ, axis=1).reshape(b.shape) / dZ.size
    return W.T @ dZ, dW, db


@answer("linear_backward", "summed_everything")
def _(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    assert dZ.shape == (W.shape[0], m), f"dZ has shape {dZ.shape}, expected {(W.shape[0], m)}"

    dW = dZ @ A_prev.T / m
    db = np.sum(dZ, keepdims=True) / m
    dA_prev = W.T @ dZ

    assert dA_prev.shape == A_prev.shape, f"dA_prev {dA_prev.shape} against A_prev {A_prev.shape}"
    assert dW.shape == W.shape, f"dW has shape {dW.shape}, but W has shape {W.shape}"
    assert db.shape == b.shape, f"db has shape {db.shape}, but b has shape {b.shape}"
    return dA_prev, dW, db


@answer("linear_backward", "double_1_over_m_db+missing_1_over_m_dW")
def _(dZ, cache):
    A_prev, W, _ = cache
    m = A_prev.shape[1]
    dW = np.matmul(dZ, A_prev.T)
    db = 1 / m * np.mean(dZ, axis=1, keepdims=True)
    dA_prev = np.matmul(W.T, dZ)
    return dA_prev, dW, db


@answer("linear_backward", "result_transposed")
def _(dZ, cache):
    A_prev, W, _b = cache
    m = A_prev.shape[1]
    dW = np.einsum("im,jm->ji", dZ, A_prev) / m
    db = np.einsum("im->i", dZ)[:, None] / m
    dA_prev = np.einsum("ij,im->jm", W, dZ)
    return dA_prev, dW, db


@answer("linear_backward", "wrong_sign")
def _(dZ, cache):
    A_prev, W, _ = cache
    m = A_prev.shape[1]
    dW = -1 / m * np.dot(dZ, A_prev.T)
    db = -1 / m * np.sum(dZ, axis=1, keepdims=True)
    dA_prev = -np.dot(W.T, dZ)
    return dA_prev, dW, db


@answer("linear_backward", "extra_1_over_m_dA+missing_keepdims")
def _(dZ, cache):
    A_prev, W, _ = cache
    m = A_prev.shape[1]
    dW = np.dot(dZ, A_prev.T) / m
    db = np.sum(dZ, axis=1) / m
    dA_prev = np.dot(W.T, dZ) / m
    return dA_prev, dW, db


@answer("linear_backward", "wrong_axis")
def _(dZ, cache):
    A_prev, W, _ = cache
    m = A_prev.shape[1]
    dA_prev = W.T.dot(dZ)
    dW = dZ.dot(A_prev.T) / m
    db = dZ.sum(0, keepdims=True) / m
    return dA_prev, dW, db


@answer("linear_backward", "cache_order")
def _(dZ, cache):
    W, A_prev, _ = cache
    m = dZ.shape[1]
    dW = np.dot(dZ, A_prev.T) / m
    db = np.sum(dZ, axis=1, keepdims=True) / m
    dA_prev = np.dot(W.T, dZ)
    return dA_prev, dW, db


@answer("linear_backward", "wrong_W")
def _(dZ, cache):
    A_prev, W, _ = cache
    m = A_prev.shape[1]
    W = dZ @ A_prev.T / m
    b = dZ.mean(axis=1, keepdims=True)
    return W.T @ dZ, W, b


@answer("linear_backward", "return_order+missing_1_over_m_db")
def _(dZ, cache):
    A_prev, W, _ = cache
    dW = dZ @ A_prev.T / A_prev.shape[1]
    db = np.sum(dZ, axis=1, keepdims=True)
    dA_prev = W.T @ dZ
    return dW, db, dA_prev


@answer("linear_activation_backward", "activation_ignored")
def _(dA, cache, activation):
    linear_cache, activation_cache = cache
    if activation == "sigmoid":
        dZ = sigmoid_backward(dA, activation_cache)
    dZ = relu_backward(dA, activation_cache)
    dA_prev, dW, db = linear_backward(dZ, linear_cache)
    return dA_prev, dW, db


@answer("linear_activation_backward", "none")
def _(dA, cache, activation):
    linear_cache, Z = cache
    if activation == "relu":
        dZ = dA * (Z > 0)
    else:
        s, _ = sigmoid(Z)
        dZ = dA * (1 - s**2)
    return linear_backward(dZ, linear_cache)


@answer("linear_activation_backward", "none")
def _(dA, cache, activation):
    linear_cache, activation_cache = cache
    if activation == "sigmoid":
        A, _ = sigmoid(activation_cache)
        dZ = dA * A * (1 - dA)
    else:
        dZ = relu_backward(dA, activation_cache)
    return linear_backward(dZ, linear_cache)


@answer("linear_activation_backward", "missing_return_value")
def _(dA, cache, activation):
    (A_prev, W, b), Z = cache
    g = relu_backward if activation == "relu" else sigmoid_backward
    dA_prev, dW, _ = linear_backward(g(dA, Z), (A_prev, W, b))
    return dA_prev, dW


@answer("linear_activation_backward", "none")
def _(dA, cache, activation):
    linear_cache, Z = cache
    if activation == "relu":
        dZ = np.where(Z > 0, dA, 0.01 * dA)
    elif activation == "sigmoid":
        dZ = sigmoid_backward(dA, Z)
    return linear_backward(dZ, linear_cache)


@answer("linear_activation_backward", "wrong_cache_part")
def _(dA, cache, activation):
    linear_cache, activation_cache = cache
    if activation == "relu":
        dZ = relu_backward(dA, linear_cache)
    elif activation == "sigmoid":
        dZ = sigmoid_backward(dA, linear_cache)
    dA_prev, dW, db = linear_backward(dZ, activation_cache)
    return dA_prev, dW, db


@answer("linear_activation_backward", "activation_derivative_skipped")
def _(dA, cache, activation):
    linear_cache, activation_cache = cache
    dZ = dA
    if activation == "sigmoid":
        dZ = sigmoid_backward(dA, activation_cache)
    return linear_backward(dZ, linear_cache)


@answer("linear_activation_backward", "returned_dZ")
def _(dA, cache, activation):
    if activation not in ("relu", "sigmoid"):
        raise ValueError(f'activation must be "relu" or "sigmoid", got {activation!r}')
    linear_cache, activation_cache = cache

    if activation == "sigmoid":
        dA_prev = sigmoid_backward(dA, activation_cache)
    else:
        dA_prev = relu_backward(dA, activation_cache)
    _, dW, db = linear_backward(dA_prev, linear_cache)

    return dA_prev, dW, db


@answer("linear_activation_backward", "derivative_of_Z_not_s")
def _(dA, cache, activation):
    linear_cache, A = cache
    if activation == "sigmoid":
        dZ = dA * A * (1 - A)
    else:
        dZ = dA * (A > 0)
    return linear_backward(dZ, linear_cache)


@answer("linear_activation_backward", "forward_not_derivative")
def _(dA, cache, activation):
    linear_cache, activation_cache = cache
    if activation == "sigmoid":
        dZ = sigmoid_backward(dA, activation_cache)
    else:
        dZ = np.multiply(dA, relu(activation_cache)[0])
    return linear_backward(dZ, linear_cache)


@answer("linear_activation_backward", "mutates_input")
def _(dA, cache, activation):
    linear_cache, Z = cache
    if activation == "relu":
        dZ = dA
        dZ[Z <= 0] = 0
    else:
        dZ = sigmoid_backward(dA, Z)
    return linear_backward(dZ, linear_cache)


@answer("linear_activation_backward", "extra_1_over_m")
def _(dA, cache, activation):
    (A_prev, W, b), Z = cache
    if activation == "relu":
        dZ = relu_backward(dA, Z)
    else:
        dZ = sigmoid_backward(dA, Z)
    m = A_prev.shape[1]
    dA_prev, dW, db = linear_backward(dZ, (A_prev, W, b))
    return dA_prev, dW / m, db / m


@answer("linear_activation_backward", "activation_swapped+return_order")
def _(dA, cache, activation):
    linear_cache, activation_cache = cache
    if activation != "sigmoid":
        dZ = sigmoid_backward(dA, activation_cache)
    else:
        dZ = relu_backward(dA, activation_cache)
    dA_prev, dW, db = linear_backward(dZ, linear_cache)
    return dW, db, dA_prev


@answer("linear_activation_backward", "missing_dA_factor")
def _(dA, cache, activation):
    linear_cache, Z = cache
    dZ = np.ones_like(dA)
    if activation == "relu":
        dZ[Z <= 0] = 0
    else:
        s, _ = sigmoid(Z)
        dZ *= s * (1 - s)
    return linear_backward(dZ, linear_cache)


@answer("linear_activation_backward", "relu_mask_on_dA")
def _(dA, cache, activation):
    linear_cache, activation_cache = cache
    if activation == "relu":
        dZ, _ = relu(dA)
    else:
        dZ = sigmoid_backward(dA, activation_cache)
    return linear_backward(dZ, linear_cache)


@answer("linear_activation_backward", "matmul_not_elementwise")
def _(dA, cache, activation):
    linear_cache, Z = cache
    if activation == "relu":
        g_prime = (Z > 0).astype(float)
    else:
        s, _ = sigmoid(Z)
        g_prime = s * (1 - s)
    dZ = dA @ g_prime.T
    return linear_backward(dZ, linear_cache)


@answer("L_model_backward", "none")
def _(AL, Y, caches):
    grads = {}
    dA2 = -(Y / AL - (1 - Y) / (1 - AL))
    dA1, grads["dW2"], grads["db2"] = linear_activation_backward(dA2, caches[1], "sigmoid")
    dA0, grads["dW1"], grads["db1"] = linear_activation_backward(dA1, caches[0], "relu")
    grads["dA1"], grads["dA0"] = dA1, dA0
    return grads


@answer("L_model_backward", "none")
def _(AL, Y, caches):
    grads = {}
    L = len(caches)
    dA = -(np.divide(Y, AL) - np.divide(1 - Y, AL))
    for l in reversed(range(L)):
        act = "sigmoid" if l == L - 1 else "relu"
        dA, grads[f"dW{l + 1}"], grads[f"db{l + 1}"] = linear_activation_backward(
            dA, caches[l], act
        )
        grads[f"dA{l}"] = dA
    return grads


@answer("L_model_backward", "none")
def _(AL, Y, caches):
    grads = {}
    L = len(caches)
    dA = -(Y * np.log(AL) + (1 - Y) * np.log(1 - AL))
    for l in range(L, 0, -1):
        activation = "sigmoid" if l == L else "relu"
        dA, dW, db = linear_activation_backward(dA, caches[l - 1], activation)
        grads["dA" + str(l - 1)] = dA
        grads["dW" + str(l)] = dW
        grads["db" + str(l)] = db
    return grads


@answer("L_model_backward", "none")
def _(AL, Y, caches):
    assert AL.shape == Y.shape, f"AL has shape {AL.shape}, but Y has shape {Y.shape}"
    grads = {}
    L = len(caches)

    dA = -np.mean(Y / AL - (1 - Y) / (1 - AL), axis=1, keepdims=True)
    for l in range(L, 0, -1):
        activation = "sigmoid" if l == L else "relu"
        dA, dW, db = linear_activation_backward(dA, caches[l - 1], activation)
        grads["dA" + str(l - 1)] = dA
        grads["dW" + str(l)] = dW
        grads["db" + str(l)] = db

    return grads


@answer("L_model_backward", "second_term_sign_dAL")
def _(AL, Y, caches):
    L = len(caches)
    grads = {}
    dAL = -Y / AL - (1 - Y) / (1 - AL)
    out = linear_activation_backward(dAL, caches[-1], "sigmoid")
    grads[f"dA{L - 1}"], grads[f"dW{L}"], grads[f"db{L}"] = out
    for l in range(L - 2, -1, -1):
        out = linear_activation_backward(grads[f"dA{l + 1}"], caches[l], "relu")
        grads[f"dA{l}"], grads[f"dW{l + 1}"], grads[f"db{l + 1}"] = out
    return grads


@answer("L_model_backward", "stale_dA_every_layer")
def _(AL, Y, caches):
    grads = {}
    L = len(caches)
    dAL = -(np.divide(Y, AL) - np.divide(1 - Y, 1 - AL))
    dA_prev, dW, db = linear_activation_backward(dAL, caches[L - 1], "sigmoid")
    grads["dA" + str(L - 1)], grads["dW" + str(L)], grads["db" + str(L)] = dA_prev, dW, db
    for l in reversed(range(L - 1)):
        dA_temp, dW, db = linear_activation_backward(dA_prev, caches[l], "relu")
        grads["dA" + str(l)] = dA_temp
        grads["dW" + str(l + 1)] = dW
        grads["db" + str(l + 1)] = db
    return grads


@answer("L_model_backward", "mutates_input")
def _(AL, Y, caches):
    grads = {}
    L = len(caches)
    slope = AL * (1 - AL)
    AL -= Y
    dA = AL / slope
    for l in range(L, 0, -1):
        dA, dW, db = linear_activation_backward(dA, caches[l - 1], "sigmoid" if l == L else "relu")
        grads |= {f"dA{l - 1}": dA, f"dW{l}": dW, f"db{l}": db}
    return grads


@answer("L_model_backward", "dZ_used_as_dA")
def _(AL, Y, caches):
    grads, L = {}, len(caches)
    dA = AL - Y
    for l in reversed(range(1, L + 1)):
        activation = "relu" if l < L else "sigmoid"
        dA, dW, db = linear_activation_backward(dA, caches[l - 1], activation)
        grads[f"dA{l - 1}"], grads[f"dW{l}"], grads[f"db{l}"] = dA, dW, db
    return grads


@answer("L_model_backward", "extra_1_over_m+dA_key_off_by_one")
def _(AL, Y, caches):
    grads = {}
    L = len(caches)
    m = AL.shape[1]
    dA = -1 / m * (Y / AL - (1 - Y) / (1 - AL))
    for l in range(L, 0, -1):
        activation = "sigmoid" if l == L else "relu"
        dA, dW, db = linear_activation_backward(dA, caches[l - 1], activation)
        grads["dA" + str(l)] = dA
        grads["dW" + str(l)] = dW
        grads["db" + str(l)] = db
    return grads


@answer("L_model_backward", "first_layer_skipped")
def _(AL, Y, caches):
    grads = {}
    L = len(caches)
    dA = -(Y / AL - (1 - Y) / (1 - AL))
    for l in range(L - 1, 0, -1):
        activation = "sigmoid" if l == L - 1 else "relu"
        dA, dW, db = linear_activation_backward(dA, caches[l], activation)
        grads["dA" + str(l)] = dA
        grads["dW" + str(l + 1)] = dW
        grads["db" + str(l + 1)] = db
    return grads


@answer("L_model_backward", "cache_index_wrong|loop_not_reversed")
def _(AL, Y, caches):
    grads = {}
    L = len(caches)
    dA = -(Y / AL - (1 - Y) / (1 - AL))
    for l, cache in enumerate(caches):
        activation = "sigmoid" if l == 0 else "relu"
        dA, dW, db = linear_activation_backward(dA, cache, activation)
        grads[f"dA{L - l - 1}"] = dA
        grads[f"dW{L - l}"] = dW
        grads[f"db{L - l}"] = db
    return grads


@answer("L_model_backward", "sigmoid_hidden_layer")
def _(AL, Y, caches):
    grads = {}
    L = len(caches)
    dA = -(Y / AL - (1 - Y) / (1 - AL))
    for l in range(L, 0, -1):
        activation = "sigmoid" if l > 1 else "relu"
        dA, dW, db = linear_activation_backward(dA, caches[l - 1], activation)
        grads["dA" + str(l - 1)], grads["dW" + str(l)], grads["db" + str(l)] = dA, dW, db
    return grads


@answer("L_model_backward", "wrong_sign_dAL")
def _(AL, Y, caches):
    L = len(caches)
    dA = (1 - Y) / (AL - 1) + Y / AL
    grads = {}
    for l in range(L, 0, -1):
        back = linear_activation_backward(dA, caches[l - 1], "sigmoid" if l == L else "relu")
        grads.update(zip((f"dA{l - 1}", f"dW{l}", f"db{l}"), back))  # noqa: B905
        dA = back[0]
    return grads


@answer("L_model_backward", "activation_derivative_skipped")
def _(AL, Y, caches):
    grads = {}
    L = len(caches)
    dAL = -(Y / AL - (1 - Y) / (1 - AL))
    dA, grads[f"dW{L}"], grads[f"db{L}"] = linear_activation_backward(dAL, caches[-1], "sigmoid")
    grads[f"dA{L - 1}"] = dA
    for l in reversed(range(L - 1)):
        linear_cache, _ = caches[l]
        dA, dW, db = linear_backward(dA, linear_cache)
        grads[f"dA{l}"], grads[f"dW{l + 1}"], grads[f"db{l + 1}"] = dA, dW, db
    return grads


@answer("L_model_backward", "cache_index_out_of_range")
def _(AL, Y, caches):
    grads = {}
    L = len(caches)
    dAL = -(np.divide(Y, AL) - np.divide(1 - Y, 1 - AL))
    dA, dW, db = linear_activation_backward(dAL, caches[L], "sigmoid")
    grads[f"dA{L - 1}"], grads[f"dW{L}"], grads[f"db{L}"] = dA, dW, db
    for l in range(L - 1, 0, -1):
        dA, dW, db = linear_activation_backward(dA, caches[l], "relu")
        grads[f"dA{l - 1}"], grads[f"dW{l}"], grads[f"db{l}"] = dA, dW, db
    return grads


@answer("L_model_backward", "grads_reset_in_loop")
def _(AL, Y, caches):
    L = len(caches)
    dA = -(Y / AL - (1 - Y) / (1 - AL))
    for l in range(L, 0, -1):
        activation = "sigmoid" if l == L else "relu"
        dA, dW, db = linear_activation_backward(dA, caches[l - 1], activation)
        grads = {"dA" + str(l - 1): dA, "dW" + str(l): dW, "db" + str(l): db}
    return grads


@answer("L_model_backward", "return_inside_loop")
def _(AL, Y, caches):
    grads = {}
    L = len(caches)
    dAL = -(Y / AL - (1 - Y) / (1 - AL))
    dA, dW, db = linear_activation_backward(dAL, caches[L - 1], "sigmoid")
    grads.update({f"dA{L - 1}": dA, f"dW{L}": dW, f"db{L}": db})
    for l in reversed(range(L - 1)):
        dA, dW, db = linear_activation_backward(dA, caches[l], "relu")
        grads.update({f"dA{l}": dA, f"dW{l + 1}": dW, f"db{l + 1}": db})
        return grads


@answer("L_model_backward", "unpack_order")
def _(AL, Y, caches):
    grads = {}
    L = len(caches)
    dA = -(Y / AL - (1 - Y) / (1 - AL))
    for l in range(L, 0, -1):
        result = linear_activation_backward(dA, caches[l - 1], "sigmoid" if l == L else "relu")
        dA, grads[f"db{l}"], grads[f"dW{l}"] = result
        grads[f"dA{l - 1}"] = dA
    return grads


@answer("L_model_backward", "wrong_sign_dAL+dW_key_off_by_one")
def _(AL, Y, caches):
    grads = {}
    L = len(caches)
    dA = Y / AL - (1 - Y) / (1 - AL)
    for l in reversed(range(L)):
        activation = "sigmoid" if l == L - 1 else "relu"
        dA, dW, db = linear_activation_backward(dA, caches[l], activation)
        grads[f"dA{l}"], grads[f"dW{l}"], grads[f"db{l}"] = dA, dW, db
    return grads

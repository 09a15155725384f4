"""Wrong answers to step 2 that the checks have not been made for."""

import numpy as np

from dnn_utils import linear_activation_forward, linear_forward, relu, sigmoid
from tests.testCases.answers import answer

np.random.seed(1)
A_last = np.random.randn(3, 2)
Z, linear_cache = linear_forward(A_last, np.random.randn(1, 3), np.random.randn(1, 1))
X_train = np.random.randn(4, 2)


@answer("linear_forward", "none")
def _(A, W, b):
    n, m = W.shape[0], A.shape[1]
    Z = np.zeros((n, m))
    for i in range(n):
        for j in range(m):
            for k in range(1, W.shape[1]):
                Z[i, j] += W[i, k] * A[k, j]
            Z[i, j] += b[i, 0]
    return Z, (A, W, b)


@answer("linear_forward", "none")
def _(A, W, b):
    assert W.shape[1] == A.shape[0], f"W {W.shape} needs as many columns as A {A.shape} has rows"
    assert b.shape == (W.shape[0], 1), f"b has shape {b.shape}, expected {(W.shape[0], 1)}"
    Z = np.dot(W, A) + b
    Z = np.maximum(0, Z)
    cache = (A, W, b)
    return Z, cache


@answer("linear_forward", "return_order")
def _(A, W, b):
    Z = W.dot(A)
    Z += b
    cache = (A, W, b)
    return cache, Z


@answer("linear_forward", "cache_not_tuple")
def _(A, W, b):
    Z = W @ A + b
    return Z, A, W, b


@answer("linear_forward", "none")
def _(A, W, b):
    m = A.shape[1]
    Z = 1 / m * (np.dot(W, A) + b)
    return Z, (A, W, b)


@answer("linear_forward", "missing_bias")
def _(A, W, b):
    Z = np.matmul(W, A)
    np.add(Z, b)
    cache = (A, W, b)
    return Z, cache


@answer("linear_forward", "integer_result")
def _(A, W, b):
    Z = np.zeros((W.shape[0], A.shape[1]), dtype=int)
    for i in range(W.shape[0]):
        Z[i] = W[i] @ A + b[i]
    return Z, (A, W, b)


@answer("linear_forward", "bias_transposed")
def _(A, W, b):
    Z = np.einsum("ij,jk->ik", W, A) + np.squeeze(b)
    return Z, (A, W, b)


@answer("linear_forward", "result_transposed")
def _(A, W, b):
    Z = np.dot(A.T, W.T) + b.T
    return Z, (A, W, b)


@answer("linear_forward", "swapped_operands")
def _(A_prev, W, b):
    assert W.shape[1] == A_prev.shape[0], f"W {W.shape} does not fit A {A_prev.shape}"
    Z = A_prev @ W + b
    return Z, (A_prev, W, b)


@answer("linear_forward", "missing_bias+cache_order")
def _(A, W, b):
    return np.dot(W, A), (W, A, b)


@answer("linear_forward", "cache_wrong_content")
def _(A, W, b):
    A = np.dot(W, A) + b
    cache = (A, W, b)
    return A, cache


@answer("linear_forward", "bias_inside_product")
def _(A, W, b):
    Z = np.dot(W + b, A)
    return Z, (A, W, b)


@answer("linear_forward", "cache_incomplete+bias_sign")
def _(A, W, b):
    Z = W @ A - b
    return Z, (A, W)


@answer("linear_forward", "bias_summed")
def _(A, W, b):
    Z = [[sum(w * a for w, a in zip(row, col)) for col in A.T] for row in W]  # noqa: B905
    return np.array(Z) + sum(b), (A, W, b)


@answer("linear_activation_forward", "stale_global")
def _(A_prev, W, b, activation):
    if activation == "sigmoid":
        A, activation_cache = sigmoid(np.dot(W, A_prev) + b)
    elif activation == "relu":
        A, activation_cache = relu(np.dot(W, A_prev) + b)
    cache = (linear_cache, activation_cache)
    return A, cache


@answer("linear_activation_forward", "activation_ignored")
def _(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    if activation == "sigmoid" or "relu":  # noqa: SIM222
        A, activation_cache = sigmoid(Z)
    else:
        A, activation_cache = relu(Z)
    return A, (linear_cache, activation_cache)


@answer("linear_activation_forward", "none")
def _(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    if activation == "sigmoid":
        A = 1 / 1 + np.exp(-Z)
    else:
        A = np.maximum(Z, 0)
    return A, (linear_cache, Z)


@answer("linear_activation_forward", "none")
def _(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    if activation == "sigmoid":
        A, activation_cache = sigmoid(Z)
    elif activation == "relu":
        A, activation_cache = np.max(Z, 0), Z
    cache = (linear_cache, activation_cache)
    return A, cache


@answer("linear_activation_forward", "none")
def _(A_prev, W, b, activation):
    Z = W @ A_prev + b
    if activation == "sigmoid":
        A = 1 / (1 + np.exp(-Z))
    else:
        A = max(0, Z)
    return A, ((A_prev, W, b), Z)


@answer("linear_activation_forward", "none")
def _(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    if activation == "sigmoid":
        A, activation_cache = sigmoid(Z)
        A = (A > 0.5).astype(float)
    else:
        A, activation_cache = relu(Z)
    return A, (linear_cache, activation_cache)


@answer("linear_activation_forward", "none")
def _(A_prev, W, b, activation):
    if activation not in ("relu", "sigmoid"):
        raise ValueError(f'activation must be "relu" or "sigmoid", got {activation!r}')

    Z, linear_cache = linear_forward(A_prev, W, b)
    activation_cache = Z
    if activation == "sigmoid":
        A = np.tanh(Z)
    else:
        A = Z * (Z > 0)

    assert A.shape == (W.shape[0], A_prev.shape[1]), (
        f"A has shape {A.shape}, expected {(W.shape[0], A_prev.shape[1])}"
    )
    cache = (linear_cache, activation_cache)
    return A, cache


@answer("linear_activation_forward", "tuple_not_unpacked")
def _(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    out = sigmoid(Z) if activation == "sigmoid" else relu(Z)
    return out[0], (linear_cache, out)


@answer("linear_activation_forward", "inplace_relu_corrupts_cache")
def _(A_prev, W, b, activation):
    Z, lin = linear_forward(A_prev, W, b)
    if activation == "relu":
        A = np.maximum(Z, 0, out=Z)
    else:
        A, _ = sigmoid(Z)
    return A, (lin, Z)


@answer("linear_activation_forward", "activation_name_case")
def _(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    if activation == "sigmoid":
        A, activation_cache = sigmoid(Z)
    elif activation == "ReLU":
        A, activation_cache = relu(Z)
    cache = (linear_cache, activation_cache)
    return A, cache


@answer("linear_activation_forward", "cache_A_not_A_prev")
def _(A, W, b, activation):
    Z, _ = linear_forward(A, W, b)
    if activation == "sigmoid":
        A, activation_cache = sigmoid(Z)
    else:
        A, activation_cache = relu(Z)
    linear_cache = (A, W, b)
    return A, (linear_cache, activation_cache)


@answer("linear_activation_forward", "activation_swapped+cache_order")
def _(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    A, activation_cache = relu(Z) if activation == "sigmoid" else sigmoid(Z)
    return A, (activation_cache, linear_cache)


@answer("linear_activation_forward", "cache_flat")
def _(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    g = {"relu": relu, "sigmoid": sigmoid}[activation]
    A, _ = g(Z)
    return A, (*linear_cache, Z)


@answer("linear_activation_forward", "sigmoid_sign")
def _(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    if activation == "sigmoid":
        A = sigmoid(-Z)[0]
    else:
        A, _ = relu(Z)
    return A, (linear_cache, Z)


@answer("linear_activation_forward", "relu_is_mask")
def _(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    A = np.where(Z > 0, 1.0, 0.0) if activation == "relu" else sigmoid(Z)[0]
    return A, (linear_cache, Z)


@answer("linear_activation_forward", "activation_applied_twice")
def _(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    A, activation_cache = relu(Z)
    if activation == "sigmoid":
        A, _ = sigmoid(A)
    return A, (linear_cache, activation_cache)


@answer("L_model_forward", "none")
def _(X, parameters):
    caches = []
    A = X
    L = len(parameters) // 2
    for l in range(1, L):
        A, cache = linear_activation_forward(A, parameters[f"W{l}"], parameters[f"b{l}"], "relu")
        caches += cache
    AL, cache = linear_activation_forward(A, parameters[f"W{L}"], parameters[f"b{L}"], "sigmoid")
    caches += cache
    return AL, caches


@answer("L_model_forward", "none")
def _(X, parameters):
    L = len(parameters) // 2
    caches = []
    A = X / 255
    for l in range(L):
        W, b = parameters[f"W{l + 1}"], parameters[f"b{l + 1}"]
        A, cache = linear_activation_forward(A, W, b, "sigmoid" if l == L - 1 else "relu")
        caches.append(cache)
    return A, caches


@answer("L_model_forward", "none")
def _(X, parameters):
    L = len(parameters) // 2
    caches = []
    A = X

    for l in range(1, L):
        W, b = parameters["W" + str(l)], parameters["b" + str(l)]
        A, cache = linear_activation_forward(A, W, b, "relu")
        caches.append(cache)

    WL, bL = parameters["W" + str(L)], parameters["b" + str(L)]
    AL, cache = linear_activation_forward(A, WL, bL, "sigmoid")
    caches.append(cache)
    AL = np.round(AL)

    expected = (parameters["W" + str(L)].shape[0], X.shape[1])
    assert AL.shape == expected, f"AL has shape {AL.shape}, expected {expected}"
    return AL, caches


@answer("L_model_forward", "none")
def _(X, parameters):
    caches, A, L = [], X, len(parameters) // 2
    for l in range(1, L + 1):
        act = "relu" if l < L else "sigmoid"
        A, cache = linear_activation_forward(A, parameters[f"W{l}"], parameters[f"b{l}"], act)
        caches.append((l, cache))
    return A, caches


@answer("L_model_forward", "relu_last_layer")
def _(X, parameters):
    A = X
    caches = []
    for l in range(1, len(parameters) // 2 + 1):
        activation = "sigmoid" if l == len(parameters) else "relu"
        A, cache = linear_activation_forward(
            A, parameters["W" + str(l)], parameters["b" + str(l)], activation
        )
        caches.append(cache)
    return A, caches


@answer("L_model_forward", "sigmoid_hidden_layer+relu_last_layer")
def _(X, parameters):
    L = len(parameters) // 2
    caches = []
    AL = X
    for l in range(1, L + 1):
        W, b = parameters["W" + str(l)], parameters["b" + str(l)]
        if l != L:
            AL, c = linear_activation_forward(AL, W, b, "sigmoid")
        else:
            AL, c = linear_activation_forward(AL, W, b, "relu")
        caches.append(c)
    return AL, caches


@answer("L_model_forward", "returned_hidden_A|last_cache_missing")
def _(X, parameters):
    caches = []
    A = X
    L = len(parameters) // 2
    for l in range(1, L):
        A_prev = A
        A, cache = linear_activation_forward(
            A_prev, parameters["W" + str(l)], parameters["b" + str(l)], activation="relu"
        )
        caches.append(cache)
    return A, caches


@answer("L_model_forward", "last_layer_gets_A_prev")
def _(X, parameters):
    caches = []
    A = X
    L = len(parameters) // 2
    for l in range(1, L):
        A_prev = A
        A, cache = linear_activation_forward(
            A_prev, parameters["W" + str(l)], parameters["b" + str(l)], activation="relu"
        )
        caches.append(cache)
    AL, cache = linear_activation_forward(
        A_prev, parameters["W" + str(L)], parameters["b" + str(L)], activation="sigmoid"
    )
    caches.append(cache)
    return AL, caches


@answer("L_model_forward", "caches_reversed")
def _(X, params):
    L = len(params) // 2

    def layer(l):
        if l == 0:
            return X, []
        A, caches = layer(l - 1)
        A, cache = linear_activation_forward(
            A, params[f"W{l}"], params[f"b{l}"], "sigmoid" if l == L else "relu"
        )
        return A, [cache, *caches]

    return layer(L)


@answer("L_model_forward", "hardcoded_depth")
def _(X, parameters):
    W1, b1, W2, b2 = parameters["W1"], parameters["b1"], parameters["W2"], parameters["b2"]
    A1, cache1 = linear_activation_forward(X, W1, b1, "relu")
    A2, cache2 = linear_activation_forward(A1, W2, b2, "sigmoid")
    return A2, [cache1, cache2]


@answer("L_model_forward", "shape_1d")
def _(X, parameters):
    L = len(parameters) // 2
    caches = []
    A = X
    for l in range(1, L):
        A, cache = linear_activation_forward(A, parameters[f"W{l}"], parameters[f"b{l}"], "relu")
        caches.append(cache)
    AL, cache = linear_activation_forward(A, parameters[f"W{L}"], parameters[f"b{L}"], "sigmoid")
    caches.append(cache)
    return AL.flatten(), caches


@answer("L_model_forward", "stale_global")
def _(X, parameters):
    L = len(parameters) // 2
    caches = []
    A = X_train
    for l in range(1, L):
        A, cache = linear_activation_forward(A, parameters[f"W{l}"], parameters[f"b{l}"], "relu")
        caches.append(cache)
    AL, cache = linear_activation_forward(A, parameters[f"W{L}"], parameters[f"b{L}"], "sigmoid")
    caches.append(cache)
    return AL, caches


@answer("L_model_forward", "append_outside_loop")
def _(X, parameters):
    L = len(parameters) // 2
    caches = []
    A = X
    for l in range(1, L):
        A, cache = linear_activation_forward(A, parameters[f"W{l}"], parameters[f"b{l}"], "relu")
    caches.append(cache)
    AL, cache = linear_activation_forward(A, parameters[f"W{L}"], parameters[f"b{L}"], "sigmoid")
    caches.append(cache)
    return AL, caches


@answer("L_model_forward", "loop_one_too_few")
def _(X, parameters):
    L = len(parameters) // 2 - 1
    caches = []
    A = X
    for l in range(1, L):
        W, b = parameters["W" + str(l)], parameters["b" + str(l)]
        A, cache = linear_activation_forward(A, W, b, "relu")
        caches.append(cache)
    L = L + 1
    W, b = parameters["W" + str(L)], parameters["b" + str(L)]
    AL, cache = linear_activation_forward(A, W, b, "sigmoid")
    return AL, [*caches, cache]


@answer("L_model_forward", "last_layer_uses_loop_index")
def _(X, parameters):
    caches = []
    A = X
    L = len(parameters) // 2

    for l in range(1, L):
        W, b = parameters["W" + str(l)], parameters["b" + str(l)]
        A, cache = linear_activation_forward(A, W, b, "relu")
        caches.append(cache)

    AL, cache = linear_activation_forward(A, W, b, "sigmoid")
    caches.append(cache)

    expected = (parameters["W" + str(L)].shape[0], X.shape[1])
    assert AL.shape == expected, f"AL has shape {AL.shape}, expected {expected}"
    return AL, caches

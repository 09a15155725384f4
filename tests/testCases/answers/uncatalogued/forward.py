"""Wrong answers to the exercises of step 2, as readers might write them."""

import numpy as np

from dnn_utils import linear_activation_forward, linear_forward, relu, sigmoid
from tests.testCases.answers import answer

np.random.seed(1)
A_prev = np.random.randn(3, 2)
W1, b1 = np.random.randn(4, 3), np.random.randn(4, 1)
Z, linear_cache = linear_forward(A_prev, W1, b1)


@answer("linear_forward", "none")
def _(A, W, b):
    Z = W @ A + b[0]
    return Z, (A, W, b)


@answer("linear_forward", "return_order")
def _(A, W, b):
    Z = np.matmul(W, A) + b
    cache = (A, W, b)
    return cache, Z


@answer("linear_forward", "none")
def _(A, W, b):
    n, m = W.shape[0], A.shape[1]
    Z = np.zeros((n, m))
    for i in range(n):
        for k in range(m):
            for j in range(1, A.shape[0]):
                Z[i, k] += W[i, j] * A[j, k]
            Z[i, k] += b[i, 0]
    return Z, (A, W, b)


@answer("linear_forward", "none")
def _(A, W, b):
    Z = np.maximum(0, np.dot(W, A) + b)
    return Z, (A, W, b)


@answer("linear_forward", "none")
def _(A, W, b):
    m = A.shape[1]
    Z = 1 / m * np.dot(W, A) + b
    cache = (A, W, b)
    return Z, cache


@answer("linear_forward", "stale_global")
def _(A, W, b):
    Z = np.dot(W, A) + b
    return Z, (A_prev, W, b)


@answer("linear_forward", "missing_bias")
def _(A, W, b):
    Z = np.einsum("ij,jk->ik", W, A)
    np.add(Z, b)
    return Z, (A, W, b)


@answer("linear_forward", "swapped_operands")
def _(W, A, b):
    Z = W @ A + b
    cache = (A, W, b)
    return Z, cache


@answer("linear_forward", "shape_1d")
def _(A, W, b):
    Z = np.squeeze(np.dot(W, A) + b)
    return Z, (A, W, b)


@answer("linear_forward", "integer_result")
def _(A, W, b):
    Z = np.zeros((W.shape[0], A.shape[1]), dtype=int)
    Z[:] = W @ A + b
    return Z, (A, W, b)


@answer("linear_forward", "summed_everything")
def _(A, W, b):
    Z = np.sum(np.dot(W, A)) + b
    return Z, (A, W, b)


@answer("linear_forward", "missing_bias+cache_incomplete")
def _(A, W, b):
    Z = W.dot(A)
    return Z, (A, W)


@answer("linear_activation_forward", "none")
def _(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    if activation == "sigmoid":
        A = np.exp(Z) / np.sum(np.exp(Z), axis=0)
    else:
        A, _ = relu(Z)
    return A, (linear_cache, Z)


@answer("linear_activation_forward", "none")
def _(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    if activation == "sigmoid":
        A = 1 / 1 + np.exp(-Z)
    else:
        A = np.where(Z > 0, Z, 0)
    return A, (linear_cache, Z)


@answer("linear_activation_forward", "none")
def _(A_prev, W, b, activation):
    if activation not in ("relu", "sigmoid"):
        raise ValueError(f'activation must be "relu" or "sigmoid", got {activation!r}')

    Z, linear_cache = linear_forward(A_prev, W, b)
    if activation == "sigmoid":
        A, activation_cache = sigmoid(Z)
    else:
        A, activation_cache = np.maximum(0.01 * Z, Z), Z

    assert A.shape == (W.shape[0], A_prev.shape[1])
    cache = (linear_cache, activation_cache)
    return A, cache


@answer("linear_activation_forward", "none")
def _(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    if activation == "relu":
        A = np.max(0, Z)
    else:
        A = sigmoid(Z)[0]
    return A, (linear_cache, Z)


@answer("linear_activation_forward", "none")
def _(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    if activation == "sigmoid":
        s, activation_cache = sigmoid(Z)
        A = s * (1 - s)
    elif activation == "relu":
        A, activation_cache = relu(Z)
    return A, (linear_cache, activation_cache)


@answer("linear_activation_forward", "none")
def _(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, b, W)
    A, activation_cache = sigmoid(Z) if activation == "sigmoid" else relu(Z)
    return A, (linear_cache, activation_cache)


@answer("linear_activation_forward", "activation_ignored")
def _(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    if activation == "sigmoid" or "relu":  # noqa: SIM222
        A, activation_cache = sigmoid(Z)
    return A, (linear_cache, activation_cache)


@answer("linear_activation_forward", "activation_applied_twice")
def _(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    A, activation_cache = relu(Z)
    if activation == "sigmoid":
        A, _ = sigmoid(A)
    return A, (linear_cache, activation_cache)


@answer("linear_activation_forward", "returned_Z+cache_A_not_Z")
def _(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    if activation == "sigmoid":
        activation_cache, A = sigmoid(Z)
    else:
        activation_cache, A = relu(Z)
    return A, (linear_cache, activation_cache)


@answer("linear_activation_forward", "cache_flat")
def _(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    g = {"relu": relu, "sigmoid": sigmoid}[activation]
    A, activation_cache = g(Z)
    cache = (*linear_cache, activation_cache)
    return A, cache


@answer("linear_activation_forward", "stale_global")
def _(A_prev, W, b, activation):
    if activation == "sigmoid":
        A, activation_cache = sigmoid(W @ A_prev + b)
    elif activation == "relu":
        A, activation_cache = relu(W @ A_prev + b)
    cache = (linear_cache, activation_cache)
    return A, cache


@answer("linear_activation_forward", "cache_A_not_A_prev")
def _(A, W, b, activation):
    Z, _ = linear_forward(A, W, b)
    if activation == "relu":
        A, Z = relu(Z)
    if activation == "sigmoid":
        A, Z = sigmoid(Z)
    return A, ((A, W, b), Z)


@answer("L_model_forward", "none")
def _(X, parameters):
    L = len(parameters) // 2
    caches = []
    A = X
    for l in range(1, L):
        A, cache = linear_activation_forward(A, parameters[f"W{l}"], parameters[f"b{l}"], "relu")
        caches.extend(cache)
    AL, cache = linear_activation_forward(A, parameters[f"W{L}"], parameters[f"b{L}"], "sigmoid")
    caches.extend(cache)
    return AL, caches


@answer("L_model_forward", "none")
def _(X, parameters, caches=[]):  # noqa: B006
    L = len(parameters) // 2
    A = X
    for l in range(1, L):
        W, b = parameters["W" + str(l)], parameters["b" + str(l)]
        A, cache = linear_activation_forward(A, W, b, "relu")
        caches.append(cache)
    W, b = parameters["W" + str(L)], parameters["b" + str(L)]
    AL, cache = linear_activation_forward(A, W, b, "sigmoid")
    caches.append(cache)
    return AL, caches


@answer("L_model_forward", "none")
def _(X, parameters):
    L = len(parameters) // 2
    caches = []
    A = X / 255.0
    for l in range(1, L):
        A, cache = linear_activation_forward(A, parameters[f"W{l}"], parameters[f"b{l}"], "relu")
        caches.append(cache)
    AL, cache = linear_activation_forward(A, parameters[f"W{L}"], parameters[f"b{L}"], "sigmoid")
    caches.append(cache)
    return AL, caches


@answer("L_model_forward", "none")
def _(X, parameters):
    caches = []
    A = X
    L = len(parameters) // 2
    for l in range(L):
        W, b = parameters["W" + str(l)], parameters["b" + str(l)]
        A, cache = linear_activation_forward(A, W, b, "sigmoid" if l == L - 1 else "relu")
        caches.append(cache)
    return A, caches


@answer("L_model_forward", "none")
def _(X, parameters):
    L = len(parameters) // 2
    caches = []
    A = X
    for l in range(1, L + 1):
        g = "relu" if l < L else "sigmoid"
        A, cache = linear_activation_forward(A, parameters[f"W{l}"], parameters[f"b{l}"], g)
        caches.append(cache)
    AL = (A > 0.5).astype(float)
    return AL, caches


@answer("L_model_forward", "none")
def _(X, parameters):
    L = len(parameters) // 2
    caches = []
    A = X
    for l in range(1, L):
        A, cache = linear_activation_forward(A, parameters[f"W{l}"], parameters[f"b{l}"], "relu")
        caches.append((A, cache))
    AL, cache = linear_activation_forward(A, parameters[f"W{L}"], parameters[f"b{L}"], "sigmoid")
    caches.append((AL, cache))
    return AL, caches


@answer("L_model_forward", "sigmoid_hidden_layer+relu_last_layer")
def _(X, parameters):
    L = len(parameters) // 2
    caches = []
    A = X
    for l in range(1, L + 1):
        activation = "relu" if l == L else "sigmoid"
        A, cache = linear_activation_forward(
            A, parameters["W" + str(l)], parameters["b" + str(l)], activation
        )
        caches.append(cache)
    return A, caches


@answer("L_model_forward", "caches_reversed")
def _(X, parameters):
    L = len(parameters) // 2

    def layer(A, l):
        g = "sigmoid" if l == L else "relu"
        A, cache = linear_activation_forward(A, parameters[f"W{l}"], parameters[f"b{l}"], g)
        if l == L:
            return A, [cache]
        AL, caches = layer(A, l + 1)
        caches.append(cache)
        return AL, caches

    return layer(X, 1)


@answer("L_model_forward", "mutates_input")
def _(X, parameters):
    X -= np.mean(X, axis=1, keepdims=True)
    L = len(parameters) // 2
    caches = []
    A = X
    for l in range(1, L):
        A, cache = linear_activation_forward(A, parameters[f"W{l}"], parameters[f"b{l}"], "relu")
        caches.append(cache)
    A, cache = linear_activation_forward(A, parameters[f"W{L}"], parameters[f"b{L}"], "sigmoid")
    return A, [*caches, cache]


@answer("L_model_forward", "L_not_halved")
def _(X, parameters):
    L = len(parameters)
    caches = []
    A = X
    for l in range(1, L):
        A, cache = linear_activation_forward(A, parameters[f"W{l}"], parameters[f"b{l}"], "relu")
        caches.append(cache)
    AL, cache = linear_activation_forward(A, parameters[f"W{L}"], parameters[f"b{L}"], "sigmoid")
    caches.append(cache)
    return AL, caches


@answer("L_model_forward", "returned_hidden_A")
def _(X, parameters):
    L = len(parameters) // 2
    caches = []
    A = X
    for l in range(1, L + 1):
        A_prev = A
        W, b = parameters["W" + str(l)], parameters["b" + str(l)]
        A, cache = linear_activation_forward(A_prev, W, b, "relu" if l != L else "sigmoid")
        caches.append(cache)
    return A_prev, caches


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


@answer("linear_forward", "cache_wrong_content")
def _(A, W, b):
    A = W @ A + b
    cache = (A, W, b)
    return A, cache


@answer("linear_forward", "bias_transposed")
def _(A, W, b):
    Z = (np.dot(W, A).T + b).T
    return Z, (A, W, b)


@answer("linear_forward", "cache_not_tuple")
def _(A, W, b):
    Z = W @ A + b
    cache = {"A": A, "W": W, "b": b}
    return Z, cache


@answer("linear_forward", "list_not_array")
def _(A, W, b):
    n, m = W.shape[0], A.shape[1]
    Z = [[np.dot(W[i], A[:, j]) + b[i, 0] for j in range(m)] for i in range(n)]
    return Z, (A, W, b)


@answer("linear_forward", "bias_sign+cache_order")
def _(A, W, b):
    Z = np.subtract(np.matmul(W, A), b)
    return Z, (W, A, b)


@answer("linear_activation_forward", "activation_name_case")
def _(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    if activation == "Sigmoid":
        A, activation_cache = sigmoid(Z)
    elif activation == "ReLU":
        A, activation_cache = relu(Z)
    return A, (linear_cache, activation_cache)


@answer("linear_activation_forward", "inplace_relu_corrupts_cache")
def _(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    if activation == "relu":
        A = np.maximum(Z, 0, out=Z)
    else:
        A, Z = sigmoid(Z)
    return A, (linear_cache, Z)


@answer("linear_activation_forward", "tuple_not_unpacked")
def _(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    g = {"sigmoid": sigmoid, "relu": relu}[activation]
    return g(Z), (linear_cache, Z)


@answer("linear_activation_forward", "sigmoid_sign")
def _(A_prev, W, b, activation):
    Z = W @ A_prev + b
    A = 1 / (1 + np.exp(Z)) if activation == "sigmoid" else np.clip(Z, 0, None)
    return A, ((A_prev, W, b), Z)


@answer("linear_activation_forward", "missing_bias")
def _(A_prev, W, b, activation):
    Z = np.dot(W, A_prev)
    A, _ = relu(Z) if activation == "relu" else sigmoid(Z)
    return A, ((A_prev, W, b), Z)


@answer("L_model_forward", "input_always_X")
def _(X, parameters):
    L = len(parameters) // 2
    caches = []
    for l in range(1, L + 1):
        g = "relu" if l < L else "sigmoid"
        A, cache = linear_activation_forward(X, parameters[f"W{l}"], parameters[f"b{l}"], g)
        caches.append(cache)
    return A, caches


@answer("L_model_forward", "loop_one_too_many")
def _(X, parameters):
    L = len(parameters) // 2
    caches = []
    A = X

    for l in range(1, L + 1):
        W, b = parameters["W" + str(l)], parameters["b" + str(l)]
        A, cache = linear_activation_forward(A, W, b, "relu")
        caches.append(cache)

    WL, bL = parameters["W" + str(L)], parameters["b" + str(L)]
    AL, cache = linear_activation_forward(A, WL, bL, "sigmoid")
    caches.append(cache)

    expected = (parameters["W" + str(L)].shape[0], X.shape[1])
    assert AL.shape == expected, f"AL has shape {AL.shape}, expected {expected}"
    return AL, caches


@answer("L_model_forward", "append_outside_loop")
def _(X, parameters):
    L = len(parameters) // 2
    caches, cache = [], None
    A, l = X, 1
    while l < L:
        A, cache = linear_activation_forward(A, parameters[f"W{l}"], parameters[f"b{l}"], "relu")
        l += 1
    if cache:
        caches.append(cache)
    AL, cache = linear_activation_forward(A, parameters[f"W{L}"], parameters[f"b{L}"], "sigmoid")
    caches.append(cache)
    return AL, caches


@answer("L_model_forward", "hardcoded_depth")
def _(X, parameters):
    A1, cache1 = linear_activation_forward(X, parameters["W1"], parameters["b1"], "relu")
    A2, cache2 = linear_activation_forward(A1, parameters["W2"], parameters["b2"], "sigmoid")
    return A2, [cache1, cache2]


@answer("L_model_forward", "last_cache_missing")
def _(X, parameters):
    L = len(parameters) // 2
    caches = []
    A = X
    for l in range(1, L + 1):
        W, b = parameters["W" + str(l)], parameters["b" + str(l)]
        if l == L:
            A, _ = linear_activation_forward(A, W, b, "sigmoid")
        else:
            A, cache = linear_activation_forward(A, W, b, "relu")
            caches.append(cache)
    return A, caches

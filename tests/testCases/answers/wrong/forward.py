"""Wrong answers to the exercises of step 2."""

import numpy as np

from dnn_utils import linear_activation_forward, linear_forward, relu, sigmoid
from tests.testCases.answers import answer

# What earlier cells left behind
A = np.array([[1.5, -0.5], [0.5, 2.0], [-1.0, 0.25]])
W = np.array([[0.5, -1.0, 2.0]])
b = np.array([[0.1]])
Z, linear_cache = linear_forward(A, W, b)
cache = linear_cache
X = A
parameters = {"W1": W, "b1": b, "W2": np.array([[3.0]]), "b2": np.array([[-0.2]])}
caches = []


@answer("linear_forward", "elementwise_not_matmul")
def _(A, W, b):
    Z = W * A + b
    cache = (A, W, b)
    return Z, cache


@answer("linear_forward", "elementwise_not_matmul")
def _(A, W, b):
    assert W.shape[1] == A.shape[0], f"W {W.shape} needs as many columns as A {A.shape} has rows"
    assert b.shape == (W.shape[0], 1), f"b has shape {b.shape}, expected {(W.shape[0], 1)}"

    Z = np.multiply(W, A) + b

    cache = (A, W, b)
    return Z, cache


@answer("linear_forward", "swapped_operands")
def _(A, W, b):
    Z = np.dot(A, W) + b
    cache = (A, W, b)
    return Z, cache


@answer("linear_forward", "swapped_operands")
def _(A_prev, W, b):
    return A_prev @ W + b, (A_prev, W, b)


@answer("linear_forward", "missing_bias")
def _(A, W, b):
    Z = np.dot(W, A)
    return Z, (A, W, b)


@answer("linear_forward", "missing_bias")
def _(A, W, b):
    n, m = W.shape[0], A.shape[1]
    Z = np.zeros((n, m))
    for i in range(n):
        for j in range(m):
            Z[i, j] = sum(W[i, k] * A[k, j] for k in range(W.shape[1]))
    return Z, (A, W, b)


@answer("linear_forward", "missing_bias")
def _(A, W, b):
    Z = np.matmul(W, A)
    Z + b
    return Z, (A, W, b)


@answer("linear_forward", "bias_sign")
def _(A, W, b):
    assert W.shape[1] == A.shape[0], f"W {W.shape} needs as many columns as A {A.shape} has rows"
    assert b.shape == (W.shape[0], 1), f"b has shape {b.shape}, expected {(W.shape[0], 1)}"

    Z = W @ A - b

    cache = (A, W, b)
    return Z, cache


@answer("linear_forward", "bias_sign")
def _(A, W, b):
    Z = np.einsum("ij,jk->ik", W, A)
    Z -= b
    return Z, (A, W, b)


@answer("linear_forward", "bias_transposed")
def _(A, W, b):
    Z = np.dot(W, A) + b.T
    cache = (A, W, b)
    return Z, cache


@answer("linear_forward", "bias_transposed")
def _(A, W, b):
    Z = W @ A + b.flatten()
    return Z, (A, W, b)


@answer("linear_forward", "bias_transposed")
def _(A, W, b):
    Z = np.add(np.matmul(W, A), b[:, 0])
    return Z, (A, W, b)


@answer("linear_forward", "extra_transpose")
def _(A, W, b):
    Z = np.dot(W.T, A) + b
    cache = (A, W, b)
    return Z, cache


@answer("linear_forward", "cache_order")
def _(A, W, b):
    Z = np.dot(W, A) + b
    cache = (W, A, b)
    return Z, cache


@answer("linear_forward", "cache_order")
def _(A, W, b):
    return W @ A + b, (W, b, A)


@answer("linear_forward", "cache_incomplete")
def _(A, W, b):
    Z = np.dot(W, A) + b
    cache = (A, W)
    return Z, cache


@answer("linear_forward", "cache_incomplete")
def _(A, W, b):
    Z = np.hstack([W @ A[:, [j]] + b for j in range(A.shape[1])])
    return Z, (W, b)


@answer("linear_forward", "cache_wrong_content")
def _(A, W, b):
    Z = np.dot(W, A) + b
    cache = (Z, W, b)
    return Z, cache


@answer("linear_forward", "cache_wrong_content")
def _(A, W, b):
    A = W @ A + b
    return A, (A, W, b)


@answer("linear_forward", "missing_return_value")
def _(A, W, b):
    Z = np.dot(W, A) + b
    return Z


@answer("linear_forward", "missing_return_value")
def _(A, W, b):
    Z = W.dot(A)
    Z += b
    cache = (A, W, b)
    return cache


@answer("linear_forward", "summed_everything")
def _(A, W, b):
    Z = np.sum(np.dot(W, A) + b)
    cache = (A, W, b)
    return Z, cache


@answer("linear_forward", "stale_global")
def _(A_prev, W, b):
    Z = np.dot(W, A) + b
    return Z, (A_prev, W, b)


@answer("linear_forward", "stale_global")
def _(A, W, b):
    Z = W @ A + b
    return Z, cache


@answer("linear_forward", "stale_global")
def _(A, weights, bias):
    Z = np.matmul(weights, A) + b
    return Z, (A, weights, bias)


@answer("linear_forward", "cache_not_tuple")
def _(A, W, b):
    Z = W @ A + b
    cache = {"A": A, "W": W, "b": b}
    return Z, cache


@answer("linear_forward", "shape_1d")
def _(A, W, b):
    Z = np.squeeze(np.dot(W, A) + b)
    cache = (A, W, b)
    return Z, cache


@answer("linear_forward", "shape_1d")
def _(A, W, b):
    Z = (W @ A + b).ravel()
    return Z, (A, W, b)


@answer("linear_forward", "list_not_array")
def _(A, W, b):
    Z = [
        [sum(w * a for w, a in zip(row, col, strict=True)) + bias[0] for col in A.T]
        for row, bias in zip(W, b, strict=True)
    ]
    return Z, (A, W, b)


@answer("linear_forward", "bias_summed")
def _(A, W, b):
    Z = np.dot(W, A) + np.sum(b)
    cache = (A, W, b)
    return Z, cache


@answer("linear_forward", "integer_result")
def _(A, W, b):
    Z = np.dot(W, A) + b
    return Z.astype(int), (A, W, b)


@answer("linear_forward", "integer_result")
def _(A, W, b):
    Z = np.zeros((W.shape[0], A.shape[1]), dtype=int)
    for j in range(A.shape[1]):
        Z[:, j] = W @ A[:, j] + b[:, 0]
    return Z, (A, W, b)


@answer("linear_forward", "mutates_input")
def _(A, W, b):
    columns = []
    for j in range(A.shape[1]):
        z = b
        z += W @ A[:, [j]]
        columns.append(z.copy())
    return np.concatenate(columns, axis=1), (A, W, b)


@answer("linear_forward", "mutates_input")
def _(A, W, b):
    Z = np.zeros((W.shape[0], A.shape[1]))
    for j in range(A.shape[1]):
        products = W
        products *= A[:, j]
        Z[:, j] = products.sum(axis=1) + b[:, 0]
    return Z, (A, W, b)


@answer("linear_forward", "mutates_input")
def _(A, W, b):
    Z = W @ A
    for i in range(len(b)):
        Z[i] += b[i]
        b[i] = 0  # already added
    return Z, (A, W, b)


@answer("linear_forward", "no_return")
def _(A, W, b):
    Z = np.dot(W, A) + b
    cache = (A, W, b)
    print(Z.shape, len(cache))


@answer("linear_forward", "bias_inside_product")
def _(A, W, b):
    Z = np.dot(W + b, A)
    cache = (A, W, b)
    return Z, cache


@answer("linear_forward", "result_transposed")
def _(A, W, b):
    Z = np.dot(A.T, W.T) + b.T
    cache = (A, W, b)
    return Z, cache


@answer("linear_forward", "result_transposed")
def _(A, W, b):
    Z = np.stack([W @ A[:, j] + b.ravel() for j in range(A.shape[1])])
    return Z, (A, W, b)


@answer("linear_forward", "missing_bias+cache_order")
def _(A, W, b):
    return W @ A, (W, A, b)


@answer("linear_forward", "bias_sign+cache_incomplete")
def _(A, W, b):
    Z = np.dot(W, A) - b
    return Z, (A, W)


@answer("linear_activation_forward", "stale_global")
def _(A_prev, W, b, activation):
    if activation == "sigmoid":
        A, activation_cache = sigmoid(np.dot(W, A_prev) + b)
    elif activation == "relu":
        A, activation_cache = relu(np.dot(W, A_prev) + b)
    cache = (linear_cache, activation_cache)
    return A, cache


@answer("linear_activation_forward", "stale_global")
def _(A_prev, W, b, activation):
    if activation not in ("relu", "sigmoid"):
        raise ValueError(f'activation must be "relu" or "sigmoid", got {activation!r}')

    if activation == "sigmoid":
        A, activation_cache = sigmoid(Z)
    else:
        A, activation_cache = relu(Z)

    return A, ((A_prev, W, b), activation_cache)


@answer("linear_activation_forward", "stale_global")
def _(A_prev, weights, bias, activation):
    g = {"relu": relu, "sigmoid": sigmoid}[activation]
    Z, linear_cache = linear_forward(A_prev, weights, b)
    A, activation_cache = g(Z)
    return A, (linear_cache, activation_cache)


@answer("linear_activation_forward", "activation_swapped")
def _(A_prev, W, b, activation):
    if activation not in ("relu", "sigmoid"):
        raise ValueError(f'activation must be "relu" or "sigmoid", got {activation!r}')

    Z, linear_cache = linear_forward(A_prev, W, b)
    if activation == "sigmoid":
        A, activation_cache = relu(Z)
    else:
        A, activation_cache = sigmoid(Z)

    assert A.shape == (W.shape[0], A_prev.shape[1]), (
        f"A has shape {A.shape}, expected {(W.shape[0], A_prev.shape[1])}"
    )
    cache = (linear_cache, activation_cache)
    return A, cache


@answer("linear_activation_forward", "activation_swapped")
def _(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    g = {"sigmoid": relu, "relu": sigmoid}
    A, _ = g[activation](Z)
    return A, (linear_cache, Z)


@answer("linear_activation_forward", "activation_ignored")
def _(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    A, activation_cache = sigmoid(Z)
    cache = (linear_cache, activation_cache)
    return A, cache


@answer("linear_activation_forward", "activation_ignored")
def _(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    if activation == "relu" or "sigmoid":  # noqa: SIM222
        A, activation_cache = relu(Z)
    else:
        A, activation_cache = sigmoid(Z)
    return A, (linear_cache, activation_cache)


@answer("linear_activation_forward", "activation_ignored")
def _(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    if activation == "sigmoid":
        A, activation_cache = sigmoid(Z)
    if activation == "relu":
        A, activation_cache = sigmoid(Z)
    return A, (linear_cache, activation_cache)


@answer("linear_activation_forward", "cache_order")
def _(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    if activation == "sigmoid":
        A, activation_cache = sigmoid(Z)
    elif activation == "relu":
        A, activation_cache = relu(Z)
    cache = (activation_cache, linear_cache)
    return A, cache


@answer("linear_activation_forward", "cache_order")
def _(A_prev, W, b, activation):
    if activation not in ("relu", "sigmoid"):
        raise ValueError(f"unknown activation {activation}")
    Z = W @ A_prev + b
    A = np.maximum(Z, 0) if activation == "relu" else 1 / (1 + np.exp(-Z))
    return A, ((W, A_prev, b), Z)


@answer("linear_activation_forward", "cache_A_not_Z")
def _(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    A = sigmoid(Z)[0] if activation == "sigmoid" else relu(Z)[0]
    cache = (linear_cache, A)
    return A, cache


@answer("linear_activation_forward", "cache_A_not_Z")
def _(A_prev, W, b, activation):
    if activation not in ("relu", "sigmoid"):
        raise ValueError(f'activation must be "relu" or "sigmoid", got {activation!r}')
    Z = W @ A_prev + b
    if activation == "sigmoid":
        Z = 1 / (1 + np.exp(-Z))
    else:
        Z = Z * (Z > 0)
    return Z, ((A_prev, W, b), Z)


@answer("linear_activation_forward", "tuple_not_unpacked")
def _(A_prev, W, b, activation):
    if activation not in ("relu", "sigmoid"):
        raise ValueError(f'activation must be "relu" or "sigmoid", got {activation!r}')

    Z, linear_cache = linear_forward(A_prev, W, b)
    activation_cache = Z
    if activation == "sigmoid":
        A = sigmoid(Z)
    else:
        A = relu(Z)

    assert A.shape == (W.shape[0], A_prev.shape[1]), (
        f"A has shape {A.shape}, expected {(W.shape[0], A_prev.shape[1])}"
    )
    cache = (linear_cache, activation_cache)
    return A, cache


@answer("linear_activation_forward", "tuple_not_unpacked")
def _(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    A = {"sigmoid": sigmoid, "relu": relu}[activation](Z)
    return A, (linear_cache, Z)


@answer("linear_activation_forward", "returned_Z")
def _(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    if activation == "sigmoid":
        A, activation_cache = sigmoid(Z)
    elif activation == "relu":
        A, activation_cache = relu(Z)
    assert A.shape == Z.shape
    cache = (linear_cache, activation_cache)
    return Z, cache


@answer("linear_activation_forward", "returned_Z")
def _(A_prev, W, b, activation):
    A, linear_cache = linear_forward(A_prev, W, b)
    if activation == "sigmoid":
        activation_cache = sigmoid(A)[1]
    else:
        activation_cache = relu(A)[1]
    return A, (linear_cache, activation_cache)


@answer("linear_activation_forward", "cache_flat")
def _(A_prev, W, b, activation):
    Z, _ = linear_forward(A_prev, W, b)
    A, _ = sigmoid(Z) if activation == "sigmoid" else relu(Z)
    cache = (A_prev, W, b, Z)
    return A, cache


@answer("linear_activation_forward", "activation_on_input")
def _(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    if activation == "sigmoid":
        A, _ = sigmoid(A_prev)
    elif activation == "relu":
        A, _ = relu(A_prev)
    return A, (linear_cache, Z)


@answer("linear_activation_forward", "activation_on_input")
def _(A_prev, W, b, activation):
    if activation not in ("relu", "sigmoid"):
        raise ValueError(f'activation must be "relu" or "sigmoid", got {activation!r}')

    if activation == "sigmoid":
        A, activation_cache = sigmoid(A_prev)
    else:
        A, activation_cache = relu(A_prev)
    A, linear_cache = linear_forward(A, W, b)

    cache = (linear_cache, activation_cache)
    return A, cache


@answer("linear_activation_forward", "cache_A_not_A_prev")
def _(A_prev, W, b, activation):
    Z = np.dot(W, A_prev) + b
    if activation == "sigmoid":
        A, activation_cache = sigmoid(Z)
    elif activation == "relu":
        A, activation_cache = relu(Z)
    linear_cache = (A, W, b)
    return A, (linear_cache, activation_cache)


@answer("linear_activation_forward", "cache_A_not_A_prev")
def _(A, W, b, activation):
    g = relu if activation == "relu" else sigmoid
    A, Z = g(W @ A + b)
    return A, ((A, W, b), Z)


@answer("linear_activation_forward", "activation_applied_twice")
def _(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    A, activation_cache = relu(Z)
    if activation == "sigmoid":
        A, _ = sigmoid(A)
    return A, (linear_cache, activation_cache)


@answer("linear_activation_forward", "activation_applied_twice")
def _(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    A = Z
    if activation == "relu":
        A = np.maximum(0, A)
    A = 1 / (1 + np.exp(-A))
    return A, (linear_cache, Z)


@answer("linear_activation_forward", "activation_name_case")
def _(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    if activation == "Sigmoid":
        A, activation_cache = sigmoid(Z)
    elif activation == "ReLU":
        A, activation_cache = relu(Z)
    cache = (linear_cache, activation_cache)
    return A, cache


@answer("linear_activation_forward", "activation_name_case")
def _(A_prev, W, b, activation):
    if activation not in ("RELU", "SIGMOID"):
        raise ValueError(f"unknown activation {activation}")
    Z, linear_cache = linear_forward(A_prev, W, b)
    A, activation_cache = relu(Z) if activation == "RELU" else sigmoid(Z)
    return A, (linear_cache, activation_cache)


@answer("linear_activation_forward", "inplace_relu_corrupts_cache")
def _(A_prev, W, b, activation):
    if activation not in ("relu", "sigmoid"):
        raise ValueError(f'activation must be "relu" or "sigmoid", got {activation!r}')

    Z, linear_cache = linear_forward(A_prev, W, b)
    activation_cache = Z
    if activation == "sigmoid":
        A = 1 / (1 + np.exp(-Z))
    else:
        Z[Z < 0] = 0
        A = Z

    assert A.shape == (W.shape[0], A_prev.shape[1]), (
        f"A has shape {A.shape}, expected {(W.shape[0], A_prev.shape[1])}"
    )
    cache = (linear_cache, activation_cache)
    return A, cache


@answer("linear_activation_forward", "inplace_relu_corrupts_cache")
def _(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    if activation == "sigmoid":
        A, _ = sigmoid(Z)
    elif activation == "relu":
        A = np.maximum(Z, 0, out=Z)
    return A, (linear_cache, Z)


@answer("linear_activation_forward", "sigmoid_sign")
def _(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    if activation == "sigmoid":
        A = 1 / (1 + np.exp(Z))
    elif activation == "relu":
        A = np.maximum(0, Z)
    return A, (linear_cache, Z)


@answer("linear_activation_forward", "sigmoid_sign")
def _(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    if activation == "relu":
        A, _ = relu(Z)
    else:
        A, _ = sigmoid(-Z)
    return A, (linear_cache, Z)


@answer("linear_activation_forward", "cache_missing_linear")
def _(A_prev, W, b, activation):
    Z, _ = linear_forward(A_prev, W, b)
    if activation == "sigmoid":
        A, cache = sigmoid(Z)
    elif activation == "relu":
        A, cache = relu(Z)
    return A, cache


@answer("linear_activation_forward", "cache_missing_linear")
def _(A_prev, W, b, activation):
    return {"relu": relu, "sigmoid": sigmoid}[activation](W @ A_prev + b)


@answer("linear_activation_forward", "relu_is_abs")
def _(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    A = 1 / (1 + np.exp(-Z)) if activation == "sigmoid" else np.abs(Z)
    return A, (linear_cache, Z)


@answer("linear_activation_forward", "relu_is_mask")
def _(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    if activation == "sigmoid":
        A = 1 / (1 + np.exp(-Z))
    elif activation == "relu":
        A = (Z > 0).astype(float)
    return A, (linear_cache, Z)


@answer("linear_activation_forward", "missing_bias")
def _(A_prev, W, b, activation):
    Z = np.dot(W, A_prev)
    linear_cache = (A_prev, W, b)
    if activation == "sigmoid":
        A, activation_cache = sigmoid(Z)
    elif activation == "relu":
        A, activation_cache = relu(Z)
    return A, (linear_cache, activation_cache)


@answer("linear_activation_forward", "missing_return_value")
def _(A_prev, W, b, activation):
    Z, _ = linear_forward(A_prev, W, b)
    if activation == "sigmoid":
        A, _ = sigmoid(Z)
    elif activation == "relu":
        A, _ = relu(Z)
    return A


@answer("linear_activation_forward", "missing_return_value")
def _(A_prev, W, b, activation):
    Z = W @ A_prev + b
    if activation == "sigmoid":
        return 1 / (1 + np.exp(-Z))
    return Z.clip(min=0)


@answer("linear_activation_forward", "returned_Z+cache_A_not_Z")
def _(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    if activation == "sigmoid":
        activation_cache, A = sigmoid(Z)
    elif activation == "relu":
        activation_cache, A = relu(Z)
    return A, (linear_cache, activation_cache)


@answer("linear_activation_forward", "activation_swapped+cache_order")
def _(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    A, activation_cache = sigmoid(Z) if activation == "relu" else relu(Z)
    return A, (activation_cache, linear_cache)


@answer("L_model_forward", "input_always_X")
def _(X, parameters):
    caches = []
    A = X
    L = len(parameters) // 2
    for l in range(1, L):
        W, b = parameters["W" + str(l)], parameters["b" + str(l)]
        A, cache = linear_activation_forward(X, W, b, "relu")
        caches.append(cache)
    WL, bL = parameters["W" + str(L)], parameters["b" + str(L)]
    AL, cache = linear_activation_forward(A, WL, bL, "sigmoid")
    caches.append(cache)
    return AL, caches


@answer("L_model_forward", "input_always_X")
def _(X, params):
    L = len(params) // 2
    outputs = [
        linear_activation_forward(
            X, params[f"W{l}"], params[f"b{l}"], "sigmoid" if l == L else "relu"
        )
        for l in range(1, L + 1)
    ]
    return outputs[-1][0], [cache for _, cache in outputs]


@answer("L_model_forward", "last_layer_uses_loop_index")
def _(X, parameters):
    L = len(parameters) // 2  # every layer has a W and a b
    caches = []
    A = X

    for l in range(1, L):
        W, b = parameters["W" + str(l)], parameters["b" + str(l)]
        A, cache = linear_activation_forward(A, W, b, "relu")
        caches.append(cache)

    WL, bL = parameters["W" + str(l)], parameters["b" + str(l)]
    AL, cache = linear_activation_forward(A, WL, bL, "sigmoid")
    caches.append(cache)

    expected = (parameters["W" + str(L)].shape[0], X.shape[1])
    assert AL.shape == expected, f"AL has shape {AL.shape}, expected {expected}"
    return AL, caches


@answer("L_model_forward", "last_layer_uses_loop_index")
def _(X, parameters):
    caches, A = [], X
    L = len(parameters) // 2
    for i in range(L - 1):
        A, cache = linear_activation_forward(
            A, parameters[f"W{i + 1}"], parameters[f"b{i + 1}"], "relu"
        )
        caches += [cache]
    AL, cache = linear_activation_forward(
        A, parameters[f"W{i + 1}"], parameters[f"b{i + 1}"], "sigmoid"
    )
    return AL, [*caches, cache]


@answer("L_model_forward", "relu_last_layer")
def _(X, parameters):
    caches = []
    A = X
    L = len(parameters) // 2
    for l in range(1, L):
        W, b = parameters["W" + str(l)], parameters["b" + str(l)]
        A, cache = linear_activation_forward(A, W, b, "relu")
        caches.append(cache)
    WL, bL = parameters["W" + str(L)], parameters["b" + str(L)]
    AL, cache = linear_activation_forward(A, WL, bL, activation="relu")
    caches.append(cache)
    return AL, caches


@answer("L_model_forward", "relu_last_layer")
def _(X, params):
    A, caches = X, []
    for l in range(1, len(params) // 2 + 1):
        A, cache = linear_activation_forward(A, params[f"W{l}"], params[f"b{l}"], "relu")
        caches.append(cache)
    return A, caches


@answer("L_model_forward", "sigmoid_hidden_layer")
def _(X, parameters):
    L = len(parameters) // 2  # every layer has a W and a b
    caches = []
    A = X

    for l in range(1, L):
        A_prev = A
        W, b = parameters["W" + str(l)], parameters["b" + str(l)]
        A, cache = linear_activation_forward(A_prev, W, b, "sigmoid")
        caches.append(cache)
    WL, bL = parameters["W" + str(L)], parameters["b" + str(L)]
    AL, cache = linear_activation_forward(A, WL, bL, "sigmoid")
    caches.append(cache)

    expected = (parameters["W" + str(L)].shape[0], X.shape[1])
    assert AL.shape == expected, f"AL has shape {AL.shape}, expected {expected}"
    return AL, caches


@answer("L_model_forward", "sigmoid_hidden_layer")
def _(X, p):
    A, caches = X, []
    L = len(p) // 2
    for l in range(L):
        activation = "relu" if l == L else "sigmoid"
        A, cache = linear_activation_forward(A, p[f"W{l + 1}"], p[f"b{l + 1}"], activation)
        caches.append(cache)
    return A, caches


@answer("L_model_forward", "loop_one_too_many")
def _(X, parameters):
    caches = []
    A = X
    L = len(parameters) // 2
    for l in range(1, L + 1):
        W, b = parameters["W" + str(l)], parameters["b" + str(l)]
        A, cache = linear_activation_forward(A, W, b, "relu")
        caches.append(cache)
    WL, bL = parameters["W" + str(L)], parameters["b" + str(L)]
    AL, cache = linear_activation_forward(A, WL, bL, "sigmoid")
    caches.append(cache)
    return AL, caches


@answer("L_model_forward", "loop_one_too_many")
def _(X, params):
    A, caches = X, []
    L = len(params) // 2
    for l in range(L):
        A, cache = linear_activation_forward(
            A, params[f"W{l + 1}"], params[f"b{l + 1}"], activation="relu"
        )
        caches.append(cache)
    A, cache = linear_activation_forward(A, params[f"W{L}"], params[f"b{L}"], "sigmoid")
    caches.append(cache)
    return A, caches


@answer("L_model_forward", "loop_one_too_few")
def _(X, parameters):
    caches = []
    A = X
    L = len(parameters) // 2
    for l in range(1, L - 1):
        W, b = parameters["W" + str(l)], parameters["b" + str(l)]
        A, cache = linear_activation_forward(A, W, b, "relu")
        caches.append(cache)
    WL, bL = parameters["W" + str(L)], parameters["b" + str(L)]
    AL, cache = linear_activation_forward(A, WL, bL, "sigmoid")
    caches.append(cache)
    return AL, caches


@answer("L_model_forward", "loop_one_too_few")
def _(X, params):
    L = len(params) // 2
    A, caches = X, []
    for l in range(2, L + 1):
        g = "sigmoid" if l == L else "relu"
        A, cache = linear_activation_forward(A, params[f"W{l}"], params[f"b{l}"], g)
        caches.append(cache)
    return A, caches


@answer("L_model_forward", "last_cache_missing")
def _(X, parameters):
    L = len(parameters) // 2  # every layer has a W and a b
    caches = []
    A = X

    for l in range(1, L):
        W, b = parameters["W" + str(l)], parameters["b" + str(l)]
        A, cache = linear_activation_forward(A, W, b, "relu")
        caches.append(cache)
    WL, bL = parameters["W" + str(L)], parameters["b" + str(L)]
    AL, cache = linear_activation_forward(A, WL, bL, "sigmoid")

    expected = (parameters["W" + str(L)].shape[0], X.shape[1])
    assert AL.shape == expected, f"AL has shape {AL.shape}, expected {expected}"
    return AL, caches


@answer("L_model_forward", "last_cache_missing")
def _(X, params):
    L, A, caches = len(params) // 2, X, []
    for l in range(1, L + 1):
        W, b = params[f"W{l}"], params[f"b{l}"]
        if l == L:
            return linear_activation_forward(A, W, b, "sigmoid")[0], caches
        A, cache = linear_activation_forward(A, W, b, "relu")
        caches.append(cache)


@answer("L_model_forward", "hidden_caches_missing")
def _(X, parameters):
    caches = []
    A = X
    L = len(parameters) // 2
    for l in range(1, L):
        W, b = parameters["W" + str(l)], parameters["b" + str(l)]
        A, cache = linear_activation_forward(A, W, b, "relu")
    WL, bL = parameters["W" + str(L)], parameters["b" + str(L)]
    AL, cache = linear_activation_forward(A, WL, bL, "sigmoid")
    caches.append(cache)
    return AL, caches


@answer("L_model_forward", "hidden_caches_missing")
def _(X, params):
    L = len(params) // 2
    for l in range(L):
        g = relu if l < L - 1 else sigmoid
        Z, linear_cache = linear_forward(X, params[f"W{l + 1}"], params[f"b{l + 1}"])
        caches = []
        X, activation_cache = g(Z)
        caches.append((linear_cache, activation_cache))
    return X, caches


@answer("L_model_forward", "last_layer_gets_A_prev")
def _(X, parameters):
    caches = []
    A = X
    L = len(parameters) // 2
    for l in range(1, L):
        A_prev = A
        W, b = parameters["W" + str(l)], parameters["b" + str(l)]
        A, cache = linear_activation_forward(A_prev, W, b, "relu")
        caches.append(cache)
    WL, bL = parameters["W" + str(L)], parameters["b" + str(L)]
    AL, cache = linear_activation_forward(A_prev, WL, bL, "sigmoid")
    caches.append(cache)
    return AL, caches


@answer("L_model_forward", "L_not_halved")
def _(X, parameters):
    caches = []
    A = X
    L = len(parameters)
    for l in range(1, L):
        W, b = parameters["W" + str(l)], parameters["b" + str(l)]
        A, cache = linear_activation_forward(A, W, b, "relu")
        caches.append(cache)
    WL, bL = parameters["W" + str(L)], parameters["b" + str(L)]
    AL, cache = linear_activation_forward(A, WL, bL, "sigmoid")
    caches.append(cache)
    return AL, caches


@answer("L_model_forward", "cached_A_not_cache")
def _(X, parameters):
    caches = []
    A = X
    L = len(parameters) // 2
    for l in range(1, L):
        W, b = parameters["W" + str(l)], parameters["b" + str(l)]
        A, _ = linear_activation_forward(A, W, b, "relu")
        caches.append(A)
    WL, bL = parameters["W" + str(L)], parameters["b" + str(L)]
    AL, _ = linear_activation_forward(A, WL, bL, "sigmoid")
    caches.append(AL)
    return AL, caches


@answer("L_model_forward", "missing_return_value")
def _(X, parameters):
    A = X
    L = len(parameters) // 2
    for l in range(1, L):
        W, b = parameters["W" + str(l)], parameters["b" + str(l)]
        A, _ = linear_activation_forward(A, W, b, "relu")
    WL, bL = parameters["W" + str(L)], parameters["b" + str(L)]
    AL, _ = linear_activation_forward(A, WL, bL, "sigmoid")
    return AL


@answer("L_model_forward", "missing_return_value")
def predict(X, params, l=1):
    L = len(params) // 2
    g = "sigmoid" if l == L else "relu"
    A, _ = linear_activation_forward(X, params[f"W{l}"], params[f"b{l}"], g)
    return A if l == L else predict(A, params, l + 1)


@answer("L_model_forward", "returned_hidden_A")
def _(X, parameters):
    caches = []
    A = X
    L = len(parameters) // 2
    for l in range(1, L):
        W, b = parameters["W" + str(l)], parameters["b" + str(l)]
        A, cache = linear_activation_forward(A, W, b, "relu")
        caches.append(cache)
    WL, bL = parameters["W" + str(L)], parameters["b" + str(L)]
    AL, cache = linear_activation_forward(A, WL, bL, "sigmoid")
    caches.append(cache)
    expected = (parameters["W" + str(L)].shape[0], X.shape[1])
    assert AL.shape == expected, f"AL has shape {AL.shape}, expected {expected}"
    return A, caches


@answer("L_model_forward", "returned_hidden_A")
def _(X, params):
    L = len(params) // 2
    activations, caches = [X], []
    for l in range(1, L + 1):
        g = "sigmoid" if l == L else "relu"
        A, cache = linear_activation_forward(activations[-1], params[f"W{l}"], params[f"b{l}"], g)
        activations.append(A)
        caches.append(cache)
    return activations[L - 1], caches


@answer("L_model_forward", "caches_reversed")
def _(X, parameters):
    caches = []
    A = X
    L = len(parameters) // 2
    for l in range(1, L):
        W, b = parameters["W" + str(l)], parameters["b" + str(l)]
        A, cache = linear_activation_forward(A, W, b, "relu")
        caches.insert(0, cache)
    WL, bL = parameters["W" + str(L)], parameters["b" + str(L)]
    AL, cache = linear_activation_forward(A, WL, bL, "sigmoid")
    caches.insert(0, cache)
    return AL, caches


@answer("L_model_forward", "caches_reversed")
def forward(X, params, l=1):
    W, b = params[f"W{l}"], params[f"b{l}"]
    if l == len(params) // 2:
        AL, cache = linear_activation_forward(X, W, b, "sigmoid")
        return AL, [cache]
    A, cache = linear_activation_forward(X, W, b, "relu")
    AL, later = forward(A, params, l + 1)
    return AL, [*later, cache]


@answer("L_model_forward", "caches_overwritten")
def _(X, parameters):
    L = len(parameters) // 2  # every layer has a W and a b
    caches = []
    A = X

    for l in range(1, L):
        W, b = parameters["W" + str(l)], parameters["b" + str(l)]
        A, cache = linear_activation_forward(A, W, b, "relu")
        caches = cache
    WL, bL = parameters["W" + str(L)], parameters["b" + str(L)]
    AL, cache = linear_activation_forward(A, WL, bL, "sigmoid")
    caches = cache

    expected = (parameters["W" + str(L)].shape[0], X.shape[1])
    assert AL.shape == expected, f"AL has shape {AL.shape}, expected {expected}"
    return AL, caches


@answer("L_model_forward", "mutates_input")
def _(X, parameters):
    caches = []
    L = len(parameters) // 2
    parameters["A0"] = X
    for l in range(1, L + 1):
        A_prev = parameters["A" + str(l - 1)]
        W, b = parameters["W" + str(l)], parameters["b" + str(l)]
        A, cache = linear_activation_forward(A_prev, W, b, "relu" if l < L else "sigmoid")
        parameters["A" + str(l)] = A
        caches.append(cache)
    return A, caches


@answer("L_model_forward", "mutates_input")
def _(X, parameters):
    A, caches, l = X, [], 1
    while parameters:
        W, b = parameters.pop(f"W{l}"), parameters.pop(f"b{l}")
        A, cache = linear_activation_forward(A, W, b, "relu" if parameters else "sigmoid")
        caches.append(cache)
        l += 1
    return A, caches


@answer("L_model_forward", "mutates_input")
def _(X, params):
    A, caches = X, []
    L = len(params) // 2
    for l in range(1, L + 1):
        W, b = params[f"W{l}"], params[f"b{l}"]
        Z = W @ A + b
        caches.append(((A.copy(), W, b), Z))
        A[A < 0] = 0
        A = np.maximum(Z, 0) if l < L else 1 / (1 + np.exp(-Z))
    return A, caches


@answer("L_model_forward", "hardcoded_depth")
def _(X, parameters):
    W1, b1 = parameters["W1"], parameters["b1"]
    W2, b2 = parameters["W2"], parameters["b2"]
    A1, cache1 = linear_activation_forward(X, W1, b1, "relu")
    A2, cache2 = linear_activation_forward(A1, W2, b2, "sigmoid")
    return A2, [cache1, cache2]


@answer("L_model_forward", "shape_1d")
def _(X, parameters):
    caches = []
    A = X
    L = len(parameters) // 2
    for l in range(1, L):
        W, b = parameters["W" + str(l)], parameters["b" + str(l)]
        A, cache = linear_activation_forward(A, W, b, "relu")
        caches.append(cache)
    WL, bL = parameters["W" + str(L)], parameters["b" + str(L)]
    AL, cache = linear_activation_forward(A, WL, bL, "sigmoid")
    caches.append(cache)
    return np.squeeze(AL), caches


@answer("L_model_forward", "shape_1d")
def _(X, params):
    A, caches = X, []
    L = len(params) // 2
    for l in range(1, L + 1):
        g = "sigmoid" if l == L else "relu"
        A, cache = linear_activation_forward(A, params[f"W{l}"], params[f"b{l}"], g)
        caches.append(cache)
    return A.flatten(), caches


@answer("L_model_forward", "stale_global")
def _(X, params):
    caches = []
    A = X
    L = len(params) // 2
    for l in range(1, L):
        W, b = parameters["W" + str(l)], parameters["b" + str(l)]
        A, cache = linear_activation_forward(A, W, b, "relu")
        caches.append(cache)
    WL, bL = parameters["W" + str(L)], parameters["b" + str(L)]
    AL, cache = linear_activation_forward(A, WL, bL, "sigmoid")
    caches.append(cache)
    return AL, caches


@answer("L_model_forward", "stale_global")
def _(X, parameters):
    A = X
    L = len(parameters) // 2
    for l in range(1, L):
        W, b = parameters["W" + str(l)], parameters["b" + str(l)]
        A, cache = linear_activation_forward(A, W, b, "relu")
        caches.append(cache)
    WL, bL = parameters["W" + str(L)], parameters["b" + str(L)]
    AL, cache = linear_activation_forward(A, WL, bL, "sigmoid")
    caches.append(cache)
    return AL, caches


@answer("L_model_forward", "stale_global")
def _(inputs, parameters):
    A, all_caches = X, []
    L = len(parameters) // 2
    for l in range(1, L + 1):
        g = "sigmoid" if l == L else "relu"
        A, c = linear_activation_forward(A, parameters[f"W{l}"], parameters[f"b{l}"], g)
        all_caches.append(c)
    return A, all_caches


@answer("L_model_forward", "append_outside_loop")
def _(X, parameters):
    caches = []
    A = X
    L = len(parameters) // 2
    for l in range(1, L):
        W, b = parameters["W" + str(l)], parameters["b" + str(l)]
        A, cache = linear_activation_forward(A, W, b, "relu")
    caches.append(cache)
    WL, bL = parameters["W" + str(L)], parameters["b" + str(L)]
    AL, cache = linear_activation_forward(A, WL, bL, "sigmoid")
    caches.append(cache)
    return AL, caches


@answer("L_model_forward", "append_outside_loop")
def _(X, params):
    A = X
    L = len(params) // 2
    for l in range(L - 1):
        A, hidden = linear_activation_forward(A, params[f"W{l + 1}"], params[f"b{l + 1}"], "relu")
    AL, output = linear_activation_forward(A, params[f"W{L}"], params[f"b{L}"], "sigmoid")
    return AL, [hidden, output]


@answer("L_model_forward", "swapped_W_b")
def _(X, parameters):
    L = len(parameters) // 2  # every layer has a W and a b
    caches = []
    A = X

    for l in range(1, L + 1):
        b, W = parameters["W" + str(l)], parameters["b" + str(l)]
        A, cache = linear_activation_forward(A, W, b, "relu" if l < L else "sigmoid")
        caches.append(cache)
    AL = A

    expected = (parameters["W" + str(L)].shape[0], X.shape[1])
    assert AL.shape == expected, f"AL has shape {AL.shape}, expected {expected}"
    return AL, caches


@answer("L_model_forward", "first_layer_repeated")
def _(X, parameters):
    caches = []
    A = X
    L = len(parameters) // 2
    for _ in range(1, L):
        A, cache = linear_activation_forward(A, parameters["W1"], parameters["b1"], "relu")
        caches.append(cache)
    WL, bL = parameters["W" + str(L)], parameters["b" + str(L)]
    AL, cache = linear_activation_forward(A, WL, bL, "sigmoid")
    caches.append(cache)
    return AL, caches


@answer("L_model_forward", "relu_last_layer+sigmoid_hidden_layer")
def _(X, params):
    A, caches = X, []
    L = len(params) // 2
    for l in range(1, L + 1):
        g = "sigmoid" if l < L else "relu"
        A, cache = linear_activation_forward(A, params[f"W{l}"], params[f"b{l}"], g)
        caches.append(cache)
    return A, caches


@answer("L_model_forward", "returned_hidden_A+last_cache_missing")
def _(X, parameters):
    caches = []
    A = X
    L = len(parameters) // 2
    for l in range(1, L):
        W, b = parameters["W" + str(l)], parameters["b" + str(l)]
        A, cache = linear_activation_forward(A, W, b, "relu")
        caches.append(cache)
    WL, bL = parameters["W" + str(L)], parameters["b" + str(L)]
    AL, cache = linear_activation_forward(A, WL, bL, "sigmoid")
    print(AL.shape)
    return A, caches

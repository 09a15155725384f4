"""Right answers to the exercises of step 2."""

from copy import deepcopy
from functools import reduce

import numpy as np

from dnn_utils import linear_activation_forward, linear_forward, relu, sigmoid
from tests.testCases.answers import answer

HIDDEN = "relu"
ACTIVATIONS = {"relu": relu, "sigmoid": sigmoid}


@answer("linear_forward")
def _(A, W, b):
    assert W.shape[1] == A.shape[0], f"W {W.shape} needs as many columns as A {A.shape} has rows"
    assert b.shape == (W.shape[0], 1), f"b has shape {b.shape}, expected {(W.shape[0], 1)}"

    Z = np.dot(W, A) + b

    cache = (A, W, b)
    return Z, cache


@answer("linear_forward")
def _(A, W, b):
    return np.einsum("ij,jk->ik", W, A) + b, (A, W, b)


@answer("linear_forward")
def _(a, w, bias):
    n, m = w.shape[0], a.shape[1]
    z = np.zeros((n, m))
    for i in range(n):
        for k in range(m):
            for j in range(a.shape[0]):
                z[i, k] += w[i, j] * a[j, k]
            z[i, k] += bias[i, 0]
    return z, (a, w, bias)


@answer("linear_forward")
def _(A, W, b):
    Z = W @ A
    Z += b
    assert Z.shape == (W.shape[0], A.shape[1])
    return Z, (A, W, b)


@answer("linear_forward")
def _(A, W, b):
    Z = np.add(np.matmul(W, A), b)
    cache = [A, W, b]
    return [Z, cache]


@answer("linear_forward")
def _(A, W, b):
    return np.tensordot(W, A, axes=1) + b, (A.copy(), W.copy(), b.copy())


@answer("linear_forward")
def _(A_prev, W, b):
    Z = np.inner(W, A_prev.T) + np.tile(b, (1, A_prev.shape[1]))
    return Z, (A_prev, W, b)


@answer("linear_forward")
def _(A, W, b):
    W1 = np.hstack([W, b])
    A1 = np.vstack([A, np.ones((1, A.shape[1]))])
    return W1.dot(A1), (A, W, b)


@answer("linear_forward")
def _(A, W, b):
    Z = (A.T @ W.T + b.T).T
    return Z, (A, W, b)


@answer("linear_forward")
def _(A: np.ndarray, W: np.ndarray, b: np.ndarray, dtype=np.float32) -> tuple:
    Z = W.astype(dtype) @ A.astype(dtype) + b.astype(dtype)
    return Z, (A, W, b)


@answer("linear_forward")
def _(*args):
    A, W, b = args
    columns = [W @ x + b.ravel() for x in A.T]
    return np.array(columns).T, args


answer("linear_forward")(lambda A, W, b: (W @ A + b, (A, W, b)))


@answer("linear_forward")
def _(A, W, b):
    try:
        Z = sum(np.outer(W[:, j], A[j]) for j in range(len(A)))
        return np.asfortranarray(Z + b), (A, W, b)
    finally:
        pass


class Layer:
    def forward(self, A, W, b):
        self.cache = (A, W, b)
        return W.dot(A) + b, self.cache


answer("linear_forward")(Layer().forward)


@answer("linear_activation_forward")
def _(A_prev, W, b, activation):
    if activation not in ("relu", "sigmoid"):
        raise ValueError(f'activation must be "relu" or "sigmoid", got {activation!r}')

    if activation == "sigmoid":
        Z, linear_cache = linear_forward(A_prev, W, b)
        A, activation_cache = sigmoid(Z)
    elif activation == "relu":
        Z, linear_cache = linear_forward(A_prev, W, b)
        A, activation_cache = relu(Z)

    assert A.shape == (W.shape[0], A_prev.shape[1])
    cache = (linear_cache, activation_cache)
    return A, cache


@answer("linear_activation_forward")
def _(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    if activation == "sigmoid":
        A, activation_cache = sigmoid(Z)
    elif activation == "relu":
        A, activation_cache = relu(Z)
    return A, (linear_cache, activation_cache)


@answer("linear_activation_forward")
def _(A_prev, W, b, activation):
    if activation not in ACTIVATIONS:
        raise ValueError(activation)
    Z, linear_cache = linear_forward(A_prev, W, b)
    A, Z = ACTIVATIONS[activation](Z)
    return A, (linear_cache, Z)


@answer("linear_activation_forward")
def _(A_prev, W, b, activation):
    Z = np.dot(W, A_prev) + b
    match activation:
        case "relu":
            A = np.maximum(0, Z)
        case "sigmoid":
            A = 1 / (1 + np.exp(-Z))
        case _:
            raise ValueError(f"unknown activation {activation}")
    return A, ((A_prev, W, b), Z)


@answer("linear_activation_forward")
def _(A_prev, W, b, act):
    if act == "relu":
        g = lambda z: z * (z > 0)  # noqa: E731
    elif act == "sigmoid":
        g = lambda z: 0.5 * (1 + np.tanh(z / 2))  # noqa: E731
    else:
        raise ValueError("only relu and sigmoid")
    Z, linear_cache = linear_forward(A_prev, W, b)
    return [g(Z), [list(linear_cache), Z]]


@answer("linear_activation_forward")
def _(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    if activation == "relu":
        A = Z.copy()
        A[A < 0] = 0
    elif activation == "sigmoid":
        e = np.exp(-Z)
        A = np.power(1 + e, -1)
    else:
        raise ValueError("activation?")
    return A, deepcopy((linear_cache, Z))


def my_relu(z):
    return np.where(z > 0, z, 0)


def my_sigmoid(z):
    return np.exp(z) / (np.exp(z) + 1)


@answer("linear_activation_forward")
def _(A_prev, W, b, activation):
    if activation not in ("relu", "sigmoid"):
        raise ValueError("activation must be relu or sigmoid")
    Z = np.einsum("nk,km->nm", W, A_prev) + b
    A = my_relu(Z) if activation == "relu" else my_sigmoid(Z)
    return A, ((A_prev, W, b), Z)


@answer("linear_activation_forward")
def _(A_prev, W, b, activation):
    if activation == "relu":
        A = np.clip(Z := W @ A_prev + b, 0, None)
    elif activation == "sigmoid":
        Z = np.matmul(W, A_prev) + b
        A = np.array([[1 / (1 + np.exp(-z)) for z in row] for row in Z])
    else:
        raise ValueError(activation)
    return A, ((A_prev, W, b), Z)


@answer("linear_activation_forward")
def _(A_prev, W, b, activation="relu"):
    (Z, linear_cache) = linear_forward(A_prev, W, b)
    if activation == "sigmoid":
        A = sigmoid(Z)[0]
    else:
        A = relu(Z)[0]
    return A.astype(np.float32), (linear_cache, Z)


@answer("linear_activation_forward")
def _(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    options = dict(relu=(Z + np.abs(Z)) / 2, sigmoid=sigmoid(Z)[0])
    try:
        return options[activation], (linear_cache, Z)
    except KeyError:
        raise ValueError(f"no activation {activation}") from None


@answer("L_model_forward")
def _(X, parameters):
    L = len(parameters) // 2
    caches = []
    A = X

    for l in range(1, L):
        A_prev = A
        A, cache = linear_activation_forward(
            A_prev, parameters["W" + str(l)], parameters["b" + str(l)], activation="relu"
        )
        caches.append(cache)

    AL, cache = linear_activation_forward(
        A, parameters["W" + str(L)], parameters["b" + str(L)], activation="sigmoid"
    )
    caches.append(cache)

    expected = (parameters["W" + str(L)].shape[0], X.shape[1])
    assert AL.shape == expected, f"AL has shape {AL.shape}, expected {expected}"
    return AL, caches


@answer("L_model_forward")
def _(X, parameters):
    L = int(len(parameters) / 2)
    caches = []
    l = 1
    while l <= L:
        g = "sigmoid" if l == L else "relu"
        X, cache = linear_activation_forward(X, parameters[f"W{l}"], parameters[f"b{l}"], g)
        caches += [cache]
        l += 1
    return X, caches


@answer("L_model_forward")
def _(X, parameters):
    L = len(parameters) // 2

    def layer(l, A):
        activation = HIDDEN if l < L else "sigmoid"
        A, cache = linear_activation_forward(
            A, parameters[f"W{l}"], parameters[f"b{l}"], activation
        )
        if l == L:
            return A, [cache]
        AL, later = layer(l + 1, A)
        return AL, [cache, *later]

    return layer(1, X)


@answer("L_model_forward")
def _(X, parameters):
    L = len(parameters) // 2
    weights = [parameters["W" + str(l + 1)] for l in range(L)]
    biases = [parameters["b" + str(l + 1)] for l in range(L)]
    A, caches = X.copy(), []
    for W, b in zip(weights[:-1], biases[:-1], strict=True):
        A, cache = linear_activation_forward(A, W, b, "relu")
        caches.append(cache)
    A, cache = linear_activation_forward(A, weights[-1], biases[-1], "sigmoid")
    return A, (*caches, cache)


@answer("L_model_forward")
def _(X, parameters):
    L = sum(key.startswith("W") for key in parameters)
    caches = [None] * L
    A = X
    for l in range(L):
        W, b = parameters[f"W{l + 1}"], parameters[f"b{l + 1}"]
        Z = W @ A + b
        caches[l] = ((A, W, b), Z)
        A = np.maximum(Z, 0) if l < L - 1 else 1.0 / (1.0 + np.exp(-Z))
    return A, caches


@answer("L_model_forward")
def _(X, parameters):
    L = len(parameters) >> 1
    activations = ["relu"] * (L - 1) + ["sigmoid"]

    def step(state, numbered):
        A, caches = state
        l, activation = numbered
        A, cache = linear_activation_forward(
            A, parameters[f"W{l}"], parameters[f"b{l}"], activation
        )
        return A, [*caches, cache]

    return reduce(step, enumerate(activations, 1), (X, []))


@answer("L_model_forward")
def _(X, parameters):
    A, caches, l = X, [], 0
    while (l := l + 1) < (L := len(parameters) // 2):
        A, cache = linear_activation_forward(A, parameters[f"W{l}"], parameters[f"b{l}"], "relu")
        caches.append(cache)
    AL, cache = linear_activation_forward(A, parameters[f"W{L}"], parameters[f"b{L}"], "sigmoid")
    return AL, [*caches, cache]


@answer("L_model_forward")
def _(inputs, params):
    n_layers = len(params) // 2
    act = inputs
    memory = []
    for k in range(1, n_layers + 1):
        z, lin = linear_forward(act, params["W" + str(k)], params["b" + str(k)])
        if k != n_layers:
            act, z = relu(z)
        else:
            act, z = sigmoid(z)
        memory.append([lin, z])
    return [act, memory]


@answer("L_model_forward")
def _(X, parameters, verbose=False):
    A = np.asfortranarray(X)
    caches = []
    L = len(parameters) // 2
    for l in range(1, L):
        A, cache = linear_activation_forward(A, parameters[f"W{l}"], parameters[f"b{l}"], "relu")
        caches.append(deepcopy(cache))
        if verbose:
            print(l, A.shape)
    AL, cache = linear_activation_forward(A, parameters[f"W{L}"], parameters[f"b{L}"], "sigmoid")
    caches.append(deepcopy(cache))
    return AL.astype("float32"), caches


@answer("L_model_forward")
def _(X, parameters):
    def layers(A, l=1):
        while f"W{l + 1}" in parameters:
            A, cache = linear_activation_forward(
                A, parameters[f"W{l}"], parameters[f"b{l}"], "relu"
            )
            yield A, cache
            l += 1
        yield linear_activation_forward(A, parameters[f"W{l}"], parameters[f"b{l}"], "sigmoid")

    outputs = list(layers(X))
    return outputs[-1][0], [cache for _, cache in outputs]

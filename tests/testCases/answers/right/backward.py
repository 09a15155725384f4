"""Right answers to the exercises of step 4."""

import numpy as np

from dnn_utils import (
    linear_activation_backward,
    linear_backward,
    relu_backward,
    sigmoid,
    sigmoid_backward,
)
from tests.testCases.answers import answer

BACKWARD = {"relu": relu_backward, "sigmoid": sigmoid_backward}


@answer("linear_backward")
def _(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    assert dZ.shape == (W.shape[0], m), f"dZ has shape {dZ.shape}, expected {(W.shape[0], m)}"

    dW = 1 / m * np.dot(dZ, A_prev.T)
    db = 1 / m * np.sum(dZ, axis=1, keepdims=True)
    dA_prev = np.dot(W.T, dZ)

    assert dA_prev.shape == A_prev.shape, f"dA_prev {dA_prev.shape} against A_prev {A_prev.shape}"
    assert dW.shape == W.shape, f"dW has shape {dW.shape}, but W has shape {W.shape}"
    assert db.shape == b.shape, f"db has shape {db.shape}, but b has shape {b.shape}"
    return dA_prev, dW, db


@answer("linear_backward")
def _(dZ, cache):
    A_prev, W, _ = cache
    db = dZ.mean(axis=1, keepdims=True)
    return W.T @ dZ, (dZ @ A_prev.T) / dZ.shape[1], db


@answer("linear_backward")
def _(dZ, cache):
    A, W, b = cache
    m = A.shape[1]
    dA = np.einsum("ij,ik->jk", W, dZ)
    dW = np.einsum("ik,jk->ij", dZ, A) / m
    db = np.einsum("ik->i", dZ).reshape(b.shape) / m
    return dA, dW, db


@answer("linear_backward")
def _(dZ, cache):
    A_prev, W, b = cache
    n, m = dZ.shape
    dW, db, dA = np.zeros(W.shape), np.zeros(b.shape), np.zeros(A_prev.shape)
    for i in range(m):
        for j in range(n):
            dW[j] += dZ[j, i] * A_prev[:, i] / m
            db[j] += dZ[j, i] / m
            dA[:, i] += dZ[j, i] * W[j]
    return dA, dW, db


@answer("linear_backward")
def _(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    scaled = dZ / m
    dW = np.inner(scaled, A_prev)
    db = scaled @ np.ones((m, 1))
    dA_prev = (dZ.T @ W).T
    return [dA_prev, dW, db.reshape(b.shape)]


@answer("linear_backward")
def _(delta, cache):
    a, w = cache[0], cache[1]
    dw = np.tensordot(delta, a, axes=(1, 1)) / len(a[0])
    db = np.array([[np.mean(row)] for row in delta])
    da = np.tensordot(w, delta, axes=(0, 0))
    return da, dw, db


@answer("linear_backward")
def _(dZ, cache):
    A_prev, W, _ = cache
    m = A_prev.shape[1]
    dW = np.mean([np.outer(dZ[:, i], A_prev[:, i]) for i in range(m)], axis=0)
    db = np.average(dZ, axis=1)[:, np.newaxis]
    dA_prev = np.column_stack([W.T @ dZ[:, i] for i in range(m)])
    return dA_prev, dW, db


@answer("linear_backward")
def _(dZ, cache, dtype="float32"):
    A_prev, W, b = (x.astype(dtype) for x in cache)
    dZ = dZ.astype(dtype)
    m = dtype and A_prev.shape[1]
    dW = dZ @ A_prev.T / m
    db = np.sum(dZ, axis=1, keepdims=True) / m
    return W.T @ dZ, dW, db + 0 * b


@answer("linear_backward")
def _(dZ, cache):
    A_prev, W, _ = cache
    m = A_prev.shape[1]
    ones = np.ones((1, m))
    dW_db = np.dot(dZ, np.vstack((A_prev, ones)).T) / m
    dA_prev = np.asfortranarray(W.T.dot(dZ))
    return dA_prev, dW_db[:, :-1], dW_db[:, -1:]


@answer("linear_backward")
def _(dZ, cache):
    A_prev, W, _ = cache
    m = A_prev.shape[1]
    dA_prev = np.zeros_like(A_prev)
    np.matmul(W.T, dZ, out=dA_prev)
    dW = np.dot(A_prev, dZ.T).T
    dW /= m
    db = np.add.reduce(dZ, axis=-1, keepdims=True)
    np.divide(db, m, out=db)
    return dA_prev, dW, db


answer("linear_backward")(
    lambda dZ, cache: (
        cache[1].T @ dZ,
        dZ @ cache[0].T / dZ.shape[-1],
        np.sum(dZ, 1)[:, None] / dZ.shape[-1],
    )
)


@answer("linear_backward")
def _(dZ, cache):
    A_prev, W, _ = cache
    inv_m = np.float64(1) / A_prev.shape[1]
    dot = np.matmul
    return dot(np.transpose(W), dZ), dot(dZ, A_prev.T) * inv_m, dZ.sum(1, keepdims=True) * inv_m


@answer("linear_activation_backward")
def _(dA, cache, activation):
    if activation not in ("relu", "sigmoid"):
        raise ValueError(f'activation must be "relu" or "sigmoid", got {activation!r}')
    linear_cache, activation_cache = cache

    if activation == "relu":
        dZ = relu_backward(dA, activation_cache)
        dA_prev, dW, db = linear_backward(dZ, linear_cache)
    elif activation == "sigmoid":
        dZ = sigmoid_backward(dA, activation_cache)
        dA_prev, dW, db = linear_backward(dZ, linear_cache)

    return dA_prev, dW, db


@answer("linear_activation_backward")
def _(dA, cache, activation):
    linear_cache, Z = cache
    if activation == "sigmoid":
        return linear_backward(sigmoid_backward(dA, Z), linear_cache)
    return linear_backward(relu_backward(dA, Z), linear_cache)


@answer("linear_activation_backward")
def _(dA, cache, activation):
    if activation not in BACKWARD:
        raise ValueError(f"{activation} is not known")
    return linear_backward(BACKWARD[activation](dA, cache[1]), cache[0])


@answer("linear_activation_backward")
def _(dA, cache, activation):
    (A_prev, W, _), Z = cache
    m = A_prev.shape[1]
    if activation == "relu":
        dZ = dA * (Z > 0)
    elif activation == "sigmoid":
        s = 1 / (1 + np.exp(-Z))
        dZ = dA * s * (1 - s)
    else:
        raise ValueError("activation is relu or sigmoid")
    return W.T @ dZ, dZ @ A_prev.T / m, np.mean(dZ, axis=1, keepdims=True)


@answer("linear_activation_backward")
def _(dA, cache, activation):
    linear_cache, activation_cache = cache
    if activation == "relu":
        dZ = np.array(dA, copy=True)
        dZ[activation_cache <= 0] = 0
    elif activation == "sigmoid":
        A, _ = sigmoid(activation_cache)
        dZ = np.multiply(dA, A - A**2)
    else:
        raise ValueError(activation)
    dA_prev, dW, db = linear_backward(dZ, linear_cache)
    return [dA_prev, dW, db]


@answer("linear_activation_backward")
def _(grad, memory, kind):
    def slope(z):
        if kind == "relu":
            return np.heaviside(z, 0)
        if kind == "sigmoid":
            return np.exp(-z) / (1 + np.exp(-z)) ** 2
        raise ValueError(kind)

    lin, z = memory
    return linear_backward(np.multiply(grad, slope(z)), lin)


@answer("linear_activation_backward")
def _(dA, cache, activation):
    linear_cache, Z = cache
    match activation:
        case "relu":
            dZ = np.where(Z > 0, dA, 0)
        case "sigmoid":
            dZ = dA * (1 - np.tanh(Z / 2) ** 2) / 4
        case other:
            raise ValueError(f"activation {other}?")
    return tuple(g.astype(np.float32) for g in linear_backward(dZ, linear_cache))


@answer("linear_activation_backward")
def _(dA, cache, activation):
    linear_cache, Z = cache
    if activation == "relu":
        dZ = np.zeros(dA.shape)
        for i in range(dA.shape[0]):
            for j in range(dA.shape[1]):
                if Z[i, j] > 0:
                    dZ[i, j] = dA[i, j]
    elif activation == "sigmoid":
        s = sigmoid(Z)[0]
        dZ = np.einsum("ij,ij,ij->ij", dA, s, 1 - s)
    else:
        raise ValueError("?")
    return linear_backward(dZ, linear_cache)


@answer("linear_activation_backward")
def _(dA, cache, activation="relu"):
    linear_cache, Z = cache
    if activation == "sigmoid":
        dZ = np.asfortranarray(dA * sigmoid(Z)[0] * sigmoid(-Z)[0])
    elif activation == "relu":
        dZ = np.ma.filled(np.ma.masked_array(dA, mask=Z <= 0), 0)
    else:
        raise ValueError(f"wrong activation: {activation}")
    try:
        return linear_backward(dZ=dZ, cache=linear_cache)
    finally:
        del dZ


@answer("L_model_backward")
def _(AL, Y, caches):
    assert AL.shape == Y.shape, f"AL has shape {AL.shape}, but Y has shape {Y.shape}"
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
            grads["dA" + str(l + 1)], current_cache, activation="relu"
        )
        grads["dA" + str(l)] = dA_prev_temp
        grads["dW" + str(l + 1)] = dW_temp
        grads["db" + str(l + 1)] = db_temp

    return grads


@answer("L_model_backward")
def _(AL, Y, caches):
    grads = {}
    l = len(caches)
    dA = (AL - Y) / (AL * (1 - AL))
    g = "sigmoid"
    while l:
        dA, grads[f"dW{l}"], grads[f"db{l}"] = linear_activation_backward(dA, caches[l - 1], g)
        l -= 1
        grads[f"dA{l}"] = dA
        g = "relu"
    return grads


@answer("L_model_backward")
def _(AL, Y, caches):
    L = len(caches)
    Y = Y.reshape(AL.shape)
    grads = {f"dA{L}": (1 - Y) / (1 - AL) - Y / AL}
    for l in range(L, 0, -1):
        grads[f"dA{l - 1}"], grads[f"dW{l}"], grads[f"db{l}"] = linear_activation_backward(
            grads[f"dA{l}"], caches[l - 1], "sigmoid" if l == L else "relu"
        )
    return grads


@answer("L_model_backward")
def _(AL, Y, caches):
    def below(dA, l):
        if l == 0:
            return {}
        kind = "sigmoid" if l == len(caches) else "relu"
        dA, dW, db = linear_activation_backward(dA, caches[l - 1], kind)
        return below(dA, l - 1) | {"dA%d" % (l - 1): dA, "dW%d" % l: dW, "db%d" % l: db}  # noqa: UP031

    return below(-Y / AL + (1 - Y) / (1 - AL), len(caches))


@answer("L_model_backward")
def _(AL, Y, caches):
    grads = {}
    L = len(caches)
    dA = -(Y / AL - (1 - Y) / (1 - AL))
    for l, ((A_prev, W, _), Z) in reversed(list(enumerate(caches, start=1))):
        m = A_prev.shape[1]
        if l == L:
            s = 1 / (1 + np.exp(-Z))
            dZ = dA * s * (1 - s)
        else:
            dZ = dA * (Z > 0)
        grads["dZ" + str(l)] = dZ
        grads["dW" + str(l)] = np.dot(dZ, A_prev.T) / m
        grads["db" + str(l)] = np.sum(dZ, axis=1, keepdims=True) / m
        dA = np.dot(W.T, dZ)
        grads["dA" + str(l - 1)] = dA
    return grads


@answer("L_model_backward")
def _(AL, Y, caches):
    grads = {}
    L = len(caches)
    Y = Y.astype(float)
    dA = np.where(Y == 1, -1 / AL, 1 / (1 - AL))
    names = ["relu"] * (L - 1) + ["sigmoid"]
    numbers = range(1, L + 1)
    for l, cache, name in zip(numbers[::-1], caches[::-1], names[::-1], strict=True):
        dA, dW, db = linear_activation_backward(dA, cache, name)
        grads.update({f"dA{l - 1}": dA, f"dW{l}": dW, f"db{l}": db})
    return grads


@answer("L_model_backward")
def _(AL, Y, caches):
    stack = list(caches)
    grads = dict(dAL=np.subtract(np.divide(1 - Y, 1 - AL), np.divide(Y, AL)))
    dA = grads["dAL"]
    activation = "sigmoid"
    while stack:
        l = len(stack)
        out = linear_activation_backward(dA, stack.pop(), activation)
        for key, value in zip((f"dA{l - 1}", f"dW{l}", f"db{l}"), out, strict=True):
            grads[key] = value
        dA, activation = out[0], "relu"
    return grads


@answer("L_model_backward")
def _(AL, Y, caches, dtype=np.float32):
    L = len(caches)
    dAs, dWs, dbs = [-(Y / AL - (1 - Y) / (1 - AL))], [], []
    for i in range(L):
        dA, dW, db = linear_activation_backward(
            dAs[-1], caches[-1 - i], ["relu", "sigmoid"][i == 0]
        )
        dAs.append(dA)
        dWs.append(dW)
        dbs.append(db)
    grads = {f"dA{L - i}": x for i, x in enumerate(dAs)}
    grads |= {f"dW{L - i}": x for i, x in enumerate(dWs)}
    grads |= {f"db{L - i}": x for i, x in enumerate(dbs)}
    return {key: value.astype(dtype) for key, value in grads.items()}


@answer("L_model_backward")
def _(AL, Y, caches):
    grads = {}
    L = len(caches)
    dZ = -(Y / AL - (1 - Y) / (1 - AL))
    dZ = sigmoid_backward(dZ, caches[L - 1][1])
    for l in range(L - 1, -1, -1):
        grads[f"dA{l}"], grads[f"dW{l + 1}"], grads[f"db{l + 1}"] = linear_backward(
            dZ, caches[l][0]
        )
        if l > 0:
            dZ = relu_backward(grads[f"dA{l}"], caches[l - 1][1])
    return grads


@answer("linear_activation_backward", "relu_prime_at_zero")
def _(dA, cache, activation):
    linear_cache, Z = cache
    if activation == "relu":
        dZ = dA * (Z >= 0)
    elif activation == "sigmoid":
        dZ = sigmoid_backward(dA, Z)
    return linear_backward(dZ, linear_cache)


@answer("linear_activation_backward", "relu_prime_at_zero")
def _(dA, cache, activation):
    linear_cache, activation_cache = cache
    if activation == "sigmoid":
        dZ = sigmoid_backward(dA, activation_cache)
    elif activation == "relu":
        dZ = np.array(dA, copy=True)
        dZ[activation_cache < 0] = 0
    dA_prev, dW, db = linear_backward(dZ, linear_cache)
    return dA_prev, dW, db


@answer("linear_activation_backward", "relu_prime_at_zero")
def _(dA, cache, activation):
    (A, W, _), Z = cache
    m = A.shape[1]
    if activation == "sigmoid":
        s = sigmoid(Z)[0]
        dZ = dA * s * (1 - s)
    else:
        dZ = dA * np.heaviside(Z, 0.5)
    return W.T @ dZ, dZ @ A.T / m, dZ.mean(axis=1, keepdims=True)


@answer("linear_activation_backward", "relu_prime_at_zero")
def _(dA, cache, activation):
    linear_cache, Z = cache
    if activation == "sigmoid":
        dZ = sigmoid_backward(dA, Z)
    else:
        dZ = dA * np.heaviside(Z, 0.5)
    return linear_backward(dZ, linear_cache)

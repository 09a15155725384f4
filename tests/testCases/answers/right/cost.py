"""Right answers to the exercise of step 3."""

import math

import numpy as np

from tests.testCases.answers import answer

EPS = 1e-8


@answer("compute_cost")
def _(AL, Y):
    assert AL.shape == Y.shape, f"AL has shape {AL.shape}, but Y has shape {Y.shape}"
    m = Y.shape[1]

    cost = -np.sum(np.multiply(np.log(AL), Y) + np.multiply(np.log(1 - AL), 1 - Y)) / m

    return cost + 0.0


@answer("compute_cost")
def _(AL, Y):
    m = Y.shape[1]
    cost = (-1 / m) * (np.dot(Y, np.log(AL).T) + np.dot(1 - Y, np.log(1 - AL).T))
    cost = np.squeeze(cost)
    assert cost.shape == ()
    return cost


@answer("compute_cost")
def _(AL, Y):
    return -np.mean(Y * np.log(AL) + (1 - Y) * np.log(1 - AL))


@answer("compute_cost")
def _(a, y):
    total = 0.0
    for i in range(y.shape[1]):
        total += y[0, i] * math.log(a[0, i]) + (1 - y[0, i]) * math.log(1 - a[0, i])
    return -total / y.shape[1]


@answer("compute_cost")
def _(AL, Y):
    AL = np.clip(AL, EPS, 1 - EPS)
    m = AL.shape[1]
    return (-1 / m * np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL))).item()


@answer("compute_cost")
def _(AL, Y):
    return np.log(np.where(Y == 1, 1 / AL, 1 / (1 - AL))).mean()


@answer("compute_cost")
def _(AL, Y):
    m = Y.size
    return np.array(-(np.vdot(Y, np.log(AL)) + np.vdot(1 - Y, np.log1p(-AL))) / m)


@answer("compute_cost")
def _(predictions, targets):
    p, t = predictions.ravel(), targets.ravel()
    losses = [-np.log(pi) if ti == 1 else -np.log(1 - pi) for pi, ti in zip(p, t, strict=True)]
    return sum(losses) / len(losses)


@answer("compute_cost")
def _(AL, Y):
    total = np.einsum("ij,ij->", Y, np.log(AL)) + np.einsum("ij,ij->", 1 - Y, np.log(1 - AL))
    return -total / Y.shape[1]


@answer("compute_cost")
def _(AL: np.ndarray, Y: np.ndarray) -> np.float32:
    return np.float32(-np.average(np.log(np.abs(1 - Y - AL))))


@answer("compute_cost")
def _(AL, Y):
    right = np.log(AL[Y == 1]).sum()
    wrong = np.log(1 - AL[Y == 0]).sum()
    return float(-(right + wrong) / Y.shape[1])


@answer("compute_cost")
def _(AL, Y, eps=1e-12):
    m = Y.shape[1]
    cost = -1 / m * np.sum(Y * np.log(AL + eps) + (1 - Y) * np.log(1 - AL + eps))
    return np.float64(cost)


@answer("compute_cost")
def _(AL, Y):
    def loss(a, y):
        return -(y * np.log(a) + (1 - y) * np.log(1 - a))

    return sum(map(loss, AL.flat, Y.flat)) / AL.size


@answer("compute_cost")
def _(AL, Y):
    cost = Y * np.log(AL)
    cost += (1 - Y) * np.log(1 - AL)
    cost = cost.sum(axis=1, keepdims=True)
    cost /= -Y.shape[1]
    return cost[0, 0]


answer("compute_cost")(
    lambda AL, Y: (
        np.inner(-Y[0], np.log(AL[0])) / Y.shape[1]
        + np.inner(Y[0] - 1, np.log(1 - AL[0])) / Y.shape[1]
    )
)

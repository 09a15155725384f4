"""Wrong answers to the exercise of step 3, as readers might write them."""

import numpy as np

from tests.testCases.answers import answer

m = 4


@answer("compute_cost", "none")
def _(AL, Y):
    m = Y.shape[1]
    cost = -1 / m * np.sum(Y * np.log(AL) * (1 - Y) * np.log(1 - AL))
    return cost


@answer("compute_cost", "none|wrong_loss")
def _(AL, Y):
    return np.mean(np.abs(Y - AL))


@answer("compute_cost", "none")
def _(AL, Y):
    losses = -(Y * np.log(AL) + (1 - Y) * np.log(1 - AL))
    return np.max(losses)


@answer("compute_cost", "none")
def _(AL, Y):
    m = Y.shape[1]
    return np.sum(-(Y / AL) + (1 - Y) / (1 - AL)) / m


@answer("compute_cost", "missing_1_over_m_one_term|second_term_sign")
def _(AL, Y):
    m = Y.shape[1]
    cost = -1 / m * np.sum(Y * np.log(AL)) + np.sum((1 - Y) * np.log(1 - AL))
    return cost


@answer("compute_cost", "not_summed")
def _(AL, Y):
    m = Y.shape[1]
    cost = -(1 / m) * np.sum(Y * np.log(AL)) + (1 - Y) * np.log(1 - AL)
    return cost


@answer("compute_cost", "missing_1_over_m|wrong_m")
def _(AL, Y):
    m = len(Y)
    total = Y @ np.log(AL).T + (1 - Y) @ np.log(1 - AL).T
    return -total.item() / m


@answer("compute_cost", "stale_global")
def _(AL, Y):
    total = np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL))
    return -total / m


@answer("compute_cost", "rounded_result")
def _(AL, Y):
    m = Y.shape[1]
    cost = -np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)) / m
    return float(f"{cost:.3f}")


@answer("compute_cost", "cost_not_scalar")
def _(AL, Y):
    m = Y.shape[1]
    logprobs = np.multiply(np.log(AL), Y) + np.multiply(np.log(1 - AL), 1 - Y)
    return -1 / m * logprobs.sum(axis=1, keepdims=True)


@answer("compute_cost", "mutates_input")
def _(AL, Y):
    AL += 1e-10
    m = Y.shape[1]
    cost = -1 / m * np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL))
    return cost


@answer("compute_cost", "wrong_sign+missing_1_over_m")
def _(AL, Y):
    cost = 0
    for a, y in zip(AL[0], Y[0], strict=True):
        cost += y * np.log(a) + (1 - y) * np.log(1 - a)
    return cost


@answer("compute_cost", "labels_swapped")
def _(AL, Y):
    return -np.mean(np.log(np.where(Y == 0, AL, 1 - AL)))


@answer("compute_cost", "epsilon_too_large")
def _(AL, Y):
    eps = 1e-1
    return -np.mean(Y * np.log(AL + eps) + (1 - Y) * np.log(1 - AL + eps))


@answer("compute_cost", "outer_product_broadcast")
def _(AL, Y):
    m = Y.shape[1]
    y = Y.reshape(-1, 1)
    return -np.sum(y * np.log(AL) + (1 - y) * np.log(1 - AL)) / m


@answer("compute_cost", "missing_transpose")
def _(AL, Y):
    m = Y.shape[1]
    cost = -1 / m * (np.dot(Y, np.log(AL)) + np.dot(1 - Y, np.log(1 - AL)))
    return np.squeeze(cost)


@answer("compute_cost", "double_1_over_m")
def _(AL, Y):
    losses = np.where(Y, np.log(AL), np.log(1 - AL))
    return -1 / Y.shape[1] * losses.mean()


@answer("compute_cost", "misplaced_parenthesis")
def _(AL, Y):
    m = Y.shape[1]
    cost = -1 / m * np.sum(Y * np.log(AL) + (1 - Y) * (1 - np.log(AL)))
    return cost


@answer("compute_cost", "AL_Y_swapped")
def _(Y, AL):
    m = Y.shape[1]
    cost = -1 / m * np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL))
    return cost


@answer("compute_cost", "second_term_missing")
def _(AL, Y):
    return -np.sum(np.log(AL[Y == 1])) / Y.shape[1]

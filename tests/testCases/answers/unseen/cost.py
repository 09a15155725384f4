"""Wrong answers to step 3 that the checks have not been made for."""

import numpy as np

from tests.testCases.answers import answer


@answer("compute_cost", "missing_1_over_m_one_term+second_term_sign")
def _(AL, Y):
    m = Y.shape[1]
    cost = -(1 / m) * np.sum(Y * np.log(AL)) + np.sum((1 - Y) * np.log(1 - AL))
    return cost


@answer("compute_cost", "missing_1_over_m|wrong_m")
def _(AL, Y):
    m = len(Y)
    return np.squeeze(-1 / m * (Y @ np.log(AL).T + (1 - Y) @ np.log(1 - AL).T))


@answer("compute_cost", "wrong_sign+missing_1_over_m")
def _(AL, Y):
    return (Y * np.log(AL) + (1 - Y) * np.log(1 - AL)).sum()


@answer("compute_cost", "none")
def _(AL, Y):
    return -np.mean(np.log(AL[Y == 1])) - np.mean(np.log(1 - AL[Y == 0]))


@answer("compute_cost", "misplaced_parenthesis")
def _(AL, Y):
    assert AL.shape == Y.shape, f"AL has shape {AL.shape}, but Y has shape {Y.shape}"
    m = Y.shape[1]

    cost = -1 / m * np.sum(Y * np.log(AL) + 1 - Y * np.log(1 - AL))

    return cost + 0.0


@answer("compute_cost", "none")
def _(AL, Y):
    m = Y.shape[1]
    total = 0
    for i in range(1, m):
        total += Y[0, i] * np.log(AL[0, i]) + (1 - Y[0, i]) * np.log(1 - AL[0, i])
    return -total / m


@answer("compute_cost", "none")
def _(AL, Y):
    m = Y.shape[1]
    cost = 0.0
    for y, a in zip(Y[0], AL[0]):  # noqa: B905
        cost -= (y * np.log(a) + (1 - y) * np.log(1 - a)) / m
        return cost


@answer("compute_cost", "none")
def _(AL, Y):
    return -np.mean(Y * np.log(AL) + (1 - Y) * np.log1p(AL))


@answer("compute_cost", "none")
def _(AL, Y):
    cost = np.mean((AL > 0.5) == Y)
    return 1 - cost


@answer("compute_cost", "wrong_m")
def _(AL, Y):
    m = Y.shape[1]
    cost = -np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)) / (m - 1)
    return cost


@answer("compute_cost", "first_term_missing")
def _(AL, Y):
    m = Y.shape[1]
    cost = -1 / m * np.sum(np.multiply(Y, np.log(AL)))
    cost = -1 / m * np.sum(np.multiply(1 - Y, np.log(1 - AL)))
    return np.squeeze(cost)


@answer("compute_cost", "mutates_input")
def _(AL, Y):
    second = (1 - Y) * np.log(1 - AL)
    first = np.log(AL, out=AL)
    first *= Y
    return -np.mean(first + second)


@answer("compute_cost", "epsilon_too_large")
def _(AL, Y):
    eps = 1e-3
    loss = Y * np.log(AL + eps) + (1 - Y) * np.log(1 - AL + eps)
    return -loss.mean()


@answer("compute_cost", "not_summed")
def _(AL, Y):
    losses = -(Y * np.log(AL) + (1 - Y) * np.log(1 - AL))
    return np.mean(losses, axis=0)


@answer("compute_cost", "outer_product_broadcast")
def _(AL, Y):
    m = Y.shape[1]
    cost = -1 / m * np.sum(np.dot(Y.T, np.log(AL)) + np.dot((1 - Y).T, np.log(1 - AL)))
    return np.squeeze(cost)


@answer("compute_cost", "AL_Y_swapped")
def _(Y, AL):
    m = Y.shape[1]
    with np.errstate(divide="ignore", invalid="ignore"):
        cost = -1 / m * np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL))
    return cost


@answer("compute_cost", "labels_swapped")
def _(AL, Y):
    p_of_label = np.where(Y == 0, AL, 1 - AL)
    return -np.log(p_of_label).mean()


@answer("compute_cost", "misplaced_parenthesis")
def _(AL, Y):
    m = Y.shape[1]
    cost = -(1 / m) * np.sum(Y * np.log(AL) + (1 - Y) * (1 - np.log(AL)))
    cost = np.squeeze(cost)
    return cost


@answer("compute_cost", "double_1_over_m")
def _(AL, Y):
    m = Y.shape[1]
    cost = -1 / m * np.average(Y * np.log(AL) + (1 - Y) * np.log(1 - AL))
    return cost


@answer("compute_cost", "second_term_missing")
def _(AL, Y):
    m = Y.shape[1]
    return -np.log(AL[Y == 1]).sum() / m


@answer("compute_cost", "wrong_loss")
def _(AL, Y):
    m = Y.shape[1]
    return np.sum(np.square(AL - Y)) / (2 * m)


@answer("compute_cost", "missing_transpose")
def _(AL, Y):
    assert AL.shape == Y.shape, f"AL has shape {AL.shape}, but Y has shape {Y.shape}"
    m = Y.shape[1]

    cost = -1 / m * (np.dot(Y, np.log(AL)) + np.dot(1 - Y, np.log(1 - AL)))

    return cost + 0.0

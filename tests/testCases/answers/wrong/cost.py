"""Wrong answers to the exercise of step 3."""

import math

import numpy as np

from tests.testCases.answers import answer

# What earlier cells left behind
m = 5
AL = np.array([[0.7, 0.6, 0.2]])
Y = np.array([[1, 1, 0]])


@answer("compute_cost", "wrong_sign")
def _(AL, Y):
    assert AL.shape == Y.shape, f"AL has shape {AL.shape}, but Y has shape {Y.shape}"
    m = Y.shape[1]

    cost = 1 / m * np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL))

    return cost + 0.0  # a cost of zero is 0.0, not -0.0


@answer("compute_cost", "wrong_sign")
def _(AL, Y):
    losses = Y * np.log(AL) + (1 - Y) * np.log(1 - AL)
    return losses.mean()


@answer("compute_cost", "wrong_sign")
def _(AL, Y):
    m = Y.shape[1]
    total = np.dot(Y, np.log(AL).T) + np.dot(1 - Y, np.log(1 - AL).T)
    cost = -1 / m * -total
    return np.squeeze(cost)


@answer("compute_cost", "missing_1_over_m")
def _(AL, Y):
    cost = -np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL))
    return cost


@answer("compute_cost", "missing_1_over_m")
def _(AL, Y):
    cost = 0.0
    for i in range(Y.shape[1]):
        y, a = Y[0, i], AL[0, i]
        cost -= y * math.log(a) + (1 - y) * math.log(1 - a)
    return cost


@answer("compute_cost", "missing_1_over_m")
def _(AL, Y):
    cost = -(Y @ np.log(AL).T + (1 - Y) @ np.log(1 - AL).T)
    return np.squeeze(cost)


@answer("compute_cost", "wrong_m")
def _(AL, Y):
    m = Y.shape[0]
    cost = -1 / m * np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL))
    return np.squeeze(cost)


@answer("compute_cost", "wrong_m")
def _(AL, Y):
    J = (Y * np.log(AL)).sum() + ((1 - Y) * np.log(1 - AL)).sum()
    return -J / len(Y)


@answer("compute_cost", "double_1_over_m")
def _(AL, Y):
    assert AL.shape == Y.shape, f"AL has shape {AL.shape}, but Y has shape {Y.shape}"
    m = Y.shape[1]

    cost = -1 / m * np.mean(Y * np.log(AL) + (1 - Y) * np.log(1 - AL))

    return cost + 0.0  # a cost of zero is 0.0, not -0.0


@answer("compute_cost", "double_1_over_m")
def _(AL, Y):
    m = AL.shape[1]
    loss = -(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)) / m
    return loss.mean()


@answer("compute_cost", "second_term_missing")
def _(AL, Y):
    m = Y.shape[1]
    cost = -1 / m * np.sum(Y * np.log(AL))
    return np.squeeze(cost)


@answer("compute_cost", "second_term_missing")
def _(AL, Y):
    # only the probability of the true label counts
    return -sum(np.log(a) for a, y in zip(AL[0], Y[0], strict=True) if y == 1) / Y.shape[1]


@answer("compute_cost", "second_term_sign")
def _(AL, Y):
    m = Y.shape[1]
    cost = -1 / m * np.sum(Y * np.log(AL) - (1 - Y) * np.log(1 - AL))
    return cost


@answer("compute_cost", "second_term_sign")
def _(AL, Y):
    m = Y.shape[1]
    cost = -np.dot(Y, np.log(AL).T) / m + np.dot(1 - Y, np.log(1 - AL).T) / m
    return cost.item()


@answer("compute_cost", "second_term_sign")
def _(A, Y):
    return -np.mean(Y * np.log(A)) - np.mean((Y - 1) * np.log(1 - A))


@answer("compute_cost", "labels_swapped")
def _(AL, Y):
    m = Y.shape[1]
    cost = -1 / m * np.sum((1 - Y) * np.log(AL) + Y * np.log(1 - AL))
    return cost


@answer("compute_cost", "labels_swapped")
def _(AL, Y):
    return -np.mean(np.where(Y == 0, np.log(AL), np.log(1 - AL)))


@answer("compute_cost", "outer_product_broadcast")
def _(AL, Y):
    m = Y.shape[1]
    cost = -1 / m * np.sum(Y * np.log(AL).T + (1 - Y) * np.log(1 - AL).T)
    return np.squeeze(cost)


@answer("compute_cost", "outer_product_broadcast")
def _(AL, Y):
    assert AL.shape == Y.shape, f"AL has shape {AL.shape}, but Y has shape {Y.shape}"
    m = Y.shape[1]

    Y = Y.reshape(-1, 1)
    cost = -(np.multiply(Y, np.log(AL)) + np.multiply(1 - Y, np.log(1 - AL))).sum() / m

    return cost + 0.0  # a cost of zero is 0.0, not -0.0


@answer("compute_cost", "missing_transpose")
def _(AL, Y):
    assert AL.shape == Y.shape, f"AL has shape {AL.shape}, but Y has shape {Y.shape}"
    m = Y.shape[1]

    cost = -(Y @ np.log(AL) + (1 - Y) @ np.log(1 - AL)) / m

    return cost + 0.0  # a cost of zero is 0.0, not -0.0


@answer("compute_cost", "cost_not_scalar")
def _(AL, Y):
    assert AL.shape == Y.shape, f"AL has shape {AL.shape}, but Y has shape {Y.shape}"
    m = Y.shape[1]

    cost = -1 / m * (np.dot(Y, np.log(AL).T) + np.dot(1 - Y, np.log(1 - AL).T))

    return cost + 0.0  # a cost of zero is 0.0, not -0.0


@answer("compute_cost", "cost_not_scalar")
def _(AL, Y):
    losses = Y * np.log(AL) + (1 - Y) * np.log(1 - AL)
    return -np.sum(losses, axis=1, keepdims=True) / losses.shape[1]


@answer("compute_cost", "not_summed")
def _(AL, Y):
    m = Y.shape[1]
    cost = -1 / m * (Y * np.log(AL) + (1 - Y) * np.log(1 - AL))
    return np.squeeze(cost)


@answer("compute_cost", "not_summed")
def _(AL, Y):
    assert AL.shape == Y.shape, f"AL has shape {AL.shape}, but Y has shape {Y.shape}"
    m = Y.shape[1]

    cost = -1 / m * np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL), axis=0, keepdims=True)

    return cost + 0.0  # a cost of zero is 0.0, not -0.0


@answer("compute_cost", "wrong_log_base")
def _(AL, Y):
    m = Y.shape[1]
    cost = -1 / m * np.sum(Y * np.log10(AL) + (1 - Y) * np.log10(1 - AL))
    return cost


@answer("compute_cost", "wrong_log_base")
def _(AL, Y):
    return -np.mean(Y * np.log2(AL) + (1 - Y) * np.log2(1 - AL))


@answer("compute_cost", "epsilon_too_large")
def _(AL, Y):
    m = Y.shape[1]
    eps = 0.01
    cost = -1 / m * np.sum(Y * np.log(AL + eps) + (1 - Y) * np.log(1 - AL + eps))
    return np.squeeze(cost)


@answer("compute_cost", "epsilon_too_large")
def _(AL, Y):
    epsilon = 1e-3  # log(0) is -inf
    log_p, log_q = np.log(AL + epsilon), np.log((1 - AL) + epsilon)
    return float(np.mean(-Y * log_p - (1 - Y) * log_q))


@answer("compute_cost", "wrong_loss")
def _(AL, Y):
    m = Y.shape[1]
    cost = 1 / m * np.sum((AL - Y) ** 2)
    return cost


@answer("compute_cost", "wrong_loss")
def _(AL, Y):
    error = Y - AL
    return np.squeeze(np.dot(error, error.T)) / (2 * Y.shape[1])


@answer("compute_cost", "misplaced_parenthesis")
def _(AL, Y):
    m = Y.shape[1]
    cost = -1 / m * np.sum(Y * np.log(AL) + (1 - Y) * (1 - np.log(AL)))
    return cost


@answer("compute_cost", "misplaced_parenthesis")
def _(AL, Y):
    log_AL = np.log(AL)
    return -np.mean(np.where(Y == 1, log_AL, 1 - log_AL))


@answer("compute_cost", "rounded_result")
def _(AL, Y):
    m = Y.shape[1]
    cost = -1 / m * np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL))
    return round(cost, 4)


@answer("compute_cost", "rounded_result")
def _(AL, Y):
    m = Y.shape[1]
    cost = -(np.dot(Y, np.log(AL).T) + np.dot(1 - Y, np.log(1 - AL).T)) / m
    return float(f"{cost.item():.2f}")


@answer("compute_cost", "AL_Y_swapped")
def _(AL, Y):
    m = Y.shape[1]
    cost = -1 / m * np.sum(AL * np.log(Y) + (1 - AL) * np.log(1 - Y))
    return np.squeeze(cost)


@answer("compute_cost", "AL_Y_swapped")
def _(Y, AL):
    m = Y.shape[1]
    cost = -np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)) / m
    return cost


@answer("compute_cost", "stale_global")
def _(AL, Y):
    cost = -1 / m * np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL))
    return np.squeeze(cost)


@answer("compute_cost", "stale_global")
def _(A2, Y):
    return -np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)) / Y.shape[1]


@answer("compute_cost", "stale_global")
def _(AL, y):
    losses = -np.where(Y == 1, np.log(AL), np.log(1 - AL))
    return np.mean(losses)


@answer("compute_cost", "mutates_input")
def _(AL, Y):
    m = Y.shape[1]
    first = np.sum(Y * np.log(AL))
    AL *= -1
    AL += 1
    second = np.sum((1 - Y) * np.log(AL))
    return -(first + second) / m


@answer("compute_cost", "mutates_input")
def _(AL, Y):
    assert AL.shape == Y.shape, f"AL has shape {AL.shape}, but Y has shape {Y.shape}"
    m = Y.shape[1]

    AL[Y == 0] = 1 - AL[Y == 0]
    cost = -1 / m * np.log(AL).sum()

    return cost + 0.0  # a cost of zero is 0.0, not -0.0


@answer("compute_cost", "mutates_input")
def _(AL, Y):
    cost = np.vdot(Y, np.log(AL))
    Y -= 1
    cost -= np.vdot(Y, np.log(1 - AL))
    return -cost / Y.shape[1]


@answer("compute_cost", "extra_factor_half")
def _(AL, Y):
    m = Y.shape[1]
    cost = -1 / (2 * m) * np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL))
    return np.squeeze(cost)


@answer("compute_cost", "first_term_missing")
def _(AL, Y):
    m = Y.shape[1]
    cost = -1 / m * np.sum((1 - Y) * np.log(1 - AL))
    return cost


@answer("compute_cost", "first_term_missing")
def _(AL, Y):
    m = Y.shape[1]
    cost = np.sum(Y * np.log(AL))
    cost = np.sum((1 - Y) * np.log(1 - AL))
    return -cost / m


@answer("compute_cost", "missing_1_over_m_one_term")
def _(AL, Y):
    m = Y.shape[1]
    cost = -1 / m * np.sum(Y * np.log(AL)) - np.sum((1 - Y) * np.log(1 - AL))
    return np.squeeze(cost)


@answer("compute_cost", "missing_1_over_m_one_term")
def _(AL, Y):
    ones = np.dot(Y, np.log(AL).T)
    zeros = np.dot(1 - Y, np.log(1 - AL).T)
    return -np.squeeze(ones + zeros / Y.shape[1])


@answer("compute_cost", "no_return")
def _(AL, Y):
    m = Y.shape[1]
    print("cost =", -np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)) / m)


@answer("compute_cost", "missing_1_over_m_one_term+second_term_sign")
def _(AL, Y):
    m = Y.shape[1]
    cost = -1 / m * np.sum(Y * np.log(AL)) + np.sum((1 - Y) * np.log(1 - AL))
    return cost


@answer("compute_cost", "wrong_sign+missing_1_over_m")
def _(AL, Y):
    return np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL))

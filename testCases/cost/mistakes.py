"""The known mistakes of `compute_cost`."""

import numpy as np

from ..mistake import Relation, Template, mistake, shared, version

TEMPLATE = Template(
    """\
def compute_cost(AL, Y):
    m = Y.shape[1]
    cost = {cost}
    return cost + 0.0
""",
    {
        "cost": "-1 / m * {sum}",
        "sum": "np.sum({terms})",
        "terms": "{first} + {second}",
        "first": "Y * np.log(AL)",
        "second": "(1 - Y) * np.log(1 - AL)",
    },
)


def factors(AL, Y, part):
    """Return what the cost may be multiplied by."""
    m = Y.shape[1]
    return {
        "m": m,
        "1/m": 1 / m,
        "1//m": 1 // m,
        "log10": 1 / np.log(10),
        "log2": 1 / np.log(2),
    }


def _logs_of(first, second):
    return version(first=f"Y * np.log({first})", second=f"(1 - Y) * np.log({second})")


def _epsilons():
    for epsilon in (1e-1, 1e-2, 1e-3, 1e-4, 1e-5):
        yield _logs_of(f"AL + {epsilon}", f"1 - AL + {epsilon}")
        yield _logs_of(f"AL + {epsilon}", "1 - AL")
        yield _logs_of(f"AL + {epsilon}", f"1 - (AL + {epsilon})")
    for epsilon in (1e-1, 1e-2, 1e-3):
        clipped = f"np.clip(AL, {epsilon}, 1 - {epsilon})"
        yield _logs_of(clipped, f"1 - {clipped}")


MISTAKES = (
    shared("missing_1_over_m", Relation("cost", "m", alike="wrong_m")),
    shared("double_1_over_m", Relation("cost", "1/m")),
    shared("integer_division", Relation("cost", "1//m")),
    shared("extra_factor_half", Relation("cost", "1/2")),
    mistake(
        "wrong_log_base",
        "the natural logarithm is needed, `np.log`.",
        Relation("cost", "log10"),
        Relation("cost", "log2"),
    ),
    mistake(
        "cost_not_scalar",
        "the number is right, but it lies in an array; make it a plain number with `np.squeeze`.",
        Relation("cost", "squeezed"),
    ),
    mistake(
        "second_term_missing",
        "the term (1 - Y) log(1 - AL) is missing.",
        version(terms="{first}"),
    ),
    mistake(
        "first_term_missing",
        "the term Y log(AL) is missing.",
        version(terms="{second}"),
    ),
    mistake(
        "second_term_sign",
        "the second term has the wrong sign: both terms are added inside the sum.",
        version(terms="{first} - {second}"),
    ),
    shared(
        "labels_swapped",
        version(first="(1 - Y) * np.log(AL)", second="Y * np.log(1 - AL)"),
        version(terms="(1 - Y) * np.log(AL)"),
    ),
    mistake(
        "outer_product_broadcast",
        "an (m, 1) and a (1, m) array were combined, which gives a table of m times m numbers. "
        "Leave out the .T, or use `np.dot` with the .T on the second factor.",
        version(first="Y.T * np.log(AL)", second="(1 - Y).T * np.log(1 - AL)"),
        version(first="Y.T * np.log(AL)"),
        version(sum="(Y.T * np.log(AL) + (1 - Y).T * np.log(1 - AL))"),
        version(sum="(Y * np.log(AL).T + (1 - Y) * np.log(1 - AL).T)"),
        version(sum="(Y.T @ np.log(AL) + (1 - Y).T @ np.log(1 - AL))"),
    ),
    shared(
        "missing_transpose",
        version(sum="(Y @ np.log(AL) + (1 - Y) @ np.log(1 - AL))"),
        version(sum="np.squeeze(Y @ np.log(AL) + (1 - Y) @ np.log(1 - AL))"),
    ),
    shared(
        "not_summed",
        version(sum="({terms})"),
        version(sum="np.sum({terms}, axis=0)"),
        version(cost="np.squeeze(-1 / m * ({terms}))"),
    ),
    mistake(
        "wrong_loss",
        "this is another measure, such as the squared error; the cross-entropy is asked for.",
        version(cost="np.sum((AL - Y) ** 2) / m"),
        version(cost="np.sum((AL - Y) ** 2) / (2 * m)"),
        version(cost="np.sum((AL - Y) ** 2)"),
        version(cost="np.sum(np.abs(AL - Y)) / m"),
    ),
    mistake(
        "misplaced_parenthesis",
        "a parenthesis is misplaced: the second term is (1 - Y) log(1 - AL).",
        version(second="(1 - Y) * (1 - np.log(AL))"),
        version(second="(1 - Y) * (np.log(1) - AL)"),
        version(second="1 - Y * np.log(1 - AL)"),
    ),
    mistake(
        "AL_Y_swapped",
        "the logarithm is taken of `Y`; it belongs to `AL`.",
        version(first="AL * np.log(Y)", second="(1 - AL) * np.log(1 - Y)"),
        version(first="Y * np.log(Y)", second="(1 - Y) * np.log(1 - Y)"),
    ),
    mistake(
        "missing_1_over_m_one_term",
        "only one of the two terms is divided by m.",
        version(cost="-1 / m * np.sum({first}) - np.sum({second})"),
        version(cost="-np.sum({first}) - 1 / m * np.sum({second})"),
        version(cost="-1 / m * np.sum({first}) + np.sum({second})", also="second_term_sign"),
    ),
    mistake(
        "epsilon_too_large",
        "the small number added inside the logarithm changes the result visibly.",
        *_epsilons(),
    ),
    mistake(
        "rounded_result",
        "the result was rounded.",
        *(version(cost=f"np.round(-1 / m * {{sum}}, {digits})") for digits in range(5)),
    ),
)

"""Step 3: test input, expected value and known mistakes of `compute_cost`."""

import numpy as np

from dnn_utils import compute_cost

from .exercise import Exercise, mistake
from .forward import labels

EXPECTED = {"cost": 0.2797765635793422}
"""Compare to 1e-12: other orders of the same operations end in other digits."""


def compute_cost_test_case():
    """Return ``Y`` (1, 3) and ``AL`` (1, 3)."""
    Y = np.array([[1, 1, 0]])
    AL = np.array([[0.8, 0.9, 0.4]])
    return Y, AL


def _inputs(random):
    sizes = random.permutation([4, 5, 6, 7]).tolist()
    cases = [(_probabilities(random, m), labels(random, m)) for m in (*sizes, 1)]
    cases.append((cases[0][0], cases[0][1].astype(float)))
    AL, Y = cases[1]
    cases.append((np.where(np.arange(AL.size) < 2, 0.0005, AL), Y))
    saturated = AL.copy()
    saturated[0, :2] = 0.0, 1.0
    return [*cases, (saturated, Y)]


def _probabilities(random, m):
    return random.uniform(0.05, 0.95, (1, m))


def _factors(AL, Y, part):
    m = Y.shape[1]
    return {
        "m": m,
        "1/m": 1 / m,
        "1//m": 1 // m,
        "log10": 1 / np.log(10),
        "log2": 1 / np.log(2),
    }


_SUM = "np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL))"
_WHOLE = "-1 / m * " + _SUM


def _epsilons():
    for epsilon in (1e-1, 1e-2, 1e-3, 1e-4, 1e-5):
        yield _with_logs(f"AL + {epsilon}", f"1 - AL + {epsilon}")
        yield _with_logs(f"AL + {epsilon}", "1 - AL")
        yield _with_logs(f"AL + {epsilon}", f"1 - (AL + {epsilon})")
    for epsilon in (1e-1, 1e-2, 1e-3):
        clipped = f"np.clip(AL, {epsilon}, 1 - {epsilon})"
        yield _with_logs(clipped, f"1 - {clipped}")


def _with_logs(first, second):
    new = f"np.sum(Y * np.log({first}) + (1 - Y) * np.log({second}))"
    return mistake("epsilon_too_large", (_SUM, new))


def _rounded():
    for digits in range(5):
        yield mistake("rounded_result", (_WHOLE, f"np.round({_WHOLE}, {digits})"))


EXERCISES = (
    Exercise(
        compute_cost,
        returns=("cost",),
        inputs=_inputs,
        factors=_factors,
        judged=lambda AL, Y: bool(((AL > 0) & (AL < 1)).all()),
        rules={
            "cost": {
                "m": ("missing_1_over_m", "wrong_m"),
                "1/m": "double_1_over_m",
                "1//m": "integer_division",
                "1/2": "extra_factor_half",
                "log10": "wrong_log_base",
                "log2": "wrong_log_base",
                "squeezed": "cost_not_scalar",
            }
        },
        mistakes=(
            mistake("second_term_missing", (_SUM, "np.sum(Y * np.log(AL))")),
            mistake("first_term_missing", (_SUM, "np.sum((1 - Y) * np.log(1 - AL))")),
            mistake("second_term_sign", ("+ (1 - Y)", "- (1 - Y)")),
            mistake("labels_swapped", (_SUM, "np.sum((1 - Y) * np.log(AL) + Y * np.log(1 - AL))")),
            mistake("labels_swapped", (_SUM, "np.sum((1 - Y) * np.log(AL))")),
            mistake(
                "outer_product_broadcast",
                (_SUM, "np.sum(Y.T * np.log(AL) + (1 - Y).T * np.log(1 - AL))"),
            ),
            mistake(
                "outer_product_broadcast",
                (_SUM, "np.sum(Y.T * np.log(AL) + (1 - Y) * np.log(1 - AL))"),
            ),
            mistake(
                "outer_product_broadcast",
                (_SUM, "(Y.T * np.log(AL) + (1 - Y).T * np.log(1 - AL))"),
            ),
            mistake(
                "outer_product_broadcast",
                (_SUM, "(Y * np.log(AL).T + (1 - Y) * np.log(1 - AL).T)"),
            ),
            mistake(
                "outer_product_broadcast",
                (_SUM, "(Y.T @ np.log(AL) + (1 - Y).T @ np.log(1 - AL))"),
            ),
            mistake("missing_transpose", (_SUM, "(Y @ np.log(AL) + (1 - Y) @ np.log(1 - AL))")),
            mistake(
                "missing_transpose",
                (_SUM, "np.squeeze(Y @ np.log(AL) + (1 - Y) @ np.log(1 - AL))"),
            ),
            mistake("not_summed", (_SUM, "(Y * np.log(AL) + (1 - Y) * np.log(1 - AL))")),
            mistake(
                "not_summed", (_SUM, "np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL), axis=0)")
            ),
            mistake("wrong_loss", (_WHOLE, "np.sum((AL - Y) ** 2) / m")),
            mistake("wrong_loss", (_WHOLE, "np.sum((AL - Y) ** 2) / (2 * m)")),
            mistake("wrong_loss", (_WHOLE, "np.sum((AL - Y) ** 2)")),
            mistake("wrong_loss", (_WHOLE, "np.sum(np.abs(AL - Y)) / m")),
            mistake("misplaced_parenthesis", ("np.log(1 - AL)", "(1 - np.log(AL))")),
            mistake("misplaced_parenthesis", ("np.log(1 - AL)", "(np.log(1) - AL)")),
            mistake("misplaced_parenthesis", ("(1 - Y) * np.log", "1 - Y * np.log")),
            mistake("AL_Y_swapped", (_SUM, "np.sum(AL * np.log(Y) + (1 - AL) * np.log(1 - Y))")),
            mistake("AL_Y_swapped", (_SUM, "np.sum(Y * np.log(Y) + (1 - Y) * np.log(1 - Y))")),
            mistake(
                "missing_1_over_m_one_term",
                (_WHOLE, "-1 / m * np.sum(Y * np.log(AL)) - np.sum((1 - Y) * np.log(1 - AL))"),
            ),
            mistake(
                "missing_1_over_m_one_term",
                (_WHOLE, "-np.sum(Y * np.log(AL)) - 1 / m * np.sum((1 - Y) * np.log(1 - AL))"),
            ),
            mistake(
                "not_summed",
                (_WHOLE, "np.squeeze(-1 / m * (Y * np.log(AL) + (1 - Y) * np.log(1 - AL)))"),
            ),
            mistake(
                "missing_1_over_m_one_term+second_term_sign",
                (_WHOLE, "-1 / m * np.sum(Y * np.log(AL)) + np.sum((1 - Y) * np.log(1 - AL))"),
            ),
            *_epsilons(),
            *_rounded(),
        ),
    ),
)

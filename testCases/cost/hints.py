"""The hints for the functions of this step, from the first thought to nearly the answer."""

from dnn_utils.language import N_

HINTS = N_(
    {
        "compute_cost": (
            (
                "Take a single example. If its label is 1, which of the two terms is left? And "
                "which one if its label is 0?"
            ),
            (
                "Up to the sum, everything works element by element, so `*` and `np.log` handle "
                "all examples at once. In which places does `1 - ...` stand?"
            ),
            (
                "`np.sum` makes one number out of the row. Then divide by `m`, and do not forget "
                "the minus sign."
            ),
            (
                "`cost = -1 / m * np.sum(Y * np.log(AL) + ...)`. The term that is missing is the "
                "one for the label 0: it has `1 - Y` in place of `Y` and `1 - AL` in place of `AL`."
            ),
        ),
    }
)

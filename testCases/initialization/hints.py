"""The hints for the functions of this step, from the first thought to nearly the answer."""

from dnn_utils.language import N_

HINTS = N_(
    {
        "initialize_parameters_deep": (
            (
                "Which two sizes decide the shape of `W` in layer l? Say first what one row of `W` "
                "stands for, and what one column stands for."
            ),
            (
                "`W` has one row for each unit of layer l and one column for each unit of the "
                "layer before. In the list, these two sizes are `layer_dims[l]` and `layer_dims[l "
                "- 1]`. `b` has as many rows as `W`, and one column."
            ),
            (
                "`np.random.randn(rows, columns)` takes two numbers and gives normal random "
                "numbers of both signs; multiply them by 0.01. `np.zeros((rows, columns))` takes "
                "one tuple, so it needs double parentheses."
            ),
            (
                'The first line is `parameters["W" + str(l)] = np.random.randn(layer_dims[l], '
                "layer_dims[l - 1]) * 0.01`. The second one stores zeros of the right shape under "
                '`"b" + str(l)`.'
            ),
        ),
    }
)

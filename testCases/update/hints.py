"""The hints for the functions of this step, from the first thought to nearly the answer."""

from dnn_utils.language import N_

HINTS = N_(
    {
        "update_parameters": (
            (
                "The gradient says in which direction the cost grows. In which direction do you "
                "go, and how far?"
            ),
            (
                "Multiply the gradient by `learning_rate` and subtract the result from the "
                "parameter, for `W` and for `b`."
            ),
            (
                "Create a new array with `W - ...`. With `W -= ...` you would also change the "
                "array that the caller still uses."
            ),
            '`parameters["W" + str(l)] = W - learning_rate * dW`. The line for `b` looks the same.',
        ),
    }
)

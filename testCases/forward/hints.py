"""The hints for the functions of this step, from the first thought to nearly the answer."""

from dnn_utils.language import N_

HINTS = N_(
    {
        "linear_forward": (
            (
                "One unit multiplies each input by a weight, adds up the products, and adds its "
                "bias. Which operation does this for all units and all examples at once?"
            ),
            (
                "`W` has shape `(n, n_prev)` and `A` has shape `(n_prev, m)`. The result has shape "
                "`(n, m)`. Only one order of the two factors gives this shape, and the operation "
                "is the matrix product, not `*`."
            ),
            (
                "The matrix product is written `@` or `np.dot`. Add `b` after it; NumPy copies its "
                "one column to all examples: `Z = ... @ ... + b`."
            ),
        ),
        "linear_activation_forward": (
            (
                "A layer does two things, one after the other. Which function that you have "
                "already written does the first? What does it return?"
            ),
            (
                "`linear_forward` returns a pair: `Z` and the linear cache. `sigmoid` and `relu` "
                "return a pair too: the activations and their cache. Unpack both pairs."
            ),
            (
                "The activation works on `Z`, not on `A_prev`. Which of the two it is stands in "
                "the argument `activation`, so an `if` with two branches is needed."
            ),
            (
                "Start with `Z, linear_cache = linear_forward(A_prev, W, b)`. In the branch for "
                '`"sigmoid"` write `A, activation_cache = sigmoid(Z)`. The other branch looks the '
                "same, with `relu`."
            ),
        ),
        "L_model_forward": (
            "What goes into layer l: always the input `X`, or what the layer before has given out?",
            (
                "The loop is for the hidden layers 1 to L - 1 only, so it runs over `range(1, L)`. "
                "The last layer has another activation and comes after the loop."
            ),
            (
                "In the loop, call `linear_activation_forward` with the `A` of the round before, "
                "and give the result the name `A` again. Append the cache of each layer to "
                "`caches`, that of the last layer too."
            ),
            (
                'In the loop: `A, cache = linear_activation_forward(A, parameters["W" + str(l)], '
                'parameters["b" + str(l)], "relu")` and `caches.append(cache)`. After the loop '
                'once more the same, with `L` in place of `l`, with `"sigmoid"`, and with `AL` as '
                "the name of the result."
            ),
        ),
    }
)

"""The hints for the functions of this step, from the first thought to nearly the answer."""

from dnn_utils.language import N_

HINTS = N_(
    {
        "linear_backward": (
            (
                "Which shape must each of the three results have? `dW` is shaped like `W`, `db` "
                "like `b`, and `dA_prev` like `A_prev`. Write the shapes down."
            ),
            (
                "`dZ` has shape `(n, m)`, `A_prev` has shape `(n_prev, m)`, and `W` has shape `(n, "
                "n_prev)`. What has to be transposed, and which factor comes first, so that the "
                "two products get the shapes from the first hint?"
            ),
            (
                "`dW` and `db` are means over the examples, so they are divided by `m`. `dA_prev` "
                "stays inside each example, so it is not. And `db` has to stay a column: "
                "`keepdims=True`."
            ),
            (
                "`dW = dZ @ A_prev.T / m` and `dA_prev = W.T @ dZ`. For `db`, use `np.sum` on `dZ` "
                "over the examples, that is `axis=1`, with `keepdims=True`, and divide by `m`."
            ),
        ),
        "linear_activation_backward": (
            (
                "Forward, the linear part came first and the activation second. In which order do "
                "you go back?"
            ),
            (
                "The first step turns `dA` into `dZ`. `sigmoid_backward` and `relu_backward` do "
                "that, and they need the `Z` of the forward pass. Which half of the cache holds it?"
            ),
            (
                "The second step is the same for both activations: a function that you have "
                "already written takes `dZ` and the other half of the cache."
            ),
            (
                "One branch is `dZ = sigmoid_backward(dA, activation_cache)`, the other one looks "
                "the same with `relu_backward`. Then call `linear_backward` with `dZ` and "
                "`linear_cache`, and unpack its three results."
            ),
        ),
        "L_model_backward": (
            (
                "With which gradient does the way back begin? Which layer gets it first, and with "
                "which activation?"
            ),
            (
                "It begins with `dA = -(Y / AL - (1 - Y) / (1 - AL))`. From then on, each layer "
                "gets the `dA` that the layer after it has handed back."
            ),
            (
                "Go from the last layer to the first with `for l in range(L, 0, -1)`. The cache of "
                'layer l is `caches[l - 1]`. Layer L has the activation `"sigmoid"`, all others '
                'have `"relu"`.'
            ),
            (
                "In the loop: `dA, dW, db = linear_activation_backward(dA, caches[l - 1], "
                'activation)`. This `dA` belongs to the layer before, so its key is `"dA" + str(l '
                "- 1)`. The keys of `dW` and `db` have the number l."
            ),
        ),
    }
)

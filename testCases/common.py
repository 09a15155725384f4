"""What several functions share: sentences on mistakes, and the names of the book."""

from dnn_utils.activations import ACTIVATIONS
from dnn_utils.language import N_

SHARED: dict[str, str] = N_(
    {
        # what the check itself can tell
        "not_callable": (
            "`check` needs the function itself, `check({function})`, not its result "
            "`{function}(...)`."
        ),
        "wrong_arguments": "the function must take {count} arguments, in the order of the starter.",
        "not_a_dict": 'a dictionary with the keys "W1", "b1", ... or "dW1", "db1", ... is needed.',
        "extra_return_value": "the return line names more values than the starter.",
        "crashed": "The function stopped the whole Python process.",
        "timeout": "The function did not come to an end.",
        "shape_1d": (
            "the numbers may be right, but an axis was lost: an array such as (n,) stands where "
            "(n, 1) or (1, m) is needed."
        ),
        "list_not_array": "a Python list was returned where a NumPy array is needed.",
        "no_return": "the function returns None: its `return` line is missing.",
        "missing_return_value": (
            "one of the values to return is missing; look at the return line of the starter."
        ),
        "return_order": (
            "the values are right, but they are returned in another order than the starter "
            "asks for."
        ),
        "result_transposed": (
            "the numbers are right, but transposed: the two factors stand in reversed order."
        ),
        "summed_everything": (
            "everything was added up to one number; only the examples (axis 1) may be added up."
        ),
        "wrong_sign": "the result has exactly the opposite sign.",
        "missing_1_over_m": (
            "the result is exactly m times too large: divide by the number of examples, m."
        ),
        "double_1_over_m": "the result was divided by m twice (`np.mean` already divides).",
        "extra_factor_half": "there is an extra factor 1/2.",
        "mutates_input": (
            "your function changes the array it was given, `{name}`. Operators such as -= and /=, "
            "and A[mask] = 0, work in place. Make a new array."
        ),
        "mutates_input_dict": (
            "your function changes the dictionary it was given, at `{name}`. Change a copy, such "
            "as `dict(parameters)`."
        ),
        "stale_global": (
            "your function reads `{name}` from outside, a variable of the notebook that another "
            "cell has left. Use the argument, or a variable of the function's own."
        ),
        "cache_not_tuple": (
            "the cache must be a tuple, since the backward step unpacks it in this order."
        ),
        "cache_incomplete": "a part of the cache is missing.",
        "cache_order": (
            "the right arrays are used in the wrong order: a linear cache is (A_prev, W, b), the "
            "cache of a layer (linear_cache, activation_cache)."
        ),
        "int_keys": 'the keys are numbers; they must be strings such as "W1".',
        "loop_never_runs": (
            "no layer was made: the loop does not run. Count the layers with `len(layer_dims)`."
        ),
        # what several functions have
        "return_inside_loop": (
            "only the layer that comes first was handled: `return` is indented into the loop."
        ),
        "not_summed": "the examples were not added up: one number per row is needed.",
        "integer_division": (
            "the integer division // has cut the numbers; a fraction such as 1 // m "
            "becomes 0. Use /."
        ),
        "key_off_by_one": (
            "the keys are shifted: the layers are numbered 1 to L, so there is no W0 and no W(L+1)."
        ),
        "wrong_key_name": (
            'the arrays lie under other keys. The keys must be spelled exactly "W1", "b1", ...'
        ),
        "grad_key_naming": 'the keys of the gradients are "dW1", "db1", ...',
        "elementwise_not_matmul": (
            "* multiplies element by element; the formula needs the matrix product, `W @ A` or "
            "`np.dot(W, A)`."
        ),
        "swapped_operands": "the two matrices are multiplied in the wrong order.",
        "missing_bias": "the result equals W A: the bias `b` was never added.",
        "missing_transpose": (
            "the inner sizes of a matrix product do not fit: transpose the second factor (.T)."
        ),
        "activation_swapped": "relu and sigmoid are exchanged.",
        "activation_ignored": "the same activation is used whatever `activation` says.",
        "activation_name_case": (
            'the two names are "relu" and "sigmoid", in lower case; no branch of your code ran.'
        ),
        "tuple_not_unpacked": (
            "a pair was used as if it were one array. `relu`, `sigmoid` and `linear_forward` "
            "return two values: A, cache = relu(Z)."
        ),
        "relu_last_layer": (
            "the last layer uses ReLU; it needs the sigmoid, so that its output is a probability."
        ),
        "sigmoid_hidden_layer": "the hidden layers use the sigmoid; they need ReLU.",
        "L_not_halved": (
            "`parameters` holds a W and a b for each layer, so L = len(parameters) // 2."
        ),
        "hardcoded_depth": "the code works for one number of layers only; use L.",
        "wrong_m": "m is not the number of examples. It is the number of columns, shape[1].",
        "labels_swapped": "Y and 1 - Y are exchanged.",
    }
)
"""The sentences by their codes. One that belongs to a single function is beside its mistake."""

VARIABLES = {
    *("X", "Y", "Z", "A", "A_prev", "AL", "W", "WL", "b", "bL", "m", "l", "L"),
    *("dA", "dA_prev", "dAL", "dZ", "dW", "db", "cache", "caches", "linear_cache"),
    *("activation_cache", "activation", "parameters", "grads", "learning_rate", "layer_dims"),
}
"""The names that the book uses. An answer that misses one of them took it from another cell."""


def further_branches(line: str) -> str:
    """Return a branch for each activation besides those of the book's network.

    Parameters
    ----------
    line : str
        What stands in the branch, with ``{name}`` for the name of the activation.
    """
    names = [name for name in ACTIVATIONS if name not in ("relu", "sigmoid")]
    branch = 'elif activation == "{name}":\n    ' + line
    return "\n".join(branch.format(name=name) for name in names)

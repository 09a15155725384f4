"""The known mistakes of `update_parameters`."""

from ..mistake import (
    MissingKey,
    OtherKeys,
    Relation,
    Template,
    Together,
    mistake,
    shared,
    version,
)

TEMPLATE = Template(
    """\
def update_parameters(parameters, grads, learning_rate):
    old = parameters
    parameters = {new}
    L = {L}
    for l in {layers}:
        W, b = {read}["W" + str(l)], {read}["b" + str(l)]
        dW, db = grads["dW" + str(l)], grads["db" + str(l)]
        parameters["W" + str({key})] = {W}
        parameters["b" + str({key})] = {b}
        {end_of_round}
    return parameters
""",
    {
        "new": "dict(old)",
        "L": "len(old) // 2",
        "layers": "range(1, L + 1)",
        "read": "parameters",
        "key": "l",
        "W": "W - learning_rate * dW",
        "b": "b - learning_rate * db",
        "end_of_round": "",
    },
)


def factors(parameters, grads, learning_rate, part):
    """Return what a step may be multiplied by."""
    m, L = grads["dA0"].shape[1], len(parameters) // 2
    return {
        "1/rate": 1 / learning_rate,
        "rate": learning_rate,
        "1/m": 1 / m,
        "1/L": 1 / L,
    }


def step(arguments, name, value):
    """Return what was subtracted from the parameter `name`."""
    return arguments[0][name] - value


def _in_a_new_dict(**fillings):
    """Return the version that collects what it has updated in an empty dict."""
    return version(new="{}", read="old", **fillings)


MISTAKES = (
    mistake(
        "ascends_not_descends",
        "the parameters move up the slope: subtract, W - learning_rate * dW.",
        Relation("*", "-1"),
    ),
    mistake(
        "missing_learning_rate",
        "the step does not contain `learning_rate`.",
        Relation("*", "1/rate"),
        Together(frozenset({"missing_learning_rate", "missing_learning_rate_b"})),
    ),
    mistake(
        "missing_learning_rate_b",
        "`b` is updated without `learning_rate`.",
        Relation("b", "1/rate"),
    ),
    mistake(
        "hardcoded_learning_rate",
        "the step does not depend on `learning_rate`: a fixed number is used.",
        Relation("*", "constant 1/rate"),
    ),
    mistake(
        "wrong_learning_rate_factor",
        "the step is `learning_rate` times another number.",
        Relation("*", "1/2"),
        Relation("*", "constant"),
        Relation("*", "1/m"),
        Relation("*", "1/L"),
        Relation("*", "rate"),
    ),
    mistake(
        "weights_not_updated",
        "`W` is unchanged; it must be updated too.",
        Relation("W", "0"),
    ),
    mistake(
        "returned_original",
        "the parameters are returned as they were given; return the updated ones.",
        Together(frozenset({"weights_not_updated", "bias_not_updated"})),
    ),
    mistake(
        "last_layer_not_updated",
        "the last layer is not updated: look at the range of the loop.",
        version(layers="range(1, L)"),
        _in_a_new_dict(layers="range(1, L)"),
    ),
    mistake(
        "first_layer_not_updated",
        "layer 1 is not updated: look at the range of the loop.",
        version(layers="range(2, L + 1)"),
    ),
    shared(
        "return_inside_loop",
        version(end_of_round="return parameters"),
        _in_a_new_dict(end_of_round="return parameters"),
    ),
    mistake(
        "swapped_dW_db",
        "`dW` and `db` are exchanged.",
        version(W="W - learning_rate * db", b="b - learning_rate * dW"),
    ),
    mistake(
        "replaced_not_subtracted",
        "a parameter was replaced by the step alone. Did you type =- for -= ?",
        version(W="-learning_rate * dW", b="-learning_rate * db"),
        version(W="learning_rate * dW", b="learning_rate * db"),
        version(W="-learning_rate * dW"),
        version(b="-learning_rate * db"),
    ),
    mistake(
        "bias_shape_broadcast",
        "`b` became a table: an (n, 1) array was combined with one of shape (n,) or (1, n).",
        version(b="b - learning_rate * db.ravel()"),
        version(b="b - learning_rate * db.T"),
        version(b="b.ravel() - learning_rate * db"),
    ),
    shared("hardcoded_depth", version(layers="(1, 2)"), version(layers="(1, 2, 3)")),
    shared("L_not_halved", version(L="len(old)")),
    shared(
        "key_off_by_one",
        version(key="l - 1"),
        _in_a_new_dict(key="l - 1"),
        version(key="l + 1"),
        _in_a_new_dict(key="l + 1"),
        MissingKey(r"d?[Wb]0"),
    ),
    shared("wrong_key_name", OtherKeys()),
    shared("grad_key_naming", MissingKey(r"[Wb]1|(?!d[Wb]\d+$)_?(?i:d|grad).*")),
    mistake(
        "bias_not_updated",
        "`b` is unchanged; it must be updated too.",
        Relation("b", "0"),
        version(b="b"),
    ),
)

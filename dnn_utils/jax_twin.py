"""The functions of the book on JAX: the same code, with another library under the name ``np``.

JAX offers NumPy's functions again, as ``jax.numpy``. What they compute can be
differentiated, compiled, and divided among many devices. JAX is needed only
when something of this module is called.
"""

import importlib
import re
from types import CodeType, FunctionType

import numpy as np

from .backward import L_model_backward
from .cost import compute_cost
from .forward import L_model_forward
from .language import aligned, say
from .update import update_parameters


def on_jax(function):
    """Return a twin of a function that computes with ``jax.numpy``.

    A function looks up the names in its code, such as ``np``, in the module or
    notebook where it was written. The twin has the same code, but looks them
    up elsewhere: there, ``np`` is ``jax.numpy``, and each function that the
    code calls is a twin, too.

    Parameters
    ----------
    function : function
        Written in Python with NumPy, such as `L_model_forward`, or your own.
        It must not change arrays in place: those of JAX cannot be changed.

    Returns
    -------
    twin : function

    Raises
    ------
    ImportError
        If JAX is not installed.
    TypeError
        If `function` is no function written in Python.
    """
    if not isinstance(function, FunctionType):
        raise TypeError(f"function must be a function written in Python, got {function!r}")
    import_jax()
    return _twin(function, {np: importlib.import_module("jax.numpy")})


def _twin(function, replaced):
    """Return what stands for a function, or for `np`, and note it in `replaced`."""
    if function in replaced:
        return replaced[function]
    names = dict(function.__globals__)
    twin = FunctionType(
        function.__code__, names, function.__name__, function.__defaults__, function.__closure__
    )
    twin.__kwdefaults__ = function.__kwdefaults__
    twin.__doc__ = function.__doc__
    replaced[function] = twin
    for name in _names_in(function.__code__):
        value = names.get(name)
        if value is np or isinstance(value, FunctionType):
            names[name] = _twin(value, replaced)
    return twin


def _names_in(code):
    """Yield the names that a piece of code looks up, also in functions inside it."""
    yield from code.co_names
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _names_in(constant)


def import_jax():
    """Return the module ``jax``, or say how to get it.

    Raises
    ------
    ImportError
        If JAX is not installed.
    """
    try:
        return importlib.import_module("jax")
    except ImportError as error:
        raise ImportError(
            "This needs JAX, which is not installed here: run `pip install jax` where your "
            "Python is, and start it again."
        ) from error


def training_step(
    learning_rate, forward=L_model_forward, cost=compute_cost, update=update_parameters
):
    """Return one step of gradient descent as a function that JAX can compile.

    Its gradient comes from ``jax.grad``, not from a backward pass.

    Parameters
    ----------
    learning_rate : float
        Length of the step, positive.
    forward, cost, update : function
        `L_model_forward`, `compute_cost` and `update_parameters`, or your own.

    Returns
    -------
    step : function
        ``step(parameters, X, Y) -> parameters, cost``; the cost is that before
        the step.

    Raises
    ------
    ImportError
        If JAX is not installed.
    """
    jax = import_jax()
    forward, cost, update = on_jax(forward), on_jax(cost), on_jax(update)

    def J(parameters, X, Y):
        AL, _ = forward(X, parameters)
        return cost(AL, Y)

    def step(parameters, X, Y):
        value, slopes = jax.value_and_grad(J)(parameters, X, Y)
        grads = {"d" + key: slope for key, slope in slopes.items()}
        return update(parameters, grads, learning_rate), value

    return step


class GradientComparison:
    """Two sets of gradients side by side; shown as text or as a table in a notebook.

    Attributes
    ----------
    relative_errors : dict of float
        By gradient, ``"dA0"``, ``"dW1"``, ``"db1"``, ...:
        ``norm(a - b) / (norm(a) + norm(b))``, and 0 where both are zero.
    shapes : dict of tuple of int
        By gradient.
    """

    def __init__(self, ours, theirs):
        self.shapes = {key: np.shape(ours[key]) for key in theirs}
        self.relative_errors = {
            key: _relative_error(np.asarray(ours[key]), np.asarray(theirs[key])) for key in theirs
        }

    def rows(self):
        """Return a tuple of texts for each gradient: its name, its shape, its relative error.

        An error is given as a bound: the digits of a rounding error differ
        between machines.
        """
        return [
            (key, str(self.shapes[key]), f"< 1e{int(np.ceil(np.log10(max(error, 1e-12))))}")
            for key, error in self.relative_errors.items()
        ]

    def __repr__(self):
        head = (say("gradient"), say("shape"), say("relative error"))
        return "\n".join(aligned([head, *self.rows()]))


def _relative_error(a, b):
    size = np.linalg.norm(a) + np.linalg.norm(b)
    return float(np.linalg.norm(a - b) / size) if size else 0.0


def compare_gradients(
    parameters, X, Y, forward=L_model_forward, cost=compute_cost, backward=L_model_backward
):
    """Compare a backward pass with what JAX derives from the forward pass and the cost.

    Parameters
    ----------
    parameters : dict
        ``"W1", "b1", ..., "WL", "bL"``, in float64.
    X : ndarray, shape (n[0], m)
        Input, one column per example.
    Y : ndarray, shape (1, m)
        True labels, each 0 or 1.
    forward, cost, backward : function
        `L_model_forward`, `compute_cost` and `L_model_backward`, or your own.
        `backward` runs on NumPy as it is.

    Returns
    -------
    comparison : GradientComparison
        Of ``dA(l-1)``, ``dWl`` and ``dbl`` for every layer l.

    Raises
    ------
    ImportError
        If JAX is not installed.
    RuntimeError
        If JAX is not set to double precision.

    Notes
    -----
    `L_model_backward` takes the mean over the m examples in ``dW`` and ``db``
    only. So ``dA`` is m times the gradient of the cost; we multiply JAX's by m.
    """
    jax = import_jax()
    if not jax.config.jax_enable_x64:
        raise RuntimeError(
            "JAX computes in float32 here, too coarse to compare: write "
            '`jax.config.update("jax_enable_x64", True)` before anything else.'
        )
    AL, caches = forward(X, parameters)
    ours = backward(AL, Y, caches)
    jax_forward, jax_cost = on_jax(forward), on_jax(cost)

    def J(A, parameters):
        return jax_cost(jax_forward(A, parameters)[0], Y)

    theirs = {}
    for l, ((A_prev, _, _), _) in enumerate(caches, start=1):
        # The layers from l on are a network of their own, with A_prev as its input.
        rest = _renumber(parameters, l)
        slope_A, slopes = jax.grad(J, argnums=(0, 1))(A_prev, rest)
        theirs[f"dA{l - 1}"] = slope_A * Y.shape[1]
        theirs[f"dW{l}"], theirs[f"db{l}"] = slopes["W1"], slopes["b1"]
    return GradientComparison(ours, theirs)


def _renumber(parameters, first):
    """Return the parameters of the layers from `first` on, which becomes layer 1."""
    return {
        f"{letter}{l - first + 1}": parameters[f"{letter}{l}"]
        for l in range(first, len(parameters) // 2 + 1)
        for letter in "Wb"
    }


def all_reduces(compiled):
    """Find what the devices tell one another in a compiled function.

    Parameters
    ----------
    compiled : jax.stages.Compiled
        ``jax.jit(step).lower(parameters, X, Y).compile()``.

    Returns
    -------
    sizes : list of int
        For each all-reduce, how many numbers it adds up over the devices.
    """
    lines = re.findall(r"^.*? = (.*?) all-reduce\(", compiled.as_text(), re.MULTILINE)
    return [sum(map(_size, re.findall(r"\w+\[([\d,]*)\]", shapes))) for shapes in lines]


def _size(shape):
    return int(np.prod([int(n) for n in shape.split(",") if n], dtype=int))

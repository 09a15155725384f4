"""Proof that gradients are right: compare them with slopes measured on the cost.

Move one number of one parameter a little to either side, compute the cost both
times, and divide the difference by the distance: that is a gradient found
without any backward pass (a central difference). It is far too slow to train
with, and for that very reason a witness that shares no mistake with the code
under test.

The error of a central difference falls with the square of the distance, while the
rounding of the cost weighs the more, the smaller it is (Nocedal and Wright, *Numerical
Optimization*, 2006, section 8.1).
"""

from dataclasses import dataclass, field
from html import escape

import numpy as np

from . import validate
from .cost import compute_cost
from .forward import L_model_forward
from .language import aligned, say
from .palette import css

RIGHT = "right"
WITHIN_ROUNDING = "right within rounding"
TINY = "too small to tell"
KINK = "at a kink"
DOUBTFUL = "doubtful"
WRONG = "wrong"


@dataclass
class ParameterCheck:
    """What the comparison says about one parameter.

    Attributes
    ----------
    name : str
        Its key, for example ``"W1"``.
    numerical, analytical : ndarray
        The measured and the given gradient; NaN where nothing was measured.
    kinks : ndarray of bool
        Entries whose measurement crosses a kink of ReLU. They are not judged.
    noise : float
        How far rounding may carry one measured slope.
    relative_error : float
        ``||num - ana|| / (||num|| + ||ana||)`` over the judged entries; NaN if
        there are none or both are zero.
    verdict : str
        ``"right"``, ``"right within rounding"``, ``"too small to tell"``,
        ``"at a kink"``, ``"doubtful"`` or ``"wrong"``.
    """

    name: str
    numerical: np.ndarray
    analytical: np.ndarray
    kinks: np.ndarray
    noise: float
    relative_error: float = field(init=False)
    verdict: str = field(init=False)

    def __post_init__(self):
        judged = ~np.isnan(self.numerical) & ~self.kinks
        num, ana = self.numerical[judged], self.analytical[judged]
        difference = np.linalg.norm(num - ana)
        size = np.linalg.norm(num) + np.linalg.norm(ana)
        noise = self.noise * np.sqrt(num.size)
        self.relative_error = float(difference / size) if size else np.nan
        self._bound = self.relative_error
        if not num.size:
            self.verdict = KINK
        elif not size:
            self.verdict = TINY  # zero on both sides, as behind a dead layer, proves nothing
        elif self.relative_error <= 1e-7:
            self.verdict = RIGHT
        elif difference <= noise:
            self.verdict = WITHIN_ROUNDING if size > 100 * noise else TINY
            self._bound = noise / size
        elif self.relative_error < 1e-5:
            self.verdict = DOUBTFUL
        else:
            self.verdict = WRONG

    @property
    def error_text(self):
        """str: a bound, since the digits of a rounding error differ between machines."""
        if self.verdict in (KINK, TINY):
            return "-"
        if self._bound >= 0.1:
            return f"{self._bound:.2f}"
        return f"< 1e{int(np.ceil(np.log10(max(self._bound, 1e-7))))}"

    @property
    def entries_text(self):
        """str: how many entries were measured, and how many of them cross a kink."""
        measured = np.count_nonzero(~np.isnan(self.numerical))
        size = self.numerical.size
        if measured == size:
            text = say("all of {n}", n=size)
        else:
            text = say("{i} of {n}", i=measured, n=size)
        kinks = np.count_nonzero(self.kinks)
        return say("{entries}, {kinks} at a kink", entries=text, kinks=kinks) if kinks else text

    @property
    def verdict_text(self):
        """str: the verdict in the language of the reader."""
        return {
            RIGHT: say("right"),
            WITHIN_ROUNDING: say("right within rounding"),
            TINY: say("too small to tell"),
            KINK: say("at a kink"),
            DOUBTFUL: say("doubtful"),
            WRONG: say("wrong"),
        }[self.verdict]


class GradientReport:
    """The result of `gradient_check`; shown as text or as a table in a notebook.

    Attributes
    ----------
    checks : dict of ParameterCheck
        By parameter, ``"W1"``, ``"b1"``, ... ; with the arrays of both gradients.
    epsilon : float
        Half the distance of the measurements.
    ok : bool
        No gradient is wrong or doubtful, and at least one was found right.
    """

    def __init__(self, checks, epsilon):
        self.checks = checks
        self.epsilon = epsilon

    @property
    def ok(self):
        verdicts = {check.verdict for check in self.checks.values()}
        return not verdicts & {WRONG, DOUBTFUL} and bool(verdicts & {RIGHT, WITHIN_ROUNDING})

    @property
    def summary(self):
        """str: the result in one or two sentences."""
        suspects = [k for k, check in self.checks.items() if check.verdict in (WRONG, DOUBTFUL)]
        if self.ok:
            return say("Every gradient that could be judged agrees with the measured slope.")
        if not suspects:
            return say("Nothing could be judged: every gradient is at a kink or too small to tell.")
        return say(
            "Not confirmed: {gradients}. The backward pass comes to layer {layer} first, so look "
            "there first.",
            gradients=", ".join("d" + key for key in suspects),
            layer=max(int(key[1:]) for key in suspects),
        )

    def __repr__(self):
        heads = say("parameter"), say("shape"), say("entries"), say("relative error")
        rows = [(*heads, say("verdict"))]
        for key, check in self.checks.items():
            shape = str(check.analytical.shape)
            rows.append((key, shape, check.entries_text, check.error_text, check.verdict_text))
        title = say(
            "Gradient check by central differences, epsilon = {epsilon}",
            epsilon=f"{self.epsilon:g}",
        )
        return "\n".join([title, *aligned(rows), _legend(), self.summary])

    def _repr_html_(self):
        L = len(self.checks) // 2
        rows = "".join(
            f'<tr><th scope="row">{l}</th>'
            + "".join(_html_cell(self.checks[letter + str(l)]) for letter in "Wb")
            + "</tr>"
            for l in range(1, L + 1)
        )
        caption = say(
            "Relative error of each gradient, measured with epsilon = {epsilon}",
            epsilon=f"{self.epsilon:g}",
        )
        heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in (say("layer"), "W", "b"))
        return (
            f"<style>{_STYLE}</style>"
            f'<table class="dnn-gradient-check"><caption>{escape(caption)}</caption>'
            f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
            f"<p>{escape(self.summary)}<br>{escape(_legend())}</p>"
        )


def _legend():
    return say("Expected: 1e-7 or smaller is right; 1e-5 or larger is almost surely wrong.")


_STYLE = f"""
.dnn-gradient-check {{ border-collapse: separate; border-spacing: 4px; }}
.dnn-gradient-check caption {{ caption-side: top; padding: 4px; }}
.dnn-gradient-check :is(caption, th, td) {{ text-align: left; }}
.dnn-gradient-check td {{ padding: 6px 10px; min-width: 6em;
  color: {css("ink", jupyter=False)}; background: {css("wash", jupyter=False)};
  border-left: 6px solid {css("muted", jupyter=False)}; }}
.dnn-gradient-check td.right {{ border-left-color: {css("good", jupyter=False)}; }}
.dnn-gradient-check td.wrong {{ background: {css("backward-wash", jupyter=False)};
  border: 2px dashed {css("backward", jupyter=False)}; border-left-style: solid;
  border-left-width: 6px; }}
.dnn-gradient-check :is(b, small) {{ display: block; }}
"""


def _html_cell(check):
    kind = {RIGHT: "right", WITHIN_ROUNDING: "right", WRONG: "wrong", DOUBTFUL: "wrong"}
    return (
        f'<td class="{kind.get(check.verdict, "open")}"><b>{escape(check.verdict_text)}</b>'
        f"{escape(check.error_text)}<small>{escape(check.entries_text)}</small></td>"
    )


def gradient_check(
    parameters,
    grads,
    X,
    Y,
    forward=L_model_forward,
    cost=compute_cost,
    epsilon=1e-5,
    max_entries=250,
):
    """Compare gradients with slopes that are measured on the cost itself.

    Parameters
    ----------
    parameters : dict
        ``"W1", "b1", ..., "WL", "bL"``; left as it is.
    grads : dict
        ``"dW1", "db1", ..., "dWL", "dbL"``, the gradients to judge, from a
        backward pass with these `parameters`. Other keys are ignored.
    X : ndarray, shape (n[0], m)
        Input. A few examples are enough.
    Y : ndarray, shape (1, m)
        True labels, each 0 or 1.
    forward : callable
        ``forward(X, parameters) -> AL, caches`` such as `L_model_forward`: pass
        your own. The caches show where a unit of ReLU changes side.
    cost : callable
        ``cost(AL, Y) -> float`` such as `compute_cost`.
    epsilon : float
        How far each number is moved to either side. With 1e-5, the error of the
        formula (which grows with epsilon) and the rounding error of the cost
        (which grows as epsilon shrinks) are about equally small.
    max_entries : int
        A parameter with more entries is measured at so many of them, drawn at
        random with a fixed seed.

    Returns
    -------
    report : GradientReport
        Print it, or ask ``report.ok`` and ``report.checks["W1"].relative_error``.

    Raises
    ------
    ValueError
        If a key is missing, a shape does not fit, a number is not finite or has
        too few digits, or a function returns something else than expected.

    Notes
    -----
    The slope of ReLU jumps where a unit's Z is 0. If a unit changes side between
    the two measurements, their difference is no slope; such an entry is reported
    as *at a kink* and not judged.
    """
    parameters, grads = _gradients_of(parameters, grads)
    X = validate.inputs(X, parameters["W1"].shape[1])
    Y = validate.labels(Y, X.shape)
    validate.positive(epsilon, "epsilon")

    def measure():
        return _cost_and_sides(parameters, X, Y, forward, cost)

    base, _ = measure()
    noise = 8 * np.finfo(float).eps * max(abs(base), 1e-3) / (2 * epsilon)
    random = np.random.RandomState(1)
    checks = {}
    for key, array in parameters.items():
        numerical, kinks = np.full(array.shape, np.nan), np.zeros(array.shape, bool)
        chosen = np.arange(array.size)
        if array.size > max_entries:
            chosen = random.choice(array.size, max_entries, replace=False)
        for index in zip(*np.unravel_index(chosen, array.shape), strict=True):
            before = array[index]
            array[index] = before + epsilon
            above, sides_above = measure()
            array[index] = before - epsilon
            below, sides_below = measure()
            array[index] = before
            numerical[index] = (above - below) / (2 * epsilon)
            kinks[index] = any(map(_differ, sides_above, sides_below))
        checks[key] = ParameterCheck(key, numerical, grads["d" + key], kinks, noise=noise)
    return GradientReport(checks, epsilon)


def _gradients_of(parameters, grads):
    """Return copies of the parameters and the gradients that belong to them, W1 first."""
    parameters = validate.parameters(parameters, "parameters")
    missing = ["d" + key for key in parameters if "d" + key not in grads]
    if missing:
        raise ValueError(f"grads lacks {', '.join(missing)}; it has {', '.join(map(str, grads))}")
    for key, value in parameters.items():
        shape, grad_shape = np.shape(value), np.shape(grads["d" + key])
        if shape != grad_shape:
            raise ValueError(f"d{key} has shape {grad_shape}, but {key} has shape {shape}")
    copies = {key: _copy(value, key) for key, value in parameters.items()}
    return copies, {"d" + key: _copy(grads["d" + key], "d" + key) for key in parameters}


def _copy(value, name):
    array = np.asarray(value)
    if array.dtype in (np.float32, np.float16):
        raise ValueError(
            f"{name} is {array.dtype}: its few digits hide the small differences that are "
            "measured here. Do the check in float64."
        )
    return validate.numbers(array, name).copy()


def _cost_and_sides(parameters, X, Y, forward, cost):
    """Return the cost, and for each hidden layer where Z is positive."""
    try:
        AL, caches = forward(X, parameters)
        sides = [np.asarray(Z) > 0 for _, Z in caches[:-1]]
    except (TypeError, ValueError) as error:
        raise ValueError(
            "forward(X, parameters) must return AL and a list of caches, each of them "
            f"(linear_cache, Z); it did not: {error}"
        ) from error
    value = np.asarray(cost(AL, Y), float)
    if value.size != 1:
        raise ValueError(f"cost(AL, Y) must return one number, got an array of shape {value.shape}")
    if not np.isfinite(value):
        raise ValueError(
            f"the cost is {value.item()}, so no slope can be measured: is AL exactly 0 or 1 "
            "for some example? Smaller weights or inputs avoid that."
        )
    return value.item(), sides


def _differ(sides_above, sides_below):
    return (sides_above != sides_below).any()

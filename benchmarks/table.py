"""The stored result of ``python -m benchmarks`` as tables in Markdown."""

import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).with_name("results.json")
FIT_DIRECT = "fit without Gram"


def load() -> Any:
    """Return the stored result."""
    return json.loads(RESULTS.read_text(encoding="utf-8"))


def render(result: Mapping[str, Any]) -> str:
    """Return the result as Markdown: the table of the cases, then the whole training.

    Parameters
    ----------
    result : dict
        As `python -m benchmarks` stores it.

    Returns
    -------
    markdown : str
    """
    columns = ["course's style", "step by step", "fit", "PyTorch", "scikit-learn", "floor"]
    lines = [
        "| case | " + " | ".join(columns) + " |",
        "|---|" + "---:|" * len(columns),
    ]
    for case in result["cases"]:
        times = case["milliseconds"] | {"floor": case["milliseconds"][case["floor"]]}
        ratios = case["times_the_floor"] | {"floor": 1}
        cells = [f"{_digits(times[c])} ({_digits(ratios[c])})" for c in columns]
        lines.append(f"| {case['case']}, {case['dtype']} | " + " | ".join(cells) + " |")
    machine, whole, memory = result["machine"], result["whole_run"], result["memory"]
    cases = {case["case"]: case for case in result["cases"]}
    return "\n".join(
        [
            *lines,
            "",
            "Milliseconds per iteration, and in parentheses how many times the floor that is. "
            + "; ".join(
                f"{name} is `{_dims(case['layer_dims'])}` with m = {case['m']}"
                for name, case in cases.items()
            )
            + ".",
            "",
            *[
                f"Without the Gram matrix, `fit` takes {_digits(c['milliseconds'][FIT_DIRECT])} ms "
                f"on {c['case']} ({_digits(c['times_the_floor'][FIT_DIRECT])} times the floor); "
                f"the products of the Gram path alone take "
                f"{_digits(c['milliseconds']['Gram floor'])} ms.\n"
                for c in result["cases"]
                if FIT_DIRECT in c["milliseconds"]
            ],
            f"The whole training, {whole['iterations']} iterations of C1 in float64: "
            f"{_digits(whole['course_seconds'])} s in the course's style, "
            f"{_digits(whole['fit_seconds'])} s with `fit`, {_digits(whole['times_faster'])} times "
            f"faster; no parameter differs by more than {whole['difference']:.0e} of the largest "
            "one in its array.",
            "",
            "The most memory held beyond the data and the first parameters, C1 in float64: "
            f"{_digits(memory['course_megabytes'])} MB in the course's style, "
            f"{_digits(memory['fit_megabytes'])} MB with `fit`.",
            "",
            f"Measured on {result['date']} on one core of {machine['processor']} with Python "
            f"{machine['python']}, NumPy {machine['numpy']} ({machine['blas']}), PyTorch "
            f"{machine['torch']}, scikit-learn {machine['scikit-learn']}: medians, all contenders "
            "taking turns, their parameters compared first.",
        ]
    )


def render_ideas(result: Mapping[str, Any]) -> str:
    """Return the table of the ideas as Markdown, in parentheses the gain over the one before.

    Parameters
    ----------
    result : dict
        As `python -m benchmarks` stores it.

    Returns
    -------
    markdown : str
    """
    cases = result["ideas"]
    ideas = max((list(case["milliseconds"]) for case in cases.values()), key=len)
    lines = ["| idea | " + " | ".join(cases) + " |", "|---|" + "---:|" * len(cases)]
    for idea in ideas:
        cells = []
        for case in cases.values():
            if idea not in case["milliseconds"]:
                cells.append("not used")
            elif idea not in case["gain"]:
                cells.append(_digits(case["milliseconds"][idea]) + " ms")
            else:
                time, gain = case["milliseconds"][idea], case["gain"][idea]
                cells.append(f"{_digits(time)} ms ({_digits(gain)})")
        lines.append(f"| {idea} | " + " | ".join(cells) + " |")
    return "\n".join(
        [
            *lines,
            "",
            "Milliseconds per iteration in float64; in parentheses how many times faster than the "
            "line above. Each line has the ideas of all lines above it.",
        ]
    )


def _digits(number: float) -> str:
    """Return a number with three digits, without an exponent."""
    return f"{number:.{max(0, 2 - math.floor(math.log10(number)))}f}"


def _dims(layer_dims: Sequence[int]) -> str:
    if len(layer_dims) > 6 and len(set(layer_dims[:-1])) == 1:
        return f"[{layer_dims[0]}] * {len(layer_dims) - 1} + [{layer_dims[-1]}]"
    return str(layer_dims)

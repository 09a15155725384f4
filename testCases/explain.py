"""Explain a fault: what was seen to be done wrong, the known mistakes, or only its kind."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from .case import Case
from .common import VARIABLES
from .diagnosis import diagnose
from .finding import Finding
from .judge import changed_input
from .mistake import Cause
from .observe import Observation


def explain(case: Case, observation: Observation, finding: Finding) -> Finding:
    """Return the finding with the causes of the fault; one without a fault as it is."""
    if finding.ok or finding.kind == "not_attempted" or finding.causes:
        return finding
    outside = _outside(observation)
    changed = changed_input(case.exercise, observation)
    details: dict[Cause, Mapping[str, Any]] = {}
    causes: list[Cause] = []
    if finding.stage != "properties" and not outside:  # a stale variable can look like any mistake
        causes += diagnose(case, finding.readings, observation.texts)
    if changed:
        details[(changed[0],)] = {"name": changed[1]}
    if outside:
        details[("stale_global",)] = {"name": outside}
    causes = list(dict.fromkeys([*causes, *details]))
    return replace(finding, causes=tuple(causes or [(finding.kind,)]), details=details)


def _outside(observation: Observation) -> str:
    """Return a variable that the function reads from outside, or misses there; "" if none."""
    if observation.outside:
        return observation.outside[0]
    errors = [
        one.error for one in observation.runs if one.error and one.error.type_name == "NameError"
    ]
    return next((error.name for error in errors if error.name in VARIABLES), "")

"""Mark the functions of a notebook, in a clean process and on inputs that no student has seen."""

from collections.abc import Mapping, Sequence

from nbformat import NotebookNode

from teach.extract import extract
from testCases import FUNCTIONS
from testCases.finding import Finding, fact
from testCases.process import check_source
from testCases.report import report
from testCases.result import Result

SECONDS_PER_FUNCTION = 20
MEMORY = 1024  # megabytes for the clean process


def mark(notebook: NotebookNode, command: Sequence[str], seed: int) -> dict[str, Result]:
    """Check the functions of a notebook in a clean process.

    Parameters
    ----------
    notebook : NotebookNode
        What a student handed in.
    command : sequence of str
        What isolates that process.
    seed : int
        Of the inputs.

    Returns
    -------
    results : dict
        The `Result` for each function of the book.
    """
    source, names, broken = extract(notebook)
    results = {}
    if names & set(FUNCTIONS):
        results = check_source(source, command=command, seed=seed, seconds=SECONDS_PER_FUNCTION)
    return {name: results[name] if name in names else _absent(name, broken) for name in FUNCTIONS}


def _absent(name: str, broken: Mapping[str, str]) -> Result:
    found = fact("syntax_error", text=broken[name]) if name in broken else fact("missing")
    return report(Finding(name, "attempted", found.code, facts=(found,)))

"""Mark the functions of a notebook, in a clean process and on inputs that no student has seen."""

from collections.abc import Mapping, Sequence

from nbformat import NotebookNode

from teach.extract import extract
from testCases import FUNCTIONS
from testCases.clean import check_source
from testCases.messages import say
from testCases.result import Result, verdict

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
    if name in broken:
        code, fact = "syntax_error", say("facts", "syntax_error", text=broken[name])
    else:
        code, fact = "missing", say("facts", "missing")
    result: Result = verdict(name, code, "attempted", fact)
    return result

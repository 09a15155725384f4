"""Extract from a notebook, as text, the functions of the book; nothing is run."""

from nbformat import NotebookNode

from testCases import FUNCTIONS
from testCases.written import Cell, Written
from upkeep.notebooks import code_cells


def extract(notebook: NotebookNode) -> tuple[str, set[str], dict[str, str]]:
    """Extract the functions of the book from a notebook, with all that they need there.

    Parameters
    ----------
    notebook : NotebookNode
        What a student handed in.

    Returns
    -------
    source : str
        The imports, then the rest, in the order of the notebook: an import defines no answer.
    names : set of str
        The functions of the book that the source defines.
    broken : dict
        For each function that is no Python, what is wrong there.
    """
    written = Written(Cell(cell.source) for cell in code_cells(notebook))
    names = [name for name in FUNCTIONS if name in written]
    broken = {name: found.text for name, found in written.broken.items()}
    return written.source(*names), set(names), broken

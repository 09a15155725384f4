"""Extract from a notebook, as text, the code that is marked; nothing is run."""

import ast
import re

from IPython.core.inputtransformer2 import TransformerManager
from nbformat import NotebookNode

from upkeep.notebooks import code_cells

# What a plain constant may consist of.
PLAIN = (
    *(ast.Constant, ast.Tuple, ast.List, ast.Dict, ast.Set),
    *(ast.UnaryOp, ast.unaryop, ast.BinOp, ast.operator, ast.expr_context),
)
DEFINITION = re.compile(r"^\s*def\s+(\w+)", re.M)


def extract(notebook: NotebookNode) -> tuple[str, set[str], dict[str, str]]:
    """Extract the functions, imports and plain constants from a notebook; nothing is run.

    Parameters
    ----------
    notebook : NotebookNode
        What a student handed in.

    Returns
    -------
    source : str
        The imports, then the rest, in the order of the notebook: an import defines no answer.
    names : set of str
        What the source defines.
    broken : dict
        For each function in a cell that is no Python, what is wrong there.
    """
    imports: list[str] = []
    definitions: list[str] = []
    names: set[str] = set()
    broken: dict[str, str] = {}
    for cell in code_cells(notebook):
        try:
            source = TransformerManager().transform_cell(cell.source)
            statements = ast.parse(source).body
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            wrong = f"{type(error).__name__}: {error}".splitlines()[0]
            broken |= dict.fromkeys(DEFINITION.findall(cell.source), wrong)
            continue
        for statement in statements:
            if isinstance(statement, ast.Import | ast.ImportFrom):
                imports.append(_text(source, statement))
            elif defined := _defined_names(statement):
                definitions.append(_text(source, statement))
                names.update(defined)
    return "\n\n".join([*imports, *definitions]) + "\n", names, broken


def _defined_names(statement: ast.stmt) -> list[str]:
    """Return the names that a function or a plain assignment defines; of others nothing."""
    if isinstance(statement, ast.FunctionDef):
        return [statement.name]
    if not isinstance(statement, ast.Assign):
        return []
    targets = [node for target in statement.targets for node in ast.walk(target)]
    plain = isinstance(statement.value, ast.Lambda) or all(
        isinstance(node, PLAIN) for node in ast.walk(statement.value)
    )
    simple = all(isinstance(node, ast.Name | ast.Tuple | ast.expr_context) for node in targets)
    return [node.id for node in targets if isinstance(node, ast.Name)] if plain and simple else []


def _text(source: str, statement: ast.stmt) -> str:
    """Return the text of a statement; Python gives that of a function without its decorators."""
    nodes: list[ast.expr] = getattr(statement, "decorator_list", [])
    decorators = [f"@{ast.get_source_segment(source, node)}" for node in nodes]
    return "\n".join([*decorators, ast.get_source_segment(source, statement) or ""])

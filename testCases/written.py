"""What somebody has written, in a notebook, a Python file or a cell, as text; nothing is run.

Of all statements only those count that define something: imports, functions, classes, and
assignments that compute nothing but a constant. `Written.source` puts together what one of
them needs. As in a kernel, the last definition of a name counts.
"""

import ast
import builtins
import json
import re
import symtable
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from dnn_utils.language import N_, say

from .exercises import FUNCTIONS
from .originals import HELPERS

LARGEST = 20
"""Megabytes of a file; one with nothing but code and text is far smaller."""
OF_A_COURSE = re.compile(r"dnn_utils|dnn_app_utils|test_?cases|public_tests", re.I)
RUN_AS_PYTHON = re.compile(r"%%(time|timeit|capture|prun)\b")
MAGIC = re.compile(r"^(\s*)([%!?]|(\w[\w, ]*=\s*)[%!]|[\w.]+\?+\s*$)")
START_OF_BLOCK = re.compile(r"[^\s#)\]}]")
GOES_ON = re.compile(r"(else|elif|except|finally)\b")
DEFINES = re.compile(r"(@|def\b|class\b|async\b)")
LONGEST = 50  # lines at the margin that may belong together, such as those of a long text
DEFINITION = re.compile(r"^\s*def\s+(\w+)", re.M)
# What a constant may consist of, and what may be called for one.
PLAIN = (
    *(ast.Constant, ast.Name, ast.Attribute, ast.Tuple, ast.List, ast.Dict, ast.Set, ast.Call),
    *(ast.UnaryOp, ast.BinOp, ast.Subscript, ast.Slice, ast.Starred, ast.keyword),
    *(ast.unaryop, ast.operator, ast.expr_context),
)
MODULES = {"functools", "math", "numpy", "operator"}
TYPES = {"dict", "float", "frozenset", "int", "list", "set", "tuple"}
SAID = N_(
    {
        "missing": "{file}: there is no such file.",
        "ending": "{file}: expected a notebook (.ipynb) or a Python file (.py).",
        "large": (
            "{file} has {size} MB, more than the {largest} MB that are read. Clear the outputs "
            "of the notebook and save it again."
        ),
        "no notebook": "{file} is not a notebook: {error}.",
        "no text": "{file} is not text in UTF-8: {error}.",
        "unreadable": "{file} cannot be read: {error}.",
    }
)


@dataclass(frozen=True)
class Cell:
    """A piece of Python: the code cell number `number` of a notebook; 0 is a whole file."""

    text: str
    number: int = 0


@dataclass(frozen=True)
class Statement:
    """A statement that defines something.

    Attributes
    ----------
    text : str
        As it was written, with its decorators.
    names : tuple of str
        What it defines; ``"*"`` for an import of everything.
    needs : frozenset of str
        The names that it looks up outside.
    cell, line : int
        Where it stands; both count from 1.
    """

    text: str
    names: tuple[str, ...]
    needs: frozenset[str]
    cell: int
    line: int
    is_import: bool
    is_assignment: bool


@dataclass(frozen=True)
class Broken:
    """A definition that is no Python: where, and what is said about it."""

    cell: int
    line: int
    text: str


class Written:
    """All definitions in some cells.

    Parameters
    ----------
    cells : iterable of Cell
        In the order in which they are run.

    Attributes
    ----------
    statements : list of Statement
    broken : dict of str to Broken
        By the name of the function that would have been defined.
    """

    def __init__(self, cells: Iterable[Cell]) -> None:
        self.statements: list[Statement] = []
        self.broken: dict[str, Broken] = {}
        self.future: list[str] = []
        self.modules: dict[str, str] = {}  # behind the imported names, such as np
        for cell in cells:
            for block in blocks(python_of(cell.text)):
                self._add(cell, block)

    def _add(self, cell: Cell, block: "Block") -> None:
        if block.error is not None:
            line = block.first + (block.error.lineno or 1) - 1
            found = Broken(cell.number, line, f"SyntaxError: {block.error.msg}")
            names = DEFINITION.findall(block.text)
            self.broken |= dict.fromkeys(names, found)
            return
        for node in block.body:
            if isinstance(node, ast.ImportFrom) and node.module == "__future__":
                self.future += [alias.name for alias in node.names]
            else:
                self.statements += self._defining(cell, block, node)
        for name, found in list(self.broken.items()):
            at = self.last(name)
            if at and _place(at) > _place(found):
                del self.broken[name]  # it was written anew

    def _defining(self, cell: Cell, block: "Block", node: ast.stmt) -> Iterator[Statement]:
        """Yield the statement, if it defines something."""
        names = self._defined(node)
        if names:
            text = _text(block.text, node)
            first = min([node.lineno, *(one.lineno for one in decorators(node))])
            line = block.first + first - 1
            is_import = isinstance(node, ast.Import | ast.ImportFrom)
            needs = frozenset() if is_import else needs_of(text)
            if isinstance(node, ast.AugAssign):
                needs |= {*names}
            assigns = not is_import and not hasattr(node, "body")
            yield Statement(text, names, needs, cell.number, line, is_import, assigns)

    def _defined(self, node: ast.stmt) -> tuple[str, ...]:
        if isinstance(node, ast.Import | ast.ImportFrom):
            return self._imported(node)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            return (node.name,)
        targets: list[ast.expr] = []
        if isinstance(node, ast.Assign):
            targets = node.targets
        elif isinstance(node, ast.AnnAssign | ast.AugAssign):
            targets = [node.target]
        value = getattr(node, "value", None)
        names = [one for target in targets for one in ast.walk(target)]
        simple = all(isinstance(one, ast.Name | ast.Tuple | ast.expr_context) for one in names)
        if not targets or value is None or not simple or not self._is_constant(value):
            return ()
        found = tuple(one.id for one in names if isinstance(one, ast.Name))
        # another name for a function of the library is no definition of one
        return () if isinstance(value, ast.Attribute) and {*found} & {*HELPERS} else found

    def _imported(self, node: ast.Import | ast.ImportFrom) -> tuple[str, ...]:
        module = getattr(node, "module", None) or ""
        names = []
        for alias in node.names:
            name = alias.asname or alias.name.partition(".")[0]
            self.modules[name] = (module or alias.name).partition(".")[0]
            # what a course gives is given by the library here
            if not (OF_A_COURSE.match(module) and name in {"*", *HELPERS}):
                names.append(name)
        return tuple(names)

    def _is_constant(self, node: ast.AST) -> bool:
        """Return whether it takes no time, and changes nothing, to compute a value."""
        if isinstance(node, ast.Lambda):
            return True
        if isinstance(node, ast.Call):
            root: ast.AST = node.func
            while isinstance(root, ast.Attribute):
                root = root.value
            name = root.id if isinstance(root, ast.Name) else ""
            if self.modules.get(name) not in MODULES and name not in TYPES:
                return False
        return isinstance(node, PLAIN) and all(map(self._is_constant, ast.iter_child_nodes(node)))

    def last(self, name: str, before: int | None = None) -> Statement | None:
        """Return the definition of a name that counts; or that counted before a statement."""
        statements = self.statements[:before]
        return next((one for one in reversed(statements) if name in one.names), None)

    def __contains__(self, name: str) -> bool:
        return self.last(name) is not None

    def source(self, *names: str, others: Mapping[str, Any] | None = None) -> str:
        """Return the definitions of some names as one text, with all that they need from here.

        The text can be kept, and run later in an empty namespace. The functions of the book
        that it calls are imported from the library there; a definition of one of the nine
        that the reader has written, too, is not in it, unless it is asked for.

        Parameters
        ----------
        *names : str
            What is defined here.
        others : dict, optional
            Where else to look for modules and plain numbers, ``globals()`` for example.

        Raises
        ------
        KeyError
            If a name is not defined here.
        """
        wanted: set[int] = set()
        book: set[str] = set()
        missing: dict[str, str] = {}
        waiting: list[tuple[str, int | None]] = [(name, None) for name in names]
        while waiting:
            name, before = waiting.pop()
            one = self.last(name, before)
            if name not in names and (name in FUNCTIONS or (name in HELPERS and one is None)):
                book.add(name)
            elif one is not None and (index := self.statements.index(one)) not in wanted:
                wanted.add(index)
                # an assignment may need what its own name was before
                earlier = index if one.is_assignment else None
                waiting += [(need, earlier if need in one.names else None) for need in one.needs]
            elif one is None and name in names and before is None:
                raise KeyError(name)
            elif one is None and (text := _elsewhere(name, {"np": np, **(others or {})})):
                missing[name] = text
        if self._needs_everything(wanted, book | missing.keys()):
            wanted |= {i for i, one in enumerate(self.statements) if one.names == ("*",)}
        future = [f"from __future__ import {name}" for name in dict.fromkeys(self.future)]
        own = [f"from dnn_utils import {', '.join(sorted(book))}"] if book else []
        chosen = [self.statements[i] for i in sorted(wanted)]
        imports = [one.text for one in chosen if one.is_import]
        rest = [one.text for one in chosen if not one.is_import]
        found = sorted(missing.values(), key=lambda line: (not line.startswith("import "), line))
        lines = [*future, *dict.fromkeys([*found, *imports]), *own]
        return "\n\n\n".join(["\n".join(lines)] * bool(lines) + rest) + "\n"

    def _needs_everything(self, wanted: set[int], known: set[str]) -> bool:
        """Return whether a name is left that only an import of everything can define."""
        chosen = [self.statements[i] for i in wanted]
        defined = {name for one in chosen for name in one.names} | known | BUILTINS
        return any(one.needs - defined for one in chosen)


BUILTINS = frozenset(dir(builtins))


def decorators(node: ast.stmt) -> list[ast.expr]:
    """Return the decorators of a statement."""
    return getattr(node, "decorator_list", [])


def _text(source: str, node: ast.stmt) -> str:
    """Return the text of a statement, with its decorators and a comment at its end."""
    above = [f"@{ast.get_source_segment(source, one)}" for one in decorators(node)]
    text = "\n".join([*above, ast.get_source_segment(source, node) or ""])
    last = source.split("\n")[(node.end_lineno or 1) - 1]
    rest = last.encode()[node.end_col_offset :].decode()
    return text + rest.rstrip() if rest.lstrip().startswith("#") else text


def needs_of(text: str) -> frozenset[str]:
    """Return the names that statements look up outside of themselves."""
    found = set()
    tables = [symtable.symtable(text, "<text>", "exec")]
    while tables:
        table = tables.pop()
        tables += table.get_children()
        outside = table.get_type() == "module"
        for symbol in table.get_symbols():
            if symbol.is_referenced() if outside else symbol.is_global():
                found.add(symbol.get_name())
    return frozenset(found)


def _elsewhere(name: str, others: Mapping[str, Any]) -> str:
    """Return a line that defines a name as it is defined in `others`, "" if none can."""
    value = others.get(name)
    if isinstance(value, ModuleType):
        return f"import {value.__name__}" + (f" as {name}" if name != value.__name__ else "")
    if isinstance(value, (int, float, str)) and name.isupper():
        return f"{name} = {value!r}"
    return ""


def _place(at: Statement | Broken) -> tuple[int, int]:
    return at.cell, at.line


# From the file to its cells.


def read(path: Path) -> list[Cell]:
    """Return the cells of a notebook, or a Python file as one.

    Raises
    ------
    ValueError
        If it is neither, cannot be read, or is too large.
    """
    if path.suffix not in (".ipynb", ".py"):
        raise ValueError(say(SAID["ending"], file=path))
    try:
        size = path.stat().st_size / 1_000_000
        if size > LARGEST:
            raise ValueError(say(SAID["large"], file=path, size=f"{size:.0f}", largest=LARGEST))
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise ValueError(say(SAID["missing"], file=path)) from error
    except UnicodeDecodeError as error:
        raise ValueError(say(SAID["no text"], file=path, error=error)) from error
    except OSError as error:
        raise ValueError(say(SAID["unreadable"], file=path, error=error.strerror)) from error
    if path.suffix == ".py":
        return [Cell(text)]
    try:
        return list(cells_of(json.loads(text)))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        said = f"{type(error).__name__}: {error}"
        raise ValueError(say(SAID["no notebook"], file=path, error=said)) from error


def cells_of(notebook: Mapping[str, Any]) -> Iterator[Cell]:
    """Yield the code cells of a notebook, of the format 3 or 4; all its cells are counted."""
    if "worksheets" in notebook:
        cells = [cell for sheet in notebook["worksheets"] for cell in sheet["cells"]]
    else:
        cells = notebook["cells"]
    for number, cell in enumerate(cells, start=1):
        if cell["cell_type"] == "code":
            text = cell["source"] if "source" in cell else cell["input"]
            yield Cell(text if isinstance(text, str) else "".join(text), number)


def python_of(text: str) -> str:
    """Return a cell without what only IPython understands; the lines keep their numbers."""
    first, _, rest = text.lstrip("\n").partition("\n")
    if first.startswith("%%"):
        if not RUN_AS_PYTHON.match(first):
            return ""
        before = text.index(first)
        text = "\n" * text[:before].count("\n") + "\n" + rest
    if re.match(r"[ \t]+\S", text):
        text = textwrap.dedent(text)  # as IPython does
    for _ in range(text.count("\n") + 1):
        try:
            ast.parse(text)
        except SyntaxError as error:
            lines = text.split("\n")
            number = (error.lineno or 0) - 1
            if not 0 <= number < len(lines) or not (found := MAGIC.match(lines[number])):
                break
            lines[number] = f"{found.group(1)}{found.group(3) or ''}None"
            text = "\n".join(lines)
        except (ValueError, RecursionError, MemoryError):
            break
        else:
            break
    return text


# From the text to its statements.


@dataclass(frozen=True)
class Block:
    """Lines that belong together: statements, or what is wrong with them."""

    text: str
    first: int
    body: Sequence[ast.stmt] = ()
    error: SyntaxError | None = None


def blocks(text: str) -> Iterator[Block]:
    """Yield a text as one block; if it is no Python, the parts that are, and those that are not.

    So one mistake does not hide all that stands beside it.
    """
    whole = _parsed(text, 1)
    if whole.error is None:
        yield whole
        return
    lines = text.split("\n")
    starts = [*_starts(lines), len(lines)]
    at = 0
    while at < len(starts) - 1:
        end, found = at + 1, _part(lines, starts[at], starts[at + 1])
        for further in range(at + 1, min(len(starts) - 1, at + LONGEST)):
            if found.error is None or DEFINES.match(lines[starts[further]]):
                break
            longer = _part(lines, starts[at], starts[further + 1])
            if longer.error is None:
                end, found = further + 1, longer
        yield found
        at = end


def _part(lines: Sequence[str], start: int, stop: int) -> Block:
    return _parsed("\n".join(lines[start:stop]), start + 1)


def _starts(lines: Sequence[str]) -> Iterator[int]:
    decorated = False
    for number, line in enumerate(lines):
        if START_OF_BLOCK.match(line) and not GOES_ON.match(line):
            if not decorated:
                yield number
            decorated = line.startswith("@")


def _parsed(text: str, first: int) -> Block:
    try:
        return Block(text, first, ast.parse(text).body)
    except SyntaxError as error:
        return Block(text, first, error=error)
    except (ValueError, RecursionError, MemoryError) as error:  # a zero byte, too deep
        return Block(text, first, error=SyntaxError(str(error) or type(error).__name__))

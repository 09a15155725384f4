"""Make functions out of what a reader has written, each with names of its own.

What a function calls among the nine of the book is looked up in these names, too: the checks
put the right ones there, and `dnn_utils.use` those that are in use. All else that is in them,
its helpers, constants and imports, is the reader's.
"""

import __future__

import ast
import functools
import inspect
import linecache
import sys
import types
from dataclasses import dataclass
from typing import Any

from dnn_utils.language import say

from .exercises import FUNCTIONS
from .observe import names_of, source_of
from .originals import HELPERS, Function, with_globals
from .report import IN_USE

NINE = {name: HELPERS[name] for name in FUNCTIONS}
TELL = "__tell_whose_it_is__"
# Around the lines of a function. It costs no time as long as nothing fails, and a traceback
# shows no line of ours.
GUARD = f"try:\n    pass\nexcept Exception:\n    {TELL}()\n    raise"


@dataclass(frozen=True)
class Loaded:
    """A function of the reader's, and the names that it looks up; `text` if it came as one."""

    function: Function
    names: dict[str, Any]
    text: str = ""


def from_text(name: str, text: str, guarded: bool = False) -> Loaded:
    """Run a text such as `Written.source` makes; return the function `name` that it defines.

    Parameters
    ----------
    name : str
        One of the functions of the book.
    text : str
        Its lines are shown in tracebacks, as those of the file ``<your linear_forward>``.
    guarded : bool
        The function tells whose it is if it fails.

    Raises
    ------
    Exception
        Whatever the text raises; NameError if it does not define the function.
    """
    names = {"__name__": f"your {name}", **HELPERS}
    function = _run(name, ast.parse(text), show_lines(name, text), names, guarded)
    return Loaded(function, names, text)


def show_lines(name: str, text: str) -> str:
    """Let tracebacks show the lines of a text; return the name of the file that they say."""
    file = f"<your {name}>"
    linecache.cache[file] = (len(text), None, text.splitlines(keepends=True), file)
    return file


def from_function(name: str, function: Function, guarded: bool = False) -> Loaded:
    """Return a function of a notebook or a module with a copy of the names that it looks up.

    Guarded, it is made anew from its source, or is called by a function that tells whose it
    is where it has none.
    """
    if not isinstance(function, types.FunctionType):
        return Loaded(_telling(name, function) if guarded else function, {})
    if guarded:
        names = names_of(function, NINE)
        try:
            return Loaded(_made_anew(name, function, names), names)
        except Exception:
            pass  # it has no source, or one that cannot be run where it does not stand
    names = names_of(function, NINE)
    copy = with_globals(function, names)
    names[name] = _telling(name, copy) if guarded else copy
    return Loaded(names[name], names)


def _made_anew(name: str, function: types.FunctionType, names: dict[str, Any]) -> Function:
    code, made = inspect.unwrap(function).__code__, function.__name__
    tree = ast.parse(source_of(function))
    (statement,) = tree.body
    if not isinstance(statement, ast.FunctionDef) or statement.name != made:
        raise ValueError("it is part of another statement")
    ast.increment_lineno(tree, code.co_firstlineno - 1)
    flags = code.co_flags & __future__.annotations.compiler_flag
    return _run(name, tree, code.co_filename, names, True, made, flags)


def _run(
    name: str,
    tree: ast.Module,
    file: str,
    names: dict[str, Any],
    guarded: bool,
    made: str = "",
    flags: int = 0,
) -> Function:
    """Run statements in `names`; return the answer to `name`, which they may call `made`."""
    made = made or name
    within = guarded and _guard(tree.body, made)
    if guarded:
        names[TELL] = functools.partial(tell, name)
    exec(compile(tree, file, "exec", flags, dont_inherit=True), names)
    function: Function = names[made]
    if function is HELPERS.get(made):
        raise NameError(f"name {made!r} is not defined", name=made)
    if guarded and not within:
        function = _telling(name, function)
    names.update(NINE)
    names[name] = function
    return function


def _guard(body: list[ast.stmt], name: str) -> bool:
    """Put the guard around the lines of the last definition of a function, if it can be."""
    for index in reversed(range(len(body))):
        statement = body[index]
        if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Lambda):
            targets = {target.id for target in statement.targets if isinstance(target, ast.Name)}
            if targets == {name}:
                statement = body[index] = _as_function(name, statement.value)
        if isinstance(statement, ast.FunctionDef) and statement.name == name:
            doc = statement.body[: ast.get_docstring(statement) is not None]
            (shell,) = ast.parse(GUARD).body
            for node in ast.walk(shell):
                if hasattr(node, "lineno"):
                    ast.copy_location(node, statement)
            assert isinstance(shell, ast.Try)
            shell.body = statement.body[len(doc) :] or [ast.copy_location(ast.Pass(), statement)]
            statement.body = [*doc, shell]
            return True
    return False


def _as_function(name: str, value: ast.Lambda) -> ast.FunctionDef:
    template = ast.parse(f"def {name}(): return 0").body[0]
    assert isinstance(template, ast.FunctionDef)
    template.args = value.args
    template.body = [ast.copy_location(ast.Return(value.body), value.body)]
    return ast.copy_location(template, value)


def _telling(name: str, function: Function) -> Function:
    """Return a function that calls another one, and tells whose that is if it fails."""

    @functools.wraps(function, updated=())
    def call(*arguments: Any, **named: Any) -> Any:
        try:
            return function(*arguments, **named)
        except Exception:
            tell(name)
            raise

    return call


def tell(name: str) -> None:
    """Add to the exception that is being handled whose function it came from, once."""
    error = sys.exception()
    switch = say(IN_USE["switch"])
    if error is not None and not any(switch in one for one in getattr(error, "__notes__", ())):
        error.add_note(f"{say(IN_USE['whose'], function=name)} {switch}")

"""What the checks know of an exercise: its right answer, its inputs, its known mistakes."""

import functools
import inspect
import re
import textwrap
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

import dnn_utils

START = "### START CODE HERE ###"
END = "### END CODE HERE ###"
STUB = "raise NotImplementedError  # write your lines here"
_DOCSTRING = re.compile(r'^ *""".*?"""\n', re.M | re.S)
_FENCED = re.compile(rf"^([ \t]*){re.escape(START)}\n(.*?)^[ \t]*{re.escape(END)}$", re.M | re.S)

HELPERS = {
    name: getattr(dnn_utils, name)
    for name in dnn_utils.__all__
    if inspect.isfunction(getattr(dnn_utils, name))
}
"""The right functions, which stand in for those that an answer calls."""


@dataclass(frozen=True)
class Mistake:
    """A known mistake: how the right answer has to be edited to get it.

    An edit ``(old, new)`` replaces what stands once in the source; a text alone
    replaces everything between the fences.
    """

    code: str | tuple
    edits: tuple


def mistake(code, *edits):
    """Return the `Mistake` with this code; a tuple of codes cannot be told apart."""
    return Mistake(code, edits)


@dataclass(frozen=True)
class Exercise:
    """One function that the reader writes.

    Attributes
    ----------
    function : callable
        The right answer, of the library.
    returns : tuple of str
        The names of the returned values; or, for a returned dict, ``"W*"`` for all its ``W1 ...``.
    inputs : callable
        From a `RandomState` to the list of argument tuples that an answer is tried on.
    mistakes : tuple of Mistake
        Wrong versions of `function`.
    rules : dict
        The code for a simple relation to the right value: ``{"dW": {"m": code}, "*": {...}}``.
        The relation is the name of a `factor`, or ``transposed``, ``squeezed``, ``summed``.
        Two codes that cannot be told apart stand in a tuple.
    factors : callable
        From the arguments to the named numbers that a result may be multiplied by.
    exchanges : dict
        The code for a result in the place of another: ``{("A", "Z"): code}``.
    pool : callable
        From the arguments to the arrays that may stand in the place of a result.
    difference : callable
        What of a result the factors apply to: ``difference(arguments, name, value)``.
    looks : tuple
        Marks of a wrong result that need no right one: ``("b", code, predicate)``.
    caches : dict
        The code for a wrong cache: ``"A for Z"`` (one array in the place of another),
        ``"flat"``, ``"incomplete"``.
    merged : dict
        Several codes that are better said as one: ``{frozenset(codes): code}``.
    judged : callable
        Whether the values for these arguments are to be compared.
    conventions : tuple of Mistake
        Other conventions that are accepted, with a note.
    proof : callable
        A test of the result for the last input that does not need the right answer.
    """

    function: Callable
    returns: tuple
    inputs: Callable
    mistakes: tuple
    rules: dict = field(default_factory=dict)
    factors: Callable = lambda *arguments: {}
    exchanges: dict = field(default_factory=dict)
    pool: Callable = lambda *arguments: {}
    difference: Callable = lambda arguments, name, value: value
    looks: tuple = ()
    caches: dict = field(default_factory=dict)
    merged: dict = field(default_factory=dict)
    judged: Callable = lambda *arguments: True
    conventions: tuple = ()
    proof: Callable = lambda arguments, parts: True

    @property
    def name(self):
        return self.function.__name__

    @functools.cached_property
    def parameters(self):
        """The names of the arguments."""
        return tuple(inspect.signature(self.function).parameters)

    @property
    def returns_dict(self):
        return self.returns[0].endswith("*")

    def variant(self, mistake):
        """Return the right answer with `mistake` in it and without its asserts."""
        return _variant(self.name, mistake)


def family(part):
    """Return ``"dW"`` for the part ``"dW1"``."""
    return part.rstrip("0123456789")


def starter(name):
    """Return the source of the exercise `name` with nothing between its fences.

    Parameters
    ----------
    name : str
        One of the functions that the reader writes.

    Returns
    -------
    source : str
        The function as in the library; ``raise NotImplementedError`` between the fences.

    Raises
    ------
    ValueError
        If there is no such exercise.
    """
    source = inspect.getsource(HELPERS[name]).rstrip("\n") if name in HELPERS else ""
    if START not in source:
        raise ValueError(f"name must be one of the functions to write, got {name!r}")
    return _FENCED.sub(rf"\1{START}\n\1{STUB}\n\1{END}", source)


def fenced(source):
    """Return what stands between the fences of `source`, or None if it has no fences."""
    found = _FENCED.search(source)
    return None if found is None else found.group(2)


@functools.cache
def _code(name):
    """Return the source of the right answer without its docstring."""
    return _DOCSTRING.sub("", inspect.getsource(HELPERS[name]), count=1)


@functools.cache
def _variant(name, mistake):
    source = _code(name)
    for edit in mistake.edits:
        source = _edited(source, edit)
    names = {"np": np, **HELPERS}
    exec(compile(source, f"<{mistake.code}>", "exec", optimize=1), names)  # without asserts
    return names[name]


def _edited(source, edit):
    if isinstance(edit, str):
        lines = textwrap.dedent(edit).strip("\n") + "\n"
        return _FENCED.sub(lambda found: textwrap.indent(lines, found.group(1)).rstrip(), source)
    old, new = edit
    assert source.count(old) == 1, f"{old!r} does not stand once in\n{source}"
    return source.replace(old, new)

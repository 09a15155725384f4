"""The library's functions as they came: the checks judge by them, whatever is in their place.

`dnn_utils.use` puts a reader's functions in the place of ours, also in the modules in which
ours look up what they call. Those here are copies that look it up among themselves.
"""

import contextlib
import inspect
import sys
import types
from collections.abc import Callable, Iterator
from typing import Any

import dnn_utils
from dnn_utils.activations import ACTIVATIONS

Function = Callable[..., Any]

OURS: dict[str, Any] = {
    name: function
    for name in dnn_utils.__all__
    if inspect.isfunction(function := getattr(dnn_utils, name)) and function is not dnn_utils.use
} | {function.__name__: function for pair in ACTIVATIONS.values() for function in pair}
"""The functions of the library themselves."""


def with_globals(function: types.FunctionType, names: dict[str, Any]) -> types.FunctionType:
    """Return a copy of a function that looks up its names in `names`."""
    copy = types.FunctionType(
        function.__code__, names, function.__name__, function.__defaults__, function.__closure__
    )
    copy.__kwdefaults__ = function.__kwdefaults__
    copy.__doc__, copy.__module__ = function.__doc__, function.__module__
    return copy


def _copies() -> dict[str, Function]:
    names: dict[str, Any] = {}
    for function in OURS.values():
        names |= function.__globals__
    copies: dict[str, Function] = {}
    for name, function in OURS.items():
        copies[name] = with_globals(function, names)
    names |= copies
    return copies


HELPERS = _copies()
"""The right functions, which stand in for those that an answer calls."""
globals().update(HELPERS)  # so that they are imported by their names


def is_ours(value: object) -> bool:
    """Return whether a value is a function of the library, or a copy of one."""
    code = getattr(value, "__code__", None)
    return code is not None and any(code is ours.__code__ for ours in OURS.values())


@contextlib.contextmanager
def withheld(name: str) -> Iterator[None]:
    """Take the book's own answer away, so that no answer can call it."""

    def refuse(*arguments: Any) -> None:
        raise RuntimeError("the book's own answer cannot be called here")

    places = sys.modules[OURS[name].__module__], dnn_utils
    before = [getattr(place, name) for place in places]
    for place in places:
        setattr(place, name, refuse)
    try:
        yield
    finally:
        for place, function in zip(places, before, strict=True):
            setattr(place, name, function)

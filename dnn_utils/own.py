"""Put the reader's own functions in the place of ours, so that all of the book runs on them."""

import os
import sys
from collections.abc import Callable, Mapping
from types import FunctionType, ModuleType
from typing import Any

Function = Callable[..., Any]


def use(source: str | os.PathLike[str] | Mapping[str, Function | str] | None) -> Any:
    """Check your own functions, and let this Python run on those that are right.

    What is right takes the place of ours: ``dnn_utils.linear_forward`` is yours then, so is
    what ``from dnn_utils import linear_forward`` gives, and what the library itself calls:
    the gradient check, the live figures, the predictions of `DeepNeuralNetwork`. (Only its
    `fit` has an arithmetic of its own, and calls none of the nine.) The checks go on judging
    by ours.

    What is not right, or not written yet, is named and changes nothing: if an earlier version
    of yours was right, that one stays, else ours does. A function of yours that fails later
    says that it is yours.

    Parameters
    ----------
    source : str, path, dict or None
        A notebook (``.ipynb``) or a Python file: for each of the nine functions, its last
        definition there, with the imports, constants and helpers that it needs. They are run
        in this Python, so it should be a file that you trust, such as your own; nothing
        else in it is run.
        A dict has functions, or their source texts, by name.
        None puts the functions of the book back.

    Returns
    -------
    report : OwnReport
        For each of the nine functions: right, which mistake, or not attempted.

    Raises
    ------
    ValueError
        If the source cannot be read, or holds none of the nine functions.
    """
    # The one import that rises: this is where readers look for it, and only the checks can
    # tell what is right. A registration would need the same import to be made somewhere.
    from testCases.own import use as checked

    return checked(source)


def in_use() -> Any:
    """Say whose functions this Python runs on: for each of the nine, yours or the book's.

    Returns
    -------
    report : OwnReport
        A table to look at; ``report.in_use`` has the names of those that are yours.
    """
    from testCases.own import whose

    return whose()


def put_in_place(functions: Mapping[str, Function], also: list[dict[str, Any]]) -> None:
    """Put functions wherever the library looks them up: for those that import and call them.

    A function finds what it calls in the names of its module, so these are set, in all
    modules of the library that are loaded; those that are loaded later import what is in
    place by then. Where a function is a default argument, that is replaced, too.

    Parameters
    ----------
    functions : dict
        By name, all that are to be in place.
    also : list of dict
        Further names to set: those of the reader's functions.
    """
    modules = [
        module
        for name, module in list(sys.modules.items())
        if name.partition(".")[0] == __package__ and isinstance(module, ModuleType)
    ]
    replaced = {
        id(value): functions[name]
        for module in modules
        for name, value in vars(module).items()
        if name in functions
    }
    for names in [*map(vars, modules), *also]:
        names.update({name: functions[name] for name in functions.keys() & names.keys()})
    for value in [value for module in modules for value in vars(module).values()]:
        if isinstance(value, FunctionType) and value.__defaults__:
            value.__defaults__ = tuple(replaced.get(id(one), one) for one in value.__defaults__)

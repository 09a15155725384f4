"""The network as one file: the nine functions, the training, and a test of itself.

``python -m testCases.network_file FILE [FOLDER]`` takes the functions that are right in a notebook
or a Python file, and the book's for the rest, and writes ``my_network.py``, and the same as a
notebook, into the folder. They need NumPy alone.

The functions were written in several cells, and each may have helpers of its own: where two of
these have one name and are not the same, they stay inside the function that needs them.
"""

import argparse
import inspect
import json
import re
import sys
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dnn_utils.language import N_, say

from .exercises import FUNCTIONS
from .originals import HELPERS
from .own import look_at
from .written import OF_A_COURSE, Cell, Statement, Written, read

OF_THE_BOOK = re.compile(rf"(from|import)\s+(\.|{OF_A_COURSE.pattern})", re.IGNORECASE)
SAID: dict[str, str] = N_(
    {
        "title": "My network: a deep neural network in NumPy.",
        "own": "I wrote: {names}.",
        "book": "From the book: {names}.",
        "run": "Run this file, and it tests itself.",
        "run all": "Run all cells, and the network tests itself.",
        "there": "{path} is there already, and is another file: move it away first.",
        "none": "none",
    }
)
TRAINING = '''\
def train(X, Y, layer_dims, learning_rate=0.5, iterations=3000):
    """Return the parameters of a trained network, and the cost of each step."""
    parameters, costs = initialize_parameters_deep(layer_dims), []
    for _ in range(iterations):
        AL, caches = L_model_forward(X, parameters)
        costs.append(compute_cost(AL, Y))
        grads = L_model_backward(AL, Y, caches)
        parameters = update_parameters(parameters, grads, learning_rate)
    return parameters, costs


def predict(X, parameters):
    """Return 1 for each column of X that the network takes for one of the class, else 0."""
    AL, _ = L_model_forward(X, parameters)
    return (AL > 0.5).astype(int)'''
SELF_TEST = '''\
def self_test():
    """Compare the gradients with measured slopes, then train on points in a ring."""
    random = np.random.RandomState(0)
    X, Y = random.randn(3, 5), np.array([[0, 1, 1, 0, 1]])
    sizes = {"W1": (4, 3), "b1": (4, 1), "W2": (1, 4), "b2": (1, 1)}
    parameters = {name: random.randn(*size) for name, size in sizes.items()}
    AL, caches = L_model_forward(X, parameters)
    grads = L_model_backward(AL, Y, caches)
    for name, values in parameters.items():
        for place in np.ndindex(values.shape):
            costs = []
            for shift in (1e-6, -1e-6):
                moved = values.copy()
                moved[place] += shift
                AL, _ = L_model_forward(X, {**parameters, name: moved})
                costs.append(compute_cost(AL, Y))
            slope = (costs[0] - costs[1]) / 2e-6
            found = grads["d" + name][place]
            assert abs(slope - found) < 1e-6, f"d{name}{place} is {found}, the slope is {slope}"
    print("The gradients agree with measured slopes.")

    X = random.uniform(-1, 1, (2, 200))
    Y = (np.sum(X**2, axis=0, keepdims=True) < 0.5).astype(int)
    parameters, costs = train(X, Y, [2, 8, 1])
    right = np.mean(predict(X, parameters) == Y)
    print(f"The cost fell from {costs[0]:.3f} to {costs[-1]:.3f}; {right:.0%} are right.")
    assert right > 0.9


if __name__ == "__main__":
    self_test()'''


@dataclass
class Part:
    """What one function brings along: its imports, and its definitions with their helpers."""

    name: str
    imports: list[Statement]
    definitions: list[Statement]
    future: list[str]

    def helpers(self) -> dict[str, str]:
        """Return the text behind each name that it defines beside the function."""
        texts: dict[str, str] = {}
        for one in self.definitions:
            for name in one.names:
                if name != self.name:
                    texts[name] = f"{texts.get(name, '')}\n{one.text}"
        return texts | {name: one.text for one in self.imports for name in one.names}

    def needs(self) -> set[str]:
        """Return what it looks up outside of itself."""
        defined = {self.name, *self.helpers()}
        return {need for one in self.definitions for need in one.needs} - defined


def network_file(own: Mapping[str, str]) -> str:
    """Return the text of the file.

    Parameters
    ----------
    own : dict
        The texts of the reader's functions by name, as `own_source` gives them.

    Raises
    ------
    ValueError
        If a name is none of the functions of the book.
    """
    top, *blocks = _blocks(own)
    return "\n\n\n".join([f"{_header(own)}\n\n{top}", *blocks]) + "\n"


def network_notebook(own: Mapping[str, str]) -> str:
    """Return the same as the text of a notebook, with a cell for each function.

    Parameters
    ----------
    own : dict
        As for `network_file`.

    Raises
    ------
    ValueError
        If a name is none of the functions of the book.
    """
    top, *blocks = _blocks(own)
    title, *lines = _said(own, "run all")
    told: dict[str, object] = {
        "cell_type": "markdown",
        "source": "\n\n".join([f"# {title}", *lines]),
    }
    code: dict[str, object] = {"cell_type": "code", "execution_count": None, "outputs": []}
    cells = [told, *({**code, "source": one} for one in (top, *blocks))]
    for number, cell in enumerate(cells):
        cell |= {"id": f"cell-{number}", "metadata": {}}
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    notebook = {
        "cells": cells,
        "metadata": {"kernelspec": kernel, "language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"


def _blocks(own: Mapping[str, str]) -> list[str]:
    """Return the parts of the file, from the imports to the test of itself."""
    if unknown := own.keys() - {*FUNCTIONS}:
        raise ValueError(f"own must have functions of the book, got {sorted(unknown)}")
    parts = [_part(name, own.get(name) or _ours(name)) for name in FUNCTIONS]
    apart = _apart(parts)
    shared = [part for part in parts if part.name not in apart]
    given = sorted(
        {need for part in parts for need in part.needs()} & HELPERS.keys() - {*FUNCTIONS}
    )
    future = [f"from __future__ import {name}" for part in parts for name in part.future]
    imports = [one.text for part in shared for one in part.imports]
    top = "\n".join(dict.fromkeys([*future, "import numpy as np", *imports]))
    blocks = [top, *_given(given)]
    for part in parts:
        if part.name in apart:
            blocks.append(_inside(part))
        else:
            blocks += [one.text for one in part.definitions if one.text not in blocks]
    return [*blocks, TRAINING, SELF_TEST]


def _ours(name: str) -> str:
    return Written([Cell(_module(name))]).source(name)


def _given(names: list[str]) -> list[str]:
    """Return what the book gives: activation functions, with what they need themselves."""
    if not names:
        return []
    text = Written([Cell(_module(names[0]))]).source(*names)
    return [one.text for one in Written([Cell(text)]).statements if not one.is_import]


def _module(name: str) -> str:
    return inspect.getsource(sys.modules[HELPERS[name].__module__])


def _part(name: str, text: str) -> Part:
    written = Written([Cell(text)])
    imports, definitions = [], []
    for one in written.statements:
        if not one.is_import:
            definitions.append(one)
        elif not OF_THE_BOOK.match(one.text):
            imports.append(one)
    return Part(name, imports, definitions, written.future)


def _apart(parts: list[Part]) -> set[str]:
    """Return the functions whose helpers are others than those of the same name elsewhere."""
    versions: dict[str, set[str]] = {}
    for name, text in _versions(parts):
        versions.setdefault(name, set()).add(text)
    mixed = {name for name, texts in versions.items() if len(texts) > 1}
    return {part.name for part in parts if mixed & part.helpers().keys()}


def _versions(parts: list[Part]) -> Iterator[tuple[str, str]]:
    for part in parts:
        yield from part.helpers().items()
        # without one of its own, it means what all others see
        yield from ((name, "") for name in part.needs())
    yield "np", "import numpy as np"
    # what the rest of the file defines, or the book gives
    yield from ((name, "") for name in ("predict", "self_test", "train", *HELPERS))


def _inside(part: Part) -> str:
    lines = [one.text for one in (*part.imports, *part.definitions)]
    text = textwrap.indent("\n\n".join([*lines, f"return {part.name}"]), "    ")
    return f"def _{part.name}():\n{text}\n\n\n{part.name} = _{part.name}()"


def _header(own: Mapping[str, str]) -> str:
    title, *lines = _said(own, "run")
    wrapped = "\n\n".join(textwrap.fill(line, 96) for line in lines)
    return f'"""{title}\n\n{wrapped}\n"""'


def _said(own: Mapping[str, str], run: str) -> list[str]:
    """Return what stands at the top: the title, and what is whose."""

    def listed(key: str, names: list[str]) -> str:
        return say(SAID[key], names=", ".join(names) or say(SAID["none"]))

    return [
        say(SAID["title"]),
        listed("own", [name for name in FUNCTIONS if name in own]),
        listed("book", [name for name in FUNCTIONS if name not in own]),
        say(SAID[run]),
    ]


def write(file: Path, folder: Path) -> list[Path]:
    """Write both files; return their paths.

    Parameters
    ----------
    file : Path
        A notebook or a Python file.
    folder : Path
        It is made if it is not there.

    Raises
    ------
    ValueError
        If `file` cannot be read or has none of the functions, or something else is in the way.
    """
    report, written = look_at(file), Written(read(file))
    own = {one.function: written.source(one.function) for one in report.results if one.ok}
    texts = {"my_network.py": network_file(own), "my_network.ipynb": network_notebook(own)}
    paths = {folder / name: text for name, text in texts.items()}
    for path, text in paths.items():
        if path.exists() and path.read_bytes() != text.encode():
            raise ValueError(say(SAID["there"], path=path))
    folder.mkdir(parents=True, exist_ok=True)
    for path, text in paths.items():
        path.write_bytes(text.encode())
    return list(paths)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit code: 0, or 2 if nothing was written."""
    about = __doc__.split("\n\n")[1]
    parser = argparse.ArgumentParser(prog="python -m testCases.network_file", description=about)
    parser.add_argument("file", type=Path, metavar="FILE", help="an .ipynb or a .py")
    parser.add_argument("folder", type=Path, nargs="?", default=Path(), metavar="FOLDER")
    options = parser.parse_args(arguments)
    try:
        print(*write(options.file, options.folder), sep="\n")
    except (ValueError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""The network as one Python file: the nine functions, the training, and a test of itself.

It needs NumPy alone. The functions are the reader's where there is one that is right, else the
book's. They were written in several cells, and each may have helpers of its own: where two of
these have one name and are not the same, they stay inside the function that needs them.
"""

import inspect
import re
import sys
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dnn_utils.language import N_, say

from .exercises import FUNCTIONS
from .originals import HELPERS
from .written import OF_A_COURSE, Cell, Statement, Written

OF_THE_BOOK = re.compile(rf"(from|import)\s+(\.|{OF_A_COURSE.pattern})", re.IGNORECASE)
SAID: dict[str, str] = N_(
    {
        "title": "My network: a deep neural network in NumPy.",
        "own": "I wrote: {names}.",
        "book": "From the book: {names}.",
        "run": "Run this file, and it tests itself.",
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
    blocks = [f"{_header(own)}\n\n{top}", *_given(given)]
    for part in parts:
        if part.name in apart:
            blocks.append(_inside(part))
        else:
            blocks += [one.text for one in part.definitions if one.text not in blocks]
    return "\n\n\n".join([*blocks, TRAINING, SELF_TEST]) + "\n"


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
    def listed(key: str, names: list[str]) -> str:
        return say(SAID[key], names=", ".join(names) or say(SAID["none"]))

    lines = [
        listed("own", [name for name in FUNCTIONS if name in own]),
        listed("book", [name for name in FUNCTIONS if name not in own]),
        say(SAID["run"]),
    ]
    wrapped = "\n\n".join(textwrap.fill(line, 96) for line in lines)
    return f'"""{say(SAID["title"])}\n\n{wrapped}\n"""'

"""Keep the chapters in order: write what comes from elsewhere, run them, normalise them.

A solution cell holds the source of a function of the library. Where ``_config.yml`` has
the address of a repository, each chapter also gets a cell that installs the library on
machines that do not have it.

``python -m upkeep.notebooks [PATH ...]`` does all three, by default for every
chapter; ``python -m upkeep.notebooks --normalise PATH ...`` only normalises, and
its exit code is 1 if a file changed.

A normalised notebook holds no noise: only text outputs, execution counts from 1,
fixed metadata, short cell ids. Two runs give the same bytes.
"""

import argparse
import inspect
import itertools
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import nbformat
import yaml
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

import dnn_utils

BOOK = Path(__file__).parents[1] / "book"
CONFIG = BOOK.parent / "_config.yml"
SOLUTION_TAG = "solution-"
BOOTSTRAP_TAG = "bootstrap"
SECONDS_PER_CELL = 180
LEFT = " is not the new one: it holds work, or is older. It was left as it is."

NOTEBOOK_METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
CELL_METADATA = ("mystnb", "tags")
VALID_ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")
ADDRESS = re.compile(r"(https|file)://[^\s\"']+")

BOOTSTRAP = """\
# Where the library of the book is missing, on Colab for example, it is installed once.
import importlib.util
import subprocess
import sys

if importlib.util.find_spec("dnn_utils") is None:
    needed = ["git+{address}", "anywidget", "matplotlib"]
    subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", *needed], check=True)
    importlib.invalidate_caches()"""


class ChapterError(Exception):
    """A chapter cannot be filled, run or read; the message names file and cell."""


def chapters() -> list[Path]:
    """Return the paths of all chapters, in reading order."""
    contents = (BOOK.parent / "_toc.yml").read_text(encoding="utf-8")
    order = [f"{name}.ipynb" for name in re.findall(rf"file: {BOOK.name}/(\S+)", contents)]
    listed = {name: place for place, name in enumerate(order)}
    paths = BOOK.glob("*.ipynb")
    return sorted(paths, key=lambda path: (listed.get(path.name, len(order)), path.name))


def code_cells(notebook: NotebookNode) -> list[NotebookNode]:
    """Return the code cells of a notebook, in order, without the one that `bootstrap` makes."""
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    return [cell for cell in cells if not is_bootstrap(cell)]


def is_bootstrap(cell: NotebookNode) -> bool:
    """Return whether `cell` is one that `bootstrap` makes."""
    return BOOTSTRAP_TAG in cell.metadata.get("tags", [])


def bootstrap() -> list[NotebookNode]:
    """Return the cell that installs the library where it is missing, in a list.

    Returns
    -------
    cells : list of NotebookNode
        Empty if ``_config.yml`` has no address of a repository to install it from.

    Raises
    ------
    ChapterError
        If the address is none.
    """
    settings = yaml.safe_load(CONFIG.read_text(encoding="utf-8"))
    options = settings["sphinx"]["config"]["html_theme_options"]
    if "repository_url" not in options:
        return []
    address = f"{options['repository_url']}@{options.get('repository_branch', 'main')}"
    if not ADDRESS.fullmatch(address):
        example = "https://github.com/you/your-copy@main"
        raise ChapterError(f"{CONFIG}: repository_url: got {address!r}, expected such as {example}")
    source = BOOTSTRAP.format(address=address)
    metadata = {"tags": [BOOTSTRAP_TAG, "remove-cell"]}
    return [nbformat.v4.new_code_cell(source, id=BOOTSTRAP_TAG, metadata=metadata)]


def read_notebook(path: Path) -> NotebookNode:
    """Return the notebook at `path`, unchanged.

    `nbformat.read` would give random ids to cells that have none.
    """
    try:
        notebook: NotebookNode = nbformat.v4.reads(path.read_text(encoding="utf-8"))
    except (ValueError, AttributeError) as error:
        raise ChapterError(f"{path}: not a notebook: {error}") from error
    return notebook


def solution_name(cell: NotebookNode) -> str | None:
    """Return the function whose source `cell` has to hold, or None."""
    tags = cell.metadata.get("tags", [])
    names = [tag.removeprefix(SOLUTION_TAG) for tag in tags if tag.startswith(SOLUTION_TAG)]
    return names[0] if names else None


def solution(name: str) -> str:
    """Return the source of the function `name` of the library.

    Raises
    ------
    ValueError
        If the library has no such function.
    """
    if name not in dnn_utils.__all__:
        raise ValueError(f"{SOLUTION_TAG}{name}: dnn_utils has no function {name!r}")
    return inspect.getsource(getattr(dnn_utils, name)).rstrip("\n")


def fill(notebook: NotebookNode, path: Path) -> None:
    """Write the library's source into the solution cells of `notebook`."""
    for position, cell in enumerate(notebook.cells, start=1):
        name = solution_name(cell)
        if name is None:
            continue
        try:
            cell.source = solution(name)
        except ValueError as error:
            raise ChapterError(f"{path}, cell {position}: {error}") from error


def execute(notebook: NotebookNode, path: Path) -> None:
    """Run `notebook` in a fresh kernel, in the folder of `path`.

    A cell with the tag ``raises-exception`` may raise; any other exception, a
    cell that takes too long, and a kernel that dies are a `ChapterError`.
    """
    running: dict[str, Any] = {}
    client = NotebookClient(
        notebook,
        timeout=SECONDS_PER_CELL,
        store_widget_state=False,
        record_timing=False,
        resources={"metadata": {"path": str(path.resolve().parent)}},
        on_cell_start=lambda cell, cell_index: running.update(cell=cell, position=cell_index + 1),
    )
    try:
        client.execute()
    except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
        where = f"{path}, cell {running['position']}"
        source = running["cell"].source
        raise ChapterError(f"{where}:\n\n{source}\n\n{_reason(error)}") from error


def _reason(error: Exception) -> str:
    if isinstance(error, CellExecutionError):  # an exception in the cell: one line says enough
        return f"{error.ename}: {error.evalue}"
    return str(error)


def normalise(notebook: NotebookNode, path: Path) -> str:
    """Drop from `notebook` all that may differ from run to run, and return its text."""
    notebook.metadata = nbformat.from_dict(NOTEBOOK_METADATA)
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    for cell in notebook.cells:
        cell.metadata = nbformat.from_dict(
            {key: cell.metadata[key] for key in CELL_METADATA if cell.metadata.get(key)}
        )
    _set_ids(notebook.cells, path.stem)
    for count, cell in enumerate(code_cells(notebook), start=1):
        cell.execution_count = count
        cell.outputs = _text_outputs(cell.outputs, count)
    try:
        nbformat.validate(notebook)
    except nbformat.ValidationError as error:
        raise ChapterError(f"{path}: {error}") from error
    return str(nbformat.v4.writes(notebook)) + "\n"


def _set_ids(cells: list[NotebookNode], name: str) -> None:
    """Keep the ids that are valid and unique; make the others from name and position."""
    taken = set()
    without = []
    for position, cell in enumerate(cells, start=1):
        cell_id = cell.get("id", "")
        if VALID_ID.fullmatch(cell_id) and cell_id not in taken:
            taken.add(cell_id)
        else:
            without.append((position, cell))
    prefix = re.sub(r"[^a-zA-Z0-9_-]", "-", name)[:40]
    for position, cell in without:
        numbers = itertools.chain([position], itertools.count(len(cells) + 1))
        cell.id = next(i for n in numbers if (i := f"{prefix}-{n}") not in taken)
        taken.add(cell.id)


def _text_outputs(outputs: list[NotebookNode], count: int) -> list[NotebookNode]:
    """Return what is text among `outputs`, all text of one stream in one piece."""
    kept: list[NotebookNode] = []
    streams: dict[str, NotebookNode] = {}
    for output in outputs:
        kind = output.output_type
        if kind == "stream":
            if output.name in streams:
                streams[output.name].text += output.text
                continue
            streams[output.name] = output
        elif kind == "error":
            output.traceback = []  # it names files of this machine
        else:
            output.data = {k: v for k, v in output.data.items() if k == "text/plain"}
            output.metadata = {}
            if not output.data:
                continue
            if kind == "execute_result":
                output.execution_count = count
        kept.append(output)
    return kept


def update(path: Path, run: bool = True) -> bool:
    """Bring the notebook at `path` up to date; return whether the file changed."""
    notebook = read_notebook(path)
    if run:
        notebook.cells = [cell for cell in notebook.cells if not is_bootstrap(cell)]
        fill(notebook, path)
        execute(notebook, path)
        notebook.cells[1:1] = bootstrap()  # below the title
    return save(notebook, path)


def save(notebook: NotebookNode, path: Path) -> bool:
    """Write `notebook` to `path`, normalised; return whether the file changed."""
    before, after = path.read_bytes(), normalise(notebook, path).encode()
    if after != before:
        path.write_bytes(after)
    return after != before


def write_new(path: Path, notebook: NotebookNode) -> str:
    """Write a notebook to `path`, or beside it if another one is there.

    One that is there and differs holds a reader's work or is older; it is never overwritten.

    Parameters
    ----------
    path : Path
        Where the notebook belongs.
    notebook : NotebookNode

    Returns
    -------
    message : str
        What was done, for the reader.
    """
    text = nbformat.v4.writes(notebook) + "\n"
    path.parent.mkdir(parents=True, exist_ok=True)
    numbered = (path.with_stem(f"{path.stem}-{number}") for number in itertools.count(2))
    lines = []
    for candidate in itertools.chain([path], numbered):
        try:
            with candidate.open("x", encoding="utf-8", newline="\n") as file:
                file.write(text)
        except FileExistsError:
            if candidate.is_file() and candidate.read_bytes() == text.encode():
                lines.append(f"{candidate} is up to date.")
                break
            lines.append(f"{candidate}{LEFT}")
        else:
            lines.append(f"{candidate} is written: open it in JupyterLab.")
            break
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m upkeep.notebooks", description=__doc__)
    parser.add_argument(
        "paths", nargs="*", type=Path, metavar="PATH", help="notebooks (default: all)"
    )
    parser.add_argument("--normalise", action="store_true", help="neither write nor run cells")
    options = parser.parse_args(arguments)
    changed = False
    try:
        for path in options.paths or chapters():
            if update(path, run=not options.normalise):
                changed = True
                print(f"{path}: changed")
    except (ChapterError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return int(options.normalise and changed)


if __name__ == "__main__":
    sys.exit(main())

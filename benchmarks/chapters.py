"""Write the stored measurements into the chapters, as tables: ``python -m benchmarks.chapters``."""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from nbformat import NotebookNode

from benchmarks import scaling, table
from upkeep.notebooks import ChapterError, chapters, read_notebook, save

# By the tag of the cell that holds it.
TABLES: dict[str, Callable[[], str]] = {
    "benchmark-cases": lambda: table.render(table.load()),
    "benchmark-ideas": lambda: table.render_ideas(table.load()),
    "benchmark-further": lambda: scaling.render(scaling.load()),
}


def write_tables(notebook: NotebookNode) -> None:
    """Write the tables into the cells of `notebook` that are tagged for them."""
    for cell in notebook.cells:
        for tag in TABLES.keys() & set(cell.metadata.get("tags", [])):
            cell.source = TABLES[tag]()


def update(path: Path) -> bool:
    """Bring the tables of a chapter up to date; return whether the file changed."""
    notebook = read_notebook(path)
    write_tables(notebook)
    return save(notebook, path)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.chapters", description=__doc__)
    parser.add_argument(
        "paths", nargs="*", type=Path, metavar="PATH", help="notebooks (default: all chapters)"
    )
    options = parser.parse_args(arguments)
    try:
        for path in options.paths or chapters():
            if update(path):
                print(f"{path}: changed")
    except (ChapterError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

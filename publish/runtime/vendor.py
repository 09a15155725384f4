"""Bring what the Python in the page needs to a folder: ``python -m publish.runtime.vendor FOLDER``.

The folder gets ``pyodide/`` (Python for browsers and the packages of the chapters),
``editor.js`` (CodeMirror in one file) and ``licences/``. What the first is made of must have the
SHA-256 in ``pyodide.json``; npm compares what the second is made of with ``package-lock.json``.
What was fetched once stays in a cache of the user, so that later builds need no network.
"""

import argparse
import sys
from pathlib import Path

from publish.runtime.compiler import compile_runtime
from publish.runtime.editor import collect_editor, editor_packages
from publish.runtime.licences import describe, runtime_licences
from publish.runtime.pins import PinError, read_pins
from publish.runtime.programs import Unavailable
from publish.runtime.sources import collect_runtime
from publish.runtime.store import user_cache, write


def provide(folder: Path, cache: Path | None = None) -> list[str]:
    """Bring all files to a folder, and leave alone those that are there and right.

    Parameters
    ----------
    folder : path
        Made if need be.
    cache : path, optional
        Where fetched files stay. By default the usual place for caches of the user.

    Returns
    -------
    list of str
        The files that were written, relative to the folder.

    Raises
    ------
    Unavailable
        If a file cannot be had. Nothing was written to the folder then.
    PinError
        If the pins lack a field, or do not agree with each other.
    """
    cache = cache or user_cache()
    pinned = read_pins()
    runtime = collect_runtime(pinned, cache)
    licences = runtime_licences(pinned, runtime)
    runtime = compile_runtime(runtime, pinned["lock"], cache)
    bundle, editor_licences = collect_editor(cache)
    licences |= editor_licences
    contents = {
        **{f"pyodide/{name}": data for name, data in runtime.items()},
        "editor.js": bundle,
        **{f"licences/{name}": data for name, data in licences.items()},
        "licences/README.txt": describe(pinned, editor_packages()).encode(),
    }
    return [name for name, data in contents.items() if write(folder / name, data)]


def main() -> None:
    """Fill the folder that the command line names."""
    parser = argparse.ArgumentParser(description="Bring what the Python in the page needs.")
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    try:
        written = provide(folder)
    except (Unavailable, PinError, OSError) as error:
        sys.exit(f"{folder} is not complete: {error}")
    print(f"{folder} is complete. Files written: {len(written)}")


if __name__ == "__main__":
    main()

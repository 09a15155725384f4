"""Pin a version of Pyodide: ``python -m publish.runtime.pin 314.0.3`` writes ``pyodide.json``.

The lock of that version says which packages the chapters need, and which bytes they have. All
files are fetched into the cache of the user before anything is written.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from publish.runtime.pins import PINS, Pins, check, write_pins
from publish.runtime.programs import Unavailable
from publish.runtime.sources import OFFICIAL, Files, collect_runtime
from publish.runtime.store import sha256, user_cache

PYTHON = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")
LOCK = "pyodide-lock.json"
PACKAGES = ("numpy", "matplotlib")  # what the chapters import


def pin(version: str, path: Path = PINS, cache: Path | None = None) -> Pins:
    """Pin a version of Pyodide, once all of its files that the chapters need are there.

    Parameters
    ----------
    version : str
    path : path
        The file to write.
    cache : path, optional
        Where the fetched files stay.

    Returns
    -------
    dict
        What was written.

    Raises
    ------
    Unavailable
        If nobody has this version, or not all of the files.
    """
    release = fetch_release(version)
    lock = json.loads(release[LOCK])
    packages = needed(lock["packages"])
    pinned: Pins = {
        "pyodide": version,
        "files": {name: sha256(release[name]) for name in PYTHON}
        | {package["file_name"]: package["sha256"] for package in packages.values()},
        "lock": {"info": lock["info"], "packages": dict(sorted(packages.items()))},
    }
    check(pinned)
    collect_runtime(pinned, cache or user_cache())
    write_pins(pinned, path)
    return pinned


def fetch_release(version: str) -> Files:
    """Return Python and the lock of a version: of all this, the official sources say what is right.

    Raises
    ------
    Unavailable
        If none of them has all of it.
    """
    names = (*PYTHON, LOCK)
    faults = []
    for label, source in OFFICIAL.items():
        try:
            files = dict(source(names, version))
        except Exception as error:  # whatever it is, the next source may do better
            faults.append(f"{label}: {type(error).__name__}: {error}")
            continue
        if missing := [name for name in names if name not in files]:
            faults.append(f"{label}: has no {', '.join(missing)}")
            continue
        return files
    raise Unavailable("\n".join([f"no source has Pyodide {version}", *faults]))


def needed(packages: dict[str, Any]) -> dict[str, Any]:
    """Return the entries of the lock that the chapters need, each before what it depends on."""
    found: dict[str, Any] = {}

    def add(name: str) -> None:
        if name not in found:
            found[name] = packages[name]
            for other in packages[name]["depends"]:
                add(other)

    for name in PACKAGES:
        add(name)
    return found


def main() -> None:
    """Pin the version that the command line names."""
    parser = argparse.ArgumentParser(description="Pin a version of Pyodide.")
    parser.add_argument("version")
    version = parser.parse_args().version
    try:
        pinned = pin(version)
    except (Unavailable, OSError) as error:
        sys.exit(f"{PINS.name} stays as it is: {error}")
    print(f"{PINS.name}: Pyodide {version}, {len(pinned['files'])} files")


if __name__ == "__main__":
    main()

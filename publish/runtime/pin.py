"""Pin a version of Pyodide: ``python -m publish.runtime.pin 314.0.3``.

The lock of the official release says which packages the chapters need, and which bytes they have.
Everything is fetched and compared before anything is written: ``pyodide.json``, and the wheels of
the packages beside it.
"""

import argparse
import json
import sys
from collections.abc import Collection
from http.client import HTTPException
from pathlib import Path
from typing import Any

from publish.runtime import sources
from publish.runtime.pins import PINS, WHEELS, Pins, check, write_pins
from publish.runtime.programs import Unavailable
from publish.runtime.store import sha256, write

PYTHON = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")
LOCK = "pyodide-lock.json"
PACKAGES = ("numpy", "matplotlib")  # what the chapters import


def pin(version: str, path: Path = PINS, folder: Path = WHEELS) -> Pins:
    """Pin a version of Pyodide, once all of its files that the chapters need are there.

    Parameters
    ----------
    version : str
    path : path
        The file to write.
    folder : path
        Where the wheels go; those of another version are removed.

    Returns
    -------
    dict
        What was written.

    Raises
    ------
    Unavailable
        If the release does not have this version, or not the files that its lock names.
    """
    try:
        lock = json.loads(fetch_release([LOCK], version)[LOCK])
        packages = needed(lock["packages"])
    except (ValueError, KeyError) as error:
        raise Unavailable(f"{LOCK} of Pyodide {version} cannot be read: {error!r}") from None
    digests = {package["file_name"]: package["sha256"] for package in packages.values()}
    release = fetch_release([*PYTHON, *digests], version)
    pinned: Pins = {
        "pyodide": version,
        "files": {name: sha256(release[name]) for name in PYTHON} | digests,
        "lock": {"info": lock["info"], "packages": dict(sorted(packages.items()))},
    }
    check(pinned)
    for name, digest in digests.items():
        if (came := sha256(release[name])) != digest:
            raise Unavailable(f"{name} of the release has the SHA-256 {came}, expected {digest}")
    for name in digests:
        write(folder / name, release[name])
    write_pins(pinned, path)
    for old in set(folder.glob("*.whl")) - {folder / name for name in digests}:
        old.unlink()
    return pinned


def fetch_release(names: Collection[str], version: str) -> sources.Files:
    """Return files of the official release, which alone says what is right.

    Raises
    ------
    Unavailable
        If it does not have all of them, or cannot be reached.
    """
    try:
        return dict(sources.from_release(names, version))
    except (OSError, HTTPException) as error:
        message = f"the release of Pyodide {version} cannot be fetched: {error}"
        raise Unavailable(message) from None


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

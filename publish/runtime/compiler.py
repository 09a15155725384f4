"""The modules that a first run imports, as byte code: ``bytecode.py`` makes it, in Pyodide."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from publish.runtime.pins import Lock
from publish.runtime.programs import node, run
from publish.runtime.sources import Files
from publish.runtime.store import read, seal, sha256, unseal, write

COMPILER = (Path(__file__).with_name("bytecode.mjs"), Path(__file__).with_name("bytecode.py"))


def compile_runtime(runtime: Files, lock: Lock, cache: Path) -> Files:
    """Return the files with the modules that a first run imports as byte code, and their lock."""
    names = [name for name in runtime if name.endswith((".zip", ".whl"))]
    parts = [*runtime.values(), *(path.read_bytes() for path in COMPILER)]
    store = cache / f"compiled-{sha256(''.join(map(sha256, parts)).encode())[:12]}"
    stored = {name: unseal(read(store / name)) for name in names}
    compiled = {name: data for name, data in stored.items() if data is not None}
    if len(compiled) < len(names):
        compiled = build_compiled(runtime | {"pyodide-lock.json": as_json(lock)}, names)
        for name, data in compiled.items():
            write(store / name, seal(data))
    packages = {
        name: package | {"sha256": sha256(compiled[package["file_name"]])}
        for name, package in lock["packages"].items()
    }
    return runtime | compiled | {"pyodide-lock.json": as_json({**lock, "packages": packages})}


def as_json(lock: Mapping[str, Any]) -> bytes:
    return json.dumps(lock).encode()


def build_compiled(files: Files, names: Sequence[str]) -> Files:
    """Run Pyodide once, to compile with the very Python that will run; return the new archives."""
    with TemporaryDirectory() as folder, TemporaryDirectory() as out:
        for name, data in files.items():
            Path(folder, name).write_bytes(data)
        run(node, (str(COMPILER[0]), folder, out), folder)
        return {name: Path(out, name).read_bytes() for name in names}

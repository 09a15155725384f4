"""Runs in Pyodide: put compiled modules in place of the modules that a first run imports.

Python for browsers comes as source, and compiles anew in every visit what it imports.
That takes longer than all the rest of its start.
"""

import importlib
import importlib.util
import io
import sys
import zipfile
from collections.abc import Collection, Iterable
from importlib._bootstrap_external import (  # type: ignore[attr-defined]
    _code_to_hash_pyc,
)


def import_all(names: Iterable[str]) -> set[str]:
    """Import modules, and with them what they need; return the files of all that is loaded."""
    for name in names:
        importlib.import_module(name)
    files = (getattr(module, "__file__", None) for module in list(sys.modules.values()))
    return {file for file in files if file}


def compile_archive(data: bytes, place: str, loaded: Collection[str]) -> bytes:
    """Return an archive anew, with byte code in place of the source of the loaded modules.

    Parameters
    ----------
    data : bytes
        A zip file of modules.
    place : str
        The folder that it becomes part of, or the archive itself, with a ``/`` at the end.
    loaded : set of str
        The files of the loaded modules.

    Returns
    -------
    bytes
        The same input always gives the same output.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for entry in old.infolist():
            name, content = entry.filename, old.read(entry)
            if place + name in loaded and name.endswith(".py"):
                name, content = name + "c", byte_code(content, place + name)
            kind = zipfile.ZIP_STORED if entry.is_dir() else zipfile.ZIP_DEFLATED
            new.writestr(zipfile.ZipInfo(name), content, kind, 9)
    return buffer.getvalue()


def byte_code(source: bytes, path: str) -> bytes:
    """Return what a ``.pyc`` file holds; Python never looks for newer source."""
    code = compile(source, path, "exec", dont_inherit=True, optimize=0)
    return bytes(_code_to_hash_pyc(code, importlib.util.source_hash(source), False))

"""The licences of all that the pages load, and a text that says which file comes from where."""

import io
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath

from publish.runtime.pins import Pins
from publish.runtime.sources import Files

TEXTS = Path(__file__).with_name("licences")
LICENCE_NAMES = ("LICENSE", "LICENCE", "COPYING", "NOTICE")
README = """\
The files in pyodide and what editor.js is made of are the work of others. For this book, many of
the Python modules were compiled (a .pyc in place of a .py); editor.js is a short form of many
files. Nothing else was changed.

pyodide.mjs, pyodide.asm.mjs, pyodide.asm.wasm: Pyodide {pyodide}
    licence: MPL-2.0.txt
    source:  https://github.com/pyodide/pyodide/tree/{pyodide}

python_stdlib.zip, and Python itself in pyodide.asm.wasm: CPython {python}
    licence: PSF-2.0.txt, and for what it contains https://docs.python.org/{python}/license.html
    source:  https://github.com/python/cpython/tree/{python}
    changes: https://github.com/pyodide/pyodide/tree/{pyodide}/cpython

Also in pyodide.asm.wasm: bzip2, liblzma, SQLite, Zstandard, zlib and the libraries of Emscripten,
https://github.com/emscripten-core/emscripten. Also in the wheels of Matplotlib and Pillow:
FreeType, libjpeg, libtiff, libwebp, Qhull, zlib. How all of them are built, and from what:
https://github.com/pyodide/pyodide-recipes
    This software is based in part on the work of the Independent JPEG Group.
    Portions of this software are copyright The FreeType Project (https://freetype.org).
    All rights reserved.

The wheels in pyodide: the licences that each contains, and its source

{wheels}

The packages in editor.js: the licence of each, and its source

{modules}
"""


def text_name(name: str, version: str) -> str:
    """Return the name of the file with the licence of a package."""
    return f"{name.removeprefix('@').replace('/', '-')}-{version}.txt"


def runtime_licences(pinned: Pins, runtime: Files) -> Files:
    """Return the licences of Pyodide, of Python and of the packages, by file name."""
    licences = {path.name: path.read_bytes() for path in TEXTS.glob("*.txt")}
    for package in pinned["lock"]["packages"].values():
        name = text_name(package["name"], package["version"])
        licences[name] = wheel_licence(runtime[package["file_name"]])
    return licences


def wheel_licence(data: bytes) -> bytes:
    """Return all licences in a wheel, each below its path, and none twice."""
    texts: dict[bytes, str] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as wheel:
        for path in wheel.namelist():
            if PurePosixPath(path).name.startswith(LICENCE_NAMES):
                texts.setdefault(wheel.read(path), path)
    return b"\n".join(b"==== %s ====\n\n%s" % (path.encode(), text) for text, path in texts.items())


def describe(pinned: Pins, editor_packages: Mapping[str, str]) -> str:
    """Return the text that says which file comes from where."""
    python = ".".join(pinned["lock"]["info"]["python"].split(".")[:2])
    packages = pinned["lock"]["packages"].values()
    wheels = [(package["name"], package["version"]) for package in packages]
    return README.format(
        pyodide=pinned["pyodide"],
        python=python,
        wheels=addresses(wheels, "https://pypi.org/project/{name}/{version}/"),
        modules=addresses(
            editor_packages.items(), "https://www.npmjs.com/package/{name}/v/{version}"
        ),
    )


def addresses(packages: Iterable[tuple[str, str]], address: str) -> str:
    """Return lines with the licence and the address of each package."""
    return "\n".join(
        f"{text_name(name, version)}\n    {address.format(name=name, version=version)}"
        for name, version in sorted(packages)
    )

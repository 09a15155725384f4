"""Where the files of Pyodide come from: one source is asked after the other.

Whatever a source has, only bytes with the pinned SHA-256 are taken.
"""

import sys
import tarfile
import zipfile
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.request import urlopen

from publish.runtime.pins import Pins
from publish.runtime.programs import Unavailable, npm, pip, run
from publish.runtime.store import read, sha256, write

Files = dict[str, bytes]
Source = Callable[[Collection[str], str], Iterator[tuple[str, bytes]]]

RELEASE = "https://cdn.jsdelivr.net/pyodide/v{version}/full/{name}"
TIMEOUT = 8  # seconds until the release counts as out of reach
# An application that ships the files of the release. It serves where only PyPI can be reached:
# npm has no packages for Pyodide, and on PyPI most of their projects publish none.
WHEEL, WHEEL_FOLDER = "open-webui==0.12.4", "open_webui/frontend/pyodide/"


def collect_runtime(pinned: Pins, cache: Path) -> Files:
    """Return the bytes of all pinned files, from the cache or else from the sources.

    Raises
    ------
    Unavailable
        If no source has one of the files.
    """
    wanted, version = pinned["files"], pinned["pyodide"]
    store = cache / f"pyodide-{version}"
    found = right_files(store, wanted)
    fetched, faults = fetch(without(wanted, found), version)
    for name, data in fetched.items():
        write(store / name, data)
    found |= fetched
    if missing := without(wanted, found):
        raise Unavailable("\n".join([f"no source has {', '.join(missing)}", *faults]))
    for line in faults:
        print(line, file=sys.stderr)
    return found


def without(wanted: Mapping[str, str], found: Files) -> dict[str, str]:
    return {name: digest for name, digest in wanted.items() if name not in found}


def right_files(folder: Path, wanted: Mapping[str, str]) -> Files:
    """Return the wanted files that a folder has, unless their bytes are wrong."""
    files = {name: read(folder / name) for name in wanted}
    return {
        name: data
        for name, data in files.items()
        if data is not None and sha256(data) == wanted[name]
    }


def fetch(wanted: Mapping[str, str], version: str) -> tuple[Files, list[str]]:
    """Ask one source after the other; return the right files, and what was wrong."""
    found: Files = {}
    faults = []
    for label, source in SOURCES.items():
        missing = without(wanted, found)
        if not missing:
            break
        files, wrong = ask(source, missing, version)
        found |= files
        faults += [f"{label}: {fault}" for fault in wrong]
    return found, faults


def ask(source: Source, wanted: Mapping[str, str], version: str) -> tuple[Files, list[str]]:
    """Return the wanted files that one source has, unless they are wrong, and all faults."""
    answers: Files = {}
    faults = []
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


def from_release(names: Collection[str], version: str) -> Iterator[tuple[str, bytes]]:
    """Yield the files of the official release, one by one."""
    for name in names:
        address = RELEASE.format(version=version, name=name)
        with urlopen(address, timeout=TIMEOUT) as answer:
            yield name, answer.read()


def from_npm(names: Collection[str], version: str) -> Iterator[tuple[str, bytes]]:
    """Yield what the official npm package has: Python itself and the lock, no packages."""
    with TemporaryDirectory() as folder:
        pack = ("pack", "--fetch-retries=0", "--loglevel=error", f"pyodide@{version}")
        run(npm, pack, folder)
        (archive,) = Path(folder).glob("*.tgz")
        with tarfile.open(archive) as package:
            for member in package:
                name = member.name.removeprefix("package/")
                if name in names and (file := package.extractfile(member)):
                    yield name, file.read()


def from_wheel(names: Collection[str], version: str) -> Iterator[tuple[str, bytes]]:
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


OFFICIAL: dict[str, Source] = {
    "the release of Pyodide": from_release,
    "npm pyodide": from_npm,
}
SOURCES: dict[str, Source] = {**OFFICIAL, f"PyPI {WHEEL}": from_wheel}

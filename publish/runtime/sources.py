"""Where the files of Pyodide come from: one source is asked after the other.

Whatever a source has, only bytes with the pinned SHA-256 are taken.
"""

import sys
import tarfile
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.request import urlopen

from publish.runtime.pins import WHEELS, Pins
from publish.runtime.programs import Unavailable, npm, run
from publish.runtime.store import read, sha256, write

Files = dict[str, bytes]
Source = Callable[[Collection[str], str], Iterator[tuple[str, bytes]]]

RELEASE = "https://cdn.jsdelivr.net/pyodide/v{version}/full/{name}"
TIMEOUT = 8  # seconds until the release counts as out of reach


def collect_runtime(pinned: Pins, cache: Path) -> Files:
    """Return the bytes of all pinned files: the committed wheels, the others as they were fetched.

    Raises
    ------
    Unavailable
        If no source has one of the files.
    """
    wanted, version = pinned["files"], pinned["pyodide"]
    found, faults = committed_wheels(wanted)
    store = cache / f"pyodide-{version}"
    found |= right_files(store, without(wanted, found))
    fetched, wrong = fetch(without(wanted, found), version)
    for name, data in fetched.items():
        write(store / name, data)
    found, faults = found | fetched, faults + wrong
    if missing := without(wanted, found):
        raise Unavailable("\n".join([f"no source has {', '.join(missing)}", *faults]))
    for line in faults:
        print(line, file=sys.stderr)
    return found


def committed_wheels(wanted: Mapping[str, str]) -> tuple[Files, list[str]]:
    """Return the right wheels of `WHEELS`, and a sentence about each that is missing or wrong."""
    wheels = {name: digest for name, digest in wanted.items() if name.endswith(".whl")}
    found = right_files(WHEELS, wheels)
    faults = []
    for name, digest in without(wheels, found).items():
        data = read(WHEELS / name)
        state = "is missing" if data is None else f"has the SHA-256 {sha256(data)}"
        faults.append(f"{WHEELS / name} {state}, expected {digest}: git can bring it back")
    return found, faults


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
    """Yield what the official npm package has: Python itself, no packages."""
    with TemporaryDirectory() as folder:
        pack = ("pack", "--fetch-retries=0", "--loglevel=error", f"pyodide@{version}")
        run(npm, pack, folder)
        (archive,) = Path(folder).glob("*.tgz")
        with tarfile.open(archive) as package:
            for member in package:
                name = member.name.removeprefix("package/")
                if name in names and (file := package.extractfile(member)):
                    yield name, file.read()


SOURCES: dict[str, Source] = {
    "npm pyodide": from_npm,
    "the release of Pyodide": from_release,
}

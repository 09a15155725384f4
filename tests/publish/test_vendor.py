"""What the Python in the page needs: only the right bytes arrive, and the editor works."""

import io
import json
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from http.client import IncompleteRead
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Barrier, Thread
from urllib.error import URLError

import pytest
from playwright.sync_api import expect

from publish.runtime import compiler, editor, pin, programs, sources, store, vendor
from publish.runtime.bytecode import compile_archive
from publish.runtime.pins import PINS, WHEELS, PinError, read_pins
from publish.runtime.programs import Unavailable
from upkeep.visitor import serve


def tiny_wheel():
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as wheel:
        wheel.writestr("tiny/__init__.py", "")
        wheel.writestr("tiny/LICENSE", "Use it.")
        wheel.writestr("tiny-1.0.dist-info/licenses/LICENSE", "Use it.")
        wheel.writestr("tiny-1.0.dist-info/licenses/part/COPYING.txt", "Copy it.")
    return data.getvalue()


WHEEL = "tiny-1.0.whl"
FETCHED = {"python.mjs": b"export {};", "python.wasm": b"\0asm"}
FILES = FETCHED | {WHEEL: tiny_wheel()}
PINNED = {
    "pyodide": "1.2.3",
    "files": {name: store.sha256(data) for name, data in FILES.items()},
    "lock": {
        "info": {"python": "3.14.0"},
        "packages": {
            "tiny": {
                "name": "tiny",
                "version": "1.0",
                "file_name": WHEEL,
                "sha256": store.sha256(FILES[WHEEL]),
            }
        },
    },
}
COMPILED = {WHEEL: b"compiled"}
TEXTS = {name: data.decode() for name, data in COMPILED.items()}
FOUND = FILES | COMPILED
BUNDLE = {"editor.js": "export const small = 1;", "codemirror-view-1.txt": "MIT"}


class Source:
    """Has some files, and knows what it was asked for; perhaps it breaks down at the end."""

    def __init__(self, files, error=None):
        self.files, self.error, self.asked = files, error, []

    def __call__(self, names, version):
        self.asked.append(sorted(names))
        yield from ((name, self.files[name]) for name in names if name in self.files)
        if self.error:
            raise self.error


@pytest.fixture
def wheels(tmp_path):
    """The folder of the committed wheels."""
    folder = tmp_path / "wheels"
    folder.mkdir()
    (folder / WHEEL).write_bytes(FILES[WHEEL])
    return folder


@pytest.fixture
def offered(wheels, monkeypatch):
    """Stand-ins for all that is large or far away; the sources are for the test to fill in."""
    offered = {}
    monkeypatch.setattr(vendor, "read_pins", lambda: PINNED)
    monkeypatch.setattr(sources, "WHEELS", wheels)
    monkeypatch.setattr(sources, "SOURCES", offered)
    monkeypatch.setattr(compiler, "build_compiled", lambda files, names: dict(COMPILED))
    monkeypatch.setattr(editor, "build_editor", lambda: dict(BUNDLE))
    return offered


@pytest.fixture
def places(tmp_path):
    """The folder to fill, and the cache."""
    return tmp_path / "folder", tmp_path / "cache"


def contents(folder):
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_all_files_arrive(offered, places):
    offered["one"] = Source(FETCHED)
    written = vendor.provide(*places)
    found = contents(places[0])
    assert {name: found[f"pyodide/{name}"] for name in FILES} == FOUND
    lock = json.loads(found["pyodide/pyodide-lock.json"])
    assert lock["packages"]["tiny"].pop("sha256") == store.sha256(COMPILED[WHEEL])
    lock["packages"]["tiny"]["sha256"] = PINNED["files"][WHEEL]
    assert lock == PINNED["lock"]
    assert found["editor.js"].decode() == BUNDLE["editor.js"]
    assert {path for path in found if path.startswith("licences/")} == {
        *("licences/README.txt", "licences/MPL-2.0.txt", "licences/PSF-2.0.txt"),
        *("licences/tiny-1.0.txt", "licences/codemirror-view-1.txt"),
    }
    assert sorted(written) == sorted(found)


def test_the_licences_of_a_wheel_are_written_once_each(offered, places):
    offered["one"] = Source(FETCHED)
    vendor.provide(*places)
    text = contents(places[0])["licences/tiny-1.0.txt"].decode()
    assert text.count("Use it.") == text.count("Copy it.") == 1
    assert "==== tiny-1.0.dist-info/licenses/part/COPYING.txt ====" in text


def test_wrong_bytes_are_refused_and_the_next_source_is_asked(offered, places, capsys):
    offered["bad"] = Source(FETCHED | {"python.wasm": b"not this"})
    offered["good"] = Source(FETCHED)
    vendor.provide(*places)
    assert contents(places[0])["pyodide/python.wasm"] == FILES["python.wasm"]
    assert offered["good"].asked == [["python.wasm"]]
    expected = PINNED["files"]["python.wasm"]
    said = f"bad: python.wasm has the SHA-256 {store.sha256(b'not this')}, expected {expected}\n"
    assert capsys.readouterr().err == said


def test_a_source_that_breaks_down_is_asked_no_more(offered, places, capsys):
    offered["breaks"] = Source({"python.mjs": FILES["python.mjs"]}, TimeoutError("too slow"))
    offered["rest"] = Source(FETCHED)
    offered["last"] = Source(FETCHED)
    vendor.provide(*places)
    assert offered["rest"].asked == [["python.wasm"]]
    assert offered["last"].asked == []
    assert capsys.readouterr().err == "breaks: TimeoutError: too slow\n"


def test_nothing_is_written_if_a_file_cannot_be_had(offered, places):
    offered["empty"] = Source({})
    offered["bad"] = Source({"python.wasm": b"not this", "python.mjs": FILES["python.mjs"]})
    with pytest.raises(Unavailable) as error:
        vendor.provide(*places)
    first, *said = str(error.value).splitlines()
    assert first == "no source has python.wasm"
    assert said[0] == "empty: has 0 of the 2 files"
    assert said[1].startswith("bad: python.wasm has the SHA-256 ")
    folder, cache = places
    assert not folder.exists()
    assert contents(cache) == {"pyodide-1.2.3/python.mjs": FILES["python.mjs"]}


@pytest.mark.parametrize(
    ("data", "state"),
    [(None, "is missing"), (b"another", f"has the SHA-256 {store.sha256(b'another')}")],
    ids=["missing", "wrong"],
)
def test_a_wheel_that_is_not_as_it_was_committed_is_named(
    data, state, offered, wheels, places, capsys
):
    (wheels / WHEEL).unlink()
    if data is not None:
        (wheels / WHEEL).write_bytes(data)
    offered["one"] = Source(FETCHED)
    sentence = f"{wheels / WHEEL} {state}, expected {PINNED['files'][WHEEL]}: git can bring it back"
    with pytest.raises(Unavailable) as error:
        vendor.provide(*places)
    assert str(error.value).splitlines() == [
        *(f"no source has {WHEEL}", sentence, "one: has 2 of the 3 files")
    ]

    offered["the release"] = Source(FILES)
    vendor.provide(*places)
    assert contents(places[0])[f"pyodide/{WHEEL}"] == FOUND[WHEEL]
    assert offered["the release"].asked == [[WHEEL]]
    assert capsys.readouterr().err.splitlines()[0] == sentence


def test_only_what_was_fetched_is_in_the_cache(offered, places):
    offered["one"] = Source(FILES)
    vendor.provide(*places)
    assert contents(places[1] / f"pyodide-{PINNED['pyodide']}") == FETCHED


def test_a_second_call_writes_nothing_and_asks_nobody(offered, places):
    offered["one"] = Source(FETCHED)
    vendor.provide(*places)
    times = {path: path.stat().st_mtime_ns for path in places[0].rglob("*")}
    assert vendor.provide(*places) == []
    assert {path: path.stat().st_mtime_ns for path in places[0].rglob("*")} == times
    assert len(offered["one"].asked) == 1


def test_another_folder_is_filled_from_the_cache(offered, places, tmp_path):
    offered["one"] = Source(FETCHED)
    vendor.provide(*places)
    offered.clear()
    vendor.provide(tmp_path / "other", places[1])
    assert contents(tmp_path / "other") == contents(places[0])


@pytest.mark.parametrize("name", ["pyodide/python.wasm", "editor.js", "licences/README.txt"])
def test_a_wrong_file_in_the_folder_is_replaced(name, offered, places):
    offered["one"] = Source(FETCHED)
    vendor.provide(*places)
    right = contents(places[0])
    (places[0] / name).write_bytes(b"spoilt")
    assert vendor.provide(*places) == [name]
    assert contents(places[0]) == right


def test_a_spoilt_file_of_the_cache_is_fetched_anew(offered, places, tmp_path):
    offered["one"] = Source(FETCHED)
    vendor.provide(*places)
    cached = places[1] / "pyodide-1.2.3" / "python.wasm"
    cached.write_bytes(cached.read_bytes() + b" ")
    vendor.provide(tmp_path / "other", places[1])
    assert contents(tmp_path / "other") == contents(places[0])
    assert offered["one"].asked[1:] == [["python.wasm"]]
    assert cached.read_bytes() == FILES["python.wasm"]


@pytest.mark.parametrize("made", ["editor-*", "compiled-*/tiny-1.0.whl"])
@pytest.mark.parametrize("part", [slice(-1), slice(65, None), slice(0)])
def test_what_was_made_is_made_anew_when_the_cache_is_spoilt(part, made, offered, places):
    offered["one"] = Source(FETCHED)
    vendor.provide(*places)
    (cached,) = places[1].glob(made)
    right = cached.read_bytes()
    cached.write_bytes(right[part])
    assert vendor.provide(*places) == []
    assert cached.read_bytes() == right


@pytest.mark.parametrize("part", ["editor.js", "package.json", "package-lock.json"])
def test_the_bundle_is_made_anew_when_what_it_is_made_of_has_changed(
    part, offered, places, tmp_path, monkeypatch
):
    offered["one"] = Source(FETCHED)
    vendor.provide(*places)
    monkeypatch.setattr(editor, "HERE", shutil.copytree(editor.HERE, tmp_path / "live"))
    monkeypatch.setattr(editor, "build_editor", lambda: BUNDLE | {"editor.js": "another"})
    assert vendor.provide(*places) == []
    changed = editor.HERE / part
    changed.write_text(changed.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert vendor.provide(*places) == ["editor.js"]


def test_a_write_that_fails_leaves_nothing_behind(tmp_path, monkeypatch):
    def fail(*_):
        raise OSError("disk full")

    file = tmp_path / "file"
    file.write_bytes(b"old")
    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="disk full"):
        store.write(file, b"new")
    assert contents(tmp_path) == {"file": b"old"}


@pytest.mark.parametrize(("theirs", "fails"), [(b"new", False), (b"another", True)])
def test_a_file_that_another_process_holds_open(theirs, fails, tmp_path, monkeypatch):
    def refuse(_, path):
        path.write_bytes(theirs)
        raise PermissionError("in use")

    monkeypatch.setattr(Path, "replace", refuse)
    if fails:
        with pytest.raises(PermissionError, match="in use"):
            store.write(tmp_path / "file", b"new")
    else:
        store.write(tmp_path / "file", b"new")
    assert contents(tmp_path) == {"file": theirs}


# The command, with the small files

COMMAND = """
import json, sys
from pathlib import Path
from publish.runtime import compiler, editor, sources, store, vendor

def no_program(*_, **__):
    raise OSError("no such program")

address, cache, wheels, pins, compiled, bundle, *sys.argv = json.loads(sys.argv[1])
sources.RELEASE = address + "/{version}/{name}"
store.platformdirs.user_cache_dir = lambda name: cache
vendor.read_pins, editor.build_editor = lambda: pins, lambda: bundle
compiler.build_compiled = lambda files, names: {name: compiled[name].encode() for name in names}
sources.WHEELS, sources.npm = Path(wheels), no_program
vendor.main()
"""


NO_NPM = "npm pyodide: OSError: no such program"


def start(address, folder, cache, wheels):
    arguments = [address, str(cache), str(wheels), PINNED, TEXTS, BUNDLE, "vendor", str(folder)]
    return subprocess.Popen(
        [sys.executable, "-c", COMMAND, json.dumps(arguments)],
        cwd=Path(__file__).parents[2],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


class Release(BaseHTTPRequestHandler):
    """Answers with the small files; where a barrier is set, only when all are waiting there."""

    files, barrier = FILES, None

    def do_GET(self):
        version, name = self.path.split("/")[1:]
        if self.barrier:
            self.barrier.wait(timeout=60)
        data = self.files.get(name) if version == PINNED["pyodide"] else None
        self.send_response(404 if data is None else 200)
        self.end_headers()
        self.wfile.write(data or b"")

    def log_message(self, *_):
        pass


@pytest.fixture
def release():
    """A release on this machine: its handler, to set what it does, and its address."""
    handler = type("Handler", (Release,), {})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    Thread(target=server.serve_forever, daemon=True).start()
    yield handler, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_the_command_says_in_one_line_what_it_did(release, places, wheels):
    calls = [(r"Files written: 10\n", f"{NO_NPM}\n"), (r"Files written: 0\n", "")]
    for expected, faults in calls:
        process = start(release[1], *places, wheels)
        out, err = process.communicate(timeout=60)
        assert re.fullmatch(rf"{re.escape(str(places[0]))} is complete\. {expected}", out)
        assert (process.returncode, err) == (0, faults)


def test_the_command_fails_and_says_what_each_source_said(release, places, wheels):
    handler, address = release
    handler.files = {}
    process = start(address, *places, wheels)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (1, "")
    first, *said = err.splitlines()
    assert first == f"{places[0]} is not complete: no source has python.mjs, python.wasm"
    assert said == [NO_NPM, "the release of Pyodide: HTTPError: HTTP Error 404: Not Found"]
    assert not any(place.exists() for place in places)


def test_two_processes_at_once_both_succeed(release, places, wheels):
    handler, address = release
    handler.barrier = Barrier(2)  # neither gets a file before the other wants the same one
    processes = [start(address, *places, wheels) for _ in range(2)]
    ends = [process.communicate(timeout=120)[1] for process in processes]
    assert ends == [f"{NO_NPM}\n"] * 2
    assert [process.returncode for process in processes] == [0, 0]
    found = contents(places[0])
    assert {name: found[f"pyodide/{name}"] for name in FILES} == FOUND
    assert len(found) == 10
    assert len(contents(places[1])) == len(FETCHED) + len(COMPILED) + 1


# The sources and the programs


def test_the_npm_package_has_some_of_the_files(monkeypatch):
    def npm(arguments, cwd, **_):
        assert arguments[-1] == "pyodide@1.2.3"
        with tarfile.open(Path(cwd, "pyodide-1.2.3.tgz"), "w:gz") as package:
            for name in ("python.mjs", "README.md"):
                member = tarfile.TarInfo(f"package/{name}")
                member.size = len(FILES["python.mjs"])
                package.addfile(member, io.BytesIO(FILES["python.mjs"]))
        return subprocess.CompletedProcess(arguments, 0, "", "")

    monkeypatch.setattr(sources, "npm", npm)
    found = dict(sources.from_npm(FILES, "1.2.3"))
    assert found == {"python.mjs": FILES["python.mjs"]}


def test_a_program_that_fails_is_quoted(tmp_path):
    with pytest.raises(Unavailable, match="no such module"):
        programs.run(programs.node, ["-e", "throw Error('no such module')"], tmp_path)
    with pytest.raises(Unavailable, match="exit code 3"):
        programs.run(programs.node, ["-e", "process.exit(3)"], tmp_path)


def test_an_editor_that_cannot_be_made_is_named(monkeypatch):
    def npm(arguments, **_):
        return subprocess.CompletedProcess(arguments, 1, "", "npm error code E404")

    monkeypatch.setattr(programs, "npm", npm)
    with pytest.raises(Unavailable, match=r"^editor\.js cannot be made: npm error"):
        editor.build_editor()


# What is pinned


def test_every_file_is_pinned_as_in_the_lock():
    pinned = read_pins()
    files = pinned["files"]
    assert set(pin.PYTHON) == {name for name in files if not name.endswith(".whl")}
    assert all(re.fullmatch("[0-9a-f]{64}", digest) for digest in files.values())
    packages = pinned["lock"]["packages"].values()
    wheels = {package["file_name"]: package["sha256"] for package in packages}
    assert wheels == {name: digest for name, digest in files.items() if name.endswith(".whl")}
    needed = {name for package in packages for name in package["depends"]}
    assert needed | set(pin.PACKAGES) == pinned["lock"]["packages"].keys()


def test_the_wheels_of_the_project_are_those_that_are_pinned():
    wheels = {path.name: store.sha256(path.read_bytes()) for path in WHEELS.glob("*.whl")}
    pinned = read_pins()["files"].items()
    assert wheels == {name: digest for name, digest in pinned if name.endswith(".whl")}


def change(pinned, *keys, to=None):
    """Set a field of the pins, or take it away."""
    *way, last = keys
    for key in way:
        pinned = pinned[key]
    if to is None:
        del pinned[last]
    else:
        pinned[last] = to


NUMPY = read_pins()["lock"]["packages"]["numpy"]["file_name"]
MUST = f"pins.json: {re.escape(NUMPY)} must be pinned by {read_pins()['files'][NUMPY]}"


@pytest.mark.parametrize(
    ("keys", "to", "said"),
    [
        (["pyodide"], None, "pins.json lacks the field 'pyodide'"),
        (["lock", "packages", "numpy", "sha256"], None, "pins.json lacks the field 'sha256'"),
        (["pyodide"], 314, "pins.json: a version must be a text, got 314"),
        (["files"], [], "pins.json is not built as it must be: 'list' object has no "),
        (
            ["files", "pyodide.mjs"],
            "5cfc",
            "pins.json: pyodide.mjs must be pinned by 64 hexadecimal digits, got '5cfc'",
        ),
        (
            ["files", NUMPY],
            "0" * 64,
            f"{MUST} as in the lock of numpy",
        ),
        (["files", NUMPY], None, MUST),
    ],
)
def test_a_broken_pin_is_named_in_one_sentence(keys, to, said, tmp_path):
    pinned = json.loads(PINS.read_text(encoding="utf-8"))
    change(pinned, *keys, to=to)
    path = tmp_path / "pins.json"
    path.write_text(json.dumps(pinned), encoding="utf-8")
    with pytest.raises(PinError, match=f"^{said}"):
        read_pins(path)


def test_pins_that_are_no_json_are_named(tmp_path):
    path = tmp_path / "pins.json"
    text = PINS.read_text(encoding="utf-8")[:-1]
    path.write_text(text, encoding="utf-8")
    last = len(text.splitlines()) + 1
    with pytest.raises(PinError, match=rf"^pins\.json is no JSON: .* line {last} "):
        read_pins(path)


@pytest.fixture
def release_of(monkeypatch):
    """Make files the official release."""

    def offer(files, error=None):
        monkeypatch.setattr(sources, "from_release", Source(files, error))

    return offer


@pytest.fixture
def pinned_before(tmp_path):
    """The file with the pins and the folder of the wheels, as they were before a new version."""
    path, folder = tmp_path / "pins.json", tmp_path / "wheels"
    path.write_text("pinned before", encoding="utf-8")
    folder.mkdir()
    for name in ("README.md", "numpy-1.whl", "not-needed-any-more-1.whl"):
        (folder / name).write_bytes(b"from before")
    return path, folder


def test_the_version_that_is_pinned_is_pinned_in_the_same_bytes(release_of, pinned_before):
    official = sources.collect_runtime(read_pins(), store.user_cache())
    lock = read_pins()["lock"]
    others = {"micropip": {"depends": ["packaging"], "file_name": "micropip.whl", "sha256": ""}}
    packages = dict(reversed([*others.items(), *lock["packages"].items()]))
    release_of(official | {pin.LOCK: json.dumps(lock | {"packages": packages}).encode()})
    path, folder = pinned_before
    assert pin.pin(read_pins()["pyodide"], path, folder) == read_pins()
    assert path.read_bytes() == PINS.read_bytes()
    wheels = {name: data for name, data in official.items() if name.endswith(".whl")}
    assert contents(folder) == wheels | {"README.md": b"from before"}


LOCK = {
    "info": {"python": "3.14.0"},
    "packages": {
        name: {"depends": [], "file_name": f"{name}.whl", "sha256": store.sha256(name.encode())}
        for name in pin.PACKAGES
    },
}
RELEASED = {name: b"python" for name in pin.PYTHON} | {pin.LOCK: json.dumps(LOCK).encode()}
WRONG = store.sha256(b"wrong")


@pytest.mark.parametrize(
    ("files", "error", "said"),
    [
        (
            {},
            OSError("HTTP Error 404: Not Found"),
            "the release of Pyodide 9.9.9 cannot be fetched: HTTP Error 404: Not Found",
        ),
        (
            RELEASED,
            IncompleteRead(b""),
            "the release of Pyodide 9.9.9 cannot be fetched: IncompleteRead(0 bytes read)",
        ),
        (
            {pin.LOCK: b"<!doctype html>"},
            None,
            "pyodide-lock.json of Pyodide 9.9.9 cannot be read: JSONDecodeError(",
        ),
        (
            {pin.LOCK: b'{"packages": {}}'},
            None,
            "pyodide-lock.json of Pyodide 9.9.9 cannot be read: KeyError('numpy')",
        ),
        (
            RELEASED | {"numpy.whl": b"numpy", "matplotlib.whl": b"wrong"},
            None,
            f"matplotlib.whl of the release has the SHA-256 {WRONG}, expected "
            + store.sha256(b"matplotlib"),
        ),
    ],
    ids=["unknown version", "cut off", "no lock", "no numpy", "a wrong wheel"],
)
def test_a_version_that_cannot_be_had_is_not_pinned(
    files, error, said, release_of, pinned_before, tmp_path
):
    release_of(files, error)
    before = contents(tmp_path)
    with pytest.raises(Unavailable) as raised:
        pin.pin("9.9.9", *pinned_before)
    assert str(raised.value).startswith(said)
    assert contents(tmp_path) == before


def test_the_command_that_pins_says_in_one_sentence_what_it_cannot_reach(monkeypatch):
    def refuse(address, timeout):
        raise URLError(f"no route to {address}")

    monkeypatch.setattr(sources, "urlopen", refuse)
    monkeypatch.setattr(sys, "argv", ["pin", "9.9.9"])
    with pytest.raises(SystemExit) as stop:
        pin.main()
    assert stop.value.code == (
        "pyodide.json stays as it is: the release of Pyodide 9.9.9 cannot be fetched: <urlopen "
        "error no route to https://cdn.jsdelivr.net/pyodide/v9.9.9/full/pyodide-lock.json>"
    )


def test_every_npm_package_is_pinned():
    package, lock = (
        json.loads((editor.HERE / name).read_text(encoding="utf-8"))
        for name in ("package.json", "package-lock.json")
    )
    kinds = ("dependencies", "devDependencies")
    top, *others = lock["packages"].items()
    assert top[0] == ""
    for kind in kinds:
        assert top[1][kind] == package[kind]
        for name, version in package[kind].items():
            assert re.fullmatch(r"\d+\.\d+\.\d+", version), name
            assert lock["packages"][f"node_modules/{name}"]["version"] == version
    for path, entry in others:
        assert entry["resolved"].startswith("https://registry.npmjs.org/"), path
        assert entry["integrity"].startswith("sha512-"), path


# The real files: fetched once, then taken from the cache of the user


@pytest.fixture(scope="module")
def vendored(tmp_path_factory):
    folder = tmp_path_factory.mktemp("vendored")
    vendor.provide(folder)
    return folder


def test_the_real_files_arrive(vendored):
    found = contents(vendored)
    for name, digest in read_pins()["files"].items():
        changed = name.endswith((".zip", ".whl"))
        assert (store.sha256(found[f"pyodide/{name}"]) != digest) == changed
    lock = json.loads(found["pyodide/pyodide-lock.json"])
    assert lock["packages"].keys() == read_pins()["lock"]["packages"].keys()
    for package in lock["packages"].values():
        assert package["sha256"] == store.sha256(found[f"pyodide/{package['file_name']}"])
    assert vendor.provide(vendored) == []


def test_the_real_archives_hold_the_same_as_before_some_of_it_compiled(vendored):
    official, compiled = sources.collect_runtime(read_pins(), store.user_cache()), 0
    for path in [*vendored.glob("pyodide/*.zip"), *vendored.glob("pyodide/*.whl")]:
        old = zipfile.ZipFile(io.BytesIO(official[path.name]))
        with old, zipfile.ZipFile(path) as new:
            assert new.testzip() is None
            names = new.namelist()
            before = [name[:-1] if name.endswith(".pyc") else name for name in names]
            assert before == old.namelist()
            for name in names:
                if name.endswith(".pyc"):
                    compiled += 1
                    # bits 0 and 1 of the flags: named by a hash, which is not compared with source
                    assert new.read(name)[4:8] == b"\1\0\0\0"
                else:
                    assert new.read(name) == old.read(name), name
    assert compiled > 400


def test_an_archive_is_compiled_where_its_modules_are_loaded_and_the_same_each_time(tmp_path):
    data, place = io.BytesIO(), f"{tmp_path / 'new.zip'}/"
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("used.py", "import sys\ndef where():\n    return sys._getframe()\n")
        archive.writestr("unused.py", "this is no Python")
        archive.writestr("table.txt", "1 2 3")
    made = [compile_archive(data.getvalue(), place, {f"{place}used.py"}) for _ in range(2)]
    assert made[0] == made[1]
    (tmp_path / "new.zip").write_bytes(made[0])
    with zipfile.ZipFile(tmp_path / "new.zip") as archive:
        assert archive.namelist() == ["used.pyc", "unused.py", "table.txt"]
    code = "import used; f = used.where(); print(used.__file__, f.f_code.co_filename, f.f_lineno)"
    done = subprocess.run(
        [sys.executable, "-c", code], env={"PYTHONPATH": place[:-1]}, capture_output=True, text=True
    )
    assert done.stdout.split() == [f"{place}used.pyc", f"{place}used.py", "3"], done.stderr


def test_every_real_package_has_its_licence(vendored):
    readme = (vendored / "licences" / "README.txt").read_text(encoding="utf-8")
    paths = vendored.glob("licences/[!R]*.txt")
    texts = {path.name: path.read_text(encoding="utf-8") for path in paths}
    named = set(re.findall(r"\S+\.txt", readme.replace(",", "")))
    assert named == texts.keys()
    packages = read_pins()["lock"]["packages"]
    assert len(texts) == 2 + len(packages) + len(editor.editor_packages())
    for name, text in texts.items():
        assert re.search("copyright|licen[cs]e", text, re.IGNORECASE), name


def test_the_real_bundle_is_a_module(vendored):
    code = f"console.log(Object.keys(await import({(vendored / 'editor.js').as_uri()!r})).sort())"
    done = programs.node(["--input-type=module", "-e", code], capture_output=True, text=True)
    assert (done.stdout.strip(), done.stderr) == ("[ 'makeEditor', 'setDoc' ]", "")


PAGE = """\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="script-src 'self'">
<title>An editor</title>
<link rel="icon" href="data:,">
<script type="module" src="page.js"></script>
<body style="color: rgb(1, 2, 3)">
<main><div id="place" style="width: 20em"></div><button>after</button></main>
"""
SCRIPT = """\
import { makeEditor, setDoc } from "./editor.js";
const calls = [];
const view = makeEditor({
  parent: document.querySelector("#place"),
  doc: "def f(x):",
  label: "Code of f",
  help: "Escape leaves the editor.",
  onRun: () => calls.push("run"),
  onChange: (text) => calls.push(text),
  onLeave: () => document.querySelector("button").focus(),
});
Object.assign(window, { calls, view, setDoc });
"""


@pytest.fixture(scope="module")
def address(vendored, tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    shutil.copy(vendored / "editor.js", folder)
    (folder / "page.html").write_text(PAGE, encoding="utf-8")
    (folder / "page.js").write_text(SCRIPT, encoding="utf-8")
    with serve(folder) as address:
        yield address


@pytest.fixture
def page(browser, address):
    page = browser.new_page()
    faults = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text))
    page.goto(f"{address}/page.html")
    page.get_by_role("textbox").click()
    page.keyboard.press("End")
    yield page
    page.close()
    assert faults == []


def text_of(page):
    return page.evaluate("view.state.doc.toString()")


def test_the_other_bracket_is_marked(page):
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".cm-matchingBracket")).to_have_text(["(", ")"])


def test_the_editor_says_what_it_is_and_how_to_leave(page):
    box = page.get_by_role("textbox")
    expect(box).to_have_accessible_name("Code of f")
    expect(box).to_have_accessible_description("Escape leaves the editor.")


def test_what_is_typed_is_indented_coloured_and_reported(page):
    page.keyboard.type("\nif x:\nreturn 1\nelse:\nreturn 2")
    expected = "def f(x):\n    if x:\n        return 1\n    else:\n        return 2"
    assert text_of(page) == expected
    assert page.evaluate("calls.at(-1)") == expected
    expect(page.locator(".tok-keyword")).to_have_text(["def", "if", "return", "else", "return"])


def test_tab_indents_and_escape_leaves(page):
    page.keyboard.press("Tab")
    assert text_of(page) == "    def f(x):"
    page.keyboard.press("Shift+Tab")
    assert text_of(page) == "def f(x):"
    expect(page.get_by_role("textbox")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("textbox")).to_be_focused()


@pytest.mark.parametrize("keys", ["Shift+Enter", "ControlOrMeta+Enter"])
def test_the_keys_that_run(keys, page):
    page.keyboard.press(keys)
    assert page.evaluate("calls") == ["run"]
    assert text_of(page) == "def f(x):"


def test_a_new_text_is_undone_in_one_step(page):
    page.keyboard.type(" # mine")
    page.evaluate("setDoc(view, 'print(1)\\n')")
    assert text_of(page) == "print(1)\n"
    assert page.evaluate("calls.at(-1)") == "print(1)\n"
    page.keyboard.type("# more")
    for expected in ("print(1)\n", "def f(x): # mine", "def f(x):"):
        page.keyboard.press("ControlOrMeta+z")
        assert text_of(page) == expected


def test_a_long_line_scrolls_and_the_caret_has_the_colour_of_the_text(page):
    page.keyboard.insert_text("  # " + "long " * 50)
    width = "document.querySelector('.cm-scroller').{}"
    assert page.evaluate(f"{width.format('scrollWidth')} > {width.format('clientWidth')}")
    expect(page.locator(".cm-line")).to_have_count(1)
    expect(page.get_by_role("textbox")).to_have_css("caret-color", "rgb(1, 2, 3)")

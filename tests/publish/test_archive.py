"""The archive of the book: the same bytes each time, complete, and readable offline."""

import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import time
import zipfile
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import nbformat
import pytest

from publish import archive, workbook
from testCases import FUNCTIONS
from tests.publish.test_site import EDITIONS
from upkeep.reader import reading
from upkeep.small_book import ROOT
from upkeep.visitor import until

PRINTED = b"%PDF-1.4 printed before"
PATIENCE = 120  # seconds


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pdf")
    (folder / "deep-neural-network.pdf").write_bytes(PRINTED)
    return folder


@pytest.fixture(scope="module")
def packed(site, printed, tmp_path_factory):
    target = tmp_path_factory.mktemp("archive") / "book.zip"
    archive.make(site, printed, target)
    return target


@pytest.fixture(scope="module")
def unpacked(packed, tmp_path_factory):
    """Return the folder that a reader has, who has unpacked the archive."""
    folder = tmp_path_factory.mktemp("unpacked")
    shutil.unpack_archive(packed, folder)
    (top,) = folder.iterdir()
    return top


@pytest.fixture
def few(site, tmp_path):
    """Return a site of a few files of the book, where what is tested holds for each file alone."""
    folder = tmp_path / "few"
    for name in ("index.html", "book/03_forward.html", "book/04_cost.html"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(site / name, folder / name)
    return folder


@contextmanager
def running(line, folder):
    """Run a command line as a reader does in a terminal, with the Python of the tests."""
    command = shlex.split(line)
    assert command[0] == "python"
    process = subprocess.Popen([sys.executable, *command[1:]], cwd=folder, stderr=subprocess.PIPE)
    try:
        yield process
    finally:
        process.terminate()
        process.communicate()


def wait_for(address, process):
    """Wait until a server answers that has just been started, however busy the machine is."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        assert process.poll() is None, process.stderr.read().decode()
        try:
            return urlopen(address).close()
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(address)


def with_free_port(command, address):
    """Return both lines with a port that is free here; they have to name the same one."""
    port = re.search(r":(\d+)$", address)[1]
    assert f" {port} " in command
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        ours = str(free.getsockname()[1])
    return command.replace(port, ours), address.replace(port, ours)


def test_the_same_files_make_the_same_bytes(few, printed, tmp_path):
    archive.make(few, printed, tmp_path / "one.zip")
    copy = tmp_path / "site"
    shutil.copytree(few, copy, copy_function=shutil.copyfile)
    for path in copy.rglob("*.html"):
        os.utime(path, (10**9, 10**9))
        path.chmod(0o600)
    archive.make(copy, printed, tmp_path / "again.zip")
    assert (tmp_path / "again.zip").read_bytes() == (tmp_path / "one.zip").read_bytes()


def test_it_is_sorted_and_without_times(packed):
    with zipfile.ZipFile(packed) as file:
        names = [entry.filename for entry in file.infolist()]
        assert {entry.date_time for entry in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert names == sorted(names)


def test_sha256sum_agrees_with_the_sums_and_finds_a_change(unpacked):
    check = ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"]
    subprocess.run(check, cwd=unpacked, check=True)
    listed = {line[66:] for line in (unpacked / "SHA256SUMS").read_text().splitlines()}
    there = {p.relative_to(unpacked).as_posix() for p in unpacked.rglob("*") if p.is_file()}
    assert listed == there - {"SHA256SUMS"}
    page = unpacked / "site/book/03_forward.html"
    size = page.stat().st_size
    with page.open("ab") as file:
        file.write(b" ")
    found = subprocess.run(check, cwd=unpacked, capture_output=True, text=True, check=False)
    os.truncate(page, size)
    assert found.returncode == 1
    assert "site/book/03_forward.html: FAILED" in found.stdout


def test_its_readme_has_the_address_of_each_translation():
    lines = archive.readme().splitlines()
    addresses = [line.split(": ")[1] for line in lines if line.endswith("/")]
    others = [folder for folder in EDITIONS.values() if folder]
    assert addresses == [f"http://127.0.0.1:8765/{folder}" for folder in others]
    assert "한국어: http://127.0.0.1:8765/ko/" in lines


def test_it_holds_the_site_the_project_and_the_printed_book(site, unpacked):
    for name, root in (("site", site), ("project", ROOT)):
        files = archive.every_file(site) if name == "site" else archive.project_files()
        assert len(files) > 100
        for path in files:
            assert (unpacked / name / path).read_bytes() == (root / path).read_bytes()
    assert (unpacked / "deep-neural-network.pdf").read_bytes() == PRINTED
    for language in EDITIONS:
        name = workbook.path_of(language).name
        notebook = nbformat.read(unpacked / f"project/workbook/{name}", as_version=4)
        assert notebook == workbook.build(language=language)
    assert not [path for path in unpacked.rglob("*") if path.name in ("__pycache__", ".venv")]


@pytest.mark.parametrize("folder", EDITIONS.values(), ids=EDITIONS)
def test_its_own_two_lines_open_the_book_offline(browser, unpacked, folder):
    lines = re.findall(r"^ {4}(\S.*)$", (unpacked / "README.txt").read_text(encoding="utf-8"), re.M)
    command, address = with_free_port(*lines)
    with running(command, unpacked) as server:
        wait_for(address, server)
        # any request to another host is refused there, and is a fault
        with reading(browser, address, f"{folder}book/03_forward") as reader:
            until(reader.page, "document.documentElement.dataset.liveFigures === 'drawn'")
            assert reader.page.locator(".dnn-live svg").count() > 2
            assert reader.cell(1).run()["ok"]
            assert reader.cell(2).run()["ok"]


def test_its_notebooks_run_with_what_is_in_it(unpacked, tmp_path):
    project = shutil.copytree(unpacked / "project", tmp_path / "project")
    environment = os.environ | {"PYTHONPATH": str(project)}
    where = [sys.executable, "-c", "import dnn_utils, testCases; print(dnn_utils.__file__)"]
    found = subprocess.run(where, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert Path(found.stdout.strip()).is_relative_to(project)
    for name in ("book/04_cost.ipynb", "workbook/workbook.ipynb"):
        allow = ["--allow-errors"] if name.startswith("workbook") else []
        run = [sys.executable, "-m", "jupyter", "execute", "--inplace", *allow, name]
        subprocess.run(run, cwd=project, env=environment, check=True)
    cells = nbformat.read(project / "workbook/workbook.ipynb", as_version=4).cells
    (overview,) = (cell for cell in cells if cell.source == "check_all(globals())")
    assert all(name in str(overview.outputs) for name in FUNCTIONS)


def test_without_a_printed_book_there_is_none_in_it(few, tmp_path):
    names = archive.make(few, tmp_path / "none", tmp_path / "book.zip")
    assert not [name for name in names if name.endswith(".pdf")]


def test_where_no_book_is_built_it_says_so(tmp_path):
    with pytest.raises(archive.ArchiveError, match=f"no book in {re.escape(str(tmp_path))}"):
        archive.make(tmp_path, tmp_path, tmp_path / "book.zip")
    assert list(tmp_path.iterdir()) == []


def test_where_git_cannot_tell_it_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr(archive, "ROOT", tmp_path)
    with pytest.raises(archive.ArchiveError, match="git cannot list the files of the project"):
        archive.project_files()

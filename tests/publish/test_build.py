"""How the book is built: chapters side by side, one edition after the other, served meanwhile."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

import nbformat
import psutil
import pytest

from publish.languages import languages
from upkeep.small_book import ROOT, build, write_small_book

# Waits for another chapter, so that it ends only if both run at the same time.
MEET = """\
import os, time
from pathlib import Path
Path("{mine}").write_text(f"{{os.getpid()}} {{os.getppid()}}")
end = time.monotonic() + 60
while not Path("{other}").exists() and time.monotonic() < end:
    time.sleep(0.05)
print("met" if Path("{other}").exists() else "missed", "{other}")
"""


def write_chapters(book, *sources):
    """Write a small book in which each source is the code of a chapter."""
    write_small_book(book)
    chapter = nbformat.read(book / "book/chapter.ipynb", as_version=4)
    toc = "format: jb-book\nroot: book/index\nchapters:\n"
    for number, source in enumerate(sources, start=1):
        chapter.cells[1].source = source
        nbformat.write(chapter, book / f"book/chapter{number}.ipynb")
        toc += f"  - file: book/chapter{number}\n"
    (book / "book/chapter.ipynb").unlink()
    (book / "_toc.yml").write_text(toc)


def test_chapters_run_at_the_same_time_and_only_once(tmp_path):
    write_chapters(
        tmp_path,
        MEET.format(mine="one", other="two"),
        MEET.format(mine="two", other="one"),
    )
    first = build(tmp_path)
    assert first.returncode == 0, first.stdout
    assert f"running 2 chapters, {os.cpu_count()} at a time" in first.stdout
    assert "chapter 1 of 2: chapter" in first.stdout
    assert "chapter 2 of 2: chapter" in first.stdout
    assert "Executing notebook" not in first.stdout
    for number, other in ((1, "two"), (2, "one")):
        page = tmp_path / f"_build/html/book/chapter{number}.html"
        assert f"met {other}" in page.read_text(encoding="utf-8")

    shutil.rmtree(tmp_path / "_build/html")
    again = build(tmp_path, "--all")
    assert again.returncode == 0, again.stdout
    assert "running" not in again.stdout
    assert again.stdout.count("Using cached notebook") == 2


def test_a_chapter_that_fails_is_named_and_the_others_are_kept(tmp_path):
    write_chapters(tmp_path, "raise RuntimeError('broken on purpose')", "print('fine')")
    result = build(tmp_path)
    assert result.returncode != 0
    assert "chapter1.ipynb failed" in result.stdout
    assert "book/chapter1.ipynb: WARNING: Executing notebook failed" in result.stdout
    assert "broken on purpose" in result.stdout
    assert "book/chapter2.ipynb: Using cached notebook" in result.stdout


def wait_until(true, seconds=300):
    end = time.monotonic() + seconds
    while not (value := true()):
        assert time.monotonic() < end, "nothing happened"
        time.sleep(0.05)
    return value


def runs(pid):
    """Tell whether a process is there, and is not one that has ended and waits to be noticed."""
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def test_nothing_runs_on_when_a_build_is_killed(tmp_path):
    write_chapters(
        tmp_path,
        MEET.format(mine="one", other="never"),
        MEET.format(mine="two", other="never"),
    )
    program = shutil.which("jupyter-book", path=Path(sys.executable).parent)
    process = subprocess.Popen([program, "build", "."], cwd=tmp_path, stdout=subprocess.DEVNULL)
    notes = [tmp_path / "book/one", tmp_path / "book/two"]
    try:
        wait_until(lambda: all(note.exists() and note.read_text() for note in notes))
    finally:
        process.kill()
        process.wait()
    pids = {int(pid) for note in notes for pid in note.read_text().split()}
    assert len(pids) == 4  # two kernels, and the two processes that started them
    wait_until(lambda: not any(map(runs, pids)))


# The commands. What builds an edition is a stand-in here: it is told when to end, and how.

COMMAND = """
import signal, sys
from pathlib import Path
from publish import build, serve

signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever runs the tests may ignore it
folder = Path(sys.argv.pop(1))
CODE = '''
import sys, time
from pathlib import Path
folder, language = Path(sys.argv[1]), sys.argv[2]
order = folder / language
while not order.exists():
    time.sleep(0.05)
(folder / "site" / language).mkdir(parents=True)
(folder / "site" / language / "page.html").write_text("a page")
sys.exit(order.read_text() or 0)
'''
build.command = lambda language: [sys.executable, "-c", CODE, str(folder), language]
build.languages = serve.languages = lambda: ["en", "ko"]
serve.SITE = folder / "site"
sys.exit({module}.main())
"""


class Command:
    """One of the commands, while it runs; what it has said so far is in `log`."""

    def __init__(self, module, folder, *arguments):
        self.folder, self.file = folder, folder / "log"
        with self.file.open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-c", COMMAND.format(module=module), str(folder), *arguments],
                cwd=ROOT,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def log(self):
        return self.file.read_text()

    def order(self, language, failure=""):
        """Let the edition in a language be built, or fail with what is said to be wrong."""
        unfinished = self.folder / "order"
        unfinished.write_text(failure)
        unfinished.rename(self.folder / language)

    def wait_for(self, words):
        wait_until(lambda: words in self.log or self.process.poll() is not None)
        assert words in self.log, self.log

    def end(self):
        return self.process.wait(timeout=60)


@pytest.fixture
def command(tmp_path):
    started = []

    def start(module, *arguments):
        started.append(Command(module, tmp_path, *arguments))
        return started[-1]

    yield start
    for one in started:
        if one.process.poll() is None:
            os.killpg(one.process.pid, signal.SIGKILL)
            one.process.wait()


def test_every_edition_is_built_and_the_english_one_first(command):
    html = command("build")
    html.wait_for("English edition: building\n")
    html.order("en")
    html.wait_for("Korean edition: building\n")
    html.order("ko")
    assert html.end() == 0


@pytest.mark.parametrize("language", ["en", "ko"])
def test_a_warning_in_one_edition_fails_the_build(language, command):
    html = command("build")
    if language == "ko":
        html.order("en")
    html.order(language, "a warning")
    assert html.end() == 1
    name = {"en": "English", "ko": "Korean"}[language]
    assert html.log.endswith(f"a warning\n{name} edition: not built, see above\n")
    assert ("Korean" in html.log) == (language == "ko")


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def get(port, path):
    with urlopen(f"http://127.0.0.1:{port}/{path}", timeout=60) as answer:
        return answer.read()


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_the_english_edition_is_served_while_the_others_are_built(sign, command):
    port = free_port()
    book = command("serve", "--port", str(port))
    book.wait_for("English edition: building\n")
    book.order("en")
    book.wait_for(f"English edition ready: http://127.0.0.1:{port}/\n")
    assert get(port, "en/page.html") == b"a page"
    assert "Korean edition: building\n" in book.log
    assert "Korean edition ready" not in book.log
    book.order("ko")
    book.wait_for(f"Korean edition ready: http://127.0.0.1:{port}/ko/\n")
    assert get(port, "ko/page.html") == b"a page"
    os.killpg(book.process.pid, sign)
    assert book.end() == 0
    assert book.log.endswith("Stopped.\n")
    assert "Traceback" not in book.log


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("language", ["en", "ko"])
def test_stopping_ends_the_server_and_the_build(language, sign, command):
    port = free_port()
    book = command("serve", "--port", str(port))
    if language == "ko":
        book.order("en")
    book.wait_for({"en": "English edition: building", "ko": "Korean edition: building"}[language])
    os.kill(book.process.pid, sign)  # the build itself is not told
    assert book.end() == 0
    assert book.log.endswith("Stopped.\n")
    with pytest.raises(ProcessLookupError):
        os.killpg(book.process.pid, 0)  # nothing of it is left
    with socket.socket() as again:
        assert again.connect_ex(("127.0.0.1", port)) != 0


def test_a_translation_that_cannot_be_built_leaves_the_english_edition_served(command):
    port = free_port()
    book = command("serve", "--port", str(port))
    book.order("en")
    book.order("ko", "a warning")
    book.wait_for("Korean edition: not built, see above\n")
    assert get(port, "en/page.html") == b"a page"
    assert "Korean edition ready" not in book.log


def test_without_an_english_edition_nothing_is_served(command):
    book = command("serve", "--port", str(free_port()))
    book.wait_for("English edition: building\n")
    book.order("en", "a warning")
    assert book.end() == 1
    assert book.log.endswith("a warning\nEnglish edition: not built, see above\n")


def test_a_port_in_use_is_named_before_anything_is_built(command):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        book = command("serve", "--port", str(port))
        assert book.end() == 1
        assert book.log == (
            f"port {port} cannot be used (Address already in use): make book PORT=8001, say\n"
        )
    book = command("serve", "--port", "80000")
    assert book.end() == 1
    assert book.log.startswith("port 80000 cannot be used (bind(): port must be 0-65535.)")


@pytest.mark.parametrize("target", ["book", "html", "pdf", "lab", "workbook"])
def test_make_names_a_language_that_the_book_does_not_have(target):
    done = subprocess.run(
        ["make", "--dry-run", target, "LANG=xx"],
        cwd=ROOT,
        env={k: v for k, v in os.environ.items() if not k.startswith("MAKE")},  # not of this run
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert f"LANG must be one of: {' '.join(languages())}, got xx" in done.stderr
    assert subprocess.run(["make", "--dry-run", target, "LANG=en"], cwd=ROOT).returncode == 0

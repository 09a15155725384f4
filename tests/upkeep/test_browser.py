"""A browser is found or installed, and what goes wrong on a page does not go unnoticed."""

import shutil
import subprocess
import sys

import pytest

from upkeep import browser as browsers
from upkeep.reader import PageFaultError, reading
from upkeep.visitor import serve, until

PAGE = """<!doctype html><html lang="en"><link rel="icon" href="data:,">
<title>A page</title><h1>A page</h1>
<script>console.log("all is well")</script>"""


@pytest.fixture
def asked(monkeypatch):
    """Return the commands that are run; none of them is."""
    commands = []

    def run(command, **options):
        commands.append(command)
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(subprocess, "run", run)
    return commands


def having(monkeypatch, *programs):
    """Let only these programs be there."""
    monkeypatch.setattr(shutil, "which", lambda name: name if name in programs else None)


def test_the_browsers_that_are_there_are_named(capsys):
    assert browsers.main([]) == 0
    said = [line.split(" for the tests: ") for line in capsys.readouterr().out.splitlines()]
    found = {name.capitalize(): find() for name, find in browsers.FIND.items()}
    assert dict(said) == found
    assert all(found.values())
    assert len(found) == 3 or sys.platform != "linux"


def test_a_browser_that_nobody_knows_is_refused(capsys):
    with pytest.raises(SystemExit):
        browsers.main(["netscape"])
    assert "browser must be one of ['chromium'" in capsys.readouterr().err


def test_a_named_browser_that_does_not_start_is_an_error(monkeypatch, capsys):
    monkeypatch.setenv("CHROMIUM", sys.executable)
    assert browsers.main(["chromium"]) == 1
    assert capsys.readouterr().err == f"CHROMIUM={sys.executable} is no browser that starts\n"


def test_the_first_installer_that_gives_a_browser_is_the_last(monkeypatch, asked, capsys):
    having(monkeypatch, "apt-get")
    monkeypatch.setattr("os.geteuid", lambda: 0, raising=False)
    found = iter([None, "/usr/bin/chromium"])
    monkeypatch.setattr(browsers, "find_browser", lambda: next(found))
    monkeypatch.delenv("CHROMIUM", raising=False)
    assert browsers.main(["chromium"]) == 0
    assert [command[0] for command in asked] == ["apt-get", "apt-get"]
    assert asked[1][-3:] == ["chromium", "fonts-noto-cjk", "libatomic1"]
    assert capsys.readouterr().out.endswith("Chromium for the tests: /usr/bin/chromium\n")


@pytest.mark.parametrize(
    ("name", "alternatives"),
    [
        ("firefox", ["firefox-esr"]),
        ("webkit", ["webkit2gtk-driver xvfb", "webkitgtk-webdriver xvfb"]),
    ],
)
def test_another_browser_comes_from_its_packages_or_is_asked_for(
    monkeypatch, asked, capsys, name, alternatives
):
    having(monkeypatch, "apt-get")
    monkeypatch.setattr("os.geteuid", lambda: 0, raising=False)
    monkeypatch.setitem(browsers.FIND, name, lambda: None)
    assert browsers.main([name]) == 1
    installed = [" ".join(command[4:]) for command in asked if "install" in command]
    assert installed == alternatives
    assert len(asked) == 2 * len(alternatives)  # each after an update
    assert capsys.readouterr().err.endswith(f"install {', or '.join(alternatives)}\n")


def test_a_driver_that_does_not_start_is_said_and_a_browser_is_asked_for(
    monkeypatch, asked, capsys
):
    def broken():
        raise Exception("Connection closed")

    having(monkeypatch)
    monkeypatch.setattr(browsers, "sync_playwright", broken)
    monkeypatch.delenv("CHROMIUM", raising=False)
    assert browsers.main(["chromium"]) == 1
    assert "Playwright does not start: Connection closed\n" in capsys.readouterr().err
    assert asked == [[sys.executable, "-m", "playwright", "install", "chromium"]]


@pytest.mark.parametrize(
    ("programs", "user", "first"),
    [
        (["apt-get", "sudo"], 1000, ["sudo", "--non-interactive", "apt-get"]),
        (["apt-get"], 1000, [sys.executable, "-m", "playwright"]),
        (["sudo"], 1000, [sys.executable, "-m", "playwright"]),
    ],
)
def test_the_installer_is_one_that_may_be_run(monkeypatch, asked, programs, user, first):
    having(monkeypatch, *programs)
    monkeypatch.setattr("os.geteuid", lambda: user, raising=False)
    commands = next(browsers.installers())
    assert commands[0][:3] == first


def test_a_machine_where_nothing_can_be_installed_is_told_what_to_do(monkeypatch, asked, capsys):
    having(monkeypatch)
    monkeypatch.setattr(browsers, "find_browser", lambda: None)
    monkeypatch.delenv("CHROMIUM", raising=False)
    assert browsers.main(["chromium"]) == 1
    assert asked == [[sys.executable, "-m", "playwright", "install", "chromium"]]
    assert "set CHROMIUM to its path" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        ("console.error('broken')", "broken"),
        ("throw new Error('undefined')", "undefined"),
        ("fetch('missing.json')", "missing.json"),
        ("fetch('https://elsewhere.invalid/').catch(() => {})", "elsewhere.invalid"),
    ],
)
def test_a_fault_of_a_page_that_is_read_is_an_error(browser, tmp_path, wrong, fault):
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    wrong_page = PAGE.replace('console.log("all is well")', wrong)
    (tmp_path / "wrong.html").write_text(wrong_page, encoding="utf-8")
    with serve(tmp_path) as address:
        with reading(browser, address, "page") as reader:
            until(reader.page, "document.title === 'A page'")
        with (
            pytest.raises(PageFaultError, match=fault),
            reading(browser, address, "wrong") as reader,
        ):
            reader.page.wait_for_load_state("networkidle")


def test_waiting_ends_with_an_error_that_says_for_what(browser):
    page = browser.new_page()
    with pytest.raises(TimeoutError, match=r"after 0 s still not: 1 > 2"):
        until(page, "1 > 2", seconds=0)
    page.close()

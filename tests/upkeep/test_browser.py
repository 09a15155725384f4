"""A browser is found or installed, and what goes wrong on a page does not go unnoticed."""

import shutil
import subprocess
import sys

import pytest

from upkeep import browser as browsers
from upkeep.reader import PageFaultError, reading
from upkeep.visitor import serve, until

PAGE = """<!doctype html><html lang="en"><title>A page</title><h1>A page</h1>
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


def test_a_browser_that_is_there_is_named(capsys):
    assert browsers.main([]) == 0
    said = capsys.readouterr().out
    assert said.startswith("Browser for the tests: ")
    assert said.split(": ")[1].strip() == browsers.find_browser()


def test_a_named_browser_that_does_not_start_is_an_error(monkeypatch, capsys):
    monkeypatch.setenv("CHROMIUM", sys.executable)
    assert browsers.main([]) == 1
    assert capsys.readouterr().err == f"CHROMIUM={sys.executable} is no browser that starts\n"


def test_the_first_installer_that_gives_a_browser_is_the_last(monkeypatch, asked, capsys):
    having(monkeypatch, "apt-get")
    monkeypatch.setattr("os.geteuid", lambda: 0, raising=False)
    found = iter([None, "/usr/bin/chromium"])
    monkeypatch.setattr(browsers, "find_browser", lambda: next(found))
    monkeypatch.delenv("CHROMIUM", raising=False)
    assert browsers.main([]) == 0
    assert [command[0] for command in asked] == ["apt-get", "apt-get"]
    assert asked[1][-2:] == ["chromium", "fonts-noto-cjk"]
    assert capsys.readouterr().out.endswith("Browser for the tests: /usr/bin/chromium\n")


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
    assert browsers.main([]) == 1
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

"""Find a Chromium for tests, printing and benchmarks: ``python -m upkeep.browser``.

If there is none, it is installed. The environment variable CHROMIUM names the one to take.
"""

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence

from playwright.sync_api import Error, Playwright, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
# The sandbox does not start for root. Only pages of this book are opened.
ARGUMENTS = ["--no-sandbox"]


def find_browser() -> str | None:
    """Return the path of the first Chromium or Chrome that starts, or None.

    If the environment variable CHROMIUM is set, only that one is tried. Else the
    well-known names on PATH are tried, then the one that Playwright has installed.
    """
    with sync_playwright() as playwright:
        if "CHROMIUM" in os.environ:
            candidates: list[str | None] = [os.environ["CHROMIUM"]]
        else:
            candidates = [*map(shutil.which, NAMES), playwright.chromium.executable_path]
        return next((path for path in candidates if path and _starts(playwright, path)), None)


def _starts(playwright: Playwright, path: str) -> bool:
    try:
        playwright.chromium.launch(executable_path=path, args=ARGUMENTS).close()
    except Error:
        return False
    return True


def installers() -> Iterator[list[list[str]]]:
    """Yield the lists of commands that can install a Chromium here, the best one first."""
    root = _prefix_for_root() if shutil.which("apt-get") else None
    if root is not None:
        apt = [*root, "apt-get", "--yes", "--no-install-recommends"]
        # with a font for Chinese, Japanese and Korean, which a bare machine lacks
        yield [[*apt, "update"], [*apt, "install", "chromium", "fonts-noto-cjk"]]
    libraries = [] if root is None else ["--with-deps"]
    yield [[sys.executable, "-m", "playwright", "install", *libraries, "chromium"]]


def _prefix_for_root() -> list[str] | None:
    """Return what makes a command run as root without a question, or None."""
    if os.geteuid() == 0:
        return []
    sudo = ["sudo", "--non-interactive"]
    if shutil.which("sudo") is None:
        return None
    return sudo if subprocess.run([*sudo, "true"], check=False).returncode == 0 else None


def install() -> str | None:
    """Install a Chromium; return its path, or None."""
    for commands in installers():
        for command in commands:
            print("No Chromium found. Running:", *command, flush=True)
            subprocess.run(command, check=False)
        if browser := find_browser():
            return browser
    return None


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m upkeep.browser", description=__doc__)
    parser.parse_args(arguments)
    browser = find_browser()
    if not browser and "CHROMIUM" in os.environ:
        print(f"CHROMIUM={os.environ['CHROMIUM']} is no browser that starts", file=sys.stderr)
        return 1
    browser = browser or install()
    if not browser:
        message = "No Chromium found and none installed: install one, or set CHROMIUM to its path"
        print(message, file=sys.stderr)
        return 1
    print("Browser for the tests:", browser)
    return 0


if __name__ == "__main__":
    sys.exit(main())

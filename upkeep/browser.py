"""Find a Chromium for the browser tests, or install one: ``python -m upkeep.browser``."""

import os
import shutil
import subprocess
import sys

from playwright.sync_api import Error, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
# The sandbox does not start for root. The tests open pages of this book only.
ARGUMENTS = ["--no-sandbox"]


def find_browser():
    """Return the path of the first Chromium or Chrome that starts, or None.

    If the environment variable CHROMIUM is set, only that one is tried. Else the
    well-known names on PATH are tried, then the one that Playwright has installed.
    """
    with sync_playwright() as playwright:
        if "CHROMIUM" in os.environ:
            candidates = [os.environ["CHROMIUM"]]
        else:
            candidates = [*map(shutil.which, NAMES), playwright.chromium.executable_path]
        return next((path for path in candidates if path and _starts(playwright, path)), None)


def _starts(playwright, path):
    try:
        playwright.chromium.launch(executable_path=path, args=ARGUMENTS).close()
    except Error:
        return False
    return True


def installers():
    """Yield the lists of commands that can install a Chromium here, the best one first."""
    root = _prefix_for_root() if shutil.which("apt-get") else None
    if root is not None:
        apt = [*root, "apt-get", "--yes", "--no-install-recommends"]
        # with a font for Chinese, Japanese and Korean, which a bare machine lacks
        yield [[*apt, "update"], [*apt, "install", "chromium", "fonts-noto-cjk"]]
    libraries = [] if root is None else ["--with-deps"]
    yield [[sys.executable, "-m", "playwright", "install", *libraries, "chromium"]]


def _prefix_for_root():
    """Return what makes a command run as root without a question, or None."""
    if os.geteuid() == 0:
        return []
    sudo = ["sudo", "--non-interactive"]
    usable = shutil.which("sudo") and subprocess.run([*sudo, "true"], check=False).returncode == 0
    return sudo if usable else None


def install():
    """Install a Chromium; return its path, or None."""
    for commands in installers():
        for command in commands:
            print("No Chromium found. Running:", *command, flush=True)
            subprocess.run(command, check=False)
        if browser := find_browser():
            return browser
    return None


def main():
    browser = find_browser()
    if not browser and "CHROMIUM" in os.environ:
        sys.exit(f"CHROMIUM={os.environ['CHROMIUM']} is no browser that starts")
    browser = browser or install()
    if not browser:
        sys.exit("No Chromium found and none installed: install one, or set CHROMIUM to its path")
    print("Browser for the tests:", browser)


if __name__ == "__main__":
    main()

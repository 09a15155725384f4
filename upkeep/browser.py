"""Find browsers for tests, printing and benchmarks: ``python -m upkeep.browser``.

Those that are missing are installed: Chromium on every system; on Linux also Firefox and the
driver of WebKit, the engine of Safari, which are for tests. ``python -m upkeep.browser chromium``
is about one alone. The environment variable CHROMIUM names the Chromium to take.
"""

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence

from playwright.sync_api import Error, Playwright, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
# The sandbox does not start for root. Only pages of this book are opened.
ARGUMENTS = ["--no-sandbox"]
# No site but one of this machine is found.
ALONE = ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"]
# Most pages of tests live for seconds: what WebAssembly runs has to run long before it is compiled
# a second time, for speed.
COMPILE_LATE = ["--js-flags=--wasm-tiering-budget=1000000000"]
PACKAGES = {
    # What a bare machine lacks besides: a font for Chinese, Japanese and Korean, and what the
    # driver of Playwright is linked to.
    "chromium": [["chromium", "fonts-noto-cjk", "libatomic1"]],
    "firefox": [["firefox-esr"]],
    # the name in Debian 12, and the one since then
    "webkit": [["webkit2gtk-driver", "xvfb"], ["webkitgtk-webdriver", "xvfb"]],
}


def find_browser() -> str | None:
    """Return the path of the first Chromium or Chrome that starts, or None.

    If the environment variable CHROMIUM is set, only that one is tried. Else the
    well-known names on PATH are tried, then the one that Playwright has installed.
    """
    try:
        with sync_playwright() as playwright:
            return _find_chromium(playwright)
    except Exception as error:  # it has no name for a driver that does not start
        print(f"Playwright does not start: {error}", file=sys.stderr)
        return None


def _find_chromium(playwright: Playwright) -> str | None:
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


def find_firefox() -> str | None:
    """Return the path of Firefox, or None."""
    return shutil.which("firefox-esr") or shutil.which("firefox")


def find_webkit() -> str | None:
    """Return the path of the driver of WebKit, or None; it also needs a screen, which is Xvfb."""
    return shutil.which("WebKitWebDriver") if shutil.which("Xvfb") else None


FIND: dict[str, Callable[[], str | None]] = {"chromium": lambda: find_browser()}
if sys.platform == "linux":
    FIND |= {"firefox": find_firefox, "webkit": find_webkit}


def installers(name: str = "chromium") -> Iterator[list[list[str]]]:
    """Yield the lists of commands that can install a browser here, the best one first."""
    root = _prefix_for_root() if shutil.which("apt-get") else None
    if root is not None:
        apt = [*root, "apt-get", "--yes", "--no-install-recommends"]
        yield from ([[*apt, "update"], [*apt, "install", *one]] for one in PACKAGES[name])
    if name == "chromium":
        libraries = [] if root is None else ["--with-deps"]
        yield [[sys.executable, "-m", "playwright", "install", *libraries, name]]


def _prefix_for_root() -> list[str] | None:
    """Return what makes a command run as root without a question, or None."""
    if os.geteuid() == 0:
        return []
    sudo = ["sudo", "--non-interactive"]
    if shutil.which("sudo") is None:
        return None
    return sudo if subprocess.run([*sudo, "true"], check=False).returncode == 0 else None


def install(name: str = "chromium") -> str | None:
    """Install a browser; return its path, or None."""
    for commands in installers(name):
        for command in commands:
            print(f"No {name.capitalize()} found. Running:", *command, flush=True)
            subprocess.run(command, check=False)
        if browser := FIND[name]():
            return browser
    return None


def provide(name: str) -> str | None:
    """Return the path of a browser, which is installed if it is missing; or say what to do."""
    browser = FIND[name]()
    if not browser and name == "chromium" and "CHROMIUM" in os.environ:
        print(f"CHROMIUM={os.environ['CHROMIUM']} is no browser that starts", file=sys.stderr)
        return None
    browser = browser or install(name)
    if browser:
        print(f"{name.capitalize()} for the tests:", browser)
    elif name == "chromium":
        message = "No Chromium found and none installed: install one, or set CHROMIUM to its path"
        print(message, file=sys.stderr)
    else:
        packages = ", or ".join(map(" ".join, PACKAGES[name]))
        print(
            f"No {name.capitalize()} found and none installed: install {packages}", file=sys.stderr
        )
    return browser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m upkeep.browser", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="browser", help=f"of {', '.join(FIND)}")
    names = parser.parse_args(arguments).names or FIND
    for name in names:
        if name not in FIND:
            parser.error(f"browser must be one of {[*FIND]}, got {name!r}")
    return 0 if all([provide(name) for name in names]) else 1


if __name__ == "__main__":
    sys.exit(main())

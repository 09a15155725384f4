"""Build the site: the English edition and, into a folder of it, each translation.

``python -m publish.build`` builds all editions, and its exit code is 1 if one of them has a
warning. `publish.serve` does the same, and shows each edition as soon as it is ready.
"""

import shutil
import subprocess
import sys
from pathlib import Path

from babel import Locale

from publish.languages import SOURCE, languages

ROOT = Path(__file__).parents[1]
SITE = ROOT / "_build" / "html"


def start(language: str) -> "subprocess.Popen[bytes]":
    """Start to build an edition, and say so; all others need the English one first."""
    print(f"{name(language)} edition: building", flush=True)
    return subprocess.Popen(command(language), cwd=ROOT)


def command(language: str) -> list[str]:
    """Return the command that builds an edition, and that can be given by hand as well."""
    if language != SOURCE:
        return [sys.executable, "-m", "publish.languages.build", language]
    program = shutil.which("jupyter-book", path=Path(sys.executable).parent)
    return [str(program), "build", ".", "-W", "-n", "--keep-going"]


def name(language: str) -> str:
    """Return the English name of a language."""
    return str(Locale.parse(language).english_name)


def main() -> int:
    """Build all editions; return the exit code."""
    for language in languages():
        if start(language).wait():
            print(f"{name(language)} edition: not built, see above", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

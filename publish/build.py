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


def build(language: str) -> bool:
    """Build an edition, and tell whether it is there; all others need the English one first."""
    process = subprocess.Popen(command(language), cwd=ROOT)
    try:
        print(f"{name(language)} edition: building", flush=True)
        failed = process.wait()
    finally:
        stop(process)
    if failed:
        print(f"{name(language)} edition: not built, see above", file=sys.stderr, flush=True)
    return not failed


def stop(process: "subprocess.Popen[bytes]") -> None:
    """End a process that still runs; after Ctrl-C it has been told to end, too."""
    if process.poll() is None:
        process.terminate()
        process.wait()


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
    return 0 if all(build(language) for language in languages()) else 1


if __name__ == "__main__":
    sys.exit(main())

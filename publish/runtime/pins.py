"""What is pinned: the version of Pyodide, the SHA-256 of each file, the lock of its packages."""

import json
import re
from pathlib import Path
from typing import Any, TypedDict

PINS = Path(__file__).with_name("pyodide.json")
WHEELS = Path(__file__).with_name("wheels")  # the packages, as their README.md tells
SHA256 = re.compile("[0-9a-f]{64}")


class PinError(Exception):
    """The pins cannot be used; the message names the field."""


class Lock(TypedDict):
    """The part of ``pyodide-lock.json`` that the chapters need."""

    info: dict[str, str]
    packages: dict[str, dict[str, Any]]


class Pins(TypedDict):
    """What ``pyodide.json`` holds."""

    pyodide: str
    files: dict[str, str]
    lock: Lock


def read_pins(path: Path = PINS) -> Pins:
    """Return what is pinned.

    Raises
    ------
    PinError
        If the file is no JSON, a field is missing, or a file of the lock is not pinned by the
        SHA-256 that the lock has for it.
    """
    try:
        pinned: Pins = json.loads(path.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        raise PinError(f"{path.name} is no JSON: {error}") from None
    try:
        check(pinned)
    except KeyError as error:
        raise PinError(f"{path.name} lacks the field {error}") from None
    except (AttributeError, TypeError) as error:
        raise PinError(f"{path.name} is not built as it must be: {error}") from None
    except PinError as error:
        raise PinError(f"{path.name}: {error}") from None
    return pinned


def check(pinned: Pins) -> None:
    """Demand that all fields are there, and that they agree about the packages."""
    files = pinned["files"]
    for name, digest in files.items():
        if not SHA256.fullmatch(digest):
            raise PinError(f"{name} must be pinned by 64 hexadecimal digits, got {digest!r}")
    for field in (pinned["pyodide"], pinned["lock"]["info"]["python"]):
        if not isinstance(field, str):
            raise PinError(f"a version must be a text, got {field!r}")
    for name, package in pinned["lock"]["packages"].items():
        file, digest = package["file_name"], package["sha256"]
        if files.get(file) != digest:
            raise PinError(f"{file} must be pinned by {digest} as in the lock of {name}")


def write_pins(pinned: Pins, path: Path = PINS) -> None:
    path.write_text(json.dumps(pinned, indent=1), encoding="utf-8")

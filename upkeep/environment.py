"""Set up the environments of the project, and lock what they hold.

This runs before anything is installed, on whatever Python there is: it needs the standard
library only, and its syntax is one that old versions of Python can read.

``requirements.txt`` pins what the project uses itself. ``requirements.lock`` pins what that
needs in turn, with hashes, for every system and every version of Python.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
REQUIREMENTS = ROOT / "requirements.txt"
LOCK = ROOT / "requirements.lock"
BENCHMARKS = ROOT / "benchmarks" / "requirements.txt"
PROJECT = "deep-neural-network-step-by-step"
CPU_BUILDS = "https://download.pytorch.org/whl/cpu"

OLDEST = (3, 11)
NEWEST_TESTED = (3, 14)

PIN = re.compile(r"([A-Za-z0-9][\w.-]*)==([^\s;\\]+)")


def check_python(version: tuple[int, int]) -> None:
    """Stop on a Python that is too old; warn on one that nobody has tested yet."""
    oldest, newest, this = map(_dotted, (OLDEST, NEWEST_TESTED, version))
    if version < OLDEST:
        sys.exit(
            f"Python {oldest} or newer is needed, but {sys.executable} is Python {this}: "
            f"run make PYTHON=python{newest}, say"
        )
    if version > NEWEST_TESTED:
        tested = f"newer than {newest}, the newest that the project is tested with"
        print(f"Warning: {sys.executable} is Python {this}, {tested}.", file=sys.stderr)


def _dotted(version: tuple[int, int]) -> str:
    return ".".join(map(str, version))


def read_pins() -> list[str]:
    """Return the lines of ``requirements.txt`` that pin a package, without comments."""
    pins = []
    lines = REQUIREMENTS.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, start=1):
        line = re.sub(r"(^|\s)#.*", "", line).strip()
        if re.fullmatch(PIN.pattern + r"\s*(;.+)?", line):
            pins.append(line)
        elif line not in ("", "--editable ."):
            sys.exit(f"requirements.txt, line {number}: expected name==version, got {line!r}")
    return pins


def read_lock() -> list[str]:
    """Return the text of each package in ``requirements.lock``: its pin, hashes and origin."""
    if not LOCK.is_file():
        sys.exit("requirements.lock is missing: run make lock")
    return re.findall(r"^\w.*\n(?: .*\n)*", LOCK.read_text(encoding="utf-8"), re.MULTILINE)


def check_lock() -> None:
    """Stop if ``requirements.lock`` was made from other pins than ``requirements.txt`` has."""
    pinned = {_name_and_version(pin) for pin in read_pins()}
    locked = {
        _name_and_version(entry) for entry in read_lock() if f"-r {REQUIREMENTS.name}" in entry
    }
    different = ", ".join(sorted(f"{name}=={version}" for name, version in pinned ^ locked))
    if different:
        sys.exit(f"requirements.lock does not match requirements.txt ({different}): run make lock")


def _name_and_version(text: str) -> tuple[str, str]:
    name, version = text.split("==", 1)
    version = re.split(r"[\s;]", version, maxsplit=1)[0]
    return re.sub(r"[-_.]+", "-", name).lower(), version


def create(folder: str) -> str:
    """Create a virtual environment, or keep the one that is there; return its Python."""
    run_or_stop([sys.executable, "-m", "venv", folder])
    return str(Path(folder) / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python"))


def run(command: list[object]) -> bool:
    """Run a command in the project; return whether it succeeded."""
    return subprocess.call([str(word) for word in command], cwd=str(ROOT)) == 0


def run_or_stop(command: list[object]) -> None:
    """Run a command in the project; stop if it fails. It has said why."""
    if not run(command):
        sys.exit(1)


def install_wheels(python: str, *requirement: object) -> bool:
    """Install exactly these with pip for `python`, as wheels; return whether that succeeded."""
    pip = [python, "-m", "pip", "install", "--quiet", "--no-deps", "--only-binary=:all:"]
    return run([*pip, *requirement])


def set_up(folder: str) -> None:
    """Install the locked packages and the project itself into a virtual environment.

    uv is several times as fast as pip, but does not know pip's settings. Where pip has to use
    another index or a proxy, uv fails, and pip installs the same files. No package is asked what
    it needs: the lock has all of it, and pyproject.toml says where a package would be wrong.
    """
    check_lock()
    python = create(folder)
    print(f"Installing the packages of requirements.lock into {folder}", flush=True)
    locked = ["--no-deps", "--require-hashes", "--requirement", LOCK]
    install = [python, "-m", "uv", "pip", "install", "--quiet", "--python", python]
    # compiled now, as pip does: where PYTHONDONTWRITEBYTECODE is set, nobody would do it later
    if not (install_locked(python, "uv") and run([*install, "--compile-bytecode", *locked])):
        print("That did not work with uv. Now with pip, which takes longer", flush=True)
        install = [python, "-m", "pip", "install", "--quiet"]
        run_or_stop([*install, *locked])
    # setuptools is locked, too: nothing else is fetched to build the project
    run_or_stop([*install, "--no-deps", "--no-build-isolation", "--editable", "."])


def install_locked(python: str, *names: str) -> bool:
    """Install these packages as ``requirements.lock`` has them; return whether that succeeded."""
    with tempfile.TemporaryDirectory() as scratch:
        only_these = Path(scratch, "locked.txt")
        entries = [entry for entry in read_lock() if _name_and_version(entry)[0] in names]
        only_these.write_text("".join(entries), encoding="utf-8")
        return install_wheels(python, "--require-hashes", "--requirement", only_these)


def set_up_benchmarks(folder: str) -> None:
    """Install what the benchmarks compare, with the versions of ``requirements.txt``."""
    python = create(folder)
    install_torch(python)
    with tempfile.TemporaryDirectory() as scratch:
        constraints = Path(scratch, "constraints.txt")
        constraints.write_text("\n".join(read_pins()), encoding="utf-8")
        install = [python, "-m", "pip", "install", "--quiet"]
        run_or_stop([*install, "--requirement", BENCHMARKS, "--constraint", constraints])


def set_up_torch(folder: str) -> None:
    """Install the PyTorch of the benchmarks with NumPy, and nothing else.

    A test runs in it what the book shows of PyTorch. Of all that PyTorch asks for, this needs
    typing-extensions alone.
    """
    python = create(folder)
    install_torch(python)
    if not install_locked(python, "numpy", "typing-extensions"):
        sys.exit(1)


def install_torch(python: str) -> None:
    """Install the PyTorch of the benchmarks, in its build for the CPU.

    On Linux, that is not the one of PyPI, which brings gigabytes for GPUs: its version ends with
    ``+cpu``, and where pip's settings lead to none, PyTorch's own index has it. Nothing is
    compiled: a program imports a small part of all this.
    """
    (torch,) = re.findall(r"^torch==[\w.]+$", BENCHMARKS.read_text(encoding="utf-8"), re.MULTILINE)
    print(f"Installing {torch}, which computes on the CPU", flush=True)
    if sys.platform != "linux":
        installed = install_wheels(python, "--no-compile", torch)
    else:
        wheel = ["--no-compile", f"{torch}+cpu"]
        installed = install_wheels(python, *wheel)
        if not installed:
            print(f"That is not where pip looks. Now from {CPU_BUILDS}", flush=True)
            installed = install_wheels(python, *wheel, "--index-url", CPU_BUILDS)
    if not installed:
        sys.exit(1)


def lock(folder: str) -> None:
    """Write ``requirements.lock`` anew, with uv in a virtual environment.

    Versions that are locked already stay as they are if they fit; delete the file to get the
    newest of everything.
    """
    (uv,) = (pin for pin in read_pins() if pin.startswith("uv=="))
    python = create(folder)
    if not install_wheels(python, uv):
        sys.exit(1)
    compile_lock = [python, "-m", "uv", "pip", "compile", "--quiet", REQUIREMENTS.name]
    every_system = ["--universal", "--python-version", _dotted(OLDEST), "--generate-hashes"]
    without_project = ["--no-emit-package", PROJECT, "--custom-compile-command", "make lock"]
    run_or_stop([*compile_lock, *every_system, *without_project, "--output-file", LOCK.name])


def main(arguments: list[str]) -> None:
    """Run ``COMMAND FOLDER``: ``set-up``, ``set-up-benchmarks``, ``set-up-torch`` or ``lock``."""
    check_python(sys.version_info[:2])
    commands = {
        "set-up": set_up,
        "set-up-benchmarks": set_up_benchmarks,
        "set-up-torch": set_up_torch,
        "lock": lock,
    }
    command, folder = arguments
    commands[command](folder)


if __name__ == "__main__":
    main(sys.argv[1:])

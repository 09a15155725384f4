"""Run programs of other people: cut off from this machine where it can do that, always limited.

`sandbox_prefix` is for the program itself, `limit_prefix` for what has to read its output.
Both return the beginning of a command line. Run as a script, this file is a part
of it: it sets the limits, drops the environment and becomes the program.
"""

import contextlib
import functools
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

try:
    import resource
except ImportError:  # Windows has no limits
    resource = None  # type: ignore[assignment]

ROOT = Path(__file__).resolve().parents[1]
MEGABYTE = 2**20
MEMORY = 1536  # megabytes of addresses; a kernel with NumPy takes 900 before it does anything
FILE = 50  # megabytes that one file may have
DISK = 200  # megabytes that all files together may have
CPU = 120  # seconds
PROCESSES = 128  # more than there are already
UNSAFE = (
    "WARNING: the submissions run WITHOUT isolation, because bubblewrap (bwrap) does not work "
    "here. They can read and change your files and use the network; only their time and memory "
    "are limited. Grade them on a Linux machine with bubblewrap, or in a virtual machine."
)
KEPT = re.compile("HOME|LANG|LC_.*|PATH|OPENBLAS_CORETYPE|OPENBLAS_L2_SIZE|JUPYTER_.*|IPYTHONDIR")
LAUNCHER = "teach/isolation.py"  # this file
NEEDED = ("dnn_utils", "testCases", LAUNCHER)  # of this project


def limit_prefix(memory: int = MEMORY) -> list[str]:
    """Return what makes a command run with limits and without the variables of this process.

    Parameters
    ----------
    memory : int
        Megabytes of addresses that a process may use.

    Returns
    -------
    prefix : list of str
        To be put before the command.
    """
    if resource is None:
        return []
    running = len(list(Path("/proc").glob("[0-9]*/task/*")))
    limits = {
        "AS": memory * MEGABYTE,
        "FSIZE": FILE * MEGABYTE,
        "CPU": CPU,
        "CORE": 0,
    }
    if running:  # nothing tells elsewhere how many there are
        limits["NPROC"] = running + PROCESSES
    return [
        sys.executable,
        "-I",
        str(ROOT / LAUNCHER),
        *(f"{key}={limits[key]}" for key in limits),
        "--",
    ]


def sandbox_prefix(
    folder: Path | None = None, memory: int = MEMORY, hidden: Sequence[Path] = ()
) -> list[str]:
    """Return what makes a command run without access to this machine.

    It has no network, sees no other process, reads the disk, writes in `folder`
    alone, and ends with its parent. Home, temporary and run-time folders and the
    rest of this project are empty for it. Where bubblewrap does not work, only
    the limits are left: say `UNSAFE` then.

    Parameters
    ----------
    folder : Path, optional
        The only folder that can be written; the command starts there.
    memory : int
        As for `limit_prefix`.
    hidden : sequence of Path
        Existing folders that must not be read either.

    Returns
    -------
    prefix : list of str
        To be put before the command.
    """
    cut_off = _bubblewrap(folder, hidden) if bubblewrap_works() else []
    return [*cut_off, *limit_prefix(memory)]


def _bubblewrap(folder: Path | None = None, hidden: Sequence[Path] = ()) -> list[str]:
    """Return the call of bubblewrap; a mount inside another has to come after it."""
    folders = [Path("/tmp"), Path("/run"), Path.home(), ROOT, *hidden]  # also of sockets
    emptied = {path.resolve() for path in folders if path.is_dir()} - {Path("/")}
    needed = [Path(sys.prefix), Path(sys.base_prefix), *(ROOT / name for name in NEEDED)]
    mounts: list[tuple[str | Path, ...]] = [("--tmpfs", path) for path in emptied]
    mounts += [("--ro-bind", path, path) for path in {path.resolve() for path in needed}]
    mounts.sort(key=lambda mount: Path(mount[-1]).parts)
    start = Path("/")
    if folder is not None:
        start = folder.resolve()
        mounts.append(("--bind", start, start))
    mounts += [("--remount-ro", path) for path in [*emptied, Path("/dev")]]
    # With --unshare-all alone, root would keep the power to make the disk writable again.
    return [
        *("bwrap", "--unshare-all", "--cap-drop", "ALL", "--new-session", "--die-with-parent"),
        *("--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc"),
        *(str(argument) for mount in mounts for argument in mount),
        *("--chdir", str(start), "--"),
    ]


@functools.cache
def bubblewrap_works() -> bool:
    """Return whether bubblewrap can start a program here; being installed is not enough."""
    if sys.platform != "linux" or shutil.which("bwrap") is None:
        return False
    command = [*_bubblewrap(), *limit_prefix(), sys.executable, "-I", "-c", "import numpy"]
    result = subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=False
    )
    return result.returncode == 0


def run(command: Sequence[str], seconds: float, folder: Path, **options: Any) -> int | None:
    """Run a command; kill it when its time is up or `folder` holds too much.

    Parameters
    ----------
    command : list of str
        What to run, with its prefix.
    seconds : float
        How long it may take.
    folder : Path
        Where it writes. All its output goes into the file ``log.txt`` there.
    **options
        Of `subprocess.Popen`, for example ``env``.

    Returns
    -------
    code : int or None
        Its exit code, negative if it was killed; None if it took too long.
    """
    with (folder / "log.txt").open("wb") as log:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            **options,
        )
    end = time.monotonic() + seconds
    try:
        while time.monotonic() < end:
            with contextlib.suppress(subprocess.TimeoutExpired):
                return process.wait(0.1)
            if _megabytes(folder) > DISK:
                return -signal.SIGTERM
        return None
    finally:
        _kill(process)


def _megabytes(folder: Path) -> float:
    size = 0
    for place, _, names in os.walk(folder):
        for name in names:
            with contextlib.suppress(OSError):  # it may be gone by now
                size += Path(place, name).lstat().st_size
    return size / MEGABYTE


def _kill(process: subprocess.Popen[bytes]) -> None:
    """Kill a process and those that it left behind."""
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.wait()


def _exec_limited(arguments: Sequence[str]) -> None:
    """Set the limits named before ``--``, then become the program named after it."""
    end = arguments.index("--")
    for key, value in (argument.split("=") for argument in arguments[:end]):
        kind, most = getattr(resource, f"RLIMIT_{key}"), int(value)
        hard = resource.getrlimit(kind)[1]
        if hard != resource.RLIM_INFINITY:
            most = min(most, hard)
        with contextlib.suppress(ValueError):  # macOS refuses some
            resource.setrlimit(kind, (most, most))
    kept = {key: value for key, value in os.environ.items() if KEPT.fullmatch(key)}
    # A library with a thread for each core would spend the memory on their stacks.
    kept |= {f"{library}_NUM_THREADS": "1" for library in ("OPENBLAS", "OMP", "MKL")}
    command = list(arguments[end + 1 :])
    os.execvpe(command[0], command, kept)


if __name__ == "__main__":
    _exec_limited(sys.argv[1:])

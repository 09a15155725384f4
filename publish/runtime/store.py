"""Files on disk: written whole or not at all, and taken back only if nothing has changed them."""

import hashlib
import uuid
from pathlib import Path

import platformdirs


def user_cache() -> Path:
    """Return the usual place for caches of the user."""
    return Path(platformdirs.user_cache_dir("deep-neural-network-step-by-step"))


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def read(path: Path) -> bytes | None:
    """Return the bytes of a file, or None if there is none."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def write(path: Path, data: bytes) -> bool:
    """Write a file unless it holds these bytes already; return whether it was written."""
    if read(path) == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    # Under another name first: other processes may look for the file, or write it too.
    unfinished = path.with_name(f"{path.name}.{uuid.uuid4().hex}")
    try:
        unfinished.write_bytes(data)
        unfinished.replace(path)
    except PermissionError:  # Windows, while another process has the file open
        if read(path) != data:
            raise
    finally:
        unfinished.unlink(missing_ok=True)
    return True


def seal(data: bytes) -> bytes:
    """Return bytes that begin with their own SHA-256."""
    return f"{sha256(data)}\n".encode() + data


def unseal(data: bytes | None) -> bytes | None:
    """Return what was sealed, or None if there is nothing or it has changed since."""
    digest, _, data = (data or b"").partition(b"\n")
    return data if sha256(data).encode() == digest else None

"""Compressed copies beside the files, for web servers that send them: ``.gz`` and ``.br``.

A text is a quarter as long in them. GitHub Pages makes its own; nginx (``gzip_static``,
``brotli_static``), Caddy (``precompressed``) and others send these. What is compressed already,
pictures and packages, has none.
"""

import gzip
import os
from collections.abc import Callable
from pathlib import Path

import brotli
from sphinx.application import Sphinx

from publish.languages import SOURCE
from publish.runtime.store import read, seal, sha256, unseal, user_cache, write

KINDS = {".css", ".html", ".js", ".json", ".mjs", ".svg", ".wasm"}
SMALLEST = 1000  # bytes: less fits into one packet as it is
LARGE = 1_000_000  # bytes: what takes seconds is compressed once for all builds
COPIES: dict[str, Callable[[bytes], bytes]] = {
    ".gz": lambda data: gzip.compress(data, 9, mtime=0),
    ".br": lambda data: brotli.compress(data, quality=9),
}


def write_copies(app: Sphinx, exception: Exception | None) -> None:
    """Write the copies of each file that is newer than its copies, and no others."""
    if exception or app.builder.format != "html":
        return
    out = Path(app.outdir)
    if app.config.language == SOURCE:
        remove_orphans(out)
    for path in out.rglob("*"):
        if path.suffix in KINDS and path.stat().st_size >= SMALLEST:
            copy(path)


def copy(path: Path) -> None:
    """Write the copies of one file, with its time."""
    stat = path.stat()
    places = {ending: path.with_name(path.name + ending) for ending in COPIES}
    if all(p.exists() and p.stat().st_mtime_ns == stat.st_mtime_ns for p in places.values()):
        return
    data = path.read_bytes()
    for ending, place in places.items():
        write(place, compressed(data, ending))
        os.utime(place, ns=(stat.st_atime_ns, stat.st_mtime_ns))


def compressed(data: bytes, ending: str) -> bytes:
    """Return the copy of some bytes for an ending of `COPIES`."""
    if len(data) < LARGE:
        return COPIES[ending](data)
    store = user_cache() / f"copy-{sha256(data)[:12]}{ending}"
    known = unseal(read(store))
    if known is None:
        known = COPIES[ending](data)
        write(store, seal(known))
    return known


def remove_orphans(out: Path) -> None:
    """Remove the copies of files that are no longer there."""
    for ending in COPIES:
        for path in out.rglob(f"*{ending}"):
            if not path.with_suffix("").exists():
                path.unlink()

"""Run esbuild and PurgeCSS, which npm brings once for all builds."""

import json
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypedDict

from publish.runtime.programs import install, node, run
from publish.runtime.store import read, seal, sha256, unseal, user_cache, write

HERE = Path(__file__).parent
PROGRAM = "build.mjs"
FILES = ("package.json", "package-lock.json", PROGRAM)


class Made(TypedDict):
    """One style sheet, one script, and other files by their paths."""

    style: str
    script: str
    files: dict[str, str]


def bundle(
    styles: Sequence[Path],
    names: str,
    script: str,
    modules: Sequence[Path],
    alone: Mapping[str, str],
) -> Made:
    """Return one style sheet and one script, and the files that stay alone, all of them short.

    Parameters
    ----------
    styles : sequence of Path
        The style sheets in their order.
    names : str
        The words that a selector may match.
    script : str
        All scripts, in their order.
    modules : sequence of Path
        A module that comes before them, so that no fault of theirs ends it, and then those
        that it imports.
    alone : mapping
        The scripts and style sheets that pages load when they need them, by name.

    Raises
    ------
    Unavailable
        If npm cannot bring the programs, or one of them finds a fault.
    """
    task = {"names": names, "script": script, "files": dict(alone)}
    texts = [path.read_text(encoding="utf-8") for path in (*styles, *modules)]
    store = user_cache() / f"bundle-{sha256(json.dumps([key(), task, texts]).encode())[:12]}"
    data = unseal(read(store))
    if data is None:
        task["styles"] = [path.as_posix() for path in styles]
        task["module"] = modules[0].as_posix()
        feed = partial(node, input=json.dumps(task))
        data = run(feed, [PROGRAM], programs(user_cache())).encode()
        write(store, seal(data))
    made: Made = json.loads(data)
    return made


def key() -> str:
    """Return what changes with the programs."""
    return sha256("".join((HERE / name).read_text(encoding="utf-8") for name in FILES).encode())


def programs(cache: Path) -> Path:
    """Return the folder with the programs, which npm compares with ``package-lock.json``."""
    folder = cache / f"bundler-{key()[:12]}"
    if not folder.exists():
        cache.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=cache) as scratch:
            unfinished = Path(scratch, "programs")
            unfinished.mkdir()
            install(HERE, FILES, unfinished)
            try:
                unfinished.rename(folder)
            except OSError:
                if not folder.exists():  # else another build was faster
                    raise
    return folder

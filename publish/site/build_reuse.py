"""What a build may take over from the one before: only what would come out the same again."""

import hashlib
import os
import sys
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config

from publish import internals


def keep_outputs_per_library(app: Sphinx, config: Config) -> None:
    """Give each state of the library a cache of its own for the outputs of the chapters.

    The cache of MyST-NB knows the code of a chapter, but not the library that the code calls.
    """
    config.nb_execution_cache_path = str(
        Path(app.srcdir, "_build/.jupyter_cache", state_of_library(Path(app.srcdir)))
    )


def state_of_library(root: Path) -> str:
    """Return a short hash of everything besides a chapter that decides on its outputs."""
    language = os.environ.get("DNN_LANGUAGE", "")  # that the library writes
    digest = hashlib.sha256(f"{sys.version} {language}".encode())
    for name in ("requirements.lock", "dnn_utils", "testCases"):
        for path in sorted([root / name, *(root / name).rglob("*")]):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(path.relative_to(root).as_posix().encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def forget_failed_build(app: Sphinx, exception: Exception | None) -> None:
    """After a warning, read every page anew: else the next build would not repeat the warning."""
    if exception or internals.has_warned(app):
        Path(app.doctreedir, "environment.pickle").unlink(missing_ok=True)

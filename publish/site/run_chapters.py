"""Run the chapters before their pages are read, several at a time.

MyST-NB runs a chapter when it reads its page, one after the other. Here the same is done for
all of them at once, on all cores, and MyST-NB finds the outputs in its cache.
"""

import os
from collections.abc import Collection
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import parent_process
from pathlib import Path
from threading import Thread
from time import perf_counter

import nbclient
import nbformat
from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn, JupyterCacheAbstract
from nbformat import NotebookNode
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

logger = logging.getLogger(__name__)


def run_outdated(app: Sphinx, env: BuildEnvironment, docnames: Collection[str]) -> None:
    """Run those of the pages to read whose outputs are not in the cache yet, and store them there.

    A chapter that fails is left to MyST-NB, which runs it again and says what is wrong with it.
    """
    workers = os.cpu_count() or 1
    if app.config.nb_execution_mode != "cache" or workers == 1:
        return
    cache = get_cache(app.config.nb_execution_cache_path)
    paths = sorted(Path(env.doc2path(name)) for name in docnames)
    chapters = {p: nbformat.read(p, as_version=4) for p in paths if p.suffix == ".ipynb"}
    outdated = {p: chapter for p, chapter in chapters.items() if not is_cached(cache, chapter)}
    if len(outdated) > 1:
        run_all(outdated, workers, app.config.nb_execution_timeout, cache)


def run_all(
    chapters: dict[Path, NotebookNode], workers: int, timeout: int, cache: JupyterCacheAbstract
) -> None:
    """Run chapters, so many at a time, and store the outputs of each that does not fail."""
    logger.info("running %d chapters, %d at a time", len(chapters), workers)
    pool = ProcessPoolExecutor(workers, initializer=end_with_parent)
    try:
        # From the last one on: the later chapters train networks and take longest.
        runs = {
            pool.submit(run, chapter, path.parent, timeout): path
            for path, chapter in reversed(chapters.items())
        }
        for number, done in enumerate(as_completed(runs), start=1):
            path = runs[done]
            place = f"chapter {number} of {len(runs)}: {path.name}"
            if done.exception():
                logger.info("%s failed", place)
                continue
            chapter, seconds = done.result()
            bundle = CacheBundleIn(chapter, str(path), data={"execution_seconds": seconds})
            cache.cache_notebook_bundle(bundle, check_validity=False, overwrite=True)
            logger.info("%s ran in %.1f s", place, seconds)
    finally:
        pool.shutdown(cancel_futures=True)


def end_with_parent() -> None:
    """Let this process end with the build, also if that is killed; its kernel follows."""

    def watch() -> None:
        if parent := parent_process():
            parent.join()
            os._exit(1)

    Thread(target=watch, daemon=True).start()


def is_cached(cache: JupyterCacheAbstract, chapter: NotebookNode) -> bool:
    try:
        cache.match_cache_notebook(chapter)
    except KeyError:
        return False
    return True


def run(chapter: NotebookNode, folder: Path, timeout: int) -> tuple[NotebookNode, float]:
    """Run a chapter in its folder; return it with its outputs, and the seconds that it took.

    Raises
    ------
    nbclient.exceptions.CellControlSignal
        If a cell failed, or took too long.
    """
    # As many chapters run as there are cores: with more threads they wait for one another.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    start = perf_counter()
    nbclient.execute(chapter, cwd=str(folder), timeout=timeout, record_timing=False)
    return chapter, perf_counter() - start

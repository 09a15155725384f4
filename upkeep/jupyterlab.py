"""A JupyterLab that leaves no traces, and a notebook in it as a reader has it in the browser."""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import nbformat
from playwright.sync_api import Locator, Page, expect

ROOT = Path(__file__).parents[1]
TOKEN = "of-the-tests"
WAIT = 120  # seconds: a busy machine starts JupyterLab slowly
PATIENCE = 1000 * WAIT  # the same for the browser
OPTIONS = [
    "--no-browser",
    "--allow-root",
    "--ServerApp.ip=127.0.0.1",
    "--ServerApp.port=0",  # a free one
    f"--IdentityProvider.token={TOKEN}",
    # nothing is asked of other machines
    "--LabApp.news_url=None",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    "--LabApp.extension_manager=readonly",
]
# Where JupyterLab and its kernels read or write what belongs to a person.
PLACES = {
    "JUPYTER_CONFIG_DIR": "config",
    "JUPYTER_DATA_DIR": "data",
    "JUPYTER_RUNTIME_DIR": "runtime",
    "JUPYTERLAB_SETTINGS_DIR": "settings",
    "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
    "IPYTHONDIR": "ipython",
}
QUIET = {"fetchNews": "false", "checkForUpdates": False, "doNotDisturbMode": True}


@contextmanager
def running_lab(folder: Path) -> Iterator[str]:
    """Start JupyterLab, and stop it and its kernels at the end.

    Parameters
    ----------
    folder : Path
        All that it writes is written here. Its notebooks are in ``folder / "notebooks"``.

    Yields
    ------
    address : str
        Of the server, without a slash at the end.
    """
    places = {variable: folder / name for variable, name in PLACES.items()}
    for place in (folder / "notebooks", *places.values()):
        place.mkdir(parents=True)
    settings = places["JUPYTERLAB_SETTINGS_DIR"] / "@jupyterlab/apputils-extension"
    settings.mkdir(parents=True)
    (settings / "notification.jupyterlab-settings").write_text(json.dumps(QUIET))
    with (folder / "log.txt").open("w", encoding="utf-8") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", *OPTIONS],
            cwd=folder / "notebooks",
            env=_environment(places),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        yield _wait_for_answer(server, places["JUPYTER_RUNTIME_DIR"], folder / "log.txt")
    finally:
        server.terminate()  # it then ends its kernels
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()  # a kernel whose server is gone ends by itself
            server.wait()


def _environment(places: dict[str, Path]) -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("JUPYTER", "JPY_", "IPYTHON"))
    }
    return kept | {
        "PYTHONPATH": str(ROOT),
        "OPENBLAS_NUM_THREADS": "1",
        **{variable: str(place) for variable, place in places.items()},
    }


def _wait_for_answer(server: subprocess.Popen[bytes], runtime: Path, log: Path) -> str:
    """Return the address of the server as soon as it answers."""
    end = time.monotonic() + WAIT
    while time.monotonic() < end and server.poll() is None:
        for path in runtime.glob(f"jpserver-{server.pid}.json"):
            try:
                address: str = json.loads(path.read_text())["url"].rstrip("/")
                urlopen(_request(f"{address}/api/status"), timeout=10).close()
            except (OSError, ValueError):  # it is still being written, or not listened to
                continue
            return address
        time.sleep(0.1)
    raise RuntimeError(f"JupyterLab did not start:\n{log.read_text()[-3000:]}")


def _request(url: str) -> Request:
    return Request(url, headers={"Authorization": f"token {TOKEN}"})


def write_notebook(folder: Path, name: str, cells: Iterable[str]) -> None:
    """Write a notebook of code cells where `running_lab` in the same folder finds it."""
    v4 = nbformat.v4
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    code = [v4.new_code_cell(cell) for cell in cells]
    notebook = v4.new_notebook(cells=code, metadata={"kernelspec": kernel})
    nbformat.write(notebook, folder / "notebooks" / name)


class OpenNotebook:
    """A notebook, open in a page of the browser.

    Parameters
    ----------
    page : playwright.sync_api.Page
        A page with nothing in it.
    address : str
        As `running_lab` gives it.
    name : str
        The file name of the notebook.
    """

    def __init__(self, page: Page, address: str, name: str) -> None:
        self.page = page
        page.goto(f"{address}/lab/tree/{name}?token={TOKEN}", timeout=PATIENCE)
        self.cells = page.locator(".jp-Notebook .jp-CodeCell")
        self.wait_until_idle()

    def wait_until_idle(self) -> None:
        """Wait until there is a kernel, and it has nothing to do."""
        status = self.page.locator("#jp-main-statusbar").get_by_text("| Idle")
        status.wait_for(timeout=PATIENCE)

    def run(self, index: int) -> Locator:
        """Run a cell with the keyboard; return its output area.

        Raises
        ------
        RuntimeError
            If the cell raises an exception.
        """
        self.wait_until_idle()
        cell = self.cells.nth(index)
        prompt, output = cell.locator(".jp-InputPrompt"), cell.locator(".jp-Cell-outputArea")
        before = prompt.inner_text()
        cell.locator(".cm-content").click()
        self.page.keyboard.press("Control+Enter")
        expect(prompt).not_to_have_text(before)
        expect(prompt).to_have_text(re.compile(r"\[\d+\]:"), timeout=PATIENCE)
        error = output.locator("[data-mime-type='application/vnd.jupyter.error']")
        if error.count():
            raise RuntimeError(f"cell {index} failed:\n{error.inner_text()}")
        return output

    def selected(self) -> list[Any]:
        """Return the numbers of the cells that are selected, and how many cells there are."""
        numbers_and_count: list[Any] = self.page.evaluate(
            """() => {
              const cells = [...document.querySelectorAll(".jp-Notebook .jp-Cell")];
              const numbers = cells.map((cell, i) => cell.matches(".jp-mod-selected") ? i : -1);
              return [numbers.filter((i) => i >= 0), cells.length];
            }"""
        )
        return numbers_and_count

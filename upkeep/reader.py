"""A browser window whose user runs the cells of a page: buttons, editor, and their outputs."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Page

from upkeep.visitor import PATIENCE, WIDE, Visitor

# All cells but the solutions: an exercise takes their place.
CELLS = ":is(.cell:not(details.solution > .cell), .your-turn):has(> .live-bar)"

# Note each run as the worker sees it: the cell, its code, its outputs, and how it ended.
WATCH_WORKER = """
  window.runs = [];
  window.workers = [];
  window.Worker = class extends Worker {
    constructor(...given) {
      super(...given);
      window.workers.push(this);
      this.addEventListener("message", ({ data }) => {
        const run = window.runs.at(-1);
        if (data.output) run?.outputs.push(data.output);
        if (typeof data.done === "boolean" && run) run.ok = data.done;
      });
    }
    postMessage(message, ...rest) {
      if (message.run) window.runs.push({ ...message.run, outputs: [] });
      super.postMessage(message, ...rest);
    }
  };
"""


class PageFaultError(Exception):
    """Something went wrong on a page that was read; the message names it, by kind."""


class Cell:
    """A code cell on an open page."""

    def __init__(self, page: Page, root: str) -> None:
        self.page, self.root = page, page.locator(root)
        self.bar = page.locator(f"{root} > .live-bar")
        self.outputs = page.locator(f"{root} > .live-outputs")

    def press(self, word: str) -> None:
        """Press a button of the bar, even if it is hidden in a closed box."""
        self.bar.locator(f".live-{word}").evaluate("(button) => button.click()")

    def run(self, patience: float = PATIENCE) -> dict[str, Any]:
        """Run the cell, and those above it that need it; return what the worker saw of it."""
        before = self.page.evaluate("window.runs.length")
        self.press("run")
        self.wait(patience)
        runs: list[dict[str, Any]] = self.page.evaluate(
            "(before) => window.runs.slice(before)", before
        )
        return runs[-1]

    def wait(self, patience: float = PATIENCE) -> None:
        """Wait until the run has ended."""
        stop = self.bar.locator(".live-stop:not([hidden])")
        end = time.monotonic() + patience / 1000
        while stop.count():  # Playwright itself would look twice a second
            if time.monotonic() > end:
                raise TimeoutError(f"after {patience / 1000:g} s a cell still runs")
            self.page.wait_for_timeout(50)

    def write(self, code: str) -> None:
        """Replace the code, as a reader does who pastes it into the editor."""
        self.press("edit")
        editor = self.root.get_by_role("textbox")
        editor.wait_for()
        self.page.evaluate("(code) => navigator.clipboard.writeText(code)", code)
        editor.press("Control+a")
        editor.press("Control+v")

    def code(self) -> str:
        """Return the code that the cell shows."""
        editor = self.root.get_by_role("textbox")
        if editor.count():
            return "\n".join(self.root.locator(".cm-line").all_inner_texts())
        return (self.root.locator("pre").first.text_content() or "").rstrip("\n")

    def status(self) -> str:
        """Return the note beside the buttons."""
        return self.bar.get_by_role("status").inner_text()

    def text(self) -> str:
        """Return what the cell shows."""
        return self.outputs.inner_text()


class Reader(Visitor):
    """A visitor who runs cells."""

    def __init__(self, browser: Browser, address: str, **settings: Any) -> None:
        super().__init__(browser, address, **settings)
        self.context.add_init_script(WATCH_WORKER)  # also for what it opens

    def cell(self, number: int) -> Cell:
        """Return the code cell with this number, as the page counts them, from 1 on."""
        root = self.page.locator(CELLS).nth(number - 1)
        return Cell(self.page, f"#{root.get_attribute('id')}")

    def exercise(self, function: str) -> Cell:
        """Return the cell in which a function is to be written."""
        return Cell(self.page, f"#exercise-{function}")

    def notebook_cell(self, cell: str) -> Cell:
        """Return the code cell with the id that it has in its notebook."""
        return Cell(self.page, f"#cell-{cell}")

    def kept(self) -> dict[str, Any]:
        """Return all that the browser keeps of this site."""
        entries = self.page.evaluate("Object.entries(localStorage)")
        return {key: json.loads(value) for key, value in entries if "#" in key}


def printed(run: dict[str, Any], kind: str = "text/plain") -> list[str]:
    """Return the texts of a run: what was printed, and the values, in order."""
    texts: list[str] = []
    last = None
    for output in run["outputs"]:
        if "file" in output:
            continue
        stream = output.get("stream")
        if stream and stream == last:
            texts[-1] += output["text"]
        else:
            texts.append(output["text"] if stream else output.get("data", output).get(kind))
        last = stream
    return texts


# The one window that waits to be read in again, by its browser. More would need memory for nothing.
waiting: dict[Browser, Reader] = {}


def take_reader(browser: Browser, address: str, settings: dict[str, Any]) -> Reader:
    """Return the window that waits, started anew, if it is on this site; else a new one.

    One with settings of its own is always new.
    """
    if not settings and (reader := waiting.pop(browser, None)):
        if reader.address == address:
            reader.start_anew()
            return reader
        reader.context.close()
    return Reader(browser, address, viewport=WIDE, **settings)


@contextmanager
def reading(browser: Browser, address: str, name: str, **settings: Any) -> Iterator[Reader]:
    """Open a page of the site for a while, in a browser that has kept nothing of it.

    Raises
    ------
    PageFaultError
        At the end, if there is a fault that nobody has removed from `Reader.faults`.
    """
    reader = take_reader(browser, address, settings)
    reader.page.goto(f"{address}/{name}.html", wait_until="load")
    yield reader
    faults = {kind: texts for kind, texts in reader.faults.items() if texts}
    if settings or browser in waiting:
        reader.context.close()
    else:
        # Nothing is left running, and nothing answers any more what a page has asked for.
        reader.context.unroute_all(behavior="wait")
        reader.page.goto("about:blank")
        waiting[browser] = reader
    if faults:
        raise PageFaultError(f"{address}/{name}.html: {faults}")

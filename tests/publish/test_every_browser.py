"""The book in Firefox and in WebKit, the engine of Safari: what a reader does, with the keyboard.

The other tests open it in Chromium and look closer. All of English is opened here and of each
translation one page that has everything, because the others differ from it in their words alone.
"""

import inspect
import re
from functools import partial
from http.server import ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from threading import Thread

import pytest

from dnn_utils import compute_cost
from testCases.report import HEADLINES
from tests.publish.editions import EDITIONS
from tests.publish.test_live_python import KEPT, LOOP
from tests.publish.test_site import LIVE, PAGES
from upkeep.engines import ENGINES
from upkeep.visitor import Silent

PAGE = "book/04_cost"
ENGLISH = EDITIONS["en"]
TRANSLATED = [edition.folder + PAGE for edition in EDITIONS.values() if edition.folder]
FIRST, SECOND = "cell-f97b5d85", "cell-f0f82ed5"
EXERCISE, CHECK = "exercise-compute_cost", "cell-check-compute_cost"
ASCII = "".join(map(chr, range(ord(" "), ord("~") + 1)))
NOT_WRITTEN, RIGHT = (
    HEADLINES[state].replace("`", "").format(function="compute_cost") for state in ("open", "right")
)
PATIENCE = 300  # seconds for a run that starts Python, in WebKit on a busy machine
POLICY = re.compile('<meta http-equiv="Content-Security-Policy"[^>]*>')

# Notes what goes wrong on a page. The browsers tell it to their own consoles only.
# That a size has changed again while its change was told is none: it is told with the next frame.
WATCH = """
window.faults = [];
const next = "ResizeObserver loop completed with undelivered notifications.";
const note = (...words) => words[0] === next || window.faults.push(words.join(" "));
addEventListener("error", ({ message, target }) => note(message ?? target.outerHTML), true);
addEventListener("unhandledrejection", ({ reason }) => note("rejected:", reason));
document.addEventListener("securitypolicyviolation", (event) =>
  note("against the policy:", event.violatedDirective, event.blockedURI));
for (const kind of ["error", "warn"]) {
  const plain = console[kind];
  console[kind] = (...words) => {
    note(kind, ...words);
    plain.apply(console, words);
  };
}
"""
# Whether all that a page starts by itself has been done.
# WebKit's driver may say that a page is loaded while the one before is still there.
READY = """(address) => {
  const { dataset } = document.documentElement;
  return location.href === address && window.faults && document.readyState === "complete"
    && (!document.querySelector('script[src*="page.js"]') || dataset.livePython === "ready")
    && (!document.querySelector("[data-live-figure]") || "liveFigures" in dataset);
}"""
LOOK = """() => ({
  faults: window.faults,
  notices: [...document.querySelectorAll(".live-notice, .dnn-live-failed")].map(
    ({ textContent }) => textContent),
  tooWide: document.documentElement.scrollWidth > innerWidth,
  figures: [...document.querySelectorAll(".dnn-live")].map(({ ariaLabel }) => ariaLabel),
  sliders: [...document.querySelectorAll(".dnn-live input[type=range]")].map(
    ({ value, max }) => [value, max]),
})"""
# What is drawn: the elements, and what is painted.
PANELS = """() => [...document.querySelectorAll(".dnn-live .panels")].map((panels) => [
  panels.innerHTML,
  ...[...panels.querySelectorAll("canvas")].map((canvas) => canvas.toDataURL())])"""
FOCUS = """(selector, number) => {
  const element = document.querySelectorAll(selector)[number];
  element.scrollIntoView({ block: "center" });
  element.focus();
  return document.activeElement === element;
}"""
ENDED = "(id) => document.querySelector(`#${id} > .live-bar > .live-stop`).hidden"
SHOWN = """(id) => [document.querySelector(`#${id} > .live-bar > [role=status]`).textContent.trim(),
  document.querySelector(`#${id} > .live-outputs`).innerText.trim()]"""
EDITING = "(id) => Boolean(document.activeElement.closest(`#${id} .cm-content`))"
CODE = """(id) => [...document.querySelectorAll(`#${id} .cm-line`)].map(
  ({ textContent }) => textContent)"""
# How far the editor has indented the line of the cursor.
INDENTATION = """() => {
  const lines = [...document.activeElement.querySelectorAll(".cm-line")];
  const { anchorNode } = getSelection();
  return lines.find((line) => line.contains(anchorNode)).textContent.match(/^ */)[0].length;
}"""


class Watched(Silent):
    """Serves a site, each page with a script that notes its faults; notes what is missing."""

    def __init__(self, *arguments, missing, **settings):
        self.missing = missing
        super().__init__(*arguments, **settings)

    def send_head(self):
        path = Path(self.translate_path(self.path))
        if self.path == "/watch.js":
            return self.text(WATCH, "text/javascript")
        if path.suffix == ".html" and path.exists():
            page = path.read_text(encoding="utf-8")
            return self.text(
                POLICY.sub(r'\g<0><script src="/watch.js"></script>', page), "text/html"
            )
        return super().send_head()

    def text(self, text, kind):
        data = text.encode()
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        return BytesIO(data)

    def send_error(self, code, *arguments):
        self.missing.append((code, self.path))
        super().send_error(code, *arguments)


class Reading:
    """A reader at a window of a browser, with a server of the book."""

    def __init__(self, window, site):
        self.window, self.missing = window, []
        handler = partial(Watched, directory=site, missing=self.missing)
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        """End the server."""
        self.server.shutdown()
        self.server.server_close()

    def open(self, name):
        """Open a page, and wait until it has done all that it does by itself."""
        address = f"{self.address}/{name}.html"
        self.window.open(address)
        self.window.until(READY, address)

    def focus(self, selector, number=0):
        assert self.window.call(FOCUS, selector, number), f"{selector} takes no focus"

    def press_button(self, cell, word):
        """Press a button of a cell with the keyboard."""
        self.focus(f"#{cell} > .live-bar .live-{word}")
        self.window.press("Enter")

    def run(self, cell):
        """Run a cell; return its note, and what it shows."""
        self.press_button(cell, "run")
        self.window.until(ENDED, cell, seconds=PATIENCE)
        return self.window.call(SHOWN, cell)

    def edit(self, cell, code):
        """Type code into the editor of a cell, in the place of what is there, key by key."""
        self.press_button(cell, "edit")
        self.window.until(EDITING, cell)
        self.window.press("Control+a")
        self.window.press("Backspace")
        for number, line in enumerate(code.splitlines()):
            if number:
                self.window.press("Enter")
            self.indent(len(line) - len(line.lstrip()))
            self.window.type(line.lstrip())
        assert self.window.call(CODE, cell) == code.splitlines()

    def indent(self, columns):
        """Correct what the editor has indented by itself, as a reader does."""
        while (now := self.window.call(INDENTATION)) != columns:
            self.window.press("Tab" if now < columns else "Backspace")


@pytest.fixture(scope="module", params=ENGINES)
def reader(site, request):
    with ENGINES[request.param]() as window:
        reader = Reading(window, site)
        yield reader
        reader.close()


def test_every_page_opens_without_a_fault_and_every_figure_moves(reader):
    for name in [*PAGES, "search", *TRANSLATED]:
        reader.open(name)
        seen = reader.window.call(LOOK)
        assert (seen["faults"], seen["notices"], seen["tooWide"]) == ([], [], False), name
        if name in PAGES:
            assert seen["figures"] == LIVE.get(name, [])
        for number, (value, most) in enumerate(seen["sliders"]):
            before = reader.window.call(PANELS)
            reader.focus(".dnn-live input[type=range]", number)
            reader.window.press("Home" if value == most else "End")
            assert reader.window.call(PANELS) != before, (name, number)
    assert reader.missing == []


def test_what_is_typed_arrives_and_runs_until_it_is_stopped(reader):
    reader.open(PAGE)
    assert reader.run(SECOND)[0] == ENGLISH.say("done")
    reader.edit(SECOND, f"print(r'''{ASCII}''')")
    assert reader.run(SECOND) == [ENGLISH.say("done"), ASCII.strip()]
    reader.edit(SECOND, LOOP)
    reader.press_button(SECOND, "run")
    reader.window.until("(id) => document.getElementById(id).innerText.includes('before')", SECOND)
    reader.press_button(SECOND, "stop")
    reader.window.until(ENDED, SECOND)
    assert reader.window.call(SHOWN, SECOND)[0] == ENGLISH.say("stopped")
    reader.press_button(SECOND, "reset")
    assert reader.run(SECOND)[0] == ENGLISH.say("done")


def test_an_answer_that_is_typed_is_checked(reader):
    reader.open(PAGE)
    assert NOT_WRITTEN in reader.run(CHECK)[1]
    reader.edit(EXERCISE, inspect.getsource(compute_cost).rstrip())
    assert RIGHT in reader.run(CHECK)[1]


def test_what_the_policy_refuses_is_an_error_of_the_cell(reader):
    reader.open(PAGE)
    reader.edit(FIRST, "from pyodide.http import pyfetch\nawait pyfetch('https://example.org/')")
    status, text = reader.run(FIRST)
    assert status == ENGLISH.say("failed")
    assert "await pyfetch" in text


def test_what_was_read_is_there_without_a_network(reader, site):
    alone = Reading(reader.window, site)
    alone.open(PAGE)
    before = alone.run(SECOND)
    alone.window.until(f"() => {KEPT}")
    alone.window.until("() => navigator.serviceWorker.controller !== null")
    alone.close()
    alone.open(PAGE)
    assert alone.run(SECOND) == before

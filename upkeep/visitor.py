"""A browser window on a site that is served here, and the faults of its pages.

Tests and benchmarks open the book with it; they decide what a fault means.
"""

import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response, ViewportSize

WIDE: ViewportSize = {"width": 1366, "height": 900}
PHONE: ViewportSize = {"width": 360, "height": 780}
PATIENCE = 120_000  # milliseconds for whatever a page has to do, on a machine that is busy

# What is on a page, and what is wrong with it as far as the page itself can tell.
LOOK = """async () => {
  const { dataset } = document.documentElement;
  while (document.querySelector("[data-live-figure]") && !dataset.liveFigures) {
    await new Promise(requestAnimationFrame);
  }
  const all = (selector) => [...document.querySelectorAll(selector)];
  const source = (element) => element.outerHTML.slice(0, 150);
  const visible = (element) => element.getClientRects().length > 0;
  const link = (selector) => document.querySelector(selector)?.href ?? null;
  const ids = all("[id]").map((element) => element.id);
  const headings = all("h1").filter(visible);
  const decoration = "button, summary, [aria-hidden=true]";
  return {
    ids,
    links: [...document.links].map((element) => element.href),
    formulas: all("math").length,
    drawn: dataset.liveFigures,
    live: all(".dnn-live").map((figure) => figure.ariaLabel),
    next: link("a.right-next"),
    previous: link("a.left-prev"),
    download: link("a.btn-download-source-button"),
    faults: {
      "maths": all("merror, .math:not(:has(math))").map(source),
      "broken image": [...document.images].filter((image) => !image.naturalWidth).map(source),
      "no alt text": [
        ...all("article img").filter((image) => !image.alt.trim()),
        ...all("article svg:not(svg svg)").filter((svg) => !svg.closest(decoration)).filter(
          (svg) => svg.role !== "img" || !svg.ariaLabel?.trim()),
      ].map(source),
      "id twice": all("svg[id], svg [id]").map((element) => element.id).filter(
        (id) => ids.indexOf(id) !== ids.lastIndexOf(id)),
      "not one h1": headings.length === 1 ? [] : ["there are " + headings.length],
    },
  };
}"""

# What does not fit on a phone must scroll in its own box.
LOOK_NARROW = """() => {
  const clips = (element) =>
    getComputedStyle(element).overflowX === "hidden" && element.scrollWidth > element.clientWidth;
  const width = document.documentElement.scrollWidth;
  return {
    "too wide": width > innerWidth ? [width + " px"] : [],
    "cut off": [...document.querySelectorAll("main *")]
      .filter(clips).map((element) => element.outerHTML.slice(0, 150)),
  };
}"""


# Whether the page has been drawn as the window and the theme are now, and no colour fades over.
AT_REST = """async () => {
  for (let k = 0; k < 2; k++) await new Promise(requestAnimationFrame);
  return document.getAnimations().every((animation) => animation.playState !== "running");
}"""
COLOURS = ("color-contrast", "link-in-text-block")  # the slowest rules of axe by far


class Silent(SimpleHTTPRequestHandler):
    """Serves files, is asked for each of them again, and logs nothing."""

    def end_headers(self) -> None:
        """Let a browser ask each time whether a file that it has is still the same."""
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def log_message(self, format: str, *arguments: Any) -> None:
        """Log nothing."""


@contextmanager
def serve(directory: Path) -> Iterator[str]:
    """Serve the files in a directory for a while; give the address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Silent, directory=directory)) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def until(
    page: Page, expression: str, argument: object = None, seconds: float = PATIENCE / 1000
) -> None:
    """Wait until an expression is true, or raise a TimeoutError.

    (Playwright's own way is an eval, which the pages forbid.)
    """
    end = time.monotonic() + seconds
    while not page.evaluate(expression, argument):
        if time.monotonic() > end:
            raise TimeoutError(f"after {seconds:g} s still not: {expression}")
        page.wait_for_timeout(50)


class Visitor:
    """One browser window, and the faults of the pages in it.

    Attributes
    ----------
    context : playwright.sync_api.BrowserContext
    page : playwright.sync_api.Page
    faults : dict of list
        By kind; what is asked of another site is noted here, too.
    """

    def __init__(self, browser: Browser, address: str, **settings: Any) -> None:
        self.address = address
        self.faults: defaultdict[str, list[Any]] = defaultdict(list)
        permissions = ["clipboard-read", "clipboard-write"]
        self.context = browser.new_context(permissions=permissions, **settings)
        self.context.set_default_timeout(PATIENCE)
        self.context.on("request", self.note_request)
        self.page = self.open_window()
        self.axe = Axe()

    def open_window(self) -> Page:
        """Open a window whose faults are noted."""
        page = self.context.new_page()
        page.on("console", self.note_console)
        page.on("pageerror", lambda error: self.faults["page error"].append(str(error)))
        page.on("response", self.note_response)
        return page

    def start_anew(self) -> None:
        """Open another window in the place of all there are, in a browser that has kept nothing.

        It is new for a page and its reader. Only files and compiled code are still cached, which
        makes the next page cheaper than one in a browser of its own.
        """
        before = self.context.pages
        self.page = self.open_window()
        for page in before:
            page.close()
        devtools = self.context.new_cdp_session(self.page)
        kept = {"origin": self.address, "storageTypes": "all"}
        devtools.send("Storage.clearDataForOrigin", kept)
        devtools.detach()
        self.faults.clear()

    def note_request(self, request: Request) -> None:
        """Note a request to another site; `upkeep.browser.ALONE` lets none arrive."""
        if request.url.startswith("http") and not request.url.startswith(self.address):
            self.faults["from elsewhere"].append(request.url)

    def note_console(self, message: ConsoleMessage) -> None:
        """Note an error that a page reports."""
        if message.type == "error":
            self.faults["console"].append(message.text)

    def note_response(self, response: Response) -> None:
        """Note a file that is missing."""
        if response.status >= 400:
            self.faults["no answer"].append(response.url)

    def open(self, name: str) -> None:
        """Open a page in a wide window with the light theme."""
        self.page.set_viewport_size(WIDE)
        self.page.emulate_media(color_scheme="light")
        self.page.goto(f"{self.address}/{name}.html", wait_until="networkidle")

    def inspect(self, name: str, colours: bool = True) -> dict[str, Any]:
        """Return what is on a page, with its faults by kind.

        Only the colours depend on the theme, and nothing of them on the width. Without `colours`
        they are left out: for a page that has them from another one, which was inspected.
        """
        self.faults.clear()
        self.open(name)
        seen: dict[str, Any] = self.page.evaluate(LOOK)
        self.check_accessibility("light", leave_out=() if colours else COLOURS)
        self.switch_theme("dark")
        if colours:
            self.check_accessibility("dark", only=COLOURS)
        self.narrow()
        self.check_accessibility("phone", leave_out=COLOURS)
        self.check_width("dark")
        self.switch_theme("light")
        self.check_width("light")
        faults = seen["faults"] | self.faults
        return seen | {"faults": {kind: texts for kind, texts in faults.items() if texts}}

    def narrow(self) -> None:
        """Make the window as narrow as a phone."""
        self.page.set_viewport_size(PHONE)
        until(self.page, AT_REST)

    def switch_theme(self, mode: Literal["light", "dark"]) -> None:
        """Choose the light or the dark theme."""
        self.page.emulate_media(color_scheme=mode)
        until(self.page, AT_REST)
        shown = self.page.evaluate("document.documentElement.dataset.theme")
        if shown != mode:
            self.faults["theme"].append(f"{shown}, not {mode}")

    def check_width(self, mode: str) -> None:
        """Note what does not fit into the window."""
        for kind, elements in self.page.evaluate(LOOK_NARROW).items():
            self.faults[kind] += [(mode, element) for element in elements]

    def check_accessibility(
        self,
        where: str,
        part: str | None = None,
        only: Sequence[str] | None = None,
        leave_out: Sequence[str] = (),
    ) -> None:
        """Note what is wrong on the page, or in the part of it that a selector names.

        Without `only`, a list of rules, all are checked but those in `leave_out`.
        """
        options: dict[str, Any] = {
            "preload": False,  # axe looks for imported stylesheets in the wrong place
            "resultTypes": ["violations"],  # to list what passes takes most of the time
            "rules": {rule: {"enabled": False} for rule in leave_out},
        }
        if only:
            options["runOnly"] = only
        for violation in self.axe.run(self.page, part, options).response["violations"]:
            elements = [node["html"][:150] for node in violation["nodes"]]
            self.faults["accessibility"].append((where, violation["id"], elements))

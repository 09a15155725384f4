"""A browser window on a site that is served here, and what goes wrong in it."""

import time
from collections import defaultdict
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from axe_playwright_python.sync_playwright import Axe

WIDE = {"width": 1366, "height": 900}
PHONE = {"width": 360, "height": 780}

# What stands on a page, and what is wrong with it as far as the page itself can tell.
LOOK = """async () => {
  await window.MathJax?.startup.promise;
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
    formulas: all("mjx-container").length,
    drawn: dataset.liveFigures,
    live: all(".dnn-live").map((figure) => figure.ariaLabel),
    next: link("a.right-next"),
    previous: link("a.left-prev"),
    download: link("a.btn-download-source-button"),
    faults: {
      "maths": all("mjx-merror, .math:not(:has(mjx-container))").map(source),
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
    "cut off": [...document.querySelectorAll("main *:not(mjx-assistive-mml, mjx-assistive-mml *)")]
      .filter(clips).map((element) => element.outerHTML.slice(0, 150)),
  };
}"""


# Whether the page has been drawn as the window and the theme are now, and no colour fades over.
AT_REST = """async () => {
  for (let k = 0; k < 2; k++) await new Promise(requestAnimationFrame);
  return document.getAnimations().length === 0;
}"""
COLOURS = "color-contrast"  # the slowest rule of axe by far


class Silent(SimpleHTTPRequestHandler):
    """Serves files, and says nothing about it."""

    def log_message(self, *_):
        pass


@contextmanager
def serve(directory):
    """Serve the files in a directory; give the address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Silent, directory=directory)) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def until(page, expression, argument=None, seconds=60):
    """Wait until an expression is true. (Playwright's own way is an eval, which pages forbid.)"""
    end = time.monotonic() + seconds
    while not page.evaluate(expression, argument):
        if time.monotonic() > end:
            raise TimeoutError(f"after {seconds} s still not: {expression}")
        page.wait_for_timeout(50)


class Visitor:
    """One browser window, and what goes wrong in it."""

    def __init__(self, browser, address, **settings):
        self.address = address
        self.faults = defaultdict(list)
        permissions = ["clipboard-read", "clipboard-write"]
        context = browser.new_context(permissions=permissions, **settings)
        context.route(lambda url: not url.startswith(address), self.refuse)
        self.page = context.new_page()
        self.page.on("console", self.note_console)
        self.page.on("pageerror", lambda error: self.faults["page error"].append(str(error)))
        self.page.on("response", self.note_response)
        self.axe = Axe()

    def refuse(self, route):
        self.faults["from elsewhere"].append(route.request.url)
        route.abort()

    def note_console(self, message):
        if message.type == "error":
            self.faults["console"].append(message.text)

    def note_response(self, response):
        if response.status >= 400:
            self.faults["no answer"].append(response.url)

    def open(self, name):
        """Open a page in a wide window with the light theme."""
        self.page.set_viewport_size(WIDE)
        self.page.emulate_media(color_scheme="light")
        self.page.goto(f"{self.address}/{name}.html", wait_until="networkidle")

    def inspect(self, name, dark=True):
        """Return what stands on a page, with its faults by kind.

        Only the colours depend on the theme, and nothing of them on the width. Without `dark`
        those of the dark theme are left out: they are the same in every language.
        """
        self.faults.clear()
        self.open(name)
        seen = self.page.evaluate(LOOK)
        self.check_accessibility("light")
        self.switch_theme("dark")
        if dark:
            self.check_accessibility("dark", only=[COLOURS])
        self.narrow()
        self.check_accessibility("phone", leave_out=[COLOURS])
        self.check_width("dark")
        self.switch_theme("light")
        self.check_width("light")
        faults = seen["faults"] | self.faults
        return seen | {"faults": {kind: found for kind, found in faults.items() if found}}

    def narrow(self):
        """Make the window as narrow as a phone."""
        self.page.set_viewport_size(PHONE)
        until(self.page, AT_REST)

    def switch_theme(self, mode):
        self.page.emulate_media(color_scheme=mode)
        shown = "document.documentElement.dataset.theme"
        try:
            until(self.page, f"{shown} === {mode!r}", seconds=5)
        except TimeoutError:
            self.faults["theme"].append(f"{self.page.evaluate(shown)}, not {mode}")
        until(self.page, AT_REST)

    def check_width(self, mode):
        for kind, found in self.page.evaluate(LOOK_NARROW).items():
            self.faults[kind] += [(mode, element) for element in found]

    def check_accessibility(self, where, part=None, only=None, leave_out=()):
        """Note what is wrong on the page, or in the part of it that a selector names.

        Without `only`, a list of rules, all are checked but those in `leave_out`.
        """
        options = {
            "preload": False,  # axe looks for imported stylesheets in the wrong place
            "resultTypes": ["violations"],  # to list what passes takes most of the time
            "rules": {rule: {"enabled": False} for rule in leave_out},
        }
        if only:
            options["runOnly"] = only
        for violation in self.axe.run(self.page, part, options).response["violations"]:
            elements = [node["html"][:150] for node in violation["nodes"]]
            self.faults["accessibility"].append((where, violation["id"], elements))

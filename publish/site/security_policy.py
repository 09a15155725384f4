"""Every page says what a browser may load and run in it: what comes from this site.

The scripts that the theme writes into a page are allowed one by one, by their hashes. So
nothing that a reader's code shows can bring a script of its own, and nothing on a page or
in its Python can talk to another site.
"""

import base64
import hashlib
from html.parser import HTMLParser
from pathlib import Path

from sphinx.application import Sphinx

CHARSET = '<meta charset="utf-8" />'
POLICY = '<meta http-equiv="Content-Security-Policy" content="{}" />'
RULES = {
    "default-src": "'none'",
    "connect-src": "'self'",
    "font-src": "'self' data:",
    "form-action": "'self'",
    "img-src": "'self' data:",
    # the theme and the formulas have styles in their elements
    "style-src": "'self' 'unsafe-inline'",
    # the worker of the page's Python is made from a Blob: see live_python/python.js
    "worker-src": "'self' blob:",
    "base-uri": "'none'",
}
# WebAssembly is compiled for the page's Python. Text is never made a script.
SCRIPTS = "'self' 'wasm-unsafe-eval' 'unsafe-hashes'"
NO_SCRIPT = ("application/json", "application/ld+json", "application/vnd.jupyter.widget-state+json")


class InlineScripts(HTMLParser):
    """Collects the scripts and the event handlers that are written into a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.script: str | None = None
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.found += [value or "" for name, value in attrs if name.startswith("on")]
        if tag == "script" and "src" not in given and given.get("type") not in NO_SCRIPT:
            self.script = ""

    def handle_data(self, data: str) -> None:
        if self.script is not None:
            self.script += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "script" and self.script is not None:
            self.found.append(self.script)
            self.script = None


def policy(page: str) -> str:
    """Return the policy for a page, given as HTML."""
    hashes = {hashlib.sha256(text.encode()).digest() for text in InlineScripts(page).found}
    allowed = sorted(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in hashes)
    rules = RULES | {"script-src": " ".join([SCRIPTS, *allowed])}
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def add_policies(app: Sphinx, exception: Exception | None) -> None:
    """Write the policy into every page that has none yet: a page that was kept has its own."""
    if app.builder.format != "html" or exception:
        return
    for path in Path(app.outdir).rglob("*.html"):
        page = path.read_text(encoding="utf-8")
        # A page may speak of a policy and have none.
        if CHARSET in page and POLICY.partition("{")[0] not in page:
            page = page.replace(CHARSET, f"{CHARSET}\n{POLICY.format(policy(page))}", 1)
            path.write_text(page, encoding="utf-8")

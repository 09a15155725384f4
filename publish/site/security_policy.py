"""Every page says what a browser may load and run in it: what comes from this site.

The scripts that the theme writes into a page are allowed one by one, by their hashes. So
nothing that a reader's code shows can bring a script of its own, and nothing on a page or
in its Python can talk to another site.
"""

import base64
import hashlib
from html.parser import HTMLParser
from pathlib import Path

CHARSET = '<meta charset="utf-8" />'
POLICY = '<meta http-equiv="Content-Security-Policy" content="{}" />'
RULES = {
    "default-src": "'none'",
    "connect-src": "'self'",
    "font-src": "'self' data:",
    "form-action": "'self'",
    "img-src": "'self' data:",
    "manifest-src": "'self'",
    # the theme and the formulas write styles into elements
    "style-src": "'self' 'unsafe-inline'",
    # the worker of the page's Python is made from a Blob: see live_python/python.js
    "worker-src": "'self' blob:",
    "base-uri": "'none'",
}
# WebAssembly is compiled for the page's Python. Text is never made a script.
SCRIPTS = "'self' 'wasm-unsafe-eval' 'unsafe-hashes'"
NO_SCRIPT = ("application/json", "application/ld+json", "application/vnd.jupyter.widget-state+json")


class Inline(HTMLParser):
    """Collects the scripts and the event handlers that are written into a page."""

    def __init__(self, page):
        super().__init__()
        self.found, self.script = [], None
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.found += [value for name, value in attributes if name.startswith("on")]
        if tag == "script" and "src" not in given and given.get("type") not in NO_SCRIPT:
            self.script = ""

    def handle_data(self, data):
        if self.script is not None:
            self.script += data

    def handle_endtag(self, tag):
        if tag == "script" and self.script is not None:
            self.found.append(self.script)
            self.script = None


def policy(page):
    """Return the policy for a page, given as HTML."""
    hashes = {hashlib.sha256(text.encode()).digest() for text in Inline(page).found}
    allowed = sorted(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in hashes)
    rules = RULES | {"script-src": " ".join([SCRIPTS, *allowed])}
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def add_policies(app, exception):
    """Write the policy into every page that has none yet: a page that was kept has its own."""
    if app.builder.format != "html" or exception:
        return
    for path in Path(app.outdir).rglob("*.html"):
        page = path.read_text(encoding="utf-8")
        # A page may speak of a policy and have none.
        if CHARSET in page and POLICY.partition("{")[0] not in page:
            page = page.replace(CHARSET, f"{CHARSET}\n    {POLICY.format(policy(page))}", 1)
            path.write_text(page, encoding="utf-8")

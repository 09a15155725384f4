"""Live figures on a page where no kernel runs: a small script of our own draws them.

MyST-NB embeds the state of the widgets in a page, and then the scripts that draw it.
Its own choice are three megabytes from elsewhere, which can draw any widget; ours,
``live_figures.js``, knows the figures of ``dnn_utils.widgets``. Other widgets are a fault.
"""

import json
import re
import zlib
from base64 import b64decode, b64encode
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.fileutil import copy_asset

from publish.internals import WIDGET_VIEW_MIMETYPE, embedded_script, sanitize_script_content

ENTRY = Path(__file__).with_suffix(".js")
HOST = ENTRY.with_name("figure_host.js")
WIDGETS = Path(__file__).parents[2] / "dnn_utils/widgets"
DRAWING = {"_esm": WIDGETS / "draw.js", "_css": WIDGETS / "draw.css"}
FIGURE = re.compile(r'data-live-figure="(.*?)"')
VIEW = re.compile(rf'{re.escape(WIDGET_VIEW_MIMETYPE)}">.*?"model_id": "(.*?)"')

logger = logging.getLogger(__name__)


def choose_host(app: Sphinx, config: Config) -> None:
    """Show what a widget writes in HTML, its figure to read, and let our host do the rest."""
    config.nb_mime_priority_overrides = [("*", WIDGET_VIEW_MIMETYPE, None)]
    config.nb_ipywidgets_js = {ENTRY.name: {"type": "module"}}


def copy_host(app: Sphinx) -> None:
    """Copy the host beside the other scripts. (From there, no page loads it by itself.)"""
    if app.builder.format == "html":
        for source in (ENTRY, HOST, *DRAWING.values()):
            copy_asset(source, Path(app.outdir, "_static"), force=True)


def check_page(app: Sphinx, doctree: nodes.document) -> None:
    """Warn of everything on a page that the host cannot draw."""
    page = app.env.docname
    state = embedded_state(app.env, page)
    outputs = [node.astext() for node in doctree.findall(nodes.raw)]
    figures = {name for html in outputs for name in FIGURE.findall(html)}
    views = {name for html in outputs for name in VIEW.findall(html)}
    for name in sorted(figures | views):
        model = state.get(name)
        if name in figures and not model:
            logger.warning("live figure without its numbers: %s", name, location=page)
        elif name not in figures or not (model and is_live_figure(model)):
            kind = model["model_name"] if model else name
            logger.warning("widget that is no live figure: %s", kind, location=page)


def make_small(app: Sphinx, doctree: nodes.document) -> None:
    """Leave the numbers of the figures alone in the embedded state, and compress them.

    How they are drawn the host has once for all, and their layout is that of the page.
    """
    script = embedded_script(app.env, app.env.docname)
    if script:
        embedded = json.loads(script["body"])
        figures = {key: model for key, model in embedded["state"].items() if is_live_figure(model)}
        for model in figures.values():
            for key in DRAWING:
                del model["state"][key]
            for buffer in model.get("buffers", []):
                deflated = zlib.compress(b64decode(buffer["data"]), 9)
                buffer |= {"data": b64encode(deflated).decode(), "encoding": "deflate, base64"}
        embedded["state"] = figures
        script["body"] = sanitize_script_content(json.dumps(embedded))


def embedded_state(env: BuildEnvironment, page: str) -> dict[str, dict[str, Any]]:
    """Return the state of each widget that MyST-NB embeds in the page, by its id."""
    script = embedded_script(env, page)
    return dict(json.loads(script["body"])["state"]) if script else {}


def is_live_figure(model: dict[str, Any]) -> bool:
    """Tell whether this is the state of a figure that the script of the library draws."""
    state = model["state"]
    return "_figure" in state and all(
        state.get(key) == source.read_text(encoding="utf-8") for key, source in DRAWING.items()
    )

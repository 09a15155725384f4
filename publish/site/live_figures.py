"""Live figures on a page where no kernel runs: a small script of our own draws them.

MyST-NB embeds the state of the widgets in a page, and then the scripts that draw it.
Its own choice are three megabytes from elsewhere, which can draw any widget; ours,
``live_figures.js``, knows the figures of ``dnn_utils.widgets``. Other widgets are a fault.
"""

import json
import re
from pathlib import Path
from typing import Any

from docutils import nodes
from myst_nb.core.render import WIDGET_VIEW_MIMETYPE, sanitize_script_content
from myst_nb.sphinx_ import NbMetadataCollector
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.fileutil import copy_asset

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
            copy_asset(source, Path(app.outdir, "_static"))


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


def leave_out_drawing(app: Sphinx, doctree: nodes.document) -> None:
    """Take out of the embedded state how its figures are drawn: the host has that once for all."""
    script = embedded_script(app.env, app.env.docname)
    if script:
        embedded = json.loads(script["body"])
        for model in filter(is_live_figure, embedded["state"].values()):
            for key in DRAWING:
                del model["state"][key]
        script["body"] = sanitize_script_content(json.dumps(embedded))


def embedded_script(env: BuildEnvironment, page: str) -> dict[str, str] | None:
    """Return the script element with which MyST-NB embeds the widgets of a page, if it does."""
    script: dict[str, str] | None
    _, script = NbMetadataCollector.get_js_files(env, page).get("ipywidgets_state", (None, None))
    return script


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

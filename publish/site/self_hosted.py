"""Serve everything from the book itself; what is left over is MathJax, once for all editions."""

from importlib.util import find_spec
from pathlib import Path, PurePosixPath

from sphinx.util.fileutil import copy_asset

from publish.languages import SOURCE


def is_another_bundle(path):
    """Tell whether a file is one of the ready-made bundles that this book does not load."""
    path = PurePosixPath(path)
    return len(path.parts) == 1 and path.suffix == ".js" and path.name != "tex-chtml.js"


def copy_mathjax(app, exception):
    """Copy the script of ``mathjax_path``, and the fonts and add-ons that it may load."""
    if app.builder.format == "html" and not exception and app.config.language == SOURCE:
        source = Path(find_spec("sphinx-mathjax-offline").origin).parent / "static" / "mathjax"
        copy_asset(source, Path(app.outdir, "_static", "mathjax"), excluded=is_another_bundle)

"""Serve everything from the book itself; what is left over is MathJax, once for all editions."""

from importlib.resources import files
from pathlib import Path, PurePosixPath

from sphinx.application import Sphinx
from sphinx.util.fileutil import copy_asset

from publish.languages import SOURCE


def is_another_bundle(name: str) -> bool:
    """Tell whether a file is one of the ready-made bundles that this book does not load."""
    path = PurePosixPath(name)
    return len(path.parts) == 1 and path.suffix == ".js" and path.name != "tex-chtml.js"


def copy_mathjax(app: Sphinx, exception: Exception | None) -> None:
    """Copy the script of ``mathjax_path``, and the fonts and add-ons that it may load."""
    if app.builder.format == "html" and not exception and app.config.language == SOURCE:
        source = Path(str(files("sphinx-mathjax-offline"))) / "static" / "mathjax"
        copy_asset(source, Path(app.outdir, "_static", "mathjax"), excluded=is_another_bundle)

"""Numbers that a build knows, on the page that tells how the book was made and wherever else.

``{colophon}`` is a table of ``counts``, ``versions``, ``runs`` or ``sizes``. The role ``{count}``
is one number of the first table. All of them are filled in when a page is written, and pages
that show them are written again when one has changed; sizes are known at the end only, and
then written into the finished page.
"""

import platform
import re
from datetime import datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

from docutils import nodes
from docutils.nodes import system_message
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective, SphinxRole

from dnn_utils.language import N_
from publish import internals
from publish.languages import languages, translate
from publish.runtime.pins import read_pins
from publish.site.compressed import COPIES
from publish.site.editions import to_site
from upkeep import counts

NAMES = {
    "python": "Python",
    "numpy": "NumPy",
    "matplotlib": "Matplotlib",
    "jupyter-book": "Jupyter Book",
    "Sphinx": "Sphinx",
    "myst-nb": "MyST-NB",
    "sphinx-book-theme": "Sphinx Book Theme",
    "pyodide": "Pyodide",
}
# All words that this module writes, in English.
WORDS: dict[str, Any] = N_(
    {
        "page": "{name}, in the pages",
        "counts": {
            "chapters": "chapters",
            "code cells": "code cells",
            "compared outputs": "outputs of cells that are compared with a fresh run",
            "exercises": "exercises with a check",
            "known mistakes": "mistakes that a check can name",
            "live figures": "live figures",
            "test functions": "test functions",
        },
        "sizes": {
            "site": "the whole site in this language",
            "runtime": "of it: Python for the pages, with NumPy and Matplotlib",
            "page": "the largest page",
            "recordings": "the numbers of all live figures",
        },
        "run": "{seconds:.1f} s, on {day}",
        "no sizes": "Only the site has sizes.",
        "none": "not in this build",
    }
)
KINDS = ("counts", "versions", "runs", "sizes")
PACKAGES = ("numpy", "matplotlib", "jupyter-book", "Sphinx", "myst-nb", "sphinx-book-theme")
SIZE = re.compile(r'(<span class="colophon is-(site|runtime|page|recordings)">).*?(?=</span>)')
STATE = re.compile(
    rb'<script type="application/vnd.jupyter.widget-state\+json">(.*?)</script>', re.S
)


class colophon_table(nodes.General, nodes.Element):
    """The place of a table."""


class colophon_number(nodes.Inline, nodes.Element):
    """The place of a number."""


class Colophon(SphinxDirective):
    """``colophon``: one of the tables."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        (kind,) = self.arguments
        if kind not in KINDS:
            raise self.error(f"colophon: got {kind!r}, expected one of {KINDS}")
        self.env.metadata[self.env.docname]["colophon"] = True
        return [colophon_table(kind=kind)]


class Count(SphinxRole):
    """``count``: one number of the table of counts, by its name."""

    def run(self) -> tuple[list[nodes.Node], list[system_message]]:
        if self.text not in WORDS["counts"]:
            said = f"count: got {self.text!r}, expected one of {list(WORDS['counts'])}"
            problem = self.inliner.reporter.error(said, line=self.lineno)
            return [self.inliner.problematic(self.rawtext, self.rawtext, problem)], [problem]
        self.env.metadata[self.env.docname]["colophon"] = True
        return [colophon_number(name=self.text)], []


def pages(env: BuildEnvironment) -> list[str]:
    """Return the pages that show something of this module."""
    return [name for name, data in env.metadata.items() if "colophon" in data]


def collect_numbers(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Return the pages to write again: all that show numbers, if one has changed."""
    if not pages(env):
        return []
    files = [Path(env.doc2path(name)) for name in sorted(env.found_docs)]
    chapters = [path for path in files if path.suffix == ".ipynb"]
    times = runs(env)
    now = {"counts": counts.count(chapters), "versions": versions(), "runs": times}
    now["titles"] = {name: env.titles[name].astext() for name in times}
    if now == numbers(env):
        return []
    env.colophon = now  # type: ignore[attr-defined]
    return pages(env)


def numbers(env: BuildEnvironment) -> dict[str, Any]:
    """Return what `collect_numbers` has collected last, by the kind of table."""
    return dict(getattr(env, "colophon", {}))


def versions() -> dict[str, str]:
    """Return the versions of what made the book and of what runs in its pages, by name."""
    pinned = read_pins()
    lock = pinned["lock"]
    return {
        "python": platform.python_version(),
        **{name: version(name) for name in PACKAGES},
        "page pyodide": pinned["pyodide"],
        "page python": lock["info"]["python"],
        **{f"page {name}": lock["packages"][name]["version"] for name in ("numpy", "matplotlib")},
    }


def runs(env: BuildEnvironment) -> dict[str, str]:
    """Return how long each page with code ran and on what day, by the name of the page."""
    return {
        name: translate(WORDS["run"], env.config.language).format(
            seconds=data["runtime"], day=datetime.fromtimestamp(data["mtime"]).date()
        )
        for name, data in internals.runs(env).items()
        if data["succeeded"]
    }


class FillInNumbers(SphinxPostTransform):
    """Put tables and numbers into their places."""

    default_priority = 5

    def run(self, **kwargs: Any) -> None:
        for number in list(self.document.findall(colophon_number)):
            number.replace_self(nodes.Text(str(numbers(self.env)["counts"][number["name"]])))
        for place in list(self.document.findall(colophon_table)):
            place.replace_self(self.table(place["kind"]))

    def table(self, kind: str) -> nodes.Element:
        values = dict.fromkeys(WORDS["sizes"], "…")
        if kind != "sizes":
            values = numbers(self.env)[kind]
        elif self.app.builder.format != "html":
            return nodes.paragraph("", translate(WORDS["no sizes"], self.config.language))
        what = {"runs": self.link, "versions": self.program}.get(kind, partial(self.words, kind))
        return table([(what(name), value_node(name, value)) for name, value in values.items()])

    def words(self, kind: str, name: str) -> nodes.Node:
        return nodes.Text(translate(WORDS[kind][name], self.config.language))

    def program(self, name: str) -> nodes.Node:
        place, _, plain = name.rpartition(" ")
        said = translate(WORDS[place], self.config.language) if place else "{name}"
        return nodes.Text(said.format(name=NAMES[plain]))

    def link(self, name: str) -> nodes.Node:
        target = {"reftype": "doc", "refdomain": "std", "reftarget": f"/{name}"}
        title = nodes.inline("", numbers(self.env)["titles"][name])
        return pending_xref("", title, refdoc=self.env.docname, refexplicit=True, **target)


def value_node(name: str, value: object) -> nodes.inline:
    """Return a value with a class by which it can be found."""
    name = re.sub(r"\W", "-", name)
    return nodes.inline("", str(value), classes=["colophon", f"is-{name}"])


def table(rows: list[tuple[nodes.Node, ...]]) -> nodes.table:
    """Return a table; a row is a list of nodes."""
    body = nodes.tbody()
    for row in rows:
        body += nodes.row("", *(nodes.entry("", nodes.paragraph("", "", cell)) for cell in row))
    columns = [nodes.colspec(colwidth=50) for _ in range(2)]
    return nodes.table("", nodes.tgroup("", *columns, body, cols=2), classes=["colwidths-auto"])


def write_sizes(app: Sphinx, exception: Exception | None) -> None:
    """Write the sizes into the pages that show them, once all files of the site are there."""
    builder = app.builder
    if exception or not isinstance(builder, StandaloneHTMLBuilder) or not pages(app.env):
        return
    found = sizes(Path(app.outdir), app.config.language)
    for name in pages(app.env):
        path = Path(builder.get_outfilename(name))
        before = path.read_text(encoding="utf-8")
        after = SIZE.sub(lambda place: place[1] + found[place[2]], before)
        if after != before:
            path.write_text(after, encoding="utf-8")


def sizes(edition: Path, language: str) -> dict[str, str]:
    """Return the sizes of a built edition and of what it takes from the English one, in words."""
    others = [edition / name for name in languages() if name != language]
    files = [p for p in edition.rglob("*") if p.is_file() and p.suffix not in COPIES]
    files = [path for path in files if not any(map(path.is_relative_to, others))]
    static = edition / to_site(language) / "_static"
    runtime = [p for p in sorted(static.glob("runtime-*/**/*.*")) if p.suffix not in COPIES]
    pages = [path for path in files if path.suffix == ".html" and "_static" not in path.parts]
    states = [state for path in pages for state in STATE.findall(path.read_bytes())]
    largest = max(pages, key=size)
    return {
        "site": megabytes(sum(map(size, {*files, *runtime}))),
        "runtime": megabytes(sum(map(size, runtime)))
        if runtime
        else translate(WORDS["none"], language),
        "page": f"{megabytes(size(largest))} ({largest.stem})",
        "recordings": megabytes(sum(map(len, states))),
    }


def size(path: Path) -> int:
    return path.stat().st_size


def megabytes(number: int) -> str:
    return f"{number / 1e6:.1f} MB"

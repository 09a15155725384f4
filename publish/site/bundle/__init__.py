"""One style sheet and one script for all pages of an edition, with what its pages use.

The theme and the extensions bring a dozen of each, for everything that any site could want. The
template ``layout.html`` loads two files in their place, which are made here once all pages are
written: esbuild joins them and makes them short, PurgeCSS leaves out the rules of the style
sheets that match nothing. What a script may add to a page counts as used: every word of it does.
"""

import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

from publish.runtime.programs import Unavailable
from publish.runtime.store import sha256, write
from publish.site.bundle.tools import bundle
from publish.site.editions import to_site
from publish.site.icons import draw_icons
from publish.site.questions import SCRIPTS as QUESTIONS

STYLE, SCRIPT = "site.css", "site.js"
THEME_STYLES = ("_static/styles/theme.css", "_static/styles/pydata-sphinx-theme.css")
# Each page loaded these: their order counts. What a page alone needs, it still loads itself.
SCRIPTS = (
    *("documentation_options.js", "doctools.js", "translations.js", "sphinx_highlight.js"),
    *("clipboard.min.js", "copybutton.js", "scripts/sphinx-book-theme.js", "togglebutton.js"),
    *("book.js", "scripts/pydata-sphinx-theme.js"),
)
# One remembers which tab was open: this book has no tabs. The other colours code as book.css does.
UNUSED = ("design-tabs.js", "pygments.css")
# What pages load when they need it.
ALONE = ("draw.css", "draw.js", "figure_host.js", "live_figures.js", "python-*/*.js")
WORDS = ("settings.js", "notice.js")  # an edition's own words, which stay as they were written
LINK = re.compile(rf"(_static/(?:{re.escape(STYLE)}|{re.escape(SCRIPT)}))(?:\?v=\w*)?(?=\")")
CODE = re.compile(r'<span(?: class="([a-z]\w{,2})")?>([^<]*)</span>')  # a piece of highlighted code
KEPT = re.compile(
    r"(<(?:pre|script|style|svg|textarea)\b.*?</(?:pre|script|style|svg|textarea)>)", re.S
)
GAP = re.compile(r"\s*\n\s*")
BLOCK = re.compile(r"<pre>.*?</pre>", re.DOTALL)
CODE_RULE = re.compile(r"[^{}]*\.highlight\b[^{}]*(?={)")
CLASS = re.compile(r"\.([a-z][\w-]*)")
WORD = re.compile(r"[\w-]+")


class Bundle:
    """The style sheets and scripts that the pages of one build ask for."""

    def __init__(self) -> None:
        self.styles: list[str] = []

    def take(
        self,
        app: Sphinx,
        pagename: str,
        templatename: str,
        context: dict[str, Any],
        doctree: nodes.document | None,
    ) -> None:
        """Take out of a page what all pages share."""
        unused = {f"_static/{name}" for name in UNUSED}
        for sheet in context["css_files"]:
            if sheet.filename not in {*self.styles, *unused}:
                self.styles.append(sheet.filename)
        shared = {f"_static/{name}" for name in (*SCRIPTS, *UNUSED)}
        scripts = context["script_files"]
        context["script_files"] = [
            each for each in scripts if each.filename not in shared and not sets_option(each)
        ]

    def make(self, app: Sphinx, exception: Exception | None) -> None:
        """Make both files, and let all pages load them in their present version."""
        if exception or app.builder.format != "html" or not self.styles:
            return  # nothing has changed
        out = Path(app.outdir)
        pages = {path: path.read_text(encoding="utf-8") for path in own_pages(app)}
        drawn = {path: draw_icons(page) for path, page in pages.items()}
        present = [out / "_static" / name for name in SCRIPTS]
        scripts = [path.read_text(encoding="utf-8") for path in present if path.exists()]
        styles = [out / name for name in (*THEME_STYLES, *self.styles)]
        try:
            made = bundle(
                [path for path in styles if path.exists()],
                " ".join(sorted(used_names(drawn.values()) | words_of(code_of_pages(app)))),
                "\n;\n".join(scripts),
                QUESTIONS,
                read_alone(out / "_static"),
            )
        except (Unavailable, OSError) as error:
            raise ExtensionError(f"{STYLE} and {SCRIPT} cannot be made: {error}") from error
        versions = {}
        for name, content in ((STYLE, made["style"]), (SCRIPT, made["script"])):
            write(out / "_static" / name, content.encode())
            versions[f"_static/{name}"] = sha256(content.encode())[:8]
        for place, content in made["files"].items():
            write(out / "_static" / place, content.encode())
        selectors = " ".join(CODE_RULE.findall(made["style"]))
        styled = set(CLASS.findall(selectors))
        for path, page in drawn.items():
            linked = LINK.sub(lambda link: f"{link[1]}?v={versions[link[1]]}", page)
            linked = linked.replace(' onclick="window.print()"', "")  # book.js does it
            write(path, without_gaps(plain_code(linked, styled)).encode())


def plain_code(page: str, styled: set[str]) -> str:
    """Return a page whose code has no element around what looks like the text around it.

    Pygments puts a class on every word and sign. Most have no look of their own.
    """

    def shorter(block: re.Match[str]) -> str:
        return CODE.sub(lambda piece: piece[0] if piece[1] in styled else piece[2], block[0])

    return BLOCK.sub(shorter, page)


def without_gaps(page: str) -> str:
    """Return a page without the empty lines and the indents that its templates leave behind."""
    parts = KEPT.split(page)  # what is kept stands at the odd places
    return "".join(p if at % 2 else GAP.sub("\n", p) for at, p in enumerate(parts))


def sets_option(script: Any) -> bool:
    """Tell whether a script in a page sets what the theme asks for where it has versions."""
    return str(script.attributes.get("body", "")).startswith("DOCUMENTATION_OPTIONS.")


def read_alone(static: Path) -> dict[str, str]:
    """Return the files that pages load when they need them, by their place in a folder."""
    found = sorted(path for pattern in ALONE for path in static.glob(pattern))
    paths = [path for path in found if path.name not in WORDS]
    return {p.relative_to(static).as_posix(): p.read_text(encoding="utf-8") for p in paths}


def own_pages(app: Sphinx) -> Iterator[Path]:
    """Yield the pages of this edition, without those of the editions in folders of it."""
    out = Path(app.outdir)
    yield from sorted([*out.glob("*.html"), *out.glob("book/**/*.html")])


def code_of_pages(app: Sphinx) -> Iterator[Path]:
    """Yield the files whose words may become a part of a page: its scripts, and Python in it."""
    out, book = Path(app.outdir), Path(app.srcdir)
    static = out / "_static"
    yield from (static / name for name in SCRIPTS if (static / name).exists())
    yield from QUESTIONS
    alone = (
        "*.js",
        "python-*/*.js",
        f"{to_site(app.config.language)}../_static/runtime-*/editor.js",
    )
    for pattern in alone:
        yield from (p for p in static.glob(pattern) if p.name not in (SCRIPT, *UNUSED))
    yield from (book / "publish/paper").glob("*.py")  # joins the pages for print
    for folder in ("dnn_utils", "testCases"):
        yield from (book / folder).rglob("*.py")


def words_of(paths: Iterable[Path]) -> set[str]:
    """Return every word of some files."""
    return {word for path in paths for word in WORD.findall(path.read_text(encoding="utf-8"))}


class Names(HTMLParser):
    """Collects the names in pages that a style sheet can ask for."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.add(tag)
        for name, value in attrs:
            self.found.add(name)
            if name in ("class", "id", "role", "type", "rel") or name.startswith(
                ("data-", "aria-")
            ):
                self.found.update(WORD.findall(value or ""))


def used_names(pages: Iterable[str]) -> set[str]:
    """Return the names of the elements of some pages, and of their classes and attributes."""
    names = Names()
    for page in pages:
        names.feed(page)
    return names.found

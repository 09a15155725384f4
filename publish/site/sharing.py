"""What search engines and messengers read of the pages, and the page at the root of the site.

Every page has a description: its first sentences. Where the build knows the address of the site,
each page also names its one true address (which Sphinx writes) and, for messengers, what to show
of it, with a picture; and the sitemap lists all pages in all languages.
"""

import re
import shutil
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from babel.core import get_global
from docutils import nodes
from sphinx.application import Sphinx

from dnn_utils.language import N_
from publish.languages import SOURCE, folder_of, languages, translate
from publish.runtime.store import write
from publish.site import cards
from publish.site.address import site_address

START = "index"  # the page at the root of an edition, which leads to the front page
DESCRIPTION = N_(
    "An interactive book in which you build a deep neural network in Python and NumPy,"
    " run every step in your browser, and check it."
)
LONGEST = 160  # letters: search engines show no more
SENTENCE_END = re.compile(r"[.!?](?= )")
TEX = re.compile(r"[\\{}^_$]")
CARDS = "_static/cards"
DEFAULT_DIAGRAM = Path("book/images/pipeline.svg")
SITEMAP, ROBOTS = "sitemap.xml", "robots.txt"
SITEMAP_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"


def add_start_page(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Add the page at the root of the edition."""
    if app.config.root_doc != START:
        yield START, {}, "start.html"


def describe(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Write into the head of a page what it is about."""
    config, env = app.config, app.env
    page = config.root_doc if pagename == START else pagename
    known = page in env.found_docs
    about = env.metadata[page] if known else {}
    text = about.get("description") or translate(DESCRIPTION, config.language)
    tags = [] if 'name="description"' in context.get("metatags", "") else [("description", text)]
    properties: dict[str, str] = {}
    if known and config.html_baseurl:
        address = context["pageurl"] = config.html_baseurl + app.builder.get_target_uri(page)
        title = env.titles[page].astext()
        tags.append(("twitter:card", "summary_large_image"))
        properties = {
            "og:type": "website" if page == config.root_doc else "article",
            "og:url": address,
            "og:title": title,
            "og:description": text,
            "og:site_name": config.html_title,
            "og:locale": territory(config.language),
            "og:image": config.html_baseurl + draw_card(app, page, title),
            "og:image:width": str(cards.WIDTH),
            "og:image:height": str(cards.HEIGHT),
            "og:image:alt": title,
        }
    lines = [f'<meta name="{name}" content="{escape(content)}" />' for name, content in tags]
    lines += [f'<meta property="{p}" content="{escape(c)}" />' for p, c in properties.items()]
    context["metatags"] = "\n".join([context.get("metatags", ""), *lines])


def note_page(app: Sphinx, doctree: nodes.document) -> None:
    """Note what a page is about, and its first diagram, while it is read."""
    images = [Path(image["uri"]) for image in doctree.findall(nodes.image)]
    diagrams = [path for path in images if path.match("book/images/*.svg")]
    noted = {"description": description(doctree), "diagrams": diagrams}
    app.env.metadata[app.env.docname].update(noted)


def description(doctree: nodes.document) -> str:
    """Return what a page is about: what it says so itself, or else its first sentences."""
    for given in doctree.findall(nodes.meta):
        if given.get("name") == "description":
            return str(given["content"])
    for paragraph in doctree.findall(nodes.paragraph):
        texts = paragraph.findall(nodes.Text)
        return shorten("".join(map(readable, texts)))
    return ""


def readable(text: nodes.Text) -> str:
    """Return a text of a page, a formula without the signs of TeX."""
    return TEX.sub("", text) if isinstance(text.parent, nodes.math) else str(text)


def shorten(text: str) -> str:
    """Return as many whole sentences as there is room for; one that is too long is cut."""
    text = " ".join(text.split())
    if len(text) <= LONGEST:
        return text
    ends = [found.end() for found in SENTENCE_END.finditer(text[: LONGEST + 1])]
    if ends and ends[-1] >= LONGEST / 2:
        return text[: ends[-1]]
    start = text[: LONGEST - 1]
    end = start.rfind(", ") + 1
    return f"{start[: end if end >= LONGEST / 2 else start.rfind(' ')]} …"


def territory(language: str) -> str:
    """Return a language with the country where most people speak it, as Open Graph asks for it."""
    parts = str(get_global("likely_subtags").get(language, language)).split("_")
    return "_".join(part for part in parts if len(part) != 4)  # which is the script


def draw_card(app: Sphinx, page: str, title: str) -> str:
    """Draw the picture of a page; return its place in the edition."""
    root = Path(app.srcdir)
    diagrams = app.env.metadata[page].get("diagrams", ())
    found = (root / path for path in (*diagrams, DEFAULT_DIAGRAM))
    diagram = next((path for path in found if path.exists()), None)
    place = f"{CARDS}/{page.replace('/', '-')}.png"
    card = cards.draw(root, title, app.config.html_title, diagram, app.config.language)
    write(Path(app.outdir, place), card)
    return place


def write_sitemap(app: Sphinx, exception: Exception | None) -> None:
    """Write the list of all pages in all languages, or take away what an earlier build wrote."""
    if exception or app.builder.format != "html":
        return
    out, address = Path(app.outdir), site_address(app.config)
    if not address:
        shutil.rmtree(out / CARDS, ignore_errors=True)
    if app.config.language != SOURCE:
        return  # one for all editions
    for name in (SITEMAP, ROBOTS):
        (out / name).unlink(missing_ok=True)
    if address:
        write(out / SITEMAP, sitemap(address, sorted(app.env.found_docs)))
        if urlsplit(address).path == "/":  # nobody looks for it in a folder
            robots = f"User-agent: *\nAllow: /\n\nSitemap: {address}{SITEMAP}\n"
            write(out / ROBOTS, robots.encode())


def sitemap(address: str, pages: list[str]) -> bytes:
    """Return a sitemap in which each page names itself in all languages."""
    ET.register_namespace("", SITEMAP_SPACE)
    ET.register_namespace("xhtml", XHTML)
    urls = ET.Element(f"{{{SITEMAP_SPACE}}}urlset")
    for page in pages:
        found = {language: f"{address}{folder_of(language)}{page}.html" for language in languages()}
        for here in found.values():
            url = ET.SubElement(urls, f"{{{SITEMAP_SPACE}}}url")
            ET.SubElement(url, f"{{{SITEMAP_SPACE}}}loc").text = here
            for language, there in found.items():
                link = {"rel": "alternate", "hreflang": language, "href": there}
                ET.SubElement(url, f"{{{XHTML}}}link", link)
    ET.indent(urls)
    written: bytes = ET.tostring(urls, encoding="utf-8", xml_declaration=True)
    return written

"""The page that a server sends where there is none: ``404.html``, as GitHub Pages and others ask.

It is sent in the place of a page in any folder. So its links begin at the root of the server, and
it is written only where the address of the site is known. Nobody knows in which language a reader
came: it speaks all of them, that of its edition first.
"""

import re
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from sphinx.application import Sphinx

from dnn_utils.language import N_
from publish.languages import folder_of, languages, translate
from publish.runtime.store import write
from publish.site.editions import to_site

PAGE = "404"
WORDS = N_(
    {
        "title": "There is no such page",
        "text": "The address leads nowhere in this book. The page may have another name now.",
        "to_home": "The front page of the book",
        "to_search": "Search the book",
    }
)
# What leads somewhere from where the page is: no other site, no place in the page itself.
LINK = re.compile(
    r'(\b(?:href|src|action|data-content_root|data-site)=")(?![a-z][a-z0-9+.-]*:|[/#"])([^"]*)(?=")'
)


def add_page(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Add the page to those that the edition has, if the address of the site is known."""
    here = app.config.language
    if not app.config.html_baseurl:
        for path in Path(app.outdir).glob(f"{PAGE}.html*"):  # of an earlier build
            path.unlink()
        return
    found = []
    for language in sorted(languages(), key=lambda language: language != here):
        said = {name: translate(text, language) for name, text in WORDS.items()}
        edition = to_site(here) + folder_of(language)
        home = f"{edition}{app.builder.get_target_uri(app.config.root_doc)}"
        found.append(said | {"language": language, "home": home, "search": f"{edition}search.html"})
    title, robots = escape(found[0]["title"]), '<meta name="robots" content="noindex" />'
    context = {"title": title, "metatags": robots, "pageurl": None, "found_nothing": found}
    yield PAGE, context, f"{PAGE}.html"


def link_from_root(app: Sphinx, exception: Exception | None) -> None:
    """Let all links of the page begin at the root of the server."""
    path = Path(app.outdir, f"{PAGE}.html")
    if exception or app.builder.format != "html" or not path.exists():
        return
    root = urlsplit(app.config.html_baseurl).path
    page = path.read_text(encoding="utf-8")
    page = LINK.sub(lambda link: link[1] + urljoin(root, link[2]), page)
    write(path, page.encode())

"""Print the built site as a book.

``python -m publish.paper.pdf`` prints the English edition, or that of the language it is given.

`publish.paper.one_page` joins the pages, and Chromium prints them. It knows no page numbers of its
links, so the book is printed twice: the first print tells where everything is, and the
numbers are filled in for the second one.
"""

import argparse
import logging
import sys
from collections.abc import Mapping, Sequence
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from playwright.sync_api import Browser, Page, Route, ViewportSize, sync_playwright
from pypdf import PdfReader, PdfWriter

from publish.languages import SOURCE, TranslationError, languages, own_styles
from publish.paper.one_page import home_of, join
from upkeep.browser import ARGUMENTS, find_browser

ROOT = Path(__file__).parents[2]
SITE = ROOT / "_build" / "html"
PDF = ROOT / "_build" / "pdf" / "deep-neural-network.pdf"
# pypdf reports that Chromium counts its objects in another way. Both can read the file.
logging.getLogger("pypdf").setLevel(logging.ERROR)
# No server: the browser asks for this address, and is given the files of the site.
ADDRESS = "http://book.localhost"
STYLES = {"print/book.css": Path(__file__).with_name("print.css")}
STYLES |= {f"print/{language}.css": path for language, path in own_styles("print.css").items()}
PAPER: ViewportSize = {"width": 642, "height": 961}  # what print.css leaves of a page, in pixels
SECONDS = 120  # until the figures count as stuck

READY = """async () => {
  await document.fonts.ready;
  await Promise.allSettled([...document.images].map((image) => image.decode()));
}"""
# Letters in code that are two columns wide are marked. What is between < and > is no text.
MARK = """() => {
  const wide = /[\\p{sc=Hangul}\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}]+(?![^<]*>)/gu;
  for (const code of document.querySelectorAll("pre, .lines.formula")) {
    code.innerHTML = code.innerHTML.replace(wide, '<span class="two-columns">$&</span>');
  }
}"""
FIGURES = "document.documentElement.dataset.liveFigures"
FILL_IN = """(pages) => {
  for (const place of document.querySelectorAll("[data-page-of]")) {
    place.textContent = pages[place.dataset.pageOf];
  }
}"""


class PrintError(Exception):
    """The book could not be printed; the message says why."""


def make(site: Path = SITE, target: Path = PDF, language: str = SOURCE) -> None:
    """Print a built edition of the book.

    Parameters
    ----------
    site : path
        The folder of the whole site.
    target : path
        The PDF to write.
    language : str
        That of the edition.

    Raises
    ------
    PrintError
        If there is no site or no browser, or a page asks for what is not there.
    """
    site = Path(site)
    if not (site / home_of(language)).is_file():
        raise PrintError(f"no book in {(site / home_of(language)).parents[1]}: make html builds it")
    browser = find_browser()
    if not browser:
        raise PrintError("no Chromium found: python -m upkeep.browser installs one")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser, args=ARGUMENTS)
        pdf = print_book(chromium, site, join(site, language), language)
        finish(pdf, Path(target))


def print_book(chromium: Browser, site: Path, html: str, language: str = SOURCE) -> bytes:
    """Return the PDF of the joined page of an edition, with all page numbers filled in."""
    return print_page(open_book(chromium, site, html, language))


def print_page(page: Page) -> bytes:
    """Return the PDF of the page in the browser, with all page numbers filled in."""
    pages = places(paper(page))
    page.evaluate(FILL_IN, pages)
    pdf = paper(page)
    if places(pdf) != pages:
        raise PrintError("the page numbers have moved the text: make room for them in print.css")
    return pdf


def open_book(chromium: Browser, site: Path, html: str, language: str = SOURCE) -> Page:
    """Open the joined page as it is printed; return it when its figures are drawn."""
    context = chromium.new_context(color_scheme="light", viewport=PAPER)
    context.set_default_timeout(SECONDS * 1000)
    page = context.new_page()
    faults: list[str] = []
    address = urljoin(f"{ADDRESS}/{home_of(language)}", "print.html")
    context.route("**/*", lambda route: answer(route, site, {address: html}, faults))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.emulate_media(media="print")
    page.goto(address, wait_until="load")
    page.evaluate(READY)
    page.wait_for_function(f"() => {FIGURES}")
    if faults or page.evaluate(FIGURES) != "drawn":
        raise PrintError(f"the book cannot be printed: {faults or 'a figure was not drawn'}")
    page.evaluate(MARK)
    return page


def answer(route: Route, site: Path, made: Mapping[str, str], faults: list[str]) -> None:
    """Give the browser what it asks for: what was made here, a file of the site, or a font."""
    url = urlsplit(route.request.url)
    address, name = route.request.url.partition("?")[0], url.path.lstrip("/")
    if address in made:
        return route.fulfill(body=made[address], content_type="text/html; charset=utf-8")
    path = printing_file(name) if name.startswith("print/") else site / name
    if not address.startswith(ADDRESS) or not path.is_file():
        faults.append(f"{address} is missing")
        return route.fulfill(status=404)
    return route.fulfill(path=path)


def printing_file(name: str) -> Path:
    """Return the path of a stylesheet for printing, or of a font.

    Fonts come from packages, so that they are the same on every machine.
    """
    if name in STYLES:
        return STYLES[name]
    _, package, font = name.split("/", 2)
    return Path(str(files(package))) / font


def paper(page: Page) -> bytes:
    return page.pdf(prefer_css_page_size=True, print_background=True, outline=True, tagged=True)


def places(pdf: bytes) -> dict[str, int]:
    """Return the number of the page on which each linked place is."""
    reader = PdfReader(BytesIO(pdf))
    return {
        name.removeprefix("/"): page + 1
        for name, place in reader.named_destinations.items()
        if (page := reader.get_destination_page_number(place)) is not None
    }


def finish(pdf: bytes, target: Path) -> None:
    """Write the file, so that a viewer opens it with its bookmarks."""
    writer = PdfWriter(clone_from=BytesIO(pdf))
    writer.page_mode = "/UseOutlines"
    target.parent.mkdir(parents=True, exist_ok=True)
    writer.write(target)


def main(arguments: Sequence[str] = ()) -> int:
    """Print the edition that the command line names; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m publish.paper.pdf", description=__doc__)
    parser.add_argument("language", nargs="?", choices=languages(), default=SOURCE)
    language = parser.parse_args(arguments).language
    target = PDF if language == SOURCE else PDF.with_stem(f"{PDF.stem}-{language}")
    try:
        make(target=target, language=language)
    except (PrintError, TranslationError) as error:
        print(error, file=sys.stderr)
        return 1
    print(target)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

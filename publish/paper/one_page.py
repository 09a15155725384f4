"""Join the pages of the built site into one, in the order and the form of a printed book.

What can be opened on the site stands open here. Hints and answers move to the end, where they
are not in sight while a reader thinks, and links with page numbers lead there and back. The
numbers are known once the page is printed: `publish.paper.pdf` fills them in.
"""

import json
import posixpath
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from urllib.parse import urldefrag, urljoin

from bs4 import BeautifulSoup, Tag

from dnn_utils.language import N_
from publish.languages import SOURCE, own_styles, translate

HOME = "book/index.html"
# All words that this module writes, in English. What stands in braces is filled in.
WORDS = N_(
    {
        "edition": "The book on paper, made from its site",
        "about": "On the site, the figures move and every code cell runs in the page. Here the "
        "figures stand still, and hints and solutions stand at the end of the book.",
        "contents": "Contents",
        "hints": "Hints",
        "solutions": "Solutions",
        "hints_at": "Hints: page {page}",
        "solution_at": "Solution: page {page}",
        "answer_at": "Answer: page {page}",
        "exercise_at": "Exercise: page {page}",
        "question_at": "Question: page {page}",
        "live": "You can move this figure on the site, on the page {title}.",
    }
)
STATE = "application/vnd.jupyter.widget-state+json"
HEAD = "head link[rel=stylesheet]"
ON_SCREEN = "a.headerlink, .on-screen, .toctree-wrapper, button, script"
FOLDS = "details.solution, .solution.admonition, form.quiz"
IN_PAGE = re.compile(r"(^|url\()#(?=.)")


Words = Mapping[str, str]


@dataclass
class Chapter:
    """A page of the site: its name, the part of the book that it belongs to, and what it holds."""

    name: str
    part: str
    page: BeautifulSoup
    address: str  # on the site that is published; empty if nobody has said where that is

    @property
    def article(self) -> Tag:
        return find(self.page, "article")

    @property
    def title(self) -> str:
        return find(self.article, "h1").decode_contents()


def home_of(language: str) -> str:
    """Return the front page of an edition, as seen from the folder of the whole site."""
    return HOME if language == SOURCE else f"{language}/{HOME}"


def join(site: Path, language: str = SOURCE) -> str:
    """Return a whole edition as one page that stands beside its front page.

    Parameters
    ----------
    site : path
        The folder of the whole site.
    language : str
        That of the edition, and of the words between and around its chapters.

    Returns
    -------
    str
        HTML. A ``span`` with the attribute ``data-page-of`` waits for the page number of an id.
    """
    words = {name: translate(english, language) for name, english in WORDS.items()}
    chapters = read_chapters(Path(site), home_of(language))
    names = {chapter.name for chapter in chapters}
    for chapter in chapters:
        prepare(chapter, words)
        link(chapter, names)
    hints = [take_hints(chapter, words) for chapter in chapters]
    solutions = [take_solutions(chapter, words) for chapter in chapters]
    book = [
        *chapters,
        last_chapter("hints", words, chapters, hints),
        last_chapter("solutions", words, chapters, solutions),
    ]
    bodies = [in_book(number, chapter) for number, chapter in enumerate(book)]
    front = title_page(chapters[0], words) + contents(book, words)
    return document(chapters, front + "".join(bodies))


def read_chapters(site: Path, home: str) -> list[Chapter]:
    """Return the chapters in their order, as the navigation of the front page has it."""
    root = published(site)
    folder = posixpath.dirname(home)

    def chapter(name: str, part: str, page: BeautifulSoup) -> Chapter:
        return Chapter(name, part, page, f"{root}{folder}/{name}.html" if root else "")

    front = read_page(site / home)
    found, part = [chapter("index", "", front)], ""
    for item in front.select("nav.bd-links :is(p.caption, li.toctree-l1 > a)"):
        if item.name == "p":
            part = item.get_text(strip=True)
        else:
            path = attribute(item, "href")
            name = posixpath.splitext(path)[0]
            found.append(chapter(name, part, read_page(site / folder / path)))
    return found


def published(site: Path) -> str:
    """Return where the site is published, if its build knew that (``html_baseurl``)."""
    canonical = read_page(site / HOME).select_one("link[rel=canonical]")
    return attribute(canonical, "href").removesuffix(HOME) if canonical else ""


def read_page(path: Path) -> BeautifulSoup:
    return parse(path.read_text(encoding="utf-8"))


def parse(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


def find(place: Tag, selector: str) -> Tag:
    """Return the first element that a selector of CSS matches.

    Raises
    ------
    ValueError
        If there is none.
    """
    found = place.select_one(selector)
    if found is None:
        raise ValueError(f"the pages of the site have changed: no {selector!r} in {place.name}")
    return found


def attribute(element: Tag, name: str) -> str:
    return str(element[name])


# One page of many


def prepare(chapter: Chapter, words: Words) -> None:
    """Take out what is for the screen only, open all folds, and say where figures move."""
    for element in chapter.article.select(ON_SCREEN):
        element.decompose()
    for fold in chapter.article.select("details"):
        fold["open"] = ""
    for figure in chapter.article.select("[data-live-figure]"):
        cell = figure.find_parent(class_="cell")
        place = "#" + attribute(cell, "id") if cell and cell.get("id") else ""
        title = chapter.title
        if chapter.address:
            title = f'<a href="{escape(chapter.address + place)}">{title}</a>'
        note = f'<p class="pointer">{words["live"].format(title=title)}</p>'
        figure.insert_after(parse(note))


def link(chapter: Chapter, names: Collection[str]) -> None:
    """Make all ids and links of a page fit the whole book, where other pages have the same ids."""
    for section in chapter.article.select("section[id$=-content]"):
        del section["id"]  # every exercise has the same one
    for element in chapter.article.find_all(True):
        for name, value in element.attrs.items():
            if name == "id":
                element["id"] = f"{chapter.name}--{value}"
            elif isinstance(value, str):
                element[name] = IN_PAGE.sub(rf"\1#{chapter.name}--", value)
    for heading in chapter.article.select("section[id] > :is(h1, h2, h3, h4)"):
        # A section may begin at the foot of a page, and its heading on the next one.
        if around := heading.parent:
            heading["id"] = around["id"]
            del around["id"]
    for anchor in chapter.article.select("a[href]:not([href^='#'])"):
        retarget(anchor, chapter, names)


def retarget(anchor: Tag, chapter: Chapter, names: Collection[str]) -> None:
    """Let a link lead to a chapter of the book, or to the published site, or be no link."""
    path, place = urldefrag(attribute(anchor, "href"))
    name = posixpath.splitext(path)[0]
    if "://" in path or path.startswith("mailto:"):
        return
    if name in names:
        anchor["href"] = f"#{name}--{place}" if place else f"#{name}"
    elif chapter.address:
        anchor["href"] = urljoin(chapter.address, attribute(anchor, "href"))
    else:
        anchor.unwrap()


# Hints and answers


def take_hints(chapter: Chapter, words: Words) -> str:
    """Return the hints of a chapter as HTML, and leave the way to them where they were."""
    taken = []
    for box in chapter.article.select(".your-turn:has(details.hint)"):
        hints = box.select("details.hint")
        texts = [
            f"<p><b>{find(hint, 'summary').decode_contents()}.</b> "
            f"{find(hint, 'p').decode_contents()}</p>"
            for hint in hints
        ]
        hints[0].extract()
        name = str(find(box, ".title code"))
        taken.append(
            answer(f"hints-{box['id']}", name, box, "".join(texts), "hints", "exercise", words)
        )
    return "".join(taken)


def take_solutions(chapter: Chapter, words: Words) -> str:
    """Return the solutions and answers of a chapter as HTML; leave the way to them."""
    taken = []
    for number, fold in enumerate(chapter.article.select(FOLDS)):
        place = f"{chapter.name}--answer-{number}"
        if fold.name == "form":
            title, box, text = find(fold, "legend"), fold, take_replies(fold)
            there, back = "answer", "question"
        else:
            title = find(fold, ":scope > :is(summary, p)").extract()
            box = exercise_of(title, chapter)
            text = fold.extract().decode_contents()
            there, back = "solution", "exercise"
        taken.append(answer(place, title.decode_contents(), box, text, there, back, words))
    return "".join(taken)


def take_replies(quiz: Tag) -> str:
    """Return the replies of a quiz, each behind its answer; leave only what there is to choose."""
    listed = find(quiz, ".answers")
    text = str(listed)
    if quiz["data-kind"] == "choice":
        for reply in listed.select(".reply"):
            reply.extract()
    else:
        listed.extract()
    return text


def exercise_of(title: Tag, chapter: Chapter) -> Tag:
    """Return the exercise that the solution with this title belongs to."""
    if title.a:
        place = attribute(title.a, "href").removeprefix("#")
        title.a.unwrap()
    else:
        place = f"{chapter.name}--exercise-{find(title, 'code').get_text()}"
    return find(chapter.article, f'[id="{place}"]')


def answer(place: str, title: str, box: Tag, text: str, there: str, back: str, words: Words) -> str:
    """Return what is said at the end of the book, linked with the `box` that asks for it."""
    box.append(parse(pointer(words[f"{there}_at"], place)))
    way_back = pointer(words[f"{back}_at"], attribute(box, "id"))
    return f'<section class="answer"><h3 id="{place}">{title}</h3>{way_back}{text}</section>'


def pointer(words: str, place: str) -> str:
    """Return a line that says on which page something is, and leads there."""
    return f'<p class="pointer"><a href="#{place}">{words.format(page=page_of(place))}</a></p>'


def page_of(place: str) -> str:
    return f'<span class="page" data-page-of="{place}">000</span>'


# The whole book


def last_chapter(
    kind: str, words: Words, chapters: Iterable[Chapter], texts: Iterable[str]
) -> Chapter:
    """Return the chapter at the end that holds the texts, in the order of their chapters."""
    groups = [
        f'<section><h2 id="{kind}--{chapter.name}">{chapter.title}</h2>{text}</section>'
        for chapter, text in zip(chapters, texts, strict=True)
        if text
    ]
    article = f"<article><section><h1>{words[kind]}</h1>{''.join(groups)}</section></article>"
    return Chapter(kind, "", parse(article), "")


def title_page(home: Chapter, words: Words) -> str:
    """Return the first page: title, what this is, and what the foot of every page says."""
    foot = home.page.select(".bd-footer-content :is(.last-updated, .copyright, .extra_footer)")
    lines = [f"<p>{' '.join(line.get_text().split())}</p>" for line in foot]
    title = escape(find(home.article, "h1").get_text())
    address = escape(home.address)
    link = f'<p><a href="{address}">{address}</a></p>' if address else ""
    return (
        f'<section class="title-page"><div><img src="../_static/logo.svg" alt="">'
        f'<p class="book-title">{title}</p><p class="edition">{words["edition"]}</p></div>'
        f"<div><p>{words['about']}</p>{link}{''.join(lines)}</div></section>"
    )


def contents(chapters: Iterable[Chapter], words: Words) -> str:
    """Return the list of all chapters and their sections, with places for the page numbers."""
    lines, part = [], ""
    for chapter in chapters:
        if chapter.part != part:
            part = chapter.part
            lines += [f'<p class="part">{part}</p>'] * bool(part)
        lines.append(content_line("chapter-line", chapter.name, chapter.title))
        for heading in chapter.article.select("h2"):
            lines.append(
                content_line("section-line", attribute(heading, "id"), heading.decode_contents())
            )
    return f'<nav class="book-contents"><h1>{words["contents"]}</h1>{"".join(lines)}</nav>'


def content_line(kind: str, place: str, title: str) -> str:
    return f'<p class="{kind}"><a href="#{place}"><span>{title}</span>{page_of(place)}</a></p>'


def in_book(number: int, chapter: Chapter) -> str:
    """Return a chapter with a kind of printed page of its own, so that its head has the title."""
    style = (
        f'<style>@page chapter-{number} {{ @top-left {{ content: "{plain(chapter)}" }} }}</style>'
    )
    return (
        f'{style}<section class="chapter" id="{chapter.name}" style="page: chapter-{number}">'
        f"{chapter.article}</section>"
    )


def plain(chapter: Chapter) -> str:
    """Return the title of a chapter as CSS writes a text."""
    return re.sub(r'(["\\<])', r"\\\1", find(chapter.article, "h1").get_text())


def document(chapters: Sequence[Chapter], body: str) -> str:
    """Return the page: the styles of the site, and of its scripts that for the figures."""
    home = chapters[0].page
    title = escape(find(home, "article h1").get_text())
    language = attribute(find(home, "html"), "lang")
    head: dict[str, str] = {}
    for part in (part for chapter in chapters for part in chapter.page.select(HEAD)):
        head.setdefault(attribute(part, "href").partition("?")[0], str(part))
    # An edition has words of the others in it, too: of their names at least.
    languages = "".join(
        f'<link rel="stylesheet" href="/print/{name}.css">' for name in own_styles("print.css")
    )
    return (
        f'<!doctype html><html lang="{language}" data-theme="light"><head>'
        f'<meta charset="utf-8"><title>{title}</title>{"".join(head.values())}'
        f'<script type="{STATE}">{states(chapters)}</script>'
        f'<script type="module" src="../_static/live_figures.js"></script>'
        f'<link rel="stylesheet" href="/print/book.css">{languages}</head><body>'
        f'<main class="bd-main"><div class="bd-content">'
        f'<div class="bd-article-container">{body}</div></div></main></body></html>'
    )


def states(chapters: Iterable[Chapter]) -> str:
    """Return the numbers of all live figures, as one page embeds them."""
    found = [script for c in chapters for script in c.page.find_all("script", type=STATE)]
    merged: dict[str, object] = {}
    for script in found:
        merged |= json.loads(str(script.string))["state"]
    return json.dumps({"state": merged}).replace("</", r"<\/")

"""The Korean edition: nothing in it is English that should not be, and a reader finds the way."""

import json
import re
from collections import Counter
from functools import cache, partial
from pathlib import Path
from urllib.request import urlopen

import nbformat
import pytest

from publish.languages import catalogue, folder_of, language_of, sources
from publish.languages.notebooks import write_chapters
from tests.publish.small_korean_book import write_small_korean_book
from tests.publish.test_live_figures import Figure
from tests.publish.test_site import ALL_PAGES, EDITIONS, LIVE, NOTEBOOKS, PAGES
from upkeep.small_book import ROOT, build_edition
from upkeep.visitor import Visitor, until

KOREAN = [name for name in ALL_PAGES if name.startswith("ko/")]
# What stays as it is: code and what it prints, and formulas.
OTHER = "script, style, pre, code, math, .output.stream, .output.text_plain, dt.sig"
# Titles of works, what a function of the library raises, and a button of JupyterLab.
ALLOWED = {
    "Interrupt the kernel",
    "Learning representations by back-propagating errors",
    "Méthode générale pour la résolution des systèmes d'équations simultanées",
    "Deep sparse rectifier neural networks",
    "Understanding the difficulty of training deep feedforward neural networks",
    "Delving deep into rectifiers",
    "AssertionError 오류로 멈췄습니다: dA has shape (6, 8), but Z has shape (4, 8).",
}
# All that can be read on a page, or is read out: its texts and the attributes that hold some.
TEXTS = """async () => {
  const read = (node) => node.textContent.trim();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const { parentElement } = walker.currentNode;
    if (!parentElement.closest(OTHER)) found.push(read(walker.currentNode));
  }
  const names = ["alt", "title", "aria-label", "placeholder", "data-tooltip", "data-bs-title"];
  for (const name of names) {
    for (const element of document.querySelectorAll(`[${name}]`)) {
      if (!element.closest(OTHER)) found.push(element.getAttribute(name));
    }
  }
  return found.concat(document.title);
}""".replace("OTHER", json.dumps(OTHER))
# What is closed has no width.
SHOW_REPLIES = """() => {
  for (const button of document.querySelectorAll(".question-show_replies")) button.click();
}"""
# Whether the page has come to rest at the place that was asked for, if it is on the page.
STANDS = """() => {
  const place = document.querySelector(location.hash || "body")?.getBoundingClientRect().top ?? 0;
  return place > -10 && place < innerHeight;
}"""
SCROLL = """() => {
  const long = (section) => section.offsetHeight > innerHeight;
  const section = [...document.querySelectorAll("article section[id]:has(> h2):not(:has(section))")]
    .filter(long).at(-1);
  section.scrollIntoView({ behavior: "instant" });
  return section.id;
}"""
# By script: below the top of a page the theme moves the bar with the switch out of sight.
CLICK = "(link) => link.click()"
SENTENCE = re.compile(r"[A-Za-z]{2,}(?: [a-z]{2,}){2,}")
IN_PARENTHESES = re.compile(r"\([^)]*\)")  # the English of a term beside the Korean
PUBLISHED = "https://example.org/dnn/"
QUERIES = {
    "가중치": "가중치를",
    "기울기": "기울기의",
    "신경망": "신경망은",
    "층": "층에서는",
    "학습률": "학습률이",
    "비용": "비용을",
    "행렬": "행렬과",
    "편향": "편향도",
    "매개변수": "매개변수로",
    "시그모이드": "시그모이드까지",
}


@pytest.fixture(scope="module")
def visitor(browser, site_address):
    return Visitor(browser, site_address)


@pytest.fixture
def newcomer(browser, site_address):
    """Return a visitor who has not chosen a language before, and whose choice nobody else has."""
    visitor = Visitor(browser, site_address)
    yield visitor
    visitor.page.context.close()


@pytest.fixture(scope="module")
def seen(visitor):
    """Return a function that opens a page, once, and returns what is read there and how."""

    @cache
    def see(name):
        visitor.open(name)
        visitor.page.evaluate(SHOW_REPLIES)
        return visitor.page.evaluate(TEXTS), visitor.page.evaluate(TORN)

    return see


@pytest.mark.parametrize("name", [*KOREAN, "ko/search"])
def test_no_sentence_is_left_in_english(seen, name):
    texts, _ = seen(name)
    assert sum(bool(re.search("[가-힣]", text)) for text in texts) > 20
    assert not sentences(texts)


def sentences(texts):
    """Return the texts in which three English words or more stand side by side."""
    return [
        text
        for text in texts
        if SENTENCE.search(IN_PARENTHESES.sub("", text)) and text not in ALLOWED
    ]


def test_sentences_in_english_are_found(seen):
    texts, _ = seen(PAGES[1])
    assert len(sentences(texts)) > 50


def found(visitor, query):
    """Return the pages that a search finds."""
    visitor.page.goto(f"{visitor.address}/ko/search.html?q={query}", wait_until="networkidle")
    until(visitor.page, "document.querySelector('#search-results li a')")
    until(visitor.page, "/\\d/.test(document.querySelector('.search-summary')?.innerText)")
    return visitor.page.evaluate(
        "[...document.querySelectorAll('#search-results li > a')].map((a) => a.pathname)"
    )


@pytest.mark.parametrize("word", QUERIES)
def test_search_finds_a_word_with_its_particles_and_without(visitor, word):
    pages = found(visitor, word)
    assert len(pages) >= 3
    assert set(found(visitor, QUERIES[word])) == set(pages)
    for name in {page.split("/ko/")[1] for page in pages}:
        assert word in (ROOT / "_build/html/ko" / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["book/05_backward", "search"])
def test_the_switch_keeps_page_and_section_and_goes_back(newcomer, name):
    page, address = newcomer.page, newcomer.address
    page.goto(f"{address}/{name}.html#summary", wait_until="networkidle")
    until(page, STANDS)
    switch = page.get_by_role("navigation", name="Language").get_by_role("link", name="한국어")
    switch.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}/ko/{name}.html#summary")
    assert page.evaluate("document.documentElement.lang") == "ko"
    switch = page.get_by_role("navigation", name="언어").get_by_role("link", name="English")
    until(page, STANDS)
    switch.evaluate(CLICK)
    page.wait_for_url(f"{address}/{name}.html#summary")


@pytest.mark.parametrize(
    "followed", ["", "#what-the-letters-mean"], ids=["no link", "a link before"]
)
def test_the_switch_leads_to_the_section_that_is_read(newcomer, followed):
    page, address = newcomer.page, newcomer.address
    page.goto(f"{address}/book/05_backward.html{followed}", wait_until="networkidle")
    section = page.evaluate(SCROLL)
    page.locator(".languages a[hreflang=ko]").evaluate(CLICK)
    page.wait_for_url(f"**/ko/book/05_backward.html#{section}")
    assert page.evaluate("document.querySelector(location.hash) !== null")


@pytest.mark.parametrize("name", ALL_PAGES)
def test_each_page_names_itself_in_all_languages(visitor, site, name):
    page = (site / f"{name}.html").read_text(encoding="utf-8")
    assert f'<html lang="{language_of(name)}"' in page
    links = re.findall(r'<link rel="alternate" hreflang="(\w+)" href="(.+?)"', page)
    files = {lang: (site / name).parent.joinpath(href).resolve() for lang, href in links}
    plain = name.removeprefix(folder_of(language_of(name)))
    assert files == {
        language: (site / folder / f"{plain}.html") for language, folder in EDITIONS.items()
    }


def arrive(browser, address, locale, path=""):
    """Open a page in a browser that has never been here; return the page."""
    visitor = Visitor(browser, address, locale=locale)
    visitor.page.goto(f"{address}/{path}", wait_until="networkidle")
    return visitor.page


def assert_comes_to_rest_at(page, address):
    """Wait until a page is there, and see that it stays when all it asks for has come."""
    page.wait_for_url(address)
    page.wait_for_load_state("networkidle")
    assert page.url.partition("#")[0] == address


@pytest.mark.parametrize("path", ["", "book/index.html"])
@pytest.mark.parametrize(("locale", "language"), [("ko-KR", "ko"), ("en-US", "en"), ("fr", "en")])
def test_a_first_visit_to_the_front_page_follows_the_browser(
    browser, site_address, locale, language, path
):
    page = arrive(browser, site_address, locale, path)
    assert_comes_to_rest_at(page, f"{site_address}/{folder_of(language)}book/index.html")
    assert page.evaluate("document.documentElement.lang") == language


def test_the_choice_of_a_reader_counts_more_than_the_browser(browser, site_address):
    page = arrive(browser, site_address, "ko-KR")
    front_page = f"{site_address}/book/index.html"
    page.wait_for_url(f"{site_address}/ko/book/index.html")
    page.locator(".languages a[hreflang=en]").click()
    page.wait_for_url(f"{front_page}*")
    for path in ("", "book/index.html"):
        page.goto("about:blank")
        page.goto(f"{site_address}/{path}", wait_until="networkidle")
        assert_comes_to_rest_at(page, front_page)
        assert page.evaluate("document.documentElement.lang") == "en"


@pytest.mark.parametrize("path", ["book/03_forward.html", "book/index.html"])
def test_other_pages_and_ways_inside_the_site_keep_their_language(browser, site_address, path):
    page = arrive(browser, site_address, "ko-KR", "book/02_initialization.html")
    assert page.evaluate("document.documentElement.lang") == "en"
    page.locator(f"nav a[href$='{path.split('/')[1]}']").first.click()
    assert_comes_to_rest_at(page, f"{site_address}/{path}")
    assert page.evaluate("document.documentElement.lang") == "en"


# What a live figure draws besides words.
SHAPES = """(figure) => {
  const kinds = "svg :is(path, line, rect, circle, polyline), [style]";
  const shapes = figure.querySelector(".panels").querySelectorAll(kinds);
  const drawn = (shape) => [...shape.attributes].filter(({ name }) => !name.startsWith("aria-"))
    .map(({ name, value }) => `${name}=${value}`).join();
  return [...shapes].map(drawn).concat(
    [...figure.querySelectorAll("canvas")].map((canvas) => canvas.toDataURL()));
}"""
NUMBER = re.compile(r"\d+(?:\.\d+)?")


def tour(figure):
    """Move each control of a figure through its ends and choices; return what is seen there."""
    ends = [partial(slider.press, key) for slider in figure.sliders for key in ("Home", "End")]
    labels = [label for choice in figure.choices for label in choice.locator("label span").all()]
    seen = []
    for move in [*ends, *(label.click for label in labels)]:
        move()
        seen.append((figure.root.evaluate(SHAPES), figure.status()))
    return seen


@pytest.mark.parametrize("name", LIVE)
def test_a_live_figure_moves_as_on_the_english_page(visitor, name):
    tours = []
    for folder in ("", "ko/"):
        visitor.open(folder + name)
        until(visitor.page, "document.documentElement.dataset.liveFigures === 'drawn'")
        tours.append([tour(Figure(visitor.page, k)) for k in range(len(LIVE[name]))])
    for english, korean in zip(*tours, strict=True):
        assert [shapes for shapes, _ in korean] == [shapes for shapes, _ in english]
        assert len({status for _, status in korean}) > 1
        assert len({tuple(shapes) for shapes, _ in korean}) > 1
        for (_, ours), (_, theirs) in zip(english, korean, strict=True):
            assert sorted(NUMBER.findall(theirs)) == sorted(NUMBER.findall(ours))
            assert re.search("[가-힣]", theirs)
            assert not sentences([theirs])


# Words that a browser would tear: a particle after a parenthesis or a quotation mark, or
# beside a short formula. And where it may break lines.
TORN = """async () => {
  const others = ".cell_output, .dnn-live, svg, code, pre, math, script";
  const ours = (node) => !node.parentElement.closest(others);
  const torn = [];
  const article = document.querySelector("article");
  if (!article) return;
  const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { data } = walker.currentNode;
    if (ours(walker.currentNode) && /[)\\u2019\\u201d][가-힣]/.test(data)) torn.push(data);
  }
  for (const formula of document.querySelectorAll("span.math")) {
    const beside = [formula.previousSibling?.data?.at(-1), formula.nextSibling?.data?.[0]];
    const nowrap = getComputedStyle(formula).whiteSpace === "nowrap";
    const glued = beside.some((letter) => letter?.trim());
    if (glued && !nowrap && formula.offsetWidth < 80) {
      torn.push(formula.parentElement.textContent.slice(0, 80));
    }
  }
  return [torn, getComputedStyle(article.querySelector("p")).wordBreak];
}"""


@pytest.mark.parametrize("name", ALL_PAGES)
def test_no_line_breaks_inside_a_word(seen, name):
    _, (torn, style) = seen(name)
    assert torn == []
    assert style == ("keep-all" if name.startswith("ko/") else "normal")


def formulas(path):
    """Return the formulas of a page, without the words in them."""
    page = path.read_text(encoding="utf-8")
    found = re.findall(r'class="math notranslate"[^>]*>\s*(.*?)</', page, re.S)
    return Counter(re.sub(r"\\text\{[^}]*\}", r"\\text{}", formula) for formula in found)


def test_each_page_has_the_formulas_of_the_english_one(site):
    english, korean = (
        {name: formulas(site / f"{folder}{name}.html") for name in PAGES} for folder in ("", "ko/")
    )
    assert korean == english
    assert sum(map(Counter.total, korean.values())) > 500


@pytest.mark.parametrize("folder", ["", "ko/"])
def test_a_glossary_is_in_the_order_of_its_language(site, folder):
    page = (site / f"{folder}book/glossary.html").read_text(encoding="utf-8")
    terms = re.findall(r'<dt id="term-[^>]*>(.*?)<', page)
    assert len(terms) > 30
    assert terms == sorted(terms, key=str.casefold)
    assert terms[-1].startswith("활성화 함수" if folder else "weight")


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_in_korean_has_the_same_code(site, site_address, name):
    with urlopen(f"{site_address}/ko/_sources/{name}.ipynb") as answer:
        korean = nbformat.reads(answer.read().decode(), as_version=4)
    nbformat.validate(korean)
    english = nbformat.read(ROOT / f"{name}.ipynb", as_version=4)
    assert [cell.id for cell in korean.cells] == [cell.id for cell in english.cells]
    for ours, theirs in zip(english.cells, korean.cells, strict=True):
        if ours.cell_type == "code":
            assert theirs.source == ours.source
        elif not ours.source.startswith(":::{solution-end}"):
            assert re.search("[가-힣]", theirs.source)
            text = re.sub(r"`[^`]*`|\$[^$]*\$|:\w+:.*|\{.*?\}.*|\]\(.*?\)", "", theirs.source)
            assert not sentences(re.split(r"\n|\*", text))


def test_a_text_that_is_not_in_its_place_is_an_error():
    page = sources.Page(ROOT / "book/02_initialization.ipynb", "ko")
    with pytest.raises(sources.TranslationError, match="not translated: New and English"):
        page.translate("# New and English")
    with pytest.raises(sources.TranslationError, match=r"not in its text: .*Summary"):
        page.check()


def test_a_notebook_of_the_reader_is_never_written_over(tmp_path, monkeypatch):
    monkeypatch.setattr("publish.languages.notebooks.ROOT", tmp_path)
    assert all("is written" in said for said in write_chapters("ko"))
    folder = tmp_path / "notebooks/ko"
    assert len(list(folder.glob("*.ipynb"))) == len(NOTEBOOKS)
    assert "순전파" in (folder / "images/pipeline.svg").read_text(encoding="utf-8")
    mine = folder / "03_forward.ipynb"
    mine.write_text("my work")
    said = write_chapters("ko")
    assert mine.read_text() == "my work"
    assert sum("is written" in line for line in said) == 1


@pytest.fixture
def small_korean_book(tmp_path):
    """Return a book of two pages with its Korean catalogues."""
    book = tmp_path / "small"
    write_small_korean_book(book, PUBLISHED)
    return book


@pytest.mark.slow
def test_an_english_text_that_has_changed_fails_the_build_with_its_place(small_korean_book):
    result = build_edition(small_korean_book, "ko")
    assert result.returncode == 0, result.stdout
    page = (small_korean_book / "_build/html/ko/book/index.html").read_text(encoding="utf-8")
    assert "하나뿐인 그림." in page
    assert f'<link rel="canonical" href="{PUBLISHED}ko/book/index.html"' in page
    assert 'alt="상자"' in page or 'aria-label="상자"' in page

    path = Path(small_korean_book, "book/index.md")
    path.write_text(path.read_text().replace("The only figure.", "The one figure."))
    result = build_edition(small_korean_book, "ko")
    assert result.returncode == 1
    assert re.search(
        r"book/index\.md:\d+: WARNING: not translated: The one figure\.", result.stdout
    )


def test_what_is_left_in_the_diagrams_is_code_and_formulas():
    element = re.compile(r"<(text|title|desc)\b[^>]*>(.*?)</\1>", re.DOTALL)
    diagrams = "".join(path.read_text("utf-8") for path in ROOT.glob("book/images/*.svg"))
    written = {text for _, text in element.findall(diagrams)}
    left = {re.sub("<.*?>", "", text) for text in written - set(catalogue("site", "ko"))}
    assert {text for text in left if re.fullmatch("[A-Za-z ]{3,}", text)} == {
        "ReLU",
        "grads",
        "dWD",
    }

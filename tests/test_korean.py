"""The Korean edition: nothing in it is English that should not be, and a reader finds the way."""

import json
import re
import shutil
import sys
import tomllib
from pathlib import Path
from urllib.request import urlopen

import nbformat
import pytest
from babel.messages.catalog import Message

from tools import translated, translation
from tools.lab import write_chapters

from .small_book import ROOT, build_korean, run, write_small_book
from .test_site import ALL_PAGES, NOTEBOOKS, PAGES
from .visitor import Visitor, until

KOREAN = [name for name in ALL_PAGES if name.startswith("ko/")]
# What stays as it is: code and what it prints, and formulas.
OTHER = "script, style, pre, code, mjx-container, .output.stream, .output.text_plain, dt.sig"
# Titles of works, and what a function of the library raises.
ALLOWED = {
    "Learning representations by back-propagating errors",
    "Méthode générale pour la résolution des systèmes d'équations simultanées",
    "Deep sparse rectifier neural networks",
    "Understanding the difficulty of training deep feedforward neural networks",
    "Delving deep into rectifiers",
    "AssertionError 오류로 멈췄습니다: dA has shape (6, 8), but Z has shape (4, 8).",
}
# All that can be read on a page, or is read out: its texts and the attributes that hold some.
TEXTS = """async () => {
  await window.MathJax?.startup.promise;
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
SENTENCE = re.compile(r"[A-Za-z]{2,}(?:,? [a-z]{2,}){2,}")
IN_PARENTHESES = re.compile(r"\([^)]*\)")  # the English of a term beside the Korean
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


@pytest.mark.parametrize("name", [*KOREAN, "ko/search"])
def test_no_sentence_is_left_in_english(visitor, name):
    visitor.open(name)
    texts = visitor.page.evaluate(TEXTS)
    assert sum(bool(re.search("[가-힣]", text)) for text in texts) > 20
    assert not sentences(texts)


def sentences(texts):
    """Return the texts in which three English words or more stand side by side."""
    return [
        text
        for text in texts
        if SENTENCE.search(IN_PARENTHESES.sub("", text)) and text not in ALLOWED
    ]


def test_sentences_in_english_are_found(visitor):
    visitor.open(PAGES[1])
    assert len(sentences(visitor.page.evaluate(TEXTS))) > 50


def found(visitor, query):
    """Return the pages that a search finds."""
    visitor.page.goto(f"{visitor.address}/ko/search.html?q={query}", wait_until="networkidle")
    until(visitor.page, "document.querySelector('#search-results li a')", seconds=20)
    until(visitor.page, "/\\d/.test(document.querySelector('.search-summary')?.innerText)")
    return visitor.page.evaluate(
        "[...document.querySelectorAll('#search-results li > a')].map((a) => a.pathname)"
    )


@pytest.mark.parametrize("word", QUERIES)
def test_search_finds_a_word_with_its_particles_and_without(visitor, word):
    pages = found(visitor, word)
    assert len(pages) >= 3
    assert set(found(visitor, QUERIES[word])) == set(pages)
    names = [page.split("/ko/")[1].removesuffix(".html") for page in pages]
    texts = {name: (ROOT / f"_build/html/ko/{name}.html").read_text() for name in set(names)}
    assert all(word in text for text in texts.values())
    held = [name for name in PAGES if word in (ROOT / f"_build/html/ko/{name}.html").read_text()]
    assert set(names) <= set(held)


@pytest.mark.parametrize("name", ["book/05_backward", "search"])
def test_the_switch_keeps_page_and_section_and_goes_back(visitor, name):
    visitor.page.goto(f"{visitor.address}/{name}.html#summary", wait_until="networkidle")
    switch = visitor.page.get_by_role("navigation", name="Language").get_by_role("link")
    assert switch.inner_text() == "한국어"
    switch.focus()
    visitor.page.keyboard.press("Enter")
    visitor.page.wait_for_url(f"{visitor.address}/ko/{name}.html#summary")
    assert visitor.page.evaluate("document.documentElement.lang") == "ko"
    switch = visitor.page.get_by_role("navigation", name="언어").get_by_role("link")
    assert switch.inner_text() == "English"
    switch.click()
    visitor.page.wait_for_url(f"{visitor.address}/{name}.html#summary")


def test_the_switch_leads_to_the_section_that_is_read(visitor):
    visitor.open("book/05_backward")
    section = visitor.page.locator("article section[id] section[id]").nth(2)
    section.evaluate("(element) => element.scrollIntoView()")
    visitor.page.locator(".languages a").click()
    visitor.page.wait_for_url("**/ko/book/05_backward.html#*")
    assert visitor.page.evaluate("document.querySelector(location.hash) !== null")
    assert visitor.page.url.endswith(f"#{section.get_attribute('id')}")


@pytest.mark.parametrize("name", ALL_PAGES)
def test_each_page_names_itself_in_all_languages(visitor, site, name):
    page = (site / f"{name}.html").read_text(encoding="utf-8")
    language = "ko" if name.startswith("ko/") else "en"
    assert f'<html lang="{language}"' in page
    links = re.findall(r'<link rel="alternate" hreflang="(\w+)" href="(.+?)"', page)
    files = {lang: (site / name).parent.joinpath(href).resolve() for lang, href in links}
    plain = name.removeprefix("ko/")
    assert files == {"en": site / f"{plain}.html", "ko": site / f"ko/{plain}.html"}


def arrive(browser, address, locale, path=""):
    """Open a page in a browser that has never been here; return the page."""
    visitor = Visitor(browser, address, locale=locale)
    visitor.page.goto(f"{address}/{path}", wait_until="networkidle")
    visitor.page.wait_for_timeout(300)
    return visitor.page


@pytest.mark.parametrize("path", ["", "book/index.html"])
@pytest.mark.parametrize(("locale", "language"), [("ko-KR", "ko"), ("en-US", "en"), ("fr", "en")])
def test_a_first_visit_to_the_front_page_follows_the_browser(
    browser, site_address, locale, language, path
):
    page = arrive(browser, site_address, locale, path)
    assert page.evaluate("document.documentElement.lang") == language


def test_the_choice_of_a_reader_counts_more_than_the_browser(browser, site_address):
    page = arrive(browser, site_address, "ko-KR")
    page.locator(".languages a").click()
    page.wait_for_url(f"{site_address}/book/index.html*")
    for path in ("", "book/index.html"):
        page.goto("about:blank")
        page.goto(f"{site_address}/{path}", wait_until="networkidle")
        assert page.evaluate("document.documentElement.lang") == "en"


@pytest.mark.parametrize("path", ["book/03_forward.html", "book/index.html"])
def test_other_pages_and_ways_inside_the_site_keep_their_language(browser, site_address, path):
    page = arrive(browser, site_address, "ko-KR", "book/02_initialization.html")
    assert page.evaluate("document.documentElement.lang") == "en"
    page.locator(f"nav a[href$='{path.split('/')[1]}']").first.click()
    page.wait_for_url(f"**/{path}*")
    page.wait_for_timeout(300)
    assert page.evaluate("document.documentElement.lang") == "en"


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
        else:
            assert re.search("[가-힣]", theirs.source)
            text = re.sub(r"`[^`]*`|\$[^$]*\$|:\w+:.*|\{.*?\}.*|\]\(.*?\)", "", theirs.source)
            assert not SENTENCE.search(text)


def test_a_text_that_is_not_in_its_place_is_an_error():
    page = translated.Page(ROOT / "book/02_initialization.ipynb", "ko")
    with pytest.raises(translated.TranslationError, match="not translated: New and English"):
        page.translate("# New and English")
    with pytest.raises(translated.TranslationError, match=r"not in its text: .*Summary"):
        page.check()


def test_a_notebook_of_the_reader_is_never_written_over(tmp_path, monkeypatch):
    monkeypatch.setattr("tools.lab.ROOT", tmp_path)
    assert all("is written" in said for said in write_chapters("ko"))
    folder = tmp_path / "notebooks/ko"
    assert len(list(folder.glob("*.ipynb"))) == len(NOTEBOOKS)
    assert "순전파" in (folder / "images/pipeline.svg").read_text(encoding="utf-8")
    mine = folder / "03_forward.ipynb"
    mine.write_text("my work")
    said = write_chapters("ko")
    assert mine.read_text() == "my work"
    assert sum("is written" in line for line in said) == 1


def test_the_catalogues_have_no_fault():
    result = run(ROOT, sys.executable, "-m", "tools.translation")
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize(
    ("source", "text", "fault"),
    [
        ("The cost falls.", "", "not translated"),
        ("The `cost` falls.", "비용이 줄어듭니다.", "code is missing: cost"),
        ("It takes 20 steps.", "21번 만에 끝납니다.", "number is not in the source: 21"),
        ("The cost falls.", "값이 줄어듭니다.", 'the term "cost" is "비용" here'),
        ("It reads `W`.", "`W`를 읽습니다.", 'the particle "를" follows'),
        ("All of it is new.", "All of it is new.", "has no Korean"),
    ],
)
def test_a_fault_of_a_translation_is_named(source, text, fault):
    found = list(translation.faults(Message(source, text), {"cost": "비용"}))
    assert [line for line in found if line.startswith(fault)], found


def test_an_entry_whose_source_has_changed_is_a_fault():
    message = Message("It is new.", "새롭습니다.", flags=["fuzzy"])
    assert list(translation.faults(message, {})) == ["fuzzy: the English text has changed"]


@pytest.fixture
def small_korean_book(tmp_path):
    """Return a book of two pages with its Korean catalogues."""
    book = tmp_path / "small"
    write_small_book(book)
    for name in ("edition.py", "translated.py"):
        shutil.copy(ROOT / "tools" / name, book / "tools")
    locale = book / "book/locale/ko"
    texts = {
        "index": {"A small book": "작은 책", "A box": "상자", "The only figure.": "하나뿐인 그림."},
        "chapter": {"A chapter": "한 장"},
    }
    (locale / "LC_MESSAGES/book").mkdir(parents=True)
    shutil.copy(ROOT / "book/locale/ko/words.toml", locale)
    for name, entries in texts.items():
        lines = ['msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n']
        lines += [f'msgid "{source}"\nmsgstr "{text}"\n' for source, text in entries.items()]
        path = locale / f"LC_MESSAGES/book/{name}.po"
        path.write_text("\n".join(lines), encoding="utf-8")
    return book


def test_an_english_text_that_has_changed_fails_the_build_with_its_place(small_korean_book):
    result = build_korean(small_korean_book)
    assert result.returncode == 0, result.stdout
    page = (small_korean_book / "_build/html/ko/book/index.html").read_text(encoding="utf-8")
    assert "하나뿐인 그림." in page
    assert 'alt="상자"' in page or 'aria-label="상자"' in page

    path = Path(small_korean_book, "book/index.md")
    path.write_text(path.read_text().replace("The only figure.", "The one figure."))
    result = build_korean(small_korean_book)
    assert result.returncode == 1
    assert re.search(
        r"book/index\.md:\d+: WARNING: not translated: The one figure\.", result.stdout
    )


def test_the_words_of_the_diagrams_are_those_of_the_catalogue():
    table = tomllib.loads((ROOT / "book/locale/ko/words.toml").read_text("utf-8"))["diagrams"]
    element = re.compile(r"<(text|title|desc)\b[^>]*>(.*?)</\1>", re.DOTALL)
    diagrams = "".join(path.read_text("utf-8") for path in ROOT.glob("book/images/*.svg"))
    written = {text for _, text in element.findall(diagrams)}
    assert set(table) <= written, "no longer in a diagram"
    left = {re.sub("<.*?>", "", text) for text in written - set(table)}
    # what is left are code and formulas
    assert {text for text in left if re.fullmatch("[A-Za-z ]{3,}", text)} == {
        "ReLU",
        "grads",
        "dWD",
    }

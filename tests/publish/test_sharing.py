"""How the book is found and shared: what its pages say of themselves, and where they lie."""

import io
import re
from functools import partial
from http.server import ThreadingHTTPServer
from threading import Thread
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit
from urllib.request import urlopen
from xml.etree import ElementTree as ET

import pytest
from bs4 import BeautifulSoup
from PIL import Image
from sphinx.errors import ConfigError

from dnn_utils.language import display_width
from publish.languages import folder_of, language_of, languages, translate
from publish.site import cards, not_found, sharing
from publish.site.address import SETTING, VARIABLE, checked, set_address, site_address
from tests.publish.small_korean_book import write_small_korean_book
from tests.publish.test_site import ALL_PAGES, EDITIONS
from upkeep.small_book import ROOT, build, build_edition, write_small_book
from upkeep.visitor import Silent, Visitor

ADDRESS = "https://example.org/dnn/"
REPOSITORY = "https://github.com/ada/book"
PAGES = [folder + name for folder in EDITIONS.values() for name in ("book/index", "book/chapter")]
FRONT_PAGES = {f"{folder}index": f"{folder}book/index" for folder in EDITIONS.values()}
HANGUL = re.compile("[가-힣]")


# The address.


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("https://example.org", "https://example.org/"),
        ("https://example.org/", "https://example.org/"),
        ("https://you.github.io/your-copy", "https://you.github.io/your-copy/"),
        ("https://example.org:8443/a/b/", "https://example.org:8443/a/b/"),
    ],
)
def test_an_address_ends_with_a_slash(given, expected):
    assert checked("here", given) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("example.org/dnn/", "that begins with https://"),
        ("http://example.org/dnn/", "that begins with https://"),
        ("file:///home/ada/book/", "that begins with https://"),
        ("https:///dnn/", "that begins with https:// and a host"),
        ("https://example.org/?a=b", "without a query"),
        ("https://example.org/dnn?", "without a query"),
        ("https://example.org/dnn/#top", "without a fragment"),
        ("https://ada:secret@example.org/", "without a user"),
        ("https://example.org/my book/", "without spaces"),
        ("https://example.org/dnn/index.html", "of a folder, not of a page"),
        ("https://[example.org/", "expected an address"),
        ("https://example.org:port/", "expected an address"),
    ],
)
def test_what_is_no_address_of_a_book_is_refused(given, expected):
    with pytest.raises(ConfigError) as raised:
        checked("here", given)
    assert f"here: got {given!r}, expected" in str(raised.value)
    assert expected in str(raised.value)


@pytest.mark.parametrize("empty", [None, "", " "])
@pytest.mark.parametrize("setting", ["", "https://example.org/setting"])
def test_the_environment_comes_before_the_settings(monkeypatch, setting, empty):
    config = SimpleNamespace(html_baseurl=setting, language="ko")
    monkeypatch.setenv(VARIABLE, " https://example.org/dnn ")
    set_address(None, config)
    assert config.html_baseurl == ADDRESS

    config.html_baseurl = setting
    if empty is None:
        monkeypatch.delenv(VARIABLE)
    else:
        monkeypatch.setenv(VARIABLE, empty)
    set_address(None, config)
    assert config.html_baseurl == (f"{setting}/" if setting else "")


@pytest.mark.parametrize("name", [VARIABLE, SETTING])
def test_the_error_names_where_the_address_was_given(monkeypatch, name):
    config = SimpleNamespace(html_baseurl="elsewhere", language="en")
    monkeypatch.delenv(VARIABLE, raising=False)
    if name == VARIABLE:
        monkeypatch.setenv(VARIABLE, "elsewhere")
    with pytest.raises(ConfigError, match=f"^{name}: got 'elsewhere', expected"):
        set_address(None, config)


def test_the_root_of_the_site_is_that_of_all_editions():
    for language in languages():
        config = SimpleNamespace(html_baseurl=ADDRESS + folder_of(language), language=language)
        assert site_address(config) == ADDRESS


# What a page is about.


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Short.", "Short."),
        ("x" * 160, "x" * 160),
        (f"{'a' * 90}. {'b' * 90}.", f"{'a' * 90}."),
        (f"{'a' * 159}. B.", f"{'a' * 159}."),
        (f"{'a' * 100}, {'b' * 90}.", f"{'a' * 100}, …"),
        (f"{'a' * 20}. {'b' * 100} {'c' * 90}.", f"{'a' * 20}. {'b' * 100} …"),
        ("two\n  lines", "two lines"),
    ],
)
def test_a_description_has_whole_sentences_where_they_fit(text, expected):
    assert sharing.shorten(text) == expected
    assert len(sharing.shorten(text)) <= sharing.LONGEST


def head(path):
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser").head


def contents(page, key):
    """Return what the tags in the head of a page say, by their names or properties."""
    return {tag[key]: tag["content"] for tag in page.find_all("meta") if key in tag.attrs}


@pytest.mark.parametrize("name", [*ALL_PAGES, *FRONT_PAGES])
def test_every_page_says_what_it_is_about_in_its_language(site, name):
    page = head(site / f"{name}.html")
    (description,) = page.find_all("meta", {"name": "description"})
    text = description["content"]
    assert display_width(text) >= 50
    assert len(text) <= sharing.LONGEST
    assert not re.search(r"[\\{}$^\u2060]|_\{|  ", text)
    assert page.parent["lang"] == language_of(name)
    assert bool(HANGUL.search(text)) == (language_of(name) == "ko")
    (title,) = page.find_all("title")
    book = translate("Deep Neural Network, Step by Step", language_of(name))
    front = name.endswith("index")
    assert title.string == book if front else re.fullmatch(f".+ — {book}", title.string)


@pytest.mark.parametrize("folder", EDITIONS.values(), ids=EDITIONS)
def test_no_two_pages_say_the_same(site, folder):
    pages = [
        head(site / f"{name}.html") for name in ALL_PAGES if folder_of(language_of(name)) == folder
    ]
    for texts in (
        [page.title.string for page in pages],
        [contents(page, "name")["description"] for page in pages],
    ):
        assert len(set(texts)) == len(texts) == len(ALL_PAGES) / len(EDITIONS)


@pytest.mark.parametrize("name", [*ALL_PAGES, *FRONT_PAGES, "search", "ko/search"])
def test_without_an_address_no_page_has_an_absolute_link_in_its_head(site, name):
    page = head(site / f"{name}.html")
    assert not page.select("link[rel=canonical], meta[property^='og:'], meta[name^='twitter:']")
    links = [link["href"] for link in page.find_all("link")]
    assert not [href for href in links if href.startswith(("http", "/"))]


def test_without_an_address_nothing_else_is_written(site):
    assert not list(site.glob("**/404.html"))
    assert not list(site.glob("**/cards"))
    assert not (site / "sitemap.xml").exists()
    assert not (site / "robots.txt").exists()


# The picture of a page.


def test_a_title_is_broken_into_lines():
    assert cards.lines("Go backward, layer by layer") == ["Go backward, layer by", "layer"]
    assert cards.lines("한 층씩 거슬러 올라가기") == ["한 층씩 거슬러", "올라가기"]
    assert cards.lines("a" * 40) == ["a" * 40]
    assert cards.lines("") == [""]


@pytest.mark.parametrize(("one", "other"), [("Layers", "Levels"), ("층", "곱")])
def test_a_card_has_its_title_in_every_script(one, other):
    """A letter that no font has would look as any other."""
    drawn = [cards.draw(ROOT, title, "Book", None, "ko") for title in (one, other, one)]
    assert drawn[0] == drawn[2] != drawn[1]


def test_a_card_has_the_diagram_in_its_language():
    diagram = ROOT / "book/images/pipeline.svg"
    drawn = {cards.draw(ROOT, "1", "2", diagram, language) for language in languages()}
    drawn.add(cards.draw(ROOT, "1", "2", None, "en"))
    assert len(drawn) == len(languages()) + 1


def test_what_has_no_size_is_no_diagram():
    with pytest.raises(ValueError, match="begins with its width and its height, got '<svg>"):
        cards.place("<svg></svg>")


# A small book that is published, in two languages.


@pytest.fixture(scope="module")
def small_site(tmp_path_factory):
    book = tmp_path_factory.mktemp("published")
    write_small_korean_book(book)
    config = book / "_config.yml"
    text = config.read_text(encoding="utf-8")
    assert "# repository_url: https" in text
    text = re.sub("# repository_url: .*", f"repository_url: {REPOSITORY}", text)
    config.write_text(text, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, ADDRESS.rstrip("/"))
        for result in (build(book), build_edition(book, "ko")):
            assert result.returncode == 0, result.stdout
    return book / "_build/html"


class Server(Silent):
    """Sends the page for what is not there, as GitHub Pages does."""

    def send_error(self, code, *arguments, **more):
        page = urlopen(f"file://{self.directory}/dnn/{not_found.PAGE}.html").read()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(page)


@pytest.fixture(scope="module")
def published(small_site, tmp_path_factory):
    """Return the address of a host that has the book in a folder."""
    folder = tmp_path_factory.mktemp("host")
    (folder / "dnn").symlink_to(small_site, target_is_directory=True)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Server, directory=str(folder))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.parametrize("name", [*PAGES, *FRONT_PAGES])
def test_a_page_tells_where_it_is_and_what_to_show_of_it(small_site, name):
    page, true = head(small_site / f"{name}.html"), FRONT_PAGES.get(name, name)
    (canonical,) = page.select("link[rel=canonical]")
    assert canonical["href"] == f"{ADDRESS}{true}.html"
    shown = contents(page, "property")
    title = BeautifulSoup(
        (small_site / f"{true}.html").read_text(encoding="utf-8"), "html.parser"
    ).h1
    assert shown["og:title"] == shown["og:image:alt"] == title.find(string=True, recursive=False)
    assert shown["og:url"] == canonical["href"]
    assert shown["og:type"] == ("website" if true.endswith("index") else "article")
    assert shown["og:description"] == contents(page, "name")["description"]
    assert shown["og:locale"] == {"en": "en_US", "ko": "ko_KR"}[language_of(name)]
    assert contents(page, "name")["twitter:card"] == "summary_large_image"
    assert shown["og:image"].startswith(ADDRESS + folder_of(language_of(name)))
    picture = (small_site / shown["og:image"].removeprefix(ADDRESS)).read_bytes()
    size = (int(shown["og:image:width"]), int(shown["og:image:height"]))
    with Image.open(io.BytesIO(picture)) as image:
        assert image.size == size == (1200, 630)
    assert len(picture) < 150_000


def test_each_page_has_a_picture_of_its_own(small_site):
    pictures = [path.read_bytes() for path in small_site.glob("**/cards/*.png")]
    assert len(set(pictures)) == len(pictures) == len(PAGES)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_names_itself_in_all_languages_in_full(small_site, name):
    plain = name.removeprefix("ko/")
    links = head(small_site / f"{name}.html").select("link[rel=alternate]")
    assert {link["hreflang"]: link["href"] for link in links} == {
        "en": f"{ADDRESS}{plain}.html",
        "ko": f"{ADDRESS}ko/{plain}.html",
        "x-default": f"{ADDRESS}{plain}.html",
    }


def test_the_sitemap_has_every_page_in_every_language(small_site):
    space = {"": sharing.SITEMAP_SPACE, "x": sharing.XHTML}
    urls = ET.parse(small_site / "sitemap.xml").getroot().findall("url", space)
    found = [url.findtext("loc", namespaces=space) for url in urls]
    assert sorted(found) == sorted(f"{ADDRESS}{name}.html" for name in PAGES)
    for url, address in zip(urls, found, strict=True):
        links = {link.get("hreflang"): link.get("href") for link in url.findall("x:link", space)}
        assert links.keys() == EDITIONS.keys()
        assert address in links.values()
        assert set(links.values()) < set(found)
    assert not (small_site / "ko/sitemap.xml").exists()


@pytest.mark.parametrize(("address", "there"), [(ADDRESS, False), ("https://example.org/", True)])
def test_robots_are_told_of_the_sitemap_where_they_look(tmp_path, address, there):
    app = SimpleNamespace(
        builder=SimpleNamespace(format="html"),
        outdir=tmp_path,
        config=SimpleNamespace(html_baseurl=address, language="en"),
        env=SimpleNamespace(found_docs={"book/index"}),
    )
    sharing.write_sitemap(app, None)
    path = tmp_path / "robots.txt"
    assert path.exists() == there
    if there:
        assert f"Sitemap: {address}sitemap.xml" in path.read_text().splitlines()


@pytest.mark.parametrize("name", [*PAGES, "search", "ko/search"])
def test_a_mistake_is_reported_with_the_title_and_the_address_of_the_page(small_site, name):
    page = BeautifulSoup((small_site / f"{name}.html").read_text(encoding="utf-8"), "html.parser")
    (link,) = page.select(".report-mistake a")
    assert link.string == translate("Report a mistake", language_of(name))
    assert link["href"].startswith(f"{REPOSITORY}/issues/new?")
    query = {key: value for key, (value,) in parse_qs(urlsplit(link["href"]).query).items()}
    assert query.keys() == {"title", "body"}
    assert f" {ADDRESS}{name}.html\n" in query["body"]
    assert bool(HANGUL.search(query["body"])) == (language_of(name) == "ko")
    titles = {"index": ("A small book", "작은 책"), "chapter": ("A chapter", "한 장")}
    expected = titles.get(name.rpartition("/")[2], ("search", "search"))
    assert query["title"] == expected[language_of(name) == "ko"]


@pytest.mark.parametrize("name", ALL_PAGES)
def test_without_a_repository_no_page_has_a_link_to_report(site, name):
    page = (site / f"{name}.html").read_text(encoding="utf-8")
    assert "report-mistake" not in page
    assert "/issues/new" not in page


@pytest.mark.parametrize("place", ["missing", "book/very/deep/missing", "ko/book/missing"])
def test_where_no_page_is_one_leads_back_in_all_languages(browser, published, place):
    visitor = Visitor(browser, published)
    faults = visitor.inspect(f"dnn/{place}")["faults"]
    assert faults.pop("no answer") == [f"{published}/dnn/{place}.html"]
    assert all("404" in message for message in faults.pop("console"))
    assert faults == {}
    for language in languages():
        part = visitor.page.locator(f"article section[lang={language}]")
        said = [translate(not_found.WORDS[word], language) for word in ("to_home", "to_search")]
        links = part.locator("li a")
        assert links.all_inner_texts() == said
        edition = f"/dnn/{folder_of(language)}"
        targets = [link.get_attribute("href") for link in links.all()]
        assert targets == [f"{edition}book/index.html", f"{edition}search.html"]
    here = visitor.page.url
    links = visitor.page.evaluate("[...document.links].map((link) => link.href)")
    elsewhere = [link for link in links if link.startswith(published) and here not in link]
    assert len(elsewhere) > 2 * len(languages())
    for link in elsewhere:
        urlopen(link).close()  # raises where there is nothing


@pytest.mark.parametrize("language", languages())
def test_each_edition_has_one_with_its_own_language_first(small_site, language):
    path = small_site / folder_of(language) / "404.html"
    page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
    assert page.select_one("article section")["lang"] == language
    assert page.html["lang"] == language
    assert page.title.string.startswith(translate(not_found.WORDS["title"], language))
    assert page.select_one("article h1").string == translate(not_found.WORDS["title"], language)
    assert contents(page, "name")["robots"] == "noindex"
    assert not page.select("link[rel=canonical], link[rel=alternate], meta[property^='og:']")
    for name in ("href", "src", "action"):
        found = [tag[name] for tag in page.select(f"[{name}]")]
        assert all(target.startswith(("/dnn/", "#", "https://")) for target in found), found


def test_a_copy_elsewhere_leads_to_no_other_site(browser, published):
    """The front page chooses among the pages beside it, whatever address it was built for."""
    visitor = Visitor(browser, published, locale="ko-KR")
    visitor.page.goto(f"{published}/dnn/")
    visitor.page.wait_for_url(f"{published}/dnn/ko/book/index.html")
    assert not visitor.faults


@pytest.mark.slow
def test_a_build_that_knows_no_address_any_more_leaves_nothing_of_it(tmp_path, monkeypatch):
    write_small_book(tmp_path)
    site = tmp_path / "_build/html"
    pages = [site / "book/index.html", site / "book/chapter.html", site / "index.html"]
    files = [site / name for name in ("404.html", "sitemap.xml", "_static/cards/book-index.png")]
    for address in (ADDRESS, ""):
        monkeypatch.setenv(VARIABLE, address)
        result = build(tmp_path)
        assert result.returncode == 0, result.stdout
        for path in pages:
            assert ("example.org" in path.read_text(encoding="utf-8")) == bool(address), path
            assert contents(head(path), "name")["description"]
        assert [path.exists() for path in files] == [bool(address)] * len(files)
    assert not list(site.glob("404.*"))


@pytest.mark.slow
def test_a_wrong_address_ends_the_build_with_a_sentence(tmp_path, monkeypatch):
    write_small_book(tmp_path)
    monkeypatch.setenv(VARIABLE, "example.org/dnn")
    result = build(tmp_path)
    assert result.returncode != 0
    assert "DNN_ADDRESS: got 'example.org/dnn', expected an address that begins" in result.stdout


@pytest.mark.slow
def test_a_page_may_say_itself_what_it_is_about(tmp_path):
    write_small_book(tmp_path)
    path = tmp_path / "book/index.md"
    own = "---\nmyst:\n  html_meta:\n    description: Two pages, and nothing else.\n---\n\n"
    path.write_text(own + path.read_text())
    result = build(tmp_path)
    assert result.returncode == 0, result.stdout
    page = head(tmp_path / "_build/html/book/index.html")
    (description,) = page.find_all("meta", {"name": "description"})
    assert description["content"] == "Two pages, and nothing else."

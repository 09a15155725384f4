"""The rendered site in a real browser: every page, light and dark, wide and on a phone."""

import re
from pprint import pformat
from urllib.parse import urldefrag
from urllib.request import urlopen

import nbformat
import pytest

from dnn_utils.language import translations
from publish.languages import (
    SOURCE,
    folder_of,
    language_of,
    languages,
    own_styles,
    translate,
)
from publish.languages.sources import text
from upkeep.small_book import ROOT, build, build_edition
from upkeep.visitor import COLOURS, Visitor, until

PAGES = re.findall(r"(?:root|file): (\S+)", (ROOT / "_toc.yml").read_text())
EDITIONS = {language: folder_of(language) for language in languages()}
ALL_PAGES = [folder + name for folder in EDITIONS.values() for name in PAGES]
NOTEBOOKS = [name for name in PAGES if (ROOT / f"{name}.ipynb").exists()]
LIVE = {
    "book/index": ["A network learning"],
    "book/01_outline": ["Shapes"],
    "book/02_initialization": ["Four starts"],
    "book/03_forward": ["Two activation functions", "One unit, one example"],
    "book/04_cost": ["What a prediction costs"],
    "book/05_backward": ["Gradients flow back"],
    "book/06_update": ["Learning rates"],
    "book/your_network": ["A network learning", "Gradients flow back"],
    "book/08_network": ["A network learning"],
    "book/09_cats": ["What the first layer looks at"],
}
EXERCISES = {
    "book/02_initialization": 1,
    "book/03_forward": 3,
    "book/04_cost": 1,
    "book/05_backward": 3,
    "book/06_update": 1,
}

COLOURED = re.compile(r"#[0-9a-f]{3}|rgb|hsl|color|background|filter|opacity|gradient|--pst-c")

FAULTY_PAGE = """<!doctype html><html><title>Faulty</title><main id="main"><article>
<img src="https://example.org/elsewhere.png" alt="Foreign"> <img src="/missing.png" alt="">
<div class="math">x</div> <div style="width: 500px">Wide</div>
<div style="overflow: hidden; width: 9px">Hidden</div> <svg id="main"></svg>
<p style="background: white; color: #bbb">Pale</p>
<script>console.error("an error"); throw new Error("another")</script></article></main></html>"""


each_edition = pytest.mark.parametrize("folder", EDITIONS.values(), ids=EDITIONS)


@pytest.fixture(scope="module")
def visitor(browser, site_address):
    return Visitor(browser, site_address)


@pytest.fixture(scope="module")
def seen(visitor):
    """Return what stands on every page.

    A translation has the colours of the English edition, which is seen on two of its pages, and
    in `test_a_translation_has_no_colours_of_its_own`.
    """
    searches = [f"{folder}search" for folder in EDITIONS.values()]
    both = (PAGES[0], "search")
    return {
        name: visitor.inspect(name, colours=in_english(name) in (name, *both))
        for name in [*ALL_PAGES, *searches]
    }


def source(name):
    """Return the file in which a page is written, in whatever language it is read."""
    return next(ROOT.glob(f"{in_english(name)}.*"))


def in_english(name):
    """Return the page of the English edition, whatever edition a page is in."""
    return name.removeprefix(folder_of(language_of(name)))


def test_the_book_has_all_its_pages(site):
    left = (".npz",)  # what a chapter writes when it runs
    files = [path for path in (ROOT / "book").glob("*.*") if path.suffix not in left]
    written = [path for path in files if not path.name.startswith(".")]
    assert sorted(PAGES) == sorted(f"book/{path.stem}" for path in written)
    assert len(NOTEBOOKS) == sum(path.suffix == ".ipynb" for path in written) > 10
    built = {path.relative_to(site).with_suffix("").as_posix() for path in site.rglob("*.html")}
    built = {name for name in built if "_static/" not in name}
    others = [folder + name for folder in EDITIONS.values() for name in ("index", "search")]
    assert built == {*ALL_PAGES, *others}


def test_no_page_has_a_fault(seen):
    faults = {name: page["faults"] for name, page in seen.items() if page["faults"]}
    assert not faults, pformat(faults, width=120)


def looks(page):
    """Return what the style sheets can tell apart on a page: tags, classes, and own styles."""
    page = re.sub(r"url\(#[^)]*\)", "url()", page)  # the name of a part of the same figure
    tags = re.findall(r"<(\w+)((?: [^<>]*)?)>", page)
    return {(tag, *re.findall(r' (?:class|style)="[^"]*"', rest)) for tag, rest in tags}


@pytest.mark.parametrize("name", PAGES)
def test_a_translation_has_no_colours_of_its_own(site, name):
    """Neither its style sheet nor its page brings one: every contrast in it is an English one."""
    english = looks((site / f"{name}.html").read_text(encoding="utf-8"))
    assert len(english) > 50
    for language, folder in EDITIONS.items():
        style = own_styles("site.css").get(language)
        assert not (style and COLOURED.search(style.read_text(encoding="utf-8")))
        assert looks((site / f"{folder}{name}.html").read_text(encoding="utf-8")) <= english


def test_every_kind_of_fault_is_found(visitor):
    faulty = f"{visitor.address}/faulty.html"
    visitor.page.route(
        faulty, lambda route: route.fulfill(body=FAULTY_PAGE, content_type="text/html")
    )
    faults = visitor.inspect("faulty")["faults"]
    assert faults["from elsewhere"] == ["https://example.org/elsewhere.png"]
    assert faults["page error"] == ["another"]
    assert "an error" in faults["console"]
    assert faults["no answer"] == [f"{visitor.address}/missing.png"]
    assert len(faults["broken image"]) == 2
    assert faults["no alt text"] == ['<img src="/missing.png" alt="">', '<svg id="main"></svg>']
    assert faults["maths"] == ['<div class="math">x</div>']
    assert faults["id twice"] == ["main"]
    assert faults["not one h1"] == ["there are 0"]
    assert [mode for mode, _ in faults["too wide"]] == ["dark", "light"]
    assert [mode for mode, _ in faults["cut off"]] == ["dark", "light"]
    assert faults["theme"]
    violations = [violation[:2] for violation in faults["accessibility"]]
    assert [where for where, what in violations if what == "html-has-lang"] == ["light", "phone"]
    assert [where for where, what in violations if what in COLOURS] == ["light", "dark"]


def test_the_live_figures_are_drawn_on_their_pages(seen):
    for name, page in seen.items():
        said = translations(language_of(name)).gettext
        figures = [said(title) for title in LIVE.get(in_english(name), [])]
        assert page["live"] == figures
        assert page["drawn"] == ("drawn" if figures else None), name


@pytest.mark.parametrize("name", ALL_PAGES)
def test_the_exercises_and_the_questions_stand_on_their_pages(site, name):
    page = (site / f"{name}.html").read_text(encoding="utf-8")
    exercises = [page.count(part) for part in ('class="your-turn', '<details class="solution"')]
    name = in_english(name)
    assert exercises == [EXERCISES.get(name, 0)] * 2
    assert len(re.findall(r'class="[^"]*\bquiz\b', page)) == (3 if name in NOTEBOOKS else 0)


@pytest.mark.parametrize("name", ALL_PAGES)
def test_maths_stands_where_the_source_has_it(seen, name):
    text = source(name).read_text(encoding="utf-8")
    text = re.sub(r"^```.*?^```", "", text, flags=re.M | re.S)  # a shell has variables
    assert bool(seen[name]["formulas"]) == bool(re.search(r"\$[^$]+\$", text))


def test_every_internal_link_leads_somewhere(seen, site, site_address):
    address = site_address
    ids = {f"{address}/{name}.html": page["ids"] for name, page in seen.items()}
    checked = 0
    for name, page in seen.items():
        for link in filter(lambda link: link.startswith(address), page["links"]):
            target, fragment = urldefrag(link)
            path = target.removeprefix(f"{address}/").partition("?")[0]
            assert (site / path).is_file(), f"{name}: {link}"
            assert not fragment or fragment in ids[target], f"{name}: {link}"
            checked += 1
    assert checked > 20 * len(ALL_PAGES)


@each_edition
def test_the_front_page_is_at_the_root(visitor, folder):
    visitor.page.goto(f"{visitor.address}/{folder}")
    visitor.page.wait_for_url(f"{visitor.address}/{folder}{PAGES[0]}.html")


@each_edition
def test_next_and_previous_walk_through_all_pages_in_order(seen, site_address, folder):
    pages = [folder + name for name in PAGES]
    addresses = [f"{site_address}/{name}.html" for name in pages]
    assert [urldefrag(seen[name]["next"])[0] for name in pages[:-1]] == addresses[1:]
    assert [urldefrag(seen[name]["previous"])[0] for name in pages[1:]] == addresses[:-1]
    assert seen[pages[-1]]["next"] is None
    assert seen[pages[0]]["previous"] is None


@each_edition
@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_chapter_can_be_downloaded_as_a_notebook(seen, folder, name):
    with urlopen(seen[folder + name]["download"]) as answer:
        notebook = answer.read()
    path = ROOT / f"{name}.ipynb"
    written = text(path, language_of(folder)).encode() if folder else path.read_bytes()
    assert notebook == written
    nbformat.validate(nbformat.reads(notebook.decode(), as_version=4))


@each_edition
def test_search_finds_a_word_and_leads_to_its_page(visitor, folder):
    visitor.open(folder + PAGES[0])
    page = visitor.page
    page.keyboard.press("Control+k")
    page.keyboard.type("sigmoid")
    page.keyboard.press("Enter")
    results = page.locator("#search-results li a")
    results.first.wait_for()  # on the page of the search
    until(page, "document.querySelectorAll('#search-results li a').length >= 3")
    results.first.click()
    page.wait_for_url(re.compile(f"{visitor.address}/{folder}book/"))
    assert "sigmoid" in page.inner_text("article").lower()


@each_edition
def test_the_copy_button_copies_the_code_of_a_cell(visitor, folder):
    visitor.open(folder + NOTEBOOKS[0])
    cell = visitor.page.locator(".cell_input").first
    cell.hover()
    cell.locator(".copybtn").click()
    copied = visitor.page.evaluate("navigator.clipboard.readText()")
    assert copied.strip() == cell.locator("pre").inner_text().strip()
    assert "import" in copied


@each_edition
def test_outputs_have_no_copy_button(visitor, folder):
    visitor.open(folder + NOTEBOOKS[0])
    assert visitor.page.locator(".cell_output pre").count() > 0
    assert visitor.page.locator(".cell_output .copybtn").count() == 0


@each_edition
def test_the_keyboard_reaches_the_text_and_the_theme_switch(visitor, folder):
    visitor.open(folder + PAGES[1])
    page = visitor.page
    page.keyboard.press("Tab")
    skip = page.evaluate("document.activeElement.innerText")
    assert skip == translate("Skip to main content", language_of(folder))
    page.keyboard.press("Enter")
    page.wait_for_url("**#main-content")

    visitor.open(folder + PAGES[1])
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.theme-switch-button')"):
            break
    themes = set()
    for entry in (1, 2, 3):
        page.keyboard.press("Enter")  # opens the menu
        for _ in range(entry):
            page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        themes.add(page.evaluate("document.documentElement.dataset.theme"))
        page.keyboard.press("Escape")  # back to the button
    assert themes == {"light", "dark"}


@each_edition
def test_a_solution_opens_with_the_keyboard(visitor, folder):
    visitor.open(folder + NOTEBOOKS[0])
    solution = visitor.page.locator(".solution.toggle").first
    answer = solution.locator(".section, p:not(.admonition-title)").first
    assert answer.is_hidden()
    solution.locator("button.toggle-button").focus()
    visitor.page.keyboard.press("Enter")
    answer.wait_for(state="visible")


def test_an_unchanged_book_is_not_run_again(site):
    for language in languages():
        result = build(ROOT) if language == SOURCE else build_edition(ROOT, language)
        assert result.returncode == 0, result.stdout
        assert "0 added, 0 changed, 0 removed" in result.stdout
        assert "Executing notebook" not in result.stdout

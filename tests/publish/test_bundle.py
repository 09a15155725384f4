"""All pages share one style sheet and one script, and draw their icons themselves."""

import gzip
import re

import brotli
import pytest

from publish.languages import folder_of, languages
from publish.site import bundle
from publish.site.bundle.tools import bundle as make
from publish.site.compressed import COPIES, KINDS, SMALLEST
from publish.site.icons import ICONS, draw_icons
from tests.publish.test_site import ALL_PAGES, PAGES
from upkeep.visitor import PHONE, WIDE, Visitor, until

EDITIONS = {language: folder_of(language) for language in languages()}
SHEET = """@import "other.css";
.used > p { color: red }
.unused { color: blue }
.added { color: green }
p { color: var(--bs-read); --bs-read: 1; --bs-unread: 2; --dnn-unread: 3 }"""
DRAWN_WITH_ICONS = """() => [...document.querySelectorAll("*")].flatMap((element) =>
  ["::before", "::after"].filter((part) => {
    const { content, display, fontFamily } = getComputedStyle(element, part);
    return content !== "none" && display !== "none" && fontFamily.includes("Awesome");
  }).map((part) => element.outerHTML.slice(0, 100) + part))"""
MENU = ".theme-switch-container"
SHOWN = f'document.querySelector("{MENU} .dropdown-menu").checkVisibility()'


def test_the_names_of_a_page_are_all_that_a_selector_can_ask_for():
    page = '<p class="a-b c" id="d" data-mode="dark" title="Not this">Nor this <e-f hidden>'
    wanted = {"p", "e-f", "class", "id", "data-mode", "title", "hidden", "a-b", "c", "d", "dark"}
    assert bundle.used_names([page]) == wanted


@pytest.mark.slow
def test_what_nothing_asks_for_is_left_out(tmp_path):
    (tmp_path / "other.css").write_text(".used { margin: 0 }")
    (tmp_path / "sheet.css").write_text(SHEET)
    alone = {"alone.js": "export const longName = 1; // why\n"}
    (tmp_path / "module.js").write_text('import { told } from "./told.js";\nconsole.log(told);')
    (tmp_path / "told.js").write_text('export const told = "from a module";')
    modules = [tmp_path / "module.js", tmp_path / "told.js"]
    shared = "let shared = 1;\n\nshared += 1"
    made = make([tmp_path / "sheet.css"], "used p added", shared, modules, alone)
    style = made["style"]
    assert re.findall(r"[.\w]+(?=[>{])", style)[0] == ".used"  # what is imported comes first
    assert ".used>p{color:red}" in style
    assert ".added{" in style
    assert ".unused" not in style
    assert "--bs-read: 1" in style
    assert "--dnn-unread: 3" in style
    assert "--bs-unread" not in style
    assert ";let shared=1;" in made["script"]  # other scripts may ask for the name
    assert re.search(r'"from a module";console\.log', made["script"])
    assert "import" not in made["script"]
    assert made["files"].keys() == {"alone.js"}
    assert "why" not in made["files"]["alone.js"]


def test_an_icon_becomes_a_drawing_and_keeps_what_else_is_said_of_it():
    drawn = draw_icons('<i class="theme-switch fa-solid fa-sun fa-lg fa-fw" data-mode="light"></i>')
    assert drawn.startswith('<svg class="icon theme-switch fa-lg" data-mode="light" viewBox=')
    assert ICONS["sun"] in drawn
    assert draw_icons("<span>fa-sun</span>") == "<span>fa-sun</span>"


def test_an_unknown_icon_is_named():
    with pytest.raises(ValueError, match=r"icons\.py draws \['angle-left', .*, got 'fas fa-yeti'"):
        draw_icons('<i class="fas fa-yeti"></i>')


def test_no_page_asks_for_a_font_of_icons(site):
    for name in ALL_PAGES:
        page = (site / f"{name}.html").read_text(encoding="utf-8")
        assert not re.search(r'class="[^"]*\bfa-(?!lg\b|fw\b)', page), name
        assert page.count('rel="stylesheet"') == 1, name
        assert re.search(r'_static/site\.css\?v=\w{8}"', page), name
        assert re.search(r'_static/site\.js\?v=\w{8}"', page), name
    for folder in EDITIONS.values():
        style = (site / folder / "_static/site.css").read_text(encoding="utf-8")
        faces = re.findall(r"@font-face\{.*?\}", style)
        assert all("url(data:" in face for face in faces if "url(" in face)


def test_nothing_is_drawn_with_a_font_of_icons(browser, site_address):
    visitor = Visitor(browser, site_address)
    for name in PAGES:
        visitor.open(name)
        assert visitor.page.evaluate(DRAWN_WITH_ICONS) == [], name
    visitor.page.context.close()


def test_every_text_has_compressed_copies_that_hold_the_same(site):
    files = [p for p in site.rglob("*") if p.suffix in KINDS and p.stat().st_size >= SMALLEST]
    assert len(files) > len(ALL_PAGES)
    for path in files:
        gz, br = (path.with_name(path.name + ending).read_bytes() for ending in COPIES)
        content = path.read_bytes()
        assert gzip.decompress(gz) == content, path
        assert brotli.decompress(br) == content, path


@pytest.fixture
def page(browser, site_address):
    visitor = Visitor(browser, site_address)
    visitor.open("book/03_forward")
    yield visitor.page
    assert not visitor.faults
    visitor.page.context.close()


def test_a_menu_opens_and_closes_by_click(page):
    button = page.locator(f"{MENU} > button")
    page.mouse.move(5, 500)
    assert not page.evaluate(SHOWN)
    button.click()
    assert page.evaluate(SHOWN)
    assert button.get_attribute("aria-expanded") == "true"
    page.locator(".theme-change-button[data-mode=dark]").click()
    until(page, "document.documentElement.dataset.theme === 'dark'")
    page.locator("article h1").click()
    assert button.get_attribute("aria-expanded") == "false"
    assert not page.evaluate(SHOWN)
    button.click()
    button.click()
    assert button.get_attribute("aria-expanded") == "false"


def test_a_menu_opens_and_closes_by_keyboard(page):
    button = page.locator(f"{MENU} > button")
    button.focus()
    page.keyboard.press("ArrowDown")
    focused = "document.activeElement.dataset.mode"
    assert page.evaluate(SHOWN)
    assert page.evaluate(focused) == "auto"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.evaluate(focused) == "dark"
    page.keyboard.press("Enter")
    until(page, "document.documentElement.dataset.theme === 'dark'")
    page.keyboard.press("Escape")
    assert not page.evaluate(SHOWN)
    assert button.evaluate("(button) => button === document.activeElement")
    page.keyboard.press("ArrowUp")
    assert page.evaluate(focused) == "dark"  # the last entry


def test_search_opens_by_keyboard_and_finds(page):
    page.keyboard.press("Control+k")
    field = page.locator("#pst-search-dialog input")
    field.fill("sigmoid")
    field.press("Enter")
    page.wait_for_url("**/search.html?q=sigmoid*")
    page.locator("#search-results li a").first.wait_for()


def test_the_sidebar_opens_on_a_phone_and_escape_closes_it(page):
    sidebar = page.locator("#pst-primary-sidebar-modal .bd-links")
    page.set_viewport_size(PHONE)
    page.locator(".primary-toggle:visible").first.click()
    sidebar.wait_for(state="visible")
    page.keyboard.press("Escape")
    sidebar.wait_for(state="hidden")
    page.set_viewport_size(WIDE)
    assert page.locator("#pst-primary-sidebar .bd-links").is_visible()


def test_the_contents_of_the_page_follow_the_reader(page):
    page.locator("#what-goes-wrong h2").scroll_into_view_if_needed()
    page.evaluate("document.querySelector('#what-goes-wrong h2').scrollIntoView()")
    until(page, "document.querySelector('.bd-toc a.active')?.hash === '#what-goes-wrong'")

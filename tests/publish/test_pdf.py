"""The printed book in each edition, compared with the site that it was made from."""

import re
import shutil
from io import BytesIO
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from pypdf import PdfReader

from publish.languages import SOURCE, catalogue, languages, translate
from publish.paper import one_page, pdf
from testCases import FUNCTIONS
from tests.publish.test_site import LIVE, PAGES
from upkeep.notebooks import chapters, read_notebook
from upkeep.small_book import ROOT, build, write_small_book

EXERCISE = re.compile(r"^:{3,}\{exercise\}", re.M)
QUIZ = re.compile(r"^:{3,}\{quiz\}", re.M)
LANGUAGES = languages()
FOOT = 60  # points from the lower edge: below this is the page number
LARGEST = 12_000_000  # bytes
# What is wider than the column, or cut off in it.
TOO_WIDE = """() => [...document.querySelectorAll("main *:not(svg *, math *)")]
  .filter((element) => {
    const style = getComputedStyle(element);
    const { right, width } = element.getBoundingClientRect();
    const cut = style.overflowX !== "visible" && element.scrollWidth > element.clientWidth + 1;
    return style.display !== "none" && width && (right > innerWidth + 1 || cut);
  })
  .map((element) => element.outerHTML.slice(0, 150))"""
# How many letters of code each piece of wide letters in code is wide, and how many it has itself.
COLUMNS = """() => [...document.querySelectorAll(".two-columns")].map((piece) => {
  const context = document.createElement("canvas").getContext("2d");
  context.font = `${getComputedStyle(piece).fontSize} "Book Code"`;
  const columns = piece.getBoundingClientRect().width / context.measureText("0").width;
  return [columns, piece.textContent.length];
})"""


def words(text):
    return " ".join(text.split())


def bare(text):
    """Return a text without its spaces: where Hangul ends, a PDF does not tell them apart."""
    return re.sub(r"[\s\u2060]+", "", text)


def site_page(folder, name):
    return BeautifulSoup((folder / f"{name}.html").read_text(encoding="utf-8"), "html.parser")


def text_of(heading):
    return words(heading.get_text().removesuffix("#"))


@pytest.fixture(scope="module", params=LANGUAGES)
def language(request):
    return request.param


@pytest.fixture(scope="module")
def folder(site, language):
    """Return the folder of the edition."""
    return (site / one_page.home_of(language)).parents[1]


@pytest.fixture(scope="module")
def said(language):
    """Return the words between the chapters."""
    return {name: translate(text, language) for name, text in one_page.WORDS.items()}


@pytest.fixture(scope="module")
def joined(site, language):
    return one_page.join(site, language)


@pytest.fixture(scope="module")
def page(site, joined, browser, language):
    """Return the page in the browser, as it is printed."""
    page = pdf.open_book(browser, site, joined, language)
    yield page
    page.context.close()


@pytest.fixture(scope="module")
def book(page, tmp_path_factory):
    """Print the edition."""
    target = tmp_path_factory.mktemp("pdf") / "book.pdf"
    pdf.finish(pdf.print_page(page), target)
    return target


@pytest.fixture(scope="module")
def reader(book):
    return PdfReader(book)


@pytest.fixture(scope="module")
def pages(reader):
    """Read each page once, which takes long."""
    return [read_page(page) for page in reader.pages]


def read_page(page):
    """Return the text of a page, how high its pieces stand, and how many glyphs are missing.

    The heights are points above the lower edge. A missing glyph has number 0 in its font.
    """
    font, missing, heights = None, 0, []
    known = page["/Resources"].get("/Font") or {}

    def note_operation(operator, operands, *_):
        nonlocal font, missing
        if operator == b"Tf":
            font = known[operands[0]].get_object()
        elif operator in (b"Tj", b"TJ") and font["/Subtype"] == "/Type0":
            shown = operands[0] if operator == b"TJ" else operands
            for text in (part for part in shown if isinstance(part, str | bytes)):
                data = text if isinstance(text, bytes) else text.original_bytes
                missing += sum(data[i : i + 2] == b"\0\0" for i in range(0, len(data), 2))

    def note_text(text, cm, tm, *_):
        if text.strip():
            heights.append(tm[4] * cm[1] + tm[5] * cm[3] + cm[5])

    text = page.extract_text(visitor_operand_before=note_operation, visitor_text=note_text)
    return text, heights, missing


@pytest.fixture(scope="module")
def texts(pages):
    return [text for text, *_ in pages]


@pytest.fixture(scope="module")
def outline(reader):
    """Return level, title and page number of each bookmark."""
    return list(flat(reader, reader.outline))


def flat(reader, entries, level=0):
    for entry in entries:
        if isinstance(entry, list):
            yield from flat(reader, entry, level + 1)
        else:
            yield level, words(entry.title), reader.get_destination_page_number(entry) + 1


def answers(outline, part):
    """Return the page numbers of the entries in one of the two last parts, in order."""
    start = [entry[:2] for entry in outline].index((0, part)) + 1
    found = []
    for level, _, page in outline[start:]:
        if level == 0:
            break
        found += [page] * (level == 2)
    return found


def pointers(texts, *kinds):
    """Return (page where it stands, page that it names) of all lines like *Solution: page 9*."""
    line = re.compile("|".join(map(pattern, kinds)))
    found = [(n, match) for n, text in enumerate(texts, start=1) for match in line.finditer(text)]
    return [(n, int(match[match.lastindex])) for n, match in found]


def pattern(words):
    """Return the regular expression of a line with a page number, whatever its spaces are."""
    parts = re.findall(r"\{page\}|\w+|[^\w\s]", words)
    return r"\b" + r"\s*".join(r"(\d+)" if part == "{page}" else part for part in parts)


def links(reader):
    for page in reader.pages:
        for note in page.get("/Annots") or ():
            note = note.get_object()
            if note["/Subtype"] == "/Link":
                yield note


def test_it_has_the_chapters_of_the_site_in_their_order(folder, outline, said):
    titles = [text_of(site_page(folder, name).select_one("article h1")) for name in PAGES]
    found = [title for level, title, _ in outline if level == 0]
    assert found == [said["contents"], *titles, said["hints"], said["solutions"]]


def test_it_has_all_sections_of_the_site(folder, outline):
    sections = [text_of(h) for name in PAGES for h in site_page(folder, name).select("article h2")]
    found = [title for level, title, _ in outline if level == 1]
    assert found[: len(sections)] == sections


def test_every_link_inside_leads_to_a_place_in_the_book(reader):
    known, inside = reader.named_destinations, 0
    for note in links(reader):
        if "/Dest" in note:
            assert note["/Dest"] in known
            inside += 1
    assert inside > 400
    for place in known.values():
        assert 0 <= reader.get_destination_page_number(place) < len(reader.pages)


def test_links_to_elsewhere_are_those_of_the_site(folder, reader):
    meant = {
        link["href"]
        for name in PAGES
        for link in site_page(folder, name).select("article a[href*='://']")
    }
    found = {note["/A"]["/URI"] for note in links(reader) if "/A" in note}
    assert {address.rstrip("/") for address in found} == {a.rstrip("/") for a in meant}


def test_the_numbers_in_the_contents_are_true(folder, texts, outline, said):
    entries = [entry for entry in outline[1:] if entry[0] < 2]
    first = entries[0][2]
    listed = "".join(re.sub(r"^\d+\n", "", text) for text in texts[1 : first - 1])
    captions = site_page(folder, PAGES[0]).select("nav.bd-links p.caption")
    parts = {words(caption.find_next("a").get_text()): caption.get_text() for caption in captions}
    assert len(parts) == 3
    expected = said["contents"]
    for level, title, page in entries:
        part = parts.get(title, "") if level == 0 else ""
        expected += f"{part}{title}{page}"
    assert bare(listed) == bare(expected)


def test_every_page_but_the_first_has_its_number(texts):
    for number, text in enumerate(texts[1:], start=2):
        assert str(number) in text.splitlines()[:2], number
    assert not re.search(r"^1$", texts[0], re.M)


def test_every_solution_stands_at_the_end(texts, outline, said, language):
    source = "\n".join(cell.source for path in chapters() for cell in read_notebook(path).cells)
    solutions = len(FUNCTIONS) + len(EXERCISE.findall(source)) + len(QUIZ.findall(source))
    assert len(answers(outline, said["solutions"])) == solutions > 60
    assert len(answers(outline, said["hints"])) == len(FUNCTIONS)
    (end,) = [page for level, title, page in outline if (level, title) == (0, said["solutions"])]
    reason = "Why it is right"
    if language != SOURCE:
        reason = catalogue("book/04_cost", language)[reason]
    reasons = [bare(text).count(bare(reason)) for text in texts]
    assert sum(reasons[: end - 1]) == 0
    assert sum(reasons[end - 1 :]) == len(FUNCTIONS)


def test_exercises_and_solutions_name_each_others_pages(texts, outline, said):
    hints, solutions = answers(outline, said["hints"]), answers(outline, said["solutions"])
    hinted = pointers(texts, said["hints_at"])
    there = pointers(texts, said["solution_at"], said["answer_at"])
    back = pointers(texts, said["exercise_at"], said["question_at"])
    assert [to for _, to in hinted] == hints
    assert [to for _, to in there] == solutions
    assert len(back) == len(hints + solutions)
    for (page, to), (origin, _) in zip(back, hinted + there, strict=True):
        assert page in hints + solutions
        assert abs(to - origin) <= 1  # a long exercise ends on the page after its start


def test_nothing_of_an_answer_is_lost(folder, texts):
    book = bare("".join(texts))
    for name in PAGES:
        for hidden in site_page(folder, name).select("article :is(details, .dropdown, .reply) p"):
            if hidden.select(".math, .admonition-title"):
                continue  # a formula is drawn, not written
            assert bare(hidden.get_text()).removesuffix("#") in book, hidden


def test_every_live_figure_stands_still_with_its_caption(folder, texts, said):
    text = bare("".join(texts))
    count = sum(map(len, LIVE.values()))
    assert text.count(bare(said["live"].partition("{")[0])) == count
    tables = 0
    for name in LIVE:
        for figure in site_page(folder, name).select("[data-live-figure]"):
            assert bare(figure.figcaption.get_text()) in text
            tables += bare(figure.p.get_text()) in text
    assert not tables  # what can be read in its place stands there only if it was not drawn


@pytest.mark.parametrize("word", ["Run", "Edit", "Reset", "Stop", "Export", "Clear", "Play"])
def test_it_has_no_buttons(texts, language, word):
    if language != SOURCE:
        word = (catalogue("library", language) | catalogue("site", language))[word]
    assert not re.search(rf"^\W*{word}\s*$", "\n".join(texts), re.M)


def test_no_formula_is_left_in_tex(texts):
    text = re.sub(r"\$(HOME|page|student|\(basename)", "", "\n".join(texts))  # of the shell
    assert not re.findall(r"\\[a-zA-Z]{2,}|\\[()\[\]]|\$", text)


def fonts(reader):
    """Return every font of the book once."""
    found = {}
    for page in reader.pages:
        used = page["/Resources"].get("/Font") or {}
        for reference in map(used.raw_get, used):
            found[reference.idnum] = reference.get_object()
    return list(found.values())


def described(font):
    return font if font["/Subtype"] == "/Type3" else font["/DescendantFonts"][0]


def test_all_fonts_are_in_the_file(reader):
    assert len(fonts(reader)) > 5
    for font in fonts(reader):
        if font["/Subtype"] == "/Type3":
            assert font["/CharProcs"]
        else:
            descriptor = described(font)["/FontDescriptor"]
            assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor)


def test_no_font_is_one_of_the_machine(reader):
    names = {described(font)["/FontDescriptor"]["/FontName"] for font in fonts(reader)}
    families = {re.sub(r"^/[A-Z]+\+|[-_].*", "", name) for name in names}
    others = {"SourceSansPro", "DejaVuSans", "DejaVuSansMono", "NotoSansKR"}
    assert families == {"STIXGeneral", "STIXTwoMath", *others}


def test_no_glyph_is_missing(pages, texts):
    assert "\ufffd" not in "".join(texts)
    assert "활성값" in "".join(texts)
    assert [n for n, (_, _, missing) in enumerate(pages, start=1) if missing] == []


def test_no_heading_stands_alone_at_the_foot(reader, pages):
    for entry in flat_destinations(reader.outline):
        number = reader.get_destination_page_number(entry)
        _, heights, _ = pages[number]
        below = [y for y in heights if FOOT < y < float(entry["/Top"]) - 30]
        assert below, f"page {number + 1}: {entry.title}"


def flat_destinations(entries):
    for entry in entries:
        yield from flat_destinations(entry) if isinstance(entry, list) else [entry]


def test_nothing_is_wider_than_the_page(page):
    assert page.evaluate(TOO_WIDE) == []


def test_hangul_in_code_is_two_columns_wide(page, language):
    pieces = page.evaluate(COLUMNS)
    assert bool(pieces) == (language == "ko")
    for columns, letters in pieces:
        assert columns == pytest.approx(2 * letters, rel=0.003)


def test_it_is_not_too_large(book):
    assert book.stat().st_size < LARGEST


def test_a_viewer_shows_title_bookmarks_and_language(folder, reader, language):
    assert reader.metadata.title == text_of(site_page(folder, PAGES[0]).select_one("article h1"))
    assert reader.page_mode == "/UseOutlines"
    assert reader.trailer["/Root"]["/Lang"] == language
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_command_line_names_the_edition(monkeypatch, capsys, language):
    made = []
    monkeypatch.setattr(pdf, "make", lambda **how: made.append(how))
    assert pdf.main([language] * (language != SOURCE)) == 0
    ending = "" if language == SOURCE else f"-{language}"
    target = ROOT / f"_build/pdf/deep-neural-network{ending}.pdf"
    assert made == [{"target": target, "language": language}]
    assert capsys.readouterr().out == f"{target}\n"


# A small site, with two editions and an address where it is published.
CODE = "from dnn_utils import widgets\n\nwidgets.Shapes()"
PUBLISHED = "https://example.org/dnn/"


@pytest.fixture(scope="module")
def small_site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("small")
    write_small_book(folder, CODE)
    config = folder / "_config.yml"
    text = config.read_text()
    address = f"    html_baseurl: {PUBLISHED}\n    html_use_index"
    config.write_text(text.replace("    html_use_index", address, 1))
    result = build(folder)
    assert result.returncode == 0, result.stdout
    site = folder / "_build/html"
    for language in LANGUAGES[1:]:
        for part in ("book", "_static"):
            shutil.copytree(site / part, site / language / part)
    return site


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_edition_has_words_and_links_of_its_own(small_site, browser, language):
    html = one_page.join(small_site, language)
    reader = PdfReader(BytesIO(pdf.print_book(browser, small_site, html, language)))
    text = bare("".join(page.extract_text() for page in reader.pages))
    for name in ("edition", "about", "contents"):
        assert bare(translate(one_page.WORDS[name], language)) in text
    folder = PUBLISHED + one_page.home_of(language).removesuffix("index.html")
    addresses = {note["/A"]["/URI"] for note in links(reader) if "/A" in note}
    assert f"{folder}index.html" in addresses
    (live,) = [address for address in addresses if "#" in address]
    assert re.fullmatch(rf"{folder}chapter\.html#cell-\w+", live)


def test_what_a_page_asks_for_and_is_not_there_is_an_error(small_site, browser):
    html = one_page.join(small_site).replace("</main>", '<img src="lost.png" alt=""></main>')
    with pytest.raises(pdf.PrintError, match=r"book/lost\.png is missing"):
        pdf.print_book(browser, small_site, html)


def test_a_figure_that_cannot_be_drawn_is_an_error(small_site, browser):
    html = one_page.join(small_site).replace('"_figure"', '"_other"')
    with pytest.raises(pdf.PrintError, match="a figure was not drawn"):
        pdf.print_book(browser, small_site, html)


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_no_book_is_built_it_says_so(tmp_path, language):
    folder = (tmp_path / one_page.home_of(language)).parents[1]
    with pytest.raises(pdf.PrintError, match=f"no book in {re.escape(str(folder))}: make html"):
        pdf.make(tmp_path, tmp_path / "book.pdf", language)
    assert list(Path(tmp_path).iterdir()) == []

"""The formulas: rendered in the build, all of them, and drawn by the browser without a script."""

import base64
import io
import json
import pickle
import re
from collections import Counter
from html import unescape

import pytest
from docutils import nodes
from fontTools.ttLib import TTFont
from sphinx.errors import ExtensionError

from publish.languages import folder_of, language_of, languages
from publish.languages.sources import text
from publish.runtime.programs import Unavailable
from publish.site import formulas
from publish.site.formulas import Formulas, formula_of, styles, temml
from publish.site.formulas.temml import Fault, Formula
from tests.publish.test_broken_builds import assert_builds, assert_fails, edit
from tests.publish.test_site import ALL_PAGES, PAGES, in_english, source
from upkeep.small_book import ROOT, write_small_book
from upkeep.visitor import PHONE, Visitor, until

ANNOTATION = re.compile(r'<annotation encoding="application/x-tex">(.*?)</annotation>', re.S)
MATH = re.compile(r"<math\b.*?</math>", re.S)
SHEET = "_static/formulas.css"


def squeezed(tex):
    return re.sub(r"\s+", "", tex)


def written(name):
    """Return the TeX of each formula in the source of a page: nothing of the build helps here."""
    content = text(source(name), language_of(name)) if language_of(name) != "en" else None
    content = content or source(name).read_text(encoding="utf-8")
    if source(name).suffix == ".ipynb":
        cells = json.loads(content)["cells"]
        parts = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
        content = "\n\n".join(parts)
    content = re.sub(r"^```.*?^```", "", content, flags=re.M | re.S)  # a shell has variables
    found = re.findall(r"\$\$(.+?)\$\$|(?<!\$)\$([^$]+?)\$", content, re.S)
    return Counter(squeezed(display or inline) for display, inline in found)


def page_text(site, name):
    return (site / f"{name}.html").read_text(encoding="utf-8")


def rendered(site, name):
    """Return the TeX that stands with each formula of a built page."""
    return Counter(squeezed(unescape(tex)) for tex in ANNOTATION.findall(page_text(site, name)))


# The whole book


@pytest.mark.parametrize("name", ALL_PAGES)
def test_every_formula_of_the_source_stands_in_its_page(site, name):
    assert rendered(site, name) == written(name)


@pytest.mark.parametrize("language", languages())
def test_no_formula_of_the_build_is_left_out(site, language):
    doctrees = ROOT / "_build" / (".doctrees" if language == "en" else f"{language}/doctrees")
    count = 0
    for name in PAGES:
        doctree = pickle.loads((doctrees / f"{name}.doctree").read_bytes())
        count += len(list(doctree.findall(formulas.is_formula)))
    assert count > 500
    assert count == sum(rendered(site, folder_of(language) + name).total() for name in PAGES)


@pytest.mark.parametrize("name", ALL_PAGES)
def test_a_page_has_every_formula_that_is_written_and_no_script_for_them(site, name):
    page = page_text(site, name)
    places = re.findall(r'<(?:span|div) class="math notranslate"', page)
    assert len(places) == len(MATH.findall(page)) == sum(written(name).values())
    assert not re.search(r"mathjax|katex|temml|tex2jax", page, re.I)


def test_no_script_for_formulas_is_published(site):
    names = [path.relative_to(site).as_posix() for path in site.rglob("*")]
    assert not [name for name in names if re.search(r"mathjax|katex|temml", name, re.I)]


def published_font(site, language):
    sheet = (site / folder_of(language) / SHEET).read_text(encoding="utf-8")
    (data,) = re.findall(r"url\(data:font/woff2;base64,([^)]*)\)", sheet)
    return TTFont(io.BytesIO(base64.b64decode(data)))


@pytest.mark.parametrize("language", languages())
def test_the_font_has_every_sign_of_the_formulas_and_its_licence(site, language):
    font = published_font(site, language)
    pages = [page_text(site, folder_of(language) + name) for name in PAGES]
    drawn = ANNOTATION.sub("", "".join(MATH.findall("".join(pages))))
    signs = set(unescape(re.sub(r"<[^>]+>", "", drawn)))
    letters = {sign for sign in signs if re.match("[가-힣]", sign)}  # of the font of the text
    assert bool(letters) == (language == "ko")
    assert signs - letters <= {chr(code) for code in font.getBestCmap()} | {"\n"}
    assert "MATH" in font
    assert "STIX Fonts Project Authors" in font["name"].getDebugName(0)
    assert "SIL Open Font License" in font["name"].getDebugName(13)
    assert len((site / folder_of(language) / SHEET).read_bytes()) < 40_000


# In a browser


@pytest.fixture(scope="module")
def visitor(browser, site_address):
    return Visitor(browser, site_address)


def test_formulas_are_drawn_where_no_script_runs(browser, site_address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site_address}/book/05_backward.html")
    box = page.locator("div.math math").first.bounding_box()
    assert box["height"] > 15
    context.close()


# Where the formulas are cut off, do not scroll from their beginning, or cannot be scrolled with
# the keyboard; and how many of them scroll.
SCROLLING = """() => {
  const wide = [...document.querySelectorAll(".math")].filter(
    (box) => box.scrollWidth > box.clientWidth && box.getClientRects().length);
  const start = (box) => box.getBoundingClientRect().left - 1;
  const faults = wide.filter((box) =>
    box.tabIndex !== 0 || getComputedStyle(box).overflowX !== "auto" ||
    box.querySelector("math").getBoundingClientRect().left < start(box));
  return {
    wide: wide.length,
    faults: faults.map((box) => box.outerHTML.slice(0, 150)),
    page: document.documentElement.scrollWidth,
  };
}"""


@pytest.mark.parametrize("folder", ["", "ko/"])
def test_on_a_phone_a_wide_formula_scrolls_in_its_box_from_its_beginning(visitor, folder):
    page = visitor.page
    visitor.open(f"{folder}book/05_backward")
    page.set_viewport_size(PHONE)
    until(page, "document.querySelectorAll('div.math[tabindex=\"0\"]').length > 5")
    seen = page.evaluate(SCROLLING)
    assert seen["wide"] > 5
    assert seen["faults"] == []
    assert seen["page"] == PHONE["width"]


def test_the_font_of_the_formulas_is_the_one_of_the_style_sheet(visitor):
    visitor.open("book/05_backward")
    faces = visitor.page.evaluate(
        "document.fonts.ready.then((all) => [...all].map((face) => [face.family, face.status]))"
    )
    assert ["Book Formulas", "loaded"] in [[family.strip('"'), status] for family, status in faces]


# A browser without MathML takes its elements for some that it does not know. The rules that the
# style sheet has for it are applied without their condition.
WITHOUT_MATHML = """() => {
  const unknown = (node) => {
    if (node.nodeType !== Node.ELEMENT_NODE) return node.cloneNode();
    const copy = document.createElementNS("urn:unknown", node.localName);
    for (const { name, value } of node.attributes) copy.setAttribute(name, value);
    copy.append(...[...node.childNodes].map(unknown));
    return copy;
  };
  for (const formula of document.querySelectorAll("math")) formula.replaceWith(unknown(formula));
  const all = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]);
  const rules = all.find((rule) => rule.conditionText?.includes("not (math-style"));
  const applied = new CSSStyleSheet();
  applied.replaceSync([...rules.cssRules].map((rule) => rule.cssText).join(""));
  document.adoptedStyleSheets = [applied];
}"""
STRUCTURE = """() => {
  const box = (element) => element.getBoundingClientRect();
  const all = (name) => [...document.querySelectorAll(name)].filter(
    (element) => element.getClientRects().length);
  const faults = (name, wrong) => all(name).filter((element) => wrong(...element.children)).map(
    (element) => element.textContent);
  return {
    seen: ["mfrac", "msup", "msub", "munderover"].map((name) => all(name).length),
    fractions: faults("mfrac", (over, under) => box(over).bottom > box(under).top + 1),
    powers: faults("msup", (base, up) => box(up).bottom >= box(base).bottom),
    indices: faults("msub", (base, down) => box(down).top <= box(base).top),
    sums: faults("munderover", (base, under, over) =>
      box(over).bottom > box(base).top + 1 || box(base).bottom > box(under).top + 1),
    written: all("annotation").length,
    page: document.documentElement.scrollWidth,
  };
}"""


def test_a_browser_without_mathml_shows_the_structure_of_the_formulas(visitor):
    page = visitor.page
    visitor.open("book/05_backward")
    page.set_viewport_size(PHONE)
    page.evaluate(WITHOUT_MATHML)
    seen = page.evaluate(STRUCTURE)
    assert min(seen.pop("seen")) > 1
    nothing = {"fractions": [], "powers": [], "indices": [], "sums": [], "written": 0}
    assert seen == nothing | {"page": PHONE["width"]}


# A build


def chapter(book, *cells):
    import nbformat

    path = book / "book/chapter.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells += [nbformat.v4.new_markdown_cell(cell) for cell in cells]
    nbformat.write(notebook, path)


@pytest.mark.slow
def test_a_wrong_formula_fails_the_build_with_its_file_and_line(tmp_path):
    write_small_book(tmp_path)
    front = tmp_path / "book/index.md"
    lines = front.read_text().count("\n")
    front.write_text(f"{front.read_text()}\nRight: $a^2$.\n\nWrong: $\\fraq{{1}}{{2}}$.\n")
    chapter(tmp_path, "Wrong, too:\n\n$$\na^b^c\n$$\n")
    for _ in range(2):  # a second build is no greener
        assert_fails(
            tmp_path,
            rf"book/index.md:{lines + 4}: WARNING: formula: Unsupported function name: \fraq",
            "WARNING: formula: Double superscript",
        )
    edit(front, r"\fraq", r"\frac")
    edit(tmp_path / "book/chapter.ipynb", "a^b^c", "a^b c")
    assert "WARNING" not in assert_builds(tmp_path)


@pytest.mark.slow
def test_formulas_are_numbered_and_referred_to(tmp_path):
    write_small_book(tmp_path)
    chapter(
        tmp_path,
        "$$ a = b $$ (first)\n\nNone: $$ x $$\n\nSee {eq}`second` after {eq}`first`.",
        "```{math}\n:label: second\nc = d \\\\\ne = f\n```",
        "\\begin{align}\ng &= h \\\\\ni &= j\n\\end{align}",
    )
    assert_builds(tmp_path)
    page = (tmp_path / "_build/html/book/chapter.html").read_text(encoding="utf-8")
    numbers = re.findall(r'<span class="eqno">\((\d)\)<a class="headerlink" href="#([\w-]+)"', page)
    assert [number for number, _ in numbers] == ["1", "2", "3"]
    assert all(page.count(f'id="{place}"') == 1 for _, place in numbers)
    places = [place for _, place in numbers]
    references = re.findall(r'<a class="reference internal" href="#([\w-]+)">\((\d)\)</a>', page)
    assert references == [(places[1], "2"), (places[0], "1")]
    assert page.count("<mtr>") == 4
    assert "tml-eqn" not in page  # no second number, from the style sheet


@pytest.mark.slow
def test_without_temml_the_build_ends_with_one_sentence(tmp_path):
    write_small_book(tmp_path)
    lock = tmp_path / "publish/site/formulas/package-lock.json"
    edit(lock, "sha512-aPk", "sha512-AAA")  # what npm brings is not what is expected
    assert_fails(tmp_path, "the formulas cannot be rendered: npm cannot install Temml:")


# The parts


def math_block(tex, nowrap=False):
    return nodes.math_block(tex, tex, nowrap=nowrap)


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        (nodes.math("", " x "), Formula("x", False)),
        (math_block("\nx = 1\n"), Formula("x = 1", True)),
        (math_block(r"a \\ b"), Formula(r"\begin{split}a \\ b\end{split}", True)),
        (math_block("a\n\nb"), Formula(r"\begin{aligned}a\\b\end{aligned}", True)),
        (
            math_block(r"M = \begin{bmatrix} a \\ b \end{bmatrix}"),
            Formula(r"M = \begin{bmatrix} a \\ b \end{bmatrix}", True),
        ),
        (
            math_block(r"\begin{align}a \\ b\end{align}", nowrap=True),
            Formula(r"\begin{align*}a \\ b\end{align*}", True),
        ),
        (
            math_block(r"\begin{gather*}a\end{gather*}", nowrap=True),
            Formula(r"\begin{gather*}a\end{gather*}", True),
        ),
    ],
)
def test_a_node_becomes_a_formula(node, expected):
    assert formula_of(node) == expected


def test_the_signs_are_those_that_a_browser_draws():
    mathml = "<math><msqrt><mi>h</mi><mo>&lt;</mo><mi>θ</mi></msqrt>{}</math>"
    note = '<annotation encoding="application/x-tex">\\sqrt{q}</annotation>'
    assert set(styles.signs([mathml.format(note)])) == set("√h<θ\u210e𝜃")
    assert set(styles.signs([])) == {"√"}


def test_each_italic_letter_is_that_of_its_own_letter():
    # as MathML Core lists them
    pairs = {"A": "\U0001d434", "z": "\U0001d467", "h": "\u210e", "ε": "𝜀", "ϵ": "𝜖"}
    pairs |= {"θ": "𝜃", "ϑ": "𝜗", "∂": "𝜕", "∇": "𝛻"}
    assert {sign: styles.ITALIC[sign] for sign in pairs} == pairs


def test_the_font_is_cut_out_once_and_always_the_same(tmp_path, monkeypatch):
    first = styles.font("ab√", tmp_path)
    assert styles.cut_out("ab√") == first
    assert len(first) < 20_000
    assert set(TTFont(io.BytesIO(first)).getBestCmap()) == set(map(ord, "ab√"))
    monkeypatch.setattr(styles, "cut_out", lambda text: text.encode())
    assert styles.font("ab√", tmp_path) == first
    assert styles.font("abc", tmp_path) == b"abc"


def test_only_new_formulas_are_given_to_temml(tmp_path, monkeypatch):
    asked = []

    def run_temml(formulas, cache):
        asked.append(formulas)
        return {one: Fault("no") if "fraq" in one.tex else f"<{one.tex}>" for one in formulas}

    monkeypatch.setattr(temml, "run_temml", run_temml)
    a, b, wrong = Formula("a", False), Formula("a", True), Formula(r"\fraq", False)
    assert temml.render([a, wrong], tmp_path) == {a: "<a>", wrong: "no"}
    assert temml.render([a, b, a], tmp_path) == {a: "<a>", b: "<a>"}
    assert temml.render([b, wrong], tmp_path)[wrong] == "no"
    assert asked == [[wrong, a], [b], [wrong]]
    (stored,) = tmp_path.iterdir()
    stored.write_bytes(stored.read_bytes()[:-1])  # spoilt: all are rendered anew
    assert temml.render([a], tmp_path) == {a: "<a>"}
    assert asked[3:] == [[a]]


@pytest.mark.slow
def test_temml_renders_what_is_right_and_says_what_is_wrong(tmp_path):
    right, wrong = Formula(r"\frac{a}{b} < \text{둘}", True), Formula(r"\fraq{1}", False)
    found = temml.render([right, wrong], tmp_path)
    assert re.match("<math.*<mfrac>.*둘.*&lt;", found[right], re.S)
    assert found[wrong] == r"Unsupported function name: \fraq at position 1: \fraq{1}"
    assert isinstance(found[wrong], Fault)


@pytest.mark.parametrize("error", [Unavailable("no npm"), FileNotFoundError("no npm")])
def test_a_build_that_cannot_render_says_so(error, monkeypatch):
    def fail(_):
        raise error

    monkeypatch.setattr(formulas, "render", fail)
    app = type("App", (), {"builder": type("Builder", (), {"format": "html"})})
    env = type("Env", (), {"found_docs": ()})
    with pytest.raises(ExtensionError, match="the formulas cannot be rendered: no npm"):
        Formulas().render(app, env)


def test_the_oracle_reads_every_page():
    total = sum(sum(written(name).values()) for name in PAGES)
    assert total > 500
    assert {in_english(name) for name in ALL_PAGES} == set(PAGES)

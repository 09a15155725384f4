"""Live figures on the static page, in a real browser: no kernel, and nothing from elsewhere."""

import json
import re
import zlib
from base64 import b64decode
from functools import cache
from hashlib import sha256
from mimetypes import guess_type
from urllib.parse import urlsplit

import numpy as np
import pytest

import dnn_utils
from dnn_utils import widgets
from tests.dnn_utils.recordings import decode, step_of
from upkeep.small_book import build, write_small_book
from upkeep.visitor import LOOK_NARROW, PHONE, WIDE, Visitor, serve, until

ARGUMENTS = {"OneNeuron": "dnn_utils.initialize_parameters_deep([3, 2, 1]), np.ones((3, 2))"}
SOURCES = {name: f"widgets.{name}({ARGUMENTS.get(name, '')})" for name in widgets.FIGURES}
IMPORTS = "import numpy as np\n\nimport dnn_utils\nfrom dnn_utils import widgets"
TWICE = ["twice = widgets.GradientFlow()\ntwice", "twice"]
RUNS_AWAY = "widgets.GradientFlow(learning_rate=1e300, steps=[0, 1, 2, 3])"
LOST = "widgets.Learning(learning_rate=1e300, steps=[0, 1, 2, 3])"
ONE_LAYER = "widgets.Learning(dnn_utils.DeepNeuralNetwork([2, 1]), np.eye(2), [[0, 1]], steps=[0])"
ODD = [RUNS_AWAY, LOST, ONE_LAYER]
CHAPTER = [IMPORTS, *SOURCES.values(), *TWICE, *ODD]
SHOWN = [*SOURCES, "GradientFlow", "GradientFlow", *ODD]  # in the order of the page
ALL = len(SHOWN)
MOST = 100_000  # bytes of a recording on the page

STATE = re.compile(r'<script type="application/vnd.jupyter.widget-state\+json">(.*?)</script>')
SENTENCE = "This figure could not start; here are its numbers."

# What a figure shows in its panels: the elements, and what is painted.
LOOK_PANELS = """(figure) => JSON.stringify([
  figure.querySelector(".panels").innerHTML.replaceAll(' class=""', ""),
  ...[...figure.querySelectorAll("canvas")].map((canvas) => canvas.toDataURL()),
])"""

# Switch the theme; return what is painted in its colours one frame later.
PAINTED = """async (theme) => {
  document.documentElement.dataset.theme = theme;
  await new Promise(requestAnimationFrame);
  return [...document.querySelectorAll(".dnn-live .stack canvas")].map((canvas) => {
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    return data.some((value) => value > 0) ? canvas.toDataURL() : "";
  });
}"""

PAINT = """() => [...document.querySelectorAll(".dnn-live .stack canvas")].map(
  (canvas) => canvas.toDataURL())"""

COLOURS = """() => {
  const { backgroundColor, color } = getComputedStyle(document.body);
  return [backgroundColor, color];
}"""

# Whether the page may load a script that it has made itself.
LOAD_BLOB = """() => {
  const blob = new Blob(["export default 1"], { type: "text/javascript" });
  return import(URL.createObjectURL(blob)).then(() => true, () => false);
}"""

# Wait until the script is there that draws, and what waits for it has gone on.
IMPORT_DRAWING = """async () => {
  await import(new URL("../_static/draw.js", location));
  for (let k = 0; k < 2; k++) await new Promise(requestAnimationFrame);
}"""

NOTE_BLOCKED = """
  window.blocked = [];
  document.addEventListener("securitypolicyviolation", (event) => blocked.push(event.blockedURI));
"""

each_figure = pytest.mark.parametrize("name", SOURCES)


class Figure:
    """A live figure on an open page."""

    def __init__(self, page, number):
        self.root = page.locator(".dnn-live").nth(number)
        self.sliders = self.root.locator("input[type=range]").all()
        self.choices = self.root.locator("fieldset").all()

    def panels(self):
        return digest(self.root.evaluate(LOOK_PANELS))

    def status(self):
        return self.root.locator(".status").inner_text()

    def chosen(self, choice):
        checked = [radio.is_checked() for radio in choice.locator("input").all()]
        assert sum(checked) == 1
        return checked.index(True)


def digest(text):
    """Return a short name for a long text, which would be no help where a test fails."""
    return sha256(text.encode()).hexdigest()[:8]


@cache
def recording(name):
    """Return the recording that the page should carry, made here."""
    known = {"np": np, "dnn_utils": dnn_utils, "widgets": widgets}
    return eval(SOURCES.get(name, name), known).recording


def controls(name, kind):
    return [control for control in recording(name).controls.values() if control.kind == kind]


def position(slider):
    return int(slider.input_value())


@pytest.fixture(scope="module")
def small_site(tmp_path_factory):
    """Build a chapter with every figure, then with the outputs of before, then its page alone."""
    book = tmp_path_factory.mktemp("book")
    write_small_book(book, CHAPTER)
    chapter, page = book / "book/chapter.ipynb", book / "_build/html/book/chapter.html"
    build_well(book)
    chapter.write_text(chapter.read_text().replace("A chapter", "A chapter with figures"))
    said = build_well(book)
    assert "Executing notebook" not in said
    assert "1 changed" in said
    page.unlink()
    said = build_well(book)
    assert "0 added, 0 changed" in said
    assert page.exists()
    return book / "_build/html"


def build_well(book):
    """Build a book that must build; return what was said."""
    result = build(book)
    assert result.returncode == 0, result.stdout
    return result.stdout


@pytest.fixture(scope="module")
def source(small_site):
    return (small_site / "book/chapter.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def address(small_site):
    with serve(small_site) as address:
        yield address


@pytest.fixture(scope="module")
def visitor(browser, address):
    return Visitor(browser, address)


@pytest.fixture(scope="module")
def toucher(browser, address):
    return Visitor(browser, address, has_touch=True)


def read(visitor, size=WIDE, motion="no-preference", ends="drawn"):
    """Open the chapter, wait until its figures are drawn, or not, and return the page."""
    page = visitor.page
    page.set_viewport_size(size)
    page.emulate_media(media="screen", color_scheme="light", reduced_motion=motion)
    page.goto(f"{visitor.address}/book/chapter.html")
    page.wait_for_selector("html[data-live-figures]", state="attached")
    assert page.evaluate("document.documentElement.dataset.liveFigures") == ends
    return page


@pytest.fixture
def page(visitor):
    return read(visitor)


def test_every_figure_is_drawn_and_has_no_fault(visitor):
    assert visitor.inspect("book/chapter")["faults"] == {}
    page = visitor.page
    assert page.evaluate("document.documentElement.dataset.liveFigures") == "drawn"
    titles = [figure.get_attribute("aria-label") for figure in page.locator(".dnn-live").all()]
    assert titles == [recording(name).title for name in SHOWN]
    captions = page.get_by_text(recording("Shapes").caption).locator("visible=true")
    assert captions.count() == 1
    assert not page.locator(".dnn-live-fallback, .dnn-live-failed").locator("visible=true").count()
    marks = page.evaluate("performance.getEntriesByType('mark').map((mark) => mark.name)")
    assert marks == ["live-figures-first", "live-figures-drawn"]


@pytest.mark.parametrize("size", [PHONE, WIDE], ids=["phone", "wide"])
def test_no_figure_is_wider_than_its_place(visitor, size):
    assert_fits(read(visitor, size))


def assert_fits(page):
    places = page.locator(".output:has(> .dnn-live-figure)").all()
    widths = [place.evaluate("(e) => [e.scrollWidth, e.clientWidth]") for place in places]
    assert [name for name, (w, place) in zip(SHOWN, widths, strict=True) if w > place] == []


FILES = ["live_figures.js", "figure_host.js", "draw.js", "draw.css"]  # of the figures


def test_what_draws_the_figures_comes_once_and_only_where_they_are(browser, address):
    visitor = Visitor(browser, address)
    asked = []
    visitor.page.on("request", lambda request: asked.append(request.url))
    visitor.open("book/index")
    assert files_of_figures(asked) == []
    assert not STATE.search(visitor.page.content())
    page = read(visitor)
    assert sorted(files_of_figures(asked)) == sorted(FILES)
    assert page.locator("link[href$='draw.css']").count() == 1


def files_of_figures(asked):
    names = [urlsplit(url).path.rpartition("/")[2] for url in asked]
    return [name for name in names if name in FILES]


def test_figures_are_drawn_where_only_files_of_the_site_may_run(browser, address):
    visitor = Visitor(browser, address)
    visitor.page.route("**/chapter.html", allow_files_alone)
    visitor.page.add_init_script(NOTE_BLOCKED)
    page = read(visitor)
    assert page.locator(".dnn-live").count() == len(SHOWN)
    assert set(page.evaluate("blocked")) <= {"inline"}  # of the theme
    assert page.evaluate(LOAD_BLOB) is False


def allow_files_alone(route):
    answer = route.fetch()
    policy = {"Content-Security-Policy": "script-src 'self'"}
    route.fulfill(response=answer, headers=answer.headers | policy)


@each_figure
def test_the_page_carries_the_numbers_of_the_recording(source, name):
    state = json.loads(STATE.search(source)[1])["state"]
    ids = re.findall(r'data-live-figure="(.*?)"', source)
    model = state[ids[SHOWN.index(name)]]
    wanted = recording(name)
    (buffer,) = model["buffers"]
    assert (buffer["path"], buffer["encoding"]) == (["_data"], "deflate, base64")
    figure, data = model["state"]["_figure"], zlib.decompress(b64decode(buffer["data"]))
    assert figure == json.loads(json.dumps(wanted.figure))
    rest = len(json.dumps(model)) - len(buffer["data"]) - len(json.dumps(figure))
    assert rest < 1000  # how a figure is drawn does not stand in the page
    assert len(data) + len(json.dumps(figure)) < MOST
    arrays = decode(wanted, figure, data)
    assert arrays.keys() == wanted.keys()
    for key, values in arrays.items():
        assert_stored(values, wanted, key, figure["arrays"][key]["type"])


def assert_stored(values, recording, name, kind):
    """Compare what was decoded: bytes are within half a step, other numbers as they were."""
    wanted = recording[name]
    if kind == "int8":
        wanted = np.where(np.isfinite(wanted), wanted, np.nan)
        atol = 0.5001 * step_of(recording, name)
        np.testing.assert_allclose(values, wanted, rtol=0, atol=atol)
    else:
        with np.errstate(over="ignore"):
            np.testing.assert_array_equal(values, wanted.astype(kind))


@each_figure
def test_the_keyboard_moves_every_control(page, name):
    figure = Figure(page, SHOWN.index(name))
    for slider, control in zip(figure.sliders, controls(name, "slider"), strict=True):
        last = len(control.values) - 1
        slider.focus()
        panels = {}
        for key, place in {"Home": 0, "ArrowRight": 1, "End": last, "ArrowLeft": last - 1}.items():
            page.keyboard.press(key)
            panels[key] = figure.panels()
            assert position(slider) == place
            said = slider.get_attribute("aria-valuetext")
            assert said == f"{control.values[place]}. {figure.status()}"
        assert panels["Home"] != panels["End"], control.name
    for choice, control in zip(figure.choices, controls(name, "choice"), strict=True):
        count = len(control.values)
        choice.locator("input:checked").focus()
        panels = [figure.panels()]
        for step in range(1, count + 1):
            page.keyboard.press("ArrowRight")
            assert figure.chosen(choice) == (control.start + step) % count
            panels.append(figure.panels())
        assert len(set(panels)) == count, control.name
        assert panels[0] == panels[-1]
        said = choice.locator("input").first.get_attribute("aria-describedby")
        assert page.locator(f"[id='{said}']").inner_text() == figure.status()


@pytest.mark.parametrize("gesture", ["click", "tap"])
@each_figure
def test_mouse_and_finger_move_every_control(visitor, toucher, name, gesture):
    page = read(toucher, PHONE) if gesture == "tap" else read(visitor)
    figure = Figure(page, SHOWN.index(name))
    for slider in figure.sliders:
        box = slider.bounding_box()
        places, panels = [], []
        for part in (0.1, 0.9):
            at = {"x": part * box["width"], "y": box["height"] / 2}
            getattr(slider, gesture)(position=at)
            places.append(position(slider) / int(slider.get_attribute("max")))
            panels.append(figure.panels())
        assert places[0] < 0.3 < 0.7 < places[1]
        assert panels[0] != panels[1]
    for choice in figure.choices:
        panels = []
        for i, text in enumerate(choice.locator("label span").all()):
            getattr(text, gesture)()
            assert figure.chosen(choice) == i
            panels.append(figure.panels())
        assert len(set(panels)) == len(panels)


def test_a_slider_follows_the_mouse_while_it_is_dragged(page):
    for number, name in enumerate(SOURCES):
        figure = Figure(page, number)
        slider = figure.sliders[0]
        slider.hover()  # scrolls there
        slider.press("Home")
        box = slider.bounding_box()
        y = box["y"] + box["height"] / 2
        page.mouse.move(box["x"] + 8, y)
        page.mouse.down()
        panels = []
        for part in (0.3, 0.6, 1):
            page.mouse.move(box["x"] + part * box["width"], y)
            panels.append((position(slider), figure.panels()))
        page.mouse.up()
        places = [place for place, _ in panels]
        assert places == sorted(places), name
        assert places[0] < places[-1], name
        assert panels[0][1] != panels[-1][1], name


def test_a_click_on_a_unit_chooses_it(page):
    figure = Figure(page, SHOWN.index("OneNeuron"))
    (slider,) = figure.sliders
    units = figure.root.locator(".unit.live")
    assert units.count() == 3
    for number, name in ((2, "layer 2, unit 1"), (1, "layer 1, unit 2")):
        units.nth(number).click()
        assert position(slider) == number
        assert figure.status().startswith(f"{name}, example 1: z = ")
        assert figure.root.locator(".unit.chosen").count() == 1


def test_what_is_no_number_is_a_labelled_gap(page):
    for source in (RUNS_AWAY, LOST):
        figure = Figure(page, SHOWN.index(source))
        step = figure.root.get_by_role("slider", name="step")
        note = figure.root.get_by_text("not a finite number").locator("visible=true")
        step.press("Home")
        assert not note.count()
        step.press("End")
        assert note.count()
        assert "NaN" in figure.status()
        assert "NaN" in figure.root.locator(".gaps text").all_text_contents()
    assert Figure(page, SHOWN.index(RUNS_AWAY)).root.locator("path.gap[d^=M]").count()


def test_a_single_layer_and_a_single_step_are_drawn(page):
    figure = Figure(page, SHOWN.index(ONE_LAYER))
    assert figure.root.locator(".unit").count() == 3
    assert figure.root.locator(".weight").count() == 2
    assert figure.status().startswith("After 0 steps: cost ")
    (slider,) = figure.sliders
    slider.press("End")
    assert position(slider) == 0


def test_two_views_of_a_figure_move_together(page):
    alone, one, other = (Figure(page, i) for i, n in enumerate(SHOWN) if n == "GradientFlow")
    untouched = alone.panels()
    for place in ("Home", "End"):
        one.sliders[0].press(place)
        other.choices[0].locator("input").first.press("ArrowRight")
        assert one.status() == other.status()
        assert one.panels() == other.panels()
        assert position(one.sliders[0]) == position(other.sliders[0])
    assert alone.panels() == untouched


@each_figure
def test_play_moves_the_slider_by_itself_and_stops(page, name):
    figure = Figure(page, SHOWN.index(name))
    playing = [control.play for control in controls(name, "slider")]
    buttons = figure.root.locator("button")
    assert buttons.count() == sum(playing)
    for slider, plays in zip(figure.sliders, playing, strict=True):
        if plays:
            button = slider.locator("xpath=..").locator("button")
            slider.press("Home")
            assert_plays(page, slider, button)


# Start, and stop as soon as the slider has moved: in the page, since on a busy machine a figure
# may have played to its end before a click comes from outside. Return what the button says.
START_AND_STOP = """async ([slider, button]) => {
  const said = [];
  button.click();
  said.push(button.textContent);
  while (+slider.value < 2) await new Promise(requestAnimationFrame);
  button.click();
  said.push(button.textContent);
  return said;
}"""


def assert_plays(page, slider, button):
    moved = "([slider, place]) => +slider.value >= place"
    said = page.evaluate(START_AND_STOP, [slider.element_handle(), button.element_handle()])
    assert said == ["Pause", "Play"]
    here = position(slider)
    assert here < int(slider.get_attribute("max"))
    page.wait_for_timeout(300)  # longer than two steps
    assert position(slider) == here
    last = int(slider.get_attribute("max"))
    for key in ("End", "ArrowLeft", "ArrowLeft"):
        slider.press(key)
    button.click()
    until(page, moved, [slider.element_handle(), last])
    until(page, "(button) => button.textContent === 'Play'", button.element_handle())
    assert position(slider) == last


def test_nothing_plays_where_motion_is_not_wanted(visitor):
    page = read(visitor, motion="reduce")
    assert page.locator(".dnn-live input[type=range]").count() > 0
    assert page.locator(".dnn-live button").count() == 0


def test_another_theme_repaints_at_once(page):
    for slider in page.locator(".dnn-live input[type=range]").all():
        slider.press("End")  # at their start, some networks say the same everywhere
    light, dark, again = (painted(page, mode) for mode in ("light", "dark", "light"))
    assert light == again
    pairs = [(a, b) for a, b in zip(light, dark, strict=True) if a != digest("")]
    assert len(pairs) > len(light) / 3  # each area is two canvases, of which one may be empty
    assert all(a != b for a, b in pairs)


def painted(page, mode):
    return [digest(picture) for picture in page.evaluate(PAINTED, mode)]


def test_print_has_the_figure_without_its_controls(page):
    page.emulate_media(media="print")
    for figure in page.locator(".dnn-live").all():
        assert figure.locator(".panels").is_visible()
        assert not figure.locator(".controls").is_visible()
        assert figure.locator(".caption").is_visible()
    assert not page.locator(".dnn-live-fallback").locator("visible=true").count()


def test_colours_are_true_where_nobody_may_read_the_pixels_of_a_canvas(browser, address, page):
    """As in Tor Browser, which gives other pixels than are there."""
    shy = Visitor(browser, address)
    shy.page.add_init_script(
        "CanvasRenderingContext2D.prototype.getImageData = (x, y, width, height) =>"
        " new ImageData(new Uint8ClampedArray(4 * width * height).fill(7), width, height)"
    )
    assert read(shy).evaluate(PAINT) == page.evaluate(PAINT)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_without_scripts_there_are_numbers_to_read(browser, address, mode):
    still = Visitor(browser, address, java_script_enabled=False, color_scheme=mode, viewport=PHONE)
    page = still.page
    page.goto(f"{address}/book/chapter.html")
    figures = page.locator(".dnn-live-figure")
    assert figures.count() == len(SHOWN)
    for name, figure in zip(SHOWN, figures.all(), strict=True):
        table = recording(name).table
        cells = figure.locator("th, td")
        assert cells.all_inner_texts() == [text for row in table for text in row]
        assert cells.first.is_visible()
        assert figure.locator("figcaption").inner_text() == recording(name).caption
        assert figure.locator("figcaption").is_visible()
    assert page.evaluate(LOOK_NARROW) == {"too wide": [], "cut off": []}
    assert_fits(page)
    background, ink = page.evaluate(COLOURS)
    assert (background, ink) == ("rgb(255, 255, 255)", "rgb(29, 36, 51)")  # light in either mode
    assert still.faults == {}


# A fault in a file: how many figures cannot start, and how many errors the console gets.
BROKEN = {
    "what draws them": ("_static/draw.js", "export default", "nonsense default", ALL, ALL),
    "a part of one": ("book/chapter.html", '"kind": "shapes"', '"kind": "nonsense"', 1, 1),
    "all numbers": ("book/chapter.html", '{"state": {', '{"state": [', ALL, ALL + 1),
}


def read_broken(browser, address, small_site, path, old, new):
    """Open the chapter with a fault in one file."""
    content = (small_site / path).read_text(encoding="utf-8")
    assert content.count(old) == 1
    visitor = Visitor(browser, address)
    body, kind = content.replace(old, new), guess_type(path)[0]
    visitor.page.route(f"**/{path}", lambda route: route.fulfill(body=body, content_type=kind))
    read(visitor, ends="failed")
    return visitor


@pytest.mark.parametrize(("path", "old", "new", "count", "errors"), BROKEN.values(), ids=BROKEN)
def test_a_figure_that_cannot_start_says_so_and_keeps_its_numbers(
    browser, address, small_site, path, old, new, count, errors
):
    visitor = read_broken(browser, address, small_site, path, old, new)
    assert_gave_up(visitor.page, count)
    assert len(visitor.faults.pop("console")) == errors
    assert visitor.faults == {}


def assert_gave_up(page, count):
    """Check that so many figures of the page show their numbers, and the others are drawn."""
    assert page.locator(".dnn-live").count() == len(SHOWN) - count
    failed = page.locator(".dnn-live-figure:has(.dnn-live-failed)")
    assert failed.count() == count
    for figure in failed.all():
        assert figure.locator(".dnn-live-failed").inner_text() == SENTENCE
        for part in (".dnn-live-failed", "table", "figcaption"):
            assert figure.locator(part).is_visible()
        assert figure.locator("> *").count() == 3


def test_no_figure_is_drawn_before_its_style_is_there(browser, address):
    page = Visitor(browser, address).page
    held = []
    page.route("**/draw.css", lambda route: held.append(route))
    page.goto(f"{address}/book/chapter.html", wait_until="commit")
    page.wait_for_selector("link[href$='draw.css']", state="attached")
    page.evaluate(IMPORT_DRAWING)
    assert page.locator(".dnn-live").count() == 0
    (style,) = held
    style.continue_()
    page.wait_for_selector("html[data-live-figures=drawn]", state="attached")


def test_without_its_style_no_figure_is_drawn(browser, address):
    visitor = Visitor(browser, address)
    visitor.page.route("**/draw.css", lambda route: route.abort())
    assert_gave_up(read(visitor, ends="failed"), len(SHOWN))


def test_the_numbers_to_read_are_accessible(browser, address, small_site):
    *fault, count, _ = BROKEN["all numbers"]
    visitor = read_broken(browser, address, small_site, *fault)
    assert visitor.page.locator("table").locator("visible=true").count() == count
    visitor.check_accessibility("wide")
    visitor.narrow()
    visitor.check_accessibility("phone")
    assert visitor.faults["accessibility"] == []


FOREIGN = [
    "import anywidget\nimport ipywidgets\nfrom IPython.display import HTML, display",
    "figure = '<figure data-live-figure=\"{}\"></figure>'",
    "ipywidgets.IntSlider()",
    "anywidget.AnyWidget()",
    "HTML(figure.format(anywidget.AnyWidget().model_id))",
    """display({
        "text/html": figure.format("lost"),
        "application/vnd.jupyter.widget-view+json": {"model_id": "lost"},
    }, raw=True)""",
    "never_shown = ipywidgets.Text()",
    "from dnn_utils import widgets\nclass Other(widgets.Shapes):\n    _esm = 'other'\nOther()",
]


def fails(book):
    """Build a book that must not build; return what was said, without colours."""
    result = build(book)
    assert result.returncode != 0, result.stdout
    return re.sub(r"\x1b\[[\d;]*m", "", result.stdout)


@pytest.mark.slow
def test_what_the_page_cannot_draw_fails_every_build(tmp_path):
    write_small_book(tmp_path, FOREIGN)
    for _ in range(2):
        found = re.findall(r"/book/chapter\.ipynb: WARNING: (.*)", fails(tmp_path))
        assert sorted(found) == [
            "live figure without its numbers: lost",
            *["widget that is no live figure: AnyModel"] * 3,
            "widget that is no live figure: IntSliderModel",
        ]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("widgets.Learning(steps=[])", "at least one whole number"),
        ("widgets.Learning(steps=range(200))", "at most 100000 fit"),
    ],
)
def test_a_recording_that_is_empty_or_too_large_fails_the_build(tmp_path, code, message):
    write_small_book(tmp_path, f"from dnn_utils import widgets\n\n{code}")
    said = fails(tmp_path)
    assert "/book/chapter.ipynb: WARNING: Executing notebook failed" in said
    assert re.search(f"ValueError: .*{message}", said), said

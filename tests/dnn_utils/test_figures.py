"""The figures show the numbers they were given; the diagrams fit into a page."""

import base64
import io
import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import matplotlib
import matplotlib.image
import numpy as np
import pytest

from dnn_utils import figures, sigmoid
from dnn_utils.figures import style

SVG = "{http://www.w3.org/2000/svg}"
Z = np.linspace(-1000, 1000, 401)
W = np.linspace(-3, 5, 81)
FALLING = 0.7 * 0.98 ** np.arange(101)
GROWING = 0.7 * 1.05 ** np.arange(101)


def naive(z):
    with np.errstate(over="ignore", invalid="ignore"):
        return np.exp(z) / (1 + np.exp(z))


DRAWN = {
    "naive_sigmoid": lambda: figures.naive_sigmoid(Z, naive(Z), sigmoid(Z)[0]),
    "costs": lambda: figures.costs({"slow": FALLING, "too fast": GROWING}),
    "descent_path": lambda: figures.descent_path(
        W, (W - 1) ** 2, {"small": [-2, -1, 0], "too large": [-2, 4.5, -8]}
    ),
    "heatmaps": lambda: figures.heatmaps(
        {"W1": [[0.5, -0.25], [0.0, 0.1]], "equal": np.ones((3, 2))}, rows="unit", columns="input"
    ),
    "heatmaps without numbers": lambda: figures.heatmaps(
        {"W": np.sin(np.arange(1200.0)).reshape(30, 40)}, rows="unit", columns="input"
    ),
    "gradient_norms": lambda: figures.gradient_norms({"x 0.01": [1e-9, 3e-6], "He": [0.1, 0.3]}),
}


@cache
def drawn(name):
    return DRAWN[name]()


def test_every_figure_is_drawn_here():
    others = {"Figure", "pictures"}  # pixels are tested on their own
    assert {name.split()[0] for name in DRAWN} == set(figures.__all__) - others


@pytest.fixture(params=DRAWN)
def name(request):
    return request.param


@pytest.fixture
def figure(name):
    return drawn(name)


class Drawing:
    """Reads an SVG back: what was drawn, in the units of its axes."""

    def __init__(self, figure):
        self.root = ElementTree.fromstring(figure.html)
        self.groups = {e.get("id").split("-", 2)[2]: e for e in self.root.iter() if e.get("id")}

    def texts(self):
        return [e.text for e in self.root.iter(f"{SVG}text")]

    def points(self, name):
        """Return the corners of the first path of a group, one row per corner."""
        path = self.groups[name].find(f".//{SVG}path").get("d")
        return np.array(re.findall(r"[ML] (\S+) (\S+)", path), dtype=float)

    def scale(self, axis, value=float):
        """Return the function that turns a position on the page into a value on an axis.

        The ticks tell: each has a position and a label.
        """
        which = "yx"[axis % 2]
        ticks = [
            (float(tick.find(f".//{SVG}use").get(which)), value(tick.find(f".//{SVG}text").text))
            for name, tick in self.groups.items()
            if re.fullmatch(rf"{which}tick_\d+", name)
            and tick in self.groups[f"matplotlib.axis_{axis}"]
        ]
        positions, values = np.array(ticks).T
        return np.poly1d(np.polyfit(positions, values, 1))

    def curve(self, name, axes=1, y=float):
        """Return x and y of a curve, as read from the ticks of its axes."""
        points = self.points(name)
        x = self.scale(2 * axes - 1, number)(points[:, 0])
        return x, self.scale(2 * axes, y)(points[:, 1])

    def markers(self, name):
        """Return x and y of the points of a curve in the first axes."""
        points = [(float(e.get("x")), float(e.get("y"))) for e in self.uses(name)]
        x, y = np.transpose(points)
        return self.scale(1, number)(x), self.scale(2)(y)

    def uses(self, name):
        return self.groups[name].findall(f".//{SVG}use")


def place(text):
    """Return x and y of a <text>; the lines of a longer text are moved to their place."""
    moved = re.search(r"translate\((\S+) (\S+)\)", text.get("transform"))
    return tuple(map(float, moved.groups() if moved else (text.get("x"), text.get("y"))))


def number(text):
    return float(text.replace("\N{MINUS SIGN}", "-"))


def exponent(text):
    return int(text.removeprefix("10").translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")))


# What every figure has to be


def test_the_library_does_not_need_matplotlib():
    code = "import sys, dnn_utils; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_figures_need_no_pyplot():
    code = (
        "import sys; from dnn_utils import figures; figures.costs({'a': [1, 0.5]});"
        "sys.exit('matplotlib.pyplot' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_new_machine_builds_its_font_list_in_silence(tmp_path):
    code = (
        "import threading; Timer = threading.Timer;"  # Matplotlib warns after five seconds
        "threading.Timer = lambda seconds, warn: Timer(0, warn);"
        "from dnn_utils import figures"
    )
    environment = os.environ | {"MPLCONFIGDIR": str(tmp_path)}
    run = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True)
    assert (run.returncode, run.stderr) == (0, b"")
    assert list(tmp_path.glob("fontlist*"))  # it was a new machine


def test_same_input_same_bytes(name, figure):
    assert DRAWN[name]()._repr_html_() == figure._repr_html_()


def test_settings_of_matplotlib_neither_matter_nor_change(name, figure):
    with matplotlib.rc_context({"font.size": 30, "lines.markersize": 20, "axes.labelpad": 30}):
        before = dict(matplotlib.rcParams)
        assert DRAWN[name]().html == figure.html
        assert dict(matplotlib.rcParams) == before


def test_as_text_a_figure_says_what_is_seen(figure):
    assert repr(figure) == f"Figure: {figure.alt}"
    assert len(figure.alt.split()) > 8
    root = ElementTree.fromstring(figure.html)
    assert root.get("role") == "img"
    assert root.get("aria-label") == figure.alt


def test_html_is_well_formed(figure):
    html = figure._repr_html_()
    assert html.startswith('<figure class="dnn-figure"')
    ElementTree.fromstring(html)


def test_every_colour_follows_the_theme(figure):
    fixed = re.sub(r"var\(--dnn-[a-z]+, var\(--jp-[a-z0-9-]+, #[0-9a-f]{6}\)\)", "", figure.html)
    assert fixed != figure.html
    assert not re.search(r"(fill|stroke|color)(: |=\")(?!none|url|;|\")", fixed)


def test_nothing_acts_on_the_page_around(figure):
    assert "<style" not in figure.html
    assert "font-family" not in figure.html
    assert "http" not in re.sub(r'xmlns(:xlink)?="[^"]*"', "", figure.html)


def test_ids_are_unique_in_a_page():
    page = "".join(drawn(name).html for name in DRAWN)
    ids = re.findall(r'\bid="([^"]*)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'(?:href="|url\()#([^")]*)', page)) <= set(ids)


def test_text_is_readable_on_a_phone(figure):
    width = float(ElementTree.fromstring(figure.html).get("viewBox").split()[2])
    sizes = [float(size) for size in re.findall(r"font-size: ([\d.]+)px", figure.html)]
    assert sizes
    assert min(sizes) * 340 / width >= 11


def test_text_stays_within_the_figure(figure):
    root = ElementTree.fromstring(figure.html)
    _, _, right, bottom = map(float, root.get("viewBox").split())
    for text in root.iter(f"{SVG}text"):
        width = style.LETTER * len(text.text)
        anchor = re.search(r"text-anchor: (\w+)|$", text.get("style"))[1]
        x, y = place(text)
        start = x - width * {None: 0, "start": 0, "middle": 0.5, "end": 1}[anchor]
        assert start >= 0, text.text
        assert start + width <= right, text.text
        assert 0 < y < bottom, text.text


def test_labels_are_text_and_never_markup():
    label = '<b>&"$x^2$"'
    figure = figures.costs({label: FALLING})
    assert label in Drawing(figure).texts() or label in "".join(Drawing(figure).texts())
    ElementTree.fromstring(figure._repr_html_())


# What each figure shows


def test_naive_sigmoid_ends_where_it_is_nan():
    figure = figures.naive_sigmoid(Z, naive(Z), sigmoid(Z)[0])
    assert "NaN for z from 710 to 1000" in figure.alt
    drawing = Drawing(figure)
    assert max(drawing.curve("naive")[0]) == pytest.approx(705, abs=0.5)
    assert max(drawing.curve("stable")[0]) == pytest.approx(1000, abs=0.5)


def test_naive_sigmoid_without_nan():
    figure = figures.naive_sigmoid([-1, 0, 1], [0.3, 0.5, 0.7], [0.3, 0.5, 0.7])
    assert "never NaN" in figure.alt
    assert "pattern" not in figure.html


def test_naive_sigmoid_with_several_gaps():
    values = [np.nan, 0.5, np.nan, 0.7]
    assert "from 0 to 0 and 2 to 2" in figures.naive_sigmoid(range(4), values, [0.5] * 4).alt


def test_a_label_with_a_sign_breaks_as_one_without():
    notes = []
    for label in ("rate x 20", "rate × 20"):
        texts = Drawing(figures.costs({"a": FALLING, label: GROWING})).texts()
        notes.append([text.replace("×", "x") for text in texts])
    assert notes[0] == notes[1]
    assert "rate x 20: leaves the" in notes[0]


def test_costs_are_the_given_numbers():
    figure = figures.costs({"rate 0.1": FALLING}, xlabel="step")
    drawing = Drawing(figure)
    x, y = drawing.curve("curve-0")
    np.testing.assert_allclose(y, np.interp(x, range(101), FALLING), atol=1e-3)
    assert {"rate 0.1", "step", "cost"} <= set(drawing.texts())
    assert "rate 0.1: from 0.7 to 0.0928" in figure.alt


@pytest.mark.parametrize(
    ("curve", "step"),
    [
        (GROWING, 15),
        ([0.7, 0.8, np.nan, 0.1], 2),
        ([0.7, np.inf], 1),
        ([0.7, 0.6, 1e300, 1e308], 2),
    ],
)
def test_costs_says_where_a_curve_leaves(curve, step):
    figure = figures.costs({"good": FALLING, "bad": curve})
    assert f"bad: leaves the picture at iteration {step}." in figure.alt
    assert "good: from" in figure.alt
    x, y = Drawing(figure).curve("curve-1")
    assert step - 1 <= max(x) + 0.1
    assert max(x) <= step + 0.1
    assert max(y) == pytest.approx(1.4, abs=1e-2)


def test_costs_keep_their_labels_apart():
    close = {f"rate {k}": FALLING + k / 1000 for k in range(4)}
    svg = Drawing(figures.costs(close))
    heights = sorted(place(e)[1] for e in svg.root.iter(f"{SVG}text") if e.text.startswith("rate"))
    assert len(heights) == 4
    assert min(np.diff(heights)) >= style.TEXT


def test_descent_path_follows_the_curve():
    figure = figures.descent_path(W, (W - 1) ** 2, {"good": [-2, 0.4, 0.88, 0.976]})
    x, y = Drawing(figure).markers("path-0")
    np.testing.assert_allclose(x, [-2, 0.4, 0.88, 0.976], atol=0.02)
    np.testing.assert_allclose(y, (x - 1) ** 2, atol=0.1)
    assert "lowest at w = 1" in figure.alt
    assert "good: 3 steps, from w = -2 to 0.976" in figure.alt


@pytest.mark.parametrize("gone", [-8, 1e9, np.nan, -np.inf])
def test_descent_path_says_where_it_leaves(gone):
    figure = figures.descent_path(W, (W - 1) ** 2, {"too large": [-2, 4.5, gone, 0]})
    assert "too large: leaves the picture at step 2, from w = -2 to 4.5." in figure.alt
    x, _ = Drawing(figure).markers("path-0")
    np.testing.assert_allclose(x, [-2, 4.5], atol=0.02)


def test_heatmaps_hold_the_numbers():
    arrays = {"W1": np.array([[0.5, -0.25], [0.0, 0.1]]), "W2": np.array([[0.33, -0.001]])}
    figure = figures.heatmaps(arrays, rows="unit", columns="input")
    texts = Drawing(figure).texts()
    assert [number(t) for t in texts if re.match(r"\W?\d", t)] == [0.5, -0.25, 0, 0.1, 0.33, 0]
    assert "\N{MINUS SIGN}0.00" not in texts
    assert "one row per unit, one column per input" in texts
    assert "W1, 2 by 2: values from -0.25 to 0.5." in figure.alt


def test_heatmaps_colour_by_sign_and_size():
    drawing = Drawing(figures.heatmaps({"A": [[1.0, -0.5, 0.0]]}, rows="row", columns="column"))
    cells = drawing.groups["array-0"].findall(f"{SVG}g/{SVG}path")
    styles = {
        match[1]: float(match[2])
        for cell in cells
        if (
            match := re.search(
                r"fill: var\(--dnn-(\w+),.*?; fill-opacity: ([\d.]+)", cell.get("style")
            )
        )
    }
    assert styles == {"forward": pytest.approx(0.5), "backward": pytest.approx(0.25)}


def test_heatmaps_tell_equal_rows():
    arrays = {"same": np.tile([[1.0, 2.0]], (4, 1)), "other": [[1.0, 2.0], [1.0, 2.1]]}
    alt = figures.heatmaps(arrays, rows="unit", columns="input").alt
    assert alt.count("all rows equal") == 1
    assert "same, 4 by 2: values from 1 to 2, all rows equal." in alt


def test_large_heatmaps_strike_negative_cells():
    array = np.where(np.arange(600).reshape(20, 30) % 3, 1.0, -1.0)
    drawing = Drawing(figures.heatmaps({"W": array}, rows="row", columns="column"))
    assert not [text for text in drawing.texts() if re.match(r"\W?\d", text)]
    strikes = drawing.groups["array-0-negative"].find(f"{SVG}path").get("d")
    assert strikes.count("M") == 200


def test_gradient_norms_are_the_given_numbers():
    norms = [1e-9, 3e-7, 2e-4, 0.05]
    figure = figures.gradient_norms({"x 0.01": norms, "He": [0.1, 0.1, 0.2, 0.3]})
    x, y = Drawing(figure).curve("norm-0", y=exponent)
    np.testing.assert_allclose(x, [1, 2, 3, 4], atol=0.01)
    np.testing.assert_allclose(y, np.log10(norms), atol=0.02)
    assert "x 0.01: from 1e-09 in layer 1 to 0.05 in layer 4." in figure.alt


# Wrong input


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: figures.costs([1, 2]), r"curves must be a dict of 1 to 4 labels.*\[1, 2\]"),
        (lambda: figures.costs({}), "curves must be a dict of 1 to 4"),
        (lambda: figures.costs({key: [1] for key in "abcde"}), "curves must be a dict of 1 to 4"),
        (lambda: figures.costs({"a": []}), r"curves\['a'\] must have one axis and not be empty"),
        (lambda: figures.costs({"a": [[1, 2]]}), r"curves\['a'\].*one axis.*\(1, 2\)"),
        (lambda: figures.costs({"a": ["x"]}), r"curves\['a'\] must hold numbers only.*got \['x'\]"),
        (lambda: figures.costs({"a": [np.nan, 1]}), r"curves\['a'\] must start with a positive"),
        (lambda: figures.costs({"a": [1, np.nan, -2]}), r"curves\['a'\] holds a negative cost, -2"),
        (lambda: figures.gradient_norms({"a": [1, 0]}), r"norms\['a'\] must be positive.*is 0"),
        (
            lambda: figures.gradient_norms({"a": [1, np.nan]}),
            r"norms\['a'\] holds 1 .*\[1\] = nan",
        ),
        (lambda: figures.heatmaps({"b": [1, 2]}, "r", "c"), r"arrays\['b'\].*2 axes.*\(2,\)"),
        (
            lambda: figures.heatmaps({"b": [[np.inf]]}, "r", "c"),
            r"arrays\['b'\] holds 1 .* = inf",
        ),
        (
            lambda: figures.heatmaps({"W": np.ones((2, 61))}, "r", "c"),
            r"arrays\['W'\] must have at most 60 rows and columns, got \(2, 61\)",
        ),
        (lambda: figures.naive_sigmoid([0, 1], [0], [0, 1]), r"naive must have shape \(2,\), got"),
        (
            lambda: figures.naive_sigmoid([0, 1], [0, 1], [0, np.nan]),
            r"stable holds 1 .*\[1\] = nan",
        ),
        (lambda: figures.naive_sigmoid([1, 0], [0, 1], [0, 1]), "z must hold at least two values"),
        (lambda: figures.descent_path([0, 0], [1, 1], {"a": [0]}), "w must hold at least two"),
        (lambda: figures.descent_path([0, 1], [1], {"a": [0]}), r"cost must have shape \(2,\)"),
        (
            lambda: figures.descent_path([0, 1], [1, 2], {"a": [5]}),
            r"paths\['a'\] must start within w, that is from 0 to 1, got 5",
        ),
        (lambda: figures.descent_path([0, 1], [1, 2], {"a": [np.nan]}), "must start within w"),
    ],
)
def test_wrong_input_is_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()


# The diagrams

DIAGRAMS = sorted((Path(__file__).parents[2] / "book" / "images").glob("*.svg"))


@pytest.fixture(params=DIAGRAMS, ids=lambda path: path.stem)
def diagram(request):
    return request.param


def test_there_are_diagrams():
    assert len(DIAGRAMS) >= 8


def test_diagram_is_drawn_for_a_phone(diagram):
    root = ElementTree.parse(diagram).getroot()
    left, top, width, height = map(float, root.get("viewBox").split())
    assert (left, top) == (0, 0)
    assert (float(root.get("width")), float(root.get("height"))) == (width, height)
    assert width <= 460
    assert min(map(float, re.findall(r"(\d+)px", diagram.read_text()))) >= 15


def test_diagram_describes_itself(diagram):
    root = ElementTree.parse(diagram).getroot()
    assert len(root.find(f"{SVG}title").text) > 10
    assert len(root.find(f"{SVG}desc").text) > 40


def test_diagram_has_ids_of_its_own(diagram):
    svg = diagram.read_text()
    ids = re.findall(r'\bid="([^"]*)"', svg)
    assert all(name.startswith(f"{diagram.stem}-") for name in ids)
    assert set(ids) == set(re.findall(r"url\(#([^)]*)\)", svg))


def test_diagram_follows_the_theme(diagram):
    svg = re.sub(r"var\(--dnn-[a-z-]+, #[0-9a-f]{6}\)", "", diagram.read_text())
    assert not re.search(r'(fill|stroke): (?!none|;)|\s(fill|stroke|style)="', svg)


def test_diagram_loads_nothing(diagram):
    svg = diagram.read_text().replace('xmlns="http://www.w3.org/2000/svg"', "", 1)
    assert not re.search(r"http|href|@import|foreignObject|<image|<script", svg)


def test_diagrams_share_one_style():
    """Inside a page, the style of one diagram acts on all of them."""
    styles = {re.search(r"<style>.*</style>", path.read_text(), re.DOTALL)[0] for path in DIAGRAMS}
    assert len(styles) == 1
    rules = re.findall(r"^\s*(.*) \{", styles.pop(), re.MULTILINE)
    assert all(part.startswith(".dnn-diagram") for rule in rules for part in rule.split(", "))


def test_diagram_is_filled_with_paper(diagram):
    """As a plain image it has a white background; inside a page, the one of the page."""
    root = ElementTree.parse(diagram).getroot()
    paper = root.find(f"{SVG}rect")
    assert paper.get("class") == "paper"
    assert (paper.get("width"), paper.get("height")) == (root.get("width"), root.get("height"))


# Pictures


def test_pictures_show_every_pixel_and_every_name():
    images = np.random.RandomState(1).randint(0, 256, (2, 4, 5, 3)).astype(np.uint8)
    figure = figures.pictures(images, ["a/cat", "<dog>"])
    assert repr(figure) == "Figure: Pictures: a/cat, <dog>."
    assert figure.html == figures.pictures(images, ["a/cat", "<dog>"]).html
    shown = ElementTree.fromstring(figure.html).findall(".//img")
    assert [img.get("alt") for img in shown] == ["Drawing: a/cat", "Drawing: <dog>"]
    for img, image in zip(shown, images, strict=True):
        png = base64.b64decode(img.get("src").removeprefix("data:image/png;base64,"))
        pixels = matplotlib.image.imread(io.BytesIO(png))[:, :, :3]
        assert np.array_equal((pixels * 255).round(), image)


@pytest.mark.parametrize(
    ("images", "names", "message"),
    [
        (
            np.zeros((1, 4, 4, 3)),
            ["a"],
            r"images .* type float64, expected \(m, .* uint8",
        ),
        (np.zeros((4, 4, 3), np.uint8), ["a"], r"images has shape \(4, 4, 3\) and type uint8"),
        (np.zeros((0, 4, 4, 3), np.uint8), [], "not be empty"),
        (np.zeros((2, 4, 4, 3), np.uint8), ["a"], "names must be 2, one per picture, got 1"),
    ],
)
def test_pictures_say_what_is_wrong(images, names, message):
    with pytest.raises(ValueError, match=message):
        figures.pictures(images, names)

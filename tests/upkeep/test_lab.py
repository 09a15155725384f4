"""The live figures in a real JupyterLab, moved by a reader and from Python."""

import re

import pytest
from playwright.sync_api import expect

from publish.languages.notebooks import write_chapters
from upkeep.jupyterlab import OpenNotebook, running_lab, write_notebook

SHOW, ASK, SET, OWN, DEAF = range(5)
CELLS = {
    SHOW: """\
from dnn_utils import DeepNeuralNetwork, datasets, widgets
figure = widgets.GradientFlow()
figure""",
    ASK: """\
start, step, cost = figure.start, figure.step, figure.recording["cost"]
print(f"start {start} step {step} cost {cost[start, step]:.3f} shape {cost.shape}")""",
    SET: "figure.step = 3",
    OWN: """\
X, Y = datasets.make_moons(40)
own = DeepNeuralNetwork([2, 4, 1]).fit(X, Y, iterations=50, learning_rate=0.5)
learning = widgets.Learning(own, X, Y, steps=range(0, 50, 10))
learning""",
    DEAF: """\
class Deaf(widgets.Learning):
    _esm = widgets.Learning._esm.replace("event.stopPropagation()", "event.type")
Deaf(own, X, Y, steps=range(0, 50, 10))""",
}
ANSWER = re.compile(r"start (\d+) step (\d+) cost ([\d.]+) shape \((\d+), (\d+)\)")

# What is painted on the canvases of a panel: how much of them, and in which colours.
PAINTED = """(panel) => [...panel.querySelectorAll("canvas")].map((canvas) => {
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  const painted = data.filter((value, i) => i % 4 === 3 && value > 0).length;
  return { share: (4 * painted) / data.length, image: canvas.toDataURL() };
}).filter(({ share }) => share > 0)"""

# Background and text, each from 0, black, to 1, white.
BRIGHTNESS = """(figure) => {
  const { backgroundColor, color } = getComputedStyle(figure);
  return [backgroundColor, color].map((text) => {
    const [red, green, blue, alpha = 1] = text.match(/[\\d.]+/g).map(Number);
    return (red + green + blue) / 765;
  });
}"""


# Let a figure that plays take ten times as long: on a busy machine it would else be at its end
# before the next key comes.
PLAY_SLOWLY = """
  const plain = window.setInterval;
  window.setInterval = (run, delay, ...rest) => plain(run, delay === 120 ? 1200 : delay, ...rest);
"""


class Reader:
    """A reader with the notebook open, and all that goes wrong meanwhile."""

    def __init__(self, page, address):
        self.page = page
        self.faults = []
        page.add_init_script(PLAY_SLOWLY)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", self.note_console)
        page.on("request", lambda request: self.note_request(request.url, address))
        self.notebook = OpenNotebook(page, address, "figures.ipynb")

    def note_console(self, message):
        if message.type == "error":
            self.faults.append(message.text)

    def note_request(self, url, address):
        if not url.startswith((address, f"blob:{address}", "data:")):
            self.faults.append(f"from elsewhere: {url}")

    def show(self, cell):
        """Run a cell; return the figure below it as soon as it is drawn."""
        figure = self.notebook.run(cell).locator(".dnn-live")
        figure.locator(".status").wait_for()
        return figure

    def ask(self):
        """Return what Python says: the position of both controls, and the cost there."""
        text = self.notebook.run(ASK).inner_text()
        start, step, cost = ANSWER.search(text).groups()[:3]
        return int(start), int(step), cost

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)

    def choose_theme(self, name):
        self.page.get_by_role("menuitem", name="Settings", exact=True).click()
        for item in ("Theme", name):
            self.page.locator(".lm-Menu-item").get_by_text(item, exact=True).click()
        expect(self.page.locator("body")).to_have_attribute("data-jp-theme-name", name)


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    folder = tmp_path_factory.mktemp("lab")
    with running_lab(folder) as address:
        write_notebook(folder, "figures.ipynb", CELLS.values())
        yield address


@pytest.fixture(scope="module")
def reader(browser, address):
    return Reader(browser.new_page(viewport={"width": 1366, "height": 1000}), address)


@pytest.fixture(scope="module")
def figure(reader):
    return reader.show(SHOW)


@pytest.fixture(scope="module")
def learning(reader, figure):
    return reader.show(OWN)


@pytest.fixture
def slider(figure):
    return figure.get_by_role("slider", name="Training step")


def test_a_figure_is_drawn(figure):
    for name in ("dA4: squares", "dW1: squares", "The norm of dW", "Cost at each"):
        expect(figure.get_by_role("img", name=name)).to_be_visible()
    curves = figure.locator(".panel-curves path.line.chosen").all()
    assert curves
    assert all(curve.bounding_box()["width"] > 200 for curve in curves)


def test_the_arrow_keys_move_the_slider_and_not_the_notebook(reader, slider):
    slider.focus()
    before = reader.notebook.selected()
    assert before == [[SHOW], len(CELLS)]
    reader.press("Home", "ArrowRight", "ArrowRight", "ArrowUp")
    expect(slider).to_have_value("3")
    reader.press("ArrowLeft", "ArrowDown")
    expect(slider).to_have_value("1")
    reader.press("End")
    expect(slider).to_have_value(slider.get_attribute("max"))
    reader.press("b", "x")  # would insert a cell, and cut one
    assert reader.notebook.selected() == before


def test_shortcuts_reach_jupyterlab_from_a_control(reader, figure, slider):
    slider.focus()
    reader.press("Shift+Enter")
    reader.notebook.wait_until_idle()
    assert reader.notebook.selected() == [[ASK], len(CELLS)]


def test_the_mouse_moves_the_slider(reader, slider):
    slider.scroll_into_view_if_needed()
    slider.press("Home")
    box = slider.bounding_box()
    middle = box["y"] + box["height"] / 2
    reader.page.mouse.move(box["x"] + 8, middle)
    reader.page.mouse.down()
    reader.page.mouse.move(box["x"] + box["width"] - 1, middle, steps=5)
    reader.page.mouse.up()
    last = int(slider.get_attribute("max"))
    expect(slider).to_have_value(str(last))
    slider.click()
    assert abs(int(slider.input_value()) - last / 2) <= 1


def test_the_play_button_works_with_the_keyboard(reader, figure, slider):
    slider.press("Home")
    button = figure.get_by_role("button", name="Training step")
    button.focus()
    before = reader.notebook.selected()
    reader.press("Enter")
    expect(button).to_have_text("Pause")
    expect(slider).not_to_have_value("0")
    reader.press("Space")
    expect(button).to_have_text("Play")
    assert reader.notebook.selected() == before


def test_python_sees_where_the_reader_has_moved_the_controls(reader, figure, slider):
    slider.press("Home")
    reader.press(*["ArrowRight"] * 5)
    for key, start, label in (("ArrowLeft", 0, "× 0.01"), ("ArrowRight", 1, "He")):
        figure.get_by_role("radio", checked=True).focus()
        before = reader.notebook.selected()
        reader.press(key)
        expect(figure.get_by_role("radio", name=label, exact=True)).to_be_checked()
        assert reader.notebook.selected() == before
        seen_by_python = reader.ask()
        assert seen_by_python[:2] == (start, 5)
        steps = figure.locator("output").first.inner_text()
        sentence = f"{label}, after {steps} steps: cost {seen_by_python[2]},"
        expect(figure.locator(".status")).to_contain_text(sentence)


def test_python_moves_the_slider(reader, figure, slider):
    slider.press("End")
    status = figure.locator(".status").inner_text()
    reader.notebook.run(SET)
    expect(slider).to_have_value("3")
    assert figure.locator(".status").inner_text() != status
    assert reader.ask()[1] == 3


def test_a_network_of_the_reader_is_drawn(reader, learning):
    expect(learning.locator(".status")).to_contain_text("After 0 steps: cost")
    slider = learning.get_by_role("slider")
    slider.press("ArrowRight")
    expect(learning.locator(".status")).to_contain_text("After 10 steps: cost")
    for panel, least in (("field", 0.5), ("network", 0.02)):
        painted = learning.locator(f".panel-{panel}").evaluate(PAINTED)
        assert sum(canvas["share"] for canvas in painted) > least


def test_the_figures_follow_the_theme(reader, figure, learning):
    looks = {}
    for theme in ("JupyterLab Dark", "JupyterLab Light"):
        reader.choose_theme(theme)
        dark = theme.endswith("Dark")
        for each in (figure, learning):
            background, text = each.evaluate(BRIGHTNESS)
            assert (background < 0.2 and text > 0.7) if dark else (background > 0.9 and text < 0.3)
        looks[theme] = [canvas["image"] for canvas in learning.evaluate(PAINTED)]
    assert not set.intersection(*map(set, looks.values()))


def test_a_figure_that_leaves_its_keys_to_jupyterlab_is_noticed(reader, learning):
    figure = reader.show(DEAF)
    assert reader.notebook.selected() == [[DEAF], len(CELLS)]
    figure.get_by_role("slider").focus()
    reader.press("ArrowUp")
    assert reader.notebook.selected() == [[OWN], len(CELLS)]


def test_nothing_went_wrong_meanwhile(reader, figure):
    assert not reader.faults


def test_a_chapter_in_korean_speaks_korean(browser, tmp_path, monkeypatch):
    monkeypatch.setenv("DNN_LANGUAGE", "ko")
    monkeypatch.setattr("publish.languages.notebooks.ROOT", tmp_path)
    page = browser.new_page()
    with running_lab(tmp_path) as address:
        write_chapters("ko")
        notebook = OpenNotebook(page, address, "ko/04_cost.ipynb")
        expect(page.get_by_role("heading", name="비용 측정하기")).to_be_visible()
        outputs = [notebook.run(number) for number in range(5)]
        expect(outputs[1].locator(".dnn-live .status")).to_contain_text("레이블 1, 예측 0.50")
        expect(outputs[4]).to_contain_text("compute_cost 함수가 올바릅니다.")
    page.close()

"""Figures that Python inside a page makes: objects without widgets, drawn by ``drawFigure``."""

import json
import re
import shutil
import subprocess
import sys

import pytest
from ipywidgets.embed import dependency_state

from dnn_utils import widgets
from dnn_utils.widgets.notebook import NotebookFigure
from dnn_utils.widgets.page import ENTRY, PageFigure
from tests.publish.test_live_figures import SENTENCE, SOURCES, Figure, recording
from upkeep.small_book import ROOT
from upkeep.visitor import Visitor, serve

FILES = ("publish/site/figure_host.js", "dnn_utils/widgets/draw.js", "dnn_utils/widgets/draw.css")
EMPTY = '<!doctype html><html lang="en"><title>Figures</title><link rel="icon" href="data:,">'

# Draw one entry in several figures; return for each whether it can be disposed of.
DRAW = """async ({ html, entry }) => {
  const { drawFigure } = await import("./figure_host.js");
  document.body.innerHTML = html;
  window.before = document.body.innerHTML;
  window.disposals = [];
  for (const figure of document.querySelectorAll("figure")) {
    disposals.push(await drawFigure(figure, entry));
  }
  return disposals.map((dispose) => typeof dispose === "function" || dispose);
}"""

# Count from now on what changes in a drawing, although it may be there no more.
WATCH = """(drawing) => {
  window.changes = 0;
  const everything = { attributes: true, characterData: true, childList: true, subtree: true };
  new MutationObserver((records) => { changes += records.length; }).observe(drawing, everything);
}"""
SWITCH_THEME = """async () => {
  document.documentElement.dataset.theme = "other";
  await new Promise(requestAnimationFrame);
}"""

each_figure = pytest.mark.parametrize("name", SOURCES)


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """Serve an empty page, and beside it what draws the figures."""
    site = tmp_path_factory.mktemp("site")
    for name in FILES:
        shutil.copy(ROOT / name, site)
    (site / "index.html").write_text(EMPTY)
    with serve(site) as address:
        yield address


@pytest.fixture
def visitor(browser, address):
    visitor = Visitor(browser, address)
    visitor.page.goto(address)
    yield visitor
    visitor.page.context.close()


@pytest.fixture
def page(visitor):
    yield visitor.page
    assert visitor.faults == {}


def on_page(name):
    return PageFigure(recording(name))


def html_of(figure):
    return figure._repr_mimebundle_()["text/html"]


def entry_of(figure):
    """Return what is drawn, as JSON brings it to the page."""
    return json.loads(json.dumps(figure._repr_mimebundle_()[ENTRY], allow_nan=False))


def embedded(widget):
    """Return the same of a widget, as a page embeds it."""
    return dependency_state(widget, drop_defaults=False)[widget.model_id]


def draw(page, html, entry):
    """Draw the entry in all figures of this HTML; return the first of them."""
    assert set(page.evaluate(DRAW, {"html": html, "entry": entry})) == {True}
    return Figure(page, 0)


def look(figure):
    return figure.status(), figure.panels()


def tour(figure):
    """Move every control to its ends, or through its choices; return all that is seen."""
    seen = [look(figure)]
    for slider in figure.sliders:
        for key in ("Home", "End"):
            slider.press(key)
            seen.append(look(figure))
        assert seen[-1] != seen[-2]
    for choice in figure.choices:
        before = len(seen)
        for text in choice.locator("label span").all():
            text.click()
            seen.append(look(figure))
        assert len(set(seen[before:])) == len(seen) - before
    return seen


@each_figure
def test_it_is_drawn_and_moves_like_the_widget_of_a_notebook(page, name):
    html = html_of(on_page(name))
    seen = tour(draw(page, html, entry_of(on_page(name))))
    assert seen == tour(draw(page, html, embedded(NotebookFigure(recording(name)))))
    assert not page.locator(".dnn-live-fallback").is_visible()


@each_figure
def test_it_is_drawn_where_its_controls_were_set(page, name):
    figures = on_page(name), NotebookFigure(recording(name))
    for figure in figures:
        for control in recording(name).controls.values():
            setattr(figure, control.name, len(control.values) - 1)
    entries = entry_of(figures[0]), embedded(figures[1])
    seen = [look(draw(page, html_of(figures[0]), entry)) for entry in entries]
    assert seen[0] == seen[1]
    for slider in Figure(page, 0).sliders:
        assert slider.input_value() == slider.get_attribute("max")


@each_figure
def test_what_is_disposed_of_is_gone_and_moves_no_more(page, name):
    html = html_of(on_page(name))
    stays = draw(page, html * 2, entry_of(on_page(name)))
    goes = Figure(page, 1)
    goes.root.evaluate(WATCH)
    stays.sliders[0].press("End")
    assert stays.panels() == goes.panels()
    assert page.evaluate("changes") > 0
    page.evaluate("disposals[1](); changes = 0")
    stays.sliders[0].press("Home")
    page.evaluate(SWITCH_THEME)
    assert page.evaluate("changes") == 0
    assert page.locator(".dnn-live").count() == 1
    page.evaluate("disposals[0]()")
    assert page.evaluate("document.body.innerHTML === before")


@pytest.mark.parametrize(
    ("entry", "error"),
    [
        (None, "TypeError: entry must be { state, buffers }, got null"),
        ({"state": {}, "buffers": []}, "TypeError"),
    ],
    ids=["none", "empty"],
)
def test_what_cannot_be_drawn_says_so_and_can_be_read(visitor, entry, error):
    page, html = visitor.page, html_of(on_page("Shapes"))
    assert page.evaluate(DRAW, {"html": html, "entry": entry}) == [False]
    assert page.get_by_text(SENTENCE).is_visible()
    assert page.locator("table").is_visible()
    assert not page.locator(".dnn-live").count()
    (said,) = visitor.faults["console"]
    assert said.startswith(error)


@each_figure
def test_a_control_is_an_attribute_with_its_positions(name):
    figure = on_page(name)
    for control in recording(name).controls.values():
        assert getattr(figure, control.name) == control.start
        last = len(control.values) - 1
        setattr(figure, control.name, last)
        assert entry_of(figure)["state"][control.name] == last
        for bad in (last + 1, -1, "1", 1.0, None):
            said = f"{control.name} must be one of 0 ... {last}, got {bad!r}"
            with pytest.raises(ValueError, match=re.escape(said)):
                setattr(figure, control.name, bad)
        assert getattr(figure, control.name) == last


def test_each_has_a_name_and_positions_of_its_own():
    one, other = on_page("GradientFlow"), on_page("GradientFlow")
    one.step = 1
    assert other.step == 0
    assert entry_of(other)["state"]["step"] == 0
    names = [re.findall('data-live-figure="(.+?)"', html_of(each)) for each in (one, one, other)]
    assert names[0] == names[1] != names[2]
    assert all(len(name) == 1 for name in names)


def test_it_can_be_read_and_says_what_can_be_seen():
    figure = on_page("Learning")
    shown = figure._repr_mimebundle_(include=None, exclude=None)
    assert shown["text/plain"] == repr(figure) == repr(figure.recording)
    assert "<table>" in shown["text/html"]
    assert figure.recording is recording("Learning")


# All figures, as Python makes them that runs inside a page.
INSIDE_A_PAGE = f"""
import sys

class Missing:
    def find_spec(name, path=None, target=None):
        if name in ("anywidget", "traitlets", "ipywidgets", "IPython"):
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)


sys.platform = "emscripten"
sys.meta_path.insert(0, Missing)

import json

import dnn_utils
import numpy as np
from dnn_utils import widgets

figures = [{", ".join(SOURCES.values())}]
entries = [figure._repr_mimebundle_()["{ENTRY}"] for figure in figures]
print(json.dumps([[type(figure).__name__, repr(figure)] for figure in figures]))
print(json.dumps(entries, allow_nan=False))
"""


def test_python_inside_a_page_makes_all_figures_without_widgets():
    made = subprocess.check_output([sys.executable, "-c", INSIDE_A_PAGE], encoding="utf-8")
    names, entries = map(json.loads, made.splitlines())
    assert names == [[name, repr(recording(name))] for name in widgets.FIGURES]
    assert entries == [entry_of(on_page(name)) for name in widgets.FIGURES]

"""The live figures as widgets: controls are traits, and nothing of the machine gets out."""

import inspect
import re
import subprocess
import sys

import numpy as np
import pytest
import traitlets

import dnn_utils
from dnn_utils import DeepNeuralNetwork, datasets, widgets
from dnn_utils.widgets import live
from dnn_utils.widgets.recording import Recording

QUICK = {
    "OneNeuron": lambda: widgets.OneNeuron(
        dnn_utils.initialize_parameters_deep([3, 2, 1]), np.ones((3, 2))
    ),
    "FirstLayer": lambda: widgets.FirstLayer(iterations=[0, 1]),
    "GradientFlow": lambda: widgets.GradientFlow(steps=[0, 1]),
    "Learning": lambda: widgets.Learning(steps=[0, 1]),
    "LearningRates": lambda: widgets.LearningRates(steps=[0, 1]),
    "Symmetry": lambda: widgets.Symmetry(steps=[0, 1]),
}


@pytest.fixture(params=widgets.FIGURES)
def figure(request):
    return QUICK.get(request.param, lambda: getattr(widgets, request.param)())()


def test_every_widget_has_a_name_in_the_package():
    classes = inspect.getmembers(live, inspect.isclass)
    found = {name for name, kind in classes if issubclass(kind, live.LiveFigure)}
    assert found - {"LiveFigure"} == set(widgets.FIGURES)
    assert len(widgets.FIGURES) == 9
    for name in widgets.FIGURES:
        figure = getattr(widgets, name)
        assert figure.record.__name__.replace("_", "") == name.lower()
        assert re.fullmatch(rf"[A-Z].*[a-z]; see `{figure.record.__name__}`\.", figure.__doc__)
    with pytest.raises(AttributeError, match="no attribute 'Nothing'"):
        widgets.Nothing  # noqa: B018


def test_the_controls_are_traits_that_travel(figure):
    names = [control["name"] for control in figure._figure["controls"]]
    assert names
    for name in names:
        control = figure.recording.controls[name]
        assert getattr(figure, name) == control.start
        last = len(control.values) - 1
        setattr(figure, name, last)
        assert figure.get_state()[name] == last
        for bad in (last + 1, -1, "1"):
            with pytest.raises(traitlets.TraitError, match=name):
                setattr(figure, name, bad)
        assert getattr(figure, name) == last


def test_two_figures_have_positions_of_their_own():
    one, other = QUICK["GradientFlow"](), QUICK["GradientFlow"]()
    one.step = 1
    assert other.step == 0


def test_the_state_is_the_recording(figure):
    state = figure.get_state()
    assert isinstance(figure.recording, Recording)
    assert state["_figure"] == figure.recording.figure
    assert state["_data"] == figure.recording.data
    assert "render" in state["_esm"]
    assert ".dnn-live" in state["_css"]


def test_it_says_what_can_be_seen_and_no_address(figure):
    assert repr(figure) == repr(figure.recording)
    assert not re.search(r"0x[0-9a-f]{6}", repr(figure))


def test_it_says_the_same_in_every_process():
    code = "from dnn_utils import widgets; print(widgets.GradientFlow(steps=[0, 1]))"
    said = {subprocess.check_output([sys.executable, "-c", code]) for _ in range(2)}
    assert said == {f"{QUICK['GradientFlow']()}\n".encode()}


def test_it_can_be_read_where_it_cannot_be_moved(figure):
    data, _ = figure._repr_mimebundle_()
    assert data["text/plain"] == repr(figure)
    assert f'data-live-figure="{figure.model_id}"' in data["text/html"]
    assert "<table>" in data["text/html"]
    assert data["application/vnd.jupyter.widget-view+json"]["model_id"] == figure.model_id


def test_it_takes_a_trained_network_and_leaves_it_alone():
    X, Y = datasets.make_circle(40)
    network = DeepNeuralNetwork([2, 3, 1]).fit(X, Y, 10, 0.5)
    before = {key: value.copy() for key, value in network.parameters.items()}
    figure = widgets.Learning(network, X, Y, steps=[0, 2])
    assert figure.recording["cost"].shape == (2,)
    for key, value in before.items():
        np.testing.assert_array_equal(network.parameters[key], value)


def test_what_is_wrong_is_said_before_a_widget_is_made():
    with pytest.raises(ValueError, match="at least one whole number, ascending, got"):
        widgets.Learning(steps=[])
    with pytest.raises(ValueError, match="at most 100000 fit"):
        widgets.Learning(steps=range(300))

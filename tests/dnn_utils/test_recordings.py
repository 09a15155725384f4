"""A recording holds the library's own numbers, and what travels to the page is those numbers."""

import functools
import inspect
import json
import math
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

import dnn_utils
from dnn_utils import DeepNeuralNetwork, datasets
from dnn_utils.own import put_in_place
from dnn_utils.widgets import (
    WITH_FUNCTIONS,
    activations,
    backward,
    cats,
    cost,
    forward,
    initialization,
    network,
    outline,
    panels,
    training,
    update,
)
from dnn_utils.widgets.recording import LIMIT, Colours, Control, Drawn, Exact, Recording
from testCases import FUNCTIONS
from tests.dnn_utils import oracle
from tests.dnn_utils.networks import networks, random_problem
from tests.dnn_utils.recordings import decode, step_of
from tests.dnn_utils.training import train_step_by_step
from tests.dnn_utils.values import bits

X4, _, PARAMETERS4 = random_problem([3, 4, 2, 1], m=5, seed=0)
FIGURES = {
    "Shapes": outline.shapes,
    "Symmetry": initialization.symmetry,
    "OneNeuron": lambda: forward.one_neuron(PARAMETERS4, X4),
    "ActivationFunctions": activations.activation_functions,
    "CrossEntropy": cost.cross_entropy,
    "GradientFlow": backward.gradient_flow,
    "LearningRates": update.learning_rates,
    "Learning": network.learning,
    "FirstLayer": cats.first_layer,
}


@pytest.fixture(scope="module")
def recordings():
    return {name: record() for name, record in FIGURES.items()}


@pytest.fixture(params=FIGURES)
def recording(request, recordings):
    return recordings[request.param]


def test_figures_with_functions_call_one_that_the_reader_writes():
    called = set()

    def noting(name, function):
        @functools.wraps(function)
        def note(*given, **named):
            called.add(name)
            return function(*given, **named)

        return note

    ours = {name: getattr(dnn_utils, name) for name in FUNCTIONS}
    put_in_place({name: noting(name, function) for name, function in ours.items()}, [])
    try:
        calling = {}
        for name, record in FIGURES.items():
            called.clear()
            record()
            calling[name] = set(called)
    finally:
        put_in_place(ours, [])
    assert "L_model_backward" not in calling.pop("FirstLayer")  # `fit` trains it, a faster way
    assert tuple(name for name in calling if calling[name]) == WITH_FUNCTIONS, calling


def small(arrays, controls=(), panels=(), status="", **more):
    """Return a recording of hardly anything."""
    words = {"title": "T", "caption": "C", "alt": "A", "table": [["head"], ["1"]]} | more
    return Recording(controls=controls, arrays=arrays, panels=list(panels), status=status, **words)


def parameters_at(run, where, names):
    return {name: run[name][where] for name in names}


# What travels to the page


@given(npst.arrays(float, npst.array_shapes(max_dims=3, max_side=5), elements=st.floats(-1e6, 1e6)))
def test_drawn_numbers_come_back_within_half_a_step(values):
    axes = " ".join("abc"[: values.ndim])
    drawn = Drawn(axes, values)
    made = small({"values": drawn})
    back = decode(made)["values"]
    assert back.shape == values.shape
    assert np.abs(back - values).max() <= step_of(made, "values") / 2 * (1 + 1e-9)
    assert (np.sign(back) * np.sign(values) >= 0).all()
    assert made["values"] is drawn.values


@given(npst.arrays(float, npst.array_shapes(max_dims=3, max_side=5), elements=st.floats()))
def test_what_is_not_finite_is_a_gap_when_drawn_and_kept_when_read(values):
    axes = " ".join("abc"[: values.ndim])
    made = small({"drawn": Drawn(axes, np.clip(values, -1e6, 1e6)), "exact": Exact(axes, values)})
    back = decode(made)
    np.testing.assert_array_equal(np.isnan(back["drawn"]), np.isnan(values))
    np.testing.assert_array_equal(back["exact"], values)


def test_infinity_is_a_gap_when_drawn():
    made = small({"a": Drawn("k", [1.0, np.inf, -np.inf, np.nan])})
    np.testing.assert_array_equal(decode(made)["a"], [1, *[np.nan] * 3])


def test_a_shared_limit_is_a_shared_scale():
    one, other = Drawn("k", [1.0], limit=4), Drawn("k", [4.0], limit=4)
    assert (one.stored, other.stored) == (32, 127)


def test_zeros_have_a_scale():
    assert decode(small({"a": Drawn("k", [0.0])}))["a"] == 0


def test_colours_come_back_as_they_are():
    pictures = np.arange(2 * 3 * 3, dtype=np.uint8).reshape(2, 3, 1, 3)
    made = small({"p": Colours("picture row column colour", pictures), "x": Exact("k", [1.5])})
    back = decode(made)
    np.testing.assert_array_equal(back["p"], pictures)
    np.testing.assert_array_equal(back["x"], [1.5])


def test_every_figure_decodes_to_its_own_numbers(recording):
    # through JSON and back, as on a page
    figure = json.loads(json.dumps(recording.figure, allow_nan=False))
    back = decode(recording, figure)
    assert back.keys() == set(recording)
    for name, values in back.items():
        header = figure["arrays"][name]
        drawn = header["type"] == "int8"
        tolerance = step_of(recording, name) / 2 * (1 + 1e-9) if drawn else 0
        np.testing.assert_allclose(values, recording[name], rtol=0, atol=tolerance, err_msg=name)


def test_every_figure_is_small(recording):
    assert len(recording.data) <= LIMIT
    assert len(json.dumps(recording.figure)) < 10_000


def test_every_figure_says_the_same_on_every_run(recordings):
    assert {name: repr(record()) for name, record in FIGURES.items() if name != "FirstLayer"} == {
        name: repr(made) for name, made in recordings.items() if name != "FirstLayer"
    }
    for made in recordings.values():
        assert "0x" not in repr(made)


def test_every_panel_draws_an_array_that_is_there(recording):
    def names(part):
        if isinstance(part, dict):
            keys = ("array", "x", "y", "labels", "field", "values", "weights", "gradient", "right")
            for key, value in part.items():
                if key in keys and isinstance(value, str):
                    yield value
                else:
                    yield from names(value)
        elif isinstance(part, list | tuple):
            for inner in part:
                yield from names(inner)

    found = {name for panel in recording.figure["panels"] for name in names(panel)}
    assert found <= set(recording)
    assert found or recording.title == "Shapes"


def test_every_control_is_the_axis_of_an_array_or_named_in_a_panel(recording):
    axes = {axis for array in recording.arrays.values() for axis in array.axes}
    panels = json.dumps(recording.figure["panels"])
    for name in recording.controls:
        assert name in axes or f'"{name}"' in panels


def test_every_caption_asks_a_question(recording):
    assert "predict" in recording.caption.lower()
    assert "?" in recording.caption


# What draw.js knows

SCRIPT = (Path(training.__file__).parent / "draw.js").read_text(encoding="utf-8")


def drawing(kind):
    """Return what ``draw.js`` does with a kind of panel."""
    functions = SCRIPT.split("const PANELS = {")[1].split("\n};\n")[0]
    return re.search(rf"^  {kind}\(panel.*?^  }},$", functions, re.DOTALL | re.MULTILINE)[0]


def keys_read(name, source):
    """Return the keys of an object that a piece of JavaScript reads."""
    keys = set(re.findall(rf"\b{name}\??\.(\w+)", source))
    for inner in re.findall(rf"\{{([^}}]*)\}} = {name}\b(?!\.)", source):
        keys.update(re.findall(r"(\w+)(?: = \w+)?(?:,|\s*$)", inner))
    return keys


def test_every_kind_that_the_script_draws_has_its_function():
    functions = SCRIPT.split("const PANELS = {")[1].split("\n};\n")[0]
    kinds = re.findall(r"^  (\w+)\(panel", functions, re.MULTILINE)
    assert sorted(kinds) == sorted(kind.__name__ for kind in panels.KINDS)


@pytest.mark.parametrize("kind", panels.KINDS, ids=lambda kind: kind.__name__)
def test_a_panel_has_the_keys_that_the_script_reads_and_no_others(kind):
    source = drawing(kind.__name__)
    for part in ("axesOf", "curve"):
        if f"{part}(panel" in source:
            source += re.search(rf"^function {part}\(.*?^}}", SCRIPT, re.DOTALL | re.MULTILINE)[0]
    read = keys_read("panel", source) | {"kind", "title", "note", "place"}  # the last: all panels
    every = {name: f"<{name}>" for name in inspect.signature(kind).parameters}
    every |= {name: (name, [1]) for name in ("since", "select") if name in every}
    made = kind(**every)
    assert set(made) - {"since"} == read - {"since"}
    assert ("since" in made) == (kind is panels.blocks)  # read by the grid around it
    with pytest.raises(TypeError, match="unexpected keyword argument 'colour'"):
        kind(**every, colour="red")


@pytest.mark.parametrize(
    ("make", "name", "function"),
    [(panels.line, "line", "curve"), (panels.layer, "layer", "unit")],
    ids=["line", "layer"],
)
def test_a_part_of_a_panel_has_the_keys_that_the_script_reads(make, name, function):
    source = re.search(rf"^function {function}\(.*?^}}", SCRIPT, re.DOTALL | re.MULTILINE)[0]
    source += drawing("network") if name == "layer" else ""
    every = {key: f"<{key}>" for key in inspect.signature(make).parameters}
    assert set(make(**every)) == keys_read(name, source) | ({"label"} if name == "layer" else set())


# What a recording refuses


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: Drawn("a b", [1.0]), r"axes \['a', 'b'\] must have 2 axes.*shape \(1,\)"),
        (lambda: Exact("a", []), r"must have one axis and not be empty, got shape \(0,\)"),
        (lambda: Exact("a", ["x"]), "must hold numbers only"),
        (lambda: Drawn("a", [2.0], limit=1), "at least 2, got 1"),
        (lambda: Drawn("a", [2.0], limit=np.inf), "finite and at least 2, got inf"),
        (lambda: Colours("a b", [[1.5, 2, 3]]), r"must be uint8.*got float64 of shape \(1, 3\)"),
        (lambda: Control("step", "Step", []), "'step' has no positions"),
        (lambda: Control("step", "Step", "12", kind="knob"), '"slider" or "choice", got \'knob\''),
        (lambda: Control("step", "Step", "12", start=2), "one of 0 ... 1, got 2"),
        (
            lambda: small({"a": Drawn("step", [1.0])}, [Control("step", "Step", "12")]),
            "'a' has 1 entries along 'step', but that control has 2 positions",
        ),
        (lambda: small({}, status="{cost:3}"), "neither a control.*nor an array"),
        (lambda: small({"a": Exact("i j", [[1.0]])}, status="{a}"), "leaves the axes"),
        (
            lambda: small({}, panels=[panels.text("T", [["{lost}"]])]),
            "{lost} names neither",
        ),
        (
            lambda: small({"b": Exact("k", [1.0]), "a": Drawn("k", np.ones(LIMIT))}),
            r"holds 100008 bytes, at most 100000 fit; the largest array is 'a' with shape",
        ),
    ],
)
def test_what_cannot_be_shown_is_refused(make, said):
    with pytest.raises(ValueError, match=said):
        make()


def test_a_recording_is_a_mapping():
    made = small({"a": Exact("k", [1.0]), "b": Drawn("i j", [[2.0]])})
    assert list(made) == ["a", "b"]
    assert len(made) == 2
    assert made["b"] == [[2.0]]
    assert made.arrays["b"].axes == ["i", "j"]
    assert repr(made) == "T: A"


def test_the_figure_to_read_is_html_and_never_markup():
    made = small({}, title="T", caption="<c>", alt="<a>", table=[["<h>"], ["<&>"]])
    html = made.fallback(' id="x"')
    assert '<figure class="dnn-live-figure" id="x">' in html
    for text in ("&lt;a&gt;", "&lt;c&gt;", "&lt;h&gt;", "&lt;&amp;&gt;"):
        assert text in html


def test_every_figure_to_read_has_its_table(recording):
    head, *rows = recording.table
    assert rows
    assert all(head)
    assert all(len(row) == len(head) for row in rows)
    html = recording.fallback()
    assert html.count("<tr>") == len(recording.table)
    assert html.count("</table>") == html.count("</figcaption>") == 1


# What a training records


def test_a_training_is_that_of_the_steps():
    X, Y, parameters = random_problem([3, 4, 2, 1], m=6, seed=1)
    before = bits([X, Y, parameters])
    run = training.record_training(parameters, X, Y, [0, 1, 7], 0.3)
    assert bits([X, Y, parameters]) == before
    after, costs = train_step_by_step(X, Y, parameters, 7, 0.3)
    np.testing.assert_allclose(run["cost"][:2], costs[:2], rtol=1e-12)
    for key, value in after.items():
        np.testing.assert_allclose(run[key][2], value, rtol=1e-12)
        np.testing.assert_array_equal(run[key][0], parameters[key])


@given(networks())
def test_a_snapshot_holds_the_gradients_of_the_oracle(drawn):
    X, Y, parameters = drawn
    seen = training.snapshot(parameters, X, Y)
    wanted = oracle.gradients(*oracle.unpack(X, Y, parameters))
    for key, value in wanted.items():
        np.testing.assert_allclose(seen[key], value, rtol=1e-6, atol=1e-9, err_msg=key)
    L = len(parameters) // 2
    for j in range(X.shape[1]):
        z, a = oracle.forward_one(X[:, j].tolist(), *oracle.unpack(X, Y, parameters)[2:])
        for l in range(1, L + 1):
            np.testing.assert_allclose(seen[f"Z{l}"][:, j], z[l], rtol=1e-9, atol=1e-12)
            np.testing.assert_allclose(seen[f"A{l}"][:, j], a[l], rtol=1e-9, atol=1e-12)
        np.testing.assert_allclose(seen[f"dZ{L}"][0, j], a[L][0] - Y[0, j], rtol=1e-6, atol=1e-9)
    for l in range(1, L):
        np.testing.assert_array_equal(seen[f"dZ{l}"], seen[f"dA{l}"] * (seen[f"Z{l}"] > 0))
    assert seen["right"] == np.mean((seen[f"A{L}"] > 0.5) == Y)


@given(st.integers(0, 5000), st.integers(2, 60))
def test_steps_ascend_from_the_first_to_the_last(last, count):
    steps = training.spaced_steps(last, count)
    assert steps[0] == 0
    assert steps[-1] == last
    assert steps == sorted(set(steps))
    assert len(steps) <= count


@given(st.integers(1, 500), st.integers(2, 9))
def test_places_are_few_and_reach_the_ends(count, most):
    found = panels.places(count, most)
    assert found[0] == 0
    assert found[-1] == count - 1
    assert len(found) <= most


@pytest.mark.parametrize("steps", [[], [3, 1], [1, 1], [-1, 2]])
@pytest.mark.parametrize("record", [network.learning, backward.gradient_flow])
def test_steps_that_do_not_ascend_are_refused(record, steps):
    with pytest.raises(ValueError, match="at least one whole number, ascending, got"):
        record(steps=steps)


@pytest.mark.parametrize("iterations", [[], [3, 1], [-1]])
def test_iterations_that_do_not_ascend_are_refused(iterations):
    with pytest.raises(ValueError, match="at least one whole number, ascending, got"):
        cats.first_layer(iterations=iterations)


# What each figure shows


def test_shapes_are_those_of_a_real_network():
    sides, random = outline.sides(), np.random.RandomState(0)
    for _ in range(20):
        sizes = {name: int(random.randint(1, 10)) for name in ("n0", "n1", "n2", "m")} | {"1": 1}
        X, Y, parameters = random_problem(
            [sizes[side] for side in ("n0", "n1", "n2", "1")], sizes["m"], seed=0
        )
        real = training.snapshot(parameters, X, Y) | {"A0": X, "Y": Y}
        for name, (rows, columns) in sides.items():
            assert (sizes[rows], sizes[columns]) == real[name].shape, name


def test_shapes_follow_every_array_along_the_pipeline():
    figure = outline.shapes([2, 3, 4, 1], m=5)
    (panel,) = figure.figure["panels"]
    shown = {term for terms in panel["equations"] for term in terms}
    assert set(panel["arrays"]) - {"Y"} <= shown
    assert len(panel["equations"]) == len(figure.controls["stage"].values)
    positions = {
        name: int(control.values[control.start])
        for name, control in figure.controls.items()
        if name != "stage"
    }
    assert positions == {"m": 5, "n0": 2, "n1": 3, "n2": 4}
    W, b, Z = "(4, 3)", "(4, 1)", "(4, 5)"
    assert figure.table[2] == ["2", W, b, Z, Z, Z, W, b, Z]


@pytest.mark.parametrize("layer_dims", [(5, 4, 1), (5, 4, 3, 2), (0, 4, 3, 1), (5, 10, 3, 1)])
def test_shapes_refuse_sizes_without_a_slider(layer_dims):
    with pytest.raises(ValueError, match="layer_dims must be 4 sizes from 1 to 9, the last one 1"):
        outline.shapes(layer_dims)


def test_symmetry_keeps_copies(recordings):
    made = recordings["Symmetry"]
    assert made.controls["start"].values == ["zero", "all equal", "× 0.01", "He"]
    assert made["different"][0].tolist() == made["different"][1].tolist() == [1] * 28
    assert set(made["different"][2]) == set(made["different"][3]) == {4}
    zero, equal, classic, _ = made["W1"]
    assert not zero.any()
    assert np.ptp(equal, axis=1).max() < 1e-12
    assert np.ptp(equal[:, 0, 0]) > 0.1  # they do move
    np.testing.assert_array_equal(classic[0], dnn_utils.initialize_parameters_deep([2, 4, 1])["W1"])


def test_one_neuron_adds_up(recordings):
    made = recordings["OneNeuron"]
    sums = np.nansum(made["product"], axis=2) + made["b"]
    np.testing.assert_allclose(sums, made["z"], rtol=1e-12)
    *hidden, _ = range(made["z"].shape[1])
    np.testing.assert_array_equal(made["a"][:, hidden], np.maximum(0, made["z"][:, hidden]))
    np.testing.assert_allclose(made["a"][:, -1], 1 / (1 + np.exp(-made["z"][:, -1])), rtol=1e-12)
    AL, _ = dnn_utils.L_model_forward(X4[:, :4], PARAMETERS4)
    np.testing.assert_allclose(made["a"][:, -1], AL[0], rtol=1e-12)
    np.testing.assert_array_equal(made["weight"][0, 4], [*PARAMETERS4["W2"][0]])
    np.testing.assert_array_equal(made["weight"][0, 6], [*PARAMETERS4["W3"][0], np.nan, np.nan])
    assert made.controls["unit"].values[4] == "layer 2, unit 1"


def test_activations_are_those_of_the_formulas(recordings):
    made = recordings["ActivationFunctions"]
    for i, z in enumerate(made["z"].tolist()):
        s = 1 / (1 + math.exp(-z))
        assert made["sigmoid"][i] == pytest.approx(s, rel=1e-12)
        assert made["sigmoid_slope"][i] == pytest.approx(s * (1 - s), rel=1e-9)
        assert made["relu"][i] == max(0, z)
        assert made["relu_slope"][i] == (z > 0)
        run = made["tangent_z"][i, 1] - made["tangent_z"][i, 0]
        rise = made["sigmoid_tangent"][i, 1] - made["sigmoid_tangent"][i, 0]
        assert rise / run == pytest.approx(s * (1 - s), abs=1e-12)
    far = made["far"]
    np.testing.assert_array_equal(np.isnan(made["other"]), far > 709.7)
    assert np.isfinite(made["stable"]).all()


def test_cross_entropy_is_a_logarithm_and_its_ends_are_not_numbers(recordings):
    made = recordings["CrossEntropy"]
    for i, a in list(enumerate(made["a"].tolist()))[1:-1]:
        assert made["loss"][0, i] == pytest.approx(-math.log(a), rel=1e-12)
        assert made["loss"][1, i] == pytest.approx(-math.log(1 - a), rel=1e-9)
        mean = (-math.log(a) - math.log(0.9) - math.log(0.6)) / 3
        assert made["cost"][0, i] == pytest.approx(mean, rel=1e-9)
    assert made["loss"][0, 0] == made["loss"][1, -1] == np.inf
    assert np.isnan([made["loss"][0, -1], made["loss"][1, 0], made["cost"][0, -1]]).all()


def test_gradient_flow_is_the_slope_of_the_cost(recordings):
    X, Y = datasets.make_moons(60, noise=0.2)
    made = recordings["GradientFlow"]
    parameters = training.initial_parameters([2, 6, 6, 6, 1], "he")
    for key, at in (("W1", (2, 1)), ("W2", (0, 3)), ("W4", (0, 5))):
        sides = []
        for change in (1e-6, -1e-6):
            moved = parameters | {key: parameters[key].copy()}
            moved[key][at] += change
            sides.append(dnn_utils.compute_cost(dnn_utils.L_model_forward(X, moved)[0], Y))
        slope = (sides[0] - sides[1]) / 2e-6
        assert made["d" + key][1, 0][at] == pytest.approx(slope, abs=1e-8)
    norms = np.linalg.norm(made["dW1"], axis=(2, 3))
    np.testing.assert_allclose(made["norm"][..., 0], np.log10(norms), rtol=1e-12)
    np.testing.assert_allclose(made["first"], norms, rtol=1e-12)


def test_gradients_vanish_with_the_small_start_only(recordings):
    small_start, he = recordings["GradientFlow"]["first"]
    assert small_start.max() < 1e-5
    assert he[0] > 1e-2


def test_learning_rates_are_trainings_of_the_chapter(recordings):
    made = recordings["LearningRates"]
    X, Y = datasets.make_circle(200)
    start = dnn_utils.initialize_parameters_deep([2, 8, 1])
    for k, rate in enumerate((0.1, 0.5, 2)):
        after, _ = train_step_by_step(X, Y, start, 1000, rate)
        AL, _ = dnn_utils.L_model_forward(X, after)
        assert made["cost"][k, -1] == pytest.approx(dnn_utils.compute_cost(AL, Y), rel=1e-9)
        assert made["percent"][k, -1] == pytest.approx(100 * np.mean((AL > 0.5) == Y))
    assert made["cost"][3, -1] > 2 * made["cost"][3, 0]


@pytest.mark.parametrize("count", [0, 5])
def test_learning_rates_are_one_to_four(count):
    with pytest.raises(ValueError, match="rates must be 1 to 4 learning rates"):
        update.learning_rates(range(1, count + 1))


def test_the_border_is_the_prediction_at_its_place(recordings):
    made = recordings["Learning"]
    X, Y = datasets.make_moons(100, noise=0.2)
    steps = [int(text) for text in made.controls["step"].values]
    parameters, _ = train_step_by_step(
        X, Y, training.initial_parameters([2, 5, 3, 1], "he", 3), steps[20], 0.5
    )
    left, right, bottom, top = made.figure["panels"][0]["extent"]
    assert left < X[0].min() < X[0].max() < right
    assert bottom < X[1].min() < X[1].max() < top
    row, column = 20, 5  # the lowest row comes first
    point = [
        [left + (column + 0.5) / network.GRID * (right - left)],
        [bottom + (row + 0.5) / network.GRID * (top - bottom)],
    ]
    AL, _ = dnn_utils.L_model_forward(np.array(point), parameters)
    assert made["border"][20, row, column] == pytest.approx(AL.item() - 0.5, rel=1e-9)
    dA2 = training.snapshot(parameters, X, Y)["dA2"]
    np.testing.assert_allclose(made["gradient2"][20], np.sqrt(np.mean(dA2**2, axis=1)), rtol=1e-9)
    _, caches = dnn_utils.L_model_forward(panels.plane([left, right, bottom, top], 12), parameters)
    np.testing.assert_allclose(made["field1"][20].reshape(5, -1), caches[1][0][0], atol=1e-12)


def test_the_first_layer_is_that_of_a_trained_network():
    pictures = datasets.load_cats()
    made = cats.first_layer(iterations=[0, 3])
    test = pictures.families == "Twitter"
    X, mean = datasets.to_inputs(pictures.images[~test])
    Y = pictures.labels[np.newaxis, ~test]
    net = DeepNeuralNetwork([12288, 20, 7, 5, 1])
    first = net.parameters["W1"]
    net.fit(X, Y, 3, 0.0075)
    assert made["trained"][1] == pytest.approx(100 * net.score(X, Y))
    shown = cats._choose_pictures(pictures, test)
    assert pictures.labels[shown].tolist() == [1] * 5 + [0] * 5
    X_shown, _ = datasets.to_inputs(pictures.images[shown], mean)
    p = net.predict_proba(X_shown)[0]
    np.testing.assert_allclose(made["probability"][1], p, rtol=1e-9)
    np.testing.assert_array_equal(made["right"][1], (p > 0.5) == [1] * 5 + [0] * 5)
    assert (made["looks_at"][0] == 128).all()  # nothing learnt yet: grey
    change = (net.parameters["W1"] - first)[:6].reshape(6, 64, 64, 3)
    corner = change[:, :4, 8:12].mean(axis=(1, 2))
    largest = np.abs(change.reshape(6, 16, 4, 16, 4, 3).mean(axis=(2, 4))).max()
    np.testing.assert_allclose(made["looks_at"][1, :, 0, 2], 127.5 * (1 - corner / largest), atol=1)
    assert made["cost"][0] == pytest.approx(net.cost_history[0], rel=1e-9)


def test_the_figure_of_the_first_layer_refuses_what_does_not_fit():
    with pytest.raises(ValueError, match="must take 12288 numbers, not 5"):
        cats.first_layer(DeepNeuralNetwork([5, 1]))
    with pytest.raises(ValueError, match=r"one of several families .*'Twitter'.*got 'Nobody'"):
        cats.first_layer(test_family="Nobody")


# The reader's own network


OWN = {
    "learning": lambda net, X, Y: network.learning(net, X, Y, steps=[0, 1, 5]),
    "gradient_flow": lambda net, X, Y: backward.gradient_flow(net, X, Y, steps=[0, 1, 5]),
    "learning_rates": lambda net, X, Y: update.learning_rates([0.1], net, X, Y, steps=[0, 5]),
    "one_neuron": lambda net, X, Y: forward.one_neuron(net, X),
}


@pytest.mark.parametrize("layer_dims", [[2, 1], [2, 4, 1], [2, 3, 3, 3, 3, 1]])
@pytest.mark.parametrize("record", OWN.values(), ids=OWN)
def test_a_network_of_the_reader_is_shown_and_left_alone(record, layer_dims):
    X, Y = datasets.make_circle(50)
    net = DeepNeuralNetwork(layer_dims).fit(X, Y, 20, 0.5)
    before = bits([net.parameters, net.cost_history, X, Y])
    made = record(net, X, Y)
    assert bits([net.parameters, net.cost_history, X, Y]) == before
    if "cost" in made:
        AL, _ = dnn_utils.L_model_forward(X, net.parameters)
        wanted = dnn_utils.compute_cost(AL, Y)
        assert made["cost"].ravel()[0] == pytest.approx(wanted, rel=1e-12)
    assert bits(dict(record(dict(net.parameters), X, Y))) == bits(dict(made))


def test_several_networks_are_compared():
    X, Y = datasets.make_circle(50)
    nets = {"one": DeepNeuralNetwork([2, 3, 1]), "two": DeepNeuralNetwork([2, 3, 1], seed=2)}
    made = backward.gradient_flow(nets, X, Y, steps=[0])
    assert made.controls["start"].values == ["one", "two"]
    with pytest.raises(ValueError, match=r"must have the same layers.*'two'"):
        backward.gradient_flow(nets | {"two": DeepNeuralNetwork([2, 4, 1])}, X, Y)


X50, Y50 = datasets.make_circle(50)
NET = DeepNeuralNetwork([2, 3, 1])


@pytest.mark.parametrize("record", OWN.values(), ids=OWN)
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((NET, X50.T, Y50), r"X has shape \(50, 2\), expected \(2, m\)"),
        (
            (NET, np.full((2, 3), np.nan), Y50[:, :3]),
            r"X holds 6 number\(s\) that are not finite; the first is X\[0, 0\] = nan",
        ),
        ((NET, [["a"], ["b"]], Y50[:, :1]), "X must hold numbers only"),
        ((3, X50, Y50), "network must be a DeepNeuralNetwork or a dict of its parameters, got 3"),
        (({"W1": 1}, X50, Y50), r"network must have the keys W1, b1, .*; got \['W1'\]"),
    ],
    ids=["rows", "NaN", "text", "number", "half"],
)
def test_bad_input_is_named(record, arguments, said):
    with pytest.raises(ValueError, match=said):
        record(*arguments)


@pytest.mark.parametrize("name", ["learning", "gradient_flow", "learning_rates"])
@pytest.mark.parametrize(
    ("Y", "said"),
    [
        (None, r"Y has shape \(\), expected \(1, 50\)"),
        (Y50[:, :3], r"Y has shape \(1, 3\), expected \(1, 50\)"),
        (Y50.T, r"Y has shape \(50, 1\), expected \(1, 50\)"),
        (2 * Y50, r"Y holds \d+ label\(s\) that are neither 0 nor 1: 2"),
    ],
    ids=["no", "few", "column", "2"],
)
def test_bad_labels_are_named(name, Y, said):
    with pytest.raises(ValueError, match=said):
        OWN[name](NET, X50, Y)


@pytest.mark.parametrize("name", ["learning", "learning_rates"])
def test_a_network_that_does_not_take_points_is_refused(name):
    with pytest.raises(ValueError, match="points of the plane, two numbers each"):
        OWN[name](DeepNeuralNetwork([3, 1]), np.ones((3, 2)), [[0, 1]])


def test_too_much_to_show_is_refused_with_what_to_do():
    with pytest.raises(ValueError, match=r"at most 100000 fit; .* record fewer steps"):
        network.learning(steps=range(200))


def test_a_training_that_runs_away_is_recorded_as_gaps():
    made = network.learning(
        DeepNeuralNetwork([2, 5, 1]), X50, Y50, steps=[0, 1, 5, 300], learning_rate=1e300
    )
    assert not np.isfinite(made["cost"][-1])
    back = decode(made, json.loads(json.dumps(made.figure, allow_nan=False)))
    assert not np.isfinite(back["cost"][-1])
    assert np.isnan(back["W1"][-1]).any()
    flow = backward.gradient_flow(NET, X50, Y50, steps=[0, 3], learning_rate=1e300)
    json.dumps(flow.figure, allow_nan=False)


# Rules


def test_recordings_need_numpy_alone():
    code = (
        "import sys\n"
        "for name in ('anywidget', 'ipywidgets', 'traitlets', 'IPython', 'matplotlib'):\n"
        "    sys.modules[name] = None\n"
        "from dnn_utils import widgets\n"
        "from dnn_utils.widgets import backward, network, outline\n"
        "print(backward.gradient_flow(steps=[0, 1]), network.learning(steps=[0]))\n"
        "try:\n"
        "    widgets.Learning\n"
        "except ImportError as error:\n"
        "    print(error)\n"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "Gradients flow back" in run.stdout
    assert run.stdout.endswith("widgets.Learning needs anywidget: pip install anywidget\n")


def test_the_script_does_no_mathematics():
    source = (Path(training.__file__).parent / "draw.js").read_text(encoding="utf-8")
    used = set(re.findall(r"Math\.(\w+)", source))
    assert used <= {"min", "max", "floor", "abs", "sqrt"}  # placing, and the side of a square
    assert "**" not in source


@given(st.integers(1, 300), st.integers(0, 5))
def test_moons_and_circle_are_labelled_points(m, seed):
    for X, Y in (datasets.make_moons(m, seed=seed), datasets.make_circle(m, seed)):
        assert X.shape == (2, m)
        assert Y.shape == (1, m)
        assert np.isin(Y, (0, 1)).all()
    X, Y = datasets.make_moons(m, noise=0, seed=seed)
    np.testing.assert_allclose(
        np.hypot(X[0] + np.where(Y, 0.5, -0.5), X[1] + np.where(Y, 0.25, -0.25)), np.ones((1, m))
    )

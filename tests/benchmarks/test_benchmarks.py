"""The benchmark measures what it says, and the stored result is whole and was true."""

import json
import re
import time
from functools import partial
from pathlib import Path
from statistics import median

import nbformat
import numpy as np
import pytest

from benchmarks import chapters as benchmark_chapters
from benchmarks import measure, scaling, table
from benchmarks.contenders import (
    IDEAS,
    CourseStyle,
    Direct,
    Floor,
    FloorByExample,
    GramFloor,
    Problem,
    StepByStep,
    ThroughGram,
    fit_loop,
)
from benchmarks.site import live_figures, page_python
from conftest import wheel
from dnn_utils.widgets import FIGURES
from upkeep.notebooks import chapters, read_notebook

CONTENDERS = {
    "course's style": CourseStyle,
    "step by step": StepByStep,
    "fit": ThroughGram,
    "fit without Gram": Direct,
}
FLOORS = {"floor": Floor, "floor by example": FloorByExample}

# A figure whose redraw takes 5 ms.
SLOW_FIGURE = """<!doctype html><div class="dnn-live">
<label for="slider">Slider</label> <input id="slider" type="range" max="9"> <p></p></div>
<script type="module">
const write = () => { document.querySelector("p").textContent = performance.now(); };
document.querySelector("input").addEventListener("input", () => {
  const end = performance.now() + 5;
  while (performance.now() < end);
  write();
});
</script>"""

# A cell that shows its output 50 ms after it says that it runs.
SLOW_CELL = """<!doctype html><div id="one"><button class="live-run">Run</button>
<button class="live-stop" hidden>Stop</button><span role="status"></span>
<div class="live-outputs"></div></div>
<script type="module">
const [run, stop, status, outputs] = document.querySelectorAll("button, span, div > div");
run.addEventListener("click", () => {
  stop.hidden = false;
  setTimeout(() => {
    outputs.textContent = "Z = 1";
    status.textContent = "Done.";
    stop.hidden = true;
  }, 50);
});
</script>"""

# Loads two files, one of them from a worker, which also asks another site.
LOADS = """<!doctype html><script>
new Worker("worker.js").onmessage = () => { document.title = "loaded"; };
</script>"""
WORKER = """fetch("data.txt").then((answer) => answer.text())
  .then(() => fetch("http://elsewhere.invalid/")).catch(() => postMessage("done"));"""


@pytest.fixture
def small():
    return Problem([60, 6, 4, 1], 12)


def test_everyone_does_the_same(small):
    everyone = CONTENDERS | IDEAS
    differences = measure.check_equality(small, everyone, iterations=20)
    assert set(differences) == set(everyone)
    assert max(differences.values()) < 1e-13
    costs = set()
    for contender in everyone.values():
        trained = contender(small)
        trained.run(3)
        costs.add(round(float(trained.cost), 12))
    assert len(costs) == 1


def test_a_contender_that_does_something_else_is_refused(small):
    class Lazy(StepByStep):
        def run(self, iterations):
            super().run(iterations - 1)

    with pytest.raises(RuntimeError, match=r"lazy differs from the steps by .*\[60, 6, 4, 1\]"):
        measure.check_equality(small, {"lazy": Lazy})


def test_a_difference_is_seen_in_an_array_of_zeros_and_in_the_keys():
    same = {"W1": np.ones((1, 2)), "b1": np.zeros((1, 1))}
    assert measure.largest_difference(same, same) == 0
    assert measure.largest_difference({**same, "W1": np.full((1, 2), 1.5)}, same) == 0.5
    assert measure.largest_difference({**same, "b1": np.full((1, 1), 1e-9)}, same) > 1e9
    with pytest.raises(
        ValueError, match=r"parameters has the keys \['W1'\], others has \['W1', 'b"
    ):
        measure.largest_difference({"W1": same["W1"]}, same)


def test_the_floors_do_every_matrix_product_and_nothing_else(small):
    sizes, m = small.layer_dims, small.m
    L = len(sizes) - 1
    forward = [(sizes[l], sizes[l - 1], m) for l in range(1, L + 1)]
    dW = [(sizes[l], m, sizes[l - 1]) for l in range(1, L + 1)]
    dA = [(sizes[l - 1], sizes[l], m) for l in range(2, L + 1)]
    for floor in (Floor, FloorByExample, GramFloor):
        products = floor(small).products
        shapes = [(*left.shape, right.shape[1]) for _, left, right, _ in products]
        expected = forward + dW + dA
        if floor is GramFloor:  # in layer 1 one product with (m, m) takes the place of two
            expected = [*forward[1:], *dW[1:], *dA, (sizes[1], m, m)]
        assert sorted(shapes) == sorted(expected)
    repeated = Floor(small)
    repeated.run(1)
    first = [out.copy() for *_, out in repeated.products]
    repeated.run(50)
    for before, (*_, after) in zip(first, repeated.products, strict=True):
        np.testing.assert_array_equal(after, before)


def test_fit_loop_is_the_one_that_fit_takes():
    assert fit_loop(Problem([600, 6, 1], 12)) is ThroughGram
    assert fit_loop(Problem([600, 6, 1], 12, np.float32)) is Direct
    assert fit_loop(Problem([6, 6, 1], 12)) is Direct


def test_times_are_those_of_one_iteration():
    class Busy:
        def run(self, iterations):
            end = time.process_time() + 0.002 * iterations
            while time.process_time() < end:
                pass

    times = measure.time_round_robin({"a": Busy(), "b": Busy()}, rounds=3, seconds=0.01)
    assert set(times) == {"a", "b"}
    for values in times.values():
        assert len(values) == 3
        assert all(0.002 <= value < 0.003 for value in values)


def test_compare_whole_run_and_memory_fill_the_table(small):
    result = measure.compare(small, CONTENDERS, FLOORS, {"Gram floor": GramFloor}, 3, 0.001)
    assert set(result["milliseconds"]) == {*CONTENDERS, *FLOORS, "Gram floor"}
    assert result["floor"] in FLOORS
    assert result["times_the_floor"][result["floor"]] == 1
    whole = measure.whole_run(small, iterations=50)
    assert whole["difference"] < 1e-12
    assert whole["cost"]["last"] < whole["cost"]["first"]
    memory = measure.peak_memory(Problem([4000, 8, 1], 100), iterations=50)
    assert 0 < memory["fit_megabytes"] < memory["course_megabytes"]

    stored = table.load()
    peers = {name: 1.0 for name in ("PyTorch", "scikit-learn")}
    for key in ("milliseconds", "times_the_floor"):
        result[key] |= peers
    case = {"case": "C0", "layer_dims": small.layer_dims, "m": 12, "dtype": "float64"} | result
    markdown = table.render(stored | {"cases": [case], "whole_run": whole, "memory": memory})
    assert "| C0, float64 | " in markdown
    assert "C0 is `[60, 6, 4, 1]` with m = 12." in markdown


def test_ideas_are_timed_against_the_one_before(small):
    result = measure.one_idea_at_a_time(small, IDEAS, rounds=3, seconds=0.001)
    assert list(result["milliseconds"]) == list(IDEAS)
    assert list(result["gain"]) == list(IDEAS)[1:]
    markdown = table.render_ideas({"ideas": {"C0": result}})
    assert "| course's style | " in markdown
    gains = re.findall(r"^\| [\w' -]+ \| [\d.]+ ms \(([\d.]+)\) \|$", markdown, re.MULTILINE)
    assert [float(gain) for gain in gains] == pytest.approx(
        list(result["gain"].values()), rel=0.005
    )


def test_the_stored_result_is_whole_and_everyone_agreed():
    stored = table.load()
    assert [(case["case"], case["dtype"]) for case in stored["cases"]] == [
        (case, dtype) for case in ("C1", "C2", "C3") for dtype in ("float64", "float32")
    ]
    everyone = {"course's style", "step by step", "fit", "PyTorch", "scikit-learn"}
    for case in stored["cases"]:
        assert everyone <= set(case["difference"])
        assert everyone <= set(case["milliseconds"])
        assert max(case["difference"].values()) < measure.TOLERANCE[case["dtype"]]
        assert case["milliseconds"]["fit"] < case["milliseconds"]["PyTorch"]
    assert [list(case["milliseconds"]) for case in stored["ideas"].values()] == [
        list(IDEAS),
        list(IDEAS)[:-1],
        list(IDEAS)[:-1],
    ]
    assert stored["machine"]["threads"] == 1
    assert stored["whole_run"]["iterations"] == 2500
    assert stored["whole_run"]["difference"] < 1e-12


def test_the_table_shows_the_stored_numbers():
    stored = table.load()
    markdown = table.render(stored)
    rows = re.findall(r"^\| (C\d), (float\d+) \| (.*) \|$", markdown, re.MULTILINE)
    assert len(rows) == 6
    for (name, dtype, cells), case in zip(rows, stored["cases"], strict=True):
        assert (name, dtype) == (case["case"], case["dtype"])
        fit = re.match(r"([\d.]+) \(([\d.]+)\)", cells.split(" | ")[2])
        assert float(fit[1]) == pytest.approx(case["milliseconds"]["fit"], rel=0.005)
        assert float(fit[2]) == pytest.approx(case["times_the_floor"]["fit"], rel=0.005)
    assert stored["date"] in markdown
    assert stored["machine"]["processor"] in markdown
    assert "[64] * 20 + [1]" in markdown


def test_the_tables_in_the_chapters_are_the_stored_measurements():
    tables = benchmark_chapters.TABLES
    shown = {
        tag: cell.source
        for path in chapters()
        for cell in read_notebook(path).cells
        for tag in tables.keys() & set(cell.metadata.get("tags", []))
    }
    assert shown == {tag: make() for tag, make in tables.items()}, (
        "run python -m benchmarks.chapters"
    )


def test_a_table_is_written_into_its_cell_and_nothing_else_is_changed(tmp_path, capsys):
    (original,) = (path for path in chapters() if "benchmark-cases" in path.read_text("utf-8"))
    path = tmp_path / original.name
    notebook = read_notebook(original)
    for cell in notebook.cells:
        if "benchmark-cases" in cell.metadata.get("tags", []):
            cell.source = "old"
    path.write_text(nbformat.v4.writes(notebook) + "\n", encoding="utf-8")
    assert path.read_bytes() != original.read_bytes()
    assert benchmark_chapters.main([str(path)]) == 0
    assert path.read_bytes() == original.read_bytes()
    assert benchmark_chapters.main([str(path)]) == 0
    assert capsys.readouterr().out == f"{path}: changed\n"


def test_a_chapter_that_is_no_notebook_is_named(tmp_path, capsys):
    path = tmp_path / "broken.ipynb"
    path.write_text("{")
    assert benchmark_chapters.main([str(path)]) == 1
    assert f"{path}: not a notebook" in capsys.readouterr().err


def test_a_redraw_lasts_until_all_is_redrawn(browser):
    page = browser.new_page()
    page.set_content(SLOW_FIGURE)
    figure = page.locator(".dnn-live")
    seen = live_figures.run(figure, live_figures.MOVE_FIGURE, moves=5, warm_up=2)
    for times in seen["controls"]["Slider"]:
        assert 4.8 < times["redraw"] < times["painted"]

    page.set_content(SLOW_FIGURE.replace("  write();", "  write(); setTimeout(write);"))
    with pytest.raises(Exception, match="Slider: something is redrawn later"):
        live_figures.run(figure, live_figures.MOVE_FIGURE, moves=5, warm_up=2)
    page.set_content(SLOW_FIGURE.replace("  write();", ""))
    with pytest.raises(Exception, match="Slider: nothing is redrawn at once"):
        live_figures.run(figure, live_figures.MOVE_FIGURE, moves=5, warm_up=2)
    page.close()


def test_the_stored_times_of_the_live_figures_are_whole():
    stored = live_figures.load()
    assert list(stored["figures"]) == list(FIGURES)
    for controls in stored["figures"].values():
        assert controls
        for times in controls.values():
            assert times["redraw"]["moves"] == times["painted"]["moves"] == live_figures.MOVES
            assert 0 < times["redraw"]["median"] <= times["redraw"]["p95"]
            assert times["redraw"]["median"] < times["painted"]["median"]
    assert stored["rival"]["interact"]["moves"] >= 15
    assert stored["rival"]["figure"] in FIGURES
    markdown = live_figures.render(stored)
    for name, controls in stored["figures"].items():
        for label, times in controls.items():
            assert f"| {name} | {label} | {times['redraw']['median']:.2f} | " in markdown


def test_the_stored_times_of_the_live_figures_meet_their_goals():
    stored = live_figures.load()
    goals = stored["goals"]
    assert goals == {
        "redraw_milliseconds": 2,
        "frames": 2,
        "tolerance_milliseconds": 2,
        "first_seconds": 2,
    }
    assert 15 < stored["frame_milliseconds"] < 18
    painted = goals["frames"] * stored["frame_milliseconds"] + goals["tolerance_milliseconds"]
    for name, controls in stored["figures"].items():
        for label, times in controls.items():
            assert times["redraw"]["median"] <= goals["redraw_milliseconds"], (name, label)
            assert times["painted"]["median"] <= painted, (name, label)
    assert stored["first_figure"]["first"]["median"] <= 1000 * goals["first_seconds"]


def test_the_rival_of_the_live_figures_is_slower():
    rival = live_figures.load()["rival"]
    ratio = rival["interact"]["median"] / rival["figure_in_lab"]["median"]
    assert rival["times_the_figure_in_lab"] == pytest.approx(ratio)
    assert ratio > 5


def test_a_run_lasts_until_its_output_is_shown(browser):
    page = browser.new_page()
    page.set_content(SLOW_CELL)
    times = page_python.in_page(page, page_python.RUN_CELL, id="one", expected="Z =")
    assert times["end"] - times["start"] >= 50
    with pytest.raises(Exception, match=r"expected A =, shown is: Done\.Z = 1"):
        page_python.in_page(page, page_python.RUN_CELL, id="one", expected="A =")
    page.close()


def test_all_that_is_loaded_is_counted_and_other_sites_are_noticed(browser, tmp_path):
    (tmp_path / "index.html").write_text(LOADS, encoding="utf-8")
    (tmp_path / "worker.js").write_text(WORKER, encoding="utf-8")
    (tmp_path / "data.txt").write_text("x" * 10_000, encoding="utf-8")
    elsewhere = []
    with page_python.served(tmp_path) as (address, sent):
        context = browser.new_context()
        context.on("request", partial(page_python.note_elsewhere, elsewhere))
        page = context.new_page()
        page.goto(f"{address}/index.html")
        page.wait_for_function("document.title === 'loaded'")
        context.close()
        assert {Path(file).name for file in sent} >= {"index.html", "worker.js", "data.txt"}
        counted = page_python.size([file for file in sent if file.endswith("data.txt")])
    assert counted["files"] == 1
    assert counted["gzip"] < 100 < counted["bytes"] == 10_000
    assert elsewhere == ["http://elsewhere.invalid/"]


def test_the_stored_times_of_python_in_the_page_are_whole():
    stored = page_python.load()
    assert list(stored["visits"]) == ["page, first cell", "page", "jupyterlite"]
    for kinds in stored["visits"].values():
        assert list(kinds) == ["cold", "warm"]
        for visit in kinds.values():
            for key in ("click", "navigation"):
                check_summary(visit[key], stored["rounds"])
            assert visit["click"]["median"] < visit["navigation"]["median"]
            assert visit["after_click"]["bytes"] <= visit["loaded"]["bytes"]
        assert 0 < kinds["cold"]["loaded"]["gzip"] < kinds["cold"]["loaded"]["bytes"]
    check_summary(stored["second_run"], page_python.SECOND_RUNS)
    assert list(stored["stop"]) == ["restarted", "interrupted"]
    for times in stored["stop"].values():
        check_summary(times["stopped"], page_python.STOPS)
        check_summary(times["next_run"], page_python.STOPS)
    assert stored["goals"] == page_python.GOALS
    assert stored["requests_elsewhere"] == 0
    pins = json.loads(page_python.PINS.read_text(encoding="utf-8"))
    assert stored["machine"]["pyodide"] == pins["pyodide"]


def check_summary(summary, count):
    assert len(summary["times"]) == count
    assert min(summary["times"]) > 0
    assert summary["median"] == pytest.approx(median(summary["times"]), abs=0.1)


def test_the_stored_ratio_of_python_in_the_page_is_what_its_times_say():
    stored = page_python.load()
    page, lite = (stored["visits"][name]["cold"] for name in ("page", "jupyterlite"))
    for key, ratio in stored["times_faster"].items():
        assert ratio == pytest.approx(median(lite[key]["times"]) / median(page[key]["times"]), 1e-3)
    text = page_python.render(stored)
    assert f"{stored['times_faster']['click']:.1f} times as long from the click" in text
    for goal, holds in page_python.check_goals(stored).items():
        assert f"{'holds' if holds else 'FAILS'}: {goal}" in text


def test_a_goal_that_is_missed_is_said():
    stored = page_python.load()
    goals = stored["goals"]
    stored["goals"] = dict.fromkeys(goals, 0) | {"times_faster_than_jupyterlite": 1000}
    goals_held = page_python.check_goals(stored)
    assert len(goals_held) == 7
    assert [goal for goal, holds in goals_held.items() if holds] == ["no request to another site"]
    stored["goals"] = dict.fromkeys(goals, 10**9) | {"times_faster_than_jupyterlite": 0}
    assert all(page_python.check_goals(stored).values())


def test_every_contender_of_the_growth_is_timed_and_compared(monkeypatch):
    jax = wheel("jax")
    monkeypatch.setattr(scaling, "ROUNDS", 1)
    monkeypatch.setattr(scaling, "SECONDS", 0.01)
    jax.config.update("jax_enable_x64", True)
    jax.config.update("jax_num_cpu_devices", scaling.DEVICES)
    result = scaling.compare([8, 4, 1], 16)
    assert result["milliseconds"].keys() == scaling.CONTENDERS.keys()
    assert all(time > 0 for time in result["milliseconds"].values())
    assert 0 < result["difference"] < 1e-12


def test_a_contender_that_computes_something_else_is_not_timed(monkeypatch):
    class Lazy(StepByStep):
        def run(self, iterations):
            super().run(iterations - 1)

    monkeypatch.setitem(scaling.CONTENDERS, "lazy", Lazy)
    monkeypatch.delitem(scaling.CONTENDERS, "JAX")
    monkeypatch.delitem(scaling.CONTENDERS, "JAX, simulated devices")
    with pytest.raises(RuntimeError, match="the parameters differ by"):
        scaling.compare([8, 4, 1], 16)


def test_the_stored_growth_is_whole():
    stored = json.loads(scaling.RESULTS.read_text())
    assert [(case["layer_dims"], case["m"]) for case in stored["cases"]] == scaling.CASES
    assert all(case["difference"] < 1e-12 for case in stored["cases"])
    assert all(case["milliseconds"].keys() == scaling.CONTENDERS.keys() for case in stored["cases"])

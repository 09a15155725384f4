"""``python -m benchmarks.site.live_figures``: how fast live figures move, stored beside this file.

Every figure of `dnn_utils.widgets` is on a page of a small book, and each of its
controls is moved many times. In the same run and the same browser, the content of one
of them is drawn by Matplotlib under `ipywidgets.interact`, in a JupyterLab with a kernel.
"""

import argparse
import datetime
import json
import os
import platform
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Browser, Locator, Route, ViewportSize, sync_playwright

from benchmarks.machine import processor
from dnn_utils.widgets import FIGURES
from upkeep.browser import ARGUMENTS, find_browser
from upkeep.jupyterlab import OpenNotebook, running_lab, write_notebook
from upkeep.small_book import build, write_small_book
from upkeep.visitor import serve

RESULTS = Path(__file__).with_name("live_figures.json")
GOALS = {"redraw_milliseconds": 2, "frames": 2, "tolerance_milliseconds": 2, "first_seconds": 2}
MOVES, WARM_UP = 150, 20  # of each control
VISITS = 9
PICTURES = 21  # and three to warm up: the slider has 27 positions
VIEWPORT: ViewportSize = {"width": 1366, "height": 1000}

IMPORTS = "import dnn_utils\nimport numpy as np\nfrom dnn_utils import widgets"
FIGURE_ARGUMENTS = {
    "OneNeuron": "dnn_utils.initialize_parameters_deep([3, 2, 1]), np.ones((3, 2))",
}
RIVALLED, CONTROL = "GradientFlow", "Training step"
RIVAL = """\
import ipywidgets
import matplotlib.pyplot as plt
from dnn_utils.widgets.backward import gradient_flow

recording = gradient_flow()
L = recording["norm"].shape[-1]
limits = {
    f"{kind}{l}": abs(recording[f"{kind}{l}"]).max()
    for kind in ("dA", "dZ", "dW") for l in range(1, L + 1)
}
labels = recording.controls["start"].values
steps = recording.controls["step"].values


def draw(step=0, start=1, equation=11):
    figure = plt.figure(figsize=(8, 6))
    figure.suptitle(f"{labels[start]}, after {steps[step]} steps, equation {equation}")
    grid = figure.add_gridspec(L, 5)
    for row, l in enumerate(range(L, 0, -1)):
        for column, kind in enumerate(("dA", "dZ", "dW")):
            name = f"{kind}{l}"
            axes = figure.add_subplot(grid[row, column])
            axes.imshow(
                recording[name][start, step], "coolwarm", vmin=-limits[name], vmax=limits[name]
            )
            axes.set_title(name)
            axes.set_axis_off()
    norms = figure.add_subplot(grid[: L // 2, 3:])
    norms.plot(range(1, L + 1), recording["norm"][:, step].T, "o-")
    cost = figure.add_subplot(grid[L // 2 :, 3:])
    cost.plot(recording["cost"].T)
    cost.axvline(step)
    plt.show()


ipywidgets.interact(
    draw, step=(0, len(steps) - 1), start=(0, len(labels) - 1), equation=(0, 11)
);"""

TOOLS = """
const frame = () => new Promise(requestAnimationFrame);
const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));
const everything = { attributes: true, characterData: true, childList: true, subtree: true };
const frameLength = async () => {
  const times = [];
  for (let k = 0; k < 62; k++) times.push(await frame());
  return times.slice(1).map((time, k) => time - times[k]).sort((a, b) => a - b)[30];
};
"""

# The controls of a figure, each with its label, how many positions it has, and how to move it.
CONTROLS = """
const range = (figure, input) => ({
  label: figure.querySelector(`label[for="${input.id}"]`).textContent,
  count: +input.max + 1,
  position: () => +input.value,
  move(position) {
    input.value = position;
    input.dispatchEvent(new Event("input", { bubbles: true }));
  },
});
const choice = (fieldset) => {
  const inputs = [...fieldset.querySelectorAll("input")];
  return {
    label: fieldset.querySelector("legend").textContent,
    count: inputs.length,
    position: () => inputs.findIndex((input) => input.checked),
    move(position) {
      inputs[position].checked = true;
      for (const type of ["input", "change"]) {
        inputs[position].dispatchEvent(new Event(type, { bubbles: true }));
      }
    },
  };
};
const controlsOf = (figure) => [
  ...[...figure.querySelectorAll("input[type=range]")].map((input) => range(figure, input)),
  ...[...figure.querySelectorAll("fieldset")].map(choice),
];
"""

# Redraw: until the event has been dealt with, all panels included. Painted: until the frame
# after the one that shows it begins. As a hand does, the moves begin at any moment of a frame.
MOVE_FIGURE = """
let changes = 0;
const watch = new MutationObserver((records) => { changes += records.length; });
const demand = (wanted, complaint) => {
  changes += watch.takeRecords().length;
  if (wanted !== changes > 0) throw new Error(complaint);
  changes = 0;
};
const move = async (control, checked) => {
  const start = performance.now();
  control.move((control.position() + 1) % control.count);
  const moved = performance.now();
  if (checked) demand(true, `${control.label}: nothing is redrawn at once`);
  await frame();
  await frame();
  const painted = performance.now();
  if (checked) demand(false, `${control.label}: something is redrawn later`);
  return { redraw: moved - start, painted: painted - start };
};
element.scrollIntoView();
const seen = { frame: await frameLength(), controls: {} };
const controls = controlsOf(element).filter(({ label }) => !only || label === only);
for (const control of controls.filter(({ count }) => count > 1)) {
  watch.observe(element, everything);
  for (let k = 0; k < warmUp; k++) await move(control, true);
  watch.disconnect(); // it takes time itself
  const times = [];
  for (let k = 0; k < moves; k++) {
    await pause(((k * 0.618034) % 1) * seen.frame);
    times.push(await move(control, false));
  }
  seen.controls[control.label] = times;
}
return seen;
"""

# The rival: until its new picture is there, decoded and painted. Then the kernel may rest.
MOVE_RIVAL = """
const source = () => element.querySelector("img")?.src;
const newPicture = (before) => new Promise((resolve, reject) => {
  const watch = new MutationObserver(() => {
    if (!source() || source() === before) return;
    watch.disconnect();
    resolve();
  });
  watch.observe(element, everything);
  setTimeout(reject, 30000, new Error("no new picture"));
});
const handle = element.querySelector(".noUi-handle");
const times = [];
for (let k = 0; k < warmUp + moves; k++) {
  const changed = newPicture(source());
  const start = performance.now();
  handle.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", cancelable: true }));
  await changed;
  await element.querySelector("img").decode();
  await frame();
  await frame();
  if (k >= warmUp) times.push(performance.now() - start);
  await pause(400);
}
return times;
"""

MARKS = """() => ["live-figures-first", "live-figures-drawn"].map(
  (name) => performance.getEntriesByName(name)[0].startTime)"""


def measure() -> dict[str, Any]:
    """Measure everything in one browser; return the result."""
    with TemporaryDirectory() as temporary, open_browser() as browser:
        folder = Path(temporary)
        print("a small book with every figure ...", flush=True)
        with static_page(folder / "book") as url:
            frame, figures = measure_page(browser, url)
            first = measure_visits(browser, url)
        print("Matplotlib under interact in JupyterLab ...", flush=True)
        rival = measure_lab(browser, folder / "lab")
        rival |= ratios(rival, figures[RIVALLED][CONTROL])
        return {
            "date": datetime.date.today().isoformat(),
            "machine": machine(browser),
            "goals": GOALS,
            "frame_milliseconds": frame,
            "first_figure": first,
            "figures": figures,
            "rival": rival,
        }


@contextmanager
def open_browser() -> Iterator[Browser]:
    """Start the browser that `upkeep.browser` finds."""
    path = find_browser()
    if path is None:
        raise RuntimeError("no Chromium found: python -m upkeep.browser installs one")
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=path, args=ARGUMENTS)


def source_of(name: str) -> str:
    """Return the code that shows a figure."""
    return f"widgets.{name}({FIGURE_ARGUMENTS.get(name, '')})"


@contextmanager
def static_page(book: Path) -> Iterator[str]:
    """Build a page with every figure, each in a cell of its own; give its address."""
    book.mkdir()
    write_small_book(book, [IMPORTS, *map(source_of, FIGURES)])
    built = build(book)
    if built.returncode:
        raise RuntimeError(f"the small book could not be built:\n{built.stdout[-3000:]}")
    with serve(book / "_build/html") as address:
        yield f"{address}/book/chapter.html"


def measure_page(browser: Browser, url: str) -> tuple[float, dict[str, Any]]:
    """Return the length of a frame, and for each figure and control how fast it moves."""
    page = browser.new_page(viewport=VIEWPORT)
    page.route(url, isolate)
    page.goto(url)
    page.locator("html[data-live-figures=drawn]").wait_for(state="attached")
    shown = page.locator(".dnn-live").all()
    if len(shown) != len(FIGURES) or not page.evaluate("crossOriginIsolated"):
        raise RuntimeError(f"{len(shown)} of {len(FIGURES)} figures are shown")
    frames: list[float] = []
    figures: dict[str, Any] = {}
    for name, figure in zip(FIGURES, shown, strict=True):
        print(f"  {name} ...", flush=True)
        frame, figures[name] = move(figure)
        frames.append(frame)
    page.close()
    return median(frames), figures


def isolate(route: Route) -> None:
    """Ask the browser for its fine clock: pages of their own origin only get it."""
    answer = route.fetch()
    headers = {
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Embedder-Policy": "require-corp",
    }
    route.fulfill(response=answer, headers=answer.headers | headers)


def move(figure: Locator, only: str | None = None) -> tuple[float, dict[str, Any]]:
    """Move the controls of a figure; return the length of a frame, and what was measured."""
    seen = run(figure, MOVE_FIGURE, MOVES, WARM_UP, only)
    controls: dict[str, Any] = {}
    for label, moves in seen["controls"].items():
        times = {kind: summary([move[kind] for move in moves]) for kind in ("redraw", "painted")}
        controls[label] = times | {"frames": times["painted"]["median"] / seen["frame"]}
    return seen["frame"], controls


def run(element: Locator, script: str, moves: int, warm_up: int, only: str | None = None) -> Any:
    """Run one of the scripts above on an element of a page; return what it returns."""
    function = f"async (element, {{ moves, warmUp, only }}) => {{{TOOLS}{CONTROLS}{script}}}"
    return element.evaluate(function, {"moves": moves, "warmUp": warm_up, "only": only})


def measure_visits(browser: Browser, url: str) -> dict[str, Any]:
    """Return the milliseconds from navigation to figures, each time with an empty cache."""
    visits = []
    for _ in range(VISITS):
        page = browser.new_context(viewport=VIEWPORT).new_page()
        page.goto(url)
        page.locator("html[data-live-figures=drawn]").wait_for(state="attached")
        visits.append(page.evaluate(MARKS))
        page.context.close()
    first, drawn = zip(*visits, strict=True)
    return {"first": summary(first), "drawn": summary(drawn)}


def measure_lab(browser: Browser, folder: Path) -> dict[str, Any]:
    """Return the milliseconds that one figure and its rival take in the same notebook."""
    with running_lab(folder) as address:
        cells = [IMPORTS, source_of(RIVALLED), RIVAL]
        write_notebook(folder, "rival.ipynb", cells)
        page = browser.new_page(viewport=VIEWPORT)
        notebook = OpenNotebook(page, address, "rival.ipynb")
        notebook.run(0)
        figure = notebook.run(1).locator(".dnn-live")
        output = notebook.run(2)
        output.locator("img").wait_for()
        notebook.wait_until_idle()
        times = run(output, MOVE_RIVAL, PICTURES, warm_up=3)
        _, controls = move(figure, CONTROL)
        page.close()
    return {
        "figure": RIVALLED,
        "control": CONTROL,
        "interact": summary(times),
        "figure_in_lab": controls[CONTROL]["painted"],
    }


def ratios(rival: Mapping[str, Any], on_page: Mapping[str, Any]) -> dict[str, float]:
    """Return how many times longer the rival takes than the figure, both until painted."""
    time = rival["interact"]["median"]
    return {
        "times_the_figure_in_lab": time / rival["figure_in_lab"]["median"],
        "times_the_figure_on_a_page": time / on_page["painted"]["median"],
    }


def summary(times: Sequence[float]) -> dict[str, float]:
    """Return the median and the 95th percentile of milliseconds, and how many there were."""
    return {"median": median(times), "p95": quantiles(times, n=20)[-1], "moves": len(times)}


def heaviest(figures: Mapping[str, Any]) -> tuple[str, str]:
    """Return the figure and control whose redraw takes longest, by the median."""
    pairs = [(name, label) for name, controls in figures.items() for label in controls]
    return max(pairs, key=lambda pair: float(figures[pair[0]][pair[1]]["redraw"]["median"]))


def machine(browser: Browser) -> dict[str, Any]:
    """Return what the numbers depend on."""
    packages = ("numpy", "anywidget", "ipywidgets", "jupyterlab", "matplotlib")
    return {
        "processor": processor(),
        "cores": os.cpu_count(),
        "system": platform.system(),
        "python": platform.python_version(),
        "chromium": browser.version,
        **{package: version(package) for package in packages},
    }


def load() -> Any:
    """Return the stored result."""
    return json.loads(RESULTS.read_text(encoding="utf-8"))


def render(result: Mapping[str, Any]) -> str:
    """Return the result as Markdown: a row for each control, then the rival."""
    lines = [
        "| figure | control | redraw | 95 % | until painted | 95 % | frames |",
        "|---|---|---:|---:|---:|---:|---:|",
    ]
    for name, controls in result["figures"].items():
        for label, times in controls.items():
            redraw, painted = times["redraw"], times["painted"]
            lines.append(
                f"| {name} | {label} | {redraw['median']:.2f} | {redraw['p95']:.2f} "
                f"| {painted['median']:.1f} | {painted['p95']:.1f} | {times['frames']:.2f} |"
            )
    first, rival = result["first_figure"], result["rival"]
    figure, label = heaviest(result["figures"])
    return "\n".join(
        [
            *lines,
            "",
            f"Milliseconds; a frame is {result['frame_milliseconds']:.1f} ms. "
            f"The heaviest is {figure}, {label!r}.",
            "",
            f"First figure drawn {first['first']['median']:.0f} ms after navigation, all "
            f"{len(result['figures'])} after {first['drawn']['median']:.0f} ms (medians of "
            f"{first['first']['moves']} visits with an empty cache).",
            "",
            f"The content of {rival['figure']} until painted, {rival['control']!r}, in "
            f"JupyterLab: {rival['figure_in_lab']['median']:.1f} ms as a live figure, "
            f"{rival['interact']['median']:.0f} ms as Matplotlib under interact, "
            f"{rival['times_the_figure_in_lab']:.1f} times that; "
            f"{rival['times_the_figure_on_a_page']:.1f} times the live figure on a page.",
        ]
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.site.live_figures", description=__doc__
    )
    parser.parse_args(arguments)
    try:
        result = measure()
    except (RuntimeError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    RESULTS.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    print(render(result))
    return 0


if __name__ == "__main__":
    sys.exit(main())

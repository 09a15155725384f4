"""``python -m benchmarks.site.page_python``: how fast Python in the page is.

The result is stored beside this file.

It takes the book that ``make html`` has built. In the same run and the same browser, a
JupyterLite with the same chapter, the same release of Pyodide and the same library runs the
same cells.
It gets all that makes it fast: its Notebook application, which loads less than its Lab; every
package in one step; the library as one archive. All is served here, nothing by another site.
"""

import argparse
import datetime
import gzip
import json
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import cache, partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any

import nbformat
from playwright.sync_api import BrowserContext, Page, Playwright, Request, sync_playwright

from benchmarks.machine import processor
from benchmarks.site.live_figures import VIEWPORT, isolate
from publish.runtime import pins, sources, store
from upkeep.browser import ARGUMENTS, find_browser
from upkeep.reader import Cell
from upkeep.visitor import Silent

# A folder that is served: its address, and the list of the files that have been sent.
Served = tuple[str, list[str]]
Launch = Callable[..., AbstractContextManager[BrowserContext]]

ROOT = Path(__file__).parents[2]
SITE = ROOT / "_build/html"
PINS = ROOT / "publish/runtime/pyodide.json"
RESULTS = Path(__file__).with_name("page_python.json")
GOALS = {
    "times_faster_than_jupyterlite": 3,
    "warm_seconds": 4,
    "second_run_milliseconds": 100,
    "stop_milliseconds": 500,
}
ROUNDS = 5  # in each, both are visited cold, then warm
SECOND_RUNS = 20
STOPS = 7
PATIENCE = 180_000  # milliseconds
ALONE = "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"  # no other site has an address

CHAPTER = "03_forward"
FIRST, SECOND, PRINT = "cell-1fc952de", "cell-486ec25f", "cell-265f148c"
EXPECTED = "Z = [["
LOOP = "import time\nprint('started', time.time())\nwhile True:\n    pass"

JUPYTERLITE = ("jupyterlite-core[contents]==0.8.6", "jupyterlite-pyodide-kernel==0.8.6")
# What its kernel imports, as in the release of Pyodide that the book has.
KERNEL = (
    "ipython==9.12.0",
    "asttokens==3.0.1",
    "comm==0.2.3",
    "decorator==5.2.1",
    "executing==2.2.1",
    "jedi==0.19.2",
    "matplotlib-inline==0.2.1",
    "micropip==0.11.1",
    "parso==0.8.6",
    "prompt_toolkit==3.0.52",
    "pure-eval==0.2.3",
    "pygments==2.20.0",
    "stack-data==0.6.3",
    "traitlets==5.14.3",
    "wcwidth==0.6.0",
)
KERNEL_ITSELF = "share/jupyter/labextensions/@jupyterlite/pyodide-kernel-extension/static/pypi"

# Times end when the frame begins after the one that shows the output.
TOOLS = """
const frame = () => new Promise(requestAnimationFrame);
const cell = (id) => {
  const root = document.getElementById(id);
  const part = (selector) => root.querySelector(selector);
  return {
    run: part(".live-run"),
    stop: part(".live-stop"),
    text: () => part("[role=status]").textContent + part(".live-outputs").innerText,
  };
};
const untilEnded = async ({ stop }) => {
  do await frame(); while (!stop.hidden);
  await frame();
};
const demand = ({ text }, expected) => {
  if (!text().includes(expected)) throw new Error(`expected ${expected}, shown is: ${text()}`);
};
"""

RUN_CELL = """
const one = cell(id);
const start = performance.now();
one.run.click();
await untilEnded(one);
const end = performance.now();
demand(one, "Done");
demand(one, expected);
return { start, end };
"""

# As soon as the loop runs, Stop; as soon as it has stopped, run another cell.
STOP_LOOP = """
const [one, other] = [cell(id), cell(next)];
const before = one.text();
one.run.click();
while (!one.text().includes("started") || one.text() === before) await frame();
const start = performance.now();
one.stop.click();
await untilEnded(one);
const stopped = performance.now();
demand(one, note);
other.run.click();
await untilEnded(other);
const end = performance.now();
demand(other, "Done");
return { stopped: stopped - start, next_run: end - start };
"""

OUTPUT_IN_NOTEBOOK = """async (expected) => {
  const frame = () => new Promise(requestAnimationFrame);
  const outputs = () => [...document.querySelectorAll(".jp-OutputArea-output")];
  while (!outputs().some((output) => output.textContent.includes(expected))) await frame();
  await frame();
  return performance.now();
}"""

KEPT = """async () => {
  for (const name of await caches.keys()) {
    const kept = await (await caches.open(name)).keys();
    if (kept.some(({ url }) => url.includes("/numpy-"))) return true;
  }
}"""


def measure() -> dict[str, Any]:
    """Measure everything in one browser; return the result."""
    if not (SITE / "service_worker.js").exists() or not list(SITE.glob("_static/runtime-*")):
        raise RuntimeError(f"{SITE} has no Python in its pages: run `make html` first")
    with TemporaryDirectory() as folder:
        print("JupyterLite is built ...", flush=True)
        lite = build_jupyterlite(Path(folder))
        with browsers() as launch, served(SITE) as ours, served(lite) as theirs:
            result: dict[str, Any] = {
                "date": datetime.date.today().isoformat(),
                "machine": machine(launch),
                "goals": GOALS,
                "rounds": ROUNDS,
            }
            result |= measure_visits(launch, ours, theirs)
            print("second run, Stop ...", flush=True)
            result |= measure_open_page(launch, ours)
    return result | {"times_faster": times_faster(result["visits"])}


# The rival


def build_jupyterlite(folder: Path) -> Path:
    """Build JupyterLite with the chapter, in an environment of its own; return its folder."""
    environment, lite, built = folder / "environment", folder / "lite", folder / "built"
    programs = environment / ("Scripts" if os.name == "nt" else "bin")
    run(sys.executable, "-m", "venv", environment)
    run(programs / "python", "-m", "pip", "install", "--quiet", *JUPYTERLITE)
    pyodide = lite / "static/pyodide"
    write_official_runtime(pyodide)
    packages = add_packages(pyodide, environment)
    write_contents(lite, packages)
    command = ("build", "--apps=notebooks", "--no-sourcemaps", "--contents=files")
    run(programs / "jupyter-lite", *command, f"--output-dir={built}", cwd=lite)
    return built


def write_official_runtime(pyodide: Path) -> None:
    """Write Pyodide as it is released, which is what every JupyterLite has."""
    pinned = pins.read_pins()
    lock = json.dumps(pinned["lock"]).encode()
    files = sources.collect_runtime(pinned, store.user_cache()) | {"pyodide-lock.json": lock}
    for name, data in files.items():
        store.write(pyodide / name, data)


def add_packages(pyodide: Path, environment: Path) -> list[str]:
    """Add what the kernel and the cells import to a folder of Pyodide; return all names."""
    options = ("--no-deps", "--ignore-requires-python", "--only-binary=:all:", "--quiet")
    with TemporaryDirectory() as fetched:
        run(sys.executable, "-m", "pip", "download", *options, f"--dest={fetched}", *KERNEL)
        files = [*Path(fetched).glob("*.whl"), *(environment / KERNEL_ITSELF).glob("*.whl")]
        files = [path for path in files if "widgets" not in path.name]
        for path in [*files, only_match(SITE, "_static/python-*/book.zip")]:
            shutil.copy(path, pyodide)
    path = pyodide / "pyodide-lock.json"
    lock = json.loads(path.read_text(encoding="utf-8"))
    ours = {"book": entry("book", "1", pyodide / "book.zip")}
    for file in files:
        name, version = file.name.split("-")[:2]
        name = name.replace("_", "-").lower()
        ours[name] = entry(name, version, pyodide / file.name)
    lock["packages"] |= ours
    path.write_text(json.dumps(lock), encoding="utf-8")
    return ["numpy", "matplotlib", *ours]


def entry(name: str, version: str, path: Path) -> dict[str, Any]:
    """Return the entry of a package in the lock of Pyodide. All are loaded, so none depends."""
    return {
        "name": name,
        "version": version,
        "file_name": path.name,
        "sha256": store.sha256(path.read_bytes()),
        "depends": [],
        "imports": [],
        "install_dir": "site",
        "package_type": "package",
        "unvendored_tests": False,
    }


def write_contents(lite: Path, packages: Sequence[str]) -> None:
    """Write the chapter without its outputs, and the settings."""
    notebook = nbformat.read(ROOT / "book" / f"{CHAPTER}.ipynb", as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    notebook.metadata.kernelspec.name = "python"  # as its kernel is called: it asks no question
    (lite / "files").mkdir()
    nbformat.write(notebook, lite / "files" / f"{CHAPTER}.ipynb")
    kernel = {"disablePyPIFallback": True, "loadPyodideOptions": {"packages": packages}}
    plugins = {"@jupyterlite/pyodide-kernel-extension:kernel": kernel}
    settings = {
        "jupyter-lite-schema-version": 0,
        "jupyter-config-data": {"litePluginSettings": plugins},
    }
    (lite / "jupyter-lite.json").write_text(json.dumps(settings), encoding="utf-8")


def only_match(folder: Path, pattern: str) -> Path:
    """Return the file that a pattern names."""
    (path,) = folder.glob(pattern)
    return path


def run(*command: str | Path, cwd: Path | None = None) -> None:
    """Run a command. Its output is shown only if it fails."""
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(map(str, command))} failed:\n{done.stdout}{done.stderr}")


# Both are served and visited in the same way


@contextmanager
def browsers() -> Iterator[Launch]:
    """Give a function that starts the browser; it reaches this machine only."""
    path = find_browser()
    if path is None:
        raise RuntimeError("no Chromium found: python -m upkeep.browser installs one")
    with sync_playwright() as playwright:
        yield partial(launch_browser, playwright, path)


@contextmanager
def launch_browser(playwright: Playwright, path: str, **settings: Any) -> Iterator[BrowserContext]:
    """Start a browser with a new profile: in a private window, it would not keep large files."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        settings |= {"viewport": VIEWPORT, "executable_path": path, "args": [*ARGUMENTS, ALONE]}
        context = playwright.chromium.launch_persistent_context(profile, **settings)
        yield context
        context.close()


class Counting(Silent):
    """Notes each file that it sends."""

    def __init__(self, *arguments: Any, sent: list[str], **settings: Any) -> None:
        self.sent = sent
        super().__init__(*arguments, **settings)

    def copyfile(self, source: Any, outputfile: Any) -> None:
        """Send a file."""
        self.sent.append(source.name)
        super().copyfile(source, outputfile)


@contextmanager
def served(folder: Path) -> Iterator[Served]:
    """Serve a folder; give the address, and the list of the files that are sent."""
    sent: list[str] = []
    handler = partial(Counting, directory=folder, sent=sent)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", sent
        server.shutdown()


def measure_visits(launch: Launch, ours: Served, theirs: Served) -> dict[str, Any]:
    """Visit both in turn, each time with a new profile, and with this profile once more."""
    contenders: dict[str, tuple[Served, Callable[..., dict[str, Any]]]] = {
        "page, first cell": (ours, partial(visit_page, FIRST, "")),
        "page": (ours, partial(visit_page, PRINT, EXPECTED)),
        "jupyterlite": (theirs, visit_jupyterlite),
    }
    visits: dict[str, dict[str, list[Any]]] = {
        name: {"cold": [], "warm": []} for name in contenders
    }
    elsewhere: list[str] = []
    for number in range(1, ROUNDS + 1):
        print(f"round {number} of {ROUNDS} ...", flush=True)
        for name, (site, visit) in contenders.items():
            with launch() as context:
                context.on("request", partial(note_elsewhere, elsewhere))
                for kind in ("cold", "warm"):
                    visits[name][kind].append(visit(context, *site))
    return {
        "visits": {
            name: {kind: summarise(each) for kind, each in kinds.items()}
            for name, kinds in visits.items()
        },
        "requests_elsewhere": len(elsewhere),
    }


def note_elsewhere(elsewhere: list[str], request: Request) -> None:
    """Note a request to another machine."""
    if request.url.startswith("http") and not request.url.startswith("http://127.0.0.1:"):
        elsewhere.append(request.url)


def visit_page(
    cell: str, expected: str, context: BrowserContext, address: str, sent: list[str]
) -> dict[str, Any]:
    """Click on Run of a cell as soon as a page of the book is open."""
    sent.clear()
    page = open_page(context, address)
    opened = list(sent)
    times = in_page(page, RUN_CELL, id=cell, expected=expected)
    seen = visit_result(times["start"], times["end"], opened, list(sent))
    # the service worker keeps the files, soon after the reader has the output
    page.wait_for_function(KEPT, timeout=PATIENCE)
    page.close()
    return seen


def open_page(context: BrowserContext, address: str) -> Page:
    """Open the chapter; return the page when its cells can be run."""
    page = context.new_page()
    page.goto(f"{address}/book/{CHAPTER}.html")
    page.locator("html[data-live-python=ready]").wait_for(state="attached")
    return page


def in_page(page: Page, script: str, **values: str) -> dict[str, float]:
    """Run one of the scripts above in a page; return what it returns."""
    times: dict[str, float] = page.evaluate(
        f"async ({{ {', '.join(values)} }}) => {{{TOOLS}{script}}}", values
    )
    return times


def visit_jupyterlite(context: BrowserContext, address: str, sent: list[str]) -> dict[str, Any]:
    """Open the notebook, and run all cells down to the one with the output, with one click."""
    sent.clear()
    page = context.new_page()
    page.goto(f"{address}/notebooks/index.html?path={CHAPTER}.ipynb")
    wanted = page.locator(".jp-Notebook .jp-Cell", has_text='print("Z =", Z)')
    wanted.wait_for(timeout=PATIENCE)
    wanted.locator("+ .jp-Cell").click()
    page.get_by_role("menuitem", name="Run", exact=True).click()
    item = page.get_by_role("menuitem", name="Run All Above Selected Cell")
    item.wait_for()
    if page.locator(".jp-OutputArea-output").count():
        raise RuntimeError("the notebook shows an output before anything has run")
    opened = list(sent)
    start = page.evaluate("performance.now()")
    item.click()
    end = page.evaluate(OUTPUT_IN_NOTEBOOK, EXPECTED)
    seen = visit_result(start, end, opened, list(sent))
    page.close()
    return seen


def visit_result(
    start: float, end: float, opened: Sequence[str], loaded: Sequence[str]
) -> dict[str, Any]:
    """Return the figures of one visit. The clock of a page starts with its navigation."""
    return {
        "click": end - start,
        "navigation": end,
        "after_click": size(loaded[len(opened) :]),
        "loaded": size(loaded),
    }


def size(files: Sequence[str]) -> dict[str, int]:
    """Return the number of files, and their bytes as they are and as gzip makes them."""
    sizes = [sizes_of(file) for file in files]
    return {
        "files": len(files),
        "bytes": sum(plain for plain, _ in sizes),
        "gzip": sum(small for _, small in sizes),
    }


@cache
def sizes_of(file: str) -> tuple[int, int]:
    """Return the bytes of a file as it is, and as gzip makes it."""
    data = Path(file).read_bytes()
    return len(data), len(gzip.compress(data, 6))


def summarise(visits: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the medians of visits. What is loaded hardly differs between them."""
    times = {key: summary([visit[key] for visit in visits]) for key in ("click", "navigation")}
    sizes = {
        part: {key: median(visit[part][key] for visit in visits) for key in visits[0][part]}
        for part in ("after_click", "loaded")
    }
    return times | sizes


def summary(times: Sequence[float]) -> dict[str, Any]:
    """Return the median of milliseconds, and each of them."""
    return {"median": median(times), "times": [round(time, 1) for time in times]}


# An open page


def measure_open_page(launch: Launch, site: Served) -> dict[str, Any]:
    """Return the times of a second run, and of Stop with and without shared memory."""
    address, _ = site
    with page_for_editing(launch, address, isolated=False) as page:
        print_again = partial(in_page, page, RUN_CELL, id=PRINT, expected=EXPECTED)
        print_again()
        runs = [print_again() for _ in range(SECOND_RUNS)]
        restarted = measure_stop(page, "Stopped")
    with page_for_editing(launch, address, isolated=True) as page:
        interrupted = measure_stop(page, "KeyboardInterrupt")
    return {
        "second_run": summary([times["end"] - times["start"] for times in runs]),
        "stop": {"restarted": restarted, "interrupted": interrupted},
    }


@contextmanager
def page_for_editing(launch: Launch, address: str, isolated: bool) -> Iterator[Page]:
    """Open the chapter, where the clipboard may be used to edit a cell."""
    with launch(permissions=["clipboard-read", "clipboard-write"]) as context:
        if isolated:
            context.route(f"{address}/book/{CHAPTER}.html", isolate)
        page = open_page(context, address)
        if page.evaluate("crossOriginIsolated") != isolated:
            raise RuntimeError(f"the page is {'not ' if isolated else ''}isolated")
        yield page


def measure_stop(page: Page, note: str) -> dict[str, Any]:
    """Stop an endless loop many times; `note` is what the cell then says."""
    Cell(page, f"#{SECOND}").write(LOOP)
    stops = [in_page(page, STOP_LOOP, id=SECOND, next=FIRST, note=note) for _ in range(STOPS)]
    return {key: summary([stop[key] for stop in stops]) for key in ("stopped", "next_run")}


# The result


def times_faster(visits: Mapping[str, Any]) -> dict[str, float]:
    """Return how many times longer JupyterLite takes, cold, until the same output."""
    return {
        key: visits["jupyterlite"]["cold"][key]["median"] / visits["page"]["cold"][key]["median"]
        for key in ("click", "navigation")
    }


def machine(launch: Launch) -> dict[str, Any]:
    """Return what the numbers depend on."""
    lock = only_match(SITE, "_static/runtime-*/pyodide/pyodide-lock.json")
    pins = json.loads(PINS.read_text(encoding="utf-8"))
    numpy = json.loads(lock.read_text(encoding="utf-8"))["packages"]["numpy"]["version"]
    with launch() as context:
        chromium = context.browser.version if context.browser else None
    return {
        "processor": processor(),
        "cores": os.cpu_count(),
        "system": platform.system(),
        "load": os.getloadavg() if hasattr(os, "getloadavg") else None,
        "python": platform.python_version(),
        "chromium": chromium,
        "pyodide": pins["pyodide"],
        "numpy_in_the_page": numpy,
        **dict(package.replace("[contents]", "").split("==") for package in JUPYTERLITE),
    }


def load() -> Any:
    """Return the stored result."""
    return json.loads(RESULTS.read_text(encoding="utf-8"))


def check_goals(result: Mapping[str, Any]) -> dict[str, bool]:
    """Return for each goal, by its sentence, whether it holds."""
    goals, faster = result["goals"], result["times_faster"]
    times, warm = goals["times_faster_than_jupyterlite"], goals["warm_seconds"]
    again, stop = goals["second_run_milliseconds"], goals["stop_milliseconds"]
    warm_click = result["visits"]["page"]["warm"]["click"]["median"]
    held = {
        f"cold, from the click, {times} times faster": faster["click"] >= times,
        f"cold, from navigation, {times} times faster": faster["navigation"] >= times,
        f"warm, from the click, under {warm} s": warm_click < 1000 * warm,
        f"second run under {again} ms": result["second_run"]["median"] < again,
    }
    for how, measured in result["stop"].items():
        held[f"Stop under {stop} ms, Python is {how}"] = measured["stopped"]["median"] < stop
    return held | {"no request to another site": result["requests_elsewhere"] == 0}


def render(result: Mapping[str, Any]) -> str:
    """Return the result as Markdown: a row for each kind of visit, then the rest and the goals."""
    lines = [
        "| visit | from the click | from navigation | after the click | gzip | in all | gzip |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    for name, kinds in result["visits"].items():
        for kind, seen in kinds.items():
            times = [f"{seen[key]['median'] / 1000:.2f} s" for key in ("click", "navigation")]
            sizes = [
                f"{seen[part][key] / 1e6:.1f} MB"
                for part in ("after_click", "loaded")
                for key in ("bytes", "gzip")
            ]
            lines.append(f"| {name}, {kind} | {' | '.join([*times, *sizes])} |")
    faster, stop = result["times_faster"], result["stop"]
    return "\n".join(
        [
            *lines,
            "",
            f"Until the output is painted; medians of {result['rounds']} visits, in turn. Cold, "
            f"JupyterLite takes {faster['click']:.1f} times as long from the click, "
            f"{faster['navigation']:.1f} times from navigation.",
            "",
            f"Second run: {result['second_run']['median']:.0f} ms.",
            *(
                f"Stop, Python is {how}: {times['stopped']['median']:.0f} ms, the next run has "
                f"ended after {times['next_run']['median']:.0f} ms."
                for how, times in stop.items()
            ),
            "",
            *(f"{'holds' if ok else 'FAILS'}: {goal}" for goal, ok in check_goals(result).items()),
        ]
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.site.page_python", description=__doc__
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

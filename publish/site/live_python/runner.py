"""Run the cells of a page, one at a time, in one namespace, and send on what they show.

An output is a dict that the page draws: ``{"stream": "stdout", "text": ...}``,
``{"data": {mime type: text}}``, ``{"error": traceback}``; that has ``"own": True`` if it went
through a function of the reader's that the book runs on; or ``{"file": name, "size": ...}``, what
the cell has written, with its ``"content"`` unless it is too large.
"""

import ast
import base64
import builtins
import importlib
import io
import linecache
import os
import sys
import tempfile
import time
import traceback
import types
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NoReturn

from pyodide.code import eval_code_async

import dnn_utils
from dnn_utils.language import say
from dnn_utils.palette import PALETTE

LIMIT = 100_000
"""Most characters of text that one run of a cell may print."""
PROMPT = 200
"""How many lines of a run are sent as they are printed; more are collected for `DELAY` seconds."""
DELAY = 0.05
LARGEST = 20_000_000
"""Most bytes of a file that a page offers to download."""
LATER = {"dnn_utils.figures": "matplotlib"}
"""Modules of ours that need a large package: both are loaded when a cell uses the module."""
INK, MUTED, LINE, PAPER = (PALETTE[name].dark for name in ("ink", "muted", "line", "paper"))
DARK = {
    "figure.facecolor": "none",
    "axes.facecolor": "none",
    "savefig.facecolor": "none",
    "text.color": INK,
    "axes.edgecolor": MUTED,
    "axes.labelcolor": INK,
    "xtick.color": MUTED,
    "ytick.color": MUTED,
    "grid.color": LINE,
    "legend.facecolor": PAPER,
    "legend.edgecolor": LINE,
}


class Stream(io.TextIOBase):
    """Standard output or error: sends its text in pieces, and not without end."""

    def __init__(self, name: str, runner: "Runner") -> None:
        self.name, self.runner = name, runner
        self.waiting: list[str] = []
        self.sent = time.monotonic()

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        left = self.runner.room
        self.runner.room -= len(text)
        if left > 0:
            self.waiting.append(text[:left])
        if left > 0 >= self.runner.room and len(text) > left:
            cut = say("… cut after {number} characters", number=f"{LIMIT:,}")
            self.waiting.append(f"\n{cut}\n")
        if "\n" in text and (self.runner.prompt > 0 or time.monotonic() - self.sent > DELAY):
            self.runner.prompt -= 1
            self.flush()
        return len(text)

    def flush(self) -> None:
        self.sent = time.monotonic()
        if self.waiting:
            text = "".join(self.waiting)
            self.waiting = []
            self.runner.send({"stream": self.name, "text": text})


class Runner:
    """The Python of a page.

    Parameters
    ----------
    send : callable
        Gets each output.
    """

    def __init__(self, send: Callable[[dict[str, Any]], None]) -> None:
        self.send = send
        self.room, self.prompt = LIMIT, PROMPT
        self.names = sys.modules["__main__"].__dict__
        self.dark: bool | None = None
        self.files: set[str] = set()  # what tracebacks call the code of the cells
        builtins.display = self.display  # type: ignore[attr-defined]
        builtins.input = no_input
        sys.stdout, sys.stderr = Stream("stdout", self), Stream("stderr", self)
        Path("matplotlibrc").touch()
        self.ours = set(Path().iterdir())  # and not of the reader's
        self.known: dict[str, tuple[int, int]] = {}  # files, by what changes when they do
        for name in LATER:
            sys.modules[name] = Later(name)
            setattr(dnn_utils, name.split(".")[-1], sys.modules[name])

    async def run(self, cell: str, code: str, dark: bool) -> bool:
        """Run the code of a cell; return whether it ended without an error."""
        self.room, self.prompt = LIMIT, PROMPT
        self.use_theme(dark)
        file = f"<{cell}>"
        self.files.add(file)
        linecache.cache[file] = (len(code), None, code.splitlines(keepends=True), file)
        try:
            value = await eval_code_async(code, self.names, filename=file)
            if value is not None:
                self.display(value)
            self.show_plots()
        except BaseException as error:
            self.flush()
            self.send({"error": report(error, self.files), "own": is_of_own(error)})
            return False
        finally:
            self.flush()
            for output in self.written():
                self.send(output)
        return True

    def written(self) -> list[dict[str, Any]]:
        """Return an output for each file that has been written since the last time."""
        found: dict[str, os.stat_result] = {}
        for top in sorted(set(Path().iterdir()) - self.ours):
            if not top.name.startswith((".", "fontlist-")):  # Matplotlib keeps such a list
                paths = [top, *sorted(top.rglob("*"))]
                found |= {path.as_posix(): path.stat() for path in paths if path.is_file()}
        now = {name: (stat.st_mtime_ns, stat.st_size) for name, stat in found.items()}
        new = [name for name in now if self.known.get(name) != now[name]]
        self.known = now
        return [output_of_file(name) for name in new]

    def put_file(self, name: str, content: bytes | None) -> None:
        """Write a file of the reader's, which no cell has written, or remove it."""
        Path(name).unlink(missing_ok=True)
        self.known.pop(name, None)
        if content is not None:
            Path(name).write_bytes(content)
            stat = Path(name).stat()
            self.known[name] = (stat.st_mtime_ns, stat.st_size)

    def use(self, judged: Mapping[str, str], others: Mapping[str, str]) -> dict[str, str]:
        """Run on the reader's functions; return what is wrong with those that were not judged yet.

        Parameters
        ----------
        judged, others : dict
            The texts of the functions by name; all those that are right are in use from now on.
        """
        own = importlib.import_module("testCases.own")  # most pages need none of the checks
        try:
            own.resume(judged)
        except Exception:  # what a reader has written may depend on anything
            others = {**judged, **others}
            own.resume({})
        if not others:
            return {}
        report = own.use(dict(others))
        return {name: report[name].brief for name in others if not report[name].ok}

    def keep(self, name: str, text: str) -> dict[str, str]:
        """Bring a function into use that was found right in its cell.

        Parameters
        ----------
        name : str
            One of the functions of the book.
        text : str
            The cell that defines it.

        Returns
        -------
        kept : dict
            ``source``, its text with all that it needs, if it is right on its own, too; else
            ``why`` it is not.
        """
        own = importlib.import_module("testCases.own")
        try:
            source = own.own_source(name, text, self.names)
        except ValueError as error:
            return {"why": str(error)}
        result = own.use({name: source})[name]
        return {"source": source} if result.ok else {"why": result.brief}

    def look_at(self, file: str, content: bytes) -> dict[str, Any]:
        """Show what is found about the functions in a notebook or a Python file.

        Parameters
        ----------
        file : str
            Its name.
        content : bytes

        Returns
        -------
        found : dict
            ``sources``, the texts of the functions that are right, by name; or ``error``, why
            the file cannot be read.
        """
        own, written = map(importlib.import_module, ("testCases.own", "testCases.written"))
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, Path(file).name)
            path.write_bytes(content)
            try:
                report = own.look_at(path)
                cells = written.Written(written.read(path))
            except ValueError as error:
                return {"error": str(error).replace(f"{folder}/", "")}
        self.display(report, *(one for one in report.results if one.state == "wrong"))
        right = [one.function for one in report.results if one.ok]
        return {"sources": {name: cells.source(name) for name in right}}

    def network_file(self, sources: Mapping[str, str]) -> dict[str, str]:
        """Return a Python file with these functions of the reader's, and the same as a notebook."""
        module = importlib.import_module("testCases.network_file")
        return {"py": module.network_file(sources), "ipynb": module.network_notebook(sources)}

    def flush(self) -> None:
        sys.stdout.flush()
        sys.stderr.flush()

    def display(self, *values: object) -> None:
        """Show values, each in the richest form that it has."""
        self.flush()
        for value in values:
            self.send(output_of(value))

    def show_plots(self) -> None:
        """Show what pyplot has drawn, and forget it."""
        if "matplotlib.pyplot" in sys.modules:
            pyplot = sys.modules["matplotlib.pyplot"]
            for number in pyplot.get_fignums():
                self.display(pyplot.figure(number))
            pyplot.close("all")

    def use_theme(self, dark: bool) -> None:
        """Let Matplotlib draw in the colours of the page, before or after it is imported."""
        if dark == self.dark:
            return
        self.dark = dark
        colours = DARK if dark else {}
        lines = "".join(f"{key}: {value.lstrip('#')}\n" for key, value in colours.items())
        Path("matplotlibrc").write_text(lines, encoding="utf-8")
        if "matplotlib" in sys.modules:
            sys.modules["matplotlib"].rc_file("matplotlibrc")


class Later(types.ModuleType):
    """A module that is imported when something in it is asked for."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        sys.modules.pop(self.__name__)
        module = importlib.import_module(self.__name__)
        vars(self).update(vars(module))
        return getattr(module, name)


def packages_used(code: str) -> list[str]:
    """Return what the modules in `LATER` need, if the code uses one and not just imports it."""
    try:
        tree = ast.parse(code)
    except SyntaxError:
        return []
    used = {getattr(node, key, None) for node in ast.walk(tree) for key in ("id", "attr", "module")}
    return [package for module, package in LATER.items() if {module, module.split(".")[-1]} & used]


def output_of(value: Any) -> dict[str, Any]:
    """Return the output that shows a value."""
    data = {"text/plain": repr(value)}
    bundle = getattr(value, "_repr_mimebundle_", None)
    made = bundle() if callable(bundle) else None
    if made is not None:
        data |= made[0] if isinstance(made, tuple) else made
    for name, kind in (("_repr_html_", "text/html"), ("_repr_svg_", "image/svg+xml")):
        method = getattr(value, name, None)
        text = method() if callable(method) else None
        if text is not None:
            data.setdefault(kind, text)
    if type(value).__module__ == "matplotlib.figure":
        data["image/png"] = png(value)
    output = {"data": data}
    if type(value).__module__ == "testCases.result" and hasattr(value, "code"):
        output["checked"] = {"function": value.function, "ok": value.ok, "code": value.code}
    return output


def output_of_file(name: str) -> dict[str, Any]:
    """Return the output that offers a file."""
    size = Path(name).stat().st_size
    output: dict[str, Any] = {"file": name, "size": size}
    if size <= LARGEST:
        output["content"] = Path(name).read_bytes()
    return output


def png(figure: Any) -> str:
    """Return a figure of Matplotlib as PNG, in base64."""
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=96, bbox_inches="tight")
    return base64.b64encode(buffer.getvalue()).decode()


def report(error: BaseException, files: set[str]) -> str:
    """Return the traceback from the first line of the reader's own on."""
    trace = error.__traceback__
    while trace is not None and trace.tb_frame.f_code.co_filename not in files:
        trace = trace.tb_next
    return "".join(traceback.format_exception(type(error), error, trace))


def is_of_own(error: BaseException) -> bool:
    """Return whether a function failed that the reader wrote, and the book runs on."""
    frames = traceback.walk_tb(error.__traceback__)
    return any(frame.f_code.co_filename.startswith("<your ") for frame, _ in frames)


def no_input(prompt: object = "") -> NoReturn:
    """Say that nothing can be typed in."""
    raise RuntimeError(say("input() does not work in the page: write the value into the code"))

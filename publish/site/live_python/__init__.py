"""Python in the page: every code cell can be run, edited and checked with nothing installed.

The scripts beside this file make it so; ``page.js`` is where to start reading. A page that
is only read loads them, a few kilobytes, and nothing else. What they load on the first run,
a build of Python for browsers and an editor, comes from ``publish.runtime.vendor``. A build that
cannot get these makes a book without Run buttons, and says so.
"""

import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import nbformat
from docutils import nodes
from docutils.parsers.rst import Directive
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging

import course
import publish.runtime
import testCases
from dnn_utils.language import N_
from dnn_utils.widgets import WITH_FUNCTIONS
from publish import internals, workbook
from publish.languages import translate
from publish.runtime.pins import read_pins
from publish.runtime.store import write
from publish.site.editions import to_site
from publish.site.questions import data_block
from upkeep.notebooks import read_notebook, solution_name

# All words that are said, by the script that says them. What stands in braces is filled in. Those
# of `page.js` are known to every script; those of a script in `PLACES` only come to its page.
WORDS: dict[str, dict[str, str]] = N_(
    {
        "page.js": {
            "run": "Run",
            "stop": "Stop",
            "edit": "Edit",
            "reset": "Reset",
            "undo": "Undo reset",
            "cell": "cell {number}",
            "solution": "{name}, solution",
            "code": "Code of {name}",
            "help": "Shift+Enter runs the code, Tab indents, Escape leaves the editor.",
            "starting": "Python is starting: {percent} %",
            "running": "Running …",
            "above": "Running {name} above first …",
            "above_failed": "Done, but {name} above ended with an error.",
            "done": "Done.",
            "with_own": "With my functions",
            "recorded": "Recorded with your functions.",
            "failed": "Ended with an error.",
            "stopped": "Stopped. Python starts anew, and Run runs the cells above again.",
            "failed to start": "Python could not start; Run tries again. {message}",
            "died": "Python has ended unexpectedly. Run starts it anew. {message}",
            "stand_in": "Not written yet: the cells below use our {name}.",
            "solution_counts": "The cells below use the solution now. "
            "Run this cell to use your own lines.",
            "new_edition": "The book's code of this cell has changed since you edited it. "
            "Yours is kept.",
            "not_kept": "This browser cannot keep your edits: copy them before you leave the page.",
            "left_over": "Code of yours, from a cell that this page no longer has",
            "own_on": "This page runs on your code: {own} of {count} functions.",
            "own_off": "This page runs on the book's functions. You have written {own} of {count}.",
            "use_book": "Use the book's functions",
            "use_own": "Use mine",
            "own_switched": "From the next run on, the book's functions are used.",
            "own_wrong": "no longer passes the checks, so the book's is used: {why}",
            "own_kept": "Right, and yours from now on: all pages run on it.",
            "own_not_kept": "Right, but this browser cannot keep it: other pages run on the "
            "book's.",
            "own_here_only": "Right in this cell, but it does not run on other pages: {why}",
            "picture": "Figure drawn by {name}",
            "download": "Download {name}",
            "too_large": "{name} has {size} MB, too many to be downloaded from here.",
            "answer": "Answer to {name}",
            "older": "Another text of yours for this cell, which is older",
        },
        "progress.js": {
            "right": "✓ right",
            "tried": "✗ not right yet",
            "open": "not checked yet",
            "questions": "Questions: {right} of {quizzes} answered right. Predictions: {made} of "
            "{predictions} made.",
            "next": "Next:",
            "all_done": "You have done all of it.",
            "answers_given": "My answers to the questions of the book",
            "export": "Export",
            "import": "Import",
            "imported": "Imported: {added} new, {replaced} newer than here. {left} stay as they "
            "are.",
            "import_full": "This browser cannot keep all of it.",
            "import_broken": "{name} is damaged: it is no JSON. Nothing was imported.",
            "import_foreign": "{name} was not exported from this book. Nothing was imported.",
            "import_newer": "{name} was exported from another edition of this book. Reload this "
            "page, and try once more. Nothing was imported.",
            "workbook": "Download my workbook",
            "network": "Download my_network.py",
            "network_notebook": "Download my_network.ipynb",
            "clear": "Clear",
            "really_clear": "Remove the marks, your answers, your picture and all your code from "
            "this browser?",
        },
        "check_notebook.js": {
            "notebook": "your file",
            "choose": "Choose your notebook (.ipynb) or Python file (.py), or drop it here.",
            "checking": "Checking {name} …",
            "checked": "{name} is checked. Nothing of it has left this page.",
            "unreadable": "{name} cannot be read: {message}",
            "take": "Take the right ones as mine",
            "taken": "Yours from now on, on all pages: {names}.",
        },
        "your_network.js": {
            "surface": "Your picture, {size} by {size} points. The arrow keys move the pen, the "
            "space bar puts it down and lifts it.",
            "colour": "Colour",
            "width": "Width of the pen",
            "wipe": "Clear",
            "wiped": "The picture is empty.",
            "restore": "Undo",
            "pen_down": "Pen down at column {x}, row {y}.",
            "pen_up": "Pen up at column {x}, row {y}.",
            "pen_at": "Column {x}, row {y}",
            "choose_picture": "Or choose a picture file, or drop one on the picture.",
            "given": "Your picture is ready. Run the next cell, and the network looks at it.",
            "given_not_kept": "Your picture is ready. Run the next cell, and the network looks at "
            "it. (This browser cannot keep it.)",
            "no_picture": "{name} is no picture that this browser can read.",
        },
        "notice.js": {
            "old_browser": "Python needs a newer browser: at least Chrome or Edge 105, Firefox "
            "121 or Safari 16.4.",
            "no_wasm": "Python needs WebAssembly, which is switched off in this browser.",
            "wrong_type": "Python cannot start: the server sends {file} as {type} and not as "
            "text/javascript.",
            "file": "Python runs only in pages that come from a web server. On your own computer, "
            "`make book` starts one.",
        },
        "": {
            "local": "Runs on your own computer: see the box at the top of the page.",
        },
    }
)
HERE = Path(__file__).parent
RUNTIME = Path(publish.runtime.__file__).parent
NO_SCRIPT = ("notice.js", "service_worker.js")  # copied in other ways
SCRIPTS = [path for path in sorted(HERE.glob("*.js")) if path.name not in NO_SCRIPT]
LIBRARY = ("dnn_utils", "testCases", "course")

# The directives that leave a place on a page for a script.
PLACES = {
    "exercise-progress": "progress.js",
    "check-notebook": "check_notebook.js",
    "your-picture": "your_network.js",
}

logger = logging.getLogger(__name__)


def name_versions(app: Sphinx, config: Config) -> None:
    """Name the folders of the scripts and of the runtime after what is in them.

    So a browser that has kept old ones never mixes them with new ones.
    """
    others = (HERE / "notice.js", HERE / "service_worker.js")
    ours = [*SCRIPTS, *others, HERE / "runner.py", *library_files(Path(app.srcdir))]
    words = json.dumps([config.language, words_in(config.language)]).encode()
    made_by = [path for path in sorted(RUNTIME.iterdir()) if path.is_file()]
    runtime = short_hash(path.read_bytes() for path in made_by)
    config.live_python_runtime = f"runtime-{runtime}"
    version = short_hash([*(path.read_bytes() for path in ours), words, runtime.encode()])
    config.live_python_scripts = f"python-{version}"


def words_in(language: str, *scripts: str) -> dict[str, str]:
    """Return the words of these scripts, or all words if none is named."""
    said = [(key, text) for name in scripts or WORDS for key, text in WORDS[name].items()]
    return {key: translate(text, language) for key, text in said}


def short_hash(contents: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for content in contents:
        digest.update(hashlib.sha256(content).digest())
    return digest.hexdigest()[:12]


def library_files(root: Path) -> list[Path]:
    """Return the files that the cells of the book, or of a reader's notebook, import or read."""
    files = [path for name in LIBRARY for path in sorted(Path(root, name).rglob("*"))]
    files += [Path(root, f"{name}.py") for name in course.MODULES]
    kinds = {".py", ".toml", ".mo", ".npz", ".json"}
    return [path for path in files if path.suffix in kinds and "__pycache__" not in path.parts]


class Runtime:
    """Brings Python for browsers and the editor to their folder, while the chapters run."""

    def start(self, app: Sphinx) -> None:
        """Start to fetch, unless everything is there already."""
        if app.builder.format != "html":
            return
        folder = site_folder(app) / "_static" / app.config.live_python_runtime
        remove_others(folder, "runtime-*")
        logger.info("bringing Python to the pages, from the network if this is the first build")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "publish.runtime.vendor", str(folder)],
            cwd=app.srcdir,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )

    def wait(self, app: Sphinx, env: BuildEnvironment) -> None:
        """Wait until it is there; note in the settings whether all of it was to be had."""
        if app.builder.format != "html":
            return
        _, said = self.process.communicate()
        app.config.live_python = self.process.returncode == 0
        if not app.config.live_python:
            # Elsewhere the book is worth reading all the same.
            report = logger.warning if os.environ.get("CI") else logger.info
            report("the book is built without Python in its pages: %s", said.strip()[-2000:])


def copy_files(app: Sphinx, env: BuildEnvironment) -> None:
    """Copy the scripts and the library, if what they need is there."""
    if not app.config.live_python:
        return
    static = Path(app.outdir, "_static")
    folder = static / app.config.live_python_scripts
    remove_others(folder, "python-*")
    for path in SCRIPTS:
        write(folder / path.name, path.read_bytes())
    # It looks after all below its folder.
    write(site_folder(app) / "service_worker.js", (HERE / "service_worker.js").read_bytes())
    site = f"../../{to_site(app.config.language)}"
    library, pages = zipped(Path(app.srcdir)), pages_of_exercises(env)
    settings = {
        "SITE": site,
        "RUNTIME": f"{site}_static/{app.config.live_python_runtime}/",
        "FIRST_PACKAGE": read_pins()["lock"]["packages"]["numpy"]["file_name"],
        "LANGUAGE": app.config.language,
        "LIBRARY": short_hash([library]),
        "WITH_FUNCTIONS": WITH_FUNCTIONS,
        "EXERCISES": {name: pages[name] for name in testCases.FUNCTIONS if name in pages},
        "WORDS": words_in(app.config.language, "page.js"),
    }
    lines = [f"export const {name} = {as_script(value)};\n" for name, value in settings.items()]
    write(folder / "settings.js", "".join(lines).encode())
    write(folder / "notice.js", notice(app.config.language))
    write(folder / "book.zip", library)
    if len(pages) == len(testCases.FUNCTIONS):
        notebook = nbformat.writes(workbook.build(language=app.config.language))
        write(folder / "workbook.ipynb", notebook.encode())


def pages_of_exercises(env: BuildEnvironment) -> dict[str, str]:
    """Return the page on which each function is written."""
    paths = {page: Path(env.doc2path(page)) for page in sorted(env.found_docs)}
    return {
        name: page
        for page, path in paths.items()
        if path.suffix == ".ipynb"
        for name in map(solution_name, read_notebook(path).cells)
        if name
    }


def as_script(value: object) -> str:
    """Return a value as a script writes it. (An escape would take twice the bytes of a letter.)"""
    return json.dumps(value, ensure_ascii=False)


def site_folder(app: Sphinx) -> Path:
    """Return the root of the site: all editions share the runtime and what browsers keep."""
    return Path(app.outdir, to_site(app.config.language))


def notice(language: str) -> bytes:
    """Return the script for old browsers with its words, which they cannot import."""
    text = (HERE / "notice.js").read_text(encoding="utf-8")
    words = words_in(language, "notice.js")
    return re.sub(r'"%(\w+)"', lambda found: as_script(words[found[1]]), text).encode()


def remove_others(folder: Path, pattern: str) -> None:
    for other in folder.parent.glob(pattern):
        if other != folder:
            shutil.rmtree(other)


def zipped(root: Path) -> bytes:
    """Return what Python imports in the page; the same files always make the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in [HERE / "runner.py", *library_files(root)]:
            name = file.name if file.parent == HERE else file.relative_to(root).as_posix()
            archive.writestr(zipfile.ZipInfo(name), file.read_bytes(), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def add_scripts(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Load the scripts on the pages that have something to run or to mark."""
    if doctree is None or not app.config.live_python:
        return
    folder = app.config.live_python_scripts
    if internals.code_sources(doctree) and not needs_local_install(doctree):
        app.add_js_file(f"{folder}/page.js", type="module")
        app.add_js_file(f"{folder}/notice.js", defer="defer")
    for script in places(doctree):
        app.add_js_file(f"{folder}/{script}", type="module")
        app.add_js_file(f"{folder}/notice.js", defer="defer")


def places(doctree: nodes.document) -> list[str]:
    """Return the scripts of `PLACES` that have their place on the page."""
    there = {name for node in doctree.findall(nodes.container) for name in node["classes"]}
    return [script for name, script in PLACES.items() if name in there]


def needs_local_install(doctree: nodes.document) -> bool:
    """Tell whether the page has a box that says so: it uses what Python in the page has not."""
    return any("local-install" in node["classes"] for node in doctree.findall(nodes.admonition))


class CellNames(SphinxPostTransform):
    """Give each code cell the id that it has in its notebook: edits are kept under this name."""

    default_priority = 810  # after the exercises are in their places
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        cells = internals.cells(self.document)
        path = Path(self.env.doc2path(self.env.docname))
        if cells and path.suffix == ".ipynb":
            notebook = nbformat.read(path, as_version=4)
            for number, cell in cells.items():
                cell["ids"].append(f"cell-{notebook.cells[number].id}")
        if self.config.live_python and needs_local_install(self.document):
            for cell in cells.values():
                text = words_in(self.config.language, "")["local"]
                cell += nodes.paragraph("", text, classes=["live-local"])


class Place(Directive):
    """A directive of `PLACES`, such as ``check-notebook``: where its script has its place."""

    def run(self) -> list[nodes.Node]:
        return [nodes.container("", classes=[self.name])]


class PlaceWords(SphinxPostTransform):
    """Let a page that has such a place bring the words of its script, which no other page needs."""

    default_priority = 820
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        scripts = places(self.document)
        if scripts and self.config.live_python:
            words = words_in(self.config.language, *scripts)
            self.document += data_block("live-words", words)


class ListExercises(SphinxPostTransform):
    """Fill in the list where the directive ``exercise-progress`` stands."""

    default_priority = 820
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        for place in self.document.findall(nodes.container):
            if "exercise-progress" in place["classes"]:
                self.pages = pages_of_exercises(self.env)
                place += nodes.bullet_list("", *map(self.entry, testCases.FUNCTIONS))

    def entry(self, name: str) -> nodes.list_item:
        if name not in self.pages:
            raise ValueError(f"no chapter has the exercise {name}")
        page = self.pages[name]
        uri = self.app.builder.get_relative_uri(self.env.docname, page) + f"#exercise-{name}"
        link = nodes.reference("", "", nodes.literal(name, name), internal=True, refuri=uri)
        mark = nodes.inline("", classes=["progress-mark", f"mark-{name}"])
        return nodes.list_item("", nodes.paragraph("", "", link, nodes.Text(" "), mark))

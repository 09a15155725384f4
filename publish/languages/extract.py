"""Extract the English texts of the book, as the templates of its catalogues.

There is one template for each page, one for the library with its checks (``library``), and one
for all that is written around the pages (``site``): by the extensions, the theme, the settings,
the diagrams, the PDF, the workbook and the grading.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import yaml
from babel.messages.catalog import Catalog
from jinja2.ext import babel_extract

from dnn_utils import datasets
from publish.internals import build_sphinx
from publish.languages import TranslationError, read_catalogue
from publish.languages.build import SETTINGS
from publish.languages.sources import DIAGRAM_TEXT, ROOT

Text = tuple[str, str | None]
"""A text and its context, if it has one."""

TEXT = ROOT / "_build" / "text"
# Functions by the modules that they come from: which argument is a text, and which its context.
FUNCTIONS = {
    "language.say": (0, None),
    "language.say_in": (1, 0),
    "languages.translate": (0, None),
    "mistake.mistake": (1, None),
}
MARK = "language.N_"
LIBRARY = ("dnn_utils", "testCases", "course")
RUNNER = ROOT / "publish/site/live_python/runner.py"  # speaks with the library, in the page
WORD = re.compile(r"\b(?!db\b)[a-z]{2,}\b")  # in a diagram; db is in formulas


def library(root: Path = ROOT) -> Catalog:
    """Return the template for all that the library and the checks say."""
    template = Catalog()
    modules = [p for name in LIBRARY for p in (root / name).rglob("*.py")]
    for path in sorted([*modules, root / RUNNER.relative_to(ROOT)]):
        add(template, path, root, python_texts(path))
    names = {str(name).rpartition("/")[2].replace("-", " ") for name in datasets.load_cats().names}
    pictures = root / "dnn_utils/data/ATTRIBUTION.md"
    add(template, pictures, root, ((name, "drawing") for name in sorted(names)))
    return template


def site(root: Path = ROOT) -> Catalog:
    """Return the template for all that is written around the pages."""
    template = Catalog()
    add(template, root / "_config.yml", root, settings(root / "_config.yml"))
    add(template, root / "_toc.yml", root, captions(root / "_toc.yml"))
    for path in sorted(root.glob("book/_templates/*.html")):
        add(template, path, root, template_texts(path))
    for path in sorted(root.glob("book/images/*.svg")):
        add(template, path, root, diagram_texts(path))
    for path in sorted(p for name in ("publish", "teach") for p in (root / name).rglob("*.py")):
        if path != root / RUNNER.relative_to(ROOT):
            add(template, path, root, python_texts(path))
    return template


def pages(folder: Path = TEXT) -> dict[str, Catalog]:
    """Return the template of each page, as Sphinx extracts it, by the name of the page.

    Parameters
    ----------
    folder : Path
        Where Sphinx may write.

    Raises
    ------
    TranslationError
        If the book cannot be read.
    """
    failed = build_sphinx(
        ROOT,
        folder / "pot",
        builder="gettext",
        noconfig=True,
        path_config=ROOT / "_config.yml",
        confoverrides=SETTINGS,
        doctreedir=folder / "doctrees",
        freshenv=True,
    )
    if failed:
        raise TranslationError(f"the English text cannot be read: {failed}")
    found = {}
    for path in sorted((folder / "pot" / "book").glob("*.pot")):
        found[f"book/{path.stem}"] = template = read_catalogue(path)
        for message in template:
            places = [(f"book/{Path(name).name}", line) for name, line in message.locations]
            message.locations = places
    return found


def add(template: Catalog, path: Path, root: Path, texts: Iterator[Text]) -> None:
    """Add the texts of a file to a template."""
    place = path.relative_to(root).as_posix()
    for text, context in texts:
        # without the number of the line, which any change of the code would change
        template.add(text, locations=[(place, 0)], context=context)


def python_texts(path: Path) -> Iterator[Text]:
    """Yield the texts that one of `FUNCTIONS` is called with, and those that `N_` marks.

    Babel's own extractor sees no calls inside an f-string before Python 3.12.
    """
    tree = ast.parse(path.read_bytes())
    called = {
        alias.asname or alias.name: f"{(node.module or '').rpartition('.')[2]}.{alias.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    for call in sorted(calls, key=lambda call: call.lineno):
        name = ast.unparse(call.func)
        name = called.get(name, name)
        if name == MARK:
            yield from ((text, None) for text in constants(call.args[0], path))
        elif name in FUNCTIONS:
            text, context = FUNCTIONS[name]
            values = [constant(argument) for argument in call.args]
            if said := values[text]:
                yield said, None if context is None else values[context]


def constant(node: ast.expr) -> str | None:
    """Return the text that is written in a place of the code, or None."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def constants(node: ast.expr, path: Path) -> Iterator[str]:
    """Yield the texts in the argument of `N_`."""
    if text := constant(node):
        yield text
    elif isinstance(node, ast.Dict):
        for value in node.values:
            yield from constants(value, path)
    elif isinstance(node, ast.Tuple | ast.List):
        for value in node.elts:
            yield from constants(value, path)
    else:
        where = f"{path}:{node.lineno}"
        raise TranslationError(
            f"{where}: N_ marks texts written in the call, got {ast.unparse(node)}"
        )


def settings(path: Path) -> Iterator[Text]:
    """Yield the settings of the book that are read on its pages."""
    config = yaml.safe_load(path.read_text(encoding="utf-8"))
    theme = config["sphinx"]["config"]["html_theme_options"]
    for text in (config["title"], config["author"], theme["toc_title"], theme["extra_footer"]):
        yield text, None


def captions(path: Path) -> Iterator[Text]:
    """Yield the captions of the parts of the book."""
    for part in yaml.safe_load(path.read_text(encoding="utf-8")).get("parts", []):
        yield part["caption"], None


def template_texts(path: Path) -> Iterator[Text]:
    """Yield what a template of a page calls ``_`` with."""
    with path.open("rb") as file:
        for _, _, text, _ in babel_extract(file, ("_",), (), {}):
            if isinstance(text, str):  # no plural
                yield text, None


def diagram_texts(path: Path) -> Iterator[Text]:
    """Yield the title, the description and the words of a diagram: no formulas and no code."""
    for tag, kind, text, _ in DIAGRAM_TEXT.findall(path.read_text(encoding="utf-8")):
        words = kind != "text" or WORD.search(re.sub("<.*?>", "", text))
        if words and 'class="mono' not in tag:
            yield text, None


def everything() -> dict[str, Catalog]:
    """Return all templates, by the names of their catalogues."""
    return pages() | {"library": library(), "site": site()}

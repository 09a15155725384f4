"""The sources of the pages in another language: their text translated, their code as it is.

The translations are those of the page: its gettext catalogue. What a reader downloads from a
translated page, and what ``make lab`` and ``make workbook`` write for ``LANG``, come from here.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import nbformat
import yaml
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser

from dnn_utils.language import display_width
from publish.languages import TranslationError, catalogue

ROOT = Path(__file__).parents[2]
BOOK = ROOT / "book"
DIRECTIVE = re.compile(r"\{([\w:-]+)\} *(.*)")
OPTION = re.compile(r":([\w-]+): *(.*)")
DIAGRAM_TEXT = re.compile(r"(<(text|title|desc)\b[^>]*>)(.*?)(</\2>)", re.DOTALL)
CODE = ("code-cell", "code", "code-block", "math")
# What stands behind these is no text.
NAMES = (
    *("colophon", "container", "figure", "grid", "image", "predict", "quiz"),
    *("solution", "solution-start"),
)
BREAK = r"\s+(?:>\s*)*"  # between two lines of a paragraph, perhaps of one that is quoted


def notebook(path: Path, language: str) -> nbformat.NotebookNode:
    """Return the notebook at `path` with its text in `language`, and without outputs.

    They would be in English: who runs it with ``DNN_LANGUAGE`` gets them in that language.

    Raises
    ------
    TranslationError
        If the notebook has a text that the catalogue lacks, or the other way round.
    """
    chapter: nbformat.NotebookNode = nbformat.v4.reads(path.read_text(encoding="utf-8"))
    page = Page(path, language)
    for cell in chapter.cells:
        if cell.cell_type == "markdown":
            cell.source = page.translate(cell.source)
        else:
            cell.outputs, cell.execution_count = [], None
    page.check()
    return chapter


def text(path: Path, language: str) -> str:
    """Return the text of a page of the book with all its text in `language`."""
    if path.suffix == ".ipynb":
        written: str = nbformat.v4.writes(notebook(path, language))
        return f"{written}\n"
    page = Page(path, language)
    source = path.read_text(encoding="utf-8")
    if path.suffix == ".rst":
        return page.translate_lines(source)
    head, mark, body = source.partition("\n---\n") if source.startswith("---") else ("", "", source)
    body = page.translate(body)
    page.check()
    return head + mark + body


def picture(path: Path, language: str) -> str:
    """Return the diagram at `path` with its words in `language`."""
    return translate_diagram(path.read_text(encoding="utf-8"), language)


def translate_diagram(svg: str, language: str) -> str:
    """Return a diagram with its words in a language; a formula is the same in all of them."""
    words = catalogue("site", language)
    return DIAGRAM_TEXT.sub(lambda found: found[1] + words.get(found[3], found[3]) + found[4], svg)


class Page:
    """The translations of one page, and which of them have found their place."""

    def __init__(self, path: Path, language: str) -> None:
        self.path = path
        self.language = language
        self.known = catalogue(f"book/{path.stem}", language)
        self.used: set[str] = set()

    def translate(self, markdown: str) -> str:
        """Return a text in Markdown with every piece of it translated."""
        starts = [0, *(at.end() for at in re.finditer("\n", markdown)), len(markdown)]
        done = 0
        result: list[str] = []
        for line, piece in pieces(markdown):
            found = find(piece, markdown, max(done, starts[line]))
            if found is None:
                raise TranslationError(f"{self.path}: not found in its place: {piece!r}")
            result += [markdown[done : found[0]], self.look_up(piece)]
            done = found[1]
        return "".join([*result, markdown[done:]])

    def translate_lines(self, source: str) -> str:
        """Return a text in reStructuredText in which each line is a paragraph, or is code."""
        lines = source.split("\n")
        for at, line in enumerate(lines):
            if line in self.known:
                lines[at] = self.look_up(line)
                if lines[at + 1] and set(lines[at + 1]) <= set("=-"):
                    lines[at + 1] = lines[at + 1][0] * display_width(lines[at])
        return "\n".join(lines)

    def look_up(self, piece: str) -> str:
        message = piece if piece in self.known else piece.replace("\n", " ").strip()
        if not self.known.get(message):
            raise TranslationError(f"{self.path}: not translated: {message}")
        self.used.add(message)
        return self.known[message]

    def check(self) -> None:
        """Demand that nothing of the catalogue is left over."""
        written = catalogue(
            "site", self.language
        )  # titles, which Sphinx takes for text of the page
        left = {m for m in self.known if not m.startswith(".. image")} - self.used - set(written)
        if left:
            raise TranslationError(f"{self.path}: not in its text: {sorted(left)}")


def find(piece: str, markdown: str, start: int) -> tuple[int, int] | None:
    """Return where a piece of a text begins and ends, from `start` on, or None."""
    if "\n" not in piece:  # most have one line: no pattern is compiled for these
        at = markdown.find(piece, start)
        return None if at < 0 else (at, at + len(piece))
    found = re.compile(BREAK.join(map(re.escape, piece.split("\n")))).search(markdown, start)
    return found and found.span()


def pieces(markdown: str, line: int = 0) -> Iterator[tuple[int, str]]:
    """Yield the pieces of a text that Sphinx translates one by one, each with its first line."""
    for token in parser().parse(markdown):
        if token.map is None:  # the end of a block
            continue
        if token.type in ("inline", "math_block"):
            yield line + token.map[0], token.content.strip("\n")  # as MyST cuts formulas
        elif token.type in ("fence", "colon_fence") and token.info.startswith("{"):
            yield from pieces_of_directive(token, line + token.map[0])


def pieces_of_directive(token: Token, line: int) -> Iterator[tuple[int, str]]:
    """Yield the title of a directive, its alt text and the pieces of what it holds."""
    directive = DIRECTIVE.match(token.info)
    if directive is None:
        raise TranslationError(f"no directive: {token.info}")
    name, argument = directive.groups()
    if name in CODE:
        return
    if argument and name not in NAMES:
        yield line, argument
    body = token.content.split("\n")
    if name == "glossary":
        yield from pieces_of_glossary(body, line + 1)
        return
    first = 0
    while first < len(body) and (option := OPTION.match(body[first])):
        if option[1] == "alt":
            yield line + 1 + first, option[2]
        first += 1
    yield from pieces("\n".join(body[first:]), line + 1 + first)


def pieces_of_glossary(body: list[str], line: int) -> Iterator[tuple[int, str]]:
    """Yield the terms, which are not indented, and the pieces of what explains them."""
    for number, text in enumerate(body, start=line):
        if text.startswith(" "):
            yield from pieces(text.strip(), number)
        elif text and not OPTION.match(text):
            yield number, text


@cache
def parser() -> MarkdownIt:
    """Return the parser that reads the book."""
    settings = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    extensions = set(settings["parse"]["myst_enable_extensions"])
    return create_md_parser(MdParserConfig(enable_extensions=extensions), RendererHTML)

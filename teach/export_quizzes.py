"""Write the quizzes of the book as files that a learning platform imports.

``python -m teach.export_quizzes [LANGUAGE]`` writes two files into the folder that ``--folder``
names: one in the format GIFT, with quizzes of all kinds and the reply to each answer, and one
in the format Aiken, which more platforms know and which has choices only, without replies.
Formulas are TeX between ``\\(`` and ``\\)``.
"""

import argparse
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

import yaml
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser
from nbformat import NotebookNode

from publish import languages
from publish.languages.sources import ROOT, notebook
from publish.site.questions.source import QUIZ, Answer, Question, QuestionError, questions_in
from upkeep.notebooks import chapters, read_notebook

FOLDER = ROOT / "_build/quizzes"
ENDINGS = {"gift": ".gift.txt", "aiken": ".aiken.txt"}
HEADING = re.compile(r"^# (.+)$", re.M)
LETTER = re.compile(r"\*\*[A-Z]\*\*")
# What is a sign of GIFT anywhere in a text.
SIGNS = str.maketrans({sign: f"\\{sign}" for sign in "\\~=#{}:"})


@dataclass(frozen=True)
class Chapter:
    """The title of a chapter, and its quizzes in their order."""

    title: str
    quizzes: tuple[Question, ...]


def read_chapters(paths: Iterable[Path], language: str = languages.SOURCE) -> list[Chapter]:
    """Return the chapters with their quizzes, in a language.

    Raises
    ------
    QuestionError
        If a quiz does not have the form that it needs, or two have the same name.
    """
    found = []
    places: dict[str, Path] = {}
    for path in paths:
        source = read_notebook(path) if language == languages.SOURCE else notebook(path, language)
        try:
            quizzes = [asked for asked in asked_in(source) if asked.form == QUIZ]
        except QuestionError as error:
            raise QuestionError(f"{path}: {error}") from error
        for quiz in quizzes:
            if quiz.key in places:
                other = places[quiz.key]
                raise QuestionError(f"{path}: quiz {quiz.name}: another has this name, in {other}")
            places[quiz.key] = path
        found.append(Chapter(title_of(source), tuple(quizzes)))
    return found


def asked_in(source: NotebookNode) -> Iterator[Question]:
    """Yield the questions of a notebook."""
    for cell in source.cells:
        if cell.cell_type == "markdown":
            yield from questions_in(cell.source)


def title_of(source: NotebookNode) -> str:
    found = HEADING.search("\n".join(c.source for c in source.cells if c.cell_type == "markdown"))
    return plain(found[1]) if found else ""


# GIFT


def gift(book: str, found: Sequence[Chapter]) -> str:
    """Return all quizzes in the format GIFT, in a category for each chapter."""
    blocks = []
    for chapter in found:
        if chapter.quizzes:
            category = "/".join(part.replace("/", "//") for part in (book, chapter.title))
            blocks.append(f"$CATEGORY: {category}\n")
            blocks += map(gift_of, chapter.quizzes)
    return "\n".join(blocks)


def gift_of(quiz: Question) -> str:
    """Return a quiz in the format GIFT."""
    lines = {"choice": gift_choice, "number": gift_number, "shape": gift_shape}[quiz.kind](quiz)
    start = "#" if quiz.kind == "number" else ""
    text = rich(quiz.text)
    return (
        f"::{signs(quiz.name)}::[html]{text}{{{start}\n"
        + "".join(f"\t{line}\n" for line in lines)
        + "}\n"
    )


def gift_choice(quiz: Question) -> Iterator[str]:
    """Yield the choices. Platforms mix them, so they keep the letters that the replies name."""
    named = any(LETTER.search(answer.reply) for answer in quiz.answers)
    for answer in quiz.answers:
        text = f"**{answer.value}.** {answer.text}" if named else answer.text
        yield f"{'=' if answer.right else '~'}{rich(text)}#{rich(answer.reply)}"


def gift_number(quiz: Question) -> Iterator[str]:
    """Yield what may be written, and last, behind the sign of a wrong answer, what is said else."""
    for answer in right_first(quiz):
        near = f":{quiz.tolerance:g}" if quiz.tolerance else ""
        yield f"={weight(answer)}{answer.value}{near}#{rich(answer.reply)}"
    yield f"~#{rich(quiz.answers[-1].reply)}"


def gift_shape(quiz: Question) -> Iterator[str]:
    """Yield what may be written, with a space behind the commas and without."""
    for answer in right_first(quiz):
        sizes = answer.value.strip("()").split(",")
        spaced = f"({sizes[0]},)" if len(sizes) == 1 and sizes[0] else f"({', '.join(sizes)})"
        for text in dict.fromkeys((spaced, spaced.replace(" ", ""))):
            yield f"={weight(answer)}{text}#{rich(answer.reply)}"
    yield f"=%0%*#{rich(quiz.answers[-1].reply)}"


def right_first(quiz: Question) -> list[Answer]:
    """Return the answers without the last one, which stands for all else: a platform takes the
    first that fits.
    """
    return sorted(quiz.answers[:-1], key=lambda answer: not answer.right)


def weight(answer: Answer) -> str:
    return "" if answer.right else "%0%"


def signs(text: str) -> str:
    return text.translate(SIGNS)


def rich(markdown: str) -> str:
    """Return a text as HTML, on one line and with the signs of GIFT marked as text."""
    html: str = writer().render(markdown).strip()
    html = re.sub(r"\A<p>(.*)</p>\Z", r"\1", html, flags=re.S) if html.count("<p>") == 1 else html
    return signs(" ".join(html.split()))


@cache
def writer() -> MarkdownIt:
    """Return what writes Markdown as HTML with TeX in it."""
    extensions = {"dollarmath"}
    made = create_md_parser(MdParserConfig(enable_extensions=extensions), RendererHTML)
    made.add_render_rule("math_inline", write_formula)
    made.add_render_rule("math_block", write_formula)
    return made


def write_formula(
    self: RendererHTML,
    tokens: Sequence[Token],
    at: int,
    options: OptionsDict,
    env: Mapping[str, Any],
) -> str:
    """Return a formula as TeX between the marks that platforms know."""
    start, end = ("\\(", "\\)") if tokens[at].type == "math_inline" else ("\\[", "\\]")
    return start + escape(tokens[at].content.strip(), quote=False) + end


# Aiken


def aiken(found: Sequence[Chapter]) -> str:
    """Return the choices in the format Aiken."""
    choices = [quiz for chapter in found for quiz in chapter.quizzes if quiz.kind == "choice"]
    return "\n".join(map(aiken_of, choices))


def aiken_of(quiz: Question) -> str:
    """Return a choice in the format Aiken, in which everything has one line."""
    lines = [f"{answer.value}. {plain(answer.text)}" for answer in quiz.answers]
    (right,) = [answer.value for answer in quiz.answers if answer.right]
    return "\n".join([plain(quiz.text), *lines, f"ANSWER: {right}", ""])


def plain(markdown: str) -> str:
    """Return a text on one line without its markup; formulas stay TeX."""
    words = []
    for token in writer().parse(markdown):
        for part in token.children or ([token] if token.type == "math_block" else []):
            if part.type == "math_inline":
                words.append(f"\\({part.content}\\)")
            elif part.type in ("softbreak", "hardbreak"):
                words.append(" ")
            else:
                words.append(part.content)
        words.append(" ")
    return " ".join("".join(words).split())


# The command line


def write(folder: Path, language: str = languages.SOURCE) -> list[Path]:
    """Write both files into a folder; return their paths."""
    found = read_chapters(chapters(), language)
    config = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    book = languages.translate(config["title"], language)
    ending = "" if language == languages.SOURCE else f"-{language}"
    texts = {"gift": gift(book, found), "aiken": aiken(found)}
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"quizzes{ending}{ENDINGS[kind]}" for kind in texts]
    for path, text in zip(paths, texts.values(), strict=True):
        path.write_text(text, encoding="utf-8")
    return paths


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m teach.export_quizzes", description=__doc__)
    known = languages.languages()
    parser.add_argument("language", nargs="?", choices=known, default=languages.SOURCE)
    parser.add_argument("--folder", type=Path, default=FOLDER)
    chosen = parser.parse_args(arguments)
    try:
        for path in write(chosen.folder, chosen.language):
            print(path)
    except (QuestionError, languages.TranslationError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

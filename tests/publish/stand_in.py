"""A stand-in for a third language: English in small letters, with a mark before each word.

It has no code, no rules and no fonts of its own: only terms and catalogues.
"""

import builtins
import re
from pathlib import Path

from babel.messages.pofile import read_po, write_po

LANGUAGE = "eo"  # Sphinx and Babel know its name, and nobody has translated the book into it
MARK = "»"
# What a translator leaves as it is: formulas, code, the targets of links, fields, tags.
KEPT = re.compile(
    r"\$\$.+?\$\$|\$[^$]+\$|(`+).+?\1|\]\([^)]+\)|%\(\w+\)s|\{[^{}]*\}|</?\w[^>]*>|&\w+;", re.DOTALL
)
TEX = re.compile(r"\\[a-zA-Z]+|[_^]\{")
TEX_WORDS = re.compile(r"(?<=\\text\{)[^}]*(?=\})")
WORD = re.compile(r"[^\W\d_]{2,}")


def mark(text: str) -> str:
    """Return a text in the stand-in."""
    if hasattr(builtins, text):  # a type that the reference links to
        return text
    if TEX.search(KEPT.sub("", text)):  # a formula, of which only some words are text
        return TEX_WORDS.sub(lambda words: mark_words(words[0]), text)
    done, at = [], 0
    for kept in KEPT.finditer(text):
        done += [mark_words(text[at : kept.start()]), kept[0]]
        at = kept.end()
    return "".join([*done, mark_words(text[at:])])


def mark_words(text: str) -> str:
    return WORD.sub(lambda word: MARK + word[0].lower(), text)


def found(root: Path, terms: list[str]) -> Path:
    """Make the folder of the stand-in in a project, with these terms; return it."""
    folder = root / "publish/languages" / LANGUAGE
    folder.mkdir()
    lines = [f'"{term}" = "{mark(term)}"\n' for term in terms]
    (folder / "terms.toml").write_text("".join(lines), encoding="utf-8")
    return folder


def translate(folder: Path) -> int:
    """Translate all catalogues in the folder of the stand-in; return the number of texts."""
    number = 0
    for path in sorted(folder.rglob("*.po")):
        with path.open("rb") as file:
            catalogue = read_po(file)
        for message in catalogue:
            if message.id and not message.string:
                message.string = mark(message.id)
                number += 1
        with path.open("wb") as file:
            write_po(file, catalogue, width=0)
    return number

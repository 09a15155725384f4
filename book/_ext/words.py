"""What is translated: the words of the extensions and tools, and the text of the pages.

The English text is the key: ``book/locale/<language>/words.toml`` has ``English = translation``,
in tables that say where the words stand. The pages have gettext catalogues beside it.
"""

import functools
import tomllib
from pathlib import Path

from babel.messages.pofile import read_po
from sphinx.errors import ExtensionError

LOCALE = Path(__file__).parents[1] / "locale"
SOURCE = "en"


class TranslationError(ExtensionError):
    """A text and its translations do not fit together."""


def languages():
    """Return all languages of the book, its own first."""
    return [SOURCE, *sorted(path.parent.name for path in LOCALE.glob("*/words.toml"))]


@functools.cache
def catalogue(language):
    """Return all words of a language, by their English text; of English, which is the key, none."""
    if language == SOURCE:
        return {}
    tables = tomllib.loads((LOCALE / language / "words.toml").read_text(encoding="utf-8"))
    return {english: said for table in tables.values() for english, said in table.items()}


def translate(text, language):
    """Return a text in a language.

    Raises
    ------
    TranslationError
        If it has not been translated.
    """
    if language != SOURCE and text not in catalogue(language):
        raise TranslationError(f"book/locale/{language}/words.toml has no entry for {text!r}")
    return catalogue(language).get(text, text)


@functools.cache
def translations(page, language):
    """Return the translations of a page, such as ``book/index``, by their English texts."""
    path = LOCALE / language / "LC_MESSAGES" / f"{page}.po"
    if not path.exists():
        return {}
    with path.open("rb") as file:
        entries = read_po(file)
    return {entry.id: entry.string for entry in entries if entry.id and not entry.fuzzy}

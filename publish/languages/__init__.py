"""The languages of the book: what is translated, and where it is looked up.

The English text is the key: ``words.toml`` in the folder of a language has ``English =
translation``, in tables that say where the words are used. Each page has a gettext catalogue
beside it.
"""

import functools
import tomllib
from importlib import import_module
from pathlib import Path

from babel.messages.pofile import read_po
from sphinx.errors import ExtensionError

LOCALE = Path(__file__).parent
SOURCE = "en"


class TranslationError(ExtensionError):
    """A text and its translations do not fit together."""


def languages():
    """Return all languages of the book, its own first."""
    return [SOURCE, *sorted(path.parent.name for path in LOCALE.glob("*/words.toml"))]


def folder_of(language):
    """Return the folder of an edition in the site, ``""`` or such as ``"ko/"``."""
    return "" if language == SOURCE else f"{language}/"


def language_of(page):
    """Return the language of a page of the site, or of the folder of an edition."""
    first = page.split("/", 1)[0]
    return first if first in languages() else SOURCE


def search_languages():
    """Return the classes for the search in those languages that Sphinx itself does not know."""
    own = [name for name in languages()[1:] if (LOCALE / name / "search.py").exists()]
    return [import_module(f"publish.languages.{name}.search").Search for name in own]


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
        raise TranslationError(f"publish/languages/{language}/words.toml has no entry for {text!r}")
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

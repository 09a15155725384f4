"""The words of the extensions and templates, in the language of the book.

The English text is the key: ``book/locale/<language>/words.toml`` has ``English = translation``,
in tables that say where the words stand.
"""

import functools
import tomllib
from pathlib import Path

from sphinx.errors import ExtensionError

LOCALE = Path(__file__).parents[1] / "locale"


@functools.cache
def catalogue(language):
    """Return all words of a language, by their English text; of English, which is the key, none."""
    if language == "en":
        return {}
    tables = tomllib.loads((LOCALE / language / "words.toml").read_text(encoding="utf-8"))
    return {english: said for table in tables.values() for english, said in table.items()}


def translate(text, language):
    """Return a text in a language.

    Raises
    ------
    ExtensionError
        If it has not been translated.
    """
    if language != "en" and text not in catalogue(language):
        raise ExtensionError(f"book/locale/{language}/words.toml has no entry for {text!r}")
    return catalogue(language).get(text, text)

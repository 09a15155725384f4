"""The languages of the book: which there are, and what each one says.

English is the source, and each other language is one folder here: gettext catalogues, with the
English text as the key, a list of terms, and whatever only this language needs. No other code
names a language.
"""

import functools
from importlib import import_module
from pathlib import Path
from types import ModuleType

from babel.messages.catalog import Catalog
from babel.messages.pofile import PoFileError, read_po
from sphinx.errors import ExtensionError

LOCALE = Path(__file__).parent
SOURCE = "en"


class TranslationError(ExtensionError):
    """A text and its translations do not fit together."""


def languages() -> list[str]:
    """Return all languages of the book, its own first."""
    return [SOURCE, *sorted(path.parent.name for path in LOCALE.glob("*/terms.toml"))]


def folder_of(language: str) -> str:
    """Return the folder of an edition in the site, ``""`` or its name with a slash."""
    return "" if language == SOURCE else f"{language}/"


def language_of(page: str) -> str:
    """Return the language of a page of the site, or of the folder of an edition."""
    first = page.split("/", 1)[0]
    return first if first in languages() else SOURCE


def own_module(language: str, name: str) -> ModuleType | None:
    """Return a module from the folder of a language, or None if it has no such module."""
    if not (LOCALE / language / f"{name}.py").exists():
        return None
    return import_module(f"publish.languages.{language}.{name}")


def own_styles(name: str) -> dict[str, Path]:
    """Return the stylesheets of this name by the languages that have one."""
    paths = {language: LOCALE / language / name for language in languages()}
    return {language: path for language, path in paths.items() if path.exists()}


def catalogue_path(name: str, language: str) -> Path:
    """Return the path of a catalogue: ``library``, ``site``, or a page such as ``book/index``."""
    return LOCALE / language / "LC_MESSAGES" / f"{name}.po"


def read_catalogue(path: Path) -> Catalog:
    """Return the catalogue at `path`.

    Raises
    ------
    TranslationError
        If it is missing or damaged.
    """
    try:
        with path.open("rb") as file:
            return read_po(file, abort_invalid=True)
    except FileNotFoundError:
        raise TranslationError(f"{path} is missing: make translation writes it") from None
    except (PoFileError, ValueError) as error:
        raise TranslationError(f"{path} is no catalogue of gettext: {error}") from error


@functools.cache
def catalogue(name: str, language: str) -> dict[str, str]:
    """Return what a catalogue says, by the English texts. In English it has no entries.

    Raises
    ------
    TranslationError
        If there is no such language, or the catalogue is missing or damaged.
    """
    if language == SOURCE:
        return {}
    if language not in languages():
        raise TranslationError(f"the language must be one of {languages()}, got {language!r}")
    entries = read_catalogue(catalogue_path(name, language))
    return {
        str(entry.id): str(entry.string)
        for entry in entries
        if entry.id and entry.string and not entry.fuzzy
    }


def translate(text: str, language: str) -> str:
    """Return a text of the site, the workbook or the grading in a language.

    Raises
    ------
    TranslationError
        If it has not been translated.
    """
    known = catalogue("site", language)
    if language != SOURCE and text not in known:
        path = catalogue_path("site", language).relative_to(LOCALE.parents[1])
        raise TranslationError(f"{path} has no translation of {text!r}")
    return known.get(text, text)

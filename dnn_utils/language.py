"""The language in which the library speaks to the reader.

The environment variable ``DNN_LANGUAGE`` names it before the library is imported. The English
texts are written where they are said. Their translations are gettext catalogues, which
``make translation`` compiles into ``locale/<language>/LC_MESSAGES/dnn_utils.mo``.
"""

import functools
import os
import re
import struct
import unicodedata
from collections.abc import Mapping, Sequence
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from typing import TypeVar

LOCALE = Path(__file__).with_name("locale")
LANGUAGES = ("en", *sorted(path.name for path in LOCALE.glob("[!._]*")))
FIELD = re.compile(r"{(\w+)}")
_T = TypeVar("_T")


def chosen(name: str | None) -> str:
    """Return the language that the environment names, English if it names none.

    Raises
    ------
    ValueError
        If it is none of ours.
    """
    if name and name not in LANGUAGES:
        known = " or ".join(LANGUAGES)
        raise ValueError(f"the environment variable DNN_LANGUAGE must be {known}, got {name!r}")
    return name or "en"


LANGUAGE = chosen(os.environ.get("DNN_LANGUAGE"))


@functools.cache
def translations(language: str) -> NullTranslations:
    """Return the translations of the library into a language.

    Parameters
    ----------
    language : str
        One of `LANGUAGES`.

    Returns
    -------
    translations : gettext.NullTranslations
        What it does not know stays English.

    Raises
    ------
    ValueError
        If the catalogue of the language is missing or damaged.
    """
    if language == "en":
        return NullTranslations()
    path = LOCALE / language / "LC_MESSAGES" / "dnn_utils.mo"
    try:
        with path.open("rb") as file:
            return GNUTranslations(file)
    except (OSError, ValueError, LookupError, struct.error) as error:  # whatever the damage
        said = f"{path} cannot be read ({error}): python -m publish.languages.update writes it anew"
        raise ValueError(said) from error


def say(text: str, /, **fields: object) -> str:
    """Return a text in the language of the reader, with the fields filled in.

    Parameters
    ----------
    text : str
        In English. What has no translation stays English.
    **fields
        What takes the place of ``{name}``. Other braces stay as they are: they may
        be slots that a `Recording` fills in later.

    Returns
    -------
    said : str
    """
    return _filled(text and translations(LANGUAGE).gettext(text), fields)  # "" is the header


def say_in(context: str, text: str, /, **fields: object) -> str:
    """Return a text as `say` does, where its English has another translation elsewhere.

    Parameters
    ----------
    context : str
        Tells the two apart. It is the ``msgctxt`` of the catalogue.
    text : str
    **fields

    Returns
    -------
    said : str
    """
    return _filled(translations(LANGUAGE).pgettext(context, text), fields)


def _filled(said: str, fields: Mapping[str, object]) -> str:
    return FIELD.sub(lambda field: str(fields.get(field[1], field[0])), said)


def N_(texts: _T) -> _T:
    """Return texts as they are: this marks them for the catalogues where they are only defined.

    Parameters
    ----------
    texts : str, dict, tuple or list
        English texts written in the call. Of a dict the values count.
    """
    return texts


def aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return rows of texts as lines, their columns side by side; a wide letter takes two."""
    widths = [max(map(display_width, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            text + " " * (wide - display_width(text))
            for text, wide in zip(row, widths, strict=True)
        ).rstrip()
        for row in rows
    ]


def display_width(text: str) -> int:
    """Return how many columns a text takes in a monospaced font: a wide letter takes two."""
    return sum(1 + (unicodedata.east_asian_width(character) in "WF") for character in text)

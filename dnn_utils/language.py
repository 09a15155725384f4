"""The language in which the library speaks to the reader.

The environment variable ``DNN_LANGUAGE`` names it before the library is imported. The English
texts stand in the code. They are the keys of the other languages, in ``words/<language>.toml``.
"""

import functools
import os
import re
import tomllib
import unicodedata
from pathlib import Path

WORDS = Path(__file__).with_name("words")
LANGUAGES = ("en", *sorted(path.stem for path in WORDS.glob("*.toml")))
FIELD = re.compile(r"{(\w+)}")


def chosen(name):
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
def catalogue(language):
    """Return all that is translated into a language, by the English text."""
    if language == "en":
        return {}
    tables = tomllib.loads((WORDS / f"{language}.toml").read_text(encoding="utf-8"))
    return {english: said for table in tables.values() for english, said in table.items()}


def say(text, /, **fields):
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
    said = catalogue(LANGUAGE).get(text, text)
    return FIELD.sub(lambda field: str(fields.get(field[1], field[0])), said)


def N_(texts):
    """Return texts as they are: this marks them for the catalogues where they are only defined.

    Parameters
    ----------
    texts : str, dict, tuple or list
        English texts written in the call. Of a dict the values count.
    """
    return texts


def aligned(rows):
    """Return rows of texts as lines, their columns side by side, where Hangul is two wide."""
    widths = [max(map(display_width, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            text + " " * (wide - display_width(text))
            for text, wide in zip(row, widths, strict=True)
        ).rstrip()
        for row in rows
    ]


def display_width(text):
    """Return how many columns a text takes in a monospaced font: Hangul is two wide."""
    return sum(1 + (unicodedata.east_asian_width(character) in "WF") for character in text)

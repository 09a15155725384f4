"""What the checks say, one catalogue of keys and fields per language.

``en.toml`` is the source. A translation has the same keys, and the same fields and code in them.
"""

import functools
import tomllib
from pathlib import Path

from dnn_utils.language import LANGUAGE


@functools.cache
def catalogue(language=LANGUAGE):
    """Return all sections of the catalogue of a language, as nested dicts."""
    path = Path(__file__).with_name(f"{language}.toml")
    if not path.exists():  # a language in which the checks still speak English
        path = path.with_name("en.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def say(section, key, /, **fields):
    """Return the text of a key, its fields filled in."""
    return catalogue()[section][key].format(**fields)


def hints(name, language=LANGUAGE):
    """Return the hints for the exercise `name`, from the first thought to nearly the answer.

    Parameters
    ----------
    name : str
        The function to write.
    language : str
        ``"en"`` or ``"ko"``; that of the reader, if left out.

    Raises
    ------
    ValueError
        If there is no such exercise.
    """
    texts = catalogue(language)["hints"]
    if name not in texts:
        raise ValueError(f"name must be one of {list(texts)}, got {name!r}")
    return list(texts[name])

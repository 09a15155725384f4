"""What the checks say, one catalogue of keys and fields per language.

``en.toml`` is the source. A translation has the same keys, and the same fields in them.
"""

import functools
import tomllib
from pathlib import Path

LANGUAGE = "en"


@functools.cache
def catalogue(language=LANGUAGE):
    """Return all sections of the catalogue of a language, as nested dicts."""
    path = Path(__file__).with_name(f"{language}.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def say(section, key, /, **fields):
    """Return the text of a key, its fields filled in."""
    return catalogue()[section][key].format(**fields)


def hints(name):
    """Return the hints for the exercise `name`, from the first thought to nearly the answer.

    Raises
    ------
    ValueError
        If there is no such exercise.
    """
    texts = catalogue()["hints"]
    if name not in texts:
        raise ValueError(f"name must be one of {list(texts)}, got {name!r}")
    return list(texts[name])

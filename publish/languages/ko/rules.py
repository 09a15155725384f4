"""What is right in Korean only: a particle depends on the sound of the word before it."""

import re
from collections.abc import Iterable, Iterator

from publish.languages.markup import CODE, FIELD, MATHS, plain

HANGUL = re.compile("[가-힣]")
# A particle that depends on how the word before it sounds. Nobody knows how code, a formula or a
# field sounds, or the title that an empty link takes: "\0" marks these four.
PARTICLE = re.compile(
    "\0(?:을|를|이|가|은|는|(?:과|와)[의는도만]?|으?로(?:부터|[는도만의서써])?|이?라[고는]|이?란|이?나)(?![가-힣])"
)
UNNAMED = re.compile(r"\[\]\([^)]*\)")
AFTER_CLOSING = re.compile("(?<=[)\u2019\u201d])(?=[가-힣])")
WORD_JOINER = "\u2060"


def faults(source: str, text: str, terms: Iterable[str]) -> Iterator[str]:
    """Yield what is wrong with a translation; `terms` are the Korean words of the field."""
    for particle in particles(text):
        yield f'the particle "{particle}" follows code, a formula, a field or a link directly'
    for misfit in misfits(text, terms):
        yield f"the particle does not fit the word: {misfit}"
    if re.search("[a-z]{3}", plain(source), re.IGNORECASE) and not HANGUL.search(text):
        yield "has no Korean"


def particles(text: str) -> Iterator[str]:
    """Yield each varying particle directly after code, a formula, a field or an empty link."""
    for pattern in (MATHS, CODE, FIELD, UNNAMED):
        text = pattern.sub("\0", text)
    for match in PARTICLE.finditer(text):
        yield match[0][1:]


def misfits(text: str, words: Iterable[str]) -> Iterator[str]:
    """Yield each word with a particle after it that does not fit how the word ends."""
    for word in words:
        ends_in_consonant = (ord(word[-1]) - ord("가")) % 28
        wrong = "[를는가와]" if ends_in_consonant else "[을은이과]"
        yield from re.findall(rf"{word}{wrong}(?![가-힣])", text)


def typeset(text: str) -> str:
    """Return a text with each particle kept on the line of what closes before it.

    To a browser the two are not one word, where lines break between words only.
    """
    return AFTER_CLOSING.sub(WORD_JOINER, text)

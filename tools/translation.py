"""Check the catalogues of a translation: ``python -m tools.translation [FILE ...]``.

Every string is translated, none is fuzzy, and each translation has the code, the formulas, the
numbers and the links of its source, and for each term of the field the one word that
``terms.toml`` has for it.
"""

import re
import sys
import tomllib
from collections import Counter
from pathlib import Path

from babel.messages.pofile import read_po

LOCALE = Path(__file__).parents[1] / "book" / "locale"

MATHS = re.compile(r"\$\$.+?\$\$|\$[^$]+\$", re.DOTALL)
CODE = re.compile(r"(`+)(.+?)\1", re.DOTALL)
LINK = re.compile(r"\]\(([^)]+)\)")
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
EMPHASIS = re.compile(r"\*\*")
HANGUL = re.compile("[가-힣]")
PARTICLE = re.compile(r"[`$](을|를|이|가|은|는|과|와|으로|로|라고|이라고)(?![가-힣])")
FREE = re.compile(r"free: (.+)")


def parts(text):
    """Return what a translation may not change: formulas, code, links, numbers, bold marks."""
    found = Counter()
    for kind, pattern, group in (("formula", MATHS, 0), ("code", CODE, 2)):
        for match in pattern.finditer(text):
            # Words inside a formula are translated.
            inner = re.sub(r"\\text\w*\{[^}]*\}", r"\\text{}", match[group])
            found[kind, " ".join(inner.split())] += 1
        text = pattern.sub(" ", text)
    found.update(("link", target) for target in LINK.findall(text))
    text = LINK.sub("]", text)
    found.update(("number", number) for number in NUMBER.findall(text))
    found["mark", "**"] = len(EMPHASIS.findall(text))
    return +found


def plain(text):
    """Return a text without formulas, code and the targets of links."""
    for pattern in (MATHS, CODE):
        text = pattern.sub(" ", text)
    return LINK.sub("]", text)


def terms_in(text, terms):
    """Yield the terms of a text, the longer before the shorter that are part of them."""
    text = re.sub(r"\bfor example\b", " ", plain(text), flags=re.IGNORECASE)
    for term in sorted(terms, key=len, reverse=True):
        pattern = rf"\b{re.escape(term)}(?:s|es)?\b"
        text, number = re.subn(pattern, " ", text, flags=re.IGNORECASE)
        if number:
            yield term


def faults(message, terms):
    """Yield what is wrong with one entry of a catalogue."""
    source, text = message.id, message.string
    if not text:
        yield "not translated"
        return
    if message.fuzzy:
        yield "fuzzy: the English text has changed"
    before, after = parts(source), parts(text)
    for kind, what in before - after:
        yield f"{kind} is missing: {what}"
    for kind, what in after - before:
        yield f"{kind} is not in the source: {what}"
    if re.search("[a-z]{3}", plain(source), re.IGNORECASE) and not HANGUL.search(text):
        if "free: all" not in " ".join(message.user_comments):
            yield "has no Korean"
    free = {name for c in message.user_comments for name in FREE.findall(c)}
    free = {name.strip() for names in free for name in names.split(",")}
    for term in terms_in(source, terms):
        if term not in free and "all" not in free and terms[term] not in text:
            yield f'the term "{term}" is "{terms[term]}" here'


def check(path, terms):
    """Return all faults of a catalogue, each with its place."""
    with path.open("rb") as file:
        catalogue = read_po(file)
    found = []
    for message in catalogue:
        if message.id:
            where = " ".join(f"{Path(name).name}:{line}" for name, line in message.locations[:1])
            found += [f"{path.name}: {where}: {fault}\n    {message.id[:90]}" for fault in faults(message, terms)]
    found += [f"{path.name}: no longer in the book: {entry!r}" for entry in catalogue.obsolete]
    return found


def main():
    paths = [Path(name) for name in sys.argv[1:]] or sorted(LOCALE.rglob("*.po"))
    found = []
    for path in paths:
        terms = tomllib.loads((LOCALE / "ko" / "terms.toml").read_text(encoding="utf-8"))
        found += check(path, terms)
    print("\n".join(found) or f"{len(paths)} catalogues: nothing is missing or wrong")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()

"""Check the catalogues of a translation: ``python -m publish.languages.check [FILE ...]``.

Every string is translated, none is fuzzy, and each translation has the code, the formulas, the
numbers and the links of its source, and for each term of the field the one word that
``terms.toml`` has for it. The same string is translated in the same way on all pages.
"""

import re
import sys
import tomllib
from collections import Counter, defaultdict
from io import BytesIO
from pathlib import Path

from babel.messages.pofile import read_po

LOCALE = Path(__file__).parent

MATHS = re.compile(r"\$\$.+?\$\$|\$[^$]+\$", re.DOTALL)
CODE = re.compile(r"(`+)(.+?)\1", re.DOTALL)
LINK = re.compile(r"\]\(([^)]+)\)")
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
EMPHASIS = re.compile(r"\*\*")
HANGUL = re.compile("[가-힣]")
# A particle that depends on how the word before it sounds; nobody knows how code, a formula or the
# title that stands for an empty link sounds. "\0" stands for these three.
PARTICLE = re.compile(
    "\0(?:을|를|이|가|은|는|(?:과|와)[의는도만]?|으?로(?:부터|[는도만의서써])?|이?라[고는]|이?란|이?나)(?![가-힣])"
)
UNNAMED = re.compile(r"\[\]\([^)]*\)")
# A digit that may stand for a word of the source.
WORDS = {"0": r"\bzero(?:e?s)?\b", "1": r"\bones?\b"}
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


def particles(text):
    """Yield each varying particle that follows code, a formula or an empty link directly."""
    for pattern in (MATHS, CODE, UNNAMED):
        text = pattern.sub("\0", text)
    for match in PARTICLE.finditer(text):
        yield match[0][1:]


def misfits(text, words):
    """Yield each word with a particle after it that does not fit how the word ends."""
    for word in words:
        ends_in_consonant = (ord(word[-1]) - ord("가")) % 28
        wrong = "[를는가와]" if ends_in_consonant else "[을은이과]"
        yield from re.findall(rf"{word}{wrong}(?![가-힣])", text)


def terms_in(text, terms):
    """Yield the terms of a text, the longer before the shorter that are part of them."""
    text = re.sub(r"\bfor example\b", " ", plain(text), flags=re.IGNORECASE)
    for term in sorted(terms, key=len, reverse=True):
        pattern = rf"\b{re.escape(term)}(?:s|es)?\b"
        text, number = re.subn(pattern, " ", text, flags=re.IGNORECASE)
        if number:
            yield term


def freedoms(message):
    """Return what the comments of an entry allow: names of terms, "all", "same"."""
    lists = [found for comment in message.user_comments for found in FREE.findall(comment)]
    return {name.strip() for names in lists for name in names.split(",")}


def faults(message, terms, korean=True):
    """Yield what is wrong with one entry of a catalogue; some rules are those of Korean."""
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
        word = WORDS.get(what) if kind == "number" else None
        if not (word and re.search(word, plain(source), re.IGNORECASE)):
            yield f"{kind} is not in the source: {what}"
    for particle in particles(text) if korean else ():
        yield f'the particle "{particle}" follows code, a formula or an empty link directly'
    for misfit in misfits(text, terms.values()) if korean else ():
        yield f"the particle does not fit the word: {misfit}"
    free = freedoms(message)
    words = re.search("[a-z]{3}", plain(source), re.IGNORECASE)
    if korean and words and not HANGUL.search(text) and "all" not in free:
        yield "has no Korean"
    for term in terms_in(source, terms):
        if term not in free and "all" not in free and terms[term] not in text:
            yield f'the term "{term}" is "{terms[term]}" here'


def several(catalogues):
    """Yield each string that has more than one translation, with the places of each.

    An entry that needs one of its own says so in a comment: ``# free: same``.
    """
    places = defaultdict(lambda: defaultdict(list))
    for name, catalogue in catalogues.items():
        for message in catalogue:
            if message.id and message.string and "same" not in freedoms(message):
                places[message.id][message.string].append(name)
    for source, translations in places.items():
        if len(translations) > 1:
            lines = [f"    {text[:90]} ({', '.join(at)})" for text, at in translations.items()]
            yield "\n".join([f"{len(translations)} translations: {source[:90]}", *lines])


def check(path, catalogue):
    """Return all faults of a catalogue, each with its place."""
    folder = path.resolve().relative_to(LOCALE).parts[0]
    terms = tomllib.loads((LOCALE / folder / "terms.toml").read_text(encoding="utf-8"))
    found = []
    for message in catalogue:
        if message.id:
            where = " ".join(f"{Path(name).name}:{line}" for name, line in message.locations[:1])
            place, line = f"{path.name}: {where}", f"    {message.id[:90]}"
            found += [
                f"{place}: {fault}\n{line}" for fault in faults(message, terms, folder == "ko")
            ]
    found += [f"{path.name}: no longer in the book: {entry!r}" for entry in catalogue.obsolete]
    return found


def check_all(paths):
    """Return the faults of all catalogues, and the strings that they translate differently."""
    catalogues = {path: read_po(BytesIO(path.read_bytes())) for path in paths}
    found = []
    for path, catalogue in catalogues.items():
        found += check(path, catalogue)
    for language in {path.resolve().relative_to(LOCALE).parts[0] for path in paths}:
        found += several({p.name: c for p, c in catalogues.items() if language in p.parts})
    return found


def report(paths):
    """Print all faults, or how many strings there are if there is none; return the exit code."""
    found = check_all(paths)
    if found:
        print("\n".join(found))
        return 1
    counts = {path: sum(bool(entry.id) for entry in read_po(path.open("rb"))) for path in paths}
    for path, count in counts.items():
        print(f"{count:5} strings in {path.resolve().relative_to(LOCALE)}")
    print(f"{sum(counts.values()):5} in {len(paths)} catalogues: nothing is missing or wrong")
    return 0


def main():
    """Check the catalogues that the command line names, or all; return the exit code."""
    return report([Path(name) for name in sys.argv[1:]] or sorted(LOCALE.rglob("*.po")))


if __name__ == "__main__":
    sys.exit(main())

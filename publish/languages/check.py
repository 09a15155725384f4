"""Check the catalogues of all languages: ``python -m publish.languages.check``.

Each catalogue holds the texts of the book and nothing more. Every text is translated, none is
fuzzy, and each translation has the code, the formulas, the numbers, the links and the fields of
its source, and for each term of the field the one word that ``terms.toml`` has for it. The same
text is translated in the same way everywhere. A language may have further rules of its own, in
its ``rules.py``.
"""

import re
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from babel.messages.catalog import Catalog, Message

from publish.languages import (
    LOCALE,
    TranslationError,
    catalogue_path,
    extract,
    languages,
    own_module,
    read_catalogue,
)
from publish.languages.markup import parts, plain

# A digit that may stand for a word of the source.
WORDS = {"0": r"\bzero(?:e?s)?\b", "1": r"\bones?\b"}
FREE = re.compile(r"free: (.+)")


def terms_in(text: str, terms: Mapping[str, str]) -> Iterator[str]:
    """Yield the terms of a text, the longer before the shorter that are part of them."""
    text = re.sub(r"\bfor example\b", " ", plain(text), flags=re.IGNORECASE)
    for term in sorted(terms, key=len, reverse=True):
        pattern = rf"\b{re.escape(term)}(?:s|es)?\b"
        text, number = re.subn(pattern, " ", text, flags=re.IGNORECASE)
        if number:
            yield term


def freedoms(message: Message) -> set[str]:
    """Return what the comments of an entry allow: names of terms, "all", "same"."""
    lists = [found for comment in message.user_comments for found in FREE.findall(comment)]
    return {name.strip() for names in lists for name in names.split(",")}


def faults(message: Message, terms: Mapping[str, str], language: str) -> Iterator[str]:
    """Yield what is wrong with one entry of a catalogue."""
    source, text = str(message.id), str(message.string)
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
    free = freedoms(message)
    if "all" in free:
        return
    if rules := own_module(language, "rules"):
        yield from rules.faults(source, text, terms.values())
    for term in terms_in(source, terms):
        if term not in free and terms[term] not in text:
            yield f'the term "{term}" is "{terms[term]}" here'


def several(catalogues: Mapping[str, Catalog]) -> Iterator[str]:
    """Yield each text that has more than one translation, with the places of each.

    An entry that needs one of its own has a context, or says so in a comment: ``# free: same``.
    """
    places: dict[tuple[str, str], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for name, catalogue in catalogues.items():
        for message in catalogue:
            if message.id and message.string and "same" not in freedoms(message):
                key = message.context or "", str(message.id)
                places[key][str(message.string)].append(name)
    for (_, source), translations in places.items():
        if len(translations) > 1:
            lines = [f"    {text[:90]} ({', '.join(at)})" for text, at in translations.items()]
            yield "\n".join([f"{len(translations)} translations: {source[:90]}", *lines])


def terms_of(language: str) -> dict[str, str]:
    """Return the terms of the field, each with its word in a language.

    Raises
    ------
    TranslationError
        If the list is no TOML.
    """
    path = LOCALE / language / "terms.toml"
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise TranslationError(f"{path} is no TOML: {error}") from error


def read_all(language: str) -> dict[str, Catalog]:
    """Return all catalogues of a language, by their names."""
    folder = LOCALE / language / "LC_MESSAGES"
    names = [p.relative_to(folder).with_suffix("").as_posix() for p in folder.rglob("*.po")]
    return {name: read_catalogue(catalogue_path(name, language)) for name in sorted(names)}


def check(language: str) -> list[str]:
    """Return all faults in the catalogues of a language, each with its place."""
    catalogues, terms = read_all(language), terms_of(language)
    found = []
    for name, catalogue in catalogues.items():
        for message in catalogue:
            if message.id:
                where = " ".join(place(path, line) for path, line in message.locations[:1])
                for fault in faults(message, terms, language):
                    found.append(f"{language}/{name}.po: {where}: {fault}\n    {message.id[:90]}")
        for entry in catalogue.obsolete:
            found.append(f"{language}/{name}.po: no longer in the book: {entry!r}")
    return found + [f"{language}: {fault}" for fault in several(catalogues)]


def place(path: str, line: int | None) -> str:
    return f"{Path(path).name}:{line}" if line else path


def differences(language: str, templates: Mapping[str, Catalog]) -> list[str]:
    """Return what the catalogues of a language lack, and what is in no text of the book."""
    catalogues = read_all(language)
    found = [f"{language}/{name}.po is missing" for name in templates.keys() - catalogues.keys()]
    found += [f"{language}/{name}.po: no page" for name in catalogues.keys() - templates.keys()]
    for name in templates.keys() & catalogues.keys():
        wanted, known = keys(templates[name]), keys(catalogues[name])
        found += [f"{language}/{name}.po lacks: {text[:90]}" for _, text in wanted - known]
        found += [f"{language}/{name}.po: not in the book: {t[:90]}" for _, t in known - wanted]
    return sorted(found)


def keys(catalogue: Catalog) -> set[tuple[str, str]]:
    """Return the texts of a catalogue, each with its context."""
    return {(message.context or "", str(message.id)) for message in catalogue if message.id}


def report(templates: Mapping[str, Catalog]) -> int:
    """Print all faults, or how many texts there are if there is none; return the exit code."""
    found = []
    for language in languages()[1:]:
        found += differences(language, templates) + check(language)
    for line in found:
        print(line)
    if not found:
        number = sum(len(keys(template)) for template in templates.values())
        said = f"{number} texts in {len(templates)} catalogues"
        print(f"{', '.join(languages()[1:])}: {said} each, nothing is missing or wrong")
    return int(bool(found))


def main() -> int:
    """Check all catalogues against the texts of the book; return the exit code."""
    try:
        return report(extract.everything())
    except TranslationError as error:
        print(error)
        return 1


if __name__ == "__main__":
    sys.exit(main())

"""Bring changes of the English text into the catalogues: ``python -m publish.languages.update``.

New entries are empty, changed ones are marked ``fuzzy``, and those that are no longer in the book
stand at the end, commented out, until a translator has taken what is useful of them. What has no
words, numbers and formulas, is the same in all languages and is filled in. Then what the library
says is compiled for it, and all that is to be done is printed.
"""

import re
import sys
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import write_po

import dnn_utils.language
from publish.languages import (
    LOCALE,
    TranslationError,
    catalogue_path,
    extract,
    languages,
    read_catalogue,
)
from publish.languages.check import report
from publish.languages.markup import FIELD, plain

BOOK = "Deep Neural Network, Step by Step"
UNIT = re.compile(r"\b(?:ms|s|KB|MB|GB)\b")


def update(path: Path, template: Catalog) -> None:
    """Bring a template into the catalogue at `path`, which may not be there yet."""
    language = path.relative_to(LOCALE).parts[0]
    catalogue = read_catalogue(path) if path.exists() else Catalog(locale=language)
    catalogue.update(template, update_creation_date=False)
    for message in catalogue:
        if message.id:
            set_format(message, is_page=path.parent.name == "book")
            if is_wordless(str(message.id)):
                message.string = message.id
                message.flags.discard("fuzzy")
    catalogue.obsolete = {
        key: entry for key, entry in catalogue.obsolete.items() if not is_wordless(str(entry.id))
    }
    catalogue.project, catalogue.version = BOOK, ""
    catalogue.fuzzy = False
    catalogue.last_translator = catalogue.language_team = catalogue.msgid_bugs_address = ""
    catalogue.revision_date = catalogue.creation_date
    catalogue.header_comment = f"# {BOOK}: {path.stem}"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalogue, width=0)


def set_format(message: Message, is_page: bool) -> None:
    """Flag what a translation tool should compare.

    Babel guesses: it takes formulas for fields in braces, and "5 % of" for a field of C.
    """
    message.flags -= {"python-format", "python-brace-format"}
    if not is_page and "%(" in message.id:
        message.flags.add("python-format")
    elif not is_page and FIELD.search(str(message.id)):
        message.flags.add("python-brace-format")


def is_wordless(text: str) -> bool:
    """Tell whether a text is numbers with their units, formulas, fields and code only."""
    return not re.search(r"[^\W\d_]", UNIT.sub("", plain(text)))


def compiled(language: str) -> bytes:
    """Return what the library says in a language, in the form that it reads."""
    buffer = BytesIO()
    write_mo(buffer, read_catalogue(catalogue_path("library", language)))
    return buffer.getvalue()


def compile_library(language: str) -> None:
    """Write what the library says in a language to where it looks for it."""
    path = dnn_utils.language.LOCALE / language / "LC_MESSAGES" / "dnn_utils.mo"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(compiled(language))


def main() -> int:
    """Update all catalogues, say what is to be done; return the exit code."""
    try:
        templates = extract.everything()
        for language in languages()[1:]:
            for name, template in templates.items():
                update(catalogue_path(name, language), template)
            compile_library(language)
        return report(templates)
    except TranslationError as error:
        print(error)
        return 1


if __name__ == "__main__":
    sys.exit(main())

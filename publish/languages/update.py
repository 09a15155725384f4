"""Bring changes of the English text into the catalogues: ``python -m publish.languages.update``.

New entries are empty, changed ones are marked ``fuzzy``, and those that are no longer in the book
stand at the end, commented out, until a translator has taken what is useful of them. What has no
words, numbers and formulas, is the same in all languages and is filled in.
"""

import re
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from jupyter_book.sphinx import build_sphinx

from publish.languages import LOCALE, languages
from publish.languages.build import SETTINGS
from publish.languages.check import plain, report
from publish.languages.sources import ROOT

TEXT = ROOT / "_build" / "text"
BOOK = "Deep Neural Network, Step by Step"
UNIT = re.compile(r"\b(?:ms|s|KB|MB|GB)\b")


def extract():
    """Write the English texts of all pages into ``_build/text``; return the files.

    Raises
    ------
    SystemExit
        If the book cannot be read.
    """
    failed = build_sphinx(
        ROOT,
        TEXT / "pot",
        builder="gettext",
        noconfig=True,
        path_config=ROOT / "_config.yml",
        confoverrides=SETTINGS,
        doctreedir=TEXT / "doctrees",
        freshenv=True,
    )
    if failed:
        sys.exit(f"the English text cannot be read: {failed}")
    return sorted((TEXT / "pot" / "book").glob("*.pot"))


def update(path, template):
    """Bring a template into the catalogue at `path`, which may not be there yet."""
    language = path.relative_to(LOCALE).parts[0]
    catalogue = read_po(path.open("rb")) if path.exists() else Catalog(locale=language)
    catalogue.update(template, update_creation_date=False)
    for message in catalogue:
        message.locations = [(f"book/{Path(name).name}", line) for name, line in message.locations]
        if message.id and is_wordless(message.id):
            message.string = message.id
            message.flags.discard("fuzzy")
    for entry in list(filter(is_wordless, catalogue.obsolete)):
        del catalogue.obsolete[entry]
    catalogue.project = BOOK
    catalogue.fuzzy = False
    catalogue.last_translator = catalogue.language_team = ""
    catalogue.revision_date = catalogue.creation_date
    catalogue.header_comment = f"# {BOOK}: {path.stem}"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalogue, width=0)


def is_wordless(text):
    """Tell whether a text is numbers with their units, formulas and code only."""
    return not re.search(r"[^\W\d_]", UNIT.sub("", plain(text)))


def main():
    """Update all catalogues, say what is to be done; return the exit code."""
    paths = []
    for file in extract():
        template = read_po(file.open("rb"))
        for language in languages()[1:]:
            paths.append(LOCALE / language / "LC_MESSAGES" / "book" / f"{file.stem}.po")
            update(paths[-1], template)
    return report(paths)


if __name__ == "__main__":
    sys.exit(main())

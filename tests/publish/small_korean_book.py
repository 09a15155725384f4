"""A book of two pages with its Korean catalogues."""

import shutil

from upkeep.small_book import ROOT, write_small_book

FILES = (
    *("terms.toml", "rules.py", "search.py", "site.css", "print.css"),
    "LC_MESSAGES/site.po",
)
TEXTS = {
    "index": {"A small book": "작은 책", "A box": "상자", "The only figure.": "하나뿐인 그림."},
    "chapter": {"A chapter": "한 장"},
}


def write_small_korean_book(book, address=""):
    """Write the book, and perhaps into its settings where it is published."""
    write_small_book(book)
    config = book / "_config.yml"
    setting = f"    html_baseurl: {address}\n    html_use_index"
    config.write_text(config.read_text().replace("    html_use_index", setting, 1))
    locale = book / "publish/languages/ko"
    (locale / "LC_MESSAGES/book").mkdir(parents=True)
    for name in FILES:
        shutil.copy(ROOT / "publish/languages/ko" / name, locale / name)
    for name, entries in TEXTS.items():
        lines = ['msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n']
        lines += [f'msgid "{source}"\nmsgstr "{text}"\n' for source, text in entries.items()]
        path = locale / f"LC_MESSAGES/book/{name}.po"
        path.write_text("\n".join(lines), encoding="utf-8")

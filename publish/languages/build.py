"""Build the book in another language, beside the English one.

``python -m publish.languages.build LANGUAGE`` builds the edition in this language.
"""

import argparse
import os
import sys

from publish.internals import build_sphinx
from publish.languages import TranslationError, languages
from publish.languages.sources import BOOK, ROOT, text

SETTINGS = {
    "external_toc_path": str(ROOT / "_toc.yml"),
    "latex_individualpages": False,
    "nitpicky": True,
}


def build(language: str) -> int | Exception:
    """Build the edition in `language` into a folder of this name in ``_build/html``.

    Returns
    -------
    failed : int or Exception
        0 if it was built as by ``jupyter-book build . -W -n --keep-going``, without a warning.

    Raises
    ------
    TranslationError
        If the source of a page does not fit its catalogue.
    """
    os.environ["DNN_LANGUAGE"] = language  # the kernels, which run the chapters, take it over
    folder = ROOT / "_build" / "html" / language
    failed: int | Exception = build_sphinx(
        ROOT,
        folder,
        noconfig=True,
        path_config=ROOT / "_config.yml",
        confoverrides=SETTINGS | {"language": language},
        doctreedir=ROOT / "_build" / language / "doctrees",
        warningiserror=True,
        keep_going=True,
    )
    for path in BOOK.glob("*.*"):
        source = folder / "_sources" / "book" / path.name  # that a reader downloads
        if source.exists():
            source.write_text(text(path, language), encoding="utf-8")
    return failed


def main() -> int:
    """Build the edition that the command line names; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m publish.languages.build", description=__doc__)
    parser.add_argument("language", choices=languages()[1:])
    language = parser.parse_args().language
    try:
        return int(bool(build(language)))
    except TranslationError as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())

"""Write the chapters in another language, to open in JupyterLab.

``python -m publish.languages.notebooks LANGUAGE`` writes them.

They come into a folder of this name in ``notebooks``. A notebook that is there and differs, by a
reader's work or by its age, is left as it is, and the new one is written beside it.
"""

import argparse
import sys

from publish.languages import TranslationError, languages
from publish.languages.sources import BOOK, ROOT, notebook, picture
from upkeep.notebooks import write_new


def write_chapters(language: str) -> list[str]:
    """Write all chapters and their pictures; return what was done, for the reader."""
    folder = ROOT / "notebooks" / language
    (folder / "images").mkdir(parents=True, exist_ok=True)
    for path in BOOK.glob("images/*.svg"):
        (folder / "images" / path.name).write_text(picture(path, language), encoding="utf-8")
    chapters = sorted(BOOK.glob("*.ipynb"))
    return [write_new(folder / path.name, notebook(path, language)) for path in chapters]


def main() -> int:
    """Write the chapters in the language of the command line; return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m publish.languages.notebooks", description=__doc__
    )
    parser.add_argument("language", choices=languages()[1:])
    language = parser.parse_args().language
    try:
        print("\n".join(write_chapters(language)))
    except (TranslationError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Build the book in another language, beside the English one: ``python -m tools.edition ko``."""

import os
import sys
from pathlib import Path

from jupyter_book.sphinx import build_sphinx

ROOT = Path.cwd()
SETTINGS = {
    "external_toc_path": str(ROOT / "_toc.yml"),
    "latex_individualpages": False,
    "nitpicky": True,
}


def build(language):
    """Build the edition in `language` as ``jupyter-book build -W -n --keep-going`` would.

    Returns
    -------
    code : int or Exception
        0 if the edition stands in ``_build/html``, in the folder of the language.
    """
    os.environ["DNN_LANGUAGE"] = language  # the kernels, which run the chapters, take it over
    return build_sphinx(
        ROOT,
        ROOT / "_build" / "html" / language,
        noconfig=True,
        path_config=ROOT / "_config.yml",
        confoverrides=SETTINGS | {"language": language},
        doctreedir=ROOT / "_build" / language / "doctrees",
        warningiserror=True,
        keep_going=True,
    )


def main():
    for language in sys.argv[1:]:
        if build(language):
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

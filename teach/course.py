"""Make a course for nbgrader: ``python -m teach.course FOLDER``, or ``FOLDER LANGUAGE``.

The folder then holds the settings and the source version of the workbook, from
which ``nbgrader generate_assignment workbook`` makes what the students get. Its
name is the name of the course. A folder that is there is left as it is.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from publish import workbook
from publish.languages import SOURCE, TranslationError, languages
from teach import run
from upkeep.notebooks import ChapterError


def make_course(folder: Path, language: str = SOURCE) -> None:
    """Make a course in a new folder.

    Parameters
    ----------
    folder : Path
    language : str
        Of the workbook.

    Raises
    ------
    FileExistsError
        If there is such a folder.
    """
    notebook = workbook.build(solutions=True, language=language)
    folder.mkdir(parents=True)
    run.write_notebook(notebook, folder / "source")
    settings = {"CourseDirectory.course_id": folder.resolve().name}
    run.configure(folder, settings | run.assignment_settings(language))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m teach.course", description=__doc__)
    parser.add_argument("folder", type=Path, help="a new folder for the course")
    parser.add_argument("language", nargs="?", choices=languages(), default=SOURCE)
    options = parser.parse_args(arguments)
    try:
        make_course(options.folder, options.language)
    except (ChapterError, OSError, TranslationError) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{options.folder} is ready: run nbgrader generate_assignment {run.NAME} in it.")
    return 0


if __name__ == "__main__":
    sys.exit(main())

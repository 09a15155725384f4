"""Make a course for nbgrader: ``python -m tools.course FOLDER``.

The folder then holds the settings and the source version of the workbook, from
which ``nbgrader generate_assignment workbook`` makes what the students get. Its
name is the name of the course. A folder that is there is left as it is.
"""

import argparse
import sys
from pathlib import Path

from tools import autograde, workbook
from tools.notebooks import ChapterError


def make(folder):
    """Make a course in a new folder.

    Parameters
    ----------
    folder : Path

    Raises
    ------
    FileExistsError
        If there is such a folder.
    """
    notebook = workbook.build(solutions=True)
    folder.mkdir(parents=True)
    autograde.store(notebook, folder / "source")
    settings = {"CourseDirectory.course_id": folder.resolve().name, **autograde.ASSIGNMENT}
    autograde.configure(folder, settings)


def main(arguments=None):
    """Run the command line; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tools.course", description=__doc__)
    parser.add_argument("folder", type=Path, help="a new folder for the course")
    folder = parser.parse_args(arguments).folder
    try:
        make(folder)
    except (ChapterError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{folder} is ready: run nbgrader generate_assignment {autograde.NAME} in it.")
    return 0


if __name__ == "__main__":
    sys.exit(main())

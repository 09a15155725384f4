"""Check the nine functions in a notebook or a Python file that you have already.

``python -m teach.check_notebook FILE`` says for each of them whether it is right, which mistake
it is, or that it is not attempted, and in which cell and line it stands. Functions may be in any
cell; of several definitions the last counts, as in a kernel. Only the functions are run, with
the imports, constants and helpers that they need: nothing is trained, loaded or drawn.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from testCases.own import look_at


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit code: 0 if all are right, 1 if not, 2 for no file."""
    parser = argparse.ArgumentParser(prog="python -m teach.check_notebook", description=__doc__)
    parser.add_argument("file", type=Path, metavar="FILE", help="an .ipynb or a .py")
    try:
        report = look_at(parser.parse_args(arguments).file)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    print(report, *report.details, sep="\n\n")
    return int(not report.ok)


if __name__ == "__main__":
    sys.exit(main())

"""Pack the built book into one file, to read and to work with offline.

``python -m publish.archive`` writes ``_build/deep-neural-network.zip``.

It holds the site, the project with its notebooks, the workbook, the PDFs that have been
printed, and a checksum of each file. The same files always make the same bytes.
"""

import hashlib
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from publish import workbook
from publish.languages import languages, translate
from publish.site.compressed import COPIES
from upkeep.notebooks import write_new

ROOT = Path(__file__).parents[1]
SITE = ROOT / "_build" / "html"
PRINTED = ROOT / "_build" / "pdf"
ARCHIVE = ROOT / "_build" / "deep-neural-network.zip"
FOLDER = ARCHIVE.stem  # everything is in one folder
SUMS = "SHA256SUMS"
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first time that a zip file can tell
README = """\
Deep Neural Network, Step by Step

To read the book, open a terminal in this folder, run the first line and open the second
in a browser. Nothing is needed but Python, and no network:

    python -m http.server 8765 --bind 127.0.0.1 --directory site
    http://127.0.0.1:8765

{editions}
Where the command python is not known, it is called python3 or py.

  site/         the book: figures move, and its Python runs in the page
  project/      the chapters as notebooks, with the library, the checks and the tests;
                its README.md says how to start them (this needs a network, once)
  project/workbook/             the exercises, for your own answers, in each language
  *.pdf         the book on paper, if it has been printed
  SHA256SUMS    what is in each file: sha256sum -c SHA256SUMS compares it
"""


class ArchiveError(Exception):
    """The archive cannot be made; the message says what is missing."""


def make(site: Path = SITE, printed: Path = PRINTED, target: Path = ARCHIVE) -> list[str]:
    """Write the archive.

    Parameters
    ----------
    site : path
        The folder of the built site.
    printed : path
        The folder with the PDFs. It may be missing.
    target : path
        The zip file to write.

    Returns
    -------
    list of str
        The names of the files in it.

    Raises
    ------
    ArchiveError
        If the site is not built, or git does not know which files belong to the project.
    """
    if not (Path(site) / "index.html").is_file():
        raise ArchiveError(f"no book in {site}: make html builds it")
    files = {
        "README.txt": readme().encode(),
        **folder("site", Path(site), every_file(Path(site))),
        **folder("project", ROOT, project_files()),
        **new_workbooks(),
        **{path.name: path.read_bytes() for path in Path(printed).glob("*.pdf")},
    }
    files[SUMS] = checksums(files)
    write(files, Path(target))
    return sorted(files)


def readme() -> str:
    """Return what tells how to open the archive, with the address of each translation."""
    others = [
        f"{translate('English', language)}: http://127.0.0.1:8765/{language}/"
        for language in languages()[1:]
    ]
    return README.format(editions="\n".join(others))


def folder(name: str, root: Path, paths: Iterable[str]) -> dict[str, bytes]:
    """Return the contents of files, by their place in a folder of the archive."""
    return {f"{name}/{path}": (root / path).read_bytes() for path in paths}


def every_file(root: Path) -> list[str]:
    """Return the files of the site; the zip compresses them itself, so it needs no copies."""
    files = [path for path in root.rglob("*") if path.is_file() and path.suffix not in COPIES]
    return [path.relative_to(root).as_posix() for path in files]


def project_files() -> list[str]:
    """Return the files that git tracks, as far as they are there."""
    command = ["git", "ls-files", "-z"]
    try:
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise ArchiveError(f"git cannot list the files of the project: {error}") from error
    return [name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def new_workbooks() -> dict[str, bytes]:
    """Return the workbook of each language, that nobody has written in yet, by its place."""
    found = {}
    with TemporaryDirectory() as temporary:
        for language in languages():
            path = Path(temporary, workbook.path_of(language).name)
            write_new(path, workbook.build(language=language))
            found[f"project/workbook/{path.name}"] = path.read_bytes()
    return found


def checksums(files: Mapping[str, bytes]) -> bytes:
    """Return the list that ``sha256sum -c`` reads."""
    lines = [
        f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(files.items())
    ]
    return "".join(lines).encode()


def write(files: Mapping[str, bytes], target: Path) -> None:
    """Write the zip file: sorted, without times and owners."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in sorted(files.items()):
            entry = zipfile.ZipInfo(f"{FOLDER}/{name}", LONG_AGO)
            entry.create_system = 3  # the same on Windows
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data, zipfile.ZIP_DEFLATED)


def main() -> int:
    """Write the archive; return the exit code."""
    try:
        names = make()
    except ArchiveError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{ARCHIVE}: {len(names)} files, {ARCHIVE.stat().st_size / 1e6:.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())

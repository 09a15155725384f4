"""From TeX to MathML: Temml does it, in one run of node for all formulas that are new."""

import json
import shutil
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from publish.runtime.programs import Unavailable, install, node, run
from publish.runtime.store import read, seal, sha256, unseal, user_cache, write

HERE = Path(__file__).parent
PACKAGE = ("package.json", "package-lock.json")
PROGRAM = HERE / "render.mjs"
SCRIPT, STYLES = "temml.mjs", "Temml-STIX2.css"


class Formula(NamedTuple):
    """A formula: its TeX, and whether it has a line of its own."""

    tex: str
    display: bool


class Fault(str):
    """What is wrong with a formula, in the words of Temml."""


def render(formulas: Iterable[Formula], cache: Path | None = None) -> dict[Formula, str]:
    """Return the MathML of each formula, or its `Fault`.

    Parameters
    ----------
    formulas : iterable of Formula
    cache : path, optional
        Where Temml and the rendered formulas stay. By default the usual place for caches of
        the user.

    Raises
    ------
    Unavailable
        If there is no Temml, or node cannot run it.
    """
    cache = cache or user_cache()
    known = stored(cache)
    missing = sorted(set(formulas) - known.keys())
    if not missing:
        return known
    made = run_temml(missing, cache)
    known |= {formula: text for formula, text in made.items() if not isinstance(text, Fault)}
    content = [[*formula, mathml] for formula, mathml in sorted(known.items())]
    write(store(cache), seal(json.dumps(content).encode()))
    return known | made


def stored(cache: Path) -> dict[Formula, str]:
    """Return all formulas that this version has rendered."""
    content = json.loads(unseal(read(store(cache))) or "[]")
    return {Formula(tex, display): mathml for tex, display, mathml in content}


def store(cache: Path) -> Path:
    return cache / f"formulas-{key(*PACKAGE, PROGRAM.name)}.json"


def key(*names: str) -> str:
    """Return what changes if one of the files beside this one does."""
    contents = [sha256((HERE / name).read_bytes()) for name in names]
    return sha256("".join(contents).encode())[:12]


def run_temml(formulas: list[Formula], cache: Path) -> dict[Formula, str]:
    """Return what Temml makes of the formulas."""
    with TemporaryDirectory() as folder:
        shutil.copy(PROGRAM, folder)
        Path(folder, SCRIPT).write_text(package_files(cache)[SCRIPT], encoding="utf-8")
        feed = partial(node, input=json.dumps(formulas))
        results = json.loads(run(feed, [PROGRAM.name], folder))
    return {
        formula: result.get("mathml") or Fault(plain(result["fault"]))
        for formula, result in zip(formulas, results, strict=True)
    }


def plain(message: str) -> str:
    """Return what Temml says as one line, without the lines that it draws below letters."""
    return " ".join(message.replace("\N{COMBINING LOW LINE}", "").split())


def package_files(cache: Path) -> dict[str, str]:
    """Return the files of Temml that are used, by name."""
    place = cache / f"temml-{key(*PACKAGE)}"
    data = unseal(read(place))
    if data is None:
        data = json.dumps(fetch()).encode()
        write(place, seal(data))
    files: dict[str, str] = json.loads(data)
    return files


def fetch() -> dict[str, str]:
    """Let npm bring the package: it compares it with ``package-lock.json``."""
    with TemporaryDirectory() as folder:
        try:
            install(HERE, PACKAGE, folder)
        except Unavailable as error:
            raise Unavailable(f"npm cannot install Temml: {error}") from None
        files = Path(folder, "node_modules", "temml", "dist")
        return {name: (files / name).read_text(encoding="utf-8") for name in (SCRIPT, STYLES)}

"""Draw the cat-or-not data set: ``dnn_utils/data/cats.npz`` and its attribution.

For maintainers: ``python -m upkeep.cats`` needs ``npm`` and a network.
Building twice gives the same file.

The rule. From each set of emoji take every cat. Then take two pictures that
are no cat for each cat, so that the set alone says nothing about the label:
first every tiger, lion and leopard (not cats here: they are the hard cases),
then, in equal parts, other animals, faces and people, and things, from the
lists below, in the order of the SHA-256 of "set/name". A picture that is equal
to one already taken is passed over. What one author drew is one family.
"""

import argparse
import hashlib
import io
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import resvg_py
from numpy.typing import NDArray
from PIL import Image

Package = Mapping[str, Any]
Pixels = NDArray[np.uint8]

DATA = Path(__file__).parents[1] / "dnn_utils" / "data"
SIZE = 64
LICENCES = ("Apache-2.0", "MIT", "CC-BY-4.0")  # share-alike would bind the whole book

# set: version of the npm package @iconify-json/<set>, SHA-256 of its archive
SETS = {
    "noto": ("1.2.9", "3e918d88fc945c0bb3d468dbace6f88caef67f01c9f0e7bcae0915a042e8f1ad"),
    "noto-v1": ("1.2.5", "2bf62c26c2c2884aa99e90aec942cdaee17a5921f05690694f4978ad4b017c37"),
    "twemoji": ("1.2.5", "19046dff7d8707ce96212ec86468b36ac5f8e60409629dd13f809265c6d0ebb7"),
    "emojione": ("1.2.3", "26a14f44284407e8bcde91799388dca2bfd91dbcd55a97f425524a1c5b73610e"),
    "fluent-emoji": ("1.2.7", "8044210dbf11e016d4de85f15d01a243423bd832457e7e2491df1b751c0e272b"),
    "fluent-emoji-flat": (
        "1.2.6",
        "7d064769dee690815f823bc5bcc511d957198caf9f5edd8dd9c1aa48a6aeb175",
    ),
    "streamline-emojis": (
        "1.2.4",
        "5dac87c876b322500989828c5823143e0100d78881627a2e4081a4b897cbfdbc",
    ),
    "fxemoji": ("1.2.2", "f3e72b3c59d05e1db03b7e308d55c0d05bd7ba3f625a90da1b79313c12858eef"),
}

CATS = {"cat", "catside"}
BIG_CATS = {"leopard", "leopardside", "lion", "tiger", "tigerside"}
# no "turkey": one set has the flag of the country under that name
ANIMALS = """
    ant babychick bat bear bird blowfish boar bug butterfly camel chicken chipmunk cow crab
    crocodile deer dog dolphin dove dragon duck eagle elephant fish fox frog goat gorilla hamster
    hedgehog honeybee horse kangaroo koala ladybeetle lizard monkey mouse octopus owl ox panda
    parrot penguin pig poodle rabbit raccoon ram rat rooster shark snail snake spider squid swan
    tropicalfish turtle unicorn waterbuffalo whale wolf zebra
"""
PEOPLE = """
    alien angryface anguishedface astonishedface baby beamingfacewithsmilingeyes boy
    confoundedface confusedface constructionworker cryingface disappointedface dizzyface
    expressionlessface facewithtearsofjoy facewithtongue fearfulface flushedface ghost girl
    grimacingface grinningface guard hushedface kissingface loudlycryingface man nerdface
    neutralface oldman oldwoman pensiveface princess relievedface robot santaclaus skull
    sleepingface smilingfacewithhearteyes smilingfacewithsunglasses smirkingface tiredface
    unamusedface winkingface woman worriedface zippermouthface
"""
THINGS = """
    airplane ambulance anchor automobile balloon baseball basketball bell bicycle bomb bread
    briefcase bus cactus candy castle cherries christmastree cloud cookie crown doughnut droplet
    fire frenchfries grapes guitar hamburger helicopter hotbeverage key lemon locomotive
    microphone moneybag mushroom palmtree peach pear pizza redapple ribbon rocket rose sailboat
    snowflake strawberry sunflower tangerine telephone television tomato tractor trumpet tulip
    umbrella violin watch watermelon wrappedgift
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit code."""
    argparse.ArgumentParser(prog="python -m upkeep.cats", description=__doc__).parse_args(arguments)
    npm = shutil.which("npm")
    if npm is None:
        message = "npm was not found: it fetches the emoji sets. Install Node.js, which brings it."
        print(message, file=sys.stderr)
        return 1
    try:
        with tempfile.TemporaryDirectory() as folder:
            packages = {name: fetch(npm, name, *pin, folder) for name, pin in SETS.items()}
        arrays = build(packages)
    except (ValueError, OSError, subprocess.CalledProcessError) as error:
        print(error, file=sys.stderr)
        return 1
    file = DATA / "cats.npz"
    np.savez_compressed(file, **arrays)  # type: ignore[arg-type]
    (DATA / "ATTRIBUTION.md").write_text(
        attribution(packages, arrays), encoding="utf-8", newline="\n"
    )
    cats = int(arrays["labels"].sum())
    print(f"{cats} cats among {len(arrays['labels'])} pictures, {file.stat().st_size} bytes")
    print("SHA-256", hashlib.sha256(file.read_bytes()).hexdigest())
    return 0


def fetch(npm: str, name: str, version: str, sha256: str, folder: str | Path) -> dict[str, Any]:
    """Download one package and return its ``package``, ``info`` and ``icons``.

    Raises
    ------
    ValueError
        If the archive is not the pinned one, or its licence is not allowed.
    """
    spec = f"@iconify-json/{name}@{version}"
    packed = subprocess.run(
        [npm, "pack", "--json", "--pack-destination", folder, spec],
        check=True,
        stdout=subprocess.PIPE,
    )
    archive = Path(folder) / json.loads(packed.stdout)[0]["filename"]
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    if digest != sha256:
        raise ValueError(f"{spec}: the archive has SHA-256 {digest}, expected {sha256}")
    with tarfile.open(archive) as tar:
        package = {part: _load_json(tar, part) for part in ("package", "info", "icons")}
    check_licence(package)
    return package


def _load_json(tar: tarfile.TarFile, part: str) -> Any:
    file = tar.extractfile(f"package/{part}.json")
    if file is None:
        raise ValueError(f"{tar.name!r}: package/{part}.json is no file")
    return json.load(file)


def check_licence(package: Package) -> None:
    """Refuse a package unless both of its statements name one allowed licence.

    Raises
    ------
    ValueError
        Naming the package, the licences found and those allowed.
    """
    licences = {package["package"]["license"], package["info"]["license"]["spdx"]}
    if len(licences) > 1 or not licences.issubset(LICENCES):
        raise ValueError(
            f"{package['package']['name']}: licence {' against '.join(sorted(licences))}, "
            f"allowed: {', '.join(LICENCES)}"
        )


def build(packages: Mapping[str, Package]) -> dict[str, NDArray[Any]]:
    """Return the arrays of the data file: images, labels, families and names."""
    rows: list[tuple[Pixels, int, str, str]] = []
    seen: set[bytes] = set()
    for name, package in packages.items():
        family = package["info"]["author"]["name"]
        rows += [(*row, family) for row in choose(name, package["icons"], seen)]
    images, labels, names, families = zip(*rows, strict=True)
    return {
        "images": np.array(images),
        "labels": np.array(labels, dtype=np.uint8),
        "families": np.array(families),
        "names": np.array(names),
    }


def choose(
    set_name: str, icons: Mapping[str, Any], seen: set[bytes]
) -> list[tuple[Pixels, int, str]]:
    """Return ``(image, label, "set/name")`` of every picture taken from one set.

    `seen` holds the bytes of the pictures taken so far and is added to.
    """
    shown = sorted(name for name, icon in icons["icons"].items() if not icon.get("hidden"))

    def take(
        names: Iterable[str], label: int, limit: int | None = None
    ) -> list[tuple[Pixels, int, str]]:
        rows: list[tuple[Pixels, int, str]] = []
        for name in names:
            if len(rows) == limit:
                break
            image = draw(icons, name)
            if image.tobytes() not in seen:
                seen.add(image.tobytes())
                rows.append((image, label, f"{set_name}/{name}"))
        return rows

    cats = take([name for name in shown if parts(name) & CATS], 1)
    others = take([name for name in shown if parts(name) & BIG_CATS], 0)
    for kinds_left, kind in ((3, ANIMALS), (2, PEOPLE), (1, THINGS)):
        wanted = -(-(2 * len(cats) - len(others)) // kinds_left)  # rounded up
        names = [name for name in shown if shows(name, kind.split())]
        more = take(sorted(names, key=order(set_name)), 0, wanted)
        if len(more) < wanted:
            raise ValueError(f"{set_name}: {len(more)} pictures of a kind, {wanted} are needed")
        others += more
    return cats + others


def parts(name: str) -> set[str]:
    """Return the words in the name of an icon."""
    return set(name.split("-"))


def shows(name: str, subjects: Iterable[str]) -> bool:
    """Return whether an icon shows one of `subjects`, as each set spells it: cow-face, cow-1."""
    subject = name.removesuffix("-1").replace("-", "")
    return subject in subjects or subject.removesuffix("face") in subjects


def order(set_name: str) -> Callable[[str], str]:
    """Return the key that sorts the icons of a set: a hash, so that no one has chosen."""
    return lambda name: hashlib.sha256(f"{set_name}/{name}".encode()).hexdigest()


def draw(icons: Mapping[str, Any], name: str) -> Pixels:
    """Draw one icon on white; return its pixels, uint8 of shape (64, 64, 3)."""
    icon = icons["icons"][name]
    width, height = (icon.get(side, icons.get(side, 16)) for side in ("width", "height"))
    left, top = (icon.get(side, icons.get(side, 0)) for side in ("left", "top"))
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{left} {top} {width} {height}">'
        f"{icon['body']}</svg>"
    )
    png = resvg_py.svg_to_bytes(
        svg_string=svg, width=SIZE, height=SIZE, background="#ffffff", skip_system_fonts=True
    )
    with Image.open(io.BytesIO(png)) as picture:
        image = np.array(picture.convert("RGB"))
    if image.shape != (SIZE, SIZE, 3):
        raise ValueError(f"{name} has shape {image.shape}, expected {(SIZE, SIZE, 3)}")
    return image


def attribution(packages: Mapping[str, Package], arrays: Mapping[str, NDArray[Any]]) -> str:
    """Return the text of the attribution file."""
    sets = np.array([name.split("/")[0] for name in arrays["names"]])
    rows = []
    for name, package in packages.items():
        author, licence = package["info"]["author"], package["info"]["license"]
        rows.append(
            f"| {package['info']['name']} | [{author['name']}]({author['url']}) "
            f"| [{licence['spdx']}]({licence['url']}) "
            f"| `{package['package']['name']}` {package['package']['version']} "
            f"| {np.sum(arrays['labels'][sets == name])} | {np.sum(sets == name)} |"
        )
    return ATTRIBUTION.format(table="\n".join(rows))


ATTRIBUTION = """\
# The drawings in cats.npz

Every picture in `cats.npz` was drawn by the artists named here. What was changed:
each drawing was turned from a vector graphic into 64 x 64 pixels on white, and a
label (cat or not) was added. None of the authors has endorsed this book.

| set | author | licence | npm package | cats | pictures |
|---|---|---|---|---|---|
{table}

The name of each picture in the file is `set/name`, as in its package.

- Apache-2.0: the full text is in `LICENSE-Apache-2.0.txt`.
  Noto: Copyright 2013 Google, Inc. Firefox OS Emoji: Copyright 2015, Mozilla Foundation.
- MIT: the full text is in `LICENSE-MIT.txt`. Copyright (c) Microsoft Corporation.
- CC-BY-4.0: Creative Commons Attribution 4.0 International,
  <https://creativecommons.org/licenses/by/4.0/>.

The authors of Firefox OS Emoji place their visual design under CC-BY-4.0 and their code under
Apache-2.0; the package names Apache-2.0.

`upkeep/cats.py` made this file and `cats.npz`; it says how the pictures were chosen.
"""

if __name__ == "__main__":
    sys.exit(main())

"""The style sheet of the formulas, with their font in it.

The font comes with the style sheet, so that no formula is ever drawn in another one, and holds
the signs that the formulas of the book use: a twentieth of all that it has.
"""

import base64
import io
import re
from collections.abc import Iterable
from html import unescape
from importlib.metadata import distribution, version
from pathlib import Path
from unicodedata import decomposition, name

from fontTools import subset

from publish.runtime.store import read, seal, sha256, unseal, user_cache, write
from publish.site.formulas.temml import STYLES, package_files

HERE = Path(__file__).parent
FONT = Path(str(distribution("ziamath").locate_file("ziamath/fonts/STIXTwoMath-Regular.ttf")))
FEATURES = ["dtls", "flac", "ss04"]  # a letter below an accent, an accent above a capital, a prime
NAMES = [0, 1, 2, 3, 4, 5, 6, 7, 13, 14]  # with its copyright and its licence
ANNOTATION = re.compile(r"<annotation.*?</annotation>", re.DOTALL)
TAG = re.compile(r"<[^>]+>")
COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)
FACE = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)
PLACE = 'url("formulas.woff2")'
ROOT = "√"  # what a browser draws for <msqrt>, where nothing is written
# A browser draws a letter that stands alone in italics: as another sign.
ITALIC = {
    chr(int(decomposition(chr(code)).split()[1], 16)): chr(code)
    for code in range(0x1D434, 0x1D71C)
    if name(chr(code), "").startswith("MATHEMATICAL ITALIC")
} | {"h": "\N{PLANCK CONSTANT}"}


def style_sheet(formulas: Iterable[str], cache: Path | None = None) -> str:
    """Return the style sheet for formulas in MathML: Temml's, with ours and the font."""
    cache = cache or user_cache()
    theirs = FACE.sub("", COMMENT.sub("", package_files(cache)[STYLES]))
    ours = (HERE / "formulas.css").read_text(encoding="utf-8")
    if PLACE not in ours:
        raise ValueError(f"formulas.css has no {PLACE}: there is no place for the font")
    data = base64.b64encode(font(signs(formulas), cache)).decode()
    head, _, rest = ours.partition("@font-face")
    return f"{head}{theirs}@font-face{rest.replace(PLACE, f'url(data:font/woff2;base64,{data})')}"


def signs(formulas: Iterable[str]) -> str:
    """Return each sign that a browser draws for the formulas once, in order."""
    texts = (unescape(TAG.sub("", ANNOTATION.sub("", text))) for text in formulas)
    drawn = set(ROOT).union(*texts)
    return "".join(sorted(drawn | {ITALIC[sign] for sign in drawn if sign in ITALIC}))


def font(text: str, cache: Path) -> bytes:
    """Return the font with the signs of a text only, as WOFF2."""
    made_of = [FONT.read_bytes(), text.encode(), repr((FEATURES, NAMES)).encode()]
    made_of.append(version("fonttools").encode())
    store = cache / f"formula-font-{sha256(''.join(map(sha256, made_of)).encode())[:12]}"
    data = unseal(read(store))
    if data is None:
        data = cut_out(text)
        write(store, seal(data))
    return data


def cut_out(text: str) -> bytes:
    """Make the font for `font`."""
    options = subset.Options(
        flavor="woff2",
        hinting=False,
        layout_features=FEATURES,
        name_IDs=NAMES,
        notdef_outline=True,
    )
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=text)
    buffer = io.BytesIO()
    with subset.load_font(FONT, options) as whole:
        subsetter.subset(whole)
        subset.save_font(whole, buffer, options)
    return buffer.getvalue()

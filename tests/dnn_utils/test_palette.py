"""The colours of the book stand in one place, and every copy of them follows it."""

import re
import shutil
from itertools import product
from pathlib import Path

import pytest

from dnn_utils.palette import PALETTE, Colour, css
from upkeep import palette

ROOT = Path(__file__).parents[2]
HEX = re.compile(r"#(?:[0-9a-fA-F]{6}|[0-9a-fA-F]{3})\b(?![\w-])")
BLACK = "#000"  # in a mask, where it stands for opaque
OTHERS = {  # these have colours of their own
    "book/_static/logo.svg",  # readable on light and on dark
}
FOLDERS = ("dnn_utils", "testCases", "book/_static", "book/images", "publish/site")


def coloured():
    """Return the files of the book that name colours, with the colours."""
    paths = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*")]
    paths.append(ROOT / "publish/paper/print.css")
    for path in paths:
        if path.suffix in {".py", ".css", ".svg", ".js"} and "_vendor" not in path.parts:
            colours = HEX.findall(path.read_text(encoding="utf-8"))
            if colours:
                yield path.relative_to(ROOT).as_posix(), set(colours)


def copies(tmp_path):
    """Return a folder with copies of all files that the command writes."""
    for pattern in palette.FILES:
        for path in ROOT.glob(str(pattern)):
            copy = tmp_path / path.relative_to(ROOT)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, copy)
    return tmp_path


def test_the_command_finds_nothing_to_do(tmp_path):
    assert palette.write(copies(tmp_path)) == []


def test_a_new_accent_is_one_edit_and_one_command(tmp_path):
    folder = copies(tmp_path)
    new = PALETTE | {"forward": Colour("#123456", "#fedcba", "--jp-brand-color1")}
    changed = palette.write(folder, new)
    assert len(changed) == 2 + len(list(ROOT.glob("book/images/*.svg")))
    for path in changed:
        text = path.read_text(encoding="utf-8")
        assert "#123456" in text
        for old in PALETTE["forward"][:2]:
            assert old not in text
    assert "#fedcba" in (folder / palette.BOOK).read_text(encoding="utf-8")
    assert palette.write(folder, new) == []
    palette.write(folder)
    assert palette.write(folder) == []
    for path in changed:
        original = ROOT / path.relative_to(folder)
        assert path.read_text(encoding="utf-8") == original.read_text(encoding="utf-8")


def test_every_colour_is_of_the_palette():
    light = {colour.light for colour in PALETTE.values()}
    dark = {colour.dark for colour in PALETTE.values()}
    found = dict(coloured())
    assert found.keys() >= OTHERS
    for path, colours in found.items():
        if path in OTHERS:
            continue
        known = light | dark if path in ("dnn_utils/palette.py", "book/_static/book.css") else light
        assert colours <= known | {BLACK}, path
        assert BLACK not in colours or path.endswith("draw.css"), path


def test_a_colour_in_a_diagram_or_a_style_sheet_says_its_name():
    for path, _ in coloured():
        text = (ROOT / path).read_text(encoding="utf-8")
        if path in OTHERS or path in ("dnn_utils/palette.py", "book/_static/book.css"):
            continue
        unnamed = HEX.findall(palette.COPY.sub("", text))
        assert set(unnamed) <= {BLACK}, path


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("fill: var(--dnn-pink, #ff00ff)", "--dnn-pink must be one of \\['ink'"),
        ("color: #ff00ff; /* --dnn-pink */", "--dnn-pink must be one of \\['ink'"),
        ("", "book.css must have the lines '/\\* palette"),
    ],
)
def test_what_cannot_be_written_is_named(text, message):
    with pytest.raises(ValueError, match=message):
        palette.with_colours(text, PALETTE, "book.css")


def luminance(colour):
    """Return the relative luminance of WCAG 2."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in parts]
    return sum(weight * v for weight, v in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    light, dark = sorted(map(luminance, (one, other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_can_be_read_on_every_ground(theme):
    """WCAG AA: 4.5 to 1."""
    grounds = [name for name in PALETTE if name == "paper" or name.endswith("wash")]
    texts = [name for name in PALETTE if name not in (*grounds, "line")]
    assert (len(grounds), len(texts)) == (4, 5)
    for text, ground in product(texts, grounds):
        colours = getattr(PALETTE[text], theme), getattr(PALETTE[ground], theme)
        assert contrast(*colours) >= 4.5, (text, ground, contrast(*colours))


def test_css_names_the_book_then_jupyterlab_then_the_light_colour():
    assert css("ink") == "var(--dnn-ink, var(--jp-content-font-color1, #1d2433))"
    assert css("ink", jupyter=False) == "var(--dnn-ink, #1d2433)"
    assert css("forward-wash") == "var(--dnn-forward-wash, #e7effb)"

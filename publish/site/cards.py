"""The picture of a page that is shown where somebody shares its address.

It has the title of the page and its first diagram, in the language of the page, with the fonts of
the printed book: so it looks the same wherever it is drawn. A page without a diagram has that of
the front page.
"""

import re
from html import escape
from importlib.util import find_spec
from pathlib import Path

import resvg_py

from dnn_utils.language import display_width
from dnn_utils.palette import PALETTE
from publish.languages import LOCALE, own_styles
from publish.languages.sources import picture

WIDTH, HEIGHT = 1200, 630
MARGIN = 64
TITLE, SMALL = 60, 30  # sizes of letters
COLUMNS = 21  # of a line of the title; a letter of Hangul has two
DIAGRAM = (440, HEIGHT - MARGIN)  # the most that it may have
LOGO = Path("book/_static/logo.svg")
PRINT = LOCALE.parent / "paper/print.css"
FONT = re.compile(r'url\("/print/(\w+)/([^"]+\.(?:otf|ttf))"\)')
VARIABLE = re.compile(r"var\(--[\w-]+, (#\w+)\)")
SIZE = re.compile(r'<svg\b([^>]*?) width="(\d+)" height="(\d+)"')
COLOURS = {name: colour.light for name, colour in PALETTE.items()}


def draw(root: Path, title: str, book: str, diagram: Path | None, language: str) -> bytes:
    """Return a card as PNG.

    Parameters
    ----------
    root : Path
        The folder of the project.
    title, book : str
        Of the page and of the book; on the front page they are the same.
    diagram : Path or None
        An SVG file.
    language : str
    """
    rows = lines(title)
    first = (HEIGHT - 1.2 * TITLE * (len(rows) - 1)) / 2 + TITLE / 3
    parts = [
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{COLOURS["paper"]}"/>',
        f'<rect width="16" height="{HEIGHT}" fill="{COLOURS["forward"]}"/>',
        *(
            words(row, first + 1.2 * TITLE * number, TITLE, "ink", 600)
            for number, row in enumerate(rows)
        ),
    ]
    if book != title:
        parts.append(words(book, HEIGHT - MARGIN, SMALL, "muted", 400))
    if (logo := root / LOGO).exists():
        svg = logo.read_text(encoding="utf-8")
        box = f'x="{MARGIN}" y="{MARGIN - 16}" width="80" height="80" viewBox'
        parts.append(svg.replace("viewBox", box, 1))
    if diagram:
        parts.append(place(picture(diagram, language)))
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}">'
    files = fonts(language)
    png = resvg_py.svg_to_bytes(
        svg_string=f"{svg}{''.join(parts)}</svg>",
        skip_system_fonts=True,
        font_files=[str(path) for path in files],
        font_family="Source Sans Pro",
        sans_serif_family="Source Sans Pro",
        serif_family="STIXGeneral",
        monospace_family="DejaVu Sans Mono",
    )
    return bytes(png)


def words(text: str, y: float, size: int, colour: str, weight: int) -> str:
    """Return a line of text as SVG."""
    return (
        f'<text x="{MARGIN}" y="{y:.0f}" font-size="{size}" font-weight="{weight}"'
        f' fill="{COLOURS[colour]}">{escape(text)}</text>'
    )


def lines(title: str) -> list[str]:
    """Return a title in lines that have room beside a diagram."""
    rows = [""]
    for word in title.split():
        longer = f"{rows[-1]} {word}".strip()
        if rows[-1] and display_width(longer) > COLUMNS:
            rows.append(word)
        else:
            rows[-1] = longer
    return rows


def place(svg: str) -> str:
    """Return a diagram in its place on the right, as large as it has room, in its light colours."""
    svg = VARIABLE.sub(r"\1", svg[svg.index("<svg") :])
    found = SIZE.match(svg)
    if not found:
        raise ValueError(f"a diagram begins with its width and its height, got {svg[:120]!r}")
    width, height = int(found[2]), int(found[3])
    scale = min(DIAGRAM[0] / width, DIAGRAM[1] / height)
    x, y = WIDTH - MARGIN - scale * width, (HEIGHT - scale * height) / 2
    box = f'x="{x:.0f}" y="{y:.0f}" width="{scale * width:.0f}" height="{scale * height:.0f}"'
    return SIZE.sub(rf"<svg\1 {box}", svg, count=1)


def fonts(language: str) -> list[Path]:
    """Return the fonts of the printed book, and those that its language brings."""
    styles = [PRINT, *(path for name, path in own_styles("print.css").items() if name == language)]
    found = {}
    for style in styles:
        for package, file in FONT.findall(style.read_text(encoding="utf-8")):
            spec = find_spec(package)
            if spec and spec.submodule_search_locations:
                found[package, file] = Path(spec.submodule_search_locations[0], file)
    return list(found.values())

"""The icons of the pages: small drawings in the page itself.

The theme and its extensions name icons of a font with thousands of them, which takes a megabyte
and a half. Here are those that the pages show, drawn for this book: each on a field of 16 by 16,
as lines in the colour of the text.
"""

import re

ICONS = {
    "angle-left": '<path d="M10 3 5 8l5 5"/>',
    "angle-right": '<path d="m6 3 5 5-5 5"/>',
    "arrow-up": '<path d="M8 14V2M3 7l5-5 5 5"/>',
    "bars": '<path d="M2 3.5h12M2 8h12M2 12.5h12"/>',
    "circle-half-stroke": '<circle cx="8" cy="8" r="6"/>'
    '<path d="M8 2a6 6 0 0 1 0 12z" fill="currentColor"/>',
    "code": '<path d="M5 4 1 8l4 4M11 4l4 4-4 4M9.5 2.5l-3 11"/>',
    "download": '<path d="M8 2v8M4.5 6.5 8 10l3.5-3.5M2 11v3h12v-3"/>',
    "file": '<path d="M3.5 1.5h6l3 3v10h-9zM9 1.5V5h3.5"/>',
    "file-pdf": '<path d="M3.5 1.5h6l3 3v10h-9zM9 1.5V5h3.5M6 8h4M6 10.5h4"/>',
    "github": '<circle cx="4" cy="3.5" r="2"/><circle cx="4" cy="12.5" r="2"/>'
    '<circle cx="12" cy="5.5" r="2"/><path d="M4 5.5v5M12 7.5c0 2.5-8 1-8 3"/>',
    "lightbulb": '<path d="M6 12V10.5a4.5 4.5 0 1 1 4 0V12zM6.5 14.5h3"/>',
    "list": '<path d="M6 3.5h8M6 8h8M6 12.5h8"/>'
    '<path d="M2.5 3.5h.01M2.5 8h.01M2.5 12.5h.01" stroke-width="2.4"/>',
    "magnifying-glass": '<circle cx="6.5" cy="6.5" r="4.5"/><path d="m10 10 4.5 4.5"/>',
    "moon": '<path d="M13.5 10A6 6 0 0 1 6 2.5a6 6 0 1 0 7.5 7.5z"/>',
    "pencil-alt": '<path d="m2 14 .8-3.6L11 2.2l2.8 2.8-8.2 8.2z"/>',
    "play": '<path d="M4 2.5 13 8l-9 5.5z"/>',
    "rocket": '<path d="M5.5 10.5C6 6 9 2 14 2c0 5-4 8-8.5 8.5zM5.5 7H2.5L4 5h2.5'
    'M9 10.5v3l2-1.5V9.5M3 11.5 2 14l2.5-1"/>',
    "sun": '<circle cx="8" cy="8" r="3"/><path d="M8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15'
    'M3 3l1 1M12 12l1 1M3 13l1-1M12 4l1-1"/>',
}
PLACE = re.compile(r'<(i|span) class="([^"]*\bfa[sbr]?\b[^"]*)"([^>]*)></\1>')
NAME = re.compile(r"fa-(?!solid\b|brands\b|regular\b|lg\b|fw\b)([\w-]+)")
FONT = re.compile(r"fa[sbr]?(?:-(?:solid|brands|regular|fw))?")


def draw_icons(page: str) -> str:
    """Return a page with a drawing in each place where the theme wants an icon.

    Raises
    ------
    ValueError
        If there is no drawing of this name.
    """
    return PLACE.sub(drawing, page)


def drawing(place: re.Match[str]) -> str:
    """Return the drawing for a place, with the classes and attributes that do not name the icon."""
    _, classes, attributes = place.groups()
    name = NAME.search(classes)
    if not name or name[1] not in ICONS:
        raise ValueError(f"publish/site/icons.py draws {sorted(ICONS)}, got {classes!r}")
    kept = [c for c in classes.split() if not FONT.fullmatch(c) and c != f"fa-{name[1]}"]
    return (
        f'<svg class="{" ".join(["icon", *kept])}"{attributes} viewBox="0 0 16 16"'
        f' aria-hidden="true">{ICONS[name[1]]}</svg>'
    )

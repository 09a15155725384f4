"""Write the colours of the book into its style sheets and diagrams: ``python -m upkeep.palette``.

`dnn_utils.palette` holds them. What is written in Python reads them there. CSS and SVG
cannot, so they hold copies, and this command brings those up to date:

- in ``book.css``, all lines between two comments;
- after ``var(--dnn-NAME,``, the light colour, which is what shows where the page has no colours
  of its own, as when a diagram is looked at alone;
- before ``/* --dnn-NAME */``, the light colour, where CSS allows no variable.
"""

import re
import sys
from collections.abc import Mapping
from pathlib import Path

from dnn_utils.palette import PALETTE, Colour

ROOT = Path(__file__).parents[1]
BOOK = Path("book/_static/book.css")
FILES = (BOOK, "dnn_utils/widgets/draw.css", "publish/paper/print.css", "book/images/*.svg")
START = "/* palette: python -m upkeep.palette writes these lines */\n"
END = "/* end of the palette */\n"
THEMES = {
    "light": 'html[data-theme="auto"],\nhtml[data-theme="light"]',
    "dark": 'html[data-theme="dark"]',
}
COPY = re.compile(
    r"(?P<before>var\(--dnn-(?:diagram-)?(?P<name>[a-z-]+),\s(?:var\(--jp-[a-z0-9-]+,\s)?)"
    r"#[0-9a-f]{6}"
    r"|#[0-9a-f]{6}(?P<after>;\s/\*\s--dnn-(?P<noted>[a-z-]+)\s\*/)"
)


def variables(palette: Mapping[str, Colour]) -> str:
    """Return the rules that define all colours, for each theme."""
    rules = []
    for theme, selector in THEMES.items():
        lines = [f"  --dnn-{name}: {getattr(colour, theme)};" for name, colour in palette.items()]
        rules.append("\n".join([f"{selector} {{", *lines, "}\n"]))
    return "\n".join(rules)


def with_colours(text: str, palette: Mapping[str, Colour], path: str | Path) -> str:
    """Return the text of a file with the colours of a palette.

    Raises
    ------
    ValueError
        If it names a colour that the palette does not have.
    """

    def copy(match: re.Match[str]) -> str:
        name = match["name"] or match["noted"]
        if name not in palette:
            raise ValueError(f"{path}: --dnn-{name} must be one of {[*palette]}")
        return f"{match['before'] or ''}{palette[name].light}{match['after'] or ''}"

    text = COPY.sub(copy, text)
    if Path(path).name != BOOK.name:
        return text
    before, found, rest = text.partition(START)
    _, closed, after = rest.partition(END)
    if not (found and closed):
        raise ValueError(f"{path} must have the lines {START.strip()!r} and {END.strip()!r}")
    return f"{before}{START}{variables(palette)}{END}{after}"


def write(root: Path, palette: Mapping[str, Colour] = PALETTE) -> list[Path]:
    """Bring the files below `root` up to date; return those that have changed."""
    changed = []
    for path in (path for pattern in FILES for path in sorted(Path(root).glob(str(pattern)))):
        old = path.read_text(encoding="utf-8")
        new = with_colours(old, palette, path)
        if new != old:
            path.write_text(new, encoding="utf-8")
            changed.append(path)
    return changed


def main() -> int:
    """Write, and say what has changed; return the exit code."""
    changed = write(ROOT)
    for path in changed:
        print(path.relative_to(ROOT))
    print(f"{len(changed)} files have changed")
    return 0


if __name__ == "__main__":
    sys.exit(main())

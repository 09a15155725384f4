"""Two builds of the site, page by page: ``python -m upkeep.compare OLD NEW`` shows what differs.

Every page is photographed in each of `VIEWS`. Of each picture that is not the same in both
builds, the two stand side by side in ``_build/compare``, with what differs in red between them.
"""

import argparse
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

from PIL import Image, ImageChops
from playwright.sync_api import Browser, sync_playwright

from upkeep.browser import ARGUMENTS, find_browser
from upkeep.visitor import LOOK, PHONE, Visitor, serve, until

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "_build" / "compare"
VIEWS = ("light", "dark", "phone")
LOST = 24  # of 255: less is the same colour to the eye
AT_REST = "document.fonts.status === 'loaded'"


def photograph(browser: Browser, site: Path, pictures: Path, name: str) -> None:
    """Write a picture of a page for each of `VIEWS`, once it has drawn all it draws by itself."""
    with serve(site) as address:
        visitor = Visitor(browser, address, reduced_motion="reduce")
        visitor.open(name)
        visitor.page.evaluate(LOOK)
        for view in VIEWS:
            if view == "phone":
                visitor.page.set_viewport_size(PHONE)
            visitor.switch_theme("dark" if view == "dark" else "light")
            until(visitor.page, AT_REST)
            path = pictures / f"{name.replace('/', '-')}.{view}.png"
            visitor.page.screenshot(path=path, full_page=True, animations="disabled")
        visitor.page.context.close()


def differ(old: Path, new: Path, shown: Path) -> float:
    """Compare two pictures; show them with their difference if there is one.

    Returns
    -------
    part : float
        The part of the new picture that looks different, between 0 and 1.
    """
    pictures = [read(path) for path in (old, new)]
    size = (max(p.width for p in pictures), max(p.height for p in pictures))
    before, after = [Image.new("RGB", size, "magenta") for _ in pictures]
    before.paste(pictures[0])
    after.paste(pictures[1])
    lost = ImageChops.difference(before, after).convert("L").point(lambda x: 255 * (x > LOST))
    if not lost.getbbox():
        return 0.0
    middle = Image.composite(Image.new("RGB", size, "red"), after.convert("L").convert("RGB"), lost)
    sheet = Image.new("RGB", (3 * size[0], size[1]))
    for at, picture in enumerate((before, middle, after)):
        sheet.paste(picture, (at * size[0], 0))
    sheet.save(shown)
    different: int = lost.histogram()[255]
    return different / (size[0] * size[1])


def read(path: Path) -> Image.Image:
    """Return a picture in three colours."""
    with Image.open(path) as picture:
        return picture.convert("RGB")


def pages(site: Path) -> list[str]:
    """Return the names of the pages of a built site, in all its languages."""
    found = [path.relative_to(site) for path in sorted(site.rglob("*.html"))]
    return [path.with_suffix("").as_posix() for path in found if "_static" not in path.parts]


def compare(
    browser: Browser, old: Path, new: Path, names: Sequence[str]
) -> Iterator[tuple[str, float]]:
    """Yield each picture of these pages that differs, and how much of it does."""
    shutil.rmtree(PICTURES, ignore_errors=True)
    folders = [PICTURES / "old", PICTURES / "new"]
    for folder in folders:
        folder.mkdir(parents=True)
    for name in names:
        for site, folder in zip((old, new), folders, strict=True):
            photograph(browser, site, folder, name)
        for view in VIEWS:
            file = f"{name.replace('/', '-')}.{view}.png"
            part = differ(folders[0] / file, folders[1] / file, PICTURES / file)
            if part:
                yield file, part


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return 1 if any page looks different."""
    parser = argparse.ArgumentParser(prog="python -m upkeep.compare", description=__doc__)
    parser.add_argument("old", type=Path, help="a built site, a copy of _build/html for example")
    parser.add_argument("new", type=Path, help="the same, built anew")
    parser.add_argument("pages", nargs="*", help="names as in _toc.yml; without them, all pages")
    given = parser.parse_args(arguments)
    names = given.pages or sorted({*pages(given.old), *pages(given.new)})
    program, different = find_browser(), False
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        for file, part in compare(browser, given.old, given.new, names):
            print(f"{part:7.2%}  {PICTURES / file}", flush=True)
            different = True
    return int(different)


if __name__ == "__main__":
    raise SystemExit(main())

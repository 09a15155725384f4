"""Two builds of the site are compared picture by picture."""

import pytest

from upkeep import compare

PAGE = """<!doctype html><html lang="en"><title>A page</title><style>
[data-theme="dark"] {{ background: black; color: white }} {style}</style><h1>A page</h1>
<script>
const dark = matchMedia("(prefers-color-scheme: dark)");
const follow = () => {{ document.documentElement.dataset.theme = dark.matches ? "dark" : "light" }};
dark.onchange = follow;
follow();
</script>"""


@pytest.fixture
def sites(tmp_path, monkeypatch):
    """Return a function that writes two sites with one page, and compares them."""
    monkeypatch.setattr(compare, "PICTURES", tmp_path / "pictures")

    def write(browser, *styles):
        folders = [tmp_path / name for name in ("old", "new")]
        for folder, style in zip(folders, styles, strict=True):
            (folder / "book").mkdir(parents=True)
            (folder / "book/page.html").write_text(PAGE.format(style=style))
        assert compare.pages(folders[0]) == ["book/page"]
        return dict(compare.compare(browser, *folders, ["book/page"]))

    return write


def test_what_is_the_same_is_not_shown(browser, sites):
    assert sites(browser, "", "") == {}
    assert not list(compare.PICTURES.glob("*.png"))


def test_what_only_a_phone_shows_is_found_there(browser, sites):
    narrow = "@media (width < 400px) { h1 { font-size: 12px } }"
    (file,) = found = sites(browser, "", narrow)
    assert file == "book-page.phone.png"
    assert 0 < found[file] < 0.5
    old, shown = (compare.read(compare.PICTURES / name / file) for name in ("old", ""))
    assert shown.width == 3 * old.width


def test_what_only_the_dark_theme_shows_is_found_there(browser, sites):
    assert [*sites(browser, "", "[data-theme='dark'] h1 { color: red }")] == ["book-page.dark.png"]


def test_a_page_that_has_become_longer_differs(browser, sites):
    assert len(sites(browser, "", "h1 { height: 3000px }")) == len(compare.VIEWS)

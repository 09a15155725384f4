"""A fault in the book fails its build, and the output names the file."""

import subprocess

import pytest

from upkeep.small_book import build, write_small_book

pytestmark = pytest.mark.slow


def edit(path, old, new):
    text = path.read_text()
    assert text.count(old) == 1
    path.write_text(text.replace(old, new))


@pytest.fixture
def book(tmp_path):
    write_small_book(tmp_path)
    return tmp_path


def assert_builds(book):
    result = build(book)
    assert result.returncode == 0, result.stdout
    return result.stdout


def assert_fails(book, *words):
    result = build(book)
    assert result.returncode != 0, result.stdout
    for word in words:
        assert word in result.stdout


def test_a_faultless_book_builds_and_is_rebuilt_only_where_needed(book):
    first = assert_builds(book)
    assert "chapter.ipynb: Executing notebook" in first
    page = book / "_build/html/book/chapter.html"
    assert "Cross-entropy cost" in page.read_text(encoding="utf-8")

    edit(book / "book/chapter.ipynb", "# A chapter", "# A chapter with a better title")
    new_text = assert_builds(book)
    assert "better title" in page.read_text(encoding="utf-8")
    assert "Executing notebook" not in new_text

    edit(book / "dnn_utils/cost.py", "Cross-entropy cost, the mean", "The new cost, the mean")
    new_library = assert_builds(book)
    assert "chapter.ipynb: Executing notebook" in new_library
    assert "The new cost" in page.read_text(encoding="utf-8")


def test_a_toc_entry_without_a_file(book):
    edit(book / "_toc.yml", "book/chapter", "book/chaptre")
    assert_fails(book, "book/chaptre")


def test_a_chapter_that_raises(tmp_path):
    write_small_book(tmp_path, code="raise RuntimeError('broken on purpose')")
    assert_fails(tmp_path, "book/chapter.ipynb", "broken on purpose")


def test_a_missing_figure_and_no_green_build_after_it(book):
    (book / "book/images/box.svg").unlink()
    assert_fails(book, "book/index.md:3", "book/images/box.svg")
    assert_fails(book, "book/index.md:3", "book/images/box.svg")


def test_images_without_alt_text(tmp_path):
    drawing = "import matplotlib.pyplot as plt\nplt.plot([1, 2])"
    write_small_book(tmp_path, code=drawing)
    image, figure = "![](images/box.svg)", ":::{figure} images/box.svg\n:::"
    (tmp_path / "book/index.md").write_text(f"# A small book\n\n{image}\n\n{figure}\n")
    warning = "WARNING: image without alt text:"
    assert_fails(
        tmp_path,
        f"book/index.md:3: {warning} book/images/box.svg",
        f"book/index.md:5: {warning} book/images/box.svg",
        f"book/chapter.ipynb:20002: {warning} _build/jupyter_execute/",
    )


def test_the_date_of_a_page_comes_from_git(book, tmp_path_factory):
    def git(*arguments, cwd=book):
        person = ["-c", "user.name=Reader", "-c", "user.email=reader@example.org"]
        subprocess.run(["git", *person, *arguments], cwd=cwd, check=True)

    def footer(book, page):
        text = (book / f"_build/html/book/{page}.html").read_text(encoding="utf-8")
        return text[text.index("<footer") :]

    git("init", "--quiet")
    git("add", "--all", ":!book/index.md")
    git("commit", "--quiet", "--message=A chapter", "--date=2021-03-04T12:00:00Z")
    assert_builds(book)
    assert "Last updated on Mar 04, 2021" in footer(book, "chapter")
    assert "Last updated" not in footer(book, "index")

    shallow = tmp_path_factory.mktemp("shallow")
    git("add", "--all")
    git("commit", "--quiet", "--message=The front page")
    git("clone", "--quiet", "--depth=1", book.as_uri(), ".", cwd=shallow)
    assert_builds(shallow)
    assert "Last updated" not in footer(shallow, "chapter")


def test_without_the_runtime_the_book_is_built_and_says_so(book, monkeypatch):
    nobody = "import sys\nsys.exit('no source has pyodide.mjs')\n"
    (book / "publish/runtime/vendor.py").write_text(nobody)
    page = book / "_build/html/book/chapter.html"

    monkeypatch.setenv("CI", "true")
    assert_fails(book, "without Python in its pages: no source has pyodide.mjs")

    monkeypatch.delenv("CI")
    assert "without Python in its pages: no source has pyodide.mjs" in assert_builds(book)
    text = page.read_text(encoding="utf-8")
    assert "Cross-entropy cost" in text
    assert "page.js" not in text
    assert "service_worker.js" not in [path.name for path in (book / "_build/html").iterdir()]


def test_with_the_runtime_a_page_can_be_run(book):
    assert_builds(book)
    assert "page.js" in (book / "_build/html/book/chapter.html").read_text(encoding="utf-8")

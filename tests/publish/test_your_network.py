"""The page on the reader's own network: a picture of theirs, and files to take along."""

import io
import json

import numpy as np
import pytest
from PIL import Image

from dnn_utils.datasets import fit_picture
from publish.site.live_python import words_in
from tests.publish.editions import EDITIONS
from upkeep.reader import reading
from upkeep.visitor import PATIENCE, until

PAGE = "book/your_network"
ENGLISH = EDITIONS["en"]
FILE = "my_picture.npy"
# What Python has of the picture, as JSON: its shape, and its pixels in one row of numbers.
LOOK = f"""
import json
from pathlib import Path
import numpy as np

a = np.load("{FILE}") if Path("{FILE}").exists() else np.zeros((0, 0))
print(json.dumps([list(a.shape), str(a.dtype), a[::4, ::4].ravel().tolist()]))
"""
WRITES = "Path('a').mkdir(exist_ok=True)\nPath('a/one.txt').write_text('{}')\nprint('written')"
each_edition = pytest.mark.parametrize("edition", EDITIONS.values(), ids=EDITIONS)


class Painter:
    """A reader on the page who makes a picture."""

    def __init__(self, reader, edition):
        self.reader, self.page, self.edition = reader, reader.page, edition
        self.place = reader.page.locator(".your-picture")
        self.paper = self.place.locator("canvas")
        self.paper.wait_for()

    def say(self, word, **values):
        return words_in(self.edition.language)[word].format(**values)

    def status(self):
        return self.place.get_by_role("status").inner_text()

    def press(self, word):
        self.place.get_by_role("button", name=self.say(word)).press("Enter")

    def choose(self, name, content):
        file = {"name": name, "mimeType": "image/png", "buffer": content}
        self.place.locator("input[type=file]").set_input_files(file)

    def seen(self):
        """Return every fourth pixel of the picture that Python has, None if it has none."""
        cell = self.reader.cell(1)
        if cell.code().strip() != LOOK.strip():
            cell.write(LOOK)
        run = cell.run()
        assert run["ok"], run
        shape, kind, pixels = json.loads(run["outputs"][0]["text"])
        if shape == [0, 0]:
            return None
        assert (shape, kind) == ([256, 256, 4], "uint8")
        return np.reshape(pixels, (64, 64, 4))


@pytest.fixture
def edition():
    return ENGLISH


@pytest.fixture
def painter(browser, site_address, edition):
    with reading(browser, site_address, edition.folder + PAGE) as reader:
        yield Painter(reader, edition)


def as_png(pixels):
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, format="PNG")
    return buffer.getvalue()


@each_edition
def test_a_picture_is_drawn_with_the_keyboard_alone(painter):
    assert painter.seen() is None
    painter.paper.press(" ")
    assert painter.status() == painter.say("pen_down", x=128, y=128)
    for _ in range(5):
        painter.paper.press("ArrowRight")
    assert painter.status() == painter.say("pen_at", x=168, y=128)
    painter.paper.press(" ")
    up, given = painter.say("pen_up", x=168, y=128), painter.say("given")
    assert painter.status() == f"{up} {given}"
    painter.paper.press("ArrowDown")  # the pen is up
    ink = np.any(painter.seen()[..., :3] < 255, axis=2)
    rows, columns = np.nonzero(ink)
    assert (rows.min(), rows.max()) == (31, 33)
    assert (columns.min(), columns.max()) == (31, 43)
    assert painter.paper.get_attribute("aria-label") == painter.say("surface", size=256)


def test_a_picture_is_drawn_with_a_pointer_and_can_be_undone(painter):
    painter.paper.scroll_into_view_if_needed()
    box = painter.paper.bounding_box()
    mouse = painter.page.mouse
    mouse.move(box["x"] + 60, box["y"] + 60)
    mouse.down()
    mouse.move(box["x"] + 60, box["y"] + 200, steps=5)
    mouse.up()
    mouse.move(box["x"] + 200, box["y"] + 60)  # the pointer is not pressed
    drawn = painter.seen()
    rows, columns = np.nonzero(np.any(drawn[..., :3] < 255, axis=2))
    assert rows.max() - rows.min() > 30
    assert columns.max() - columns.min() < 6
    painter.press("wipe")
    assert painter.status() == painter.say("wiped")
    assert painter.seen() is None
    painter.press("restore")
    assert np.array_equal(painter.seen(), drawn)
    painter.press("restore")
    assert painter.seen() is None
    assert painter.place.get_by_role("button", name=painter.say("restore")).is_disabled()


@pytest.mark.parametrize("way", ["chosen", "dropped"])
def test_a_picture_file_is_read_in_the_page_and_sent_nowhere(painter, way):
    painter.seen()  # Python is there
    asked = []
    painter.page.on("request", lambda request: asked.append(request.url))
    pixels = np.zeros((60, 120, 3), np.uint8)
    pixels[..., 0] = 200
    if way == "chosen":
        painter.choose("wide.png", as_png(pixels))
    else:
        painter.place.evaluate(
            """(place, bytes) => {
              const given = new DataTransfer();
              given.items.add(new File([new Uint8Array(bytes)], "wide.png"));
              const drop = { dataTransfer: given, bubbles: true, cancelable: true };
              place.dispatchEvent(new DragEvent("drop", drop));
            }""",
            list(as_png(pixels)),
        )
    painter.place.get_by_text(painter.say("given")).wait_for()
    seen = painter.seen()
    assert np.all(seen[17:47] == (200, 0, 0, 255))
    assert np.all(seen[:15] == 255)
    assert np.all(seen[49:] == 255)
    far = np.abs(fit_picture(seen.astype(np.uint8)).astype(int) - fit_picture(pixels))
    assert np.mean(far) < 3  # the edges are soft
    assert not [url for url in asked if not url.startswith(("blob:", "data:"))]


def test_what_is_no_picture_is_said_and_changes_nothing(painter):
    painter.choose("mine.png", as_png(np.full((9, 9, 3), 7, np.uint8)))
    painter.place.get_by_text(painter.say("given")).wait_for()
    painter.choose("notes.png", b"some notes")
    painter.place.get_by_text(painter.say("no_picture", name="notes.png")).wait_for()
    assert np.all(painter.seen()[..., :3] == 7)


def test_a_picture_is_kept_and_outlives_a_python_that_is_stopped(painter):
    painter.choose("mine.png", as_png(np.full((9, 9, 3), 7, np.uint8)))
    painter.place.get_by_text(painter.say("given")).wait_for()
    painter.page.reload()
    painter.paper.wait_for()
    assert np.all(painter.seen()[..., :3] == 7)
    cell = painter.reader.cell(2)
    cell.write("print('before')\nwhile True:\n    pass")
    cell.press("run")
    cell.outputs.get_by_text("before").wait_for(timeout=PATIENCE)
    cell.press("stop")
    cell.wait()
    assert np.all(painter.seen()[..., :3] == 7)
    kept = [key for key in painter.reader.kept() if key.endswith("#picture:mine")]
    assert len(kept) == 1
    painter.page.evaluate("(key) => localStorage.setItem(key, '{\"png\": 5}')", kept[0])
    painter.page.reload()
    painter.paper.wait_for()
    assert painter.seen() is None


@each_edition
def test_what_a_cell_writes_can_be_downloaded(painter):
    first, second = painter.reader.cell(1), painter.reader.cell(2)
    first.write("from pathlib import Path\n" + WRITES.format("first"))
    first.run()
    link = first.outputs.get_by_role("link")
    assert link.inner_text() == painter.say("download", name="a/one.txt")
    with painter.page.expect_download() as download:
        link.press("Enter")
    assert download.value.suggested_filename == "one.txt"
    assert download.value.path().read_text() == "first"
    second.write("print(Path('a/one.txt').read_text())")
    second.run()
    assert second.text().strip() == "first"
    assert second.outputs.get_by_role("link").count() == 0  # it has written nothing
    second.write(WRITES.format("the second") + "\nPath('large').write_bytes(bytes(20_000_001))")
    second.run()
    assert second.outputs.get_by_role("link").count() == 1
    assert painter.say("too_large", name="large", size=21) in second.text()
    with painter.page.expect_download() as download:
        second.outputs.get_by_role("link").click()
    assert download.value.path().read_text() == "the second"


def test_what_the_book_or_the_reader_has_put_there_is_not_offered(painter):
    """The library, the settings of Matplotlib, and the picture have been written by no cell."""
    painter.choose("mine.png", as_png(np.full((9, 9, 3), 7, np.uint8)))
    cell = painter.reader.cell(1)
    cell.write("import matplotlib.pyplot as plt\nplt.plot([1, 2])\nprint('drawn')")
    cell.run()
    assert cell.outputs.locator("img").count() == 1
    assert cell.outputs.get_by_role("link").count() == 0
    until(painter.page, "document.querySelectorAll('.live-file').length === 0")

"""What a reader's browser fetches: few files, and few bytes, as it counts them itself."""

from itertools import pairwise

import pytest

from publish.languages import folder_of, languages
from tests.publish.test_site import NOTEBOOKS
from upkeep.visitor import LOOK

# Uncompressed, with the headers of the answers, and without Python, which is fetched on Run.
FIRST_VISIT = 450_000
NEXT_CHAPTER = 120_000  # besides its own text
REQUESTS = 20
EDITIONS = {language: folder_of(language) for language in languages()}
each_edition = pytest.mark.parametrize("folder", EDITIONS.values(), ids=EDITIONS)


class Counter:
    """A new browser profile, and what comes to it over the network."""

    def __init__(self, browser, address):
        self.address = address
        self.page = browser.new_context().new_page()
        self.requests, self.sizes, self.kept = {}, {}, set()
        devtools = self.page.context.new_cdp_session(self.page)
        devtools.on("Network.requestWillBeSent", self.note)
        devtools.on("Network.loadingFinished", self.weigh)
        devtools.on("Network.requestServedFromCache", self.keep)
        devtools.send("Network.enable")

    def note(self, event):
        self.requests[event["requestId"]] = event["request"]["url"]

    def weigh(self, event):
        self.sizes[event["requestId"]] = event["encodedDataLength"]

    def keep(self, event):
        self.kept.add(event["requestId"])

    def open(self, name):
        """Open a page, wait until all is drawn, and return what has come, by address."""
        self.requests.clear()
        self.sizes.clear()
        self.kept.clear()
        self.page.goto(f"{self.address}/{name}.html", wait_until="networkidle")
        self.page.evaluate(LOOK)
        came = {
            key: url
            for key, url in self.requests.items()
            if url.startswith("http") and key not in self.kept  # the others are not fetched
        }
        while not came.keys() <= self.sizes.keys():
            self.page.wait_for_timeout(20)  # hears of what has come in the meantime
        return {url.removeprefix(self.address): self.sizes[key] for key, url in came.items()}

    def close(self):
        self.page.context.close()


@pytest.fixture
def counter(browser, site_address):
    counter = Counter(browser, site_address)
    yield counter
    counter.close()


@pytest.fixture(params=NOTEBOOKS)
def chapter(request):
    return request.param


@each_edition
def test_a_chapter_is_light_on_the_first_visit(counter, folder, chapter):
    came = counter.open(f"{folder}{chapter}")
    assert f"/{folder}{chapter}.html" in came
    assert sum(came.values()) <= FIRST_VISIT, came
    assert len(came) <= REQUESTS, came
    styles = [url for url in came if ".css" in url]
    assert {url.rpartition("/")[2].partition("?")[0] for url in styles} <= {"site.css", "draw.css"}
    assert not [url for url in came if url.endswith((".woff2", ".ttf"))]


@each_edition
def test_the_next_chapter_brings_little_but_its_text(counter, folder):
    for before, chapter in pairwise(NOTEBOOKS):
        counter.open(f"{folder}{before}")
        came = counter.open(f"{folder}{chapter}")
        assert came.pop(f"/{folder}{chapter}.html")
        assert sum(came.values()) <= NEXT_CHAPTER, (chapter, came)

"""Settings and fixtures that the tests share.

What only the tests of the site need is imported in their fixtures: `upkeep.versions` runs the
other tests where it is not installed.
"""

import shutil
import sys

import pytest
from hypothesis import settings

from upkeep.small_book import ROOT, build, build_edition

settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.load_profile("repeatable")

# Only Linux has Firefox and WebKit as packages that a test can drive.
collect_ignore = [] if sys.platform == "linux" else ["publish/test_every_browser.py"]


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    from upkeep.browser import ALONE, ARGUMENTS, COMPILE_LATE, find_browser

    path = find_browser()
    assert path, "no Chromium found: python -m upkeep.browser installs one"
    with sync_playwright() as playwright:
        arguments = [*ARGUMENTS, *ALONE, *COMPILE_LATE]
        yield playwright.chromium.launch(executable_path=path, args=arguments)


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """Build all editions anew, once for all workers; only the outputs may come from the cache."""
    from filelock import FileLock

    from publish.languages import languages

    run = tmp_path_factory.getbasetemp()
    if run.name.startswith("popen-"):
        run = run.parent  # a worker of pytest-xdist
    with FileLock(run / "site.lock"):
        log = run / "site.log"
        if not log.exists():
            others = languages()[1:]
            for folder in ("html", ".doctrees", *others):
                shutil.rmtree(ROOT / "_build" / folder, ignore_errors=True)
            made = [build(ROOT), *(build_edition(ROOT, language) for language in others)]
            failed = [result.stdout for result in made if result.returncode]
            log.write_text("\n".join(failed) or "built", encoding="utf-8")
    assert log.read_text(encoding="utf-8") == "built", log.read_text(encoding="utf-8")[-3000:]
    return ROOT / "_build/html"


@pytest.fixture(scope="session")
def site_address(site):
    from upkeep.visitor import serve

    with serve(site) as address:
        yield address

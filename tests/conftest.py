"""Settings and fixtures that the tests share."""

import pytest
from hypothesis import settings

settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.load_profile("repeatable")


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    from tools.browser import ARGUMENTS, find_browser

    path = find_browser()
    assert path, "no Chromium found: python -m tools.browser installs one"
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=path, args=ARGUMENTS)

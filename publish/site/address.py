"""Where the book is published, if the build is told so.

The setting ``html_baseurl`` is the address; ``DNN_ADDRESS`` in the environment comes before it,
so that one and the same project can be published in several places. Links that are followed from
elsewhere are written only where it is known: no other link needs it.
"""

import os
import re
from urllib.parse import urlsplit

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ConfigError

from publish.languages import folder_of

VARIABLE = "DNN_ADDRESS"
SETTING = "html_baseurl"
EXAMPLE = "https://you.github.io/your-copy/"


def set_address(app: Sphinx, config: Config) -> None:
    """Take the address from the environment or the settings, with a slash at its end.

    Raises
    ------
    ConfigError
        If it is none that a published book can have.
    """
    name = VARIABLE if os.environ.get(VARIABLE, "").strip() else SETTING
    given = os.environ[VARIABLE] if name == VARIABLE else config.html_baseurl
    config.html_baseurl = checked(name, given.strip()) if given else ""


def checked(name: str, given: str) -> str:
    """Return an address with a slash at its end; `name` says where it was given."""
    if wrong := fault(given):
        raise ConfigError(f"{name}: got {given!r}, expected {wrong}, such as {EXAMPLE}")
    return given if given.endswith("/") else f"{given}/"


def fault(address: str) -> str | None:
    """Return what an address has to be and is not."""
    try:
        parts = urlsplit(address)
        host = parts.hostname and (parts.port is None or parts.port)
    except ValueError:  # brackets or a port that are none
        return "an address"
    if parts.scheme != "https" or not host:
        return "an address that begins with https:// and a host"
    if parts.username is not None or re.search(r"\s", address):
        return "an address without a user and without spaces"
    if "?" in address or "#" in address:
        return "an address without a query and without a fragment"
    if parts.path.endswith(".html"):
        return "the address of a folder, not of a page"
    return None


def site_address(config: Config) -> str:
    """Return the address of the root of the site, whatever edition is built, or ``""``."""
    return str(config.html_baseurl).removesuffix(folder_of(config.language))

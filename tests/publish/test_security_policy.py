"""The policy that is written into every page of the site."""

import base64
import hashlib
import re

import pytest

from publish.site import security_policy
from tests.publish.test_site import ALL_PAGES

PAGE = """<html><head><meta charset="utf-8" />
<script src="from/here.js"></script><script type="application/json">{"no": "script"}</script>
<script>let a = "&amp;<b>";</script></head>
<body><button onclick="print(&quot;it&quot;)">Print</button></body></html>"""


def hashed(text):
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def rules(policy):
    return dict(rule.split(" ", 1) for rule in policy.split("; "))


def test_what_is_written_into_a_page_is_allowed_and_nothing_else():
    scripts = rules(security_policy.policy(PAGE))["script-src"].split()
    allowed = {hashed('let a = "&amp;<b>";'), hashed('print("it")')}
    assert {source for source in scripts if source.startswith("'sha256")} == allowed


@pytest.mark.parametrize("name", ALL_PAGES)
def test_every_page_has_its_policy_before_its_first_script(site, name):
    page = (site / f"{name}.html").read_text(encoding="utf-8")
    (found,) = re.finditer(r'http-equiv="Content-Security-Policy" content="(.*?)"', page)
    assert found.end() < page.index("<script")
    policy = rules(found[1])
    assert policy["default-src"] == "'none'"
    assert policy["connect-src"] == "'self'"
    assert "'unsafe-eval'" not in found[1]
    assert "'unsafe-inline'" not in policy["script-src"]
    assert "http" not in found[1]

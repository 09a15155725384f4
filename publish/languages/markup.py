"""The markup of a text: what a translation may not change, and the words that are left."""

import re
from collections import Counter

MATHS = re.compile(r"\$\$.+?\$\$|\$[^$]+\$", re.DOTALL)
CODE = re.compile(r"(`+)(.+?)\1", re.DOTALL)
LINK = re.compile(r"\]\(([^)]+)\)")
FIELD = re.compile(r"\{[^{}]*\}")
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
TAG = re.compile(r"</?tspan[^>]*>")  # in the words of a diagram
TEX_WORDS = re.compile(r"\\text\w*\{[^}]*\}")
EMPHASIS = re.compile(r"\*\*")


def parts(text: str) -> Counter[tuple[str, str]]:
    """Return what a translation may not change: formulas, code, links, fields, numbers, marks."""
    found: Counter[tuple[str, str]] = Counter()
    text = TEX_WORDS.sub(r"\\text{}", TAG.sub(" ", text))  # words in a formula are translated
    for kind, pattern, group in (("formula", MATHS, 0), ("code", CODE, 2)):
        for match in pattern.finditer(text):
            found[kind, " ".join(match[group].split())] += 1
        text = pattern.sub(" ", text)
    found.update(("link", target) for target in LINK.findall(text))
    text = LINK.sub("]", text)
    found.update(("field", field) for field in FIELD.findall(text))
    text = FIELD.sub(" ", text)
    found.update(("number", number) for number in NUMBER.findall(text))
    found["mark", "**"] = len(EMPHASIS.findall(text))
    return +found


def plain(text: str) -> str:
    """Return a text without formulas, code, fields and the targets of links."""
    for pattern in (MATHS, CODE, FIELD):
        text = pattern.sub(" ", text)
    return LINK.sub("]", text)

"""The catalogues of a translation are complete, and keep what must not change."""

import subprocess
import sys

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from publish.languages.check import LOCALE, check_all, faults
from upkeep.small_book import ROOT

TERMS = {"cost": "비용", "learning rate": "학습률"}


def test_no_catalogue_has_a_fault():
    paths = sorted(LOCALE.rglob("*.po"))
    assert len(paths) == 18
    assert check_all(paths) == []


EXTRACT = """
import sys
from pathlib import Path

from publish.languages import update as catalogues

catalogues.TEXT = Path(sys.argv[1])
catalogues.extract()
"""


def entries(path):
    """Return the texts of a catalogue."""
    with path.open("rb") as file:
        messages = read_po(file)
    return {message.id for message in messages if message.id}


def test_the_catalogues_hold_every_text_of_the_book_and_nothing_more(tmp_path):
    command = [sys.executable, "-c", EXTRACT, str(tmp_path)]
    made = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr
    templates = sorted((tmp_path / "pot/book").glob("*.pot"))
    assert len(templates) == 18
    for template in templates:
        texts = entries(LOCALE / f"ko/LC_MESSAGES/book/{template.stem}.po")
        assert texts == entries(template), "run make translation"
        assert texts


@pytest.mark.parametrize(
    ("source", "text", "fault"),
    [
        ("The cost is $J$.", "", "not translated"),
        ("The cost is $J$.", "비용은 $K$ 값입니다.", "formula is missing: $J$"),
        ("Call `fit`.", "호출하세요.", "code is missing: fit"),
        ("Take 20 steps.", "200번 갑니다.", "number is missing: 20"),
        ("The cost falls.", "가격이 내려갑니다.", 'the term "cost" is "비용" here'),
        ("It takes 20 steps.", "21번 만에 끝납니다.", "number is not in the source: 21"),
        ("It reads `W`.", "`W`를 읽습니다.", 'the particle "를" follows'),
        ("The cost falls.", "비용가 내려갑니다.", "the particle does not fit the word: 비용가"),
        ("All of it is new.", "All of it is new.", "has no Korean"),
    ],
)
def test_a_fault_is_named(source, text, fault):
    assert any(found.startswith(fault) for found in faults(Message(source, text), TERMS))


def test_a_right_translation_has_no_fault():
    assert list(faults(Message("The learning rate of `fit`", "`fit` 메서드의 학습률"), TERMS)) == []


def test_an_entry_whose_source_has_changed_is_a_fault():
    message = Message("It is new.", "새롭습니다.", flags=["fuzzy"])
    assert list(faults(message, {})) == ["fuzzy: the English text has changed"]

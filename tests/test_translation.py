"""The catalogues of a translation are complete, and keep what must not change."""

import pytest
from babel.messages.catalog import Message

from tools.translation import LOCALE, check_all, faults

TERMS = {"cost": "비용", "learning rate": "학습률"}


def test_no_catalogue_has_a_fault():
    paths = sorted(LOCALE.rglob("*.po"))
    assert len(paths) == 16
    assert check_all(paths) == []


@pytest.mark.parametrize(
    ("source", "text", "fault"),
    [
        ("The cost is $J$.", "", "not translated"),
        ("The cost is $J$.", "비용은 $K$ 값입니다.", "formula is missing: $J$"),
        ("Call `fit`.", "호출하세요.", "code is missing: fit"),
        ("Take 20 steps.", "200번 갑니다.", "number is missing: 20"),
        ("The cost falls.", "가격이 내려갑니다.", 'the term "cost" is "비용" here'),
    ],
)
def test_a_fault_is_named(source, text, fault):
    assert any(found.startswith(fault) for found in faults(Message(source, text), TERMS))


def test_a_right_translation_has_no_fault():
    assert list(faults(Message("The learning rate of `fit`", "`fit` 메서드의 학습률"), TERMS)) == []

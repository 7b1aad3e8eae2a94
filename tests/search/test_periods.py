from dataclasses import replace

import pytest

from corpus.model import Document
from search.periods import document_period, when

PLAIN = Document("d", "s", 1, "题", "衢州市", "330800", "浙江省", "city", "总结", "", "", "", "")


@pytest.mark.parametrize(
    ("period", "date", "told"),
    [
        ("2031年度", "2032-01-05", "2031"),
        ("过去五年", "2036-10-24", "2031—2036"),
        ("未来五年", "2036", "2036—2041"),
        ("近年来", "2036", "近年来"),
        ("", "2036-05", "2036"),
        ("", "", ""),
    ],
)
def test_the_period_of_a_document(period: str, date: str, told: str) -> None:
    document = replace(PLAIN, period=period, date=date)
    assert document_period(document) == told


@pytest.mark.parametrize(
    ("period", "date", "order"),
    [
        ("2031—2036", "", (2036, 2031)),
        ("2031", "", (2031, 2031)),
        ("近年来", "2036-01", (2036, 2036)),
        ("近年来", "", (0, 0)),
    ],
)
def test_periods_have_an_order(period: str, date: str, order: tuple[int, int]) -> None:
    assert when(period, replace(PLAIN, date=date)) == order

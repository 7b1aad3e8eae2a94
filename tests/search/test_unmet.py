"""Conditions that no document meets."""

import pytest

from corpus.model import Document
from search.answers import Filters
from search.register import Register
from search.unmet import unmet

DOCUMENTS = [
    Document("1", "s", 0, "甲", "宜昌市", "420500", "湖北省", "city", "工作总结", "", "2018", "", ""),
    Document("2", "s", 1, "乙", "云南省", "530000", "云南省", "province", "综述", "", "2023-05", "", ""),
]


@pytest.mark.parametrize(
    ("filters", "told"),
    [
        (Filters(place="火星"), "资料库里没有地方为“火星”的文献，现有宜昌市、云南省。"),
        (Filters(place="昌市"), "现有宜昌市"),
        (Filters(level="abc"), "资料库里没有级别为“abc”的文献，现有市级、省级。"),
        (Filters(level="county"), "资料库里没有级别为“县级”的文献"),
        (Filters(year="1999"), "现有2018、2023。"),
        (Filters(type="通知"), "现有工作总结、综述。"),
        (Filters(place="宜昌", year="2023"), "没有同时符合这些条件的文献"),
    ],
)
def test_what_is_not_there_is_told(filters: Filters, told: str) -> None:
    (note,) = unmet(filters, Register(DOCUMENTS))
    assert told in note


@pytest.mark.parametrize(
    "filters",
    [
        Filters(),
        Filters(status="plan"),
        Filters(place="湖北省、云南省"),
        Filters(year="2017-2019"),
        Filters(level="city"),
    ],
)
def test_what_is_there_needs_no_words(filters: Filters) -> None:
    assert unmet(filters, Register(DOCUMENTS)) == ()

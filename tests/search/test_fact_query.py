"""Conditions on the table of figures: bounds, places, terms."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from corpus.model import Claim, Fact
from corpus.places import gazetteer
from graph.facts import extract_facts
from search.errors import UnitsDiffer
from search.fact_query import Bounds, FactQuery, Owner, Wanted, read_bounds

TEXT = "修船坞投入800万元，建灯塔9座。"
CLAIM = Claim("c", "d", "p", "", TEXT, 10, 10 + len(TEXT), "宜昌市", "420500", "city", "", "document", "done")


@pytest.fixture(scope="module")
def money() -> Fact:
    return next(fact for fact in extract_facts(CLAIM) if fact.unit == "万元")


@pytest.mark.parametrize(
    ("least", "most", "bounds"),
    [
        ("", " ", Bounds()),
        ("超过1000万元", "", Bounds("元", 1e7, None)),
        ("50", "200家", Bounds("个", 50, 200)),
        ("1万元", "2亿元", Bounds("元", 1e4, 2e8)),
    ],
)
def test_bounds_are_read_in_comparable_units(least: str, most: str, bounds: Bounds) -> None:
    assert read_bounds(FactQuery(least=least, most=most)) == bounds


def test_bounds_of_two_units() -> None:
    with pytest.raises(UnitsDiffer):
        read_bounds(FactQuery(least="5家", most="10万元"))


@pytest.mark.parametrize(
    ("bounds", "admitted"),
    [
        (Bounds(), True),
        (Bounds("元", 8e6, 8e6), True),
        (Bounds("元", 8e6 + 1, None), False),
        (Bounds("元", None, 7e6), False),
        (Bounds("个", 1, None), False),
        (Bounds("", 700, 900), True),  # as written, in whatever it counts
    ],
)
def test_who_is_within(money: Fact, bounds: Bounds, admitted: bool) -> None:
    assert bounds.admit(money) is admitted


def test_of_a_range_a_part_is_enough(money: Fact) -> None:
    assert Bounds("元", 9e6, None).admit(replace(money, value_max=1000))


def wanted(query: FactQuery, named: Mapping[str, list[tuple[int, int]]] | None = None, *owners: Owner) -> Wanted:
    return Wanted(query, gazetteer(), {"c": owners or (("宜昌市", "420500"),)}, named or {})


@pytest.mark.parametrize(
    ("place", "owner", "admitted"),
    [
        ("宜昌", ("宜昌市", "420500"), True),
        ("宜昌市总工会", ("宜昌市", "420500"), True),
        ("荆州", ("宜昌市", "420500"), False),
        ("宜昌", ("宜昌市教育工会", ""), True),
        ("橘港集团", ("橘港集团工会", ""), True),
        ("宜昌", ("", ""), False),
    ],
)
def test_whose_figures(place: str, owner: Owner, admitted: bool) -> None:
    assert wanted(FactQuery(place=place), None, owner).admits(CLAIM) is admitted


def test_a_term_stands_in_the_sentence_or_is_named_there() -> None:
    assert wanted(FactQuery(term="“灯塔”")).admits(CLAIM)
    assert not wanted(FactQuery(term="渔市")).admits(CLAIM)
    assert wanted(FactQuery(term="渔市"), {"d": [(12, 14)]}).admits(CLAIM)
    assert not wanted(FactQuery(term="渔市"), {"d": [(2, 4)]}).admits(CLAIM)

"""Conditions on figures taken off questions."""

import pytest

from search.amounts import Amount, read_amount, read_measure
from search.errors import AmountUnreadable


@pytest.mark.parametrize(
    ("query", "least", "most", "unit", "rest"),
    [
        ("哪些城市筹款超过1000万元？", 1e7, None, "元", "哪些城市筹款？"),
        ("哪些城市建了50家以上船工之家", 50, None, "个", "哪些城市建了船工之家"),
        ("哪些城市建了不少于50家船工之家", 50, None, "个", "哪些城市建了船工之家"),
        ("哪些城市的船工之家不到50家", None, 50, "个", "哪些城市的船工之家"),
        ("哪些城市的船工之家不少于50家", 50, None, "个", "哪些城市的船工之家"),
        ("船工之家数量大于50家的城市有哪些", 50, None, "个", "船工之家的城市有哪些"),
        ("哪些城市的船工之家达到50家", 50, None, "个", "哪些城市的船工之家"),
        ("哪些城市建了50至80家船工之家", 50, 80, "个", "哪些城市建了船工之家"),
        ("哪些城市的船工之家数量过百", 100, None, "", "哪些城市的船工之家"),
        ("哪些城市受益人数超万人", 10000, None, "人", "哪些城市受益"),
        ("哪些城市筹款2亿元以上", 2e8, None, "元", "哪些城市筹款"),
        ("哪些城市的入会率在90%以上", 90, None, "%", "哪些城市的入会率"),
    ],
)
def test_amounts_come_off(query: str, least: float | None, most: float | None, unit: str, rest: str) -> None:
    amount, left = read_amount(query)
    assert amount is not None
    assert (amount.least, amount.most, amount.unit, left) == (least, most, unit, rest)


@pytest.mark.parametrize(
    "query",
    [
        "哪些城市建了50家船工之家",
        "哪些城市有“超过50家”奖",
        "哪些城市实行8小时工作制",
        "哪些城市评了百名船工",
        "哪些城市过节慰问",
    ],
)
def test_what_is_no_condition(query: str) -> None:
    assert read_amount(query) == (None, query)


@pytest.mark.parametrize(
    ("value", "unit", "meets"),
    [(2, "亿元", True), (999, "万元", False), (1000, "万元", True), (5000, "家", False)],
)
def test_who_meets_it(value: float, unit: str, meets: bool) -> None:
    assert Amount(1e7, None, "元", "超过1000万元").meets(value, unit) == meets


def test_any_unit_will_do_where_none_is_named() -> None:
    assert Amount(100, None, "", "过百").meets(101, "家")
    assert not Amount(None, 100, "", "不到百").meets(101, "家")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("超过1000万元", ("元", 1e7)),
        ("1000 万元", ("元", 1e7)),
        ("200家", ("个", 200)),
        ("两百家", ("个", 200)),
        ("95%", ("%", 95)),
        ("１２", ("", 12)),
        ("1,200", ("", 1200)),
        ("3万", ("", 30000)),
    ],
)
def test_an_amount_by_itself(text: str, expected: tuple[str, float]) -> None:
    assert read_measure(text) == expected


@pytest.mark.parametrize("text", ["很多", "", "元", "3家和5家", "3到5家", "第三", "“3家”"])
def test_what_is_no_amount_by_itself(text: str) -> None:
    with pytest.raises(AmountUnreadable, match="不是一个数量"):
        read_measure(text)

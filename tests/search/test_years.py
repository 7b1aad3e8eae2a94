"""Years asked for, covered and written."""

import pytest

from corpus.model import Document
from graph.periods import Years
from search.years import ENDLESS, may_speak_of, read_years, years_told


@pytest.mark.parametrize(
    ("query", "years", "rest"),
    [
        ("2018年哪些城市办了夜校", (2018, 2018), "哪些城市办了夜校"),
        ("2018年以来哪些城市办了夜校", (2018, ENDLESS), "哪些城市办了夜校"),
        ("2020年以前哪些城市办了夜校", (0, 2019), "哪些城市办了夜校"),
        ("截至2020年底哪些城市办了夜校", (0, 2020), "哪些城市办了夜校"),
        ("2019年到2021年间哪些城市办了夜校", (2019, 2021), "哪些城市办了夜校"),
        ("2021—2019年哪些城市办了夜校", (2019, 2021), "哪些城市办了夜校"),
        ("“十四五”期间哪些城市办了夜校", (2021, 2025), "哪些城市办了夜校"),
        ("十三五时期，哪些城市办了夜校", (2016, 2020), "哪些城市办了夜校"),
        ("近三年哪些城市办了夜校", (2023, 2026), "哪些城市办了夜校"),
        ("过去5年里哪些城市办了夜校", (2021, 2026), "哪些城市办了夜校"),
        ("哪些城市去年办了夜校", (2025, 2025), "哪些城市办了夜校"),
        ("哪些省编制了“十四五”规划", None, "哪些省编制了“十四五”规划"),
        ("哪些城市有“2018年船工”展", None, "哪些城市有“2018年船工”展"),
        ("哪些城市发了2018年度人物奖", (2018, 2018), "哪些城市发了人物奖"),
        ("哪些城市办了夜校", None, "哪些城市办了夜校"),
    ],
)
def test_years_come_off(query: str, years: Years | None, rest: str) -> None:
    assert read_years(query, 2026) == (years, rest)


@pytest.mark.parametrize(
    ("years", "told"),
    [
        ((2018, 2018), "2018 年"),
        ((2018, 2020), "2018—2020 年"),
        ((2018, ENDLESS), "2018 年以来"),
        ((0, 2019), "2019 年及以前"),
    ],
)
def test_years_are_told(years: Years, told: str) -> None:
    assert years_told(years) == told


@pytest.mark.parametrize(
    ("years", "speaks"),
    [((2018, 2018), True), ((2023, 2023), True), ((2017, 2017), False), ((2024, ENDLESS), False), ((0, 2018), True)],
)
def test_a_report_speaks_of_the_years_it_covers(years: Years, speaks: bool) -> None:
    assert may_speak_of(document("2018—2023年", "2023"), years) is speaks


def test_nobody_knows_what_an_undated_report_covers() -> None:
    assert not may_speak_of(document("", ""), (0, ENDLESS))


def document(period: str, date: str) -> Document:
    return Document("d", "s", 0, "总结", "宜昌市", "420500", "湖北省", "city", "", period, date, "", "")

"""The years that a claim speaks of."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.model import Document
from graph import periods as rules
from graph.periods import Reported, document_years, latest, period, reported

FIVE = Reported(2023, 2018, 2023)


def made(period_: str, date: str) -> Document:
    return Document("d", "s", 0, "", "", "", "", "unknown", "", period_, date, "", "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2018年建成凉棚", "2018"),
        ("2018年6月5日建成凉棚", "2018"),
        ("2019—2022年，建成凉棚", "2019—2022"),
        ("2017年8月至2018年3月，办夜校", "2017—2018"),
        ("2021年以来建成凉棚", "2021—2023"),
        ("自2021年起建成凉棚", "2021—2023"),
        ("由2017年的59座增至2022年的90座", "2017—2022"),
        ("到2028年末建成凉棚", "2028"),
        ("“十四五”期间建成凉棚", "2021—2025"),
        ("“十三五”以来建成凉棚", "2016—2023"),
        ("落实“十四五”规划", ""),
        ("落实《2021—2025年渔港规划》", ""),
        ("印发宜工发〔2021〕9号文件", ""),
        ("今年建成凉棚", "2023"),
        ("去年9月建成凉棚", "2022"),
        ("明年建成凉棚", "2024"),
        ("五年来建成凉棚", "2018—2023"),
        ("过去5年，建成凉棚", "2018—2023"),
        ("近三年来建成凉棚", "2020—2023"),
        ("今后五年建成凉棚", "2023—2028"),
        ("近年来建成凉棚", ""),
        ("每年建成凉棚", ""),
        ("上世纪90年代的凉棚", ""),
    ],
)
def test_what_a_sentence_says(text: str, expected: str) -> None:
    assert period([text], FIVE) == expected


def test_the_nearest_words_that_speak_of_a_time_say_it() -> None:
    assert period(["建成凉棚", "2022年，", "2021年工作"], FIVE) == "2022"
    assert period(["建成凉棚", "", "2021年工作"], FIVE) == "2021"
    assert period([], FIVE) == ""


def test_relative_words_need_the_year_of_the_report() -> None:
    assert period(["今年建成凉棚"], Reported(0, 0, 0)) == ""
    assert period(["五年来建成凉棚"], Reported(0, 0, 0)) == ""
    assert period(["今年建成凉棚"], Reported(2024, 2023, 2023)) == "2023"  # a report of 2023, dated early in 2024


@pytest.mark.parametrize(
    ("period_", "date", "expected"),
    [
        ("五年", "2023-10-24", Reported(2023, 2018, 2023)),
        ("2018—2022年", "2023", Reported(2023, 2018, 2022)),
        ("2018年度", "", Reported(2018, 2018, 2018)),
        ("2020年以来", "2023", Reported(2023, 2020, 2023)),
        ("近年来", "2023", Reported(2023, 0, 0)),
        ("未来五年", "2023", Reported(2023, 0, 0)),
        ("", "", Reported(0, 0, 0)),
    ],
)
def test_the_years_of_a_report(period_: str, date: str, expected: Reported) -> None:
    assert reported(made(period_, date)) == expected


def test_the_last_year_written() -> None:
    assert latest("2019年至2022年办夜校") == 2022
    assert latest("落实《2021—2030年规划》") == 0


@pytest.mark.parametrize(
    ("period_", "date", "years"),
    [
        ("2018年度", "2019", (2018, 2018)),
        ("2018-2022", "2023-05", (2018, 2022)),
        ("过去五年", "2023", (2018, 2023)),
        ("未来五年", "2023", (2023, 2028)),
        ("2019年以来", "2023", (2019, 2023)),
        ("今年以来", "2023", (2023, 2023)),
        ("近年来", "2023", None),
        ("过去五年", "", None),
    ],
)
def test_years_of_a_document(period_: str, date: str, years: tuple[int, int] | None) -> None:
    assert document_years(made(period_, date)) == years


@pytest.mark.parametrize(
    "pattern",
    [
        *(rules._SPAN, rules._SINCE, rules._WRITTEN, rules._PLAN_YEARS, rules._THIS),
        *(rules._LAST, rules._BEFORE_LAST, rules._NEXT, rules._BACK, rules._AHEAD),
    ],
)
@given(data=st.data())
def test_a_cue_stands_in_all_that_a_pattern_finds(pattern: re.Pattern[str], data: st.DataObject) -> None:
    found = data.draw(st.from_regex(pattern))
    assert rules._MAY_TELL.search(found)


@pytest.mark.parametrize("pattern", [rules._SPAN, rules._SINCE, rules._WRITTEN])
@given(data=st.data())
def test_written_years_are_years(pattern: re.Pattern[str], data: st.DataObject) -> None:
    assert rules._DOCUMENT_YEAR.search(data.draw(st.from_regex(pattern)))

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.dates import find, is_date


@pytest.mark.parametrize(
    ("words", "iso"),
    [
        ("2021年3月5日", "2021-03-05"),
        ("2021 年 3 月 5 日", "2021-03-05"),
        ("（2021年12月）", "2021-12"),
        ("2021 年", "2021"),
        ("２０２１年１０月５日", "2021-10-05"),
        ("二〇二三年十月二十四日", "2023-10-24"),
        ("二○二三年元月五日", "2023-01-05"),
        ("二O二三年十二月三十一日", "2023-12-31"),
        ("二零二三年", "2023"),
        ("一九九八年廿日", "1998"),
        ("2023-10-24", "2023-10-24"),
        ("2023.10.4", "2023-10-04"),
        ("2023/10/24 10:30", "2023-10-24"),
        ("2021年13月", "2021"),
        ("2021年2月40日", "2021-02"),
        ("2023年2月29日", "2023-02"),
        ("2024年2月29日", "2024-02-29"),
        ("今年", ""),
        ("0001年", ""),
        ("版本2023.10.4的说明", ""),
    ],
)
def test_the_first_date(words, iso):
    assert next((date.iso for date in find(words)), "") == iso


@pytest.mark.parametrize(
    ("line", "alone"),
    [
        ("2021年3月5日", True),
        ("（二〇二一年三月五日）", True),
        ("2021年3月5日至7日", True),
        ("2021年3月5日 星期五", True),
        ("2021.03.05", True),
        ("2021年3月5日，我们", False),
        ("2018—2022年", False),
        ("3.14", False),
    ],
)
def test_lines_that_are_dates(line, alone):
    assert is_date(line) is alone


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31)))
def test_a_date_is_read_back_however_it_is_written(day):
    figures = "〇一二三四五六七八九"

    def numeral(value: int) -> str:
        tens, units = divmod(value, 10)
        return ("" if tens < 2 else figures[tens]) + ("十" if tens else "") + (figures[units] if units else "")

    year = "".join(figures[int(figure)] for figure in str(day.year))
    for written in (
        f"{day.year}年{day.month}月{day.day}日",
        f"{year}年{numeral(day.month)}月{numeral(day.day)}日",
        f"{day:%Y-%m-%d}",
    ):
        (found,) = find(written)
        assert (found.iso, found.whole, written[found.start : found.end]) == (day.isoformat(), True, written)

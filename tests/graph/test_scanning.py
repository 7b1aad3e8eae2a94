"""Numbers with their units, before changes and ranks are told apart."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.scanning import fold, number, scan, spelled


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("新修３座灯塔", [("３座", 3, "座", "")]),
        ("补贴近700万元", [("近700万元", 700, "万元", "近")]),
        ("灯塔3座、渔船12艘", [("3座", 3, "座", ""), ("12艘", 12, "艘", "")]),
        ("百人以上企业要建会", []),
        ("构建“3721”灯塔网", []),
        ("五家渠市的灯塔", []),
        ("第3座灯塔", []),
    ],
)
def test_what_is_a_figure(text: str, found: list[tuple[str, float, str, str]]) -> None:
    figures = scan(fold(text))
    assert [(text[f.start : f.end], f.value, f.unit, f.qualifier) for f in figures] == found


@pytest.mark.parametrize(("numeral", "value"), [("二十三", 23), ("百", 100), ("三点五", 3.5), ("甲", None)])
def test_chinese_numerals(numeral: str, value: float | None) -> None:
    assert spelled(numeral) == value


def test_thousands_are_set_off_by_commas() -> None:
    assert number("1,350") == 1350


@given(st.text(alphabet="０１９3五百万余约达，“”%人元座灯塔—至.", max_size=30))
def test_spans_are_in_order_and_apart(text: str) -> None:
    folded = fold(text)
    assert len(folded) == len(text)
    figures = scan(folded)
    assert all(0 <= figure.start < figure.end <= len(text) for figure in figures)
    assert all(one.end <= other.start for one, other in pairwise(figures))

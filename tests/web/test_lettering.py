"""How wide names are, and where they are cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.lettering import cut, lines, width


@pytest.mark.parametrize(
    ("text", "most", "shown"),
    [
        ("四灯行动", 4, "四灯行动"),
        ("四灯行动方案", 4, "四灯行…"),
        ("“四灯”", 4, "“四灯”"),
        ("abcdef", 4, "abcdef"),
        ("四\u202e灯\u200b行动", 4, "四灯行动"),
        ("", 4, ""),
    ],
)
def test_a_name_is_cut_to_its_room(text: str, most: float, shown: str) -> None:
    assert cut(text, most) == shown


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("四灯", ("四灯",)),
        ("户外灯下歇脚站点", ("户外灯下", "歇脚站点")),
        ("弘扬提灯精神点灯精神修灯精神", ("弘扬提灯精", "神点灯精神", "修灯精神")),
        ("灯" * 40, ("灯" * 6, "灯" * 6, "灯" * 5 + "…")),
    ],
)
def test_a_long_name_takes_several_lines_of_like_length(text: str, rows: tuple[str, ...]) -> None:
    assert lines(text, 6, 3) == rows


@given(st.text(max_size=60))
def test_nothing_is_wider_than_its_room(text: str) -> None:
    assert width(cut(text, 9), 1) <= 9
    assert len(lines(text, 6, 3)) <= 3

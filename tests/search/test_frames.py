"""The words by which a question asks for places, and the level they ask for."""

import pytest

from search.frames import Framed, in_chinese, level_of, take_frame


@pytest.mark.parametrize(
    ("query", "framed"),
    [
        ("哪些城市建了灯塔", Framed("", "建了灯塔", "city")),
        ("沿海哪几个省建了灯塔", Framed("沿海", "建了灯塔", "province")),
        ("谁修过渔港", Framed("", "修过渔港", "", anyone=True)),
        ("建了灯塔的县有哪些", Framed("", "建了灯塔", "county")),
        ("列出建了灯塔的省份", Framed("", "建了灯塔", "province")),
        ("建灯塔的办法", None),
    ],
)
def test_the_frame_comes_off(query: str, framed: Framed | None) -> None:
    assert take_frame(query, []) == framed


def test_a_name_in_quotation_marks_is_no_frame() -> None:
    query = "“哪些城市”栏目"
    assert take_frame(query, []) is not None
    assert take_frame(query, [(0, 6)]) is None


def test_which_of_those_named_before() -> None:
    assert take_frame("哪个灯塔多", [], compared=True) == Framed("", "灯塔多", "")


@pytest.mark.parametrize(
    ("query", "chinese"),
    [("Which cities built 灯塔", "哪些城市灯塔"), ("who 灯塔", "哪些地方灯塔"), ("哪里有灯塔", "哪里有灯塔")],
)
def test_english_frames(query: str, chinese: str) -> None:
    assert in_chinese(query) == chinese


@pytest.mark.parametrize(
    ("noun", "level"),
    [("地级市", "city"), ("旗县", "county"), ("央企", "enterprise"), ("乡镇", "township"), (None, "")],
)
def test_levels_of_nouns(noun: str | None, level: str) -> None:
    assert level_of(noun) == level

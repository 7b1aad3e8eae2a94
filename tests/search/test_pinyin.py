"""Pinyin as people type it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import make_readings
from search.pinyin import Readings, known, sound, spell


@pytest.fixture(scope="module")
def readings() -> Readings:
    return known()[0]


def test_a_character_is_read_in_its_word() -> None:
    assert spell("重庆1+3女工APP") == ("chong", "qing", "1", "+", "3", "nv", "gong", "a", "p", "p")


def test_the_tables_are_those_of_pypinyin_and_the_lexicon(readings: Readings) -> None:
    """Else: python -m search.make_readings."""
    assert make_readings.readings() == readings.table
    assert make_readings.spellings(readings) == known()[1]


@pytest.mark.parametrize(
    ("one", "other"), [("zhan", "zan"), ("jing", "jin"), ("nan", "lan"), ("4", "si"), ("+", "jia")]
)
def test_sounds_that_few_tell_apart(one: str, other: str) -> None:
    assert sound(one) == sound(other)


def test_other_sounds_stay_apart() -> None:
    assert len({sound(syllable) for syllable in ("si", "da", "hui", "gong", "guo", "lu")}) == 6


def test_usual_and_common_readings(readings: Readings) -> None:
    assert readings.usual("送清凉A") == ("song", "qing", "liang", "A")
    assert {"chang", "zhang"} <= set(readings.readings("长"))
    assert readings.readings("女")[0] == "nv"


@pytest.mark.parametrize(
    ("letters", "cut"),
    [
        ("songqingliang", ("song", "qing", "liang")),
        ("xian", ("xian",)),
        ("xian", ("xi", "an")),
        ("songql", ("song", "q", "l")),
        ("sidahz", ("si", "da", "h", "z")),
        ("songqin", ("song", "qin")),
    ],
)
def test_letters_are_taken_apart(readings: Readings, letters: str, cut: tuple[str, ...]) -> None:
    assert cut in readings.cuts(letters)


def test_letters_that_are_no_pinyin(readings: Readings) -> None:
    assert readings.cuts("viii") == () and readings.cuts("a" * 60) == ()
    assert readings.spelling("sdhz") == ()
    assert readings.spelling("songqingliang")[0] == ("song", "qing", "liang")


@given(letters=st.text("abcdghijnosuxz", max_size=24))
def test_every_cut_is_the_letters(readings: Readings, letters: str) -> None:
    cuts = readings.cuts(letters)
    assert all("".join(cut) == letters for cut in cuts) and len(cuts) <= 12

"""Strings on disk: as they were written, and looked through."""

from bisect import bisect_left
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.strings import Numbered, Strings, write

TEXTS = st.lists(st.text(st.characters(exclude_characters="\0"), max_size=5), max_size=8)


@given(TEXTS, st.text("甲乙 a", min_size=1, max_size=2), st.integers(1, 9), st.data())
def test_they_are_what_was_written(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], wanted: str, most: int, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("strings")
    write(folder, "name", texts)
    strings = Strings.open(folder, "name")
    assert list(strings) == strings[:] == texts and len(strings) == len(texts)
    first, last = sorted((data.draw(st.integers(0, len(texts))), data.draw(st.integers(0, len(texts)))))
    part = strings.part(first, last)
    assert list(part) == texts[first:last]
    assert part.holding(wanted, most) == [n for n, text in enumerate(texts[first:last]) if wanted in text][:most]


def test_what_is_between_them_is_in_none(tmp_path: Path) -> None:
    write(tmp_path, "name", ["甲", "乙"])
    strings = Strings.open(tmp_path, "name")
    assert strings.holding("\0", 9) == [] and strings.holding("甲\0乙", 9) == []
    assert strings[-1] == "乙"
    with pytest.raises(IndexError):
        strings[2]


@given(TEXTS, st.text(max_size=3))
def test_a_place_among_those_in_order(tmp_path_factory: pytest.TempPathFactory, texts: list[str], wanted: str) -> None:
    folder = tmp_path_factory.mktemp("strings")
    write(folder, "name", sorted(texts))
    assert Strings.open(folder, "name").place(wanted) == bisect_left(sorted(texts), wanted)


@given(
    st.dictionaries(st.text(st.characters(exclude_characters="\0"), max_size=3), st.integers(0, 9)), st.text(max_size=3)
)
def test_numbers_are_found_by_their_strings(
    tmp_path_factory: pytest.TempPathFactory, numbers: dict[str, int], wanted: str
) -> None:
    folder = tmp_path_factory.mktemp("numbers")
    Numbered.write(folder, "name", numbers)
    found = Numbered.open(folder, "name")
    assert dict(found.items()) == numbers and [found.get(one) for one in numbers] == list(numbers.values())
    assert found.get(wanted) == numbers.get(wanted)

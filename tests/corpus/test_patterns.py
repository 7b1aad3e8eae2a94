"""A pattern tried only where it may begin finds what it finds when it is tried everywhere."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.patterns import beginning
from graph import scanning
from ingest import doubt

USES = [
    (scanning._DURATION, scanning._DIGIT, "135-年至第"),
    (scanning._CHINESE, scanning._NUMERAL, "十二三百万多家人点第几"),
    (doubt._RUN_ON, doubt._DIGIT, "12.万个人近年来此外"),
    *((pattern, begins, "aAXx×○●■□*某") for pattern, begins in doubt._MASKS),
]


@pytest.mark.parametrize(("pattern", "begins", "alphabet"), USES)
@given(data=st.data())
def test_nothing_is_lost(pattern: re.Pattern[str], begins: re.Pattern[str], alphabet: str, data: st.DataObject) -> None:
    text = data.draw(st.text(alphabet, max_size=20))
    found = [match.span() for match in beginning(pattern, begins, text)]
    assert found == [match.span() for match in pattern.finditer(text)]


def test_a_pattern_is_tried_after_its_last_match() -> None:
    assert [match[0] for match in beginning(re.compile("(?<!b)a+"), re.compile("a"), "aabaa")] == ["aa", "a"]

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.sentences import sentences
from ingest.passages import LONGEST, merged, pieces


def _sentence(length: int) -> str:
    return "工" * (length - 1) + "。"


@pytest.mark.parametrize(
    ("lengths", "expected"),
    [
        ([300], [300]),
        ([200, 150], [350]),
        ([200, 200], [200, 200]),
        ([100] * 6, [300, 300]),
        ([500], [500]),
        ([500, 100], [500, 100]),
        ([20, 500], [520]),
        ([], []),
    ],
)
def test_long_paragraphs_are_split_evenly_at_sentence_ends(lengths, expected):
    text = "".join(_sentence(length) for length in lengths)
    assert [end - start for start, end in pieces(text, 0, len(text))] == expected


@given(st.lists(st.integers(2, 500), max_size=30))
def test_no_sentence_is_cut_and_none_is_lost(lengths):
    text = "".join(_sentence(length) for length in lengths)
    found = pieces(text, 0, len(text))
    assert "".join(text[start:end] for start, end in found) == text
    ends = {end for _, end in sentences(text)}
    assert {end for _, end in found} <= ends
    for start, end in found:
        inside = [b - a for a, b in sentences(text[start:end])]
        assert end - start <= LONGEST or len(inside) == 1 or min(inside[0], inside[-1]) < 60 or max(inside) > 200


def test_short_neighbours_of_one_section_go_together():
    text = "好。\n" + _sentence(100) + "\n" + _sentence(100) + "\n如下：\n" + _sentence(100)
    spans, at = [], 0
    for paragraph in text.split("\n"):
        spans.append((at, at + len(paragraph), 0))
        at += len(paragraph) + 1
    assert [text[a:b].count("\n") for a, b, _ in merged(text, spans)] == [1, 0, 1]


def test_what_lies_in_different_sections_stays_apart():
    text = "好。\n也好。"
    assert list(merged(text, [(0, 2, 0), (3, 6, 1)])) == [(0, 2, 0), (3, 6, 1)]


def test_what_a_heading_parts_stays_apart():
    text = "好。\n标题\n也好。"
    assert list(merged(text, [(0, 2, 0), (6, 9, 0)])) == [(0, 2, 0), (6, 9, 0)]

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.sentences import around, clauses, sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("建站十个。服务万人！", ["建站十个。", "服务万人！"]),
        ("提出“人人参与。”随后推开。", ["提出“人人参与。”", "随后推开。"]),
        ("标题\n　　正文开始。", ["标题", "正文开始。"]),
        ("没有句号", ["没有句号"]),
        ("真的？！当然。", ["真的？！", "当然。"]),
        ("  \n ", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in sentences(text)] == expected


def test_clauses() -> None:
    text = "建站十个，服务万人；明年再建：五个。"
    assert [text[a:b] for a, b in clauses(text)] == ["建站十个，", "服务万人；", "明年再建：", "五个。"]


def test_offset_shifts_spans() -> None:
    assert sentences("甲。乙。", offset=10) == [(10, 12), (12, 14)]


@given(st.text(alphabet="甲乙丙。！？；，”） \n"))
def test_spans_cover_all_but_white_space(text: str) -> None:
    for split in (sentences, clauses):
        spans = split(text)
        assert all(a < b for a, b in spans)
        assert all(b <= c for (_, b), (c, _) in pairwise(spans))
    assert "".join("".join(text[a:b].split()) for a, b in sentences(text)) == "".join(text.split())


@pytest.mark.parametrize(
    ("start", "end", "found"),
    [
        (4, 5, "建站十个。"),
        (7, 9, "建站十个。服务万人！"),
        (8, 9, "服务万人！"),
        (8, 8, "建站十个。服务万人！"),
        (13, 14, "服务万人！\n再建五个"),
        (14, 15, "再建五个"),
        (18, 18, "再建五个"),
        (2, 2, "标题"),
    ],
)
def test_around(start: int, end: int, found: str) -> None:
    text = "标题\n建站十个。服务万人！\n再建五个"
    first, last = around(text, start, end)
    assert text[first:last] == found

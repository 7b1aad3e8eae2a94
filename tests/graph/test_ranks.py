"""Ranks in invented sentences, and ordinals that rank nobody."""

import pytest

from graph.measures import RANK
from graph.ranks import find_ranks


@pytest.mark.parametrize(
    ("text", "words", "value", "qualifier"),
    [
        ("船队竞赛位居全省第三", "位居全省第三", 3, ""),
        ("连续三年名列全国第一", "第一", 1, ""),
        ("总分排名全市第2名", "排名全市第2名", 2, ""),
        ("跻身全国前十", "跻身全国前十", 10, "前"),
        ("稳居西部榜首", "稳居西部榜首", 1, ""),
        ("船队获得第一名", "获得第一名", 1, ""),
    ],
)
def test_a_rank_begins_with_the_words_that_rank(text: str, words: str, value: float, qualifier: str) -> None:
    (rank,) = find_ranks(text)
    assert (text[rank.start : rank.end], rank.value, rank.qualifier) == (words, value, qualifier)
    assert (rank.unit, rank.kind) == (RANK, "rank")


@pytest.mark.parametrize(
    "text", ["抢抓第一时间出海", "始终把安全放在第一位", "引入第三方评估", "举办第二届灯船赛", "船队获第一书记点赞"]
)
def test_ordinals_that_rank_nobody(text: str) -> None:
    assert find_ranks(text) == []

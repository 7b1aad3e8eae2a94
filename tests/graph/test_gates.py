"""Cheap looks that save patterns: what a pattern finds, the look before it must let through."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph import namings, traits
from graph.definitions import before, copula, explain, modifiers, purpose
from graph.definitions.bare import may_be_told
from graph.namings import Naming, Sentence
from graph.wording import CONTINUING_VERBS, CREATING_VERBS, INSTITUTIONS, near

WORD = st.one_of(
    st.sampled_from([*CREATING_VERBS, *CONTINUING_VERBS, *INSTITUTIONS]),
    st.sampled_from(
        "的 了 和 与 、 ， 。 “ ” ‘ ’ （ ） —— 甲 乙丙 丁戊己 海岛 工会 3 100 人 余名 等 为 内容 形式 一体 化 组成 于 以 由 集 "
        "意为 是 指 提供 作为 打造 功能 奖章 工匠 能手 精神 弘扬 工作 开展 党委领导 政府支持 职工参与 格局".split()
    ),
)
TEXT = st.lists(WORD, max_size=14).map("".join)


@given(TEXT)
def test_the_look_for_institutions_misses_none(own: str) -> None:
    if namings._INSTITUTION.search(own):
        assert namings._may_name(own)


@pytest.mark.parametrize(
    ("pattern", "ahead"),
    [
        (pattern, ahead)
        for pattern in (purpose.CREATES, purpose.KNOWS, traits._NAMED, traits._OBJECT, traits._CREATED)
        for ahead in ("", "打造“海岛课堂”", "打造“海岛课堂”、", "甲" * 40 + "探索建立了新时代的一二三四五六七八九十")
    ],
)
def test_a_search_near_the_name_finds_what_a_search_everywhere_finds(pattern: re.Pattern[str], ahead: str) -> None:
    assert near(pattern, ahead) == (pattern.search(ahead) is not None)


@given(TEXT, st.sampled_from([purpose.CREATES, purpose.KNOWS, traits._NAMED, traits._OBJECT, traits._CREATED]))
def test_a_search_near_any_name_finds_what_a_search_everywhere_finds(ahead: str, pattern: re.Pattern[str]) -> None:
    assert near(pattern, ahead) == (pattern.search(ahead) is not None)


@given(TEXT)
def test_lists_before_a_name_end_as_they_are_said_to(ahead: str) -> None:
    if any(pattern.search(ahead) for pattern in (before._POOL, before._CONTENT, before._MADE_OF)):
        bare = ahead[:-1] if ahead.endswith(("“", "‘")) else ahead
        assert bare.removesuffix("的").endswith(before.ENDS)


@given(TEXT)
def test_what_a_name_is_like_is_said_near_it(ahead: str) -> None:
    if modifiers._LIKE.search(ahead) or modifiers._QUOTED_LIKE.search(ahead):
        assert "、" in ahead and "的" in ahead[-modifiers._REACH :]


@given(TEXT)
def test_nothing_is_said_to_be_anything_without_a_word_for_it(rest: str) -> None:
    patterns = (copula._MADE_OF, copula._MEANS, copula._JUST, copula.AMONG, copula._IS)
    if any(pattern.match(rest) for pattern in patterns):
        assert copula._SAYS.search(rest)


@given(TEXT)
def test_honours_are_counted(own: str) -> None:
    if namings._HONOUR.search(own):
        assert namings._AWARDS.search(own)


@given(TEXT, TEXT)
def test_what_is_told_of_a_bare_name_is_looked_at(ahead: str, rest: str) -> None:
    start, end = len(ahead), len(ahead) + 2
    for name in ("四送", "书屋"):
        text = f"{ahead}{name}{rest}"
        sentence = Sentence(text, 0, len(text), len(text), len(text))
        if explain(Naming(name, "", "subject", start, end, start, end), sentence):
            assert may_be_told(text, sentence, start, end)

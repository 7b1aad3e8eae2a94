"""Folding, grams, words."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analyzer import (
    content_grams,
    echoes,
    fold,
    grams,
    marked,
    number_spans,
    squeeze,
    squeezed,
    stands,
    unmarked,
    words,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“送清凉”", "送清凉"),
        ("１５分鐘服務圈", "15分钟服务圈"),
        ("ＡＰＰ", "app"),
        ("App", "app"),
        ("中国梦•劳动美", "中国梦·劳动美"),
        ("中国梦‧劳动美", "中国梦·劳动美"),
        ("（試點）", "(试点)"),
        ("a\u3000b", "a b"),
        ("", ""),
    ],
)
def test_fold(text: str, expected: str) -> None:
    assert fold(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("法院＋工会", "法院+工会"),
        ("“工”字 品牌！", "工字品牌"),
        ("《工會法》", "工会法"),
        ("中国梦·劳动美", "中国梦劳动美"),
    ],
)
def test_squeeze(text: str, expected: str) -> None:
    assert squeeze(text) == expected


@given(st.text(alphabet="工會“”‘’ＡaB1２，。 •+＋\n《》", max_size=40))
def test_squeezed_offsets_point_at_the_characters(text: str) -> None:
    short, offsets = squeezed(text)
    assert short == squeeze(text)
    assert len(short) == len(offsets)
    assert all(squeeze(text[offset]) == c for c, offset in zip(short, offsets, strict=True))


@given(st.lists(st.text(max_size=9) | st.text("工會“Ａ1２，。 𠮷鍉\0\ud800", max_size=9), max_size=5))
def test_texts_squeezed_all_at_once(texts: list[str]) -> None:
    found = marked(texts)
    assert list(map(len, found)) == list(map(len, texts))
    assert list(map(unmarked, found)) == list(map(squeeze, texts))
    assert [unmarked(one[1:3]) for one in found] == [squeeze(text[1:3]) for text in texts]


@given(st.text("1２3, ，.．0○一", max_size=12))
def test_figures_stand_where_they_do_in_the_folded_text(text: str) -> None:
    assert number_spans(text) == [match.span() for match in re.finditer(r"\d+(?:,\d{3})*(?:\.\d+)?", fold(text))]


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert squeeze(squeeze(text)) == squeeze(text)


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("工會“”ＡaB1２，•+＋\n")), max_size=40))
def test_a_long_text_is_folded_as_its_parts_are(text: str) -> None:
    assert fold(text * 10) == fold(text) * 10
    assert squeeze(text * 10) == squeeze(text) * 10


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("送清凉", ["送", "清", "凉", "送清", "清凉"]),
        ("送，清", ["送", "清"]),
        ("“工”字", ["工", "字", "工字"]),
        ("15分钟", ["15", "分", "钟", "15分", "分钟"]),
        ("APP用户", ["app", "用", "户", "app用", "用户"]),
        ("工 会", ["工", "会"]),
        ("，。", []),
    ],
)
def test_grams(text: str, expected: list[str]) -> None:
    assert grams(text) == expected


@pytest.mark.parametrize(
    ("query", "left_out"), [("怎么送清凉", "怎么"), ("哪些城市送清凉", "哪些"), ("送清凉的吗", "的吗")]
)
def test_content_grams_leave_question_words_out(query: str, left_out: str) -> None:
    found = content_grams(query)
    assert "清凉" in found
    assert not set(left_out) & set(found)


def test_words_are_whole_and_without_stop_words() -> None:
    found = words("我们在工地开展劳动竞赛")
    assert {"工地", "竞赛"} <= set(found) | {w[-2:] for w in found}
    assert not {"我们", "开展", "在"} & set(found)


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("四大会战怎么打", "打响四大会战攻坚", ["四大会战"]),
        ("工地送清凉", "给工地职工送清凉", ["工地", "送清凉"]),
        ("送清凉", "走访慰问", []),
        ("怎么办", "怎么办", []),
        ("总投资1.8亿元", "投资1.8亿元建成", ["投资1.8亿元"]),
        ("1.8亿元", "筹资18亿元", ["亿元"]),
        ("5个创新工作室", "建成105个创新工作室", ["个创新工作室"]),
        ("２，３００元", "发放2300元", ["2300元"]),
        ("劳模工作室", "劳模（工匠）创新工作室", ["劳模", "工作室"]),
    ],
)
def test_echoes_are_the_longest_shared_runs(query: str, text: str, expected: list[str]) -> None:
    assert echoes(query, text) == expected


@pytest.mark.parametrize(
    ("needle", "text", "expected"),
    [
        ("5个", "建成105个", False),
        ("5个", "建成105个新建5个", True),
        ("建成10", "建成105个", False),
        ("清凉", "送清凉", True),
        ("", "送清凉", False),
    ],
)
def test_a_figure_stands_whole_or_not_at_all(needle: str, text: str, expected: bool) -> None:
    assert stands(needle, text) is expected

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analyzer import squeeze
from search.draft import read_draft


def texts(draft: str) -> list[str]:
    return [clause.text for clause in read_draft(draft)]


def test_sentences_and_items_are_clauses() -> None:
    draft = "柳溪镇建起十座灯塔，照亮码头；又为船工办了夜校。全年没有一人落水！"
    assert texts(draft) == ["柳溪镇建起十座灯塔，照亮码头；", "又为船工办了夜校。", "全年没有一人落水！"]


def test_a_long_sentence_is_parted_at_commas() -> None:
    draft = (
        "、".join(["修桥铺路"] * 11) + "，" + "、".join(["点灯守夜"] * 11) + "，" + "、".join(["送水送药"] * 11) + "。"
    )
    parts = texts(draft)
    assert len(parts) == 3 and all(part[-1] in "，。" for part in parts)


def test_short_pieces_stay_with_their_neighbour() -> None:
    assert texts("很好。柳溪镇为船工办了一所夜校。真的。") == ["很好。柳溪镇为船工办了一所夜校。真的。"]


@pytest.mark.parametrize(
    ("draft", "headings"),
    [
        ("柳溪镇工会工作报告\n各位代表：\n现在报告工作，请大家审议通过。", ["柳溪镇工会工作报告", "各位代表："]),
        ("（一）守望码头。全镇建起十座灯塔，照亮了码头。", ["（一）守望码头。"]),
        ("二是办好夜校。为船工开了三个班，教识字。", ["二是办好夜校。"]),
        ("为船工办夜校", []),
        ("一、二月份建起十座灯塔，照亮了码头。", []),
    ],
)
def test_headings(draft: str, headings: list[str]) -> None:
    assert [clause.text for clause in read_draft(draft) if clause.heading] == headings


def test_paragraphs_are_counted_without_empty_lines() -> None:
    clauses = read_draft("头一段说的是修桥的事情。\n\n  \r\n第二段说的是点灯的事情。")
    assert [(clause.number, clause.paragraph) for clause in clauses] == [(1, 1), (2, 2)]


@given(st.text("柳溪镇工会12一、（）是，；。！\n\r ：“”a", max_size=200))
def test_nothing_that_is_written_is_lost(draft: str) -> None:
    clauses = read_draft(draft)
    assert squeeze("".join(clause.text for clause in clauses)) == squeeze(draft)
    assert all(clause.text == draft[clause.start : clause.end] for clause in clauses)
    assert all(a.end <= b.start and a.number + 1 == b.number for a, b in itertools.pairwise(clauses))

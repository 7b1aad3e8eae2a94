"""Changes in invented sentences: from what to what, and how much more or less."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.changes import _COMPARED, _Clauses, with_changes
from graph.scanning import scan


@pytest.mark.parametrize(
    ("text", "words", "base", "value", "qualifier"),
    [
        ("灯塔由15座增至21座", "15座增至21座", 15, 21, ""),
        ("船工从800名增加到1.2万名", "800名增加到1.2万名", 0.08, 1.2, ""),  # in the unit of what was reached
        ("会费同比下降3个百分点", "下降3个百分点", None, 3, "下降"),
        ("从5家发展到30家", "5家发展到30家", 5, 30, ""),
    ],
)
def test_a_change(text: str, words: str, base: float | None, value: float, qualifier: str) -> None:
    (figure,) = with_changes(text, scan(text))
    assert (text[figure.start : figure.end], figure.base, figure.value) == (words, base, value)
    assert (figure.qualifier, figure.kind) == (qualifier, "change")


def test_one_verb_serves_a_list() -> None:
    text = "船费、灯油分别下降12%和9%"
    assert [(f.value, f.kind, f.qualifier) for f in with_changes(text, scan(text))] == [
        (12, "change", "下降"),
        (9, "change", "下降"),
    ]


@pytest.mark.parametrize("text", ["灯塔增至21座", "新增灯塔9座", "渔船从去年的60艘", "灯塔15座，渔船21艘"])
def test_a_level_is_no_change(text: str) -> None:
    figures = with_changes(text, scan(text))
    assert figures and all(figure.kind == "count" and figure.base is None for figure in figures)


@given(st.lists(st.sampled_from(["较", "比", "同比", "增长", "船工", "，", "。", "5人"]), max_size=12).map("".join))
def test_a_clause_compares_where_it_said_so_before(text: str) -> None:
    clauses = _Clauses(text)
    for figure in re.finditer("5人", text):
        begin = max((m.end() for m in re.finditer(r"[，。；：！？\n]", text[: figure.start()])), default=0)
        assert clauses.begin(figure.start()) == begin
        assert clauses.compares(figure.start()) == bool(_COMPARED.search(text, begin, figure.start()))

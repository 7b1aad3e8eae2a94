"""What terms are called after edits, and which edits can't be made."""

import pytest

from corpus.model import Edit, EditKind, Term, digest
from graph import errors
from graph.names import Names

LAMP, ROSE, FOUR = "灯塔课堂", "海棠驿家", "四季同行"
TERMS = [
    Term(digest("term", LAMP), LAMP, "brand", "unexplained", ("“灯塔课堂”宣讲队", "灯塔讲堂")),
    Term(digest("term", ROSE), ROSE, "brand", "unexplained", ("海棠站",)),
    Term(digest("term", FOUR), FOUR, "programme", "explained", ()),
]
Said = tuple[EditKind, str, str]


def edit(ordinal: int, kind: EditKind, term: str, value: str = "") -> Edit:
    return Edit(ordinal, "", kind, term, value, "", "", "2026-01-01")


def edited(*said: Said) -> Names:
    names = Names(TERMS)
    for ordinal, (kind, term, value) in enumerate(said, 1):
        names.apply(edit(ordinal, kind, term, value))
    return names


def called(names: Names) -> dict[str, tuple[str, ...]]:
    return {name.label: tuple(name.aliases) for name in names}


@pytest.mark.parametrize(
    ("said", "changed"),
    [
        ([("add", "歇脚亭子", "")], {"歇脚亭子": ()}),
        ([("reject", LAMP, "")], {LAMP: None}),
        ([("rename", LAMP, "灯塔讲堂")], {LAMP: None, "灯塔讲堂": (LAMP, "“灯塔课堂”宣讲队")}),
        ([("rename", LAMP, "明灯课堂")], {LAMP: None, "明灯课堂": (LAMP, "“灯塔课堂”宣讲队", "灯塔讲堂")}),
        ([("rename", "“灯塔课堂”", "明灯课堂"), ("rename", LAMP, "再改一次")],
         {LAMP: None, "再改一次": ("明灯课堂", LAMP, "“灯塔课堂”宣讲队", "灯塔讲堂")}),
        ([("merge", ROSE, LAMP)], {ROSE: None, LAMP: ("“灯塔课堂”宣讲队", "灯塔讲堂", ROSE, "海棠站")}),
        ([("merge", ROSE, "灯塔讲堂")], {ROSE: None, LAMP: ("“灯塔课堂”宣讲队", "灯塔讲堂", ROSE, "海棠站")}),
        ([("split", LAMP, "灯塔讲堂")], {LAMP: ("“灯塔课堂”宣讲队",), "灯塔讲堂": ()}),
        ([("merge", ROSE, LAMP), ("split", LAMP, ROSE)], {LAMP: ("“灯塔课堂”宣讲队", "灯塔讲堂", "海棠站"), ROSE: ()}),
        ([("alias", ROSE, "海棠小站")], {ROSE: ("海棠站", "海棠小站")}),
        ([("unalias", ROSE, "海棠站")], {ROSE: ()}),
        ([("unalias", ROSE, "海棠站"), ("alias", LAMP, "海棠站")],
         {ROSE: (), LAMP: ("“灯塔课堂”宣讲队", "灯塔讲堂", "海棠站")}),
        ([("reject", ROSE, ""), ("alias", LAMP, ROSE)], {ROSE: None, LAMP: ("“灯塔课堂”宣讲队", "灯塔讲堂", ROSE)}),
        ([("reject", "海棠站", "")], {ROSE: ()}),
    ],
)  # fmt: skip
def test_names_after_edits(said: list[Said], changed: dict[str, tuple[str, ...] | None]) -> None:
    wanted = {term.label: term.aliases for term in TERMS} | changed
    assert called(edited(*said)) == {label: aliases for label, aliases in wanted.items() if aliases is not None}


@pytest.mark.parametrize(
    ("said", "error", "says"),
    [
        ([("add", LAMP, "")], errors.LabelTaken, "合并"),
        ([("add", "海棠站", "")], errors.AliasTaken, "拆出"),
        ([("reject", "没有的词", "")], errors.TermUnknown, "没有的词"),
        ([("reject", LAMP, ""), ("kind", LAMP, "slogan")], errors.TermUnknown, LAMP),
        ([("rename", LAMP, LAMP)], errors.NothingChanges, "已经叫"),
        ([("rename", LAMP, ROSE)], errors.LabelTaken, "合并"),
        ([("rename", LAMP, "海棠站")], errors.AliasTaken, ROSE),
        ([("rename", "海棠站", "海棠小站")], errors.IsAlias, ROSE),
        ([("merge", LAMP, LAMP)], errors.MergesIntoItself, "自己"),
        ([("merge", LAMP, "灯塔讲堂")], errors.MergesIntoItself, "自己"),
        ([("merge", LAMP, ROSE), ("merge", ROSE, LAMP)], errors.MergesInCircle, "反过来"),
        ([("merge", LAMP, ROSE), ("merge", ROSE, FOUR), ("merge", FOUR, LAMP)], errors.MergesInCircle, "反过来"),
        ([("merge", LAMP, "没有的词")], errors.TermUnknown, "没有的词"),
        ([("merge", LAMP, ROSE), ("reject", ROSE, "")], errors.OthersMerged, LAMP),
        ([("split", LAMP, "没有的词")], errors.AliasUnknown, "灯塔讲堂"),
        ([("split", LAMP, LAMP)], errors.IsLabel, "改名"),
        ([("split", LAMP, "海棠站")], errors.AliasTaken, ROSE),
        ([("split", LAMP, f"{ROSE}\n一句。")], errors.LabelTaken, ROSE),
        ([("alias", LAMP, ROSE)], errors.LabelTaken, "合并"),
        ([("alias", LAMP, "海棠站")], errors.AliasTaken, "去掉"),
        ([("alias", LAMP, "灯塔讲堂")], errors.NothingChanges, "灯塔讲堂"),
        ([("unalias", LAMP, LAMP)], errors.IsLabel, "不收"),
        ([("unalias", LAMP, "海棠站")], errors.AliasUnknown, "灯塔讲堂"),
        ([("kind", LAMP, "brand")], errors.NothingChanges, "品牌"),
        ([("kind", LAMP, "什么")], errors.TermKindUnknown, "机制"),
        ([("prefer", "没有的词", "一句。")], errors.TermUnknown, "没有的词"),
        ([("relate", LAMP, f"related:{LAMP}")], errors.RelatesToItself, LAMP),
        ([("relate", LAMP, f"related:{ROSE}"), ("relate", ROSE, f"related:{LAMP}")], errors.NothingChanges, "相关术语"),
        ([("relate", LAMP, f"broader:{ROSE}"), ("relate", ROSE, f"broader:{FOUR}"), ("relate", FOUR, f"broader:{LAMP}")],
         errors.BroaderInCircle, "上位术语"),
    ],
)  # fmt: skip
def test_edits_that_cannot_be_made_change_nothing(said: list[Said], error: type[Exception], says: str) -> None:
    names = edited(*said[:-1])
    before = called(names), dict(names.moved), dict(names.own), dict(names.related)
    with pytest.raises(error, match=says):
        names.apply(edit(9, *said[-1]))
    assert (called(names), dict(names.moved), dict(names.own), dict(names.related)) == before


def test_what_a_term_was_called_still_finds_it() -> None:
    names = edited(("rename", LAMP, "明灯课堂"))
    assert names.labelled(LAMP) is names.labelled("“明灯课堂”") is names.named("灯塔讲堂")
    assert names.labelled("灯塔讲堂") is None and names.labelled("海棠驿") is None


def test_a_label_that_another_document_writes_with_a_tail_is_the_same() -> None:
    names = Names([Term("1", "四季同行活动", "programme", "explained", (FOUR,))])
    names.apply(edit(1, "reject", FOUR))
    assert called(names) == {}


def test_ids_stay() -> None:
    names = edited(("rename", LAMP, "明灯课堂"), ("merge", ROSE, "明灯课堂"), ("split", "明灯课堂", ROSE))
    ids = {name.label: name.term_id for name in names}
    assert ids["明灯课堂"] == TERMS[0].id
    assert ids[ROSE] != TERMS[1].id  # what documents say of it is moved by the id that they give
    assert names.now(TERMS[1].id) == TERMS[0].id


def test_relations_follow_merges() -> None:
    names = edited(("relate", LAMP, f"related:{ROSE}"), ("merge", ROSE, FOUR))
    assert names.relates(TERMS[2].id, "related", TERMS[0].id)
    with pytest.raises(errors.NothingChanges):
        names.apply(edit(3, "relate", FOUR, f"related:{LAMP}"))
    names.apply(edit(4, "unrelate", FOUR, f"related:{LAMP}"))
    assert not names.related


def test_replaying_tells_what_cannot_be_made() -> None:
    names = Names(TERMS)
    idle = names.replay([edit(2, "alias", "没有的词", "甲乙"), edit(3, "reject", LAMP), edit(1, "merge", ROSE, LAMP)])
    assert sorted(idle) == [2, 3]
    assert LAMP in called(names) and ROSE not in called(names)

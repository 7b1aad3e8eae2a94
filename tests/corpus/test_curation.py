"""Edits as people write them."""

import pytest

from corpus.curation import MOST_LABEL, MOST_NOTE, Change, bare, checked, label_in, quoted, recorded, sentence_in
from corpus.errors import CharacterInvalid, EditIncomplete, InvalidValue, LabelInvalid, ValueTooLong


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        (Change("add", " “灯塔课堂” ", "不用写"), Change("add", "灯塔课堂")),
        (Change("rename", "灯塔课堂", "「灯塔」讲堂"), Change("rename", "灯塔课堂", "「灯塔」讲堂")),
        (Change("merge", "“甲”与“乙”", "“三心”工程"), Change("merge", "“甲”与“乙”", "“三心”工程")),
        (Change("prefer", "灯塔课堂", " 开办。\n"), Change("prefer", "灯塔课堂", "开办。")),
        (
            Change("split", "五个一", "“五个一”（某市）\n 一本书 "),
            Change("split", "五个一", "“五个一”（某市）\n一本书"),
        ),
        (Change("relate", "灯塔课堂", "broader: “课堂” "), Change("relate", "灯塔课堂", "broader:课堂")),
        (Change("kind", "灯塔课堂", "品牌"), Change("kind", "灯塔课堂", "品牌")),
    ],
)
def test_what_is_written_is_tidied(said: Change, meant: Change) -> None:
    assert checked(said) == meant
    assert checked(meant) == meant


@pytest.mark.parametrize(
    ("said", "error", "says"),
    [
        (Change("add", ""), LabelInvalid, "没有写出术语"),
        (Change("add", "“”"), LabelInvalid, "至少要有两个字"),
        (Change("add", "课"), LabelInvalid, "至少要有两个字"),
        (Change("add", "灯塔\n课堂"), LabelInvalid, "不能有换行"),
        (Change("add", "灯\x1b[31m塔"), LabelInvalid, r"“灯\[31m塔”不能作术语"),
        (Change("rename", "灯塔课堂", "——"), LabelInvalid, "不能作术语"),
        (Change("rename", "灯塔课堂", "灯" * (MOST_LABEL + 1)), ValueTooLong, "缩短"),
        (Change("prefer", "灯塔课堂", " "), EditIncomplete, "原句"),
        (Change("prefer", "灯塔课堂", "长" * 3000), ValueTooLong, "原句"),
        (Change("kind", "灯塔课堂", ""), EditIncomplete, "类别"),
        (Change("relate", "灯塔课堂", "课堂"), EditIncomplete, "broader"),
        (Change("relate", "灯塔课堂", "narrower:课堂"), EditIncomplete, "broader"),
        (Change("unrelate", "灯塔课堂", "related:"), LabelInvalid, "没有写出术语"),
    ],
)
def test_what_cannot_be_is_said(said: Change, error: type[InvalidValue], says: str) -> None:
    with pytest.raises(error, match=says):
        checked(said)


@pytest.mark.parametrize(
    ("change", "label", "sentence"),
    [
        (Change("add", "甲乙"), "", ""),
        (Change("kind", "甲乙", "brand"), "", ""),
        (Change("merge", "甲乙", "丙丁"), "丙丁", ""),
        (Change("relate", "甲乙", "related:丙丁"), "丙丁", ""),
        (Change("split", "甲乙", "丙丁\n一句。"), "丙丁", "一句。"),
        (Change("prefer", "甲乙", "一句。"), "", "一句。"),
    ],
)
def test_what_an_edit_speaks_of(change: Change, label: str, sentence: str) -> None:
    assert (label_in(change), sentence_in(change)) == (label, sentence)


def test_a_batch_is_numbered_after_what_is_there() -> None:
    changes = [Change("add", "甲乙"), Change("alias", "甲乙", "丙丁")]
    first = recorded(changes, [], "张三", "为什么", "2026-01-01")
    assert [e.ordinal for e in first] == [1, 2] and len({e.batch for e in first}) == 1
    second = recorded(changes, first, "", "", "2026-01-01")
    assert [e.ordinal for e in second] == [3, 4] and second[0].batch != first[0].batch
    with pytest.raises(ValueTooLong, match="备注"):
        recorded(changes, [], "张三", "长" * (MOST_NOTE + 1), "2026-01-01")


@pytest.mark.parametrize(
    ("who", "note", "says"), [("张\x07三", "", "姓名"), ("张三\n李四", "", "姓名"), ("", "\0", "备注")]
)
def test_who_and_why_hold_nothing_that_cannot_be_seen(who: str, note: str, says: str) -> None:
    with pytest.raises(CharacterInvalid, match=f"{says}里有"):
        recorded([Change("add", "甲乙")], [], who, note, "2026-01-01")


def test_quotation_marks() -> None:
    assert [bare(label) for label in ("“甲乙”", "‘甲乙’", "“甲”和“乙”", "“甲乙”课")] == [
        "甲乙",
        "甲乙",
        "“甲”和“乙”",
        "“甲乙”课",
    ]
    assert [quoted(label) for label in ("甲乙", "“甲”课")] == ["“甲乙”", "“甲”课"]

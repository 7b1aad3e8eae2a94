from dataclasses import replace

import pytest

from corpus.curation import Change
from graph.errors import ImportTooShort, ImportUnreadable
from graph.reimport import Entry, Sheet, compare


def entry(key: str, label: str, *aliases: str, kind: str = "brand", preferred: tuple[str, ...] = ()) -> Entry:
    return Entry(key, label, kind, frozenset(aliases), frozenset(preferred), f"第 {key} 行")


def sheet(*entries: Entry, broader: str = "", related: str = "", partial: bool = False) -> Sheet:
    """Links are written as pairs of keys: "12 34"; related goes both ways."""
    pairs = frozenset((pair[0], pair[1]) for pair in related.split())
    return Sheet(
        {entry.key: entry for entry in entries},
        frozenset((pair[0], pair[1]) for pair in broader.split()),
        pairs | {(b, a) for a, b in pairs},
        partial=partial,
    )


STATION, BOOKS, BEE = (
    entry("1", "蓝鲸驿站", "“蓝鲸驿站”", "蓝鲸小站"),
    entry("2", "职工书屋"),
    entry("3", "暖蜂", "暖蜂行动"),
)
BEFORE = sheet(STATION, BOOKS, BEE, broader="12", related="13")


def changes(after: Sheet, before: Sheet = BEFORE) -> list[tuple[str, str, str]]:
    return [(c.kind, c.term, c.value) for c in compare(before, after, {}, "表.csv").changes]


def edited(*entries: Entry, broader: str = "12", related: str = "13") -> Sheet:
    """The library with some entries in place of those of the same key, or beside them."""
    return sheet(
        *({e.key: e for e in (STATION, BOOKS, BEE)} | {e.key: e for e in entries}).values(),
        broader=broader,
        related=related,
    )


def test_nothing_changed() -> None:
    assert changes(edited()) == []


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (edited(replace(BOOKS, label="职工书吧")), [("rename", "职工书屋", "职工书吧")]),
        (edited(replace(BOOKS, aliases=frozenset({"书屋"}))), [("alias", "职工书屋", "书屋")]),
        (edited(replace(BEE, aliases=frozenset())), [("unalias", "暖蜂", "暖蜂行动")]),
        (edited(replace(BOOKS, kind="organisation")), [("kind", "职工书屋", "organisation")]),
        (
            edited(replace(BOOKS, preferred=frozenset({"书屋供职工读书。"}))),
            [("prefer", "职工书屋", "书屋供职工读书。")],
        ),
        (edited(broader=""), [("unrelate", "蓝鲸驿站", "broader:职工书屋")]),
        (edited(broader="12 32"), [("relate", "暖蜂", "broader:职工书屋")]),
        (edited(related=""), [("unrelate", "蓝鲸驿站", "related:暖蜂")]),
        (edited(related="13 23"), [("relate", "职工书屋", "related:暖蜂")]),
        (edited(entry("x", "流动课堂", kind="honour")), [("add", "流动课堂", ""), ("kind", "流动课堂", "honour")]),
        (
            edited(entry("x", "流动课堂", "课堂", kind="")),
            [("add", "流动课堂", ""), ("alias", "流动课堂", "课堂")],
        ),
        (sheet(STATION, BOOKS, broader="12"), [("reject", "暖蜂", "")]),
        # What was an alias has a row of its own now.
        (
            edited(replace(STATION, aliases=frozenset({"“蓝鲸驿站”"})), entry("x", "蓝鲸小站")),
            [("split", "蓝鲸驿站", "蓝鲸小站")],
        ),
        # What had a row of its own is an alias now.
        (
            sheet(STATION, replace(BOOKS, aliases=frozenset({"暖蜂", "暖蜂行动"})), broader="12"),
            [("merge", "暖蜂", "职工书屋")],
        ),
        # A new name takes the old one's place in what follows it.
        (
            edited(
                replace(STATION, label="蓝鲸之家", aliases=frozenset({"“蓝鲸驿站”", "蓝鲸小站", "小站"})), broader=""
            ),
            [
                ("rename", "蓝鲸驿站", "蓝鲸之家"),
                ("alias", "蓝鲸之家", "小站"),
                ("unrelate", "蓝鲸之家", "broader:职工书屋"),
            ],
        ),
    ],
)
def test_what_was_changed(after: Sheet, expected: list[tuple[str, str, str]]) -> None:
    assert changes(after) == expected


def test_a_label_that_people_changed_before_stays_an_alias() -> None:
    before = edited(entry("2", "职工书吧", "职工书屋"))
    after = edited(entry("2", "职工书吧"))
    assert compare(before, after, {"2": frozenset({"职工书屋"})}, "表.csv").changes == ()
    assert compare(before, after, {}, "表.csv").changes == (Change("unalias", "职工书吧", "职工书屋"),)


def test_what_cannot_be_taken_over_is_noted() -> None:
    found = compare(BEFORE, edited(replace(STATION, aliases=frozenset({"蓝鲸小站"}))), {}, "表.csv")
    assert found.changes == () and "只差标点" in found.notes[0]
    chosen = edited(replace(BOOKS, preferred=frozenset({"句。"})))
    assert "首选没有取消" in compare(chosen, edited(), {}, "表.csv").notes[0]


def test_one_direction_is_enough_to_add_and_to_take_away() -> None:
    both = replace(BEFORE, narrower=BEFORE.broader)
    assert changes(both, both) == []
    assert changes(replace(both, narrower=frozenset()), both) == [("unrelate", "蓝鲸驿站", "broader:职工书屋")]
    more = replace(both, narrower=both.broader | {("3", "2")})
    assert changes(more, both) == [("relate", "暖蜂", "broader:职工书屋")]
    half = replace(BEFORE, related=frozenset({("1", "3")}))
    assert changes(half) == [("unrelate", "蓝鲸驿站", "related:暖蜂")]


def test_a_part_takes_nothing_away() -> None:
    assert changes(sheet(BEE, partial=True)) == []
    with pytest.raises(ImportTooShort, match="3 个术语中的 1 个"):
        changes(sheet(BEE))


def test_a_name_stands_once() -> None:
    with pytest.raises(ImportUnreadable, match="第 2 行和第 3 行都叫“暖蜂”"):
        changes(edited(replace(BOOKS, label="暖蜂")))

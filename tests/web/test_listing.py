import pytest

from corpus.model import Term
from web.listing import SHARED, Group, by_number, by_place, numeral, sections
from web.shelf import TermEntry


def entry(label: str, *provinces: str, place: str = "") -> TermEntry:
    return TermEntry(Term(label, label, "concept", "unexplained", ()), "#", len(provinces), None, 0, provinces, place)


@pytest.mark.parametrize(
    ("label", "key"),
    [
        ("四大会战", "四"),
        ("“四灯”", "四"),
        ("小三级", "三"),
        ("新八级", "八"),
        ("两癌", "二"),
        ("双争", "二"),
        ("十佳", "十"),
        ("千名工匠", "百"),
        ("1+3", "0"),
        ("１２３５１", "0"),
        ("四川工匠", ""),
        ("新业态", ""),
        ("劳动竞赛", ""),
        ("互联网+", ""),
        ("", ""),
        ("“”", ""),
    ],
)
def test_the_numeral_of_a_name(label: str, key: str) -> None:
    assert numeral(label) == key


def test_digits_come_last_in_the_order_of_what_they_say() -> None:
    found = by_number(map(entry, ["12351", "1+10", "1+3", "三送", "两癌", "帮扶"]))
    assert [(group.key, [e.term.label for e in group.entries]) for group in found] == [
        ("二", ["两癌"]),
        ("三", ["三送"]),
        ("0", ["1+3", "1+10", "12351"]),
    ]


def test_places_list_their_own_first_and_what_many_use_apart() -> None:
    entries = [
        entry("甲", "湖北省", place="荆州市"),
        entry("乙", "湖北省", "四川省"),
        entry("丙", "湖北省"),
        entry("丁", "", place="全国"),
        entry("戊", "湖北省", place="咸宁市"),
    ]
    found = by_place(entries, ["湖北省", "四川省", ""])
    assert [group.key for group in found] == [SHARED, "湖北省", "四川省", "全国及其他"]
    assert found[1].about == "用到 4 个，其中 3 个只见于这里"
    parts = sections("place", found[1], found[1].entries)
    assert [(part.title, [e.term.label for e in part.entries]) for part in parts] == [
        ("只见于湖北省", ["丙"]),
        ("只见于咸宁市", ["戊"]),
        ("只见于荆州市", ["甲"]),
        ("别处也用", ["乙"]),
    ]


def test_other_groups_are_one_section() -> None:
    group = Group("三", "三", (entry("三送"),))
    assert sections("number", group, group.entries) == [group]

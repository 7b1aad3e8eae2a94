from collections.abc import Sequence
from itertools import permutations

import pytest

from corpus.model import Definition, Term
from graph.senses import may_differ, overlap, same_content, with_senses

ISLAND, HILL = ("思想引领", "技能登高", "暖心服务"), ("强基固本", "普惠便民", "安全护航")


def definition(
    name: str, parts: Sequence[str] = (), *, term: str = "t", place: str = "", document: str = "", text: str = ""
) -> Definition:
    strength = "explained" if parts else "described"
    words = text or f"这是{name}的一句话，说到{'、'.join(parts)}。"
    return Definition(name, term, words, tuple(parts), strength, "", place, document or name, "p", 0, 9)


def senses(label: str, definitions: Sequence[Definition]) -> dict[str, int]:
    return {d.id: d.sense for d in with_senses([Term("t", label, "programme", "explained", ())], definitions)}


def test_other_parts_in_another_place_are_another_sense() -> None:
    assert senses("三大行动", [definition("a", ISLAND, place="甲市"), definition("b", HILL, place="乙市")]) == {
        "a": 1,
        "b": 2,
    }


def test_the_sense_of_most_documents_comes_first() -> None:
    found = [definition("a", HILL, place="乙市"), definition("b", ISLAND), definition("c", ISLAND)]
    assert senses("三大行动", found) == {"a": 2, "b": 1, "c": 1}


def test_a_name_that_does_not_count_has_one_sense() -> None:
    assert set(senses("海岛驿站", [definition("a", ISLAND, place="甲市"), definition("b", HILL)]).values()) == {1}


@pytest.mark.parametrize(
    "second",
    [
        definition("b", ISLAND[:2], place="乙市"),  # an incomplete list of the same
        definition("b", ("思想引领", "技能提高", "暖心服务"), place="乙市"),  # in slightly other words
        definition("b", ("海上风电",), place="甲市"),  # the same place
        definition("b", place="丙市"),  # no parts at all
        definition("b", (), place="丙市", text="这是a的一句话，说到思想引领、技能登高、暖心服务。"),
    ],
)
def test_what_founds_no_sense_of_its_own(second: Definition) -> None:
    assert set(senses("三大行动", [definition("a", ISLAND, place="甲市"), second]).values()) == {1}


def test_two_whole_lists_in_one_place_are_two_senses() -> None:
    found = [definition("a", ISLAND, place="甲市"), definition("b", HILL, place="甲市")]
    assert set(senses("三大行动", found).values()) == {1, 2}


def test_senses_do_not_depend_on_the_order_of_ingestion() -> None:
    found = [
        definition("a", ISLAND, place="甲市"),
        definition("b", HILL, place="乙市"),
        definition("c", ISLAND[:2], place="丙市"),
        definition("d", place="乙市"),
    ]
    assert len({tuple(sorted(senses("三大行动", order).items())) for order in permutations(found)}) == 1


def test_definitions_stay_in_their_order() -> None:
    found = [definition("b", HILL), definition("a", ISLAND)]
    assert [d.id for d in with_senses([Term("t", "三大行动", "programme", "explained", ())], found)] == ["b", "a"]


@pytest.mark.parametrize(
    ("label", "may"),
    [("三大行动", True), ("1+3", True), ("百千万", True), ("去四化", True), ("海岛驿站", False), ("五一", False)],
)
def test_which_labels_may_have_several_senses(label: str, may: bool) -> None:
    assert may_differ(label) is may


def test_overlap_counts_what_is_nearly_the_same() -> None:
    assert overlap(frozenset({"春送岗位", "秋送助学"}), frozenset({"春送岗位", "金秋助学", "冬送温暖"})) == 1.0
    assert (
        overlap(frozenset({"乡镇", "村社区"}), frozenset({"乡镇街道渔会和开发区渔会", "村社区渔会", "区域渔会"})) == 1.0
    )
    assert overlap(frozenset(), frozenset({"春送岗位"})) == 0.0


def test_terms_of_the_same_content() -> None:
    songs = ("春送岗位", "夏送清凉", "秋送助学", "冬送温暖")
    gifts = ("春送岗位", "夏送清凉", "金秋助学", "冬送温暖")
    one, other = definition("a", songs, term="x"), definition("b", gifts, term="y")
    assert same_content([other, one]) == [("x", "y", one, other)]
    assert same_content([one, definition("c", HILL, term="z")]) == []
    assert same_content([one, definition("d", songs, term="x")]) == []

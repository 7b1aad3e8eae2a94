import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.model import Passage
from graph.folding import Folded
from graph.labels import labels
from graph.linking import Linker, PassageFinder
from graph.speaking import spoken


def passage(text: str, start: int, name: str = "p") -> Passage:
    return Passage(name, "d", "", 0, text, start, start + len(text), 0, 0, ())


def spans(names: dict[str, str], text: str) -> list[tuple[str, str]]:
    linker = Linker({name: (value,) for name, value in names.items()})
    return [(value, text[start:end]) for value, start, end in linker.found(text)]


def test_the_longest_label_wins_and_matches_do_not_overlap() -> None:
    names = {"四送": "a", "四送一补": "b", "一补二促": "c"}
    assert spans(names, "打造四送一补二促品牌，常态化四送。") == [("b", "四送一补"), ("a", "四送")]


@pytest.mark.parametrize(
    ("names", "text", "found"),
    [
        (["渔会法", "法律服务团"], "成立渔会法律服务团", ["法律服务团"]),  # not the leftmost
        (["船员驿站", "驿站联盟"], "船员驿站联盟", ["船员驿站"]),  # the leftmost of equals
        (["护航甲", "甲乙丙丁戊", "戊己庚"], "护航甲乙丙丁戊己庚", ["甲乙丙丁戊"]),
        (["护航甲", "甲乙丙丁", "丁戊己庚辛"], "护航甲乙丙丁戊己庚辛", ["护航甲", "丁戊己庚辛"]),
    ],
)
def test_of_overlapping_labels_the_longest_stands(names: list[str], text: str, found: list[str]) -> None:
    assert [words for _, words in spans(dict.fromkeys(names, "t"), text)] == found


def test_a_wording_of_two_concepts_counts_for_both_and_a_look_alike_for_none() -> None:
    linker = Linker({"平安": ["互助", "安全"], "平安渡": []})
    assert linker.found("保平安，过平安渡。") == [("互助", 1, 3), ("安全", 1, 3)]


def test_names_are_found_however_they_are_written() -> None:
    names = {"法院+工会": "a", "“春学”计划": "b", "中国情·海岛美": "c", "工会app": "d", "渔船竞赛": "e"}
    text = "推广法院＋工会、‘春学’计划、春学计划、中国情•海岛美、中国情海岛美、工会APP和漁船競賽。"
    assert spans(names, text) == [
        ("a", "法院＋工会"),
        ("b", "‘春学’计划"),
        ("b", "春学计划"),
        ("c", "中国情•海岛美"),
        ("c", "中国情海岛美"),
        ("d", "工会APP"),
        ("e", "漁船競賽"),
    ]


def test_an_everyday_word_is_linked_where_it_is_set_apart() -> None:
    linker = Linker({"实干": ["t"]}, {"实干"})
    assert linker.found("重实干，讲担当，真抓实干。") == []
    assert linker.found("打造“实干”渔会，重实干。") == [("t", 3, 5)]
    # A text that sets it apart more often than not means it also where it doesn't.
    text = "打造“实干”渔会，“实干”渔会挂牌，建实干渔会。"
    assert [start for _, start, _ in linker.found(text)] == [3, 10, 19]


def test_a_mention_of_a_concept_knows_its_passage() -> None:
    text = "标题集体协商\n正文集体协商。"
    rows = spoken("d", text, [passage("正文集体协商。", 7)])
    found = [
        (start, where) for concept, document, where, start, _ in rows if (concept, document) == ("工资集体协商", "d")
    ]
    assert found == [(2, ""), (9, "p")]


@pytest.mark.parametrize(("names", "text"), [({"暖蜂": "t"}, ""), ({}, "暖蜂"), ({"、": "t"}, "甲、乙")])
def test_nothing_is_found_in_nothing(names: dict[str, str], text: str) -> None:
    assert spans(names, text) == []


def reference(names: dict[str, str], text: str) -> list[tuple[int, int, tuple[str, ...]]]:
    """Every place of every label, looked up one by one; of all, the longest first."""
    made = Folded(text)
    found = []
    for key, label in labels({name: (value,) for name, value in names.items()}).items():
        at = made.text.find(key)
        while at >= 0:
            span = label.written(text, *made.span(at, at + len(key)))
            if span:
                found.append((at, at + len(key), *span, label.values))
            at = made.text.find(key, at + 1)
    taken: set[int] = set()
    kept = []
    for start, end, first, last, values in sorted(found, key=lambda match: (match[0] - match[1], match[0])):
        if taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            kept.append((first, last, values))
    return sorted(kept)


WORDS = st.text(st.sampled_from("甲乙丙丁"), min_size=4, max_size=7)
NAMES = st.dictionaries(st.one_of(WORDS, WORDS.map(lambda word: f"{word[:2]}·{word[2:]}")), st.sampled_from("abc"))


@given(NAMES, st.text(st.sampled_from("甲乙丙丁甲乙丙丁“”·、。"), max_size=60))
def test_every_place_is_found_that_a_plain_search_finds(names: dict[str, str], text: str) -> None:
    found = Linker({name: (value,) for name, value in names.items()}).found(text)
    places = [(start, end, value) for start, end, values in reference(names, text) for value in values]
    assert [(start, end, value) for value, start, end in found] == places


def test_passage_finder_takes_passages_in_any_order() -> None:
    locate = PassageFinder([passage("乙乙", 10, "b"), passage("甲甲", 0, "a")])
    assert [locate(i) for i in (0, 1, 2, 9, 10, 11, 12)] == ["a", "a", "", "", "b", "b", ""]

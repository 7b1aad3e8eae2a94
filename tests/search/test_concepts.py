"""Linking queries to concepts, and abstaining."""

from collections.abc import Iterable

import numpy as np
import pytest
from numpy.typing import NDArray

from corpus.lexicon import Concept
from search.concepts import MOST, ConceptIndex


@pytest.fixture
def index(concepts: tuple[Concept, ...]) -> ConceptIndex:
    return ConceptIndex(concepts)


def labels(index: ConceptIndex, query: str) -> list[str]:
    return [concept.label for concept, _ in index.link(query)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("送清凉", "送清凉"),
        ("“送清凉”怎么开展？", "送清凉"),
        ("防暑降温", "送清凉"),
        ("大热天给户外干活的人送点水", "送清凉"),
        ("老板不给工钱怎么办", "根治欠薪"),
        ("女工没有喂奶的地方", "母婴室"),
        ("過年看望困難職工", "送温暖"),
    ],
)
def test_link(index: ConceptIndex, query: str, expected: str) -> None:
    assert labels(index, query)[0] == expected


@pytest.mark.parametrize("query", ["", "。？", "怎么", "火星探测器", "quantum", "股票走势"])
def test_abstains_when_nothing_fits(index: ConceptIndex, query: str) -> None:
    assert index.link(query) == []


def test_two_concepts_in_one_query(index: ConceptIndex) -> None:
    assert set(labels(index, "送清凉 送温暖")) == {"送清凉", "送温暖"}


def test_confidence_lies_in_bounds_and_falls(index: ConceptIndex) -> None:
    links = index.link("送清凉和走访慰问")
    assert 0 < len(links) <= MOST
    assert all(0 < confidence <= 1 for _, confidence in links)
    assert [c for _, c in links] == sorted((c for _, c in links), reverse=True)


def test_an_official_label_is_surer_than_plain_words(index: ConceptIndex) -> None:
    assert index.link("送清凉")[0][1] > index.link("大热天干活")[0][1]


def test_a_negative_label_bars_its_concept(index: ConceptIndex) -> None:
    assert "送清凉" not in labels(index, "送清凉油广告")
    assert "送清凉" in labels(index, "送清凉油广告 送清凉")


def test_longer_labels_hide_those_inside() -> None:
    index = ConceptIndex([Concept("工匠", ("工匠",)), Concept("大国工匠", ())])
    assert [(s.label, [c.label for c in s.concepts]) for s in index.standing("大国工匠论坛")] == [
        ("大国工匠", ["大国工匠"])
    ]


def test_standing_labels_point_into_the_query(index: ConceptIndex) -> None:
    query = "哪里在搞“防暑降温”？"
    (found,) = index.standing(query)
    assert query[found.start : found.end] == "防暑降温"


def test_owners_of_labels(index: ConceptIndex, concepts: tuple[Concept, ...]) -> None:
    assert index.number(concepts[2]) == 2


def test_characters_that_stand_in_labels_apart_need_more_confidence() -> None:
    index = ConceptIndex([Concept("送水", ("慰问工地",)), Concept("欠薪", ())])
    (apart,), (together,) = index.link("问地", 0.05), index.link("慰问", 0.05)
    assert apart[0] == together[0]
    assert index.link("问地", apart[1]) == []
    assert index.link("慰问", together[1]) == [together]


def test_only_concepts_of_the_mask_are_linked(index: ConceptIndex) -> None:
    assert index.link("送清凉", among=np.zeros(len(index.concepts), np.bool_)) == []
    mask = np.array([concept.label != "送清凉" for concept in index.concepts])
    assert "送清凉" not in [concept.label for concept, _ in index.link("送清凉和送温暖", among=mask)]
    assert "送温暖" in [concept.label for concept, _ in index.link("送清凉和送温暖", among=mask)]


def test_a_query_on_other_matters_links_nothing_unless_it_names_a_concept(index: ConceptIndex) -> None:
    assert index.link("红烧排骨怎么炖") == []
    assert labels(index, "红烧排骨怎么炖，送清凉") == ["送清凉"]


def test_an_empty_lexicon_links_nothing() -> None:
    assert ConceptIndex([]).link("送清凉") == []


class Likes:
    """Encodes texts that hold 暑 or 太阳 alike, all others apart."""

    def encode(self, texts: Iterable[str]) -> NDArray[np.float32]:
        hot = [("暑" in text or "太阳" in text) for text in texts]
        return np.array([[1.0, 0.0] if h else [0.0, 1.0] for h in hot], np.float32) * 1.0


def test_vectors_help_where_no_character_does() -> None:
    lexicon = [Concept("防暑", ()), Concept("欠薪", ())]
    assert ConceptIndex(lexicon).link("太阳底下") == []
    assert [c.label for c, _ in ConceptIndex(lexicon, Likes()).link("太阳底下")] == ["防暑"]


class LikesAll:
    """Finds every text like every other, as a model does that spells unknown letters one by one."""

    def encode(self, texts: Iterable[str]) -> NDArray[np.float32]:
        return np.ones((len(list(texts)), 1), np.float32)


@pytest.mark.parametrize("query", ["hello", "SELECT", "xyz123", "ＨＥＬＬＯ", "12345"])
def test_letters_that_stand_in_no_label_are_like_nothing(query: str) -> None:
    index = ConceptIndex([Concept("防暑", ()), Concept("VR体验", ())], LikesAll())
    assert index.link(query) == []


def test_letters_that_stand_in_a_label_still_link() -> None:
    index = ConceptIndex([Concept("防暑", ()), Concept("VR体验", ())], LikesAll())
    assert [concept.label for concept, _ in index.link("VR")] == ["VR体验"]


def test_a_query_that_is_an_official_label_means_nothing_else() -> None:
    near = Concept("边贸服务", ("边贸口岸职工驿站",))
    index = ConceptIndex((Concept("歇脚点", ("职工驿站",)), near, Concept("送清凉")))
    assert [c.label for c, _ in index.link("职工驿站")] == ["歇脚点"]
    assert near in [c for c, _ in index.link("边贸驿站")]


def test_a_concept_that_nothing_speaks_for_is_not_meant() -> None:
    index = ConceptIndex((Concept("足球赛", ("足球比赛",)), Concept("送清凉")))
    assert index.link("足球", 0.1, np.array([False, True])) == []

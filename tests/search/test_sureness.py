"""An answer is sure where a passage has direct evidence for it."""

import numpy as np
import pytest

from search.answers import Filters, Mode
from search.concepts import ConceptIndex
from search.finder import Found
from search.ranking import Evidence
from search.reading import Reading
from search.sureness import is_sure
from tests.search.conftest import CONCEPTS

INDEX = ConceptIndex(CONCEPTS)


def reading(query: str, confidence: float = 0.0) -> Reading:
    links = ((CONCEPTS[0], confidence),) if confidence else ()
    return Reading(query, query, Filters(), (), (), links, ())


def found(lexical: float = 0.0, dense: float = 0.0) -> Found:
    none = np.zeros(1, np.float32)
    words, near = np.array([lexical], np.float32), np.array([dense], np.float32)
    return Found(0, 0.5, Evidence(np.zeros(1, np.int64), words, none, near, none, none, none))


@pytest.mark.parametrize(
    ("query", "confidence", "lexical", "dense", "mode", "sure"),
    [
        ("大热天", 1.0, 0.0, 0.0, "hybrid", True),  # a label of the lexicon, whole
        ("夏夜萤火虫", 0.0, 0.1, 0.3, "hybrid", False),  # a chance likeness
        ("夏夜萤火虫", 0.0, 0.6, 0.0, "hybrid", True),  # its own words stand there
        ("夏夜萤火虫", 0.3, 0.0, 0.7, "semantic", True),
        ("夏夜萤火虫", 0.0, 0.4, 0.0, "lexical", True),
        ("大热天", 1.0, 0.2, 0.0, "lexical", False),
    ],
)
def test_direct_evidence(query: str, confidence: float, lexical: float, dense: float, mode: Mode, sure: bool) -> None:
    page = [found(), found(lexical, dense)]
    assert is_sure(reading(query, confidence), page, INDEX, mode) is sure


def test_nothing_found_is_never_sure() -> None:
    assert not is_sure(reading("大热天", 1.0), (), INDEX, "hybrid")


def test_what_is_said_in_words_of_the_trade() -> None:
    assert INDEX.known("大热天") == pytest.approx(1)
    assert INDEX.known("琵琶") == 0 == INDEX.known("的了吗")
    assert 0 < INDEX.known("大热天弹琵琶") < 1


def test_concepts_to_choose_from_are_the_nearest() -> None:
    assert INDEX.nearest("大热天干活", 2)[0] == CONCEPTS[0]
    assert INDEX.nearest("琵琶", 5) == []
    scores = INDEX.scores("干活的人过年看望")
    near = INDEX.nearest("干活的人过年看望", 3)
    assert [concept.label for concept in near] == [
        CONCEPTS[i].label for i in np.argsort(-scores, kind="stable")[:3] if scores[i] >= 0.1
    ]

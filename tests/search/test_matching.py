"""Clauses matched against topics: how sure, and the reasons given to the reader."""

import numpy as np
import pytest

from corpus.lexicon import Concept
from corpus.model import Claim
from search.calibration import THRESHOLD
from search.claims import ClaimIndex
from search.concepts import ConceptIndex
from search.matching import Matcher
from search.questions import parse_question
from search.topics import Topic

TEXTS = (
    "建成夜班食堂九座。",
    "打造通宵食堂，添置长椅。",
    "开办“橙色护航”讲堂。",
    "开展船工水上安全演练比赛。",
    "组织职工钓鱼。",
)
CONCEPTS = (Concept("夜班食堂", ("通宵食堂",), ("半夜吃饭的地方",)),)


@pytest.fixture
def matcher() -> Matcher:
    claims = (
        Claim(str(n), "d", "p", "", text, 0, len(text), "宜昌市", "420500", "city", "", "document", "done")
        for n, text in enumerate(TEXTS)
    )
    return Matcher(ClaimIndex(claims), ConceptIndex(CONCEPTS))


def topic(matcher: Matcher, query: str) -> Topic:
    question = parse_question(query)
    assert question is not None
    return matcher.reader.read(question)


@pytest.mark.parametrize(
    ("query", "clause", "reasons"),
    [
        ("哪些城市建了夜班食堂？", 0, ("原文写有“夜班食堂”",)),
        ("哪些城市建了夜班食堂？", 1, ("词表把“通宵食堂”列为“夜班食堂”的说法",)),
        ("哪些城市有半夜吃饭的地方？", 1, ("词表把“通宵食堂”列为“夜班食堂”的说法",)),
        ("哪些城市开办了“橙色护航”讲堂？", 3, ("原文写有“橙色护航”",)),
        ("哪些城市开展了水上安全竞赛？", 4, ("原文写有“水上”", "原文写有“安全”")),
        ("哪些城市建了夜班食堂？", 2, ()),
    ],
)
def test_reasons_say_what_made_a_clause_count(
    matcher: Matcher, query: str, clause: int, reasons: tuple[str, ...]
) -> None:
    assert matcher.reasons(topic(matcher, query), clause) == reasons


def test_scores_are_of_every_clause_and_matches_are_those_that_reach_the_threshold(matcher: Matcher) -> None:
    asked = topic(matcher, "哪些城市建了夜班食堂？")
    scores = matcher.scores(asked)
    assert scores.shape == (6,) and scores.min() >= 0 and scores.max() <= 1
    assert [match.clause for match in matcher.matches(asked)] == list(np.flatnonzero(scores >= THRESHOLD))


def test_a_short_word_counts_only_where_it_is_one(matcher: Matcher) -> None:
    texts = (*TEXTS, "促进经济地理发挥作用。", "义务理发。")
    claims = (
        Claim(str(n), "d", "p", "", text, 0, len(text), "宜昌市", "420500", "city", "", "document", "done")
        for n, text in enumerate(texts)
    )
    other = Matcher(ClaimIndex(claims), ConceptIndex(()))
    assert [match.clause for match in other.matches(topic(other, "哪些城市的工会给职工理发？"))] == [7]

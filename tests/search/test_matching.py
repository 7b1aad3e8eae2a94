"""Clauses matched against topics: which count, and how sure."""

from collections.abc import Callable, Iterable

import numpy as np
import pytest

from corpus.model import Claim
from search.calibration import THRESHOLD
from search.claims import ClaimIndex
from search.concepts import ConceptIndex
from search.matching import Matcher
from search.questions import parse_question
from search.topics import Topic
from tests.search.conftest import MATCHED

OWNERS = (0, 1, 1, 2, 3, 4)  # whose clauses they are


def topic(matcher: Matcher, query: str) -> Topic:
    question = parse_question(query)
    assert question is not None
    return matcher.reader.read(question)


@pytest.mark.parametrize(
    "query",
    [
        "哪些城市建了夜班食堂？",
        "哪些城市有半夜吃饭的地方？",
        "哪些城市开展了水上安全竞赛？",
        "哪些城市开展船工安全演练和职工钓鱼？",
        "哪些城市组织职工活动？",
        "哪些城市为职工开办了讲堂？",
        "哪些城市有“橙色护航”？",
        "哪些城市种了水稻？",
    ],
)
def test_all_that_reach_the_threshold_are_matches(matcher: Matcher, query: str) -> None:
    asked = topic(matcher, query)
    scores = matcher.scores(asked, np.arange(len(OWNERS), dtype=np.int32))
    assert scores.shape == (6,) and scores.min() >= 0 and scores.max() <= 1
    matches = matcher.matches(asked)
    assert matches.clauses.tolist() == list(np.flatnonzero(scores >= THRESHOLD))
    assert matches.owners.tolist() == [OWNERS[clause] for clause in matches.clauses]
    assert matches.confidence.tolist() == scores[matches.clauses].tolist()


def test_a_short_word_counts_only_where_it_is_one(index_of: Callable[[Iterable[Claim]], ClaimIndex]) -> None:
    texts = (*MATCHED, "促进经济地理发挥作用。", "义务理发。")
    claims = (
        Claim(str(n), "d", "p", "", text, 0, len(text), "宜昌市", "420500", "city", "", "document", "done")
        for n, text in enumerate(texts)
    )
    other = Matcher(index_of(claims), ConceptIndex(()))
    found = other.matches(topic(other, "哪些城市的工会给职工理发？"))
    assert [texts[number] for number in found.owners] == ["义务理发。"]

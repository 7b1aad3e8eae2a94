"""Clauses matched against topics: how sure, and the reasons given to the reader."""

from collections.abc import Callable, Iterable

import numpy as np
import pytest
from numpy.typing import NDArray

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
OWNERS = (0, 1, 1, 2, 3, 4)  # whose clauses they are
CONCEPTS = (Concept("夜班食堂", ("通宵食堂",), ("半夜吃饭的地方",)),)


@pytest.fixture
def matcher(index_of: Callable[[Iterable[Claim]], ClaimIndex]) -> Matcher:
    claims = (
        Claim(str(n), "d", "p", "", text, 0, len(text), "宜昌市", "420500", "city", "", "document", "done")
        for n, text in enumerate(TEXTS)
    )
    return Matcher(index_of(claims), ConceptIndex(CONCEPTS))


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
    assert [match.clause for match in matches] == list(np.flatnonzero(scores >= THRESHOLD))
    assert [match.claim.text for match in matches] == [TEXTS[OWNERS[match.clause]] for match in matches]


def test_a_short_word_counts_only_where_it_is_one(index_of: Callable[[Iterable[Claim]], ClaimIndex]) -> None:
    texts = (*TEXTS, "促进经济地理发挥作用。", "义务理发。")
    claims = (
        Claim(str(n), "d", "p", "", text, 0, len(text), "宜昌市", "420500", "city", "", "document", "done")
        for n, text in enumerate(texts)
    )
    other = Matcher(index_of(claims), ConceptIndex(()))
    found = other.matches(topic(other, "哪些城市的工会给职工理发？"))
    assert [match.claim.text for match in found] == ["义务理发。"]


class Near:
    """Finds every clause near in meaning."""

    def akin(self, word: str) -> tuple[tuple[str, float], ...]:
        return ()

    def likeness(self, text: str, other: str) -> float:
        return 0.0

    def cosines(self, texts: object, clauses: NDArray[np.int64]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        every = np.full(len(clauses), 0.65, np.float32)
        return every, every


@pytest.mark.parametrize(
    ("query", "counts"),
    [("哪些城市扩种了观光茶园？", [False, True, False]), ("哪些城市有观光茶园？", [True, True, True])],
)
def test_one_of_two_things_is_no_answer_for_being_near(
    index_of: Callable[[Iterable[Claim]], ClaimIndex], query: str, counts: list[bool]
) -> None:
    texts = (
        "观光茶园免费开放。",
        "扩种观光茶园三处。",
        "命名观光茶园两处。",
        *(f"举办第{n}届钓鱼比赛。" for n in range(40)),
    )
    claims = [
        Claim(str(n), str(n), "p", "", text, 0, len(text), "宜昌市", "420500", "city", "", "document", "done")
        for n, text in enumerate(texts)
    ]
    matcher = Matcher(index_of(claims), ConceptIndex((Concept("观光茶园", ()), Concept("扩种", ()))), Near())
    scores = matcher.scores(topic(matcher, query), np.arange(3, dtype=np.int32))
    assert (scores >= THRESHOLD).tolist() == counts

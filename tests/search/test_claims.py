"""Claims in memory: where labels stand, written one way or another, and how far words do."""

import pytest

from corpus.model import Claim
from search.claims import ClaimIndex

TEXTS = (
    "配备社会化工作者36名，开设“四护”课堂。",
    "打造“四护一促”品牌，建成夜班食堂。",
    "深化十四护行动，夜班工友有食堂。",
)


@pytest.fixture
def index() -> ClaimIndex:
    return ClaimIndex(
        Claim(str(n), "d", "p", "", text, 0, len(text), "宜昌市", "420500", "city", "", "document", "done")
        for n, text in enumerate(TEXTS)
    )


@pytest.mark.parametrize(
    ("label", "texts"),
    [
        ("社会化工会工作者", {0}),
        ("“四护”", {0}),
        ("四护一促", {1}),
        ("夜班食堂", {1}),
        ("船工夜校", set()),
        ("", set()),
    ],
)
def test_having(index: ClaimIndex, label: str, texts: set[int]) -> None:
    assert {index.clauses[number].claim for number in index.having(label)} == texts


def test_a_name_inside_another_is_not_it(index: ClaimIndex) -> None:
    inside = index.only_inside(["夜班"], ["夜班食堂"])
    assert {index.clauses[number].claim for number in inside} == {1}
    assert index.only_inside(["食堂"], ["夜班工友"]) == []
    assert index.only_inside(["建成", "夜班"], ["夜班食堂"]) == []


def test_presence_falls_from_verbatim_to_scattered_to_none(index: ClaimIndex) -> None:
    presence = index.presence("夜班食堂")
    best = [max(presence[i] for i, clause in enumerate(index.clauses) if clause.claim == n) for n in range(3)]
    assert best[1] == 1
    assert 0 < best[2] < 1
    assert best[0] == 0


def test_what_stands_elsewhere_in_the_claim_counts_less(index: ClaimIndex) -> None:
    presence = {
        TEXTS[1][c.start : c.end]: p
        for c, p in zip(index.clauses, index.presence("夜班食堂"), strict=True)
        if c.claim == 1
    }
    assert 0 < presence["打造“四护一促”品牌，"] < presence["建成夜班食堂。"]


def test_marks_are_spans_of_the_claim(index: ClaimIndex) -> None:
    (number,) = index.having("社会化工会工作者")
    assert [TEXTS[0][a:b] for a, b in index.marks(number, ["社会化工会工作者"])] == ["社会化工作者"]

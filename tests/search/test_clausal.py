"""Clauses by their words are as near as their vectors say."""

from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
import pytest

from corpus.model import Claim
from search import clausal
from search.claims import ClaimIndex
from search.clausal import Worded
from search.embedders import BUNDLED, Counted, StaticEmbedder

EMBEDDER = StaticEmbedder(BUNDLED)
TEXTS = ("为船工送清凉，建成“渔家”书屋3个。", "办夜校，", "开展技能比赛，表扬船员。", "！")
Make = Callable[[Iterable[Claim]], ClaimIndex]


@pytest.fixture
def index(index_of: Make) -> ClaimIndex:
    return index_of(
        Claim(str(n), "d", "p", "", text, n, n + 1, "宜昌市", "420500", "city", "", "document", "done")
        for n, text in enumerate(TEXTS * 3)
    )


@pytest.mark.parametrize("at_once", [2, 8192])
def test_cosines_are_those_of_the_vectors(
    index: ClaimIndex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr(clausal, "_AT_ONCE", at_once)  # sentences are broken off where a batch ends
    Worded.build(tmp_path, index, EMBEDDER)
    asked = EMBEDDER.encode(["给船员送清凉", "读书的地方"])
    rows = np.array([0, 2, 1, len(index) - 1])
    clauses, sentences = Worded([tmp_path], index, EMBEDDER).cosines(asked.T, rows)
    expected = (EMBEDDER.encode([index.text(row) for row in rows.tolist()]) @ asked.T).max(1)
    assert clauses.tolist() == pytest.approx(expected.tolist(), abs=1e-5)
    assert sentences[0] == sentences[2] != clauses[0] and (sentences <= 1.0001).all()


def test_a_model_that_is_counted_is_the_same(index: ClaimIndex, tmp_path: Path) -> None:
    assert clausal.kind(EMBEDDER) is clausal.kind(Counted(EMBEDDER, lambda _: None)) is Worded
    Worded.build(tmp_path, index, Counted(EMBEDDER, lambda _: None))
    near, _ = Worded([tmp_path], index, EMBEDDER).cosines(EMBEDDER.encode([index.text(0)]).T, np.array([0]))
    assert near[0] == pytest.approx(1, abs=1e-5)

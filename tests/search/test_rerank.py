"""Reranking, with a tiny cross-encoder of random weights and with one made up for the purpose."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from corpus.store import Store
from search.embedders import Embedder
from search.engine import Engine
from search.errors import NeuralExtraMissing, RerankerUnreadable
from search.rerank import SHARE, CrossReranker, mixed


class Longest:
    """Likes long passages."""

    id = "longest"

    def scores(self, query: str, texts: Sequence[str]) -> np.ndarray:
        return np.array([len(text) / 100 for text in texts], np.float32)


def test_scores_are_mixed_on_the_scale_of_the_best() -> None:
    found = mixed(np.array([0.8, 0.4], np.float32), np.array([0.0, 1.0], np.float32))
    assert found == pytest.approx([0.8 * (1 - SHARE), 0.4 * (1 - SHARE) + SHARE * 0.8])
    assert mixed(np.zeros(0, np.float32), np.zeros(0, np.float32)).shape == (0,)


def test_the_order_is_the_model_s_and_nothing_gets_lost(library: Path, embedder: Embedder) -> None:
    plain = Engine(Store.open(library), embedder)
    again = Engine(Store.open(library), embedder, Longest())
    first, second = plain.search("工会", 20), again.search("工会", 20)
    assert {hit.passage_id for hit in first.hits} == {hit.passage_id for hit in second.hits}
    assert first.total == second.total
    order = [hit.score for hit in second.hits]
    assert order == sorted(order, reverse=True) and order != [hit.score for hit in first.hits]


def test_without_the_extra_the_next_step_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(NeuralExtraMissing, match=r"pip install 'gongzhi\[neural\]'"):
        CrossReranker("BAAI/bge-reranker-base")


def test_a_cross_encoder_reads_query_and_passage(tiny_cross: Path) -> None:
    model = CrossReranker(str(tiny_cross))
    texts = ["夏天送清凉", "冬天送温暖", "夏天送清凉" * 300]
    scores = model.scores("送清凉", texts)
    assert scores.shape == (3,) and ((scores > 0) & (scores < 1)).all()
    assert model.scores("送清凉", texts) == pytest.approx(scores, abs=1e-6)
    assert model.scores("送温暖", texts) != pytest.approx(scores, abs=1e-6)
    assert model.scores("送清凉", []).shape == (0,)


def test_a_folder_without_a_model_is_named(tmp_path: Path) -> None:
    pytest.importorskip("sentence_transformers", reason="需要 neural 附加包")
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(RerankerUnreadable, match="GONGZHI_RERANKER"):
        CrossReranker(str(tmp_path))


def test_a_model_of_several_numbers_is_refused(tiny_classifier: Path) -> None:
    with pytest.raises(RerankerUnreadable, match="3 个数"):
        CrossReranker(str(tiny_classifier))

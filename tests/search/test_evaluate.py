"""The evaluation measure on rankings worked out by hand."""

import json
import math
from pathlib import Path

import pytest

from search.embedders import Embedder
from search.engine import Engine
from search.errors import GoldUnreadable
from search.evaluate import Judged, covers, evaluate, ndcg, read_judged, scores, summary

COOLING, WARMING = "为露天岗位开展送清凉三百余场", "岁末年初组织走访慰问"
JUDGED = Judged("1", "送清凉", "keyword", ((COOLING, 2), (WARMING, 1)))
BEST = 3 + 1 / math.log2(3)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ([COOLING, WARMING], 1.0),
        ([WARMING, COOLING], (1 + 3 / math.log2(3)) / BEST),
        ([COOLING], 3 / BEST),
        (["别的内容与此无关"] * 9 + [WARMING], (1 / math.log2(11)) / BEST),
        (["别的内容与此无关"] * 10 + [COOLING], 0.0),
        ([], 0.0),
    ],
)
def test_ndcg(texts: list[str], expected: float) -> None:
    assert ndcg(JUDGED, texts) == pytest.approx(expected)


def test_nothing_relevant_scores_nothing() -> None:
    assert ndcg(Judged("1", "问", "keyword", ()), [COOLING]) == 0


@pytest.mark.parametrize(
    ("text", "quote", "covered"),
    [
        (f"前文。{COOLING}。后文。", COOLING, True),
        ("为露天岗位开展“送清凉” 三百余场", COOLING, True),  # marks and spaces don't count
        (COOLING[:9], COOLING, True),  # more than half of it
        (COOLING[:7], COOLING, False),
        ("完全不同的一段文字", COOLING, False),
    ],
)
def test_covers(text: str, quote: str, covered: bool) -> None:
    assert covers(text, quote) is covered


def test_a_passage_is_judged_by_its_beginning() -> None:
    assert ndcg(JUDGED, ["字" * 600 + COOLING]) == 0


def test_summary_has_a_mean_for_each_style() -> None:
    other = Judged("2", "慰问", "question", ((WARMING, 2),))
    table = summary(scores([JUDGED, other], lambda query: [COOLING] if query == "送清凉" else []))
    assert table == pytest.approx({"ndcg10": 1.5 / BEST, "ndcg10_keyword": 3 / BEST, "ndcg10_question": 0.0})


def test_evaluate_a_library(library: Path, embedder: Embedder, tmp_path: Path) -> None:
    row = {"id": "1", "query": "露天岗位送清凉", "style": "keyword", "relevant": [{"quote": COOLING, "grade": 2}]}
    (tmp_path / "passages.jsonl").write_text(json.dumps(row, ensure_ascii=False) + "\n", "utf-8")
    engine = Engine.open(library, embedder)
    assert evaluate(engine, tmp_path) == {"ndcg10": 1.0, "ndcg10_keyword": 1.0}
    engine.close()


@pytest.mark.parametrize("content", [None, "{", '{"id": "1"}', "[]"])
def test_unreadable_gold_is_named(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / "passages.jsonl").write_text(content, "utf-8")
    with pytest.raises(GoldUnreadable, match=r"passages\.jsonl"):
        read_judged(tmp_path)

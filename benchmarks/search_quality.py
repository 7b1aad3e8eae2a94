"""Measure searching on the judged queries and write the tables of ``search.md``: ``python benchmarks/search_quality.py``.

Reads the reference corpus and the judged queries that lie beside the project (``--corpus``, ``--gold``).
"""

import argparse
import itertools
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from corpus.lexicon import lexicon  # noqa: E402
from corpus.store import Store  # noqa: E402
from gongzhi.build import ingest  # noqa: E402
from search import lexical, ranking, vectors  # noqa: E402
from search.analyzer import fold  # noqa: E402
from search.answers import Filters, Mode  # noqa: E402
from search.cache import Cache  # noqa: E402
from search.concepts import ConceptIndex  # noqa: E402
from search.embedders import open_embedder  # noqa: E402
from search.engine import Engine  # noqa: E402
from search.evaluate import DEPTH, Judged, Score, read_judged, scores, summary  # noqa: E402
from search.finder import Finder  # noqa: E402
from search.ranking import Weights  # noqa: E402
from search.reading import Reader  # noqa: E402

STYLES = ("ndcg10", "ndcg10_keyword", "ndcg10_question", "ndcg10_paragraph", "ndcg10_paraphrase")
PLAIN = Weights(concept=0, dense=0, phrase=0, number=0, condition=0)
ABLATION: tuple[tuple[str, bool, Weights], ...] = (
    ("字词", True, PLAIN),
    ("字词 + 向量", True, Weights(concept=0)),
    ("字词 + 概念（不用向量认概念）", False, Weights(dense=0)),
    ("字词 + 概念", True, Weights(dense=0)),
    ("概念 + 向量（不看字词）", True, Weights(lexical=0)),
    ("全部，不加短语、数字、地点年份", True, Weights(phrase=0, number=0, condition=0)),
    ("**全部**", True, Weights()),
)
GRID = {"concept": (0.2, 0.3, 0.4, 0.5, 0.6), "dense": (0.2, 0.4, 0.6, 0.8)}
FOLDS = 5


class Bench:
    """A library with its finder, and the queries."""

    def __init__(self, folder: Path, queries: Sequence[Judged]) -> None:
        store, embedder = Store.open(folder), open_embedder()
        self.queries = queries
        self.finders: dict[bool, tuple[Finder, Reader]] = {}
        for with_vectors in (True, False):
            concepts = ConceptIndex(lexicon(), embedder if with_vectors else None)
            finder = Finder(store, Cache(folder), concepts, embedder)
            self.finders[with_vectors] = finder, Reader(concepts, finder.catalogue.documents)

    def scores(self, weights: Weights, vectors: bool = True, mode: Mode = "hybrid") -> list[Score]:
        return scores(self.queries, self._search(weights, vectors, mode))

    def _search(self, weights: Weights, vectors: bool, mode: Mode) -> Callable[[str], list[str]]:
        finder, reader = self.finders[vectors]

        def search(query: str) -> list[str]:
            page = finder.rank(reader.read(query), Filters(), mode, DEPTH, 0, weights).page
            return [passage.text for found in page if (passage := finder.catalogue.passage(found.row))]

        return search


def cross_validated(bench: Bench) -> tuple[float, list[tuple[float, float]]]:
    """nDCG@10 where each fold is scored with the weights that were best on the others; the weights picked."""
    cells = list(itertools.product(*GRID.values()))
    table = [[s.ndcg for s in bench.scores(Weights(concept=c, dense=d))] for c, d in cells]
    held: list[float] = []
    picked: list[tuple[float, float]] = []
    for part in range(FOLDS):
        inside = [i for i in range(len(bench.queries)) if i % FOLDS != part]
        best = max(range(len(cells)), key=lambda cell: sum(table[cell][i] for i in inside))
        picked.append(cells[best])
        held += [table[best][i] for i in range(len(bench.queries)) if i % FOLDS == part]
    return statistics.fmean(held), picked


def timing(folder: Path, queries: Sequence[Judged]) -> Iterator[str]:
    started = time.perf_counter()
    engine = Engine.open(folder)
    opened = time.perf_counter() - started
    for query in queries:
        engine.search(query.query)
    for name, chosen in (("不含整段", [q for q in queries if q.style != "paragraph"]), ("全部", list(queries))):
        ms = sorted(engine.search(query.query).took_ms for query in chosen for _ in range(3))
        yield f"| {name} | {ms[len(ms) // 2]:.1f} | {ms[int(len(ms) * 0.95)]:.1f} |"
    yield ""
    yield f"打开资料库（缓存已有）{opened:.2f} 秒。"
    engine.close()


def recalls(order: Callable[[str], Sequence[int]], queries: Sequence[dict[str, Any]]) -> tuple[float, float]:
    """R@1 and R@10: share of queries with a relevant passage among the first 1 and 10."""
    ranked = [(order(query["q"]), set(query["rel"])) for query in queries]
    first = statistics.fmean(bool(rel & set(rows[:1])) for rows, rel in ranked)
    return first, statistics.fmean(bool(rel & set(rows[:10])) for rows, rel in ranked)


def public(path: Path, folder: Path) -> Iterator[str]:
    """A public retrieval set that no concept covers: words alone, and words with vectors."""
    data = json.loads(path.read_text("utf-8"))
    embedder = open_embedder()
    for kind in ("words", "vectors"):
        (folder / kind).mkdir(parents=True)
    passages = data["passages"]
    lexical.build(folder / "words", (lexical.Entry(i, 0, text, (), "") for i, text in enumerate(passages)))
    vectors.build(folder / "vectors", passages, embedder)
    words, meaning = lexical.LexicalIndex(folder / "words"), vectors.VectorIndex(folder / "vectors")
    nothing = np.zeros(len(passages), np.float32)

    def order(query: str, weights: Weights) -> list[int]:
        near = meaning.search(embedder.encode([fold(query)])[0], 200)
        found = ranking.gather(len(passages), words.search(query, 200), nothing, near, 200, full=False)
        total = ranking.score(found, weights)
        return [int(found.rows[i]) for i in ranking.best_first(found.rows, total)]

    for name, weights in (("字词", PLAIN), ("字词 + 向量", Weights(concept=0))):
        one, ten = recalls(lambda query, chosen=weights: order(query, chosen), data["queries"])  # type: ignore[misc]
        yield f"| {data['name']}（{len(data['queries'])} 问，{len(passages)} 段） | {name} | {one:.3f} | {ten:.3f} |"


def lines(bench: Bench, folder: Path) -> Iterator[str]:
    finder = bench.finders[True][0]
    yield "# 检索效果"
    yield ""
    yield (
        f"由 `python benchmarks/search_quality.py` 生成：参考语料 {len(finder.catalogue)} 段，"
        f"{len(bench.queries)} 个判好的问题，nDCG@10。"
    )
    yield ""
    yield "| 用什么排序 | 合计 | 关键词 | 提问 | 整段 | 大白话 |"
    yield "|---|---|---|---|---|---|"
    for name, with_vectors, weights in ABLATION:
        found = summary(bench.scores(weights, with_vectors))
        yield f"| {name} | " + " | ".join(f"{found[style]:.3f}" for style in STYLES) + " |"
    held, picked = cross_validated(bench)
    yield ""
    yield (
        f"规则和门槛是看着这些问题定的（上下浮动都在 ±0.01 以内），另一半题目才是考试。"
        f"概念与向量的权重在 {len(GRID['concept'])}×{len(GRID['dense'])} 个格子里，"
        f"{FOLDS} 折交叉验证（每折用别的折选出的权重）得 **{held:.3f}**；各折选中 "
        + "、".join(f"({c}, {d})" for c, d in picked)
        + f"，采用 ({Weights().concept}, {Weights().dense})。"
    )
    yield ""
    yield "| 用时（毫秒） | p50 | p95 |"
    yield "|---|---|---|"
    yield from timing(folder, bench.queries)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=ROOT.parent / "shared" / "corpus")
    parser.add_argument("--gold", type=Path, default=ROOT.parent / "shared" / "gold")
    parser.add_argument("--public", type=Path, default=ROOT.parent / "shared" / "benchmarks")
    parser.add_argument("--output", type=Path, default=Path(__file__).with_name("search.md"))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        ingest(folder, sorted(options.corpus.glob("*.txt")))
        made = list(lines(Bench(folder, read_judged(options.gold)), folder))
        made += ["", "概念词表没有覆盖的公开数据集：", "", "| 数据集 | 用什么排序 | R@1 | R@10 |", "|---|---|---|---|"]
        for path in sorted(options.public.glob("*.json")):
            made += public(path, folder / path.stem)
        report = "\n".join(made)
    options.output.write_text(report + "\n", "utf-8")
    print(report)


if __name__ == "__main__":
    main()

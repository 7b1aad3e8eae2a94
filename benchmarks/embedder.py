"""Measure the bundled model and write the tables of ``embedder.md``: ``python benchmarks/embedder.py``.

Reads general texts, the reference corpus with its judged queries, and public retrieval sets that lie beside the project.
The part on wordings held out trains a model without them, which takes minutes; ``--quick`` leaves it out.
"""

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from corpus.lexicon import lexicon  # noqa: E402
from gongzhi.adapting import adapt_library, compared  # noqa: E402
from gongzhi.build import ingest  # noqa: E402
from peers.product import library_of, over  # noqa: E402
from search import vectors  # noqa: E402
from search.analyzer import fold  # noqa: E402
from search.embedders import BUNDLED, StaticEmbedder  # noqa: E402
from search.embedders.adapt import AdaptationPlan  # noqa: E402
from search.embedders.texts import read_texts  # noqa: E402
from search.embedders.train import TrainingPlan, train  # noqa: E402
from search.engine import Engine  # noqa: E402
from search.evaluate import DEPTH, configuration, evaluate  # noqa: E402
from search.judged import Judged, read_judged  # noqa: E402
from search.models import Asked, Models  # noqa: E402

STYLES = ("ndcg10", "ndcg10_keyword", "ndcg10_question", "ndcg10_paragraph", "ndcg10_paraphrase")
PLAN = TrainingPlan()
CANDIDATES = 300
HELD_OUT = 0.1


def wordings(texts: Path, folder: Path) -> Iterator[str]:
    """A model trained without a tenth of the everyday wordings: how often it finds their topic."""
    plan = replace(PLAN, held_out=HELD_OUT)
    started = time.perf_counter()
    report = train(read_texts(texts, plan.characters, plan.seed), lexicon(), folder, plan)
    yield f"留出一成大白话不学（学 {report.labels} 个），在全部主题里找它所属的；训练用 {time.perf_counter() - started:.0f} 秒："
    yield ""
    yield "| 维数 | 第一个就对：微调前 | 微调后 | 前四个里有：微调前 | 微调后 |"
    yield "|---|---|---|---|---|"
    for size, after in report.after.items():
        before = report.before[size]
        yield f"| {size} | {before.first:.3f} | **{after.first:.3f}** | {before.four:.3f} | **{after.four:.3f}** |"


def recalls(orders: Sequence[Sequence[int]], queries: Sequence[dict[str, Any]]) -> str:
    """R@1 and R@10 as two cells of a table."""
    found = [(set(query["rel"]), list(order)) for query, order in zip(queries, orders, strict=True)]
    return " | ".join(f"{statistics.fmean(bool(rel & set(order[:n])) for rel, order in found):.3f}" for n in (1, 10))


def public(path: Path, models: Sequence[StaticEmbedder], folder: Path) -> Iterator[str]:
    """A public set that no concept covers: vectors alone at each dimension, and the whole product."""
    data = json.loads(path.read_text("utf-8"))
    passages, queries = data["passages"], data["queries"]
    name = f"{data['name']}（{len(queries)} 问，{len(passages)} 段）"
    for model in models:
        place = folder / str(model.size)
        place.mkdir(parents=True)
        vectors.build(place, passages, model)
        index = vectors.VectorIndex([place])
        near = [index.search(v, CANDIDATES)[0] for v in model.encode_queries(fold(query["q"]) for query in queries)]
        yield f"| {name} | 只用向量，{model.size} 维 | {recalls([rows.tolist() for rows in near], queries)} |"
    library_of(folder / "library", data["name"], passages)
    engine = Engine.open(folder / "library", models[0])
    for mode in ("lexical", "hybrid"):
        peer = over(engine, configuration(mode))
        found = [peer.search(query["q"], DEPTH) for query in queries]
        yield f"| {name} | {'只按字词' if mode == 'lexical' else '全部'} | {recalls(found, queries)} |"
    engine.close()


def judged(engine: Engine, queries: Sequence[Judged]) -> str:
    """nDCG@10 by style as cells of a table."""
    run = evaluate(engine, queries, [configuration("hybrid")])[0]
    return " | ".join(f"{run.figures[style]:.3f}" for style in STYLES)


def library(corpus: Path, gold: Path, models: Sequence[StaticEmbedder], folder: Path) -> Iterator[str]:
    """The judged queries with each model, and with the bundled one adapted to the library."""
    ingest(folder, sorted(corpus.glob("*.txt")))
    queries = read_judged(gold)
    yield f"参考语料，{len(queries)} 个判好的问题，nDCG@10（全部排序规则，只换模型）："
    yield ""
    yield "| 模型 | 合计 | 关键词 | 提问 | 整段 | 大白话 |"
    yield "|---|---|---|---|---|---|"
    for model in models:
        engine = Engine.open(folder, model)
        yield f"| 自带，{model.size} 维 | {judged(engine, queries)} |"
        engine.close()
    yield from adapted(folder, queries)


def adapted(folder: Path, queries: Sequence[Judged]) -> Iterator[str]:
    """The same with a model of the library's own."""
    started = time.perf_counter()
    found = adapt_library(folder, Models(Asked("bundled")), None, AdaptationPlan())
    took = time.perf_counter() - started
    engine = Engine.open(folder)
    yield f"| 在这个库上微调过（`gongzhi adapt`） | {judged(engine, queries)} |"
    engine.close()
    yield ""
    yield f"`gongzhi adapt`：{found.passages} 段，{took:.0f} 秒，{'采用' if found.better else '不采用'}。"
    yield ""
    yield "| 量什么 | 微调前 | 微调后 |"
    yield "|---|---|---|"
    for row in compared(found.before, found.after):
        yield "| " + " | ".join(row) + " |"


def speed(model: StaticEmbedder, texts: Sequence[str]) -> str:
    started = time.perf_counter()
    StaticEmbedder(BUNDLED)
    opened = time.perf_counter() - started
    seconds = []
    for _ in range(3):
        started = time.perf_counter()
        model.encode(texts)
        seconds.append(time.perf_counter() - started)
    rate = len(texts) / min(seconds)
    size = sum(path.stat().st_size for path in BUNDLED.iterdir()) / 2**20
    length = statistics.fmean(map(len, texts))
    return f"模型共 {size:.1f} MB，读入 {opened * 1e3:.0f} 毫秒，每秒 {rate:,.0f} 段（平均 {length:.0f} 字，一个核）。"


def main() -> None:
    shared = ROOT.parent / "shared"
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=Path, default=shared / "texts" / "official_texts.jsonl.xz")
    parser.add_argument("--corpus", type=Path, default=shared / "corpus")
    parser.add_argument("--gold", type=Path, default=shared / "gold")
    parser.add_argument("--public", type=Path, default=shared / "benchmarks")
    parser.add_argument("--quick", action="store_true", help="leave out what has to be trained")
    parser.add_argument("--output", type=Path, default=Path(__file__).with_name("embedder.md"))
    options = parser.parse_args()
    models = [StaticEmbedder(BUNDLED, size) for size in PLAN.dimensions]
    made = ["# 自带的向量模型", "", f"由 `python benchmarks/embedder.py` 生成；模型 {models[0].id}。", ""]
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        sets = sorted(options.public.glob("*.json"))
        made += [speed(models[0], json.loads(sets[0].read_text("utf-8"))["passages"]), ""]
        if not options.quick:
            made += [*wordings(options.texts, folder / "held"), ""]
        made += [*library(options.corpus, options.gold, models, folder / "library"), ""]
        made += [
            "没有概念可用的公开数据集（从未用来训练）：",
            "",
            "| 数据集 | 用什么 | R@1 | R@10 |",
            "|---|---|---|---|",
        ]
        for path in sets:
            made += public(path, models, folder / path.stem)
    report = "\n".join(made)
    options.output.write_text(report + "\n", "utf-8")
    print(report)


if __name__ == "__main__":
    main()

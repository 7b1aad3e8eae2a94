"""The concept bridge: does a wording that nobody taught still find its topic? Writes ``bridge.md``.

A tenth of the plain labels of the topics, drawn at random (seeded), is taken out of the lexicon; each is then a query
whose topic is known. The bundled embedder has seen all labels in its training, so its figures flatter: the figures
without vectors don't. Queries on other matters (``bridge_strangers.txt``) must link nothing.
"""

import random
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from corpus.lexicon import Concept, lexicon, topics  # noqa: E402
from search.analyzer import squeeze  # noqa: E402
from search.concepts import LEAST_CONFIDENCE, ConceptIndex  # noqa: E402
from search.embedders import Embedder, open_embedder  # noqa: E402

REPORT = Path(__file__).with_suffix(".md")
STRANGERS = Path(__file__).with_name("bridge_strangers.txt")
SEED = 20261
HELD = 0.1
LENGTHS = {"一两个字": (1, 2), "三到五个字": (3, 5), "六个字以上": (6, 99)}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A label held out, and the topics it belonged to."""

    label: str
    owners: frozenset[str]


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares of the labels drawn: the own topic first, among those linked, nothing linked."""

    count: int
    first: float
    linked: float
    nothing: float


def counted() -> tuple[Concept, ...]:
    """The topics that queries for passages mean."""
    return tuple(dict.fromkeys(topic for found in topics(lexicon()).values() for topic in found))


def draw(concepts: Iterable[Concept], share: float, seed: int) -> list[Drawn]:
    """That share of the plain labels, squeezed, in no order; labels that are official somewhere stay in."""
    owners: dict[str, set[str]] = defaultdict(set)
    official: set[str] = set()
    for concept in concepts:
        official.update(map(squeeze, concept.official))
        for label in concept.hidden_labels:
            owners[squeeze(label)].add(concept.label)
    plain = sorted(label for label in owners if label not in official)
    chosen = random.Random(seed).sample(plain, round(share * len(plain)))
    return [Drawn(label, frozenset(owners[label])) for label in chosen]


def without(concepts: Iterable[Concept], drawn: Iterable[Drawn]) -> list[Concept]:
    """The concepts without the labels drawn."""
    gone = {one.label for one in drawn}
    return [
        replace(concept, hidden_labels=tuple(label for label in concept.hidden_labels if squeeze(label) not in gone))
        for concept in concepts
    ]


def figures(index: ConceptIndex, drawn: Sequence[Drawn]) -> Figures:
    """Every label asked as a query."""
    linked = [[concept.label for concept, _ in index.link(one.label)] for one in drawn]
    pairs = list(zip(drawn, linked, strict=True))
    return Figures(
        len(drawn),
        statistics.mean(bool(found) and found[0] in one.owners for one, found in pairs),
        statistics.mean(bool(one.owners & set(found)) for one, found in pairs),
        statistics.mean(not found for found in linked),
    )


def strangers() -> list[str]:
    """Queries that have nothing to do with union work."""
    return STRANGERS.read_text("utf-8").splitlines()


def _row(name: str, found: Figures) -> str:
    return f"| {name} | {found.count} | {found.first:.3f} | {found.linked:.3f} | {found.nothing:.3f} |"


def _milliseconds(index: ConceptIndex, queries: Sequence[str]) -> float:
    took = []
    for query in queries:
        start = time.perf_counter()
        index.link(query)
        took.append(time.perf_counter() - start)
    return statistics.median(took) * 1e3


def report(embedder: Embedder) -> str:
    """The page."""
    concepts = counted()
    drawn = draw(concepts, HELD, SEED)
    kept = without(concepts, drawn)
    labels = sum(len(concept.hidden_labels) for concept in concepts)
    lines = [
        "# 大白话找题目：没教过的说法",
        "",
        f"题目 {len(concepts)} 个，口头说法 {labels} 条。随机抽出一成说法（{len(drawn)} 条），从词表里全部删去，再拿它们当问题：",
        "排第一的、至多四个里有的，是不是它原来的题目。自带的向量模型训练时见过全部说法，带向量的数字偏高，"
        "不带向量的没有这个问题。",
        "",
        "| | 说法 | 排第一 | 四个之内 | 不作答 |",
        "|---|---:|---:|---:|---:|",
    ]
    asked = strangers()
    wrong, speed = {}, {}
    for name, encoder in (("不带向量", None), ("带向量", embedder)):
        index = ConceptIndex(kept, encoder)
        lines.append(_row(f"**{name}**", figures(index, drawn)))
        for length, (least, most) in LENGTHS.items():
            some = [one for one in drawn if least <= len(one.label) <= most]
            lines.append(_row(f"{name}，{length}", figures(index, some)))
        whole = ConceptIndex(concepts, encoder)
        wrong[name] = [
            f"{query}（{found[0][0].label} {found[0][1]:.2f}）" for query in asked if (found := whole.link(query))
        ]
        speed[name] = _milliseconds(whole, [one.label for one in drawn])
    lines += [
        "",
        f"与工会工作无关的 {len(asked)} 个问题（`bridge_strangers.txt`）应当一个题目也不认，门槛 {LEAST_CONFIDENCE}：",
    ]
    for name, rows in wrong.items():
        lines.append(f"- {name}：认错 {len(rows)} 个" + (f"：{'、'.join(rows)}" if rows else ""))
    lines += ["", "一次认题的中位时间：" + "，".join(f"{name} {ms:.2f} 毫秒" for name, ms in speed.items()) + "。"]
    lines += ["", f"重做：`python benchmarks/bridge.py`（种子 {SEED}）。", ""]
    return "\n".join(lines)


if __name__ == "__main__":
    page = report(open_embedder())
    REPORT.write_text(page, "utf-8")
    print(page)

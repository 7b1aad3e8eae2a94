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
from search.concepts import ConceptIndex  # noqa: E402
from search.embedders import Embedder, open_embedder  # noqa: E402

REPORT = Path(__file__).with_suffix(".md")
STRANGERS = Path(__file__).with_name("bridge_strangers.txt")
SEED = 20261
HELD = 0.1
DRAWS = 5
KNOWN = 52  # so many of the queries on other matters were known when ``search/elsewhere.toml`` was written
LENGTHS = {"一两个字": (1, 2), "三到五个字": (3, 5), "六个字以上": (6, 99)}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A label held out, and the topics it belonged to."""

    label: str
    owners: frozenset[str]


@dataclass(frozen=True, slots=True)
class Answer:
    """A label asked as a query, and the topics linked, surest first."""

    drawn: Drawn
    linked: tuple[str, ...]


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


def answers(index: ConceptIndex, drawn: Iterable[Drawn]) -> list[Answer]:
    """Every label asked as a query."""
    return [Answer(one, tuple(concept.label for concept, _ in index.link(one.label))) for one in drawn]


def strangers() -> list[str]:
    """Queries that have nothing to do with union work."""
    return STRANGERS.read_text("utf-8").splitlines()


def _row(name: str, given: Sequence[Answer]) -> str:
    first = statistics.mean(bool(one.drawn.owners & set(one.linked[:1])) for one in given)
    linked = statistics.mean(bool(one.drawn.owners & set(one.linked)) for one in given)
    nothing = statistics.mean(not one.linked for one in given)
    return f"| {name} | {len(given)} | {first:.3f} | {linked:.3f} | {nothing:.3f} |"


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
    samples = [draw(concepts, HELD, SEED + number) for number in range(DRAWS)]
    labels = sum(len(concept.hidden_labels) for concept in concepts)
    asked = strangers()
    lines = [
        "# 大白话找题目：没教过的说法",
        "",
        f"题目 {len(concepts)} 个，口头说法 {labels} 条。随机抽出一成说法，从词表里全部删去，再拿它们当问题，抽 {DRAWS} 回：排第一的、",
        "至多四个里有的，是不是它原来的题目。自带的向量模型训练时可能见过这些说法，带向量的数字因此偏高。说法同出一手，常彼此相近，真人的问话会难一些。",
        "",
        "| | 说法 | 排第一 | 四个之内 | 不作答 |",
        "|---|---:|---:|---:|---:|",
    ]
    wrong, speed = [], []
    for name, encoder in (("不带向量", None), ("带向量", embedder)):
        given = [one for drawn in samples for one in answers(ConceptIndex(without(concepts, drawn), encoder), drawn)]
        lines.append(_row(f"**{name}**", given))
        for length, (least, most) in LENGTHS.items():
            lines.append(_row(f"{name}，{length}", [one for one in given if least <= len(one.drawn.label) <= most]))
        whole = ConceptIndex(concepts, encoder)
        rows = [f"{query}（{found[0][0].label} {found[0][1]:.2f}）" for query in asked if (found := whole.link(query))]
        later = sum(bool(whole.link(query)) for query in asked[KNOWN:])
        wrong.append(
            f"- {name}：写词时已知的 {KNOWN} 个认错 {len(rows) - later} 个，写词之后才出的 {len(asked) - KNOWN} 个认错 {later} 个"
            + (f"：{'、'.join(rows)}" if rows else "")
        )
        speed.append(f"{name} {_milliseconds(whole, [one.label for one in samples[0]]):.2f} 毫秒")
    lines += ["", f"与工会工作无关的 {len(asked)} 个问题（`bridge_strangers.txt`）应当一个题目也不认："]
    lines += [*wrong, "", f"认一次题的中位时间：{'，'.join(speed)}。"]
    lines += ["", f"重做：`python benchmarks/bridge.py`（种子 {SEED}）。", ""]
    return "\n".join(lines)


if __name__ == "__main__":
    page = report(open_embedder())
    REPORT.write_text(page, "utf-8")
    print(page)

"""How long the network takes on a made library: relations, communities, central terms, a way, exports.

``python benchmarks/graph_size.py [TERMS] [EDGES]`` prints the table of ``graph.md``; the terms and where they stand are drawn
with a seed, in topics, as documents have them.
"""

import random
import sys
import time
from collections.abc import Callable
from typing import Any

import networkx as nx

from corpus.model import Glossary, Mention, Term
from corpus.shown import Spot
from graph.communities import MOST_EDGES, communities, overview, ties
from graph.edges import EDGE_KINDS
from graph.export import to_graphml, to_json
from graph.paths import neighbourhood, path
from graph.relations import relations

_TOPIC = 40  # terms
_IN_PASSAGE = 4
_PER_TERM = 10  # mentions
_HEADS = "驿站 书屋 课堂 行动 工程 竞赛 学院 联盟 品牌 热线".split()
_SYLLABLES = "春夏秋冬晨光星海山川云林松竹梅兰金银铜铁风雨雪霜江河湖泉"


class Texts:
    """Texts made here, with their passages."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.passages: list[list[Spot]] = []

    def text(self, document_id: str) -> str:
        return self.texts[int(document_id[1:])]

    def spots(self, document_id: str) -> list[Spot]:
        return self.passages[int(document_id[1:])]


def made_glossary(terms: int, seed: int = 7) -> tuple[Texts, int, Glossary]:
    """Terms that stand in passages with others of their topic, about ten times each."""
    chance = random.Random(seed)
    labels = ["".join(_SYLLABLES[n // 28**k % 28] for k in range(4)) + _HEADS[n % len(_HEADS)] for n in range(terms)]
    made = tuple(Term(f"{n:016x}", label, "brand", "explained", ()) for n, label in enumerate(labels))
    topics = [made[n : n + _TOPIC] for n in range(0, terms, _TOPIC)]
    texts, mentions, count = Texts(), [], 0
    for number in range(terms * _PER_TERM // (_IN_PASSAGE * 50)):
        text = ""
        spots = []
        for _ in range(50):
            topic = chance.choice(topics)
            chosen = [chance.choice(topic if chance.random() < 0.8 else made) for _ in range(_IN_PASSAGE)]
            start, passage = len(text), f"p{count}"
            for term in chosen:
                mentions.append(Mention(term.id, f"d{number}", passage, len(text), len(text) + len(term.label)))
                text += f"{term.label}，"
            text += "各有成效。\n"
            spots.append(Spot(passage, start, len(text) - 1))
            count += 1
        texts.texts.append(text)
        texts.passages.append(spots)
    return texts, count, Glossary(made, (), (), tuple(mentions))


def made_network(terms: int, edges: int, seed: int = 7, share: float = 0.8) -> Any:
    """A network of ``edges`` relations; the ``share`` of them lies inside topics, the rest anywhere."""
    chance = random.Random(seed)
    graph = nx.MultiDiGraph()
    for n in range(terms):
        graph.add_node(f"term:{n:06}", type="term", label=f"术语{n}", kind="brand", status="explained")
    count = 0
    while count < edges:
        a = chance.randrange(terms)
        b = a - a % _TOPIC + chance.randrange(_TOPIC) if chance.random() < share else chance.randrange(terms)
        ends = (f"term:{min(a, b):06}", f"term:{max(a, b):06}")
        if b < terms and a != b and not graph.has_edge(*ends, "related"):
            weight = round(chance.uniform(0.2, 1), 3)
            graph.add_edge(*ends, key="related", kind="related", label=EDGE_KINDS["related"], weight=weight, reason="")
            count += 1
    return graph


def measured(work: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds that ``work`` takes, and what it gives."""
    started = time.perf_counter()
    result = work()
    return time.perf_counter() - started, result


def main(terms: int, edges: int) -> None:
    rows: list[tuple[str, float, str]] = []
    texts, passages, glossary = made_glossary(terms)
    seconds, found = measured(lambda: relations(texts, passages, glossary, ()))
    rows.append(
        (
            f"relations of {len(glossary.mentions)} mentions in {passages} passages",
            seconds,
            f"{len(found)} relations",
        )
    )
    graph = made_network(terms, edges)
    seconds, simple = measured(lambda: ties(graph))
    rows.append(("term network as a simple graph", seconds, f"{simple.number_of_edges()} edges"))
    seconds, groups = measured(lambda: communities(simple))
    rows.append((f"communities, bounded to {MOST_EDGES} edges", seconds, f"{len(groups)} communities"))
    seconds, groups = measured(lambda: communities(ties(made_network(terms, edges, share=0.0))))
    rows.append(("the same and ties, a network without communities", seconds, f"{len(groups)} communities"))
    seconds, _ = measured(lambda: overview(graph))
    rows.append(("gongzhi graph: all of it", seconds, ""))
    ends = [f"term:{n:06}" for n in (0, terms // 2, terms - 1)]
    seconds, way = measured(lambda: path(graph, ends[0], ends[1]))
    rows.append(("shortest way", seconds, f"{len(way)} steps"))
    seconds, near = measured(lambda: neighbourhood(graph, ends[2], 2))
    rows.append(("neighbourhood, two steps", seconds, f"{len(near)} nodes"))
    seconds, text = measured(lambda: to_graphml(graph))
    rows.append(("GraphML", seconds, f"{len(text) / 1e6:.0f} MB"))
    seconds, text = measured(lambda: to_json(graph))
    rows.append(("node-link JSON", seconds, f"{len(text) / 1e6:.0f} MB"))
    print(f"{terms} terms, {edges} relations\n\n| what | seconds | |\n|---|---|---|")
    for what, seconds, result in rows:
        print(f"| {what} | {seconds:.2f} | {result} |")


if __name__ == "__main__":
    given = [int(argument) for argument in sys.argv[1:]]
    main(*(given or [20_000, 200_000]))

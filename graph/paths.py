"""Ways through the network: what lies around a term, and how one term leads to another."""

from collections.abc import Collection
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from corpus.sentences import around
from graph.edges import EDGE_INVERSES, EDGE_KINDS, KINDS

#: What a step over an edge of each kind costs on a way from term to term: meanings are nearer than documents in common.
_COSTS: dict[str, float] = {
    "has_component": 1.0,
    "broader": 1.0,
    "variant_of": 1.0,
    "related": 2.0,
    "contrasts_with": 2.0,
    "defined_in": 3.0,
    "mentions": 3.0,
    "used_by": 4.0,
    "part_of": 2.0,
    "about": 2.0,
}
#: Which edges come first where not all can be shown: those between terms, then where they stand.
_RANK = {kind: i for i, kind in enumerate(EDGE_KINDS)}


@dataclass(frozen=True, slots=True)
class Step:
    """One edge as it is walked, from node to node; ``relation`` names in Chinese what the end is to the start.

    ``document``, ``start`` and ``end`` are the evidence, "" and an empty span where no single place shows it.
    """

    source: str
    target: str
    kind: str
    relation: str
    weight: float
    reason: str
    document: str
    start: int
    end: int


def shown_by(step: Step, text: str) -> tuple[int, int] | None:
    """The span of the words in ``text``, that of the step's document, that show a step: whole sentences, but for the
    words that name a place. None where no words do: a section lies in its document."""
    if not step.document or step.kind == "part_of":
        return None
    return (step.start, step.end) if step.kind == "about" else around(text, step.start, step.end)


def _step(a: str, b: str, forward: bool, data: dict[str, Any]) -> Step:
    kind: str = data["kind"]
    relation = data["label"] if forward else EDGE_INVERSES.get(kind, data["label"])
    return Step(
        a, b, kind, relation, data["weight"], data.get("reason", ""),
        data.get("document", ""), data.get("start", 0), data.get("end", 0),
    )  # fmt: skip


def steps(graph: Any, node: str, kinds: Collection[str] = ()) -> list[Step]:
    """Every edge of a node, seen from it: kinds in the order of EDGE_KINDS, strongest first."""
    found = [_step(node, b, True, data) for _, b, data in graph.out_edges(node, data=True)]
    found += [_step(node, a, False, data) for a, _, data in graph.in_edges(node, data=True)]
    kept = [step for step in found if not kinds or step.kind in kinds]
    return sorted(kept, key=lambda step: (_RANK[step.kind], step.relation, -step.weight, step.target))


def rings(graph: Any, node: str, depth: int = 1, kinds: Collection[str] = (), limit: int = 60) -> list[list[Step]]:
    """The steps that reach nodes for the first time, ring by ring around ``node``: at most ``limit`` nodes with it.

    Between terms before documents and places, strongest first. Raises KeyError where the node is not in the graph.
    """
    if node not in graph:
        raise KeyError(node)
    seen, ring, found = {node}, [node], []
    for _ in range(depth):
        reached: list[Step] = []
        waiting = [step for start in ring for step in steps(graph, start, kinds)]
        for step in sorted(waiting, key=lambda s: (_RANK[s.kind], -s.weight, s.source, s.target)):
            if step.target not in seen and len(seen) < limit:
                seen.add(step.target)
                reached.append(step)
        found.append(reached)
        ring = [step.target for step in reached]
    return found


def neighbourhood(graph: Any, node: str, depth: int = 1, limit: int = 60) -> Any:
    """The part of the network around a node with all edges inside it; see ``rings``. Raises KeyError."""
    reached = [step.target for ring in rings(graph, node, depth, (), limit) for step in ring]
    return graph.subgraph([node, *reached]).copy()


def path(graph: Any, source: str, target: str) -> list[Step]:
    """The shortest way from one node to another over edges in either direction, as steps; empty where there is none
    or both are the same. Relations between terms are shorter than documents that both stand in, and strong ones
    than weak ones. Raises KeyError where a node is not in the graph.
    """
    return next(iter(ways(graph, source, target, 1)), [])


def ways(graph: Any, source: str, target: str, most: int = 3) -> list[list[Step]]:
    """The shortest way as ``path`` has it, then the shortest that has no stop of those before: at most ``most``.

    Raises KeyError where a node is not in the graph.
    """
    import networkx as nx

    for node in (source, target):
        if node not in graph:
            raise KeyError(node)
    found: list[list[Step]] = []
    passed: set[str] = set()
    either_way = graph.to_undirected(as_view=True)

    def cost(a: str, b: str, edges: dict[str, dict[str, Any]]) -> float | None:
        """None hides an edge: those of stops passed before, and the straight one once it was taken."""
        if a in passed or b in passed or (found and {a, b} == {source, target}):
            return None
        return min(map(_cost, edges.values()))

    while source != target and len(found) < most:
        try:
            _, nodes = nx.bidirectional_dijkstra(either_way, source, target, weight=cost)
        except nx.NetworkXNoPath:
            break
        found.append([_cheapest(graph, a, b) for a, b in pairwise(nodes)])
        passed.update(nodes[1:-1])
    return found


def way(graph: Any, source: str, target: str) -> Any:
    """The part of the network that ``path`` goes through; its ``graph`` attribute ``path`` lists the nodes in order, none
    where no way leads there. Raises KeyError."""
    found = path(graph, source, target)
    nodes = [source, *(step.target for step in found)] if found or source == target else []
    made = graph.edge_subgraph(
        (a, b, step.kind)
        for step in found
        for a, b in ((step.source, step.target), (step.target, step.source))
        if graph.has_edge(a, b, step.kind)
    ).copy()
    made.add_nodes_from((node, graph.nodes[node]) for node in nodes)
    made.graph["path"] = nodes
    return made


def _cost(data: dict[str, Any]) -> float:
    kind: str = data["kind"]
    return _COSTS[kind] + (1.0 - float(data["weight"]) if kind in KINDS else 0.0)


def _cheapest(graph: Any, a: str, b: str) -> Step:
    found = [(_cost(data), True, data) for data in (graph.get_edge_data(a, b) or {}).values()]
    found += [(_cost(data), False, data) for data in (graph.get_edge_data(b, a) or {}).values()]
    _, forward, data = min(found, key=lambda one: (one[0], not one[1], _RANK[one[2]["kind"]]))
    return _step(a, b, forward, data)

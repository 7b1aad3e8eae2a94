"""The network at a glance: how much there is of what, which terms hold it together, which stand together.

Both measures look at the relations between terms only, without what must not be confused. A term weighs as much as its
relations do together (weighted degree): on an undirected network that is where a random walk stays longest, which is
what PageRank measures, and it can be checked by hand. Communities are Louvain's (Blondel et al., 2008) with a fixed
seed over at most ``MOST_EDGES`` relations, the strongest first, so that a large library doesn't take minutes.
"""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from graph.edges import EDGE_KINDS, KINDS, NODE_TYPES

#: Relations that communities are made from: Louvain takes about 4 seconds for as many on one core.
MOST_EDGES = 100_000
_SEED = 7
_THRESHOLD = 1e-4
_LEADING = 6


@dataclass(frozen=True, slots=True)
class Central:
    """A term with the sum of the weights of its relations, and how many they are."""

    term: str
    weight: float
    relations: int


@dataclass(frozen=True, slots=True)
class Community:
    """Terms that hang together more than with others: how many, and those of most weight."""

    size: int
    leading: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """A community with all of its terms (nodes of the network, those of most weight first), named after the first;
    where they are used, (place, times) most often first; how many documents mention one of them."""

    name: str
    members: tuple[str, ...]
    explained: int
    places: tuple[tuple[str, int], ...]
    documents: int


@dataclass(frozen=True, slots=True)
class Grouping:
    """All communities, largest first, and how strongly two of them hang together: (one, other, sum of weights) by their
    numbers, strongest first."""

    groups: tuple[Group, ...]
    ties: tuple[tuple[int, int, float], ...]
    group_of: dict[str, int]


@dataclass(frozen=True, slots=True)
class Overview:
    """Counts of nodes by type and of edges by kind; the most central terms; communities, largest first; how many terms
    no relation reaches."""

    nodes: dict[str, int]
    edges: dict[str, int]
    central: tuple[Central, ...]
    communities: tuple[Community, ...]
    alone: int


def ties(graph: Any) -> Any:
    """The terms of a network as a simple graph: an edge where any relation but contrast stands, weights added up."""
    import networkx as nx

    simple = nx.Graph()
    simple.add_nodes_from(sorted(node for node, data in graph.nodes(data=True) if data["type"] == "term"))
    for a, b, kind, weight in sorted(graph.edges(keys=True, data="weight")):
        if kind in KINDS and kind != "contrasts_with":
            known = simple.get_edge_data(a, b, {"weight": 0.0})["weight"]
            simple.add_edge(a, b, weight=known + weight)
    return simple


def communities(simple: Any, most: int = MOST_EDGES) -> list[list[str]]:
    """Nodes that hang together, largest community first; nodes that stand alone in theirs are left out."""
    import networkx as nx

    strongest = sorted(simple.edges(data="weight"), key=lambda edge: (-edge[2], edge[:2]))[:most]
    kept = nx.Graph()
    kept.add_nodes_from(simple)
    kept.add_weighted_edges_from(sorted(strongest))
    found = nx.community.louvain_communities(kept, weight="weight", seed=_SEED, threshold=_THRESHOLD)
    return sorted((sorted(group) for group in found if len(group) > 1), key=lambda group: (-len(group), group))


def grouping(graph: Any) -> Grouping:
    """The communities of a network with what each is made of and where it comes from."""
    simple = ties(graph)
    weights: dict[str, float] = dict(simple.degree(weight="weight"))
    labels: dict[str, str] = dict(graph.nodes(data="label"))
    # Within its community a term leads that holds most of it together, wherever else it leads to.
    groups: list[Group] = []
    group_of: dict[str, int] = {}
    for members in communities(simple):
        inside: dict[str, float] = dict(simple.subgraph(members).degree(weight="weight"))
        ranked = sorted(members, key=lambda node: (-inside[node], -weights[node], labels[node], node))
        group_of |= dict.fromkeys(ranked, len(groups))
        groups.append(_group(graph, ranked, labels))
    between: Counter[tuple[int, int]] = Counter()
    for a, b, weight in sorted(simple.edges(data="weight")):
        one, other = sorted((group_of.get(a, -1), group_of.get(b, -1)))
        if 0 <= one < other:
            between[one, other] += weight
    strongest = sorted(((*pair, round(weight, 3)) for pair, weight in between.items()), key=lambda tie: (-tie[2], tie))
    return Grouping(tuple(groups), tuple(strongest), group_of)


def _group(graph: Any, members: list[str], labels: dict[str, str]) -> Group:
    places: Counter[str] = Counter()
    documents: set[str] = set()
    for node in members:
        for _, place, kind, times in graph.out_edges(node, keys=True, data="weight"):
            if kind == "used_by":
                places[labels[place]] += round(times)
        documents.update(one for one, _, kind in graph.in_edges(node, keys=True) if kind == "mentions")
    explained = sum(graph.nodes[node].get("status") == "explained" for node in members)
    most = sorted(places.items(), key=lambda place: (-place[1], place[0]))
    return Group(labels[members[0]], tuple(members), explained, tuple(most), len(documents))


def overview(graph: Any, terms: int = 15, groups: int = 12, grouped: Grouping | None = None) -> Overview:
    """A network at a glance, with its ``terms`` most central terms and ``groups`` largest communities; ``grouped`` are
    its communities where they are known already."""
    simple = ties(graph)
    weights: dict[str, float] = dict(simple.degree(weight="weight"))
    labels: dict[str, str] = dict(graph.nodes(data="label"))
    ranked = sorted(simple, key=lambda node: (-weights[node], labels[node]))
    leading = [node for node in ranked[:terms] if weights[node]]
    nodes = Counter(dict(graph.nodes(data="type")).values())
    edges = Counter(key for _, _, key in graph.edges(keys=True))
    found = (grouped or grouping(graph)).groups[:groups]
    return Overview(
        {kind: nodes[kind] for kind in NODE_TYPES},
        {kind: edges[kind] for kind in EDGE_KINDS},
        tuple(Central(labels[node], round(weights[node], 3), simple.degree(node)) for node in leading),
        tuple(Community(len(g.members), tuple(labels[node] for node in g.members[:_LEADING])) for g in found),
        sum(not degree for _, degree in simple.degree()),
    )

from collections.abc import Callable
from itertools import combinations
from typing import Any

import networkx as nx

from corpus.store import Store
from graph.communities import communities, grouping, overview, ties
from graph.edges import EDGE_KINDS, NODE_TYPES
from graph.network import build_network

MakeStore = Callable[..., Store]


def two_circles() -> Any:
    graph = nx.MultiDiGraph()
    for side in "ab":
        for n in range(5):
            graph.add_node(f"{side}{n}", type="term", label=f"{side}{n}")
        for one, other in combinations(range(5), 2):
            graph.add_edge(f"{side}{one}", f"{side}{other}", key="related", weight=0.5)
    graph.add_node("lone", type="term", label="lone")
    graph.add_node("d", type="document", label="d")
    graph.add_edge("a0", "b0", key="related", weight=0.2)
    graph.add_edge("a0", "a1", key="broader", weight=1.0)
    graph.add_edge("a0", "lone", key="contrasts_with", weight=1.0)
    graph.add_edge("d", "lone", key="mentions", weight=30.0)
    return graph


def test_ties_add_up_and_leave_contrast_and_documents_out() -> None:
    simple = ties(two_circles())
    assert "d" not in simple and simple.degree("lone") == 0
    assert simple["a0"]["a1"]["weight"] == 1.5


def test_what_hangs_together_is_a_community() -> None:
    assert communities(ties(two_circles())) == [[f"{side}{n}" for n in range(5)] for side in "ab"]
    # Of the strongest edge only nothing but its ends hangs together.
    assert communities(ties(two_circles()), most=1) == [["a0", "a1"]]


def test_the_network_at_a_glance() -> None:
    found = overview(two_circles(), terms=2, groups=1)
    assert found.nodes == {"term": 11, "document": 1, "section": 0, "place": 0}
    assert found.edges["related"] == 21 and found.edges.keys() == EDGE_KINDS.keys()
    assert [(c.term, c.weight, c.relations) for c in found.central] == [("a0", 3.2, 5), ("a1", 3.0, 4)]
    assert [(group.size, group.leading[:2]) for group in found.communities] == [(5, ("a0", "a1"))]
    assert found.alone == 1


def test_communities_know_their_terms_their_places_and_each_other() -> None:
    graph = two_circles()
    graph.add_node("p", type="place", label="衢州市")
    graph.add_edge("a1", "p", key="used_by", weight=2.0)
    graph.add_edge("b1", "p", key="used_by", weight=1.0)
    graph.add_edge("a2", "p", key="used_by", weight=3.0)
    graph.add_edge("d", "a3", key="mentions", weight=7.0)
    graph.nodes["a4"]["status"] = "explained"
    found = grouping(graph)
    assert [(group.name, len(group.members)) for group in found.groups] == [("a0", 5), ("b0", 5)]
    assert [(group.places, group.documents, group.explained) for group in found.groups] == [
        ((("衢州市", 5),), 1, 1),
        ((("衢州市", 1),), 0, 0),
    ]
    assert found.ties == ((0, 1, 0.2),)
    assert found.group_of["a3"] == 0 and "lone" not in found.group_of
    assert overview(graph, grouped=found) == overview(graph)


def test_an_empty_library_and_any_order_of_making(store: MakeStore) -> None:
    empty = overview(build_network(store()))
    assert (empty.central, empty.communities, empty.alone) == ((), (), 0) and empty.nodes.keys() == NODE_TYPES.keys()
    graph = two_circles()
    turned = nx.MultiDiGraph()
    turned.add_nodes_from(reversed(list(graph.nodes(data=True))))
    turned.add_edges_from(reversed(list(graph.edges(keys=True, data=True))))
    assert overview(turned) == overview(graph)

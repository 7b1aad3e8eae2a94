from typing import Any

import networkx as nx
import pytest

from graph.edges import EDGE_KINDS
from graph.paths import Step, neighbourhood, path, rings, shown_by, steps, way, ways


def graph_of(*edges: tuple[str, str, str, float]) -> Any:
    graph = nx.MultiDiGraph()
    for a, b, kind, weight in edges:
        graph.add_edge(a, b, key=kind, kind=kind, label=EDGE_KINDS[kind], weight=weight, reason="理由")
    return graph


GRAPH = graph_of(
    ("a", "b", "broader", 1.0),
    ("b", "c", "related", 0.3),
    ("d", "a", "mentions", 40.0),
    ("d", "c", "mentions", 9.0),
    ("b", "e", "has_component", 1.0),
    ("x", "y", "related", 0.9),
)


def test_steps_are_told_from_where_one_stands() -> None:
    assert [(s.target, s.relation) for s in steps(GRAPH, "a")] == [("b", "上位术语"), ("d", "见于")]
    assert [(s.target, s.relation) for s in steps(GRAPH, "b")] == [("e", "组成部分"), ("a", "下位术语"), ("c", "相关")]
    assert [s.target for s in steps(GRAPH, "b", {"related"})] == ["c"]


def test_rings_reach_every_node_once_terms_first() -> None:
    assert [[s.target for s in ring] for ring in rings(GRAPH, "a", 2)] == [["b", "d"], ["e", "c"]]
    assert [[s.target for s in ring] for ring in rings(GRAPH, "a", 2, (), 3)] == [["b", "d"], []]
    assert [[s.target for s in ring] for ring in rings(GRAPH, "a", 2, {"mentions"})] == [["d"], ["c"]]


def test_the_neighbourhood_has_all_edges_inside_it() -> None:
    near = neighbourhood(GRAPH, "a", 2)
    assert set(near) == {"a", "b", "c", "d", "e"} and near.number_of_edges() == 5
    assert set(neighbourhood(GRAPH, "a", 3, limit=1)) == {"a"}
    with pytest.raises(KeyError):
        neighbourhood(GRAPH, "nowhere")


def test_a_way_over_meanings_is_shorter_than_one_over_documents() -> None:
    assert [(s.source, s.relation, s.target) for s in path(GRAPH, "a", "c")] == [
        ("a", "上位术语", "b"),
        ("b", "相关", "c"),
    ]
    assert [(s.source, s.relation, s.target) for s in path(GRAPH, "e", "a")] == [
        ("e", "所属整体", "b"),
        ("b", "下位术语", "a"),
    ]
    assert path(GRAPH, "a", "y") == [] and path(GRAPH, "a", "a") == []
    with pytest.raises(KeyError):
        path(GRAPH, "a", "nowhere")


def test_a_way_is_a_network_with_its_nodes_in_order() -> None:
    made = way(GRAPH, "a", "c")
    assert made.graph["path"] == ["a", "b", "c"] and set(made) == {"a", "b", "c"} and made.number_of_edges() == 2
    assert way(GRAPH, "a", "y").graph["path"] == [] and len(way(GRAPH, "a", "y")) == 0
    assert way(GRAPH, "a", "a").graph["path"] == ["a"] and set(way(GRAPH, "a", "a")) == {"a"}


@pytest.mark.parametrize(
    ("kind", "document", "shown"),
    [
        ("related", "d", "灯亮了。"),
        ("mentions", "d", "灯亮了。"),
        ("about", "d", "亮"),  # the words that name the place
        ("part_of", "d", None),
        ("related", "", None),
    ],
)
def test_a_step_is_shown_by_whole_sentences(kind: str, document: str, shown: str | None) -> None:
    text = "船到岸。灯亮了。人上岸。"
    span = shown_by(Step("a", "b", kind, "", 1.0, "", document, 5, 6), text)
    assert (text[slice(*span)] if span else None) == shown


def test_further_ways_stop_nowhere_that_the_first_did() -> None:
    assert [[s.target for s in found] for found in ways(GRAPH, "a", "c")] == [["b", "c"], ["d", "c"]]
    assert [[s.target for s in found] for found in ways(GRAPH, "a", "c", 1)] == [["b", "c"]]
    # Beside a straight one only detours count, not the same edge again.
    assert [[s.target for s in found] for found in ways(GRAPH, "a", "b")] == [["b"], ["d", "c", "b"]]
    assert ways(GRAPH, "a", "x") == [] and ways(GRAPH, "a", "a") == []
    with pytest.raises(KeyError):
        ways(GRAPH, "a", "nowhere")

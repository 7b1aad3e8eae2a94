from collections.abc import Callable

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.store import Store
from graph.errors import ExportUnreadable
from graph.export import from_graphml, from_json, from_node_link, to_graphml, to_json, to_node_link
from graph.network import build_network

MakeStore = Callable[..., Store]
# What XML 1.0 holds unchanged.
XML = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn"), exclude_characters="\ufffe\uffff"), max_size=12)


def graph_of(labels: list[str]) -> nx.MultiDiGraph:
    graph = nx.MultiDiGraph()
    for i, label in enumerate(labels):
        graph.add_node(f"term:{i}", type="term", label=label)
        graph.add_edge(f"term:{i}", "term:0", key="related", kind="related", weight=0.5)
        graph.add_edge(f"term:{i}", "term:0", key="component_of", kind="component_of", weight=1.0)
    return graph


@given(st.lists(XML, min_size=1, max_size=5))
def test_graphml_comes_back_equal(labels: list[str]) -> None:
    graph = graph_of(labels)
    assert nx.utils.graphs_equal(from_graphml(to_graphml(graph)), graph)


@given(st.lists(st.text(st.characters(exclude_categories=("Cs",)), max_size=12), min_size=1, max_size=5))
def test_json_comes_back_equal(labels: list[str]) -> None:
    graph = graph_of(labels)
    assert nx.utils.graphs_equal(from_json(to_json(graph)), graph)
    assert nx.utils.graphs_equal(from_node_link(to_node_link(graph)), graph)


def test_what_xml_cannot_hold_is_replaced() -> None:
    back = from_graphml(to_graphml(graph_of(["铃\x07声"])))
    assert back.nodes["term:0"]["label"] == "铃\ufffd声"


def test_order_of_making_does_not_show(store: MakeStore) -> None:
    graph = build_network(store(("海岛", "开展“暖蜂”行动。\n办好职工书屋。", "岱山县", "330921")))
    turned = nx.MultiDiGraph()
    turned.add_nodes_from(reversed(list(graph.nodes(data=True))))
    turned.add_edges_from(reversed(list(graph.edges(keys=True, data=True))))
    assert to_graphml(turned) == to_graphml(graph)
    assert to_json(turned) == to_json(graph)
    assert nx.utils.graphs_equal(from_graphml(to_graphml(graph)), graph)


@pytest.mark.parametrize("text", ["", "<graph", "{}"])
def test_broken_files_are_named(text: str) -> None:
    with pytest.raises(ExportUnreadable, match=r"图谱\.xml"):
        from_graphml(text, "图谱.xml")
    with pytest.raises(ExportUnreadable, match=r"图谱\.json"):
        from_json(text, "图谱.json")

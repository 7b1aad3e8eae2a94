"""The library as files that other programs read, byte for byte the same every time: the network as GraphML and node-link
JSON, the glossary as CSV and SKOS."""

import io
import json
import re
from collections.abc import Callable
from typing import Any

from corpus.store import Store
from graph.errors import ExportUnreadable
from graph.network import build_network
from graph.skos import Vocabulary, to_jsonld, to_turtle
from graph.table import COLUMNS, glossary_rows, to_csv

# What XML 1.0 can't hold, even escaped; carriage returns are normalised by XML readers.
_NOT_XML = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _ordered(graph: Any, clean: bool) -> Any:
    """The same graph with nodes, edges and attributes in sorted order; ``clean`` replaces what XML can't hold."""

    import networkx as nx

    def value(raw: Any) -> Any:
        return _NOT_XML.sub("\ufffd", raw) if clean and isinstance(raw, str) else raw

    made = nx.MultiDiGraph(**graph.graph)
    for node, data in sorted(graph.nodes(data=True)):
        made.add_node(value(node), **{key: value(data[key]) for key in sorted(data)})
    for a, b, kind, data in sorted(graph.edges(keys=True, data=True), key=lambda edge: edge[:3]):
        made.add_edge(value(a), value(b), key=kind, **{key: value(data[key]) for key in sorted(data)})
    return made


def to_graphml(graph: Any) -> str:
    """GraphML. Characters that XML can't hold become U+FFFD; the kind of an edge is kept as its id."""
    import networkx as nx

    out = io.BytesIO()
    nx.write_graphml_lxml(_ordered(graph, clean=True), out, named_key_ids=True)
    return out.getvalue().decode("utf-8")


def from_graphml(text: str, name: str = "GraphML") -> Any:
    """The graph of a GraphML text. Raises ExportUnreadable."""
    import networkx as nx

    try:
        made = nx.read_graphml(io.BytesIO(text.encode("utf-8")), force_multigraph=True)
        made.graph.clear()  # the reader leaves its defaults there
        return made
    except Exception as error:
        raise ExportUnreadable(name, error) from error


def to_node_link(graph: Any) -> dict[str, Any]:
    """Node-link data: {"directed", "multigraph", "graph", "nodes": [{"id", …}], "edges": [{"source", "target", …}]}."""
    import networkx as nx

    data: dict[str, Any] = nx.node_link_data(_ordered(graph, clean=False), edges="edges")
    return data


def from_node_link(data: dict[str, Any], name: str = "node-link") -> Any:
    """The graph of node-link data. Raises ExportUnreadable."""
    import networkx as nx

    try:
        return nx.node_link_graph(data, edges="edges")
    except (KeyError, TypeError, AttributeError, nx.NetworkXError) as error:
        raise ExportUnreadable(name, error) from error


def to_json(graph: Any) -> str:
    """Node-link data as one JSON text."""
    return json.dumps(to_node_link(graph), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_json(text: str, name: str = "JSON") -> Any:
    """The graph of a node-link JSON text. Raises ExportUnreadable."""
    try:
        return from_node_link(json.loads(text), name)
    except json.JSONDecodeError as error:
        raise ExportUnreadable(name, error) from error


#: Every form a library is exported in → the text of it.
FORMS: dict[str, Callable[[Store], str]] = {
    "graphml": lambda store: to_graphml(build_network(store)),
    "json": lambda store: to_json(build_network(store)),
    "csv": lambda store: to_csv(COLUMNS, glossary_rows(store)),
    "skos.ttl": lambda store: to_turtle(Vocabulary.of(store)),
    "jsonld": lambda store: to_jsonld(Vocabulary.of(store)),
}

"""The network of a library: terms, places and documents, and why they hang together (NetworkX)."""

from collections import Counter
from typing import Any

import networkx as nx

from corpus.model import Definition, Document, Mention, Passage, Term
from corpus.places import Place, gazetteer
from corpus.store import Store
from graph.cooccurrence import related
from graph.variants import fold

#: Every kind of edge and its name in answers. A kind that is not in here can't be added.
EDGE_KINDS: dict[str, str] = {
    "mentions": "提到",
    "component_of": "组成部分",
    "related": "同段出现",
    "used_in": "使用地区",
    "about": "所属地区",
    "within": "上级地区",
}


def term_node(term_id: str) -> str:
    return f"term:{term_id}"


def document_node(document_id: str) -> str:
    return f"document:{document_id}"


def place_node(name: str) -> str:
    return f"place:{name}"


def _edge(graph: Any, kind: str, source: str, target: str, weight: float) -> None:
    graph.add_edge(source, target, key=kind, kind=kind, label=EDGE_KINDS[kind], weight=weight)


def build_network(store: Store) -> Any:
    """A MultiDiGraph of the whole library; the kind of an edge is its key. Nodes carry ``type`` and ``label``."""
    graph = nx.MultiDiGraph()
    terms = sorted(store.select(Term), key=lambda term: term.id)
    documents = sorted(store.shown(Document), key=lambda document: document.id)
    mentions = store.shown(Mention)
    for term in terms:
        graph.add_node(term_node(term.id), type="term", label=term.label, kind=term.kind, status=term.status)
    for document in documents:
        graph.add_node(
            document_node(document.id), type="document", label=document.title, date=document.date, level=document.level
        )
    _add_places(graph, documents)
    _add_mentions(graph, mentions, {document.id: document.place for document in documents})
    _add_components(graph, terms, store.shown(Definition))
    for (a, b), weight in sorted(related(mentions, store.shown(Passage)).items()):
        _edge(graph, "related", term_node(a), term_node(b), weight)
        _edge(graph, "related", term_node(b), term_node(a), weight)
    return graph


def _add_places(graph: Any, documents: list[Document]) -> None:
    places = gazetteer()
    for document in documents:
        if not document.place:
            continue
        graph.add_node(place_node(document.place), type="place", label=document.place, level=document.level)
        _edge(graph, "about", document_node(document.id), place_node(document.place), 1.0)
        inner, place = document.place, places.by_code(document.place_code)
        chain: list[Place] = list(places.ancestors(place)) if place else []
        if place and place.name != document.place:
            chain.insert(0, place)
        for outer in chain:
            if outer.name == inner:
                continue
            graph.add_node(place_node(outer.name), type="place", label=outer.name, level=outer.level)
            _edge(graph, "within", place_node(inner), place_node(outer.name), 1.0)
            inner = outer.name


def _add_mentions(graph: Any, mentions: list[Mention], place_of: dict[str, str]) -> None:
    by_document = Counter((mention.document_id, mention.term_id) for mention in mentions)
    by_place: Counter[tuple[str, str]] = Counter()
    for (document_id, term_id), times in sorted(by_document.items()):
        _edge(graph, "mentions", document_node(document_id), term_node(term_id), float(times))
        if place_of[document_id]:
            by_place[term_id, place_of[document_id]] += times
    for (term_id, place), times in sorted(by_place.items()):
        _edge(graph, "used_in", term_node(term_id), place_node(place), float(times))


def _add_components(graph: Any, terms: list[Term], definitions: list[Definition]) -> None:
    by_name: dict[str, str] = {}
    for term in terms:
        for name in (term.label, *term.aliases):
            by_name.setdefault(fold(name), term.id)
    for definition in definitions:
        for component in definition.components:
            part = by_name.get(fold(component))
            if part and part != definition.term_id:
                _edge(graph, "component_of", term_node(part), term_node(definition.term_id), 1.0)


def find_term(graph: Any, label: str) -> str | None:
    """The node of the term whose label folds like ``label``, or None."""
    wanted = fold(label)
    return next(
        (n for n, data in graph.nodes(data=True) if data["type"] == "term" and fold(data["label"]) == wanted), None
    )


def neighbourhood(graph: Any, term: str, depth: int = 1, limit: int = 60) -> Any:
    """The part of the network around a term node: breadth first, strongest edges first, at most ``limit`` nodes.

    Raises KeyError where the node is not in the graph.
    """
    if term not in graph:
        raise KeyError(term)
    kept, ring = {term: None}, [term]
    for _ in range(depth):
        ranked: dict[str, float] = {}
        for node in ring:
            for a, b, weight in (*graph.out_edges(node, data="weight"), *graph.in_edges(node, data="weight")):
                other = b if a == node else a
                if other not in kept:
                    ranked[other] = max(ranked.get(other, 0.0), weight)
        ring = sorted(ranked, key=lambda node: (-ranked[node], node))[: max(0, limit - len(kept))]
        kept.update(dict.fromkeys(ring))
    return graph.subgraph(kept).copy()

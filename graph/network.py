"""The network of a library: terms, places, documents and sections, and why they hang together (NetworkX).

An edge reads from its source to its target; what reads back (narrower, part of a whole) isn't kept a second time, and
symmetric kinds stand once, the smaller id first. Every edge says what shows it: ``document``, ``start`` and ``end`` in
its text, as far as one place shows it; ``weight`` is 0..1 between terms and a count elsewhere.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from corpus.model import Definition, Document, Evidence, Relation, Section, Term
from corpus.places import gazetteer
from corpus.said import heads
from corpus.store import Store
from corpus.tallies import Stand, sections_of_definitions, standing
from graph.edges import EDGE_KINDS
from graph.variants import fold


def term_node(term_id: str) -> str:
    return f"term:{term_id}"


def document_node(document_id: str) -> str:
    return f"document:{document_id}"


def section_node(section_id: str) -> str:
    return f"section:{section_id}"


def place_node(name: str, code: str = "") -> str:
    """Places of one name are told apart by their code; units that have none by their name."""
    return f"place:{code or name}"


def _edge(graph: Any, kind: str, source: str, target: str, weight: float, **evidence: Any) -> None:
    graph.add_edge(source, target, key=kind, kind=kind, label=EDGE_KINDS[kind], weight=weight, **evidence)


def _span(document_id: str, start: int, end: int) -> dict[str, Any]:
    return {"document": document_id, "start": start, "end": end} if document_id else {}


def term_network(store: Store) -> Any:
    """Terms and the relations between them: the part of the network that ``build_network`` begins with."""
    import networkx as nx

    graph = nx.MultiDiGraph()
    for term in sorted(store.select(Term), key=lambda term: term.id):
        graph.add_node(term_node(term.id), type="term", label=term.label, kind=term.kind, status=term.status)
    shown = {document.id for document in heads(store)}
    for found in store.select(Relation):
        span = _span(found.document_id, found.start, found.end) if found.document_id in shown else {}
        ends = (term_node(found.source_id), term_node(found.target_id))
        _edge(graph, found.kind, *ends, found.weight, reason=found.reason, **span)
    return graph


def build_network(store: Store) -> Any:
    """A MultiDiGraph of the whole library; the kind of an edge is its key. Nodes carry ``type`` and ``label``."""
    graph = term_network(store)
    documents = sorted(heads(store), key=lambda document: document.id)
    for document in documents:
        graph.add_node(
            document_node(document.id), type="document", label=document.title, date=document.date, level=document.level
        )
    places = {evidence.document_id: evidence for evidence in store.select(Evidence, field="place")}
    _add_places(graph, documents, places)
    _add_mentions(graph, standing(store, (document.id for document in documents)), documents)
    _add_definitions(graph, store)
    return graph


def _add_places(graph: Any, documents: list[Document], read: dict[str, Evidence]) -> None:
    """Places of documents, and the divisions around them; how many documents lie in a place is its edges' weight."""
    places = gazetteer()
    inside: Counter[tuple[str, str]] = Counter()
    for document in documents:
        if not document.place:
            continue
        inner = place_node(document.place, document.place_code)
        place = places.by_code(document.place_code)
        code = place.code if place else ""
        graph.add_node(inner, type="place", label=document.place, level=document.level, code=code)
        found = read.get(document.id)
        span = _span(document.id, found.start, found.end) if found and found.end > found.start else {}
        _edge(graph, "about", document_node(document.id), inner, 1.0, **span)
        for outer in places.ancestors(place) if place else ():
            node = place_node(outer.name, outer.code)
            graph.add_node(node, type="place", label=outer.name, level=outer.level, code=outer.code)
            inside[inner, node] += 1
            inner = node
    for (inner, outer_node), times in sorted(inside.items()):
        _edge(graph, "part_of", inner, outer_node, float(times))


def _add_mentions(graph: Any, stands: Iterable[Stand], documents: list[Document]) -> None:
    """Where terms stand: how often in each document and each place, with the first time they do."""
    place_of = {d.id: place_node(d.place, d.place_code) for d in documents if d.place}
    by_place: dict[tuple[str, str], tuple[int, Stand]] = {}
    for found in stands:
        span = _span(found.document_id, found.start, found.end)
        _edge(graph, "mentions", document_node(found.document_id), term_node(found.term_id), float(found.times), **span)
        if place := place_of.get(found.document_id):
            times, earliest = by_place.get((found.term_id, place), (0, found))
            by_place[found.term_id, place] = (times + found.times, earliest)
    for (term_id, place), (times, first) in sorted(by_place.items()):
        span = _span(first.document_id, first.start, first.end)
        _edge(graph, "used_by", term_node(term_id), place, float(times), **span)


def _add_definitions(graph: Any, store: Store) -> None:
    """Where terms are defined: the innermost section that holds the sentence, else the document.

    Of several sentences in one section the one that explains is kept, the first of equals. Sections that define
    nothing are left out, unless one that does stands in them.
    """
    sections, section_of = _Sections(store), sections_of_definitions(store)
    for d in sorted(store.shown(Definition), key=lambda d: (d.strength != "explained", d.document_id, d.start, d.id)):
        section = sections(section_of.get(d.id, ""))
        target = section_node(section.id) if section else document_node(d.document_id)
        if section:
            _add_section(graph, section, sections)
        if not graph.has_edge(term_node(d.term_id), target, key="defined_in"):
            _edge(
                graph, "defined_in", term_node(d.term_id), target, 1.0,
                how=d.how, grade=d.strength, sense=d.sense, **_span(d.document_id, d.start, d.end),
            )  # fmt: skip


class _Sections:
    """Sections by their ids; each is read once, when it is asked for."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._held: dict[str, Section | None] = {"": None}

    def __call__(self, identity: str) -> Section | None:
        if identity not in self._held:
            self._held[identity] = next(iter(self._store.select(Section, id=identity)), None)
        return self._held[identity]


def _add_section(graph: Any, section: Section, sections: _Sections) -> None:
    """A section and those around it, up to the document."""
    inner: Section | None = section
    while inner is not None and section_node(inner.id) not in graph:
        graph.add_node(section_node(inner.id), type="section", label=inner.title, status=inner.status)
        inner = sections(inner.parent_id)
    inner = section
    while inner is not None and not graph.out_degree(section_node(inner.id)):
        outer = sections(inner.parent_id)
        target = section_node(outer.id) if outer else document_node(inner.document_id)
        _edge(graph, "part_of", section_node(inner.id), target, 1.0, **_span(inner.document_id, inner.start, inner.end))
        inner = outer


def find_term(graph: Any, label: str) -> str | None:
    """The node of the term whose label folds like ``label``, or None."""
    wanted = fold(label)
    return next(
        (n for n, data in graph.nodes(data=True) if data["type"] == "term" and fold(data["label"]) == wanted), None
    )

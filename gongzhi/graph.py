"""The network from the command line: at a glance, around a term, and from one term to another, with the sentences."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus import streams
from corpus.model import Document, Term
from corpus.store import Store
from gongzhi.errors import EdgeKindUnknown, TermNotFound
from graph.communities import Overview, overview
from graph.edges import EDGE_INVERSES, EDGE_KINDS
from graph.network import build_network, term_node
from graph.paths import Step, path, rings, shown_by
from graph.relations import Labels

#: Nodes around a term that are listed at most.
MOST = 120


@dataclass(frozen=True, slots=True)
class Line:
    """A step through the network as it is told: ``source`` and ``target`` are labels, ``type`` is that of the target's
    node, ``relation`` what the target is to the source. ``sentence`` is verbatim, "" where no single place shows the step;
    ``ring`` counts the steps from where one began."""

    ring: int
    source: str
    relation: str
    target: str
    type: str
    kind: str
    weight: float
    reason: str
    sentence: str
    title: str
    document_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Walk:
    """Lines from a term: around it, or to another term (``to``, "" where none was asked for)."""

    term: str
    to: str
    lines: tuple[Line, ...]


def glance(folder: Path) -> Overview:
    """The whole network in figures."""
    with Store.open(folder) as store:
        return overview(build_network(store))


def kind_named(written: str) -> str:
    """The kind of edge of a code or a Chinese name, in either direction. Raises EdgeKindUnknown."""
    names = {name: code for known in (EDGE_INVERSES, EDGE_KINDS) for code, name in known.items()}
    found = names.get(written, written)
    if found not in EDGE_KINDS:
        raise EdgeKindUnknown(written, tuple(EDGE_KINDS.values()))
    return found


def around(folder: Path, label: str, depth: int, kinds: Collection[str]) -> Walk:
    """What lies around a term, ring by ring. Raises TermNotFound, EdgeKindUnknown."""
    codes = {kind_named(kind) for kind in kinds}
    with Store.open(folder) as store:
        term = _term(store, folder, label)
        graph = build_network(store)
        found = rings(graph, term_node(term.id), depth, codes, MOST)
        texts = _Texts(store)
        lines = [texts.line(graph, step, n) for n, ring in enumerate(found, 1) for step in ring]
        return Walk(term.label, "", tuple(lines))


def between(folder: Path, label: str, to: str) -> Walk:
    """The shortest way from one term to another. Raises TermNotFound."""
    with Store.open(folder) as store:
        term, other = _term(store, folder, label), _term(store, folder, to)
        graph = build_network(store)
        texts = _Texts(store)
        found = path(graph, term_node(term.id), term_node(other.id))
        return Walk(term.label, other.label, tuple(_lines(texts, graph, found)))


def _lines(texts: "_Texts", graph: Any, steps: Iterable[Step]) -> list[Line]:
    return [texts.line(graph, step, n) for n, step in enumerate(steps, 1)]


def _term(store: Store, folder: Path, label: str) -> Term:
    """The term of a name; what only a question or pinyin leads to is asked of the engine. Raises TermNotFound."""
    terms = {term.id: term for term in store.select(Term)}
    if found := Labels(terms.values(), streams.uses(store))(label):
        return terms[found]
    from gongzhi.settings import engine

    opened = engine(folder)
    answer = opened.asked_term(label)
    named = next((term for term in terms.values() if answer and term.label == answer.term), None)
    if named is None:
        raise TermNotFound(label, opened.similar_terms(label))
    return named


class _Texts:
    """The documents that steps are shown from; each is read when the first step is."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._documents: dict[str, Document | None] = {}

    def _document(self, document_id: str) -> Document | None:
        if document_id not in self._documents:
            found = self._store.select(Document, id=document_id, same_as="")
            self._documents[document_id] = found[0] if found else None
        return self._documents[document_id]

    def line(self, graph: Any, step: Step, ring: int) -> Line:
        document = self._document(step.document)
        span = shown_by(step, document.text) if document else None
        start, end = span or (step.start, step.end)
        quoted = document.text[start:end] if document and span else ""
        source, target = graph.nodes[step.source], graph.nodes[step.target]
        return Line(
            ring, source["label"], step.relation, target["label"], target["type"], step.kind, step.weight,
            step.reason, quoted, document.title if document else "", step.document, start, end,
        )  # fmt: skip

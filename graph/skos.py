"""The glossary as SKOS (https://www.w3.org/TR/skos-reference/): Turtle and JSON-LD, byte for byte the same every time.

A concept bears its names, its place among the others, and its definitions as resources of their own (the pattern of
SKOS primer §4.2): the sentence is their ``rdf:value``, the document their ``dcterms:source``, the offsets in it are
NIF's ``beginIndex`` and ``endIndex``. Sentences that only describe are notes. Parts are ``dcterms:hasPart``, other ways
to write a name ``skos:closeMatch``, and what must not be confused is ``owl:differentFrom``.
``graph/skos.shacl.ttl`` says what every file that is made here keeps.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from corpus import streams
from corpus.lexicon import Concept, lexicon
from corpus.model import Definition, Document, Relation, Term
from corpus.said import headers
from corpus.store import Store
from graph.errors import ExtraMissing
from graph.hierarchy import Hierarchy
from graph.relations import Labels
from graph.table import KINDS, UNEXPLAINED

SHAPES = Path(__file__).with_name("skos.shacl.ttl")
SCHEME = "urn:gongzhi:scheme"
#: Prefix → namespace; the first four are the project's own.
NAMESPACES = {
    "term": "urn:gongzhi:term:",
    "definition": "urn:gongzhi:definition:",
    "document": "urn:gongzhi:document:",
    "kind": "urn:gongzhi:kind:",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "nif": "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
}
_LANGUAGE = "zh"
_LINKS = {"has_component": "dcterms:hasPart", "variant_of": "skos:closeMatch", "contrasts_with": "owl:differentFrom"}
_SYMMETRIC = frozenset({"related", "variant_of", "contrasts_with"})


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a concept scheme is made from; ``concepts`` are those of the lexicon, for the words that people type."""

    terms: tuple[Term, ...]
    definitions: tuple[Definition, ...]
    relations: tuple[Relation, ...]
    documents: tuple[Document, ...]
    names: Labels
    concepts: tuple[Concept, ...]

    @classmethod
    def of(cls, store: Store) -> "Vocabulary":
        terms = store.select(Term)
        return cls(
            tuple(terms),
            tuple(store.shown(Definition)),
            tuple(store.select(Relation)),
            tuple(headers(store)),
            Labels(terms, streams.uses(store)),
            lexicon(),
        )


def rdflib() -> Any:
    """The library of the ``rdf`` extra. Raises ExtraMissing."""
    try:
        import rdflib
    except ImportError as error:
        raise ExtraMissing("rdf", "导出和读入 SKOS") from error
    return rdflib


class _Writer:
    """Puts the statements of a vocabulary into an rdflib graph, in a fixed order."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._rdflib = rdflib()
        self._from = vocabulary
        self.graph = self._rdflib.Graph()
        for prefix, namespace in NAMESPACES.items():
            self.graph.bind(prefix, namespace)
        self._hierarchy = Hierarchy()
        for relation in vocabulary.relations:
            if relation.kind == "broader":
                self._hierarchy.add(relation.source_id, relation.target_id)

    def name(self, written: str) -> Any:
        """The node of a prefixed name."""
        prefix, _, local = written.partition(":")
        return self._rdflib.URIRef(NAMESPACES[prefix] + local)

    def say(self, subject: Any, predicate: str, value: Any) -> None:
        self.graph.add((subject, self.name(predicate), value))

    def words(self, text: str) -> Any:
        return self._rdflib.Literal(text, lang=_LANGUAGE)

    def write(self, only: str | None) -> Any:
        """The whole scheme, or the concept of one term id with what it points to."""
        scheme = self._rdflib.URIRef(SCHEME)
        if only is None:  # a file that describes the scheme holds all of it: see graph.reimport
            self.say(scheme, "rdf:type", self.name("skos:ConceptScheme"))
            self.say(scheme, "dcterms:title", self.words("工知术语表"))
            for term in self._from.terms:
                if not self._hierarchy.above.get(term.id):
                    self.say(scheme, "skos:hasTopConcept", self.name(f"term:{term.id}"))
        terms = [term for term in self._from.terms if only in (None, term.id)]
        for term in terms:
            self._term(term, scheme)
        kinds = sorted({term.kind for term in terms})
        for kind in kinds:
            self.say(self.name(f"kind:{kind}"), "dcterms:title", self.words(KINDS[kind]))
        cited: set[str] = set()
        for definition in self._from.definitions:
            if only in (None, definition.term_id):
                self._definition(definition)
                cited.add(definition.document_id)
        for document in self._from.documents:
            if document.id in cited:
                self._document(document)
        for relation in self._from.relations:
            self._relation(relation, only)
        return self.graph

    def _term(self, term: Term, scheme: Any) -> None:
        node = self.name(f"term:{term.id}")
        self.say(node, "rdf:type", self.name("skos:Concept"))
        self.say(node, "skos:inScheme", scheme)
        self.say(node, "skos:prefLabel", self.words(term.label))
        self.say(node, "skos:notation", self._rdflib.Literal(term.id))
        self.say(node, "dcterms:type", self.name(f"kind:{term.kind}"))
        if not self._hierarchy.above.get(term.id):
            self.say(node, "skos:topConceptOf", scheme)
        said = {term.label, *term.aliases}
        for alias in sorted(said - {term.label}):
            self.say(node, "skos:altLabel", self.words(alias))
        for plain in sorted(set(self._plain.get(term.id, ())) - said):
            self.say(node, "skos:hiddenLabel", self.words(plain))
        if term.status == "unexplained":
            self.say(node, "skos:scopeNote", self.words(UNEXPLAINED))

    @cached_property
    def _plain(self) -> dict[str, list[str]]:
        """Term id → the plain words that the lexicon has for the same concept."""
        found: dict[str, list[str]] = defaultdict(list)
        for concept in self._from.concepts:
            if term := self._from.names(concept.label):
                found[term] += concept.hidden_labels
        return found

    def _definition(self, definition: Definition) -> None:
        node = self.name(f"definition:{definition.id}")
        says = "skos:definition" if definition.strength == "explained" else "skos:note"
        document = self.name(f"document:{definition.document_id}")
        self.say(self.name(f"term:{definition.term_id}"), says, node)
        self.say(node, "rdf:type", self.name("prov:Entity"))
        self.say(node, "rdf:value", self.words(definition.text))
        self.say(node, "dcterms:source", document)
        self.say(node, "prov:wasQuotedFrom", document)
        self.say(node, "nif:beginIndex", self._rdflib.Literal(definition.start))
        self.say(node, "nif:endIndex", self._rdflib.Literal(definition.end))
        if definition.place:
            self.say(node, "dcterms:coverage", self.words(definition.place))

    def _document(self, document: Document) -> None:
        node = self.name(f"document:{document.id}")
        self.say(node, "rdf:type", self.name("prov:Entity"))
        self.say(node, "dcterms:title", self.words(document.title))
        for predicate, value in (("dcterms:date", document.date), ("dcterms:coverage", document.place)):
            if value:
                self.say(node, predicate, self._rdflib.Literal(value))

    def _relation(self, relation: Relation, only: str | None) -> None:
        ends = (relation.source_id, relation.target_id)
        if relation.kind == "related" and self._on_one_line(*ends):
            return  # SKOS S27: related and broaderTransitive are disjoint
        a, b = (self.name(f"term:{end}") for end in ends)
        says = _LINKS.get(relation.kind, f"skos:{relation.kind}")
        both = relation.kind in _SYMMETRIC
        if only in (None, relation.source_id):
            self.say(a, says, b)
        if only in (None, relation.target_id) and (both or relation.kind == "broader"):
            self.say(b, says if both else "skos:narrower", a)

    def _on_one_line(self, a: str, b: str) -> bool:
        return b in self._hierarchy.ancestors(a) or a in self._hierarchy.ancestors(b)


def to_turtle(vocabulary: Vocabulary, term_id: str | None = None) -> str:
    """The scheme, or one concept of it, as Turtle. Raises ExtraMissing."""
    text: str = _Writer(vocabulary).write(term_id).serialize(format="turtle")
    return text


def to_jsonld(vocabulary: Vocabulary, term_id: str | None = None) -> str:
    """The scheme, or one concept of it, as JSON-LD, compacted against NAMESPACES. Raises ExtraMissing."""
    graph = _Writer(vocabulary).write(term_id)
    data = json.loads(graph.serialize(format="json-ld", context=NAMESPACES, auto_compact=False))
    return json.dumps(_ordered(data), ensure_ascii=False, indent=1, sort_keys=True)


def _ordered(value: Any) -> Any:
    """Lists in the order of their text: RDF has none, and rdflib's is that of its hash tables."""
    if isinstance(value, list):
        return sorted(map(_ordered, value), key=lambda item: json.dumps(item, ensure_ascii=False, sort_keys=True))
    if isinstance(value, dict):
        return {key: item if key == "@context" else _ordered(item) for key, item in value.items()}
    return value


def concepts_of(graph: Any) -> Iterator[Any]:
    """The concepts of an rdflib graph, in the order of their addresses."""
    skos = rdflib().Namespace(NAMESPACES["skos"])
    yield from sorted(set(graph.subjects(rdflib().RDF.type, skos.Concept)), key=str)

"""What a term goes with, from the stored relations: each seen from its side, with the sentences that show it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from corpus.doubts import Doubts
from corpus.model import Document, Relation, Term
from graph.edges import INVERSES, KINDS
from search.answers import Evidence, RelatedTerm

_ORDER = {kind: i for i, kind in enumerate(KINDS)}


def related_terms(
    relations: Iterable[Relation], terms: Mapping[str, Term], documents: Mapping[str, Document], doubts: Doubts
) -> dict[str, tuple[RelatedTerm, ...]]:
    """Term id → the terms it goes with: kinds in the order of KINDS, strongest first."""
    found: dict[str, list[tuple[int, RelatedTerm]]] = defaultdict(list)
    for relation in relations:
        evidence = _evidence(documents.get(relation.document_id), relation, doubts)
        there, back = KINDS[relation.kind], INVERSES.get(relation.kind, KINDS[relation.kind])
        for term, other, name in (
            (relation.source_id, relation.target_id, there),
            (relation.target_id, relation.source_id, back),
        ):
            told = RelatedTerm(terms[other].label, name, relation.weight, relation.reason, evidence)
            found[term].append((_ORDER[relation.kind], told))
    return {
        term: tuple(told for _, told in sorted(others, key=lambda r: (r[0], r[1].relation, -r[1].weight, r[1].term)))
        for term, others in found.items()
    }


def _evidence(document: Document | None, relation: Relation, doubts: Doubts) -> Evidence | None:
    """The sentences that show a relation; None where no single place does."""
    if document is None:
        return None
    start, end = relation.start, relation.end
    doubtful = doubts.within(document.id, start, end)
    return Evidence(
        document.text[start:end], (), document.id, document.title, relation.passage_id, start, end, (), doubtful
    )

"""What a term goes with, from the stored relations: each seen from its side, with the sentences that show it."""

from collections.abc import Iterable, Mapping

from corpus.doubts import Doubts
from corpus.model import Document, Relation, Term
from corpus.said import by_id, written_at
from corpus.store import Store
from graph.edges import INVERSES, KINDS
from search.answers import Evidence, RelatedTerm

_ORDER = {kind: i for i, kind in enumerate(KINDS)}


def related_terms(
    store: Store, term_id: str, documents: Mapping[str, Document], doubts: Doubts
) -> tuple[RelatedTerm, ...]:
    """The terms that one goes with, as the ``documents`` that are shown have it: kinds in the order of KINDS, strongest
    first."""
    found: list[tuple[int, RelatedTerm]] = []
    own, others = store.select(Relation, source_id=term_id), store.select(Relation, target_id=term_id)
    others = [relation for relation in others if relation.source_id != term_id]
    relations = sorted((*own, *others), key=lambda r: (r.source_id, r.kind, r.target_id))
    labels = _labels(store, {one for r in relations for one in (r.source_id, r.target_id)})
    for relation in relations:
        evidence = _evidence(store, relation, documents, doubts)
        there, back = KINDS[relation.kind], INVERSES.get(relation.kind, KINDS[relation.kind])
        for one, other, name in (
            (relation.source_id, relation.target_id, there),
            (relation.target_id, relation.source_id, back),
        ):
            if one == term_id and other in labels:
                told = RelatedTerm(labels[other], name, relation.weight, relation.reason, evidence)
                found.append((_ORDER[relation.kind], told))
    found.sort(key=lambda r: (r[0], r[1].relation, -r[1].weight, r[1].term))
    return tuple(told for _, told in found)


def _labels(store: Store, ids: Iterable[str]) -> dict[str, str]:
    """Id → label of terms; those that aren't there any more are left out."""
    return {term.id: term.label for term in by_id(store, Term, ids).values()}


def _evidence(store: Store, relation: Relation, documents: Mapping[str, Document], doubts: Doubts) -> Evidence | None:
    """The sentences that show a relation; None where no single place does."""
    document = documents.get(relation.document_id) if relation.document_id else None
    if document is None:
        return None
    start, end = relation.start, relation.end
    sentence = written_at(store, relation.passage_id, document.id, start, end)
    doubtful = doubts.within(document.id, start, end)
    return Evidence(sentence, (), document.id, document.title, relation.passage_id, start, end, (), doubtful)

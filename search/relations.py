"""What a term goes with, from the stored relations: each seen from its side, with the sentences that show it."""

from collections.abc import Mapping

from corpus.doubts import Doubts
from corpus.model import Relation, Term
from corpus.store import Store
from graph.edges import INVERSES, KINDS
from search.answers import Evidence, RelatedTerm

_ORDER = {kind: i for i, kind in enumerate(KINDS)}


def related_terms(store: Store, term: Term, terms: Mapping[str, Term], doubts: Doubts) -> tuple[RelatedTerm, ...]:
    """The terms that one goes with: kinds in the order of KINDS, strongest first."""
    found: list[tuple[int, RelatedTerm]] = []
    own, others = store.select(Relation, source_id=term.id), store.select(Relation, target_id=term.id)
    others = [relation for relation in others if relation.source_id != term.id]
    for relation in sorted((*own, *others), key=lambda r: (r.source_id, r.kind, r.target_id)):
        evidence = _evidence(store, relation, doubts)
        there, back = KINDS[relation.kind], INVERSES.get(relation.kind, KINDS[relation.kind])
        for one, other, name in (
            (relation.source_id, relation.target_id, there),
            (relation.target_id, relation.source_id, back),
        ):
            if one == term.id and other in terms:
                told = RelatedTerm(terms[other].label, name, relation.weight, relation.reason, evidence)
                found.append((_ORDER[relation.kind], told))
    found.sort(key=lambda r: (r[0], r[1].relation, -r[1].weight, r[1].term))
    return tuple(told for _, told in found)


def _evidence(store: Store, relation: Relation, doubts: Doubts) -> Evidence | None:
    """The sentences that show a relation; None where no single place does."""
    start, end = relation.start, relation.end
    found = (
        store.query(
            "SELECT title, substr(text, ?2 + 1, ?3 - ?2) FROM document WHERE id = ?1 AND same_as = ''",
            (relation.document_id, start, end),
        ).fetchone()
        if relation.document_id
        else None
    )
    if found is None:
        return None
    title, sentence = found
    doubtful = doubts.within(relation.document_id, start, end)
    return Evidence(sentence, (), relation.document_id, title, relation.passage_id, start, end, (), doubtful)

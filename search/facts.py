"""The table of figures: what was counted where, each with its sentence; doubtful figures stand apart."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import islice

from corpus.doubts import Doubts
from corpus.model import Claim, ConceptMention, Document, Fact, Mention, Repair, Term
from corpus.places import Gazetteer, gazetteer
from corpus.said import by_id, doubtful_facts, headers, lost_numbers
from corpus.store import Store
from search import figures
from search.analyzer import squeeze
from search.answers import DoubtfulFigure, FactRow, FactsAnswer
from search.cache import Cache
from search.fact_query import FactQuery, Owner, Wanted, read_bounds
from search.figures import Figures
from search.segments import Layout

_FORMAT = "2"  # raised whenever the cache's content changes meaning
_REMEMBERED = 256
_Spans = tuple[tuple[int, int, str], ...]


class FactTable:
    """Figures of a library, by place, term, kind and amount."""

    def __init__(
        self,
        store: Store,
        doubts: Doubts | None = None,
        places: Gazetteer | None = None,
        documents: Sequence[Document] | None = None,
        layout: Layout | None = None,
    ) -> None:
        """``documents`` are those shown, without their texts."""
        self._places = places or gazetteer()
        self._doubts = doubts or Doubts(store)
        self._store = store
        shown = headers(store) if documents is None else documents
        self._documents = {document.id: document for document in shown}
        layout = layout or Layout.of(store, Cache(store.folder))
        folders = layout.folders(
            "figures",
            _FORMAT,
            lambda folder, segment, _: figures.build(folder, store, [self._documents[i] for i in segment.documents]),
        )
        held = [segment.documents for segment in layout.segments]
        self._figures = Figures(folders, shown, held, layout.passed_over)
        self._mentions = lru_cache(maxsize=_REMEMBERED)(self._read_mentions)

    @cached_property
    def _doubtful(self) -> list[tuple[Claim, Fact]]:
        """The figures that must not be trusted, with the claims that they stand in, in reading order."""
        found = doubtful_facts(self._store)
        claims = by_id(self._store, Claim, (fact.claim_id for fact in found))
        return [(claims[fact.claim_id], fact) for fact in found if fact.claim_id in claims]

    @cached_property
    def _lost(self) -> list[tuple[Repair, Claim]]:
        """Where a number is lost and nothing can be read, with the first claim around it, in the order of the claims."""
        read = {(fact.document_id, place) for _, fact in self._doubtful for place in range(fact.start, fact.end)}
        told: set[Repair] = set()
        lost: list[tuple[Repair, Claim]] = []
        for repair, claim in lost_numbers(self._store):
            if repair not in told and not any((claim.document_id, i) in read for i in range(repair.start, repair.end)):
                told.add(repair)
                lost.append((repair, claim))
        return lost

    @cached_property
    def _owners(self) -> dict[str, tuple[Owner, ...]]:
        """Claim id → the places that its figures belong to, of claims with figures that must not be trusted. Claims of
        several doers share their span, and their figures belong to each of them, and to the place of the document."""
        owned: dict[str, tuple[Owner, ...]] = {}
        for claim in (*(claim for claim, _ in self._doubtful), *(claim for _, claim in self._lost)):
            if claim.id not in owned:
                sharing = self._store.select(Claim, document_id=claim.document_id, start=claim.start, end=claim.end)
                document = self._documents[claim.document_id]
                owners = [*((one.place, one.place_code) for one in sharing), (document.place, document.place_code)]
                owned[claim.id] = tuple(dict.fromkeys(owners))
        return owned

    @cached_property
    def _labels(self) -> dict[str, str]:
        return {term.id: term.label for term in self._store.select(Term)}

    @cached_property
    def _names(self) -> dict[str, list[str]]:
        """Squeezed name → the ids of the terms that bear it."""
        names: dict[str, list[str]] = defaultdict(list)
        for term in self._store.select(Term):
            for name in dict.fromkeys(squeeze(name) for name in (term.label, *term.aliases)):
                names[name].append(term.id)
        return names

    def rows(self, place: str = "", term: str = "", limit: int = 100) -> tuple[FactRow, ...]:
        """Up to ``limit`` figures in reading order; ``place`` and ``term`` as in FactQuery."""
        return self.answer(FactQuery(place, term), limit).facts

    def answer(self, query: FactQuery, limit: int = 100) -> FactsAnswer:
        """Up to ``limit`` of the figures asked for, and of the doubtful ones. Raises AmountUnreadable, UnitsDiffer."""
        bounds = read_bounds(query)
        if query.term and not squeeze(query.term):
            return FactsAnswer((), 0)
        wanted = Wanted(query, self._places, self._owners, self._named(squeeze(query.term)))
        found = self._figures.found(wanted.conditions(bounds), query.order)
        return FactsAnswer(
            tuple(self._rows(self._figures.ids(found[:limit]))),
            len(found),
            tuple(islice(self._apart(wanted), limit)),
        )

    def _rows(self, ids: Sequence[str]) -> Iterator[FactRow]:
        """Figures by their ids; those that have been removed since are left out."""
        facts = by_id(self._store, Fact, ids)
        claims = by_id(self._store, Claim, (fact.claim_id for fact in facts.values()))
        for identity in ids:
            if (fact := facts.get(identity)) and (claim := claims.get(fact.claim_id)):
                yield self._row(fact, claim)

    def _row(self, fact: Fact, claim: Claim) -> FactRow:
        terms, concepts = self._mentions(fact.document_id)
        return FactRow(
            fact,
            claim.text,
            self._documents[fact.document_id].title,
            self._doubts.within(fact.document_id, claim.start, claim.end),
            claim.text[fact.start - claim.start : fact.end - claim.start],
            claim.status,
            claim.polarity,
            claim.period,
            _within(terms, claim),
            _within(concepts, claim),
        )

    def _apart(self, wanted: Wanted) -> Iterator[DoubtfulFigure]:
        """The figures that must not be trusted, then the places where a number is lost, of the claims asked for."""
        for claim, fact in self._doubtful:
            if wanted.admits(claim, fact):
                yield self._figure(claim, fact.start, fact.end, fact.doubtful, fact)
        for repair, claim in self._lost:
            if wanted.admits(claim):
                yield self._figure(claim, repair.start, repair.end, repair.reason, None)

    def _figure(self, claim: Claim, start: int, end: int, reason: str, fact: Fact | None) -> DoubtfulFigure:
        return DoubtfulFigure(
            claim.text[start - claim.start : end - claim.start],
            reason,
            claim.place,
            claim.text,
            claim.document_id,
            self._documents[claim.document_id].title,
            claim.passage_id,
            start,
            end,
            fact,
        )

    def _named(self, words: str) -> dict[str, list[tuple[int, int]]]:
        """Document → where a term stands that bears the name ``words``, under any of its names."""
        spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for term_id in self._names.get(words, ()) if words else ():
            for mention in self._store.select(Mention, term_id=term_id):
                spans[mention.document_id].append((mention.start, mention.end))
        return spans

    def _read_mentions(self, document_id: str) -> tuple[_Spans, _Spans]:
        """Where terms and concepts stand in a document."""
        terms = self._store.select(Mention, document_id=document_id)
        concepts = self._store.select(ConceptMention, document_id=document_id)
        labels = self._labels
        return (
            tuple((m.start, m.end, labels[m.term_id]) for m in terms if m.term_id in labels),
            tuple((m.start, m.end, m.concept) for m in concepts),
        )


def _within(mentions: Iterable[tuple[int, int, str]], claim: Claim) -> tuple[str, ...]:
    """The labels that stand in a claim, each once."""
    return tuple(dict.fromkeys(label for start, end, label in mentions if claim.start <= start and end <= claim.end))

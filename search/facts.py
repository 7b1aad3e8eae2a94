"""The table of figures: what was counted where, each with its sentence; doubtful figures stand apart."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache

from corpus.doubts import Doubts
from corpus.model import Claim, ConceptMention, Document, Fact, Mention, Repair, Term
from corpus.places import Gazetteer, gazetteer
from corpus.store import Store
from graph.measures import comparable
from search.analyzer import squeeze
from search.answers import DoubtfulFigure, FactRow, FactsAnswer
from search.fact_query import FactQuery, Owner, Wanted, read_bounds

_REMEMBERED = 256
_Spans = tuple[tuple[int, int, str], ...]


class FactTable:
    """Figures of a library, by place, term, kind and amount."""

    def __init__(self, store: Store, doubts: Doubts | None = None, places: Gazetteer | None = None) -> None:
        self._places = places or gazetteer()
        self._doubts = doubts or Doubts(store)
        self._store = store
        self._documents = {document.id: document for document in store.shown(Document)}
        self._claims = {claim.id: claim for claim in store.shown(Claim)}
        facts = store.shown(Fact)
        self._facts = [fact for fact in facts if not fact.doubtful]
        self._doubtful = [fact for fact in facts if fact.doubtful]
        self._owners = self._owned()
        self._lost = list(self._lost_numbers())
        self._labels: dict[str, str] = {}
        self._names: dict[str, list[str]] = defaultdict(list)
        for term in store.select(Term):
            self._labels[term.id] = term.label
            for name in dict.fromkeys(squeeze(name) for name in (term.label, *term.aliases)):
                self._names[name].append(term.id)
        self._mentions = lru_cache(maxsize=_REMEMBERED)(self._read_mentions)

    def _owned(self) -> dict[str, tuple[Owner, ...]]:
        """Claim id → the places its figures belong to. Claims of several doers share their span, and their figures
        belong to each of them, and to the place of the document."""
        doers: dict[tuple[str, int, int], dict[Owner, None]] = defaultdict(dict)
        for claim in self._claims.values():
            doers[claim.document_id, claim.start, claim.end][claim.place, claim.place_code] = None
        shared: dict[tuple[str, int, int], tuple[Owner, ...]] = {}
        for span, owners in doers.items():
            document = self._documents[span[0]]
            owners[document.place, document.place_code] = None
            shared[span] = tuple(owners)
        return {claim.id: shared[claim.document_id, claim.start, claim.end] for claim in self._claims.values()}

    def _lost_numbers(self) -> Iterator[tuple[Repair, Claim]]:
        """Where a number is lost and nothing can be read, with the claim around it."""
        lost: dict[str, list[Repair]] = defaultdict(list)
        for repair in self._store.select(Repair, doubtful=True, kind="lost_number"):
            lost[repair.document_id].append(repair)
        read = {(fact.document_id, place) for fact in self._doubtful for place in range(fact.start, fact.end)}
        told: set[int] = set()
        for claim in self._claims.values():
            for repair in lost.get(claim.document_id, ()):
                inside = claim.start <= repair.start and repair.end <= claim.end
                seen = id(repair) in told or any(
                    (claim.document_id, i) in read for i in range(repair.start, repair.end)
                )
                if inside and not seen:
                    told.add(id(repair))
                    yield repair, claim

    def rows(self, place: str = "", term: str = "", limit: int = 100) -> tuple[FactRow, ...]:
        """Up to ``limit`` figures in reading order; ``place`` and ``term`` as in FactQuery."""
        return self.answer(FactQuery(place, term), limit).facts

    def answer(self, query: FactQuery, limit: int = 100) -> FactsAnswer:
        """Up to ``limit`` of the figures asked for, and of the doubtful ones. Raises AmountUnreadable, UnitsDiffer."""
        bounds = read_bounds(query)
        if query.term and not squeeze(query.term):
            return FactsAnswer((), 0)
        wanted = Wanted(query, self._places, self._owners, self._named(squeeze(query.term)))
        found = [
            fact
            for fact in self._facts
            if (not query.kind or fact.kind == query.kind)
            and bounds.admit(fact)
            and wanted.admits(self._claims[fact.claim_id], fact)
        ]
        if query.order == "value":
            found.sort(key=_by_value)
        elif query.order == "place":
            found.sort(key=lambda fact: (fact.place_code or "9", fact.place))
        doubtful = list(self._apart(wanted))
        return FactsAnswer(tuple(self._row(fact) for fact in found[:limit]), len(found), tuple(doubtful[:limit]))

    def _row(self, fact: Fact) -> FactRow:
        claim = self._claims[fact.claim_id]
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
        for fact in self._doubtful:
            claim = self._claims[fact.claim_id]
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


def _by_value(fact: Fact) -> tuple[str, float]:
    unit, value = comparable(fact.value if fact.value_max is None else fact.value_max, fact.unit)
    return unit, -value

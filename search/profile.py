"""The profile of a place: what it did, its figures, its terms, its documents, and who lies in it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from corpus.doubts import Doubts
from corpus.lexicon import WRITING, Concept, topics
from corpus.model import Claim, ConceptMention, Document, Fact, FactKind, Mention, Term
from corpus.store import Store
from graph.measures import comparable
from search.analyzer import squeeze
from search.answers import ClaimEvidence
from search.claims import bare
from search.deeds import DeedGroup, DeedReader, Found, Material, grouped, part_of
from search.directory import Directory, KnownPlace, Resolved, Told
from search.glossary import GlossaryIndex
from search.periods import claim_period, document_period, when

#: Characters of a subject that says what is counted: 企业, 职工, 筹资 say too little.
SPEAKING = 3
#: Measure words that count institutions alike: 30家驿站 and 30个驿站.
_MEASURES = dict.fromkeys("家处座所间", "个")
_KEPT = 24  # profiles that are remembered
_MOST_BELOW = 300  # places that are asked what they have in common
_KINDS: tuple[FactKind, ...] = ("count", "money", "rate", "change", "rank")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its sentence. ``text`` as written, ``value`` in the comparable ``unit`` (see graph.measures);
    ``key`` is equal for the same subject, however it is written, and for other names of the concept ``topic``; ``about``
    is the concept that stands nearest to a figure whose subject says little (筹资), or ""."""

    fact: Fact
    text: str
    unit: str
    value: float
    key: str
    topic: str
    about: str
    evidence: ClaimEvidence


@dataclass(frozen=True, slots=True)
class UsedTerm:
    """A term that a place uses: how often, whether its documents explain it, whether no other place's document has it."""

    term: Term
    mentions: int
    explained: bool
    only: bool


@dataclass(frozen=True, slots=True)
class PlaceDocument:
    """A document without its text, what period it speaks of, and how many claims it has of the place."""

    document: Document
    period: str
    claims: int


@dataclass(frozen=True, slots=True)
class CommonTopic:
    """A topic that several places inside a place have done, those that tell of it most first."""

    topic: str
    group: str
    places: tuple[KnownPlace, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """What a library tells of a place. ``periods`` are those of its claims, the latest first, each with their number;
    ``period`` the one that ``groups`` and figures are limited to, or "". ``doubtful`` figures must not be trusted.
    ``above`` are the divisions around it, ``below`` the places and units in it, and ``common`` the topics that several of
    them have done. ``told_in`` are documents of others that
    tell of it. ``denied`` are sentences that say what is not done or not enough."""

    place: KnownPlace
    period: str
    periods: tuple[tuple[str, int], ...]
    groups: tuple[DeedGroup, ...]
    figures: tuple[Figure, ...]
    doubtful: tuple[Figure, ...]
    denied: tuple[ClaimEvidence, ...]
    terms: tuple[UsedTerm, ...]
    documents: tuple[PlaceDocument, ...]
    told_in: tuple[PlaceDocument, ...]
    above: tuple[KnownPlace, ...]
    below: tuple[Told, ...]
    common: tuple[CommonTopic, ...]

    @property
    def sentences(self) -> int:
        """How many claims there are of it, in all periods."""
        return sum(times for _, times in self.periods)


@dataclass(frozen=True, slots=True)
class Account:
    """All that is claimed of a place, and what to read it with."""

    claims: tuple[Claim, ...]
    denied: tuple[Claim, ...]
    mentions: tuple[Mention, ...]
    reader: DeedReader


class Profiler:
    """Profiles of the places of a library. Of the store it asks only for what concerns the place."""

    def __init__(
        self,
        store: Store,
        documents: Iterable[Document],
        glossary: GlossaryIndex,
        concepts: Iterable[Concept],
        doubts: Doubts,
    ) -> None:
        self._store = store
        self.documents: Mapping[str, Document] = {document.id: document for document in documents}
        self._glossary = glossary
        self._counted = topics(concepts)
        self._topics = {topic.label: topic for found in self._counted.values() for topic in found}
        self._doubts = doubts
        self._profiles = lru_cache(_KEPT)(self._profile)

    @cached_property
    def directory(self) -> Directory:
        """Who is known."""
        return Directory(self._store.claimed.doers(), list(self.documents.values()))

    def resolve(self, name: str) -> Resolved:
        """The place that a name means."""
        return self.directory.resolve(name)

    def own(self, place: KnownPlace) -> list[Document]:
        """The documents of a place itself, the earliest first."""
        found = [d for d in self.documents.values() if (d.place, d.place_code) == (place.name, place.code)]
        return sorted(found, key=lambda document: (when(document_period(document), document), document.id))

    def account(self, place: KnownPlace) -> Account:
        """What the documents that are shown claim of a place."""
        claims = [
            claim
            for claim in self._store.select(Claim, place=place.name)
            if claim.place_code == place.code and claim.document_id in self.documents
        ]
        held = {claim.document_id for claim in claims}
        facts = _here(self._store.claimed.inside(Fact, place.name), held)
        mentions = _here(self._store.claimed.inside(Mention, place.name), held)
        concepts = dict.fromkeys(
            replace(mention, concept=topic.label)
            for mention in _here(self._store.claimed.inside(ConceptMention, place.name), held)
            for topic in self._counted.get(mention.concept, ())
        )
        material = Material(
            self.documents, self._topics, self._glossary.term, self._doubts, list(concepts), mentions, facts
        )
        return Account(
            tuple(claim for claim in claims if claim.polarity == "affirmed"),
            tuple(claim for claim in claims if claim.polarity == "denied"),
            tuple(mentions),
            DeedReader(material),
        )

    def profile(self, place: KnownPlace, period: str = "") -> Profile:
        """The profile of a place; ``period`` is one of its periods, or "" for all of them. The last ones are kept: its
        page, each of its topics and a comparison ask for the same."""
        return self._profiles(place, period)

    def _profile(self, place: KnownPlace, period: str) -> Profile:
        account = self.account(place)
        periods = Counter(self._period(claim) for claim in account.claims)
        claims = [claim for claim in account.claims if not period or self._period(claim) == period]
        figures = self.figures(account, claims)
        own = self.own(place)
        told = Counter(claim.document_id for claim in account.claims)
        return Profile(
            place=place,
            period=period,
            periods=tuple(sorted(periods.items(), key=lambda pair: (when(pair[0]), pair[0]), reverse=True)),
            groups=grouped(account.reader.deeds(claims)),
            figures=tuple(figure for figure in figures if not figure.fact.doubtful),
            doubtful=tuple(figure for figure in figures if figure.fact.doubtful),
            denied=tuple(
                account.reader.evidence(claim, claim.start, claim.end)
                for claim in account.denied
                if not period or self._period(claim) == period
            ),
            terms=self._terms(account, own),
            documents=tuple(self._line(document, told) for document in reversed(own)),
            told_in=tuple(
                self._line(document, told) for i, document in self.documents.items() if told[i] and document not in own
            ),
            above=self.directory.above(place),
            below=(below := self.directory.below(place)),
            common=self._common(below),
        )

    def _common(self, below: Sequence[Told]) -> tuple[CommonTopic, ...]:
        """The concepts that several of the places below have done, the most widespread first."""
        known = {(told.place.name, told.place.code): told.place for told in below[:_MOST_BELOW]}
        spread: defaultdict[str, dict[KnownPlace, int]] = defaultdict(dict)
        for name, code, concept, claims in self._store.claimed.spoken({name for name, _ in known}):
            for topic in self._counted.get(concept, ()) if (name, code) in known else ():
                if topic.group != WRITING:
                    place = known[name, code]
                    spread[topic.label][place] = max(claims, spread[topic.label].get(place, 0))
        found = [
            CommonTopic(
                concept,
                self._topics[concept].group,
                tuple(sorted(places, key=lambda place: (-places[place], place.name))),
            )
            for concept, places in spread.items()
            if len(places) > 1
        ]
        return tuple(sorted(found, key=lambda topic: (-len(topic.places), topic.topic)))

    def _period(self, claim: Claim) -> str:
        return claim_period(claim, self.documents[claim.document_id])

    @staticmethod
    def _line(document: Document, told: Mapping[str, int]) -> PlaceDocument:
        return PlaceDocument(document, document_period(document), told.get(document.id, 0))

    def figures(self, account: Account, claims: Iterable[Claim]) -> tuple[Figure, ...]:
        """The figures of claims: by kind, those that can be compared together, the largest first."""
        found = {
            fact.id: self._figure(account.reader, claim, fact)
            for claim in claims
            for fact in account.reader.facts(claim)
        }.values()
        sizes = Counter((figure.key, figure.unit) for figure in found)
        return tuple(
            sorted(
                found,
                key=lambda f: (
                    _KINDS.index(f.fact.kind), -sizes[f.key, f.unit], f.key, f.unit, -f.value,
                    f.fact.document_id, f.fact.start,
                ),
            )
        )  # fmt: skip

    @staticmethod
    def _figure(reader: DeedReader, claim: Claim, fact: Fact) -> Figure:
        start, end = fact.start - claim.start, fact.end - claim.start
        first, last = part_of(claim.text, start, end)
        unit, value = comparable(fact.value, fact.unit)
        evidence = reader.evidence(claim, claim.start + first, claim.start + last, ((start - first, end - first),))
        topic = reader.counted(claim, fact)
        key = topic or bare(fact.subject) or squeeze(fact.subject)
        about = reader.about(claim, fact) if not topic and len(key) < SPEAKING else ""
        return Figure(fact, claim.text[start:end], _MEASURES.get(unit, unit), value, key, topic, about, evidence)

    def _terms(self, account: Account, own: Sequence[Document]) -> tuple[UsedTerm, ...]:
        """The terms of its own documents and of what others claim of it; those explained first, then the most used."""
        ours = {document.id for document in own}
        mentions: defaultdict[str, int] = defaultdict(int)
        for mention in account.mentions:
            mentions[mention.term_id] += mention.document_id not in ours
        for document in own:
            for mention in self._store.select(Mention, document_id=document.id):
                mentions[mention.term_id] += 1
        found = []
        for term_id, times in mentions.items():
            senses = self._glossary.definitions_of(term_id)
            explained = any(s.document_id in ours and s.strength == "explained" and not s.elsewhere for s in senses)
            only = all(use.document_id in ours for use in self._glossary.documents_of(term_id))
            found.append(UsedTerm(self._glossary.term(term_id), times, explained, only))
        return tuple(sorted(found, key=lambda used: (not used.explained, -used.mentions, used.term.label)))


def _here(records: Iterable[Found], held: set[str]) -> list[Found]:
    return [record for record in records if record.document_id in held]

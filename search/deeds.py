"""What somebody did, by topic: the concepts of the lexicon and the programmes of the glossary that stand in the claims.

A topic holds where its words stand: the sentence is shown, of a long one only the part between its semicolons, so that
a list of ten deeds speaks for each of them by itself. A name of the glossary on the same words as a concept is a name
of that topic (工会驿站, of 户外劳动者服务站点); elsewhere it is a topic of its own.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from corpus.doubts import Doubts
from corpus.lexicon import WRITING, Concept
from corpus.model import Claim, ClaimStatus, ConceptMention, Document, Fact, Mention, Term
from graph.variants import fold, generic, patterned
from search.admission import ORDER
from search.answers import ClaimEvidence, Span
from search.periods import claim_period, when

#: The group of topics that stand with no concept.
OTHER = "其他做法"
_KINDS = frozenset({"programme", "brand", "mechanism", "organisation", "honour"})
_WHOLE = 120  # characters of a sentence that is shown whole
Found = TypeVar("Found", ConceptMention, Mention, Fact)
_LEAST_NAME = 3
_TELLING = 24  # characters


@dataclass(frozen=True, slots=True)
class Deed:
    """A topic and the sentences that say so. ``key`` identifies it between places and years; ``names`` are terms of the
    glossary for it; ``done``, ``ongoing`` and ``planned`` count sentences, which come in that order, the latest first. ``broader`` are the
    keys of the topics that it is a kind of; ``labels`` all that documents call it."""

    key: str
    topic: str
    group: str
    names: tuple[str, ...]
    done: int
    ongoing: int
    planned: int
    sentences: tuple[ClaimEvidence, ...]
    broader: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        return self.done + self.ongoing + self.planned

    def told(self, *statuses: ClaimStatus) -> tuple[ClaimEvidence, ...]:
        """The sentences of these statuses."""
        return tuple(sentence for sentence in self.sentences if sentence.status in statuses)


@dataclass(frozen=True, slots=True)
class DeedGroup:
    """The topics of a field of work, most told of first."""

    name: str
    deeds: tuple[Deed, ...]

    @property
    def total(self) -> int:
        return sum(deed.total for deed in self.deeds)


@dataclass(frozen=True, slots=True)
class Material:
    """What claims are read with: the documents without their texts, and what stands in the claims."""

    documents: Mapping[str, Document]
    concepts: Mapping[str, Concept]
    terms: Callable[[str], Term]
    doubts: Doubts
    concept_mentions: Sequence[ConceptMention]
    mentions: Sequence[Mention]
    facts: Sequence[Fact]


def part_of(text: str, start: int, end: int) -> Span:
    """The span of a sentence that is shown for ``text[start:end]``: all of it, of a long one what stands between
    semicolons."""
    if len(text) <= _WHOLE:
        return 0, len(text)
    first = max(text.rfind(mark, 0, start) for mark in "；;") + 1
    ends = [at + 1 for mark in "；;" if (at := text.find(mark, end)) >= 0]
    return first, min(ends, default=len(text))


class _Standing(Generic[Found]):
    """Records by document, to be asked for those inside a span."""

    def __init__(self, records: Iterable[Found]) -> None:
        self._held: defaultdict[str, list[Found]] = defaultdict(list)
        for record in records:
            self._held[record.document_id].append(record)
        self._starts = {key: [record.start for record in held] for key, held in self._held.items()}

    def within(self, document_id: str, start: int, end: int) -> list[Found]:
        starts = self._starts.get(document_id, [])
        first, last = bisect_left(starts, start), bisect_left(starts, end)
        return [record for record in self._held[document_id][first:last] if record.end <= end] if first < last else []


@dataclass(slots=True)
class _Topic:
    topic: str
    names: dict[str, None] = field(default_factory=dict)
    groups: Counter[str] = field(default_factory=Counter)
    sentences: dict[tuple[str, int, int], ClaimEvidence] = field(default_factory=dict)


class DeedReader:
    """Reads the deeds of claims."""

    def __init__(self, material: Material) -> None:
        self._material = material
        self._concepts = _Standing(material.concept_mentions)
        self._terms = _Standing(material.mentions)
        self._facts = _Standing(material.facts)

    def deeds(self, claims: Iterable[Claim]) -> tuple[Deed, ...]:
        """The topics of claims, most told of first."""
        topics: dict[str, _Topic] = {}
        for claim in claims:
            self._read(claim, topics)
        found = (self._deed(key, topic) for key, topic in topics.items())
        return tuple(sorted(found, key=lambda deed: (-deed.total, deed.topic)))

    def facts(self, claim: Claim) -> list[Fact]:
        """The figures that stand in a claim: those of several doers share them."""
        return self._facts.within(claim.document_id, claim.start, claim.end)

    def counted(self, claim: Claim, fact: Fact) -> str:
        """The concept that the subject of a figure is mostly made of, or ""."""
        at = _nearest(claim.text, fact.subject, fact.start - claim.start)
        if at < 0:
            return ""
        start, end = claim.start + at, claim.start + at + len(fact.subject)
        shares = {
            mention.concept: min(mention.end, end) - max(mention.start, start)
            for mention in self._concepts.within(claim.document_id, claim.start, claim.end)
            if mention.start < end and start < mention.end and mention.concept in self._material.concepts
        }
        best = max(shares, key=lambda name: (shares[name], name), default="")
        return best if best and 2 * shares[best] >= len(fact.subject) else ""

    def about(self, claim: Claim, fact: Fact) -> str:
        """The concept that stands nearest to a figure in the part of the sentence that is shown for it, or ""."""
        start, end = self._part(claim, fact.start, fact.end)
        near = {
            mention.concept: min(abs(mention.start - fact.end), abs(fact.start - mention.end))
            for mention in self._concepts.within(claim.document_id, start, end)
            if (concept := self._material.concepts.get(mention.concept)) and concept.group != WRITING
        }
        return min(near, key=lambda name: (near[name], name), default="")

    def _read(self, claim: Claim, topics: dict[str, _Topic]) -> None:
        where = (claim.document_id, claim.start, claim.end)
        concepts = [
            (mention, concept)
            for mention in self._concepts.within(*where)
            if (concept := self._material.concepts.get(mention.concept)) and concept.group != WRITING
        ]
        for mention, concept in concepts:
            topic = topics.setdefault(f"concept:{concept.label}", _Topic(concept.label))
            topic.groups[concept.group] += 1
            self._say(topic, claim, mention)
        for standing in self._terms.within(*where):
            term = self._material.terms(standing.term_id)
            over = [c for m, c in concepts if m.start < standing.end and standing.start < m.end]
            for concept in over:
                if term.kind in _KINDS and term.label != concept.label:
                    topics[f"concept:{concept.label}"].names[term.label] = None
            if over or term.kind not in _KINDS or not _names_a_deed(term.label):
                continue
            same = self._material.concepts.get(term.label)
            topic = topics.setdefault(f"concept:{same.label}" if same else f"term:{term.id}", _Topic(term.label))
            first, last = self._part(claim, standing.start, standing.end)
            near = [c.group for m, c in concepts if first <= m.start and m.end <= last] or [
                c.group for _, c in concepts
            ]
            topic.groups.update([same.group] if same else near)
            self._say(topic, claim, standing)

    @staticmethod
    def _part(claim: Claim, start: int, end: int) -> Span:
        first, last = part_of(claim.text, start - claim.start, end - claim.start)
        return claim.start + first, claim.start + last

    def _say(self, topic: _Topic, claim: Claim, mention: ConceptMention | Mention) -> None:
        start, end = self._part(claim, mention.start, mention.end)
        key = (claim.document_id, start, end)
        known = topic.sentences.get(key)
        mark = (mention.start - start, mention.end - start)
        marks = (*known.marks, mark) if known else (mark,)
        topic.sentences[key] = self.evidence(claim, start, end, marks)

    def evidence(self, claim: Claim, start: int, end: int, marks: tuple[Span, ...] = ()) -> ClaimEvidence:
        """``start:end`` of the document of a claim, which it stands in, as it is shown."""
        document = self._material.documents[claim.document_id]
        figures = self._facts.within(claim.document_id, start, end)
        return ClaimEvidence(
            sentence=claim.text[start - claim.start : end - claim.start],
            figures=tuple(claim.text[f.start - claim.start : f.end - claim.start] for f in figures if not f.doubtful),
            document_id=document.id,
            title=document.title,
            passage_id=claim.passage_id,
            start=start,
            end=end,
            marks=marks,
            doubtful=self._material.doubts.within(document.id, start, end),
            status=claim.status,
            period=claim_period(claim, document),
        )

    def _rank(self, sentence: ClaimEvidence) -> tuple[int, bool, int, int, str, int]:
        """What was done first, then what tells something, then what is latest."""
        last, first = when(sentence.period, self._material.documents[sentence.document_id])
        return ORDER[sentence.status], not telling(sentence), -last, -first, sentence.document_id, sentence.start

    def _deed(self, key: str, topic: _Topic) -> Deed:
        sentences = sorted(topic.sentences.values(), key=self._rank)
        counts = Counter(sentence.status for sentence in sentences)
        group = min(topic.groups, key=lambda name: (-topic.groups[name], name), default="") or OTHER
        concept = self._material.concepts.get(topic.topic) if key.startswith("concept:") else None
        return Deed(
            key, topic.topic, group, tuple(topic.names),
            counts["done"], counts["ongoing"], counts["planned"], tuple(sentences),
            tuple(f"concept:{name}" for name in concept.broader) if concept else (),
            concept.official if concept else (topic.topic, *self._material.terms(key.removeprefix("term:")).aliases),
        )  # fmt: skip


def telling(sentence: ClaimEvidence) -> bool:
    """False for a heading or a phrase: short, and without figures."""
    return bool(sentence.figures) or len(sentence.sentence) >= _TELLING


def _names_a_deed(label: str) -> bool:
    """False for everyday words that the glossary counts among its terms: 工会, 零工."""
    name = fold(label)
    return patterned(name) or (len(name) >= _LEAST_NAME and not generic(name))


def _nearest(text: str, words: str, position: int) -> int:
    """Where ``words`` stand nearest to a position, -1 where they don't."""
    found = []
    at = text.find(words) if words else -1
    while at >= 0:
        found.append(at)
        at = text.find(words, at + 1)
    return min(found, key=lambda at: abs(at - position), default=-1)


def grouped(deeds: Iterable[Deed]) -> tuple[DeedGroup, ...]:
    """Deeds by field of work: the fields most told of first, what belongs to none last."""
    fields: defaultdict[str, list[Deed]] = defaultdict(list)
    for deed in deeds:
        fields[deed.group].append(deed)
    found = [DeedGroup(name, tuple(held)) for name, held in fields.items()]
    return tuple(sorted(found, key=lambda group: (group.name == OTHER, -group.total, group.name)))

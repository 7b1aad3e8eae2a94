"""Precedents for a draft: for the whole of it and clause by clause, what it lacks, and where it is too close to a source.

Passages for a clause are ranked as for any query; of each the sentence is taken that is nearest to the clause. How near
is the mean of two shares and a likeness: the clause's information (pairs of characters weighed by how few passages have
them) that the sentence holds, its topics that the sentence names, and the cosine of the two.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from corpus.doubts import Doubts
from corpus.lexicon import WRITING, Concept
from corpus.model import ConceptMention, Passage
from corpus.sentences import sentences
from corpus.store import Store
from graph.figures import find_figures
from search import fingerprints, rarity
from search.analyzer import content_grams, fold, squeeze
from search.answers import Evidence, Filters, PlacesAnswer, SearchAnswer, Span
from search.cache import Cache
from search.concepts import ConceptIndex
from search.draft import MOST_CLAUSES, DraftClause, read_draft
from search.embedders import Embedder
from search.explain import Explainer
from search.finder import Finder, Found
from search.fingerprints import Fingerprints
from search.lacking import Lack, Peers, focuses, official
from search.overlap import Overlap, Sources, Wording
from search.rarity import Rarity
from search.reading import Reader, Reading

Floats = NDArray[np.float32]

_FORMAT = "1"  # raised whenever the cache's content changes meaning
PER_CLAUSE = 3
_LOOKED_AT = 8  # passages ranked for a clause
_LEAST = 0.4  # nearness at which a sentence is a precedent
_NEAR_BEST = 0.6  # share of the best one's nearness that the others need
_LEAST_SAID, _LEAST_SHARE_SAID = 8, 0.25  # what a clause without figures must say of its own: characters, share of it
_LEAST_LINK = 0.3  # confidence from which a clause's topic counts
_SURE = 0.6  # confidence from which it counts in full
_LONG = 100  # characters: a longer sentence is taken apart at its semicolons
HEADING, FRAME, NOTHING = "标题，不单独找先例", "套话，不必找先例", "没有足够相近的句子"
_SEMICOLONS = re.compile("[；;]")
# How reports frame what they tell: guided by, led by, in the spirit of; addressing; vowing.
_FRAME = re.compile(
    r"(?:坚持|始终)?以[^，。；]{4,40}为(?:指导|指引|遵循|引领|统领|契机|己任|主线)(?:思想)?|"
    r"在[^，。；]{2,40}(?:领导|指导|关心支持|部署要求|引领|指引)下|"
    r"(?:深入|认真|全面)*学习(?:宣传)?贯彻(?:落实)?[^，。；]{0,50}(?:精神|思想|论述|批示)|(?:全面|认真)*贯彻落?实?[^，。；]{0,30}"
    r"(?:决策部署|工作部署|部署要求|会议精神)|高举[^，。；]{4,40}旗帜|紧紧围绕[^，。；]{2,30}(?:目标|大局|部署)|"
    r"(?:现在，)?我代表[^，。；]{2,40}|向[^，。；]{2,12}(?:报告|汇报)工作|(?:汇报|报告|通报)如下|请[^，。；]{0,6}审议|各位代表|同志们|"
    r"为[^，。；]{2,40}[作做]出[^，。；]{0,6}贡献|团结(?:动员|带领|引领)[^，。；]{0,14}职工(?:群众)?|"
    r"锐意进取|砥砺前行|奋力谱写[^，。；]{0,20}|踔厉奋发|勇毅前行|团结奋斗|不忘初心|牢记使命|再创佳绩|再上新台阶"
)


@dataclass(frozen=True, slots=True)
class Precedent:
    """A sentence that another place wrote on the same thing: ``evidence``, with what it shares marked; ``why`` in Chinese;
    ``score`` 0..1."""

    evidence: Evidence
    place: str
    date: str
    why: tuple[str, ...]
    score: float
    guessed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ClauseAnswer:
    """A clause of the draft with its precedents, the nearest first. ``note`` says why there are none, in Chinese: a
    heading, a set phrase, nothing alike; "" where there are some."""

    clause: DraftClause
    topics: tuple[str, ...]
    precedents: tuple[Precedent, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class PrecedentAnswer:
    """All that a writer of ``text`` is told. ``search`` has the passages for the whole; ``notes`` what was left out."""

    text: str
    clauses: tuple[ClauseAnswer, ...]
    lacks: tuple[Lack, ...]
    overlaps: tuple[Overlap, ...]
    search: SearchAnswer
    notes: tuple[str, ...] = ()


class Precedents:
    """Precedents from one generation of a library."""

    def __init__(
        self,
        store: Store,
        cache: Cache,
        finder: Finder,
        reader: Reader,
        topics: ConceptIndex,
        counted: Mapping[str, Sequence[Concept]],
        doubts: Doubts,
        embedder: Embedder,
        places: Callable[[str], PlacesAnswer],
    ) -> None:
        """``counted`` maps a prefLabel of the lexicon to its topics; ``places`` answers a place question with all its
        sentences."""
        self._finder, self._reader, self._topics, self._embedder = finder, reader, topics, embedder
        self._catalogue = finder.catalogue
        self._doubts = doubts
        self._guesses = store.guesses()
        self._titles = {document.id: document.title for document in self._catalogue.documents}
        stamp = f"{_FORMAT}.{store.generation}.{self._catalogue.mark}"
        self._fingerprints = Fingerprints(
            cache.get("fingerprints", stamp, lambda folder: fingerprints.build(folder, _texts(store)))
        )
        self._rarity = Rarity(cache.get("rarity", stamp, lambda folder: rarity.build(folder, _texts(store))))
        self._store = store
        self._counted = counted
        self._sources = Sources(self._catalogue.passage, self._catalogue.of, self._evidence)
        self._peers = Peers(topics, lru_cache(256)(places), self._named, lambda: self._shares)
        self._mentions = lru_cache(256)(lambda document_id: store.select(ConceptMention, document_id=document_id))
        self._sentences = lru_cache(4096)(self._read_sentences)

    @cached_property
    def _shares(self) -> dict[str, float]:
        """Topic → share of the passages that name it."""
        rows = self._store.query("SELECT concept, count(DISTINCT passage_id) FROM concept_mention GROUP BY concept")
        shares: dict[str, float] = defaultdict(float)
        for label, count in rows:
            for topic in self._counted.get(label, ()):
                shares[topic.label] = min(shares[topic.label] + count / len(self._catalogue), 1.0)
        return shares

    def answer(self, text: str, search: SearchAnswer) -> PrecedentAnswer:
        """What a writer of ``text`` is told; ``search`` has the passages for the whole."""
        clauses = read_draft(text)
        notes: tuple[str, ...] = ()
        if len(clauses) > MOST_CLAUSES:
            notes = (f"草稿分出 {len(clauses)} 句，逐句只看了前 {MOST_CLAUSES} 句。",)
            clauses = clauses[:MOST_CLAUSES]
        wording = Wording(text, self._fingerprints, self._owner, self._topics.standing)
        seen: dict[str, ClauseAnswer] = {}
        answers = []
        links = {}
        for clause in clauses:
            key = squeeze(clause.text)
            if key not in seen:
                reading = self._reader.read(clause.text)
                seen[key] = self._clause(clause, reading, wording)
                links[clause] = _links(reading)
            answers.append(replace(seen[key], clause=clause))
        telling = {a.clause: links[a.clause] for a in answers if a.clause in links and not _says_nothing(a)}
        return PrecedentAnswer(
            text,
            tuple(answers),
            tuple(self._peers.lacks(clauses, focuses(telling, self._topics))),
            tuple(self._sources.overlaps(clauses, wording)),
            search,
            notes,
        )

    def _named(self, evidence: Evidence) -> list[tuple[Concept, Span]]:
        """The topics that a sentence names, and where in it."""
        return [
            (topic, (mention.start - evidence.start, mention.end - evidence.start))
            for mention in self._mentions(evidence.document_id)
            if evidence.start <= mention.start and mention.end <= evidence.end
            for topic in self._counted.get(mention.concept, ())
        ]

    def _owner(self, row: int) -> str:
        document = self._catalogue.of(row)
        return document.place_code or document.place or document.id

    def _clause(self, clause: DraftClause, reading: Reading, wording: Wording) -> ClauseAnswer:
        links = [(c, confidence) for c, confidence in _links(reading) if confidence >= _LEAST_LINK]
        topics = tuple(concept.label for concept, _ in links if concept.group != WRITING)
        if clause.heading:
            return ClauseAnswer(clause, topics, (), HEADING)
        if _is_frame(clause, wording):
            return ClauseAnswer(clause, topics, (), FRAME)
        ranking = self._finder.rank(reading, Filters(), "hybrid", _LOOKED_AT, 0)
        explainer = Explainer(reading, self._topics)
        asked = _Asked(
            self._embedder.encode([fold(clause.text)])[0],
            {gram: self._rarity.of(gram) for gram in _telling(clause.text)},
            dict(links),
        )
        made: dict[str, Precedent] = {}
        for found in ranking.page:
            one = self._nearest(found, asked, explainer)
            if one is not None and one.score > (made[key].score if (key := one.evidence.document_id) in made else 0):
                made[key] = one
        best = sorted(made.values(), key=lambda one: -one.score)
        kept = [one for one in best if one.score >= max(_LEAST, _NEAR_BEST * best[0].score)][:PER_CLAUSE]
        return ClauseAnswer(clause, topics, tuple(kept), "" if kept else NOTHING)

    def _nearest(self, found: Found, asked: "_Asked", explainer: Explainer) -> Precedent | None:
        """The sentence of a passage that is nearest to a clause; None where the passage was removed since."""
        passage, document = self._catalogue.passage(found.row), self._catalogue.of(found.row)
        if passage is None:
            return None
        pieces, vectors = self._sentences(found.row)
        cosines = vectors @ asked.vector
        scores = [
            asked.nearness(squeeze(text), float(cosine)) for (*_, text), cosine in zip(pieces, cosines, strict=True)
        ]
        best = int(np.argmax(scores))
        start, end, text = pieces[best]
        sentence = replace(passage, text=text, start=passage.start + start, end=passage.start + end)
        guessed = self._guesses.get(document.id, frozenset())
        return Precedent(
            self._evidence(passage, start, end, explainer.highlights(sentence)),
            document.place,
            document.date,
            explainer.why(replace(sentence, headings=()), document, float(cosines[best])),
            round(scores[best], 3),
            tuple(name for name in ("place", "date") if name in guessed),
        )

    def _read_sentences(self, row: int) -> tuple[list[tuple[int, int, str]], Floats]:
        """The sentences of a passage with their places in it, and their vectors."""
        passage = self._catalogue.passage(row)
        text = passage.text if passage else ""
        spans = [part for span in sentences(text) for part in _items(text, *span)] or [(0, len(text))]
        pieces = [(start, end, text[start:end]) for start, end in spans]
        return pieces, self._embedder.encode([fold(piece) for _, _, piece in pieces])

    def _evidence(self, passage: Passage, start: int, end: int, marks: Sequence[Span]) -> Evidence:
        text = passage.text[start:end]
        return Evidence(
            text,
            tuple(text[figure.start : figure.end] for figure in find_figures(text)),
            passage.document_id,
            self._titles[passage.document_id],
            passage.id,
            passage.start + start,
            passage.start + end,
            tuple(marks),
            self._doubts.within(passage.document_id, passage.start + start, passage.start + end),
        )


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a clause asks for: its vector, what its pairs of characters tell, its topics with their confidence."""

    vector: Floats
    weights: Mapping[str, float]
    topics: Mapping[Concept, float]

    def nearness(self, text: str, cosine: float) -> float:
        """How near a squeezed sentence is, 0..1."""
        held = sum(weight for gram, weight in self.weights.items() if gram in text)
        share = held / (sum(self.weights.values()) or 1.0)
        sure = sum(self.topics.values())
        named = sum(c for concept, c in self.topics.items() if any(label in text for label in official(concept)))
        # A topic counts for as much as it is sure that the clause is about it.
        weight = min(max(self.topics.values(), default=0.0) / _SURE, 1.0)
        about = named / sure if sure else 0.0
        return (share + weight * about + max(cosine, 0.0)) / (2 + weight)


def _telling(text: str) -> Iterator[str]:
    """The pairs of characters of a clause, without figures."""
    return (gram for gram in dict.fromkeys(content_grams(text)) if len(gram) == 2 and not gram.isascii())


def _items(text: str, start: int, end: int) -> Iterator[Span]:
    """A sentence, or the items between semicolons of a long one."""
    begun = start
    for match in _SEMICOLONS.finditer(text, start, end) if end - start > _LONG else ():
        yield begun, match.end()
        begun = match.end()
    if begun < end:
        yield begun, end


def _texts(store: Store) -> Iterator[str]:
    return (squeeze(passage.text) for passage in store.shown(Passage))


def _links(reading: Reading) -> list[tuple[Concept, float]]:
    """The topics of a clause; of a long one those of its parts."""
    found: dict[Concept, float] = {}
    for concept, confidence in (*reading.links, *(link for part in reading.clauses for link in part.links)):
        found[concept] = max(found.get(concept, 0.0), confidence)
    return sorted(found.items(), key=lambda link: -link[1])


def _is_frame(clause: DraftClause, wording: Wording) -> bool:
    """True for a clause that says nothing of its own: frames and set phrases, without a figure."""
    if find_figures(clause.text):
        return False
    frames = [match.span() for match in _FRAME.finditer(clause.text)]
    said = wording.own_characters(clause, frames)
    return said < _LEAST_SAID or said < _LEAST_SHARE_SAID * len(squeeze(clause.text))


def _says_nothing(answer: ClauseAnswer) -> bool:
    return answer.note in (HEADING, FRAME)

"""Precedents for a draft: for the whole of it and clause by clause, what it lacks, and where it is too close to a source.

Passages for a clause are ranked as for any query; of each the sentence is taken that is nearest to the clause
(``search.nearest``).
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from corpus import streams
from corpus.doubts import Doubts
from corpus.lexicon import WRITING, Concept
from corpus.model import Claim, Passage
from corpus.said import concepts_within
from corpus.store import Store
from graph.figures import find_figures
from search import fingerprints, rarity
from search.analyzer import squeeze
from search.answers import Evidence, Filters, SearchAnswer, Span
from search.concepts import ConceptIndex
from search.draft import MOST_CLAUSES, DraftClause, read_draft
from search.embedders import Embedder
from search.explain import Explainer
from search.finder import Finder
from search.fingerprints import Fingerprints
from search.lacking import Lack, Peers, focuses
from search.nearest import Asked, Near, Nearest
from search.overlap import Overlap, Sources
from search.own_words import Wording
from search.places import Sample
from search.rarity import Rarity
from search.reading import Reader, Reading
from search.segments import Layout

Floats = NDArray[np.float32]

_FORMAT = "2"  # raised whenever the cache's content changes meaning
PER_CLAUSE = 3
_LOOKED_AT = 8  # passages ranked for a clause
_LEAST = 0.4  # nearness at which a sentence is a precedent
_NEAR_BEST = 0.6  # share of the best one's nearness that the others need
_LEAST_SAID, _LEAST_SHARE_SAID = 8, 0.25  # what a clause without figures must say of its own: characters, share of it
_MAY_BE_SOURCE = 0.8  # cosine from which a precedent may be what a clause was written from
_LEAST_LINK = 0.3  # confidence from which a clause's topic counts
HEADING, FRAME, NOTHING = "标题，不单独找先例", "套话，不必找先例", "没有足够相近的句子"
# How reports frame what they tell: guided by, led by, in the spirit of; addressing; vowing.
_FRAME = re.compile(
    r"(?:坚持|始终)?以[^，。；]{4,40}为(?:指导|指引|遵循|引领|统领|契机|己任|主线)(?:思想)?|"
    r"在[^，。；]{2,40}(?:领导|指导|关心支持|部署要求|引领|指引)下|"
    r"(?:深入|认真|全面){0,3}学习(?:宣传)?贯彻(?:落实)?[^，。；]{0,50}(?:精神|思想|论述|批示)|(?:全面|认真){0,3}贯彻落?实?[^，。；]{0,30}"
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


def kept_fingerprints(store: Store, layout: Layout) -> Fingerprints:
    """The wording of the passages of a library, made where it is missing."""
    folders = layout.folders(
        "fingerprints",
        _FORMAT,
        lambda folder, segment, _: fingerprints.build(folder, _texts(store, segment.documents)),
    )
    return Fingerprints(folders, [segment.start for segment in layout.segments], layout.alive)


def kept_rarity(store: Store, layout: Layout) -> Rarity:
    """How rare pairs of characters are in a library: in its first segment, by far the largest."""
    first = layout.segments[0].documents
    return Rarity(layout.first("rarity", _FORMAT, lambda folder: rarity.build(folder, _texts(store, first))))


class Precedents:
    """Precedents from one generation of a library."""

    def __init__(
        self,
        store: Store,
        layout: Layout,
        finder: Finder,
        reader: Reader,
        topics: ConceptIndex,
        counted: Mapping[str, Sequence[Concept]],
        doubts: Doubts,
        guesses: Mapping[str, frozenset[str]],
        embedder: Embedder,
        places: Callable[[str], Sample],
    ) -> None:
        """``counted`` maps a prefLabel of the lexicon to its topics; ``places`` is
        ``PlaceFinder.sample``."""
        self._finder, self._reader, self._topics = finder, reader, topics
        self._catalogue = finder.catalogue
        self._doubts = doubts
        self._guesses = guesses
        self._titles = {document.id: document.title for document in self._catalogue.documents}
        self._fingerprints = finder.known(kept_fingerprints(store, layout), store, layout)
        self._nearest = Nearest(self._catalogue, kept_rarity(store, layout), embedder)
        self._store = store
        self._counted = counted
        self._sources = Sources(self._catalogue.passage, self._catalogue.of, self._evidence)
        self._peers = Peers(topics, places, self._named, lambda: self._shares)

    @cached_property
    def _shares(self) -> dict[str, float]:
        """Topic → share of the passages that name it."""
        rows = self._store.query("SELECT concept, count(DISTINCT passage_id) FROM concept_mention GROUP BY concept")
        shares: dict[str, float] = defaultdict(float)
        for label, count in rows:
            for topic in self._counted.get(label, ()):
                shares[topic.label] = min(shares[topic.label] + count / self._catalogue.total, 1.0)
        return shares

    def answer(self, text: str, search: SearchAnswer) -> PrecedentAnswer:
        """What a writer of ``text`` is told; ``search`` has the passages for the whole."""
        clauses = read_draft(text)
        notes: tuple[str, ...] = ()
        if len(clauses) > MOST_CLAUSES:
            notes = (f"草稿分出 {len(clauses)} 句，逐句只看了前 {MOST_CLAUSES} 句。",)
            clauses = clauses[:MOST_CLAUSES]
        wording = Wording(text, self._fingerprints, self._owner, self._topics.standing)
        asked = self._asked(clauses, wording)
        keys = [squeeze(clause.text) for clause in clauses]
        looked_up = [Asked(one.reading.query, dict(one.links), one.rows) for one in asked.values()]
        near = dict(zip(asked, self._nearest.best(looked_up), strict=True))
        answers = [self._clause(clause, asked[key], near[key]) for clause, key in zip(clauses, keys, strict=True)]
        likely = {
            clause.number: [one.row for one in near[key] if one.cosine >= _MAY_BE_SOURCE][:1]
            for clause, key in zip(clauses, keys, strict=True)
        }
        telling = {
            clause: asked[key].reading.links for clause, key in zip(clauses, keys, strict=True) if not asked[key].note
        }
        return PrecedentAnswer(
            text,
            tuple(answers),
            tuple(self._peers.lacks(clauses, focuses(telling, self._topics))),
            tuple(self._sources.overlaps(clauses, wording, likely)),
            search,
            notes,
        )

    def _named(self, claim: Claim) -> list[tuple[Concept, Span]]:
        """The topics that a sentence names, and where in it."""
        return [
            (topic, (start - claim.start, end - claim.start))
            for concept, start, end in concepts_within(self._store, claim.document_id, claim.start, claim.end)
            for topic in self._counted.get(concept, ())
        ]

    def _owner(self, row: int) -> str:
        document = self._catalogue.of(row)
        return document.place_code or document.place or document.id

    def _asked(self, clauses: Iterable[DraftClause], wording: Wording) -> "dict[str, _Question]":
        """What the clauses ask for, by their squeezed text: what stands in a draft twice is asked once."""
        asked: dict[str, _Question] = {}
        for clause in clauses:
            key = squeeze(clause.text)
            if key not in asked:
                note = HEADING if clause.heading else FRAME if _is_frame(clause, wording) else ""
                reading = self._reader.clause(clause.text)
                rows: tuple[int, ...] = ()
                if not note:
                    ranking = self._finder.rank(reading, Filters(), "hybrid", _LOOKED_AT, 0)
                    rows = tuple(found.row for found in ranking.page)
                asked[key] = _Question(reading, rows, note)
        return asked

    def _clause(self, clause: DraftClause, question: "_Question", near: Sequence[Near]) -> ClauseAnswer:
        topics = tuple(concept.label for concept, _ in question.links if concept.group != WRITING)
        if question.note:
            return ClauseAnswer(clause, topics, (), question.note)
        best: dict[str, Near] = {}
        for one in near:
            best.setdefault(self._catalogue.of(one.row).id, one)
        least = max(_LEAST, _NEAR_BEST * near[0].score) if near else 0.0
        kept = [one for one in best.values() if one.score >= least][:PER_CLAUSE]
        explainer = Explainer(question.reading, self._topics)
        precedents = tuple(self._precedent(one, explainer) for one in kept)
        return ClauseAnswer(clause, topics, precedents, "" if kept else NOTHING)

    def _precedent(self, near: Near, explainer: Explainer) -> Precedent:
        document, passage = self._catalogue.of(near.row), near.passage
        text = passage.text[near.start : near.end]
        start = passage.start + near.start
        sentence = replace(passage, text=text, start=start, end=start + len(text), headings=())
        guessed = self._guesses.get(document.id, frozenset())
        return Precedent(
            self._evidence(passage, near.start, near.end, explainer.highlights(sentence)),
            document.place,
            document.date,
            explainer.why(sentence, document, near.cosine),
            round(near.score, 3),
            tuple(name for name in ("place", "date") if name in guessed),
        )

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
class _Question:
    """A clause as it is looked up; ``note`` says why it isn't."""

    reading: Reading
    rows: tuple[int, ...]
    note: str

    @property
    def links(self) -> list[tuple[Concept, float]]:
        """The topics that the clause is surely about."""
        return [(concept, confidence) for concept, confidence in self.reading.links if confidence >= _LEAST_LINK]


def _texts(store: Store, documents: Iterable[str]) -> Iterator[str]:
    return map(squeeze, streams.texts(store, documents))


def _is_frame(clause: DraftClause, wording: Wording) -> bool:
    """True for a clause that says nothing of its own: frames and set phrases, without a figure."""
    if find_figures(clause.text):
        return False
    frames = [match.span() for match in _FRAME.finditer(clause.text)]
    said, whole = wording.own_characters(clause, frames), len(squeeze(clause.text))
    return said < whole and (said < _LEAST_SAID or said < _LEAST_SHARE_SAID * whole)

"""From a reading to ranked passages: asks the three indexes, fuses what they say."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from corpus import streams
from corpus.lexicon import Concept, lexicon
from corpus.model import digest
from corpus.store import Store
from search import lexical, mentions, ranking, tokens, vectors
from search.analyzer import fold, squeeze, stands
from search.answers import Filters, Mode
from search.cache import Cache
from search.catalogue import Catalogue
from search.concepts import ConceptIndex, has_chinese
from search.embedders import BUNDLED, Embedder, StaticEmbedder, remembering, static
from search.fingerprints import Fingerprints
from search.ranking import Evidence, Weights
from search.reading import Reading
from search.register import Mask, conditions_of
from search.rerank import LOOKED_AT, Reranker, mixed
from search.segments import Layout, Segment

_CANDIDATES = 300  # asked of each index
_LOOKED_AT = 50  # candidates that are looked at closer: their words, their text
_BY_WORDS = 10  # so many among them hold the most of the query's words, whatever else speaks for the others
_COMPANY = 3  # passages found first whose words speak for the others
_LEAD = 4  # power of its score by which each of them counts: one far ahead speaks almost alone
_MOST_VERIFIED = 500  # passages that are read to see whether they hold a phrase
_MOST_REQUIRED = 2000  # passages with a required phrase that are found whatever else speaks for them
_LEAST_ALIKE = 0.25  # share of a passage's likeness to itself from which another is like it
_REMEMBERED = 64  # phrases whose rows are kept
_FORMAT = "3"  # raised whenever a cache's content changes meaning

Rows = NDArray[np.int64]
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Found:
    """A ranked passage: its row, its score and what it is made of (arrays of one), and rows of near copies.

    ``leading``: it was among the first found, by whose words the others were measured, so being like them says nothing.
    """

    row: int
    score: float
    evidence: Evidence
    copies: tuple[int, ...] = ()
    leading: bool = False


@dataclass(frozen=True, slots=True)
class Ranking:
    """All rows that count as found, best first, and the asked-for page of them; ``more``: others come after it.

    ``wide`` are the rows that the query finds whatever the conditions, of which each condition keeps some; ``complete``:
    these are all there are, else only the likeliest were looked at.
    """

    rows: Rows
    page: tuple[Found, ...]
    wide: Rows
    complete: bool = True
    more: bool = False


@dataclass(frozen=True, slots=True)
class _Gathered:
    """What counts as found, best first, with the score that it needed; ``complete``: nothing else can have it."""

    evidence: Evidence
    least: float
    complete: bool


def kept_tokens(store: Store, layout: Layout, embedder: Embedder) -> tokens.TokenIndex:
    """The words of the passages of a library, made where they are missing."""
    # Models that read whole sentences have no vectors of words: the bundled one serves beside them.
    worded = static(embedder) or StaticEmbedder(BUNDLED)
    folders = layout.folders(
        "tokens",
        f"{_FORMAT}.{worded.id}",
        lambda folder, segment, before: tokens.build(folder, streams.texts(store, segment.documents), worded, before),
    )
    return tokens.TokenIndex(folders, worded)


def kept_vectors(store: Store, layout: Layout, embedder: Embedder) -> vectors.VectorIndex:
    """What the passages of a library mean, made where it is missing."""

    def build(folder: Path, segment: Segment, _: Sequence[Path]) -> None:
        with remembering(embedder) as encoder:
            vectors.build(folder, streams.texts(store, segment.documents), encoder)

    folders = layout.folders("vectors", f"{_FORMAT}.{embedder.id}", build)
    return vectors.VectorIndex(folders, [segment.start for segment in layout.segments], layout.alive)


class Finder:
    """The indexes of a library at one generation."""

    def __init__(
        self,
        store: Store,
        cache: Cache,
        layout: Layout,
        concepts: ConceptIndex,
        counted: Mapping[str, Sequence[Concept]],
        embedder: Embedder,
        reranker: Reranker | None = None,
        before: "Finder | None" = None,
    ) -> None:
        """``concepts`` are the topics that queries mean; ``counted`` maps a prefLabel of the lexicon to its topics. What is
        the same is taken over from the finder ``before``."""
        self.catalogue: Catalogue = Catalogue(store, layout, before.catalogue if before else None)
        self._concepts = concepts
        self._counted = counted
        self._embedder = embedder
        self._reranker = reranker
        starts, alive = [segment.start for segment in layout.segments], layout.alive
        self._lexical = lexical.LexicalIndex(lexical.kept(cache, layout, store))
        self._of_lexicon = mentions.MentionIndex(self._told_of(layout, store), len(concepts.concepts), starts, alive)
        self._mentions = self._of_lexicon
        self._share_with_concepts = self._mentions.share(len(self.catalogue))
        self._vectors = kept_vectors(store, layout, embedder)
        self._tokens = kept_tokens(store, layout, embedder)
        self._standing = lru_cache(_REMEMBERED)(self._rows_holding)

    def with_concepts(self, concepts: ConceptIndex, further: Mapping[int, Sequence[mentions.Wording]]) -> Self:
        """The same indexes for queries that are read with other concepts: those of the lexicon in their order, then those
        whose mentions are ``further``."""
        other = copy(self)
        other._concepts = concepts
        other._mentions = self._of_lexicon.joined(further, len(concepts.concepts), len(self.catalogue))
        other._share_with_concepts = other._mentions.share(len(self.catalogue))
        return other

    @property
    def lexical(self) -> lexical.LexicalIndex:
        """Which passages hold words."""
        return self._lexical

    @property
    def vectors(self) -> vectors.VectorIndex:
        """Which passages mean something like a text."""
        return self._vectors

    @property
    def words(self) -> tokens.TokenIndex:
        """The words of every passage."""
        return self._tokens

    def known(self, fingerprints: Fingerprints, store: Store, layout: Layout) -> Fingerprints:
        """The fingerprints of the library with the rows that are known here: they are the same."""
        return fingerprints

    @property
    def attested(self) -> NDArray[np.bool_]:
        """(topics,) which of them some passage of the library speaks of."""
        return self._mentions.attested

    def _told_of(self, layout: Layout, store: Store) -> list[Path]:
        """Where it is kept which passages speak of what."""
        return layout.folders(
            "concepts",
            f"{_FORMAT}.{_lexicon_mark()}",
            lambda folder, segment, before: mentions.build(
                folder, self._wordings(store, segment.documents), segment.start + segment.rows, before
            ),
        )

    def _wordings(self, store: Store, documents: Iterable[str]) -> Iterator[tuple[int, list[mentions.Wording]]]:
        """Every row of some documents with the wordings in it that stand for topics."""
        row = 0
        squeezed = lru_cache(1 << 16)(squeeze)
        number = lru_cache(None)(
            lambda concept: [self._concepts.number(topic) for topic in self._counted.get(concept, ())]
        )
        for spoken in streams.spoken(store, documents):
            held: dict[str, list[mentions.Wording]] = {passage: [] for passage in spoken.passages}
            for passage, concept, words in spoken.mentions:
                if passage in held:
                    held[passage] += [(squeezed(words), topic) for topic in number(concept)]
            yield from enumerate(held.values(), row)
            row += len(held)

    def rank(
        self,
        reading: Reading,
        filters: Filters,
        mode: Mode,
        wanted: int,
        offset: int,
        weights: Weights | None = None,
        diverse: bool = False,
        newest: bool = False,
    ) -> Ranking:
        """The passages for a query: ``wanted`` of them from ``offset`` on, near copies joined.

        ``diverse``: no document has a second passage before all others that were found have one. ``newest``: those of the
        latest documents first, those without a date last.
        """
        if not reading.query:
            return self._listed(filters, reading, wanted, offset, newest)
        weights = ranking.for_library(ranking.for_mode(weights or Weights(), mode), self._share_with_concepts)
        # Words alone score low where a question is told in others, and no chance likeness is among them.
        least = None if not reading.required and mode != "lexical" else -np.inf
        wide = self._named(self._gathered(reading, Filters(), weights, least), reading, weights)
        evidence = wide.evidence
        if filters != Filters():
            evidence = self._within(wide, reading, filters, weights, least)
        extra = self._conditions_met(evidence.rows, reading.found, weights)
        evidence, extra, leading = self._looked_closer(evidence, extra, reading, weights)
        scores = ranking.score(evidence, weights) + extra
        order = self._reranked(reading, evidence.rows, scores, np.argsort(-scores, kind="stable").tolist())
        if weights.phrase:
            order = self._verbatim_first(reading, evidence.rows, scores, order)
        if newest:
            order = self._newest_first(order, evidence.rows)
        if diverse:
            order = ranking.taking_turns(order, lambda i: int(self.catalogue.document[evidence.rows[i]]))
        kept = self._apart(order, evidence.rows, offset + wanted + 1)
        page = tuple(
            Found(
                int(evidence.rows[i]),
                float(scores[i]),
                evidence.at(i),
                tuple(int(evidence.rows[c]) for c in copies),
                i in leading,
            )
            for i, copies in kept[offset : offset + wanted]
        )
        rows = evidence.rows[np.array(order, np.int64)]
        return Ranking(rows, page, wide.evidence.rows, wide.complete, len(kept) > offset + wanted)

    def _gathered(self, reading: Reading, filters: Filters, weights: Weights, least: float | None) -> "_Gathered":
        """What counts as found with these conditions, best first; ``least`` is the score it needs, None for that which
        the best one sets."""
        evidence, unseen = self._evidence(reading, filters, weights)
        scores = ranking.score(evidence, weights) + self._conditions_met(evidence.rows, reading.found, weights)
        least = ranking.floor(scores) if least is None else least
        found = ranking.best_first(evidence.rows, scores, least)
        return _Gathered(evidence.of(found), least, unseen < max(least, 0))

    def _named(self, wide: "_Gathered", reading: Reading, weights: Weights) -> "_Gathered":
        """The same with what meets a condition that the query names: the best of a large library may have left no room for
        it among the candidates."""
        evidence = wide.evidence
        if wide.complete or not len(evidence.rows):
            return wide
        # How near these are in meaning would take longest to find out: as near as what was found last, at most.
        near = evidence.dense.min()
        least = wide.least - weights.dense * float(near)
        for condition in conditions_of(replace(reading.found, status="")):
            found = self._gathered(reading, condition, replace(weights, dense=0.0), least).evidence
            evidence = ranking.joined(evidence, replace(found, dense=np.full(len(found.rows), near)))
        scores = ranking.score(evidence, weights) + self._conditions_met(evidence.rows, reading.found, weights)
        return replace(wide, evidence=evidence.of(ranking.best_first(evidence.rows, scores, wide.least)))

    def _within(
        self, wide: "_Gathered", reading: Reading, filters: Filters, weights: Weights, least: float | None
    ) -> Evidence:
        """What of all that was found meets the conditions, so that a condition only ever takes away; where none does, the
        nearest that meets them."""
        inside = self.catalogue.meeting(filters, wide.evidence.rows)
        if not inside.any():
            return self._gathered(reading, filters, weights, least).evidence
        evidence = wide.evidence.of(np.flatnonzero(inside).tolist())
        if wide.complete:
            return evidence
        # The best of a large library left no room for these among the candidates.
        evidence = ranking.joined(evidence, self._gathered(reading, filters, weights, wide.least).evidence)
        scores = ranking.score(evidence, weights) + self._conditions_met(evidence.rows, reading.found, weights)
        return evidence.of(ranking.best_first(evidence.rows, scores))

    def _newest_first(self, order: Sequence[int], rows: Rows) -> list[int]:
        """The same places, those of the latest documents first; within a date the best first."""
        found: list[int] = np.array(order, np.int64)[self.catalogue.newest_first(rows[order])].tolist()
        return found

    def like(self, reading: Reading, apart: Collection[str], wanted: int) -> tuple[Found, ...]:
        """At most ``wanted`` passages of documents other than those with the ids ``apart`` that are like a text, best
        first, near copies joined: those with at least a fixed share of the best score there is, its own where the text
        is a passage of the library."""
        weights = ranking.for_library(Weights(), self._share_with_concepts)
        evidence, _ = self._evidence(reading, Filters(), weights)
        extra = np.zeros(len(evidence.rows), np.float32)
        scores = ranking.score(evidence, weights)
        found = ranking.best_first(evidence.rows, scores, ranking.floor(scores))
        evidence, extra, _ = self._looked_closer(evidence.of(found), extra[found], reading, weights)
        scores = ranking.score(evidence, weights) + extra
        if not len(scores):
            return ()
        least = _LEAST_ALIKE * float(scores.max())
        order = (i for i in np.argsort(-scores, kind="stable").tolist() if scores[i] >= least)
        others = (i for i in order if self.catalogue.of(int(evidence.rows[i])).id not in apart)
        return tuple(
            Found(
                int(evidence.rows[i]),
                float(scores[i]),
                evidence.at(i),
                tuple(int(evidence.rows[c]) for c in copies),
            )
            for i, copies in self._apart(others, evidence.rows, wanted)
        )

    def _listed(self, filters: Filters, reading: Reading, wanted: int, offset: int, newest: bool) -> Ranking:
        """What conditions alone ask for: all that meets them, in reading order."""
        nothing = np.empty(0, np.int64)
        if filters == Filters():
            return Ranking(nothing, (), nothing)
        everything = np.arange(len(self.catalogue))
        wide, rows = (
            self.catalogue.read_in_order(everything if mask is None else np.flatnonzero(mask))
            for mask in (self._kept(reading, Filters()), self._kept(reading, filters))
        )
        if newest:
            rows = rows[self.catalogue.newest_first(rows)]
        page = tuple(Found(row, 0.0, ranking.nothing_known(row)) for row in rows[offset : offset + wanted].tolist())
        return Ranking(rows, page, wide, more=len(rows) > offset + wanted)

    def _reranked(self, reading: Reading, rows: Rows, scores: Floats, order: list[int]) -> list[int]:
        """The order after a second look at its first candidates, whose ``scores`` are changed; all others come after."""
        if self._reranker is None or not order:
            return order
        first = order[:LOOKED_AT]
        found = (self.catalogue.passage(int(rows[i])) for i in first)
        texts = [passage.text if passage else "" for passage in found]
        scores[first] = mixed(scores[first], self._reranker.scores(reading.query, texts))
        return sorted(first, key=lambda i: (-scores[i], rows[i])) + order[LOOKED_AT:]

    def _verbatim_first(self, reading: Reading, rows: Rows, scores: Floats, order: list[int]) -> list[int]:
        """The same order, but those of the first in which the whole query stands word for word come before the others:
        their ``scores`` are raised above theirs, all by as much."""
        whole = squeeze(reading.query)
        if reading.long or len(whole) < 2:
            return order
        first = order[:_LOOKED_AT]
        self.catalogue.fetch(rows[first].tolist())
        holding = [i for i in first if stands(whole, self.catalogue.squeezed(int(rows[i])))]
        others = [i for i in first if i not in holding]
        if holding and others:
            scores[holding] += max(float(scores[others].max()) - float(scores[holding].min()), 0)
        return holding + others + order[_LOOKED_AT:]

    def _apart(self, order: Iterable[int], rows: Rows, wanted: int) -> list[tuple[int, list[int]]]:
        return ranking.collapse(order, lambda i: self.catalogue.clauses(int(rows[i])), wanted)

    def _looked_closer(
        self, evidence: Evidence, extra: Floats, reading: Reading, weights: Weights
    ) -> tuple[Evidence, Floats, frozenset[int]]:
        """The candidates, best first, with what takes longer to find out, about the first of them; their extras; and which
        of them led the company."""
        leading = frozenset[int]()
        order = ranking.brought_forward(evidence.lexical, _BY_WORDS, _LOOKED_AT)
        evidence, extra = evidence.of(order), extra[order]
        rows = evidence.rows[:_LOOKED_AT]
        self.catalogue.fetch(rows.tolist())
        if weights.nearness:
            evidence = evidence.knowing(nearness=self._tokens.nearness(reading.subject, rows))
        if weights.likeness and reading.long:
            evidence = evidence.knowing(likeness=self._tokens.likeness(reading.query, rows))
        extra = extra + self._extras(evidence.rows, rows, reading, weights)
        if weights.company:
            scores = (ranking.score(evidence, weights) + extra)[: len(rows)]
            first = [i for i, _ in self._apart(np.argsort(-scores, kind="stable"), rows, _COMPANY)]
            if first:
                leading = frozenset(first)
                evidence = evidence.knowing(company=self._tokens.company(rows[first], scores[first] ** _LEAD, rows))
        return evidence, extra, leading

    def _evidence(self, reading: Reading, filters: Filters, weights: Weights) -> tuple[Evidence, float]:
        """The candidates, and the most that speaks for a passage that is none of them."""
        phrases = bool(reading.required or reading.excluded)
        kept = self._kept(reading, filters) if phrases or (weights.dense and filters != Filters()) else None
        by_word = by_concept = by_meaning = (np.empty(0, np.int64), np.empty(0, np.float32))
        if weights.lexical:
            documents = self.catalogue.firsts(filters)
            by_word = self._lexical.search(reading.query, _CANDIDATES, documents, filters.status, reading.required)
            if kept is not None:
                by_word = ranking.those(kept[by_word[0]], by_word)
        if weights.concept:
            by_concept = self._concept_scores(reading)
            if kept is not None:
                by_concept = ranking.those(kept[by_concept[0]], by_concept)
            elif filters != Filters():
                by_concept = ranking.those(self.catalogue.meeting(filters, by_concept[0]), by_concept)
        if weights.dense and has_chinese(reading.subject):
            by_meaning = self._vectors.search(self._vector(reading.subject), _CANDIDATES, kept)
        evidence = ranking.gather(by_word, by_concept, by_meaning, _CANDIDATES, len(self.catalogue) <= _CANDIDATES)
        if reading.required and kept is not None:
            holding = np.flatnonzero(kept)
            return ranking.widened(evidence, holding[:_MOST_REQUIRED]), 0.0 if len(holding) > _MOST_REQUIRED else -1.0
        unseen = ranking.unseen(by_word, by_concept, by_meaning, weights, _CANDIDATES)
        given = len(conditions_of(reading.found)) if unseen > 0 else 0
        return evidence, unseen + given * weights.condition

    def _rows_holding(self, phrase: str) -> Rows:
        """Rows whose text or headings hold a phrase. Of one in very many passages the grams decide."""
        rows = self._lexical.holding(phrase)
        wanted = squeeze(phrase)
        if len(rows) > _MOST_VERIFIED or len(wanted) <= 2:
            return rows
        self.catalogue.fetch(rows.tolist())
        return np.array([row for row in rows if wanted in self.catalogue.whole(int(row))], np.int64)

    def knows(self, gram: str) -> bool:
        """True where a gram stands in a passage or its headings."""
        return self._lexical.knows(gram)

    def holds(self, phrase: str) -> bool:
        """True where a phrase stands in a passage or its headings."""
        return bool(len(self._standing(phrase)))

    def _kept(self, reading: Reading, filters: Filters) -> Mask | None:
        """(rows,) True for those that meet the filters, hold what is required and nothing excluded; None for all."""
        kept = self.catalogue.kept(filters)
        if not reading.required and not reading.excluded:
            return kept
        kept = np.ones(len(self.catalogue), np.bool_) if kept is None else kept.copy()
        for phrase in reading.required:
            holding = np.zeros(len(kept), np.bool_)
            holding[self._standing(phrase)] = True
            kept &= holding
        for phrase in reading.excluded:
            kept[self._standing(phrase)] = False
        return kept

    def _concept_scores(self, reading: Reading) -> ranking.Scored:
        """(rows, how much they speak of what the query means, 0..1), rows ascending."""
        length = sum(len(clause.text) for clause in reading.clauses) if reading.long else 1
        told = (
            [(one.links, len(one.text) / length) for one in reading.clauses] if reading.long else [(reading.links, 1.0)]
        )
        weighed = [
            (self._concepts.number(concept), share * confidence / sum(other for _, other in links))
            for links, share in told
            for concept, confidence in links
        ]
        return self._mentions.scores(weighed, len(self.catalogue))

    def _vector(self, text: str) -> Floats:
        vector: Floats = self._embedder.encode_queries([fold(text)])[0]
        return vector

    def _conditions_met(self, rows: Rows, found: Filters, weights: Weights) -> Floats:
        """(rows,) what the conditions that the query names add."""
        gain = np.zeros(len(rows), np.float32)
        for condition in conditions_of(found):
            gain[self.catalogue.meeting(replace(condition, status=""), rows)] += weights.condition
        return gain

    def _extras(self, rows: Rows, looked_at: Rows, reading: Reading, weights: Weights) -> Floats:
        """(rows,) what literal finds in the first of them add."""
        gain = np.zeros(len(rows), np.float32)
        phrases = [squeeze(phrase) for phrase in (*reading.phrases, reading.subject) if not reading.long]
        phrases = [phrase for phrase in phrases if len(phrase) > 1]
        numbers = [squeeze(number) for number in reading.numbers]
        if phrases or numbers:
            for i, row in enumerate(looked_at):
                gain[i] = ranking.extras(self.catalogue.squeezed(int(row)), phrases, numbers, weights)
        return gain

    def near_words(self, reading: Reading, rows: Iterable[int]) -> list[list[tuple[str, str]]]:
        """For each row: (word of the query, another word of the passage that means nearly the same), the surest first."""
        return self._tokens.near_words(reading.subject, rows)


def _lexicon_mark() -> str:
    """Changes with the lexicon's official labels and with what is part of what: the concept index is made of them."""
    return digest(*(label for concept in lexicon() for label in (*concept.official, "<", *concept.part_of)))

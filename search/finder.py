"""From a reading to ranked passages: asks the three indexes, fuses what they say."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.lexicon import Concept, lexicon
from corpus.model import ConceptMention, Document, Passage, digest
from corpus.store import Store
from search import lexical, mentions, ranking, vectors
from search.analyzer import fold, squeeze
from search.answers import Filters, Mode
from search.cache import Cache
from search.catalogue import Catalogue, Mask, conditions_of, meets
from search.concepts import ConceptIndex, has_chinese
from search.embedders import Embedder
from search.ranking import Evidence, Weights
from search.reading import Reading

_CANDIDATES = 300  # asked of each index
_MOST_RESCORED = 50  # candidates whose text is looked at for literal finds
_MOST_VERIFIED = 500  # passages that are read to see whether they hold a phrase
_MOST_REQUIRED = 2000  # passages with a required phrase that are found whatever else speaks for them
_REMEMBERED = 64  # phrases whose rows are kept
_FORMAT = "1"  # raised whenever a cache's content changes meaning

Rows = NDArray[np.int64]
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Found:
    """A ranked passage: its row, its score and what it is made of (each part 0..1), and rows of near copies."""

    row: int
    score: float
    concept: float
    dense: float
    copies: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Ranking:
    """All rows that count as found, best first, and the asked-for page of them."""

    rows: tuple[int, ...]
    page: tuple[Found, ...]


class Finder:
    """The indexes of a library at one generation."""

    def __init__(
        self,
        store: Store,
        cache: Cache,
        concepts: ConceptIndex,
        counted: Mapping[str, Sequence[Concept]],
        embedder: Embedder,
    ) -> None:
        """``concepts`` are the topics that queries mean; ``counted`` maps a prefLabel of the lexicon to its topics."""
        self.catalogue = Catalogue(store)
        self._concepts = concepts
        self._counted = counted
        self._embedder = embedder
        #: Changes with all that the indexes are made of.
        self.stamp = stamp = f"{_FORMAT}.{store.generation}.{self.catalogue.mark}.{_lexicon_mark()}"
        self._lexical = lexical.LexicalIndex(
            cache.get("lexical", stamp, lambda folder: self._build_lexical(folder, store))
        )
        self._mentions = mentions.MentionIndex(
            cache.get("concepts", stamp, lambda folder: self._build_mentions(folder, store)), len(concepts.concepts)
        )
        self._vectors = vectors.VectorIndex(
            cache.get("vectors", f"{stamp}.{embedder.id}", lambda folder: self._build_vectors(folder, store))
        )
        self._standing = lru_cache(_REMEMBERED)(self._rows_holding)

    def _build_lexical(self, folder: Path, store: Store) -> None:
        numbers, status = self.catalogue.document, self.catalogue.status
        entries = (
            lexical.Entry(row, int(numbers[row]), passage.text, passage.headings, status[row])
            for row, passage in enumerate(store.shown(Passage))
        )
        lexical.build(folder, entries)

    def _build_vectors(self, folder: Path, store: Store) -> None:
        vectors.build(folder, (passage.text for passage in store.shown(Passage)), self._embedder)

    def _build_mentions(self, folder: Path, store: Store) -> None:
        texts = {document.id: document.text for document in store.shown(Document)}
        rows = {passage: row for row, passage in enumerate(self.catalogue.ids)}
        wordings: dict[int, list[mentions.Wording]] = defaultdict(list)
        for mention in store.shown(ConceptMention):
            row = rows.get(mention.passage_id)
            if row is not None:
                label = squeeze(texts[mention.document_id][mention.start : mention.end])
                topics = self._counted.get(mention.concept, ())
                wordings[row] += [(label, self._concepts.number(topic)) for topic in topics]
        mentions.build(folder, wordings, len(self.catalogue))

    def rank(
        self, reading: Reading, filters: Filters, mode: Mode, wanted: int, offset: int, weights: Weights | None = None
    ) -> Ranking:
        """The passages for a query: ``wanted`` of them from ``offset`` on, near copies joined."""
        if not reading.query:
            return self._listed(filters, reading, wanted, offset)
        weights = ranking.for_mode(weights or Weights(), mode)
        evidence = self._evidence(reading, filters, weights)
        scores = ranking.score(evidence, weights)
        self._add_conditions(scores, evidence.rows, reading.found, weights)
        self._add_extras(scores, evidence.rows, reading, weights)
        order = ranking.best_first(evidence.rows, scores, least=not reading.required)
        kept = ranking.collapse(order, lambda i: self.catalogue.clauses(int(evidence.rows[i])), offset + wanted)
        page = tuple(
            Found(
                int(evidence.rows[i]),
                float(scores[i]),
                float(evidence.concept[i]),
                float(evidence.dense[i]),
                tuple(int(evidence.rows[c]) for c in copies),
            )
            for i, copies in kept[offset:]
        )
        return Ranking(tuple(int(evidence.rows[i]) for i in order), page)

    def _listed(self, filters: Filters, reading: Reading, wanted: int, offset: int) -> Ranking:
        """What conditions alone ask for: all that meets them, in reading order."""
        if filters == Filters():
            return Ranking((), ())
        kept = self._kept(reading, filters, self.catalogue.chosen(filters))
        rows = tuple(
            int(row) for row in np.flatnonzero(np.ones(len(self.catalogue), np.bool_) if kept is None else kept)
        )
        return Ranking(rows, tuple(Found(row, 0.0, 0.0, 0.0) for row in rows[offset : offset + wanted]))

    def _evidence(self, reading: Reading, filters: Filters, weights: Weights) -> Evidence:
        documents = self.catalogue.chosen(filters)
        kept = self._kept(reading, filters, documents)
        total = len(self.catalogue)
        by_word = (np.empty(0, np.int64), np.empty(0, np.float32))
        if weights.lexical:
            by_word = self._lexical.search(reading.query, _CANDIDATES, documents, filters.status, reading.required)
            if kept is not None:
                allowed = kept[by_word[0]]
                by_word = (by_word[0][allowed], by_word[1][allowed])
        by_concept = np.zeros(total, np.float32)
        by_meaning = (np.empty(0, np.int64), np.empty(0, np.float32))
        if weights.concept:
            by_concept = self._concept_scores(reading)
            if kept is not None:
                by_concept[~kept] = 0
        if weights.dense and has_chinese(reading.subject):
            by_meaning = self._vectors.search(self._vector(reading.subject), _CANDIDATES, kept)
        full = total <= _CANDIDATES
        evidence = ranking.gather(total, by_word, by_concept, by_meaning, _CANDIDATES, full)
        if reading.required and kept is not None:
            evidence = ranking.widened(evidence, np.flatnonzero(kept)[:_MOST_REQUIRED])
        return evidence

    def _rows_holding(self, phrase: str) -> Rows:
        """Rows whose text or headings hold a phrase. Of one in very many passages the grams decide."""
        rows = self._lexical.holding(phrase)
        wanted = squeeze(phrase)
        if len(rows) > _MOST_VERIFIED or len(wanted) <= 2:
            return rows
        return np.array([row for row in rows if wanted in self.catalogue.whole(int(row))], np.int64)

    def knows(self, gram: str) -> bool:
        """True where a gram stands in a passage or its headings."""
        return self._lexical.knows(gram)

    def holds(self, phrase: str) -> bool:
        """True where a phrase stands in a passage or its headings."""
        return bool(len(self._standing(phrase)))

    def _kept(self, reading: Reading, filters: Filters, documents: Sequence[int] | None) -> Mask | None:
        """(rows,) True for those that meet the filters, hold what is required and nothing excluded; None for all."""
        kept = self.catalogue.kept(documents, filters.status)
        if not reading.required and not reading.excluded:
            return kept
        kept = np.ones(len(self.catalogue), np.bool_) if kept is None else kept
        for phrase in reading.required:
            kept &= np.isin(np.arange(len(kept)), self._standing(phrase))
        for phrase in reading.excluded:
            kept[self._standing(phrase)] = False
        return kept

    def _concept_scores(self, reading: Reading) -> Floats:
        total = len(self.catalogue)
        if not reading.long:
            return self._mentions.scores(self._numbered(reading.links), total)
        out = np.zeros(total, np.float32)
        length = sum(len(clause.text) for clause in reading.clauses)
        for clause in reading.clauses:
            share = np.float32(len(clause.text) / length)
            out += share * self._mentions.scores(self._numbered(clause.links), total)
        return out

    def _numbered(self, links: Sequence[tuple[Concept, float]]) -> list[tuple[int, float]]:
        return [(self._concepts.number(concept), confidence) for concept, confidence in links]

    def _vector(self, text: str) -> Floats:
        vector: Floats = self._embedder.encode([fold(text)])[0]
        return vector

    def _add_conditions(self, scores: Floats, rows: Rows, found: Filters, weights: Weights) -> None:
        for condition in conditions_of(found):
            if condition != Filters():
                good = {i for i, document in enumerate(self.catalogue.documents) if meets(document, condition)}
                for i, row in enumerate(rows):
                    if int(self.catalogue.document[row]) in good:
                        scores[i] += weights.condition

    def _add_extras(self, scores: Floats, rows: Rows, reading: Reading, weights: Weights) -> None:
        phrases = [squeeze(phrase) for phrase in (*reading.phrases, reading.subject) if not reading.long]
        phrases = [phrase for phrase in phrases if len(phrase) > 1]
        numbers = [squeeze(number) for number in reading.numbers]
        if not phrases and not numbers:
            return
        for i in np.argsort(-scores, kind="stable")[:_MOST_RESCORED]:
            scores[i] += ranking.extras(self.catalogue.squeezed(int(rows[i])), phrases, numbers, weights)


def _lexicon_mark() -> str:
    """Changes with the lexicon's official labels and with what is part of what: the concept index is made of them."""
    return digest(*(label for concept in lexicon() for label in (*concept.official, "<", *concept.part_of)))

"""Ranking what a backend hands out, by the finder's own rules.

What a local finder reads from its indexes is worked out here for the candidates alone, from their words and wordings; what
takes the whole library (how rare a word is, how many passages there are) the backend tells.
"""

import math
import time
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from copy import copy
from functools import lru_cache
from typing import Self

import numpy as np
from numpy.typing import NDArray

from corpus.lexicon import Concept
from corpus.store import Store
from search import ranking
from search.analyzer import grams
from search.answers import Filters
from search.backends.interface import NOTHING, Backend, Ranked, Topic, Where
from search.backends.tokens import FewTokens, worded
from search.backends.working import MOST, Elsewhere, WorkingRows
from search.catalogue import Catalogue
from search.concepts import ConceptIndex, has_chinese
from search.embedders import Embedder
from search.finder import Finder, Found, Ranking
from search.fingerprints import Fingerprints
from search.mentions import Wording, saturated
from search.ranking import Evidence, Weights
from search.reading import Reading
from search.rerank import Reranker
from search.segments import Layout

_CANDIDATES = 300  # asked of each list
_LOOK_EVERY = 1.0  # seconds
_LISTED = 2000  # passages that conditions, or a required phrase, find by themselves
_REMEMBERED = 4096  # terms and labels whose spread is kept

Floats = NDArray[np.float32]


class BackendFinder(Finder):
    """Candidates from a backend, of the generation that it reads."""

    def __init__(
        self,
        backend: Backend,
        concepts: ConceptIndex,
        counted: Mapping[str, Sequence[Concept]],
        embedder: Embedder,
        reranker: Reranker | None = None,
    ) -> None:
        """As for ``Finder``."""
        self.backend = backend
        self._read = self._newest = backend.refresh()
        self._looked = time.monotonic()
        self.catalogue: WorkingRows = WorkingRows(backend)
        #: Changes with the generation that is read; what is made of the library beside it has its own.
        self.stamp = f"backend.{self._read}"
        self._embedder = embedder
        self._reranker = reranker
        self._counts = backend.counts()
        self._share_with_concepts = self._counts.speaking / max(self._counts.passages, 1)
        model = worded(embedder)
        spread = backend.spread("token", [str(token) for token in range(len(model.vectors))])
        self._tokens = FewTokens(  # type: ignore[assignment]  # answers what is asked of the index of all passages
            lambda row: self.catalogue.entry(row).passage.text, spread, self._counts.passages, model
        )
        self._rarity = lru_cache(_REMEMBERED)(self._rarest)
        self._standing = lru_cache(_REMEMBERED)(self._rows_holding)
        self._mean(concepts, counted)

    def _mean(self, concepts: ConceptIndex, counted: Mapping[str, Sequence[Concept]]) -> None:
        """Read queries with these topics."""
        self._concepts, self._counted = concepts, counted
        names: dict[int, set[str]] = {}
        for name, topics in counted.items():
            for topic in topics:
                names.setdefault(concepts.number(topic), set()).add(name)
        self._names = {number: frozenset(found) for number, found in names.items()}

    def with_concepts(self, concepts: ConceptIndex, further: Mapping[int, Sequence[Wording]]) -> Self:
        """The same for queries that are read with other concepts; of ``further`` nothing is known to the backend."""
        other = copy(self)
        other._concepts = concepts
        return other

    def known(self, fingerprints: Fingerprints, store: Store, layout: Layout) -> Fingerprints:
        """The same with rows of passages that were handed out."""
        return Elsewhere(fingerprints, Catalogue(store, layout).ids, self.catalogue)

    def behind(self) -> bool:
        """True where the backend holds another generation by now, or so many passages were handed out that they should
        be forgotten. The backend is asked at most once a second."""
        now = time.monotonic()
        if now - self._looked >= _LOOK_EVERY:
            self._looked = now
            self._newest = self.backend.generation
        return self._newest != self._read or len(self.catalogue) > MOST

    @property
    def attested(self) -> NDArray[np.bool_]:
        """(topics,) which of them some passage speaks of."""
        spoken = self.backend.concepts()
        total = len(self._concepts.concepts)
        return np.array([bool(self._names.get(n, frozenset()) & spoken) for n in range(total)], np.bool_)

    def knows(self, gram: str) -> bool:
        """True where a gram stands in a passage or its headings."""
        return any(self.backend.spread(field, [gram])[0] > 0 for field in ("text", "heading"))

    def _rows_holding(self, phrase: str) -> NDArray[np.int64]:
        """Rows that hold a phrase: as many of them as are looked at."""
        wanted = dict.fromkeys(grams(phrase))
        if not wanted or not all(map(self.knows, wanted)):
            return np.empty(0, np.int64)
        return self.catalogue.take(self.backend.matching(Where(holding=(phrase,)), _LISTED))

    def holds(self, phrase: str) -> bool:
        """True where a phrase stands in a passage or its headings."""
        wanted = dict.fromkeys(grams(phrase))
        known = bool(wanted) and all(map(self.knows, wanted))
        return known and bool(self.backend.matching(Where(holding=(phrase,)), 1))

    def _evidence(self, reading: Reading, filters: Filters, weights: Weights) -> tuple[Evidence, float]:
        """The candidates, and the most that speaks for a passage that is none of them."""
        where = Where(filters, tuple(reading.required), tuple(reading.excluded))
        by_word = by_concept = by_meaning = NOTHING
        if weights.lexical:
            by_word = self.backend.lexical(reading.query, _CANDIDATES, where)
        if weights.concept and (topics := self._topics(reading)):
            by_concept = self.backend.speaking(topics, _CANDIDATES, where)
        if weights.dense and has_chinese(reading.subject):
            by_meaning = self.backend.dense(self._vector(reading.subject), _CANDIDATES, where)
        required = self.backend.matching(where, _LISTED) if reading.required else []
        self.catalogue.take([*by_word.ids, *by_concept.ids, *by_meaning.ids, *required])
        candidates = np.sort(self.catalogue.rows(dict.fromkeys([*by_word.ids, *by_concept.ids, *by_meaning.ids])))
        amounts = np.array(
            [self._spoken(reading, int(row)) for row in candidates] if weights.concept else [], np.float32
        )
        spoken = (candidates[: len(amounts)], amounts)
        words, meaning = self._known(by_word), self._known(by_meaning)
        whole = self._counts.passages <= _CANDIDATES
        evidence = ranking.gather(words, spoken, meaning, len(candidates) or 1, whole)
        if required:
            return ranking.widened(evidence, self.catalogue.rows(required)), 0.0 if len(required) == _LISTED else -1.0
        unseen = ranking.unseen(words, spoken, meaning, weights, _CANDIDATES)
        return evidence, unseen + (weights.condition if unseen > 0 and reading.found != Filters() else 0)

    def _known(self, found: Ranked) -> tuple[NDArray[np.int64], Floats]:
        """Rows and scores; a passage that went in between is left out."""
        rows = self.catalogue.rows(found.ids)
        if len(rows) == len(found.ids):
            return rows, found.scores
        there = [bool(len(self.catalogue.rows([one]))) for one in found.ids]
        return rows, found.scores[np.array(there, np.bool_)]

    def _topics(self, reading: Reading) -> list[Topic]:
        """What a query means, all its clauses together."""
        found: defaultdict[frozenset[str], float] = defaultdict(float)
        for links, share in self._linked(reading):
            for concept, confidence in links:
                found[self._names.get(self._concepts.number(concept), frozenset())] += share * confidence
        return [Topic(names, weight) for names, weight in found.items() if names]

    def _linked(self, reading: Reading) -> list[tuple[Sequence[tuple[Concept, float]], float]]:
        """The topics of a query, or of each clause of a draft with its share of it."""
        if not reading.long:
            return [(reading.links, 1.0)]
        length = sum(len(clause.text) for clause in reading.clauses)
        return [(clause.links, len(clause.text) / length) for clause in reading.clauses]

    def _spoken(self, reading: Reading, row: int) -> float:
        """How much a passage speaks of what is asked, 0..1 (``search.mentions``)."""
        wordings = self.catalogue.entry(row).wordings
        total = 0.0
        for links, share in self._linked(reading):
            everything = sum(confidence for _, confidence in links)
            for concept, confidence in links:
                names = self._names.get(self._concepts.number(concept), frozenset())
                times = Counter[str]()
                for one in wordings:
                    if one.concept in names:
                        times[one.label] += one.times
                amount = sum(self._rarity(label) * count / (count + 1) for label, count in times.items())
                total += share * confidence / everything * saturated(amount)
        return total

    def _rarest(self, label: str) -> float:
        """How telling a wording is. ``_rarity`` remembers it."""
        count = int(self.backend.spread("label", [label])[0])
        return math.log(1 + (self._counts.passages - count + 0.5) / (count + 0.5))

    def _listed(self, filters: Filters, reading: Reading, wanted: int, offset: int, newest: bool) -> Ranking:
        """What conditions alone ask for, in reading order; of very many some."""
        nothing = np.empty(0, np.int64)
        if filters == Filters():
            return Ranking(nothing, (), nothing)
        where = Where(filters, tuple(reading.required), tuple(reading.excluded))
        found = self.catalogue.take(self.backend.matching(where, _LISTED)).tolist()
        found.sort(key=lambda row: (int(self.catalogue.document[row]), self.catalogue.entry(row).passage.ordinal))
        rows = np.array(found, np.int64)
        if newest:
            rows = rows[self.catalogue.newest_first(rows)]
        page = tuple(Found(row, 0.0, ranking.nothing_known(row)) for row in rows[offset : offset + wanted].tolist())
        return Ranking(rows, page, rows, len(rows) < _LISTED, len(rows) > offset + wanted)

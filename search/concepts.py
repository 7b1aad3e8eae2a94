"""Which concepts of the lexicon a query means.

Three sources of evidence, each a share in 0..1 of what the query says: labels that stand in the query (longest
first), character-gram BM25 over the labels of a concept (Robertson & Zaragoza 2009), and, where an embedder is
given, the likeness of the query to the nearest label. A negative label in the query hides what lies inside it and
bars its concept from the two fuzzy sources.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.lexicon import Concept
from search.analyzer import content_grams, squeeze, squeezed

MOST = 4  # concepts that one query may mean
LEAST_CONFIDENCE = 0.2  # below it the query is taken to mean none
LEAST_NEAR = 0.1  # confidence of a concept that is offered to choose from
NEAR_BEST = 0.6  # a further concept needs this share of the best one's confidence
_STANDING = 0.35  # weight of labels that stand in the query
_LIKENESS = 0.5  # weight of vectors
_NO_LIKENESS = 0.35  # cosines at or below it say nothing
_CHINESE = re.compile(r"[㐀-鿿]")
_K1, _B = 1.2, 0.75

Floats = NDArray[np.float32]


class Encoder(Protocol):
    """What turns texts into unit vectors: any embedder of ``search.embedders``."""

    def encode(self, texts: Iterable[str]) -> Floats: ...


def has_chinese(text: str) -> bool:
    """True where a Chinese character stands in the text: only then its vector means anything."""
    return _CHINESE.search(text) is not None


@dataclass(frozen=True, slots=True)
class LabelInQuery:
    """A label of ``concepts`` that stands at ``start:end`` of the query."""

    start: int
    end: int
    label: str
    concepts: tuple[Concept, ...]


def _grams(concept: Concept) -> Counter[str]:
    labels = dict.fromkeys((*concept.official, *concept.hidden_labels))
    return Counter(gram for label in labels for gram in content_grams(label))


class ConceptIndex:
    """The lexicon made ready for linking. Linking takes well under a millisecond without vectors."""

    def __init__(
        self, concepts: Iterable[Concept], encoder: Encoder | None = None, like: "ConceptIndex | None" = None
    ) -> None:
        """``like`` is an index made with the same encoder: labels that it has, too, are not encoded again."""
        self.concepts = tuple(concepts)
        self._numbers = {concept.label: i for i, concept in enumerate(self.concepts)}
        self._labels: dict[str, list[int]] = defaultdict(list)
        self._negative: dict[str, list[int]] = defaultdict(list)
        for i, concept in enumerate(self.concepts):
            for label in dict.fromkeys(map(squeeze, (*concept.official, *concept.hidden_labels))):
                self._labels[label].append(i)
            for label in concept.negative_labels:
                self._negative[squeeze(label)].append(i)
        self._official = frozenset(squeeze(label) for concept in self.concepts for label in concept.official)
        self._longest = max(map(len, (*self._labels, *self._negative)), default=0)
        self._weigh(like)
        self._encoder = encoder
        self._vectors = self._encoded(encoder, like) if encoder is not None and self._labels else None
        pairs = sorted((i, number) for number, owners in enumerate(self._labels.values()) for i in owners)
        self._label_of_pair = np.array([number for _, number in pairs], np.int64)
        self._first_pair = np.searchsorted(np.array([i for i, _ in pairs]), np.arange(len(self.concepts)))

    def _encoded(self, encoder: Encoder, like: "ConceptIndex | None") -> Floats:
        """(labels,) their unit vectors."""
        if like is None or like._vectors is None:
            return encoder.encode(self._labels)
        known = {label: number for number, label in enumerate(like._labels)}
        fresh = [label for label in self._labels if label not in known]
        vectors = np.concatenate([like._vectors, encoder.encode(fresh)]) if fresh else like._vectors
        known |= {label: len(known) + number for number, label in enumerate(fresh)}
        rows: Floats = vectors[[known[label] for label in self._labels]]
        return rows

    def _weigh(self, like: "ConceptIndex | None") -> None:
        """Postings gram → concepts with their BM25 weight, the share of a perfect match already divided out."""
        known = dict(zip(like.concepts, like._counts, strict=True)) if like is not None else {}
        counts = [known.get(concept) or _grams(concept) for concept in self.concepts]
        self._counts: list[Counter[str]] = counts
        total = len(counts)
        spread = Counter(gram for count in counts for gram in count)
        self._idf = {gram: math.log(1 + (total - df + 0.5) / (df + 0.5)) for gram, df in spread.items()}
        self._unseen = math.log(1 + (total + 0.5) / 0.5)
        mean = sum(map(Counter.total, counts)) / max(total, 1)
        postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for i, count in enumerate(counts):
            length = _K1 * (1 - _B + _B * count.total() / mean)
            for gram, n in count.items():
                postings[gram].append((i, self._idf[gram] * n / (n + length)))
        self._postings = {
            gram: (np.array([i for i, _ in rows]), np.array([w for _, w in rows], np.float32))
            for gram, rows in postings.items()
        }

    def number(self, concept: Concept) -> int:
        """The number of a concept of this index."""
        return self._numbers[concept.label]

    def named(self, label: str) -> Concept | None:
        """The concept with this prefLabel, or None."""
        number = self._numbers.get(label)
        return None if number is None else self.concepts[number]

    def standing(self, query: str) -> list[LabelInQuery]:
        """Labels that stand in the query, in reading order, none inside a longer or a negative one."""
        text, offsets = squeezed(query)
        return [
            LabelInQuery(
                offsets[start],
                offsets[end - 1] + 1,
                text[start:end],
                tuple(self.concepts[i] for i in numbers),
            )
            for start, end, numbers in self._standing(text)
        ]

    def _standing(self, text: str) -> list[tuple[int, int, list[int]]]:
        spans: list[tuple[int, int]] = []
        for start in range(len(text)):
            for end in range(min(len(text), start + self._longest), start, -1):
                if text[start:end] in self._labels or text[start:end] in self._negative:
                    spans.append((start, end))
                    break
        found = []
        reach = 0  # how far the spans before go: there is one at each start, so one inside another ends within it
        for start, end in spans:
            if end <= reach:
                continue
            reach = end
            barred = self._negative.get(text[start:end], [])
            numbers = [i for i in self._labels.get(text[start:end], []) if i not in barred]
            if numbers:
                found.append((start, end, numbers))
        return found

    def _information(self, text: str) -> float:
        return sum(self._idf.get(gram, self._unseen) for gram in set(content_grams(text)))

    def known(self, query: str) -> float:
        """The share of a query's information that labels have, too: how far it is said in words of the trade, 0..1."""
        found = set(content_grams(query))
        everything = sum(self._idf.get(gram, self._unseen) for gram in found)
        return sum(self._idf[gram] for gram in found if gram in self._idf) / everything if everything else 0.0

    def nearest(self, query: str, most: int, least: float = LEAST_NEAR) -> list[Concept]:
        """The concepts that a query comes nearest to, surest first, to choose from: none that it must mean."""
        scores = self.scores(query)
        return [self.concepts[i] for i in np.argsort(-scores, kind="stable")[:most] if scores[i] >= least]

    def scores(self, query: str) -> Floats:
        """(concepts,) confidence in 0..1 that the query means each concept."""
        found = set(content_grams(query))
        share = np.zeros(len(self.concepts), np.float32)
        everything = sum(self._idf.get(gram, self._unseen) for gram in found)
        if not everything:
            return share
        for gram in found:
            posting = self._postings.get(gram)
            if posting is not None:
                share[posting[0]] += posting[1]
        share /= everything
        # A model of Chinese spells Latin letters one by one: hello is like any label with an h in it.
        if self._vectors is not None and self._encoder is not None and has_chinese(query):
            share += _LIKENESS * self._likeness(query)
        text = squeeze(query)
        standing = self._standing(text)
        outside = {i for _, _, numbers in standing for i in numbers}
        for label, numbers in self._negative.items():
            if label in text:
                share[[i for i in numbers if i not in outside]] = 0
        stands = np.zeros_like(share)
        for start, end, numbers in standing:
            label = text[start:end]
            weight = self._information(label) / everything / len(numbers)
            if len(label) == 1 or (len(label) == 2 and label not in self._official):
                weight /= 2  # one everyday word: the phrase around it decides
            stands[numbers] += weight
        return np.minimum(share + _STANDING * np.minimum(stands, 1), 1)

    def _likeness(self, query: str) -> Floats:
        """(concepts,) how much nearer than chance the nearest label of each concept is to the query, in 0..1."""
        assert self._encoder is not None and self._vectors is not None
        cosines = self._vectors @ self._encoder.encode([query])[0]
        nearest = np.maximum.reduceat(cosines[self._label_of_pair], self._first_pair)
        likeness: Floats = np.maximum((nearest - _NO_LIKENESS) / (1 - _NO_LIKENESS), 0)
        return likeness

    def link(self, query: str, least: float = LEAST_CONFIDENCE) -> list[tuple[Concept, float]]:
        """Up to four concepts the query means, surest first, each with a confidence in ``least``..1; none when nothing
        fits. For ranking, where a wrong guess only costs a place, ``least`` may be lower than for answering."""
        scores = self.scores(query)
        if not len(scores):
            return []
        order = np.argsort(-scores, kind="stable")[:MOST]
        floor = max(least, NEAR_BEST * float(scores[order[0]]))
        return [(self.concepts[i], float(scores[i])) for i in order if scores[i] >= floor]

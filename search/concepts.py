"""Which concepts of the lexicon a query means.

Three sources of evidence, added up to a confidence in 0..1: character-gram BM25 over all labels of a concept (Robertson
& Zaragoza 2009) as a share of what the query says; where an embedder is given, the likeness of the query to the centre of
the concept's labels; and the labels that stand in the query, longest first. A negative label in the query hides what lies
inside it and bars its concept from the two fuzzy sources. A query that is more like other matters (``search.elsewhere``)
than like any concept means none. The kinds of evidence were chosen on plain labels held out, their weights and thresholds
on judged queries, by trying some two dozen settings (``docs/decisions.md``).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from corpus.lexicon import Concept
from search.analyzer import squeeze, squeezed
from search.centres import Encoder, Known, centres, counted, renewed
from search.labelled import Labelled

MOST = 4  # concepts that one query may mean
LEAST_CONFIDENCE = 0.2  # below it the query is taken to mean none
LEAST_NEAR = 0.1  # confidence of a concept that is offered to choose from
NEAR_BEST = 0.7  # a further concept needs this share of the best one's confidence
_STANDING = 0.35  # weight of labels that stand in the query
_LIKENESS = 0.5  # weight of vectors
_NO_LIKENESS = 0.2  # cosines at or below it say nothing
_CHANCE = 0.2  # more confidence is needed by so much where no two characters side by side stand in any label
_SOME = 1e-6  # a concept that nothing speaks for is never meant
_REMEMBERED = 64  # texts whose labels are kept: they are asked for to link and to explain
_TAUGHT = 2  # sets of concepts whose labels are kept: the lexicon and its topics with what was taught
_CHINESE = re.compile(r"[㐀-鿿]")

Floats = NDArray[np.float32]
_labelled = lru_cache(_TAUGHT)(Labelled.of)


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


class ConceptIndex:
    """The lexicon made ready for linking. Linking takes well under a millisecond, with vectors, too."""

    def __init__(
        self,
        concepts: Iterable[Concept],
        encoder: Encoder | None = None,
        places: Floats | None = None,
        known: Known | None = None,
    ) -> None:
        """``places`` are the centres of the concepts, ``known`` is what else ``search.centres`` keeps of them."""
        self.concepts = tuple(concepts)
        self._numbers = {concept.label: i for i, concept in enumerate(self.concepts)}
        labelled = _labelled(self.concepts) if known is None else known.labelled
        self._labels, self._negative = labelled.owners, labelled.negative
        self._official, self._lengths = labelled.official, labelled.lengths
        self._wordings = counted(self.concepts) if known is None else known.wordings
        self._standing = lru_cache(_REMEMBERED)(self._find_standing)
        self._encoder = encoder
        self._centres: Floats | None = None
        if encoder is not None and self.concepts:
            self._centres = centres([self.concepts], encoder)[0] if places is None else places

    def with_concepts(self, concepts: Iterable[Concept]) -> "ConceptIndex":
        """An index of other concepts; those that are in both aren't encoded again."""
        if self._encoder is None or self._centres is None:
            return ConceptIndex(concepts, self._encoder)
        whole = tuple(concepts)
        return ConceptIndex(whole, self._encoder, renewed(whole, self.concepts, self._centres, self._encoder))

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

    def _find_standing(self, text: str) -> list[tuple[int, int, list[int]]]:
        """(start, end, concepts) of the labels in a squeezed text. ``_standing`` remembers them."""
        spans: list[tuple[int, int]] = []
        for start in range(len(text)):
            for length in self._lengths.get(text[start : start + 2], self._lengths.get(text[start], [])):
                words = text[start : start + length]
                if words in self._labels or words in self._negative:
                    spans.append((start, start + len(words)))
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

    def known(self, query: str) -> float:
        """The share of a query's information that labels have, too: how far it is said in words of the trade, 0..1."""
        return self._wordings.known(query, len(self.concepts))

    def nearest(self, query: str, most: int, least: float = LEAST_NEAR) -> list[Concept]:
        """The concepts that a query comes nearest to, surest first, to choose from: none that it must mean."""
        scores = self.scores(query)
        return [self.concepts[i] for i in np.argsort(-scores, kind="stable")[:most] if scores[i] >= least]

    def scores(self, query: str) -> Floats:
        """(concepts,) confidence in 0..1 that the query means each concept."""
        count = len(self.concepts)
        shares, everything = self._wordings.shares(query)
        if not everything or not count:
            return np.zeros(count, np.float32)
        text = squeeze(query)
        standing = self._standing(text)
        likeness = self._likeness(query)
        named = any(text[start:end] in self._official for start, end, _ in standing)
        # The model was trained on the lexicon and knows little of other matters: it speaks for ours by half.
        if not named and shares[count:].max() > (shares[:count] + likeness / 2).max():
            return np.zeros(count, np.float32)
        share = shares[:count] + likeness
        outside = {i for _, _, numbers in standing for i in numbers}
        for label, numbers in self._negative.items():
            if label in text:
                share[[i for i in numbers if i not in outside]] = 0
        stands = np.zeros_like(share)
        for start, end, numbers in standing:
            label = text[start:end]
            weight = self._wordings.information(label) / everything / len(numbers)
            if len(label) == 1 or (len(label) == 2 and label not in self._official):
                weight /= 2  # one everyday word: the phrase around it decides
            stands[numbers] += weight
        return np.minimum(share + np.float32(_STANDING) * np.minimum(stands, 1), 1)

    def _likeness(self, query: str) -> Floats:
        """(concepts,) how much nearer than chance the centre of each concept is to the query, weighted."""
        # A model of Chinese spells Latin letters one by one: hello is like any label with an h in it.
        if self._centres is None or self._encoder is None or not has_chinese(query):
            return np.zeros(len(self.concepts), np.float32)
        cosines = self._centres @ self._encoder.encode([query])[0]
        nearer: Floats = np.float32(_LIKENESS / (1 - _NO_LIKENESS)) * np.maximum(cosines - np.float32(_NO_LIKENESS), 0)
        return nearer

    def link(
        self, query: str, least: float = LEAST_CONFIDENCE, among: NDArray[np.bool_] | None = None
    ) -> list[tuple[Concept, float]]:
        """Up to four concepts the query means, surest first, each with a confidence in ``least``..1; none when nothing
        fits. For ranking, where a wrong guess only costs a place, ``least`` may be lower than for answering, and only
        concepts that some passage speaks of help: those of the mask ``among``. A query that is an official label means its
        concept and no other that shares words with it."""
        scores = self.scores(query)
        if not len(scores):
            return []
        if among is not None:
            scores[~among] = 0
        order = np.argsort(-scores, kind="stable")[:MOST]
        # Single characters fit something or other by chance: how many of them stand side by side in a label, too?
        needed = least + _CHANCE * (0.5 - self._wordings.joined(query, len(self.concepts)))
        floor = max(needed, NEAR_BEST * float(scores[order[0]]))
        named = {i for i in self._labels.get(squeeze(query), ()) if squeeze(query) in self._official}
        if named & {int(i) for i in order if scores[i] > 0}:
            order = np.array([i for i in order if int(i) in named])
        return [(self.concepts[i], float(scores[i])) for i in order if scores[i] >= max(floor, _SOME)]

"""Which sentence of a passage is nearest to a clause of a draft, and how near.

How near is the mean of two shares and a likeness: the clause's information (pairs of characters weighed by how few passages
have them) that the sentence holds, its topics that the sentence names, and the cosine of the two. A topic counts for as
much as it is sure that the clause is about it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from corpus.lexicon import Concept
from corpus.model import Passage
from corpus.sentences import sentences
from search.analyzer import content_grams, fold, squeeze
from search.answers import Span
from search.catalogue import Catalogue
from search.embedders import Embedder
from search.rarity import Rarity

_LONG = 100  # characters: a longer sentence is taken apart at its semicolons
_SURE = 0.6  # confidence from which a topic counts in full
_SEMICOLONS = re.compile("[；;]")

Floats = NDArray[np.float32]


@lru_cache(4096)
def official(concept: Concept) -> frozenset[str]:
    """The official labels of a concept, squeezed."""
    return frozenset(map(squeeze, concept.official))


@dataclass(frozen=True, slots=True)
class Asked:
    """A clause, the topics that it is about with their confidence, and the rows of passages to look at."""

    text: str
    topics: Mapping[Concept, float]
    rows: Sequence[int]


@dataclass(frozen=True, slots=True)
class Near:
    """A sentence, at ``start:end`` of the passage in ``row``, and how near it is, 0..1; ``cosine`` is a part of that."""

    row: int
    passage: Passage
    start: int
    end: int
    score: float
    cosine: float


@dataclass(frozen=True, slots=True)
class _Cut:
    """A passage with its sentences: their spans, their squeezed texts."""

    passage: Passage
    spans: tuple[Span, ...]
    squeezed: tuple[str, ...]


class Nearest:
    """Finds sentences in the passages of a library."""

    def __init__(self, catalogue: Catalogue, rarity: Rarity, embedder: Embedder) -> None:
        self._catalogue = catalogue
        self._rarity = rarity
        self._embedder = embedder

    def best(self, asked: Sequence[Asked]) -> list[list[Near]]:
        """For each of ``asked`` the nearest sentence of each of its passages, the nearest first; passages that were
        removed since are missing. Vectors are made all at once, which is faster than one by one."""
        cuts = {row: cut for row in dict.fromkeys(row for one in asked for row in one.rows) if (cut := self._cut(row))}
        texts = [fold(cut.passage.text[start:end]) for cut in cuts.values() for start, end in cut.spans]
        vectors = self._embedder.encode([*texts, *(fold(one.text) for one in asked)])
        ends = list(accumulate(len(cut.spans) for cut in cuts.values()))
        theirs = dict(zip(cuts, np.split(vectors[: len(texts)], ends), strict=False))
        found = []
        for one, vector in zip(asked, vectors[len(texts) :], strict=True):
            grams = {gram: self._rarity.of(gram) for gram in _telling(one.text)}
            near = [_nearest(one, grams, row, cuts[row], theirs[row] @ vector) for row in one.rows if row in cuts]
            found.append(sorted(near, key=lambda near: -near.score))
        return found

    def _cut(self, row: int) -> _Cut | None:
        passage = self._catalogue.passage(row)
        if passage is None:
            return None
        spans = tuple(part for span in sentences(passage.text) for part in _items(passage.text, *span))
        return _Cut(passage, spans, tuple(squeeze(passage.text[start:end]) for start, end in spans))


def _nearest(asked: Asked, grams: Mapping[str, float], row: int, cut: _Cut, cosines: Floats) -> Near:
    """The sentence of a passage that is nearest; ``grams`` are the clause's pairs of characters and what they tell."""
    everything = sum(grams.values()) or 1.0
    sure = sum(asked.topics.values())
    counting = min(max(asked.topics.values(), default=0.0) / _SURE, 1.0)
    scores = []
    for text, cosine in zip(cut.squeezed, cosines.tolist(), strict=True):
        share = sum(weight for gram, weight in grams.items() if gram in text) / everything
        named = sum(c for concept, c in asked.topics.items() if any(label in text for label in official(concept)))
        about = named / sure if sure else 0.0
        scores.append((share + counting * about + max(cosine, 0.0)) / (2 + counting))
    best = max(range(len(scores)), key=scores.__getitem__)
    return Near(row, cut.passage, *cut.spans[best], scores[best], float(cosines[best]))


def _telling(text: str) -> tuple[str, ...]:
    """The pairs of characters of a clause, without figures."""
    return tuple(gram for gram in dict.fromkeys(content_grams(text)) if len(gram) == 2 and not gram.isascii())


def _items(text: str, start: int, end: int) -> Iterator[Span]:
    """A sentence, or the items between semicolons of a long one."""
    begun = start
    for match in _SEMICOLONS.finditer(text, start, end) if end - start > _LONG else ():
        yield begun, match.end()
        begun = match.end()
    if begun < end:
        yield begun, end

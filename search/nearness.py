"""What lies near in meaning: words of the claims to a word of a question, clauses to its topic.

A clause is as near as the vector of its text. A word of the question that claims say otherwise is looked for among the
words and pairs of words that stand in them; what its own characters already find is left out. Vectors only raise or
add to what words find, so a clause is compared only where some word of the topic is met.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

import numpy as np
import rjieba
from numpy.typing import NDArray

from search import vectors
from search.analyzer import squeeze
from search.cache import Cache
from search.claims import ClaimIndex, bigrams
from search.embedders import Embedder
from search.telling import GENERIC

_CLAUSES, _WORDS = "clauses.npy", "words.txt"
_FORMAT = "1"  # raised whenever the content of the cache changes meaning
_STEPS = 127  # a component of a unit vector is kept as a whole number of so many steps; cosines err by 0.003
_AT_ONCE = 8192
_SHORTEST_PAIR, _LONGEST_PAIR = 4, 6  # characters of two words looked for together
_MOST_WORDS = 150_000  # the most frequent ones are kept
_LEAST_COSINE = 0.6
_MOST_AKIN = 8
_LOOKED_AT = 40  # nearest words, before those are left out that say nothing new
_REMEMBERED = 4096

Numbers = NDArray[np.int64]
Floats = NDArray[np.float32]


def _said(texts: Iterable[str]) -> Iterator[str]:
    """Words of two or more characters and pairs of them, as they follow one another; none with a digit."""
    for text in texts:
        before = ""
        for word in rjieba.cut(text):
            whole = len(word) > 1 and not any(map(str.isdigit, word))
            if whole and word not in GENERIC:
                yield word
            if whole and before and _SHORTEST_PAIR <= len(before + word) <= _LONGEST_PAIR:
                yield before + word
            before = word if whole else ""


def build(folder: Path, texts: Iterable[str], embedder: Embedder) -> None:
    """Write the vectors of clauses, numbered as they come, and of the words in them to the empty ``folder``."""
    counts: Counter[str] = Counter()
    parts: list[NDArray[np.int8]] = [np.empty((0, embedder.size), np.int8)]
    waiting: list[str] = []
    for text in map(squeeze, texts):
        waiting.append(text)
        if len(waiting) == _AT_ONCE:
            parts.append(_encoded(waiting, embedder))
            counts.update(_said(waiting))
            waiting = []
    parts.append(_encoded(waiting, embedder))
    counts.update(_said(waiting))
    np.save(folder / _CLAUSES, np.concatenate(parts))
    words = [word for word, _ in counts.most_common(_MOST_WORDS)]
    (folder / _WORDS).write_text("\n".join(words), "utf-8")
    vectors.build(folder, words, embedder)


def _encoded(texts: list[str], embedder: Embedder) -> NDArray[np.int8]:
    steps: NDArray[np.int8] = np.rint(embedder.encode(texts) * _STEPS).astype(np.int8)
    return steps


class Nearness:
    """The vectors that ``build`` wrote for the clauses of one index."""

    def __init__(self, folder: Path, embedder: Embedder) -> None:
        self._embedder = embedder
        # Only the rows that are asked for are read.
        self._clauses = np.load(folder / _CLAUSES, mmap_mode="r")
        self._words = (folder / _WORDS).read_text("utf-8").split("\n")
        self._nearest = vectors.VectorIndex(folder)
        self.akin = lru_cache(maxsize=_REMEMBERED)(self._akin)

    @classmethod
    def of(cls, index: ClaimIndex, cache: Cache, stamp: str, embedder: Embedder) -> "Nearness":
        """The vectors of an index, built where ``cache`` has none for its ``stamp``."""
        mark = f"{_FORMAT}.{stamp}.{len(index)}.{embedder.id}"
        return cls(cache.get("nearness", mark, lambda folder: build(folder, index.texts(), embedder)), embedder)

    def _akin(self, word: str) -> tuple[tuple[str, float], ...]:
        """(words of the claims, cosine) that mean something like ``word`` and are not found by its own characters."""
        text = squeeze(word)
        rows, cosines = self._nearest.search(self._embedder.encode([text])[0], _LOOKED_AT)
        own = bigrams(text)
        found = [
            (self._words[row], float(cosine))
            for row, cosine in zip(rows, cosines, strict=True)
            if cosine >= _LEAST_COSINE and text not in self._words[row] and not bigrams(self._words[row]) <= own
        ]
        return tuple(found[:_MOST_AKIN])

    def cosines(self, text: str, clauses: Numbers) -> Floats:
        """(clauses,) how near in meaning the clauses with these numbers are to a text, -1..1."""
        vector = self._embedder.encode([squeeze(text)])[0]
        near: Floats = self._clauses[clauses].astype(np.float32) @ vector / _STEPS
        return near

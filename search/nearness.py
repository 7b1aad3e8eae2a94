"""What lies near in meaning: words of the claims to a word of a question, clauses to its topic.

A clause is as near as the vector of its text, and the sentence around it tells more. A word of the question that claims
say otherwise is looked for among the words and pairs of words that stand in them; what its own characters already find
is left out.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
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

_CLAUSES, _SENTENCES, _OWNERS, _WORDS = "clauses.npy", "sentences.npy", "sentence_of.npy", "words.txt"
_FORMAT = "3"  # raised whenever the content of the cache changes meaning
_STEPS = 127  # a component of a unit vector is kept as a whole number of so many steps; cosines err by 0.003
_AT_ONCE = 8192
_SHORTEST_PAIR, _LONGEST_PAIR = 4, 6  # characters of two words looked for together
_MOST_WORDS = 150_000  # the most frequent ones are kept
_MOST_COUNTED = 2_000_000  # words counted side by side; where there are more, those met once are dropped
_LEAST_COSINE = 0.75
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


def build(folder: Path, index: ClaimIndex, embedder: Embedder) -> None:
    """Write the vectors of an index's clauses, of their sentences and of the words in them to the empty ``folder``."""
    _encode(folder / _CLAUSES, index.texts(), len(index), embedder)
    _encode(folder / _SENTENCES, index.sentences(), index.size, embedder)
    np.save(folder / _OWNERS, index.owners)
    counts: Counter[str] = Counter()
    for word in _said(index.sentences()):
        counts[word] += 1
        if len(counts) > _MOST_COUNTED:
            counts = Counter({word: times for word, times in counts.items() if times > 1})
    words = [word for word, _ in counts.most_common(_MOST_WORDS)]
    (folder / _WORDS).write_text("\n".join(words), "utf-8")
    vectors.build(folder, words, embedder)


def _encode(path: Path, texts: Iterator[str], count: int, embedder: Embedder) -> None:
    """Write the vectors of ``count`` texts, one batch after the other."""
    rows = np.lib.format.open_memmap(path, "w+", np.int8, (count, embedder.size))
    for first in range(0, count, _AT_ONCE):
        some = list(islice(texts, _AT_ONCE))
        rows[first : first + len(some)] = np.rint(embedder.encode(some) * _STEPS)
    rows.flush()


class Nearness:
    """The vectors that ``build`` wrote for the clauses of one index."""

    def __init__(self, folder: Path, embedder: Embedder) -> None:
        self._embedder = embedder
        # Only the rows that are asked for are read.
        self._clauses = np.load(folder / _CLAUSES, mmap_mode="r")
        self._sentences = np.load(folder / _SENTENCES, mmap_mode="r")
        self._owners = np.load(folder / _OWNERS)
        self._words = (folder / _WORDS).read_text("utf-8").split("\n")
        self._nearest = vectors.VectorIndex(folder)
        self.akin = lru_cache(maxsize=_REMEMBERED)(self._akin)
        self._vector = lru_cache(maxsize=_REMEMBERED)(self._encode)

    @classmethod
    def of(cls, index: ClaimIndex, cache: Cache, stamp: str, embedder: Embedder) -> "Nearness":
        """The vectors of an index, built where ``cache`` has none for its ``stamp``."""
        mark = f"{_FORMAT}.{stamp}.{len(index)}.{embedder.id}"
        return cls(cache.get("nearness", mark, lambda folder: build(folder, index, embedder)), embedder)

    def _akin(self, word: str) -> tuple[tuple[str, float], ...]:
        """(words of the claims, cosine) that mean something like ``word`` and are not found by its own characters."""
        text = squeeze(word)
        rows, cosines = self._nearest.search(self._vector(text), _LOOKED_AT)
        own = bigrams(text)
        found = [
            (self._words[row], float(cosine))
            for row, cosine in zip(rows, cosines, strict=True)
            if cosine >= _LEAST_COSINE and text not in self._words[row] and not bigrams(self._words[row]) <= own
        ]
        return tuple(found[:_MOST_AKIN])

    def likeness(self, text: str, other: str) -> float:
        """How near in meaning two texts are, -1..1."""
        return float(self._vector(squeeze(text)) @ self._vector(squeeze(other)))

    def _encode(self, text: str) -> Floats:
        vector: Floats = self._embedder.encode([text])[0]
        return vector

    def cosines(self, texts: Iterable[str], clauses: Numbers) -> tuple[Floats, Floats]:
        """(clauses,) twice: how near in meaning the clauses with these numbers, and their sentences, are to the nearest
        of ``texts``, -1..1."""
        asked = np.stack([self._vector(squeeze(text)) for text in texts], 1)
        owners, places = np.unique(self._owners[clauses], return_inverse=True)
        return _nearest(self._clauses[clauses], asked), _nearest(self._sentences[owners], asked)[places]


def _nearest(rows: NDArray[np.int8], asked: Floats) -> Floats:
    """(rows,) the cosine with the nearest column of ``asked``."""
    nearest: Floats = (rows.astype(np.float32) @ asked).max(1) / _STEPS
    return nearest

"""What lies near in meaning: words of the claims to a word of a question, clauses to its topic.

A clause is as near as the vector of its text, and the sentence around it tells more. A word of the question that claims
say otherwise is looked for among the words and pairs of words that stand in them; what its own characters already find
is left out.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from pathlib import Path

import numpy as np
import rjieba
from numpy.typing import NDArray

from search import clausal, vectors
from search.analyzer import squeeze
from search.claims import ClaimIndex, bigrams
from search.embedders import Embedder, remembering
from search.segments import Layout
from search.telling import GENERIC

_WORDS = "words.txt"
_FORMAT = "5"  # raised whenever the content of the cache changes meaning
_SHORTEST_PAIR, _LONGEST_PAIR = 4, 6  # characters of two words looked for together
_MOST_WORDS = 150_000  # the most frequent ones are kept
_MOST_COUNTED = 2_000_000  # words counted side by side; where there are more, those met once are dropped
_MOST_HEARD = 200_000  # sentences that words are taken from
_AT_ONCE = 256  # sentences cut together
_COMMON = 1 << 16  # words that are looked at only once
_LEAST_COSINE = 0.75
_MOST_AKIN = 8
_LOOKED_AT = 40  # nearest words, before those are left out that say nothing new
_REMEMBERED = 4096

Numbers = NDArray[np.int64]
Floats = NDArray[np.float32]


def _said(texts: Iterable[str]) -> Iterator[list[str]]:
    """Words of two or more characters and pairs of them, as they follow one another, those of many texts together; none
    with a digit."""
    waiting = iter(texts)
    while some := list(islice(waiting, _AT_ONCE)):
        found: list[str] = []
        before = ""
        for word in rjieba.cut("\n".join(some)):
            if not _whole(word):
                before = ""
                continue
            if word not in GENERIC:
                found.append(word)
            if before and _SHORTEST_PAIR <= len(before) + len(word) <= _LONGEST_PAIR:
                found.append(before + word)
            before = word
        yield found


@lru_cache(_COMMON)
def _whole(word: str) -> bool:
    return len(word) > 1 and not any(map(str.isdigit, word))


def build(folder: Path, index: ClaimIndex, embedder: Embedder) -> None:
    """Write what tells how near the clauses of an index and their sentences are to a text to the empty ``folder``."""
    with remembering(embedder) as encoder:
        clausal.kind(encoder).build(folder, index, encoder)


def build_words(folder: Path, index: ClaimIndex, embedder: Embedder) -> None:
    """Write the words of the clauses of an index, and their vectors, to the empty ``folder``."""
    words = [word for word, _ in _counted(_said(_some(index))).most_common(_MOST_WORDS)]
    (folder / _WORDS).write_text("\n".join(words), "utf-8")
    with remembering(embedder) as encoder:
        vectors.build(folder, words, encoder)


def _some(index: ClaimIndex) -> Iterator[str]:
    """The sentences of an index; of very many some, evenly: they have the words that are often used."""
    return islice(index.sentences(), 0, None, max(index.size // _MOST_HEARD, 1))


def _counted(batches: Iterable[Sequence[str]]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for words in batches:
        counts.update(words)
        if len(counts) > _MOST_COUNTED:
            counts = Counter({word: times for word, times in counts.items() if times > 1})
    return counts


class Nearness:
    """What ``build`` wrote for the clauses of each segment of an index, and ``build_words`` for some."""

    def __init__(self, folders: Sequence[Path], words: Path, index: ClaimIndex, embedder: Embedder) -> None:
        self._embedder = embedder
        self._clauses = clausal.kind(embedder)(folders, index, embedder)
        self._words = (words / _WORDS).read_text("utf-8").split("\n")
        self._nearest = vectors.VectorIndex([words])
        self.akin = lru_cache(maxsize=_REMEMBERED)(self._akin)
        self._vector = lru_cache(maxsize=_REMEMBERED)(self._encode)

    @classmethod
    def of(cls, index: ClaimIndex, layout: Layout, embedder: Embedder) -> "Nearness":
        """That of an index with the segments of ``layout``, built where there is none. The words are those of the first
        segment: few that matter come later."""
        stamp = f"{_FORMAT}.{embedder.id}"
        folders = layout.folders(
            "nearness", stamp, lambda folder, segment, before: build(folder, index.segment(len(before)), embedder)
        )
        words = layout.first("words", stamp, lambda folder: build_words(folder, index.segment(0), embedder))
        return cls(folders, words, index, embedder)

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
        return self._clauses.cosines(np.stack([self._vector(squeeze(text)) for text in texts], 1), clauses)

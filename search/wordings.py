"""BM25 over bags of words: how much of what a query says does each bag say, too (Robertson & Zaragoza 2009).

Grams are taken in reading order, for sums of floats depend on the order.
"""

import math
from collections.abc import Iterable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from search.analyzer import content_grams

_K1, _B = 1.2, 0.75
_REMEMBERED = 1024  # texts whose grams are kept: one query asks for its own again and again

Floats = NDArray[np.float32]


@lru_cache(_REMEMBERED)
def _said(text: str) -> tuple[str, ...]:
    """The distinct grams of a text, in reading order."""
    return tuple(dict.fromkeys(content_grams(text)))


class Wordings:
    """BM25 over bags of words, one bag for all wordings of a thing, the share of a perfect match already divided out."""

    def __init__(self, bags: Iterable[Iterable[str]]) -> None:
        numbers: dict[str, int] = {}
        grams: list[int] = []
        sizes: list[int] = []
        for bag in bags:
            found = content_grams("\n".join(bag))  # a line break is no part of a bigram
            grams += [numbers.setdefault(gram, len(numbers)) for gram in found]
            sizes.append(len(found))
        self.total = len(sizes)
        lengths = np.array(sizes, np.int64)
        cells, times = np.unique(
            np.array(grams, np.int64) * max(self.total, 1) + np.repeat(np.arange(self.total), lengths),
            return_counts=True,
        )
        gram, self._owners = np.divmod(cells, max(self.total, 1))
        spread = np.bincount(gram, minlength=len(numbers))
        idf = np.log(1 + (self.total - spread + 0.5) / (spread + 0.5))
        room = _K1 * (1 - _B + _B * lengths / max(float(lengths.sum()) / max(self.total, 1), 1.0))
        self._weights = (idf[gram] * times / (times + room[self._owners])).astype(np.float32)
        ends = np.cumsum(spread).tolist()
        self._spans = {name: (a, b) for name, a, b in zip(numbers, [0, *ends], ends, strict=False)}
        self._idf = dict(zip(numbers, idf.tolist(), strict=True))
        self._unseen = math.log(1 + (self.total + 0.5) / 0.5)

    def information(self, text: str) -> float:
        """How much a text says, in nats."""
        return float(sum(self._idf.get(gram, self._unseen) for gram in _said(text)))

    def known(self, text: str, among: int) -> float:
        """The share of what a text says that is said in the first ``among`` bags, too."""
        found = [gram for gram in _said(text) if gram in self._idf]
        held = sum(self._idf[gram] for gram in found if self._owners[self._spans[gram][0]] < among)
        everything = self.information(text)
        return float(held / everything) if everything else 0.0

    def joined(self, text: str, among: int) -> float:
        """The share of a text's bigrams that stand in the first ``among`` bags, 0..1; half where it has none."""
        pairs = [gram for gram in _said(text) if len(gram) == 2 and not gram.isascii()]
        if not pairs:
            return 0.5
        held = sum(bool(pair in self._spans and self._owners[self._spans[pair][0]] < among) for pair in pairs)
        return held / len(pairs)

    def shares(self, text: str) -> tuple[Floats, float]:
        """(bags,) the share of what a text says that each bag says, too; and how much it says."""
        share = np.zeros(self.total, np.float32)
        everything = 0.0
        for gram in _said(text):
            everything += self._idf.get(gram, self._unseen)
            span = self._spans.get(gram)
            if span is not None:
                share[self._owners[span[0] : span[1]]] += self._weights[span[0] : span[1]]
        if everything:
            share /= np.float32(everything)
        return share, everything

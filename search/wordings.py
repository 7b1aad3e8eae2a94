"""BM25 over bags of words: how much of what a query says does each bag say, too (Robertson & Zaragoza 2009).

Grams are taken in reading order, for sums of floats depend on the order.
"""

import math
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from search.analyzer import content_grams

_K1, _B = 1.2, 0.75
_PARTS = ("total", "ends", "idf", "owners", "weights")
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
        total = len(sizes)
        lengths = np.array(sizes, np.int64)
        cells, times = np.unique(
            np.array(grams, np.int64) * max(total, 1) + np.repeat(np.arange(total), lengths),
            return_counts=True,
        )
        gram, owners = np.divmod(cells, max(total, 1))
        spread = np.bincount(gram, minlength=len(numbers))
        idf = np.log(1 + (total - spread + 0.5) / (spread + 0.5))
        room = _K1 * (1 - _B + _B * lengths / max(float(lengths.sum()) / max(total, 1), 1.0))
        weights = (idf[gram] * times / (times + room[owners])).astype(np.float32)
        self._hold(total, list(numbers), np.concatenate([[0], np.cumsum(spread)]), idf, owners, weights)

    def _hold(
        self,
        total: int,
        grams: list[str],
        ends: NDArray[np.int64],
        idf: NDArray[np.float64],
        owners: NDArray[np.int64],
        weights: Floats,
    ) -> None:
        """``owners`` and ``weights`` of the gram n lie at ``ends[n]:ends[n + 1]``."""
        self.total = total
        self._numbers = dict(zip(grams, range(len(grams)), strict=True))
        self._ends: list[int] = ends.tolist()
        self._idf: list[float] = idf.tolist()
        self._owners, self._weights = owners, weights
        self._unseen = math.log(1 + (total + 0.5) / 0.5)

    def save(self, folder: Path, name: str) -> None:
        """Write what was counted to files in ``folder`` that begin with ``name``."""
        (folder / f"{name}.txt").write_text("\n".join(self._numbers), "utf-8")
        counted = np.array([self.total]), np.array(self._ends), np.array(self._idf)
        parts: tuple[NDArray[Any], ...] = (*counted, self._owners, self._weights)
        for part, array in zip(_PARTS, parts, strict=True):
            np.save(folder / f"{name}.{part}.npy", array)

    @classmethod
    def load(cls, folder: Path, name: str) -> Self:
        """What ``save`` wrote."""
        made = cls.__new__(cls)
        text = (folder / f"{name}.txt").read_text("utf-8")
        total, ends, idf, owners, weights = (np.load(folder / f"{name}.{part}.npy") for part in _PARTS)
        made._hold(int(total[0]), text.split("\n") if text else [], ends, idf, owners, weights)
        return made

    def _span(self, number: int) -> slice:
        return slice(self._ends[number], self._ends[number + 1])

    def information(self, text: str) -> float:
        """How much a text says, in nats."""
        return float(sum(map(self._rarity, _said(text))))

    def _rarity(self, gram: str) -> float:
        number = self._numbers.get(gram)
        return self._unseen if number is None else self._idf[number]

    def _held(self, gram: str, among: int) -> bool:
        """True where one of the first ``among`` bags has a gram."""
        number = self._numbers.get(gram)
        return number is not None and bool(self._owners[self._ends[number]] < among)

    def known(self, text: str, among: int) -> float:
        """The share of what a text says that is said in the first ``among`` bags, too."""
        held = sum(self._rarity(gram) for gram in _said(text) if self._held(gram, among))
        everything = self.information(text)
        return float(held / everything) if everything else 0.0

    def joined(self, text: str, among: int) -> float:
        """The share of a text's bigrams that stand in the first ``among`` bags, 0..1; half where it has none."""
        pairs = [gram for gram in _said(text) if len(gram) == 2 and not gram.isascii()]
        if not pairs:
            return 0.5
        return sum(self._held(pair, among) for pair in pairs) / len(pairs)

    def shares(self, text: str) -> tuple[Floats, float]:
        """(bags,) the share of what a text says that each bag says, too; and how much it says."""
        share = np.zeros(self.total, np.float32)
        everything = 0.0
        for gram in _said(text):
            number = self._numbers.get(gram)
            if number is None:
                everything += self._unseen
                continue
            everything += self._idf[number]
            span = self._span(number)
            share[self._owners[span]] += self._weights[span]
        if everything:
            share /= np.float32(everything)
        return share, everything

"""How much a pair of characters tells: the fewer passages have it, the more."""

import math
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

import numpy as np


def _pairs(text: str) -> set[int]:
    return {ord(a) << 21 | ord(b) for a, b in pairwise(text)}


def build(folder: Path, texts: Iterable[str]) -> None:
    """Count the squeezed texts that have each pair, into the empty ``folder``."""
    counts: dict[int, int] = {}
    total = 0
    for text in texts:
        total += 1
        for pair in _pairs(text):
            counts[pair] = counts.get(pair, 0) + 1
    keys = np.array(sorted(counts), np.int64)
    np.savez(
        folder / "pairs.npz", keys=keys, counts=np.array([counts[key] for key in keys.tolist()], np.int64), total=total
    )


class Rarity:
    """The counts that ``build`` wrote."""

    def __init__(self, folder: Path) -> None:
        with np.load(folder / "pairs.npz") as arrays:
            self._keys, self._counts, self._total = arrays["keys"], arrays["counts"], int(arrays["total"])

    def of(self, pair: str) -> float:
        """The information of a pair of characters in nats, above 0."""
        key = ord(pair[0]) << 21 | ord(pair[1])
        at = int(np.searchsorted(self._keys, key))
        having = int(self._counts[at]) if at < len(self._keys) and self._keys[at] == key else 0
        return math.log(1 + (self._total - having + 0.5) / (having + 0.5))

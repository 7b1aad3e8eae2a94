"""How much a pair of characters tells: the fewer passages have it, the more.

Held in memory: 16 bytes for each pair that is met, of which a million passages have about two million.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_AT_ONCE = 1 << 20  # characters looked at together
_MOST_HELD = 1 << 23  # pairs that wait to be counted

Keys = NDArray[np.int64]


def build(folder: Path, texts: Iterable[str]) -> None:
    """Count the squeezed texts that have each pair, into the empty ``folder``."""
    keys, counts = np.zeros(0, np.int64), np.zeros(0, np.int64)
    waiting: list[Keys] = []
    total = held = 0
    for batch in _batches(texts):
        total += len(batch)
        waiting.append(_pairs(batch))
        held += len(waiting[-1])
        if held > _MOST_HELD:
            keys, counts = _added(keys, counts, waiting)
            waiting, held = [], 0
    keys, counts = _added(keys, counts, waiting)
    np.savez(folder / "pairs.npz", keys=keys, counts=counts, total=total)


def _batches(texts: Iterable[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    size = 0
    for text in texts:
        batch.append(text)
        size += len(text)
        if size >= _AT_ONCE:
            yield batch
            batch, size = [], 0
    yield batch


def _pairs(texts: Sequence[str]) -> Keys:
    """The pairs of neighbouring characters in texts, each once for every text that has it."""
    points = np.frombuffer("\0".join((*texts, "")).encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    number = np.cumsum(points == 0).astype(np.uint64)
    inside = (points[:-1] != 0) & (points[1:] != 0)
    # 21 bits hold a character, and 22 are left for the text.
    found = (number[:-1] << np.uint64(42) | points[:-1] << np.uint64(21) | points[1:])[inside]
    found.sort()
    once = np.ones(len(found), np.bool_)
    once[1:] = found[1:] != found[:-1]
    keys: Keys = (found[once] & np.uint64((1 << 42) - 1)).astype(np.int64)
    return keys


def _added(keys: Keys, counts: Keys, waiting: Sequence[Keys]) -> tuple[Keys, Keys]:
    """Keys, ascending, and how often each was met, with those that wait."""
    fresh = np.sort(np.concatenate([np.zeros(0, np.int64), *waiting]))
    first = np.flatnonzero(np.diff(fresh, prepend=-1))
    more = np.concatenate([keys, fresh[first]])
    times = np.concatenate([counts, np.diff(first, append=len(fresh))])
    order = np.argsort(more, kind="stable")
    more, times = more[order], times[order]
    first = np.flatnonzero(np.diff(more, prepend=-1))
    return more[first], np.add.reduceat(times, first) if len(first) else times


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

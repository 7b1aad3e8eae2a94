"""Which passages speak of which concept, and how much: the concept graph as a search index.

A mention counts by the rarity of its wording among the passages (half the passages say 服务, few say 送清凉), with
diminishing returns for repetitions and further wordings.
"""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from pathlib import Path
from typing import Self, TypeVar

import numpy as np
from numpy.typing import NDArray

_OWNERS, _ROWS, _WEIGHTS, _SPEAKING = "owners.npy", "rows.npy", "weights.npy", "speaking.npy"
_HALF = 3.0  # information (nats) at which a passage is half about a concept

Rows = NDArray[np.int64]
Numbers = NDArray[np.int32]
Floats = NDArray[np.float32]
Amount = TypeVar("Amount", float, Floats, NDArray[np.float64])
Wording = tuple[str, int]  # the label as it stands in the passage, the number of the concept it stands for


def saturated(amount: Amount) -> Amount:
    """How much a passage speaks of a concept, 0..1, that gives so much information (nats) on it."""
    return amount / (amount + _HALF)


def information(weights: Floats) -> Floats:
    """The information that ``saturated`` made these weights of."""
    return np.float32(_HALF) * weights / (1 - weights)


def build(
    folder: Path, wordings: Mapping[int, Sequence[Wording]] | Iterable[tuple[int, Sequence[Wording]]], total: int
) -> None:
    """Write the index to the empty ``folder``. ``wordings`` gives each row, ascending, with the mentions in it; ``total``
    is the number of passages."""
    owners, rows, weights = weigh(wordings, total)
    np.save(folder / _OWNERS, owners.astype(np.int32))
    np.save(folder / _ROWS, rows.astype(np.int32))
    np.save(folder / _WEIGHTS, weights)
    np.save(folder / _SPEAKING, len(np.unique(rows)))


def weigh(
    wordings: Mapping[int, Sequence[Wording]] | Iterable[tuple[int, Sequence[Wording]]], total: int
) -> tuple[Rows, Rows, Floats]:
    """(concept, row, weight in 0..1) of every passage that speaks of a concept, by concept, rows ascending."""
    labels: dict[str, int] = {}
    found, told = array("i"), array("i")  # labels and concepts, row after row
    at, ends = array("i"), array("i")  # rows with mentions, and where each ends
    for row, said in sorted(wordings.items()) if isinstance(wordings, Mapping) else wordings:
        for label, owner in said:
            found.append(labels.setdefault(label, len(labels)))
            told.append(owner)
        if said:
            at.append(row)
            ends.append(len(told))
    # Labels are taken in order of their characters, so that sums come out the same to the last bit.
    order = np.argsort(np.array(list(labels), np.str_), kind="stable") if labels else np.zeros(0, np.int64)
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    label, owner = rank[np.array(found, np.int64)], np.array(told, np.int64)
    sizes = np.diff(np.array([0, *ends], np.int64))
    row = np.repeat(np.array(at, np.int64), sizes.astype(np.int64))
    # One by one: a mention, how often it is in its row, in order of rows, labels, concepts.
    sorting = np.lexsort((owner, label, row))
    label, owner, row = label[sorting], owner[sorting], row[sorting]
    first = np.flatnonzero(_new(row, label, owner))
    times = np.diff(first, append=len(row))
    label, owner, row = label[first], owner[first], row[first]
    spread = np.bincount(label[_new(row, label)], minlength=len(order))
    rarity = np.log(1 + (total - spread + 0.5) / (spread + 0.5))
    # What a row says of a concept, the concepts as they come in it.
    order = np.lexsort((np.arange(len(row)), owner))
    label, owner, row, times = label[order], owner[order], row[order], times[order]
    begins = _new(owner, row)
    amount = np.zeros(int(begins.sum()))
    amount[:] = np.bincount(np.cumsum(begins) - 1, rarity[label] * times / (times + 1), len(amount))
    return owner[begins], row[begins], saturated(amount).astype(np.float32)


def _new(*columns: NDArray[np.int64]) -> NDArray[np.bool_]:
    """(n,) True where one of the columns differs from the line before."""
    new = np.ones(len(columns[0]), np.bool_)
    if len(new):
        new[1:] = np.any([column[1:] != column[:-1] for column in columns], axis=0)
    return new


class MentionIndex:
    """An index that ``build`` wrote."""

    def __init__(self, folder: Path, concepts: int) -> None:
        owners = np.load(folder / _OWNERS, mmap_mode="r")
        self._rows: Numbers = np.asarray(np.load(folder / _ROWS, mmap_mode="r"))
        self._weights: Floats = np.asarray(np.load(folder / _WEIGHTS, mmap_mode="r"))
        self._starts = np.searchsorted(owners, np.arange(concepts + 1, dtype=np.int32))
        self._speaking = int(np.load(folder / _SPEAKING))

    def joined(self, wordings: Mapping[int, Sequence[Wording]], concepts: int, total: int) -> Self:
        """The index with further concepts, numbered from those of the index on, of ``concepts`` in all."""
        other = copy(self)
        owners, rows, weights = weigh(wordings, total)
        other._rows = np.concatenate([self._rows, rows.astype(np.int32)])
        other._weights = np.concatenate([self._weights, weights])
        known = len(self._starts) - 1
        further = np.searchsorted(owners, np.arange(known, concepts + 1))
        other._starts = np.concatenate([self._starts[:-1], further + len(self._rows)])
        other._speaking = len(np.union1d(np.unique(self._rows), rows))
        return other

    @property
    def attested(self) -> NDArray[np.bool_]:
        """(concepts,) which of them some passage speaks of."""
        return np.diff(self._starts) > 0

    def share(self, total: int) -> float:
        """The share of ``total`` passages that speak of some concept."""
        return self._speaking / max(total, 1)

    def of(self, concept: int) -> tuple[Numbers, Floats]:
        """(rows, weights in 0..1) of the passages that speak of a concept, rows ascending."""
        span = slice(self._starts[concept], self._starts[concept + 1])
        return self._rows[span], self._weights[span]

    def scores(self, links: Iterable[tuple[int, float]], total: int) -> Floats:
        """(total,) how much each passage speaks of the linked concepts, 0..1: the mean weighted by confidence."""
        out = np.zeros(total, np.float32)
        everything = 0.0
        for concept, confidence in links:
            rows, weights = self.of(concept)
            out[rows] += np.float32(confidence) * weights
            everything += confidence
        return out / np.float32(everything) if everything else out

"""Which passages speak of which concept, and how much: the concept graph as a search index.

A mention counts by the rarity of its wording among the passages (half the passages say 服务, few say 送清凉), with
diminishing returns for repetitions and further wordings.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from pathlib import Path
from typing import Self, TypeVar

import numpy as np
from numpy.typing import NDArray

_FILE = "mentions.npz"
_HALF = 3.0  # information (nats) at which a passage is half about a concept

Rows = NDArray[np.int64]
Floats = NDArray[np.float32]
Amount = TypeVar("Amount", float, Floats)
Wording = tuple[str, int]  # the label as it stands in the passage, the number of the concept it stands for


def saturated(amount: Amount) -> Amount:
    """How much a passage speaks of a concept, 0..1, that gives so much information (nats) on it."""
    return amount / (amount + _HALF)


def information(weights: Floats) -> Floats:
    """The information that ``saturated`` made these weights of."""
    return np.float32(_HALF) * weights / (1 - weights)


def build(folder: Path, wordings: Mapping[int, Sequence[Wording]], total: int) -> None:
    """Write the index to the empty ``folder``. ``wordings`` maps a row to the mentions in it; ``total`` is the number
    of passages."""
    owners, rows, weights = weigh(wordings, total)
    np.savez(folder / _FILE, owners=owners, rows=rows, weights=weights)


def weigh(wordings: Mapping[int, Sequence[Wording]], total: int) -> tuple[Rows, Rows, Floats]:
    """(concept, row, weight in 0..1) of every passage that speaks of a concept, by concept, rows ascending."""
    spread = Counter(label for found in wordings.values() for label in {label for label, _ in found})
    owners: list[int] = []
    rows: list[int] = []
    weights: list[float] = []
    for row in sorted(wordings):
        information: dict[int, float] = defaultdict(float)
        for (label, owner), times in sorted(Counter(wordings[row]).items()):
            rarity = np.log(1 + (total - spread[label] + 0.5) / (spread[label] + 0.5))
            information[owner] += rarity * times / (times + 1)
        for owner, amount in information.items():
            owners.append(owner)
            rows.append(row)
            weights.append(saturated(amount))
    order = np.argsort(np.array(owners, np.int64), kind="stable")
    return (
        np.array(owners, np.int64)[order],
        np.array(rows, np.int64)[order],
        np.array(weights, np.float32)[order],
    )


class MentionIndex:
    """An index that ``build`` wrote."""

    def __init__(self, folder: Path, concepts: int) -> None:
        with np.load(folder / _FILE) as arrays:
            self._owners, self._rows, self._weights = arrays["owners"], arrays["rows"], arrays["weights"]
        self._starts = np.searchsorted(self._owners, np.arange(concepts + 1))

    def joined(self, wordings: Mapping[int, Sequence[Wording]], concepts: int, total: int) -> Self:
        """The index with further concepts, numbered from those of the index on, of ``concepts`` in all."""
        other = copy(self)
        owners, rows, weights = weigh(wordings, total)
        other._owners = np.concatenate([self._owners, owners])
        other._rows = np.concatenate([self._rows, rows])
        other._weights = np.concatenate([self._weights, weights])
        other._starts = np.searchsorted(other._owners, np.arange(concepts + 1))
        return other

    @property
    def attested(self) -> NDArray[np.bool_]:
        """(concepts,) which of them some passage speaks of."""
        return np.diff(self._starts) > 0

    def share(self, total: int) -> float:
        """The share of ``total`` passages that speak of some concept."""
        return len(np.unique(self._rows)) / max(total, 1)

    def of(self, concept: int) -> tuple[Rows, Floats]:
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

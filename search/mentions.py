"""Which passages speak of which concept, and how much: the concept graph as a search index.

A mention counts by the rarity of its wording among the passages (half the passages say 服务, few say 送清凉), with
diminishing returns for repetitions and further wordings.
"""

import json
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Self, TypeVar

import numpy as np
from numpy.typing import NDArray

from search.stacked import chained, mapped

_OWNERS, _ROWS, _WEIGHTS, _SPEAKING, _WORDINGS = (
    "owners.npy",
    "rows.npy",
    "weights.npy",
    "speaking.npy",
    "wordings.json",
)
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
    folder: Path,
    wordings: Mapping[int, Sequence[Wording]] | Iterable[tuple[int, Sequence[Wording]]],
    total: int,
    before: Sequence[Path] = (),
) -> None:
    """Write the index to the empty ``folder``. ``wordings`` gives each row, ascending, with the mentions in it; ``total``
    is the number of passages, with those of the indexes ``before``, which count where it matters how rare a wording is."""
    spread: Counter[str] = Counter()
    for other in before:
        spread.update(_spread(other))
    ours = Counter[str]()
    owners, rows, weights = weigh(wordings, total, spread, ours)
    np.save(folder / _OWNERS, owners.astype(np.int32))
    np.save(folder / _ROWS, rows.astype(np.int32))
    np.save(folder / _WEIGHTS, weights)
    np.save(folder / _SPEAKING, len(np.unique(rows)))
    (folder / _WORDINGS).write_text(json.dumps(ours, ensure_ascii=False), "utf-8")


def _spread(folder: Path) -> dict[str, int]:
    """Label → in how many passages of an index it stands."""
    spread: dict[str, int] = json.loads((folder / _WORDINGS).read_text("utf-8"))
    return spread


def weigh(
    wordings: Mapping[int, Sequence[Wording]] | Iterable[tuple[int, Sequence[Wording]]],
    total: int,
    elsewhere: Mapping[str, int] | None = None,
    counted: Counter[str] | None = None,
) -> tuple[Rows, Rows, Floats]:
    """(concept, row, weight in 0..1) of every passage that speaks of a concept, by concept, rows ascending.

    ``elsewhere`` says in how many other passages labels stand; to ``counted`` is added in how many they stand here.
    """
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
    names = [name for _, name in sorted(zip(rank.tolist(), labels, strict=True))]
    if counted is not None:
        counted.update(dict(zip(names, spread.tolist(), strict=True)))
    if elsewhere:
        spread = spread + np.array([elsewhere.get(name, 0) for name in names], np.int64)
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


@dataclass(frozen=True, slots=True)
class _Part:
    """(mentions,) rows and weights of the concepts in order; ``starts`` (concepts + 1,) where those of each begin."""

    rows: Numbers
    weights: Floats
    starts: Rows

    @classmethod
    def of(cls, owners: NDArray[Any], rows: Numbers, weights: Floats, concepts: int) -> Self:
        return cls(rows, weights, np.searchsorted(owners, np.arange(concepts + 1, dtype=owners.dtype)))


class MentionIndex:
    """Indexes that ``build`` wrote, one for each segment (see ``search.segments``); ``starts`` are their first rows, ``alive``
    (rows,) is False for those that are passed over."""

    def __init__(
        self,
        folders: Sequence[Path],
        concepts: int,
        starts: Sequence[int] = (0,),
        alive: NDArray[np.bool_] | None = None,
    ) -> None:
        self._parts = [
            _Part.of(mapped(folder, "owners"), mapped(folder, "rows"), mapped(folder, "weights"), concepts)
            for folder in folders
        ]
        self._starts = list(starts)
        self._alive = alive
        self._speaking = sum(int(np.load(folder / _SPEAKING)) for folder in folders)

    def joined(self, wordings: Mapping[int, Sequence[Wording]], concepts: int, total: int) -> Self:
        """The index with further concepts, numbered from those of the index on, of ``concepts`` in all."""
        other = copy(self)
        owners, rows, weights = weigh(wordings, total)
        known = len(self._parts[0].starts)
        widened = [
            replace(part, starts=np.pad(part.starts, (0, max(concepts + 1 - known, 0)), "edge")) for part in self._parts
        ]
        other._parts = [*widened, _Part.of(owners, rows.astype(np.int32), weights, concepts)]
        other._starts = [*self._starts, 0]
        met = [part.rows + start for part, start in zip(self._parts, self._starts, strict=True)]
        other._speaking = len(np.unique(np.concatenate([*met, rows])))
        return other

    @property
    def attested(self) -> NDArray[np.bool_]:
        """(concepts,) which of them some passage speaks of."""
        told: NDArray[np.bool_] = np.any([np.diff(part.starts) > 0 for part in self._parts], axis=0)
        return told

    def share(self, total: int) -> float:
        """The share of ``total`` passages that speak of some concept."""
        return self._speaking / max(total, 1)

    def of(self, concept: int) -> tuple[Numbers, Floats]:
        """(rows, weights in 0..1) of the passages that speak of a concept, rows ascending."""
        found = []
        for part, start in zip(self._parts, self._starts, strict=True):
            span = slice(part.starts[concept], part.starts[concept + 1])
            found.append((part.rows[span] + np.int32(start) if start else part.rows[span], part.weights[span]))
        rows, weights = (chained(columns) for columns in zip(*found, strict=True))
        if self._alive is None:
            return rows, weights
        there = self._alive[rows]
        return rows[there], weights[there]

    def scores(self, weighed: Sequence[tuple[int, float]], total: int) -> tuple[NDArray[np.int64], Floats]:
        """(rows, how much each speaks of some concepts), rows ascending: the sum over (concept, its weight)."""
        found = [(rows, np.float32(weight) * said) for concept, weight in weighed for rows, said in [self.of(concept)]]
        if len(found) == 1:
            return found[0][0].astype(np.int64), found[0][1]
        out = np.zeros(total, np.float32)
        for rows, said in found:
            out[rows] += said
        told = np.flatnonzero(out > 0)  # numbers would be looked at one by one
        return told, out[told]

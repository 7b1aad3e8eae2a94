"""Fine-tuning: texts that mean the same move together, others apart.

In-batch softmax over cosines (InfoNCE, van den Oord, Li & Vinyals 2018), both ways, with further wrong answers that
look right (hard negatives, Karpukhin et al. 2020), at several dimensions at once so that the leading numbers of a vector
stand alone (Matryoshka, Kusupati et al. 2022). By hand in numpy: the gradient of a mean of token vectors is the same
for each of its tokens, so a step touches only the rows it used. Rows learn at their own pace (Adagrad, Duchi, Hazan &
Singer 2011).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from search.embedders.base import Floats

Ids = NDArray[np.int64]
Bars = NDArray[np.bool_]
_FAR = np.float32(-1e4)  # a logit that takes no part


@dataclass(frozen=True, slots=True)
class Batch:
    """Query i belongs to answer i. Answers beyond the queries are wrong ones for them; ``barred`` (queries, answers)
    marks answers that are neither right nor wrong for a query, None where there are none. No text may be empty."""

    queries: Sequence[Ids]
    answers: Sequence[Ids]
    barred: Bars | None = None


@dataclass(slots=True)
class Table:
    """Token vectors in training: (tokens, width), and how much each row has moved."""

    vectors: Floats
    moved: Floats

    @classmethod
    def start(cls, vectors: Floats) -> "Table":
        return cls(vectors.copy(), np.full((len(vectors), 1), 1e-6, np.float32))


@dataclass(frozen=True, slots=True)
class Manner:
    """How a step is made: the ``dimensions`` whose losses are averaged, the ``temperature`` that cosines are divided
    by, the share of tokens ``dropped`` from a text at each reading."""

    dimensions: tuple[int, ...]
    temperature: float = 0.07
    dropped: float = 0.1


@dataclass(slots=True)
class _Reading:
    """Texts as a matrix product: ``counts`` (texts, rows used) times the vectors of ``rows`` gives the ``sums``."""

    rows: Ids
    counts: Floats
    sums: Floats


def _read(table: Table, texts: Sequence[Ids]) -> _Reading:
    rows, place = np.unique(np.concatenate(texts), return_inverse=True)
    owner = np.repeat(np.arange(len(texts)), [len(text) for text in texts])
    cells = np.bincount(owner * len(rows) + place, minlength=len(texts) * len(rows))
    counts = cells.reshape(len(texts), len(rows)).astype(np.float32)
    return _Reading(rows, counts, counts @ table.vectors[rows])


def _thin(texts: Sequence[Ids], share: float, rng: np.random.Generator) -> list[Ids]:
    kept = []
    for text in texts:
        stays = text[rng.random(len(text)) >= share]
        kept.append(stays if len(stays) else text)
    return kept


def step(table: Table, batch: Batch, rate: float, manner: Manner, rng: np.random.Generator) -> float:
    """One step on a batch. Returns the loss."""
    left = _read(table, _thin(batch.queries, manner.dropped, rng))
    right = _read(table, _thin(batch.answers, manner.dropped, rng))
    pulls = np.zeros_like(left.sums), np.zeros_like(right.sums)
    losses = [_pull(left, right, batch.barred, size, manner.temperature, pulls) for size in manner.dimensions]
    for reading, pull in zip((left, right), pulls, strict=True):
        _descend(table, reading, pull / np.float32(len(losses)), rate)
    return float(np.mean(losses))


def _pull(
    left: _Reading, right: _Reading, barred: Bars | None, size: int, temperature: float, pulls: tuple[Floats, Floats]
) -> float:
    """Add the gradients of the loss at one dimension to ``pulls``. Returns the loss."""
    count = len(left.sums)
    diagonal = np.arange(count)
    sides = left.sums[:, :size], right.sums[:, :size]
    lengths = [np.maximum(np.linalg.norm(side, axis=1, keepdims=True), np.float32(1e-6)) for side in sides]
    asked, given = sides[0] / lengths[0], sides[1] / lengths[1]
    logits = asked @ given.T / np.float32(temperature)
    if barred is not None:
        logits = np.where(barred, _FAR, logits)
    forward = np.exp(logits - logits.max(axis=1, keepdims=True))
    forward /= forward.sum(axis=1, keepdims=True)
    own = logits[:, :count]
    backward = np.exp(own - own.max(axis=0, keepdims=True))
    backward /= backward.sum(axis=0, keepdims=True)
    loss = -np.log(np.maximum(forward[diagonal, diagonal], 1e-9)).mean()
    slope = forward / 2
    slope[:, :count] += backward / 2
    slope[diagonal, diagonal] -= 1
    slope /= np.float32(count * temperature)
    for pull, unit, length, toward in zip(
        pulls, (asked, given), lengths, (slope @ given, slope.T @ asked), strict=True
    ):
        pull[:, :size] += (toward - unit * (toward * unit).sum(axis=1, keepdims=True)) / length
    return float(loss)


def _descend(table: Table, reading: _Reading, gradient: Floats, rate: float) -> None:
    total = reading.counts.T @ gradient
    table.moved[reading.rows] += (total**2).mean(axis=1, keepdims=True)
    table.vectors[reading.rows] -= np.float32(rate) * total / np.sqrt(table.moved[reading.rows])

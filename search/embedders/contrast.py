"""Fine-tuning: texts that mean the same move together, others apart.

In-batch softmax over cosines (InfoNCE, van den Oord, Li & Vinyals 2018), both ways, by hand in numpy: the gradient
of a mean of token vectors is the same for each of its tokens, so a step touches only the rows it used. Rows learn
at their own pace (Adagrad, Duchi, Hazan & Singer 2011).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from search.embedders.base import Floats

Ids = NDArray[np.int64]
_TEMPERATURE = 0.07
_DROPPED = 0.1  # share of tokens left out of a text at each reading


@dataclass(slots=True)
class Table:
    """Token vectors in training: (tokens, width), and how much each row has moved."""

    vectors: Floats
    moved: Floats

    @classmethod
    def start(cls, vectors: Floats) -> "Table":
        return cls(vectors.copy(), np.full((len(vectors), 1), 1e-6, np.float32))


@dataclass(slots=True)
class _Reading:
    """A batch as a matrix product: ``counts`` (texts, rows used) times the vectors of ``rows`` gives the sums."""

    rows: Ids
    counts: Floats
    unit: Floats
    lengths: Floats


def _read(table: Table, texts: Sequence[Ids]) -> _Reading:
    rows, place = np.unique(np.concatenate(texts), return_inverse=True)
    owner = np.repeat(np.arange(len(texts)), [len(text) for text in texts])
    cells = np.bincount(owner * len(rows) + place, minlength=len(texts) * len(rows))
    counts = cells.reshape(len(texts), len(rows)).astype(np.float32)
    sums = counts @ table.vectors[rows]
    lengths = np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), np.float32(1e-6))
    return _Reading(rows, counts, sums / lengths, lengths)


def _thin(texts: Sequence[Ids], rng: np.random.Generator) -> list[Ids]:
    kept = []
    for text in texts:
        stays = text[rng.random(len(text)) >= _DROPPED]
        kept.append(stays if len(stays) else text)
    return kept


def step(table: Table, queries: Sequence[Ids], answers: Sequence[Ids], rate: float, rng: np.random.Generator) -> float:
    """One step on a batch: query i belongs to answer i and to no other. No text may be empty. Returns the loss."""
    left = _read(table, _thin(queries, rng))
    right = _read(table, _thin(answers, rng))
    logits = left.unit @ right.unit.T / np.float32(_TEMPERATURE)
    forward = np.exp(logits - logits.max(axis=1, keepdims=True))
    forward /= forward.sum(axis=1, keepdims=True)
    backward = np.exp(logits - logits.max(axis=0, keepdims=True))
    backward /= backward.sum(axis=0, keepdims=True)
    count = len(queries)
    diagonal = np.arange(count)
    loss = -np.log(np.maximum(forward[diagonal, diagonal], 1e-9)).mean()
    slope = (forward + backward) / 2
    slope[diagonal, diagonal] -= 1
    slope /= np.float32(count * _TEMPERATURE)
    pulls = slope @ right.unit, slope.T @ left.unit
    for reading, pull in zip((left, right), pulls, strict=True):
        gradient = (pull - reading.unit * (pull * reading.unit).sum(axis=1, keepdims=True)) / reading.lengths
        _descend(table, reading, gradient, rate)
    return float(loss)


def _descend(table: Table, reading: _Reading, gradient: Floats, rate: float) -> None:
    total = reading.counts.T @ gradient
    table.moved[reading.rows] += (total**2).mean(axis=1, keepdims=True)
    table.vectors[reading.rows] -= np.float32(rate) * total / np.sqrt(table.moved[reading.rows])

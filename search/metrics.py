"""Measures of a ranking, and how sure a difference between two rankings is. Pure functions over numbers.

A ranking is the grades of what was found, best first: 0 not relevant, higher is better.
"""

import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

DRAWS = 10_000  # resamples for an interval, and sign patterns for a test
_AT_ONCE = 1 << 20  # numbers drawn at a time
_EQUAL = 1e-9  # differences up to it are ties

Reals = NDArray[np.float64]


def gain(grades: Iterable[int]) -> float:
    """Discounted cumulated gain of all the grades (Järvelin & Kekäläinen 2002), exponential form."""
    return sum(float(2**grade - 1) / math.log2(rank + 2) for rank, grade in enumerate(grades))


def ndcg(found: Sequence[int], judged: Iterable[int], depth: int) -> float:
    """Gain of the first ``depth`` found over that of the best ``depth`` of all ``judged`` grades; 0 where none counts.

    Two finds may answer to the same judgement (a paragraph printed twice), so a little more than 1 is possible.
    """
    ideal = gain(sorted(judged, reverse=True)[:depth])
    return gain(found[:depth]) / ideal if ideal else 0.0


def reciprocal_rank(found: Iterable[int]) -> float:
    """1 / rank of the first find with a grade above 0; 0 where there is none."""
    return next((1 / rank for rank, grade in enumerate(found, 1) if grade > 0), 0.0)


def recall(found: Sequence[Collection[int]], judged: int, depth: int) -> float:
    """Share of the ``judged`` answers that the first ``depth`` finds hold, of as many as ``depth`` finds can hold.

    ``found`` gives for each find the numbers of the answers it holds. The denominator is ``min(judged, depth)``: with
    20 answers ten finds can't do better than ten (capped recall, Thakur et al., BEIR, 2021). 0..1.
    """
    held = {number for numbers in found[:depth] for number in numbers}
    return min(len(held) / min(judged, depth), 1.0) if judged and depth else 0.0


def mean(values: Sequence[float]) -> float:
    """The mean; 0 of nothing."""
    return math.fsum(values) / len(values) if values else 0.0


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that ``share`` (0..1) of the values don't exceed (nearest rank); 0 of nothing."""
    ordered = sorted(values)
    return ordered[max(math.ceil(share * len(ordered)), 1) - 1] if ordered else 0.0


def interval(values: Sequence[float], level: float = 0.95, seed: int = 0) -> tuple[float, float]:
    """(low, high) between which the mean lies with confidence ``level``: percentile bootstrap (Efron 1979).

    The same values give the same interval: resamples come from ``seed``. Of one value it is the value itself.
    """
    data = np.asarray(values, np.float64)
    if not len(data):
        return 0.0, 0.0
    rng = np.random.default_rng(seed)
    means = np.concatenate([data[rng.integers(len(data), size=(n, len(data)))].mean(axis=1) for n in _lots(len(data))])
    low, high = np.quantile(means, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)


@dataclass(frozen=True, slots=True)
class Paired:
    """How the first of two systems did against the second on the same queries.

    ``difference`` is the mean of first minus second, ``low`` and ``high`` its 95 % interval, ``p`` the probability of
    a mean difference at least as large if the two were the same.
    """

    difference: float
    low: float
    high: float
    p: float
    wins: int
    ties: int
    losses: int


def paired(first: Sequence[float], second: Sequence[float], seed: int = 0) -> Paired:
    """Compare two systems by their values for the same queries, in the same order. Raises ValueError if lengths differ.

    Two-sided randomisation test: under the null hypothesis each query's difference could as well have the other sign
    (Fisher 1935; for retrieval Smucker, Allan & Carterette 2007). Sign patterns are drawn from ``seed``, the observed
    one counted in, so that p is never 0.
    """
    if len(first) != len(second):
        raise ValueError(f"{len(first)} values against {len(second)}")
    differences = np.asarray(first, np.float64) - np.asarray(second, np.float64)
    low, high = interval(differences.tolist(), seed=seed)
    return Paired(
        mean(differences.tolist()),
        low,
        high,
        _randomised(differences, seed),
        int((differences > _EQUAL).sum()),
        int((np.abs(differences) <= _EQUAL).sum()),
        int((differences < -_EQUAL).sum()),
    )


def _randomised(differences: Reals, seed: int) -> float:
    moved = differences[np.abs(differences) > _EQUAL]
    if not len(moved):
        return 1.0
    least = abs(moved.sum()) - _EQUAL
    rng = np.random.default_rng(seed)
    extreme = sum(
        int((np.abs(rng.choice([-1.0, 1.0], size=(n, len(moved))) @ moved) >= least).sum()) for n in _lots(len(moved))
    )
    return (extreme + 1) / (DRAWS + 1)


def _lots(width: int) -> list[int]:
    """``DRAWS`` in lots that keep a table of draws × ``width`` small."""
    most = max(_AT_ONCE // width, 1)
    return [min(most, DRAWS - done) for done in range(0, DRAWS, most)]

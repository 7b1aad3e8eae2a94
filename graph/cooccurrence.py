"""Terms that stand together: how much more often than chance two terms share a passage, and where they stand closest."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import NDArray

from corpus.mentions import Mentions
from corpus.model import Mention

#: Bounds on co-occurrence, so that a library of any size gives a network that can be drawn.
_MOST_TERMS_IN_PASSAGE = 24
MOST_PARTNERS = 12
FEWEST_TOGETHER = 2
#: Below this, terms that stand everywhere (工会) would be tied to everything.
LEAST_WEIGHT = 0.2
Pair = tuple[str, str]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Together:
    """Two terms that share ``passages`` passages; ``weight`` lies in 0..1. In the passage where they stand closest,
    ``start:end`` reaches from the first of them to the end of the last."""

    weight: float
    passages: int
    document_id: str
    passage_id: str
    start: int
    end: int


def related(mentions: Iterable[Mention], passages: int) -> dict[Pair, Together]:
    """Pairs of terms (ids in order) that stand in the same passages more often than chance; ``passages`` are there.

    Normalised pointwise mutual information (Bouma, 2009) over passages, times the discount of Pantel and Ravichandran
    (2004), without which two names seen twice would outweigh all others. Pairs seen together less than
    ``FEWEST_TOGETHER`` times or weaker than ``LEAST_WEIGHT`` are left out; every term keeps at most ``MOST_PARTNERS``,
    the strongest pairs first.
    """
    found = Mentions.of(mentions)
    size = max(1, len(found.terms))
    inside = np.flatnonzero(found.passage >= 0)
    rows = inside[np.lexsort((found.term[inside], found.passage[inside]))]
    standing = np.unique(found.passage[rows] * size + found.term[rows])
    passage, term = np.divmod(standing, size)
    alone = np.bincount(term, minlength=size)
    terms_in = np.bincount(passage, minlength=1)
    few = terms_in <= _MOST_TERMS_IN_PASSAGE
    kept = few[passage]
    codes, times = _counted(
        term[first] * size + term[second] for first, second in _neighbours(passage[kept], np.flatnonzero(kept))
    )
    weights = _weights(codes, times, alone, max(passages, int(np.count_nonzero(terms_in))))
    best = _closest(found, rows[few[found.passage[rows]]], np.array(sorted(weights), np.int64), size)
    return {
        (found.terms[code // size], found.terms[code % size]): Together(
            weight, together, found.documents[found.document[row]], found.passages[found.passage[row]], start, end
        )
        for code, (weight, together) in sorted(weights.items())
        for row, start, end in (best[code],)
    }


def _neighbours(group: Ints, members: Ints) -> Iterator[tuple[Ints, Ints]]:
    """All pairs of members of one group, the earlier first, a batch for each distance; equal ``group`` stand together."""
    at = np.arange(len(group))
    for distance in range(1, len(group)):
        at = at[at + distance < len(group)]
        at = at[group[at] == group[at + distance]]
        if not len(at):
            return
        yield members[at], members[at + distance]


def _counted(batches: Iterable[Ints]) -> tuple[Ints, Ints]:
    """Every number in the batches, in order, with how often it is there."""
    codes, times = np.zeros(0, np.int64), np.zeros(0, np.int64)
    for batch in batches:
        more, often = np.unique(batch, return_counts=True)
        both, places = np.unique(np.concatenate((codes, more)), return_inverse=True)
        times = np.bincount(places, np.concatenate((times, often)), len(both)).astype(np.int64)
        codes = both
    return codes, times


def _weights(codes: Ints, times: Ints, alone: Ints, total: int) -> dict[int, tuple[float, int]]:
    """Number of a pair → its weight and how many passages it shares, of the pairs that are kept."""
    size = len(alone)
    seen = (times >= FEWEST_TOGETHER) & (times < total)
    codes, times = codes[seen], times[seen]
    a, b = alone[codes // size], alone[codes % size]
    weights: dict[int, tuple[float, int]] = {}
    for code, n, one, other in zip(codes.tolist(), times.tolist(), a.tolist(), b.tolist(), strict=True):
        rarer = min(one, other)
        discount = n / (n + 1) * rarer / (rarer + 1)
        weight = discount * log(n * total / (one * other)) / -log(n / total)
        if weight >= LEAST_WEIGHT:
            weights[code] = (round(weight, 6), n)
    partners: Counter[int] = Counter()
    kept: dict[int, tuple[float, int]] = {}
    for code in sorted(weights, key=lambda code: (-weights[code][0], code)):
        ends = divmod(code, size)
        if all(partners[term] < MOST_PARTNERS for term in ends):
            partners.update(ends)
            kept[code] = weights[code]
    return kept


def _closest(found: Mentions, rows: Ints, codes: Ints, size: int) -> dict[int, tuple[int, int, int]]:
    """Number of a pair → (a row of its passage, start, end) of the shortest span that holds both, of all passages."""
    columns: list[list[Ints]] = [[], [], [], [], []]
    for first, second in _neighbours(found.passage[rows], rows):
        pair = found.term[first] * size + found.term[second]
        at = np.minimum(np.searchsorted(codes, pair), max(0, len(codes) - 1))
        held = np.flatnonzero(codes[at] == pair) if len(codes) else np.zeros(0, np.int64)
        first, second, pair = first[held], second[held], pair[held]
        start = np.minimum(found.start[first], found.start[second])
        end = np.maximum(found.end[first], found.end[second])
        for column, values in zip(columns, (pair, end - start, first, start, end), strict=True):
            column.append(values)
    if not columns[0]:
        return {}
    pair, length, row, start, end = (np.concatenate(column) for column in columns)
    order = np.lexsort((end, start, found.passage[row], length, pair))
    _, at = np.unique(pair[order], return_index=True)
    best = order[at]
    where = zip(row[best].tolist(), start[best].tolist(), end[best].tolist(), strict=True)
    return dict(zip(pair[best].tolist(), where, strict=True))

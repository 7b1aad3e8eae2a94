"""How far words stand in clauses: 1 verbatim, less where only some of their character pairs do, half of it for what stands
elsewhere in the sentence.

What is asked costs by how many clauses hold the pairs that tell, not by how many clauses there are: a sentence that has
none of the rarer pairs can't have enough of the words, so those that hold only common ones are never listed.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from search.clauses import ClauseTable, Rows, distinct, new

_SCATTER = 1.5
_ROUNDING = 1e-4
_SHORT_LIST = 8  # times as many spans as postings, from which on the postings are looked for among the spans
_SPARSE = 16  # clauses of the index to one listed, up to which they are marked in a row of bits and not sorted

Floats = NDArray[np.float32]
Places = NDArray[np.int64]


class Presence:
    """How far words stand in clauses, 0..1."""

    def __init__(self, table: ClauseTable, shares: Sequence[tuple[Rows, float]], verbatim: Rows) -> None:
        """``shares`` are the postings of the words' character pairs, each with its share of the words; ``verbatim`` are the
        clauses in which the words stand as they are, ascending."""
        self._table = table
        self._shares = [(postings, np.float32(share)) for postings, share in shares]
        self._verbatim: Rows = verbatim * np.int32(2)  # as postings have them

    def at(self, rows: Rows) -> Floats:
        """(rows,) the presence in clauses, which are ascending."""
        numbers = self._table.sentences[self._table.owners[rows]]
        begins = new(numbers)
        around = self._standing(*self._spans(numbers[begins]))
        return _presence(self._standing(rows, rows + np.int32(1)), around[np.cumsum(begins) - 1])

    def least(self, presence: float) -> Rows:
        """The clauses with at least this presence, ascending."""
        # What stands in a clause stands in its sentence, too.
        share = presence ** (1 / _SCATTER) - _ROUNDING
        first, last = self._spans(self._sentences(share))
        around = self._standing(first, last)
        enough = around >= share
        first, around, lengths = first[enough], around[enough], (last - first)[enough]
        ends = np.cumsum(lengths)
        rows = (np.repeat(first - (ends - lengths), lengths) + np.arange(lengths.sum())).astype(np.int32)
        here = self._standing(rows, rows + np.int32(1))
        found: Rows = rows[_presence(here, np.repeat(around, lengths)) >= presence]
        return found

    def _sentences(self, share: float) -> Rows:
        """The sentences, ascending, that may hold this share of the words."""
        rarer = sorted(self._shares, key=lambda one: one[1])
        common = 0.0
        while rarer and common + float(rarer[0][1]) < share:
            common += float(rarer.pop(0)[1])
        listed = [postings >> 1 for postings, _ in rarer] + [self._verbatim >> 1]
        sentences, owners, most = self._table.sentences, self._table.owners, len(self._table)
        if _SPARSE * sum(map(len, listed)) < most:
            clauses = np.concatenate(listed)
            clauses.sort()
            return distinct(sentences[owners[clauses]])
        marked = np.zeros(len(sentences), np.bool_)
        for clauses in listed:
            marked[sentences[owners[clauses]]] = True
        return np.flatnonzero(marked).astype(np.int32)

    def _spans(self, sentences: Rows) -> tuple[Rows, Rows]:
        """(sentences,) twice: the first clause of each, and the one after its last."""
        owners, numbers = self._table.owners, self._table.sentences
        after = numbers.searchsorted(sentences, "right").astype(np.int32)
        first, last = owners.searchsorted(sentences), owners.searchsorted(after)
        return first.astype(np.int32), last.astype(np.int32)

    def _standing(self, first: Rows, last: Rows) -> Floats:
        """(spans,) the share of the words that stands in spans of clauses, which are ascending and apart."""
        found = np.zeros(len(first), np.float32)
        for postings, share in self._shares:
            found[_holding(postings, first, last)] += share
        found[_holding(self._verbatim, first, last)] = 1
        return found


def _presence(here: Floats, around: Floats) -> Floats:
    share = (here + np.minimum(around, np.float32(1))) / np.float32(2)
    # Scattered pairs are weak evidence: their share counts for less than it is.
    found: Floats = share * np.sqrt(share)
    return found


def _holding(postings: Rows, first: Rows, last: Rows) -> Places:
    """The spans of clauses in which a posting lies, ascending, each once."""
    if not len(postings) or not len(first):
        return np.zeros(0, np.int64)
    if len(postings) * _SHORT_LIST < len(first):
        clauses = postings >> 1
        at = np.searchsorted(first, clauses, "right") - 1
        at = at[(at >= 0) & (clauses < last[at])]
        return at[new(at)]
    at = np.searchsorted(postings, first * np.int32(2))
    found: Places = np.flatnonzero(postings[np.minimum(at, len(postings) - 1)] < last * np.int32(2))
    return found[at[found] < len(postings)]

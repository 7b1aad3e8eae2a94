"""Mentions in columns: a million passages have millions of them, which as records would fill the memory."""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import overload

import numpy as np
from numpy.typing import NDArray

from corpus.model import Mention

Numbers = NDArray[np.int64]
#: The mentions of a document in four rows: numbers of terms, numbers of passages (-1 for none), starts, ends.
Found = NDArray[np.int32]


class Mentions(Sequence[Mention]):
    """Where terms stand, in the order of document, start, end and term.

    ``terms``, ``documents`` and ``passages`` are ids, the passages of a document together; ids and, within a document,
    passages are in code point order, so that numbers compare as ids do. The columns are numbers of these, offsets
    in the document, and -1 for the passage of what stands in none.
    """

    def __init__(
        self, terms: Sequence[str], documents: Sequence[str], passages: Sequence[str], columns: Sequence[Numbers]
    ) -> None:
        self.terms, self.documents, self.passages = terms, documents, passages
        term, document, passage, start, end = columns
        order = np.lexsort((term, end, start, document))
        self.term, self.document, self.passage = term[order], document[order], passage[order]
        self.start, self.end = start[order], end[order]

    @classmethod
    def of(cls, mentions: Iterable[Mention]) -> "Mentions":
        """Columns of records; what is in columns already stays as it is."""
        if isinstance(mentions, Mentions):
            return mentions
        found = list(mentions)
        terms = {name: n for n, name in enumerate(sorted({m.term_id for m in found}))}
        documents = {name: n for n, name in enumerate(sorted({m.document_id for m in found}))}
        inside = sorted({(m.document_id, m.passage_id) for m in found if m.passage_id})
        passages = {name: n for n, name in enumerate(inside)}
        rows = [
            (
                terms[m.term_id],
                documents[m.document_id],
                passages.get((m.document_id, m.passage_id), -1),
                m.start,
                m.end,
            )
            for m in found
        ]
        return cls(
            [*terms], [*documents], [name for _, name in inside], list(np.array(rows, np.int64).reshape(-1, 5).T)
        )

    def __len__(self) -> int:
        return len(self.term)

    @overload
    def __getitem__(self, at: int) -> Mention: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Mention]: ...
    def __getitem__(self, at: int | slice) -> Mention | Sequence[Mention]:
        if isinstance(at, slice):
            return [self[i] for i in range(*at.indices(len(self)))]
        passage = int(self.passage[at])
        return Mention(
            self.terms[self.term[at]],
            self.documents[self.document[at]],
            self.passages[passage] if passage >= 0 else "",
            int(self.start[at]),
            int(self.end[at]),
        )

    def __iter__(self) -> Iterator[Mention]:
        for document, start, end, term, passage in self.rows():
            yield Mention(term, document, passage, start, end)

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Sequence)
            and len(self) == len(other)
            and all(a == b for a, b in zip(self, other, strict=True))
        )

    __hash__ = None  # type: ignore[assignment]

    def rows(self, size: int = 1 << 16) -> Iterator[tuple[str, int, int, str, str]]:
        """Document, start, end, term and passage of each: the order of the table's key."""
        terms, documents = self.terms, self.documents
        passages = [*self.passages, ""]  # the last one for -1
        for at in range(0, len(self), size):
            part = slice(at, at + size)
            for document, start, end, term, passage in zip(
                self.document[part].tolist(), self.start[part].tolist(), self.end[part].tolist(),
                self.term[part].tolist(), self.passage[part].tolist(), strict=True,
            ):  # fmt: skip
                yield documents[document], start, end, terms[term], passages[passage]

    def bounds(self) -> list[tuple[int, int]]:
        """First mention and the one after the last of each document."""
        ends = np.searchsorted(self.document, np.arange(len(self.documents) + 1)).tolist()
        return [*pairwise(ends)]

    def within(self, first: int, last: int) -> Sequence[Mention]:
        """The mentions from ``first`` to before ``last``, made as they are asked for."""
        return _Within(self, first, last)

    def counts(self) -> dict[str, int]:
        """Term id → how often it is mentioned, of those that are."""
        return self._named(np.bincount(self.term, minlength=len(self.terms)))

    def used(self) -> dict[str, int]:
        """Term id → how many documents mention it, of those that any does."""
        pairs = np.unique(self.term * max(1, len(self.documents)) + self.document)
        return self._named(np.bincount(pairs // max(1, len(self.documents)), minlength=len(self.terms)))

    def firsts(self) -> dict[str, tuple[str, int, int]]:
        """Term id → document, start and end of where it stands first, in a passage if it ever does."""
        found: dict[str, tuple[str, int, int]] = {}
        for rows in (np.flatnonzero(self.passage >= 0), np.arange(len(self))):
            terms, at = np.unique(self.term[rows], return_index=True)
            for term, row in zip(terms.tolist(), rows[at].tolist(), strict=True):
                found.setdefault(
                    self.terms[term], (self.documents[self.document[row]], int(self.start[row]), int(self.end[row]))
                )
        return found

    def _named(self, counts: Numbers) -> dict[str, int]:
        return {self.terms[term]: int(counts[term]) for term in np.flatnonzero(counts).tolist()}


class _Within(Sequence[Mention]):
    def __init__(self, every: Mentions, first: int, last: int) -> None:
        self._every, self._first, self._size = every, first, last - first

    def __len__(self) -> int:
        return self._size

    @overload
    def __getitem__(self, at: int) -> Mention: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Mention]: ...
    def __getitem__(self, at: int | slice) -> Mention | Sequence[Mention]:
        if isinstance(at, slice):
            return [self[i] for i in range(*at.indices(self._size))]
        if not -self._size <= at < self._size:
            raise IndexError(at)
        return self._every[self._first + at % self._size]


def numbered(terms: Iterable[str]) -> dict[str, int]:
    """Term id → its number among them."""
    return {name: number for number, name in enumerate(sorted({*terms}))}


class Collector:
    """Takes mentions document by document, in the order of their ids."""

    def __init__(self, terms: Iterable[str]) -> None:
        self._terms = [*numbered(terms)]
        self._documents: list[str] = []
        self._passages: list[str] = []
        self._columns = [array("i") for _ in range(5)]

    def add(self, document: str, passages: Sequence[str], found: Found) -> None:
        """Enter the mentions of a document; ``passages`` are ids in order."""
        number, place, start, end = found
        place = np.where(place >= 0, place + len(self._passages), -1)
        document_number = np.full(len(number), len(self._documents))
        for column, values in zip(self._columns, (number, document_number, place, start, end), strict=True):
            column.frombytes(values.astype(np.intc).tobytes())
        self._documents.append(document)
        self._passages += passages

    def mentions(self) -> Mentions:
        """All of them."""
        columns = [np.array(column, np.int64) for column in self._columns]
        return Mentions(self._terms, self._documents, self._passages, columns)

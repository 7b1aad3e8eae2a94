"""What a place question found, counted by place before any of it is read.

A question may find tens of thousands of sentences of thousands of places: they stay columns, and only those that are shown
become records.
"""

from collections.abc import Callable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from numpy.typing import NDArray

from corpus.model import Document
from corpus.said import Doer, Manner
from search.admission import ORDER, Admission
from search.claims import ClaimIndex, Columns
from search.clauses import Rows, new
from search.presence import Floats
from search.quoting import About, Found

Numbers = NDArray[np.int64]
Mask = NDArray[np.bool_]
Key = tuple[str, str]  # a place's name and code: several may share the name


@dataclass(frozen=True, slots=True)
class _Entries:
    """Claims that count, as columns (entries,): which inquiry found it and where it is among what that one found, its place
    (see ``Tally.keys``), document and start, the order of its status, its doer as the question means it, its manner."""

    about: Rows
    at: Rows
    place: Rows
    document: Rows
    start: Rows
    status: Rows
    confidence: Floats
    doer: Rows
    manner: Rows

    def of(self, chosen: Numbers | Mask) -> Self:
        """Some of them."""
        return type(self)(*(getattr(self, name)[chosen] for name in self.__slots__))

    @classmethod
    def joined(cls, parts: Sequence[Self]) -> Self:
        """Those of several, one after the other."""
        return cls(*(np.concatenate([getattr(part, name) for part in parts]) for name in cls.__slots__))


@dataclass(frozen=True, slots=True)
class Counted:
    """A place that answers: its doer, document, manner and confidence are those of its first entry; ``counts`` how many
    entries are done, ongoing and planned; ``elsewhere``: only documents of other places tell of it."""

    doer: Doer
    document: Document
    manner: Manner
    confidence: float
    counts: tuple[int, int, int]
    elsewhere: bool


class Tally:
    """The claims that count for a question, a sentence of a place once: entries, those of a place together, what was done
    before plans, the surest first. Only places that have some for each thing that is asked for."""

    def __init__(
        self, abouts: Sequence[About], admission: Admission, documents: Mapping[str, Document], index: ClaimIndex
    ) -> None:
        """``abouts`` are what was found about each of the things; ``documents`` those of the library."""
        self._abouts, self._admission, self._documents, self._index = abouts, admission, documents, index
        self._doers = list(index.doers)
        self._manners = index.manners
        self._others: dict[tuple[int, int], list[tuple[int, int]]] = {}
        #: The places, in the order in which they are met.
        self.keys: list[Key] = []
        self._entries = self._ranked()
        self._starts = self._begins()

    def __len__(self) -> int:
        """How many places there are."""
        return len(self.keys)

    # ------------------------------------------------------------------ counting
    def _ranked(self) -> _Entries:
        known: dict[Key, int] = {}
        parts = [self._admitted(number, known) for number in range(len(self._abouts))]
        if not parts:
            nothing = np.zeros(0, np.int32)
            return _Entries(
                nothing, nothing, nothing, nothing, nothing, nothing, np.zeros(0, np.float32), nothing, nothing
            )
        whole = _Entries.joined(parts)
        for part in parts:
            whole = whole.of(np.isin(whole.place, part.place))
        whole = self._once(whole)
        met, place = np.unique(whole.place, return_inverse=True)
        keys = list(known)
        self.keys = [keys[number] for number in met.tolist()]
        rank = self._index.document_order[whole.document]
        order = np.lexsort((whole.start, rank, -whole.confidence, whole.status, place))
        return replace(whole, place=place.astype(np.int32)).of(order)

    def _admitted(self, number: int, known: dict[Key, int]) -> _Entries:
        """The claims of one of the abouts that count, in reading order; ``known`` numbers their places as they are met."""
        about = self._abouts[number]
        columns = self._index.columns(about.numbers)
        doers = self._meant(columns)
        kept = np.flatnonzero(self._counting(columns, doers))
        doer, manner = doers[kept], columns.manners[kept]
        return _Entries(
            about=np.full(len(kept), number, np.int32),
            at=kept.astype(np.int32),
            place=_each(doer, lambda one: known.setdefault(self._doers[one][:2], len(known))),
            document=columns.documents[kept],
            start=columns.starts[kept],
            status=_each(manner, lambda one: ORDER[self._manners[one].status]),
            confidence=about.confidence[kept],
            doer=doer,
            manner=manner,
        )

    def _meant(self, columns: Columns) -> Rows:
        """(claims,) the doers as the question means them."""
        if not self._admission.question.received:
            return columns.doers
        numbers = {doer: number for number, doer in reversed(list(enumerate(self._doers)))}
        meant = columns.doers.copy()
        for at, head in enumerate(self._index.heads(columns.numbers.tolist()).values()):
            read = self._admission.read(head, self._documents[head.document_id])
            if read is not head:
                meant[at] = numbers.setdefault(read.doer, len(self._doers))
                if meant[at] == len(self._doers):
                    self._doers.append(read.doer)
        return meant

    def _counting(self, columns: Columns, doers: Rows) -> Mask:
        """(claims,) True for those that count: whose they are and what they are is looked at once for each."""
        admission = self._admission
        counts = _each(doers, lambda one: not admission.of_doer(self._doers[one])).astype(np.bool_)
        counts &= _each(columns.manners, lambda one: not admission.of_status(self._manners[one].status)).astype(
            np.bool_
        )
        if admission.narrow:
            ids = self._index.documents
            for at in np.flatnonzero(counts).tolist():
                document = self._documents[ids[columns.documents[at]]]
                doer, manner = self._doers[doers[at]], self._manners[columns.manners[at]]
                counts[at] = not admission.of_circumstances(doer, manner, document)
        return counts

    def _once(self, entries: _Entries) -> _Entries:
        """A sentence of a place once, as its first giver has it, whichever of the things it speaks of."""
        ranked = entries.of(np.lexsort((entries.start, entries.document, entries.place)))
        first = new(ranked.place, ranked.document, ranked.start)
        leaders = np.flatnonzero(first)
        for at in np.flatnonzero(~first & new(np.cumsum(first), ranked.about)).tolist():
            leader = leaders[np.searchsorted(leaders, at) - 1]
            key = int(ranked.about[leader]), int(ranked.at[leader])
            self._others.setdefault(key, []).append((int(ranked.about[at]), int(ranked.at[at])))
        return ranked.of(first)

    def _begins(self) -> Numbers:
        return np.searchsorted(self._entries.place, np.arange(len(self) + 1, dtype=np.int32))

    def where(self, kept: Mask) -> Self:
        """The same with some of the entries, (entries,) True for these."""
        other = copy(self)
        met, place = np.unique(self._entries.place[kept], return_inverse=True)
        other.keys = [self.keys[number] for number in met.tolist()]
        other._entries = replace(self._entries.of(kept), place=place.astype(np.int32))
        other._starts = other._begins()
        return other

    def surest(self, most: int) -> Self:
        """The same with at most so many places, those whose first entries are surest."""
        if len(self) <= most:
            return self
        first = self._entries.of(self._starts[:-1])
        chosen = np.lexsort((-first.confidence, first.status))[:most]
        return self.where(np.isin(self._entries.place, chosen))

    # ------------------------------------------------------------------ looking at them
    @property
    def size(self) -> int:
        """How many entries there are."""
        return len(self._entries.at)

    def by_place(self, chosen: Mask) -> list[list[int]]:
        """The chosen entries of each place, in their order."""
        places: list[list[int]] = [[] for _ in self.keys]
        for entry, place in zip(np.flatnonzero(chosen).tolist(), self._entries.place[chosen].tolist(), strict=True):
            places[place].append(entry)
        return places

    def first(self, most: int | None) -> Mask:
        """(entries,) True for the first of each status of a place."""
        if most is None:
            return np.ones(self.size, np.bool_)
        group = np.flatnonzero(new(self._entries.place, self._entries.status))
        sizes = np.diff(group, append=self.size)
        first: Mask = np.arange(self.size) - np.repeat(group, sizes) < most
        return first

    @property
    def figured(self) -> Mask:
        """(entries,) True where figures that may be trusted stand in the sentence."""
        return _each(self._entries.manner, lambda one: self._manners[one].figured).astype(np.bool_)

    @property
    def telling(self) -> Mask:
        """(entries,) True for those whose figures tell what a place did, or plans where it did nothing yet."""
        planned = self._entries.status == ORDER["planned"]
        told: Mask = self.figured & (planned == planned[self._starts[:-1]][self._entries.place])
        return told

    def found(self, chosen: Mask) -> dict[int, Found]:
        """The claims of some entries; those removed from the library since are missing."""
        entries = np.flatnonzero(chosen).tolist()
        places = [(int(self._entries.about[entry]), int(self._entries.at[entry])) for entry in entries]
        heads = self._index.heads(int(self._abouts[about].numbers[at]) for about, at in places)
        found = {}
        for entry, (number, at) in zip(entries, places, strict=True):
            about = self._abouts[number]
            if head := heads.get(int(about.numbers[at])):
                head = self._admission.read(head, self._documents[head.document_id])
                found[entry] = about.found(at, head)
                for other, there in self._others.get((number, at), ()):
                    found[entry] = found[entry].with_clauses(self._abouts[other].found(there, head))
        return found

    def counted(self) -> list[Counted]:
        """The places as they are counted."""
        entries, first = self._entries, self._starts[:-1]
        counts = np.bincount(entries.place * len(ORDER) + entries.status, minlength=len(ORDER) * len(self))
        told = _each(entries.manner, lambda one: bool(self._manners[one].parent))
        parents = np.minimum.reduceat(told, first) if len(self) else told
        return [
            Counted(
                self._doers[entries.doer[entry]],
                self._documents[self._index.documents[entries.document[entry]]],
                self._manners[entries.manner[entry]],
                float(entries.confidence[entry]),
                (done, ongoing, planned),
                bool(parent),
            )
            for entry, (done, ongoing, planned), parent in zip(
                first.tolist(), counts.reshape(-1, len(ORDER)).tolist(), parents.tolist(), strict=True
            )
        ]


def _each(values: Rows, told: Callable[[int], int]) -> Rows:
    """(values,) what is told of each; each distinct one is looked at once, in the order in which they come."""
    distinct, first, places = np.unique(values, return_index=True, return_inverse=True)
    found = np.zeros(len(distinct), np.int32)
    for at in np.argsort(first).tolist():
        found[at] = told(int(distinct[at]))
    each: Rows = found[places]
    return each

"""The passages of a library, numbered: a row is a passage, in reading order; filters choose rows.

Kept on disk, per passage: its id (16 bytes, mapped into memory), the number of its document (4) and the status of its
section (1). Texts are fetched from the store when they are looked at. Some rows may be of passages that are there no more:
``alive`` leaves them out.
"""

import json
from array import array
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from operator import attrgetter
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from corpus.model import Document, Passage
from corpus.said import by_id, headers, headers_of
from corpus.sentences import clauses
from corpus.store import Store
from search.analyzer import marked, squeeze, unmarked
from search.answers import Filters
from search.cache import Cache
from search.register import VALUES, Mask, Register, beside
from search.segments import Layout
from search.stacked import Column, chained, mapped, stacked

_REMEMBERED = 4096  # passages kept in memory
_AT_ONCE = 1 << 16  # ids written together
_SHORTEST_CLAUSE = 6
_FORMAT = "2"  # raised whenever the cache's content changes meaning

Numbers = NDArray[np.int64]


def build(folder: Path, store: Store, documents: Iterable[str]) -> None:
    """Write which passage of some documents is in which row to the empty ``folder``."""
    statuses: dict[str, int] = {}
    told, ids = array("B"), list[str]()
    parts = [np.zeros(0, "S1")]
    for document in documents:
        for identity, status in store.query(
            "SELECT p.id, coalesce(s.status, '') FROM passage p LEFT JOIN section s ON s.id = p.section_id"
            " WHERE p.document_id = ? ORDER BY p.ordinal",
            (document,),
        ):
            ids.append(identity)
            told.append(statuses.setdefault(status, len(statuses)))
        if len(ids) > _AT_ONCE:
            parts.append(np.array(ids, np.bytes_))
            ids = []
    np.save(folder / "ids.npy", np.concatenate([*parts, np.array(ids, np.bytes_)]))
    np.save(folder / "statuses.npy", np.array(told, np.uint8))
    (folder / "statuses.json").write_text(json.dumps(list(statuses)), "utf-8")


class Ids(Sequence[str]):
    """The ids of passages by row."""

    def __init__(self, written: Column) -> None:
        self._written = written

    def __len__(self) -> int:
        return len(self._written)

    def __getitem__(self, row):  # type: ignore[no-untyped-def]
        found = self._written[row]
        return [one.decode() for one in found.tolist()] if isinstance(row, slice) else found.decode()

    def of(self, rows: Sequence[int]) -> list[str]:
        """The ids of some rows."""
        return [identity.decode() for identity in self._written[np.array(rows, np.int64)].tolist()]


class Catalogue:
    """Which passage is in which row, and what its document says of itself."""

    def __init__(self, store: Store, layout: Layout | None = None, before: Self | None = None) -> None:
        """``before`` was of the same library, or of another one: documents of the same edition are taken over."""
        self._store = store
        layout = layout or Layout.of(store, Cache(store.folder))
        self._editions = layout.shown
        self.register = Register(headers(store) if before is None else before._renewed(store, layout.shown))
        #: The documents that are shown, without their texts.
        self.documents = self.register.documents
        #: (rows,) False for passages that are there no more; None where all are there.
        self.alive = layout.alive
        folders = layout.folders("rows", _FORMAT, lambda folder, segment, _: build(folder, store, segment.documents))
        self.ids = Ids(stacked([mapped(folder, "ids") for folder in folders]))
        numbers = {document.id: number for number, document in enumerate(self.documents)}
        owners = np.array([numbers.get(document, -1) for document in layout.documents], np.int32)
        #: (rows,) the number of each passage's document.
        self.document: NDArray[np.int32] = np.repeat(owners, np.diff(layout.firsts, append=layout.rows))
        self._firsts = np.zeros(len(self.documents), np.int64)
        there = np.ones(len(owners), np.bool_) if layout.there is None else layout.there
        self._firsts[owners[there]] = layout.firsts[there]
        self._status_names: list[str] = []
        self._statuses: NDArray[np.uint8] = chained([self._read_statuses(folder) for folder in folders])
        self._held: dict[int, Passage | None] = {}
        self._marked: dict[int, str] = {}
        self.squeezed = lru_cache(_REMEMBERED)(self._squeezed)
        self.whole = lru_cache(_REMEMBERED)(self._whole)
        self.clauses = lru_cache(_REMEMBERED)(self._clauses)

    def _renewed(self, store: Store, editions: Mapping[str, str]) -> list[Document]:
        """The documents that are shown now, in reading order; those of editions that are known aren't read again."""
        new = dict(editions.items() - self._editions.items())
        kept = [document for document in self.documents if document.id in editions and document.id not in new]
        return sorted([*kept, *headers_of(store, new)], key=attrgetter("source_id", "ordinal"))

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def total(self) -> int:
        """How many passages are there."""
        return len(self) if self.alive is None else int(np.count_nonzero(self.alive))

    def _read_statuses(self, folder: Path) -> NDArray[np.uint8]:
        """(rows of a segment,) the numbers of the statuses."""
        names = json.loads((folder / "statuses.json").read_text("utf-8"))
        self._status_names += [name for name in names if name not in self._status_names]
        numbers = np.array([self._status_names.index(name) for name in names], np.uint8)
        written: NDArray[np.uint8] = numbers[np.load(folder / "statuses.npy")]
        return written

    def fetch(self, rows: Iterable[int]) -> None:
        """Read the passages of rows that will be looked at, all at once."""
        missing = [row for row in rows if row not in self._held]
        if not missing:
            return
        wanted = dict(zip(self.ids.of(missing), missing, strict=True))
        if len(self._held) + len(wanted) > _REMEMBERED:
            self._held.clear()
            self._marked.clear()
        found = by_id(self._store, Passage, wanted)
        there = [(wanted[identity], passage.text) for identity, passage in found.items()]
        self._marked.update(zip((row for row, _ in there), marked([text for _, text in there]), strict=True))
        self._held.update({row: found.get(identity) for identity, row in wanted.items()})

    def passage(self, row: int) -> Passage | None:
        """The passage of a row; None if it was removed from the library since."""
        if row not in self._held:
            self.fetch([row])
        found = self._held.get(row)
        # Another thread may have cleared what is held.
        return found if found is not None else by_id(self._store, Passage, [self.ids[row]]).get(self.ids[row])

    def _text(self, row: int) -> str:
        """The text of a row, marked (see ``analyzer.marked``); "" if it was removed since."""
        passage = self.passage(row)
        if passage is None:
            return ""
        found = self._marked.get(row)
        return marked([passage.text])[0] if found is None else found

    def _squeezed(self, row: int) -> str:
        """The text of a row, squeezed; "" if it was removed since."""
        return unmarked(self._text(row))

    def _whole(self, row: int) -> str:
        """The headings and the text of a row, each squeezed, on lines of their own; "" if it was removed since."""
        passage = self.passage(row)
        return "\n".join((*map(squeeze, passage.headings), self.squeezed(row))) if passage else ""

    def _clauses(self, row: int) -> frozenset[str]:
        """The longer clauses of a row, squeezed: what tells near copies; empty if it was removed since."""
        passage = self.passage(row)
        if passage is None:
            return frozenset()
        text = self._text(row)
        parts = (unmarked(text[start:end]) for start, end in clauses(passage.text))
        return frozenset(part for part in parts if len(part) >= _SHORTEST_CLAUSE) or frozenset([self.squeezed(row)])

    def of(self, row: int) -> Document:
        """The document of a row."""
        return self.documents[int(self.document[row])]

    def status(self, row: int) -> str:
        """The status of a row's section, "" where it has none."""
        return self._status_names[int(self._statuses[row])]

    def chosen(self, filters: Filters) -> Mask | None:
        """(documents,) True for those that meet the conditions on documents; None where there are none."""
        return self.register.chosen(filters)

    def firsts(self, filters: Filters) -> list[int] | None:
        """The first rows of the documents that meet the conditions on documents; None where there are none."""
        chosen = self.chosen(filters)
        if chosen is None:
            return None
        found: list[int] = self._firsts[chosen].tolist()
        return found

    def kept(self, filters: Filters) -> Mask | None:
        """(rows,) True for those that are there and meet the conditions; None where all do."""
        chosen = self.chosen(filters)
        if chosen is None and not filters.status:
            return self.alive
        keep = np.ones(len(self), np.bool_) if chosen is None else chosen[self.document]
        if filters.status:
            keep &= self._of_status(filters.status, self._statuses)
        if self.alive is not None:
            keep &= self.alive
        return keep

    def meeting(self, filters: Filters, rows: Numbers) -> Mask:
        """(rows,) True for those of some rows that meet the conditions."""
        chosen = self.chosen(filters)
        keep: Mask = np.ones(len(rows), np.bool_) if chosen is None else chosen[self.document[rows]]
        if filters.status:
            keep &= self._of_status(filters.status, self._statuses[rows])
        return keep

    def _of_status(self, status: str, written: NDArray[np.uint8]) -> Mask:
        number = self._status_names.index(status) if status in self._status_names else len(self._status_names)
        found: Mask = written == number
        return found

    def newest_first(self, rows: Numbers) -> Numbers:
        """Positions of the rows, those of the latest documents first, those without a date last; else as they come."""
        order: Numbers = np.argsort(-self.register.dates(self.document[rows].astype(np.int64)), kind="stable")
        return order

    def by_id(self) -> dict[str, int]:
        """Id → row of the passages that are there."""
        return {identity: row for row, identity in enumerate(self.ids) if self.alive is None or self.alive[row]}

    def read_in_order(self, rows: Numbers) -> Numbers:
        """Ascending rows in reading order: what came later may stand before what was there."""
        if np.all(np.diff(self.document[rows]) >= 0):
            return rows
        found: Numbers = rows[np.argsort(self.document[rows], kind="stable")]
        return found

    def facets(self, rows: Iterable[int], filters: Filters | None = None) -> dict[str, dict[str, int]]:
        """Filter name → value → how many of the rows a filter of that value keeps beside the other ``filters``, most first.

        A place and the province around it are one condition. A value that keeps none is left out.
        """
        found = rows if isinstance(rows, np.ndarray) else np.fromiter(rows, np.int64)
        kept = cache(lambda others: found if others == Filters() else found[self.meeting(others, found)])
        owners = cache(lambda others: np.unique(self.document[kept(others)], return_counts=True))
        facets = {}
        for name in (*VALUES, "status"):
            others = beside(filters or Filters(), name)
            counts = self._by_status(kept(others)) if name == "status" else self.register.counted(name, *owners(others))
            counts.pop("", None)
            facets[name] = counts
        return facets

    def _by_status(self, found: Numbers) -> dict[str, int]:
        """Status → how many rows have it, most first."""
        times = np.bincount(self._statuses[found], minlength=len(self._status_names)).tolist()
        counted = ((name, count) for name, count in zip(self._status_names, times, strict=True) if count)
        return dict(sorted(counted, key=lambda one: (-one[1], one[0])))

"""The passages of a library, numbered: a row is a passage, in reading order; filters choose rows.

Kept on disk and mapped into memory, per passage: its id (16 bytes), the number of its document (4) and the status of its
section (1). Texts are fetched from the store when they are looked at.
"""

import json
from array import array
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.model import Document, Passage
from corpus.said import by_id, headers
from corpus.sentences import clauses
from corpus.store import Store
from search.analyzer import squeeze
from search.answers import Filters
from search.cache import Cache
from search.register import VALUES, Mask, Register, beside

_REMEMBERED = 4096  # passages kept in memory
_AT_ONCE = 1 << 16  # ids written together
_SHORTEST_CLAUSE = 6
_FORMAT = "1"  # raised whenever the cache's content changes meaning

Numbers = NDArray[np.int64]


def build(folder: Path, store: Store, documents: Sequence[Document]) -> None:
    """Write which passage of the shown ``documents`` is in which row to the empty ``folder``."""
    numbers = {document.id: number for number, document in enumerate(documents)}
    statuses: dict[str, int] = {}
    owners, told, parts = array("i"), array("B"), [np.zeros(0, "S1")]
    rows = store.query(
        "SELECT p.id, p.document_id, coalesce(s.status, '') FROM passage p LEFT JOIN section s ON s.id = p.section_id"
        " WHERE p.document_id NOT IN (SELECT id FROM document WHERE same_as <> '') ORDER BY p.document_id, p.ordinal"
    )
    while some := rows.fetchmany(_AT_ONCE):
        parts.append(np.array([identity for identity, _, _ in some], np.bytes_))
        for _, document, status in some:
            owners.append(numbers[document])
            told.append(statuses.setdefault(status, len(statuses)))
    np.save(folder / "ids.npy", np.concatenate(parts))
    np.save(folder / "documents.npy", np.array(owners, np.int32))
    np.save(folder / "statuses.npy", np.array(told, np.uint8))
    (folder / "statuses.json").write_text(json.dumps(list(statuses)), "utf-8")


class Ids(Sequence[str]):
    """The ids of passages by row."""

    def __init__(self, written: NDArray[np.bytes_]) -> None:
        self._written = written

    def __len__(self) -> int:
        return len(self._written)

    def __getitem__(self, row):  # type: ignore[no-untyped-def]
        found = self._written[row]
        return [one.decode() for one in found.tolist()] if isinstance(row, slice) else found.decode()


class Catalogue:
    """Which passage is in which row, and what its document says of itself."""

    def __init__(self, store: Store, cache: Cache | None = None) -> None:
        self._store = store
        self.register = Register(headers(store))
        #: The documents that are shown, without their texts.
        self.documents = self.register.documents
        #: Changes with the content: a restored backup may bear a generation that caches know already.
        self.mark = store.mark
        folder = (cache or Cache(store.folder)).get(
            "rows", f"{_FORMAT}.{store.generation}.{self.mark}", lambda folder: build(folder, store, self.documents)
        )
        self.ids = Ids(np.asarray(np.load(folder / "ids.npy", mmap_mode="r")))
        self.document: NDArray[np.int32] = np.load(folder / "documents.npy")
        self._statuses: NDArray[np.uint8] = np.load(folder / "statuses.npy")
        self._status_names: list[str] = json.loads((folder / "statuses.json").read_text("utf-8"))
        self._held: dict[int, Passage | None] = {}
        self.squeezed = lru_cache(_REMEMBERED)(self._squeezed)
        self.whole = lru_cache(_REMEMBERED)(self._whole)
        self.clauses = lru_cache(_REMEMBERED)(self._clauses)

    def __len__(self) -> int:
        return len(self.ids)

    def fetch(self, rows: Iterable[int]) -> None:
        """Read the passages of rows that will be looked at, all at once."""
        wanted = {self.ids[row]: row for row in rows if row not in self._held}
        if len(self._held) + len(wanted) > _REMEMBERED:
            self._held.clear()
        found = by_id(self._store, Passage, wanted)
        self._held.update({row: found.get(identity) for identity, row in wanted.items()})

    def passage(self, row: int) -> Passage | None:
        """The passage of a row; None if it was removed from the library since."""
        if row not in self._held:
            self.fetch([row])
        found = self._held.get(row)
        # Another thread may have cleared what is held.
        return found if found is not None else by_id(self._store, Passage, [self.ids[row]]).get(self.ids[row])

    def _squeezed(self, row: int) -> str:
        """The text of a row, squeezed; "" if it was removed since."""
        passage = self.passage(row)
        return squeeze(passage.text) if passage else ""

    def _whole(self, row: int) -> str:
        """The headings and the text of a row, each squeezed, on lines of their own; "" if it was removed since."""
        passage = self.passage(row)
        return "\n".join((*map(squeeze, passage.headings), self.squeezed(row))) if passage else ""

    def _clauses(self, row: int) -> frozenset[str]:
        """The longer clauses of a row, squeezed: what tells near copies; empty if it was removed since."""
        passage = self.passage(row)
        if passage is None:
            return frozenset()
        parts = (squeeze(passage.text[start:end]) for start, end in clauses(passage.text))
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

    def numbers(self, filters: Filters) -> list[int] | None:
        """The numbers of the documents that meet the conditions on documents; None where there are none."""
        chosen = self.chosen(filters)
        if chosen is None:
            return None
        found: list[int] = np.flatnonzero(chosen).tolist()
        return found

    def kept(self, filters: Filters) -> Mask | None:
        """(rows,) True for those that meet the conditions; None where all do."""
        chosen = self.chosen(filters)
        if chosen is None and not filters.status:
            return None
        keep = np.ones(len(self), np.bool_) if chosen is None else chosen[self.document]
        if filters.status:
            keep &= self._of_status(filters.status, self._statuses)
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

    def facets(self, rows: Iterable[int], filters: Filters | None = None) -> dict[str, dict[str, int]]:
        """Filter name → value → how many of the rows a filter of that value keeps beside the other ``filters``, most first.

        A place and the province around it are one condition. A value that keeps none is left out.
        """
        found = rows if isinstance(rows, np.ndarray) else np.fromiter(rows, np.int64)
        facets = {}
        for name in (*VALUES, "status"):
            others = beside(filters or Filters(), name)
            counts = self._counted(name, found if others == Filters() else found[self.meeting(others, found)])
            facets[name] = {value: count for value, count in counts.items() if value and count}
        return facets

    def _counted(self, name: str, found: Numbers) -> dict[str, int]:
        """Value of a filter → how many rows it keeps, most first."""
        if name == "status":
            times = np.bincount(self._statuses[found], minlength=len(self._status_names))
            return dict(sorted(zip(self._status_names, times.tolist(), strict=True), key=lambda one: (-one[1], one[0])))
        return self.register.counted(name, np.bincount(self.document[found], minlength=len(self.documents)))

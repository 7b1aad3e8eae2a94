"""The passages that a backend has handed out so far, numbered as they came, as the finder and what shows hits know them."""

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from corpus.model import Passage
from search.backends.interface import Backend, Entry
from search.catalogue import VALUES, Catalogue, Mask

Rows = NDArray[np.int64]

#: Passages that are held at the most, some 2 kB each; with more the library is opened anew.
MOST = 100_000
_REMEMBERED = 4096  # passages whose text is kept squeezed and cut


class WorkingRows(Catalogue):
    """Rows of passages that were handed out; of documents all are known."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self._growing = Lock()
        self._rows: dict[str, int] = {}
        self._entries: list[Entry] = []
        self._owners = np.zeros(1024, np.int64)
        self.documents = [document for document in backend.documents() if not document.same_as]
        self._numbers = {document.id: number for number, document in enumerate(self.documents)}
        self._values = {name: [told(document) for document in self.documents] for name, told in VALUES.items()}
        self.mark = str(backend.generation)
        self.squeezed = lru_cache(_REMEMBERED)(self._squeezed)
        self.whole = lru_cache(_REMEMBERED)(self._whole)
        self.clauses = lru_cache(_REMEMBERED)(self._clauses)
        self.chosen = lru_cache(256)(self._chosen)

    def __len__(self) -> int:
        return len(self._entries)

    def take(self, ids: Iterable[str]) -> Rows:
        """(ids,) the rows of passages, which are fetched where they are new; those that are gone are left out."""
        wanted = list(dict.fromkeys(ids))
        fresh = self._backend.entries([one for one in wanted if one not in self._rows])
        with self._growing:
            for identity, entry in fresh.items():
                number = self._numbers.get(entry.passage.document_id)
                if number is not None and identity not in self._rows:
                    row = len(self._entries)
                    if row == len(self._owners):
                        self._owners = np.concatenate([self._owners, np.zeros(row, np.int64)])
                    self._owners[row] = number
                    self._entries.append(entry)
                    self._rows[identity] = row
        return np.array([self._rows[one] for one in wanted if one in self._rows], np.int64)

    def rows(self, ids: Iterable[str]) -> Rows:
        """(ids,) the rows of passages that were all taken."""
        return np.array([self._rows[one] for one in ids], np.int64)

    def entry(self, row: int) -> Entry:
        """A row's passage, with the wordings in it."""
        return self._entries[row]

    @property
    def document(self) -> NDArray[np.int64]:  # type: ignore[override]
        """(rows or more,) the number of each row's document."""
        return self._owners

    @property
    def ids(self) -> list[str]:  # type: ignore[override]
        """The passages by row."""
        return [entry.passage.id for entry in self._entries]

    def passage(self, row: int) -> Passage | None:  # type: ignore[override]
        """The passage of a row."""
        return self._entries[row].passage

    def _counted(self, name: str, rows: Rows, documents: list[tuple[int, int]]) -> dict[str, int]:
        """Value of a filter → how many rows it keeps."""
        if name == "status":
            return Counter(self._entries[row].status for row in rows.tolist())
        return super()._counted(name, rows, documents)

    def kept(self, documents: Iterable[int] | None, status: str) -> Mask | None:
        """(rows,) True for those of these documents and of sections with this status; None where all are kept."""
        if documents is None and not status:
            return None
        total = len(self)
        keep = np.ones(total, np.bool_)
        if documents is not None:
            keep &= np.isin(self._owners[:total], np.fromiter(documents, np.int64))
        if status:
            keep &= np.array([entry.status == status for entry in self._entries[:total]], np.bool_)
        return keep

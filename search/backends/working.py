"""The passages that a backend has handed out so far, numbered as they came, as the finder and what shows hits know them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from corpus.model import Passage
from search.backends.interface import Backend, Entry
from search.catalogue import Catalogue
from search.fingerprints import Fingerprints, Run
from search.register import Register

Rows = NDArray[np.int64]

#: Passages that are held at the most, some 2 kB each; with more the library is opened anew.
MOST = 100_000
_REMEMBERED = 4096  # passages whose text is kept squeezed and cut
_ROOM = 1024  # rows that there is room for at first


class WorkingRows(Catalogue):
    """Rows of passages that were handed out; of documents all are known."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self._growing = Lock()
        self._rows: dict[str, int] = {}
        self._entries: list[Entry] = []
        self._status_names = []
        self._made(_ROOM)
        self.alive = None
        self._total = backend.counts().passages
        self.register = Register([document for document in backend.documents() if not document.same_as])
        self.documents = self.register.documents
        self._numbers = {document.id: number for number, document in enumerate(self.documents)}
        self.mark = str(backend.generation)
        self._marked = {}
        self.squeezed = lru_cache(_REMEMBERED)(self._squeezed)
        self.whole = lru_cache(_REMEMBERED)(self._whole)
        self.clauses = lru_cache(_REMEMBERED)(self._clauses)

    def _made(self, room: int) -> None:
        """Make room for so many rows; what is in the columns stays. Readers keep the shorter ones."""
        documents, statuses = np.zeros(room, np.int32), np.zeros(room, np.uint8)
        if held := len(self._entries):
            documents[:held], statuses[:held] = self.document[:held], self._statuses[:held]
        self.document, self._statuses = documents, statuses

    def __len__(self) -> int:
        return len(self._entries)

    @property
    def total(self) -> int:
        """How many passages there are, taken or not."""
        return self._total

    def take(self, ids: Iterable[str]) -> Rows:
        """(ids,) the rows of passages, which are fetched where they are new; those that are gone are left out."""
        wanted = list(dict.fromkeys(ids))
        fresh = self._backend.entries([one for one in wanted if one not in self._rows])
        with self._growing:
            for identity, entry in fresh.items():
                number = self._numbers.get(entry.passage.document_id)
                if number is not None and identity not in self._rows:
                    row = len(self._entries)
                    if row == len(self.document):
                        self._made(2 * row)
                    if entry.status not in self._status_names:
                        self._status_names.append(entry.status)
                    self.document[row] = number
                    self._statuses[row] = self._status_names.index(entry.status)
                    self._entries.append(entry)
                    self._rows[identity] = row
        return np.array([self._rows[one] for one in wanted if one in self._rows], np.int64)

    def rows(self, ids: Iterable[str]) -> Rows:
        """(ids,) the rows of passages that were taken; of others nothing."""
        return np.array([self._rows[one] for one in ids if one in self._rows], np.int64)

    def by_id(self) -> dict[str, int]:
        """Id → row of the passages that were taken."""
        return dict(self._rows)

    def entry(self, row: int) -> Entry:
        """A row's passage, with the wordings in it."""
        return self._entries[row]

    @property
    def ids(self) -> list[str]:  # type: ignore[override]
        """The passages by row."""
        return [entry.passage.id for entry in self._entries]

    def fetch(self, rows: Iterable[int]) -> None:
        """Nothing: all were fetched when they were taken."""

    def passage(self, row: int) -> Passage | None:
        """The passage of a row."""
        return self._entries[row].passage


class Elsewhere(Fingerprints):
    """The fingerprints of a library on this machine, whose passages are handed out by a backend."""

    def __init__(self, fingerprints: Fingerprints, ids: Sequence[str], rows: WorkingRows) -> None:
        """``ids`` are those of the rows that the fingerprints know."""
        self._fingerprints, self._ids, self._rows = fingerprints, ids, rows

    def runs(self, text: str) -> list[Run]:
        """As ``Fingerprints.runs``, of the rows that were handed out; what the backend doesn't hold is left out."""
        found = self._fingerprints.runs(text)
        ids = {row: self._ids[row] for row in {run.row for run in found}}
        self._rows.take(ids.values())
        known = self._rows.by_id()
        return [replace(run, row=known[ids[run.row]]) for run in found if ids[run.row] in known]

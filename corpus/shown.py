"""The documents that are shown on their own, one at a time: no more than one text is held."""

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple, Protocol

from corpus.store import Store


class Spot(NamedTuple):
    """Where a passage stands in its document."""

    id: str
    start: int
    end: int


class Texts(Protocol):
    """Texts of documents, and where their passages stand."""

    def text(self, document_id: str) -> str: ...
    def spots(self, document_id: str) -> list[Spot]: ...


class Shown:
    """The documents of a library that are shown on their own, in the order of their ids."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @cached_property
    def places(self) -> dict[str, str]:
        """Document id → its place."""
        return dict(self._store.query("SELECT id, place FROM document WHERE same_as = '' ORDER BY id").fetchall())

    def __iter__(self) -> Iterator[str]:
        return iter(self.places)

    def text(self, document_id: str) -> str:
        """The text of a document."""
        (row,) = self._store.query("SELECT text FROM document WHERE id = ?", (document_id,))
        return str(row[0])

    def spots(self, document_id: str) -> list[Spot]:
        """Where the passages of a document stand, in their order."""
        rows = self._store.query(
            "SELECT id, start, end FROM passage WHERE document_id = ? ORDER BY ordinal", (document_id,)
        )
        return [Spot(*row) for row in rows]

    @property
    def passages(self) -> int:
        """How many passages they have."""
        rows = self._store.query(
            "SELECT count(*) FROM passage WHERE document_id NOT IN (SELECT id FROM document WHERE same_as <> '')"
        )
        return int(next(iter(rows))[0])

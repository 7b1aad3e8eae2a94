"""The first load of a library: indexes are made at its end, sorted, rather than kept up row by row in the order of chance."""

import sqlite3
from collections.abc import Iterable

#: Documents from which on that pays.
_MANY = 1_000
#: Kilobytes of pages that may be held meanwhile: the keys that are kept up come in no order, and pages that don't fit are written
#: and read again and again (200,000 passages: a sixth of the time).
_CACHE = 512 * 1024


class Loading:
    """The indexes of ``tables`` beside their keys, while documents go into a library that had none."""

    def __init__(self, db: sqlite3.Connection, tables: Iterable[str]) -> None:
        self._db, self._tables = db, frozenset(tables)
        self._held = int(db.execute("PRAGMA cache_size").fetchone()[0])
        self._documents = 0 if self._is_empty() else -1
        self._dropped: list[str] = []

    def _is_empty(self) -> bool:
        return not self._db.execute("SELECT EXISTS (SELECT 1 FROM source)").fetchone()[0]

    def add(self, documents: int) -> None:
        """Note that so many more documents go in."""
        if self._documents < 0 or self._dropped:
            return
        self._documents += documents
        if self._documents >= _MANY:
            self._db.execute(f"PRAGMA cache_size = -{_CACHE}")
            found = self._db.execute(
                "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
            ).fetchall()
            for name, table, statement in found:
                if table in self._tables:
                    self._db.execute(f"DROP INDEX {name}")
                    self._dropped.append(statement)

    def end(self) -> None:
        """Make the indexes that are missing; before anything is taken out."""
        for statement in self._dropped:
            self._db.execute(statement)
        self._dropped = []
        self._db.execute(f"PRAGMA cache_size = {self._held}")

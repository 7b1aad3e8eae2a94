"""Putting records in place of those before: what stays the same is not written again."""

import sqlite3
from collections.abc import Iterable
from typing import Any

from corpus.tables import TABLES, insertion, row_of


class Renewal:
    """The records of a class as they should be. Call ``drop`` for all classes, those that refer to others first, and
    then ``put``, those that are referred to first."""

    def __init__(self, db: sqlite3.Connection, cls: type, records: Iterable[Any]) -> None:
        self._db, self._table = db, TABLES[cls]
        key = [name for _, name, _, _, _, at in db.execute(f"PRAGMA table_info({self._table.name})") if at]
        self._columns = [*key, *(name for name in self._table.columns if name not in key)]
        order = [self._table.columns.index(name) for name in self._columns]
        size = len(key)
        self._new: dict[tuple[Any, ...], tuple[Any, ...]] = {}
        for record in records:
            values = row_of(record, self._table)
            row = tuple(values[i] for i in order)
            self._new[row[:size]] = row
        self._gone: list[tuple[Any, ...]] = []
        for row in db.execute(f"SELECT {', '.join(self._columns)} FROM {self._table.name}"):
            known = self._new.get(row[:size])
            if known is None:
                self._gone.append(row[:size])
            elif known == row:
                del self._new[row[:size]]
        self._key = key

    def drop(self) -> None:
        """Take out what should not be."""
        where = " AND ".join(f"{name} = ?" for name in self._key)
        self._db.executemany(f"DELETE FROM {self._table.name} WHERE {where}", self._gone)

    def put(self) -> None:
        """Add what is missing, change what is otherwise."""
        rest = [name for name in self._columns if name not in self._key]
        change = f"UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in rest)}" if rest else "NOTHING"
        self._db.executemany(
            f"{insertion(self._table.name, tuple(self._columns))} ON CONFLICT ({', '.join(self._key)}) DO {change}",
            self._new.values(),
        )

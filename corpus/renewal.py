"""Putting rows in place of those before: what stays the same is not written again, and no more than the difference is
held."""

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import zip_longest
from operator import itemgetter
from typing import Any

from corpus.mentions import Mentions
from corpus.tables import TABLES, insertion, rows_of

Row = tuple[Any, ...]
#: An index is made anew, sorted, rather than kept up row by row, where so many rows come into an empty table.
_MANY = 10_000


class Renewal:
    """The records of a class as they should be. Call ``drop`` for all classes, those that refer to others first, and
    then ``put``, those that are referred to first."""

    def __init__(self, db: sqlite3.Connection, cls: type, records: Iterable[Any]) -> None:
        self._db, self._table = db, TABLES[cls]
        places = {name: at for _, name, _, _, _, at in db.execute(f"PRAGMA table_info({self._table.name})") if at}
        self._key = sorted(places, key=places.__getitem__)
        self._columns = [*self._key, *(name for name in self._table.columns if name not in self._key)]
        self._gone: list[Row] = []
        self._empty = not db.execute(f"SELECT EXISTS (SELECT 1 FROM {self._table.name})").fetchone()[0]
        self._many = isinstance(records, Mentions) and len(records) >= _MANY
        new = self._rows(records)
        self._new: Iterable[Row] = new if self._empty else list(self._changed(new))

    def _rows(self, records: Iterable[Any]) -> Iterator[Row]:
        """The rows in the order of their keys, which come first; of those with one key the last."""
        if isinstance(records, Mentions):
            yield from records.rows()
            return
        size = len(self._key)
        take = itemgetter(*(self._table.columns.index(name) for name in self._columns))
        rows = sorted(map(take, rows_of(records, self._table)), key=lambda row: row[:size])
        for row, following in zip_longest(rows, rows[1:], fillvalue=()):
            if row[:size] != following[:size]:
                yield row

    def _changed(self, rows: Iterable[Row]) -> Iterator[Row]:
        """The rows that are not in the table yet, or are otherwise; keys that must go are noted."""
        size = len(self._key)
        held = self._db.execute(
            f"SELECT {', '.join(self._columns)} FROM {self._table.name} ORDER BY {', '.join(self._key)}"
        )
        old = next(held, None)
        for row in rows:
            while old is not None and old[:size] < row[:size]:
                self._gone.append(old[:size])
                old = next(held, None)
            if old is not None and old[:size] == row[:size]:
                same, old = old == row, next(held, None)
                if same:
                    continue
            yield row
        while old is not None:
            self._gone.append(old[:size])
            old = next(held, None)

    def drop(self) -> None:
        """Take out what should not be."""
        where = " AND ".join(f"{name} = ?" for name in self._key)
        self._db.executemany(f"DELETE FROM {self._table.name} WHERE {where}", self._gone)

    def put(self) -> None:
        """Add what is missing, change what is otherwise."""
        indexes = self._indexes() if self._empty and self._many else []
        for name, _ in indexes:
            self._db.execute(f"DROP INDEX {name}")
        rest = [name for name in self._columns if name not in self._key]
        change = f"UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in rest)}" if rest else "NOTHING"
        self._db.executemany(
            f"{insertion(self._table.name, tuple(self._columns))} ON CONFLICT ({', '.join(self._key)}) DO {change}",
            self._new,
        )
        for _, statement in indexes:
            self._db.execute(statement)

    def _indexes(self) -> list[tuple[str, str]]:
        """The indexes of the table beside its key, with what makes them."""
        rows = self._db.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL",
            (self._table.name,),
        )
        return list(rows)

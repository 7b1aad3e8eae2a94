"""The library on disk: one SQLite file in WAL mode, one writer, many readers.

Records are the frozen dataclasses of ``corpus.model``; a record's class names its table and its fields the columns.
"""

import os
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from corpus.errors import (
    LibraryBusy,
    LibraryNotFound,
    LibraryReadOnly,
    LibrarySchemaDiffers,
    LibraryUnreadable,
    LibraryUnwritable,
)
from corpus.model import Document
from corpus.tables import TABLES, Record, insertion, record_of, rows_of

SCHEMA_VERSION = 8
FILE_NAME = "gongzhi.db"
_PATIENCE = 5.0  # seconds to wait for another process that writes
_TRIES, _PAUSE = 50, 0.1  # of a change that another process is making, too; seconds
#: Kilobytes of pages that a writer may hold: keys of claims and facts come in no order, and pages that don't fit are written
#: again and again.
_CACHE = 256 * 1024
_SCHEMA = Path(__file__).with_name("schema.sql")


def _retried(change: Callable[[], object]) -> None:
    """Make a change for which SQLite doesn't wait by itself while another process makes the same one."""
    for _ in range(_TRIES):
        try:
            change()
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise
            time.sleep(_PAUSE)
    change()


class Database:
    """A library opened for reading, and for writing inside ``with store.write():``.

    One object belongs to one thread at a time; open another for another thread.
    """

    def __init__(self, connection: sqlite3.Connection, folder: Path, writable: bool) -> None:
        self._db = connection
        self.folder = folder
        self._writable = writable
        self._depth = 0
        self._touched: set[str] = set()  # documents that the change that is being made gives another edition

    @classmethod
    def open(cls, folder: Path, *, create: bool = False) -> Self:
        """Open the library in ``folder``; ``create`` makes an empty one where there is none.

        Raises LibraryNotFound, LibraryUnreadable or LibrarySchemaDiffers.
        """
        path = folder / FILE_NAME
        try:
            if not path.exists():
                if not create:
                    raise LibraryNotFound(folder)
                folder.mkdir(parents=True, exist_ok=True)
            # WAL needs a file beside the database; where none can be written nobody else writes either.
            writable = os.access(folder, os.W_OK)
        except OSError as error:
            raise LibraryUnreadable(folder, error.strerror) from error
        try:
            name = f"{path.resolve().as_uri()}?{'mode=rwc' if writable else 'immutable=1'}"
            db = sqlite3.connect(name, uri=True, timeout=_PATIENCE, isolation_level=None, check_same_thread=False)
            try:
                cls._prepare(db, folder)
            except BaseException:
                db.close()
                raise
        except sqlite3.Error as error:
            raise LibraryUnreadable(folder, error) from error
        return cls(db, folder, writable)

    @staticmethod
    def _prepare(db: sqlite3.Connection, folder: Path) -> None:
        version = db.execute("PRAGMA user_version").fetchone()[0]
        if version not in (0, SCHEMA_VERSION):
            raise LibrarySchemaDiffers(folder, version, SCHEMA_VERSION)
        db.execute("PRAGMA foreign_keys = ON")
        if version == 0:
            _retried(lambda: db.execute("PRAGMA journal_mode = WAL"))
            schema = _SCHEMA.read_text("utf-8")
            try:
                db.executescript(f"BEGIN IMMEDIATE;{schema}\nPRAGMA user_version = {SCHEMA_VERSION};COMMIT;")
            except sqlite3.OperationalError:
                # Another process may have made the tables while this one waited for its turn.
                if db.execute("PRAGMA user_version").fetchone()[0] != SCHEMA_VERSION:
                    raise
                db.rollback()

    def close(self) -> None:
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def generation(self) -> int:
        """How many changes were committed: what caches are stamped with. Raises LibraryUnreadable."""
        return self._counted("generation")

    @property
    def lessons(self) -> int:
        """How many changes of what was taught, or looked at, were committed: they leave the generation, and all caches, as they are.
        Raises LibraryUnreadable."""
        return self._counted("lessons")

    def _counted(self, key: str) -> int:
        try:
            row = self._db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        except sqlite3.Error as error:
            raise LibraryUnreadable(self.folder, error) from error
        return int(row[0])

    @property
    def mark(self) -> str:
        """Sixteen hex digits that the last change left: what is in the library now, and in no other, bears them.

        A restored backup may come to a generation that was there before with other content, but never to its mark.
        """
        return next((str(value) for (value,) in self.query("SELECT value FROM meta WHERE key = 'mark'")), "")

    def query(self, statement: str, values: Iterable[object] = ()) -> sqlite3.Cursor:
        """The rows of a statement, for the modules of this package that handle what no record class holds."""
        return self._db.execute(statement, tuple(values))

    @contextmanager
    def write(self, *, lesson: bool = False) -> Iterator[None]:
        """All or nothing: what the block wrote is committed at its end and undone if it raises.

        A block that wrote nothing leaves the generation as it was. Blocks nest: an inner one is a savepoint, so one
        bad source is undone alone inside a larger change. A ``lesson`` writes nothing but what was taught, or
        what somebody looked at, and is counted by itself.
        Raises LibraryBusy when another process is writing, LibraryReadOnly where the folder can't be written,
        LibraryUnwritable where the disk is full or fails.
        """
        if not self._writable:
            raise LibraryReadOnly(self.folder)
        if not self._depth:
            self._db.execute(f"PRAGMA cache_size = -{_CACHE}")
        name = f"level{self._depth}"
        try:
            self._db.execute(f"SAVEPOINT {name}" if self._depth else "BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            raise LibraryBusy(self.folder) from error
        if not self._depth and not (self.folder / FILE_NAME).exists():
            # Whoever began this library took it away (see discard) while this one waited: what is written now is lost.
            self._db.execute("ROLLBACK")
            raise LibraryBusy(self.folder)
        self._depth += 1
        before = self._db.total_changes
        try:
            yield
            if self._depth == 1 and self._db.total_changes > before:
                self._db.execute(
                    "UPDATE meta SET value = value + 1 WHERE key = ?", ("lessons" if lesson else "generation",)
                )
                if not lesson:
                    self._db.execute("REPLACE INTO meta VALUES ('mark', lower(hex(randomblob(8))))")
                self._db.executemany(
                    "REPLACE INTO edition SELECT id, (SELECT value FROM meta WHERE key = 'mark') FROM document WHERE id = ?",
                    [(document,) for document in self._touched],
                )
            self._db.execute("COMMIT" if self._depth == 1 else f"RELEASE {name}")
        except BaseException as error:
            # A full disk ends the transaction by itself.
            for undo in ("ROLLBACK",) if self._depth == 1 else (f"ROLLBACK TO {name}", f"RELEASE {name}"):
                if self._db.in_transaction:
                    self._db.execute(undo)
            if isinstance(error, sqlite3.OperationalError):
                raise LibraryUnwritable(self.folder, error) from error
            raise
        finally:
            self._depth -= 1
            if not self._depth:
                self._touched.clear()

    @property
    def touched(self) -> frozenset[str]:
        """The documents that the change that is being made brought or changed; some may have gone since."""
        return frozenset(self._touched)

    def touch(self, document_id: str) -> None:
        """Give a document another edition: its rows were written by statements; call it inside ``write()``."""
        self._touched.add(document_id)

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """What is read inside the block is of one generation, whatever others write meanwhile."""
        self._db.execute("BEGIN")
        try:
            yield
        finally:
            self._db.execute("COMMIT")

    def discard(self) -> None:
        """Take the files of a library that nobody has written yet away; one that somebody has, or is writing, stays."""
        self._db.execute("PRAGMA busy_timeout = 0")
        with suppress(LibraryBusy), self.write():
            if self.generation == self.lessons == 0:
                for path in self.folder.glob(f"{FILE_NAME}*"):
                    path.unlink(missing_ok=True)
                with suppress(OSError):  # the folder was there before and holds other things
                    self.folder.rmdir()

    def insert(self, records: Iterable[Any]) -> None:
        """Add records of one class."""
        rows = list(records)
        if rows:
            table = TABLES[type(rows[0])]
            self._db.executemany(insertion(table.name, table.columns), rows_of(rows, table))

    def insert_rows(self, cls: type, rows: Iterable[Sequence[object]]) -> None:
        """Add records of a class given as their fields in order: what comes in millions needs no objects."""
        table = TABLES[cls]
        self._db.executemany(insertion(table.name, table.columns), rows)

    def select(self, cls: type[Record], **equal: object) -> list[Record]:
        """The records of a class whose fields equal the given values, in the table's reading order."""
        table = TABLES[cls]
        unknown = equal.keys() - set(table.columns)
        if unknown:
            raise TypeError(f"{cls.__name__} has no field {unknown.pop()}")
        where = f" WHERE {' AND '.join(f'{name} = ?' for name in equal)}" if equal else ""
        rows = self._db.execute(
            f"SELECT {', '.join(table.columns)} FROM {table.name}{where} ORDER BY {table.order}",
            tuple(equal.values()),
        )
        return [record_of(cls, row, table) for row in rows]

    def shown(self, cls: type[Record]) -> list[Record]:
        """The documents that are shown on their own, or the records made from them, in the table's reading order.

        What nearly repeats another document is left out: its figures must not count twice.
        """
        table = TABLES[cls]
        where = (
            "same_as = ''" if cls is Document else "document_id NOT IN (SELECT id FROM document WHERE same_as <> '')"
        )
        rows = self._db.execute(
            f"SELECT {', '.join(table.columns)} FROM {table.name} WHERE {where} ORDER BY {table.order}"
        )
        return [record_of(cls, row, table) for row in rows]

    @property
    def changes(self) -> int:
        """How many rows this store has written."""
        return self._db.total_changes

    def exceeds(self, cls: type, number: int) -> bool:
        """True where there are more records of a class than that: so many are counted and no more."""
        row = self._db.execute(f"SELECT EXISTS (SELECT 1 FROM {TABLES[cls].name} LIMIT 1 OFFSET ?)", (number,))
        return bool(row.fetchone()[0])

    def count(self, cls: type) -> int:
        """How many records of a class there are."""
        return int(self._db.execute(f"SELECT count(*) FROM {TABLES[cls].name}").fetchone()[0])

"""Words kept about a library itself, beside what is in it: the model that its vectors were made with."""

import sqlite3

from corpus.errors import LibraryBusy, LibraryReadOnly, LibraryUnwritable
from corpus.store import Store


def note(store: Store, key: str) -> str:
    """What ``put_note`` kept under a key, or ""."""
    return next((str(v) for (v,) in store.query("SELECT value FROM meta WHERE key = ?", (f"note {key}",))), "")


def put_note(store: Store, key: str, value: str) -> None:
    """Keep a word. By itself it is no change of the library, whose generation stays; inside ``store.write()`` it is one.

    Raises LibraryReadOnly, LibraryBusy or LibraryUnwritable.
    """
    try:
        store.query("REPLACE INTO meta VALUES (?, ?)", (f"note {key}", value))
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_READONLY:
            raise LibraryReadOnly(store.folder) from error
        if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
            raise LibraryBusy(store.folder) from error
        raise LibraryUnwritable(store.folder, error) from error

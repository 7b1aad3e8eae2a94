"""Words kept about a library."""

import sqlite3
from pathlib import Path

import pytest

from corpus.errors import LibraryBusy, LibraryReadOnly
from corpus.notes import note, put_note
from corpus.store import FILE_NAME, Store


def test_a_word_is_kept_and_changes_nothing(tmp_path: Path) -> None:
    with Store.open(tmp_path, create=True) as store:
        before = store.generation, store.mark
        assert note(store, "model") == ""
        put_note(store, "model", "甲")
        put_note(store, "model", "乙")
        assert (store.generation, store.mark) == before
    with Store.open(tmp_path) as store:
        assert note(store, "model") == "乙"


def test_inside_a_change_it_is_part_of_it(tmp_path: Path) -> None:
    with Store.open(tmp_path, create=True) as store:
        with store.write():
            put_note(store, "model", "甲")
        assert store.generation == 1
        with pytest.raises(RuntimeError), store.write():
            put_note(store, "model", "乙")
            raise RuntimeError
        assert note(store, "model") == "甲"


def test_where_nothing_can_be_written_it_is_said(tmp_path: Path) -> None:
    with Store.open(tmp_path, create=True) as store:
        put_note(store, "model", "甲")
        store.query("PRAGMA query_only = 1")
        with pytest.raises(LibraryReadOnly):
            put_note(store, "model", "乙")


def test_who_is_writing_is_waited_for_and_then_told(tmp_path: Path) -> None:
    with Store.open(tmp_path, create=True) as store:
        store.query("PRAGMA busy_timeout = 10")
        other = sqlite3.connect(tmp_path / FILE_NAME, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LibraryBusy):
            put_note(store, "model", "甲")
        other.close()

"""A library that changes while it is served."""

import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from corpus.model import Source
from corpus.store import FILE_NAME, Store
from search.embedders import Embedder
from search.engine import Engine
from search.library import RENEWING, Library

MORE = [("增补", "武汉市", "420100", "湖北省", "city", "2024", [("新篇", "done", ["新设职工夜校托管班八十个。"])])]


@pytest.fixture
def served(library: Path, embedder: Embedder) -> Iterator[Library]:
    opened = Library(library, embedder)
    yield opened
    opened.close()


def test_the_engine_stays_while_nothing_changes(served: Library) -> None:
    assert served.engine() is served.engine()


def test_a_new_generation_is_served(served: Library, library: Path, refill: Callable[..., None]) -> None:
    old = served.engine()
    with Store.open(library) as store:
        store.remove_source(store.select(Source)[0].id)
        refill(store, MORE)
    new = served.engine()
    assert new is not old and new.generation > old.generation
    assert [hit.title for hit in new.search("托管班").hits] == ["增补"]
    # A request that began on the old engine finishes on it.
    assert old.search("送清凉") is not None
    assert served.engine() is new


def test_nothing_is_waited_for_while_no_file_is_written(
    served: Library, library: Path, refill: Callable[..., None]
) -> None:
    engine = served.engine()
    written = max(path.stat().st_mtime_ns for path in library.glob(f"{FILE_NAME}*"))
    while time.time_ns() < written + 200_000_000:
        time.sleep(0.01)
    assert served.engine() is engine and served.current() is engine
    seen: list[Engine] = []
    served.swapped = seen.append
    with Store.open(library) as store:
        refill(store, MORE)
    assert served.current() is None and served.changed() and served.opened is engine
    assert seen == [served.engine()] and seen[0] is not engine and not served.changed()


def test_an_answer_that_is_still_being_read_hides_no_change(
    served: Library, library: Path, refill: Callable[..., None]
) -> None:
    old = served.engine()
    reading = old.store.query("SELECT id FROM passage")
    assert reading.fetchone()  # and there are more: the engine's own store goes on seeing what it saw
    with Store.open(library) as store:
        refill(store, MORE)
    assert old.store.generation == old.generation
    assert [hit.title for hit in served.engine().search("托管班").hits] == ["增补"]
    assert reading.fetchone()


def test_nobody_waits_for_a_large_library(
    served: Library, library: Path, refill: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.library.LARGE", 0)
    old = served.engine()
    with Store.open(library) as store:
        refill(store, MORE)
    assert served.engine() is old  # the new one is being made beside
    while any(thread.name == RENEWING for thread in threading.enumerate()):
        assert served.engine().search("送清凉").hits
    assert [hit.title for hit in served.engine().search("托管班").hits] == ["增补"]


def test_a_restored_backup_is_served(
    served: Library, library: Path, tmp_path: Path, embedder: Embedder, refill: Callable[..., None]
) -> None:
    old = served.engine()
    with Store.open(tmp_path / "other", create=True) as store:
        refill(store, MORE)
    shutil.copy(tmp_path / "other" / FILE_NAME, library / "new.db")
    for name in (f"{FILE_NAME}-wal", f"{FILE_NAME}-shm"):
        (library / name).unlink(missing_ok=True)
    (library / "new.db").replace(library / FILE_NAME)
    assert served.engine() is not old
    assert [hit.title for hit in served.engine().search("托管班").hits] == ["增补"]


def test_an_unreadable_moment_keeps_the_old_engine(served: Library, library: Path) -> None:
    old = served.engine()
    (library / FILE_NAME).rename(library / "away.db")
    assert served.engine() is old
    assert old.search("送清凉").hits


def test_many_threads_ask_while_the_library_changes(
    served: Library, library: Path, refill: Callable[..., None]
) -> None:
    failures: list[BaseException] = []

    def ask() -> None:
        try:
            for _ in range(20):
                assert served.engine().search("送清凉").hits
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    with Store.open(library) as store:
        for number in range(3):
            refill(store, [(f"{MORE[0][0]}{number}", *MORE[0][1:5], str(2020 + number), MORE[0][6])])
    for thread in threads:
        thread.join()
    assert failures == []
    assert served.engine().search("送清凉") is not None

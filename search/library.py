"""A library that may change while it is being served."""

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Literal

from corpus.errors import LibraryError
from corpus.store import FILE_NAME, Store
from search.cache import FOLDER
from search.embedders import Embedder
from search.engine import Engine
from search.errors import SearchError
from search.models import Models
from search.readahead import read_ahead

#: Nanoseconds after which a file that was written to bears another time when it is written to again.
_SETTLED = 100_000_000
_Marks = tuple[tuple[int, int, int], ...]
RENEWING = "library"  # the name of the thread that opens it anew
LARGE = 20_000  # passages from which on a library is opened anew beside the requests


class Library:
    """Hands out the engine of the current generation; swaps it when the library has changed.

    Requests that run on the old engine finish on it; it closes when the last one lets go. A small library is opened anew
    by the first request after a change; nobody waits for a large one, which is opened beside.
    """

    def __init__(self, folder: Path, embedder: Embedder | None = None, models: Models | None = None) -> None:
        """Opens the library with what ``Engine.open`` takes, and raises what it raises."""
        self.folder = folder
        self._embedder = embedder
        self._models = models or Models()
        self._swapping = threading.Lock()
        #: Called with each engine that takes the place of another, in the thread that made it.
        self.swapped: Callable[[Engine], None] = lambda engine: None
        self._known: _Marks = ()  # the marks of the library's files at which nothing had changed
        self._seen = self._file()
        self._engine = Engine.open(folder, embedder, self._models)
        read_ahead(folder / FOLDER)

    def engine(self) -> Engine:
        """The engine to answer a request with. While a new one is being made, others go on with the old one."""
        marks = self._marks()
        if self.changed():
            self._swap()
        elif all(written < time.time_ns() - _SETTLED for _, _, written in marks):
            self._known = marks
        return self._engine

    def current(self) -> Engine | None:
        """The engine, within microseconds; None where the library's files were written to since ``engine`` looked into
        them last: only then is there anything to wait for."""
        return self._engine if self._known and self._known == self._marks() else None

    @property
    def opened(self) -> Engine:
        """The engine as it is, though the library may have changed: for requests that don't wait for a new one."""
        return self._engine

    def changed(self) -> bool:
        """True where ``engine`` would make a new engine."""
        return self._new() != ""

    def _marks(self) -> _Marks:
        """What changes when something is written: a commit goes to the log beside the file before the file has it."""
        found = []
        for name in (FILE_NAME, f"{FILE_NAME}-wal"):
            with suppress(OSError):
                stat = (self.folder / name).stat()
                found.append((stat.st_ino, stat.st_size, stat.st_mtime_ns))
        return tuple(found)

    def _swap(self) -> None:
        if not self._swapping.acquire(blocking=False):
            return
        if self._engine.size > LARGE and self._new() == "library":
            threading.Thread(target=self._renew, name=RENEWING, daemon=True).start()
        else:
            self._renew()

    def _renew(self) -> None:
        try:
            # If the library or its model can't be read at this moment, the old engine still answers; the next request
            # retries.
            with suppress(LibraryError, SearchError, OSError):
                seen, new = self._file(), self._new()
                if new == "library":
                    self._engine = Engine.open(self.folder, self._embedder, self._models, self._engine)
                    self._seen = seen
                    self._engine.complete()
                elif new == "lessons":
                    self._engine = self._engine.taught()
                self.swapped(self._engine)
        finally:
            self._swapping.release()

    def _file(self) -> int:
        """Which file the library is now: a restored backup is another one."""
        try:
            return (self.folder / FILE_NAME).stat().st_ino
        except OSError:
            return 0

    def _new(self) -> Literal["library", "lessons", ""]:
        """What has changed since the engine was made."""
        engine = self._engine
        try:
            if self._file() != self._seen:
                return "library"
            with Store.open(self.folder) as store:
                return "library" if engine.behind(store) else "lessons" if store.lessons != engine.lessons else ""
        except LibraryError:  # overwritten in place: what the engine holds open is no library any more
            return "library"

    def close(self) -> None:
        """Let go of the library."""
        self._engine.close()

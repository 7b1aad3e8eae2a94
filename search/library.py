"""A library that may change while it is being served."""

import threading
from contextlib import suppress
from pathlib import Path

from corpus.errors import LibraryError
from corpus.store import FILE_NAME
from search.embedders import Embedder
from search.engine import Engine
from search.errors import SearchError
from search.models import Models

RENEWING = "library"  # the name of the thread that opens it anew
_LARGE = 20_000  # passages from which on a library is opened anew beside the requests


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
        self._seen = self._file()
        self._engine = Engine.open(folder, embedder, self._models)

    def engine(self) -> Engine:
        """The engine to answer a request with. While a new one is being made, others go on with the old one."""
        if self._changed() or self._taught():
            self._swap()
        return self._engine

    def _swap(self) -> None:
        if not self._swapping.acquire(blocking=False):
            return
        if self._engine.size > _LARGE and self._changed():
            threading.Thread(target=self._renew, name=RENEWING, daemon=True).start()
        else:
            self._renew()

    def _renew(self) -> None:
        try:
            # If the library or its model can't be read at this moment, the old engine still answers; the next request
            # retries.
            with suppress(LibraryError, SearchError):
                seen = self._file()
                if self._changed():
                    self._engine = Engine.open(self.folder, self._embedder, self._models)
                    self._seen = seen
                elif self._taught():
                    self._engine = self._engine.taught()
        finally:
            self._swapping.release()

    def _taught(self) -> bool:
        engine = self._engine
        return engine.store.lessons != engine.lessons

    def _file(self) -> int:
        """Which file the library is now: a restored backup is another one."""
        try:
            return (self.folder / FILE_NAME).stat().st_ino
        except OSError:
            return 0

    def _changed(self) -> bool:
        engine = self._engine
        try:
            return self._file() != self._seen or engine.store.generation != engine.generation
        except LibraryError:  # overwritten in place: what the engine holds open is no library any more
            return True

    def close(self) -> None:
        """Let go of the library."""
        self._engine.close()

"""The shelf of the generation in use, made beside the requests."""

from contextlib import suppress
from threading import Event, Lock, Thread

from corpus.errors import LibraryError
from search.engine import Engine
from search.library import LARGE
from web.shelf import Shelf

_QUIET = 5.0  # seconds after a change of a large library before its shelf is made, where nobody asks for it


class Shelves:
    """The shelf of the generation in use."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._shelf: Shelf | None = None
        self._preparing: list[Thread] = []
        self._newest: Engine | None = None
        self._closing = Event()

    def prepare(self, engine: Engine) -> None:
        """Make the shelf of ``engine``, and what pages take longest for, in a thread of its own: nobody need wait for it who
        comes later."""
        self._preparing = [thread for thread in self._preparing if thread.is_alive()]
        self._preparing.append(Thread(target=self._prepare, args=(engine,), name="shelf", daemon=True))
        self._newest = engine
        self._preparing[-1].start()

    def _prepare(self, engine: Engine) -> None:
        # A large library takes long, and one change seldom comes alone.
        if self._shelf is not None and engine.size > LARGE:
            self._closing.wait(_QUIET)
        with suppress(LibraryError):  # whoever asks for it will be told
            for make in (lambda: self.of(engine).examples, lambda: self.of(engine).terms):
                if self._newest is not engine:
                    return
                make()

    def close(self) -> None:
        """Wait until what is being made is made: it reads the library."""
        self._closing.set()
        for thread in self._preparing:
            thread.join()

    def made(self, engine: Engine) -> Shelf | None:
        """The same, where it is made already."""
        shelf = self._shelf
        return shelf if shelf is not None and shelf.belongs_to(engine) else None

    def of(self, engine: Engine) -> Shelf:
        """The shelf that belongs to ``engine``."""
        with self._lock:
            if self._shelf is None or not self._shelf.belongs_to(engine):
                self._shelf = Shelf(engine, self._shelf)
            return self._shelf

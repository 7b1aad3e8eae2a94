"""Making the caches of a library, so that nobody who asks waits for them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from pathlib import Path

from corpus.errors import GongzhiError
from corpus.store import Store
from corpus.unsettled import unsettled
from gongzhi.forking import begin, context, cores

#: New passages from which on another process makes half of the indexes.
_MANY = 5_000


def publish(
    folder: Path, report: Callable[[int], None] | None = None, meanwhile: Callable[[], object] | None = None
) -> None:
    """Have the backend, if there is one, hold what the library does; write the caches of the new generation, so that a
    server swaps to it at once. ``report`` is told how many texts were turned into vectors so far. ``meanwhile`` is done
    first, while another process begins with the caches. Where the library waits to be settled only much that is new is
    worth it: the caches of little are made in a second by whoever opens the library, and a server does so at this moment.
    Raises NotBrought."""
    from gongzhi.elsewhere import bring
    from gongzhi.settings import engine, models
    from search.preparing import layout_of, name

    chosen = models(report)
    with Store.open(folder) as store:
        thorough = unsettled(store) is None
        many = chosen.backend is None and layout_of(store, thorough=thorough).missing("vectors") >= _MANY
    if chosen.backend is None and not (thorough or many or meanwhile):
        return
    with _beside(folder) if many and cores() > 1 else _alone():
        if meanwhile is not None:
            meanwhile()
        with Store.open(folder) as store:
            bring(store, chosen)
            if many:
                name(store)
        opened = engine(folder, report)
    try:
        opened.clear_kept()
    finally:
        opened.close()


@contextmanager
def _alone() -> Iterator[None]:
    yield


@contextmanager
def _beside(folder: Path) -> Iterator[None]:
    """Another process makes indexes that are missing meanwhile. What it can't make is made by this one, which waits for what
    it is making."""
    from search.vectors import one_thread

    started = context(["search.preparing"])
    running, alive = started.Pipe(duplex=False)
    process = started.Process(target=_prepare, args=(running, folder))  # type: ignore[attr-defined]
    process.start()
    try:
        with one_thread():
            yield
        process.join()
    finally:
        alive.close()
        process.join()
        running.close()


def _prepare(running: Connection, folder: Path) -> None:
    from gongzhi.settings import models
    from search.preparing import prepare
    from search.vectors import one_thread

    begin(running)
    # What goes wrong here goes wrong, and is told, in the process that opens the library.
    with suppress(GongzhiError, OSError), one_thread(), Store.open(folder) as store:
        prepare(store, models().embedder(store)[1])

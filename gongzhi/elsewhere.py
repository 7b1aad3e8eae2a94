"""The backend that the environment names, having it hold what the library does."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from corpus.store import Store
from gongzhi.errors import NotBrought

if TYPE_CHECKING:
    from search.backends.interface import Backend
    from search.models import Models


@contextmanager
def opened(store: Store, chosen: "Models") -> "Iterator[Backend | None]":
    """The backend, or None where the library itself is searched. Raises the errors of ``search.errors`` that begin with
    Backend."""
    if chosen.backend is None:
        yield None
        return
    backend = chosen.backend(chosen.embedder(store)[1])
    try:
        yield backend
    finally:
        backend.close()


def bring(store: Store, chosen: "Models") -> None:
    """Have the backend, if there is one, hold what the library does now. Raises NotBrought."""
    from search.backends import bringing
    from search.errors import BackendError

    try:
        with opened(store, chosen) as backend:
            if backend is not None and backend.mirrored() != store.mark:
                bringing.bring(store, backend)
    except BackendError as error:
        raise NotBrought(error) from error

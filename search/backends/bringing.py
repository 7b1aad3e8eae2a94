"""Having a backend hold what a library does.

The library notes beside itself what it brought: the mark it had then, and the edition of every document. Where the backend
still holds just that, only documents of other editions can differ; else, and where asked, all of them are compared.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress

from corpus.store import Store
from search.backends.interface import Backend, Parcel
from search.backends.parcels import mark, parcel_of
from search.cache import Cache

_NOTE = "brought"


def bring(store: Store, backend: Backend, *, thorough: bool = False) -> int:
    """Put the documents that differ and take out those that are gone; returns how many they were. ``thorough`` compares
    every document, whatever was noted. Raises the errors of ``search.errors`` that begin with Backend."""
    changed = 0
    with store.snapshot():  # whatever is read in meanwhile is brought the next time
        mark_before, ours = store.mark, store.editions(copies=True)
        before = None if thorough else _noted(store, backend.mirrored())
        if before is None:
            suspects, known = list(ours), backend.marks()
            gone = sorted(known.keys() - ours.keys())
        else:
            suspects = [document for document, edition in ours.items() if before.get(document) != edition]
            known = backend.marks(suspects)
            gone = sorted(before.keys() - ours.keys())

        def differing() -> Iterator[Parcel]:
            nonlocal changed
            for parcel in (parcel_of(store, document) for document in suspects):
                if known.get(parcel.document.id) != mark(parcel):
                    changed += 1
                    yield parcel

        backend.put(differing())
    backend.remove(gone)
    backend.mirror(mark_before)
    Cache(store.folder).put(_NOTE, json.dumps({"mark": mark_before, "editions": ours}))
    return changed + len(gone)


def _noted(store: Store, mirrored: str) -> Mapping[str, str] | None:
    """The editions of what a backend holds that says it mirrors the library at this mark; None where they aren't known."""
    with suppress(OSError, ValueError, LookupError, TypeError):
        note = json.loads(Cache(store.folder).read(_NOTE))
        if mirrored and note["mark"] == mirrored:
            return dict(note["editions"])
    return None

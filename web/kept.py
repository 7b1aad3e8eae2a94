"""Pages that take long to write and change only with the library: the last ones are kept as they were sent."""

import gzip
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

from fastapi import Request, Response
from fastapi.responses import HTMLResponse

_MOST = 64
_LARGEST = 2_000_000  # bytes of a page that is kept
_LEVEL = 6


class Kept:
    """The last pages of one generation, by what they depend on; packed, for packing takes as long as anything else."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._pages: OrderedDict[Hashable, bytes] = OrderedDict()

    def page(self, request: Request, key: Hashable, make: Callable[[], HTMLResponse]) -> Response:
        """The page of ``key``, made where it isn't kept; only pages that say 200 are."""
        with self._lock:
            packed = self._pages.get(key)
            if packed is not None:
                self._pages.move_to_end(key)
        if packed is None:
            made = make()
            if made.status_code != 200 or len(made.body) > _LARGEST:
                return made
            packed = gzip.compress(bytes(made.body), _LEVEL, mtime=0)
            with self._lock:
                self._pages[key] = packed
                while len(self._pages) > _MOST:
                    self._pages.popitem(last=False)
        headers = {"Vary": "Accept-Encoding"}
        if "gzip" in request.headers.get("Accept-Encoding", ""):
            return HTMLResponse(packed, headers=headers | {"Content-Encoding": "gzip"})
        return HTMLResponse(gzip.decompress(packed), headers=headers)

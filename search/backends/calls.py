"""Calls to a Milvus server: each with a time limit, tried again where that may help, and with errors that say what to do.

Every call may be made twice: rows are written by key, so an answer that got lost does no harm.
"""

import logging
import re
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

from search.errors import BackendDenied, BackendRefused, BackendSlow, BackendUnreachable, MilvusExtraMissing

Row = dict[str, Any]
_Result = TypeVar("_Result")

TRIES = 3
_PAUSE, _GROWTH = 0.2, 3.0  # seconds before the second try; each further pause is so much longer
_PAGE = 1000  # rows of one answer of a scan
_STRONG = "Strong"  # sees all that was written before it was asked
_CREDENTIALS = re.compile(r"(?<=://)[^/@]*@")
_LATE = ("DEADLINE_EXCEEDED", "deadline exceeded", "timeout", "timed out")
_GONE = ("UNAVAILABLE", "unavailable", "failed to connect", "Fail connecting", "connection", "CANCELLED", "channel")
_RELEASED = ("'released'", "not loaded")
_DENIED = ("UNAUTHENTICATED", "PERMISSION_DENIED", "auth check failure", "permission deny", "unauthenticated")


def shown(uri: str) -> str:
    """An address without the credentials that may be in it."""
    return _CREDENTIALS.sub("", uri)


class Calls:
    """One Milvus server, or the file of an embedded one."""

    def __init__(self, uri: str, token: str = "", patience: float = 10.0, tries: int = TRIES) -> None:
        """Connects; ``patience`` is how many seconds one call may take. Raises MilvusExtraMissing, BackendUnreachable,
        BackendSlow, BackendDenied."""
        try:
            from pymilvus import MilvusClient
        except ImportError as error:
            raise MilvusExtraMissing() from error
        # What goes wrong is told in our own words; pymilvus would print it with its stack beside them.
        logging.getLogger("pymilvus").setLevel(logging.CRITICAL)
        self.address = shown(uri)
        self._patience = patience
        self._tries = tries
        self._client: Any = self._tried(lambda: MilvusClient(uri=uri, token=token, timeout=patience, dedicated=True))

    def _tried(self, call: Callable[[], _Result]) -> _Result:
        from grpc import RpcError
        from pymilvus.exceptions import MilvusException

        pause, late = _PAUSE, False
        for remaining in reversed(range(self._tries)):
            try:
                return call()
            except (MilvusException, RpcError, OSError) as error:
                told = _told(error)
                if any(word in told for word in _DENIED):
                    raise BackendDenied(self.address) from error
                late = any(word in told for word in _LATE) and "UNAVAILABLE" not in told
                if not late and not any(word in told for word in _GONE):
                    raise BackendRefused(self.address, told) from error
                if remaining:
                    time.sleep(pause)
                    pause *= _GROWTH
        raise (
            BackendSlow(self.address, self._patience, self._tries)
            if late
            else BackendUnreachable(self.address, self._tries)
        )

    def _call(self, name: str, *values: Any, **named: Any) -> Any:
        return self._tried(lambda: getattr(self._client, name)(*values, timeout=self._patience, **named))

    def _read(self, name: str, collection: str, **named: Any) -> Any:
        """A call that needs a collection to be loaded, which a server that was started anew may have forgotten."""
        try:
            return self._call(name, collection, **named)
        except BackendRefused as error:
            if not any(word in str(error) for word in _RELEASED):
                raise
        self._call("load_collection", collection)
        return self._call(name, collection, **named)

    def has(self, collection: str) -> bool:
        """True where there is a collection of this name."""
        return bool(self._call("has_collection", collection))

    def create(self, collection: str, schema: Any, index: Any) -> None:
        """Make a collection and hold it ready; one that was begun before is completed."""
        if not self.has(collection):
            self._call("create_collection", collection, schema=schema)
        # Nothing is waited for: half a second each, for indexes of nothing.
        self._call("create_index", collection, index, sync=False)
        self._call("load_collection", collection)

    def drop(self, collection: str) -> None:
        """Take a collection away, if it is there."""
        self._call("drop_collection", collection)

    def describe(self, collection: str) -> Row:
        """What a collection is made of."""
        found: Row = self._call("describe_collection", collection)
        return found

    def upsert(self, collection: str, rows: Sequence[Row]) -> None:
        """Write rows, each in place of the one with its key."""
        if rows:
            self._call("upsert", collection, list(rows))

    def delete(self, collection: str, where: str) -> None:
        """Take out the rows that meet an expression."""
        self._call("delete", collection, filter=where)

    def query(self, collection: str, where: str, columns: Sequence[str], limit: int = 0) -> list[Row]:
        """The rows that meet an expression, in no order."""
        more = {"limit": limit} if limit else {}
        found = self._read(
            "query", collection, filter=where, output_fields=list(columns), consistency_level=_STRONG, **more
        )
        return [dict(row) for row in found]

    def count(self, collection: str, where: str) -> int:
        """How many rows meet an expression."""
        return int(self.query(collection, where, ["count(*)"])[0]["count(*)"])

    def scan(self, collection: str, where: str, columns: Sequence[str]) -> Iterator[Row]:
        """The same as ``query`` for any number of rows, a page at a time, by key."""
        pages = self._read(
            "query_iterator",
            collection,
            filter=where,
            output_fields=list(columns),
            batch_size=_PAGE,
            consistency_level=_STRONG,
        )
        try:
            while rows := self._tried(pages.next):
                yield from (dict(row) for row in rows)
        finally:
            pages.close()

    def search(
        self, collection: str, column: str, vector: Any, limit: int, where: str, columns: Sequence[str]
    ) -> list[tuple[float, Row]]:
        """(score, row) of the rows whose vector has the largest product with ``vector``, best first."""
        found = self._read(
            "search",
            collection,
            data=[vector],
            anns_field=column,
            limit=limit,
            filter=where,
            output_fields=list(columns),
            search_params={"metric_type": "IP"},
            consistency_level=_STRONG,
        )
        return [(float(hit["distance"]), dict(hit["entity"])) for hit in found[0]]

    def close(self) -> None:
        """Let go of the server."""
        self._client.close()


def _told(error: Exception) -> str:
    """What an error says, on one line."""
    code = getattr(error, "code", None)
    code = code() if callable(code) else code
    said = getattr(error, "message", "") or (error.details() if hasattr(error, "details") else "") or str(error)
    name = getattr(code, "name", "")
    return " ".join(f"{name} {said}".split())[:200]

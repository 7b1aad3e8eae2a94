"""How the documents of a library are divided among the files of its indexes.

An index is kept in segments, each of which holds some documents and is never changed (as in Lucene; merged by size as in the
log-structured merge-tree, O'Neil et al. 1996). What is new is indexed in a segment of its own, so that it costs by its own
length and not by the library's; what left, or is another now, stays in its files and is passed over. A small library is
always one segment. Rows are passages, numbered segment by segment, in each document by document.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, chain, pairwise
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from corpus.model import digest
from corpus.store import Store
from search.cache import Cache
from search.errors import SegmentIncomplete

_FORMAT = "1"  # raised whenever the way that segments are divided, or what their keys say, changes
_FILE = "layout"
_SMALL = 5_000  # passages of a library that is one segment
_QUICK = 2_000  # passages that are indexed together while somebody waits
_RATIO = 4  # a segment is put together with a next one that has at least so many times fewer passages
_GONE = 10  # one in so many passages of a segment may be gone

Mask = NDArray[np.bool_]
Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Segment:
    """Documents that are indexed together, in the order of their rows: ids, editions, and how many passages each has.

    ``key`` changes with them and with the segments before this one, of which ``start`` passages come first.
    """

    key: str
    start: int
    documents: tuple[str, ...]
    editions: tuple[str, ...]
    sizes: tuple[int, ...]

    @property
    def rows(self) -> int:
        """How many passages there are."""
        return sum(self.sizes)


@dataclass(frozen=True, slots=True)
class Batch:
    """Some documents: ids, editions, numbers of passages."""

    documents: tuple[str, ...]
    editions: tuple[str, ...]
    sizes: tuple[int, ...]

    @classmethod
    def of(cls, sizes: Mapping[str, int], shown: Mapping[str, str]) -> Self:
        """Documents with their numbers of passages, in reading order."""
        ids = tuple(sorted(sizes))
        return cls(ids, tuple(shown[i] for i in ids), tuple(sizes[i] for i in ids))

    @property
    def rows(self) -> int:
        """How many passages there are."""
        return sum(self.sizes)

    def left(self, shown: Mapping[str, str]) -> dict[str, int]:
        """Those that are still there as they were, with their numbers of passages."""
        told = zip(self.documents, self.sizes, self.editions, map(shown.get, self.documents), strict=True)
        return {document: size for document, size, edition, now in told if now == edition}


def planned(
    held: Sequence[Batch],
    shown: Mapping[str, str],
    count: Callable[[Iterable[str]], Mapping[str, int]],
    *,
    thorough: bool = False,
) -> list[Batch]:
    """How to divide the documents ``shown`` (id → edition), which were divided as in ``held``; ``count`` tells how many
    passages documents have. ``thorough``: what takes long is done now, too."""
    kept = list(held)
    left = [batch.left(shown) for batch in kept]
    known = {document for some in left for document in some}
    new = dict(count(document for document in shown if document not in known))

    def merge_from(number: int) -> None:
        for some in left[number:]:
            new.update(some)
        del kept[number:], left[number:]

    for number, (batch, some) in enumerate(zip(kept, left, strict=True)):
        gone = batch.rows - sum(some.values())
        later = sum(sum(others.values()) for others in left[number:])
        if gone * _GONE > batch.rows and (thorough or later + sum(new.values()) <= _QUICK):
            merge_from(number)
            break
    every = sum(new.values()) + sum(sum(some.values()) for some in left)
    as_it_was = not new and len(kept) == 1 and len(left[0]) == len(kept[0].documents)
    if every <= _SMALL and not as_it_was:
        merge_from(0)
    while kept and new:
        size, more = sum(left[-1].values()), sum(new.values())
        if size > _RATIO * more or not (thorough or size + more <= _QUICK):
            break
        merge_from(len(kept) - 1)
    return [*kept, Batch.of(new, shown)] if new or not kept else kept


class Layout:
    """The segments of a library at one generation, and where their files are."""

    def __init__(self, cache: Cache, batches: Sequence[Batch], shown: Mapping[str, str]) -> None:
        self._cache = cache
        #: Document id → its edition, of the documents that are shown.
        self.shown = shown
        segments: list[Segment] = []
        start, key = 0, _FORMAT
        for batch in batches:
            key = digest(key, *batch.documents, *batch.editions)
            segments.append(Segment(key, start, batch.documents, batch.editions, batch.sizes))
            start += batch.rows
        self.segments = tuple(segments)
        #: How many rows there are, those that were passed over among them.
        self.rows = start

    @classmethod
    def of(cls, store: Store, cache: Cache, *, thorough: bool = False) -> Self:
        """The segments of a library, divided anew where something has changed. ``thorough`` as in ``planned``."""
        shown = store.editions()
        held = _read(cache)
        batches = planned(held, shown, store.passages_of, thorough=thorough)
        layout = cls(cache, batches, shown)
        if batches != held:
            before = cls(cache, held, shown)
            cache.put(_FILE, _written(batches))
            cache.prune(segment.key for segment in (*before.segments, *layout.segments))
        return layout

    @cached_property
    def key(self) -> str:
        """Changes with the segments and with what of them is passed over."""
        return digest(*(segment.key for segment in self.segments), *(self.documents[i] for i in self._gone))

    @cached_property
    def documents(self) -> tuple[str, ...]:
        """The documents of all segments; one that is another now is there twice."""
        return tuple(chain.from_iterable(segment.documents for segment in self.segments))

    @cached_property
    def firsts(self) -> Numbers:
        """(documents,) the first row of each."""
        sizes = [size for segment in self.segments for size in segment.sizes]
        return np.array([0, *accumulate(sizes)][: len(sizes)], np.int64)

    @cached_property
    def _gone(self) -> list[int]:
        """The numbers of documents that are passed over."""
        written = chain.from_iterable(segment.editions for segment in self.segments)
        told = zip(map(self.shown.get, self.documents), written, strict=True)
        return [number for number, (now, edition) in enumerate(told) if now != edition]

    @cached_property
    def there(self) -> Mask | None:
        """(documents,) False for those that are passed over; None where all are there."""
        if not self._gone:
            return None
        there = np.ones(len(self.documents), np.bool_)
        there[self._gone] = False
        return there

    @cached_property
    def alive(self) -> Mask | None:
        """(rows,) False for those that are passed over; None where all are there."""
        if self.there is None:
            return None
        return np.repeat(self.there, np.diff(self.firsts, append=self.rows))

    def folders(self, kind: str, stamp: str, build: Callable[[Path, Segment, Sequence[Path]], None]) -> list[Path]:
        """The folder of an index of each segment, made where there is none for ``stamp``: ``build`` fills an empty one, told
        the folders of the segments before. Raises SegmentIncomplete."""
        found: list[Path] = []
        for segment in self.segments:

            def made(folder: Path, segment: Segment = segment) -> None:
                self.check(segment)
                build(folder, segment, tuple(found))

            found.append(self._cache.get(kind, f"{stamp}.{segment.key}", made, segment.key))
        return found

    def missing(self, kind: str) -> int:
        """How many passages are in segments of which there is no index of a kind."""
        return sum(segment.rows for segment in self.segments if not self._cache.has(kind, segment.key))

    def first(self, kind: str, stamp: str, build: Callable[[Path], None]) -> Path:
        """The folder of what is made of the first segment alone, by far the largest. Raises SegmentIncomplete."""

        def made(folder: Path) -> None:
            self.check(self.segments[0])
            build(folder)

        return self._cache.get(kind, f"{stamp}.{self.segments[0].key}", made, self.segments[0].key)

    def check(self, segment: Segment) -> None:
        """Raise SegmentIncomplete where documents of a segment are there no more."""
        told = zip(segment.documents, segment.editions, strict=True)
        if any(self.shown.get(document) != edition for document, edition in told):
            raise SegmentIncomplete()

    @cached_property
    def passed_over(self) -> tuple[frozenset[str], ...]:
        """For each segment its documents that are passed over."""
        ends = list(accumulate((len(segment.documents) for segment in self.segments), initial=0))
        return tuple(
            frozenset(self.documents[number] for number in self._gone if first <= number < end)
            for first, end in pairwise(ends)
        )

    def gone(self, segments: int) -> list[int]:
        """The first rows of the documents of the first ``segments`` that are passed over."""
        most = sum(len(segment.documents) for segment in self.segments[:segments])
        return [int(self.firsts[number]) for number in self._gone if number < most]


def forget(cache: Cache) -> None:
    """Have all documents divided anew."""
    cache.put(_FILE, "[]")


def _read(cache: Cache) -> list[Batch]:
    """How the documents were divided; as if they never were, where that can't be read."""
    try:
        version, told = json.loads(cache.read(_FILE))
        return [Batch(tuple(d), tuple(e), tuple(s)) for d, e, s in told] if version == _FORMAT else []
    except (OSError, ValueError, TypeError):
        return []


def _written(batches: Iterable[Batch]) -> str:
    return json.dumps([_FORMAT, [[batch.documents, batch.editions, batch.sizes] for batch in batches]])

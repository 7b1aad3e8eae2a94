"""What a run of ingestion finds against what the library holds: added, replaced, unchanged, moved, copied, removed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from corpus.model import Source

Action = Literal["added", "replaced", "unchanged", "moved", "copy", "removed", "failed"]


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of a file: ``documents`` titles those read from it, ``reason`` says why where that needs saying,
    ``source`` is the id of its bytes, "" where they could not be read."""

    action: Action
    file: str
    documents: tuple[str, ...] = ()
    reason: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Move:
    """A source of the library whose bytes are read from elsewhere now."""

    source: Source
    name: str
    origin: str


def _exists(origin: str) -> bool:
    """True where the file, or the archive that it lay in, is still there."""
    path = Path(origin)
    return any(place.is_file() for place in (path, *path.parents))


class Ledger:
    """The account of one run. Files are entered as they are met; what the whole run means is known at its end.

    Files may have swapped their contents, moved, or come twice, so a source is taken out only when no file of the run
    has its bytes.
    """

    def __init__(self, sources: Iterable[Source], rules: str) -> None:
        self._sources = {source.id: source for source in sources}
        self._by_origin = {source.origin: source for source in self._sources.values()}
        self._sizes = {source.size for source in self._sources.values()}
        self._rules = rules
        self._met: dict[str, tuple[str, str]] = {}  # origin → name, id
        self._failed: list[str] = []
        self._put: set[str] = set()
        self._changes: list[Change] = []

    def may_know(self, size: int) -> bool:
        """False where no source has that size: such bytes need not be hashed to know that they are new."""
        return size in self._sizes

    def knows(self, source_id: str) -> bool:
        """True for bytes that the library holds, read by the rules of this program."""
        source = self._sources.get(source_id)
        return source is not None and source.rules == self._rules

    def displaced(self, origin: str, source_id: str) -> Source | None:
        """The source that was read from ``origin`` before, where the file has other bytes now.

        None for one whose bytes this run has read again, from elsewhere: ``origin`` is its no more.
        """
        before = self._by_origin.get(origin)
        return before if before is not None and before.id != source_id and before.id not in self._put else None

    def enter(self, origin: str, name: str, source_id: str) -> bool:
        """Note a file with bytes that are held already, in the library or from earlier in the run; False if not."""
        held = self.knows(source_id) or source_id in self._put
        if held:
            self._met[origin] = name, source_id
        return held

    def put(self, origin: str, name: str, source_id: str, documents: Sequence[str]) -> None:
        """Note a file that was read and goes in."""
        before = origin in self._by_origin or source_id in self._sources
        self._met[origin] = name, source_id
        self._put.add(source_id)
        self._changes.append(Change("replaced" if before else "added", name, tuple(documents), "", source_id))

    def fail(self, origin: str, name: str, reason: str) -> None:
        """Note a file that can't be read; what was read from it before stays."""
        self._failed.append(origin)
        self._changes.append(Change("failed", name, (), reason))

    def is_empty(self) -> bool:
        """True where no file of the run could be read."""
        return not self._met

    def _holders(self) -> dict[str, list[str]]:
        holders: defaultdict[str, list[str]] = defaultdict(list)
        for origin, (_, source_id) in self._met.items():
            holders[source_id].append(origin)
        return holders

    def moves(self) -> Iterator[Move]:
        """Sources that were read before and whose bytes now lie elsewhere, and no longer where they lay."""
        holders = self._holders()
        for source in self._sources.values():
            origins = holders.get(source.id, [])
            if source.id in self._put or not origins or source.origin in origins:
                continue
            if source.origin in self._met or not _exists(source.origin):
                yield Move(source, self._met[origins[0]][0], origins[0])

    def removals(self, roots: Iterable[Path]) -> Iterator[Source]:
        """Sources whose file has other bytes now, and those from under ``roots`` whose file is gone.

        Where a file or archive could not be read, nothing that came from it is taken out.
        """
        held = {source_id for _, source_id in self._met.values()}
        mirrored = [root.resolve() for root in roots]
        for source in self._sources.values():
            if source.id not in held and (source.origin in self._met or self._gone(source, mirrored)):
                yield source

    def _gone(self, source: Source, mirrored: Sequence[Path]) -> bool:
        """True for a source from under one of the folders ``mirrored``, where its file isn't met any more."""
        if not mirrored:
            return False
        path = Path(source.origin)
        return any(path.is_relative_to(root) for root in mirrored) and not any(
            path.is_relative_to(failed) for failed in self._failed
        )

    def changes(self, roots: Iterable[Path]) -> tuple[Change, ...]:
        """What becomes of every file, those that nothing happened to included."""
        moved = {move.origin: move.source for move in self.moves()}
        rest = []
        first: set[str] = set()
        kept = {source.id: source.origin for source in self._sources.values() if source.id not in self._put}
        for origin, (name, source_id) in self._met.items():
            if origin in moved:
                rest.append(Change("moved", name, (), f"原来在 {moved[origin].name}", source_id))
            elif kept.get(source_id) == origin:
                rest.append(Change("unchanged", name, (), "", source_id))
            elif source_id in self._put and source_id not in first:
                first.add(source_id)  # told when it was put
            else:
                rest.append(Change("copy", name, (), "", source_id))
        gone = [
            Change("removed", source.name, (), "", source.id)
            for source in self.removals(roots)
            if source.origin not in self._met
        ]
        return (*self._changes, *rest, *gone)

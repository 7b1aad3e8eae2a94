"""Sources that were taken out of the library in the browser, kept for a while so that they can be put back."""

import json
import shutil
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from corpus.model import Document, Source
from corpus.store import Store
from gongzhi.build import INTAKE

FOLDER = "removed"
#: How many are kept, and how many bytes of all; the last one is kept in any case.
MOST, MOST_BYTES = 30, 2**30
_ABOUT, _BYTES = "about.json", "file"


@dataclass(frozen=True, slots=True)
class Kept:
    """A source that was taken out at ``made`` (ISO 8601), ``replaced`` where other bytes came in its place; ``file`` is
    where its bytes lie now."""

    id: str
    name: str
    origin: str
    size: int
    made: str
    documents: tuple[str, ...]
    replaced: bool
    file: Path


class Shed:
    """What is kept for the library in a folder."""

    def __init__(self, library: Path) -> None:
        self._library = library
        self._home = library / INTAKE / FOLDER

    def keep(self, store: Store, source: Source, *, replaced: bool) -> None:
        """Keep a copy of a source that is about to be taken out; a copy of one that stays after all is passed over."""
        folder = self._home / source.id
        self.forget(source.id)
        (folder / _BYTES).mkdir(parents=True)
        titles = [document.title for document in store.select(Document, source_id=source.id)]
        name = PurePosixPath(source.name).name[-60:]
        (folder / _BYTES / name).write_bytes(store.content(source.id))
        about = Kept(
            source.id, source.name, source.origin, source.size,
            datetime.now(UTC).isoformat(timespec="seconds"), tuple(titles), replaced, Path(_BYTES, name),
        )  # fmt: skip
        (folder / _ABOUT).write_text(json.dumps(asdict(about), default=str, ensure_ascii=False), "utf-8")

    def every(self) -> list[Kept]:
        """What is kept and not in the library, the last taken out first."""
        found = []
        for path in self._home.glob(f"*/{_ABOUT}"):
            with suppress(OSError, ValueError, TypeError):  # half written, or half deleted
                said = json.loads(path.read_text("utf-8"))
                found.append(Kept(**said | {"documents": tuple(said["documents"]), "file": path.parent / said["file"]}))
        if not found:
            return []
        with Store.open(self._library) as store:
            here = {source.id for source in store.select(Source)}
        return sorted((kept for kept in found if kept.id not in here), key=lambda kept: kept.made, reverse=True)

    def one(self, source_id: str) -> Kept | None:
        """What is kept of a source."""
        return next((kept for kept in self.every() if kept.id == source_id), None)

    def forget(self, source_id: str) -> None:
        """Delete what is kept of a source."""
        shutil.rmtree(self._home / source_id, ignore_errors=True)

    def tidy(self) -> None:
        """Delete what is in the library again, and what was taken out too long ago."""
        left, room = self.every(), MOST_BYTES
        kept: set[str] = set()
        for one in left[:MOST]:
            room -= one.size
            if room >= 0 or not kept:
                kept.add(one.id)
        for folder in self._home.glob("*"):
            if folder.name not in kept:
                shutil.rmtree(folder, ignore_errors=True)

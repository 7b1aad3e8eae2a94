"""Caches of the library: folders that can always be made again, stamped with what they were made from.

A cache is built beside its place and renamed into it, so nobody ever sees half of one; what a killed process left half
built is taken away a day later. Its manifest holds a checksum of every file, and when the file was written: missing, stale
or damaged means rebuilt, never wrong answers. A file of the same size and time is as it was left; only others are read
through (of a million passages that would be gigabytes at every start). Where the library can't be written, caches live in
a temporary folder as long as the process.
"""

import hashlib
import json
import shutil
import tempfile
import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from corpus.store import Store
from corpus.unsettled import unsettled

try:
    import fcntl
except ImportError:  # a system without it: the same cache is made twice now and then, and the last one stays
    fcntl = None  # type: ignore[assignment]

MANIFEST = "manifest.json"
FOLDER = "cache"
SEGMENTS = "segments"
_MOMENT = 50_000_000  # nanoseconds within which a file system may tell no two times apart
_ABANDONED = 24 * 3600  # seconds after which nobody is still building: the process was killed


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "blake2b").hexdigest()


def _files(folder: Path) -> dict[str, Path]:
    paths = sorted(p for p in folder.rglob("*") if p.is_file() and p.name != MANIFEST)
    return {path.relative_to(folder).as_posix(): path for path in paths}


def _written(path: Path) -> list[int]:
    """The size of a file and when it was last written."""
    status = path.stat()
    return [status.st_size, status.st_mtime_ns]


def _put(folder: Path, stamp: str, sums: Mapping[str, str]) -> None:
    """Write the manifest of the files with these checksums."""
    files = {name: [sums[name], *_written(path)] for name, path in _files(folder).items()}
    path = folder / MANIFEST
    beside = path.with_suffix(f".{uuid.uuid4().hex}")
    try:
        beside.write_text(json.dumps({"stamp": stamp, "files": files}), "utf-8")
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def kept(cache: "Cache", store: Store, kind: str, stamp: str, build: Callable[[Path], None]) -> Path:
    """The folder of what is made of all documents: while a library waits to be settled, as it was made before."""
    if unsettled(store) is not None and (found := cache.last(kind, f"{stamp}.")):
        return found
    return cache.get(kind, f"{stamp}.{store.generation}.{store.mark}", build)


def _sums(folder: Path, before: Path) -> dict[str, str]:
    """The checksums of the files of a cache; those that are still files of the one ``before`` are not read again."""
    known: dict[str, list[object]] = {}
    with suppress(OSError, ValueError, LookupError, TypeError):
        known = json.loads((before / MANIFEST).read_text("utf-8"))["files"]
    sums = {}
    for name, path in _files(folder).items():
        same = name in known and known[name][1:] == _written(path) and path.samefile(before / name)
        sums[name] = str(known[name][0]) if same else _checksum(path)
    return sums


def whole(folder: Path, stamp: str | None = None, *, thorough: bool = False) -> bool:
    """True for a cache made for ``stamp``, or for any, with every file as it was left; ``thorough`` reads all of them
    through."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
        known, found = manifest["files"], _files(folder)
        if stamp not in (None, manifest["stamp"]) or known.keys() != found.keys():
            return False
        # What was written in the same moment as the manifest may have been written once more in that moment.
        settled = (folder / MANIFEST).stat().st_mtime_ns - _MOMENT
        unsure = [
            name
            for name, path in found.items()
            if thorough or known[name][1:] != _written(path) or known[name][2] > settled
        ]
        if any(known[name][0] != _checksum(found[name]) for name in unsure):
            return False
        if unsure:
            with suppress(OSError):  # a library that can't be written is read through again
                _put(folder, manifest["stamp"], {name: held[0] for name, held in known.items()})
        return True
    except (OSError, ValueError, LookupError, TypeError):
        return False


def stamp_of(folder: Path) -> str:
    """What a cache that is whole was made for."""
    return str(json.loads((folder / MANIFEST).read_text("utf-8"))["stamp"])


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Nobody else makes the same cache at the same time, where files can be locked."""
    with path.open("a") as file:
        if fcntl is not None:
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


class Cache:
    """The caches of one library folder."""

    def __init__(self, library: Path) -> None:
        self._home = library / FOLDER
        self._temporary: tempfile.TemporaryDirectory[str] | None = None

    def get(self, kind: str, stamp: str, build: Callable[[Path], None], segment: str = "") -> Path:
        """The folder of ``kind`` made for ``stamp``, of a segment or of the whole library; ``build`` fills an empty folder
        if there is none that is whole."""
        within = Path(SEGMENTS, segment) if segment else Path()
        home = self._home / within
        place = home / kind
        if whole(place, stamp):
            return place
        try:
            home.mkdir(parents=True, exist_ok=True)
            with _alone(home / f".{kind}.lock"):
                # Another process may have made it meanwhile: a server and whoever changed the library begin together.
                return place if whole(place, stamp) else self._make(home, kind, stamp, build)
        except OSError:
            if self._temporary is None:
                self._temporary = tempfile.TemporaryDirectory(prefix="gongzhi-")
            return self._make(Path(self._temporary.name) / within, kind, stamp, build)

    def has(self, kind: str, segment: str) -> bool:
        """True where there is something of ``kind`` of a segment."""
        return (self._home / SEGMENTS / segment / kind).is_dir()

    def last(self, kind: str, stamp: str) -> Path | None:
        """The folder of ``kind`` as it was last made, for whatever stamp begins like ``stamp``; None where there is none."""
        place = self._home / kind
        return place if whole(place) and stamp_of(place).startswith(stamp) else None

    def read(self, name: str) -> str:
        """The text that was put under a name. Raises OSError where there is none."""
        return (self._home / f"{name}.json").read_text("utf-8")

    def put(self, name: str, text: str) -> None:
        """Keep a text under a name; a library that can't be written keeps none."""
        path = self._home / f"{name}.json"
        beside = path.with_suffix(f".{uuid.uuid4().hex}")
        with suppress(OSError):
            self._home.mkdir(parents=True, exist_ok=True)
            try:
                beside.write_text(text, "utf-8")
                beside.replace(path)
            finally:
                beside.unlink(missing_ok=True)

    def prune(self, segments: Iterable[str]) -> None:
        """Take the files of all other segments away."""
        kept = set(segments)
        for place in (self._home / SEGMENTS).glob("*"):
            if place.name not in kept:
                shutil.rmtree(place, ignore_errors=True)

    def _make(self, home: Path, kind: str, stamp: str, build: Callable[[Path], None]) -> Path:
        home.mkdir(parents=True, exist_ok=True)
        for path in home.glob(f".{kind}-*"):
            with suppress(OSError):  # another process takes it away, too
                if time.time() - path.stat().st_mtime > _ABANDONED:
                    shutil.rmtree(path, ignore_errors=True)
        making = Path(tempfile.mkdtemp(prefix=f".{kind}-", dir=home))
        try:
            build(making)
            place = home / kind
            _put(making, stamp, _sums(making, place))
            # A folder can't replace one that has files: move the old one aside first. A process that still reads
            # it keeps its open files.
            if place.exists():
                aside = Path(tempfile.mkdtemp(prefix=f".{kind}-old-", dir=home))
                place.replace(aside / kind)
                shutil.rmtree(aside, ignore_errors=True)
            with suppress(OSError):  # another process made the same one a moment earlier
                making.replace(place)
            return place
        finally:
            shutil.rmtree(making, ignore_errors=True)

    def damaged(self) -> list[str]:
        """The kinds whose files are not those that were written. They are built anew when they are asked for."""
        places = [*self._home.glob("[!.]*"), *self._home.glob(f"{SEGMENTS}/*/[!.]*")]
        kinds = sorted(place for place in places if place.is_dir() and place.name != SEGMENTS)
        return [place.relative_to(self._home).as_posix() for place in kinds if not whole(place, thorough=True)]

    def drop(self, kind: str) -> None:
        """Take a cache away."""
        shutil.rmtree(self._home / kind, ignore_errors=True)

    def close(self) -> None:
        """Forget temporary caches."""
        if self._temporary is not None:
            self._temporary.cleanup()
            self._temporary = None

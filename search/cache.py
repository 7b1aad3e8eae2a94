"""Caches of the library: folders that can always be made again, stamped with what they were made from.

A cache is built beside its place and renamed into it, so nobody ever sees half of one; what a killed process left half
built is taken away a day later. Its manifest holds a checksum of every file: missing, stale or damaged means rebuilt,
never wrong answers. Where the library can't be written, caches live in a temporary folder as long as the process.
"""

import hashlib
import json
import shutil
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

_MANIFEST = "manifest.json"
FOLDER = "cache"
_ABANDONED = 24 * 3600  # seconds after which nobody is still building: the process was killed


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "blake2b").hexdigest()


def _checksums(folder: Path) -> dict[str, str]:
    paths = sorted(p for p in folder.rglob("*") if p.is_file() and p.name != _MANIFEST)
    return {path.relative_to(folder).as_posix(): _checksum(path) for path in paths}


class Cache:
    """The caches of one library folder."""

    def __init__(self, library: Path) -> None:
        self._home = library / FOLDER
        self._temporary: tempfile.TemporaryDirectory[str] | None = None

    def get(self, kind: str, stamp: str, build: Callable[[Path], None]) -> Path:
        """The folder of ``kind`` made for ``stamp``; ``build`` fills an empty folder if there is none that is whole."""
        place = self._home / kind
        if self._whole(place, stamp):
            return place
        try:
            return self._make(self._home, kind, stamp, build)
        except OSError:
            if self._temporary is None:
                self._temporary = tempfile.TemporaryDirectory(prefix="gongzhi-")
            return self._make(Path(self._temporary.name), kind, stamp, build)

    def _whole(self, place: Path, stamp: str) -> bool:
        try:
            manifest = json.loads((place / _MANIFEST).read_text("utf-8"))
            return bool(manifest == {"stamp": stamp, "files": _checksums(place)})
        except (OSError, ValueError):
            return False

    def _make(self, home: Path, kind: str, stamp: str, build: Callable[[Path], None]) -> Path:
        home.mkdir(parents=True, exist_ok=True)
        for path in home.glob(f".{kind}-*"):
            with suppress(OSError):  # another process takes it away, too
                if time.time() - path.stat().st_mtime > _ABANDONED:
                    shutil.rmtree(path, ignore_errors=True)
        making = Path(tempfile.mkdtemp(prefix=f".{kind}-", dir=home))
        try:
            build(making)
            manifest = {"stamp": stamp, "files": _checksums(making)}
            (making / _MANIFEST).write_text(json.dumps(manifest), "utf-8")
            place = home / kind
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
        places = sorted(place for place in self._home.glob("[!.]*") if place.is_dir())
        return [place.name for place in places if not self._sound(place)]

    def drop(self, kind: str) -> None:
        """Take a cache away."""
        shutil.rmtree(self._home / kind, ignore_errors=True)

    def _sound(self, place: Path) -> bool:
        try:
            return bool(json.loads((place / _MANIFEST).read_text("utf-8"))["files"] == _checksums(place))
        except (OSError, ValueError, KeyError, TypeError):
            return False

    def close(self) -> None:
        """Forget temporary caches."""
        if self._temporary is not None:
            self._temporary.cleanup()
            self._temporary = None

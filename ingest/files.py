"""Which files to read: those named, and those in the folders named."""

from collections.abc import Iterable
from pathlib import Path

from ingest.errors import FileUnreadable, NoFiles, PathMissing

# Files that say something about the folder they lie in are no reports; named on their own they are read.
_ABOUT = frozenset({"README", "LICENSE", "LICENCE", "NOTICE", "CHANGELOG"})


def _inside(folder: Path) -> list[Path]:
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        raise FileUnreadable(folder, error.strerror or type(error).__name__) from error
    found: list[Path] = []
    for entry in entries:
        if entry.name.startswith(".") or entry.stem.upper() in _ABOUT or (entry.is_symlink() and entry.is_dir()):
            continue
        found += _inside(entry) if entry.is_dir() else [entry]
    return found


def collect(paths: Iterable[Path]) -> list[Path]:
    """Files named or lying in the folders named, each once, folders in name order; hidden entries and
    files about the folder itself (README, LICENSE) are skipped.

    A folder that is a link is not entered (it may lead back). Raises PathMissing, FileUnreadable, and NoFiles for a
    folder that holds nothing to read.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            inside = _inside(path)
            if not inside:
                raise NoFiles(path)
            found.update(dict.fromkeys(inside))
        elif path.exists():
            found[path] = None
        else:
            raise PathMissing(path)
    return list(found)

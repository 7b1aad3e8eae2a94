"""Which files to read: those named, those in the folders named, and those in archives."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePath

from ingest import readers
from ingest.errors import FileUnreadable, IngestError, NoFiles, PathMissing
from ingest.readers import archive

# Files that say something about the folder they lie in are no reports; named on their own they are read.
_ABOUT = frozenset({"README", "LICENSE", "LICENCE", "NOTICE", "CHANGELOG"})


@dataclass(frozen=True, slots=True)
class Input:
    """A source to be: ``path`` is what errors call it (a member of an archive lies below the archive's path), ``name``
    what it is called, ``origin`` where it comes from, ``load`` gives its bytes or raises an IngestError."""

    path: Path
    name: str
    origin: str
    load: Callable[[], bytes]


def _is_report(path: PurePath) -> bool:
    """False for what lies beside reports: hidden files, a program's own (~$报告.docx, __MACOSX), README and the like."""
    aside = any(part != ".." and part.startswith((".", "~$", "__MACOSX")) for part in path.parts)
    return not aside and path.stem.upper() not in _ABOUT


def _inside(folder: Path) -> list[Path]:
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        raise FileUnreadable(folder, error.strerror or type(error).__name__) from error
    found: list[Path] = []
    for entry in entries:
        if not _is_report(PurePath(entry.name)) or (entry.is_symlink() and entry.is_dir()):
            continue
        if entry.is_dir():
            found += _inside(entry)
        elif entry.is_file():  # reading a pipe or a device might never end
            found.append(entry)
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
        elif path.is_file():
            found[path] = None
        elif path.exists():
            raise FileUnreadable(path, "不是普通文件")
        else:
            raise PathMissing(path)
    return list(found)


def inputs(path: Path) -> Iterator[Input]:
    """The sources in a file: itself, or each document in an archive. Raises nothing: what is wrong is said on loading.

    Members of an archive must be loaded while the iteration goes on.
    """
    origin = str(path.resolve())
    if not archive.is_archive(path):
        yield Input(path, path.name, origin, partial(readers.load, path))
        return
    empty = True
    try:
        for member in archive.members(path, _is_report):
            empty = False
            below, name, whence = (Path(f"{start}/{member.name}") for start in (path, path.name, origin))
            yield Input(below, str(name), str(whence), member.load)
        if empty:
            raise NoFiles(path)
    except IngestError as error:
        yield Input(path, path.name, origin, partial(_fail, error))


def _fail(error: IngestError) -> bytes:
    raise error

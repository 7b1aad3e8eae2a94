"""Which files to read: those named, those in the folders named, and those in archives."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePath

from ingest import readers
from ingest.errors import FileUnreadable, IngestError, NoFiles, PathMissing
from ingest.filenames import shown
from ingest.limits import DEFAULTS, Limits
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


def _looked_at(path: Path) -> tuple[bool, list[Path]]:
    """(to be read, what is in it): True for a file and for a folder that can't be listed, which loading will tell."""
    try:
        if path.is_dir():
            return False, sorted(path.iterdir(), key=lambda entry: entry.name)
        return path.is_file(), []  # reading a pipe or a device might never end
    except OSError:
        return True, []


def _inside(folder: Path) -> list[Path]:
    """The files in a folder and the folders in it, however deep."""
    found: list[Path] = []
    waiting = [folder]
    while waiting:
        path = waiting.pop()
        read, entries = _looked_at(path)
        if read:
            found.append(path)
        for entry in reversed(entries):
            if _is_report(PurePath(entry.name)) and not (entry.is_symlink() and entry.is_dir()):
                waiting.append(entry)
    return found


def collect(paths: Iterable[Path]) -> list[Path]:
    """Files named or lying in the folders named, each once, folders in name order; hidden entries and
    files about the folder itself (README, LICENSE) are skipped.

    A folder that is a link is not entered (it may lead back). One that can't be listed is among the files: loading it
    says why. Raises PathMissing, FileUnreadable, and NoFiles for a folder that holds nothing to read.
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
        elif path.is_symlink():
            raise FileUnreadable(path, "是断开的或指向自己的链接")
        else:
            raise PathMissing(path)
    return list(found)


def inputs(path: Path, limits: Limits = DEFAULTS) -> Iterator[Input]:
    """The sources in a file: itself, or each document in an archive. Raises nothing: what is wrong is said on loading.

    Members of an archive must be loaded while the iteration goes on.
    """
    origin, named = shown(path.resolve()), shown(path.name)
    if not archive.is_archive(path):
        yield Input(path, named, origin, partial(readers.load, path, limits))
        return
    empty = True
    try:
        for member in archive.members(path, _is_report, limits):
            empty = False
            below, name, whence = (Path(f"{start}/{member.name}") for start in (path, named, origin))
            yield Input(below, str(name), str(whence), member.load)
        if empty:
            raise NoFiles(path)
    except IngestError as error:
        yield Input(path, named, origin, partial(archive.fail, error))

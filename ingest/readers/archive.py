"""ZIP archives of documents: their members, and those of archives in them, each to be read as a source of its own.

What one file can bring in is bounded as a whole: the members and the bytes of all archives in it count together.
"""

import re
import stat
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath

from ingest.errors import (
    ArchiveCrowded,
    ArchiveNested,
    FileDamaged,
    FileInflated,
    FileTooLarge,
    IngestError,
    MemberPathUnsafe,
)
from ingest.filenames import shown
from ingest.limits import DEFAULTS, Limits
from ingest.readers import sniffing, zipped

_UTF8_NAME = 0x800
_OUTSIDE = re.compile(r"^(?:/|[A-Za-z]:)|(?:^|/)\.\.(?:/|$)")
_HEAD = 16


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive: its name there (with the folders), and how to get its bytes or the error it ends in."""

    name: str
    load: Callable[[], bytes]


def is_archive(path: Path) -> bool:
    """True for a ZIP file that is no document (DOCX and others are ZIP files as well); False for what can't be read."""
    try:
        with path.open("rb") as file:
            if file.read(4) not in zipped.SIGNATURES:
                return False
        with zipped.opened(path, path) as container:
            return not zipped.kind(container.namelist())
    except ArchiveCrowded:
        return True
    except (OSError, FileDamaged):
        return False


def _names(members: Sequence[zipfile.ZipInfo]) -> list[str]:
    """The names of members, right also where UTF-8 or GBK bytes are not declared and so were read as CP437; no two
    are the same.

    One program wrote all the names of an archive: they are UTF-8 if all of them could be, else GB18030.
    """
    raw = [None if m.flag_bits & _UTF8_NAME else m.orig_filename.encode("cp437", "replace") for m in members]
    encoding = "utf-8"
    try:
        b"\n".join(name for name in raw if name).decode("utf-8")
    except UnicodeDecodeError:
        encoding = "gb18030"
    found = (
        m.filename if name is None else name.decode(encoding, "replace") for m, name in zip(members, raw, strict=True)
    )
    return _apart([shown(name.replace("\\", "/")) for name in found])


def _apart(names: Sequence[str]) -> list[str]:
    """The names, each second, third … use of one marked: 总结.txt, 总结（2）.txt."""
    taken, times = set(names), Counter[str]()
    found: list[str] = []
    for name in names:
        times[name] += 1
        unique = name
        while times[name] > 1 and unique in taken:
            path = PurePosixPath(name)
            unique = name.removesuffix(path.name) + f"{path.stem}（{times[name]}）{path.suffix}"
            times[name] += unique in taken
        taken.add(unique)
        found.append(unique)
    return found


class _Budget:
    """What is left of the members and bytes that one file may bring in."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._members = 0
        self._bytes = 0

    def spend(self, path: Path, infos: Sequence[zipfile.ZipInfo], packed: int) -> None:
        """Take the members of an archive of ``packed`` bytes off. Raises ArchiveCrowded, FileInflated."""
        self._members += len(infos)
        if self._members > self.limits.members:
            raise ArchiveCrowded(path, self._members, self.limits.members)
        zipped.refuse_bomb(path, infos, packed, self.limits.unpacked)
        self._bytes += sum(info.file_size for info in infos)
        if self._bytes > self.limits.unpacked:
            raise FileInflated(path, self._bytes, self.limits.unpacked)


def fail(error: IngestError) -> bytes:
    """Raise the error that loading a source ends in."""
    raise error


def _head(container: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """The first bytes of a member; none where it can't be read, which loading it will tell."""
    try:
        with container.open(info) as file:
            return file.read(_HEAD)
    except (*zipped.BROKEN, RuntimeError):
        return b""


def _load(path: Path, container: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, limit: int) -> bytes:
    if _OUTSIDE.search(name) or stat.S_ISLNK(info.external_attr >> 16):
        raise MemberPathUnsafe(path)
    if info.file_size > limit:
        raise FileTooLarge(path, info.file_size, limit)
    zipped.refuse_bomb(path, [info], info.compress_size, limit)
    return zipped.unpack(path, container, info)


def _inside(
    path: Path, source: Path | bytes, wanted: Callable[[PurePosixPath], bool], budget: _Budget, depth: int, above: str
) -> Iterator[Member]:
    """The members of an archive, ``depth`` archives deep, names beginning with ``above``."""
    limits = budget.limits
    with zipped.opened(path, source) as container:
        if isinstance(source, bytes) and zipped.kind(container.namelist()):
            yield Member(above.removesuffix("/"), partial(bytes, source))
            return
        if depth >= limits.depth:
            raise ArchiveNested(path, limits.depth)
        infos = [info for info in container.infolist() if not info.is_dir()]
        named = sorted(zip(_names(infos), infos, strict=True), key=lambda pair: pair[0])
        chosen = [(name, info) for name, info in named if wanted(PurePosixPath(name))]
        budget.spend(
            path, [info for _, info in chosen], source.stat().st_size if isinstance(source, Path) else len(source)
        )
        for name, info in chosen:
            below = Path(f"{path}/{name}")
            head = _head(container, info)
            limit = limits.package if sniffing.is_package(head) else limits.text
            load = partial(_load, below, container, info, name, limit)
            if head[:4] not in zipped.SIGNATURES:
                yield Member(above + name, load)
                continue
            try:
                yield from _inside(below, load(), wanted, budget, depth + 1, f"{above}{name}/")
            except IngestError as error:
                yield Member(above + name, partial(fail, error))


def members(path: Path, wanted: Callable[[PurePosixPath], bool], limits: Limits = DEFAULTS) -> Iterator[Member]:
    """The files in an archive whose names are ``wanted``, in order of their names; each is loaded by itself, while
    the iteration goes on. Raises FileDamaged, ArchiveCrowded and FileInflated before the first.

    An archive in the archive is opened in memory, ``limits.depth`` archives in all; one that can't be is a member
    that ends in its error.
    """
    yield from _inside(path, path, wanted, _Budget(limits), 0, "")

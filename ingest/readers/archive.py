"""ZIP archives of documents: their members, each to be read as a source of its own.

An archive in an archive is refused: so the limits on number, size and ratio hold for all that one file can bring in.
"""

import re
import stat
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath

from ingest.errors import ArchiveCrowded, ArchiveNested, FileDamaged, FileTooLarge, MemberPathUnsafe
from ingest.readers import zipped

MEMBERS_MOST = 2000
MEMBER_LIMIT = 64 * 2**20
TOTAL_LIMIT = 2**30
_UTF8_NAME = 0x800
_OUTSIDE = re.compile(r"^(?:/|[A-Za-z]:)|(?:^|/)\.\.(?:/|$)")


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
    except (OSError, FileDamaged):
        return False


def _names(members: Sequence[zipfile.ZipInfo]) -> list[str]:
    """The names of members, right also where UTF-8 or GBK bytes are not declared and so were read as CP437.

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
    return [name.replace("\\", "/") for name in found]


def _load(path: Path, container: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> bytes:
    if _OUTSIDE.search(name) or stat.S_ISLNK(member.external_attr >> 16):
        raise MemberPathUnsafe(path)
    if member.file_size > MEMBER_LIMIT:
        raise FileTooLarge(path, member.file_size, MEMBER_LIMIT)
    zipped.refuse_bomb(path, [member], member.compress_size, MEMBER_LIMIT)
    content = zipped.unpack(path, container, member)
    if content.startswith(zipped.SIGNATURES):
        with zipped.opened(path, content) as inner:
            if not zipped.kind(inner.namelist()):
                raise ArchiveNested(path)
    return content


def members(path: Path, wanted: Callable[[PurePosixPath], bool]) -> Iterator[Member]:
    """The files in an archive whose names are ``wanted``, in order of their names; each is loaded by itself, while
    the iteration goes on. Raises FileDamaged, ArchiveCrowded and FileInflated before the first."""
    with zipped.opened(path, path) as container:
        infos = [info for info in container.infolist() if not info.is_dir()]
        named = sorted(zip(_names(infos), infos, strict=True), key=lambda pair: pair[0])
        chosen = [(name, info) for name, info in named if wanted(PurePosixPath(name))]
        if len(chosen) > MEMBERS_MOST:
            raise ArchiveCrowded(path, len(chosen), MEMBERS_MOST)
        zipped.refuse_bomb(path, [info for _, info in chosen], path.stat().st_size, TOTAL_LIMIT)
        for name, info in chosen:
            yield Member(name, partial(_load, Path(f"{path}/{name}"), container, info, name))

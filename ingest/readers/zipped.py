"""ZIP containers, opened without trusting them: sizes are checked before reading, and again while reading."""

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO

from ingest.errors import ArchiveCrowded, FileDamaged, FileEncrypted, FileInflated, FormatUnsupported

SIGNATURES = (b"PK\x03\x04", b"PK\x05\x06")
RATIO, RATIO_FROM = 200, 10 * 2**20
# The list of members is read whole before anything else can be known.
_DIRECTORY_MOST = 4 * 2**20
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, NotImplementedError)
# Documents that are ZIP containers, told by a name (or its beginning) that only they have.
_DOCUMENTS = (("word/", "DOCX"), ("xl/", "Excel 表格"), ("ppt/", "PowerPoint 演示"), ("OFD.xml", "OFD"),
              ("META-INF/container.xml", "EPUB"), ("META-INF/manifest.xml", "OpenDocument"))  # fmt: skip
_OPEN_DOCUMENTS = {b"spreadsheet": "OpenDocument 表格", b"presentation": "OpenDocument 演示"}
_PACKAGE = ("[Content_Types].xml", "OFD.xml", "mimetype")


def kind(names: Iterable[str]) -> str:
    """What a container with members of these names is: DOCX, another document format, or "" for an archive."""
    known = [name.replace("\\", "/") for name in names]
    if not any(name in _PACKAGE for name in known):
        return ""
    return next((kind for start, kind in _DOCUMENTS if any(name.startswith(start) for name in known)), "Office")


def _directory(file: BinaryIO) -> tuple[int, int]:
    """(members, bytes) of the list of members, as the end of a container says; (0, 0) where it says nothing.

    PKWARE's APPNOTE.TXT, 4.3.14 to 4.3.16.
    """
    end = file.seek(0, io.SEEK_END)
    start = file.seek(max(0, end - 2**16 - 42))
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 22:
        return 0, 0
    count, size = struct.unpack_from("<HI", tail, at + 10)
    if at >= 20 and tail[at - 20 : at - 16] == b"PK\x06\x07":
        place = struct.unpack_from("<Q", tail, at - 12)[0]
        if place < start + at:
            file.seek(place)
            record = file.read(56)
            if len(record) == 56 and record.startswith(b"PK\x06\x06"):
                count, size = struct.unpack_from("<QQ", record, 32)
    return count, size


@contextmanager
def opened(path: Path, source: Path | bytes) -> Iterator[zipfile.ZipFile]:
    """The container at ``source`` (a file, or its bytes). Raises FileDamaged where it is no whole ZIP, ArchiveCrowded
    where the list of its members alone is too long to read."""
    with ExitStack() as stack:
        try:
            file: BinaryIO = io.BytesIO(source) if isinstance(source, bytes) else stack.enter_context(source.open("rb"))
            count, size = _directory(file)
            if size > _DIRECTORY_MOST:
                raise ArchiveCrowded(path, count, _DIRECTORY_MOST * count // size)
            file.seek(0)
            container = stack.enter_context(zipfile.ZipFile(file))
        except BROKEN as error:
            raise FileDamaged(path) from error
        yield container


def open_document(path: Path, container: zipfile.ZipFile) -> str:
    """The kind of an OpenDocument file, after its member ``mimetype``."""
    member = container.getinfo("mimetype") if "mimetype" in container.namelist() else None
    said = unpack(path, container, member) if member and member.file_size < 200 else b""
    return next((kind for word, kind in _OPEN_DOCUMENTS.items() if word in said), "OpenDocument")


def refuse_bomb(path: Path, members: Iterable[zipfile.ZipInfo], packed: int, limit: int) -> None:
    """Raise FileInflated where ``members`` say that they unpack to more than ``limit`` bytes, or to more than
    RATIO times the ``packed`` bytes they come from."""
    size = sum(member.file_size for member in members)
    if size > limit or (size > RATIO_FROM and size > RATIO * max(packed, 1)):
        raise FileInflated(path, size, limit)


def unpack(path: Path, container: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """The bytes of a member, never more than it says it has; ``path`` is what errors name.

    Raises FileEncrypted, FormatUnsupported (a rare compression method) and FileDamaged.
    """
    if member.flag_bits & 0x1:
        raise FileEncrypted(path, "ZIP")
    if member.compress_type not in _METHODS:
        # The others can't be unpacked in steps, so that their size would be known only when it is too late.
        raise FormatUnsupported(path, "用少见方法压缩的", "请先解压再导入")
    try:
        with container.open(member) as file:
            content = file.read(member.file_size + 1)  # a size is given: unpacking stops there
    except (*BROKEN, RuntimeError) as error:
        raise FileDamaged(path) from error
    if len(content) != member.file_size:
        raise FileDamaged(path)
    return content

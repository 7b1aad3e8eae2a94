"""ZIP containers, opened without trusting them: sizes are checked before reading, and again while reading."""

import io
import lzma
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from ingest.errors import FileDamaged, FileEncrypted, FileInflated, FormatUnsupported

SIGNATURES = (b"PK\x03\x04", b"PK\x05\x06")
RATIO, RATIO_FROM = 200, 10 * 2**20
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, NotImplementedError)
# Documents that are ZIP containers, told by a name (or its beginning) that only they have.
_DOCUMENTS = (("word/", "DOCX"), ("xl/", "Excel 表格"), ("ppt/", "PowerPoint 演示"), ("OFD.xml", "OFD"),
              ("META-INF/container.xml", "EPUB"), ("META-INF/manifest.xml", "OpenDocument"))  # fmt: skip
_PACKAGE = ("[Content_Types].xml", "OFD.xml", "mimetype")


def kind(names: Iterable[str]) -> str:
    """What a container with members of these names is: DOCX, another document format, or "" for an archive."""
    known = [name.replace("\\", "/") for name in names]
    if not any(name in _PACKAGE for name in known):
        return ""
    return next((kind for start, kind in _DOCUMENTS if any(name.startswith(start) for name in known)), "Office")


def opened(path: Path, source: Path | bytes) -> zipfile.ZipFile:
    """The container at ``source`` (a file, or its bytes). Raises FileDamaged where it is no whole ZIP."""
    file: Path | BinaryIO = io.BytesIO(source) if isinstance(source, bytes) else source
    try:
        return zipfile.ZipFile(file)
    except _BROKEN as error:
        raise FileDamaged(path) from error


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
    except (*_BROKEN, RuntimeError) as error:
        raise FileDamaged(path) from error
    if len(content) != member.file_size:
        raise FileDamaged(path)
    return content

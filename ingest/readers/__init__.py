"""Readers: from the bytes of a file to its decoded text, by suffix and by what the bytes themselves say."""

from collections.abc import Callable
from pathlib import Path

from ingest.errors import FileEmpty, FileTooLarge, FileUnreadable, PathMissing, TextTooLong
from ingest.limits import DEFAULTS, Limits
from ingest.readers import html, markdown, mhtml, sniffing, text
from ingest.readers.notes import Decoded, Note
from ingest.readers.unseen import without_unseen

__all__ = ["Decoded", "Note", "decode", "load", "read", "register"]

Reader = Callable[[Path, bytes, Limits], Decoded]
READERS: dict[str, Reader] = {}
_HEAD = 16


def register(suffix: str, reader: Reader) -> None:
    """Have ``reader`` (path, bytes, limits → decoded text) read the files whose name ends in ``suffix`` (".txt")."""
    READERS[suffix] = reader


def _docx(path: Path, content: bytes, limits: Limits) -> Decoded:
    from ingest.readers import docx

    return docx.decode(path, content, limits)


def _pdf(path: Path, content: bytes, limits: Limits) -> Decoded:
    from ingest.readers import pdf

    return pdf.decode(path, content, limits)


def _picture(path: Path, content: bytes, limits: Limits) -> Decoded:
    from ingest.readers import ocr

    return ocr.decode(path, content, limits)


register(".txt", text.decode)
for _suffix in (".md", ".markdown"):
    register(_suffix, markdown.decode)
for _suffix in (".html", ".htm"):
    register(_suffix, html.decode)
for _suffix in (".mhtml", ".mht"):
    register(_suffix, mhtml.decode)
for _suffix in (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp"):
    register(_suffix, _picture)
# What these need takes as long to load as a report takes to read: it waits for the first file of its kind.
register(".docx", _docx)
register(".pdf", _pdf)
register(".xml", sniffing.refuse_xml)


def load(path: Path, limits: Limits = DEFAULTS) -> bytes:
    """The bytes of a file. Raises PathMissing, FileUnreadable, FileTooLarge."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            limit = limits.package if sniffing.is_package(file.read(_HEAD)) else limits.text
            if size > limit:
                raise FileTooLarge(path, size, limit)
            file.seek(0)
            content = file.read(limit + 1)  # it may be growing
    except (FileNotFoundError, NotADirectoryError) as error:
        raise PathMissing(path) from error
    except IsADirectoryError as error:
        raise FileUnreadable(path, "是目录，列不出里面的文件") from error
    except OSError as error:
        raise FileUnreadable(path, error.strerror or type(error).__name__) from error
    if len(content) > limit:
        raise FileTooLarge(path, len(content), limit)
    return content


def decode(path: Path, content: bytes, limits: Limits = DEFAULTS) -> Decoded:
    """The decoded text of the bytes of a file; ``path`` names it. Raises an IngestError that says what is wrong."""
    if not content:
        raise FileEmpty(path)
    sniffing.refuse_known_binary(path, content)
    # A dot in a Chinese file name need not begin a suffix (2023.10总结): what isn't known is tried as text.
    reader = READERS.get(sniffing.suffix(path, content), text.decode)
    decoded = reader(path, content, limits)
    if len(decoded.text) > limits.characters:
        raise TextTooLong(path, len(decoded.text), limits.characters)
    decoded = without_unseen(decoded)
    if not decoded.text.strip():
        raise FileEmpty(path)
    return decoded


def read(path: Path, limits: Limits = DEFAULTS) -> Decoded:
    """The decoded text of a file. Raises an IngestError that says what is wrong with it."""
    return decode(path, load(path, limits), limits)

"""Readers: from the bytes of a file to its decoded text, by suffix and by what the bytes themselves say."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import FileEmpty, FileTooLarge, FileUnreadable, PathMissing
from ingest.readers import docx, html, ocr, pdf, sniffing, text, zipped

TEXT_LIMIT = 64 * 2**20
PACKAGE_LIMIT = 256 * 2**20  # most of a large DOCX or PDF file is pictures


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file as read: its bytes, its text (byte order mark taken off, line ends as they were), its encoding."""

    content: bytes
    text: str
    encoding: str


Reader = Callable[[Path, bytes], tuple[str, str]]
READERS: dict[str, Reader] = {}


def register(suffix: str, reader: Reader) -> None:
    """Have ``reader`` (path, bytes → text, encoding) read the files whose name ends in ``suffix`` (".txt")."""
    READERS[suffix] = reader


register(".txt", text.decode)
register(".md", text.decode)
register(".docx", docx.decode)
register(".html", html.decode)
register(".htm", html.decode)
register(".pdf", pdf.decode)
for _suffix in (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp"):
    register(_suffix, ocr.decode)
for _suffix in (".mhtml", ".mht", ".xml"):
    register(_suffix, sniffing.refuse_markup)


def load(path: Path) -> bytes:
    """The bytes of a file. Raises PathMissing, FileUnreadable, FileTooLarge."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            limit = PACKAGE_LIMIT if file.read(4) in (*zipped.SIGNATURES, b"%PDF") else TEXT_LIMIT
            if size > limit:
                raise FileTooLarge(path, size, limit)
            file.seek(0)
            return file.read()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise PathMissing(path) from error
    except OSError as error:
        raise FileUnreadable(path, error.strerror or type(error).__name__) from error


def decode(path: Path, content: bytes) -> Decoded:
    """The decoded text of the bytes of a file; ``path`` names it. Raises an IngestError that says what is wrong."""
    if not content:
        raise FileEmpty(path)
    sniffing.refuse_known_binary(path, content)
    # A dot in a Chinese file name need not begin a suffix (2023.10总结): what isn't known is tried as text.
    decoded, encoding = READERS.get(sniffing.suffix(path, content), text.decode)(path, content)
    if not decoded.strip():
        raise FileEmpty(path)
    return Decoded(content, decoded, encoding)


def read(path: Path) -> Decoded:
    """The decoded text of a file. Raises an IngestError that says what is wrong with it."""
    return decode(path, load(path))

"""Readers: from the bytes of a file to its decoded text, by suffix and by what the bytes themselves say."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import FileEmpty, FileTooLarge, FileUnreadable, PathMissing
from ingest.readers import ocr, pdf, text
from ingest.readers.sniffing import refuse_known_binary, refuse_markup, suffix_of

TEXT_LIMIT = 64 * 2**20


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
register(".pdf", pdf.decode)
for _suffix in (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp"):
    register(_suffix, ocr.decode)
for _suffix in (".html", ".htm", ".mhtml", ".xml"):
    register(_suffix, refuse_markup)


def read(path: Path) -> Decoded:
    """The decoded text of a file. Raises an IngestError that says what is wrong with it."""
    try:
        size = path.stat().st_size
        if size > TEXT_LIMIT:
            raise FileTooLarge(path, size, TEXT_LIMIT)
        content = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise PathMissing(path) from error
    except OSError as error:
        raise FileUnreadable(path, error.strerror or type(error).__name__) from error
    if not content:
        raise FileEmpty(path)
    refuse_known_binary(path, content)
    # A dot in a Chinese file name need not begin a suffix (2023.10总结): what isn't known is tried as text.
    decoded, encoding = READERS.get(suffix_of(path, content), text.decode)(path, content)
    if not decoded.strip():
        raise FileEmpty(path)
    return Decoded(content, decoded, encoding)

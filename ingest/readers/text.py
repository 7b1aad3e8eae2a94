"""Plain text: UTF-8, UTF-16 by its byte order mark, else strict GB18030 over the whole file.

Detectors that look at the first kilobyte lose characters; a strict decoding of everything can't.
"""

import codecs
from pathlib import Path

from ingest.errors import EncodingUnknown, FileBinary

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def _strict(path: Path, content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise EncodingUnknown(path, error.start) from error


def decode(path: Path, content: bytes) -> tuple[str, str]:
    """(text, encoding) of the bytes of a text file. Raises FileBinary, EncodingUnknown."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            text = _strict(path, content[len(mark) :], encoding)
            break
    else:
        if b"\0" in content:
            raise FileBinary(path)
        try:
            text, encoding = content.decode("utf-8"), "utf-8"
        except UnicodeDecodeError:
            text, encoding = _strict(path, content, "gb18030"), "gb18030"
    if "\0" in text:
        raise FileBinary(path)
    return text, encoding

"""Plain text: UTF-8, UTF-16 (by its byte order mark, or by what it says without one), else strict GB18030.

Detectors that look at the first kilobyte lose characters; a strict decoding of everything can't. A file whose lines
are some in UTF-8 and some in GB18030 (pasted together from two) is read line by line, each strictly.
"""

import codecs
import re
from itertools import groupby
from pathlib import Path

from ingest.errors import EncodingUnknown, FileBinary
from ingest.limits import DEFAULTS, Limits
from ingest.readers.notes import Decoded, Note

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_NAMES = {"utf-8": "UTF-8", "gb18030": "GB18030"}
_LONE = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")
_USUAL = re.compile(r"[\t\r\n -~\u00b7\u2010-\u2026\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
_SAMPLE = 2**16
_SURE = 0.97  # of the characters; GB18030 and UTF-8 taken for UTF-16 give Hangul and private use
_PROOF = 5  # non-ASCII characters: a shorter line of GB18030 may be good UTF-8 by chance (联通 is)


def _strict(path: Path, content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding.startswith("utf-16") and len(content) % 2 == 0:
            text = content.decode(encoding, "surrogatepass")
            if 100 * len(_LONE.findall(text)) <= len(text):
                return text
        raise EncodingUnknown(path, error.start) from error


def _unmarked(content: bytes) -> str:
    """utf-16-le or utf-16-be where ``content``, which has no mark, reads as Chinese in it; else ""."""
    sample = content[: _SAMPLE & ~1]
    for encoding in ("utf-16-le", "utf-16-be") if len(content) % 2 == 0 else ():
        text = sample.decode(encoding, "replace")
        if len(text) >= 4 and len(_USUAL.findall(text)) >= _SURE * len(text):
            return encoding
    return ""


def _line(content: bytes) -> str:
    """The encoding of a line; "" for one in neither."""
    for encoding in _NAMES:
        try:
            content.decode(encoding)
            return encoding
        except UnicodeDecodeError:
            continue
    return ""


def _mixed(content: bytes) -> Decoded | None:
    """The text of a file some of whose lines are in UTF-8 and others in GB18030; None where that isn't proven."""
    lines = content.splitlines(keepends=True)
    encodings = ["" if line.isascii() else _line(line) or "none" for line in lines]
    for n, encoding in enumerate(encodings):  # lines of ASCII go with those above them
        encodings[n] = encoding or (encodings[n - 1] if n else "utf-8")
    if "none" in encodings or not any(
        encoding == "utf-8" and sum(ord(char) > 127 for char in line.decode()) >= _PROOF
        for line, encoding in zip(lines, encodings, strict=True)
    ):
        return None
    runs = [
        (encoding, b"".join(lines[n] for n in run))
        for encoding, run in groupby(range(len(lines)), encodings.__getitem__)
    ]
    most = max(_NAMES, key=lambda name: sum(len(raw) for encoding, raw in runs if encoding == name))
    parts: list[str] = []
    notes: list[Note] = []
    at = 0
    for encoding, raw in runs:
        words = raw.decode(encoding)
        if encoding != most:
            reason = f"这一段是 {_NAMES[encoding]} 编码，与全文的 {_NAMES[most]} 不同，已分别读出"
            notes.append(Note("encoding", at, at + len(words.rstrip()), reason, words.rstrip(), words.rstrip()))
        parts.append(words)
        at += len(words)
    return Decoded("".join(parts), "utf-8+gb18030", tuple(notes))


def _decoded(path: Path, content: bytes) -> Decoded:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            body = content[len(mark) :]
            try:
                return Decoded(_strict(path, body, encoding), encoding)
            except EncodingUnknown:
                if encoding == "utf-8" and (mixed := _mixed(body)):
                    return mixed
                raise
    try:
        text = content.decode("utf-8")
        if "\0" not in text:
            return Decoded(text, "utf-8")
    except UnicodeDecodeError:
        text = ""
    wide = _unmarked(content)
    if wide:
        return Decoded(_strict(path, content, wide), wide)
    if text:
        return Decoded(text, "utf-8")
    try:  # surrogates written as UTF-8, one by one or in pairs (CESU-8)
        text = content.decode("utf-8", "surrogatepass")
        return Decoded(text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass"), "utf-8")
    except UnicodeDecodeError:
        return _mixed(content) or Decoded(_strict(path, content, "gb18030"), "gb18030")


def decode(path: Path, content: bytes, limits: Limits = DEFAULTS) -> Decoded:
    """The text of the bytes of a text file. Surrogates without a partner stay, for ``readers.decode`` to mark.

    Raises FileBinary, EncodingUnknown.
    """
    decoded = _decoded(path, content)
    body = decoded.text.rstrip("\0")  # a crash may leave the end of a file filled with zeros
    if decoded.text and 10 * len(_CONTROL.findall(body)) >= len(body):
        raise FileBinary(path)
    return decoded

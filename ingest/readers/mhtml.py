"""MHTML, the 单个文件网页 of browsers, Word and WPS: the page in it is read as HTML; pictures and styles are not.

RFC 2557: a multipart/related message whose root part, else first HTML part, is the page.
"""

from email import message_from_bytes
from email.errors import MessageError
from email.message import Message
from email.policy import compat32
from pathlib import Path

from ingest.errors import FileDamaged
from ingest.limits import DEFAULTS, Limits
from ingest.readers import html
from ingest.readers.notes import Decoded

_PARTS_MOST = 50_000  # what begins like a part takes its time; comments in pages do, too
_HTML = ("text/html", "application/xhtml+xml")


def _page(message: Message) -> Message | None:
    """The root part where it is HTML, else the first HTML part."""
    pages = [part for part in message.walk() if part.get_content_type() in _HTML]
    root = message.get_param("start")
    return next((part for part in pages if root and part.get("Content-ID") == root), pages[0] if pages else None)


def decode(path: Path, content: bytes, limits: Limits = DEFAULTS) -> Decoded:
    """The main text of the page in an MHTML file. Raises FileDamaged where it holds none, and what HTML raises."""
    if content.count(b"\n--") > _PARTS_MOST:
        raise FileDamaged(path)
    try:
        page = _page(message_from_bytes(content, policy=compat32))
    except (MessageError, RecursionError, ValueError, LookupError) as error:
        raise FileDamaged(path) from error
    if page is None:
        raise FileDamaged(path)
    body = page.get_payload(decode=True)
    return html.decode(path, body if isinstance(body, bytes) else b"", limits, page.get_content_charset("") or "")

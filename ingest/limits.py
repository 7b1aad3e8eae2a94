"""How much one file may bring in: everything beyond is refused with a message before it costs time or memory."""

from dataclasses import dataclass

#: Environment variables that raise the limits; read in ``gongzhi.settings``, named in messages.
MAX_FILE_MB = "GONGZHI_MAX_FILE_MB"
MAX_PAGES = "GONGZHI_MAX_PAGES"

MIB = 2**20


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of one source; passed to whoever reads, in this process or another.

    ``text`` and ``package``: bytes of a text or web page, and of a file that is mostly pictures (DOCX, PDF, picture,
    archive member of these kinds). ``unpacked``, ``members``, ``depth``: bytes and files that an archive gives with
    all archives in it, and how many archives deep. ``pages``, ``scanned_pages``: of a PDF; recognising takes seconds
    a page. ``characters``: of the text of any source.
    """

    text: int = 64 * MIB
    package: int = 256 * MIB
    unpacked: int = 1024 * MIB
    members: int = 2000
    depth: int = 3
    pages: int = 3000
    scanned_pages: int = 500
    characters: int = 25_000_000


DEFAULTS = Limits()

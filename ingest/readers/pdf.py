"""PDF through pypdfium2: the text layer as it is printed; pages without one by character recognition."""

import math
import unicodedata
from collections import defaultdict
from contextlib import closing
from dataclasses import replace
from itertools import islice
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from ingest.errors import FileDamaged, FileEncrypted, OcrMissing, TextTooLong, TooManyPages
from ingest.limits import DEFAULTS, Limits
from ingest.readers import ocr
from ingest.readers.columns import Piece
from ingest.readers.glyphs import is_garbage, plain
from ingest.readers.notes import Decoded, Note
from ingest.readers.pages import Page, characters, decoded

if TYPE_CHECKING:
    import pypdfium2

ENCODING = "pdf"
_FEW = 20  # characters: a page number and a scanner's mark, but no text
_MOST_GARBAGE = 0.3
_PICTURE = 0.4  # of the page's area
_DRAWN = 300  # paths: text turned into outlines
_LOOKED_AT = 3000  # objects of a page
_SPACE = 0.15  # sizes of type: a space of a narrow Latin font
_WIDE = 0.7
_DPI = 200
_PIXELS = 4000  # of the longer side at most: posters
_TAIL = 2**16


class _Run:
    """Characters on one base line, growing; ``gaps`` stand before them, in sizes of type."""

    def __init__(self, char: str, left: float, right: float, base: float, size: float) -> None:
        self.chars, self.gaps = [char], [0.0]
        self.left, self.right, self.base, self.size = left, right, base, size

    def add(self, char: str, left: float, right: float, base: float) -> bool:
        """Take a character in if it follows on the same line; False if it doesn't: wide gaps part pieces."""
        gap = (left - self.right) / self.size
        if abs(base - self.base) > 0.25 * self.size or not -0.8 <= gap <= 1.2:
            return False
        if char == self.chars[-1] and gap < -0.5 and abs(right - self.right) < 0.2 * self.size:
            return True  # bold type made by printing twice
        self.chars.append(char)
        self.gaps.append(gap)
        self.right = max(self.right, right)
        return True

    def piece(self) -> Piece:
        """The run with a space where a gap is wider than its others: lines are spread to the margin, titles spaced."""
        usual = max(0.0, median(self.gaps))
        text = "".join(
            ("\u3000" if gap > usual + _WIDE else " " if gap > usual + _SPACE else "") + char
            for char, gap in zip(self.chars, self.gaps, strict=True)
        )
        return Piece(text, self.left, self.right, self.base, self.size)


def _turned(x: float, y: float, quarter: int) -> tuple[float, float]:
    """A point in a frame in which print that is turned by quarters, clockwise, runs to the right."""
    return ((x, y), (-y, x), (-x, -y), (y, -x))[quarter]


def _runs(textpage: "pypdfium2.PdfTextPage", count: int) -> tuple[dict[int, list[_Run]], str]:
    """Runs of characters by the quarter turn they are printed in, in a frame turned with them; and slanted print."""
    import ctypes

    import pypdfium2.raw as raw

    found: dict[int, list[_Run]] = defaultdict(list)
    slanted: list[str] = []
    x, y, box, matrix = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF(), raw.FS_MATRIX()
    page, high = textpage.raw, 0
    for i in range(count):
        code = raw.FPDFText_GetUnicode(page, i)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if high and 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
        high = 0
        char = plain(code)
        if not char:
            continue
        angle = raw.FPDFText_GetCharAngle(page, i) / (math.pi / 2)
        quarter = round(angle) % 4
        if abs(angle - round(angle)) > 0.06:
            slanted.append(char)  # a watermark across the page
            continue
        raw.FPDFText_GetCharOrigin(page, i, x, y)
        raw.FPDFText_GetLooseCharBox(page, i, box)
        corners = [_turned(*corner, quarter) for corner in ((box.left, box.bottom), (box.right, box.top))]
        left, base = _turned(x.value, y.value, quarter)
        right = max(left, *(corner[0] for corner in corners))
        if unicodedata.east_asian_width(char[0]) in "WF" and found[quarter]:
            # Some boxes hug the ink; a Chinese character is as broad as its type.
            right = max(right, left + 0.98 * found[quarter][-1].size)
        runs = found[quarter]
        if not (runs and runs[-1].add(char, left, right, -base)):
            raw.FPDFText_GetMatrix(page, i, matrix)
            size = raw.FPDFText_GetFontSize(page, i) * math.hypot(matrix.c, matrix.d)
            runs.append(_Run(char, left, right, -base, max(1.0, size)))
    return found, "".join(slanted)


def _page(page: "pypdfium2.PdfPage", number: int) -> Page:
    """The print of a page's text layer, upright: what is printed in most of its words' direction."""
    textpage = page.get_textpage()
    try:
        found, slanted = _runs(textpage, textpage.count_chars())
    finally:
        textpage.close()
    width, height = page.get_size()
    ordered = sorted(found.values(), key=lambda runs: sum(len(run.chars) for run in runs))
    runs = ordered.pop() if ordered else []
    crossing = [slanted, *("".join(run.piece().text for run in others) for others in ordered)]
    reason = f"第 {number} 页与正文方向不同的字（多为水印），未读入"
    left_out = tuple(Note("slanted_print", 0, 0, reason, words) for words in crossing if words)
    return Page(tuple(run.piece() for run in runs), width, height, left_out)


def _is_garbled(read: Page) -> bool:
    """True where the text layer says nothing: its fonts don't tell which characters their shapes are."""
    return sum(is_garbage(char) for piece in read.pieces for char in piece.text) > _MOST_GARBAGE * characters(read)


def _is_scan(page: "pypdfium2.PdfPage", read: Page) -> bool:
    """True for a page whose words are in a picture or in outlines, or whose text layer is garbled."""
    import pypdfium2.raw as raw

    if characters(read) >= _FEW:
        return _is_garbled(read)
    drawn, area = 0, 0.0
    for thing in islice(page.get_objects((raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_PATH), max_depth=4), _LOOKED_AT):
        if thing.type == raw.FPDF_PAGEOBJ_PATH:
            drawn += 1
        else:
            left, bottom, right, top = thing.get_bounds()
            area += (right - left) * (top - bottom)
    return area > _PICTURE * read.width * read.height or drawn > _DRAWN


def _recognised(page: "pypdfium2.PdfPage", number: int) -> Page:
    width, height = page.get_size()
    scale = min(_DPI / 72, _PIXELS / max(width, height))
    bitmap = page.render(scale=scale)
    try:
        return ocr.page(bitmap.to_numpy().copy(), 1 / scale, number)
    finally:
        bitmap.close()


def _unread(read: Page, number: int) -> Page:
    """A page whose picture can't be read; of a garbled text layer nothing is kept."""
    reason = f"第 {number} 页是图片，其中的文字未读入；装上 ocr 组件（pip install 'gongzhi[ocr]'）后可重新读入"
    return replace(read, pieces=() if _is_garbled(read) else read.pieces, unread=reason)


def _open(path: Path, content: bytes, limits: Limits) -> "pypdfium2.PdfDocument":
    """The document. Raises FileEncrypted, FileDamaged, TooManyPages."""
    import pypdfium2
    import pypdfium2.raw as raw

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
            raise FileEncrypted(path, "PDF") from error
        raise FileDamaged(path) from error
    # pdfium reads what is left of a cut file; a file with a sloppy table of objects but a proper end is whole.
    whole = raw.FPDF_DocumentHasValidCrossReferenceTable(document.raw) or b"%%EOF" in content[-_TAIL:]
    count = len(document)
    if not whole or not count or count > limits.pages:
        document.close()
        raise TooManyPages(path, count, limits.pages) if whole and count else FileDamaged(path)
    return document


def _read(path: Path, document: "pypdfium2.PdfDocument", limits: Limits) -> list[Page]:
    """The pages of a document, one at a time in memory. Raises FileDamaged, TextTooLong, OcrMissing, TooManyPages."""
    import pypdfium2

    pages: list[Page] = []
    pictures = count = 0
    can_recognise = ocr.is_installed()
    # A cover or a photograph is no reason to refuse a report; pages of it that can't be read are.
    spared = max(1, len(document) // 10)
    for n in range(len(document)):
        try:
            with closing(document[n]) as page:
                read = _page(page, n + 1)
                if _is_scan(page, read):
                    pictures += 1
                    if pictures > limits.scanned_pages:
                        raise TooManyPages(path, len(document), limits.scanned_pages, "扫描件")
                    if not can_recognise and pictures > spared:
                        raise OcrMissing(path)
                    read = _recognised(page, n + 1) if can_recognise else _unread(read, n + 1)
        except pypdfium2.PdfiumError as error:
            raise FileDamaged(path) from error
        count += characters(read)
        if count > limits.characters:
            raise TextTooLong(path, count, limits.characters)
        pages.append(read)
    if pictures == len(pages) and not can_recognise:
        raise OcrMissing(path)
    return pages


def decode(path: Path, content: bytes, limits: Limits = DEFAULTS) -> Decoded:
    """The text of a PDF file: a printed line a line, see ``pages.decoded``.

    Raises FileEncrypted, FileDamaged, TextTooLong, TooManyPages, and OcrMissing for a scanned file.
    """
    document = _open(path, content, limits)
    try:
        return decoded(_read(path, document, limits), ENCODING)
    finally:
        document.close()

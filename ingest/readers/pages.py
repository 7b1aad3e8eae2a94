"""Printed pages to text: pieces of print with their places → columns in reading order → lines, indents and gaps.

Knows nothing of PDF: pages read by character recognition go the same way.
"""

import math
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from ingest.lines import GAP, width
from ingest.numbering import numbering
from ingest.paragraphs import ended
from ingest.readers.columns import Piece, gutter, in_order, rows
from ingest.readers.footnotes import Footnote, apart
from ingest.readers.margins import Trimmed, without_running_lines
from ingest.readers.notes import Decoded, Note

_INDENT = "\u3000\u3000"
_CONTEXT = 8
_LEAST_INDENT = 1.2  # in characters; type area and first letters don't line up to the point
_CENTRED = 3.0  # a centred line stands in by more than a paragraph does
_TO_THE_RIGHT = 6.0  # and who signs, by more than that
_OTHER_SIZE = 1.2
_REACH = 4.5
_TEXT = 8  # characters: pieces of text, whose type is the usual one
_GAP = 1.15  # of the usual distance between lines
_EARLY_END = 2.5  # lines left empty at the foot of a page that its text ended on
_FEW = 4  # lines of which none may be full
_EDGE = 1.0  # characters left free at the end of a full line
# An entry of a table of contents, and a row of a table: full by their last column.
_TABULAR = re.compile(r"\t|\u3000|(?:[.．·•…‥⋯_-]\s*){2,}[（(]?\d{1,4}[)）]?$")
_MAY_HANG = "，。、；：！？,.;:!?”’）)》】」』"
_NEVER_LAST = "“‘（(《〈【「『"
_NEVER_FIRST = "”’）)》〉】」』，。、；：！？,.;:!?%％"


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its pieces in any order, places in points from the upper left corner.

    ``left_out`` are notes on what was not read of it (their offsets don't count); ``unread`` says why there is more on
    it that could not be read, ``doubt`` why nothing on it is to be trusted; both are "" for most pages.
    """

    pieces: tuple[Piece, ...]
    width: float
    height: float
    left_out: tuple[Note, ...] = ()
    unread: str = ""
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class _Row:
    """A printed line of a column."""

    text: str
    left: float
    right: float
    base: float
    size: float
    doubts: tuple[tuple[int, int, str], ...]


@dataclass(frozen=True, slots=True)
class _Line:
    """A printed line: indented or not, after a gap or not, first on its page or not; characters that were left
    ``free`` at its end (of a centred line at both ends, of one set to the right before it); its ``size`` of type; the
    number of its page (from 0); ``apart`` from the line above, for a page between them could not be read."""

    text: str
    indented: bool
    gap: bool
    first: bool
    free: float
    size: float
    doubts: tuple[tuple[int, int, str], ...]
    page: int = 0
    apart: bool = False


def _joined(pieces: Sequence[Piece]) -> _Row:
    """The row of its pieces; a space as wide as the gap between two of them."""
    ordered = sorted(pieces, key=lambda piece: piece.left)
    text, doubts = ordered[0].text, list(ordered[0].doubts)
    for before, piece in pairwise(ordered):
        gap = (piece.left - before.right) / max(before.size, piece.size)
        text += "\u3000" * min(4, round(gap))
        doubts += [(len(text) + start, len(text) + end, reason) for start, end, reason in piece.doubts]
        text += piece.text
    largest = max(ordered, key=lambda piece: (piece.size, len(piece.text)))
    return _Row(text, ordered[0].left, max(p.right for p in ordered), largest.base, largest.size, tuple(doubts))


def _pitch(columns: Sequence[Sequence[_Row]]) -> float:
    """The usual distance between lines, in sizes of type: the least that is common."""
    pairs = [pair for column in columns for pair in pairwise(column)]
    # Headlines are set closer or wider than the text.
    alike = [pair for pair in pairs if abs(pair[0].size - pair[1].size) < 0.1 * pair[0].size] or pairs
    found = Counter(round((below.base - above.base) / max(above.size, below.size), 1) for above, below in alike)
    common = [ratio for ratio, n in found.items() if 1 <= ratio <= 3.5 and n >= 0.15 * found.total()]
    return min(common, default=1.8)


def _is_followed(above: _Row, right: float) -> bool:
    """True where a line fills its column and its sentence isn't over."""
    return right - above.right < 1.5 * above.size and not ended(above.text)


def _right_margin(column: Sequence[_Row]) -> float:
    """Where full lines of a column end; a mark at a line's end may hang over it or be set narrower."""
    return max(row.right - (row.size if row.text[-1] in _MAY_HANG else 0) for row in column)


def _left_margin(column: Sequence[_Row], right: float, common: Sequence[float], reach: float) -> float:
    """Where lines of a column begin that go on with the one above.

    ``common`` are left ends frequent in the file; where the column doesn't tell, one in ``reach`` (characters) holds.
    """
    size, least = column[0].size, min(row.left for row in column)
    outer = min((left for left in common if least - reach * size < left < least), default=least)
    inner = [
        below.left
        for above, below in pairwise(column)
        # A short line at the right end is a signature, and so is what stands below it.
        if _is_followed(above, right) and 2 * (above.right - above.left) > right - outer
    ]
    return min(inner, default=outer)


def _frequent(lefts: Sequence[float]) -> list[float]:
    """Left ends (to the point) that one line in twenty and at least three share."""
    found = Counter(round(left) for left in lefts)
    return [float(left) for left, n in found.items() if n >= max(3, 0.05 * found.total())]


def _prose(column: Sequence[_Row]) -> Sequence[_Row]:
    """The lines of a column without those of tables, which may reach over its margins."""
    return [row for row in column if "\t" not in row.text] or column


def _column(
    column: Sequence[_Row], common: Sequence[float], reach: float, pitch: float, gap: bool, first: bool, wide: float
) -> Iterator[_Line]:
    """The lines of a column; ``gap`` and ``first`` are those of its first line, the rest as for ``_left_margin``.

    ``wide`` is where lines of other pages end: a column of few lines may have none that is full.
    """
    prose = _prose(column)
    right = max(_right_margin(prose), wide if len(prose) < _FEW else 0.0)
    margin = _left_margin(prose, right, common, reach)
    for k, row in enumerate(column):
        if k:
            above = column[k - 1]
            gap, first = row.base - above.base > _GAP * pitch * max(above.size, row.size), False
        indent, free = (row.left - margin) / row.size, (right - row.right) / row.size
        centred = indent > _CENTRED and abs(indent - free) < 1
        inner = _is_inner(column, k, right)
        indented = indent >= _LEAST_INDENT and not centred and not inner
        if centred or (indent > _TO_THE_RIGHT and not inner):
            free += indent
        yield _Line(row.text, indented, gap, first, free, row.size, row.doubts)


def _is_inner(column: Sequence[_Row], k: int, right: float) -> bool:
    """True for a line that isn't the first of a paragraph that stands in as a whole (a quotation)."""

    def follows(n: int) -> bool:
        above, row = column[n - 1], column[n]
        return abs(above.left - row.left) < 0.3 * row.size and _is_followed(above, right)

    # A full heading above the first line of a paragraph looks the same, but for the lines around the two.
    return k > 0 and follows(k) and (follows(k + 1) if k + 1 < len(column) else k > 1 and follows(k - 1))


def _lines(pages: Sequence[Trimmed]) -> Iterator[_Line]:
    numbers = [n for n, page in enumerate(pages) if page.pieces]
    laid: list[list[list[list[_Row]]]] = []
    middle: float | None = None
    for n in numbers:
        bands = in_order(pages[n].pieces, middle)
        middle = gutter(bands)
        laid.append([[[_joined(row) for row in rows(column)] for column in band] for band in bands])
    columns = [column for page in laid for band in page for column in band]
    if not columns:
        return
    pitch = _pitch(columns)
    common = _frequent([row.left for column in columns for row in column])
    ends = [max((column[-1] for band in page for column in band), key=lambda row: row.base) for page in laid]
    # The foot of the type area; a few pages that go lower than most don't move it.
    foot = sorted(end.base for end in ends)[int(0.9 * (len(ends) - 1))]
    rights = [
        _right_margin(_prose(band[0])) for page in laid for band in page if len(band) == 1 and len(band[0]) >= _FEW
    ]
    wide = median(rights) if rights else 0.0
    gap = False
    for number, page, end in zip(numbers, laid, ends, strict=True):
        first = True
        for band in page:
            # Beside another column a left end further off is that one's.
            reach = math.inf if len(band) == 1 else _REACH
            for column in band:
                found = _column(column, common, reach, pitch, gap, first, wide if len(band) == 1 else 0.0)
                yield from (replace(line, page=number) for line in found)
                gap = first = False
            gap = True
        gap = foot - end.base > _EARLY_END * pitch * end.size


def _first_word(text: str) -> str:
    """What of a line could not have been set on the line above by itself: no line is broken within it.

    After the classes of Unicode's line breaking algorithm (UAX 14) that Chinese reports use.
    """
    for at in range(1, len(text)):
        before, char = text[at - 1], text[at]
        if char in _NEVER_FIRST or before in _NEVER_LAST or char in "“‘" or before in "”’" or char == before == "—":
            continue
        if not (before.isascii() and char.isascii()):
            return text[:at]
    return text


def _goes_on(above: _Line, line: _Line, marked: bool) -> bool:
    """True where a line is the next of the same paragraph by its setting: the one above is full, it doesn't stand in.

    ``marked``: paragraphs are told by indents or gaps. Else a line that ends like a paragraph ends one.
    """
    if line.apart or line.indented or line.gap or _TABULAR.search(above.text) or _TABULAR.search(line.text):
        return False
    if not 1 / _OTHER_SIZE < above.size / line.size < _OTHER_SIZE:
        return False
    if ended(above.text):
        full = above.free < 1.1 * max(_EDGE, width(_first_word(line.text)))  # letters may be spaced
        return marked and full and not numbering(line.text) and line.text[0] not in "【["
    if numbering(line.text) and not marked:
        return False
    return above.free < _EDGE + width(_first_word(line.text))


class _Print:
    """Writes lines, keeps where they and their pages came to stand, and what there is to note."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._spans: dict[int, tuple[int, int]] = {}  # of pages
        self._notes: list[Note] = []
        self._unplaced: list[tuple[int, int]] = []  # where what stands on no page of its own begins

    def _write(self, words: str) -> None:
        self._parts.append(words)
        self._length += len(words)

    def line(self, line: _Line, doubts: bool) -> None:
        """Write a line, and its ``doubts`` where they are to be noted."""
        start = self._spans.get(line.page, (self._length, 0))[0]
        self._write(_INDENT if line.indented else "")
        at = self._length
        self._write(line.text)
        self._spans[line.page] = start, self._length
        for first, last, reason in line.doubts if doubts else ():
            self._notes.append(Note("ocr", at + first, at + last, reason, doubtful=True))

    def end(self, line: _Line) -> None:
        """End the line above ``line``."""
        self._write(("\n" if line.gap else "") + (GAP if line.apart else "\f" if line.first else "\n"))

    def join(self, above: _Line, line: _Line) -> None:
        """Let ``line`` follow on the one above; words of letters keep a space between them."""
        latin = re.search(r"[A-Za-z,.;]$", above.text) and re.match(r"[A-Za-z]", line.text)
        left, right, at = above.text[-_CONTEXT:], line.text[:_CONTEXT], self._length
        self._write(" " if latin else "")
        reason = "排印时换行，照版面是同一段，已接上"
        joined = f"{left} {right}" if latin else left + right
        self._notes.append(Note("line_join", at, self._length, reason, f"{left}\n{right}", joined))

    def page(self, number: int, page: Page, trimmed: Trimmed, before: int) -> int:
        """Note what was left out of a page, when all lines are written; ``before`` and the result are the ends of the
        page before it and of itself."""
        start, end = self._spans.get(number, (before, before))
        for words in trimmed.above:
            reason = f"第 {number + 1} 页的页眉或页码，不是正文，未读入"
            self._notes.append(Note("running_head", start, start, reason, words))
        for words in trimmed.below:
            reason = f"第 {number + 1} 页的页脚或页码，不是正文，未读入"
            self._notes.append(Note("running_head", end, end, reason, words))
        self._notes += [replace(note, start=start, end=start) for note in page.left_out]
        if page.unread:
            self._notes.append(Note("picture_page", end, end, page.unread, doubtful=True))
        if page.doubt and end > start:
            self._notes.append(Note("ocr", start, end, page.doubt, doubtful=True))
        return end

    def footnotes(self, found: Sequence[Footnote]) -> None:
        """Write the notes of all pages below the text, each under its mark."""
        if found:
            self._unplaced.append((self._length, 0))
            self._write("\n")
        for note in found:
            self._write(f"\n[{note.mark}] {note.text}")

    def decoded(self, encoding: str) -> Decoded:
        """What was written."""
        notes = sorted(self._notes, key=lambda note: (note.start, note.end))
        pages = [(start, number + 1) for number, (start, _) in self._spans.items()]
        return Decoded("".join(self._parts), encoding, tuple(notes), (*pages, *self._unplaced))


def decoded(pages: Sequence[Page], encoding: str) -> Decoded:
    """The text of pages, running headers and footers left out; what was left out, joined or doubtful is in the notes.

    Lines of a paragraph are joined where the print leaves no doubt (line repair counts characters and can't know that
    a line was full because a long number didn't fit); others stay lines. The first line of a paragraph begins with
    two wide spaces, a vertical gap is a blank line, a page ends in a form feed in place of the line end, which to
    line repair is one like any other. Footnotes stand below the text.
    """
    trimmed = without_running_lines([page.pieces for page in pages], [page.height for page in pages])
    sizes = [piece.size for page in trimmed for piece in page.pieces if len(piece.text) >= _TEXT]
    notes: list[Footnote] = []
    for n, page in enumerate(trimmed):
        pieces, found = apart(page.pieces, median(sizes)) if sizes else (page.pieces, ())
        trimmed[n] = replace(page, pieces=pieces)
        notes += found
    lines = list(_lines(trimmed))
    unread = [n for n, page in enumerate(pages) if page.unread]
    for k in range(1, len(lines)):
        if bisect_right(unread, lines[k].page) > bisect_left(unread, lines[k - 1].page):
            lines[k] = replace(lines[k], apart=True)
    marked = sum(line.indented or line.gap for line in lines) >= max(3, 0.04 * len(lines))
    paper = _Print()
    for k, line in enumerate(lines):
        if k and _goes_on(lines[k - 1], line, marked):
            paper.join(lines[k - 1], line)
        elif k:
            paper.end(line)
        paper.line(line, not pages[line.page].doubt)
    end = 0
    for number, (whole, rest) in enumerate(zip(pages, trimmed, strict=True)):
        end = paper.page(number, whole, rest, end)
    paper.footnotes(notes)
    return paper.decoded(encoding)


def characters(page: Page) -> int:
    """How many characters a page holds."""
    return sum(len(piece.text) for piece in page.pieces)

"""Printed pages to text: pieces of print with their places → columns in reading order → lines, indents and gaps.

Knows nothing of PDF: pages read by character recognition go the same way.
"""

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.lines import width
from ingest.numbering import numbering
from ingest.paragraphs import ended
from ingest.readers.columns import Piece, gutter, in_order, rows
from ingest.readers.margins import without_running_lines

_INDENT = "\u3000\u3000"
_LEAST_INDENT = 1.2  # in characters; type area and first letters don't line up to the point
_CENTRED = 3.0  # a centred line stands in by more than a paragraph does
_TO_THE_RIGHT = 6.0  # and who signs, by more than that
_OTHER_SIZE = 1.2
_REACH = 4.5
_GAP = 1.15  # of the usual distance between lines
_EARLY_END = 2.5  # lines left empty at the foot of a page that its text ended on
_EDGE = 1.0  # characters left free at the end of a full line
# An entry of a table of contents, and a row of a table: full by their last column.
_TABULAR = re.compile(r"\t|\u3000|(?:[.．·•…‥⋯_-]\s*){2,}[（(]?\d{1,4}[)）]?$")
_MAY_HANG = "，。、；：！？,.;:!?”’）)》】」』"
_NEVER_LAST = "“‘（(《〈【「『"
_NEVER_FIRST = "”’）)》〉】」』，。、；：！？,.;:!?%％"


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its pieces in any order, places in points from the upper left corner."""

    pieces: tuple[Piece, ...]
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class _Row:
    """A printed line of a column."""

    text: str
    left: float
    right: float
    base: float
    size: float


@dataclass(frozen=True, slots=True)
class _Line:
    """A printed line: indented or not, after a gap or not, first on its page or not; characters that were left
    ``free`` at its end (of a centred line at both ends, of one set to the right before it); its ``size`` of type."""

    text: str
    indented: bool
    gap: bool
    first: bool
    free: float
    size: float


def _joined(pieces: Sequence[Piece]) -> _Row:
    """The row of its pieces; a space as wide as the gap between two of them."""
    ordered = sorted(pieces, key=lambda piece: piece.left)
    text = ordered[0].text
    for before, piece in pairwise(ordered):
        gap = (piece.left - before.right) / max(before.size, piece.size)
        text += "\u3000" * min(4, round(gap)) + piece.text
    largest = max(ordered, key=lambda piece: (piece.size, len(piece.text)))
    return _Row(text, ordered[0].left, max(p.right for p in ordered), largest.base, largest.size)


def _pitch(columns: Sequence[Sequence[_Row]]) -> float:
    """The usual distance between lines, in sizes of type: the least that is common."""
    found = Counter(
        round((below.base - above.base) / max(above.size, below.size), 1)
        for column in columns
        for above, below in pairwise(column)
    )
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


def _column(
    column: Sequence[_Row], common: Sequence[float], reach: float, pitch: float, gap: bool, first: bool
) -> Iterator[_Line]:
    """The lines of a column; ``gap`` and ``first`` are those of its first line, the rest as for ``_left_margin``."""
    prose = [row for row in column if "\t" not in row.text] or column  # tables may reach over the margins
    right = _right_margin(prose)
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
        yield _Line(row.text, indented, gap, first, free, row.size)


def _is_inner(column: Sequence[_Row], k: int, right: float) -> bool:
    """True for a line that isn't the first of a paragraph that stands in as a whole (a quotation)."""

    def follows(n: int) -> bool:
        above, row = column[n - 1], column[n]
        return abs(above.left - row.left) < 0.3 * row.size and _is_followed(above, right)

    # A full heading above the first line of a paragraph looks the same, but for the lines around the two.
    return k > 0 and follows(k) and (follows(k + 1) if k + 1 < len(column) else k > 1 and follows(k - 1))


def _lines(pages: Sequence[Sequence[Piece]]) -> Iterator[_Line]:
    laid: list[list[list[list[_Row]]]] = []
    middle: float | None = None
    for pieces in filter(None, pages):
        bands = in_order(pieces, middle)
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
    gap = False
    for page, end in zip(laid, ends, strict=True):
        first = True
        for band in page:
            # Beside another column a left end further off is that one's.
            reach = math.inf if len(band) == 1 else _REACH
            for column in band:
                yield from _column(column, common, reach, pitch, gap, first)
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
    if line.indented or line.gap or _TABULAR.search(above.text) or _TABULAR.search(line.text):
        return False
    if not 1 / _OTHER_SIZE < above.size / line.size < _OTHER_SIZE:
        return False
    if ended(above.text):
        full = above.free < max(_EDGE, width(_first_word(line.text)))
        return marked and full and not numbering(line.text) and line.text[0] not in "【["
    if numbering(line.text) and not marked:
        return False
    return above.free < _EDGE + width(_first_word(line.text))


def text_of(pages: Sequence[Page]) -> str:
    """The text of pages, running headers and footers left out.

    Lines of a paragraph are joined where the print leaves no doubt (line repair counts characters and can't know that
    a line was full because a long number didn't fit); others stay lines. The first line of a paragraph begins with
    two wide spaces, a vertical gap is a blank line, a page ends in a form feed in place of the line end, which to
    line repair is one like any other.
    """
    lines = list(_lines(without_running_lines([page.pieces for page in pages], [page.height for page in pages])))
    marked = sum(line.indented or line.gap for line in lines) >= max(3, 0.04 * len(lines))
    parts: list[str] = []
    for k, line in enumerate(lines):
        if k and _goes_on(lines[k - 1], line, marked):
            both_latin = re.search(r"[A-Za-z,.;]$", lines[k - 1].text) and re.match(r"[A-Za-z]", line.text)
            parts.append(" " if both_latin else "")
        elif k:
            parts.append(("\n" if line.gap else "") + ("\f" if line.first else "\n"))
        parts.append((_INDENT if line.indented else "") + line.text)
    return "".join(parts)


def characters(page: Page) -> int:
    """How many characters a page holds."""
    return sum(len(piece.text) for piece in page.pieces)

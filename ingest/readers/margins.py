"""Running headers, footers and page numbers: lines that come back at the same height page after page."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.readers.columns import Piece, rows

_NUMBER = re.compile(
    r"\d+|^[ivxlcIVXLC]+$|(?<=第)[一二三四五六七八九十百零〇]+(?=页)|(?<=共)[一二三四五六七八九十百零〇]+(?=页)"
)
_DEEPEST = 3  # lines of a header or footer
_SAME_HEIGHT = 3.0  # points
_NEAR = 4  # pages to both sides that tell a header from chance: compilations change theirs with each report
_TIMES = 3

Place = tuple[bool, str]  # at the top or not, the words without their numbers


@dataclass(frozen=True, slots=True)
class Trimmed:
    """A page without its running lines, and the words of those that stood above and below."""

    pieces: tuple[Piece, ...]
    above: tuple[str, ...]
    below: tuple[str, ...]


def _shown(row: Sequence[Piece]) -> str:
    return " ".join(piece.text for piece in sorted(row, key=lambda piece: piece.left))


def _words(row: Sequence[Piece]) -> str:
    return _NUMBER.sub("#", re.sub(r"\s", "", _shown(row)))


def _base(row: Sequence[Piece]) -> float:
    return max(piece.base for piece in row)


def without_running_lines(pages: Sequence[Sequence[Piece]]) -> list[Trimmed]:
    """Each page without its running headers, footers and page numbers.

    A line runs if it stands, but for numbers in it, at the same height on half of the pages or on three of those
    nearby, and if nothing but such lines stands above (below) it. A file of one page has none.
    """
    laid = [rows(pieces) for pieces in pages]
    seen: dict[Place, list[tuple[int, float]]] = defaultdict(list)
    for n, page in enumerate(laid):
        for top, outer in ((True, page[:_DEEPEST]), (False, page[::-1][:_DEEPEST])):
            for row in outer:
                seen[top, _words(row)].append((n, _base(row)))

    def runs(n: int, top: bool, row: Sequence[Piece]) -> bool:
        base = _base(row)
        where = {page for page, height in seen[top, _words(row)] if abs(height - base) <= _SAME_HEIGHT}
        near = sum(abs(page - n) <= _NEAR for page in where)
        return len(where) >= 2 and (2 * len(where) > len(laid) or near >= _TIMES)

    kept: list[Trimmed] = []
    for n, page in enumerate(laid):
        first, last = 0, len(page)
        while first < min(last, _DEEPEST) and runs(n, True, page[first]):
            first += 1
        while last > max(first, len(page) - _DEEPEST) and runs(n, False, page[last - 1]):
            last -= 1
        rest = tuple(piece for row in page[first:last] for piece in row)
        kept.append(Trimmed(rest, tuple(map(_shown, page[:first])), tuple(map(_shown, page[last:]))))
    return kept

"""Footnotes of a printed page: small lines at its foot, each begun by a mark that stands raised in the text above."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.readers.columns import Piece, rows

_MARK = re.compile(r"[\[〔(（]?(\d{1,3}|[①-⑳]|\*{1,3})[\])）〕]?")
_SMALL = 0.93  # of the type of the text
_RAISED = 0.15  # sizes of the text's type


@dataclass(frozen=True, slots=True)
class Footnote:
    """A note: its mark, and its words."""

    mark: str
    text: str


def _raised(row: Sequence[Piece]) -> dict[str, Piece]:
    """The marks that stand raised in a line, in smaller type."""
    largest = max(row, key=lambda piece: (piece.size, len(piece.text)))
    return {
        match[1]: piece
        for piece in row
        if piece.size < 0.8 * largest.size
        and largest.base - piece.base > _RAISED * largest.size
        and (match := _MARK.fullmatch(piece.text.strip()))
    }


def apart(pieces: Sequence[Piece], size: float) -> tuple[tuple[Piece, ...], tuple[Footnote, ...]]:
    """The pieces of a page without notes and marks, and its notes; ``size`` is that of the text's type.

    Raised figures to which no note belongs (m², 10⁴) stay.
    """
    laid = rows(pieces)
    first = len(laid)
    while first and max(piece.size for piece in laid[first - 1]) < _SMALL * size:
        first -= 1
    marks: dict[str, Piece] = {}
    for row in laid[:first]:
        marks |= _raised(row)
    notes: list[Footnote] = []
    for row in laid[first:]:
        text = "".join(piece.text for piece in sorted(row, key=lambda piece: piece.left))
        match = _MARK.match(text)
        if match and match[1] in marks:
            notes.append(Footnote(match[1], text[match.end() :].strip()))
        elif notes:
            notes[-1] = Footnote(notes[-1].mark, notes[-1].text + text.strip())
        else:
            return tuple(pieces), ()
    used = {id(marks[note.mark]) for note in notes}
    # The room of a mark stays, empty: what stands around it are no cells of a table.
    body = (replace(piece, text="") if id(piece) in used else piece for row in laid[:first] for piece in row)
    return tuple(body), tuple(notes)

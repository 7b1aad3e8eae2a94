"""Tables on a page, by their rules: the print in each row of cells becomes one piece, cells parted by tabs."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from ingest.readers.columns import Piece, rows

CELL_LONGEST = 200  # a longer cell is no cell of a table of data, but of a page's layout
_TOUCH = 3.0  # points that rules may miss each other by
_MOST_RULES = 1000  # more are a drawing


@dataclass(frozen=True, slots=True)
class Rule:
    """A thin line: its ends in points, downwards as the pieces' base lines."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def is_upright(self) -> bool:
        """True for a line between columns."""
        return self.bottom - self.top > self.right - self.left


def _touch(one: Rule, other: Rule) -> bool:
    return (
        one.left <= other.right + _TOUCH
        and other.left <= one.right + _TOUCH
        and one.top <= other.bottom + _TOUCH
        and other.top <= one.bottom + _TOUCH
    )


def _frames(rules: Sequence[Rule]) -> list[list[Rule]]:
    """The rules, those that touch one another together."""
    found: list[list[Rule]] = []
    left = set(rules)
    while left:
        frame = [left.pop()]
        for rule in frame:  # grows while it is gone through
            near = [other for other in left if _touch(rule, other)]
            frame += near
            left.difference_update(near)
        found.append(frame)
    return found


def _lines(places: Sequence[float]) -> list[float]:
    """Places, those that are hardly apart taken for one."""
    found: list[float] = []
    for place in sorted(places):
        if not found or place - found[-1] > _TOUCH:
            found.append(place)
    return found


class _Table:
    """The cells between the rules of one frame."""

    def __init__(self, frame: Sequence[Rule]) -> None:
        self._upright = [rule for rule in frame if rule.is_upright]
        self._level = [rule for rule in frame if not rule.is_upright]
        self.xs = _lines([end for rule in self._level for end in (rule.left, rule.right)] + [
            rule.left for rule in self._upright
        ])  # fmt: skip
        self.ys = _lines([end for rule in self._upright for end in (rule.top, rule.bottom)] + [
            rule.top for rule in self._level
        ])  # fmt: skip

    def _at(self, piece: Piece) -> tuple[int, int] | None:
        """(row, column) of a piece, or None where it stands outside."""
        middle, height = (piece.left + piece.right) / 2, piece.base - 0.3 * piece.size
        row = sum(y <= height for y in self.ys) - 1
        column = sum(x <= middle for x in self.xs) - 1
        return (row, column) if 0 <= row < len(self.ys) - 1 and 0 <= column < len(self.xs) - 1 else None

    def _is_parted(self, row: int, column: int) -> bool:
        """True where a rule stands before a column of a row."""
        x, y = self.xs[column], (self.ys[row] + self.ys[row + 1]) / 2
        return any(abs(rule.left - x) <= _TOUCH and rule.top <= y <= rule.bottom for rule in self._upright)

    def _goes_on(self, row: int, column: int) -> bool:
        """True where no rule lies above a cell: it belongs to the one above."""
        y, x = self.ys[row], (self.xs[column] + self.xs[column + 1]) / 2
        return not any(abs(rule.top - y) <= _TOUCH and rule.left <= x <= rule.right for rule in self._level)

    def pieces(self, all_pieces: Sequence[Piece]) -> tuple[list[Piece], list[Piece]] | None:
        """(a piece for each row, the pieces they are made of), or None where it is no table of data."""
        cells: dict[tuple[int, int], list[Piece]] = {}
        taken: list[Piece] = []
        for piece in all_pieces:
            at = self._at(piece)
            if at is None:
                continue
            taken.append(piece)
            row, column = at
            while column and not self._is_parted(row, column):
                column -= 1
            while row and self._goes_on(row, column):
                row -= 1
            cells.setdefault((row, column), []).append(piece)
        if len({column for _, column in cells}) < 2:
            return None
        texts = {at: _text(cell) for at, cell in cells.items()}
        if max(map(len, texts.values())) > CELL_LONGEST:
            return None
        made = []
        for row in range(len(self.ys) - 1):
            held = [piece for (at, _), cell in cells.items() if at == row for piece in cell]
            if held:
                columns = [column for column in range(len(self.xs) - 1) if not column or self._is_parted(row, column)]
                words = "\t".join(texts.get((row, column), "") for column in columns).rstrip()
                size, base = median(piece.size for piece in held), min(piece.base for piece in held)
                made.append(Piece(words, self.xs[0], self.xs[-1], base, size))
        return made, taken


def _text(cell: Sequence[Piece]) -> str:
    """The words of a cell, its lines joined."""
    found = ""
    for row in rows(cell):
        line = " ".join(piece.text for piece in sorted(row, key=lambda piece: piece.left))
        found += " " + line if re.search(r"[A-Za-z,.;]$", found) and re.match(r"[A-Za-z]", line) else line
    return re.sub(r"\s+", " ", found)


def in_rows(pieces: Sequence[Piece], rules: Sequence[Rule]) -> list[Piece]:
    """The pieces of a page, those in a ruled table put together row by row."""
    found = list(pieces)
    if len(rules) > _MOST_RULES:
        return found
    for frame in _frames(rules):
        table = _Table(frame)
        if len(table.xs) < 3 or len(table.ys) < 2:
            continue
        read = table.pieces(found)
        if read is not None:
            made, taken = read
            gone = set(map(id, taken))
            found = [piece for piece in found if id(piece) not in gone] + made
    return found


def parts(rules: Sequence[Rule], left: float, right: float, base: float) -> bool:
    """True where a rule stands upright between two characters on a base line."""
    return any(left - 1 <= rule.left <= right + 1 and rule.top <= base <= rule.bottom for rule in rules)

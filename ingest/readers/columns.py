"""Pieces of print on a page: put into rows, and into columns in reading order."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

_LEAST_ROWS = 3
_NARROWEST = 8.0  # characters in a column of prose
_DEPTH = 2


@dataclass(frozen=True, slots=True)
class Piece:
    """Print without a wide gap on one base line: ``left``, ``right``, ``base`` (downwards) and ``size`` in points.

    ``doubts`` are spans of the text that must not be trusted, each with the reason.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    doubts: tuple[tuple[int, int, str], ...] = ()


def rows(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Pieces that share a base line, from the top; raised and lowered ones (notes marks) go with their line."""
    found: list[list[Piece]] = []
    leader: Piece | None = None
    for piece in sorted(pieces, key=lambda piece: (piece.base, piece.left)):
        if leader is not None and piece.base - leader.base <= 0.5 * max(leader.size, piece.size):
            found[-1].append(piece)
            if piece.size > leader.size * 1.2:
                leader = piece
        else:
            found.append([piece])
            leader = piece
    return found


def _gaps(pieces: Sequence[Piece]) -> list[tuple[float, float]]:
    """For each piece with another to its right at about its height, the gap to the nearest."""
    ordered = sorted(pieces, key=lambda piece: piece.base)
    found = []
    first = 0
    for piece in ordered:
        reach = 0.8 * piece.size
        while ordered[first].base < piece.base - 4 * reach:
            first += 1
        nearest = None
        for other in ordered[first:]:
            if other.base > piece.base + reach:
                break
            if other.left >= piece.right and abs(other.base - piece.base) <= reach:
                nearest = other.left if nearest is None else min(nearest, other.left)
        if nearest is not None and nearest - piece.right >= piece.size:
            found.append((piece.right, nearest))
    return found


def _gutter(pieces: Sequence[Piece]) -> float | None:
    """The middle of the strip that most gaps between neighbours have in common, or None."""
    gaps = _gaps(pieces)
    if len(gaps) < _LEAST_ROWS:
        return None
    edges = sorted([(start, 1) for start, _ in gaps] + [(end, -1) for _, end in gaps])
    depth, best, strip = 0, 0, (0.0, 0.0)
    for (at, step), (following, _) in pairwise(edges):
        depth += step
        if depth > best or (depth == best and following - at > strip[1] - strip[0]):
            best, strip = depth, (at, following)
    return (strip[0] + strip[1]) / 2 if best >= _LEAST_ROWS else None


def _is_prose(column: Sequence[Piece], breadth: float, least: int) -> bool:
    """True for a column of running text, ``breadth`` points broad; columns of tables and contents are narrow or bare."""
    size = median(piece.size for piece in column)
    if len(rows(column)) < least or breadth < _NARROWEST * size:
        return False
    if median(piece.right - piece.left for piece in column) >= 0.55 * breadth:
        return True
    middle = _gutter(column)
    return middle is not None and _sides(column, middle, _LEAST_ROWS) is not None  # columns in turn


def _sides(band: Sequence[Piece], middle: float, least: int) -> tuple[list[Piece], list[Piece]] | None:
    """The pieces left and right of a gutter where they are two columns of prose side by side, else None.

    A column of prose has ``least`` rows.
    """
    left = [piece for piece in band if piece.right <= middle]
    right = [piece for piece in band if piece.left >= middle]
    if not left or not right:
        return None
    apart = max(min(p.base for p in left), min(p.base for p in right))
    beside = min(max(p.base for p in left), max(p.base for p in right)) > apart - 0.5 * left[0].size
    if not (
        beside
        and _is_prose(left, middle - min(p.left for p in left), least)
        and _is_prose(right, max(p.right for p in right) - middle, least)
    ):
        return None
    return left, right


def gutter(bands: Sequence[Sequence[Sequence[Piece]]]) -> float | None:
    """The middle of the gutter of the lowest of ``bands`` that has two columns, or None."""
    for left, right in (band for band in reversed(bands) if len(band) == 2):
        return (max(piece.right for piece in left) + min(piece.left for piece in right)) / 2
    return None


def in_order(pieces: Sequence[Piece], known: float | None = None, depth: int = 0) -> list[list[list[Piece]]]:
    """The bands of a page from the top, each a list of columns from the left; most pages are one of one.

    Gutters are found by projection: the strip that the gaps between neighbouring pieces have in common. What goes
    across it (a title) parts the bands. A gutter ``known`` from the page before holds for a few lines, too.
    """
    if not pieces:
        return []
    middle = _gutter(pieces) if depth < _DEPTH else None
    least = _LEAST_ROWS
    if known is not None and (middle is None or abs(middle - known) < pieces[0].size):
        middle, least = known, 1
    if middle is None:
        return [[list(pieces)]]
    bands: list[tuple[bool, list[Piece]]] = []
    for row in rows(pieces):
        across = any(piece.left < middle < piece.right for piece in row)
        if not bands or bands[-1][0] != across:
            bands.append((across, []))
        bands[-1][1].extend(row)
    found: list[list[list[Piece]]] = []
    plain: list[Piece] = []
    for across, band in bands:
        sides = None if across else _sides(band, middle, least)
        if sides is None:
            plain += band
            continue
        if plain:
            found.append([plain])
            plain = []
        found.append([column for side in sides for inner in in_order(side, None, depth + 1) for column in inner])
    if plain:
        found.append([plain])
    return found

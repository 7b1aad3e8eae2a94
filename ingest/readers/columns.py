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

    ``doubts`` are spans of the text that were read without confidence, each with how sure they are (0 to 1).
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    doubts: tuple[tuple[int, int, float], ...] = ()


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


def _is_prose(column: Sequence[Piece], breadth: float) -> bool:
    """True for a column of running text, ``breadth`` points broad; columns of tables and contents are narrow or bare."""
    size = median(piece.size for piece in column)
    if len(rows(column)) < _LEAST_ROWS or breadth < _NARROWEST * size:
        return False
    if median(piece.right - piece.left for piece in column) >= 0.55 * breadth:
        return True
    middle = _gutter(column)
    return middle is not None and _sides(column, middle) is not None  # columns in turn


def _sides(band: Sequence[Piece], middle: float) -> tuple[list[Piece], list[Piece]] | None:
    """The pieces left and right of a gutter where they are two columns of prose side by side, else None."""
    left = [piece for piece in band if piece.right <= middle]
    right = [piece for piece in band if piece.left >= middle]
    if not left or not right:
        return None
    beside = min(max(p.base for p in left), max(p.base for p in right)) > max(
        min(p.base for p in left), min(p.base for p in right)
    )
    if not (
        beside
        and _is_prose(left, middle - min(p.left for p in left))
        and _is_prose(right, max(p.right for p in right) - middle)
    ):
        return None
    return left, right


def in_order(pieces: Sequence[Piece], depth: int = 0) -> list[list[list[Piece]]]:
    """The bands of a page from the top, each a list of columns from the left; most pages are one of one.

    Gutters are found by projection: the strip that the gaps between neighbouring pieces have in common. What goes
    across it (a title) parts the bands.
    """
    if not pieces:
        return []
    middle = _gutter(pieces) if depth < _DEPTH else None
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
        sides = None if across else _sides(band, middle)
        if sides is None:
            plain += band
            continue
        if plain:
            found.append([plain])
            plain = []
        found.append([column for side in sides for inner in in_order(side, depth + 1) for column in inner])
    if plain:
        found.append([plain])
    return found

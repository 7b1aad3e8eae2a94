"""A tile map: every province is one tile, where it lies more or less, so that small ones are seen as well as large ones.

Coordinates are user units of an SVG; how it looks is the style sheet's.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from corpus.model import ClaimStatus
from corpus.places import gazetteer
from search.answers import PlaceAnswer
from web.words import NO_PROVINCE

SIZE, _GAP = 44, 4
#: Division code → column and row.
_GRID = {
    "230000": (7, 0),
    "150000": (4, 1), "110000": (5, 1), "210000": (6, 1), "220000": (7, 1),
    "650000": (0, 2), "640000": (3, 2), "140000": (4, 2), "130000": (5, 2), "120000": (6, 2),
    "630000": (1, 3), "620000": (2, 3), "610000": (3, 3), "410000": (4, 3), "370000": (5, 3),
    "540000": (0, 4), "510000": (1, 4), "500000": (2, 4), "420000": (3, 4), "340000": (4, 4), "320000": (5, 4),
    "310000": (6, 4),
    "530000": (1, 5), "520000": (2, 5), "430000": (3, 5), "360000": (4, 5), "330000": (5, 5),
    "450000": (3, 6), "440000": (4, 6), "350000": (5, 6), "710000": (6, 6),
    "460000": (3, 7), "820000": (4, 7), "810000": (5, 7),
}  # fmt: skip
#: Those that the gazetteer doesn't list.
_BEYOND = {"710000": ("台湾省", "台湾"), "810000": ("香港特别行政区", "香港"), "820000": ("澳门特别行政区", "澳门")}
COLUMNS = 1 + max(x for x, _ in _GRID.values())
ROWS = 1 + max(y for _, y in _GRID.values())
WIDTH, HEIGHT = COLUMNS * (SIZE + _GAP) - _GAP, ROWS * (SIZE + _GAP) - _GAP
#: Places from which a tile has the next darker shade.
_SHADES = (1, 2, 4, 8)


def province_anchor(name: str) -> str:
    """The id of the first row of a province."""
    return f"province-{name}"


@dataclass(frozen=True, slots=True)
class Tile:
    """A province. ``did`` places did it or are doing it, ``planned`` only plan it; ``shade`` is 0..4 by ``did``;
    ``told`` is False where the library has no document from it; ``x`` and ``y`` are None where it has no tile."""

    name: str
    short: str
    did: int
    planned: int
    told: bool
    shade: int
    x: int | None
    y: int | None

    @property
    def anchor(self) -> str:
        """Where its places begin on the page."""
        return province_anchor(self.name) if self.did or self.planned else ""

    @property
    def line(self) -> str:
        """What the tile says, in words."""
        said = [f"{self.did} 个地方做了" if self.did else "", f"{self.planned} 个地方计划" if self.planned else ""]
        silent = "没有提到" if self.told else "没有收录文献"
        return f"{self.name}：{'，'.join(filter(None, said)) or silent}"


@dataclass(frozen=True, slots=True)
class TileMap:
    """The 34 tiles, and what has places but no tile of its own (``beside``: 新疆生产建设兵团, units of no province)."""

    tiles: tuple[Tile, ...]
    beside: tuple[Tile, ...]

    @property
    def named(self) -> tuple[Tile, ...]:
        """The provinces that have places, most first: the map in words."""
        found = [tile for tile in (*self.tiles, *self.beside) if tile.anchor]
        return tuple(sorted(found, key=lambda tile: (-tile.did, -tile.planned)))


def tile_map(answers: Iterable[PlaceAnswer], told: Iterable[str]) -> TileMap:
    """The map of an answer; ``told`` are the provinces that documents come from."""
    did: dict[str, list[ClaimStatus]] = {}
    for answer in answers:
        did.setdefault(answer.province, []).append(answer.status)
    known = frozenset(told)
    tiles = []
    for code, (x, y) in _GRID.items():
        province = gazetteer().by_code(code)
        name, short = (province.name, province.short) if province else _BEYOND[code]
        tiles.append(_tile(name, short, did, name in known, (x * (SIZE + _GAP), y * (SIZE + _GAP))))
    on_map = {tile.name for tile in tiles}
    beside = [_tile(name, name, did, True, None) for name in sorted(did) if name not in on_map]
    return TileMap(tuple(tiles), tuple(beside))


def _tile(name: str, short: str, did: Mapping[str, list[ClaimStatus]], told: bool, at: tuple[int, int] | None) -> Tile:
    statuses = did.get(name, [])
    planned = statuses.count("planned")
    count = len(statuses) - planned
    x, y = at or (None, None)
    return Tile(name or NO_PROVINCE, short, count, planned, told, sum(count >= least for least in _SHADES), x, y)

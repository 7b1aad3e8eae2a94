"""The gazetteer: China's administrative divisions, and finding their names in text.

``places.csv`` holds code, name, short name, level and parent code (made by ``corpus.make_places``).
"""

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from corpus.model import Level

_FILE = Path(__file__).with_name("places.csv")
_LEVELS: dict[str, Level] = {
    "national": "national",
    "province": "province",
    "city": "city",
    "county": "county",
}


@dataclass(frozen=True, slots=True)
class Place:
    """A division: six-digit code, full name (荆州市), short name (荆州), level, code of the division above."""

    code: str
    name: str
    short: str
    level: Level
    parent: str


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A name found at ``start:end``. ``places`` are its readings (one if unambiguous); ``full`` is False where only
    a short name stands there (荆州, 安康): callers decide what else must stand around it."""

    start: int
    end: int
    places: tuple[Place, ...]
    full: bool


def _variants(place: Place) -> Iterator[str]:
    """Further full forms that documents use: 昌吉州, 松桃自治县, 松桃县."""
    for suffix in ("自治州", "自治县", "自治旗"):
        if place.name.endswith(suffix):
            yield place.short + suffix
            yield place.short + suffix[-1]
    if place.level == "province" and place.name.endswith("自治区"):
        yield place.short + "自治区"


class Gazetteer:
    """Names to places. Unique names resolve; ambiguous ones need ``within``, the code of a division around them."""

    def __init__(self, places: Iterable[Place]) -> None:
        self.places = tuple(places)
        self._by_code = {place.code: place for place in self.places}
        self._full: dict[str, list[Place]] = defaultdict(list)
        self._short: dict[str, list[Place]] = defaultdict(list)
        for place in self.places:
            for name in dict.fromkeys((place.name, *_variants(place))):
                self._full[name].append(place)
            if place.short not in self._full or place.short != place.name:
                self._short[place.short].append(place)
        # Names by their first two characters, longest first: a scan tries a few names at each position.
        heads: dict[str, set[str]] = defaultdict(set)
        for name in (*self._full, *self._short):
            heads[name[:2]].add(name)
        self._heads = {head: sorted(names, key=len, reverse=True) for head, names in heads.items()}

    def by_code(self, code: str) -> Place | None:
        """The place of a code, or None."""
        return self._by_code.get(code)

    def ancestors(self, place: Place) -> Iterator[Place]:
        """The divisions around a place, nearest first; the nation last."""
        above = self._by_code.get(place.parent)
        while above is not None:
            yield above
            above = self._by_code.get(above.parent)

    def province(self, place: Place) -> Place | None:
        """The province a place lies in (a province lies in itself); None for the nation."""
        for candidate in (place, *self.ancestors(place)):
            if candidate.level == "province":
                return candidate
        return None

    def inside(self, place: Place, code: str) -> bool:
        """True where ``place`` is the division ``code`` or lies in it."""
        return place.code == code or any(above.code == code for above in self.ancestors(place))

    def candidates(self, name: str) -> tuple[Place, ...]:
        """Every reading of a full or short name, larger divisions first."""
        found = self._full.get(name) or self._short.get(name) or []
        order = ("national", "province", "city", "county")
        return tuple(sorted(found, key=lambda place: (order.index(place.level), place.code)))

    def resolve(self, name: str, within: str = "") -> Place | None:
        """The one place a name means, or None: unknown, or ambiguous without (enough) context.

        ``within`` is the code of a division around it. Without it a name means the province that bears it (海南), or
        the division that all others of the name lie in (长沙 is the city, not 长沙县); districts, which nobody
        names without 区, don't compete with cities and counties (西安).
        """
        found = self.candidates(name)
        if not found:
            hits = self.find(name)
            found = hits[0].places if len(hits) == 1 and hits[0].end - hits[0].start == len(name) else ()
        if within:
            nearer = tuple(p for p in found if self.inside(p, within) and p.code != within)
            found = nearer or found
        if not found:
            return None
        first = found[0]
        if first.level == "province" or len(found) == 1:
            return first
        rivals = [p for p in found if first.name.endswith("区") or not p.name.endswith("区")]
        return first if all(self.inside(rival, first.code) for rival in rivals) else None

    def find(self, text: str) -> list[PlaceName]:
        """Place names in ``text``, longest first at each position, never overlapping.

        A name right after the name of a division around it is one find (贵阳市观山湖区 is the district).
        """
        found: list[PlaceName] = []
        i = 0
        while i < len(text) - 1:
            name = next((n for n in self._heads.get(text[i : i + 2], ()) if text.startswith(n, i)), None)
            if name is None:
                i += 1
                continue
            hit = PlaceName(i, i + len(name), self.candidates(name), name in self._full)
            i = hit.end
            if found and found[-1].end == hit.start:
                around = found[-1].places
                nested = tuple(p for p in hit.places if any(self.inside(p, a.code) for a in around))
                if nested and nested != around:
                    hit = PlaceName(found.pop().start, hit.end, nested, hit.full)
            found.append(hit)
        return found


@cache
def gazetteer() -> Gazetteer:
    """The bundled gazetteer."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        return Gazetteer(
            Place(row["code"], row["name"], row["short"], _LEVELS[row["level"]], row["parent"])
            for row in csv.DictReader(file)
        )

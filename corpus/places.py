"""The gazetteer: China's administrative divisions, and finding their names in text.

``places.csv`` holds code, name, short name, level and parent code (made by ``corpus.make_places``);
``former_places.csv`` the same of divisions that were merged into others, whose reports are still read;
``other_names.csv`` names that a division had before it was renamed, and those of the Corps' divisions (第七师).
"""

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from ahocorasick_rs import AhoCorasick

from corpus.model import Level

_FILES = tuple(Path(__file__).with_name(name) for name in ("places.csv", "former_places.csv"))
_OTHER_NAMES = Path(__file__).with_name("other_names.csv")
# Names that are ordinary words unless the city or county around stands before them: 主城区, 矿区工会.
_GENERIC = re.compile("[城矿郊东西南北中]区$")
# A county of two characters begins a word (和县级工会) or ends another (创新县级工会) unless it stands free.
_FREE_BEFORE = re.compile(r"(?:^|[^\u4e00-\u9fff]|[与及在由到从向对是给为省市州于驻赴])$")
_NOT_FREE_AFTER = re.compile("[级域市区乡镇直处内人]")
_CORPS_DIVISION = re.compile("第[一二三四五六七八九十]+师$")
# 密云县, 铜仁地区: a short name with the suffix that the division had before it became a city or a district.
_FORMER_SUFFIX = re.compile("(?:地区|[县市区])(?![域级间内别块位场民政直容值情面委])")
# Surrogates without a partner, which the automaton doesn't take; they are no part of any name.
_LONE = re.compile("[\ud800-\udfff]")
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

    def shifted(self, by: int) -> "PlaceName":
        """The same name in a text that begins ``by`` characters later."""
        return PlaceName(self.start - by, self.end - by, self.places, self.full)


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

    def __init__(self, places: Iterable[Place], others: Iterable[tuple[str, str]] = ()) -> None:
        """``others`` are further names of divisions, each with the code."""
        self.places = tuple(places)
        self._by_code = {place.code: place for place in self.places}
        self._full: dict[str, list[Place]] = defaultdict(list)
        self._short: dict[str, list[Place]] = defaultdict(list)
        for place in self.places:
            for name in dict.fromkeys((place.name, *_variants(place))):
                self._full[name].append(place)
            if place.short not in self._full or place.short != place.name:
                self._short[place.short].append(place)
        for name, code in others:
            # An army has a 第七师, too: only its union after it says which one is meant.
            known = self._short if _CORPS_DIVISION.match(name) else self._full
            known[name].append(self._by_code[code])
        self._readings: dict[str, tuple[Place, ...]] = {}

    @cached_property
    def _names(self) -> tuple[list[str], AhoCorasick]:
        """All names, and the automaton that finds them; made when a text is first searched."""
        names = [*dict.fromkeys((*self._full, *self._short))]
        return names, AhoCorasick(names)

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
        found = self._full.get(name) or self._short.get(name)
        if not found:
            return ()
        if name not in self._readings:
            order = ("national", "province", "city", "county")
            self._readings[name] = tuple(sorted(found, key=lambda place: (order.index(place.level), place.code)))
        return self._readings[name]

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
        free = 0  # where the next name may begin
        for start, name in self._standing(text):
            if start < free:
                continue
            hit = PlaceName(start, start + len(name), self.candidates(name), name in self._full)
            hit = self._suffixed(text, hit)
            if found and found[-1].end == hit.start and not _goes_on(text, hit):
                around = found[-1].places
                nested = tuple(p for p in hit.places if any(self.inside(p, a.code) for a in around))
                if nested and nested != around:
                    found[-1] = PlaceName(found[-1].start, hit.end, nested, hit.full)
                    free = hit.end
                    continue
            if not _is_word(text, hit):
                found.append(hit)
                free = hit.end
        return found

    def _standing(self, text: str) -> list[tuple[int, str]]:
        """(start, name) of the longest name at each place where one begins, in order."""
        names, automaton = self._names
        try:
            hits = automaton.find_matches_as_indexes(text, overlapping=True)
        except UnicodeEncodeError:
            hits = automaton.find_matches_as_indexes(_LONE.sub("\ufffd", text), overlapping=True)
        longest: dict[int, str] = {}
        for index, start, end in hits:  # of one place the longer come later
            # 河南县级工会 are those of 河南, not of 河南县.
            if not (names[index][-1] == "县" and text.startswith(("级", "域"), end)):
                longest[start] = names[index]
        return sorted(longest.items())

    def _suffixed(self, text: str, hit: PlaceName) -> PlaceName:
        """A short name with the suffix of its former rank is a full name of the one division that had it."""
        suffix = None if hit.full else _FORMER_SUFFIX.match(text, hit.end)
        if suffix is None or (suffix[0] == "区" and text[hit.end - 1] == "新"):  # 雄安新区 is not 安新 and 区
            return hit
        rank = {"地区": ("city",), "市": ("city", "county")}.get(suffix[0], ("county",))
        readings = tuple(p for p in hit.places if p.level in rank and not p.name.endswith(suffix[0]))
        return PlaceName(hit.start, suffix.end(), readings, True) if len(readings) == 1 else hit


def _goes_on(text: str, hit: PlaceName) -> bool:
    """True where a name of two characters is the beginning of 和县级工会, 随县市."""
    return hit.full and hit.end - hit.start == 2 and bool(_NOT_FREE_AFTER.match(text, hit.end))


def _is_word(text: str, hit: PlaceName) -> bool:
    """True where the characters of a name are part of other words."""
    name = text[hit.start : hit.end]
    if not hit.full or name == "全国":
        return False
    if _GENERIC.match(name) or _goes_on(text, hit):
        return True
    if name == "全州县":  # 全州县市、全州县级工会: those of a whole prefecture
        return text[hit.end : hit.end + 1] in ("级", "市")
    before = text[max(0, hit.start - 1) : hit.start]
    return len(name) == 2 and (not _FREE_BEFORE.search(before) or (name == "和县" and before in tuple("省市州区")))


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


@cache
def gazetteer() -> Gazetteer:
    """The bundled gazetteer."""
    return Gazetteer(
        (
            Place(row["code"], row["name"], row["short"], _LEVELS[row["level"]], row["parent"])
            for path in _FILES
            for row in _rows(path)
        ),
        ((row["name"], row["code"]) for row in _rows(_OTHER_NAMES)),
    )

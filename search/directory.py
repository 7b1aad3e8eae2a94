"""Who is known: the places and units that documents come from or tell of, and finding one by a name people type."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.claimed import DoerCount
from corpus.model import Document, Level
from corpus.places import Gazetteer, Place, gazetteer
from search.analyzer import fold

_UNION = re.compile(r"(?<=.)(?:总工会|工会联合会|工会)$")
_LEAST = 2  # characters of a name that others are looked through for
_MOST_SIMILAR = 8
_ALIKE = 60  # of 100, as RapidFuzz counts
_RANKS = ("national", "province", "city", "county")


@dataclass(frozen=True, slots=True)
class KnownPlace:
    """A place or unit of the library. ``name`` is canonical; ``address`` is the name that means it alone, with the
    divisions around it where several bear its name; ``code`` that of its division, or of the one around a unit, or "".
    ``documents`` are its own; ``claims`` count what all documents say of it."""

    name: str
    code: str
    level: Level
    province: str
    address: str
    documents: int
    claims: int


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a name led to: one place; or None with the places that it may mean, or those that are called alike."""

    place: KnownPlace | None
    choices: tuple[KnownPlace, ...] = ()
    similar: tuple[KnownPlace, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """A place or unit that the documents of another one tell of, and how many claims there are."""

    place: KnownPlace
    claims: int


Key = tuple[str, str]


class Directory:
    """The places and units of a library."""

    def __init__(
        self, doers: Iterable[DoerCount], documents: Sequence[Document], places: Gazetteer | None = None
    ) -> None:
        self._places = places or gazetteer()
        levels: dict[Key, Level] = {}
        provinces: dict[Key, str] = {}
        claims: Counter[Key] = Counter()
        self._told: defaultdict[Key, Counter[Key]] = defaultdict(Counter)
        held: Counter[Key] = Counter()
        for document in documents:
            if document.place:
                key = (document.place, document.place_code)
                levels.setdefault(key, document.level)
                provinces.setdefault(key, document.province)
                held[key] += 1
        for doer in doers:
            key = (doer.place, doer.code)
            levels.setdefault(key, doer.level)
            claims[key] += doer.claims
            if doer.parent:
                self._told[doer.parent, doer.parent_code][key] += doer.claims
        for key in list(levels):
            for above in self._around(key):
                levels.setdefault((above.name, above.code), above.level)
        spread = Counter(name for name, _ in levels)
        self._known = {
            key: KnownPlace(
                key[0],
                key[1],
                level,
                self._province(key[1]) or provinces.get(key, ""),
                key[0] if spread[key[0]] == 1 else self._whole(key),
                held[key],
                claims[key],
            )
            for key, level in sorted(levels.items())
        }
        self._named: defaultdict[str, list[KnownPlace]] = defaultdict(list)
        for place in self._known.values():
            for name in dict.fromkeys((place.name, place.address)):
                self._named[fold(name)].append(place)

    def _around(self, key: Key) -> Iterable[Place]:
        """The divisions around a place, a unit's own one first; not the nation."""
        here = self._places.by_code(key[1])
        if here is None:
            return
        for place in (here, *self._places.ancestors(here)):
            if place.level != "national" and place.name != key[0]:
                yield place

    def _province(self, code: str) -> str:
        here = self._places.by_code(code)
        province = self._places.province(here) if here else None
        return province.name if province else ""

    def _whole(self, key: Key) -> str:
        """A name with the divisions around it: 江苏省南京市鼓楼区."""
        return "".join(place.name for place in reversed(list(self._around(key)))) + key[0]

    @property
    def places(self) -> tuple[KnownPlace, ...]:
        """All of them, by name."""
        return tuple(self._known.values())

    def address(self, name: str, code: str) -> str:
        """The name that means this place alone; ``name`` itself where it is not known."""
        known = self._known.get((name, code))
        return known.address if known else name

    def is_division(self, place: KnownPlace) -> bool:
        """True for a place of the gazetteer, False for a unit, whose code is that of the place it lies in."""
        found = self._places.by_code(place.code)
        return found is not None and found.name == place.name

    def above(self, place: KnownPlace) -> tuple[KnownPlace, ...]:
        """The divisions around a place, the province first."""
        around = ((each.name, each.code) for each in self._around((place.name, place.code)))
        return tuple(self._known[key] for key in reversed(list(around)))

    def below(self, place: KnownPlace) -> tuple[Told, ...]:
        """The places and units inside a place, those with documents first, then those most told of."""
        told = self._told.get((place.name, place.code), Counter())
        found = {
            key: other.claims
            for key, other in self._known.items()
            if other != place and self._inside(other, place) and (other.documents or other.claims)
        }
        # A unit that bears no place's name lies where it is told of.
        found |= {
            key: times
            for key, times in told.items()
            if key in self._known and key not in found and not self.is_division(self._known[key])
        }
        return tuple(
            Told(self._known[key], times)
            for key, times in sorted(
                found.items(),
                key=lambda pair: (-self._known[pair[0]].documents, -pair[1], self._known[pair[0]].code, pair[0]),
            )
        )

    def _inside(self, other: KnownPlace, place: KnownPlace) -> bool:
        here = self._places.by_code(other.code)
        return here is not None and self.is_division(place) and self._places.inside(here, place.code)

    def resolve(self, asked: str) -> Resolved:
        """The place that a canonical, short or union name means (荆州市, 荆州, 荆州市总工会, 北大荒集团)."""
        name = asked.strip()
        folded = fold(name)
        if not folded:
            return Resolved(None)
        for found in (self._named.get(folded, []), self._division(name), self._unit(folded)):
            if len(found) == 1:
                return Resolved(found[0])
            if found:
                return Resolved(None, choices=self._ranked(found))
        bare = _UNION.sub("", folded)
        holding = [place for place in self._known.values() if len(bare) >= _LEAST and bare in fold(place.name)]
        if holding:
            return Resolved(None, choices=self._ranked(holding)[:_MOST_SIMILAR])
        return Resolved(None, similar=self._similar(bare))

    def _ranked(self, places: Iterable[KnownPlace]) -> tuple[KnownPlace, ...]:
        return tuple(sorted(places, key=lambda place: (-place.documents, -place.claims, place.code, place.name)))

    def _division(self, name: str) -> list[KnownPlace]:
        """The known readings of a division's name; one where the name, by itself, means one that is known."""
        bare = _UNION.sub("", fold(name))
        meant = self._places.resolve(bare)
        if meant and (meant.name, meant.code) in self._known:
            return [self._known[meant.name, meant.code]]
        readings = ((place.name, place.code) for place in self._places.candidates(bare))
        return [self._known[key] for key in readings if key in self._known]

    def _unit(self, folded: str) -> list[KnownPlace]:
        bare = _UNION.sub("", folded)
        return [place for place in self._known.values() if _UNION.sub("", fold(place.name)) == bare]

    def _similar(self, bare: str) -> tuple[KnownPlace, ...]:
        """Names like the one that nobody has; for a division that no document tells of, those of its province."""
        from rapidfuzz import fuzz, process

        meant = self._places.resolve(bare)
        province = self._places.province(meant) if meant else None
        if meant and province:
            near = [place for place in self._known.values() if place.province == province.name]
            return self._ranked(near)[:_MOST_SIMILAR]
        known = list(self._known.values())
        found = process.extract(
            bare, [fold(place.name) for place in known], scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=_MOST_SIMILAR
        )
        return tuple(known[number] for _, _, number in found)

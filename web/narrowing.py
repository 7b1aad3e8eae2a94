"""Conditions on offer beside results: links that set, change or lift one, each with what would be left."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from corpus.model import Document
from search.answers import SearchAnswer
from search.register import places_of
from web import words

#: Options that are shown at once; a further one is no reason to hide one.
SHOWN = 8
#: Conditions of which several values may be chosen, as alternatives.
_SEVERAL = ("level", "type", "year")


@dataclass(frozen=True, slots=True)
class Option:
    """A link. ``count`` is how many passages are left when it is chosen; ``chosen`` ones lead back. ``under`` are the
    places in a place that lies on the way to the chosen one."""

    label: str
    url: str
    count: int
    chosen: bool = False
    under: "tuple[Option, ...]" = ()

    @property
    def on_the_way(self) -> bool:
        return self.chosen or bool(self.under)


@dataclass(frozen=True, slots=True)
class Group:
    """The options of one condition, the ``first`` and the ``rest``; ``several``: more than one may be chosen."""

    name: str
    label: str
    options: tuple[Option, ...]
    several: bool

    @property
    def chosen(self) -> bool:
        return any(option.on_the_way for option in self.options)


@dataclass(slots=True)
class Place:
    """A province, a division or a unit that documents are from, by its name, with what lies in it."""

    name: str
    province: bool = False
    under: "dict[str, Place]" = field(default_factory=dict)


def place_tree(documents: Iterable[Document]) -> tuple[Place, ...]:
    """Province → city → county → unit, as far as documents are from there; what lies in no province stands last.

    全国 is no place among others: a filter of it holds all of them.
    """
    top: dict[str, Place] = {}
    for document in documents:
        own, *around = places_of(document)
        inner = [name for name in reversed(around) if name not in (document.province, "全国", own)]
        path = [name for name in (document.province, *inner, own) if name not in ("", "全国")]
        level = top
        for name in dict.fromkeys(path):
            level = level.setdefault(name, Place(name, level is top and name == document.province)).under
    return tuple(sorted(top.values(), key=lambda place: not place.province))


def split(values: str) -> tuple[str, ...]:
    """The alternatives that a condition holds."""
    return tuple(value for value in values.split("、") if value)


def groups(
    answer: SearchAnswer,
    chosen: Mapping[str, str],
    hidden: Iterable[str],
    tree: tuple[Place, ...],
    url: Callable[..., str],
) -> list[Group]:
    """The conditions on offer. ``chosen`` are those of the address, ``hidden`` those that the query itself sets;
    ``url(**changes)`` is the address with some of them changed."""
    without = set(hidden)
    found = []
    for name in ("place", "level", "type", "year", "status"):
        if name in without or (name == "place" and "province" in without):
            continue
        if name == "place":
            label, options = words.FILTERS["place"], _places(tree, answer.facets, chosen, url)
        else:
            label, options = words.FILTERS[name], _values(name, answer.facets.get(name, {}), chosen, url)
        if len(options) > 1 or any(option.on_the_way for option in options):
            found.append(Group(name, label, options, name in _SEVERAL))
    return found


def _values(
    name: str, counts: Mapping[str, int], chosen: Mapping[str, str], url: Callable[..., str]
) -> tuple[Option, ...]:
    held = split(chosen.get(name, ""))
    values = dict.fromkeys((*counts, *held))
    ordered = sorted(values, reverse=True) if name == "year" else list(values)
    options = []
    for value in sorted(ordered, key=lambda value: value not in held):
        several = (*(one for one in held if one != value), *(() if value in held else (value,)))
        target = several if name in _SEVERAL else several[-1:] if value not in held else ()
        options.append(
            Option(words.value(name, value), url(**{name: "、".join(target)}), counts.get(value, 0), value in held)
        )
    return tuple(options)


def _places(
    tree: Iterable[Place], facets: Mapping[str, Mapping[str, int]], chosen: Mapping[str, str], url: Callable[..., str]
) -> tuple[Option, ...]:
    """The places on one level, those on the way to the chosen one first, then most passages first."""
    options = []
    for place in tree:
        name = "province" if place.province else "place"
        held = place.name in split(chosen.get(name, "")) or (
            place.province and place.name in split(chosen.get("place", ""))
        )
        under = _places(place.under.values(), facets, chosen, url)
        if not held and not any(option.on_the_way for option in under):
            under = ()
        count = facets.get(name, {}).get(place.name, 0)
        if count or held or under:
            changes = {"place": "", "province": ""} | ({} if held else {name: place.name})
            options.append((place.province, Option(place.name, url(**changes), count, held, under)))
    options.sort(key=lambda one: (not one[1].on_the_way, not one[0], -one[1].count, one[1].label))
    return tuple(option for _, option in options)

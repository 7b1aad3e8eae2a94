"""Which terms are one under names that don't fold alike: wordings of one slogan, a motto before a name, a list of parts."""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import combinations
from typing import Protocol

from rapidfuzz.distance import Levenshtein

from corpus.places import gazetteer
from graph.numerals import count
from graph.variants import fold

_SEGMENTS = re.compile(r"[、，•·\s　]+")
_MOTTO = re.compile(r"^(?P<motto>.{4,}?)(?:——|[·•])(?P<name>[^·•—]{3,})$")
_NUMERALS = re.compile(r"[\d一二三四五六七八九十百千万两双]")
#: A slogan of so many characters is the same where hardly any of them differ.
_LONG, _DIFFERS = 11, 0.16


class Named(Protocol):
    """What is asked of a term: key, label, documents, ways to write it, the parts and other names
    that sentences give it."""

    @property
    def key(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def documents(self) -> int: ...
    @property
    def parts(self) -> Collection[tuple[str, ...]]: ...
    @property
    def told(self) -> set[str]: ...
    @property
    def aliases(self) -> Iterable[str]: ...


def segments(name: str) -> list[str]:
    """The parts of a slogan: 当好主人翁、建功新时代 → two."""
    return [part for part in _SEGMENTS.split(name) if part]


def merges(terms: Iterable[Named], key: Callable[[str], str]) -> dict[str, str]:
    """Key of a term → key of the term that it is another name of; a target is never itself a key.

    ``key`` maps a name to its term's key. The name that more documents use stays; of equals the shorter, then the first.
    """
    known = {term.key: term for term in terms}
    into: dict[str, str] = {}

    def root(name: str) -> str:
        while name in into:
            name = into[name]
        return name

    for one, other in (
        *_written(known.values()),
        *_told(known, key),
        *_slogans(known.values()),
        *_mottos(known, key),
        *_lists(known.values()),
    ):
        one, other = root(one), root(other)
        if one != other:
            into[one] = other
    return {name: root(name) for name in into}


def same_slogan(one: str, other: str) -> bool:
    """True for two wordings of a slogan: all but one of three parts and more, one part more, or hardly a character."""
    a, b = sorted(([fold(part) for part in segments(name)] for name in (one, other)), key=len)
    if "".join(_NUMERALS.findall(one)) != "".join(_NUMERALS.findall(other)):
        return False
    if len(a) >= 3 and len(b) <= len(a) + 1:
        differ = [(x, y) for x, y in zip(a, b, strict=False) if x != y]
        if len(b) > len(a):
            return not differ
        if len(differ) == 1 and len({len(x) for x in differ[0]}) == 1 and not any(map(gazetteer().find, differ[0])):
            return 2 * Levenshtein.distance(*differ[0]) <= len(differ[0][0])
    x, y = fold(one), fold(other)
    return min(len(x), len(y)) >= _LONG and Levenshtein.distance(x, y) <= _DIFFERS * max(len(x), len(y))


def _written(terms: Collection[Named]) -> Iterator[tuple[str, str]]:
    """A name that no document has by itself, but as a way to write one other term: 4611现代产业体系, where they write
    “4611”现代产业体系."""
    ways: dict[str, set[str]] = defaultdict(set)
    for term in terms:
        for alias in term.aliases:
            ways[fold(alias)].add(term.key)
    for term in (term for term in terms if not term.documents):
        owners = ways.get(fold(term.label), set()) - {term.key}
        if len(owners) == 1:
            yield term.key, min(owners)


def _told(known: dict[str, Named], key: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    """Two names of which a sentence says that they are one: 职工兴趣班（职工夜校）."""
    for name, term in sorted(known.items()):
        for other in sorted(term.told):
            if (plain := key(other)) in known and plain != name:
                yield plain, name


def _slogans(terms: Iterable[Named]) -> Iterator[tuple[str, str]]:
    alike: dict[str, list[Named]] = defaultdict(list)
    for term in terms:
        folded = fold(term.label)
        if len(segments(term.label)) > 2 or len(folded) >= _LONG:
            alike["^" + folded[:3]].append(term)
            alike[folded[-3:] + "$"].append(term)
    for _, bucket in sorted(alike.items()):
        for pair in combinations(sorted(bucket, key=lambda t: (-t.documents, len(t.label), t.key)), 2):
            if same_slogan(pair[0].label, pair[1].label):
                yield pair[1].key, pair[0].key


def _mottos(known: dict[str, Named], key: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    """A motto before the name of a thing better known without it: 薪火相传·海岛夜校 → 海岛夜校. A place before it makes
    another thing of it."""
    for name, term in sorted(known.items()):
        found = _MOTTO.match(term.label)
        plain = known.get(key(found["name"])) if found else None
        if found is None or plain is None or plain is term or gazetteer().find(found["motto"]):
            continue
        if plain.documents >= term.documents:
            yield name, plain.key


def _lists(terms: Collection[Named]) -> Iterator[tuple[str, str]]:
    """The parts of a counting name in its place: 问题共商、场地共用、经费共管 → 三共, where one name alone has these parts.

    Not where the parts are much better known than the name.
    """
    known = {term.key: term.documents for term in terms}
    made: dict[frozenset[str], set[str]] = defaultdict(set)
    lists: list[tuple[str, frozenset[str]]] = []
    for term in terms:
        listed = [fold(part) for part in segments(term.label)]
        if len(listed) > 1:
            lists.append((term.key, frozenset(listed)))
        for parts in term.parts:
            if len(parts) == count(fold(term.label)) > 1:
                made[frozenset(map(fold, parts))].add(term.key)
    for name, listed_parts in sorted(lists):
        owners = made.get(listed_parts, set()) - {name}
        if len(owners) == 1 and 2 * known[min(owners)] >= known[name]:
            yield name, min(owners)

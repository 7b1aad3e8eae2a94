"""What is asked of the table of figures: conditions, and how a figure and its claim meet them."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from corpus.model import Claim, Fact, FactKind
from corpus.places import Gazetteer
from graph.measures import comparable
from search.amounts import read_measure
from search.analyzer import squeeze
from search.errors import UnitsDiffer

Order = Literal["text", "value", "place"]
Owner = tuple[str, str]  # a place and its code
_UNION = re.compile(r"(?:总工会|工会联合会|工会)$")


@dataclass(frozen=True, slots=True)
class FactQuery:
    """Conditions on figures; "" is none. ``place`` is a canonical, short or union name (荆州, 荆州市总工会, 北大荒集团): of
    figures whose doer, or whose document, is that place. ``term`` stands in the sentence, or is a term that it mentions
    under another of its names. ``least`` and ``most`` are amounts as written (超过1000万元, 200), compared in comparable
    units. ``order`` is that of the texts, of the values (unit by unit, the largest first) or of the places."""

    place: str = ""
    term: str = ""
    kind: FactKind | Literal[""] = ""
    least: str = ""
    most: str = ""
    order: Order = "text"


@dataclass(frozen=True, slots=True)
class Bounds:
    """At ``least`` and at ``most`` so many of the comparable ``unit``, "" for any; None is no bound."""

    unit: str = ""
    least: float | None = None
    most: float | None = None

    def admit(self, fact: Fact) -> bool:
        """True for a figure within the bounds; of a range, where a part of it is. Without a unit figures count as
        written, in whatever they count."""
        if self.least is None and self.most is None:
            return True
        low, high = fact.value, fact.value if fact.value_max is None else fact.value_max
        if self.unit:
            unit, low = comparable(low, fact.unit)
            high = comparable(high, fact.unit)[1]
            if unit != self.unit:
                return False
        return (self.least is None or high >= self.least) and (self.most is None or low <= self.most)


def read_bounds(query: FactQuery) -> Bounds:
    """The bounds that a query sets. Raises AmountUnreadable, UnitsDiffer."""
    least = read_measure(query.least) if query.least.strip() else ("", None)
    most = read_measure(query.most) if query.most.strip() else ("", None)
    if least[0] and most[0] and least[0] != most[0]:
        raise UnitsDiffer(query.least, query.most)
    return Bounds(least[0] or most[0], least[1], most[1])


@dataclass(frozen=True, slots=True)
class Conditions:
    """Conditions on figures: ``same`` tells whether a place with its code is the one asked for, None for any; ``words``
    stand squeezed in the claim or the subject, or its claim holds one of the spans ``named`` (document id → spans)."""

    kind: str
    bounds: Bounds
    same: Callable[[str, str], bool] | None
    words: str
    named: Mapping[str, Iterable[tuple[int, int]]]


class Wanted:
    """Which claims a query asks for.

    ``owners`` are the places that a claim's figures belong to; ``named`` the spans in documents where the term asked for
    stands under one of its names.
    """

    def __init__(
        self,
        query: FactQuery,
        places: Gazetteer,
        owners: Mapping[str, Collection[Owner]],
        named: Mapping[str, Iterable[tuple[int, int]]],
    ) -> None:
        self._places, self._owners, self._named = places, owners, named
        self._name = _UNION.sub("", query.place.strip()) or query.place.strip()
        resolved = places.resolve(self._name) if self._name else None
        self._code = resolved.code if resolved else ""
        self._words = squeeze(query.term)
        self._kind = query.kind
        self._same = cache(self._is_same)

    def conditions(self, bounds: Bounds) -> Conditions:
        """The same, to be tried on columns, with bounds of the amount."""
        return Conditions(
            self._kind, bounds, self._same if self._name else None, self._words, self._named if self._words else {}
        )

    def admits(self, claim: Claim, fact: Fact | None = None) -> bool:
        """True for a claim of the place that speaks of the term; ``fact`` is a figure of it."""
        if self._name and not any(self._same(*owner) for owner in self._owners[claim.id]):
            return False
        if not self._words or self._words in squeeze(claim.text) or (fact and self._words in squeeze(fact.subject)):
            return True
        return any(claim.start <= start and end <= claim.end for start, end in self._named.get(claim.document_id, ()))

    def _is_same(self, place: str, place_code: str) -> bool:
        """True where a place is the one named, or a unit that bears its name (昌吉州 for 昌吉州教育工会)."""
        if self._code and self._code == place_code:
            return True
        bare = _UNION.sub("", place)
        if not bare:
            return False
        if bare == self._name or (not self._code and (self._name in bare or bare in self._name)):
            return True
        if not self._code or self._places.resolve(bare) is not None:
            return False
        head = self._places.find(bare)[:1]
        return bool(head) and head[0].start == 0 and any(reading.code == self._code for reading in head[0].places)

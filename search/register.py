"""The documents of a library as columns: which of them meet conditions, and what they say of themselves.

A condition is tried on each distinct value once, however many documents have it. Held in memory: the documents without
their texts (about 1 kB each) and 25 bytes of numbers for each.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import fields, replace
from functools import cache, lru_cache
from operator import attrgetter
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from corpus.model import Document
from corpus.places import Place, gazetteer
from search.answers import Filters

Value = TypeVar("Value", bound=Hashable)
Mask = NDArray[np.bool_]
_CONDITIONS = 256  # whose documents are kept in memory


class Register:
    """Documents by number, without their texts."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self.documents = documents
        self._columns = {name: _Places(documents) if name == "place" else _Column(documents, name) for name in VALUES}
        dates, numbers = numbered(map(attrgetter("date"), documents))
        #: (documents,) the place of each one's date among all dates.
        self._dates = np.unique(dates or [""], return_inverse=True)[1][numbers]
        self.chosen = lru_cache(_CONDITIONS)(self._chosen)

    def __len__(self) -> int:
        return len(self.documents)

    def _chosen(self, filters: Filters) -> Mask | None:
        """(documents,) True for those that meet the conditions on documents; None where there are none."""
        asked = [condition for condition in conditions_of(filters) if not condition.status]
        if not asked:
            return None
        kept = np.ones(len(self.documents), np.bool_)
        for condition in asked:
            name = next(name for name in VALUES if getattr(condition, name))
            kept &= self._columns[name].meeting(condition)
        kept.flags.writeable = False
        return kept

    def values(self, name: str) -> Sequence[str]:
        """The values of a filter that keep some document, in order."""
        return self._columns[name].values

    def counted(self, name: str, numbers: NDArray[np.integer], times: NDArray[np.int64]) -> dict[str, int]:
        """Value of a filter → how many rows it keeps, most first, where the documents of these ``numbers`` have so many
        ``times``."""
        return self._columns[name].counted(numbers, times)

    def dates(self, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        """(numbers,) the place of each document's date among all dates, the earliest first; none comes before them."""
        order: NDArray[np.int64] = self._dates[numbers]
        return order


def numbered(values: Iterable[Value]) -> tuple[list[Value], NDArray[np.int32]]:
    """The distinct values in the order in which they come, and (values,) the number of each among them."""
    found = list(values)
    numbers = {value: number for number, value in enumerate(dict.fromkeys(found))}
    return list(numbers), np.fromiter(map(numbers.__getitem__, found), np.int32, len(found))


def distinct(documents: Sequence[Document], *fields: str) -> Iterable[Document]:
    """One of the documents for each of the values that some fields have."""
    return dict(zip(map(attrgetter(*fields), documents), documents, strict=True)).values()


class _Column:
    """What documents say of themselves that one kind of condition looks at: its distinct values, and whose they are."""

    def __init__(self, documents: Sequence[Document], name: str) -> None:
        looked_at = list(map(_LOOKED_AT[name], documents))
        values, self._numbers = numbered(looked_at)
        samples = dict(zip(reversed(looked_at), reversed(documents), strict=True))
        #: The first document for each of the distinct values.
        self.samples = [samples[value] for value in values]
        told = list(map(VALUES[name], self.samples))
        #: The values of a filter that keep one of them, in order, and which of them keep each of the samples.
        self.values = sorted({value for values in told for value in values})
        places = {value: place for place, value in enumerate(self.values)}
        self._sizes = np.fromiter(map(len, told), np.int64, len(told))
        self._keeping = np.fromiter((places[value] for values in told for value in values), np.int64)

    def meeting(self, condition: Filters) -> Mask:
        """(documents,) True for those that meet a condition."""
        kept: Mask = self._good(condition)[self._numbers]
        return kept

    def _good(self, condition: Filters) -> Mask:
        """(samples,) the same for these."""
        return np.fromiter((meets(document, condition) for document in self.samples), np.bool_, len(self.samples))

    def counted(self, documents: NDArray[np.integer], times: NDArray[np.int64]) -> dict[str, int]:
        """Value → how many times the documents that have it stand for, most first; ``times`` is (documents,)."""
        if not self.values:
            return {}
        sums = np.bincount(self._numbers[documents], times, len(self.samples))
        counts = np.bincount(self._keeping, np.repeat(sums, self._sizes), len(self.values)).astype(np.int64)
        order = np.argsort(-counts, kind="stable")
        order = order[: int((counts > 0).sum())]
        return dict(zip(map(self.values.__getitem__, order.tolist()), counts[order].tolist(), strict=True))


class _Places(_Column):
    """The same for conditions on places: which documents lie in one is known of each place beforehand."""

    def __init__(self, documents: Sequence[Document]) -> None:
        super().__init__(documents, "place")
        self._named: dict[str, list[int]] = defaultdict(list)
        self._inside: dict[str, list[int]] = defaultdict(list)
        for number, document in enumerate(self.samples):
            self._named[document.place].append(number)
            for place in _around(document.place_code):
                self._inside[place.code].append(number)

    def _good(self, condition: Filters) -> Mask:
        good = np.zeros(len(self.samples), np.bool_)
        good[self._named.get(condition.place, [])] = True
        for name in condition.place.split("、"):
            good[self._named.get(name, [])] = True
            if place := gazetteer().resolve(name):
                good[self._inside.get(place.code, [])] = True
        return good


def places_of(document: Document) -> tuple[str, ...]:
    """The names of places that a document is from, as a filter has them: its own, then the divisions around it."""
    return tuple(dict.fromkeys((document.place, *_names_around(document.place_code))))


@cache
def _around(code: str) -> tuple[Place, ...]:
    """A division and those around it; none for a code that no division has."""
    own = gazetteer().by_code(code)
    return (own, *gazetteer().ancestors(own)) if own else ()


@cache
def _names_around(code: str) -> tuple[str, ...]:
    """The names that mean a division, or one around it, and no other."""
    return tuple(place.name for place in _around(code) if gazetteer().resolve(place.name) == place)


#: Filter name → the values of it that keep a document.
VALUES: dict[str, Callable[[Document], tuple[str, ...]]] = {
    "place": places_of,
    "province": lambda document: (document.province,),
    "level": lambda document: (document.level,),
    "type": lambda document: (document.type,),
    "year": lambda document: tuple(dict.fromkeys(years_of(document))),
}
_LOOKED_AT: dict[str, Callable[[Document], Hashable]] = {
    "place": attrgetter("place", "place_code"),
    "province": attrgetter("province"),
    "level": attrgetter("level"),
    "type": attrgetter("type"),
    "year": lambda document: (document.date[:4], document.period),
}


def conditions_of(filters: Filters) -> tuple[Filters, ...]:
    """Each of the conditions by itself."""
    values = {field.name: getattr(filters, field.name) for field in fields(filters)}
    return tuple(Filters(**{name: value}) for name, value in values.items() if value)


def meets(document: Document, filters: Filters) -> bool:
    """True where a document meets the conditions; a place holds what lies in it. Values joined with 、 are alternatives,
    and 2018-2023 is any of these years."""
    return (
        (not filters.place or document.place == filters.place or _any(_lies_in, document, filters.place))
        and (not filters.province or _any(_of_province, document, filters.province))
        and (not filters.level or document.level in filters.level.split("、"))
        and (not filters.type or document.type in (filters.type, *filters.type.split("、")))
        and (not filters.year or _any(_from_years, document, filters.year))
    )


def _any(test: Callable[[Document, str], bool], document: Document, values: str) -> bool:
    return any(test(document, value) for value in values.split("、"))


def _of_province(document: Document, name: str) -> bool:
    return name in (document.province, _short(document.province))


def _from_years(document: Document, years: str) -> bool:
    first, _, last = years.partition("-")
    return any(first <= year <= (last or first) for year in years_of(document))


def years_of(document: Document) -> list[str]:
    """The year a document is from, and those its period names (2022年度, published in 2023)."""
    return [document.date[:4], *re.findall(r"\d{4}", document.period)]


def _short(name: str) -> str:
    place = gazetteer().resolve(name) if name else None
    return place.short if place else name


def _lies_in(document: Document, name: str) -> bool:
    if document.place == name:
        return True
    wanted, own = gazetteer().resolve(name), place_of(document)
    return wanted is not None and own is not None and gazetteer().inside(own, wanted.code)


def place_of(document: Document) -> Place | None:
    """The division a document is from, or None: unknown, or a unit."""
    return gazetteer().by_code(document.place_code) if document.place_code else None


def beside(filters: Filters, name: str) -> Filters:
    """The conditions without those on one thing: a place and the province around it are one."""
    dropped = ("place", "province") if name in ("place", "province") else (name,)
    return replace(filters, **dict.fromkeys(dropped, ""))

"""The passages of a library, numbered: a row is a passage, in reading order; filters choose rows."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import fields, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from corpus.model import Document, Passage, Section, digest
from corpus.places import Place, gazetteer
from corpus.sentences import clauses
from corpus.store import Store
from search.analyzer import squeeze
from search.answers import Filters

Mask = NDArray[np.bool_]
_REMEMBERED = 4096  # passages kept in memory
_CONDITIONS = 256  # whose documents are kept in memory
_SHORTEST_CLAUSE = 6
_NONE = Filters()


class Catalogue:
    """Which passage is in which row, and what its document says of itself."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.documents = store.shown(Document)
        numbers = {document.id: i for i, document in enumerate(self.documents)}
        statuses = {section.id: section.status for section in store.select(Section)}
        passages = store.shown(Passage)
        self.ids = [passage.id for passage in passages]
        self.document = np.array([numbers[passage.document_id] for passage in passages], np.int64)
        # A restored backup may bear a generation that caches know already: they must know the content, too.
        self.mark = digest(
            *(part for passage in passages for part in (passage.id, passage.section_id, *passage.headings))
        )
        self.status = [statuses.get(passage.section_id, "") for passage in passages]
        self._statuses = np.array(self.status, np.str_)
        self._status_names, self._status_numbers = np.unique(self._statuses, return_inverse=True)
        self.passage = lru_cache(_REMEMBERED)(self._passage)
        self.squeezed = lru_cache(_REMEMBERED)(self._squeezed)
        self.whole = lru_cache(_REMEMBERED)(self._whole)
        self.clauses = lru_cache(_REMEMBERED)(self._clauses)
        self.chosen = lru_cache(_CONDITIONS)(self._chosen)
        self._values = {name: [VALUES[name](document) for document in self.documents] for name in VALUES}

    def __len__(self) -> int:
        return len(self.ids)

    def _passage(self, row: int) -> Passage | None:
        """The passage of a row; None if it was removed from the library since."""
        found = self._store.select(Passage, id=self.ids[row])
        return found[0] if found else None

    def _squeezed(self, row: int) -> str:
        """The text of a row, squeezed; "" if it was removed since."""
        passage = self.passage(row)
        return squeeze(passage.text) if passage else ""

    def _whole(self, row: int) -> str:
        """The headings and the text of a row, each squeezed, on lines of their own; "" if it was removed since."""
        passage = self.passage(row)
        return "\n".join((*map(squeeze, passage.headings), self.squeezed(row))) if passage else ""

    def _clauses(self, row: int) -> frozenset[str]:
        """The longer clauses of a row, squeezed: what tells near copies; empty if it was removed since."""
        passage = self.passage(row)
        if passage is None:
            return frozenset()
        parts = (squeeze(passage.text[start:end]) for start, end in clauses(passage.text))
        return frozenset(part for part in parts if len(part) >= _SHORTEST_CLAUSE) or frozenset([self.squeezed(row)])

    def of(self, row: int) -> Document:
        """The document of a row."""
        return self.documents[int(self.document[row])]

    def _chosen(self, filters: Filters) -> list[int] | None:
        """Numbers of the documents that meet the conditions on documents; None where there are none."""
        if filters == Filters(status=filters.status):
            return None
        return [i for i, document in enumerate(self.documents) if meets(document, filters)]

    def kept(self, documents: Iterable[int] | None, status: str) -> Mask | None:
        """(rows,) True for those of these documents and of sections with this status; None where all are kept."""
        if documents is None and not status:
            return None
        keep = np.ones(len(self), np.bool_)
        if documents is not None:
            keep &= np.isin(self.document, np.fromiter(documents, np.int64))
        if status:
            keep &= self._statuses == status
        return keep

    def facets(self, rows: Iterable[int], filters: Filters | None = None) -> dict[str, dict[str, int]]:
        """Filter name → value → how many of the rows a filter of that value keeps beside the other ``filters``, most first.

        A place and the province around it are one condition. A value that keeps none is left out.
        """
        found, given = np.fromiter(rows, np.int64), filters or Filters()
        kept: dict[Filters, tuple[NDArray[np.int64], list[tuple[int, int]]]] = {}  # most names have the same others
        facets = {}
        for name in (*VALUES, "status"):
            dropped = ("place", "province") if name in ("place", "province") else (name,)
            others = replace(given, **dict.fromkeys(dropped, "")) if given != _NONE else given
            if others not in kept:
                mask = self.kept(self.chosen(others), others.status)
                left = found if mask is None else found[mask[found]]
                kept[others] = left, self._by_document(left)
            counts = self._counted(name, *kept[others])
            facets[name] = dict(
                sorted(((v, n) for v, n in counts.items() if v and n), key=lambda one: (-one[1], one[0]))
            )
        return facets

    def _by_document(self, rows: NDArray[np.int64]) -> list[tuple[int, int]]:
        """(number of a document, how many of the rows are its own)."""
        times = np.bincount(self.document[rows], minlength=len(self.documents))
        held = np.flatnonzero(times)
        return list(zip(held.tolist(), times[held].tolist(), strict=True))

    def _counted(self, name: str, rows: NDArray[np.int64], documents: list[tuple[int, int]]) -> dict[str, int]:
        """Value of a filter → how many of the rows, of these documents, it keeps."""
        if name == "status":
            times = np.bincount(self._status_numbers[rows], minlength=len(self._status_names))
            return dict(zip(self._status_names.tolist(), times.tolist(), strict=True))
        counts: defaultdict[str, int] = defaultdict(int)
        values = self._values[name]
        for number, here in documents:
            for value in values[number]:
                counts[value] += here
        return counts


def places_of(document: Document) -> tuple[str, ...]:
    """The names of places that a document is from, as a filter has them: its own, then the divisions around it."""
    own = place_of(document)
    around = (own, *gazetteer().ancestors(own)) if own else ()
    names = (place.name for place in around if gazetteer().resolve(place.name) == place)
    return tuple(dict.fromkeys((document.place, *names)))


VALUES: dict[str, Callable[[Document], tuple[str, ...]]] = {
    "place": places_of,
    "province": lambda document: (document.province,),
    "level": lambda document: (document.level,),
    "type": lambda document: (document.type,),
    "year": lambda document: tuple(dict.fromkeys(years_of(document))),
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

"""The list of documents: what of them is shown, in which order, page by page."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from corpus.model import Document
from search.catalogue import years_of
from web import words
from web.shelf import DocumentEntry, Shelf

Sort = Literal["", "date", "title", "place"]
#: Order → its name; the first is by source, as the library keeps them.
SORTS: dict[Sort, str] = {"": "来源先后", "date": "日期，新的在前", "title": "题名拼音", "place": "地方"}
_PER_PAGE = 50


@lru_cache(1 << 14)
def _filed(title: str) -> tuple[str, ...]:
    from pypinyin import lazy_pinyin

    return tuple(lazy_pinyin(title))


@dataclass(frozen=True, slots=True)
class Asked:
    """What a visitor asks of the list; "" for no condition."""

    find: str = ""
    province: str = ""
    level: str = ""
    type: str = ""
    year: str = ""
    source: str = ""
    sort: Sort = ""
    page: int = 1


@dataclass(frozen=True, slots=True)
class Listing:
    """``entries`` are those of the asked-for page, ``found`` counts all of ``total`` that meet the conditions. ``options``
    are the values that a filter may take; ``source`` is the name of the file that is asked for."""

    entries: tuple[DocumentEntry, ...]
    found: int
    total: int
    pages: int
    options: dict[str, list[str]]
    source: str


def listing(shelf: Shelf, asked: Asked) -> Listing:
    """The documents that are asked for. Of a source all are listed, those too that another one is shown in place of."""
    entries = list(shelf.by_source.get(asked.source, ()) if asked.source else shelf.documents.values())
    find = asked.find.strip().casefold()
    found = [
        entry
        for entry in entries
        if all(not (value := getattr(asked, name)) or getattr(entry.document, name) == value for name in _EXACT)
        and (not asked.year or asked.year in years_of(entry.document))
        and find in f"{entry.document.title}\n{entry.document.place}\n{entry.source}".casefold()
    ]
    if asked.sort:
        found.sort(key=lambda entry: entry.document.ordinal)
        found.sort(key=lambda entry: _key(entry.document, asked.sort), reverse=asked.sort == "date")
    first = (asked.page - 1) * _PER_PAGE
    return Listing(
        tuple(found[first : first + _PER_PAGE]),
        len(found),
        len(entries),
        math.ceil(len(found) / _PER_PAGE),
        _options(entry.document for entry in entries),
        entries[0].source if asked.source and entries else "",
    )


_EXACT = ("province", "level", "type")


def _key(document: Document, sort: Sort) -> tuple[object, ...]:
    if sort == "date":
        return (document.date,)
    if sort == "title":
        return _filed(document.title)
    return (not document.place_code, document.place_code, document.place)


def _options(documents: Iterable[Document]) -> dict[str, list[str]]:
    listed = list(documents)
    levels = {document.level for document in listed}
    return {
        "province": sorted({document.province for document in listed} - {""}),
        "level": [level for level in words.LEVELS if level in levels],
        "type": sorted({document.type for document in listed} - {""}),
        "year": sorted({year for document in listed for year in years_of(document)} - {""}, reverse=True),
    }

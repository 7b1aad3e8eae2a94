"""Which places did it: the answer as a page, with a map and a chart."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response

from corpus.model import ClaimStatus
from search.answers import PlaceAnswer, PlacesAnswer, PlaceSort
from search.engine import Engine
from search.queries import unplaced
from web import links, words
from web.access import CurrentEngine, CurrentQueries, CurrentShelf
from web.bars import chart
from web.shelf import Shelf
from web.taken import taken
from web.templating import page
from web.tilemap import province_anchor, tile_map

router = APIRouter()
QueryText = Annotated[str, Query(max_length=2000)]
LevelName = Annotated[Literal["", "province", "city", "county", "enterprise"], Query()]
_NEAR = 6  # names offered where nothing was found
_MAPPED = 3  # places from which a map tells more than their list
_LONGEST = 60  # characters of a topic for which names are looked up
#: Files that an answer can be taken away as.
FORMATS = {"csv": "CSV", "xlsx": "XLSX", "md": "Markdown"}


@dataclass(frozen=True, slots=True)
class Block:
    """The places of one status, by province; ``first`` are the provinces that no block before has."""

    status: ClaimStatus
    count: int
    provinces: tuple[tuple[str, tuple[PlaceAnswer, ...]], ...]
    first: frozenset[str]


def blocks(answer: PlacesAnswer) -> list[Block]:
    """The answers grouped by status (done first), then by province, both in the order of the answer."""
    found: list[Block] = []
    seen: set[str] = set()
    for status in words.CLAIM_STATUS:
        places = [place for place in answer.answers if place.status == status]
        provinces: dict[str, list[PlaceAnswer]] = {}
        for place in places:
            provinces.setdefault(place.province, []).append(place)
        if places:
            groups = tuple((name, tuple(group)) for name, group in provinces.items())
            found.append(Block(places[0].status, len(places), groups, frozenset(provinces) - seen))
            seen |= provinces.keys()
    return found


def anchor(place: str, code: str) -> str:
    """The id of a place's row, with its code, for places may share a name; spaces would end it."""
    return "-".join(("place", *place.split(), *code.split()))


@router.get("/places")
def places(
    request: Request,
    engine: CurrentEngine,
    shelf: CurrentShelf,
    queries: CurrentQueries,
    q: QueryText = "",
    level: LevelName = "",
    sort: PlaceSort = "strength",
    why: Annotated[str, Query(max_length=60)] = "",
) -> Response:
    q, why = q.strip(), why.strip()
    if not q:
        return page(request, "places.html", q="", shelf=shelf, answer=None, level=level)
    answer = engine.places(q, level, sort)
    if unplaced(answer, level):
        queries.note(q, way="places")
    return page(
        request,
        "places.html",
        q=q,
        shelf=shelf,
        answer=answer,
        taken=taken(q, "places", named=engine.asked_term(q)),
        level=level,
        sort=sort if sort != "strength" else "",
        blocks=blocks(answer),
        near=() if answer.answers else near(engine, answer),
        why=why,
        judged=engine.why(q, why, level) if why else None,
        map=tile_map(answer.answers, provinces(shelf)) if len(answer.answers) >= _MAPPED else None,
        chart=chart(answer),
        sorted_by=_sorted_by(q, level),
        formats=FORMATS,
        anchor=anchor,
        address=engine.profiler.directory.address,
        province_anchor=province_anchor,
    )


@router.get("/places/table")
def plain_table(
    request: Request, engine: CurrentEngine, q: QueryText = "", level: LevelName = "", sort: PlaceSort = "strength"
) -> Response:
    """The answer as a table to be copied into a report: a row for each place, nothing hidden in it."""
    q = q.strip()
    return page(
        request, "place_table.html", q=q, level=level, sort=sort if sort != "strength" else "",
        answer=engine.places(q, level, sort, shown=1) if q else None, formats=FORMATS,
    )  # fmt: skip


def near(engine: Engine, answer: PlacesAnswer) -> tuple[str, ...]:
    """Names in the library that resemble what was asked for; none where nothing was."""
    found: dict[str, None] = {}
    for topic in answer.topic:
        found.update(dict.fromkeys(engine.similar_terms(topic[:_LONGEST])))
    return tuple(name for name in found if len(name) > 1 and name not in answer.topic)[:_NEAR]


def provinces(shelf: Shelf) -> frozenset[str]:
    """The provinces that documents come from."""
    return frozenset(entry.document.province for entry in shelf.documents.values() if entry.document.province)


def _sorted_by(q: str, level: str) -> Callable[[str], str]:
    return lambda order: f"{links.url('/places', q=q, level=level, sort=order)}#figures"

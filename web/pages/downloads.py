"""The answer to a place question as a file: every sentence of every place, not only those that the page shows."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request, Response

from search.answers import PlacesAnswer, PlaceSort
from web import links
from web.access import CurrentEngine
from web.exports import attachment
from web.place_tables import Link, places_csv, places_markdown, places_xlsx, table

router = APIRouter()
_NAME = "gongzhi-places"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _answer(
    engine: CurrentEngine,
    q: Annotated[str, Query(min_length=1, max_length=2000)],
    level: Literal["", "province", "city", "county", "enterprise"] = "",
    sort: PlaceSort = "strength",
) -> PlacesAnswer:
    return engine.places(q, level, sort, shown=None)


def _link(request: Request) -> Link:
    """Addresses on this server, as the reader reached it."""
    base = str(request.base_url).rstrip("/")
    return lambda document_id, start, end: base + links.document(document_id, start, end)


Answer = Annotated[PlacesAnswer, Depends(_answer)]
Addresses = Annotated[Link, Depends(_link)]


@router.get("/places.csv")
def csv(answer: Answer, link: Addresses) -> Response:
    # Excel takes a CSV file for UTF-8 only where it begins with a byte order mark.
    return attachment("\ufeff" + places_csv(table(answer, link)), "text/csv; charset=utf-8", f"{_NAME}.csv")


@router.get("/places.xlsx")
def xlsx(answer: Answer, link: Addresses) -> Response:
    return attachment(places_xlsx(table(answer, link)), _XLSX, f"{_NAME}.xlsx")


@router.get("/places.md")
def markdown(answer: Answer, link: Addresses) -> Response:
    return attachment(places_markdown(answer, link), "text/markdown; charset=utf-8", f"{_NAME}.md")

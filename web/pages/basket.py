"""Chosen passages on one page: in order, with notes and citations, and as files.

Without scripts the address holds the choice; with them the browser keeps it (``static/basket.js``) and asks for its words.
"""

from collections.abc import Sequence
from typing import Annotated, get_args
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, Path, Query, Request, Response

from search.engine import Engine
from web import links
from web.access import CurrentEngine, CurrentShelf
from web.basket import (
    FILE_NAME,
    FORMATS,
    MOST_ITEMS,
    MOST_NOTE,
    MOST_TITLE,
    TITLE,
    Basket,
    Format,
    Item,
    Way,
    noted,
    printable,
)
from web.exports import attachment
from web.pages.downloads import Addresses
from web.place_tables import Link
from web.shelf import Shelf
from web.templating import page

#: Characters of an address that every browser and server takes.
LONGEST = 4000
router = APIRouter()
assert tuple(FORMATS) == get_args(Format)
_WAYS: dict[str, Way] = {way: way for way in get_args(Way)}
_Key = Annotated[str, Query(max_length=100)]
# A browser sends a line's end as two characters.
_Note = Annotated[str, Query(max_length=2 * MOST_NOTE)]


def _basket(engine: Engine, keys: Sequence[str], notes: Sequence[str], title: str) -> Basket:
    """What is chosen, each once; a note goes with the key at its place."""
    said = dict(zip(reversed(keys), reversed([*notes, *[""] * len(keys)][: len(keys)]), strict=True))
    chosen = engine.quotations(keys)
    items = tuple(Item(quotation, noted(said[quotation.key])) for quotation in chosen.found)
    return Basket(items, printable(title) or TITLE, chosen.missing)


def _addressed(
    engine: CurrentEngine,
    p: Annotated[list[_Key], Query(max_length=MOST_ITEMS)] = [],  # noqa: B006
    n: Annotated[list[_Note], Query(max_length=MOST_ITEMS)] = [],  # noqa: B006
    title: Annotated[str, Query(max_length=MOST_TITLE)] = "",
) -> Basket:
    return _basket(engine, p, n, title)


def _sent(
    engine: CurrentEngine,
    p: Annotated[list[_Key], Form(max_length=MOST_ITEMS)] = [],  # noqa: B006
    n: Annotated[list[_Note], Form(max_length=MOST_ITEMS)] = [],  # noqa: B006
    title: Annotated[str, Form(max_length=MOST_TITLE)] = "",
) -> Basket:
    return _basket(engine, p, n, title)


Addressed = Annotated[Basket, Depends(_addressed)]
Sent = Annotated[Basket, Depends(_sent)]


def address(basket: Basket, *, notes: bool = False) -> str:
    """The address of a choice; with ``notes``, of those as well."""
    query = [("p", item.quotation.key) for item in basket.items]
    if notes and any(item.note for item in basket.items):
        query += [("n", item.note) for item in basket.items]
    query += [("title", basket.title)] if basket.title != TITLE else []
    return f"/basket?{urlencode(query)}" if query else "/basket"


def _page(request: Request, basket: Basket, shelf: Shelf) -> Response:
    return page(
        request,
        "basket.html",
        basket=basket,
        shelf=shelf,
        formats=FORMATS,
        usual=TITLE,
        address=address(basket),
        most_note=MOST_NOTE,
        most_title=MOST_TITLE,
    )


@router.get("/basket")
def show(request: Request, basket: Addressed, shelf: CurrentShelf) -> Response:
    return _page(request, basket, shelf)


@router.post("/basket")
def change(
    request: Request,
    basket: Sent,
    shelf: CurrentShelf,
    do: Annotated[str, Form(pattern=r"^((up|down|top|drop)-\d{1,3}|group|save)?$")] = "",
) -> Response:
    name, _, at = do.partition("-")
    if way := _WAYS.get(name):
        basket = basket.arranged(way, int(at or 0))
    where = address(basket, notes=True)
    if not do or len(where) > LONGEST:
        return _page(request, basket, shelf)
    return Response(status_code=303, headers={"Location": where})


def _file(basket: Basket, link: Link, kind: Format) -> Response:
    if not basket.items:
        # An empty file would look like a failure of the program.
        return Response(status_code=303, headers={"Location": links.url("/basket")})
    _, media_type, write = FORMATS[kind]
    return attachment(write(basket, link), media_type, f"{FILE_NAME}.{kind}")


@router.get("/basket.{kind}")
def download(basket: Addressed, link: Addresses, kind: Annotated[Format, Path()]) -> Response:
    return _file(basket, link, kind)


@router.post("/basket.{kind}")
def download_sent(basket: Sent, link: Addresses, kind: Annotated[Format, Path()]) -> Response:
    return _file(basket, link, kind)

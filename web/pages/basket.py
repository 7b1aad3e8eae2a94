"""Chosen passages on one page: in order, with their citations, and as files. The address holds the choice."""

from collections.abc import Sequence
from typing import Annotated, get_args
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from web import links
from web.access import CurrentEngine, CurrentShelf
from web.basket import FILE_NAME, FORMATS, MOST_ITEMS, MOST_TITLE, TITLE, Basket, Format, Item, printable
from web.exports import attachment
from web.pages.downloads import Addresses
from web.templating import page

router = APIRouter()
assert tuple(FORMATS) == get_args(Format)


def _basket(
    engine: CurrentEngine,
    p: Annotated[list[Annotated[str, Query(max_length=100)]], Query(max_length=MOST_ITEMS)] = [],  # noqa: B006
    title: Annotated[str, Query(max_length=MOST_TITLE)] = "",
) -> Basket:
    chosen = engine.quotations(p)
    items = tuple(Item(quotation) for quotation in chosen.found)
    return Basket(items, printable(title) or TITLE, chosen.missing)


Chosen = Annotated[Basket, Depends(_basket)]


class Order:
    """Addresses of the same page with the choice changed."""

    def __init__(self, basket: Basket) -> None:
        self._ids = [item.quotation.passage_id for item in basket.items]
        self._title = basket.title if basket.title != TITLE else ""

    def url(self, ids: Sequence[str], path: str = "/basket") -> str:
        """The address of a choice."""
        query = [("p", passage_id) for passage_id in ids] + ([("title", self._title)] if self._title else [])
        return f"{path}?{urlencode(query)}" if query else path

    def file(self, name: str) -> str:
        """The address of the whole choice as a file."""
        return self.url(self._ids, f"/basket.{name}")

    def without(self, at: int) -> str:
        """Without the passage at ``at``."""
        return self.url(self._ids[:at] + self._ids[at + 1 :])

    def earlier(self, at: int) -> str:
        """With the passage at ``at`` one place further up."""
        ids = list(self._ids)
        ids[at - 1], ids[at] = ids[at], ids[at - 1]
        return self.url(ids)


@router.get("/basket")
def show(request: Request, basket: Chosen, shelf: CurrentShelf) -> Response:
    return page(request, "basket.html", basket=basket, order=Order(basket), shelf=shelf, formats=FORMATS, usual=TITLE)


@router.get("/basket.{kind}")
def download(basket: Chosen, link: Addresses, kind: Annotated[Format, Path()]) -> Response:
    if not basket.items:
        # An empty file would look like a failure of the program.
        return Response(status_code=303, headers={"Location": links.url("/basket")})
    _, media_type, write = FORMATS[kind]
    return attachment(write(basket, link), media_type, f"{FILE_NAME}.{kind}")

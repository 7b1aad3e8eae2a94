"""The front page and the page about how answers are made."""

from fastapi import APIRouter, Request, Response

from web.access import CurrentShelf
from web.templating import page

router = APIRouter()


@router.get("/")
def home(request: Request, shelf: CurrentShelf) -> Response:
    return page(request, "home.html", shelf=shelf)


@router.get("/about")
def about(request: Request, shelf: CurrentShelf) -> Response:
    return page(request, "about.html", shelf=shelf)

"""The page that explains the API, made from the OpenAPI document."""

from fastapi import APIRouter, Request, Response

from web import apidoc
from web.templating import page

router = APIRouter()


@router.get("/api")
def api(request: Request) -> Response:
    chapters = apidoc.chapters(request.app.openapi(), f"{request.url.scheme}://{request.url.netloc}")
    return page(request, "api.html", chapters=chapters, count=sum(len(chapter.operations) for chapter in chapters))

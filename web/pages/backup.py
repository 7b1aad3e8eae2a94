"""The page from which a backup of the library is downloaded."""

from datetime import datetime
from typing import BinaryIO

from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from corpus.errors import GongzhiError
from corpus.model import Document, Edit, Source, Term
from corpus.store import FILE_NAME
from web.access import CurrentDesk
from web.archive import chunks, packed
from web.desk import Desk
from web.errors import RequestError
from web.pages.manage import LOGGED_IN, manage_page

router = APIRouter(prefix="/manage/backup")


class _Sent(StreamingResponse):
    """A backup that is closed however sending it ends: a generator that never began would leave it open."""

    def __init__(self, file: BinaryIO, headers: dict[str, str]) -> None:
        super().__init__(chunks(file), media_type="application/zip", headers=headers)
        self._file = file

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._file.close()


def _overview(request: Request, desk: Desk, status: int = 200, problem: str = "") -> Response:
    folder = request.app.state.library.folder
    with desk.opened() as store:
        counts = {cls: store.count(cls) for cls in (Source, Document, Term, Edit)}
    return manage_page(
        request,
        "manage_backup.html",
        status,
        size=(folder / FILE_NAME).stat().st_size,
        sources=counts[Source],
        documents=counts[Document],
        terms=counts[Term],
        edits=counts[Edit],
        can=request.app.state.archive is not None,
        problem=problem,
    )


@router.get("", dependencies=[LOGGED_IN])
def overview(request: Request, desk: CurrentDesk) -> Response:
    return _overview(request, desk)


@router.get("/download", dependencies=[LOGGED_IN])
def download(request: Request, desk: CurrentDesk) -> Response:
    archive = request.app.state.archive
    if archive is None:
        return _overview(request, desk, 404)
    try:
        file, size = packed(archive, request.app.state.library.folder)
    except RequestError as error:
        return _overview(request, desk, error.status_code, error.detail)
    except GongzhiError as error:
        return _overview(request, desk, 503, str(error))
    headers = {
        "Content-Length": str(size),
        "Content-Disposition": f'attachment; filename="gongzhi-{datetime.now():%Y%m%d-%H%M%S}.zip"',
        "Cache-Control": "no-store",
    }
    return _Sent(file, headers)

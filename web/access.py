"""What routes depend on: the engine and the shelf of the library as it is at the time of the request; who may write.

What takes no time is asked for where the request is read; a thread is taken only where there is something to wait for.
"""

from typing import Annotated

from anyio import to_thread
from fastapi import Depends, Request, Response
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from search.engine import Engine
from search.library import Library
from search.queries import QueryLog
from web.answerers import Answerers
from web.answering import Question, prepared
from web.desk import Desk
from web.errors import ManagementOff, TokenWrong, TooManyAttempts
from web.gate import Gate
from web.shelf import Shelf
from web.shelves import Shelves


async def current_engine(request: Request) -> Engine:
    """The engine of the library as it is now."""
    library: Library = request.app.state.library
    engine = library.current()
    return await to_thread.run_sync(library.engine) if engine is None else engine


CurrentEngine = Annotated[Engine, Depends(current_engine)]


async def _shelf(request: Request, engine: CurrentEngine) -> Shelf:
    shelves: Shelves = request.app.state.shelves
    shelf = shelves.made(engine)
    return await to_thread.run_sync(shelves.of, engine) if shelf is None else shelf


CurrentShelf = Annotated[Shelf, Depends(_shelf)]


async def _desk(request: Request) -> Desk:
    desk: Desk = request.app.state.desk
    return desk


CurrentDesk = Annotated[Desk, Depends(_desk)]


async def _queries(request: Request) -> QueryLog:
    queries: QueryLog = request.app.state.queries
    return queries


CurrentQueries = Annotated[QueryLog, Depends(_queries)]


async def answered(request: Request, question: Question) -> Response:
    """The answer to a question, by a process beside this one where there is one, else by this one."""
    state = request.app.state
    packs = "gzip" in request.headers.get("Accept-Encoding", "")
    answerers: Answerers | None = state.answerers
    made = await answerers.ask(question, packs) if answerers is not None else None
    if made is None:
        engine = await current_engine(request)
        made = await to_thread.run_sync(prepared, question, engine, packs, limiter=state.turns)
    if made.unsure:
        state.queries.note(question.q, way=made.unsure, found=made.found)
    packed = {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"} if made.packed else None
    return Response(made.body, headers=packed, media_type="application/json")


async def _gate(request: Request) -> Gate:
    gate: Gate = request.app.state.gate
    if not gate.enabled:
        raise ManagementOff
    return gate


CurrentGate = Annotated[Gate, Depends(_gate)]
_bearer = HTTPBearer(auto_error=False, scheme_name="管理口令", description="环境变量 GONGZHI_TOKEN 的值")


def admit(gate: Gate, request: Request, offered: str) -> bool:
    """True where the token is right. Raises TooManyAttempts."""
    address = request.client.host if request.client else ""
    if wait := gate.wait(address):
        raise TooManyAttempts(wait)
    return gate.admits(address, offered)


def writer(
    request: Request, gate: CurrentGate, offered: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]
) -> None:
    """Lets a program pass that bears the token. Raises ManagementOff, TokenWrong, TooManyAttempts."""
    # Header bytes are read as Latin-1; what people set in the environment is UTF-8.
    token = offered.credentials.encode("latin-1", "replace").decode("utf-8", "replace") if offered else ""
    if not token or not admit(gate, request, token):
        raise TokenWrong

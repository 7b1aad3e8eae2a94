"""What routes depend on: the engine and the shelf of the library as it is at the time of the request; who may write."""

from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from search.engine import Engine
from search.queries import QueryLog
from web.desk import Desk
from web.errors import ManagementOff, TokenWrong, TooManyAttempts
from web.gate import Gate
from web.shelf import Shelf


def _engine(request: Request) -> Engine:
    engine: Engine = request.app.state.library.engine()
    return engine


CurrentEngine = Annotated[Engine, Depends(_engine)]


def _shelf(request: Request, engine: CurrentEngine) -> Shelf:
    shelf: Shelf = request.app.state.shelves.of(engine)
    return shelf


CurrentShelf = Annotated[Shelf, Depends(_shelf)]


def _desk(request: Request) -> Desk:
    desk: Desk = request.app.state.desk
    return desk


CurrentDesk = Annotated[Desk, Depends(_desk)]


def _queries(request: Request) -> QueryLog:
    queries: QueryLog = request.app.state.queries
    return queries


CurrentQueries = Annotated[QueryLog, Depends(_queries)]


def _gate(request: Request) -> Gate:
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

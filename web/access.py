"""What routes depend on: the engine and the shelf of the library as it is at the time of the request."""

from typing import Annotated

from fastapi import Depends, Request

from search.engine import Engine
from web.shelf import Shelf


def _engine(request: Request) -> Engine:
    engine: Engine = request.app.state.library.engine()
    return engine


CurrentEngine = Annotated[Engine, Depends(_engine)]


def _shelf(request: Request, engine: CurrentEngine) -> Shelf:
    shelf: Shelf = request.app.state.shelves.of(engine)
    return shelf


CurrentShelf = Annotated[Shelf, Depends(_shelf)]

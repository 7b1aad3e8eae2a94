"""The web application: routes, middleware and error pages put together around one library."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from anyio import CapacityLimiter, to_thread
from fastapi import FastAPI
from fastapi.middleware.gzip import GZipMiddleware
from fastapi.staticfiles import StaticFiles

from search.embedders import Embedder
from search.library import Library
from search.models import Models
from search.queries import QueryLog
from web import (
    api,
    changes,
    choosing,
    counting,
    edits,
    excerpts,
    exports,
    matrix,
    occurrences,
    openapi,
    pages,
    place_profile,
    precedents,
    problems,
    sources,
    summary,
    teaching,
)
from web.answerers import Answerers
from web.answering import LEVEL, SMALLEST_PACKED
from web.archive import Archive
from web.desk import Desk
from web.drafts import DraftReader
from web.gate import Gate
from web.hosts import HostGuard, Hosts
from web.intake import Intake
from web.metrics import Metrics, MetricsMiddleware
from web.security import BodyLimit, HeadRequests, SecurityHeaders
from web.shelves import Shelves
from web.summary import Summariser

_STATIC = Path(__file__).with_name("static")
_TURNS = 2  # questions that this process answers at a time: more only take the interpreter away from each other


class Application(FastAPI):
    """FastAPI whose schema is the one of ``web.openapi``."""

    def openapi(self) -> dict[str, Any]:
        if self.openapi_schema is None:
            self.openapi_schema = openapi.build(self.title, self.routes)
        return self.openapi_schema


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    if app.state.answerers is not None:
        app.state.answerers.start()
    yield
    if app.state.answerers is not None:
        await app.state.answerers.close()
    await to_thread.run_sync(app.state.shelves.close)
    if app.state.intake is not None:
        await to_thread.run_sync(app.state.intake.close)
    app.state.queries.close()
    app.state.library.close()


def create_app(
    folder: Path,
    embedder: Embedder | None = None,
    *,
    token: str = "",
    models: Models | None = None,
    drafts: DraftReader | None = None,
    intake: Intake | None = None,
    summariser: Summariser | None = None,
    archive: Archive | None = None,
    keep_queries: bool = True,
    answerers: Answerers | None = None,
    hosts: Hosts | None = None,
) -> FastAPI:
    """The application that answers from the library in ``folder``; a change of the library is taken up by itself.

    Without an ``embedder`` the one that ``models`` gives for the library is used. Whoever has the ``token`` may correct
    documents; without one nobody may. ``drafts`` reads files that are sent along as drafts, ``intake`` those that are to
    go into the library; without them none are taken. ``summariser`` writes summaries; without it there are none, and
    nothing ever goes out. ``archive`` makes backups. ``keep_queries`` keeps what had no sure answer (see
    ``search.queries``). ``answerers`` are processes that answer beside this one. ``hosts`` are the names that requests
    may call the server by, without them any. Raises the errors of ``corpus.errors`` where there is no library that can
    be read, and a SearchError where a model can't be opened.
    """
    # Swagger's and ReDoc's pages load scripts from a CDN, so there are none.
    app = Application(title="工知", docs_url=None, redoc_url=None, lifespan=_lifespan)
    app.state.library = Library(folder, embedder, models)
    app.state.shelves = Shelves()
    app.state.library.swapped = app.state.shelves.prepare
    app.state.metrics = Metrics()
    app.state.desk = Desk(folder)
    app.state.gate = Gate(token)
    app.state.queries = QueryLog(folder, kept=keep_queries)
    app.state.drafts = drafts
    app.state.intake = intake
    app.state.summariser = summariser
    app.state.allowance = summary.allowance()
    app.state.archive = archive
    app.state.answerers = answerers
    app.state.turns = CapacityLimiter(_TURNS)
    #: True from when the server is told to stop: answers that go on for long end then.
    app.state.stopping = lambda: False
    app.include_router(edits.router)  # before the route that takes any label
    app.include_router(changes.router)
    app.include_router(teaching.router)
    app.include_router(sources.router)
    app.include_router(occurrences.router)
    app.include_router(api.router)
    app.include_router(excerpts.router)
    app.include_router(counting.router)
    app.include_router(choosing.router)
    app.include_router(precedents.router)
    app.include_router(matrix.router)
    app.include_router(place_profile.router)
    app.include_router(exports.router)
    app.include_router(summary.router)
    app.include_router(pages.router)
    app.mount("/static", StaticFiles(directory=_STATIC))
    problems.install(app)
    # The last added is the outermost.
    app.add_middleware(HostGuard, hosts=hosts)
    app.add_middleware(BodyLimit)
    app.add_middleware(SecurityHeaders)
    app.add_middleware(GZipMiddleware, minimum_size=SMALLEST_PACKED, compresslevel=LEVEL)
    app.add_middleware(MetricsMiddleware, metrics=app.state.metrics)
    app.add_middleware(HeadRequests)
    return app

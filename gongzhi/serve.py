"""Running the web server."""

import os
import socket
from collections.abc import Iterable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.model import Passage
from corpus.store import Store
from corpus.unswept import unswept
from gongzhi.drafts import upload_text
from gongzhi.errors import PortInUse
from gongzhi.forking import context
from gongzhi.settings import allowed_hosts, backend, keeps_queries, limits, models, summariser, token

if TYPE_CHECKING:
    from fastapi import FastAPI

    from search.library import Library
    from search.models import Asked

# Without being asked for, processes are started beside the server up to so many passages, and so many of them.
_SMALL, _MOST = 50_000, 4


def listening(host: str, port: int) -> socket.socket:
    """A listening socket, taken before anything else starts. Raises PortInUse."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio turns off Nagle's algorithm only where the socket names its protocol; with it on, each answer over a kept
    # connection waits 40 ms for the client's delayed acknowledgement.
    bound = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((host, port))
        # From here on the system queues requests until the library is loaded: a browser waits instead of failing.
        bound.listen(128)
    except OSError as error:
        bound.close()
        raise PortInUse(host, port, error.strerror or str(error)) from error
    return bound


def answering(folder: Path) -> int:
    """How many processes pay: one for each core that we may use, a few at most; none where there is but one core, or where
    the library is so large that each would hold much of it in memory."""
    with Store.open(folder) as store:
        small = store.count(Passage) <= _SMALL
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(cores, _MOST) if small and cores > 1 else 0


def opened(folder: Path, asked: "Asked") -> "Library":
    """The library as a process beside the server opens it."""
    from search.library import Library
    from search.models import Models

    return Library(folder, models=Models(asked))


def application(folder: Path, count: int, hosts: Iterable[str]) -> "FastAPI":
    """The application as it is served, with ``count`` processes beside it; the first of ``hosts`` is where it listens, the
    others are further names to answer to."""
    from gongzhi.backup import backup
    from gongzhi.intake import LibraryIntake
    from web.answerers import Answerers
    from web.app import create_app
    from web.hosts import Hosts

    listening, *others = hosts
    chosen = models()
    beside = partial(context, ["web.answerers", "gongzhi.serve"])
    return create_app(
        folder,
        token=token(),
        models=chosen,
        drafts=upload_text,
        intake=LibraryIntake(folder, limits()),
        summariser=summariser(),
        archive=lambda file: backup(folder, file).size,
        keep_queries=keeps_queries(),
        answerers=Answerers(count, partial(opened, folder, chosen.asked), beside) if count else None,
        hosts=Hosts(listening, (*others, *allowed_hosts())),
    )


def run(folder: Path, host: str, port: int, workers: int | None = None, allowed: Iterable[str] = ()) -> None:
    """Serve the library in ``folder`` until interrupted; port 0 takes a free one. ``workers`` processes answer beside the
    server, as many as pay where no number is given; ``allowed`` are further names to answer to. Raises LibraryError."""
    # Where passages are in a backend, it does the work; an embedded one can't be opened by several processes.
    elsewhere = backend() is not None
    most = 0 if elsewhere else answering(folder)
    bound = listening(host, port)
    # Requests already run in threads of their own; on small matrices those of the algebra library only wait for each other.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    shown = f"[{host}]" if ":" in host else host
    click.echo(f"工知已在 http://{shown}:{bound.getsockname()[1]} 启动，按 Ctrl-C 停止。")
    if token():
        click.echo("管理页已启用，在 /manage，用 GONGZHI_TOKEN 的值登录。")
    with unswept():
        import uvicorn

        app = application(folder, most if workers is None or elsewhere else workers, (host, *allowed))
    if app.state.summariser:
        click.echo(f"归纳已启用：在结果页按“归纳本页”，会把那一页的原文发给 {app.state.summariser.host}。")
    if notice := app.state.library.engine().notice:
        click.echo(notice, err=True)
    app.state.shelves.prepare(app.state.library.engine())
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", server_header=False))
    app.state.stopping = lambda: server.should_exit
    with suppress(KeyboardInterrupt):  # Ctrl-C is how serving ends, as the line above says
        server.run(sockets=[bound])

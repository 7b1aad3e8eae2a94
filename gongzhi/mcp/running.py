"""Running the MCP server until it is told to stop."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import click

from gongzhi.mcp.server import build
from gongzhi.serve import listening
from gongzhi.settings import models
from search.library import Library

HOST = "127.0.0.1"


@contextmanager
def _opened(folder: Path) -> Iterator[Library]:
    # Questions run in threads of their own; on small matrices those of the algebra library only wait for each other.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    library = Library(folder, models=models())
    if notice := library.engine().notice:
        click.echo(notice, err=True)
    try:
        yield library
    finally:
        library.close()


def over_stdio(folder: Path) -> None:
    """Serve the assistant that started this process. Raises what opening the library raises."""
    with _opened(folder) as library, suppress(KeyboardInterrupt):
        build(library).run("stdio")


def over_http(folder: Path, port: int) -> None:
    """Serve assistants of this machine on a port of the loopback address; port 0 takes a free one. There is no login, so
    no other address is offered, and requests that name another host are refused. Raises PortInUse."""
    bound = listening(HOST, port)

    import uvicorn

    with _opened(folder) as library:
        app = build(library).streamable_http_app(stateless_http=True, json_response=True, host=HOST)
        click.echo(
            f"工知的 MCP 服务已在 http://{HOST}:{bound.getsockname()[1]}/mcp 启动，只收本机的请求，按 Ctrl-C 停止。"
        )
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", server_header=False))
        with suppress(KeyboardInterrupt):
            server.run(sockets=[bound])

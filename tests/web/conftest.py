"""A small library made by the real pipeline from reports/: real place names, every sentence invented for the tests."""

import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn
from fastapi import FastAPI
from starlette.testclient import TestClient

from gongzhi.backup import backup
from gongzhi.build import ingest
from gongzhi.intake import LibraryIntake
from ingest.limits import DEFAULTS
from web.app import create_app

REPORTS = Path(__file__).with_name("reports")
LAMPS = Path(__file__).with_name("lamps")


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("library")
    ingest(folder, [REPORTS])
    return folder


@pytest.fixture(scope="session")
def client(library: Path) -> Iterator[TestClient]:
    with TestClient(create_app(library, keep_queries=False), raise_server_exceptions=False) as client:
        yield client


@pytest.fixture(scope="session")
def lamps_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two reports in which names have several meanings, parts and look-alikes."""
    folder = tmp_path_factory.mktemp("lamps")
    ingest(folder, [LAMPS])
    return folder


@pytest.fixture(scope="session")
def lamps(lamps_library: Path) -> Iterator[TestClient]:
    with TestClient(create_app(lamps_library, keep_queries=False), raise_server_exceptions=False) as client:
        yield client


@pytest.fixture(scope="session")
def document_ids(client: TestClient) -> dict[str, str]:
    """Place → document id."""
    return {row["place"]: row["id"] for row in client.get("/api/documents").json()["documents"]}


@pytest.fixture(scope="session")
def token() -> str:
    return "试用的口令1234"


@pytest.fixture(scope="session")
def bearer(token: str) -> dict[str, bytes]:
    """The header that a program sends."""
    return {"Authorization": f"Bearer {token}".encode()}


@pytest.fixture
def visitor(library: Path, tmp_path: Path, token: str) -> Iterator[TestClient]:
    """A browser at a server with a token, on a copy of the library; not yet logged in."""
    app = create_app(shutil.copytree(library, tmp_path / "library"), token=token)
    with TestClient(app, raise_server_exceptions=False, headers={"Sec-Fetch-Site": "same-origin"}) as client:
        yield client


@pytest.fixture(scope="session")
def site(library: Path) -> Iterator[str]:
    """The address of a running server."""
    with serving(create_app(library, keep_queries=False)) as address:
        yield address


@pytest.fixture(scope="session")
def lamps_site(lamps_library: Path) -> Iterator[str]:
    """The address of a server of the two reports about lamps."""
    with serving(create_app(lamps_library, keep_queries=False)) as address:
        yield address


@pytest.fixture(scope="session")
def managed_site(library: Path, token: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running server with a token, on a copy of the library, to which files may be sent."""
    copy = shutil.copytree(library, tmp_path_factory.mktemp("managed") / "library")
    with serving(managed(copy, token)) as address:
        yield address


def managed(folder: Path, token: str) -> FastAPI:
    """The application with all that whoever keeps the library may do."""
    return create_app(
        folder, token=token, intake=LibraryIntake(folder, DEFAULTS), archive=lambda file: backup(folder, file).size
    )


@contextmanager
def serving(app: FastAPI) -> Iterator[str]:
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", ws="none"))
    app.state.stopping = lambda: server.should_exit
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join()
    listening.close()

"""A small library made by the real pipeline from reports/: real place names, every sentence invented for the tests."""

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from starlette.testclient import TestClient

from gongzhi.build import ingest
from web.app import create_app

REPORTS = Path(__file__).with_name("reports")


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("library")
    ingest(folder, [REPORTS])
    return folder


@pytest.fixture(scope="session")
def client(library: Path) -> Iterator[TestClient]:
    with TestClient(create_app(library), raise_server_exceptions=False) as client:
        yield client


@pytest.fixture(scope="session")
def document_ids(client: TestClient) -> dict[str, str]:
    """Place → document id."""
    return {row["place"]: row["id"] for row in client.get("/api/documents").json()["documents"]}


@pytest.fixture(scope="session")
def site(library: Path) -> Iterator[str]:
    """The address of a running server."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(create_app(library), log_level="error", ws="none"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join()
    listening.close()

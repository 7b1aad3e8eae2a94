"""The names that the server answers to: a page of another site must not read it by a name of its own."""

import socket
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from web.app import create_app
from web.hosts import Hosts
from web.security import HEADERS

MACHINE = socket.gethostname()


@pytest.mark.parametrize(
    ("listening", "host", "known"),
    [
        ("127.0.0.1", "127.0.0.1:8000", True),
        ("127.0.0.1", "localhost:8000", True),
        ("127.0.0.1", "LOCALHOST", True),
        ("127.0.0.1", "localhost.:8000", True),
        ("127.0.0.1", "127.0.0.53", True),
        ("127.0.0.1", "[::1]:8000", True),
        ("127.0.0.1", "gongzhi.localhost:8000", True),
        ("127.0.0.1", "", True),
        ("127.0.0.1", "evil.example", False),
        ("127.0.0.1", "localhost.evil.example", False),
        ("127.0.0.1", "127.0.0.1.evil.example:8000", False),
        ("127.0.0.1", "192.168.1.5:8000", False),
        ("127.0.0.1", "0.0.0.0", False),
        ("127.0.0.1", MACHINE + ".evil.example", False),
        ("192.168.1.5", "192.168.1.5:8000", True),
        ("192.168.1.5", "192.168.1.6:8000", False),
        ("union.example", "union.example:8000", True),
        ("0.0.0.0", "192.168.1.5:8000", True),
        ("0.0.0.0", "[fe80::1]:8000", True),
        ("0.0.0.0", f"{MACHINE}:8000", True),
        ("0.0.0.0", "evil.example", False),
        ("::", "[2001:db8::5]:8000", True),
        ("::1", "[::1]:8000", True),
    ],
)
def test_names(listening: str, host: str, known: bool) -> None:
    assert Hosts(listening).know(host) is known


@pytest.mark.parametrize(
    ("allowed", "host", "known"),
    [
        ("docs.example", "docs.example", True),
        ("Docs.Example:8000", "docs.example:8000", True),
        ("docs.example", "sub.docs.example", False),
        ("*.example", "docs.example", True),
        ("*.example", "a.docs.example:80", True),
        ("*.example", "example", False),
        ("*.example", "badexample", False),
        ("*", "anything.at.all", True),
        ("2001:db8::5", "[2001:db8::5]:8000", True),
        (" ", "evil.example", False),
    ],
)
def test_names_that_are_allowed(allowed: str, host: str, known: bool) -> None:
    assert Hosts("127.0.0.1", [allowed]).know(host) is known


@pytest.fixture(scope="module")
def guarded(library: Path) -> TestClient:
    app = create_app(library, keep_queries=False, hosts=Hosts("127.0.0.1", ["docs.example"]))
    return TestClient(app, base_url="http://evil.example", raise_server_exceptions=False)


@pytest.mark.parametrize("path", ["/api/documents", "/api/search?q=职工", "/openapi.json", "/healthz", "/metrics"])
def test_a_program_is_told_in_a_problem(guarded: TestClient, path: str) -> None:
    answer = guarded.get(path)
    assert answer.status_code == 421
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["title"] == "主机名不对"
    assert "evil.example" in answer.json()["detail"] and "--allow-host" in answer.json()["detail"]
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS


@pytest.mark.parametrize("path", ["/", "/static/base.css", "/no/such/page"])
def test_a_reader_is_told_on_a_page_that_shows_nothing_of_the_library(guarded: TestClient, path: str) -> None:
    answer = guarded.get(path)
    assert answer.status_code == 421
    assert "主机名不对" in answer.text


def test_a_name_that_is_allowed_is_answered(guarded: TestClient) -> None:
    assert guarded.get("/healthz", headers={"Host": "docs.example:8000"}).status_code == 200
    assert guarded.get("/healthz", headers={"Host": "localhost:8000"}).status_code == 200


def test_markup_in_a_name_stays_text(guarded: TestClient) -> None:
    assert "<script>" not in guarded.get("/", headers={"Host": "<script>alert(1)</script>"}).text

"""Processes that answer beside the server: the same answers, a change taken up, one that is killed."""

import asyncio
import os
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from gongzhi.build import remove
from gongzhi.forking import context
from gongzhi.serve import answering, opened
from search.models import Asked
from search.queries import FILE_NAME
from web.answerers import Answerers
from web.app import create_app

QUERIES = ["灯下三问", "职工服务", "晌午头塞冰棍", "“职工”", "地方:荆州 服务", ""]


def until(holds: Callable[[], bool]) -> None:
    """Wait until something holds, a minute at most."""
    ends = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < ends, "nothing came of it"
        time.sleep(0.05)


def beside(client: TestClient) -> Answerers:
    found: Answerers = client.app.state.answerers  # type: ignore[attr-defined]
    return found


def processes(client: TestClient) -> list[int]:
    """The ids of the processes that answer."""
    return [process.pid for process in beside(client).processes if process.pid is not None]


def body(client: TestClient, path: str, **said: object) -> tuple[int, dict[str, object], dict[str, str]]:
    answer = client.get(path, params=said)  # type: ignore[arg-type]
    data = answer.json()
    data.pop("took_ms", None)
    return answer.status_code, data, {k: v for k, v in answer.headers.items() if k != "content-length"}


@pytest.fixture
def client(library: Path, tmp_path: Path) -> Iterator[TestClient]:
    """A server with one process beside it, on a copy of the library."""
    folder = shutil.copytree(library, tmp_path / "library")
    answerers = Answerers(1, partial(opened, folder, Asked()), partial(context, ["web.answerers"]))
    with TestClient(create_app(folder, answerers=answerers), raise_server_exceptions=False) as client:
        until(lambda: answerers.ready == 1)
        yield client


def test_answers_are_those_of_the_server_itself(client: TestClient, library: Path) -> None:
    with TestClient(create_app(library, keep_queries=False), raise_server_exceptions=False) as alone:
        for query in QUERIES:
            for encoding in ("gzip", "identity"):
                alone.headers["Accept-Encoding"] = client.headers["Accept-Encoding"] = encoding
                said = {"q": query, "k": 3}
                assert body(client, "/api/search", **said) == body(alone, "/api/search", **said)
                assert body(client, "/api/places", q=query) == body(alone, "/api/places", q=query)
    assert "gongzhi_answerers 1" in client.get("/metrics").text


def test_queries_in_vain_are_kept(client: TestClient) -> None:
    client.get("/api/search", params={"q": "晌午头塞冰棍"})
    client.app.state.queries.close()  # type: ignore[attr-defined]
    assert (client.app.state.library.folder / FILE_NAME).exists()  # type: ignore[attr-defined]


def test_a_change_is_taken_up(client: TestClient) -> None:
    before = client.get("/api/search", params={"q": "职工"}).json()["total"]
    folder = client.app.state.library.folder  # type: ignore[attr-defined]
    source = client.get("/api/documents").json()["documents"][0]["source"]
    remove(folder, source)
    assert before > client.get("/api/search", params={"q": "职工"}).json()["total"]


def test_one_that_is_killed_is_missed_by_nobody_and_replaced(client: TestClient) -> None:
    (before,) = processes(client)
    os.kill(before, signal.SIGKILL)
    assert client.get("/api/search", params={"q": "职工"}).status_code == 200
    until(lambda: beside(client).ready == 1 and processes(client) != [before])
    assert client.get("/api/search", params={"q": "职工"}).status_code == 200


def test_they_end_with_the_server(library: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(library, tmp_path / "library")
    answerers = Answerers(1, partial(opened, folder, Asked()), partial(context, ["web.answerers"]))
    with TestClient(create_app(folder, answerers=answerers)) as client:
        until(lambda: answerers.ready == 1)
        (process,) = answerers.processes
    assert process.exitcode == 0
    assert client.app.state.answerers.ready == 0  # type: ignore[attr-defined]


def test_a_server_that_stops_at_once_waits_for_none(library: Path) -> None:
    answerers = Answerers(1, partial(opened, library, Asked()), partial(context, ["web.answerers"]))
    with TestClient(create_app(library, keep_queries=False, answerers=answerers)) as client:
        assert client.get("/healthz").status_code == 200
    assert not answerers.processes and not answerers.ready


@pytest.mark.parametrize(("cores", "small", "processes"), [(1, 9999, 0), (2, 9999, 2), (64, 9999, 4), (4, 1, 0)])
def test_how_many_are_started(
    library: Path, monkeypatch: pytest.MonkeyPatch, cores: int, small: int, processes: int
) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda pid: set(range(cores)), raising=False)
    monkeypatch.setattr("gongzhi.serve._SMALL", small)
    assert answering(library) == processes


def test_nobody_is_asked_where_there_is_nobody(library: Path) -> None:
    async def asked() -> object:
        from search.answers import Filters
        from web.answering import SearchQuestion

        question = SearchQuestion("职工", 1, "hybrid", Filters(), 0, False)
        return await Answerers(1, partial(opened, library, Asked()), partial(context, [])).ask(question, False)

    assert asyncio.run(asked()) is None

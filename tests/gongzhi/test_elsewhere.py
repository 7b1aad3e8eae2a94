"""A backend is asked for before anything is read, and what did not reach it is brought by the next run."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

pytest.importorskip("pymilvus", reason="需要 milvus 附加包")

from corpus.model import Document
from corpus.store import Store
from gongzhi.build import INDEXING, ingest
from gongzhi.doctor import examine
from gongzhi.elsewhere import opened
from gongzhi.errors import NotBrought
from gongzhi.settings import engine, models
from milvus_server import Server
from search.backends import bringing
from search.backends.interface import Parcel
from search.errors import BackendUnreachable
from web.app import create_app

TEXT = "{0}市总工会工作总结\n一、关爱职工\n{0}市总工会盛夏时节为露天岗位开展送清凉三百余场，惠及工友两万名。\n"


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    running = Server(tmp_path / "server")
    monkeypatch.setenv("GONGZHI_BACKEND", "milvus")
    monkeypatch.setenv("GONGZHI_MILVUS_URI", running.uri)
    monkeypatch.setenv("GONGZHI_MILVUS_TIMEOUT", "1")
    yield running
    running.kill()


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "文件"
    folder.mkdir()
    for place in ("宜昌", "荆州"):
        (folder / f"{place}.txt").write_text(TEXT.format(place), "utf-8")
    return folder


def found(library: Path) -> int:
    opened = engine(library)
    try:
        return opened.search("送清凉").total
    finally:
        opened.close()


def test_a_server_that_fails_and_comes_back(
    server: Server, files: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = tmp_path / "library"
    server.kill()
    with pytest.raises(BackendUnreachable):
        ingest(library, [files], progress=lambda stage, *_: pytest.fail(stage))
    assert not library.exists()
    server.start()

    def fail(stage: str, done: int, total: int) -> None:
        if stage == INDEXING:
            server.kill()

    with pytest.raises(NotBrought, match=r"本机的资料库已经写好.*连不上.*再运行一次"):
        ingest(library, [files], progress=fail)
    with Store.open(library) as store:
        assert store.count(Document) == 2
    server.start()
    assert ingest(library, [files]).counts == {"unchanged": 2}
    assert found(library) == 2 and examine(library) == []
    # What is there already is not compared again.
    monkeypatch.setattr(bringing, "bring", lambda *_: pytest.fail("brought again"))
    assert ingest(library, [files]).counts == {"unchanged": 2}


def test_only_what_differs_is_brought(
    server: Server, files: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library, brought = tmp_path / "library", list[int]()
    ingest(library, [files])
    bring = bringing.bring

    def counted(*given: Any) -> int:
        brought.append(bring(*given))
        return brought[-1]

    monkeypatch.setattr(bringing, "bring", counted)
    (files / "襄阳.txt").write_text(TEXT.format("襄阳"), "utf-8")
    ingest(library, [files])
    (files / "宜昌.txt").unlink()
    ingest(library, [files], mirror=True)
    assert brought == [1, 1] and found(library) == 2 and examine(library) == []


def test_documents_of_the_same_edition_are_not_compared(
    server: Server, files: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library, compared = tmp_path / "library", list[str]()
    ingest(library, [files])
    mark = bringing.mark

    def counted(parcel: Parcel) -> str:
        compared.append(parcel.document.place)
        return mark(parcel)

    monkeypatch.setattr(bringing, "mark", counted)
    (files / "襄阳.txt").write_text(TEXT.format("襄阳"), "utf-8")
    ingest(library, [files])
    assert compared == ["襄阳市"]
    # A file that moved is another source; what it says is the same.
    (files / "宜昌.txt").rename(files / "夷陵.txt")
    ingest(library, [files], mirror=True)
    assert compared[1:] == ["宜昌市"] and examine(library) == []
    # What was noted says nothing of a database that has lost, or been given, something since.
    with Store.open(library) as store, opened(store, models()) as backend:
        assert backend is not None
        backend.remove([store.select(Document)[0].id])
    compared.clear()
    ingest(library, [files])
    assert sorted(compared) == sorted(["宜昌市", "荆州市", "襄阳市"]) and found(library) == 3


def test_a_draft_is_compared_with_what_is_elsewhere(
    server: Server, files: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The wording is known here, the passages are there."""
    library = tmp_path / "library"
    ingest(library, [files])
    draft = "盛夏时节为露天岗位开展送清凉三百余场，惠及工友两万名。"
    told = []
    for backend in ("milvus", "local"):
        monkeypatch.setenv("GONGZHI_BACKEND", backend)
        opened = engine(library)
        assert opened.size == 2
        told.append(opened.precedents(draft))
        opened.close()
    there, here = told
    assert there.overlaps == here.overlaps and len(here.overlaps) == 1


def test_pages_say_that_the_database_does_not_answer(server: Server, files: Path, tmp_path: Path) -> None:
    ingest(tmp_path / "library", [files])
    with TestClient(create_app(tmp_path / "library", models=models()), raise_server_exceptions=False) as client:
        assert client.get("/api/search", params={"q": "送清凉"}).json()["total"] == 2
        server.kill()
        answer = client.get("/api/search", params={"q": "露天岗位"})
        assert answer.status_code == 503 and "现在没有回答" in answer.json()["detail"]
        assert "127.0.0.1" not in client.get("/search", params={"q": "露天岗位"}).text
        server.start()
        deadline = time.monotonic() + 60  # a connection that was lost is tried again in steps
        while client.get("/api/search", params={"q": "露天岗位"}).status_code == 503 and time.monotonic() < deadline:
            time.sleep(0.1)
        assert client.get("/api/search", params={"q": "露天岗位"}).json()["total"] == 2

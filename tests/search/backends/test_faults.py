"""What goes wrong between here and a Milvus server, and that nothing of it is ever seen by a reader."""

import os
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pymilvus", reason="需要 milvus 附加包")

from corpus.errors import LibraryNotFound
from milvus_server import Server
from search.backends import batches
from search.backends.calls import Calls, shown
from search.backends.interface import Counts, Parcel
from search.backends.milvus import MilvusBackend
from search.embedders import Embedder
from search.errors import (
    BackendDenied,
    BackendDimensionDiffers,
    BackendIncomplete,
    BackendModelDiffers,
    BackendRefused,
    BackendSchemaDiffers,
    BackendSlow,
    BackendUnreachable,
    MilvusExtraMissing,
)


class Meddling:
    """An embedder that does something at its n-th call, while a batch is on its way."""

    def __init__(self, embedder: Embedder, call: int, act: Callable[[], None]) -> None:
        self.id, self.size = embedder.id, embedder.size
        self._embedder, self._left, self._act = embedder, call, act

    def encode(self, texts: Any) -> Any:
        self._left -= 1
        if not self._left:
            self._act()
        return self._embedder.encode(texts)

    encode_queries = encode


class Other:
    """The same model by another name."""

    def __init__(self, embedder: Embedder, name: str, size: int) -> None:
        self.id, self.size = name, size
        self.encode = self.encode_queries = embedder.encode


@contextmanager
def opened(uri: str, embedder: Any, name: str = "faults", **how: Any) -> Iterator[MilvusBackend]:
    backend = MilvusBackend.open(uri, embedder, name=name, **{"create": True, "patience": 5.0, **how})
    try:
        yield backend
    finally:
        backend.close()


@pytest.fixture
def every_row(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows are sent one by one, so that a batch may break off between any two."""
    monkeypatch.setattr(batches, "_ROWS", 1)


def test_nobody_there(embedder: Embedder) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # and doesn't listen
        uri = f"http://gast:geheim@127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(BackendUnreachable, match=r"连不上.*试了 2 次.*GONGZHI_MILVUS_URI") as told:
            MilvusBackend.open(uri, embedder, patience=0.3, tries=2)
    assert "geheim" not in str(told.value) and "127.0.0.1" in str(told.value)


def test_somebody_who_never_answers(embedder: Embedder) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        with pytest.raises((BackendUnreachable, BackendSlow)):
            MilvusBackend.open(f"http://127.0.0.1:{silent.getsockname()[1]}", embedder, patience=0.3, tries=2)


def test_a_server_that_hangs_and_goes_on(killable: Server, embedder: Embedder, reports: tuple[Parcel, ...]) -> None:
    with (
        opened(killable.uri, embedder, "hung") as backend,
        opened(killable.uri, embedder, "hung", patience=0.3, tries=2) as hasty,
    ):
        backend.put(reports)
        hasty.refresh()
        killable.process.send_signal(signal.SIGSTOP)
        os.waitpid(killable.process.pid, os.WUNTRACED)  # all its threads have stopped: until then one may answer
        try:
            with pytest.raises(BackendSlow, match=r"每次 0\.3 秒都没有答复，试了 2 次.*GONGZHI_MILVUS_TIMEOUT"):
                hasty.lexical("送清凉", 5)
        finally:
            killable.process.send_signal(signal.SIGCONT)
        assert backend.lexical("送清凉", 5).ids


def test_a_server_that_is_killed_while_it_is_written_to(
    killable: Server, embedder: Embedder, reports: tuple[Parcel, ...], longer: Callable[[int, str], Parcel],
    every_row: None,
) -> None:  # fmt: skip
    with opened(killable.uri, embedder, "torn") as backend:
        backend.put(reports[:2])
        counted = backend.counts()
    changed = [longer(0, "码头添了风扇。"), reports[2]]
    meddling = Meddling(embedder, 2, killable.kill)
    with opened(killable.uri, meddling, "torn", patience=0.5, tries=2) as writer, pytest.raises(BackendUnreachable):
        writer.put(changed)
    killable.start()
    with opened(killable.uri, embedder, "torn") as reader:
        assert reader.counts() == counted and reader.lexical("风扇", 5).ids == []
        assert reader.parcel(reports[0].document.id) == reports[0]
        assert {finding.about for finding in reader.examine()} <= {"未完成的一批"}
        reader.put(changed)
        assert len(reader.lexical("风扇", 5).ids) == 1 and reader.parcel(changed[0].document.id) == changed[0]
        assert reader.examine() == []


def test_a_server_that_comes_back_within_the_tries(
    killable: Server, embedder: Embedder, reports: tuple[Parcel, ...]
) -> None:
    def restart() -> None:
        killable.kill()
        killable.start()

    with opened(killable.uri, Meddling(embedder, 2, restart)) as backend:
        backend.put(reports)
        assert backend.counts().documents == len(reports) and backend.examine() == []


@pytest.mark.parametrize("call", [1, 2, 3])
def test_a_writer_that_is_killed(
    server: Server, embedder: Embedder, reports: tuple[Parcel, ...], longer: Callable[[int, str], Parcel],
    every_row: None, call: int,
) -> None:  # fmt: skip
    def die() -> None:
        raise KeyboardInterrupt

    name = f"killed{call}"
    with opened(server.uri, embedder, name) as reader:
        reader.put(reports)
        before = reader.generation, reader.counts(), list(reader.scan()), reader.lexical("职工", 9).ids
        with opened(server.uri, Meddling(embedder, call, die), name) as writer, pytest.raises(KeyboardInterrupt):
            writer.put(longer(number, "添了风扇。") for number in range(3))
        reader.refresh()
        assert (reader.generation, reader.counts(), list(reader.scan()), reader.lexical("职工", 9).ids) == before
        assert call == 1 or [finding.about for finding in reader.examine()] == ["未完成的一批"]
        reader.mend()
        assert reader.examine() == [] and list(reader.scan()) == before[2]


def test_rows_that_get_lost_are_missed(
    server: Server, embedder: Embedder, reports: tuple[Parcel, ...], every_row: None
) -> None:
    with opened(server.uri, embedder, "lost") as reader:

        def lose() -> None:
            reader.calls.delete(reader.names.of("passages"), "epoch > 0")

        with (
            opened(server.uri, Meddling(embedder, 3, lose), "lost") as writer,
            pytest.raises(BackendIncomplete, match=r"应有 \d+ 行，只有 \d+ 行.*原有内容不变"),
        ):
            writer.put(reports)
        assert reader.refresh() == 0 and reader.counts() == Counts(0, 0, 0, 0)


def test_another_model_or_dimension(server: Server, embedder: Embedder) -> None:
    with opened(server.uri, embedder, "model"):
        pass
    with pytest.raises(BackendDimensionDiffers, match=f"向量是 {embedder.size} 维，现用的模型给出 8 维"):
        MilvusBackend.open(server.uri, Other(embedder, embedder.id, 8), name="model")
    with pytest.raises(BackendModelDiffers, match="现用的是“另一个”"):
        MilvusBackend.open(server.uri, Other(embedder, "另一个", embedder.size), name="model")


@pytest.mark.parametrize(("version", "todo"), [(99, "请升级工知"), (0, "重新 ingest")])
def test_another_version(server: Server, embedder: Embedder, version: int, todo: str) -> None:
    with opened(server.uri, embedder, f"version{version}") as backend:
        row = backend.calls.query(backend.names.of("commits"), 'key == "library"', ["key", "kind", "payload", "v"])[0]
        backend.calls.upsert(backend.names.of("commits"), [{**row, "epoch": version}])
    with pytest.raises(BackendSchemaDiffers, match=todo):
        MilvusBackend.open(server.uri, embedder, name=f"version{version}")


def test_no_library_of_that_name(server: Server, embedder: Embedder) -> None:
    with pytest.raises(LibraryNotFound, match="nowhere"):
        MilvusBackend.open(server.uri, embedder, name="nowhere")


def test_a_request_that_is_refused_is_not_repeated(server: Server) -> None:
    calls = Calls(server.uri)
    with pytest.raises(BackendRefused, match="gongzhi doctor"):
        calls.query("没有", "epoch > 0", ["key"])
    calls.close()


def test_without_the_extra(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, embedder: Embedder) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pymilvus", None)
    with pytest.raises(MilvusExtraMissing, match="gongzhi\\[milvus\\]"):
        MilvusBackend.open(str(tmp_path / "m.db"), embedder)


def test_the_address_is_told_without_credentials() -> None:
    assert shown("https://jemand:geheim@milvus.example:19530") == "https://milvus.example:19530"
    assert "geheim" not in str(BackendDenied(shown("https://jemand:geheim@milvus.example")))

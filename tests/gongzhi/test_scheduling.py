"""Workers of a cluster read what this process would; what dies there, or differs, is told and leaves the library whole."""

import os
import signal
import socket
import sqlite3
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from corpus.laid import claimed
from corpus.store import FILE_NAME
from gongzhi import scheduling
from gongzhi.build import ingest, preview
from gongzhi.errors import (
    ClusterExtraMissing,
    SchedulerLost,
    SchedulerUnreachable,
    WorkerDiffers,
    WorkersMissing,
)
from gongzhi.reading import Outcome, Task, read, read_all
from gongzhi.rules import fingerprint
from gongzhi.scheduling import Encoding, read_on
from gongzhi.workers import Model
from search import models
from search.cache import FOLDER
from search.embedders import BUNDLED, StaticEmbedder
from search.embedders.kept import FILE_NAME as KEPT
from search.embedders.kept import digest
from search.wanted import wanted
from tests.gongzhi.conftest import gongzhi, make_report

dask = pytest.importorskip("dask", reason="需要 cluster 附加包")
distributed = pytest.importorskip("distributed", reason="需要 cluster 附加包")

DEADLY = """
import os, pathlib
class Deadly(type(pathlib.Path())):
    @property
    def suffix(self):
        os._exit(9)
"""


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Two worker processes on loopback, which can import a path that kills them."""
    folder = tmp_path_factory.mktemp("deadly")
    (folder / "deadly_suffix.py").write_text(DEADLY)
    # A file is given up after its second worker, not after its fourth: each takes seconds to be replaced.
    settings = {"distributed.scheduler.allowed-failures": 1, "logging.distributed": "critical"}
    with pytest.MonkeyPatch.context() as patch, dask.config.set(settings):
        patch.syspath_prepend(folder)
        with distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address="127.0.0.1:0"
        ) as made:
            yield made


@pytest.fixture
def address(cluster: Any) -> str:
    """The scheduler's, with both workers there: those that a test killed are replaced."""
    deadline = time.monotonic() + 60
    while len(cluster.scheduler.workers) < 2 and time.monotonic() < deadline:
        time.sleep(0.05)
    return str(cluster.scheduler_address)


@pytest.fixture
def lonely() -> Iterator[Any]:
    """A scheduler of its own in this process, without workers at first."""
    with distributed.LocalCluster(
        n_workers=0, processes=False, protocol="tcp://", host="127.0.0.1", dashboard_address="127.0.0.1:0"
    ) as made:
        yield made


@pytest.fixture
def tasks(tmp_path: Path) -> list[Task]:
    folder = tmp_path / "文件"
    folder.mkdir()
    made = []
    for n in range(7):
        path = folder / f"{n}.txt"
        path.write_text(make_report(n, paragraphs=3 + n), "utf-8")
        made.append(Task(path, path.name, str(path), False, fingerprint()))
    return made


def dumped(library: Path) -> dict[str, list[Any]]:
    """All rows of a library but those that tell when they were made."""
    rows = sqlite3.connect(library / FILE_NAME)
    tables = [name for (name,) in rows.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    found = {}
    for table in tables:
        columns = [column[1] for column in rows.execute(f"PRAGMA table_info({table})")]
        kept = [column for column in columns if (table, column) != ("revision", "made")]
        said = rows.execute(f"SELECT {', '.join(kept)} FROM {table}")
        found[table] = sorted((row for row in said if (table, row[0]) != ("meta", "mark")), key=repr)
    rows.close()
    return found


def test_workers_read_the_same_in_the_same_order(tasks: list[Task], tmp_path: Path, address: str) -> None:
    mixed: list[Task | Outcome] = [*tasks]
    mixed.insert(2, Outcome(Task(tmp_path / "先.txt", "先.txt", "先.txt", False, "r"), None, failure="读过了。"))
    mixed.append(Task(tmp_path / "没有.txt", "没有.txt", "没有.txt", False, fingerprint()))
    mixed.append(replace(tasks[0], content=b"", name="空.txt"))
    mixed.append(replace(tasks[0], content=tasks[1].path.read_bytes(), name="包里.txt"))
    found = [*read_on(mixed, address)]
    assert found == [*read_all(mixed, 1)]
    assert [bool(reading.parsed) for reading in found] == [True] * 2 + [False] + [True] * 5 + [False] * 2 + [True]


@pytest.mark.parametrize("most", [2**20, 1])
def test_what_is_out_is_bounded(
    tasks: list[Task], address: str, cluster: Any, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(scheduling, "_MOST_BYTES", most)
    monkeypatch.setattr(scheduling, "_PER_THREAD", 2)
    taken, ahead = 0, []

    def asked() -> Iterator[Task]:
        for number, task in enumerate(tasks * 3):
            ahead.append(number - taken)
            yield task

    for _ in read_on(asked(), address):
        taken += 1
    assert taken == 21 and max(ahead) == (4 if most > 1 else 1)
    deadline = time.monotonic() + 20
    while cluster.scheduler.tasks and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not cluster.scheduler.tasks


def test_a_library_made_on_a_cluster_is_the_same(tasks: list[Task], tmp_path: Path, address: str) -> None:
    folder = tasks[0].path.parent
    (folder / "坏.txt").write_bytes(b"")
    told: list[str] = []
    run = gongzhi("ingest", str(folder), "--scheduler", address, "--library", "far", "--json", cwd=tmp_path)
    assert run.returncode == 1 and not run.stderr
    ingest(tmp_path / "near", [folder], progress=lambda stage, done, total: told.append(stage))
    assert dumped(tmp_path / "far") == dumped(tmp_path / "near")
    (folder / "7.txt").write_text(make_report(7), "utf-8")
    expected = {"unchanged": 7, "added": 1, "failed": 1}
    again: list[str] = []
    changes = preview(tmp_path / "far", [folder], scheduler=address)
    assert {change.file: change.action for change in changes}["7.txt"] == "added"
    report = ingest(tmp_path / "far", [folder], scheduler=address, progress=lambda stage, *_: again.append(stage))
    assert report.counts == expected
    read_here, read_there = ([stage for stage in stages if stage.startswith("读取")] for stages in (told, again))
    assert read_here == [stage for stage in read_there if "7.txt" not in stage] != []


def test_nothing_to_read_needs_no_cluster(tasks: list[Task], tmp_path: Path) -> None:
    ingest(tmp_path / "library", [tasks[0].path])
    report = ingest(tmp_path / "library", [tasks[0].path], scheduler="tcp://127.0.0.1:1")
    assert report.counts == {"unchanged": 1}


def test_a_killed_worker_loses_nothing(tasks: list[Task], cluster: Any, address: str) -> None:
    pids = [nanny.pid for nanny in cluster.workers.values()]
    many = tasks * 6
    found = []
    for reading in read_on(many, address):
        found.append(reading)
        if len(found) == 3:
            os.kill(pids[0], signal.SIGKILL)
    assert found == [read(task) for task in many]


def test_a_file_that_kills_its_workers_is_reported(tasks: list[Task], tmp_path: Path, address: str) -> None:
    from deadly_suffix import Deadly  # type: ignore[import-not-found]

    deadly = replace(tasks[0], path=Deadly(tmp_path / "毒.txt"), content=b"x", name="毒.txt")
    found = [*read_on([*tasks[:2], deadly, *tasks[2:]], address)]
    assert [bool(reading.parsed) for reading in found] == [True] * 2 + [False] + [True] * 5
    assert "毒.txt" in found[2].failure and "意外终止" in found[2].failure
    assert found[3:] == [read(task) for task in tasks[2:]]


def test_a_worker_with_other_rules_contributes_nothing(tasks: list[Task], address: str) -> None:
    with pytest.raises(WorkerDiffers, match=r"tcp://127\.0\.0\.1:\d+ 的读取规则") as caught:
        next(read_on([replace(tasks[0], rules="other")], address))
    assert "同一版本" in str(caught.value)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("tcp://127.0.0.1:1", "tcp://127.0.0.1:1"),
        ("127.0.0.1:8786", "tcp://主机:端口"),
        ("tcp://127.0.0.1", "tcp://主机:端口"),
        ("tcp://127.0.0.1:99999", "dask scheduler"),
        ("http://127.0.0.1:80", "tcp://主机:端口"),
        ("", "tcp://主机:端口"),
    ],
)
def test_a_scheduler_that_is_away(tasks: list[Task], address: str, said: str) -> None:
    with pytest.raises(SchedulerUnreachable, match=said):
        next(read_on(tasks, address))


def test_a_scheduler_that_never_answers(tasks: list[Task], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scheduling, "_CONNECTING", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(SchedulerUnreachable):
        next(read_on(tasks, f"tcp://127.0.0.1:{silent.getsockname()[1]}"))


def test_an_unreachable_cluster_leaves_no_library(tasks: list[Task], tmp_path: Path) -> None:
    run = gongzhi("ingest", "文件", "--library", "new", cwd=tmp_path, GONGZHI_SCHEDULER="tcp://127.0.0.1:1")
    assert run.returncode == 1 and "资料库保持原样" in run.stderr and len(run.stderr.splitlines()) == 1
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    "options", [("--watch",), ("--bundled",), ("--jobs", "2")], ids=lambda options: options[0].strip("-")
)
def test_options_that_have_no_cluster(options: tuple[str, ...], tmp_path: Path) -> None:
    paths = () if "--bundled" in options else (".",)
    run = gongzhi("ingest", *paths, *options, "--scheduler", "tcp://127.0.0.1:1", cwd=tmp_path)
    assert run.returncode == 2 and "--scheduler" in run.stderr


def test_without_the_extra(tasks: list[Task], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "distributed", None)
    with pytest.raises(ClusterExtraMissing, match=r"gongzhi\[cluster\]"):
        next(read_on(tasks, "tcp://127.0.0.1:8786"))


def test_without_workers_it_waits_not_for_ever(tasks: list[Task], lonely: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scheduling, "_PATIENCE", 0.3)
    with pytest.raises(WorkersMissing, match="dask worker tcp://127"):
        next(read_on(tasks, lonely.scheduler_address))


def test_a_scheduler_that_goes_away(tasks: list[Task], lonely: Any, tmp_path: Path) -> None:
    ingest(tmp_path / "library", [tasks[0].path])
    before = dumped(tmp_path / "library")
    lonely.scale(1)
    files = sorted(tasks[0].path.parent.iterdir())

    def gone(stage: str, done: int, total: int) -> None:
        if "6.txt" in stage:
            lonely.close()

    with pytest.raises(SchedulerLost, match="断了联系"):
        ingest(tmp_path / "library", files, scheduler=lonely.scheduler_address, progress=gone)
    assert dumped(tmp_path / "library") == before


def test_an_interrupt_calls_back_what_is_out(tasks: list[Task], tmp_path: Path, cluster: Any, address: str) -> None:
    def interrupt(stage: str, done: int, total: int) -> None:
        if "6.txt" in stage:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ingest(tmp_path / "library", [tasks[0].path.parent], scheduler=address, progress=interrupt)
    assert not (tmp_path / "library").exists()
    deadline = time.monotonic() + 20
    while cluster.scheduler.tasks and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not cluster.scheduler.tasks


def test_workers_encode_what_they_read(tasks: list[Task], address: str) -> None:
    embedder, kept = StaticEmbedder(BUNDLED), dict[bytes, Any]()
    encoding = Encoding(
        Model(str(BUNDLED), 0, embedder.id), lambda keys, rows: kept.update(zip(keys, rows, strict=True))
    )
    found = [*read_on(tasks, address, lambda: encoding)]
    assert found == [read(task) for task in tasks]
    texts = {
        text
        for reading in found
        if reading.parsed and reading.laid
        for document, (claims, _) in zip(reading.parsed.documents, claimed(reading.laid), strict=True)
        for text in wanted(document.passages, claims)
    }
    assert {digest(text) for text in texts} == kept.keys()
    expected = embedder.encode(texts)
    np.testing.assert_allclose([kept[digest(text)] for text in texts], expected, atol=5e-4)


def test_a_worker_with_another_model_contributes_nothing(tasks: list[Task], address: str) -> None:
    encoding = Encoding(Model(str(BUNDLED), 0, "another"), lambda keys, rows: pytest.fail("taken"))
    with pytest.raises(WorkerDiffers, match="语义模型"):
        next(read_on(tasks, address, lambda: encoding))


def test_what_workers_encoded_is_not_encoded_again(
    tasks: list[Task], tmp_path: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(models, "_QUICK", ())  # the bundled model stands for one that takes long
    monkeypatch.setenv("GONGZHI_EMBEDDER", str(BUNDLED))
    counts: dict[str, int] = {}
    for name, scheduler in (("far", address), ("near", "")):
        stages: list[str] = []
        ingest(
            tmp_path / name,
            [tasks[0].path.parent],
            scheduler=scheduler,
            progress=lambda stage, done, total, told=stages: told.append(stage),
        )
        counts[name] = max(int(stage.split("：")[1].split()[0]) for stage in stages if "句的向量" in stage)
    with sqlite3.connect(tmp_path / "far" / FOLDER / KEPT) as rows:
        far = dict(rows.execute("SELECT digest, vector FROM vectors"))
    with sqlite3.connect(tmp_path / "near" / FOLDER / KEPT) as rows:
        near = dict(rows.execute("SELECT digest, vector FROM vectors"))
    sent = {
        digest(text)
        for task in tasks
        for text in wanted(read(task).parsed.documents[0].passages, claimed(read(task).laid)[0][0])  # type: ignore[union-attr,arg-type]
    }
    assert sent <= near.keys() and far.keys() == near.keys()
    assert counts["near"] - counts["far"] == len(sent)

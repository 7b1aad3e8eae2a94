"""What is found amiss in a backend and put right; books that are summed up."""

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.store import Store
from search.backends.interface import Backend, Parcel
from search.backends.local import LocalBackend

Opening = Callable[[], Backend]


@pytest.fixture(params=["milvus-file", "milvus-server"])
def clustered(
    request: pytest.FixtureRequest, openings: Callable[[str], Opening], reports: tuple[Parcel, ...]
) -> Backend:
    backend = openings(request.param)()
    backend.put(reports)
    return backend


def test_documents_that_lack_rows_are_written_anew(clustered: Backend, reports: tuple[Parcel, ...]) -> None:
    before = list(clustered.scan()), clustered.counts()
    lost = reports[0].passages[0].id
    clustered.calls.delete(clustered.names.of("passages"), f'passage == "{lost}"')
    clustered.calls.delete(clustered.names.of("claims"), f'document == "{reports[1].document.id}"')
    assert [(f.about, f.count, f.mendable) for f in clustered.examine()] == [("文献", 2, True)]
    clustered.mend()
    assert clustered.examine() == [] and (list(clustered.scan()), clustered.counts()) == before


def test_documents_of_which_too_little_is_left_are_told(clustered: Backend, reports: tuple[Parcel, ...]) -> None:
    clustered.calls.delete(
        clustered.names.of("documents"), f'document == "{reports[1].document.id}" and kind == "part"'
    )
    assert [(f.about, f.count, f.mendable) for f in clustered.examine()] == [("文献", 1, False)]
    clustered.mend()
    assert len(clustered.examine()) == 1
    clustered.put([reports[1]])
    assert clustered.examine() == []


def test_what_nobody_looks_at_is_taken_away(clustered: Backend, reports: tuple[Parcel, ...]) -> None:
    clustered.calls.delete(clustered.names.of("documents"), f'document == "{reports[2].document.id}"')
    assert {f.about for f in clustered.examine()} == {"旧版本", "词频统计"}
    clustered.mend()
    assert clustered.examine() == [] and clustered.counts().documents == 3
    assert clustered.spread("text", ["遮阳"]).tolist() == [0] and clustered.spread("text", ["清凉"]).tolist() == [1]


def test_counts_are_summed_up_now_and_then(
    monkeypatch: pytest.MonkeyPatch, openings: Callable[[str], Opening], longer: Callable[[int, str], Parcel]
) -> None:
    from search.backends import batches

    monkeypatch.setattr(batches, "_SUMMED_AFTER", 3)
    opening = openings("milvus-file")
    writer, reader = opening(), opening()
    for turn in range(8):
        writer.put([longer(turn % 4, f"{'甲乙丙丁戊己庚辛'[turn]}回添了风扇。")])
        if turn in (1, 6):  # a reader that looks in now and then
            reader.refresh()
    reader.refresh()
    late = opening()
    for backend in (reader, late):
        assert backend.counts() == writer.counts() and backend.spread("text", ["风扇", "甲", "辛"]).tolist() == [
            4,
            0,
            1,
        ]
    assert not backend.calls.count(backend.names.of("spreads"), "epoch < 6")


def test_a_library_on_this_machine(
    openings: Callable[[str], Opening], reports: tuple[Parcel, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    backend = openings("local")()
    assert isinstance(backend, LocalBackend)
    backend.put(reports)
    folder: Path = backend.store.folder
    with Store.open(folder) as store:
        store.query("PRAGMA foreign_keys = OFF")
        store.query("DELETE FROM passage WHERE id = ?", (reports[0].passages[0].id,))
        store.query("UPDATE claim SET text = '别的' WHERE id = ?", (reports[1].claims[0].id,))
        store.query("UPDATE document SET same_as = '没有' WHERE id = ?", (reports[3].document.id,))
    next((folder / "cache" / "segments").glob("*/vectors/owners.npy")).write_bytes(b"")
    found = {(f.about, f.mendable) for f in backend.examine()}
    assert found >= {("做法", True), ("概念出处", True), ("做法", False), ("文献", True), ("索引", True)}
    backend.mend()
    left = backend.examine()
    assert [(f.about, f.mendable) for f in left] == [("做法", False)] and "不符" in left[0].wrong

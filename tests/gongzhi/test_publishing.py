"""Indexes made by two processes are those that one makes."""

import os
import signal
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

import gongzhi.publishing
from corpus.store import Store
from gongzhi.build import TEXTS, ingest
from gongzhi.publishing import publish
from search.cache import Cache
from search.embedders import open_embedder
from search.preparing import layout_of, prepare


@pytest.fixture(autouse=True)
def two(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(gongzhi.publishing, "_MANY", 1)
    monkeypatch.setattr(gongzhi.publishing, "cores", lambda: 2)
    yield


@pytest.fixture
def library(tmp_path: Path) -> Path:
    folder = tmp_path / "library"
    ingest(folder, sorted(TEXTS.glob("*.md"))[:2])
    return folder


def contents(library: Path) -> dict[str, bytes]:
    """The files of the indexes, but for those that say when and by whom they were written."""
    found = {path.relative_to(library).as_posix(): path for path in (library / "cache").rglob("*") if path.is_file()}
    return {
        name: path.read_bytes()
        for name, path in found.items()
        if "lexical" not in name and path.name != "manifest.json" and path.suffix != ".lock"
    }


def test_two_make_what_one_does(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    by_two = contents(library)
    Cache(library).prune(())
    monkeypatch.setattr(gongzhi.publishing, "cores", lambda: 1)
    publish(library)
    assert contents(library) == by_two


def test_what_the_other_makes_is_there_when_a_library_is_opened(library: Path) -> None:
    Cache(library).prune(())
    with Store.open(library) as store:
        prepare(store, open_embedder())
        layout = layout_of(store)
    assert layout.missing("nearness") == layout.missing("fingerprints") == layout.missing("figures") == 0
    assert layout.missing("concepts") > 0
    publish(library)
    with Store.open(library) as store:
        assert layout_of(store).missing("concepts") == 0


def test_indexes_begun_before_the_glossary_are_those_made_after_it(library: Path, tmp_path: Path) -> None:
    ingest(tmp_path / "begun", sorted(TEXTS.glob("*.md"))[:2], small=0)
    begun, after = (
        {Path(name).parts[-2:]: held for name, held in contents(one).items() if "segments" in name}
        for one in (tmp_path / "begun", library)
    )
    assert begun == after


def _dies(running: Connection, folder: Path) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def test_one_is_enough_where_the_other_dies(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = contents(library)
    Cache(library).prune(())
    monkeypatch.setattr(gongzhi.publishing, "_prepare", _dies)
    publish(library)
    assert contents(library) == whole

"""A first load leaves the library as if its indexes had been kept up."""

from pathlib import Path

import pytest

import corpus.loading
from corpus.store import Store
from tests.corpus.test_store import parsed


def indexes(store: Store) -> set[tuple[str, str]]:
    return {*store.query("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")}


@pytest.mark.parametrize("held", [False, True])
def test_indexes_are_there_after_a_load(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, held: bool) -> None:
    monkeypatch.setattr(corpus.loading, "_MANY", 3)
    with Store.open(tmp_path, create=True) as store:
        before = indexes(store)
        if held:
            store.put_source(parsed("旧.txt"))
        during = []
        with store.write(), store.loading():
            for n in range(5):
                store.put_source(parsed(f"{n}.txt", f"某市建站{n}个。"))
                during.append(len(indexes(store)))
            store.put_source(parsed("4.txt", "某市建站十个。"))  # in place of another
        assert indexes(store) == before
        assert (min(during) == len(before)) is held
        assert not store.query("PRAGMA foreign_key_check").fetchall()
        assert store.query("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert len(store.sizes()) == 5 + held


def test_a_load_that_fails_leaves_the_indexes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(corpus.loading, "_MANY", 1)
    with Store.open(tmp_path, create=True) as store:
        before = indexes(store)
        with pytest.raises(ZeroDivisionError), store.write(), store.loading():
            store.put_source(parsed("甲.txt"))
            raise ZeroDivisionError
        assert indexes(store) == before and store.sizes() == []

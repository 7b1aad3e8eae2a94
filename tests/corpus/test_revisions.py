from pathlib import Path

import pytest

from corpus import revisions
from corpus.revisions import MOST_TOLD, Novelty, Revision, Standing, enter, standings
from corpus.store import Store


def revision(new: int = 1, details: tuple[str, ...] = ()) -> Revision:
    return Revision(0, "2031-05-06T07:08:09+00:00", "ingest", details, False, new, 0, 0, 0)


def stand(number: int, documents: int = 1) -> Standing:
    return Standing(f"t{number}", f"词{number}", "concept", "unexplained", ("别名",), (), documents)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(tmp_path, create=True)


def put(store: Store, count: int, documents: int = 1, details: tuple[str, ...] = ()) -> None:
    after = {f"t{i}": stand(i, documents) for i in range(count)}
    told = (Novelty(0, 0, f"t{i}", "new", f"词{i}") for i in range(count))
    with store.write():
        enter(store, revision(count, details), told, standings(store), after)


def test_revisions_count_up_and_the_last_comes_first(store: Store) -> None:
    put(store, 2)
    put(store, 1, 3)
    assert [r.ordinal for r in store.select(Revision)] == [2, 1]
    assert [(n.revision, n.ordinal, n.label) for n in store.select(Novelty)] == [
        (2, 0, "词0"), (1, 0, "词0"), (1, 1, "词1"),
    ]  # fmt: skip
    assert standings(store) == {"t0": stand(0, 3)}


def test_a_revision_tells_so_many_terms_and_counts_all(store: Store) -> None:
    put(store, MOST_TOLD + 5, details=tuple(map(str, range(40))))
    (kept,) = store.select(Revision)
    assert store.count(Novelty) == MOST_TOLD and kept.new == MOST_TOLD + 5
    assert len(kept.details) == 13 and kept.details[-1] == "另有 28 项"


def test_old_revisions_leave_with_what_they_told(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(revisions, "MOST_KEPT", 3)
    for documents in range(5):
        put(store, 2, documents)
    assert [r.ordinal for r in store.select(Revision)] == [5, 4, 3]
    assert {n.revision for n in store.select(Novelty)} == {3, 4, 5}


def test_nothing_to_tell_is_not_entered(store: Store) -> None:
    with store.write():
        enter(store, revision(0), (), {}, {"t0": stand(0)})
    assert store.select(Revision) == [] and standings(store) == {"t0": stand(0)}

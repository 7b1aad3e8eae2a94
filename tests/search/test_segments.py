"""How documents are divided among segments, and that what is asked of several is what is asked of one."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import search.segments
from search.cache import Cache
from search.errors import SegmentIncomplete
from search.segments import Batch, Layout, Segment, forget, planned

SIZES = {f"{number:03}": number % 7 for number in range(200)}


def count(documents: Iterable[str]) -> dict[str, int]:
    return {document: SIZES[document] for document in documents}


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Libraries of few passages are large."""
    monkeypatch.setattr(search.segments, "_SMALL", 20)
    monkeypatch.setattr(search.segments, "_QUICK", 12)
    yield


HISTORY = st.lists(
    st.dictionaries(st.sampled_from(sorted(SIZES)[:40]), st.sampled_from("甲乙丙"), max_size=30),
    min_size=1,
    max_size=12,
)


@given(HISTORY, st.lists(st.booleans(), min_size=12, max_size=12))
def test_every_document_is_somewhere_once(history: list[dict[str, str]], thorough: list[bool]) -> None:
    held: list[Batch] = []
    for shown, whole in zip(history, thorough, strict=False):
        before = held
        held = planned(held, shown, count, thorough=whole)
        there = [
            document
            for batch in held
            for document, edition in zip(batch.documents, batch.editions, strict=True)
            if shown.get(document) == edition
        ]
        assert sorted(there) == sorted(shown)
        assert planned(held, shown, count) == held  # nothing changes by asking again
        rows = [sum(batch.sizes) for batch in held]
        if sum(SIZES[document] for document in shown) <= 20:
            assert len(held) == 1 and sorted(held[0].documents) == list(held[0].documents) == sorted(shown)
        if whole:
            gone = [sum(batch.left(shown).values()) for batch in held]
            assert all(10 * (a - b) <= a for a, b in zip(rows, gone, strict=True))
        made = [batch for batch in held if batch not in before]
        new = sum(SIZES[i] for i, edition in shown.items() if not any((i, edition) in _pairs(b) for b in before))
        if not whole and len(held) > 1:
            assert sum(sum(batch.sizes) for batch in made) <= max(12, new)


def _pairs(batch: Batch) -> set[tuple[str, str]]:
    return set(zip(batch.documents, batch.editions, strict=True))


def test_sizes_fall_so_that_there_are_few() -> None:
    held: list[Batch] = []
    shown: dict[str, str] = {}
    for document in SIZES:
        shown[document] = "甲"
        held = planned(held, dict(shown), count, thorough=True)
    rows = [sum(batch.sizes) for batch in held]
    assert all(more <= 0 or first > 4 * more for first, more in pairwise(rows))
    assert len(held) <= 5


def layout(folder: Path, shown: Mapping[str, str], *batches: Mapping[str, str]) -> Layout:
    made = [Batch(tuple(b), tuple(b.values()), tuple(SIZES[i] for i in b)) for b in batches]
    return Layout(Cache(folder), made, shown)


def test_rows_and_what_is_passed_over(tmp_path: Path) -> None:
    # 003 has been replaced, 002 is gone.
    found = layout(tmp_path, {"001": "甲", "003": "乙"}, {"001": "甲", "002": "甲", "003": "甲"}, {"003": "乙"})
    assert [segment.start for segment in found.segments] == [0, 6] and found.rows == 9
    assert found.documents == ("001", "002", "003", "003")
    assert found.firsts.tolist() == [0, 1, 3, 6]
    assert found.alive is not None and found.alive.tolist() == [True, *[False] * 5, True, True, True]
    assert found.passed_over == (frozenset({"002", "003"}), frozenset())
    assert found.gone(1) == found.gone(2) == [1, 3] and found.gone(0) == []
    assert layout(tmp_path, {"001": "甲"}, {"001": "甲"}).alive is None


def test_keys_tell_what_a_segment_holds(tmp_path: Path) -> None:
    shown = {"001": "甲", "002": "甲"}
    first, other = layout(tmp_path, shown, {"001": "甲"}, {"002": "甲"}), layout(tmp_path, shown, shown)
    assert first.segments[0].key == layout(tmp_path, {"001": "甲"}, {"001": "甲"}).segments[0].key
    assert first.key != other.key
    changed = layout(tmp_path, shown, {"001": "乙"}, {"002": "甲"})
    assert all(a.key != b.key for a, b in zip(first.segments, changed.segments, strict=True))
    # The same files, of which less is heeded.
    less = layout(tmp_path, {"001": "甲"}, {"001": "甲"}, {"002": "甲"})
    assert less.segments == first.segments and less.key != first.key


def test_only_what_is_new_is_made(tmp_path: Path) -> None:
    made: list[str] = []

    def build(folder: Path, segment: Segment, before: object) -> None:
        made.extend(segment.documents)
        (folder / "told").write_text(f"{segment.documents} {len(tuple(before))}", "utf-8")  # type: ignore[call-overload]

    layout(tmp_path, {"001": "甲"}, {"001": "甲"}).folders("kind", "1", build)
    second = layout(tmp_path, {"001": "甲", "002": "甲"}, {"001": "甲"}, {"002": "甲"})
    told = [(folder / "told").read_text("utf-8") for folder in second.folders("kind", "1", build)]
    assert made == ["001", "002"] and told == ["('001',) 0", "('002',) 1"]
    second.folders("kind", "1", build)
    assert made == ["001", "002"]
    second.folders("kind", "2", build)
    assert made == ["001", "002"] * 2


def test_what_has_left_cannot_be_indexed_again(tmp_path: Path) -> None:
    def build(folder: Path, *_: object) -> None:
        (folder / "told").write_text("有", "utf-8")

    both = {"001": "甲", "002": "甲"}
    whole = layout(tmp_path, both, both)
    (folder,) = whole.folders("kind", "1", build)
    less = layout(tmp_path, {"001": "甲"}, both)
    assert less.folders("kind", "1", build) == [folder]
    (folder / "told").write_text("坏了", "utf-8")
    with pytest.raises(SegmentIncomplete):
        less.folders("kind", "1", build)
    with pytest.raises(SegmentIncomplete):
        less.first("other", "1", build)


def test_a_layout_that_cannot_be_read_is_none(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.put("layout", "{")
    assert search.segments._read(cache) == []
    cache.put("layout", '["0", []]')
    assert search.segments._read(cache) == []
    batches = [Batch(("001",), ("甲",), (1,))]
    cache.put("layout", search.segments._written(batches))
    assert search.segments._read(cache) == batches
    forget(cache)
    assert search.segments._read(cache) == []

"""The vector index: sentences joined to passages."""

from collections.abc import Iterable
from pathlib import Path

import faiss
import numpy as np
import pytest
from numpy.typing import NDArray

import search.vectors
from search.vectors import VectorIndex, build, one_thread, pieces

AXES = "东南西北"


class Compass:
    """A text's vector counts four characters."""

    id = "compass"
    size = 4

    def encode(self, texts: Iterable[str]) -> NDArray[np.float32]:
        counts = np.array([[text.count(c) for c in AXES] for text in texts], np.float32).reshape(-1, 4)
        lengths = np.maximum(np.linalg.norm(counts, axis=1, keepdims=True), 1e-9)
        return np.asarray(counts / lengths, np.float32)


TEXTS = ["东东东东东东东东。北北北北北北北北。", "南南南南南南南北。", "西西西西西西西西。", "不说方向的一句话。"]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> VectorIndex:
    folder: Path = tmp_path_factory.mktemp("vectors")
    build(folder, TEXTS, Compass())
    return VectorIndex([folder])


def towards(direction: str) -> NDArray[np.float32]:
    return Compass().encode([direction])[0]


def test_a_passage_is_as_near_as_its_nearest_sentence(index: VectorIndex) -> None:
    rows, cosines = index.search(towards("北"), 2)
    assert rows.tolist() == [0, 1]
    assert cosines[0] == pytest.approx(1)


def test_each_passage_once_nearest_first(index: VectorIndex) -> None:
    rows, cosines = index.search(towards("东北"), 10)
    assert len(set(rows.tolist())) == len(rows) == 4
    assert (np.diff(cosines) <= 0).all()


def test_only_the_given_rows(index: VectorIndex) -> None:
    some = np.array([False, True, True, False])
    assert index.search(towards("北"), 10, some)[0].tolist() == [1, 2]
    assert len(index.search(towards("北"), 10, np.zeros(4, np.bool_))[0]) == 0


def test_a_query_without_meaning_finds_nothing(index: VectorIndex) -> None:
    assert len(index.search(np.zeros(4, np.float32), 10)[0]) == 0


def test_an_empty_library(tmp_path: Path) -> None:
    build(tmp_path, [], Compass())
    assert len(VectorIndex([tmp_path]).search(towards("北"), 10)[0]) == 0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一句完整的话在此。又一句完整的话！", ["一句完整的话在此。", "又一句完整的话!"]),
        ("一是。加强组织领导工作。", ["一是。加强组织领导工作。"]),
        ("只有半句话", ["只有半句话"]),
        ("", []),
    ],
)
def test_pieces(text: str, expected: list[str]) -> None:
    assert pieces(text) == expected


@pytest.mark.parametrize(("exact", "scanned"), [(10_000, 10_000), (10, 10_000), (10, 20)])
def test_every_kind_of_index_finds_and_filters(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, exact: int, scanned: int
) -> None:
    monkeypatch.setattr(search.vectors, "_EXACT_UP_TO", exact)
    monkeypatch.setattr(search.vectors, "_SCANNED_UP_TO", scanned)
    texts = [f"{direction * (8 + i)}。" for i in range(300) for direction in AXES]
    build(tmp_path, texts, Compass())
    index = VectorIndex([tmp_path])
    rows, cosines = index.search(towards("西"), 20)
    assert len(rows) == 20 and {int(row) % 4 for row in rows} == {2}
    assert cosines == pytest.approx(np.ones(20), abs=0.02)
    kept = np.arange(len(texts)) >= 600
    assert (index.search(towards("西"), 20, kept)[0] >= 600).all()


class Crowd:
    """A text's vector is near that of its first character, of which there are a hundred."""

    id = "crowd"
    size = 24

    def encode(self, texts: Iterable[str]) -> NDArray[np.float32]:
        middles = np.random.default_rng(1).normal(size=(100, self.size))
        found = [middles[ord(t[0]) % 100] + 0.4 * np.random.default_rng(int(t[1:])).normal(size=24) for t in texts]
        return np.array([one / np.linalg.norm(one) for one in found], np.float32).reshape(-1, self.size)


def test_cells_keep_most_of_the_nearest_and_are_the_same_each_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search.vectors, "_SCANNED_UP_TO", 2_000)
    texts = [f"{chr(n % 100 + 0x4E00)}{n:08}" for n in range(6_000)]
    for name in ("once", "again"):
        (tmp_path / name).mkdir()
        with one_thread():
            build(tmp_path / name, texts, Crowd())
    assert (tmp_path / "once" / "index.faiss").read_bytes() == (tmp_path / "again" / "index.faiss").read_bytes()
    vectors = Crowd().encode(texts)
    index, kept = VectorIndex([tmp_path / "once"]), 0
    for asked in vectors[::200]:
        nearest = np.argsort(-(vectors @ asked))[:100]
        kept += len(np.intersect1d(nearest, index.search(asked, 100)[0]))
    assert kept >= 0.9 * 100 * len(vectors[::200])


def test_one_thread_is_for_a_while() -> None:
    before = faiss.omp_get_max_threads()
    with one_thread():
        assert faiss.omp_get_max_threads() == 1
    assert faiss.omp_get_max_threads() == before

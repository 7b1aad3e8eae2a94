"""The vector index: which passages mean something like a query.

Sentences are indexed, a passage is as near as its nearest sentence: a paragraph that says six things would be near
to none of them. FAISS by size: exact; then 8 bits a number (.992 of the 100 nearest kept, 2 ms for 48,000 sentences);
then only so many of the cells are looked through as keep .94 of the 100 nearest of the library's own sentences. Cells are
found in groups, so that what a sentence costs doesn't grow with the root of their number: cells of their own in each group
of sentences, and a sentence's cell only among those of its group and of the groups around.

Mapped into memory: a byte for each number of a vector and 12 for the sentence, about 550 per passage.
"""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Self

import faiss
import numpy as np
from numpy.typing import NDArray

from corpus.sentences import sentences
from search.analyzer import fold
from search.embedders import Embedder

_INDEX, _OWNERS = "index.faiss", "owners.npy"
_EXACT_UP_TO = 20_000  # sentences kept as they are; more are stored in 8 bits a number
_SCANNED_UP_TO = 60_000  # sentences that are all looked at; of more, those in the nearest cells
_SHARES = (64, 32, 16, 8)  # of the cells one in so many may be enough
_RECALL, _NEAREST, _TRIED = 0.94, 100, 64  # what share of so many nearest must be kept, of so many sentences
_SHORTEST = 8  # characters: a shorter sentence goes with its neighbour
_PER_PASSAGE = 3  # sentences asked for, per passage wanted
_AT_ONCE = 8192
_SPARE = 4  # one in so many more is looked for where some are passed over
_ADDED = 1 << 16  # vectors added to the index together
_PER_CELL, _ROUNDS = 40, 10  # vectors that each cell is found from; rounds of finding
_AROUND = 8  # groups in which a vector's cell is looked for

_faiss: Any = faiss  # its stubs don't know what its Python layer adds
_BYTES = _faiss.ScalarQuantizer.QT_8bit, _faiss.METRIC_INNER_PRODUCT

Rows = NDArray[np.int64]
Floats = NDArray[np.float32]
Mask = NDArray[np.bool_]


def pieces(text: str) -> list[str]:
    """The folded sentences of a passage; very short ones are joined to the next."""
    found: list[str] = []
    carried = ""
    for start, end in sentences(text):
        carried += text[start:end]
        if len(carried) >= _SHORTEST:
            found.append(fold(carried))
            carried = ""
    if carried:
        found.append(fold(carried))
    return found


@contextmanager
def one_thread() -> Iterator[None]:
    """Train and search vectors in one thread: where other threads or processes are as busy, more of them only wait for one
    another."""
    before = _faiss.omp_get_max_threads()
    _faiss.omp_set_num_threads(1)
    try:
        yield
    finally:
        _faiss.omp_set_num_threads(before)


def build(folder: Path, texts: Iterable[str], embedder: Embedder) -> None:
    """Write an index of passages, numbered as they come, to the empty ``folder``. Vectors wait on disk until they can be
    trained on: those of a million passages don't fit in memory."""
    owners = array("i")
    waiting: list[str] = []
    raw = folder / "waiting.bin"
    with raw.open("wb") as file:
        for row, text in enumerate(texts):
            found = pieces(text)
            owners.extend([row] * len(found))
            waiting.extend(found)
            if len(waiting) >= _AT_ONCE:
                embedder.encode(waiting).astype(np.float32).tofile(file)
                waiting = []
        embedder.encode(waiting).astype(np.float32).tofile(file)
    shape = (len(owners), embedder.size)
    vectors: Floats = (
        np.asarray(np.memmap(raw, np.float32, "r", shape=shape)) if owners else np.zeros(shape, np.float32)
    )
    index = _index(vectors)
    if isinstance(index, _faiss.IndexIVF):
        index.nprobe = _enough(index, vectors)
    _faiss.write_index(index, str(folder / _INDEX))
    raw.unlink()
    np.save(folder / _OWNERS, np.array(owners, np.int32))


def _index(vectors: Floats) -> Any:
    """An index of the kind that fits the number of vectors, of these."""
    count, size = vectors.shape
    if count > _SCANNED_UP_TO:
        return _in_cells(vectors)
    index = _faiss.IndexFlatIP(size) if count <= _EXACT_UP_TO else _faiss.IndexScalarQuantizer(size, *_BYTES)
    index.train(vectors)
    for first in range(0, count, _ADDED):
        index.add(vectors[first : first + _ADDED])
    return index


def _in_cells(vectors: Floats) -> Any:
    count, size = vectors.shape
    wanted = int(4 * count**0.5)
    sample = vectors[np.sort(np.random.default_rng(0).permutation(count)[: _PER_CELL * wanted])]
    groups = _Groups.of(sample, wanted)
    index = _faiss.IndexIVFScalarQuantizer(_flat(groups.centres), size, len(groups.centres), *_BYTES)
    index.train(sample)
    for first in range(0, count, _ADDED):
        some = vectors[first : first + _ADDED]
        cells = groups.nearest(some)
        index.add_core(len(some), _faiss.swig_ptr(some), None, _faiss.swig_ptr(cells))
    return index


@dataclass(frozen=True, slots=True)
class _Groups:
    """The ``centres`` of cells, in groups: ``heads`` is an index of the groups, ``around`` gives for each the cells of the
    groups around it, their numbers and an index of them."""

    centres: Floats
    heads: Any
    around: Sequence[tuple[Rows, Any]]

    @classmethod
    def of(cls, sample: Floats, cells: int) -> Self:
        """About so many cells for vectors like those of a sample; as many for each group as it has of them."""
        few = _centres(sample, int(cells**0.5))
        heads = _flat(few)
        nearest = heads.search(sample, 1)[1][:, 0]
        members = [sample[nearest == group] for group in range(len(few))]
        found = [_centres(some, max(1, round(cells * len(some) / len(sample)))) for some in members if len(some)]
        home = np.repeat([group for group, some in enumerate(members) if len(some)], list(map(len, found)))
        centres = np.concatenate(found)
        close = np.argsort(-few @ few.T, axis=1, kind="stable")[:, :_AROUND]
        inside = [np.flatnonzero(np.isin(home, groups)) for groups in close]
        return cls(centres, heads, [(numbers, _flat(centres[numbers])) for numbers in inside])

    def nearest(self, vectors: Floats) -> Rows:
        """(vectors,) the nearest cell of each in the groups around it."""
        group = self.heads.search(vectors, 1)[1][:, 0]
        order = np.argsort(group, kind="stable")
        cells = np.empty(len(vectors), np.int64)
        edges = np.searchsorted(group[order], np.arange(len(self.around) + 1)).tolist()
        for (numbers, index), (first, last) in zip(self.around, pairwise(edges), strict=True):
            if last > first:
                some = order[first:last]
                cells[some] = numbers[index.search(vectors[some], 1)[1][:, 0]]
        return cells


def _centres(vectors: Floats, count: int) -> Floats:
    """(count, size) the middles of groups of vectors."""
    means = _faiss.Kmeans(vectors.shape[1], count, niter=_ROUNDS, spherical=True, min_points_per_centroid=1)
    means.train(vectors)
    return np.asarray(means.centroids)


def _flat(vectors: Floats) -> Any:
    index = _faiss.IndexFlatIP(vectors.shape[1])
    index.add(vectors)
    return index


def _enough(index: Any, vectors: Floats) -> int:
    """How many cells must be looked at so that most of the nearest are found."""
    asked = vectors[np.linspace(0, len(vectors) - 1, _TRIED).astype(np.int64)]
    index.nprobe = index.nlist
    nearest = index.search(asked, _NEAREST)[1]
    for share in _SHARES:
        index.nprobe = max(index.nlist // share, 1)
        found = index.search(asked, _NEAREST)[1]
        kept = [len(np.intersect1d(a, b)) / _NEAREST for a, b in zip(nearest, found, strict=True)]
        if float(np.mean(kept)) >= _RECALL:
            break
    return int(index.nprobe)


class VectorIndex:
    """Indexes that ``build`` wrote, one for each segment (see ``search.segments``); ``starts`` are their first rows, ``alive``
    (rows,) is False for those that are passed over."""

    def __init__(self, folders: Sequence[Path], starts: Sequence[int] = (0,), alive: Mask | None = None) -> None:
        self._parts = [_Part(folder) for folder in folders]
        self._starts = starts
        self._alive = alive

    def search(self, vector: Floats, limit: int, kept: Mask | None = None) -> tuple[Rows, Floats]:
        """(rows, cosines) of at most ``limit`` passages, nearest first; of those ``kept`` (rows,) only, if given."""
        if kept is None and self._alive is not None:
            # To look at some more takes less than to choose among all.
            rows, cosines = self._nearest(vector, limit + limit // _SPARE, None)
            there = self._alive[rows]
            return rows[there][:limit], cosines[there][:limit]
        return self._nearest(vector, limit, kept)

    def _nearest(self, vector: Floats, limit: int, kept: Mask | None) -> tuple[Rows, Floats]:
        if len(self._parts) == 1:
            return self._parts[0].search(vector, limit, kept)
        ends = (*self._starts[1:], None)
        found = [
            part.search(vector, limit, None if kept is None else kept[start:end])
            for part, start, end in zip(self._parts, self._starts, ends, strict=True)
        ]
        rows = np.concatenate([rows + start for (rows, _), start in zip(found, self._starts, strict=True)])
        cosines = np.concatenate([cosines for _, cosines in found])
        order = np.argsort(-cosines, kind="stable")[:limit]
        return rows[order], cosines[order]


class _Part:
    """An index that ``build`` wrote."""

    def __init__(self, folder: Path) -> None:
        # What is looked through is read as it is asked for, and shared between generations and processes.
        self._index = _faiss.read_index(str(folder / _INDEX), _faiss.IO_FLAG_MMAP_IFC)
        self._owners: NDArray[np.int32] = np.asarray(np.load(folder / _OWNERS, mmap_mode="r"))

    def search(self, vector: Floats, limit: int, kept: Mask | None) -> tuple[Rows, Floats]:
        """As in ``VectorIndex``."""
        wanted = min(limit * _PER_PASSAGE, self._index.ntotal)
        if not wanted or not vector.any():
            return np.empty(0, np.int64), np.empty(0, np.float32)
        parameters: Any = None
        if kept is not None:
            allowed = kept[self._owners]
            if not allowed.any():
                return np.empty(0, np.int64), np.empty(0, np.float32)
            bits = np.packbits(allowed, bitorder="little")
            chosen = _faiss.IDSelectorBitmap(len(allowed), _faiss.swig_ptr(bits))
            if isinstance(self._index, _faiss.IndexIVF):
                parameters = _faiss.SearchParametersIVF(sel=chosen, nprobe=self._index.nprobe)
            else:
                parameters = _faiss.SearchParameters(sel=chosen)
        with one_thread():
            cosines, numbers = self._index.search(vector[None, :], wanted, params=parameters)
        found = numbers[0] >= 0
        owners = self._owners[numbers[0][found]]
        first = np.unique(owners, return_index=True)[1]  # hits come nearest first: the first of a passage is its best
        order = np.sort(first)[:limit]
        return owners[order].astype(np.int64), cosines[0][found][order]

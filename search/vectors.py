"""The vector index: which passages mean something like a query.

Sentences are indexed, a passage is as near as its nearest sentence: a paragraph that says six things would be near
to none of them. FAISS by size: exact; then 8 bits a number (.992 of the 100 nearest kept, 2.3 ms for 75,000
sentences); then only the nearest eighth of the cells are looked through (.94 kept, a quarter of the time).
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from corpus.sentences import sentences
from search.analyzer import fold
from search.embedders import Embedder

_INDEX, _OWNERS = "index.faiss", "owners.npy"
_EXACT_UP_TO = 20_000  # sentences kept as they are; more are stored in 8 bits a number
_SCANNED_UP_TO = 400_000  # sentences that are all looked at; of more, those in the nearest cells
_CELLS_LOOKED_AT = 8  # one in so many
_SHORTEST = 8  # characters: a shorter sentence goes with its neighbour
_PER_PASSAGE = 3  # sentences asked for, per passage wanted
_AT_ONCE = 8192

_faiss: Any = faiss  # its stubs don't know what its Python layer adds

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


def build(folder: Path, texts: Iterable[str], embedder: Embedder) -> None:
    """Write an index of passages, numbered as they come, to the empty ``folder``."""
    owners: list[int] = []
    parts: list[Floats] = []
    waiting: list[str] = []
    for row, text in enumerate(texts):
        found = pieces(text)
        owners.extend([row] * len(found))
        waiting.extend(found)
        if len(waiting) >= _AT_ONCE:
            parts.append(embedder.encode(waiting))
            waiting = []
    parts.append(embedder.encode(waiting))
    vectors = np.concatenate(parts).astype(np.float32).reshape(-1, embedder.size)
    index = _empty(vectors)
    index.add(vectors)
    _faiss.write_index(index, str(folder / _INDEX))
    np.save(folder / _OWNERS, np.array(owners, np.int64))


def _empty(vectors: Floats) -> Any:
    """An index of the kind that fits the number of vectors, trained on them, still empty."""
    count, size = vectors.shape
    if count <= _EXACT_UP_TO:
        return _faiss.IndexFlatIP(size)
    if count <= _SCANNED_UP_TO:
        index = _faiss.IndexScalarQuantizer(size, _faiss.ScalarQuantizer.QT_8bit, _faiss.METRIC_INNER_PRODUCT)
        index.train(vectors)
        return index
    cells = int(4 * count**0.5)
    index = _faiss.index_factory(size, f"IVF{cells},SQ8", _faiss.METRIC_INNER_PRODUCT)
    sample = np.random.default_rng(0).permutation(count)[: 40 * cells]
    index.train(vectors[sample])
    index.nprobe = max(cells // _CELLS_LOOKED_AT, 1)
    return index


class VectorIndex:
    """An index that ``build`` wrote."""

    def __init__(self, folder: Path) -> None:
        self._index = _faiss.read_index(str(folder / _INDEX))
        self._owners: Rows = np.load(folder / _OWNERS)

    def search(self, vector: Floats, limit: int, kept: Mask | None = None) -> tuple[Rows, Floats]:
        """(rows, cosines) of at most ``limit`` passages, nearest first; of those ``kept`` (rows,) only, if given."""
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
        cosines, numbers = self._index.search(vector[None, :], wanted, params=parameters)
        found = numbers[0] >= 0
        owners = self._owners[numbers[0][found]]
        first = np.unique(owners, return_index=True)[1]  # hits come nearest first: the first of a passage is its best
        order = np.sort(first)[:limit]
        return owners[order], cosines[0][found][order]

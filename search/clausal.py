"""How near in meaning clauses, and the sentences around them, are to a text.

The vector of a text is the sum of its words' vectors where the embedder is a static one: then words are kept, the cosines
of all words of the vocabulary to a text are taken once, and those of a clause are added up. That is exact, takes 2 bytes
for each word and 8 for each clause (about 110 per passage; vectors would take 1,800), and no time for what is not asked.
For other embedders vectors are kept, in 8 bits a number.
"""

from array import array
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from search.claims import ClaimIndex
from search.embedders import Embedder, StaticEmbedder, static
from search.embedders.static import summed
from search.stacked import mapped, raw, stacked, starts_of

_AT_ONCE = 8192
_STEPS = 127  # a component of a unit vector is kept as a whole number of so many steps; cosines err by 0.003

Numbers = NDArray[np.int64]
Floats = NDArray[np.float32]


class Clauses(Protocol):
    """The clauses of an index, ready to be compared."""

    def __init__(self, folders: Sequence[Path], index: ClaimIndex, embedder: Embedder) -> None: ...

    @staticmethod
    def build(folder: Path, index: ClaimIndex, embedder: Embedder) -> None:
        """Write them to a folder."""

    def cosines(self, asked: Floats, clauses: Numbers) -> tuple[Floats, Floats]:
        """(clauses,) twice: the cosine of some clauses, and of their sentences, with the nearest column of ``asked``, which
        is (size, texts) of unit vectors."""
        ...


def kind(embedder: Embedder) -> type[Clauses]:
    """The way that an embedder allows."""
    return Worded if static(embedder) else Encoded


class Worded:
    """Clauses by their words."""

    def __init__(self, folders: Sequence[Path], index: ClaimIndex, embedder: Embedder) -> None:
        worded = _static(embedder)
        self._vectors, self._owners = worded.vectors, index.owners
        self._tokens = stacked([raw(folder / "tokens.bin", _kept(worded)) for folder in folders])
        self._starts = starts_of(folders, "token_starts")
        self._lengths = stacked([mapped(folder, "lengths") for folder in folders])
        self._sentences = stacked([mapped(folder, "sentence_lengths") for folder in folders])

    @staticmethod
    def build(folder: Path, index: ClaimIndex, embedder: Embedder) -> None:
        """Write the words of the clauses, and how long the sums of their vectors are."""
        worded = _static(embedder)
        sizes = array("i")
        lengths = np.zeros(len(index), np.float32)
        sentences = np.zeros(index.size, np.float32)
        owners = index.owners
        texts, first = index.texts(), 0
        carried: tuple[int, Floats] | None = None  # the sentence that a batch broke off in
        with (folder / "tokens.bin").open("wb") as file:
            while some := list(islice(texts, _AT_ONCE)):
                flat, here = worded.cut(some)
                flat.astype(_kept(worded)).tofile(file)
                sizes.extend(here.tolist())
                sums = summed(worded.vectors, flat, here)
                lengths[first : first + len(some)] = np.linalg.norm(sums, axis=1)
                told = owners[first : first + len(some)]
                begins = np.flatnonzero(np.diff(told, prepend=-1))
                whole = np.add.reduceat(sums, begins, axis=0)
                if carried is not None and carried[0] == told[0]:
                    whole[0] += carried[1]
                sentences[told[begins]] = np.linalg.norm(whole, axis=1)
                carried = (int(told[-1]), whole[-1])
                first += len(some)
        np.save(
            folder / "token_starts.npy", np.concatenate([np.zeros(1, np.int64), np.cumsum(np.array(sizes, np.int64))])
        )
        np.save(folder / "lengths.npy", lengths)
        np.save(folder / "sentence_lengths.npy", sentences)

    def cosines(self, asked: Floats, clauses: Numbers) -> tuple[Floats, Floats]:
        """As in ``Clauses``."""
        owners, places = np.unique(self._owners[clauses], return_inverse=True)
        first, last = self._owners.searchsorted(owners), self._owners.searchsorted(owners, "right")
        starts = self._starts
        of_clauses = self._nearest(asked, starts[clauses], starts[clauses + 1], self._lengths[clauses])
        of_sentences = self._nearest(asked, starts[first], starts[last], self._sentences[owners])
        return of_clauses, of_sentences[places]

    def _nearest(self, asked: Floats, starts: Numbers, ends: Numbers, lengths: Floats) -> Floats:
        """(spans,) the highest of the sums of words' products with the columns of ``asked``, as cosines of the sums."""
        sizes = ends - starts
        found = np.zeros(len(sizes), np.float32)
        filled = sizes > 0
        if filled.any():
            begins = np.cumsum(sizes) - sizes
            tokens = self._tokens[np.repeat(starts - begins, sizes) + np.arange(int(sizes.sum()))]
            known = np.zeros(len(self._vectors), np.bool_)
            known[tokens] = True
            words = np.flatnonzero(known)
            by_word = np.zeros((len(known), asked.shape[1]), np.float32)
            by_word[words] = self._vectors.take(words, axis=0) @ asked
            sums = np.add.reduceat(by_word[tokens], begins[filled], axis=0)
            found[filled] = sums.max(1) / np.maximum(lengths[filled], 1e-12)
        return found


class Encoded:
    """Clauses by their vectors."""

    def __init__(self, folders: Sequence[Path], index: ClaimIndex, embedder: Embedder) -> None:
        # Only the rows that are asked for are read.
        self._clauses = stacked([mapped(folder, "clauses") for folder in folders])
        self._sentences = stacked([mapped(folder, "sentences") for folder in folders])
        self._owners = index.owners

    @staticmethod
    def build(folder: Path, index: ClaimIndex, embedder: Embedder) -> None:
        """Write the vectors of the clauses and of their sentences."""
        _encode(folder / "clauses.npy", index.texts(), len(index), embedder)
        _encode(folder / "sentences.npy", index.sentences(), index.size, embedder)

    def cosines(self, asked: Floats, clauses: Numbers) -> tuple[Floats, Floats]:
        """As in ``Clauses``."""
        owners, places = np.unique(self._owners[clauses], return_inverse=True)
        return _compared(self._clauses[clauses], asked), _compared(self._sentences[owners], asked)[places]


def _static(embedder: Embedder) -> StaticEmbedder:
    worded = static(embedder)
    assert worded is not None
    return worded


def _kept(embedder: StaticEmbedder) -> np.dtype[np.unsignedinteger]:
    return np.min_scalar_type(max(len(embedder.vectors) - 1, 0))


def _encode(path: Path, texts: Iterator[str], count: int, embedder: Embedder) -> None:
    """Write the vectors of ``count`` texts, one batch after the other."""
    rows = np.lib.format.open_memmap(path, "w+", np.int8, (count, embedder.size))
    for first in range(0, count, _AT_ONCE):
        some = list(islice(texts, _AT_ONCE))
        rows[first : first + len(some)] = np.rint(embedder.encode(some) * _STEPS)
    rows.flush()


def _compared(rows: NDArray[np.int8], asked: Floats) -> Floats:
    """(rows,) the cosine with the nearest column of ``asked``."""
    nearest: Floats = (rows.astype(np.float32) @ asked).max(1) / _STEPS
    return nearest

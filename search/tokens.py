"""The words of every passage: what candidates are compared by, word for word.

``nearness`` is late interaction (Khattab & Zaharia 2020) over static word vectors: each word of the query is answered
by the passage's nearest word, rare words of the library counting for more. ``likeness`` and ``company`` are cosines of
BM25-weighted words between whole texts: of a draft to a passage, and of the passages found first to all others
(Rocchio 1971): what they have in common is what the query is about, even where the query says it in other words.

Kept on disk and mapped into memory: 4 bytes for each distinct word of a passage, about 270 per passage.
"""

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from copy import copy
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from search.analyzer import content, fold, squeeze
from search.embedders import StaticEmbedder
from search.stacked import Column, raw, stacked, starts_of

_TOKENS, _WEIGHTS, _STARTS, _SPREAD, _LENGTH = "tokens.bin", "weights.bin", "starts.npy", "spread.npy", "length.npy"
_K1, _B = 0.9, 0.4  # BM25's, as measured best for short texts of about equal length
_NO_NEARNESS = 0.2  # a cosine of two words at or below it says nothing
_NEAR = 0.6  # a cosine from which a word is shown as said in another way
_MOST_WORDS = 64  # of a query; of a longer one the rarest count
_AT_ONCE = 1024
_WEIGHED = 1 << 14  # passages weighed together
_REMEMBERED = 16  # queries whose words are kept: they are asked for twice

Rows = NDArray[np.int64]
Floats = NDArray[np.float32]


class _Cutter:
    """Cuts texts into the words that have a vector: an unknown one is not the same as another."""

    def __init__(self, embedder: StaticEmbedder) -> None:
        self._embedder = embedder
        self._tokenizer = embedder.tokenizer
        self._known: NDArray[np.bool_] = np.asarray(embedder.vectors.any(axis=1))
        self._unknown = frozenset(np.flatnonzero(~self._known).tolist())

    def all(self, texts: Sequence[str]) -> tuple[Rows, Rows]:
        """(words of all texts, one text after the other; how many each has)."""
        tokens, lengths = self._embedder.cut([fold(text) for text in texts])
        known = self._known[tokens]
        owners = np.repeat(np.arange(len(texts)), lengths)[known]
        return tokens[known], np.bincount(owners, minlength=len(texts))

    def __call__(self, texts: Sequence[str]) -> list[list[int]]:
        encodings = self._tokenizer.encode_batch_fast([fold(text) for text in texts], add_special_tokens=False)
        return [[token for token in encoding.ids if token not in self._unknown] for encoding in encodings]


def _rarity(spread: NDArray[np.int64], total: int) -> Floats:
    rarity: Floats = np.log(1 + (total - spread + 0.5) / (spread + 0.5)).astype(np.float32)
    return rarity


def build(folder: Path, texts: Iterable[str], embedder: StaticEmbedder, before: Sequence[Path] = ()) -> None:
    """Write the index of passages, numbered as they come, to the empty ``folder``; ``before`` are the indexes of others,
    which count where it matters how rare a word is."""
    cut = _Cutter(embedder)
    sizes, lengths = array("i"), array("f")
    spread = np.zeros(len(embedder.vectors), np.int64)
    waiting = iter(texts)
    kind = np.min_scalar_type(max(len(embedder.vectors) - 1, 0))
    waiting_times = folder / "times.bin"
    with (folder / _TOKENS).open("wb") as tokens, waiting_times.open("wb") as times:
        while some := list(islice(waiting, _AT_ONCE)):
            written, many = cut.all(some)
            owners = np.repeat(np.arange(len(some)), many)
            keys, first, often = np.unique(owners * len(spread) + written, return_index=True, return_counts=True)
            order = np.argsort(first)  # the words of a passage as they come in it
            found = (keys[order] % len(spread)).astype(kind)
            sizes.extend(np.bincount(keys // len(spread), minlength=len(some)).tolist())
            lengths.extend(many.tolist())
            spread += np.bincount(found, minlength=len(spread))
            found.tofile(tokens)
            often[order].astype(np.float32).tofile(times)
    starts = np.concatenate([np.zeros(1, np.int64), np.cumsum(np.array(sizes, np.int64))])
    np.save(folder / _STARTS, starts)
    np.save(folder / _SPREAD, spread)
    np.save(folder / _LENGTH, np.sum(lengths, dtype=np.float64))
    every = [*before, folder]
    total = sum(len(np.load(one / _STARTS, mmap_mode="r")) - 1 for one in every)
    mean = float(sum(np.load(one / _LENGTH) for one in every)) / max(total, 1)
    _weigh(folder, starts, np.array(lengths, np.float32), _rarity(_spread(every), total), mean)
    waiting_times.unlink()


def _spread(folders: Iterable[Path]) -> NDArray[np.int64]:
    """(words of the model,) in how many passages of some indexes each stands."""
    spread: NDArray[np.int64] = np.sum([np.load(folder / _SPREAD) for folder in folders], axis=0)
    return spread


def _weigh(folder: Path, starts: Rows, lengths: Floats, rarity: Floats, mean: float) -> None:
    """Write the weights of the words, some passages at a time; ``mean`` is the usual number of words."""
    total = len(lengths)
    room = _K1 * (1 - _B + _B * lengths / np.float32(max(mean, 1.0)))
    tokens = raw(folder / _TOKENS, np.min_scalar_type(max(len(rarity) - 1, 0)))
    counted = raw(folder / "times.bin", np.float32)
    with (folder / _WEIGHTS).open("wb") as file:
        for first in range(0, total, _WEIGHED):
            last = min(first + _WEIGHED, total)
            span = slice(starts[first], starts[last])
            times, sizes = counted[span], np.diff(starts[first : last + 1])
            owners = np.repeat(np.arange(last - first), sizes)
            weights = rarity[tokens[span]] * times / (times + room[first:last][owners])
            norms = np.sqrt(np.bincount(owners, weights**2, last - first))
            weights /= np.maximum(norms, 1e-9)[owners]
            weights.astype(np.float16).tofile(file)


def _worth_showing(word: str, found: str) -> bool:
    """True for two words neither of which is a part of the other; figures mean nothing near."""
    return len(word) > 1 and len(found) > 1 and word not in found and found not in word and not (word + found).isdigit()


class TokenIndex:
    """Indexes that ``build`` wrote with the same embedder, one for each segment. Texts may have words that no passage
    has."""

    def __init__(self, folders: Sequence[Path], embedder: StaticEmbedder) -> None:
        kind = np.min_scalar_type(max(len(embedder.vectors) - 1, 0))
        self._tokens = stacked([raw(folder / _TOKENS, kind) for folder in folders])
        self._weights = stacked([raw(folder / _WEIGHTS, np.float16) for folder in folders])
        self._starts: Column = starts_of(folders, "starts")
        self._know(embedder, _rarity(_spread(folders), len(self._starts) - 1))

    @classmethod
    def of(cls, embedder: StaticEmbedder, rarity: Floats) -> Self:
        """An index of no passage, with how rare each word of the model is."""
        index = cls.__new__(cls)
        index._know(embedder, rarity)
        return index.holding([], [])

    def _know(self, embedder: StaticEmbedder, rarity: Floats) -> None:
        self._embedder = embedder
        self._cut = _Cutter(embedder)
        self._shrunk: Floats = 1 / np.maximum(np.linalg.norm(embedder.vectors, axis=1, keepdims=True), 1e-12)
        #: (words of the model,) how rare each is.
        self.rarity = self._rarity = rarity
        self._asked = lru_cache(_REMEMBERED)(self._words)
        self._compared: tuple[NDArray[np.int64], NDArray[np.int32], Floats] | None = None
        self._name = lru_cache(None)(self._named)

    def holding(self, tokens: Sequence[NDArray[np.int32]], weights: Sequence[Floats]) -> Self:
        """The same for other passages: their distinct words, and what each weighs."""
        other = copy(self)
        other._tokens = np.concatenate([np.empty(0, np.int32), *tokens])
        other._weights = np.concatenate([np.empty(0, np.float16), *weights])
        other._starts = np.cumsum([0, *map(len, tokens)])
        return other

    def spread(self) -> NDArray[np.int64]:
        """(words of the model,) in how many passages each stands."""
        return np.bincount(self._tokens[:], minlength=len(self._rarity))

    def _words(self, text: str) -> NDArray[np.int64]:
        """The distinct words of what a query is about, the rarest first. ``_asked`` remembers them."""
        found = np.array(list(dict.fromkeys(self._cut([content(text)])[0])), np.int64)
        return found[np.argsort(-self._rarity[found], kind="stable")[:_MOST_WORDS]]

    def _vectors(self, tokens: NDArray[np.integer]) -> Floats:
        unit: Floats = self._embedder.vectors[tokens] * self._shrunk[tokens]
        return unit

    def _likened(self, tokens: NDArray[np.integer], asked: NDArray[np.int64]) -> tuple[Floats, NDArray[np.int32]]:
        """((distinct words, asked) cosines, (tokens,) the row in it of each of the words)."""
        last = self._compared
        if last is not None and last[0] is asked and (places := last[1][tokens]).min(initial=0) >= 0:
            return last[2], places
        known = np.zeros(len(self._rarity), np.bool_)
        known[tokens] = True
        distinct = np.flatnonzero(known)
        place = np.full(len(self._rarity), -1, np.int32)
        place[distinct] = np.arange(len(distinct), dtype=np.int32)
        cosines = (self._embedder.vectors.take(distinct, axis=0) @ self._vectors(asked).T) * self._shrunk[distinct]
        # The passages that are shown are among those that were just looked at.
        self._compared = asked, place, cosines
        return cosines, place[tokens]

    def _of(self, rows: Rows) -> tuple[NDArray[np.int64], Rows, Rows]:
        """(positions in the arrays of all the words of these passages, where each passage starts in them, their
        numbers of words). Passages without words are left to the caller."""
        starts, ends = self._starts[rows], self._starts[rows + 1]
        sizes = ends - starts
        first = np.cumsum(sizes) - sizes
        return np.repeat(starts - first, sizes) + np.arange(int(sizes.sum())), first, sizes

    def nearness(self, query: str, rows: Rows) -> Floats:
        """(rows,) the share in 0..1 of the query's words, weighed by rarity, that each passage says or nearly says."""
        out = np.zeros(len(rows), np.float32)
        asked = self._asked(query)
        where, first, sizes = self._of(rows)
        if not len(asked) or not len(where):
            return out
        cosines, places = self._likened(self._tokens[where], asked)
        answers = np.maximum((cosines - _NO_NEARNESS) / (1 - _NO_NEARNESS), 0)
        filled = sizes > 0
        best = np.maximum.reduceat(answers.take(places, axis=0), first[filled], axis=0)
        rarity = self._rarity[asked]
        out[filled] = (best * rarity).sum(axis=1) / max(float(rarity.sum()), 1e-9)
        return out

    def near_words(self, query: str, rows: Iterable[int]) -> list[list[tuple[str, str]]]:
        """For each passage: (word of the query, the passage's word nearest in meaning), the surest first, where it has
        another word for it."""
        asked = self._asked(query)
        where, first, sizes = self._of(np.fromiter(rows, np.int64))
        if not len(asked) or not len(where):
            return [[] for _ in sizes]
        written = self._tokens[where]
        cosines, places = self._likened(written, asked)
        words = [self._name(token) for token in asked.tolist()]
        return [
            self._near(words, cosines[places[start : start + size]], written[start : start + size]) if size else []
            for start, size in zip(first, sizes, strict=True)
        ]

    def _near(self, words: list[str], cosines: Floats, written: NDArray[np.int32]) -> list[tuple[str, str]]:
        """The same for one passage; ``cosines`` are (written, words)."""
        best = np.argmax(cosines, axis=0)
        found = map(self._name, written[best].tolist())
        pairs = list(zip(cosines[best, np.arange(len(best))].tolist(), words, found, strict=True))
        said = {word for _, word, found in pairs if word == found}
        return [
            (word, found)
            for cosine, word, found in sorted(pairs, reverse=True)
            if cosine >= _NEAR and _worth_showing(word, found) and found not in said
        ]

    def _named(self, token: int) -> str:
        """How a word is written, squeezed. ``_name`` remembers it."""
        return squeeze(self._embedder.tokenizer.id_to_token(token) or "")

    def likeness(self, text: str, rows: Rows) -> Floats:
        """(rows,) cosine in 0..1 of a whole text to each passage, by words."""
        times = Counter(self._cut([text])[0])
        centre = np.zeros(len(self._rarity), np.float32)
        for token, n in times.items():
            centre[token] = self._rarity[token] * n / (n + _K1)
        return self._cosines(centre / max(float(np.linalg.norm(centre)), 1e-9), rows)

    def company(self, found: Rows, shares: Floats, rows: Rows) -> Floats:
        """(rows,) mean cosine in 0..1 of each passage to those ``found``, weighted by their ``shares``."""
        centre = np.zeros(len(self._rarity), np.float32)
        for row, share in zip(found, shares / shares.sum(), strict=True):
            span = slice(self._starts[row], self._starts[row + 1])
            centre[self._tokens[span]] += share * self._weights[span].astype(np.float32)
        return self._cosines(centre, rows)

    def _cosines(self, centre: Floats, rows: Rows) -> Floats:
        out = np.zeros(len(rows), np.float32)
        where, first, sizes = self._of(rows)
        if len(where):
            products = centre[self._tokens[where]] * self._weights[where]
            out[sizes > 0] = np.add.reduceat(products, first[sizes > 0])
        return out

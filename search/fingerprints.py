"""Where the wording of a text stands in the library: an index of runs of characters.

Winnowing (Schleimer, Wilkerson and Aiken, "Winnowing: local algorithms for document fingerprinting", SIGMOD 2003): of
every ``_WINDOW`` neighbouring grams of ``_GRAM`` characters the one with the smallest hash is kept, so that any run of
``_GRAM + _WINDOW - 1`` = 13 characters that a text shares with the library shares a kept gram; what the grams point to is
then compared character by character. Texts are squeezed: punctuation and spaces don't count.

Kept on disk and mapped into memory: 2 bytes for each character and about 16 for each gram kept, 1,100 per passage, of which
a draft touches little.
"""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from search.stacked import mapped, raw

_GRAM, _WINDOW = 8, 6
SHORTEST = _GRAM + _WINDOW - 1
_SORTED = 1 << 22  # grams put in order together
_GRAMS = np.dtype([("hash", np.uint64), ("place", np.int64)])
_AT_ONCE = 1 << 21  # characters hashed together while building
_BASE = np.uint64(0x9E3779B97F4A7C15)
_NOTHING = np.uint64(0xFFFFFFFFFFFFFFFF)  # the hash of a gram that reaches over the end of a text
_MOST_PLACES = 40  # of a gram that are looked at: a set phrase stands everywhere
_STRIDE = 64  # characters compared at a time

Codes = NDArray[np.uint16]
Hashes = NDArray[np.uint64]
Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Run:
    """``length`` characters from ``start`` of a text on stand from ``at`` on in the text numbered ``row``."""

    start: int
    length: int
    row: int
    at: int

    @property
    def end(self) -> int:
        return self.start + self.length


def _codes(text: str) -> Codes:
    """One unit per character; what doesn't fit in one is as good as any other sign."""
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    return np.where(points > 0xFFFF, np.uint32(0xFFFD), points).astype(np.uint16)


def _hashes(codes: Codes) -> Hashes:
    """(n - 7,) the hash of the gram that begins at each place; ``_NOTHING`` where a zero, an end of a text, is in it."""
    count = len(codes) - _GRAM + 1
    if count <= 0:
        return np.zeros(0, np.uint64)
    wide = codes.astype(np.uint64)
    made = np.zeros(count, np.uint64)
    with np.errstate(over="ignore"):
        for i in range(_GRAM):
            made = made * _BASE + wide[i : i + count]
        # The low bits of a product depend on the low bits of its factors only.
        made ^= made >> np.uint64(31)
        made *= np.uint64(0xBF58476D1CE4E5B9)
        made ^= made >> np.uint64(29)
    ends = np.concatenate((np.zeros(1, np.int64), np.cumsum(codes == 0)))
    made[ends[_GRAM : _GRAM + count] != ends[:count]] = _NOTHING
    return made


def _kept(hashes: Hashes) -> Numbers:
    """Places of the grams that winnowing keeps; of equals in a window the last."""
    if len(hashes) < _WINDOW:
        chosen = np.arange(len(hashes))
    else:
        windows = [hashes[place : len(hashes) - _WINDOW + 1 + place] for place in range(_WINDOW)]
        lowest = np.minimum.reduce(windows)
        last = np.zeros(len(lowest), np.int64)
        for place, one in enumerate(windows):
            last[one == lowest] = place
        chosen = np.arange(len(lowest)) + last
        # They only go forward: what falls out of the window was the last of its equals, or not the lowest.
        chosen = chosen[np.diff(chosen, prepend=-1) > 0]
    kept: Numbers = chosen[hashes[chosen] != _NOTHING]
    return kept


def build(folder: Path, texts: Iterable[str]) -> None:
    """Write the index of squeezed texts, numbered as they come, to the empty ``folder``. Grams wait on disk and are put in
    order by runs of their hashes: those of a million passages take gigabytes to sort at once."""
    starts = array("q", [0])
    waiting = folder / "waiting.bin"
    with (folder / "codes.bin").open("wb") as file, waiting.open("wb") as grams:
        for batch in _batches(texts):
            first = starts[-1]
            codes = _codes("\0".join(batch) + "\0")
            codes.tofile(file)
            made = _hashes(codes)
            kept = _kept(made)
            np.rec.fromarrays([made[kept], kept + first], dtype=_GRAMS).tofile(grams)
            starts.extend((np.cumsum([len(text) + 1 for text in batch]) + first).tolist())
    found = np.memmap(waiting, _GRAMS, "r") if waiting.stat().st_size else np.zeros(0, _GRAMS)
    runs = (len(found) // _SORTED).bit_length()
    keys, sizes = [np.zeros(0, np.uint64)], [np.zeros(1, np.int64)]
    places = np.lib.format.open_memmap(
        folder / "places.npy", "w+", np.min_scalar_type(max(starts[-1], 1)), (len(found),)
    )
    at = 0
    for run in range(1 << runs):
        of_run = found[found["hash"] >> np.uint64(64 - runs) == run] if runs else np.asarray(found)
        order = np.argsort(of_run["hash"], kind="stable")
        ours, counts = np.unique(of_run["hash"], return_counts=True)
        keys.append(ours)
        sizes.append(counts)
        places[at : at + len(order)] = of_run["place"][order]
        at += len(order)
    places.flush()
    waiting.unlink()
    np.save(folder / "keys.npy", np.concatenate(keys))
    np.save(folder / "offsets.npy", np.cumsum(np.concatenate(sizes)).astype(np.min_scalar_type(max(len(found), 1))))
    np.save(folder / "starts.npy", np.array(starts, np.int64))


def _batches(texts: Iterable[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    size = 0
    for text in texts:
        batch.append(text)
        size += len(text) + 1
        if size >= _AT_ONCE:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


class Fingerprints:
    """Indexes that ``build`` wrote, one for each segment (see ``search.segments``); ``starts`` are their first rows, ``alive``
    (rows,) is False for those that are passed over."""

    def __init__(
        self, folders: Sequence[Path], starts: Sequence[int] = (0,), alive: NDArray[np.bool_] | None = None
    ) -> None:
        self._parts = [(_Part(folder), start) for folder, start in zip(folders, starts, strict=True)]
        self._alive = alive

    def runs(self, text: str) -> list[Run]:
        """The longest runs of 8 characters or more that a squeezed text shares with the library: every one of 13 or
        more, but of a set phrase only a few. In reading order."""
        codes = _codes(text)
        hashes = _hashes(codes)
        found = [replace(run, row=run.row + start) for part, start in self._parts for run in part.runs(codes, hashes)]
        kept = [run for run in found if self._alive is None or self._alive[run.row]]
        return sorted(kept, key=lambda run: (run.start, -run.length, run.row, run.at))


class _Part:
    """An index that ``build`` wrote."""

    def __init__(self, folder: Path) -> None:
        self._codes: Codes = raw(folder / "codes.bin", np.uint16)
        self._keys, self._offsets = mapped(folder, "keys"), mapped(folder, "offsets")
        self._places, self._starts = mapped(folder, "places"), mapped(folder, "starts")

    def runs(self, codes: Codes, hashes: Hashes) -> list[Run]:
        """As in ``Fingerprints``, of a text's codes and the hashes of its grams; in no order."""
        if not len(hashes) or not len(self._keys):
            return []
        at = np.minimum(np.searchsorted(self._keys, hashes), len(self._keys) - 1)
        here = np.flatnonzero(self._keys[at] == hashes)
        pairs = [pair for i in here for pair in self._standing(int(i), int(at[i]))]
        return self._grown(codes, pairs)

    def _standing(self, start: int, key: int) -> Iterator[tuple[int, int]]:
        first, last = int(self._offsets[key]), int(self._offsets[key + 1])
        step = max((last - first) // _MOST_PLACES, 1)
        for place in self._places[first:last:step].tolist():
            yield place - start, start

    def _grown(self, codes: Codes, pairs: Sequence[tuple[int, int]]) -> list[Run]:
        """Runs from (place in the library less place in the text, place in the text), each as long as it can be."""
        found: list[Run] = []
        shift, reach = None, 0
        for apart, start in sorted(pairs):
            if apart == shift and start < reach:
                continue
            ahead = _alike(codes, start, self._codes, start + apart, 1)
            behind = _alike(codes, start - 1, self._codes, start + apart - 1, -1)
            shift, reach = apart, start + ahead
            if ahead >= _GRAM:  # else another gram with the same hash
                begins = start - behind
                row = int(np.searchsorted(self._starts, begins + apart, "right")) - 1
                found.append(Run(begins, behind + ahead, row, begins + apart - int(self._starts[row])))
        return found


def _alike(a: Codes, i: int, b: Codes, j: int, step: int) -> int:
    """How many characters are the same from ``i`` in ``a`` and ``j`` in ``b`` on, going forwards or backwards."""
    most = min(len(a) - i, len(b) - j) if step > 0 else min(i, j) + 1
    count = 0
    while count < most:
        size = min(_STRIDE, most - count)
        if step > 0:
            differ = a[i + count : i + count + size] != b[j + count : j + count + size]
        else:
            differ = (a[i - count - size + 1 : i - count + 1] != b[j - count - size + 1 : j - count + 1])[::-1]
        first = np.flatnonzero(differ)
        if len(first):
            return count + int(first[0])
        count += size
    return count

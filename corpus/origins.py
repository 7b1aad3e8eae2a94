"""Where the characters of a repaired text stand in its source, kept as runs, exact for every character; and where the
pages of a source begin.

A run is copied without a change; a new one begins wherever a repair, an indent or the end of a line comes between.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence

import numpy as np


def runs(places: Sequence[int]) -> bytes:
    """The runs of a text whose character ``i`` stands at ``places[i]``: pairs (place in the text, place in the source),
    unsigned 32 bits each, little-endian."""
    source = np.asarray(places, np.int64)
    begins = np.flatnonzero(np.diff(source, prepend=-2) != 1)
    return np.stack([begins, source[begins]], axis=1).astype("<u4").tobytes()


def paging(pages: Iterable[tuple[int, int]]) -> bytes:
    """Where pages begin, packed: (place in the source, page counting from 1, 0 where what follows is on none)."""
    return np.array([*pages], "<u4").tobytes()


class Pages:
    """The pages of a source, from what ``paging`` made."""

    def __init__(self, packed: bytes) -> None:
        pairs = np.frombuffer(packed, "<u4").reshape(-1, 2)
        self._starts, self._numbers = pairs[:, 0].tolist(), pairs[:, 1].tolist()

    def page(self, at: int) -> int:
        """The page that a place in the source is on, counting from 1; 0 where it is on none or none is known."""
        found = bisect_right(self._starts, at) - 1
        return int(self._numbers[found]) if found >= 0 else 0


class Places:
    """The way from a text to its source, from what ``runs`` made."""

    def __init__(self, packed: bytes) -> None:
        pairs = np.frombuffer(packed, "<u4").reshape(-1, 2)
        self._text, self._source = pairs[:, 0].tolist(), pairs[:, 1].tolist()

    def place(self, at: int) -> int:
        """The place in the source of the character at ``at`` (for a line end, of what it ends)."""
        run = bisect_right(self._text, at) - 1
        return int(self._source[run] + at - self._text[run])

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the source that ``text[start:end]`` was made of, with whatever was taken out inside it; it must
        not be empty."""
        return self.place(start), self.place(end - 1) + 1

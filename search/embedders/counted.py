"""An embedder that says how far it is: a neural one takes minutes for a library."""

from collections.abc import Callable, Iterable
from itertools import islice

import numpy as np

from search.embedders.base import Embedder, Floats

_AT_ONCE = 512  # texts between two reports


class Counted:
    """An embedder as it is, that tells ``report`` how many texts it has encoded since it was made."""

    def __init__(self, embedder: Embedder, report: Callable[[int], None]) -> None:
        self._embedder = embedder
        self._report = report
        self._done = 0

    @property
    def counted(self) -> Embedder:
        """The embedder whose texts are counted."""
        return self._embedder

    @property
    def id(self) -> str:
        return self._embedder.id

    @property
    def size(self) -> int:
        return self._embedder.size

    def encode(self, texts: Iterable[str]) -> Floats:
        """(texts, size) float32 unit vectors of passages, a batch after the other."""
        parts = [np.zeros((0, self.size), np.float32)]
        waiting = iter(texts)
        while batch := list(islice(waiting, _AT_ONCE)):
            parts.append(self._embedder.encode(batch))
            self._done += len(batch)
            self._report(self._done)
        return np.concatenate(parts)

    def encode_queries(self, texts: Iterable[str]) -> Floats:
        """The same of queries, which nobody waits for."""
        return self._embedder.encode_queries(texts)

"""The words of the passages at hand: what candidates are compared by where no index holds the words of all passages."""

from collections import Counter
from collections.abc import Callable, Iterable

import numpy as np
from numpy.typing import NDArray

from search.embedders import BUNDLED, Embedder, StaticEmbedder, static
from search.tokens import _B, _K1, TokenIndex, _Cutter, _rarity

_MEAN = 85.0  # words of the bundled model in a passage of the reference corpus
_KEPT = 20_000  # passages whose words are kept

Floats = NDArray[np.float32]
Rows = NDArray[np.int64]
Weighed = tuple[NDArray[np.int32], Floats]


def worded(embedder: Embedder) -> StaticEmbedder:
    """The model whose words passages are compared by: models that read whole sentences have none."""
    return static(embedder) or StaticEmbedder(BUNDLED)


class FewTokens:
    """See ``TokenIndex``: the same answers about rows, whose words are cut when they are asked for."""

    def __init__(
        self, text: Callable[[int], str], spread: NDArray[np.int64], total: int, embedder: StaticEmbedder
    ) -> None:
        """``text`` of a row; ``spread`` (words of the model,) in how many of ``total`` passages each stands."""
        self._text = text
        self._model = TokenIndex.of(embedder, _rarity(spread, total))
        self._cut = _Cutter(embedder)
        self._known: dict[int, Weighed] = {}

    def nearness(self, query: str, rows: Rows) -> Floats:
        """As ``TokenIndex.nearness``."""
        return self._few(rows).nearness(query, np.arange(len(rows)))

    def near_words(self, query: str, rows: Iterable[int]) -> list[list[tuple[str, str]]]:
        """As ``TokenIndex.near_words``."""
        few = np.fromiter(rows, np.int64)
        return self._few(few).near_words(query, range(len(few)))

    def likeness(self, text: str, rows: Rows) -> Floats:
        """As ``TokenIndex.likeness``."""
        return self._few(rows).likeness(text, np.arange(len(rows)))

    def company(self, found: Rows, shares: Floats, rows: Rows) -> Floats:
        """As ``TokenIndex.company``."""
        both = np.concatenate([found, rows])
        return self._few(both).company(np.arange(len(found)), shares, np.arange(len(found), len(both)))

    def _few(self, rows: Rows) -> TokenIndex:
        if len(self._known) > _KEPT:
            self._known = {}
        wanted = [row for row in dict.fromkeys(rows.tolist()) if row not in self._known]
        for row, words in zip(wanted, self._cut([self._text(row) for row in wanted]), strict=True):
            self._known[row] = self._weigh(words)
        found = [self._known[row] for row in rows.tolist()]
        return self._model.holding([tokens for tokens, _ in found], [weights for _, weights in found])

    def _weigh(self, words: list[int]) -> Weighed:
        times = Counter(words)
        tokens = np.fromiter(times, np.int32, len(times))
        counts = np.fromiter(times.values(), np.float32, len(times))
        room = np.float32(_K1 * (1 - _B + _B * len(words) / _MEAN))
        weights = self._model.rarity[tokens] * counts / (counts + room)
        weights /= max(float(np.linalg.norm(weights)), 1e-9)
        return tokens, weights.astype(np.float16)

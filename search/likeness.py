"""How alike two sentences are worded: the character pairs that they share, rare ones counting for more.

Weighted Jaccard over pairs (min over max), with the inverse frequency of a pair among the sentences at hand as its
weight: set phrases of reports, which stand everywhere, weigh little.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence

from search.answers import ClaimEvidence
from search.claims import bare, bigrams


class Likeness:
    """Likeness among the sentences of a few documents."""

    def __init__(self, sentences: Iterable[str]) -> None:
        self._pairs = {sentence: frozenset(bigrams(bare(sentence))) for sentence in sentences}
        spread = Counter(pair for pairs in self._pairs.values() for pair in pairs)
        total = len(self._pairs)
        self._weights = {pair: math.log(1 + total / times) for pair, times in spread.items()}

    def __call__(self, a: str, b: str) -> float:
        """0..1: 1 for the same words."""
        left, right = self._pairs[a], self._pairs[b]
        both = self._weight(left & right)
        either = self._weight(left | right)
        return both / either if either else 0.0

    def _weight(self, pairs: Iterable[str]) -> float:
        return sum(self._weights[pair] for pair in pairs)

    def closest(self, a: Sequence[ClaimEvidence], b: Sequence[ClaimEvidence]) -> tuple[ClaimEvidence, ClaimEvidence]:
        """The pair that is most alike; the first of equals. Neither may be empty."""
        return max(
            ((one, other) for one in a for other in b), key=lambda pair: self(pair[0].sentence, pair[1].sentence)
        )

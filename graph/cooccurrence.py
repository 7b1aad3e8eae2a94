"""Terms that stand together: how much more often than chance two terms share a passage, and where they stand closest."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from math import log

from corpus.model import Mention

#: Bounds on co-occurrence, so that a library of any size gives a network that can be drawn.
_MOST_TERMS_IN_PASSAGE = 24
MOST_PARTNERS = 12
FEWEST_TOGETHER = 2
#: Below this, terms that stand everywhere (工会) would be tied to everything.
LEAST_WEIGHT = 0.2
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Together:
    """Two terms that share ``passages`` passages; ``weight`` lies in 0..1. In the passage where they stand closest,
    ``start:end`` reaches from the first of them to the end of the last."""

    weight: float
    passages: int
    document_id: str
    passage_id: str
    start: int
    end: int


def related(mentions: Iterable[Mention], passages: int) -> dict[Pair, Together]:
    """Pairs of terms (ids in order) that stand in the same passages more often than chance; ``passages`` are there.

    Normalised pointwise mutual information (Bouma, 2009) over passages, times the discount of Pantel and Ravichandran
    (2004), without which two names seen twice would outweigh all others. Pairs seen together less than
    ``FEWEST_TOGETHER`` times or weaker than ``LEAST_WEIGHT`` are left out; every term keeps at most ``MOST_PARTNERS``,
    the strongest pairs first.
    """
    together: dict[str, dict[str, list[Mention]]] = defaultdict(lambda: defaultdict(list))
    for mention in mentions:
        if mention.passage_id:
            together[mention.passage_id][mention.term_id].append(mention)
    alone: Counter[str] = Counter()
    pairs: Counter[Pair] = Counter()
    for found in together.values():
        alone.update(found.keys())
        if len(found) <= _MOST_TERMS_IN_PASSAGE:
            pairs.update(combinations(sorted(found), 2))
    weights = _weights(pairs, alone, max(passages, len(together)))
    partners: Counter[str] = Counter()
    kept: set[Pair] = set()
    for pair in sorted(weights, key=lambda pair: (-weights[pair], pair)):
        if all(partners[term] < MOST_PARTNERS for term in pair):
            partners.update(pair)
            kept.add(pair)
    closest = _closest(kept, together)
    return {pair: Together(weights[pair], pairs[pair], *closest[pair][1:]) for pair in sorted(kept)}


def _weights(pairs: Counter[Pair], alone: Counter[str], total: int) -> dict[Pair, float]:
    weights = {}
    for (a, b), n in pairs.items():
        if FEWEST_TOGETHER <= n < total:
            rarer = min(alone[a], alone[b])
            discount = n / (n + 1) * rarer / (rarer + 1)
            weight = discount * log(n * total / (alone[a] * alone[b])) / -log(n / total)
            if weight >= LEAST_WEIGHT:
                weights[a, b] = round(weight, 6)
    return weights


def _closest(
    pairs: set[Pair], together: dict[str, dict[str, list[Mention]]]
) -> dict[Pair, tuple[int, str, str, int, int]]:
    """Pair → (length of the span, document, passage, start, end), the shortest span of all passages."""
    best: dict[Pair, tuple[int, str, str, int, int]] = {}
    for passage_id, found in together.items():
        if len(found) > _MOST_TERMS_IN_PASSAGE:
            continue
        for pair in combinations(sorted(found), 2):
            if pair in pairs:
                for a in found[pair[0]]:
                    for b in found[pair[1]]:
                        start, end = min(a.start, b.start), max(a.end, b.end)
                        span = (end - start, a.document_id, passage_id, start, end)
                        if pair not in best or span < best[pair]:
                            best[pair] = span
    return best

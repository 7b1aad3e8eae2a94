"""Terms that stand together: how much more often than chance two terms share a passage."""

from collections import Counter, defaultdict
from itertools import combinations
from math import log

from corpus.model import Mention, Passage

#: Bounds on co-occurrence, so that a library of any size gives a network that can be drawn.
_MOST_TERMS_IN_PASSAGE = 24
_MOST_RELATED = 12
_FEWEST_TOGETHER = 2


def related(mentions: list[Mention], passages: list[Passage]) -> dict[tuple[str, str], float]:
    """Pairs of terms (ids in order) that stand in the same passages more often than chance, with a weight in 0..1.

    Normalised pointwise mutual information (Bouma, 2009) over passages; pairs seen together once are left out, and
    each term keeps its strongest partners only.
    """
    together: dict[str, set[str]] = defaultdict(set)
    for mention in mentions:
        if mention.passage_id:
            together[mention.passage_id].add(mention.term_id)
    alone: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for ids in together.values():
        alone.update(ids)
        if len(ids) <= _MOST_TERMS_IN_PASSAGE:
            pairs.update(combinations(sorted(ids), 2))
    total = max(len(passages), len(together), 1)
    weights = {}
    for (a, b), n in pairs.items():
        if n >= _FEWEST_TOGETHER and n < total:
            weight = log(n * total / (alone[a] * alone[b])) / -log(n / total)
            if weight > 0:
                weights[a, b] = round(weight, 6)
    strongest: dict[str, list[tuple[float, tuple[str, str]]]] = defaultdict(list)
    for pair, weight in weights.items():
        for term in pair:
            strongest[term].append((-weight, pair))
    kept = {pair for ranked in strongest.values() for _, pair in sorted(ranked)[:_MOST_RELATED]}
    return {pair: weights[pair] for pair in weights if pair in kept}

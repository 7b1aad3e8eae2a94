"""Which terms a query asks for in the words of the passages.

Most of what a Chinese query could ask for is in every other passage, costs most of the time, and tells least. Where 职工
and 工书 are known, 职 and 工 say nothing that these don't; and what stands in a quarter of a large library is left out
beside rarer words.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from search.analyzer import asked_words, content_grams, grams

# Weights of the fields, BM25F-like: a heading speaks for all the passages under it.
FIELDS = {"text": 1.0, "heading": 0.3, "words": 0.4}
K1, B = 1.2, 0.75  # tantivy's
_LONGEST_QUERY = 160  # distinct grams; of a longer query the rarest are asked
_EVERYWHERE, _MANY = 0.25, 256  # what stands in a larger share of the passages, and in so many, is everywhere

#: (field, terms) → in how many passages each stands in the field.
Spread = Callable[[str, Sequence[str]], Sequence[int]]


@dataclass(frozen=True, slots=True)
class Asked:
    """(field, term) → in how many passages it stands, of those that stand somewhere; and the score of a passage that says
    all that the query says, which is a share of 1."""

    terms: dict[tuple[str, str], int]
    everything: float


def rarity(passages: int, spread: int) -> float:
    """How telling a term is that stands in ``spread`` of the passages: BM25's inverse document frequency."""
    return math.log(1 + (passages - spread + 0.5) / (spread + 0.5))


def asked(query: str, passages: int, spread: Spread) -> Asked:
    """The terms of a query that are asked for in a library of so many passages; none where none stands anywhere."""
    distinct = list(dict.fromkeys(content_grams(query) or grams(query)))
    rare = {gram: rarity(passages, count) for gram, count in zip(distinct, spread("text", distinct), strict=True)}
    rarest = sorted(distinct, key=lambda gram: -rare[gram])[:_LONGEST_QUERY]
    wanted = dict.fromkeys(("text", "heading"), rarest) | {"words": list(dict.fromkeys(asked_words(query)))}
    held = {
        (field, term): count
        for field, terms in wanted.items()
        for term, count in zip(terms, spread(field, terms), strict=True)
        if count > 0
    }
    kept = set(without_parts(rarest, lambda gram: ("text", gram) in held or ("heading", gram) in held))
    telling = {term: count for term, count in held.items() if term[0] == "words" or term[1] in kept}
    few = {term: count for term, count in telling.items() if count <= max(_EVERYWHERE * passages, _MANY)}
    return Asked(few or telling, sum(rare[gram] for gram in rarest) * (K1 + 1))


def without_parts(found: Iterable[str], known: Callable[[str], bool]) -> list[str]:
    """Grams without the characters of pairs that are ``known``: they stand wherever the pair does, and in many passages
    besides that have nothing to do with it."""
    all_found = list(found)
    paired = set(chain.from_iterable(gram for gram in all_found if len(gram) > 1 and known(gram)))
    return [gram for gram in all_found if gram not in paired]

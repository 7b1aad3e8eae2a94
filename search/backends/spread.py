"""In how many passages a term stands: what makes rare words count, kept beside the passages wherever they are.

A cluster's documents change while nobody may rewrite the weights of all the others, so a weight is split (Robertson and
Zaragoza 2009): a passage holds how often it says a term, saturated and set against its length; how rare the term is
comes in with the query, from the counts here. Every document has its own contribution, so that it can be taken off again
to the last passage. Mean lengths are fixed: they are those of the reference corpus, whose passages are cut by the same
rules, and a mean that moves by a tenth moves all the weights of a field together.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2s
from itertools import chain
from typing import Self

import numpy as np
from numpy.typing import NDArray

from search.analyzer import grams, words
from search.asked import FIELDS, K1, B, asked, rarity
from search.backends.interface import Entry

MEAN = {"text": 270.0, "heading": 40.0, "words": 56.0}  # terms of a field in a passage of the reference corpus
_FILLER = {0: 1.0}  # a sparse vector may not be empty; no term has this number

Sparse = dict[int, float]


@lru_cache(1 << 17)
def number(kind: str, term: str) -> int:
    """The number of a term in sparse vectors: 32 bits, of which a million terms share about a hundred."""
    found = int.from_bytes(blake2s(f"{kind}\0{term}".encode(), digest_size=4).digest(), "big")
    return min(max(found, 1), 0xFFFFFFFE)


def terms_of(entry: Entry, tokens: Iterable[int]) -> dict[str, Counter[str]]:
    """Field → its terms with how often they stand in a passage, analysed as the lexical index does; and ``tokens``, words
    of the model that passages are compared by, which are only counted."""
    passage = entry.passage
    return {
        "token": Counter(map(str, tokens)),
        "text": Counter(grams(passage.text)),
        "heading": Counter(chain.from_iterable(map(grams, passage.headings))),
        "words": Counter(words(passage.text)),
    }


def weights_of(terms: Mapping[str, Counter[str]]) -> Sparse:
    """The sparse vector of a passage for BM25."""
    found = dict(_FILLER)
    for name in MEAN:
        counts = terms[name]
        room = K1 * (1 - B + B * counts.total() / MEAN[name])
        for term, times in counts.items():
            key = number(name, term)
            found[key] = found.get(key, 0.0) + times * (K1 + 1) / (times + room)
    return found


def wording(label: str, concept: str) -> str:
    """What a wording is numbered by."""
    return f"{label}\0{concept}"


def concepts_of(entry: Entry) -> Sparse:
    """The sparse vector of a passage for concepts: each wording with diminishing returns (``search.mentions``)."""
    return _FILLER | {
        number("wording", wording(one.label, one.concept)): one.times / (one.times + 1) for one in entry.wordings
    }


@dataclass(frozen=True, slots=True)
class Spread:
    """Counts of terms, ``numbers`` ascending; how many passages have each wording (label, concept), and some concept
    (``speaking``); documents, passages and claims. Differences may be negative."""

    numbers: NDArray[np.uint32] = field(default_factory=lambda: np.empty(0, np.uint32))
    times: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, np.int64))
    wordings: Mapping[tuple[str, str], int] = field(default_factory=dict)
    documents: int = 0
    passages: int = 0
    claims: int = 0
    speaking: int = 0

    @classmethod
    def of(cls, terms: Iterable[Mapping[str, Counter[str]]], entries: Sequence[Entry], claims: int) -> Self:
        """What a document adds: ``terms`` of each of its passages."""
        spread: Counter[int] = Counter()
        wordings: Counter[tuple[str, str]] = Counter()
        for by_field, entry in zip(terms, entries, strict=True):
            spread.update(number(name, term) for name, counts in by_field.items() for term in counts)
            spread.update({number("label", one.label) for one in entry.wordings})
            wordings.update((one.label, one.concept) for one in entry.wordings)
        numbers = np.fromiter(spread, np.uint32, len(spread))
        order = np.argsort(numbers)
        times = np.fromiter(spread.values(), np.int64, len(spread))
        speaking = sum(bool(entry.wordings) for entry in entries)
        return cls(numbers[order], times[order], wordings, 1, len(entries), claims, speaking)

    @classmethod
    def sum(cls, plus: Sequence["Spread"], minus: Sequence["Spread"] = ()) -> Self:
        """All of them together, less those of ``minus``; what comes to nothing is left out."""
        signed = [(one, 1) for one in plus] + [(one, -1) for one in minus]
        numbers = np.concatenate([np.empty(0, np.uint32), *(one.numbers for one, _ in signed)])
        times = np.concatenate([np.empty(0, np.int64), *(sign * one.times for one, sign in signed)])
        distinct, places = np.unique(numbers, return_inverse=True)
        totals = np.bincount(places, times, len(distinct)).round().astype(np.int64)
        wordings: Counter[tuple[str, str]] = Counter()
        for one, sign in signed:
            for key, count in one.wordings.items():
                wordings[key] += sign * count
        return cls(
            distinct[totals != 0],
            totals[totals != 0],
            {key: count for key, count in wordings.items() if count},
            *(sum(sign * getattr(one, name) for one, sign in signed) for name in _COUNTED),
        )

    def to_bytes(self) -> bytes:
        """The same, to be stored."""
        head = {name: getattr(self, name) for name in _COUNTED}
        head |= {"terms": len(self.numbers)}
        head |= {"wordings": [[label, concept, count] for (label, concept), count in sorted(self.wordings.items())]}
        text = json.dumps(head, ensure_ascii=False).encode()
        return b"".join(
            (
                len(text).to_bytes(4, "little"),
                text,
                self.numbers.astype("<u4").tobytes(),
                self.times.astype("<i8").tobytes(),
            )
        )

    @classmethod
    def from_bytes(cls, content: bytes) -> Self:
        """What ``to_bytes`` gave."""
        at = 4 + int.from_bytes(content[:4], "little")
        head = json.loads(content[4:at])
        numbers = np.frombuffer(content, "<u4", head["terms"], at).astype(np.uint32)
        times = np.frombuffer(content, "<i8", head["terms"], at + 4 * head["terms"]).astype(np.int64)
        wordings = {(label, concept): count for label, concept, count in head["wordings"]}
        return cls(numbers, times, wordings, *(head[name] for name in _COUNTED))

    def holding(self, kind: str, terms: Sequence[str]) -> NDArray[np.int64]:
        """(terms,) in how many passages each stands."""
        wanted = np.array([number(kind, term) for term in terms], np.uint32)
        if not len(self.numbers):
            return np.zeros(len(wanted), np.int64)
        at = np.minimum(np.searchsorted(self.numbers, wanted), len(self.numbers) - 1)
        found: NDArray[np.int64] = np.where(self.numbers[at] == wanted, self.times[at], 0)
        return found

    def rarity(self, kind: str, terms: Sequence[str]) -> list[float]:
        """(terms,) how telling each is: BM25's inverse document frequency."""
        return [rarity(self.passages, count) for count in self.holding(kind, terms).tolist()]

    def asked(self, query: str) -> tuple[Sparse, float]:
        """The sparse vector of a query, and the score that is a share of 1; empty where none of its terms stands anywhere."""
        sought = asked(query, self.passages, lambda name, terms: self.holding(name, terms).tolist())
        found: Sparse = {}
        for (name, term), count in sought.terms.items():
            key = number(name, term)
            found[key] = found.get(key, 0.0) + FIELDS[name] * rarity(self.passages, count)
        return found, sought.everything


_COUNTED = ("documents", "passages", "claims", "speaking")

"""Claims in memory, clause by clause, for place questions: where a label stands and how much of a topic is covered.

A clause is what stands between commas; comparison is on squeezed text (no quotation marks, punctuation, spaces).
``bare`` text also lacks 工会 and 职工, so that 社会化工会工作者 and 社会化工作者 are one.
"""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from corpus.model import Claim
from corpus.sentences import clauses
from search.analyzer import squeeze, squeezed

_OWN = re.compile("工会|职工")
_LEAST_BARE = 4  # a shorter label without 工会 or 职工 is too common a word (驿站, 书屋)
_REMEMBERED = 8192  # labels whose clauses are kept
_SHORT = 3  # names up to this length are looked for as they stand
_SCATTER = 1.5
_NUMERALS = "一二三四五六七八九十两百千"
_DIGITS = "0123456789"
_COUNTED = re.compile(rf"^[{_NUMERALS}\d]")

Floats = NDArray[np.float32]


def bare(text: str) -> str:
    """Squeezed text without 工会 and 职工."""
    return _OWN.sub("", squeeze(text))


def bigrams(text: str) -> set[str]:
    """The character pairs of a text."""
    return {text[i : i + 2] for i in range(len(text) - 1)}


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of the claim numbered ``claim``, at ``start:end`` of its text."""

    claim: int
    start: int
    end: int


def _at(text: str, label: str) -> int:
    """Where ``label`` stands in squeezed ``text``, or -1. A counted name is never part of a longer one: 四护 stands
    neither in 四护一促 nor in 十四护, 1+1 not in 1+10."""
    position = text.find(label)
    while position >= 0 and _COUNTED.match(label):
        before = text[position - 1] if position else ""
        after = text[position + len(label) : position + len(label) + 1]
        if before not in (*_NUMERALS, *_DIGITS, "+", "第") and after not in (*_NUMERALS, *_DIGITS, "+", "n"):
            break
        position = text.find(label, position + 1)
    return position


def _sentences(claims: Sequence[Claim]) -> list[int]:
    """For each claim the number of its sentence: the items of a list (…；…；…) that follow each other share one."""
    numbers: list[int] = []
    for number, claim in enumerate(claims):
        before = claims[number - 1] if number else None
        same = (
            before
            and before.document_id == claim.document_id
            and ((before.end == claim.start and before.text.endswith("；")) or before.start == claim.start)
        )
        numbers.append(numbers[-1] if same else number)
    return numbers


class ClaimIndex:
    """All claims of a library, in one pass."""

    def __init__(self, claims: Iterable[Claim]) -> None:
        self.claims = tuple(claims)
        self.clauses: list[Clause] = []
        self._texts: list[str] = []
        self._bares: list[str] = []
        postings: dict[str, list[int]] = defaultdict(list)
        for number, claim in enumerate(self.claims):
            for start, end in clauses(claim.text):
                text = squeeze(claim.text[start:end])
                if not text:
                    continue
                plain = _OWN.sub("", text)
                for gram in bigrams(text) | bigrams(plain):
                    postings[gram].append(len(self.clauses))
                self.clauses.append(Clause(number, start, end))
                self._texts.append(text)
                self._bares.append(plain)
        self._postings = {gram: np.array(found, np.int32) for gram, found in postings.items()}
        self._owners = np.array(_sentences(self.claims), np.int32)[[clause.claim for clause in self.clauses]]
        self._found = lru_cache(maxsize=_REMEMBERED)(self._find)

    def __len__(self) -> int:
        return len(self.clauses)

    def having(self, label: str) -> list[int]:
        """The clauses in which ``label`` stands, written with or without 工会 and 职工."""
        return self._found(label)

    def only_inside(self, labels: Iterable[str], longer: Iterable[str]) -> list[int]:
        """The clauses that hold one of ``longer`` and none of ``labels`` outside it."""
        words, names = [squeeze(label) for label in labels], [squeeze(name) for name in longer]
        found = []
        for number in sorted({number for name in names for number in self.having(name)}):
            rest = self._texts[number]
            for name in names:
                rest = rest.replace(name, "\n")
            if not any(word in rest for word in words):
                found.append(number)
        return found

    def idf(self, gram: str) -> float:
        """How telling a character pair is; 0 where every clause has it."""
        found = self._postings.get(gram)
        count = 0 if found is None else len(found)
        return math.log(1 + (len(self) - count + 0.5) / (count + 0.5))

    def _find(self, label: str) -> list[int]:
        text, plain = squeeze(label), bare(label)
        found = set(self._scan(text, self._texts))
        if len(plain) >= _LEAST_BARE:
            found.update(self._scan(plain, self._bares))
        return sorted(found)

    def _scan(self, label: str, texts: list[str]) -> list[int]:
        if len(label) < 2:
            return [i for i, text in enumerate(texts) if label and label in text]
        postings = [self._postings.get(gram) for gram in bigrams(label)]
        if any(posting is None for posting in postings):
            return []
        fewest = min((p for p in postings if p is not None), key=len)
        return [int(i) for i in fewest if _at(texts[i], label) >= 0]

    def presence(self, words: str) -> Floats:
        """(clauses,) how far ``words`` stand in a clause, 0..1: 1 verbatim, less where only some of their character
        pairs do, half of it for what stands elsewhere in the claim. Names of two or three characters stand or don't."""
        text = squeeze(words)
        here = np.zeros(len(self.clauses), np.float32)
        around = np.zeros(len(self.claims), np.float32)
        if len(text) > _SHORT:
            weights = {gram: self.idf(gram) for gram in bigrams(text)}
            total = sum(weights.values())
            for gram, weight in weights.items():
                found = self._postings.get(gram)
                if found is not None:
                    here[found] += weight / total
                    around[np.unique(self._owners[found])] += weight / total
        found = np.array(self.having(words), np.int32)
        here[found] = 1
        around[self._owners[found]] = 1
        # Scattered pairs are weak evidence: their share counts for less than it is.
        share = (here + np.minimum(around, 1)[self._owners]) / 2
        return (share**_SCATTER).astype(np.float32)

    def marks(self, number: int, labels: Iterable[str]) -> list[tuple[int, int]]:
        """Spans of the claim's text where one of ``labels`` stands in clause ``number``."""
        clause = self.clauses[number]
        text, offsets = squeezed(self.claims[clause.claim].text[clause.start : clause.end])
        spans = []
        for label in labels:
            for form in dict.fromkeys((squeeze(label), bare(label))):
                position = _at(text, form) if len(form) > 1 else -1
                if position >= 0:
                    first, last = offsets[position], offsets[position + len(form) - 1] + 1
                    spans.append((clause.start + first, clause.start + last))
                    break
        return spans

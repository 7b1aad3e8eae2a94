"""Which words of a draft are its own: not a set phrase that many places write, not a name.

What many places write is nobody's: a run of characters that stands in three places' documents is a set phrase. Names
(of divisions, of the lexicon's topics, titles in 《》 and words in quotation marks) are facts.
"""

import re
from collections.abc import Callable, Iterable

import numpy as np
from numpy.typing import NDArray

from corpus.places import gazetteer
from search.analyzer import squeezed
from search.answers import Span
from search.concepts import LabelInQuery
from search.draft import DraftClause
from search.fingerprints import Fingerprints

SET_PHRASE = 3  # places whose documents have a run: then it is nobody's
_HEARD = 2  # places whose documents have it: then it may be nobody's
_LEAST_NAME = 4  # characters of a label that make it a name
_QUOTED = re.compile(r"《[^《》\n]{2,40}》|“[^“”\n]{2,20}”")

Mask = NDArray[np.bool_]


class Wording:
    """A draft's wording against the library's: which of its characters stand where, and which are anybody's."""

    def __init__(
        self,
        text: str,
        fingerprints: Fingerprints,
        owner: Callable[[int], str],
        standing: Callable[[str], Iterable[LabelInQuery]],
    ) -> None:
        """``owner`` names whose a passage is, by its row; ``standing`` finds labels of topics.

        (squeezed characters,) each: ``common`` is True for set phrases, ``names`` for names, ``own`` for neither,
        ``unheard`` for what is neither and stands in one place's documents at most.
        """
        self.text = text
        self.squeezed, self._offsets = squeezed(text)
        self._backward = np.full(len(text) + 1, len(self.squeezed), np.int64)
        for i in range(len(self._offsets) - 1, -1, -1):
            self._backward[self._offsets[i]] = i
        self._backward = np.minimum.accumulate(self._backward[::-1])[::-1]
        self.runs = fingerprints.runs(self.squeezed)
        count = self._places(owner)
        self.common, self.names = count >= SET_PHRASE, self._named(standing)
        self.own = ~(self.common | self.names)
        self.unheard = self.own & (count < _HEARD)

    def span(self, start: int, end: int) -> Span:
        """A span of the text in squeezed characters."""
        return int(self._backward[start]), int(self._backward[end])

    def unsqueezed(self, start: int, end: int) -> Span:
        """A span of squeezed characters in the text."""
        return self._offsets[start], self._offsets[end - 1] + 1

    def _places(self, owner: Callable[[int], str]) -> NDArray[np.int32]:
        """(squeezed characters,) how many places have runs that they stand in."""
        count = np.zeros(len(self.squeezed), np.int32)
        ours: dict[str, Mask] = {}
        for run in self.runs:
            mask = ours.setdefault(owner(run.row), np.zeros(len(self.squeezed), np.bool_))
            mask[run.start : run.end] = True
        for mask in ours.values():
            count += mask
        return count

    def _named(self, standing: Callable[[str], Iterable[LabelInQuery]]) -> Mask:
        spans = [match.span() for match in _QUOTED.finditer(self.text)]
        spans += [(hit.start, hit.end) for hit in gazetteer().find(self.text)]
        spans += [(hit.start, hit.end) for hit in standing(self.text) if hit.end - hit.start >= _LEAST_NAME]
        named = np.zeros(len(self.squeezed), np.bool_)
        for start, end in spans:
            a, b = self.span(start, end)
            named[a:b] = True
        return named

    def own_characters(self, clause: DraftClause, but: Iterable[Span] = ()) -> int:
        """How many squeezed characters of a clause are no set phrase, unless it is a name; ``but`` are spans of the
        clause that don't count."""
        start, end = self.span(clause.start, clause.end)
        own = (~self.common | self.names)[start:end].copy()
        for a, b in but:
            first, last = self.span(clause.start + a, clause.start + b)
            own[first - start : last - start] = False
        return int(own.sum())

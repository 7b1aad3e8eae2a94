"""A topic looked for in a library: the clauses that count, why each does, and where in it the topic's words stand."""

from collections.abc import Collection, Iterable, Iterator
from math import fsum

import numpy as np

from corpus.model import Claim
from search.analyzer import squeeze
from search.claims import ClaimIndex, bigrams, forms
from search.clauses import Rows
from search.matching import Match, Matcher, Matches
from search.telling import GENERIC
from search.topics import Topic

_NEAR = 0.5  # cosine from which a clause is said to be near in meaning
_ALIKE = 0.5  # share of a name's character pairs from which a clause is said to be like it
_MOST_REASONS = 4


class Inquiry:
    """One question's search for a topic. It remembers what stands in the clauses that it found, so it is made anew for
    every question and never shared between threads."""

    def __init__(self, matcher: Matcher, topic: Topic) -> None:
        self._matcher = matcher
        self._topic = topic
        facets = [facet for part in topic.parts for facet in part]
        words = dict.fromkeys((*topic.labels, *(word for facet in facets for word in facet.words)))
        labels = dict.fromkeys((*topic.labels, *(label for facet in facets for label, _ in facet.labels)))
        more = (label for facet in facets for label, _ in (*facet.labels, *facet.akin))
        #: The question's own words, labels of concepts, and words akin to its own with their cosine.
        self._own = [word for word in words if word not in topic.concepts and word not in GENERIC]
        self._meant = [label for label in labels if label in topic.concepts]
        self._akin = sorted(((cosine, word, f.words[0]) for f in facets for word, cosine in f.akin), reverse=True)
        #: The shares of the character pairs of longer words.
        self._pairs = {word: _shares(word, matcher.index) for word in words if len(word) > 3}
        self._marked = list(dict.fromkeys((*words, *more)))
        #: Of clauses that were found: how near in meaning, what stands in them, and what may have to be marked.
        self._matched: Matches | None = None
        self._near: dict[int, float] = {}
        self._standing: dict[int, list[str]] = {}
        self._alike: dict[int, dict[str, float]] = {}
        self._marking: dict[int, list[str]] = {}
        #: What is told of clauses in which the same stands: most are like others.
        self._told: dict[tuple[tuple[str, ...], tuple[tuple[str, float], ...]], list[str]] = {}

    def matches(self) -> Matches:
        """The clauses that count."""
        self._matched = self._matcher.matches(self._topic)
        return self._matched

    def nearest(self, doer: tuple[str, str], documents: Iterable[str], least: float) -> list[Match]:
        """The clauses of a doer (place, code), and of nobody in some documents, that have at least this confidence, the
        surest first."""
        matches = self._matcher.nearest(self._topic, doer, documents, least)
        self._near.update((match.clause, match.near) for match in matches)
        return matches

    def note(self, clauses: Iterable[int]) -> None:
        """Find what stands in clauses, for all at once, which is faster than one by one."""
        unknown = sorted({clause for clause in clauses if clause not in self._marking})
        if not unknown:
            return
        index, rows = self._matcher.index, np.array(unknown, np.int32)
        self._standing.update((row, []) for row in unknown)
        self._marking.update((row, []) for row in unknown)
        for label in self._marked:
            stands = index.standing(label, rows)
            for row in rows[stands].tolist():
                self._standing[row].append(label)
            for form in forms(label):
                stands |= index.standing(form, rows)
            for row in rows[stands].tolist():
                self._marking[row].append(label)
        for row, near in self._nearness(rows):
            self._near.setdefault(row, near)
        self._alike.update((row, {}) for row in unknown)
        for word, shares in self._pairs.items():
            shared = sum((share * index.paired(gram, rows) for gram, share in shares.items()), np.zeros(len(rows)))
            alike = shared.round(3)
            for at in np.flatnonzero(alike >= _ALIKE).tolist():
                self._alike[unknown[at]][word] = float(alike[at])

    def _nearness(self, rows: Rows) -> Iterator[tuple[int, float]]:
        """Those of some clauses that ``matches`` found, with how near in meaning they are."""
        found = self._matched
        if found is None or not len(found.clauses):
            return iter(())
        at = np.minimum(np.searchsorted(found.clauses, rows), len(found.clauses) - 1)
        there = found.clauses[at] == rows
        return zip(rows[there].tolist(), found.near[at[there]].tolist(), strict=True)

    def reasons(self, clause: int) -> tuple[str, ...]:
        """Why the clause numbered ``clause`` counts: Chinese phrases, what it says before what it means."""
        self.note([clause])
        known = tuple(self._standing[clause]), tuple(self._alike[clause].items())
        if known not in self._told:
            self._told[known] = self._said(*known)
        near = self._near.get(clause, 0.0)
        found = (*self._told[known], *([f"句意相近 {near:.2f}"] if near >= _NEAR else ()))
        return tuple(dict.fromkeys(found))[:_MOST_REASONS]

    def _said(self, standing: Collection[str], alike: Iterable[tuple[str, float]]) -> list[str]:
        """Why a clause counts in which these words stand, and which is like those by these shares."""
        concepts = self._topic.concepts
        said = _longest(word for word in self._own if word in standing)
        meant = _longest(label for label in self._meant if label in standing)
        akin = [(cosine, word, asked) for cosine, word, asked in self._akin if word in standing]
        likest = sorted(
            ((share, len(word), word) for word, share in alike if word not in (*said, *meant)), reverse=True
        )
        found = [f"原文写有“{word}”" for word in said]
        for label in meant:
            concept = concepts[label]
            found.append(f"原文写有“{label}”" if label == concept else f"词表把“{label}”列为“{concept}”的说法")
        found += [f"“{word}”与“{asked}”词义相近 {cosine:.2f}" for cosine, word, asked in akin[:1]]
        return found + [f"与“{word}”字面相近" for _, _, word in likest[:1]]

    @property
    def index(self) -> ClaimIndex:
        """Whose clauses it looks through."""
        return self._matcher.index

    def marks(self, claim: Claim, clauses: Iterable[int]) -> list[tuple[int, int]]:
        """Spans of a claim's text where words of the topic stand in its ``clauses``."""
        numbers = list(clauses)
        self.note(numbers)
        marked = ((number, self._marking[number]) for number in numbers)
        return [
            span for number, labels in marked if labels for span in self._matcher.index.marks(claim, number, labels)
        ]


def _shares(words: str, index: ClaimIndex) -> dict[str, float]:
    """The character pairs of ``words``, weighted by how telling they are, 1 together."""
    weights = {gram: index.idf(gram) for gram in sorted(bigrams(squeeze(words)))}
    total = fsum(weights.values())
    return {gram: weight / total for gram, weight in weights.items()}


def _longest(names: Iterable[str]) -> list[str]:
    """The names that stand inside no other."""
    known = list(names)
    return [name for name in known if not any(name != other and name in other for other in known)]

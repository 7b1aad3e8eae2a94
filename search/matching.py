"""Which clauses of a library speak of a topic, and how sure that is.

Rules weigh the words and concepts that ``search.topics`` looks for; vectors say how near the clause and its sentence are
in meaning; ``search.calibration`` makes a confidence of both. A clause counts from ``calibration.THRESHOLD`` on.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

import numpy as np
import rjieba
from numpy.typing import NDArray

from corpus.model import Claim
from corpus.places import Place, gazetteer
from search.analyzer import squeeze
from search.calibration import FITTED, Calibration, Evidence
from search.calibration import NAMED as NAMED_RIGHT
from search.claims import ClaimIndex, Floats, bigrams
from search.telling import GENERIC
from search.topics import LEAST_THING, NAMED, Facet, Likeness, Topic, TopicReader, Topics

_LABEL, _COVER = 0.7, 0.5  # weight of labels and of facets where neither is certain
_WHOM = 0.42  # share of a topic that a sentence loses when it is not about those whom the question names
_ONE_OF_MANY = 0.25  # confidence of a sentence that has one of several things asked together
_ONLY_WHOM = 0.7  # confidence of a sentence of which only that is known
_LEAST_WHAT = 4.0  # weight of words below which a question says nothing but for whom
_AKIN = 0.9  # how far a word of like meaning meets what was asked, times its cosine
_HEARD = 0.15  # what the rules must give a clause before its meaning is looked at
_MOST_CUT = 500  # clauses with a short word that are cut into words, to see whether it is one there
_REMEMBERED = 2048
_MOST_COMPARED = 20_000  # clauses whose meaning is looked at
_NEAR = 0.5  # cosine from which a clause is said to be near in meaning
_ALIKE = 0.5  # share of a name's character pairs from which a clause is said to be like it
_MOST_REASONS = 4
# What a province is called after 援, 入, 进, 赴.
_AIDED = {
    "西藏": "藏",
    "新疆": "疆",
    "青海": "青",
    "湖北": "鄂",
    "四川": "川",
    "贵州": "黔",
    "云南": "滇",
    "甘肃": "甘",
}


@dataclass(frozen=True, slots=True)
class Match:
    """A clause that counts, by its number, and the confidence in 0..1 that it is about the topic."""

    clause: int
    confidence: float


class Matcher:
    """Matches topics against the claims of a library. ``reader`` reads questions into topics; ``likeness``, if given, knows
    what is near in meaning."""

    def __init__(
        self,
        index: ClaimIndex,
        topics: Topics,
        likeness: Likeness | None = None,
        calibration: Calibration = FITTED,
    ) -> None:
        self._index = index
        self._likeness = likeness
        self._calibration = calibration
        self._across = lru_cache(maxsize=_REMEMBERED)(self._broken)
        self.reader = TopicReader(index, topics, likeness)

    def scores(self, topic: Topic) -> Floats:
        """(clauses,) confidence in 0..1 that each clause is about the topic; 0 where no word of it is met."""
        named = self._named(topic)
        if topic.exact:
            return NAMED_RIGHT * named
        scores = np.zeros_like(named)
        if self._likeness is None:
            ruled = self._ruled(topic, named)[1]
            heard = np.flatnonzero(ruled)
            scores[heard] = self._calibration.confidence_of_rules(ruled[heard])
            return scores
        heard, evidence = self.evidence(topic)
        scores[heard] = self._calibration.confidence(evidence)
        return scores

    def evidence(self, topic: Topic) -> tuple[NDArray[np.int64], Evidence]:
        """The clauses that may be about a topic, by number, and what speaks for each. Needs ``likeness``."""
        assert self._likeness is not None
        named = self._named(topic)
        covered, ruled = self._ruled(topic, named)
        heard = np.flatnonzero(ruled >= _HEARD)
        if len(heard) > _MOST_COMPARED:
            heard = np.sort(heard[np.argpartition(-ruled[heard], _MOST_COMPARED)[:_MOST_COMPARED]])
        near = self._likeness.cosines(topic.texts or topic.shown, heard)
        return heard, Evidence(np.floor(named[heard]), covered[heard], ruled[heard], *near)

    def _named(self, topic: Topic) -> Floats:
        """(clauses,) the confidence that the topic's labels give by themselves."""
        found = np.zeros(len(self._index), np.float32)
        for label, weight in topic.labels.items():
            having = self._index.having(label)
            found[having] = np.maximum(found[having], weight)
        return found

    def _ruled(self, topic: Topic, labels: Floats) -> tuple[Floats, Floats]:
        """(clauses,) twice: how much of the topic's words is met, and what the rules make of that and of ``labels``."""
        covered = np.zeros_like(labels)
        for part in topic.parts:
            covered = np.maximum(covered, self._covered(part))
        both = np.minimum(_LABEL * labels + _COVER * covered, 1)
        return covered, np.maximum(np.maximum(np.where(labels >= NAMED, labels, 0), covered), both)

    def _covered(self, part: tuple[Facet, ...]) -> Floats:
        """(clauses,) weighted share of the facets that a clause meets; what stands elsewhere in its claim is half.

        Whom it is for narrows what was done; alone it answers only where nothing else was asked.
        """
        what, whom = np.zeros(len(self._index), np.float32), np.zeros(len(self._index), np.float32)
        total = sum(facet.weight for facet in part if not facet.group)
        people = sum(facet.weight for facet in part if facet.group)
        things = [facet for facet in part if not facet.group and facet.weight >= LEAST_THING]
        heard = np.zeros(len(self._index), np.int32)
        for facet in part:
            met = self._met(facet)
            if facet.group:
                whom += facet.weight / people * met
            else:
                what += facet.weight / total * met
                heard += (met > 0) if facet in things else 0
        if len(things) > 1:
            what = np.where(heard > 1, what, np.minimum(what, _ONE_OF_MANY))
        if not people:
            return what
        if total < _LEAST_WHAT:
            return _ONLY_WHOM * whom
        return what * (1 - _WHOM + _WHOM * whom)

    def _met(self, facet: Facet) -> Floats:
        met = np.zeros(len(self._index), np.float32)
        for words in facet.words:
            stands = self._index.presence(words)
            stands[list(self._across(words))] = 0
            met = np.maximum(met, stands)
        for label, weight in facet.labels:
            found = self._index.having(label)
            met[found] = np.maximum(met[found], weight)
        for word, cosine in facet.akin:
            found = self._index.having(word)
            met[found] = np.maximum(met[found], _AKIN * cosine)
        if facet.barred:
            met[self._index.only_inside((*facet.words, *(label for label, _ in facet.labels)), facet.barred)] = 0
        return met

    def _broken(self, word: str) -> tuple[int, ...]:
        """The clauses in which a word of two characters only stands across others: 理发 in 经济地理|发挥作用."""
        found = self._index.having(word)
        if len(squeeze(word)) != 2 or len(found) > _MOST_CUT:
            return ()
        return tuple(number for number in map(int, found) if not _whole(word, self._text(number)))

    def matches(self, topic: Topic) -> list[Match]:
        """The clauses that count for a topic, in reading order."""
        scores = self.scores(topic)
        found = [Match(int(i), float(scores[i])) for i in np.flatnonzero(scores >= self._calibration.threshold)]
        if topic.required is not None:
            found = [f for f in found if topic.required.search(self.claim(f).text)]
        if topic.named:
            found = [f for f in found if all(_about(self.claim(f), place) for place in topic.named)]
        return found

    def claim(self, match: Match) -> Claim:
        """The claim that a matching clause belongs to."""
        return self._index.claims[self._index.clauses[match.clause].claim]

    def reasons(self, topic: Topic, clause: int) -> tuple[str, ...]:
        """Why the clause numbered ``clause`` counts for a topic: Chinese phrases, what it says before what it means."""
        facets = [facet for part in topic.parts for facet in part]
        words = dict.fromkeys((*topic.labels, *(word for facet in facets for word in facet.words)))
        labels = dict.fromkeys((*topic.labels, *(label for facet in facets for label, _ in facet.labels)))
        own = [word for word in words if word not in topic.concepts and word not in GENERIC]
        said = _longest(word for word in own if self._stands(word, clause))
        meant = _longest(label for label in labels if label in topic.concepts and self._stands(label, clause))
        akin = sorted(
            ((cosine, word, f.words[0]) for f in facets for word, cosine in f.akin if self._stands(word, clause)),
            reverse=True,
        )
        alike: list[tuple[float, str]] = []
        if not said and not meant:
            text = self._text(clause)
            alike = [(self._shared(word, text), word) for word in words if len(word) > 3]
        found = [f"原文写有“{word}”" for word in said]
        for label in meant:
            concept = topic.concepts[label]
            found.append(f"原文写有“{label}”" if label == concept else f"词表把“{label}”列为“{concept}”的说法")
        found += [f"“{word}”与“{asked}”词义相近 {cosine:.2f}" for cosine, word, asked in akin[:1]]
        found += [f"与“{word}”字面相近" for share, word in sorted(alike, reverse=True) if share >= _ALIKE][:1]
        if self._likeness is not None and not topic.exact:
            near = float(self._likeness.cosines(topic.texts, np.array([clause]))[0][0])
            found += [f"句意相近 {near:.2f}"] if near >= _NEAR else []
        return tuple(dict.fromkeys(found))[:_MOST_REASONS]

    def _text(self, clause: int) -> str:
        """The squeezed text of a clause."""
        found = self._index.clauses[clause]
        return squeeze(self._index.claims[found.claim].text[found.start : found.end])

    def _shared(self, words: str, text: str) -> float:
        """Share of the character pairs of ``words``, weighted by how telling they are, that stand in ``text``."""
        weights = {gram: self._index.idf(gram) for gram in bigrams(squeeze(words))}
        total = sum(weights.values())
        return sum(weight for gram, weight in weights.items() if gram in text) / total if total else 0.0

    def _stands(self, label: str, clause: int) -> bool:
        found = self._index.having(label)
        position = bisect_left(found, clause)
        return position < len(found) and found[position] == clause

    def marks(self, topic: Topic, clauses: Iterable[int]) -> list[tuple[int, int]]:
        """Spans of the claim's text where words of the topic stand in its ``clauses``."""
        words = [*topic.labels, *(word for part in topic.parts for facet in part for word in facet.words)]
        words += [label for part in topic.parts for facet in part for label, _ in (*facet.labels, *facet.akin)]
        words = list(dict.fromkeys(words))
        return [
            span
            for number in clauses
            for span in self._index.marks(number, [word for word in words if self._stands(word, number)])
        ]


def _longest(names: Iterable[str]) -> list[str]:
    """The names that stand inside no other."""
    known = list(names)
    return [name for name in known if not any(name != other and name in other for other in known)]


def _whole(word: str, text: str) -> bool:
    """True where ``word`` stands in ``text`` within a word, or made of whole ones: only both its ends inside others
    make it no word."""
    borders = set(accumulate(map(len, rjieba.cut(text)), initial=0))
    at = text.find(word)
    while at >= 0:
        inside = at + 1 not in borders
        if inside or at in borders or at + len(word) in borders:
            return True
        at = text.find(word, at + 1)
    return False


def _about(claim: Claim, place: Place) -> bool:
    """True where a claim is about ``place`` and not its own: 援藏 for 西藏, but not what 拉萨 did at home."""
    known = gazetteer()
    own = known.by_code(claim.place_code) if claim.place_code else None
    if own is not None and (own == place or known.inside(own, place.code)):
        return False
    short = _AIDED.get(place.short)
    return place.short in claim.text or bool(short and re.search(f"[援入进赴]{short}", claim.text))

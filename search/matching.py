"""Which clauses of a library speak of a topic, and how sure that is.

Rules weigh the words and concepts that ``search.topics`` looks for; vectors say how near the clause and its sentence are
in meaning; ``search.calibration`` makes a confidence of both. A clause counts from ``calibration.THRESHOLD`` on.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import Self

import numpy as np
import rjieba
from numpy.typing import NDArray

from corpus.model import Claim
from corpus.places import Place, gazetteer
from search.analyzer import squeeze
from search.calibration import FITTED, Calibration, Evidence
from search.calibration import NAMED as NAMED_RIGHT
from search.claims import ClaimIndex, Head
from search.clauses import Rows
from search.presence import Floats, Presence
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
    """A clause, by its number, the confidence in 0..1 that it is about the topic, its claim in short, and the cosine of the
    clause and the topic, 0 where only its words were looked at."""

    clause: int
    confidence: float
    head: Head
    near: float


@dataclass(frozen=True, slots=True)
class Matches:
    """The clauses that count for a topic, ascending, as columns (clauses,): their numbers, those of their claims, the
    confidence in 0..1 and the cosine as in ``Match``."""

    clauses: Rows
    owners: Rows
    confidence: Floats
    near: Floats

    def where(self, kept: NDArray[np.bool_]) -> Self:
        """Some of them, (clauses,) True for these."""
        return type(self)(self.clauses[kept], self.owners[kept], self.confidence[kept], self.near[kept])


#: Where the words of a topic stand.
Heard = Mapping[str, Presence]


class Matcher:
    """Matches topics against the claims of a library. ``reader`` reads questions into topics; ``likeness``, if given, knows
    what is near in meaning. It keeps nothing of a question, so threads may share it."""

    def __init__(
        self,
        index: ClaimIndex,
        topics: Topics,
        likeness: Likeness | None = None,
        calibration: Calibration = FITTED,
    ) -> None:
        self.index = index
        self._likeness = likeness
        self._calibration = calibration
        self._across = lru_cache(maxsize=_REMEMBERED)(self._broken)
        self.reader = TopicReader(index, topics, likeness)

    def with_topics(self, topics: Topics) -> Self:
        """The same claims for questions that are read with other topics."""
        return type(self)(self.index, topics, self._likeness, self._calibration)

    def scores(self, topic: Topic, rows: Rows) -> Floats:
        """(rows,) confidence in 0..1 that each of some clauses, ascending, is about the topic; 0 where no word of it is
        met."""
        return self._scored(topic, rows, self._heard(topic))[0]

    def _heard(self, topic: Topic) -> Heard:
        words = {word for part in topic.parts for facet in part for word in facet.words}
        return {word: self.index.presence(word) for word in words}

    def _scored(self, topic: Topic, rows: Rows, presence: Heard) -> tuple[Floats, Floats]:
        """(rows,) twice: the confidence, and the cosine of clause and topic, 0 where it was not looked at."""
        named = self._named(topic, rows)
        scores, near = np.zeros_like(named), np.zeros_like(named)
        if topic.exact:
            return NAMED_RIGHT * named, near
        if self._likeness is None:
            ruled = self._ruled(topic, rows, named, presence)[1]
            said = np.flatnonzero(ruled)
            scores[said] = self._calibration.confidence_of_rules(ruled[said])
            return scores, near
        heard, evidence = self._evidence(topic, rows, named, presence)
        scores[heard], near[heard] = self._calibration.confidence(evidence), evidence.clause
        return scores, near

    def evidence(self, topic: Topic) -> tuple[Rows, Evidence]:
        """The clauses that may be about a topic, by number, and what speaks for each. Needs ``likeness``."""
        presence = self._heard(topic)
        rows = self._candidates(topic, presence)
        heard, evidence = self._evidence(topic, rows, self._named(topic, rows), presence)
        return rows[heard], evidence

    def _evidence(self, topic: Topic, rows: Rows, named: Floats, presence: Heard) -> tuple[NDArray[np.int64], Evidence]:
        """Which of ``rows`` may be about a topic, and what speaks for each."""
        assert self._likeness is not None
        covered, ruled = self._ruled(topic, rows, named, presence)
        heard = np.flatnonzero(ruled >= _HEARD)
        if len(heard) > _MOST_COMPARED:
            heard = np.sort(heard[np.argpartition(-ruled[heard], _MOST_COMPARED)[:_MOST_COMPARED]])
        near = self._likeness.cosines(topic.texts or topic.shown, rows[heard].astype(np.int64))
        return heard, Evidence(np.floor(named[heard]), covered[heard], ruled[heard], *near)

    def _named(self, topic: Topic, rows: Rows) -> Floats:
        """(rows,) the confidence that the topic's labels give by themselves."""
        found = np.zeros(len(rows), np.float32)
        for label, weight in topic.labels.items():
            found = np.maximum(found, self._standing(label, weight, rows))
        return found

    def _ruled(self, topic: Topic, rows: Rows, labels: Floats, presence: Heard) -> tuple[Floats, Floats]:
        """(rows,) twice: how much of the topic's words is met, and what the rules make of that and of ``labels``."""
        covered = np.zeros_like(labels)
        for part in topic.parts:
            covered = np.maximum(covered, self._covered(part, rows, presence))
        both = np.minimum(_LABEL * labels + _COVER * covered, 1)
        return covered, np.maximum(np.maximum(np.where(labels >= NAMED, labels, 0), covered), both)

    def _standing(self, label: str, weight: float, rows: Rows) -> Floats:
        """(rows,) ``weight`` where a label stands."""
        return np.where(self.index.standing(label, rows), np.float32(weight), np.float32(0))

    def _candidates(self, topic: Topic, presence: Heard) -> Rows:
        """The clauses to which the rules may give _HEARD, ascending: those with a label, or enough of a facet.

        A mean is no more than its best member. Light facets, which common words have, are left out as long as meeting
        all of them is not enough.
        """
        labels = set(topic.labels)
        words: list[Rows] = []
        for part in topic.parts:
            facets, least = _telling(part)
            for facet in facets:
                labels.update(label for label, weight in facet.labels if weight >= least)
                labels.update(word for word, cosine in facet.akin if _AKIN * cosine >= least)
                words += [presence[word].least(least) for word in facet.words]
        return self.index.any_of(labels, words)

    def _covered(self, part: tuple[Facet, ...], rows: Rows, presence: Heard) -> Floats:
        """(rows,) weighted share of the facets that a clause meets; what stands elsewhere in its sentence is half.

        Whom it is for narrows what was done; alone it answers only where nothing else was asked.
        """
        what, whom = np.zeros(len(rows), np.float32), np.zeros(len(rows), np.float32)
        total = sum(facet.weight for facet in part if not facet.group)
        people = sum(facet.weight for facet in part if facet.group)
        things = [facet for facet in part if not facet.group and facet.weight >= LEAST_THING]
        heard = np.zeros(len(rows), np.int32)
        for facet in part:
            met = self._met(facet, rows, presence)
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

    def _met(self, facet: Facet, rows: Rows, presence: Heard) -> Floats:
        met = np.zeros(len(rows), np.float32)
        for words in facet.words:
            stands = presence[words].at(rows)
            if broken := self._across(words):
                stands[np.isin(rows, broken)] = 0
            met = np.maximum(met, stands)
        for label, weight in facet.labels:
            met = np.maximum(met, self._standing(label, weight, rows))
        for word, cosine in facet.akin:
            met = np.maximum(met, self._standing(word, _AKIN * cosine, rows))
        if facet.barred:
            barred = self.index.only_inside((*facet.words, *(label for label, _ in facet.labels)), facet.barred)
            met[np.isin(rows, np.array(barred, np.int32))] = 0
        return met

    def _broken(self, word: str) -> tuple[int, ...]:
        """The clauses in which a word of two characters only stands across others: 理发 in 经济地理|发挥作用."""
        found = self.index.having(word)
        if len(squeeze(word)) != 2 or len(found) > _MOST_CUT:
            return ()
        return tuple(number for number in map(int, found) if not _whole(word, self.index.text(number)))

    def matches(self, topic: Topic) -> Matches:
        """The clauses that count for a topic."""
        presence = self._heard(topic)
        rows = self._candidates(topic, presence)
        scores, near = self._scored(topic, rows, presence)
        counted = scores >= self._calibration.threshold
        rows = rows[counted]
        found = Matches(rows, self.index.owners[rows], scores[counted], near[counted])
        if topic.required is None and not topic.named:
            return found
        claims = self.index.claims(found.owners.tolist())
        meant = {number for number, claim in claims.items() if _meant(topic, claim)}
        return found.where(np.fromiter((number in meant for number in found.owners.tolist()), np.bool_, len(rows)))

    def nearest(self, topic: Topic, doer: tuple[str, str], documents: Iterable[str], least: float) -> list[Match]:
        """The clauses of a doer (place, code), and of nobody in some documents, that have at least this confidence, the
        surest first."""
        rows = self.index.clauses_of(doer, documents)
        scores, near = self._scored(topic, rows, self._heard(topic))
        order = np.argsort(-scores, kind="stable")
        order = order[scores[order] >= least]
        owners = self.index.owners[rows[order]].tolist()
        heads = self.index.heads(owners)
        told = zip(rows[order].tolist(), scores[order].tolist(), owners, near[order].tolist(), strict=True)
        return [Match(clause, score, heads[owner], cosine) for clause, score, owner, cosine in told if owner in heads]


def _telling(part: tuple[Facet, ...]) -> tuple[list[Facet], float]:
    """The facets of which a clause must meet one, and how far, for the rules to give it _HEARD."""
    told = sum(facet.weight for facet in part if not facet.group)
    if told < _LEAST_WHAT:
        return list(part), _HEARD
    facets = sorted((facet for facet in part if not facet.group), key=lambda facet: facet.weight)
    light = 0.0
    while light + facets[0].weight / told < _HEARD:
        light += facets.pop(0).weight / told
    return facets, (_HEARD - light) / (1 - light)


def _whole(word: str, text: str) -> bool:
    """True where ``word`` stands in ``text`` within a word, or at least one of its ends is one of a word's."""
    borders = set(accumulate(map(len, rjieba.cut(text)), initial=0))
    at = text.find(word)
    while at >= 0:
        if at + 1 not in borders or at in borders or at + len(word) in borders:
            return True
        at = text.find(word, at + 1)
    return False


def _meant(topic: Topic, claim: Claim) -> bool:
    """True where a claim has what must be found in it, and is about the places that the topic names."""
    if topic.required is not None and not topic.required.search(claim.text):
        return False
    return all(_about(claim, place) for place in topic.named)


def _about(claim: Claim, place: Place) -> bool:
    """True where a claim is about ``place`` and not its own: 援藏 for 西藏, but not what 拉萨 did at home."""
    known = gazetteer()
    own = known.by_code(claim.place_code) if claim.place_code else None
    if own is not None and (own == place or known.inside(own, place.code)):
        return False
    short = _AIDED.get(place.short)
    return place.short in claim.text or bool(short and re.search(f"[援入进赴]{short}", claim.text))

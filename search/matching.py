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
from search.claims import ClaimIndex, Floats, Presence, bigrams, forms
from search.clauses import Rows
from search.telling import GENERIC
from search.topics import HALF, LEAST_THING, NAMED, Facet, Likeness, Topic, TopicReader, Topics

_LABEL, _COVER = 0.7, 0.5  # weight of labels and of facets where neither is certain
_WHOM = 0.42  # share of a topic that a sentence loses when it is not about those whom the question names
_ONE_OF_MANY = 0.25  # confidence of a sentence that has one of several things asked together
_HALVED = 0.5  # share of its confidence that is left it where only nearness in meaning speaks for it
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
_MOST_READY = 32  # topics that are kept ready to be told of
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
    """A clause, by its number, the confidence in 0..1 that it is about the topic, and its claim."""

    clause: int
    confidence: float
    claim: Claim


#: Where the words of a topic stand.
Heard = Mapping[str, Presence]


@dataclass(frozen=True, slots=True)
class _Told:
    """What reasons and marks speak of: the question's ``own`` words, labels of concepts (``meant``), words ``akin`` to its
    own with their cosine, the shares of the character pairs of longer words (``alike``), all that is ``marked``; and of
    the clauses that count how ``near`` in meaning they are, what is ``standing`` in them, and what may have to be marked in
    them (``marking``)."""

    topic: Topic
    own: tuple[str, ...]
    meant: tuple[str, ...]
    akin: tuple[tuple[float, str, str], ...]
    alike: tuple[tuple[str, dict[str, float]], ...]
    marked: tuple[str, ...]
    near: dict[int, float]
    standing: dict[int, list[str]]
    marking: dict[int, list[str]]

    @classmethod
    def of(cls, topic: Topic, index: ClaimIndex) -> Self:
        """Made ready."""
        facets = [facet for part in topic.parts for facet in part]
        words = dict.fromkeys((*topic.labels, *(word for facet in facets for word in facet.words)))
        labels = dict.fromkeys((*topic.labels, *(label for facet in facets for label, _ in facet.labels)))
        akin = sorted(((cosine, word, f.words[0]) for f in facets for word, cosine in f.akin), reverse=True)
        more = (label for facet in facets for label, _ in (*facet.labels, *facet.akin))
        return cls(
            topic,
            tuple(word for word in words if word not in topic.concepts and word not in GENERIC),
            tuple(label for label in labels if label in topic.concepts),
            tuple(akin),
            tuple((word, _shares(word, index)) for word in words if len(word) > 3),
            tuple(dict.fromkeys((*words, *more))),
            {},
            {},
            {},
        )

    def note(self, index: ClaimIndex, rows: Rows) -> None:
        """Find what stands in clauses, for all of them at once."""
        self.standing.update((row, []) for row in rows.tolist())
        self.marking.update((row, []) for row in rows.tolist())
        for label in self.marked:
            stands = index.standing(label, rows)
            for row in rows[stands].tolist():
                self.standing[row].append(label)
            for form in forms(label):
                stands |= index.standing(form, rows)
            for row in rows[stands].tolist():
                self.marking[row].append(label)


def _things(part: tuple[Facet, ...]) -> list[Facet]:
    """The facets of a part that are each one of the things asked."""
    return [facet for facet in part if not facet.group and facet.weight >= LEAST_THING]


def _together(part: tuple[Facet, ...]) -> bool:
    """True where a part asks for several things together."""
    return len(_things(part)) > 1


def _shares(words: str, index: ClaimIndex) -> dict[str, float]:
    """The character pairs of ``words``, weighted by how telling they are, 1 together."""
    weights = {gram: index.idf(gram) for gram in bigrams(squeeze(words))}
    total = sum(weights.values())
    return {gram: weight / total for gram, weight in weights.items()}


def _shared(shares: Mapping[str, float], text: str) -> float:
    """How much of them stands in ``text``."""
    return sum(share for gram, share in shares.items() if gram in text)


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
        self._ready: dict[int, _Told] = {}
        self._across = lru_cache(maxsize=_REMEMBERED)(self._broken)
        self.reader = TopicReader(index, topics, likeness)

    def scores(self, topic: Topic, rows: Rows) -> Floats:
        """(rows,) confidence in 0..1 that each of some clauses, ascending, is about the topic; 0 where no word of it is
        met."""
        return self._scored(topic, rows, self._heard(topic))

    def _heard(self, topic: Topic) -> Heard:
        words = {word for part in topic.parts for facet in part for word in facet.words}
        return {word: self._index.presence(word) for word in words}

    def _scored(self, topic: Topic, rows: Rows, presence: Heard) -> Floats:
        named = self._named(topic, rows)
        if topic.exact:
            return NAMED_RIGHT * named
        scores = np.zeros_like(named)
        if self._likeness is None:
            ruled = self._ruled(topic, rows, named, presence)[1]
            said = np.flatnonzero(ruled)
            scores[said] = self._calibration.confidence_of_rules(ruled[said])
            return scores
        heard, evidence = self._evidence(topic, rows, named, presence)
        sure = self._calibration.confidence(evidence)
        if all(_together(part) for part in topic.parts):
            sure[(evidence.covered <= _ONE_OF_MANY) & (evidence.ruled <= HALF)] *= _HALVED
        scores[heard] = sure
        counted = sure >= self._calibration.threshold
        self._told(topic).near.update(
            zip(rows[heard[counted]].tolist(), evidence.clause[counted].tolist(), strict=True)
        )
        return scores

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
        return np.where(self._index.standing(label, rows), np.float32(weight), np.float32(0))

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
        return self._index.any_of(labels, words)

    def _covered(self, part: tuple[Facet, ...], rows: Rows, presence: Heard) -> Floats:
        """(rows,) weighted share of the facets that a clause meets; what stands elsewhere in its sentence is half.

        Whom it is for narrows what was done; alone it answers only where nothing else was asked.
        """
        what, whom = np.zeros(len(rows), np.float32), np.zeros(len(rows), np.float32)
        total = sum(facet.weight for facet in part if not facet.group)
        people = sum(facet.weight for facet in part if facet.group)
        things = _things(part)
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
            barred = self._index.only_inside((*facet.words, *(label for label, _ in facet.labels)), facet.barred)
            met[np.isin(rows, np.array(barred, np.int32))] = 0
        return met

    def _broken(self, word: str) -> tuple[int, ...]:
        """The clauses in which a word of two characters only stands across others: 理发 in 经济地理|发挥作用."""
        found = self._index.having(word)
        if len(squeeze(word)) != 2 or len(found) > _MOST_CUT:
            return ()
        return tuple(number for number in map(int, found) if not _whole(word, self._index.text(number)))

    def matches(self, topic: Topic) -> list[Match]:
        """The clauses that count for a topic, in reading order."""
        presence = self._heard(topic)
        rows = self._candidates(topic, presence)
        scores = self._scored(topic, rows, presence)
        counted = scores >= self._calibration.threshold
        found = self._matched(rows[counted], scores[counted])
        if topic.required is not None:
            found = [f for f in found if topic.required.search(f.claim.text)]
        if topic.named:
            found = [f for f in found if all(_about(f.claim, place) for place in topic.named)]
        self._noted(topic, [f.clause for f in found])
        return found

    def nearest(self, topic: Topic, doer: tuple[str, str], documents: Iterable[str], least: float) -> list[Match]:
        """The clauses of a doer (place, code), and of nobody in some documents, that have at least this confidence, the
        surest first."""
        rows = self._index.clauses_of(doer, documents)
        scores = self.scores(topic, rows)
        order = np.argsort(-scores, kind="stable")
        order = order[scores[order] >= least]
        return self._matched(rows[order], scores[order])

    def _matched(self, rows: Rows, scores: Floats) -> list[Match]:
        owners = self._index.owners[rows].tolist()
        claims = self._index.claims(dict.fromkeys(owners))
        return [
            Match(clause, score, claims[owner])
            for clause, score, owner in zip(rows.tolist(), scores.tolist(), owners, strict=True)
            if owner in claims
        ]

    def reasons(self, topic: Topic, clause: int) -> tuple[str, ...]:
        """Why the clause numbered ``clause`` counts for a topic: Chinese phrases, what it says before what it means."""
        told = self._noted(topic, [clause])
        standing = told.standing[clause]
        said = _longest(word for word in told.own if word in standing)
        meant = _longest(label for label in told.meant if label in standing)
        akin = [(cosine, word, asked) for cosine, word, asked in told.akin if word in standing]
        text = self._index.text(clause)
        alike = [(_shared(shares, text), word) for word, shares in told.alike if word not in said and word not in meant]
        found = [f"原文写有“{word}”" for word in said]
        for label in meant:
            concept = topic.concepts[label]
            found.append(f"原文写有“{label}”" if label == concept else f"词表把“{label}”列为“{concept}”的说法")
        found += [f"“{word}”与“{asked}”词义相近 {cosine:.2f}" for cosine, word, asked in akin[:1]]
        found += [f"与“{word}”字面相近" for share, word in sorted(alike, reverse=True)[:1] if share >= _ALIKE]
        if self._likeness is not None and not topic.exact:
            near = told.near.get(clause)
            if near is None:
                near = float(self._likeness.cosines(topic.texts, np.array([clause]))[0][0])
            found += [f"句意相近 {near:.2f}"] if near >= _NEAR else []
        return tuple(dict.fromkeys(found))[:_MOST_REASONS]

    def _told(self, topic: Topic) -> _Told:
        """What to tell of a topic, made ready once for all its clauses."""
        known = self._ready.get(id(topic))
        if known is None or known.topic is not topic:
            if len(self._ready) >= _MOST_READY:
                self._ready = {}
            known = self._ready[id(topic)] = _Told.of(topic, self._index)
        return known

    def _noted(self, topic: Topic, clauses: Iterable[int]) -> _Told:
        """The same, with what stands in some clauses."""
        told = self._told(topic)
        unknown = sorted(clause for clause in clauses if clause not in told.marking)
        if unknown:
            told.note(self._index, np.array(unknown, np.int32))
        return told

    def marks(self, topic: Topic, claim: Claim, clauses: Iterable[int]) -> list[tuple[int, int]]:
        """Spans of a claim's text where words of the topic stand in its ``clauses``."""
        numbers = list(clauses)
        marking = self._noted(topic, numbers).marking
        return [span for number in numbers for span in self._index.marks(claim, number, marking[number])]


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


def _longest(names: Iterable[str]) -> list[str]:
    """The names that stand inside no other."""
    known = list(names)
    return [name for name in known if not any(name != other and name in other for other in known)]


def _whole(word: str, text: str) -> bool:
    """True where ``word`` stands in ``text`` within a word, or at least one of its ends is one of a word's."""
    borders = set(accumulate(map(len, rjieba.cut(text)), initial=0))
    at = text.find(word)
    while at >= 0:
        if at + 1 not in borders or at in borders or at + len(word) in borders:
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

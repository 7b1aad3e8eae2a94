"""Place questions answered: the whole set of places that did it, each with its sentences.

A clause is scored by what ``search.topics`` looks for; it counts from ``THRESHOLD`` on, and the places of its claim are
answered. Nothing found is an empty answer: 未提及不等于未开展, as the coverage line says. Who did not do a thing no
report tells: such a question is answered by that sentence alone, and so is one that names nothing.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from corpus.doubts import Doubts
from corpus.model import Claim, ClaimStatus, Document, Fact
from corpus.places import Place, gazetteer
from corpus.store import Store
from search.answers import Coverage, Evidence, PlaceAnswer, PlacesAnswer, Span
from search.claims import ClaimIndex, Floats
from search.conditions import Conditions, document_years, years_written
from search.questions import Question, parse_question, topic_question
from search.topics import LEAST_THING, NAMED, Facet, Topic, TopicReader, Topics

THRESHOLD = 0.57  # least confidence of a sentence that counts
_LABEL, _COVER = 0.7, 0.5  # weight of labels and of facets where neither is certain
_WHOM = 0.42  # share of a topic that a sentence loses when it is not about those whom the question names
_ONE_OF_MANY = 0.25  # confidence of a sentence that has one of several things asked together
_ONLY_WHOM = 0.7  # confidence of a sentence of which only that is known
_LEAST_WHAT = 4.0  # weight of words below which a question says nothing but for whom
_MOST_EVIDENCE = 8
_LEVELS = {
    "": frozenset({"province", "city", "county"}),
    "province": frozenset({"province"}),
    "city": frozenset({"city", "county"}),
    "county": frozenset({"county"}),
    "township": frozenset({"county"}),  # no finer place is known; the sentence may name it
    "enterprise": frozenset({"enterprise", "department"}),
}
_UNTOLD = "文献只写做了什么，没有写到的不能断定没有做，所以无法回答哪些地方没有或不再开展；"
_NOTHING_ASKED = "请在问题里写明要查的做法，例如“哪些省办了职工运动会”；"
_YEARS_NOTE = "按年份筛选：句中写明年份的以句中为准，没有写明的跨年综述按文献覆盖的时段计入，时段不明的文献不计入；"
_TOWNSHIP_NOTE = "地方只细到区县，街道、乡镇、社区、村和园区请看原句；"
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
_ORDER: dict[ClaimStatus, int] = {"done": 0, "ongoing": 1, "planned": 2}


@dataclass(frozen=True, slots=True)
class _Found:
    """A clause that counts."""

    clause: int
    confidence: float


class PlaceFinder:
    """Answers place questions from the claims of a library, kept in memory."""

    def __init__(self, store: Store, topics: Topics, doubts: Doubts | None = None) -> None:
        self._doubts = doubts or Doubts(store)
        self._documents = {document.id: document for document in store.shown(Document)}
        self._index = ClaimIndex(store.shown(Claim))
        self._reader = TopicReader(self._index, topics)
        self._figures: dict[str, list[Span]] = defaultdict(list)
        for fact in store.shown(Fact):
            self._figures[fact.document_id].append((fact.start, fact.end))
        named = {claim.place for claim in self._index.claims if claim.place}
        named |= {document.place for document in self._documents.values() if document.place}
        line = f"{len(self._documents)} 份文献涉及 {len(named)} 个地方；未提及不等于未开展。"
        self._coverage = Coverage(len(self._documents), len(named), line)

    def answer(self, query: str, level: str = "") -> PlacesAnswer:
        """The places that did what ``query`` asks; ``level`` (province, city, county, enterprise) overrides its own."""
        question = parse_question(query) or topic_question(query)
        wanted = level or question.level
        if question.denied:
            return self._empty(query, question.topic, wanted, _UNTOLD)
        if not question.quoted and not self._reader.says(question.topic):
            return self._empty(query, question.topic, wanted, _NOTHING_ASKED)
        topic = self._reader.read(question)
        found = self._search(topic)
        answers = self._answers(found, topic, question, wanted)
        notes = _understood(topic) if answers and topic.unheard else ""
        if question.conditions.years:
            notes += _YEARS_NOTE
        if wanted == "township":
            notes += _TOWNSHIP_NOTE
        coverage = replace(self._coverage, line=notes + self._coverage.line)
        return PlacesAnswer(query, topic.shown, wanted, answers, coverage)

    def _empty(self, query: str, topic: str, level: str, why: str) -> PlacesAnswer:
        shown = (topic,) if topic else ()
        return PlacesAnswer(query, shown, level, (), replace(self._coverage, line=why + self._coverage.line))

    def scores(self, topic: Topic) -> Floats:
        """(clauses,) confidence in 0..1 that each clause is about the topic."""
        labels = np.zeros(len(self._index), np.float32)
        for label, weight in topic.labels.items():
            found = self._index.having(label)
            labels[found] = np.maximum(labels[found], weight)
        if topic.exact:
            return labels
        sure = np.where(labels >= NAMED, labels, 0)
        covered = np.zeros_like(labels)
        for part in topic.parts:
            covered = np.maximum(covered, self._covered(part))
        both = np.minimum(_LABEL * labels + _COVER * covered, 1)
        return np.maximum(np.maximum(sure, covered), both)

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
            met = np.maximum(met, self._index.presence(words))
        for label, weight in facet.labels:
            found = self._index.having(label)
            met[found] = np.maximum(met[found], weight)
        if facet.barred:
            met[self._index.only_inside((*facet.words, *(label for label, _ in facet.labels)), facet.barred)] = 0
        return met

    def _search(self, topic: Topic) -> list[_Found]:
        scores = self.scores(topic)
        found = [_Found(int(i), float(scores[i])) for i in np.flatnonzero(scores >= THRESHOLD)]
        if topic.required is not None:
            found = [f for f in found if topic.required.search(self._claim(f).text)]
        if topic.named:
            found = [f for f in found if all(_about(self._claim(f), place) for place in topic.named)]
        return found

    def _claim(self, found: _Found) -> Claim:
        return self._index.claims[self._index.clauses[found.clause].claim]

    def _answers(
        self, found: Iterable[_Found], topic: Topic, question: Question, level: str
    ) -> tuple[PlaceAnswer, ...]:
        best: dict[str, dict[tuple[str, int], tuple[float, Claim, list[int]]]] = defaultdict(dict)
        for one in found:
            claim = self._claim(one)
            if question.received:
                claim = self._receiver(claim)
            if not self._meets(claim, question.conditions):
                continue
            if not claim.place or claim.level not in _LEVELS.get(level, _LEVELS[""]):
                continue
            if question.status == "done" and claim.status == "planned":
                continue
            if question.status == "planned" and claim.status != "planned":
                continue
            span = (claim.document_id, claim.start)  # several givers share one
            score, _, clauses = best[claim.place].get(span, (0.0, claim, []))
            best[claim.place][span] = (max(score, one.confidence), claim, [*clauses, one.clause])
        answers = [self._place(list(claims.values()), topic) for claims in best.values()]
        strongest: dict[str, float] = defaultdict(float)
        for answer in answers:
            strongest[answer.province] = max(strongest[answer.province], self._strength(answer))
        return tuple(
            sorted(
                answers,
                key=lambda a: (-strongest[a.province], a.province, -self._strength(a), a.code, a.place),
            )
        )

    def _receiver(self, claim: Claim) -> Claim:
        """The claim as its document's, where an outsider gave something to the document's place."""
        document = self._documents[claim.document_id]
        given = claim.place_code and claim.how == "sentence" and document.level != "national"
        if not given or Conditions(within=(document.place_code,)).admits(claim.place_code):
            return claim
        return replace(
            claim, place=document.place, place_code=document.place_code, level=document.level, doer="", how="document"
        )

    def _meets(self, claim: Claim, conditions: Conditions) -> bool:
        if not conditions.admits(claim.place_code):
            return False
        if not conditions.years:
            return True
        first, last = conditions.years
        if written := years_written(claim.text):
            return min(written) <= last and first <= max(written)
        covered = document_years(self._documents[claim.document_id])
        return covered is not None and covered[0] <= last and first <= covered[1]

    @staticmethod
    def _strength(answer: PlaceAnswer) -> float:
        return answer.confidence - _ORDER[answer.status]

    def _place(self, claims: list[tuple[float, Claim, list[int]]], topic: Topic) -> PlaceAnswer:
        """One place: what it did speaks before what it plans, and only sentences of that status are shown first."""
        status = min((claim.status for _, claim, _ in claims), key=_ORDER.__getitem__)
        claims.sort(key=lambda row: (_ORDER[row[1].status], -row[0], row[1].document_id, row[1].start))
        claim = claims[0][1]
        confidence = max(score for score, one, _ in claims if one.status == status)
        shown = [(one, clauses) for _, one, clauses in claims if one.status == status][:_MOST_EVIDENCE]
        evidence = tuple(self._evidence(one, clauses, topic) for one, clauses in shown)
        place = gazetteer().by_code(claim.place_code) if claim.place_code else None
        province = gazetteer().province(place) if place else None
        name = province.name if province else self._documents[claim.document_id].province
        return PlaceAnswer(claim.place, claim.place_code, claim.level, name, status, round(confidence, 3), evidence)

    def _evidence(self, claim: Claim, clauses: list[int], topic: Topic) -> Evidence:
        figures = tuple(
            claim.text[start - claim.start : end - claim.start]
            for start, end in self._figures[claim.document_id]
            if claim.start <= start and end <= claim.end
        )
        words = [*topic.labels, *(word for part in topic.parts for facet in part for word in facet.words)]
        words += [label for part in topic.parts for facet in part for label, _ in facet.labels]
        spans = [span for number in clauses for span in self._index.marks(number, words)]
        if claim.doer and claim.doer in claim.text:
            start = claim.text.index(claim.doer)
            spans.append((start, start + len(claim.doer)))
        return Evidence(
            claim.text,
            figures,
            claim.document_id,
            self._documents[claim.document_id].title,
            claim.passage_id,
            claim.start,
            claim.end,
            _merged(spans),
            self._doubts.within(claim.document_id, claim.start, claim.end),
        )


def _about(claim: Claim, place: Place) -> bool:
    """True where a claim is about ``place`` and not its own: 援藏 for 西藏, but not what 拉萨 did at home."""
    known = gazetteer()
    own = known.by_code(claim.place_code) if claim.place_code else None
    if own is not None and (own == place or known.inside(own, place.code)):
        return False
    short = _AIDED.get(place.short)
    return place.short in claim.text or bool(short and re.search(f"[援入进赴]{short}", claim.text))


def _understood(topic: Topic) -> str:
    """What to tell the reader where the documents never use the question's own words."""
    words = "".join(f"“{word}”" for word in topic.unheard)
    meant = "".join(f"“{name}”" for name in topic.shown[1:])
    return f"原文没有出现{words}，{f'按{meant}理解' if meant else '以上是意思相近的做法'}，请逐句核对。"


def _merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)

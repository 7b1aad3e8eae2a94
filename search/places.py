"""Place questions answered: the whole set of places that did it, each with its sentences.

The places of the claims that ``search.matching`` finds are answered. Nothing found is an empty answer:
未提及不等于未开展, as the coverage line says. Who did not do a thing no report tells: such a question is answered by
that sentence alone, and so is one that names nothing.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from corpus.claimed import facts_within, headers, named
from corpus.doubts import Doubts
from corpus.model import Claim, ClaimStatus
from corpus.places import gazetteer
from corpus.store import Store
from search.answers import ClaimEvidence, Coverage, PlaceAnswer, PlacesAnswer, Span
from search.cache import Cache
from search.claims import ClaimIndex
from search.conditions import Conditions
from search.matching import Match, Matcher
from search.questions import Question, parse_question, topic_question
from search.topics import Topic, Topics
from search.years import document_years, years_written

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
_ORDER: dict[ClaimStatus, int] = {"done": 0, "ongoing": 1, "planned": 2}


class PlaceFinder:
    """Answers place questions from the claims of a library; of these it reads what it answers with."""

    def __init__(self, store: Store, topics: Topics, doubts: Doubts | None = None, cache: Cache | None = None) -> None:
        self._store = store
        self._doubts = doubts or Doubts(store)
        self._documents = {document.id: document for document in headers(store)}
        self._matcher = Matcher(ClaimIndex.open(store, cache or Cache(store.folder)), topics)
        places = named(store) | {document.place for document in self._documents.values() if document.place}
        line = f"{len(self._documents)} 份文献涉及 {len(places)} 个地方；未提及不等于未开展。"
        self._coverage = Coverage(len(self._documents), len(places), line)

    @property
    def coverage(self) -> Coverage:
        """What is looked through for every question."""
        return self._coverage

    def answer(self, query: str, level: str = "") -> PlacesAnswer:
        """The places that did what ``query`` asks; ``level`` (province, city, county, enterprise) overrides its own."""
        question = parse_question(query) or topic_question(query)
        wanted = level or question.level
        if question.denied:
            return self._empty(query, question.topic, wanted, _UNTOLD)
        if not question.quoted and not self._matcher.reader.says(question.topic):
            return self._empty(query, question.topic, wanted, _NOTHING_ASKED)
        topic = self._matcher.reader.read(question)
        found = self._matcher.matches(topic)
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

    def _answers(self, found: Iterable[Match], topic: Topic, question: Question, level: str) -> tuple[PlaceAnswer, ...]:
        best: dict[str, dict[tuple[str, int], tuple[float, Claim, list[int]]]] = defaultdict(dict)
        for one in found:
            claim = one.claim
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
        shown = [row for row in claims if row[1].status == status][:_MOST_EVIDENCE]
        evidence = tuple(self._evidence(one, clauses, score, topic) for score, one, clauses in shown)
        place = gazetteer().by_code(claim.place_code) if claim.place_code else None
        province = gazetteer().province(place) if place else None
        name = province.name if province else self._documents[claim.document_id].province
        return PlaceAnswer(claim.place, claim.place_code, claim.level, name, status, round(confidence, 3), evidence)

    def _evidence(self, claim: Claim, clauses: list[int], score: float, topic: Topic) -> ClaimEvidence:
        span = (claim.document_id, claim.start, claim.end)
        facts = facts_within(self._store, [span]).get(span, [])
        figures = tuple(claim.text[fact.start - claim.start : fact.end - claim.start] for fact in facts)
        spans = self._matcher.marks(topic, claim, clauses)
        if claim.doer and claim.doer in claim.text:
            start = claim.text.index(claim.doer)
            spans.append((start, start + len(claim.doer)))
        return ClaimEvidence(
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

"""Place questions answered: the whole set of places that did it, each with its sentences.

The places of the claims that ``search.matching`` finds are answered. Nothing found is an empty answer:
未提及不等于未开展, as the coverage line says. Who did not do a thing no report tells: such a question is answered by
that sentence alone, and so is one that names nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from corpus.doubts import Doubts
from corpus.model import Claim, Document, Fact
from corpus.places import gazetteer
from corpus.store import Store
from search.admission import ORDER, Admission
from search.answers import Cell, ClaimEvidence, Coverage, PlaceAnswer, PlacesAnswer, PlaceSort, Span
from search.claims import ClaimIndex
from search.columns import Figure, FigureIndex, columns, figure, topical, written
from search.conditions import Conditions
from search.coverage import Survey
from search.matching import Match, Matcher
from search.questions import parse_question, topic_question
from search.topics import Topic, Topics

#: Sentences of each status that an answer shows for a place.
SHOWN = 8
_UNTOLD = "文献只写做了什么，没有写到的不能断定没有做，所以无法回答哪些地方没有或不再开展；"
_NOTHING_ASKED = "请在问题里写明要查的做法，例如“哪些省办了职工运动会”；"
_YEARS_NOTE = "句中写明年份的以句中为准，没有写明的跨年综述按文献覆盖的时段计入，时段不明的文献不计入"
_TOWNSHIP_NOTE = "地方只细到区县，街道、乡镇、社区、村和园区请看原句"


@dataclass(frozen=True, slots=True)
class Row:
    """A claim that counts: the confidence that it is about the topic, and its clauses that are."""

    claim: Claim
    confidence: float
    clauses: tuple[int, ...]


class PlaceFinder:
    """Answers place questions from the claims of a library, kept in memory."""

    def __init__(self, store: Store, topics: Topics, doubts: Doubts | None = None) -> None:
        self._doubts = doubts or Doubts(store)
        self._documents = {document.id: document for document in store.shown(Document)}
        claims = store.shown(Claim)
        self._matcher = Matcher(ClaimIndex(c for c in claims if c.polarity == "affirmed"), topics)
        self._figures = FigureIndex(store.shown(Fact))
        self._survey = Survey(self._documents, claims)

    def answer(
        self, query: str, level: str = "", sort: PlaceSort = "strength", shown: int | None = SHOWN
    ) -> PlacesAnswer:
        """The places that did what ``query`` asks; ``level`` (province, city, county, enterprise) overrides its own.

        ``shown`` is how many sentences of each status a place is given with, None for all.
        """
        question = parse_question(query) or topic_question(query)
        wanted = level or question.level
        conditions = question.conditions
        if not question.quoted and not self._matcher.reader.says(question.topic):
            return self._empty(
                query, question.topic, wanted, self._survey.coverage(wanted, conditions, set(), _NOTHING_ASKED)
            )
        topic = self._matcher.reader.read(question)
        found = self._matcher.matches(topic)
        mentioning = {self._matcher.claim(one).document_id for one in found}
        if question.denied:
            coverage = self._survey.coverage(wanted, conditions, mentioning, _UNTOLD)
            return self._empty(query, question.topic, wanted, coverage)
        rows = self._rows(found, Admission(question, wanted))
        answers, figures = [], []
        for ours in rows.values():
            ours.sort(
                key=lambda row: (ORDER[row.claim.status], -row.confidence, row.claim.document_id, row.claim.start)
            )
            answers.append(self._place(ours, topic, shown))
            figures.append(self._quantities(ours, topic))
        made, cells = columns(figures)
        answers = [replace(answer, cells=ours) for answer, ours in zip(answers, cells, strict=True)]
        coverage = self._survey.coverage(
            wanted, conditions, mentioning, _understood(topic) if answers and topic.unheard else ""
        )
        return PlacesAnswer(
            query, topic.shown, wanted, ordered(answers, sort), coverage, made, _told(conditions, wanted), sort
        )

    @staticmethod
    def _empty(query: str, topic: str, level: str, coverage: Coverage) -> PlacesAnswer:
        return PlacesAnswer(query, (topic,) if topic else (), level, (), coverage)

    def _rows(self, found: Iterable[Match], admission: Admission) -> dict[str, list[Row]]:
        """The claims that count, by place; several givers share a sentence, and a place has it once."""
        best: dict[str, dict[tuple[str, int], Row]] = defaultdict(dict)
        for one in found:
            claim = self._matcher.claim(one)
            document = self._documents[claim.document_id]
            claim = admission.read(claim, document)
            if admission.refusal(claim, document):
                continue
            span = (claim.document_id, claim.start)
            known = best[claim.place].get(span, Row(claim, 0.0, ()))
            best[claim.place][span] = Row(claim, max(known.confidence, one.confidence), (*known.clauses, one.clause))
        return {place: list(rows.values()) for place, rows in best.items()}

    def _place(self, rows: Sequence[Row], topic: Topic, shown: int | None) -> PlaceAnswer:
        """One place: what it did speaks before what it is doing and plans."""
        best = rows[0].claim
        confidence = max(row.confidence for row in rows if row.claim.status == best.status)
        chosen = [row for status in ORDER for row in [row for row in rows if row.claim.status == status][:shown]]
        place = gazetteer().by_code(best.place_code) if best.place_code else None
        province = gazetteer().province(place) if place else None
        return PlaceAnswer(
            place=best.place,
            code=best.place_code,
            level=best.level,
            province=province.name if province else self._documents[best.document_id].province,
            status=best.status,
            confidence=round(confidence, 3),
            evidence=tuple(self._evidence(row, topic) for row in chosen),
            parent=best.parent if all(row.claim.parent for row in rows) else "",
            sentences=len(rows),
        )

    def _evidence(self, row: Row, topic: Topic) -> ClaimEvidence:
        claim = row.claim
        return ClaimEvidence(
            claim.text,
            tuple(written(claim, fact) for fact in self._figures.within(claim)),
            claim.document_id,
            self._documents[claim.document_id].title,
            claim.passage_id,
            claim.start,
            claim.end,
            _merged(self._matcher.marks(topic, row.clauses)),
            self._doubts.within(claim.document_id, claim.start, claim.end),
            claim.status,
            round(row.confidence, 3),
            claim.period,
            self._doer(claim),
        )

    @staticmethod
    def _doer(claim: Claim) -> Span | None:
        """Where the words stand that name the doer; None where the sentence leaves it to its document."""
        start = claim.text.find(claim.doer) if claim.doer else -1
        return (start, start + len(claim.doer)) if start >= 0 else None

    def _quantities(self, rows: Sequence[Row], topic: Topic) -> list[Figure]:
        """The figures of a place that belong to the topic: of what it did, or plans where it did nothing yet; the
        largest first, those that count the thing itself before all."""
        planned = rows[0].claim.status == "planned"
        found: dict[tuple[str, int], tuple[bool, Figure]] = {}
        for row in rows:
            claim = row.claim
            if (claim.status == "planned") != planned:
                continue
            marks = self._matcher.marks(topic, row.clauses)
            words = {claim.text[start:end] for start, end in marks}
            for fact in topical(claim, self._figures.within(claim), marks):
                if one := figure(claim, fact):
                    itself = any(word in one.subject for word in words)
                    found[fact.document_id, fact.start] = (not itself, one)
        ranked = sorted(found.values(), key=lambda pair: (pair[0], -pair[1].cell.value))
        return [one for _, one in ranked]


def ordered(answers: Iterable[PlaceAnswer], sort: PlaceSort) -> tuple[PlaceAnswer, ...]:
    """The answers in an order: what was done comes before plans when sorted by figures."""
    answers = list(answers)
    if sort == "place":
        return tuple(sorted(answers, key=lambda a: (not a.province, a.code[:2], a.province, a.code, a.place)))
    strongest: dict[str, float] = defaultdict(float)
    for answer in answers:
        strongest[answer.province] = max(strongest[answer.province], _strength(answer))
    answers.sort(key=lambda a: (-strongest[a.province], a.province, -_strength(a), a.code, a.place))
    if sort.startswith("figures"):
        column = int(sort.removeprefix("figures") or 1) - 1
        answers.sort(key=lambda a: (ORDER[a.status], -_largest(a.cells, column)))
    return tuple(answers)


def _strength(answer: PlaceAnswer) -> float:
    return answer.confidence - ORDER[answer.status]


def _largest(cells: tuple[tuple[Cell, ...], ...], column: int) -> float:
    """The figure of a column that a place is sorted by; less than any where it has none."""
    ours = cells[column] if column < len(cells) else ()
    return ours[0].value if ours else float("-inf")


def _told(conditions: Conditions, level: str) -> tuple[str, ...]:
    """How the conditions of a question were read."""
    known = gazetteer()
    told = [
        word + "、".join(place.name for code in codes if (place := known.by_code(code)))
        for word, codes in (("限", conditions.within), ("不含", conditions.excluded))
        if codes
    ]
    if conditions.years:
        first, last = conditions.years
        years = f"{first} 年" if first == last else f"{first}—{last} 年" if last < 9999 else f"{first} 年以来"
        told.append(f"{years}：{_YEARS_NOTE}")
    if level == "township":
        told.append(_TOWNSHIP_NOTE)
    return tuple(told)


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

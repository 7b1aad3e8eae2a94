"""Place questions answered: the whole set of places that did it, each with its sentences.

The places of the claims that ``search.matching`` finds are answered. Nothing found is an empty answer:
未提及不等于未开展, as the coverage line says. Who did not do a thing no report tells: such a question is answered by
that sentence alone, and so is one that names nothing.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from copy import copy
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import chain
from typing import Self

import numpy as np

from corpus.doubts import Doubts
from corpus.model import Document
from corpus.places import gazetteer
from corpus.said import facts_within, headers
from corpus.store import Store
from search.admission import CALLED, ORDER, Admission
from search.answers import Cell, ClaimEvidence, Column, Coverage, PlaceAnswer, PlacesAnswer, PlaceSort, Verdict
from search.cache import Cache
from search.claims import ClaimIndex
from search.columns import Figure, FigureIndex, columns, figure, meets
from search.coverage import Survey
from search.directory import Resolved
from search.inquiry import Inquiry
from search.matching import Matcher
from search.questions import Question, parse_question, topic_question
from search.quoting import About, Found, Quoter, Row, read
from search.segments import Layout
from search.tally import Counted, Tally
from search.taught import in_official_words
from search.topics import Likeness, Topic, Topics
from search.verdicts import Case, Examiner, unknown

#: Sentences of each status that an answer shows for a place, and for all places together: of very many places fewer each.
SHOWN, SHOWN_TOGETHER = 8, 800
#: Places that a sample has at most.
SAMPLED = 200
_QUOTED = 256  # places whose sentences are quoted together
_UNTOLD = "文献只写做了什么，没有写到的不能断定没有做，所以无法回答哪些地方没有或不再开展；"
_NOTHING_ASKED = "请在问题里写明要查的做法，例如“哪些省办了职工运动会”；"
_YEARS_NOTE = "句中写明年份的以句中为准，没有写明的跨年综述按文献覆盖的时段计入，时段不明的文献不计入"
_TOWNSHIP_NOTE = "地方只细到区县，街道、乡镇、社区、村和园区请看原句"
_NAMED = 3  # places that a line names
_KEPT = 64  # counted answers that are remembered: no sentences, some kilobytes each


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it was understood: for places of ``level``, which must have done all of ``topics``."""

    question: Question
    level: str
    topics: tuple[Topic, ...]


Cells = tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class _Told:
    """Places as they are counted, with their sentences and cells; what the cells are of; those without figures to compare."""

    places: tuple[tuple[Counted, list[Row], Cells], ...]
    columns: tuple[Column, ...]
    unnumbered: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sampled:
    """A place of a sample: its ``answer`` without evidence, and the sentences that evidence may be made of."""

    answer: PlaceAnswer
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Sample:
    """Some of the places that did a thing, in the order of an answer, with its columns; ``quoted`` makes evidence of a
    sentence."""

    columns: tuple[Column, ...]
    places: tuple[Sampled, ...]
    quoted: Callable[[Row], ClaimEvidence]


class PlaceFinder:
    """Answers place questions from the claims of a library; of these it reads what it answers with."""

    def __init__(
        self,
        store: Store,
        topics: Topics,
        doubts: Doubts | None = None,
        likeness: Callable[[ClaimIndex], Likeness] | None = None,
        layout: Layout | None = None,
        documents: Iterable[Document] | None = None,
    ) -> None:
        """``documents`` are those shown, without their texts."""
        self._documents = {document.id: document for document in (headers(store) if documents is None else documents)}
        self._topics = topics
        layout = layout or Layout.of(store, Cache(store.folder))
        index, lacking = ClaimIndex.open(store, layout, "affirmed"), ClaimIndex.open(store, layout, "denied")
        self._matcher = Matcher(index, topics, likeness(index) if likeness else None)
        self._denied = Matcher(lacking, topics)
        self._figures = FigureIndex(lambda places: facts_within(store, places))
        self._quoter = Quoter(self._documents, self._figures, doubts or Doubts(store))
        self._examiner = Examiner(self._documents, self._matcher, self._denied, self._quoter)
        self._telling_of = index.telling_of, lacking.telling_of
        self.counted = lru_cache(_KEPT)(self._count)

    def with_topics(self, topics: Topics) -> Self:
        """The same claims for questions that are read with other topics."""
        other = copy(self)
        other._topics = topics
        other._matcher, other._denied = self._matcher.with_topics(topics), self._denied.with_topics(topics)
        other._examiner = Examiner(self._documents, other._matcher, other._denied, self._quoter)
        other.counted = lru_cache(_KEPT)(other._count)
        return other

    @cached_property
    def _survey(self) -> Survey:
        return Survey(self._documents, chain(*self._telling_of))

    @property
    def coverage(self) -> Coverage:
        """What is looked through for every question."""
        return self._survey.whole

    def answer(
        self, query: str, level: str = "", sort: PlaceSort = "strength", shown: int | None = SHOWN
    ) -> PlacesAnswer:
        """The places that did what ``query`` asks; ``level`` (province, city, county, enterprise) overrides its own.

        ``shown`` is how many sentences of each status a place is given with, fewer where hundreds of places answer; None
        for all; with 0 places are only counted, and no figures are read.
        """
        return self._answered(query, level, sort, lambda tally: (tally, shown and shown_each(shown, len(tally))))

    def sample(self, query: str) -> Sample:
        """The places that did what ``query`` asks, of very many the surest, with all their sentences, of very many the
        surest: enough to tell what they have in common."""

        def some(tally: Tally) -> tuple[Tally, int | None]:
            tally = tally.surest(SAMPLED)
            return tally, None if tally.size <= SHOWN_TOGETHER else shown_each(SHOWN, len(tally))

        asked = self._read(query, "")
        told = self._told(asked, self._about(asked), some)
        rows = {(one.doer.place, one.doer.place_code): tuple(shown) for one, shown, _ in told.places}
        answers = ordered((self._place(one, (), cells) for one, _, cells in told.places), *_sorting(asked, "strength"))
        places = tuple(Sampled(answer, rows[answer.place, answer.code]) for answer in answers)
        return Sample(told.columns, places, self._quoter.evidence)

    def _answered(
        self, query: str, level: str, sort: PlaceSort, limited: Callable[[Tally], tuple[Tally, int | None]]
    ) -> PlacesAnswer:
        """``limited`` says which of the places are answered, and with how many sentences of each status."""
        asked = self._read(query, level)
        question, about = asked.question, self._about(asked)
        told = self._told(asked, about, limited)
        answers = list(self._quoted(told.places))
        sort, rising = _sorting(asked, sort)
        note = self._note(asked, bool(answers), told.unnumbered)
        return PlacesAnswer(
            query=query,
            topic=tuple(dict.fromkeys(name for topic in asked.topics for name in topic.shown)) or _named(question),
            level=asked.level,
            answers=ordered(answers, sort, rising),
            coverage=self._covered(asked, self._mentioning(about), note),
            columns=told.columns,
            conditions=_told(question, asked.level),
            sort=sort,
            unmentioned=_unmentioned(question, answers),
        )

    def _about(self, asked: Asked) -> list[About]:
        return [About.of(Inquiry(self._matcher, topic)) for topic in asked.topics]

    def _told(
        self, asked: Asked, about: Sequence[About], limited: Callable[[Tally], tuple[Tally, int | None]]
    ) -> _Told:
        """What is told of the places that count; ``limited`` as in ``_answered``."""
        tally = self._tallied([] if asked.question.denied else about, asked)
        tally, unnumbered = self._meeting(tally, asked.question)
        tally, shown = limited(tally)
        chosen = tally.first(shown)
        telling = tally.telling & (shown != 0)
        rows = self._rows(tally.found(chosen | telling))
        shown_of, told_of = ([_of(rows, ones) for ones in tally.by_place(mask)] for mask in (chosen, telling))
        made, cells = columns(list(map(self._quantities, told_of)))
        return _Told(tuple(zip(tally.counted(), shown_of, cells, strict=True)), made, tuple(unnumbered))

    def _count(self, query: str, level: str) -> PlacesAnswer:
        """The answer with its places only counted; ``counted`` remembers the last ones, for tables of many topics."""
        return self.answer(query, level, shown=0)

    def why(self, query: str, words: str, found: Resolved, level: str = "") -> Verdict:
        """Why the place that ``words`` led to is, or isn't, among the answers to ``query``."""
        asked = self._read(query, level)
        if asked.question.denied or not asked.topics:
            return Verdict(query, "", False, self._note(asked, False, ()).rstrip("；") + "。", ())
        if found.place is None:
            return unknown(query, words, found)
        answer = self.answer(query, level, shown=1)
        return self._examiner.verdict(Case(found.place, answer, asked.topics, Admission(asked.question, asked.level)))

    def _read(self, query: str, level: str) -> Asked:
        """A question with what it looks for; no topics where it names nothing, or a place that nobody knows."""
        query = in_official_words(query, self._topics)
        question = parse_question(query) or topic_question(query)
        wanted = level or question.level
        says = question.quoted or self._matcher.reader.says(question.topic)
        if not says or question.conditions.unknown:
            return Asked(question, wanted, ())
        parts = [replace(question, topic=topic, together=()) for topic in question.together] or [question]
        return Asked(question, wanted, tuple(self._matcher.reader.read(part) for part in parts))

    def _tallied(self, about: Sequence[About], asked: Asked) -> Tally:
        """The claims that count, by place."""
        return Tally(about, Admission(asked.question, asked.level), self._documents, self._matcher.index)

    def _mentioning(self, about: Iterable[About]) -> set[str]:
        """The documents that speak of what is asked for."""
        index = self._matcher.index
        found = [np.unique(index.columns(one.numbers).documents) for one in about]
        return {index.documents[number] for numbers in found for number in numbers.tolist()}

    def _meeting(self, tally: Tally, question: Question) -> tuple[Tally, list[str]]:
        """The sentences with figures that the question asks for; the places that give none to compare."""
        amount = question.conditions.amount
        if amount is None:
            return tally, []
        figured = tally.figured
        rows = self._rows(tally.found(figured))
        told = {entry: meets(amount, self._quoter.figures(row)) for entry, row in rows.items()}
        good = np.fromiter((bool(told.get(entry)) for entry in range(len(figured))), np.bool_, len(figured))
        unnumbered = [
            place
            for (place, _), ours in zip(tally.keys, tally.by_place(figured), strict=True)
            if all(told.get(entry) is None for entry in ours)
        ]
        return tally.where(good), unnumbered

    def _rows(self, found: Mapping[int, Found]) -> dict[int, Row]:
        """What was found, by the same numbers, its words and figures read all at once."""
        read_ = read(self._matcher.index, found.values())
        self._figures.keep(row.claim for row in read_.values() if row.figured)
        return {entry: row for entry, one in found.items() if (row := read_.get(one.head.number))}

    def _quoted(self, places: Sequence[tuple[Counted, list[Row], Cells]]) -> Iterator[PlaceAnswer]:
        """What is answered of each place, what is doubtful in many read at once."""
        for first in range(0, len(places), _QUOTED):
            some = places[first : first + _QUOTED]
            self._quoter.prepare(row for _, shown, _ in some for row in shown)
            yield from (self._place(*place) for place in some)

    def _place(self, counted: Counted, shown: Iterable[Row], cells: Cells) -> PlaceAnswer:
        """One place: what it did speaks before what it is doing and plans."""
        doer, manner = counted.doer, counted.manner
        place = gazetteer().by_code(doer.place_code) if doer.place_code else None
        province = gazetteer().province(place) if place else None
        return PlaceAnswer(
            place=doer.place,
            code=doer.place_code,
            level=doer.level,
            province=province.name if province else counted.document.province,
            status=manner.status,
            confidence=round(counted.confidence, 3),
            evidence=tuple(self._quoter.evidence(row) for row in shown),
            parent=manner.parent if counted.elsewhere else "",
            cells=cells,
            sentences=sum(counted.counts),
            counts=counted.counts,
        )

    def _quantities(self, rows: Iterable[Row]) -> list[Figure]:
        """The figures of sentences of a place that belong to the topic: those that count the thing itself, or money,
        before all, the largest first."""
        found: dict[tuple[str, int], tuple[bool, Figure]] = {}
        for row in rows:
            facts = self._quoter.figures(row)
            words = {row.claim.text[start:end] for start, end in row.marks} if facts else set()
            for fact in facts:
                if one := figure(row.claim, fact):
                    itself = fact.kind == "money" or any(word in one.subject for word in words)
                    found[fact.document_id, fact.start] = (not itself, one)
        return [one for _, one in sorted(found.values(), key=lambda pair: (pair[0], -pair[1].cell.value))]

    def _covered(self, asked: Asked, mentioning: Set[str], note: str) -> Coverage:
        if not asked.topics:
            return replace(self.coverage, line=note + self.coverage.line)
        return self._survey.coverage(asked.level, asked.question.conditions, mentioning, note)

    def _note(self, asked: Asked, answered: bool, unnumbered: Sequence[str]) -> str:
        """What the coverage line begins with."""
        question = asked.question
        if question.conditions.unknown:
            unknown = question.conditions.unknown
            if gazetteer().find(unknown):
                return f"“{unknown}”说的是哪里，从问题里读不出来，请在前面写明省、市；"
            return f"没有叫“{unknown}”的地方，请写全称或换一个名称；"
        if not asked.topics:
            return _NOTHING_ASKED
        if question.denied:
            return _UNTOLD
        note = "".join(_understood(topic) for topic in asked.topics if answered and topic.unheard)
        if unnumbered:
            names = "、".join(unnumbered[:_NAMED]) + ("等" if len(unnumbered) > _NAMED else "")
            note += (
                f"另有 {len(unnumbered)} 个{CALLED.get(asked.level, CALLED[''])}写到了，但没有可比的数字（{names}）；"
            )
        return note


def _of(rows: Mapping[int, Row], entries: Iterable[int]) -> list[Row]:
    """The rows of some entries."""
    return [rows[entry] for entry in entries if entry in rows]


def shown_each(shown: int, places: int) -> int:
    """How many sentences of each status are shown for each of so many places."""
    return max(1, min(shown, SHOWN_TOGETHER // max(places, 1)))


def ordered(answers: Iterable[PlaceAnswer], sort: PlaceSort, rising: bool = False) -> tuple[PlaceAnswer, ...]:
    """The answers in an order; by figures what was done comes before plans, the largest first unless ``rising``."""
    answers = list(answers)
    if sort == "place":
        return tuple(sorted(answers, key=lambda a: (not a.province, a.code[:2], a.province, a.code, a.place)))
    strongest: dict[str, float] = defaultdict(float)
    for answer in answers:
        strongest[answer.province] = max(strongest[answer.province], _strength(answer))
    answers.sort(key=lambda a: (-strongest[a.province], a.province, -_strength(a), a.code, a.place))
    if sort.startswith("figures"):
        column = int(sort.removeprefix("figures") or 1) - 1
        answers.sort(key=lambda a: (ORDER[a.status], *_figure(a.cells, column, rising)))
    return tuple(answers)


def _strength(answer: PlaceAnswer) -> float:
    return answer.confidence - ORDER[answer.status]


def _figure(cells: Cells, column: int, rising: bool) -> tuple[bool, float]:
    """What a place is sorted by in a column; a place that has no figure there comes last."""
    ours = cells[column] if column < len(cells) else ()
    return (False, ours[0].value if rising else -ours[0].value) if ours else (True, 0.0)


def _sorting(asked: Asked, sort: PlaceSort) -> tuple[PlaceSort, bool]:
    """The order of the answers to a question, and whether figures rise in it."""
    order = asked.question.order
    return "figures" if order and sort == "strength" else sort, order == "least"


def _named(question: Question) -> tuple[str, ...]:
    return (question.topic,) if question.topic else ()


def _told(question: Question, level: str) -> tuple[str, ...]:
    """How the question was understood beside its topic."""
    notes = [f"{told}：{_YEARS_NOTE}" if told.startswith("时间") else told for told in question.told()]
    return (*notes, _TOWNSHIP_NOTE) if level == "township" else tuple(notes)


def _unmentioned(question: Question, answers: Iterable[PlaceAnswer]) -> tuple[str, ...]:
    """The places that a question asks about by name and of which nothing is told."""
    conditions = question.conditions
    named = conditions.compared or (conditions.within if conditions.whether else ())
    known = gazetteer()
    answered = [place for answer in answers if (place := known.by_code(answer.code))]
    return tuple(
        place.name
        for code in named
        if (place := known.by_code(code)) and not any(known.inside(other, code) for other in answered)
    )


def _understood(topic: Topic) -> str:
    """What to tell the reader where the documents never use the question's own words."""
    words = "".join(f"“{word}”" for word in topic.unheard)
    meant = "".join(f"“{name}”" for name in topic.shown[1:])
    return f"原文没有出现{words}，{f'按{meant}理解' if meant else '以上是意思相近的做法'}，请逐句核对。"

"""The figures of an answer in columns that can be compared.

A figure belongs to the topic where it stands in one item (between 、) of a clause with words of the topic, where its
subject has them, or where the clause goes on to say what was spent and whom it reached (，投入80万元，惠及300人); figures
of other items count other things. Changes, rates and ranks are no quantities: they stand in no column.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.model import Claim, Fact
from corpus.sentences import clauses
from graph.measures import comparable, heading
from search.amounts import Amount
from search.answers import Cell, Column, Span
from search.telling import GROUPS

Place = tuple[str, int, int]  # a document and a span in it

MOST = 4
_COMPARED = ("count", "money", "rate")  # kinds of facts; the unit tells rates from the others
_KEPT = 20_000  # claims whose figures are kept
_ITEM = re.compile(r"[^、]+")
_ENDS = "；;。！？"
_ADVERBS = "(?:共|总共|共计|累计|总计|合计|已|先后|全年|每年|直接|并|还|年均)*"
_SPENDING = "其中|投入|筹集|筹措|筹资|募集|发放|下拨|拨付|划拨|支出|惠及|覆盖|服务|受益|资助|吸引|参与|参加|带动"
# After a clause that has figures of its own; after one that only names the topic (夏送清凉，慰问职工…).
_SPENT = re.compile(f"{_ADVERBS}(?:{_SPENDING})")
_SAME = re.compile(f"{_ADVERBS}(?:{_SPENDING}|慰问|走访|帮扶|帮助|救助|助力|提供|组织|培训|接待|完成)")


# It goes on to something else: 投入80万元建成灯塔3座.
_OTHER = re.compile("安排|建成|新建|修建|改建|建设|改造|打造|创建|设立|成立|开办|举办")
_LEVEL = re.compile(
    "(?:全国|国家级?|部级|省部级|省级?|市级?|县级?|区级?|州级|自治区级?)[\\d一二三四五六七八九十百近约超]"
)


class FigureIndex:
    """The figures of a library that may be trusted, by where they stand; ``read`` gives all that stand in some places."""

    def __init__(self, read: Callable[[Iterable[Place]], Mapping[Place, Sequence[Fact]]]) -> None:
        self._read = read
        self._kept: dict[Place, list[Fact]] = {}

    def keep(self, claims: Iterable[Claim]) -> None:
        """Read the figures of many claims at once, which is faster than one by one."""
        if len(self._kept) > _KEPT:
            self._kept = {}
        wanted = dict.fromkeys(place for claim in claims if (place := _place(claim)) not in self._kept)
        self._kept |= self._trusted(wanted)

    def within(self, claim: Claim) -> list[Fact]:
        """The figures that stand in a claim, in reading order; those of claims with the same span are the same."""
        place = _place(claim)
        found = self._kept.get(place)
        return self._trusted([place])[place] if found is None else found

    def _trusted(self, places: Collection[Place]) -> dict[Place, list[Fact]]:
        found = self._read(places)
        return {place: [fact for fact in found.get(place, ()) if not fact.doubtful] for place in places}


def _place(claim: Claim) -> Place:
    return claim.document_id, claim.start, claim.end


def written(claim: Claim, fact: Fact) -> str:
    """A figure as it stands in the text."""
    return claim.text[fact.start - claim.start : fact.end - claim.start]


def topical(claim: Claim, facts: Iterable[Fact], marks: Iterable[Span]) -> list[Fact]:
    """Those of a claim's ``facts`` that count what ``marks``, spans of its text, point out."""
    facts, marks = list(facts), list(marks)
    # Whom it was done for is counted elsewhere, too: 女职工体检300人，女职工书屋9家.
    marks = [(start, end) for start, end in marks if claim.text[start:end] not in GROUPS] or marks
    words = {claim.text[start:end] for start, end in marks}
    spans = _topical_spans(claim.text, marks, [(f.start - claim.start, f.end - claim.start) for f in facts])
    return [
        fact
        for fact in facts
        if any(a <= fact.start - claim.start and fact.end - claim.start <= b for a, b in spans)
        or any(word in fact.subject for word in words)
    ]


def _topical_spans(sentence: str, marks: Sequence[Span], figures: Sequence[Span]) -> list[Span]:
    """Items (between 、) with a mark, and the clauses that go on to say what was spent on it and whom it reached."""
    spans: list[Span] = []
    goes_on = None  # how a clause must begin that still speaks of the topic
    for start, end in clauses(sentence):
        items = [(start + m.start(), start + m.end()) for m in _ITEM.finditer(sentence[start:end])]
        marked = [item for item in items if _any_within(marks, *item)]
        if marked:
            spans += [*marked, *_ellipses(sentence, items, marked)]
            goes_on = _SPENT if _any_within(figures, start, end) else _SAME
        elif goes_on and goes_on.match(sentence[start:end]) and not _OTHER.search(sentence[start:end]):
            spans.append((start, end))
        else:
            goes_on = None
        if sentence[end - 1] in _ENDS:
            goes_on = None
    return spans


def _ellipses(sentence: str, items: Sequence[Span], marked: Sequence[Span]) -> list[Span]:
    """The items after a marked one that only name a level and a number: 职工书屋4个、省级9个."""
    spans: list[Span] = []
    for before, item in pairwise(items):
        if (before in marked or before in spans) and item not in marked and _LEVEL.match(sentence[slice(*item)]):
            spans.append(item)
    return spans


def _any_within(spans: Iterable[Span], start: int, end: int) -> bool:
    return any(a < end and b > start for a, b in spans)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that belongs to the topic, as a cell, with the unit it is counted in and what it counts."""

    cell: Cell
    unit: str
    subject: str


def figure(claim: Claim, fact: Fact) -> Figure | None:
    """A fact made comparable; None for changes and ranks."""
    if fact.kind not in _COMPARED:
        return None
    unit, value = comparable(fact.value, fact.unit)
    cell = Cell(written(claim, fact), value, fact.document_id, fact.start, fact.end)
    return Figure(cell, unit, fact.subject) if unit else None


def columns(places: Sequence[Sequence[Figure]]) -> tuple[tuple[Column, ...], list[tuple[tuple[Cell, ...], ...]]]:
    """At most ``MOST`` columns for the figures of places, those that most places have first, and each place's cells."""
    having = Counter(unit for figures in places for unit in dict.fromkeys(figure.unit for figure in figures))
    chosen = [unit for unit, _ in having.most_common(MOST)]
    made = tuple(Column(_headed(unit), unit) for unit in chosen)
    cells = [tuple(tuple(f.cell for f in figures if f.unit == unit) for unit in chosen) for figures in places]
    return made, cells


def _headed(unit: str) -> str:
    """What a column is called, with the unit it is counted in where the name doesn't say it: 金额（元）, 件数."""
    name = heading(unit)
    return name if unit in name else f"{name}（{unit}）"


def alike(amount: Amount, facts: Iterable[Fact]) -> list[Fact]:
    """Those of ``facts`` that can be compared with the bounds of a question."""
    return [
        fact for fact in facts if fact.kind in _COMPARED and amount.unit in ("", comparable(fact.value, fact.unit)[0])
    ]


def meets(amount: Amount, facts: Iterable[Fact]) -> bool | None:
    """True where one of ``facts`` lies within the bounds of a question, None where none can be compared with them."""
    told = [
        any(amount.meets(value, fact.unit) for value in (fact.value, fact.value_max) if value is not None)
        for fact in alike(amount, facts)
    ]
    return any(told) if told else None

"""The figures of an answer in columns that can be compared.

A figure belongs to the topic where it stands in one item (between 、) of a clause with words of the topic, or where
its subject has them; figures of other items count other things. Changes, rates and ranks are no quantities: they stand
in no column.
"""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.model import Claim, Fact
from corpus.sentences import clauses
from graph.measures import comparable
from search.amounts import Amount
from search.answers import Cell, Column, Span

MOST = 4
_ITEM = re.compile(r"[^、]+")


class FigureIndex:
    """The figures of a library that may be trusted, by where they stand."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        self._facts: dict[str, list[Fact]] = defaultdict(list)
        for fact in facts:
            if not fact.doubtful:
                self._facts[fact.document_id].append(fact)
        for found in self._facts.values():
            found.sort(key=lambda fact: (fact.start, fact.end))
        self._starts = {key: [fact.start for fact in found] for key, found in self._facts.items()}

    def within(self, claim: Claim) -> list[Fact]:
        """The figures that stand in a claim, in reading order; those of claims with the same span are the same."""
        starts = self._starts.get(claim.document_id, [])
        found = self._facts.get(claim.document_id, [])[
            bisect_left(starts, claim.start) : bisect_left(starts, claim.end)
        ]
        return [fact for fact in found if fact.end <= claim.end]


def written(claim: Claim, fact: Fact) -> str:
    """A figure as it stands in the text."""
    return claim.text[fact.start - claim.start : fact.end - claim.start]


def topical(claim: Claim, facts: Iterable[Fact], marks: Iterable[Span]) -> list[Fact]:
    """Those of a claim's ``facts`` that count what ``marks``, spans of its text, point out."""
    marks = list(marks)
    words = {claim.text[start:end] for start, end in marks}
    spans = [item for item in _items(claim.text) if any(start < item[1] and end > item[0] for start, end in marks)]
    return [
        fact
        for fact in facts
        if any(a <= fact.start - claim.start and fact.end - claim.start <= b for a, b in spans)
        or any(word in fact.subject for word in words)
    ]


def _items(sentence: str) -> list[Span]:
    """Spans of the items of enumerations, clause by clause."""
    return [
        (start + match.start(), start + match.end())
        for start, end in clauses(sentence)
        for match in _ITEM.finditer(sentence[start:end])
    ]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that belongs to the topic, as a cell, with the unit it is counted in and what it counts."""

    cell: Cell
    unit: str
    subject: str


def figure(claim: Claim, fact: Fact) -> Figure | None:
    """A fact made comparable; None for what is no quantity."""
    if fact.kind not in ("count", "money"):
        return None
    unit, value = comparable(fact.value, fact.unit)
    cell = Cell(written(claim, fact), value, fact.document_id, fact.start, fact.end)
    return Figure(cell, unit, fact.subject) if unit else None


def columns(places: Sequence[Sequence[Figure]]) -> tuple[tuple[Column, ...], list[tuple[tuple[Cell, ...], ...]]]:
    """At most ``MOST`` columns for the figures of places, those that most places have first, and each place's cells."""
    having = Counter(unit for figures in places for unit in dict.fromkeys(figure.unit for figure in figures))
    chosen = [unit for unit, _ in having.most_common(MOST)]
    made = tuple(Column(unit, unit) for unit in chosen)
    cells = [tuple(tuple(f.cell for f in figures if f.unit == unit) for unit in chosen) for figures in places]
    return made, cells


def meets(amount: Amount, facts: Iterable[Fact]) -> bool | None:
    """True where one of ``facts`` lies within the bounds of a question, None where none can be compared with them."""
    told = [
        any(amount.meets(value, fact.unit) for value in (fact.value, fact.value_max) if value is not None)
        for fact in facts
        if fact.kind in ("count", "money") and amount.unit in ("", comparable(fact.value, fact.unit)[0])
    ]
    return any(told) if told else None

"""A bar chart of figures that can be compared, in lengths per cent: it fits a phone as well as a wall."""

import math
from dataclasses import dataclass

from search.answers import Cell, Column, PlaceAnswer, PlacesAnswer

#: Bars at most, and places from which a column makes a chart.
MOST, LEAST = 20, 3
#: From this ratio of the largest to the smallest on, lengths are logarithms: else most bars would be hairlines.
_SPREAD = 1000
_SHORTEST = 2.0


@dataclass(frozen=True, slots=True)
class Bar:
    """The figure of a place: ``length`` in per cent of the longest."""

    place: str
    code: str
    cell: Cell
    length: float
    planned: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars, the longest first; ``left_out`` places have smaller figures; ``logarithmic`` tells how lengths are to be
    read."""

    column: Column
    bars: tuple[Bar, ...]
    logarithmic: bool
    left_out: int


def chart(answer: PlacesAnswer) -> Chart | None:
    """The chart of the first column that enough places have a figure in, each by the figure that tells most."""
    for number, column in enumerate(answer.columns):
        rows = [(place, place.cells[number][0]) for place in answer.answers if _positive(place, number)]
        if len(rows) >= LEAST:
            return _chart(column, rows)
    return None


def _positive(place: PlaceAnswer, number: int) -> bool:
    return number < len(place.cells) and bool(place.cells[number]) and place.cells[number][0].value > 0


def _chart(column: Column, rows: list[tuple[PlaceAnswer, Cell]]) -> Chart:
    rows.sort(key=lambda row: (-row[1].value, row[0].code, row[0].place))
    shown = rows[:MOST]
    most, least = shown[0][1].value, shown[-1][1].value
    logarithmic = most > _SPREAD * least
    bars = tuple(
        Bar(place.place, place.code, cell, _length(cell.value, most, least, logarithmic), place.status == "planned")
        for place, cell in shown
    )
    return Chart(column, bars, logarithmic, len(rows) - len(shown))


def _length(value: float, most: float, least: float, logarithmic: bool) -> float:
    """Per cent of the longest bar; on a logarithmic scale the shortest is a tenth of it."""
    share = 0.1 + 0.9 * math.log(value / least) / math.log(most / least) if logarithmic else value / most
    return round(max(_SHORTEST, 100 * share), 1)

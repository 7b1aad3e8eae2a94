"""All communities of terms as bubbles: the larger, the more terms; near each other, and joined, where they share
relations. Coordinates are user units of an SVG; how it looks is the style sheet's."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from graph.communities import Grouping
from web.lettering import lines, width
from web.spread import spread

#: The size of a drawing on a desk and on a phone: its width, bubbles at most, radius of the largest, letters' size.
DESK, PHONE = (960, 24, 88, 17), (358, 12, 58, 14)
#: Pairs are no community worth a bubble, as long as there are larger ones.
_LEAST = 4
_LETTERS, _ROWS = 6, 3
_MARGIN = 7
_THREADS = 3  # for each bubble, about


@dataclass(frozen=True, slots=True)
class Bubble:
    """A community: its middle and radius, the lines of its name with their heights, and how many terms it has."""

    x: int
    y: int
    radius: int
    name: str
    lines: tuple[tuple[str, int], ...]
    count: int
    count_y: int
    href: str


@dataclass(frozen=True, slots=True)
class Thread:
    """What two communities have between them; ``strength`` is 1..4."""

    x1: int
    y1: int
    x2: int
    y2: int
    strength: int


@dataclass(frozen=True, slots=True)
class Bubbles:
    """What to draw, and how many communities there was no room for."""

    width: int
    height: int
    letters: int
    bubbles: tuple[Bubble, ...]
    threads: tuple[Thread, ...]
    left_out: int


def bubbles(found: Grouping, size: tuple[int, int, int, int], href: Callable[[str], str]) -> Bubbles:
    """The largest communities as bubbles."""
    import networkx as nx

    across, most, largest, letters = size
    big = [number for number, group in enumerate(found.groups) if len(group.members) >= _LEAST]
    shown = (big or list(range(len(found.groups))))[:most]
    if not shown:
        return Bubbles(across, 0, letters, (), (), 0)
    top = len(found.groups[shown[0]].members)
    names = {number: lines(found.groups[number].name, _LETTERS, _ROWS) for number in shown}
    radii = {}
    for number in shown:
        wide = max(width(line, letters) for line in names[number]) / 2
        high = (len(names[number]) + 1) * letters * 1.3 / 2
        fair = largest * math.sqrt(len(found.groups[number].members) / top)
        radii[number] = round(max(fair, math.hypot(wide, high * 0.75) + _MARGIN))
    graph = nx.Graph()
    graph.add_nodes_from(map(str, shown))
    ties = [tie for tie in found.ties if tie[0] in radii and tie[1] in radii][: _THREADS * len(shown)]
    graph.add_weighted_edges_from((str(a), str(b), weight) for a, b, weight in ties)
    sizes = {str(number): (2 * radius, 2 * radius) for number, radius in radii.items()}
    placed = spread(graph, sizes, across, gap=14, round_=True)
    strongest = ties[0][2] if ties else 1.0
    return Bubbles(
        across,
        placed.height,
        letters,
        tuple(
            _bubble(
                placed.at[str(n)], radii[n], found.groups[n].name, names[n], len(found.groups[n].members), letters, href
            )
            for n in shown
        ),
        tuple(
            Thread(*placed.at[str(a)], *placed.at[str(b)], max(1, math.ceil(4 * weight / strongest)))
            for a, b, weight in ties
        ),
        len(found.groups) - len(shown),
    )


def _bubble(
    at: tuple[int, int], radius: int, name: str, written: tuple[str, ...], count: int, letters: int,
    href: Callable[[str], str],
) -> Bubble:  # fmt: skip
    x, y = at
    step = letters * 1.3
    first = y - step * len(written) / 2
    rows = tuple((line, round(first + step * row)) for row, line in enumerate(written))
    return Bubble(x, y, radius, name, rows, count, round(first + step * len(written)), href(name))

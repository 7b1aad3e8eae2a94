"""The surroundings of a term as a drawing: the term in the middle, its neighbours on two arcs, a row of its own for each
label, so that none covers another; and as a narrow one for phones: the term on top, its neighbours below each other.
Coordinates are user units of an SVG; how it looks is the style sheet's."""

import math
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from graph.edges import KINDS
from graph.paths import steps
from web import links
from web.lettering import cut, width

#: Nodes in a drawing at most, the one in the middle among them.
MOST = 40
WIDTH = 840
_ROW, _LEAST_HEIGHT, _MARGIN = 30, 240, 28
_ARC = 190  # from the middle to where the arcs are widest
_GAP = 10  # between a node and its label
_LONGEST = 13  # full-width letters of a label
_TEXT = 15  # the size of letters
#: The narrow drawing: its width, nodes at most, rows, where its lines go down, and letters of a label.
NARROW, _MOST_BELOW = 358, 18
_TITLE, _FIRST_ROW, _STEP = 20, 62, 34
_SPINE, _SPINES_APART, _NARROW_LONGEST = 10, 8, 18


@dataclass(frozen=True, slots=True)
class Dot:
    """A term. ``side`` is start, end or middle: where its label begins, counted from the node; ``short`` is the label
    as far as there is room."""

    x: int
    y: int
    label: str
    short: str
    href: str
    side: str
    explained: bool

    @property
    def box(self) -> tuple[int, int, int, int]:
        """Where a finger may tap: left, top, width, height."""
        across = round(width(self.short, _TEXT)) + 2 * _GAP + 4
        left = {"start": self.x - _GAP, "end": self.x - across + _GAP, "middle": self.x - across // 2}[self.side]
        return left, self.y - 14, across, 28


@dataclass(frozen=True, slots=True)
class Stroke:
    """A relation, as the path of a curve; ``kind`` is that of the edge, ``near`` is False between two neighbours."""

    path: str
    kind: str
    near: bool


@dataclass(frozen=True, slots=True)
class Branches:
    """The narrow drawing: ``title`` is the term on top; how many neighbours there was no room for."""

    height: int
    title: Dot
    dots: tuple[Dot, ...]
    strokes: tuple[Stroke, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """What to draw, with the kinds of relations in it and how many neighbours there was no room for; ``narrow`` is the
    same for phones."""

    height: int
    middle: Dot
    dots: tuple[Dot, ...]
    strokes: tuple[Stroke, ...]
    kinds: tuple[str, ...]
    left_out: int
    narrow: Branches


def draw(network: Any, node: str, kinds: Collection[str] = ()) -> Drawing:
    """The terms next to ``node``, kind by kind (or those of some ``kinds``), the strongest first where not all have
    room."""
    kind_of: dict[str, str] = {}
    for step in steps(network, node, kinds or KINDS):
        kind_of.setdefault(step.target, step.kind)
    shown = list(kind_of)[: MOST - 1]
    rows = math.ceil(len(shown) / 2)
    height = max(_LEAST_HEIGHT, rows * _ROW + 2 * _MARGIN)
    centre = (WIDTH // 2, height // 2)
    places = {node: centre}
    for at, name in enumerate(shown):
        right = at < rows
        places[name] = _place(at if right else at - rows, rows if right else len(shown) - rows, right, height)
    dots = tuple(_dot(network.nodes[name], *places[name], centre[0]) for name in shown)
    strokes = [
        Stroke(_curve(places[a], places[b], centre, node in (a, b)), kind, node in (a, b))
        for a, b, kind in sorted(network.subgraph(places).edges(keys=True))
        if kind in (kinds or KINDS)
    ]
    # What leads to the middle goes on top of what connects neighbours.
    strokes.sort(key=lambda stroke: stroke.near)
    used = {stroke.kind for stroke in strokes}
    middle = _dot(network.nodes[node], *centre, centre[0])
    return Drawing(
        height, middle, dots, tuple(strokes), tuple(kind for kind in KINDS if kind in used), len(kind_of) - len(shown),
        _below(network, node, kind_of),
    )  # fmt: skip


def _below(network: Any, node: str, kind_of: dict[str, str]) -> Branches:
    """The neighbours in one column; those of a kind hang on a line of their own, the last ones on the outermost."""
    shown = list(kind_of)[:_MOST_BELOW]
    order = list(dict.fromkeys(kind_of[name] for name in shown))
    x = _SPINE + _SPINES_APART * len(order) + 8
    dots, strokes = [], []
    for row, name in enumerate(shown):
        y = _FIRST_ROW + row * _STEP
        spine = _SPINE + _SPINES_APART * (len(order) - 1 - order.index(kind_of[name]))
        dots.append(_dot(network.nodes[name], x, y, 0, _NARROW_LONGEST))
        strokes.append(Stroke(f"M{spine} {_TITLE + 14}V{y - 8}Q{spine} {y} {spine + 8} {y}H{x}", kind_of[name], True))
    title = _dot(network.nodes[node], 0, _TITLE, 0, _NARROW_LONGEST - 1)
    # The outermost line reaches furthest: drawn first, it is crossed, not covered.
    return Branches(
        _FIRST_ROW + len(shown) * _STEP - 12, title, tuple(dots), tuple(reversed(strokes)), len(kind_of) - len(shown)
    )


def _place(row: int, rows: int, right: bool, height: int) -> tuple[int, int]:
    """Rows at equal distances; the arc is an ellipse that they are cut from."""
    y = height / 2 + (row - (rows - 1) / 2) * _ROW
    bend = math.sqrt(max(0.0, 1 - ((y - height / 2) / (height / 2)) ** 2))
    x = WIDTH / 2 + (1 if right else -1) * _ARC * (0.55 + 0.45 * bend)
    return round(x), round(y)


def _dot(data: dict[str, Any], x: int, y: int, centre: int, most: int = _LONGEST) -> Dot:
    label: str = data["label"]
    short = cut(label, most)
    side = "middle" if x == centre else "start" if x > centre else "end"
    return Dot(x, y, label, short, links.graph(label), side, data["status"] == "explained")


def _curve(a: tuple[int, int], b: tuple[int, int], centre: tuple[int, int], straight: bool) -> str:
    """A line to the middle, or a curve between neighbours that bends towards it."""
    if straight:
        return f"M{a[0]} {a[1]}L{b[0]} {b[1]}"
    bend = [round((p + q + 2 * c) / 4) for p, q, c in zip(a, b, centre, strict=True)]
    return f"M{a[0]} {a[1]}Q{bend[0]} {bend[1]} {b[0]} {b[1]}"


def label_x(dot: Dot) -> int:
    """Where the text of a node is anchored."""
    return dot.x + {"start": _GAP, "end": -_GAP, "middle": 0}[dot.side]

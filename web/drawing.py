"""The surroundings of a term as a drawing: the term in the middle, its neighbours on two arcs, a row of its own for each
label, so that none covers another. Coordinates are user units of an SVG; how it looks is the style sheet's."""

import math
from dataclasses import dataclass
from typing import Any

from graph.edges import KINDS
from graph.paths import steps
from web import links

#: Nodes in a drawing at most, the one in the middle among them.
MOST = 40
WIDTH = 840
_ROW, _LEAST_HEIGHT, _MARGIN = 30, 240, 28
_ARC = 190  # from the middle to where the arcs are widest
_GAP = 10  # between a node and its label
_LONGEST = 13  # characters of a label


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


@dataclass(frozen=True, slots=True)
class Stroke:
    """A relation, as the path of a curve; ``kind`` is that of the edge, ``near`` is False between two neighbours."""

    path: str
    kind: str
    near: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    """What to draw, with the kinds of relations in it and how many neighbours there was no room for."""

    height: int
    middle: Dot
    dots: tuple[Dot, ...]
    strokes: tuple[Stroke, ...]
    kinds: tuple[str, ...]
    left_out: int


def draw(network: Any, node: str) -> Drawing:
    """The terms next to ``node``, kind by kind, the strongest first where not all have room."""
    kind_of: dict[str, str] = {}
    for step in steps(network, node, KINDS):
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
        if kind in KINDS
    ]
    # What leads to the middle goes on top of what connects neighbours.
    strokes.sort(key=lambda stroke: stroke.near)
    used = {stroke.kind for stroke in strokes}
    middle = _dot(network.nodes[node], *centre, centre[0])
    return Drawing(
        height, middle, dots, tuple(strokes), tuple(kind for kind in KINDS if kind in used), len(kind_of) - len(shown)
    )


def _place(row: int, rows: int, right: bool, height: int) -> tuple[int, int]:
    """Rows at equal distances; the arc is an ellipse that they are cut from."""
    y = height / 2 + (row - (rows - 1) / 2) * _ROW
    bend = math.sqrt(max(0.0, 1 - ((y - height / 2) / (height / 2)) ** 2))
    x = WIDTH / 2 + (1 if right else -1) * _ARC * (0.55 + 0.45 * bend)
    return round(x), round(y)


def _dot(data: dict[str, Any], x: int, y: int, centre: int) -> Dot:
    label: str = data["label"]
    short = label if len(label) <= _LONGEST else f"{label[: _LONGEST - 1]}…"
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

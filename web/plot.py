"""A network of terms as a drawing in which every term is a tag with its name on it. Coordinates are user units of an
SVG; how it looks is the style sheet's."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

from graph.edges import KINDS
from web.lettering import cut, width
from web.spread import spread

#: The size of a drawing on a desk and on a phone: its width, terms at most, and letters of a name at most.
DESK, PHONE = (960, 60, 13), (358, 16, 11)
_TEXT, _ROOM, _HEIGHT = 15, 26, 32
_MOST_LINES = 220


@dataclass(frozen=True, slots=True)
class Tag:
    """A term: its middle, its left upper corner, how wide it is; ``short`` is the name as far as there is room."""

    x: int
    y: int
    left: int
    top: int
    width: int
    label: str
    short: str
    href: str
    explained: bool
    hub: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A relation of some kind between the middles of two tags."""

    x1: int
    y1: int
    x2: int
    y2: int
    kind: str


@dataclass(frozen=True, slots=True)
class Plot:
    """What to draw, with the kinds of relations in it and how many terms there was no room for."""

    width: int
    height: int
    tag_height: int
    tags: tuple[Tag, ...]
    lines: tuple[Line, ...]
    kinds: tuple[str, ...]
    left_out: int


def plot(
    network: Any,
    nodes: Sequence[str],
    size: tuple[int, int, int],
    href: Callable[[str], str],
    hub: str = "",
    kinds: Collection[str] = (),
) -> Plot:
    """The first of ``nodes``, those that matter most before others, with the relations of some ``kinds``, or all, between
    them; ``hub`` is the one that is asked about."""
    import networkx as nx

    across, most, letters = size
    shown = list(nodes[:most])
    inside = network.subgraph(shown)
    edges = sorted(
        (
            (data["weight"], a, b, kind)
            for a, b, kind, data in inside.edges(keys=True, data=True)
            if kind in (kinds or KINDS)
        ),
        key=lambda edge: (-edge[0], edge[1:]),
    )
    simple = nx.Graph()
    simple.add_nodes_from(shown)
    for weight, a, b, _ in edges:
        simple.add_edge(a, b, weight=weight + simple.get_edge_data(a, b, {"weight": 0.0})["weight"])
    names = {node: cut(network.nodes[node]["label"], letters) for node in shown}
    sizes = {node: (round(width(names[node], _TEXT)) + _ROOM, _HEIGHT) for node in shown}
    found = spread(simple, sizes, across)
    tags = tuple(
        Tag(
            x, y, x - sizes[node][0] // 2, y - _HEIGHT // 2, sizes[node][0], network.nodes[node]["label"], names[node],
            href(network.nodes[node]["label"]), network.nodes[node]["status"] == "explained", node == hub,
        )
        for node, (x, y) in found.at.items()
    )  # fmt: skip
    kept = edges[:_MOST_LINES]
    lines = tuple(Line(*found.at[a], *found.at[b], kind) for _, a, b, kind in reversed(kept))
    used = {kind for *_, kind in kept}
    drawn = tuple(kind for kind in KINDS if kind in used)
    return Plot(across, found.height, _HEIGHT, tags, lines, drawn, len(nodes) - len(shown))

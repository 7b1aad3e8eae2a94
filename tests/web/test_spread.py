"""Parts of a drawing don't cover each other, whatever there is to draw, and stand where they stood."""

from itertools import combinations

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from web.spread import Spread, spread

WIDTH, GAP = 358, 12


def graph_of(nodes: int, edges: list[tuple[int, int]]) -> nx.Graph:
    graph = nx.Graph()
    graph.add_nodes_from(f"n{n}" for n in range(nodes))
    graph.add_weighted_edges_from((f"n{a}", f"n{b}", 1.0) for a, b in edges if a != b and max(a, b) < nodes)
    return graph


def sizes(nodes: int, wide: int) -> dict[str, tuple[int, int]]:
    return {f"n{n}": (40 + n * 37 % wide, 32) for n in range(nodes)}


def check_boxes(found: Spread, boxes: dict[str, tuple[int, int]]) -> None:
    for one, other in combinations(found.at, 2):
        (x, y), (u, v) = found.at[one], found.at[other]
        apart = (
            abs(x - u) >= (boxes[one][0] + boxes[other][0]) / 2 or abs(y - v) >= (boxes[one][1] + boxes[other][1]) / 2
        )
        assert apart, (one, other)
    for node, (x, y) in found.at.items():
        across, high = boxes[node]
        assert across / 2 <= x <= WIDTH - across / 2 and high / 2 <= y <= found.height - high / 2


@pytest.mark.parametrize("nodes", [1, 2, 5, 16, 60])
def test_boxes_are_apart_and_inside(nodes: int) -> None:
    boxes = sizes(nodes, 180)
    check_boxes(spread(graph_of(nodes, [(0, n) for n in range(nodes)]), boxes, WIDTH, GAP), boxes)


@settings(max_examples=25, deadline=None)
@given(
    st.integers(1, 24),
    st.lists(st.tuples(st.integers(0, 23), st.integers(0, 23)), max_size=40),
    st.integers(1, 300),
)
def test_boxes_are_apart_whatever_is_tied(nodes: int, edges: list[tuple[int, int]], wide: int) -> None:
    boxes = sizes(nodes, wide)
    check_boxes(spread(graph_of(nodes, edges), boxes, WIDTH, GAP), boxes)


def test_circles_are_apart() -> None:
    circles = {f"n{n}": (60 + 9 * n, 60 + 9 * n) for n in range(10)}
    found = spread(graph_of(10, [(0, 1), (1, 2), (5, 6)]), circles, WIDTH, GAP, round_=True)
    for one, other in combinations(found.at, 2):
        (x, y), (u, v) = found.at[one], found.at[other]
        assert (x - u) ** 2 + (y - v) ** 2 >= ((circles[one][0] + circles[other][0]) / 2) ** 2


def test_what_is_tied_stands_nearer_and_the_picture_stays() -> None:
    graph = graph_of(12, [(a, b) for part in (range(6), range(6, 12)) for a, b in combinations(part, 2)])
    boxes = sizes(12, 60)
    found = spread(graph, boxes, 900, GAP)
    assert found == spread(
        graph_of(12, list(combinations(range(6), 2)) + list(combinations(range(6, 12), 2))), boxes, 900, GAP
    )

    def between(one: range, other: range) -> float:
        pairs = [(a, b) for a in one for b in other if a != b]
        return sum(
            abs(found.at[f"n{a}"][0] - found.at[f"n{b}"][0]) + abs(found.at[f"n{a}"][1] - found.at[f"n{b}"][1])
            for a, b in pairs
        ) / len(pairs)

    assert between(range(6), range(6)) < between(range(6), range(6, 12))


def test_nothing_to_draw_has_no_height() -> None:
    assert spread(nx.Graph(), {}, WIDTH) == Spread({}, 0)

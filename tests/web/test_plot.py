"""A network as tags and lines, and communities as bubbles."""

from typing import Any

import networkx as nx
import pytest

from graph.communities import grouping
from web import bubbles, links, plot
from web.communities import Communities


def rings(sizes: tuple[int, ...]) -> Any:
    """Communities of some sizes: in each every term is tied to its first; the first ones to each other, weakly."""
    graph = nx.MultiDiGraph()
    for part, size in enumerate(sizes):
        for n in range(size):
            graph.add_node(
                f"term:{part}-{n}", type="term", label=f"灯组{part}之{n}号", status="explained" if n == 1 else "none"
            )
            if n:
                graph.add_edge(
                    f"term:{part}-0", f"term:{part}-{n}", key="broader", kind="broader", label="上位术语", weight=1.0
                )
        if part:
            graph.add_edge("term:0-0", f"term:{part}-0", key="related", kind="related", label="相关", weight=0.1)
    graph.add_node("place:1", type="place", label="衢州市")
    graph.add_edge("term:0-1", "place:1", key="used_by", kind="used_by", label="使用地区", weight=3.0)
    return graph


def test_a_plot_has_the_first_terms_and_all_relations_between_them() -> None:
    network = rings((70,))
    nodes = grouping(network).groups[0].members
    found = plot.plot(network, nodes, plot.DESK, links.graph, hub=nodes[0])
    assert len(found.tags) == 60 and found.left_out == 10 and len(found.lines) == 59
    assert found.kinds == ("broader",)
    assert [tag.label for tag in found.tags if tag.hub] == ["灯组0之0号"]
    assert [tag.label for tag in found.tags if tag.explained] == ["灯组0之1号"]
    middles = {(tag.x, tag.y) for tag in found.tags}
    assert all((line.x1, line.y1) in middles and (line.x2, line.y2) in middles for line in found.lines)
    assert all(tag.left >= 0 and tag.left + tag.width <= found.width for tag in found.tags)


def test_only_relations_of_a_kind_are_drawn() -> None:
    network = rings((3, 3))
    nodes = [node for node in network if node.startswith("term")]
    found = plot.plot(network, nodes, plot.PHONE, links.graph, kinds=("related",))
    assert found.kinds == ("related",) and len(found.lines) == 1 and len(found.tags) == 6


def test_bubbles_grow_with_their_terms_and_pairs_are_left_out() -> None:
    found = bubbles.bubbles(grouping(rings((30, 12, 6, 2))), bubbles.DESK, links.group)
    assert [bubble.count for bubble in found.bubbles] == [30, 12, 6] and found.left_out == 1
    radii = [bubble.radius for bubble in found.bubbles]
    assert radii == sorted(radii, reverse=True) and radii[0] > radii[2]
    assert found.bubbles[0].href == links.group("灯组0之0号")
    assert all(bubble.radius <= bubble.x <= found.width - bubble.radius for bubble in found.bubbles)
    assert len(found.threads) == 2


@pytest.mark.parametrize("sizes", [(2,), (2, 2), (3, 2)])
def test_where_all_are_small_all_are_drawn(sizes: tuple[int, ...]) -> None:
    found = bubbles.bubbles(grouping(rings(sizes)), bubbles.PHONE, links.group)
    assert len(found.bubbles) == len(grouping(rings(sizes)).groups) and not found.left_out


def test_communities_name_their_members_with_what_ties_them() -> None:
    made = Communities(rings((6, 5)))
    number = made.number_of("term:0-3")
    assert number is not None
    assert made.found.groups[number].name == "灯组0之0号" and made.found.groups[number].places == (("衢州市", 3),)
    first, *others = made.members(number)
    assert first.label == "灯组0之0号" and len(first.ties) == 4 and first.more == 1
    assert all(other.ties == (("灯组0之0号", "下位术语"),) for other in others)
    assert [group.name for group in made.beside(number)] == ["灯组1之0号"]
    assert made.plots(number) == Communities(rings((6, 5))).plots(number)


def test_two_steps_around_a_term_are_told_apart() -> None:
    made = Communities(rings((6, 5)))
    desk, phone, second = made.around("term:0-2", ())
    assert {step.source for step in second} == {"term:0-0"}
    assert [tag.label for tag in desk.tags if tag.hub] == [tag.label for tag in phone.tags if tag.hub] == ["灯组0之2号"]

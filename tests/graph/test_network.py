from collections.abc import Callable

import pytest

from corpus.store import Store
from graph.network import EDGE_KINDS, build_network, find_term, neighbourhood

MakeStore = Callable[..., Store]

TEXT = """海岛工会工作报告
健全暖心驿站、职工书屋、流动课堂三大阵地。
持续开展“暖蜂”行动，办好职工书屋。
开展“暖蜂”行动，走访职工书屋。"""


@pytest.fixture
def graph(store: MakeStore) -> object:
    return build_network(store(("海岛", TEXT, "岱山县", "330921"), ("无名", "开展“暖蜂”行动。")))


def edges(graph: object, kind: str) -> set[tuple[str, str]]:
    label = graph.nodes(data="label")  # type: ignore[attr-defined]
    return {(label[a], label[b]) for a, b, key in graph.edges(keys=True) if key == kind}  # type: ignore[attr-defined]


def test_every_node_is_typed_and_every_edge_kind_has_a_name(graph: object) -> None:
    for _, data in graph.nodes(data=True):  # type: ignore[attr-defined]
        assert data["type"] in ("term", "place", "document") and isinstance(data["label"], str)
    for _, _, key, data in graph.edges(keys=True, data=True):  # type: ignore[attr-defined]
        assert data["kind"] == key and data["label"] == EDGE_KINDS[key] and data["weight"] > 0


def test_places_hang_together_up_to_the_nation(graph: object) -> None:
    assert edges(graph, "about") == {("海岛", "岱山县")}
    assert edges(graph, "within") == {("岱山县", "舟山市"), ("舟山市", "浙江省"), ("浙江省", "全国")}


def test_terms_are_tied_to_documents_places_parts_and_each_other(graph: object) -> None:
    assert {("海岛", "暖蜂"), ("无名", "暖蜂")} <= edges(graph, "mentions")
    assert ("暖蜂", "岱山县") in edges(graph, "used_in")
    assert ("暖蜂", "职工书屋") in edges(graph, "related") and ("职工书屋", "暖蜂") in edges(graph, "related")


def test_a_term_is_part_of_the_term_that_lists_it(store: MakeStore) -> None:
    text = "健全职工书屋、职工之家、工会驿站三大平台。\n办好职工书屋。"
    assert ("职工书屋", "三大平台") in edges(build_network(store(("甲", text))), "component_of")


def test_neighbourhood_is_bounded(graph: object) -> None:
    node = find_term(graph, "“暖蜂”")
    assert node is not None
    assert list(neighbourhood(graph, node, depth=0)) == [node]
    near = neighbourhood(graph, node, depth=1)
    assert node in near and len(near) > 2
    assert set(near) <= set(neighbourhood(graph, node, depth=3))
    assert len(neighbourhood(graph, node, depth=3, limit=3)) == 3
    with pytest.raises(KeyError):
        neighbourhood(graph, "term:nowhere")


def test_an_unknown_label_has_no_node(graph: object) -> None:
    assert find_term(graph, "没有的词") is None

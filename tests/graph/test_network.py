from collections.abc import Callable
from typing import Any

import pytest

from corpus.model import Document
from corpus.store import Store
from graph.edges import EDGE_KINDS, NODE_TYPES
from graph.network import build_network, find_term, place_node

MakeStore = Callable[..., Store]

TEXT = """海岛工会工作报告
健全暖心驿站、职工书屋、流动课堂三大阵地。
持续开展“暖蜂”行动，办好职工书屋。
开展“暖蜂”行动，走访职工书屋。
走访职工书屋，带去“暖蜂”行动。
改进会风文风，压减会议。
清点财产，做好审计。
答复提案，办结来信。
更换灯具，节约用电。
名词注释
“暖蜂”行动：送水、送药、送书。"""


@pytest.fixture
def library(store: MakeStore) -> Store:
    return store(("海岛", TEXT, "岱山县", "330921"), ("无名", "开展“暖蜂”行动。"))


@pytest.fixture
def graph(library: Store) -> Any:
    return build_network(library)


def edges(graph: Any, kind: str) -> set[tuple[str, str]]:
    label = graph.nodes(data="label")
    return {(label[a], label[b]) for a, b, key in graph.edges(keys=True) if key == kind}


def test_every_node_is_typed_and_every_edge_kind_has_a_name(graph: Any) -> None:
    for _, data in graph.nodes(data=True):
        assert data["type"] in NODE_TYPES and isinstance(data["label"], str)
    for _, _, key, data in graph.edges(keys=True, data=True):
        assert data["kind"] == key and data["label"] == EDGE_KINDS[key] and data["weight"] > 0


def test_edges_say_where_they_are_shown(graph: Any, library: Store) -> None:
    texts = {document.id: document.text for document in library.select(Document)}
    shown = 0
    for _, _, key, data in graph.edges(keys=True, data=True):
        if "document" in data:
            shown += 1
            assert 0 <= data["start"] < data["end"] <= len(texts[data["document"]])
        else:
            assert key in ("about", "part_of") or data["reason"]
    assert shown > 5


def test_places_hang_together_up_to_the_nation(graph: Any) -> None:
    assert edges(graph, "about") == {("海岛", "岱山县")}
    assert {("岱山县", "舟山市"), ("舟山市", "浙江省"), ("浙江省", "全国")} <= edges(graph, "part_of")


def test_places_of_one_name_are_two(store: MakeStore) -> None:
    made = build_network(
        store(("甲", "办好职工书屋。", "鼓楼区", "320106"), ("乙", "办好职工书屋。", "鼓楼区", "350102"))
    )
    assert {place_node("鼓楼区", "320106"), place_node("鼓楼区", "350102")} <= set(made)


def test_terms_are_tied_to_documents_places_sections_parts_and_each_other(graph: Any) -> None:
    assert {("海岛", "暖蜂"), ("无名", "暖蜂")} <= edges(graph, "mentions")
    assert ("暖蜂", "岱山县") in edges(graph, "used_by")
    assert {("暖蜂", "海岛")} <= edges(graph, "defined_in")
    assert {("暖蜂", "职工书屋"), ("职工书屋", "暖蜂")} & edges(graph, "related")
    node = find_term(graph, "暖蜂")
    assert graph.get_edge_data(node, place_node("岱山县", "330921"), "used_by")["weight"] == 4.0


def test_definitions_are_tied_to_their_section_and_sections_to_those_around(corpus_store: Store) -> None:
    made = build_network(corpus_store)
    types = dict(made.nodes(data="type"))
    sections = [node for node, kind in types.items() if kind == "section"]
    assert sections
    for node in sections:
        (outer,) = [b for _, b, key in made.out_edges(node, keys=True) if key == "part_of"]
        assert types[outer] in ("section", "document")
    for _, target, key, data in made.edges(keys=True, data=True):
        if key == "defined_in":
            assert types[target] in ("section", "document") and data["how"] and data["grade"] and data["sense"] >= 1


def test_an_unknown_label_has_no_node(graph: Any) -> None:
    assert find_term(graph, "没有的词") is None

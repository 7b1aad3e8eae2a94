"""The kinds of edges and nodes of the network, with their names in answers."""

from corpus.model import RelationKind

#: Every kind of relation between terms and how it reads from the source to the target.
KINDS: dict[RelationKind, str] = {
    "has_component": "组成部分",
    "broader": "上位术语",
    "variant_of": "异写",
    "related": "相关",
    "contrasts_with": "易混",
}
#: The kinds that read differently from the target to the source; the others are symmetric.
INVERSES: dict[RelationKind, str] = {"has_component": "所属整体", "broader": "下位术语"}
#: Every kind of edge and its name. A kind that is not in here can't be added.
EDGE_KINDS: dict[str, str] = {
    **dict[str, str](KINDS.items()),
    "defined_in": "解释出处",
    "used_by": "使用地区",
    "mentions": "提到",
    "part_of": "所属",
    "about": "所述地区",
}
#: How an edge reads from its target to its source, where that is another word.
EDGE_INVERSES: dict[str, str] = {
    **dict[str, str](INVERSES.items()),
    "defined_in": "解释的术语",
    "used_by": "使用的术语",
    "mentions": "见于",
    "part_of": "下含",
    "about": "所述文献",
}
#: The kinds of nodes and their names.
NODE_TYPES: dict[str, str] = {"term": "术语", "document": "文献", "section": "章节", "place": "地方"}

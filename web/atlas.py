"""What the pages about the network tell: where a node leads, and the way from one term to another with its sentences."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from corpus.doubts import Doubts
from corpus.store import Store
from graph.paths import Step, shown_by, steps
from search.answers import Evidence
from web import links

#: A kind of edge → what it says, from its source (甲) to its target (乙).
ABOUT: dict[str, str] = {
    "has_component": "原文解释甲时，把乙列为一项",
    "broader": "乙是比甲宽的名称",
    "variant_of": "甲、乙写法相近，疑为同一事物",
    "related": "甲、乙所列各项相同，或词表列为相关，或常在同一段里说到",
    "contrasts_with": "甲、乙名称相近，不是一回事",
    "defined_in": "甲在这一节里有解释或描述",
    "used_by": "这个地方的文献用到甲",
    "mentions": "文献提到的术语",
    "part_of": "节在文献里，县市在省里",
    "about": "文献说的是哪个地方",
}


@dataclass(frozen=True, slots=True)
class End:
    """A node as it is shown: ``href`` is "" where no page is about it."""

    label: str
    type: str
    href: str


@dataclass(frozen=True, slots=True)
class Told:
    """A step of a way: what ``target`` is to ``source``, why, and the sentences that show it."""

    source: End
    relation: str
    target: End
    reason: str
    evidence: Evidence | None


def end(network: Any, node: str) -> End:
    """A node with the page about it."""
    data = network.nodes[node]
    label, type_ = data["label"], data["type"]
    if type_ == "term":
        return End(label, type_, links.term(label))
    if type_ == "document":
        return End(label, type_, links.document(node.partition(":")[2]))
    return End(label, type_, links.url("/documents", find=label) if type_ == "place" else "")


def told(network: Any, way: Iterable[Step], store: Store, doubts: Doubts) -> tuple[Told, ...]:
    """The steps of a way in words, each with the sentences that show it."""
    return tuple(
        Told(end(network, s.source), s.relation, end(network, s.target), s.reason, _evidence(s, store, doubts))
        for s in way
    )


def chain(network: Any, way: Iterable[Step]) -> tuple[tuple[str, End], ...]:
    """A way at a glance: its ends and stops, each with the relation that leads there, "" for the first."""
    steps_ = list(way)
    stops = [("", steps_[0].source), *((step.relation, step.target) for step in steps_)] if steps_ else []
    return tuple((relation, end(network, node)) for relation, node in stops)


def _evidence(step: Step, store: Store, doubts: Doubts) -> Evidence | None:
    document = store.document(step.document) if step.document else None
    span = shown_by(step, document.text) if document else None
    if document is None or span is None:
        return None
    doubtful = doubts.within(document.id, *span)
    return Evidence(document.text[slice(*span)], (), document.id, document.title, "", *span, (), doubtful)


def places(network: Any, node: str) -> tuple[tuple[End, int], ...]:
    """The places that use a term, and how often, most often first."""
    found = [(end(network, step.target), round(step.weight)) for step in steps(network, node, ("used_by",))]
    return tuple(found)

"""The communities of a library's terms as pages show them: made once for each generation, drawn when first asked for."""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from graph.communities import Group, Grouping, grouping
from graph.edges import KINDS
from graph.paths import Step, rings, steps
from web import bubbles, links, plot

_KEPT = 128  # drawings that are remembered
_TIES = 4  # relations told of a member
_NEXT = 6  # communities told beside one
#: Terms around a term in two steps, the one in the middle among them.
_AROUND = 32


@dataclass(frozen=True, slots=True)
class Member:
    """A term of a community with its strongest relations to others in it, and how many more it has."""

    label: str
    explained: bool
    ties: tuple[tuple[str, str], ...]
    more: int


class Communities:
    """The communities of one generation's network."""

    def __init__(self, network: Any) -> None:
        self._network = network
        self._labels: dict[str, str] = dict(network.nodes(data="label"))
        self.members = lru_cache(_KEPT)(self._members)
        self.plots = lru_cache(_KEPT)(self._plots)
        self.around = lru_cache(_KEPT)(self._around)

    @cached_property
    def found(self) -> Grouping:
        """All of them, largest first; those of a large library take seconds."""
        return grouping(self._network)

    @cached_property
    def drawn(self) -> tuple[bubbles.Bubbles, bubbles.Bubbles]:
        """All of them as bubbles, for a desk and for a phone."""
        return (
            bubbles.bubbles(self.found, bubbles.DESK, links.group),
            bubbles.bubbles(self.found, bubbles.PHONE, links.group),
        )

    def leading(self, number: int, most: int) -> tuple[str, ...]:
        """The terms that hold a community together, but for the one it is named after."""
        return tuple(self._labels[node] for node in self.found.groups[number].members[1 : 1 + most])

    def number_of(self, node: str) -> int | None:
        """Which community a term belongs to."""
        return self.found.group_of.get(node)

    def beside(self, number: int) -> tuple[Group, ...]:
        """The communities that have most to do with one."""
        others = [
            other for a, b, _ in self.found.ties for other in ((b,) if a == number else (a,) if b == number else ())
        ]
        return tuple(self.found.groups[other] for other in others[:_NEXT])

    def _members(self, number: int) -> tuple[Member, ...]:
        group = self.found.groups[number]
        inside = frozenset(group.members)
        return tuple(self._member(node, inside) for node in group.members)

    def _member(self, node: str, inside: frozenset[str]) -> Member:
        near: dict[str, Step] = {}
        for step in sorted(steps(self._network, node, KINDS), key=lambda step: -step.weight):
            if step.target in inside:
                near.setdefault(step.target, step)
        told = tuple((self._labels[step.target], step.relation) for step in near.values())
        data = self._network.nodes[node]
        return Member(data["label"], data["status"] == "explained", told[:_TIES], len(told[_TIES:]))

    def _plots(self, number: int) -> tuple[plot.Plot, plot.Plot]:
        nodes = self.found.groups[number].members
        return (
            plot.plot(self._network, nodes, plot.DESK, links.graph),
            plot.plot(self._network, nodes, plot.PHONE, links.graph),
        )

    def _around(self, node: str, kinds: tuple[str, ...]) -> tuple[plot.Plot, plot.Plot, tuple[Step, ...]]:
        """Two steps around a term, drawn for a desk and for a phone, and the second steps."""
        first, second = rings(self._network, node, 2, kinds or tuple(KINDS), _AROUND)
        nodes = [node, *(step.target for step in (*first, *second))]
        return (
            plot.plot(self._network, nodes, plot.DESK, links.graph, node, kinds),
            plot.plot(self._network, nodes, plot.PHONE, links.graph, node, kinds),
            tuple(second),
        )

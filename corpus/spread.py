"""Doing one thing to each of many items, in this process or in several: what asks for it need not know which."""

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

State = TypeVar("State")
Item = TypeVar("Item")
Made = TypeVar("Made")


class Spread(Protocol):
    """Gives what a function makes of each item, in the order of the items. The function is made by ``make``, which is
    known by its name in its module, from ``state``, once in each process; state, items and what comes of them are
    pickled."""

    def __call__(
        self, make: Callable[[State], Callable[[Item], Made]], state: State, items: Iterable[Item]
    ) -> Iterator[Made]: ...


def alone(make: Callable[[State], Callable[[Item], Made]], state: State, items: Iterable[Item]) -> Iterator[Made]:
    """All in this process."""
    return map(make(state), items)

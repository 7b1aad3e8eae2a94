"""Which form of numbering stands above which in one report: the usual order, or the one that the report shows."""

from collections import defaultdict
from collections.abc import Iterable

from ingest.numbering import Number


def levels(numbers: Iterable[Number | None]) -> dict[int, int]:
    """The rank that each form of numbering (by its usual rank) has in this report.

    A form stands above another one where it counts on (1. → 2.) across a fresh start of the other (（一）). Where the
    numbers of a report say so of two forms more often than the opposite, the usual order of the two is turned round.
    """
    last: dict[int, int] = {}
    started: dict[int, set[int]] = defaultdict(set)
    above: dict[tuple[int, int], int] = defaultdict(int)
    for number in numbers:
        if number is None:
            continue
        form = number.rank
        if number.value == 1:
            for other in last:
                if other != form:
                    started[other].add(form)
        elif last.get(form) == number.value - 1:
            for other in started[form]:
                above[form, other] += 1
        started[form] = set()
        last[form] = number.value
    order = sorted(last)
    for lower in sorted(last):
        at = order.index(lower)
        turned = [k for k in range(at) if above[lower, order[k]] > above[order[k], lower]]
        if turned:
            order.insert(turned[0], order.pop(at))
    ranks: dict[int, int] = {}
    for form in reversed(order):
        below = ranks[order[order.index(form) + 1]] if ranks else form + 1
        ranks[form] = min(form, below - 1)
    return ranks

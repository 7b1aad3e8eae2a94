"""An amount as people write it (1000万元, 超过两百家, 95%), for conditions on figures."""

import re

from graph.measures import comparable
from graph.scanning import fold, number, scan
from search.errors import AmountUnreadable

_PLAIN = re.compile(r"\s*(\d+(?:,\d{3})*(?:\.\d+)?)\s*")


def read_measure(text: str) -> tuple[str, float]:
    """The comparable unit ("" for any) and the value in it: (元, 10000000) for 超过1000万元, ("", 12) for 12.

    Raises AmountUnreadable.
    """
    folded = fold(text)
    if plain := _PLAIN.fullmatch(folded):
        return "", number(plain[1])
    figures = scan(folded)
    if len(figures) != 1 or figures[0].value_max is not None:
        raise AmountUnreadable(text)
    return comparable(figures[0].value, figures[0].unit)

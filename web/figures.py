"""Which figures of a sentence count what was asked about."""

import re
from collections.abc import Iterable

from corpus.sentences import clauses
from search.answers import Evidence

_MOST = 4
_ITEM = re.compile(r"[^、]+")


def topical_figures(evidence: Iterable[Evidence]) -> list[str]:
    """Figures that stand in an item (between 、) with what was asked about; those of other items count other things."""
    found: dict[str, None] = {}
    for item in evidence:
        for start, end in _items(item.sentence):
            if any(mark[0] < end and mark[1] > start for mark in item.marks):
                text = item.sentence[start:end]
                found.update(dict.fromkeys(figure for figure in item.figures if _has(text, figure)))
    return list(found)[:_MOST]


def _items(sentence: str) -> list[tuple[int, int]]:
    """Spans of the items of enumerations, clause by clause."""
    return [
        (start + match.start(), start + match.end())
        for start, end in clauses(sentence)
        for match in _ITEM.finditer(sentence[start:end])
    ]


def _has(text: str, figure: str) -> bool:
    """True where the figure stands in the text, and not as the tail of a longer one (7家 in 257家)."""
    return re.search(rf"(?<![\d.]){re.escape(figure)}", text) is not None

"""Which figures of a sentence count what was asked about."""

from collections.abc import Iterable

from corpus.sentences import clauses
from search.answers import Evidence

_MOST = 4


def topical_figures(evidence: Iterable[Evidence]) -> list[str]:
    """Figures that stand in a clause with what was asked about; those of other clauses count other things."""
    found: dict[str, None] = {}
    for item in evidence:
        for start, end in clauses(item.sentence):
            if any(mark[0] < end and mark[1] > start for mark in item.marks):
                clause = item.sentence[start:end]
                found.update(dict.fromkeys(figure for figure in item.figures if figure in clause))
    return list(found)[:_MOST]

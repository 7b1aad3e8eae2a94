"""The topics of the lexicon that a document speaks of: where their official labels stand, found where it is read."""

from collections.abc import Iterable
from functools import cache

from corpus.lexicon import Concept, lexicon
from graph.linking import Linker, PassageFinder, Placed

#: Fields of ConceptMention.
Spoken = tuple[str, str, str, int, int]


@cache
def _linker() -> Linker:
    return Linker(wordings(lexicon()))


def wordings(concepts: Iterable[Concept]) -> dict[str, list[str]]:
    """Official label → prefLabels of the concepts that bear it. A look-alike stands for nothing by itself: 安康杯 keeps
    what is called 安康 from being found inside it."""
    found: dict[str, list[str]] = {}
    for concept in concepts:
        for label in concept.official:
            found.setdefault(label, []).append(concept.label)
        for label in concept.negative_labels:
            found.setdefault(label, [])
    return found


def spoken(document_id: str, text: str, passages: Iterable[Placed]) -> list[Spoken]:
    """Where a document speaks of concepts; what stands in a heading belongs to no passage: its passage id is ""."""
    locate = PassageFinder(passages)
    return [(value, document_id, locate(start), start, end) for value, start, end in _linker().found(text)]
